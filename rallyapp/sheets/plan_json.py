"""The whole plan as JSON: documented, versioned, loss-free both ways.

``{"format": "rallyapp-plan", "version": 1, "records": {"dispute": [{...}], ...}}``: one list per kind, in the
order in which they refer to each other, sorted by id, each record with all its fields. There is no time of
writing in it, so the same plan gives the same bytes. The history does not travel.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from rallyapp.domain.disputes import Settings
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import (
    KINDS,
    Column,
    Malformed,
    Record,
    columns,
    from_plain,
    problems_of,
    table_of,
    to_plain,
)

FORMAT = "rallyapp-plan"
VERSION = 1
LONGEST = 400_000_000


class NotPlanJson(UserError):
    """The text is not a plan in our JSON; the sentence says where and why."""


def dump(records: Iterable[Record]) -> str:
    """Write records as JSON, a record a line."""
    lists: dict[str, list[Record]] = {table_of(kind): [] for kind in KINDS}
    for record in records:
        lists[table_of(type(record))].append(record)
    parts = []
    for table, found in lists.items():
        if found:
            lines = (json.dumps(to_plain(record), ensure_ascii=False) for record in sorted(found, key=lambda r: r.id))
            parts.append(f"    {json.dumps(table)}: [\n      " + ",\n      ".join(lines) + "\n    ]")
    body = ",\n".join(parts)
    return (
        f'{{\n  "format": "{FORMAT}",\n  "version": {VERSION},\n  "records": {{\n{body}\n  }}\n}}\n'
        if parts
        else f'{{"format": "{FORMAT}", "version": {VERSION}, "records": {{}}}}\n'
    )


def load(data: bytes, *, name: str = "the file") -> list[Record]:
    """Read records from JSON and check every one, and that each refers only to others that are there.

    Gives them in an order in which they can be stored. Raises NotPlanJson with one sentence that says what is
    wrong and where: the kind, the number of the record in its list (from 1) and the field.
    """
    table = _parsed(data, name)
    records = list(_records(table, name))
    _refuse_dangling(records, name)
    if sum(isinstance(record, Settings) for record in records) != 1:
        raise NotPlanJson(f"{name}: a plan has exactly one \u201csettings\u201d record.")
    return records


def _parsed(data: bytes, name: str) -> Mapping[str, Any]:
    if len(data) > LONGEST:
        raise NotPlanJson(f"{name} is larger than {LONGEST // 1_000_000} MB: too large for a plan.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotPlanJson(f"{name} is not text in UTF-8 (byte {error.start + 1}).") from None
    try:
        found = json.loads(text, object_pairs_hook=_without_doubles, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise NotPlanJson(f"{name} is not JSON: line {error.lineno}, column {error.colno}: {error.msg}.") from None
    except _Unkeepable as error:
        raise NotPlanJson(f"{name} is not a plan: {error}.") from None
    except RecursionError:
        raise NotPlanJson(f"{name} is not a plan: it is nested too deeply.") from None
    except ValueError:  # what Python says of a number with thousands of digits
        raise NotPlanJson(f"{name} is not a plan: it holds a number that is too long.") from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise NotPlanJson(f"{name} is not a RallyApp plan: it must say \u201cformat\u201d: \u201c{FORMAT}\u201d.")
    version = found.get("version")
    if version != VERSION or isinstance(version, bool):
        newer = isinstance(version, int) and version > VERSION
        hint = "it was written by a newer version of RallyApp" if newer else f"this program reads version {VERSION}"
        raise NotPlanJson(f"{name} has version {_shown(version)}: {hint}.")
    if not isinstance(found.get("records"), dict):
        raise NotPlanJson(f"{name} has no \u201crecords\u201d.")
    return found


def _shown(value: object) -> str:
    """Write what a file says for a sentence: on one line, not long, and of letters that can be shown."""
    text = str(value)
    return f"\u201c{''.join(c if c.isprintable() else chr(0xFFFD) for c in text[:40])}\u201d"


class _Unkeepable(Exception):
    """Valid JSON that a plan can't hold, such as a field that stands twice: the later would silently win."""


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise _Unkeepable(f"the field {_shown(double)} stands twice in one record")
    return found


