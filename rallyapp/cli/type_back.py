"""The command that types a sign-in sheet back: what was written on paper becomes marks, head-counts and notes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rallyapp.cli.shell import FINE, FOUND, answer, as_json, echo, fail, opened, passphrase_file, plan_file

if TYPE_CHECKING:
    from rallyapp.domain.type_back import Reading
    from rallyapp.domain.type_back_sheet import SignInSheet

_LONGEST = 200_000  # characters


@click.command("type-back", short_help="Type a sign-in sheet back by its code.")
@plan_file
@click.argument("code", metavar="CODE")
@click.argument("lines", metavar="[LINES.txt]", type=click.Path(path_type=Path), default="-")
@click.option("--apply/--dry-run", "apply", default=False, help="Write what is understood as one edit; else only show.")
@passphrase_file
@as_json
def type_back(plan: Path, code: str, lines: Path, apply: bool, passphrase_file: str | None, json_: bool) -> int:
    """Read what somebody typed from the sign-in sheet with that CODE, a line for a row, from a file or standard input.

    \b
    3 in 0755 out 1102    row 3 came and went; 3 0755 1102 and 3 .55 .02 say the same
    7 no                  row 7 did not come
    8 ?                   row 8 can't be read; 12 ? 0810 is a name that can't be read
    1-6 in 0800           rows 1 to 6; all in 0800 is everybody of whom nothing else is known
    + Jo Bloggs 0810      a walk-in, who may be: picket, supporter, official or steward
    count 0830 6 45       a head-count: pickets and supporters
    note 0915 Rain        something that happened

    Nothing is written without --apply, and no line stops another. The exit code is 1 where one was not understood.
    """  # noqa: D301 - the sign is click's, for lines that stay as they are
    from rallyapp.domain.type_back import read_back
    from rallyapp.store.type_back_queries import people_called, sheet_by_code

    with opened(plan, passphrase_file) as store:
        found = sheet_by_code(store, code)
        text = _read(lines)
        reading = read_back(found.sheet, text, known=lambda name: people_called(store, name))
        if apply and reading.saved:
            with store.edit(f"Type back {reading.what}, {found.sheet.entrance.name}") as edit:
                edit.save_all(reading.saved)
    wrote = apply and bool(reading.saved)
    if json_:
        answer({"plan": str(plan), "code": found.run.code, "written": wrote, **_as_json(found.sheet, reading)})
    else:
        _say(found.sheet, reading, wrote, apply)
    return FOUND if reading.wrong else FINE


def _read(lines: Path) -> str:
    name = "Standard input" if str(lines) == "-" else f"\u201c{lines}\u201d"
    try:
        if str(lines) == "-":
            text = sys.stdin.read(_LONGEST + 1) if sys.stdin is not None else ""
        else:
            with open(lines, encoding="utf-8-sig") as source:
                text = source.read(_LONGEST + 1)
    except UnicodeDecodeError:
        fail(f"{name} is not text in UTF-8.")
    except OSError as error:
        fail(f"{name} can\u2019t be read: {error.strerror}.")
    if len(text) > _LONGEST:
        fail(f"{name} has more than {_LONGEST:,} characters: type back one sheet at a time.")
    return text.rstrip("\n")


def _say(sheet: SignInSheet, reading: Reading, wrote: bool, apply: bool) -> None:
    echo(f"{sheet.plan.picket_words(sheet.picket)}")
    for line in reading.lines:
        if line.text.strip():
            said = ": ".join(part for part in (line.who, line.words) if part)
            echo(f"  {line.text.strip():<24}  {line.state:<14}  {' '.join((said, *line.notes))}")
    if reading.left:
        names = ", ".join(f"{row.number} {sheet.name(row)}" for row in reading.left)
        echo(f"Nothing is known yet of: {names}.")
    if wrote:
        echo(f"Written: {reading.what}.")
    elif reading.saved and not apply:
        echo(f"Nothing is written without --apply; it would be {reading.what}.")
    else:
        echo("There is nothing new to write.")


def _as_json(sheet: SignInSheet, reading: Reading) -> dict[str, Any]:
    return {
        "what": reading.what,
        "lines": [
            {"text": line.text, "state": str(line.state), "who": line.who, "words": line.words, "notes": [*line.notes]}
            for line in reading.lines
        ],
        "left": [{"row": row.number, "name": sheet.name(row)} for row in reading.left],
    }
