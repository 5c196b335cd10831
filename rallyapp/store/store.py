"""The one door to a plan file: everything is read, written, undone and watched through a ``Store``.

Longer than other modules because it is one thing: opening, one transaction, and whoever looks on.
"""

from __future__ import annotations

import contextlib
import getpass
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from rallyapp.domain.plan import Plan
from rallyapp.domain.records import KINDS, Record, columns, table_of
from rallyapp.store import backup, journal, migrations, tables, triggers
from rallyapp.store.connection import Connection, connect, overtaken, use_log, writable
from rallyapp.store.driver import sqlite3
from rallyapp.store.edit import Edit
from rallyapp.store.errors import (
    AlreadyThere,
    DiskFull,
    InUse,
    NotFound,
    ReadOnly,
    Refused,
    StoreError,
    TooNew,
    Vanished,
    a,
    clear_errors,
    shown,
)
from rallyapp.store.journal import Change, ChangeSet, Operation

R = TypeVar("R", bound=Record)
Listener = Callable[[ChangeSet], None]
LONGEST_NAME = 240  # bytes: SQLite puts "-journal" behind it, and 255 is the most that any system holds


def utc_now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def login_name() -> str:
    """Name who is at the keyboard, for the history: the system's login name, or nothing."""
    try:
        return os.environ.get("RALLYAPP_USER") or getpass.getuser()
    except (KeyError, OSError, ImportError):  # a container without a user of that number
        return ""


