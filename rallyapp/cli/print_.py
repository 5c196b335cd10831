"""The command that prints: one document as a PDF, or everything that a day needs into a folder."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rallyapp import carried
from rallyapp.cli.finding_places import one_day, one_site
from rallyapp.cli.shell import answer, as_json, echo, fail, now, opened, passphrase_file, plan_file
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import counted
from rallyapp.files import check_target, is_pdf, write_whole

if TYPE_CHECKING:  # what prints is loaded where something is printed
    from rallyapp.cli.print_choices import Asked
    from rallyapp.prints.audience import Document
    from rallyapp.prints.press import Batch

_PAGE = re.compile(rb"/Type\s*/Page\b")


@click.command("print", short_help="Print a document as a PDF, or everything that a day needs.")
@plan_file
@click.argument("document", metavar="[DOCUMENT|everything]", required=False)
@click.option("--to", "to", metavar="OUT", type=click.Path(path_type=Path), help="The PDF; for everything, a folder.")
@click.option("--list", "list_", is_flag=True, help="List the documents, for whom each is, and what was printed.")
@one_day
@one_site
@click.option("--rally", metavar="TEXT", help="Which rally, where there are several: a word of its title.")
@click.option("--stall", metavar="TEXT", help="Which stall: a word of its charity's name or its place.")
@click.option("--audience", metavar="WHO", help="For whose eyes: it decides which names and numbers stand there.")
@click.option("--paper", type=click.Choice(["A3", "A4", "A5"], case_sensitive=False), help="The size of the paper.")
@click.option("--bw", is_flag=True, help="Black and white.")
@click.option("--large", is_flag=True, help="Large print.")
@click.option("--holder", metavar="NAME", multiple=True, help="Who gets a copy; once for each of several.")
@click.option("--issue", metavar="NUMBER", help="A running order as it was issued, by its number.")
@passphrase_file
@as_json
def print_(
    plan: Path,
    document: str | None,
    to: Path | None,
    list_: bool,
    passphrase_file: str | None,
    json_: bool,
    **options: Any,
) -> None:
    """Print a DOCUMENT as a PDF, such as \u201crota\u201d, \u201csign-in\u201d or \u201crally-plan\u201d.

    --list names them all. Without --audience a document is for whom it usually is: a rota for the noticeboard, with
    first names and initials and no phone numbers. \u201ceverything\u201d prints what the next day needs, or that of
    --day: each document as a file of its own in the folder --to. Every print is noted in the plan, so that the next
    one can say what has changed since; Ctrl+C leaves whole files only.
    """
    from rallyapp.cli import print_choices as choices
    from rallyapp.cli import print_everything

    asked = choices.Asked(**options)
    if list_:
        with opened(plan, passphrase_file) as store:
            _list(store, plan, json_)
        return
    if document is None:
        fail("Say which document to print; --list names them all.")
    if to is None:
        fail("Say with --to where to print it.")
    kind = None if document.casefold() == "everything" else choices.document_meant(document)
    with opened(plan, passphrase_file) as store:
        if kind is None:
            print_everything.print_everything(store, plan, to, asked, json_)
        else:
            _one(store, plan, kind, to, asked, json_)


def _one(store: Any, plan: Path, kind: Document, to: Path, asked: Asked, json_: bool) -> None:
    from rallyapp.cli import print_choices as choices
    from rallyapp.prints import press
    from rallyapp.prints.documents import MADE
    from rallyapp.store import print_queries

    audience, look = choices.audience_meant(kind, asked.audience), choices.look_meant(kind, asked)
    if to.suffix.casefold() != ".pdf" and not to.is_dir():
        fail(f"\u201c{to.name}\u201d is no name for a PDF: end it in .pdf.")
    check_target(to, ours=is_pdf, what="PDF", open_plan=plan)
    with store.snapshot():  # the version on the paper is that of what stands there
        version = store.version
        abouts = choices.pieces_meant(store, kind, asked)
        part = print_queries.part_for(store, MADE[kind].per, abouts)
        before = print_queries.last_prints(store, kind, audience, abouts, choice=asked.issue or "")
    made = press.batch(
        part,
        carried.law(),
        kind,
        audience,
        abouts,
        printed=now(),
        version=version,
        before=before,
        look=look,
        choice=asked.issue or "",
    )
    data = press.pdf(made)
    write_noted(store, plan, to, data, made, asked.holder)
    pages = pages_of(data)
    if json_:
        told = {"plan": str(plan), "document": str(kind), "audience": str(audience), "to": str(to)}
        sheets = [{"of": piece.title, "code": piece.code, "since": piece.since} for piece in made.pieces]
        noted = not store.read_only
        answer({**told, "version": version, "noted": noted, "bytes": len(data), "pages": pages, "sheets": sheets})
    else:
        echo(f"Printed {to} (version {version}, {counted(pages, 'page')}).{not_noted(store)}")


def not_noted(store: Any) -> str:
    """Say that a print is not in the plan's record, where the plan can only be read."""
    return " The plan can only be read here: the print is not noted in it." if store.read_only else ""


