"""The one door to a plan file: everything is read, written, undone and watched through a ``Store``."""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record, columns, from_plain, problems_of, table_of, to_plain
from rallyapp.store import backup, journal, migrations, tables, triggers
from rallyapp.store.connection import Connection, connect, writable
from rallyapp.store.driver import sqlite3
from rallyapp.store.errors import (
    AlreadyThere,
    DiskFull,
    NotFound,
    ReadOnly,
    Refused,
    StoreError,
    TooNew,
    Vanished,
    clear_errors,
    shown,
)
from rallyapp.store.journal import ChangeSet, Operation

R = TypeVar("R", bound=Record)
Listener = Callable[[ChangeSet], None]


def utc_now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def login_name() -> str:
    """Name who is at the keyboard, for the history: the system's login name, or nothing."""
    try:
        return os.environ.get("RALLYAPP_USER") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a user of that number
        return ""


class Edit:
    """The writes of one edit; made by ``Store.edit`` and of no use after its block."""

    def __init__(self, store: Store, operation: Operation) -> None:
        """Take the store whose transaction is open."""
        self._store = store
        self.operation = operation

    def save(self, record: R, *, was: R | None = None) -> R:
        """Write a record, new or not.

        With ``was`` (the record as it was when somebody began to change it) only the columns that they changed
        are written, so that another window's change to other columns stays. Raises Refused with a sentence
        for a record with a problem, and where another writer changed the same column since.
        """
        self._refuse_wrong(record)
        if was is not None:
            return self._save_changed(record, was)
        with self._store._sentences(record):
            self._store._connection.execute(tables.upsert(type(record)), tables.row_of(record))
        return record

    def save_all(self, records: Iterable[Record], *, progress: Callable[[int], None] | None = None) -> int:
        """Write many records, in the order given; ``progress`` is told how many are done. Gives their number."""
        done = 0
        batch: list[Record] = []
        for record in records:
            self._refuse_wrong(record)
            if batch and (type(record) is not type(batch[0]) or len(batch) >= 2000):
                done = self._write(batch, done, progress)
                batch = []
            batch.append(record)
        return self._write(batch, done, progress)

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
        connection, table = self._store._connection, table_of(type(record))
        for kind, column in tables.referring(table):
            for child in self._store.where(kind, **{column.name: record.id}):
                freed = from_plain(kind, {**to_plain(child), column.name: None}) if column.optional else None
                if freed is None or problems_of(freed):
                    self.delete(child)
                else:
                    self.save(freed)
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (record.id,))

    def _refuse_wrong(self, record: Record) -> None:
        if problems := problems_of(record):
            mend = f" ({problems[0].mend})" if problems[0].mend else ""
            raise Refused(f"{problems[0].sentence}{mend}.")

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
        self._refuse_wrong(merged)
        if values:
            sets = ", ".join(f'"{name}" = ?' for name in values)
            with self._store._sentences(record):
                self._store._connection.execute(
                    f'UPDATE "{table_of(kind)}" SET {sets} WHERE id = ?', (*values.values(), record.id)
                )
        return merged


