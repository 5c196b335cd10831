"""The command that shows a rally's running order, or takes one from a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from rallyapp.cli.finding import folded
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.rally_said import plain_order, read, speaker_words
from rallyapp.cli.shell import answer, as_json, echo, fail, opened
from rallyapp.domain.ids import ProgrammeItemId, SpeakerId, new_id
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import ProgrammeItem, Rally, Speaker
from rallyapp.domain.records import unkeepable
from rallyapp.domain.running_order import overrun, running_order
from rallyapp.domain.times import clock, minutes_words
from rallyapp.domain.typed_moments import typed_moment

_MOST_MINUTES = 24 * 60
_MOST_BYTES = 2_000_000


@click.command(short_help="Show a running order, or take one from a file.")
@click.argument("name", metavar="RALLY")
@click.option(
    "--from",
    "from_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Put this JSON list in its place: title, minutes, and as wished at, who, stage_note, cue.",
)
@as_json
@click.pass_obj
def order(source: tuple[Path, str | None], name: str, from_file: Path | None, json_: bool) -> None:
    """Show a running order by the clock, and how it fits before the hard finish; with --from, take one from a file.

    Who speaks is a speaker of the rally where one has that name, and a name on the line where none has. Issued
    versions stay.
    """
    from rallyapp.store import queries

    with opened(*source) as store:
        found = rally_meant(store, name)
        part = queries.rally_part(store, found.id)
        if from_file is not None:
            items = _items(from_file, found, part)
            with store.edit(f"Take the running order of {found.title} from a file") as writing:
                for old in store.where(ProgrammeItem, rally_id=found.id):
                    writing.delete(old)
                writing.save_all(items)
            part = queries.rally_part(store, found.id)
    if json_:
        answer({"rally": found.title, **plain_order(part, found)})
        return
    lines = running_order(part.of(ProgrammeItem, "rally_id", found.id), found.starts)
    if not lines:
        echo("No line of the running order was entered.")
        return
    for line in lines:
        who = speaker_words(part, line)
        fixed = " (fixed)" if line.item.fixed is not None else ""
        echo(f"{clock(line.starts)}  {line.item.minutes:>3} min  {line.item.title}{f', {who}' if who else ''}{fixed}")
    echo(_fit(overrun(lines, found.ends), found))


def _fit(over: int, found: Rally) -> str:
    finish = f"the hard finish ({clock(found.ends)})"
    if over > 0:
        return f"Runs {minutes_words(over)} past {finish}."
    return f"Ends {minutes_words(-over)} before {finish}." if over else f"Ends at {finish}."


_FIELDS = {"title", "minutes", "at", "who", "stage_note", "cue"}


def _items(path: Path, found: Rally, part: Plan) -> list[ProgrammeItem]:
    speakers = {folded(each.name): each.id for each in part.of(Speaker, "rally_id", found.id)}
    return [_item(number, row, found, speakers, path.name) for number, row in enumerate(_rows(path), start=1)]


def _rows(path: Path) -> Iterator[Any]:
    shown = f"\u201c{path.name}\u201d"
    try:
        if path.stat().st_size > _MOST_BYTES:
            fail(f"{shown} is too large for a running order.")
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        fail(f"{shown} can't be read: {error.strerror or error}.")
    except (ValueError, RecursionError):
        fail(f"{shown} is not JSON in UTF-8.")
    if not isinstance(rows, list) or not rows:
        fail(f'{shown} must hold a list of lines, such as [{{"title": "Welcome", "minutes": 5}}].')
    return iter(rows)


def _item(number: int, row: Any, found: Rally, speakers: dict[str, SpeakerId], file: str) -> ProgrammeItem:
    where = f"\u201c{file}\u201d, line {number}"
    if not isinstance(row, dict):
        fail(f'{where}: a line is an object such as {{"title": "Welcome", "minutes": 5}}.')
    if unknown := sorted(set(row) - _FIELDS):
        fail(f"{where}: \u201c{unknown[0][:40]}\u201d is not known; a line has {', '.join(sorted(_FIELDS))}.")
    texts = {name: row.get(name, "") for name in _FIELDS - {"minutes"}}
    for name, text in texts.items():
        if not isinstance(text, str):
            fail(f"{where}: {name} must be text.")
        if bad := unkeepable(text):
            fail(f"{where}: {name} {bad}.")
    if not texts["title"].strip():
        fail(f"{where}: the title is missing.")
    minutes = row.get("minutes")
    if not isinstance(minutes, int) or isinstance(minutes, bool) or not 0 <= minutes <= _MOST_MINUTES:
        fail(f"{where}: minutes must be a whole number from 0 to {_MOST_MINUTES}.")
    fixed = None
    if texts["at"].strip():
        fixed = read(where, lambda: typed_moment(texts["at"], day=found.starts.date()))
    speaker = speakers.get(folded(texts["who"])) if texts["who"].strip() else None
    return ProgrammeItem(
        id=ProgrammeItemId(new_id()),
        rally_id=found.id,
        position=number,
        title=" ".join(texts["title"].split()),
        minutes=minutes,
        fixed=fixed,
        speaker_id=speaker,
        who="" if speaker else " ".join(texts["who"].split()),
        stage_note=texts["stage_note"],
        cue=" ".join(texts["cue"].split()),
    )
