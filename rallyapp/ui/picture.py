"""The whole plan in memory, for checks and the rota builder, which look at everything at once."""

from __future__ import annotations

from itertools import chain

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, table_of
from rallyapp.store import Store


class Picture:
    """Reads a plan once and afterwards only the tables that the journal says were changed.

    A national plan takes two seconds to read and an edit in it should not. What is read anew is found in the
    journal within the same snapshot, so the picture is of one moment, whatever other windows write.
    """

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read yet."""
        self._store = store
        self._plan: Plan | None = None
        self._seen = 0

    def plan(self) -> Plan:
        """Give the plan as it is now."""
        with self._store.snapshot():
            newest = self._store.history(limit=1)
            seq = newest[0].seq if newest else 0
            if self._plan is None:
                self._plan = self._store.plan()
            elif seq != self._seen:
                touched: set[str] = set()
                for change_set in self._store.changes_since(self._seen):
                    touched.update(change_set.rows)
                old = self._plan
                self._plan = Plan(
                    chain.from_iterable(
                        self._store.all(kind) if table_of(kind) in touched else old.all(kind) for kind in KINDS
                    )
                )
            self._seen = seq
        return self._plan