def write_noted(store: Any, plan: Path, to: Path, data: bytes, made: Batch, holders: Sequence[str]) -> None:
    """Write a file and note its pieces: a print that can't be noted is not made, nor one noted that can't be made."""
    from rallyapp.prints import noting

    with contextlib.ExitStack() as noted:
        if not store.read_only:
            edit = noted.enter_context(store.note(f"Print {made.document}"))
            held = ", ".join(name.strip() for name in holders if name.strip())
            edit.save_all(noting.records_of(made, {piece.about: held for piece in made.pieces}))
        write_whole(to, data, ours=is_pdf, what="PDF", open_plan=plan)


def pages_of(data: bytes) -> int:
    """Count the pages of a PDF of ours."""
    return len(_PAGE.findall(data))


# ------------------------------------------------------------------------------------------------------- list
def _list(store: Any, plan: Path, json_: bool) -> None:
    from rallyapp.cli import print_choices as choices
    from rallyapp.domain.tells import PrintRun
    from rallyapp.prints import press
    from rallyapp.prints.documents import MADE

    with store.snapshot():
        outline = choices.outline(store)
        last: dict[str, tuple[int, datetime]] = {}
        newest: dict[tuple[str, str, str, str], PrintRun] = {}
        for run in sorted(store.all(PrintRun), key=lambda run: (run.version, run.at, run.id)):
            last[run.document] = run.version, run.at
            newest[run.document, run.scope, run.audience, run.holder] = run
    rows = [
        {
            "document": str(kind),
            "title": made.title,
            "for": [str(audience) for audience in choices.audiences_of(kind)],
            "per": str(made.per),
            "sheets": len(press.pieces(outline, kind)),
            "papers": [str(paper) for paper in made.papers],
            "large": made.large,
            "words": made.words,
            "printed": _printed(last.get(kind)),
            "held_by": sorted({run.holder for key, run in newest.items() if key[0] == kind and run.holder}),
        }
        for kind, made in MADE.items()
    ]
    if json_:
        answer({"plan": str(plan), "documents": rows})
        return
    wide = max(len(kind) for kind in MADE)
    for row in rows:
        sheets = counted(row["sheets"], "sheet") if row["sheets"] else "nothing to print yet"
        echo(f"{row['document']:<{wide}}  {row['words']}")
        of = "of the whole plan" if row["per"] == "plan" else f"one for each {row['per']}: {sheets}"
        echo(f"{'':<{wide}}  {of}, for {' or '.join(row['for'])}")
        if row["printed"]:
            held = f"; held by {'; '.join(row['held_by'])}" if row["held_by"] else ""
            echo(f"{'':<{wide}}  {_since(row['printed'])}{held}")


def _printed(last: tuple[int, datetime] | None) -> dict[str, Any] | None:
    return None if last is None else {"version": last[0], "at": last[1].isoformat("T", "minutes")}


def _since(printed: dict[str, Any]) -> str:
    at = datetime.fromisoformat(printed["at"])
    return f"last printed {day_words(at.date())} {clock(at)}, version {printed['version']}"