class Store:
    """An open plan file. Use ``Store.open`` or ``Store.create``, and close it, or use it in a ``with``."""

    def __init__(
        self, connection: Connection, path: Path, *, read_only: str = "", who: str, now: Callable[[], datetime]
    ) -> None:
        """Take an open connection; ``read_only`` is the sentence that says why nothing can be written."""
        self._connection = connection
        self.path = path
        self.read_only = read_only
        self.who = who
        self._now = now
        self._open_edit = False
        self.listeners: list[Listener] = []
        stat = path.stat()
        self._file = (stat.st_dev, stat.st_ino)
        self._data_version = self._pragma("data_version")
        self._seen = journal.last_seq(connection)

    # ------------------------------------------------------------------------------------ open and close
    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        passphrase: str | None = None,
        read_only: bool = False,
        who: str | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> Store:
        """Open a plan; an older one is migrated first, after a verified backup beside it.

        One that can't be written to, or that a newer program made, is opened for reading: ``store.read_only``
        then says why. Raises StoreError with a sentence; whatever is not a plan stays as it is.
        """
        path = Path(path)
        why = f"{shown(path)} was opened for reading only." if read_only else ""
        if not why and path.is_file() and not writable(path):
            why = f"{shown(path)}, or its folder, is read-only: it can be read and printed, not changed."
        connection = connect(path, passphrase, read_only=bool(why))
        try:
            with clear_errors(path):
                try:
                    pending = migrations.pending(connection, path)
                except TooNew as newer:
                    why, pending = why or str(newer), []
                if pending and why:
                    raise ReadOnly(f"{why} It is from an older version and would have to be changed to be read.")
                if pending:
                    if pending != [step.__name__ for step in migrations.STEPS]:
                        backup.copy(connection, path, path.with_name(f"{path.name}.before-{pending[0]}"), passphrase)
                    migrations.migrate(connection, path)
                elif not why and triggers.standing(connection) != triggers.expected(connection):
                    _repair_triggers(connection)
                return cls(connection, path, read_only=why, who=login_name() if who is None else who, now=now)
        except BaseException:
            connection.close()
            raise

    @classmethod
    def create(
        cls,
        path: str | Path,
        records: Iterable[Record],
        *,
        label: str,
        passphrase: str | None = None,
        progress: Callable[[int], None] | None = None,
        who: str | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> Store:
        """Make a new plan file with these records and open it.

        It is made beside its place and renamed when it is whole, so that a full disk or a kill leaves nothing
        half-made. Raises AlreadyThere, NotFound (no such folder), DiskFull or ReadOnly with a sentence.
        """
        path = Path(path)
        refuse_existing(path)
        made = path.with_name(f".{path.name}.{os.getpid()}.new")
        _remove(made)
        try:
            if passphrase == "":
                raise Refused("An empty passphrase would not protect anything: choose another.")
            connection = connect(made, passphrase, create=True)
            try:
                with clear_errors(path):
                    migrations.migrate(connection, made)
                    store = cls(connection, made, who=login_name() if who is None else who, now=now)
                    with store._transaction("made", label) as edit:
                        edit.save_all(records, progress=progress)
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()
            backup.settle(made)
            try:
                os.link(made, path)  # fails where a file has appeared meanwhile, which a rename would replace
            except FileExistsError:
                raise AlreadyThere(f"There is already a file {shown(path)}: choose another name.") from None
            except OSError:  # a file system without links
                os.replace(made, path)
        except StoreError as error:
            raise type(error)(str(error).replace(shown(made), shown(path))) from None
        except PermissionError:
            raise ReadOnly(f"You are not allowed to write into \u201c{path.parent}\u201d.") from None
        except OSError as error:
            raise DiskFull(f"{shown(path)} could not be written: {error.strerror}.") from None
        finally:
            _remove(made)
        return cls.open(path, passphrase=passphrase, who=who, now=now)

    def close(self) -> None:
        """Close the file; the last one out tidies the -wal and -shm files away."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -------------------------------------------------------------------------------------------- reading
    def rows(self, query: str, values: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Read rows with plain SQL; for ``queries`` and tests."""
        with clear_errors(self.path):
            given = values if isinstance(values, Mapping) else tuple(values)
            return list(self._connection.execute(query, given).fetchall())

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Read all records of a kind."""
        return self.where(kind)

    def where(self, kind: type[R], **equal: object) -> tuple[R, ...]:
        """Read the records of a kind whose fields have these plain values."""
        known = {column.name for column in columns(kind)}
        if unknown := set(equal) - known:
            raise TypeError(f"{kind.__name__} has no field {unknown}")
        clause = " AND ".join(f'"{name}" IS ?' for name in equal)
        query = f'SELECT {tables.column_names(kind)} FROM "{table_of(kind)}"' + (f" WHERE {clause}" if clause else "")
        return tuple(tables.records_of(kind, self.rows(query, equal.values())))

    def find(self, kind: type[R], id: str | None) -> R | None:
        """Read the record with that id, or None."""
        found = self.where(kind, id=id)
        return found[0] if found else None

    def get(self, kind: type[R], id: str) -> R:
        """Read the record with that id; raises KeyError where there is none."""
        found = self.find(kind, id)
        if found is None:
            raise KeyError(f"{kind.__name__} {id}")
        return found

    def plan(self) -> Plan:
        """Read the whole plan, at one moment."""
        with self.snapshot():
            return Plan(record for kind in KINDS for record in self.all(kind))

    def history(self, *, limit: int = 100, before: int | None = None) -> list[Operation]:
        """List what was done, newest first."""
        with clear_errors(self.path):
            return journal.history(self._connection, limit=limit, before=before)

    def changes_since(self, version: int) -> list[ChangeSet]:
        """List what was changed after that version of the plan, oldest first."""
        with clear_errors(self.path):
            return journal.changes_since(self._connection, version)

    def changed_rows(self, operation: Operation) -> dict[str, int]:
        """Count the rows that an operation touched, by table."""
        with clear_errors(self.path):
            return {table: len(rows) for table, rows in journal.rows_of(self._connection, operation).items()}

    def stands(self, operation: Operation) -> bool:
        """Say whether an operation has not been undone."""
        with clear_errors(self.path):
            return journal.stands(self._connection, operation)

    @property
    def version(self) -> int:
        """The number of the newest change to the plan itself: what a print carries as its version."""
        query = "SELECT coalesce(max(seq), 0) FROM operation WHERE kind IN ('made', 'edit', 'undo', 'redo')"
        return int(self.rows(query)[0][0])

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        with clear_errors(self.path):
            operation = journal.to_undo(self._connection)
        return journal.undone_label(operation) if operation else None

    @property
    def redo_label(self) -> str | None:
        """What redo would bring back, or None."""
        with clear_errors(self.path):
            operation = journal.to_redo(self._connection)
        return journal.undone_label(operation) if operation else None

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let several reads see one moment, whatever another window writes between them."""
        with clear_errors(self.path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    # -------------------------------------------------------------------------------------------- writing
    @contextlib.contextmanager
    def edit(self, label: str) -> Iterator[Edit]:
        """Open one user action: all of it is kept, or nothing; its label is the Undo text.

        An edit never spans an ``await``. One that changed nothing leaves no trace. Raises StoreError with a
        sentence.
        """
        with self._transaction("edit", label) as edit:
            yield edit

    @contextlib.contextmanager
    def note(self, label: str) -> Iterator[Edit]:
        """Open an edit that undo passes over: a record of something that happened outside, such as a print."""
        with self._transaction("note", label) as edit:
            yield edit

    def undo(self, operation_id: str | None = None) -> ChangeSet | None:
        """Take back the newest edit that stands, or the one with that id; None where there is nothing to undo.

        Raises Refused, with nothing changed, where somebody changed one of its rows since.
        """
        return self._take_back("undo", "Undo", operation_id)

    def redo(self) -> ChangeSet | None:
        """Take back the newest undo, if no edit came after it; None where there is nothing to redo."""
        return self._take_back("redo", "Redo", None)

    def _take_back(self, kind: str, word: str, operation_id: str | None) -> ChangeSet | None:
        self._refuse_read_only()
        with clear_errors(self.path):
            if operation_id is not None:
                target = journal.find(self._connection, operation_id)
                if target is None or target.kind not in ("edit", "redo") or not self.stands(target):
                    raise Refused("That can't be undone: it is no edit that still stands.")
            else:
                pick = journal.to_undo if kind == "undo" else journal.to_redo
                target = pick(self._connection)
            if target is None:
                return None
            label = f"{word}: {journal.undone_label(target)}"
            made: list[ChangeSet] = []
            self.listeners.append(made.append)
            try:
                with self._transaction(kind, label, of=target.id) as edit:
                    # Another window may have been quicker, between the look and the lock.
                    if not journal.stands(self._connection, target, besides=edit.operation):
                        raise Refused(f"\u201c{journal.undone_label(target)}\u201d was undone by another window.")
                    journal.take_back(self._connection, target)
            finally:
                self.listeners.remove(made.append)
            return made[0] if made else None

    @contextlib.contextmanager
    def _transaction(self, kind: str, label: str, of: str | None = None) -> Iterator[Edit]:
        self._refuse_read_only()
        if self._open_edit:
            raise RuntimeError("an edit is open already")
        self._refuse_vanished()
        connection = self._connection
        with clear_errors(self.path):
            connection.execute("BEGIN IMMEDIATE")
            self._open_edit = True
            try:
                connection.execute("PRAGMA defer_foreign_keys = ON")
                at = self._now().strftime("%Y-%m-%dT%H:%M:%SZ")
                operation = journal.begin(connection, kind=kind, label=label, who=self.who, at=at, of=of)
                yield Edit(self, operation)
                changed = journal.finish(connection, operation)
                rows = journal.rows_of(connection, operation) if changed and self.listeners else {}
                self._commit()
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._open_edit = False
        if changed:
            if operation.seq == self._seen + 1:
                self._seen = operation.seq
            self._tell(ChangeSet(operation=operation, rows=rows))

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.IntegrityError:
            broken = self._connection.execute("PRAGMA foreign_key_check").fetchall()
            words = f"a {broken[0][0]} would refer to a {broken[0][2]} that is not there" if broken else "a rule"
            raise Refused(f"This can't be saved: {words.replace('_', ' ')}. Nothing was changed.") from None

    @contextlib.contextmanager
    def _sentences(self, record: Record) -> Iterator[None]:
        """Turn a broken constraint into a sentence about the record that broke it."""
        try:
            yield
        except sqlite3.IntegrityError as error:
            what = table_of(type(record)).replace("_", " ")
            if "UNIQUE" in str(error):
                raise Refused(f"There is one like it already: this {what} can't be entered twice.") from None
            raise Refused(f"This {what} can't be saved: {error}.") from None

    def _refuse_read_only(self) -> None:
        if self.read_only:
            raise ReadOnly(self.read_only)

    def _refuse_vanished(self) -> None:
        try:
            stat = self.path.stat()
        except OSError:
            raise Vanished(
                f"{shown(self.path)} was deleted, moved or its disk was taken away while it was open. Nothing "
                "was saved; put it back, or save a copy."
            ) from None
        if (stat.st_dev, stat.st_ino) != self._file:
            raise Vanished(f"{shown(self.path)} was replaced by another file while it was open: open it again.")

    # ------------------------------------------------------------------------------------------- watching
    def poll(self) -> list[ChangeSet]:
        """Tell the listeners what other connections committed since the last call; cheap when nothing did."""
        with clear_errors(self.path):
            version = self._pragma("data_version")
            if version == self._data_version:
                return []
            self._data_version = version
            found = journal.changes_since(self._connection, self._seen)
            if found:
                self._seen = found[-1].operation.seq
        for change_set in found:
            self._tell(change_set)
        return found

    def _tell(self, change_set: ChangeSet) -> None:
        for listener in list(self.listeners):
            listener(change_set)

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def backup(self, target: str | Path, *, passphrase: str | None = None) -> Path:
        """Write a verified copy of the plan; raises StoreError with a sentence, leaving no half copy."""
        target = Path(target)
        refuse_existing(target)
        return backup.copy(self._connection, self.path, target, passphrase)


def refuse_existing(path: Path) -> None:
    """Raise AlreadyThere or NotFound unless a new file of that name can be made."""
    if path.exists() or path.is_symlink():
        what = "folder" if path.is_dir() else "file"
        raise AlreadyThere(f"There is already a {what} {shown(path)}: choose another name, or move it away first.")
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder \u201c{path.parent}\u201d.")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _repair_triggers(connection: Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        triggers.make(connection)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
