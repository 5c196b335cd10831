"""The writes of one edit: whole records in, changed columns out, nothing that has a problem."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from rallyapp.domain.people import Person
from rallyapp.domain.records import Record, columns, from_plain, problems_of, table_of, to_plain
from rallyapp.store import paper_traces, tables
from rallyapp.store.errors import Refused
from rallyapp.store.journal import Operation

if TYPE_CHECKING:
    from rallyapp.store.store import Store

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Ready:
    """Records that were looked through and turned into rows, so that writing them keeps nobody waiting for that."""

    batches: tuple[tuple[Record, dict[str, tuple[Any, ...]]], ...]  # the first record of each, and the rows by id

    def only(self, ids: Collection[str]) -> Ready:
        """Give some of them."""
        return Ready(tuple((first, {id: row for id, row in rows.items() if id in ids}) for first, rows in self.batches))


def ready(records: Iterable[Record]) -> Ready:
    """Look through many new records and turn them into rows, in any thread; raises Refused as saving them would."""
    batches = []
    for _, group in groupby(records, key=type):
        batch = list(group)
        for record in batch:
            refuse_wrong(record)
        batches.append((batch[0], {record.id: tables.row_of(record) for record in batch}))
    return Ready(tuple(batches))


def refuse_wrong(record: Record) -> None:
    """Raise Refused with a sentence for a record with a problem."""
    if problems := problems_of(record):
        mend = f" ({problems[0].mend})" if problems[0].mend else ""
        raise Refused(f"{problems[0].sentence}{mend}.")


class Edit:
    """The writes of one edit; made by ``Store.edit`` and of no use after its block."""

    def __init__(self, store: Store, operation: Operation) -> None:
        """Take the store whose transaction is open."""
        self._store = store
        self._open = True
        self.operation = operation

    def save(self, record: R, *, was: R | None = None) -> R:
        """Write a record, new or not.

        With ``was`` (the record as it was when somebody began to change it) only the columns that they changed
        are written, so that another window's change to other columns stays. Raises Refused with a sentence
        for a record with a problem, and where another writer changed the same column since.
        """
        self._refuse_over()
        refuse_wrong(record)
        if was is not None:
            return self._save_changed(record, was)
        with self._store._sentences(record):
            self._store._connection.execute(tables.upsert(type(record)), tables.row_of(record))
        return record

    def save_all(self, records: Iterable[Record], *, progress: Callable[[int], None] | None = None) -> int:
        """Write many records, in the order given; ``progress`` is told how many are done. Gives their number."""
        self._refuse_over()
        done = 0
        batch: list[Record] = []
        for record in records:
            refuse_wrong(record)
            if batch and (type(record) is not type(batch[0]) or len(batch) >= 2000):
                done = self._write(batch, done, progress)
                batch = []
            batch.append(record)
        return self._write(batch, done, progress)

    def save_ready(self, records: Ready) -> None:
        """Write records that ``ready`` has looked through, in the order given."""
        self._refuse_over()
        for first, rows in records.batches:
            with self._store._sentences(first):
                self._store._connection.executemany(tables.upsert(type(first)), rows.values())

    def _write(self, batch: list[Record], done: int, progress: Callable[[int], None] | None) -> int:
        if batch:
            with self._store._sentences(batch[0]):
                rows = [tables.row_of(record) for record in batch]
                self._store._connection.executemany(tables.upsert(type(batch[0])), rows)
        if progress:
            progress(done + len(batch))
        return done + len(batch)

    def delete(self, record: Record) -> None:
        """Delete a record with all that is part of it; what merely mentions it stays and mentions it no more."""
        self._refuse_over()
        connection, table = self._store._connection, table_of(type(record))
        if isinstance(record, Person):
            paper_traces.forget(connection, record)
        for kind, column in tables.referring(table):
            for child in self._store.where(kind, **{column.name: record.id}):
                freed = from_plain(kind, {**to_plain(child), column.name: None}) if column.optional else None
                if freed is None or problems_of(freed):
                    self.delete(child)
                else:
                    self.save(freed)
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (record.id,))

    def _refuse_over(self) -> None:
        if not self._open:
            raise RuntimeError("this edit is over")

    def _save_changed(self, record: R, was: R) -> R:
        kind = type(record)
        changed = [column for column in columns(kind) if getattr(record, column.name) != getattr(was, column.name)]
        now = self._store.find(kind, record.id)
        if now is None:
            raise Refused("Somebody deleted it in another window; nothing was saved.")
        for column in changed:
            if getattr(now, column.name) not in (getattr(was, column.name), getattr(record, column.name)):
                raise Refused(
                    f"Somebody changed the same thing in another window since ({column.name.replace('_', ' ')}); "
                    "nothing was saved. Look at it again and change it once more."
                )
        values = {column.name: column.write(getattr(record, column.name)) for column in changed}
        merged = from_plain(kind, {**to_plain(now), **values})
        refuse_wrong(merged)
        if values:
            sets = ", ".join(f'"{name}" = ?' for name in values)
            with self._store._sentences(record):
                self._store._connection.execute(
                    f'UPDATE "{table_of(kind)}" SET {sets} WHERE id = ?', (*values.values(), record.id)
                )
        return merged
