"""The journal in the file: what the user did, what it changed, and how to take it back.

Each edit is one ``Operation``; the triggers write a JSON image of every row before and after. Undo is a new
operation that puts the images back, redo is the undo of an undo; whether an operation stands is read off the
journal itself, so undo and redo survive a restart. An operation of kind ``made`` (a new file, a load) or
``note`` (a record of printing) is never undone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import new_id
from rallyapp.store.connection import Connection
from rallyapp.store.driver import sqlite3
from rallyapp.store.errors import Refused, a

Image = dict[str, Any]


@frozen
class Operation:
    """One thing that somebody did; ``at`` is UTC, ``of`` the id of the operation that an undo or redo takes back."""

    seq: int
    id: str
    kind: str
    label: str
    who: str
    at: str
    of: str | None = None


@frozen
class ChangeSet:
    """What one committed operation changed: for each table, the ids of the rows."""

    operation: Operation
    rows: Mapping[str, frozenset[str]]

    @property
    def label(self) -> str:
        """The operation's label."""
        return self.operation.label


@frozen(kw_only=False)
class Change:
    """What an operation did to one row in the end: its images before and after, None where it did not exist."""

    table: str
    row: str
    before: Image | None
    after: Image | None


_COLUMNS = "seq, id, kind, label, who, at, of"


def _operations(rows: Iterable[tuple[Any, ...]]) -> list[Operation]:
    names = _COLUMNS.split(", ")
    return [Operation(**dict(zip(names, row, strict=True))) for row in rows]


def begin(connection: Connection, *, kind: str, label: str, who: str, at: str, of: str | None = None) -> Operation:
    """Open the door that the triggers guard and write the operation's row; inside a transaction."""
    (seq,) = connection.execute(
        "SELECT 1 + max(coalesce((SELECT max(seq) FROM operation), 0), "
        "coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'operation'), 0))"
    ).fetchone()
    operation = Operation(seq=seq, id=new_id(), kind=kind, label=label, who=who, at=at, of=of)
    connection.execute("DELETE FROM edit_now")  # a door that another program left open
    connection.execute("INSERT INTO edit_now (operation) VALUES (?)", (seq,))
    connection.execute(
        f"INSERT INTO operation ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (seq, operation.id, kind, label, who, at, of),
    )
    return operation


def finish(connection: Connection, operation: Operation) -> bool:
    """Close the door again; say whether there is anything to keep (else the transaction is to be rolled back).

    An undo is kept even when it had nothing to put back (an edit there and back again): else the next undo
    would find the same edit for ever.
    """
    connection.execute("DELETE FROM edit_now")
    if operation.kind in ("undo", "redo"):
        return True
    query = "SELECT 1 FROM change WHERE operation = ? LIMIT 1"
    return connection.execute(query, (operation.seq,)).fetchone() is not None


def changes_since(connection: Connection, seq: int) -> list[ChangeSet]:
    """List the change sets of all operations after that one, oldest first."""
    found = _operations(connection.execute(f"SELECT {_COLUMNS} FROM operation WHERE seq > ? ORDER BY seq", (seq,)))
    return [ChangeSet(operation=operation, rows=rows_of(connection, operation)) for operation in found]


def rows_of(connection: Connection, operation: Operation) -> Mapping[str, frozenset[str]]:
    """List the rows that an operation touched, by table."""
    found: dict[str, set[str]] = {}
    query = "SELECT DISTINCT kind, row FROM change WHERE operation = ?"
    for table, row in connection.execute(query, (operation.seq,)):
        found.setdefault(table, set()).add(row)
    return {table: frozenset(rows) for table, rows in found.items()}


def last_seq(connection: Connection) -> int:
    """Give the number of the newest operation, 0 in a file without one."""
    (seq,) = connection.execute("SELECT coalesce(max(seq), 0) FROM operation").fetchone()
    return int(seq)


def history(connection: Connection, *, limit: int, before: int | None = None) -> list[Operation]:
    """List operations, newest first; ``before`` a number to page on."""
    query = f"SELECT {_COLUMNS} FROM operation WHERE seq < ? ORDER BY seq DESC LIMIT ?"
    return _operations(connection.execute(query, (2**62 if before is None else before, limit)))


def find(connection: Connection, operation_id: str) -> Operation | None:
    """Give the operation with that id, or None."""
    found = _operations(connection.execute(f"SELECT {_COLUMNS} FROM operation WHERE id = ?", (operation_id,)))
    return found[0] if found else None


_STANDS = "NOT EXISTS (SELECT 1 FROM operation u WHERE u.of = o.id)"


def to_undo(connection: Connection) -> Operation | None:
    """Give the operation that undo would take back: the newest edit, or redo, that still stands."""
    query = f"""SELECT {_COLUMNS} FROM operation o WHERE kind IN ('edit', 'redo') AND {_STANDS}
        ORDER BY seq DESC LIMIT 1"""
    found = _operations(connection.execute(query))
    return found[0] if found else None