def _refuse_constant(text: str) -> Any:
    raise _Unkeepable(f"{text} is not a number that a plan can hold")


def _records(table: Mapping[str, Any], name: str) -> Iterator[Record]:
    lists = table["records"]
    known = {table_of(kind): kind for kind in KINDS}
    for kind_name in lists:
        if kind_name not in known:
            raise NotPlanJson(f"{name}: there is no kind {_shown(kind_name)} in a plan.")
        if not isinstance(lists[kind_name], list):
            raise NotPlanJson(f"{name}: \u201c{kind_name}\u201d must be a list of records.")
    for kind_name, kind in known.items():
        seen: set[str] = set()
        for place, values in enumerate(lists.get(kind_name, ()), start=1):
            where = f"{name}, {kind_name} {place}"
            if not isinstance(values, dict):
                raise NotPlanJson(f"{where} is not a record.")
            try:
                record = from_plain(kind, values)
            except Malformed as error:
                raise NotPlanJson(f"{where}: {error}.") from None
            if problems := problems_of(record):
                raise NotPlanJson(f"{where}: {problems[0].sentence}.")
            if record.id in seen:
                raise NotPlanJson(f"{where}: the id \u201c{record.id[:40]}\u201d stands there already.")
            seen.add(record.id)
            yield record


def _refuse_dangling(records: Iterable[Record], name: str) -> None:
    known = list(records)
    ids: dict[str, set[str]] = {}
    for record in known:
        ids.setdefault(table_of(type(record)), set()).add(record.id)
    for record in known:
        for column in columns(type(record)):
            if column.refers_to is None:
                continue
            target = getattr(record, column.name)
            if target is not None and target not in ids.get(column.refers_to, ()):
                raise NotPlanJson(
                    f"{name}, {table_of(type(record))} \u201c{record.id[:40]}\u201d: {column.name} refers to a "
                    f"{column.refers_to.replace('_', ' ')} \u201c{target[:40]}\u201d that is not in the file."
                )


# ------------------------------------------------------------------------------------------- description
def description() -> str:
    """Describe the format in Markdown, from the records themselves."""
    lines = [
        "# A plan as JSON",
        "",
        "`rallyapp export PLAN --to PLAN.json` writes it, `rallyapp load PLAN.json NEW-PLAN` reads it. Nothing of",
        "the plan is lost on the way; its history does not travel.",
        "",
        "```json",
        f'{{"format": "{FORMAT}", "version": {VERSION}, "records": {{"dispute": [{{"id": "...", ...}}], ...}}}}',
        "```",
        "",
        "- UTF-8. One list per kind; a kind without records may be left out. A field with a default may be left",
        "  out; an unknown kind or field is refused, so that nothing is lost silently.",
        "- Ids are any text, unique in their list; a field that ends in `_id` holds the id of another record, which",
        "  must be in the same file.",
        "- A date is `2015-12-01`, a time of day `08:00`, a moment `2015-12-01T08:00`: local wall-clock time in the",
        "  United Kingdom, whole minutes. Positions are millionths of a degree. Lengths are minutes unless the",
        "  field says otherwise.",
        "- There is exactly one `settings` record; its id is the plan's own.",
        "",
    ]
    for kind in KINDS:
        lines += [f"## {table_of(kind)}", "", " ".join((kind.__doc__ or "").split()).replace("``", "`"), ""]
        lines += ["| field | holds | may be left out |", "| --- | --- | --- |"]
        lines += [f"| `{column.name}` | {_holds(column)} | {_default(column)} |" for column in columns(kind)]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_WORDS = {str: "text", int: "whole number", bool: "true or false"}


def _holds(column: Column) -> str:
    if column.refers_to:
        words = f"id of a {column.refers_to}"
    elif isinstance(column.holds, type) and issubclass(column.holds, StrEnum):
        words = "one of " + ", ".join(f"`{member.value}`" for member in column.holds)
    else:
        words = _WORDS.get(column.holds) or {"date": "date", "time": "time of day"}.get(column.holds.__name__, "moment")
    return f"{words}, or null" if column.optional else words


def _default(column: Column) -> str:
    if column.required:
        return "no"
    value = column.write(column.default)
    return f"yes: `{json.dumps(value, ensure_ascii=False)}`"
