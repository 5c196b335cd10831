"""The whole plan in memory, for checks, suggestions and the rota builder, which look at everything at once."""

from __future__ import annotations

import gc

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import TABLES, Record
from rallyapp.store import Store
from rallyapp.ui.tasks import in_thread


class Picture:
    """Reads a plan once, off the main thread, and afterwards only the rows that the journal says were changed.

    A national plan takes two seconds to read, which would stop the window, and an edit in it should cost nothing.
    What is read anew is found in the journal within the same snapshot, so the picture is of one moment, whatever
    other windows write.
    """

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read yet."""
        self._store = store
        self._plan: Plan | None = None
        self._seen = 0

    async def ready(self) -> Plan:
        """Give the plan as it is now, read in a thread of its own where that was not done yet."""
        if self._plan is None:
            plan, seen = await in_thread(_read, self._store)
            if self._plan is None:  # another job may have been quicker
                self._plan, self._seen = plan, seen
        return self.plan()

    def known(self) -> Plan | None:
        """Give the plan as it is now if it was read before, and None if that would keep somebody waiting."""
        return None if self._plan is None else self.plan()

    def plan(self) -> Plan:
        """Give the plan as it is now; the first time that takes as long as reading the whole file."""
        if self._plan is None:
            with self._store.snapshot():
                self._plan, self._seen = self._store.plan(), _newest(self._store)
            return self._plan
        with self._store.snapshot():
            if _newest(self._store) != self._seen:
                changed: list[Record] = []
                gone: list[tuple[type[Record], str]] = []
                touched: dict[str, set[str]] = {}
                for change_set in self._store.changes_since(self._seen):
                    for table, ids in change_set.rows.items():
                        touched.setdefault(table, set()).update(ids)
                for table, wanted in touched.items():
                    kind = TABLES[table]
                    found = self._store.these(kind, wanted)
                    changed += found
                    gone += [(kind, id) for id in wanted.difference(record.id for record in found)]
                self._plan = self._plan.changed(changed, gone)
                self._seen = _newest(self._store)
        return self._plan


def _newest(store: Store) -> int:
    newest = store.history(limit=1)
    return newest[0].seq if newest else 0


def _read(store: Store) -> tuple[Plan, int]:
    """Read the whole plan through a connection of the thread's own.

    The collector of circles is held off meanwhile: looking through some millions of new records again and again,
    none of them in a circle, would stop the window for a second at a time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with store.reader() as reader, reader.snapshot():
            return reader.plan(), _newest(reader)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