def to_redo(connection: Connection) -> Operation | None:
    """Give the undo that redo would take back: the newest that stands, with no edit after it."""
    query = f"""SELECT {_COLUMNS} FROM operation o WHERE kind = 'undo' AND {_STANDS}
        AND seq > (SELECT coalesce(max(seq), 0) FROM operation WHERE kind IN ('edit', 'made'))
        ORDER BY seq DESC LIMIT 1"""
    found = _operations(connection.execute(query))
    return found[0] if found else None


def stands(connection: Connection, operation: Operation, *, besides: Operation | None = None) -> bool:
    """Say whether an operation has not been taken back, other than by ``besides``."""
    query = "SELECT 1 FROM operation WHERE of = ? AND seq <> ?"
    return connection.execute(query, (operation.id, besides.seq if besides else 0)).fetchone() is None


def undone_label(operation: Operation) -> str:
    """Give the label of the edit that an undo, or a redo, is about."""
    return operation.label.removeprefix("Undo: ").removeprefix("Redo: ")


def net_changes(connection: Connection, operation: Operation) -> list[Change]:
    """Work out what an operation did to each row in the end, in the order in which it touched them last."""
    first: dict[tuple[str, str], Image | None] = {}
    last: dict[tuple[str, str], Image | None] = {}
    query = "SELECT kind, row, before, after FROM change WHERE operation = ? ORDER BY seq"
    for table, row, before, after in connection.execute(query, (operation.seq,)):
        key = (table, row)
        first.setdefault(key, _image(before))
        last.pop(key, None)
        last[key] = _image(after)
    return [Change(*key, first[key], after) for key, after in last.items() if first[key] != after]


def _image(text: str | None) -> Image | None:
    return None if text is None else json.loads(text)


def take_back(connection: Connection, operation: Operation) -> None:
    """Put every row back to what it was before an operation; inside an edit of its own.

    Raises Refused, having written nothing, where a row is no longer as the operation left it, and where the
    journal's image has a column that today's table lacks.
    """
    done, trouble = _said(operation)
    try:
        for table, changes in _by_table(connection, operation):
            _refuse_changed(connection, trouble, done, table, changes)
            _take_back(connection, table, changes)
    except sqlite3.IntegrityError:
        raise Refused(f"{trouble}: it would clash with something that was entered since. Nothing was {done}.") from None


def why_not_undone(connection: Connection, operation: Operation) -> str:
    """Say why an operation can't be taken back, as far as its own rows show; nothing where it can."""
    done, trouble = _said(operation)
    try:
        for table, changes in _by_table(connection, operation):
            _refuse_changed(connection, trouble, done, table, changes)
    except Refused as refused:
        return str(refused)
    return ""


def _said(operation: Operation) -> tuple[str, str]:
    done = "redone" if operation.kind == "undo" else "undone"
    return done, f"\u201c{undone_label(operation)}\u201d can't be {done}"


def _by_table(connection: Connection, operation: Operation) -> list[tuple[str, list[Change]]]:
    changes = sorted(net_changes(connection, operation), key=lambda change: change.table)
    return [(table, list(group)) for table, group in groupby(changes, lambda change: change.table)]


def _refuse_changed(connection: Connection, trouble: str, done: str, table: str, changes: list[Change]) -> None:
    names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    current = _current(connection, table, [change.row for change in changes]) if names else {}
    for change in changes:
        if change.before is not None and not set(change.before) <= set(names):
            raise Refused(f"{trouble}: it was done in an earlier version of RallyApp.")
        now, left = current.get(change.row), change.after
        if (now is None) != (left is None) or (now and left and any(now.get(name) != left[name] for name in left)):
            raise Refused(
                f"{trouble}: {_named(table, now or left or change.before)} was changed since. "
                f"Nothing was {done}; change it by hand, or undo the later change first."
            )


def _take_back(connection: Connection, table: str, changes: list[Change]) -> None:
    # Rows that must differ (two people who changed places on a shift) would clash on the way, one by one.
    differ = any(row[2] and row[3] == "c" for row in connection.execute(f'PRAGMA index_list("{table}")'))
    gone = [(change.row,) for change in changes if change.after is not None and (differ or change.before is None)]
    connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', gone)
    for change in changes:
        if change.before is not None:
            columns = list(change.before)
            sets = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "id")
            connection.execute(
                f'INSERT INTO "{table}" ({", ".join(chr(34) + name + chr(34) for name in columns)}) '
                f"VALUES ({', '.join('?' * len(columns))}) ON CONFLICT (id) DO UPDATE SET {sets}",
                [change.before[name] for name in columns],
            )


def _current(connection: Connection, table: str, rows: list[str]) -> dict[str, Image]:
    found: dict[str, Image] = {}
    for start in range(0, len(rows), 500):
        part = rows[start : start + 500]
        cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id IN ({", ".join("?" * len(part))})', part)
        names = [column[0] for column in cursor.description]
        for row in cursor:
            image = dict(zip(names, row, strict=True))
            found[image["id"]] = image
    return found


def _named(table: str, image: Image | None) -> str:
    """Say which row, in words: by its name or title where it has one."""
    shown = {**(image or {})}
    name = shown.get("title") or shown.get("name") or shown.get("given_name") or shown.get("starts") or ""
    return f"the {table.replace('_', ' ')} \u201c{name}\u201d" if name else a(table)