def one_line(text: str, longest: int = 200) -> str:
    """Write a text as one line that can be shown in a menu and kept in the history."""
    words = "".join(letter if letter.isprintable() else " " for letter in text[: 4 * longest]).split()
    line = " ".join(words)
    return line if len(line) <= longest else line[: longest - 1] + "\u2026"


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
        self._open_edit: Edit | None = None
        self.listeners: list[Listener] = []
        self._log_path = path.with_name(f"{path.name}-wal")
        self._data_version = self._pragma("data_version")
        self._seen = journal.last_seq(connection)
        self._reopen: Callable[[], Connection] | None = None  # for a file that is read without locks
        self._own: set[int] = set()  # operations after that one which are this store's own
        self._file = _identity(path)
        self._log = _identity(self._log_path)  # None where the log is not in a file of its own

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
        path = _place(path)
        why = f"{shown(path)} was opened for reading only." if read_only else ""
        if not why and os.path.isfile(path) and not writable(path):
            why = f"{shown(path)}, or its folder, is read-only: it can be read and printed, not changed."
        if not why and os.path.isfile(path) and _has_two_names(path):
            why = (
                f"{shown(path)} has a second name on this disk (a hard link); two windows that opened it under both "
                "would destroy it. It can be read and printed, not changed: save a copy and use that."
            )
        connection = connect(path, passphrase, read_only=bool(why))
        try:
            with clear_errors(path):
                try:
                    pending = migrations.pending(connection, path)
                except TooNew as newer:
                    why, pending = why or str(newer), []
                if pending and why:
                    raise ReadOnly(f"{why} It is from an older version and would have to be changed to be read.")
                if not why:
                    use_log(connection)
                if pending:
                    if pending != [step.__name__ for step in migrations.STEPS]:
                        backup.keep(connection, path, path.with_name(f"{path.name}.before-{pending[0]}"), passphrase)
                    migrations.migrate(connection, path)
                elif not why and triggers.standing(connection) != triggers.expected(connection):
                    _repair_triggers(connection)
                store = cls(connection, path, read_only=why, who=login_name() if who is None else who, now=now)
                store._reopen = lambda: connect(path, passphrase, read_only=True)
                return store
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
        after_version: int = 0,
        who: str | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> Store:
        """Make a new plan file with these records and open it; on POSIX only its owner may read it.

        ``after_version`` is the highest version of the plan that is on paper somewhere: the new file's numbers
        go on from there. It is made beside its place and renamed when it is whole, so that a full disk or a
        kill leaves nothing half-made. Raises AlreadyThere, NotFound (no such folder), DiskFull or ReadOnly with
        a sentence.
        """
        path = Path(path).absolute()
        refuse_existing(path)
        if passphrase == "":
            raise Refused("An empty passphrase would not protect anything: choose another.")
        migrations.statements("m0001_start.sql")  # a program that lacks its own parts is no trouble with the disk
        made = backup.unfinished(path)
        try:
            backup.make_private(made)
            connection = connect(made, passphrase, create=True)
            try:
                with clear_errors(path):
                    migrations.migrate(connection, made)
                    if after_version:
                        sequence = "INSERT INTO sqlite_sequence (name, seq) VALUES ('operation', ?)"
                        connection.execute(sequence, (after_version,))
                    store = cls(connection, made, who=login_name() if who is None else who, now=now)
                    with store._transaction("made", label) as edit:
                        edit.save_all(records, progress=progress)
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            finally:
                connection.close()
            backup.publish(made, path)
        except StoreError as error:
            raise type(error)(str(error).replace(shown(made), shown(path))) from None
        except PermissionError:
            raise ReadOnly(f"You are not allowed to write into \u201c{path.parent}\u201d.") from None
        except OSError as error:
            raise DiskFull(f"{shown(path)} could not be written: {error.strerror}.") from None
        finally:
            backup.remove(made)
        return cls.open(path, passphrase=passphrase, who=who, now=now)

    def reader(self) -> Store:
        """Open the same file once more for reading only, for a thread: each needs a connection of its own."""
        assert self._reopen is not None
        return Store(
            self._reopen(), self.path, read_only=f"{shown(self.path)} is only read here.", who=self.who, now=self._now
        )

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
        given = values if isinstance(values, Mapping) else tuple(values)
        while True:
            self._catch_up()
            with clear_errors(self.path):
                try:
                    found = list(self._connection.execute(query, given).fetchall())
                except sqlite3.DatabaseError:
                    if not overtaken(self.path, self._connection):
                        raise
            if not overtaken(self.path, self._connection):
                return found
            if self._connection.in_transaction:
                raise InUse(f"{shown(self.path)} was changed in another window while it was read: try again.")

    def _catch_up(self) -> None:
        """Open a file that is read without locks anew as soon as somebody has written to it."""
        if self._reopen and not self._connection.in_transaction and overtaken(self.path, self._connection):
            anew = self._reopen()
            self._connection.close()
            self._connection = anew
            self._data_version = -1

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

    def these(self, kind: type[R], ids: Iterable[str]) -> tuple[R, ...]:
        """Read the records with these ids, in their order; those that are not there are left out."""
        wanted = list(ids)
        found: dict[str, R] = {}
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ", ".join("?" * len(part))
            query = f'SELECT {tables.column_names(kind)} FROM "{table_of(kind)}" WHERE id IN ({marks})'
            found.update((record.id, record) for record in tables.records_of(kind, self.rows(query, part)))
        return tuple(found[id] for id in wanted if id in found)

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
        self._catch_up()
        with clear_errors(self.path):
            return journal.history(self._connection, limit=limit, before=before)

    def changes_since(self, version: int) -> list[ChangeSet]:
        """List what was changed after that version of the plan, oldest first."""
        self._catch_up()
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

    def changes(self, operation: Operation) -> list[Change]:
        """List what an operation did to each row in the end, with its images before and after."""
        with clear_errors(self.path):
            return journal.net_changes(self._connection, operation)

    def why_not_undone(self, operation: Operation) -> str:
        """Say why an operation can't be undone now, such as a row that was changed since; nothing where it can."""
        with clear_errors(self.path):
            return journal.why_not_undone(self._connection, operation)

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
        self._catch_up()
        with clear_errors(self.path):
            if self._connection.in_transaction:
                yield
                return
            try:
                self._connection.execute("BEGIN")
                yield
            finally:
                if self._connection.in_transaction:
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
            with self._transaction(kind, label, of=target.id) as edit:
                # Another window may have been quicker, between the look and the lock.
                if not journal.stands(self._connection, target, besides=edit.operation):
                    raise Refused(f"\u201c{journal.undone_label(target)}\u201d was undone by another window.")
                journal.take_back(self._connection, target)
            return ChangeSet(operation=edit.operation, rows=journal.rows_of(self._connection, edit.operation))

    @contextlib.contextmanager
    def _transaction(self, kind: str, label: str, of: str | None = None) -> Iterator[Edit]:
        self._refuse_read_only()
        connection = self._connection
        if connection.in_transaction:
            raise RuntimeError("an edit is open already" if self._open_edit else "no edit can begin inside a snapshot")
        label = one_line(label)
        if not label:
            raise ValueError("an edit needs a label")
        self._refuse_vanished()
        with clear_errors(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("PRAGMA defer_foreign_keys = ON")
                at = self._now().strftime("%Y-%m-%dT%H:%M:%SZ")
                operation = journal.begin(connection, kind=kind, label=label, who=one_line(self.who, 100), at=at, of=of)
                self._open_edit = Edit(self, operation)
                yield self._open_edit
                changed = journal.finish(connection, operation)
                rows = journal.rows_of(connection, operation) if changed and self.listeners else {}
                if changed:
                    self._commit()
                    self._own.add(operation.seq)
                else:
                    connection.execute("ROLLBACK")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            finally:
                if self._open_edit:
                    self._open_edit._open = False
                self._open_edit = None
        if changed:
            self._tell([ChangeSet(operation=operation, rows=rows)])

    def _commit(self) -> None:
        try:
            self._connection.execute("COMMIT")
        except sqlite3.IntegrityError:
            broken = self._connection.execute("PRAGMA foreign_key_check").fetchall()
            words = f"{a(broken[0][0])} would refer to {a(broken[0][2])} that is not there" if broken else "a rule"
            raise Refused(f"This can't be saved: {words}. Nothing was changed.") from None

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
        now = _identity(self.path)
        if now is None:
            raise Vanished(
                f"{shown(self.path)} was deleted, moved or its disk was taken away while it was open. Nothing "
                "was saved; put it back, or save a copy."
            )
        if now != self._file:
            raise Vanished(f"{shown(self.path)} was replaced by another file while it was open: open it again.")
        if self._log and _identity(self._log_path) != self._log:  # what is written to it now would be lost
            raise Vanished(
                f"Another program removed the file {shown(self._log_path)}, in which changes are kept while the plan "
                "is open. This one was not saved: close the plan and open it again."
            )

    # ------------------------------------------------------------------------------------------- watching
    def poll(self) -> list[ChangeSet]:
        """Tell the listeners what other connections committed since the last call; cheap when nothing did.

        Nothing is told in the middle of an edit or a snapshot; it is at the next call after it.
        """
        if self._connection.in_transaction:
            return []
        self._catch_up()
        with clear_errors(self.path):
            version = self._pragma("data_version")
            if version == self._data_version:  # all that came was our own
                self._seen = max(self._own, default=self._seen)
                self._own.clear()
                return []
            found = journal.changes_since(self._connection, self._seen)
            self._data_version = version
        foreign = [change_set for change_set in found if change_set.operation.seq not in self._own]
        if found:
            self._seen = found[-1].operation.seq
        self._own.clear()
        self._tell(foreign)
        return foreign

    def _tell(self, change_sets: Iterable[ChangeSet]) -> None:
        """Tell every listener, even after one has failed: what was committed must reach all views."""
        failed: list[Exception] = []
        for change_set in change_sets:
            for listener in list(self.listeners):
                try:
                    listener(change_set)
                except Exception as error:
                    failed.append(error)
        if failed:
            raise failed[0]

    def _pragma(self, name: str) -> int:
        return int(self._connection.execute(f"PRAGMA {name}").fetchone()[0])

    def backup(self, target: str | Path, *, passphrase: str | None = None) -> Path:
        """Write a verified copy of the plan; raises StoreError with a sentence, leaving no half copy.

        The copy of an encrypted plan is encrypted with the same passphrase, which must be given to read it back.
        """
        target = Path(target).absolute()
        refuse_existing(target)
        return backup.copy(self._connection, self.path, target, passphrase)


def refuse_existing(path: Path) -> None:
    """Raise AlreadyThere, NotFound, ReadOnly or Refused unless a new file of that name can be made."""
    if len(os.fsencode(path.name)) > LONGEST_NAME or "\0" in path.name:
        raise Refused("That can't be the name of a file: choose a shorter one, of ordinary letters.")
    if path.exists() or path.is_symlink():
        what = "folder" if path.is_dir() else "file"
        raise AlreadyThere(f"There is already a {what} {shown(path)}: choose another name, or move it away first.")
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder \u201c{path.parent}\u201d.")
    if not os.access(path.parent, os.W_OK):
        raise ReadOnly(f"You are not allowed to write into \u201c{path.parent}\u201d.")


def _place(path: str | Path) -> Path:
    """Say where a file really is: SQLite puts its log beside that, and the working folder may change."""
    path = Path(path).absolute()
    try:
        return path.resolve() if path.is_symlink() else path
    except (OSError, RuntimeError):  # a link that leads to itself
        return path


def _identity(path: Path) -> tuple[int, int] | None:
    """Give what the system knows a file by, whatever it is called; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _has_two_names(path: Path) -> bool:
    """Say whether a file has a second name, other than one that a kill left while it was made."""
    if path.stat().st_nlink < 2:
        return False
    for left in path.parent.glob(".rallyapp-*.new"):
        with contextlib.suppress(OSError):
            if left.samefile(path):
                left.unlink()
    return path.stat().st_nlink > 1


def _repair_triggers(connection: Connection) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        triggers.make(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
