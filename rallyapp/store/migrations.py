"""A plan file's shape over time: ordered steps, never edited after release, each with a test and an old file.

A step uses SQL and table calls only, never today's records: those will change, what an old file looked like
will not. All pending steps run in one transaction, after a verified backup, so that a file is never between
two versions.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from rallyapp import carried
from rallyapp.store import triggers
from rallyapp.store.connection import Connection
from rallyapp.store.errors import Damaged, TooNew, shown

SET = "plan"


def m0001_start(database: Any) -> None:
    """Make the tables of the first version."""
    for statement in statements("m0001_start.sql"):
        database.execute(statement)


def m0002_rallies(database: Any) -> None:
    """Let rallies hold what their editors ask for: issued running orders, chains of command, pins of posts."""
    for statement in statements("m0002_rallies.sql"):
        database.execute(statement)


def m0003_prints(database: Any) -> None:
    """Let prints be known piece by piece: for whom, by which code, with which rows."""
    for statement in statements("m0003_prints.sql"):
        database.execute(statement)


STEPS: tuple[Callable[[Any], None], ...] = (m0001_start, m0002_rallies, m0003_prints)


@cache
def statements(name: str) -> tuple[str, ...]:
    """Read the statements of a script that the program carries."""
    script = carried.path("migrations", name).read_text(encoding="utf-8")
    lines = [line for line in script.splitlines() if not line.lstrip().startswith("--")]
    return tuple(part.strip() for part in "\n".join(lines).split(";\n") if part.strip())


def applied(connection: Connection) -> list[str]:
    """List the steps that a file has seen, oldest first."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY rowid", (SET,))
    return [name for (name,) in rows]


def pending(connection: Connection, path: Path, steps: tuple[Callable[[Any], None], ...] | None = None) -> list[str]:
    """List the steps that a file still needs; raises TooNew where it has seen one that we don't know."""
    steps = STEPS if steps is None else steps
    names = [step.__name__ for step in steps]
    seen = applied(connection)
    if unknown := [name for name in seen if name not in names]:
        raise TooNew(
            f"{shown(path)} was made by a newer version of RallyApp ({unknown[-1]}): it can be read and printed "
            "here, not changed. Update RallyApp to change it."
        )
    return [name for name in names if name not in seen]


def migrate(connection: Connection, path: Path, steps: tuple[Callable[[Any], None], ...] | None = None) -> None:
    """Run the steps that a file still needs, all or none, and make its triggers anew."""
    from sqlite_utils import Database, Migrations  # late: opening an up-to-date plan does not need it

    steps = STEPS if steps is None else steps
    migrations = Migrations(SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    database = Database(connection, execute_plugins=False, recursive_triggers=True)
    connection.execute("PRAGMA foreign_keys = OFF")  # rebuilding a parent table must not touch its children
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            triggers.drop(connection)  # a step may change rows, and is no edit
            # The table that sqlite_utils would make is not STRICT.
            connection.execute(
                "CREATE TABLE IF NOT EXISTS _sqlite_migrations (id INTEGER PRIMARY KEY, migration_set TEXT NOT NULL, "
                "name TEXT NOT NULL, applied_at TEXT NOT NULL, UNIQUE (migration_set, name)) STRICT"
            )
            migrations.apply(database)
            triggers.make(connection)
            if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
                raise Damaged(
                    f"{shown(path)} is damaged: a row of {broken[0][0]} refers to a missing row of {broken[0][2]}."
                )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
