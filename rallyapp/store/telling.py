"""What an operation did, in words: "Amira Haddad put on Main entrance, Tue 1 Dec 2015 08:00-09:00, as picket"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from rallyapp.domain.records import TABLES, Column, columns, rows_words
from rallyapp.domain.times import clock, day_words, span_words
from rallyapp.store.journal import Change, Image, Operation
from rallyapp.store.store import Store

MOST_LINES = 200


def told(store: Store, operation: Operation, *, most: int = MOST_LINES) -> list[str]:
    """Say what an operation did, a line for each row; of more than ``most`` the rest is counted."""
    everything = store.changes(operation)
    changes = [change for change in everything if change.table not in _COUNTED]
    wording = _Wording(store, everything)
    order = {table: place for place, table in enumerate(TABLES)}
    listed = sorted(changes, key=lambda change: order.get(change.table, 0))
    lines = sorted({line for change in listed[: most * 2] for line in wording.lines(change)})[:most]
    left = len(changes) - most
    more = [f"and {left:,} more rows"] if left > 0 else []
    return [*lines, *more, *(line for table in _COUNTED for line in _counts(everything, table))]


def _counts(changes: list[Change], table: str) -> Iterator[str]:
    """Say of how many rows of a table what was done."""
    found = Counter(
        "added" if change.before is None else "deleted" if change.after is None else "changed"
        for change in changes
        if change.table == table
    )
    yield from (f"{rows_words(table, number)}: {done}" for done, number in sorted(found.items()))


# Parts of something else: said with what they belong to, and by these words.
_KINDS = {
    "print_run": "print",
    "availability": "offer of time",
    "cover": "duty",
    "need": "need",
    "person": "person",
    "person_skill": "skill",
    "strike_day_move": "step in the history",
    "programme_item": "item of the running order",
    "programme_issue": "version of the running order",
    "issued_line": "line of an issued running order",
}
# What nobody asks about row by row.
_COUNTED = ("printed_line",)
_UNSAID = frozenset({"id", "batch", "n", "position"})


class _Wording:
    """Names rows: from the operation's own images where they are gone by now, else from the plan."""

    def __init__(self, store: Store, changes: list[Change]) -> None:
        self._store = store
        self._rows: dict[tuple[str, str], Image | None] = {
            (change.table, change.row): change.after or change.before for change in changes
        }

    def lines(self, change: Change) -> Iterator[str]:
        """Say what was done to one row."""
        before, after = change.before, change.after
        image = after or before or {}
        if change.table == "assignment":
            yield self._assignment(before, after)
            return
        name = self.name(change.table, image)
        if before is None:
            yield f"{name}: added"
        elif after is None:
            yield f"{name}: deleted"
        else:
            differing = [key for key in after if after[key] != before.get(key) and key not in _UNSAID]
            parts = [self._turned(change.table, key, before.get(key), after[key]) for key in differing]
            if parts:
                yield f"{name}: {', '.join(parts)}"

    def _assignment(self, before: Image | None, after: Image | None) -> str:
        image = after or before or {}
        who, where = self._of("person", image.get("person_id")), self._of("shift", image.get("shift_id"))
        if before is None:
            return f"{who}: put on {where}, as {image['role']} ({image['state']})"
        if after is None:
            return f"{who}: taken off {where}"
        parts = [
            self._turned("assignment", key, before[key], after[key])
            for key in after
            if after[key] != before.get(key) and key not in _UNSAID
        ]
        return f"{who} on {where}: {', '.join(parts)}"

    def _turned(self, table: str, key: str, before: Any, after: Any) -> str:
        label = key.removesuffix("_id").replace("_", " ")
        old, new = self._value(table, key, before), self._value(table, key, after)
        if not old:
            return f"{label} {new}"
        return f"{label} {old} \u2192 {new or 'nothing'}"

    def _value(self, table: str, key: str, value: Any) -> str:
        """Write a column's value: a time, yes or no, the name of what it refers to."""
        if value is None or value == "":
            return ""
        column = _columns(table).get(key)
        text = str(value)
        if column is not None and column.refers_to:
            return self._of(column.refers_to, value)
        if column is not None and column.holds is bool:
            return "yes" if value else "no"
        if column is not None and column.holds is datetime:
            when = datetime.fromisoformat(text)
            return f"{day_words(when.date())} {clock(when)}"
        if column is not None and column.holds is date:
            return day_words(date.fromisoformat(text))
        return text if len(text) <= 80 else f"{text[:79]}\u2026"

    # -------------------------------------------------------------------------------------------- names
    def name(self, table: str, image: Image) -> str:
        """Name a row."""
        kind = _KINDS.get(table, table.replace("_", " ")).capitalize()
        own = self._own_name(table, image)
        if own:
            return own if table in ("person", "shift", "picket") else f"{kind} \u201c{own}\u201d"
        referring = ((column.refers_to, image.get(key)) for key, column in _columns(table).items())
        whose = next((self._of(other, id) for other, id in referring if other and id), "")
        times = _times(image)
        return ", ".join(filter(None, (kind, whose, times)))

    def _own_name(self, table: str, image: Image) -> str:
        match table:
            case "person":
                return f"{image.get('given_name', '')} {image.get('family_name', '')}".strip() or "Somebody"
            case "strike_day":
                return day_words(date.fromisoformat(image["first_date"]))
            case "shift":
                place = (
                    self._of("picket", image["picket_id"], times=False)
                    if image.get("picket_id")
                    else self._of("post", image["post_id"])
                    if image.get("post_id")
                    else self._of("stall", image.get("stall_id"))
                )
                return f"{place}, {_times(image)}"
            case "picket":
                return f"{self._place(image)}, {_times(image)}"
            case "stall":
                return self._of("partner", image.get("partner_id"))
            case "print_run":
                return self._print(image)
        return str(image.get("name") or image.get("title") or "")

    def _print(self, run: Image) -> str:
        what, audience = str(run["document"]).replace("-", " "), run.get("audience")
        scopes = ((table, self._row(table, run.get("scope"))) for table in ("picket", "strike_day", "rally", "stall"))
        of = next((self._own_name(table, image) for table, image in scopes if image is not None), "")
        return ", ".join(filter(None, (f"{what} ({audience})" if audience else what, of)))

    def _place(self, picket: Image) -> str:
        entrance = self._row("entrance", picket.get("entrance_id")) or {}
        site = self._row("site", entrance.get("site_id")) or {}
        return ", ".join(filter(None, (entrance.get("name"), site.get("name")))) or "a picket"

    def _of(self, table: str, id: Any, *, times: bool = True) -> str:
        image = self._row(table, id)
        if image is None:
            return f"a {table.replace('_', ' ')} that is gone"
        if table == "picket" and not times:
            return self._place(image)
        return self._own_name(table, image) or _KINDS.get(table, table.replace("_", " "))

    def _row(self, table: str, id: Any) -> Image | None:
        if id is None or table not in TABLES:
            return None
        key = (table, str(id))
        if key not in self._rows:
            names = [column.name for column in columns(TABLES[table])]
            listed = ", ".join(f'"{name}"' for name in names)
            found = self._store.rows(f'SELECT {listed} FROM "{table}" WHERE id = ?', (id,))
            self._rows[key] = dict(zip(names, found[0], strict=True)) if found else None
        return self._rows[key]


def _times(image: Image) -> str:
    starts, ends = image.get("starts"), image.get("ends")
    if not starts:
        return ""
    first = datetime.fromisoformat(starts)
    return f"{day_words(first.date())} {span_words(first, datetime.fromisoformat(ends) if ends else None)}"


@cache
def _columns(table: str) -> Mapping[str, Column]:
    """Give a table's columns by name; none for a table that today's program does not know."""
    kind = TABLES.get(table)
    return {column.name: column for column in columns(kind)} if kind else {}
