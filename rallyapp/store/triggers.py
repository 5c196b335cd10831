"""The triggers of a plan file: the journal's, which also refuse any write outside an edit, and the search's.

They stand in the file itself, not in the connection, so that no program at all can write past them; and they
are made anew from the tables' own columns after every migration, because rebuilding a table drops them.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from rallyapp.domain.records import TABLES
from rallyapp.store.connection import quoted

REFUSAL = "a plan is changed only inside an edit"
# Letters that no accent explains, so that the tokenizer alone would not find Łukasz by "lukasz".
_FOLDED = (
    ("ł", "l"), ("Ł", "l"), ("ø", "o"), ("Ø", "o"), ("đ", "d"), ("Đ", "d"), ("ı", "i"), ("ß", "ss"), ("ẞ", "ss"),
    ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"), ("ð", "d"), ("Ð", "d"), ("þ", "th"), ("Þ", "th"),
    ("\u2019", ""), ("\u2018", ""), ("\u02bc", ""), ("'", ""), ("`", ""),
)  # fmt: skip
# A number is one word however it is spaced, and +44 is how 0 is written abroad.
_DIALLED = (
    (" ", ""), ("\u00a0", ""), ("-", ""), ("\u2011", ""), ("\u2013", ""), (".", ""), ("+44(0)", "0"), ("+44", "0"),
    ("(", ""), (")", ""),
)  # fmt: skip


def folded(text: str) -> str:
    """Fold the letters that the search index folds beside its tokenizer's accents."""
    return _replaced(text, _FOLDED)


def dialled(text: str) -> str:
    """Write a telephone number as the search index does, as one word: 07700900123."""
    return _replaced(text, _DIALLED)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


def _replaced_sql(expression: str, pairs: tuple[tuple[str, str], ...]) -> str:
    for old, new in pairs:
        expression = f"replace({expression}, {quoted(old)}, {quoted(new)})"
    return expression


def _search_values(side: str) -> str:
    name = _replaced_sql(f"{side}.given_name || ' ' || {side}.family_name", _FOLDED)
    return f"{side}.n, {name}, {_replaced_sql(f'{side}.phone', _DIALLED)} || ' ' || {side}.email"


def _search_triggers() -> dict[str, str]:
    put = f'INSERT INTO "person_search" ("rowid", "name", "contact") VALUES ({_search_values("new")});'
    drop = (
        'INSERT INTO "person_search" ("person_search", "rowid", "name", "contact") '
        f"VALUES ('delete', {_search_values('old')});"
    )
    watched = '"given_name", "family_name", "phone", "email"'
    return {
        "search_person_insert": f'AFTER INSERT ON "person" BEGIN {put} END',
        "search_person_delete": f'AFTER DELETE ON "person" BEGIN {drop} END',
        "search_person_update": f'AFTER UPDATE OF {watched} ON "person" BEGIN {drop} {put} END',
    }


def _journal_triggers(table: str, names: list[str]) -> dict[str, str]:
    def row(side: str) -> str:
        return "json_object(" + ", ".join(f'{quoted(name)}, {side}."{name}"' for name in names) + ")"

    differs = " OR ".join(f'old."{name}" IS NOT new."{name}"' for name in names)
    refuse = f"SELECT RAISE(ABORT, {quoted(REFUSAL)}) WHERE NOT EXISTS (SELECT 1 FROM edit_now);"

    def keep(side: str, before: str, after: str, when: str = "") -> str:
        return (
            'INSERT INTO "change" ("operation", "kind", "row", "before", "after") '
            f'SELECT operation, {quoted(table)}, {side}."id", {before}, {after} FROM edit_now{when};'
        )

    return {
        f"journal_{table}_insert": f'AFTER INSERT ON "{table}" BEGIN {refuse} {keep("new", "NULL", row("new"))} END',
        f"journal_{table}_update": f'AFTER UPDATE ON "{table}" BEGIN {refuse} '
        f"{keep('old', row('old'), row('new'), f' WHERE {differs}')} END",
        f"journal_{table}_delete": f'AFTER DELETE ON "{table}" BEGIN {refuse} {keep("old", row("old"), "NULL")} END',
    }


def _history_triggers() -> dict[str, str]:
    """History grows by edits only; an edit may blank a forgotten person's images."""
    refuse = f"SELECT RAISE(ABORT, {quoted(REFUSAL)}) WHERE NOT EXISTS (SELECT 1 FROM edit_now);"
    return {
        f"history_{table}_{verb}": f'BEFORE {verb.upper()} ON "{table}" BEGIN {refuse} END'
        for table in ("operation", "change")
        for verb in ("insert", "update", "delete")
    }


def expected(connection: Any) -> dict[str, str]:
    """Give the triggers that must stand in a file, by name, with their SQL."""
    found = {**_search_triggers(), **_history_triggers()}
    for table in TABLES:
        names = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")') if row[1] != "n"]
        found.update(_journal_triggers(table, names))
    return {name: f'CREATE TRIGGER "{name}" {body}' for name, body in found.items()}


def standing(connection: Any) -> dict[str, str]:
    """Give the triggers that do stand in a file."""
    return dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))


def drop(connection: Any, besides: Container[str] = ()) -> None:
    """Drop all triggers but those whose SQL is given."""
    for name, sql in standing(connection).items():
        if sql not in besides:
            escaped = name.replace('"', '""')
            connection.execute(f'DROP TRIGGER "{escaped}"')


def make(connection: Any) -> None:
    """Make the file's triggers what they must be: ours anew where they differ, and no others."""
    wanted = expected(connection)
    drop(connection, besides=set(wanted.values()))
    there = standing(connection)
    for name, sql in wanted.items():
        if name not in there:
            connection.execute(sql)
    if not set(_search_triggers()) <= set(there):  # the index may have missed something meanwhile
        connection.execute("INSERT INTO person_search (person_search) VALUES ('delete-all')")
        connection.execute(
            f'INSERT INTO person_search ("rowid", "name", "contact") SELECT {_search_values("p")} FROM person p'
        )
