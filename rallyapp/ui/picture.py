"""The whole plan in memory, for checks, suggestions and the rota builder, which look at everything at once."""

from __future__ import annotations

import gc

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import TABLES, Record
from rallyapp.store import Store
from rallyapp.ui.tasks import in_thread

MANY = 500  # changed rows: so many are read in a few hundredths of a second


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
        """Give the plan as it is now; what takes its time to read is read in a thread of its own."""
        while self._plan is None or self._far_behind():
            was, seen = self._plan, self._seen
            plan, newest = await in_thread(_read, self._store, was, seen)
            if self._plan is was and self._seen == seen:  # another job may have been quicker
                self._plan, self._seen = plan, newest
        return self.plan()

    def known(self) -> Plan | None:
        """Give the plan as it is now if it was read before, and None if that would keep somebody waiting."""
        return None if self._plan is None or self._far_behind() else self.plan()

    def plan(self) -> Plan:
        """Give the plan as it is now; the first time that takes as long as reading the whole file."""
        self._plan, self._seen = _followed(self._store, self._plan, self._seen)
        return self._plan

    def _far_behind(self) -> bool:
        query = "SELECT count(*) FROM (SELECT 1 FROM change WHERE operation > ? LIMIT ?)"
        (count,) = self._store.rows(query, (self._seen, MANY + 1))[0]
        return int(count) > MANY


def _followed(store: Store, plan: Plan | None, seen: int) -> tuple[Plan, int]:
    """Give the plan as it is now, and the newest change in it; read of it what was changed since an older one."""
    with store.snapshot():
        newest = _newest(store)
        if plan is None:
            return store.plan(), newest
        if newest == seen:
            return plan, seen
        changed: list[Record] = []
        gone: list[tuple[type[Record], str]] = []
        touched: dict[str, set[str]] = {}
        for change_set in store.changes_since(seen):
            for table, ids in change_set.rows.items():
                touched.setdefault(table, set()).update(ids)
        for table, wanted in touched.items():
            kind = TABLES[table]
            found = store.these(kind, wanted)
            changed += found
            gone += [(kind, id) for id in wanted.difference(record.id for record in found)]
        return plan.changed(changed, gone), newest


def _newest(store: Store) -> int:
    newest = store.history(limit=1)
    return newest[0].seq if newest else 0


def _read(store: Store, plan: Plan | None, seen: int) -> tuple[Plan, int]:
    """Read the plan, or what was changed since an older one, through a connection of the thread's own.

    The collector of circles is held off meanwhile: looking through some millions of new records again and again,
    none of them in a circle, would stop the window for a second at a time.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        with store.reader() as reader:
            return _followed(reader, plan, seen)
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
