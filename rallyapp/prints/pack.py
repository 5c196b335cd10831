"""The picket supervisor's pack: everything that is carried to one picket, in fifteen sections.

Each section is written by a module of its own; those that are documents by themselves (the letter, the police
notification, the sheets and the report) stand here as they are printed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rallyapp.domain.pickets import PoliceTelling
from rallyapp.prints import (
    arrest_sheet,
    incident_sheet,
    law_page,
    letter,
    pack_logs,
    pack_place,
    pack_rota,
    pack_signing,
    picket_head,
    police_notification,
    role_card,
    shift_report,
)
from rallyapp.prints.blocks import Block
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import Source, listed_place
from rallyapp.prints.rota_rows import Grid, picket_of
from rallyapp.prints.rota_sheet import Row
from rallyapp.prints.wording import flat, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """A part of the checklist: its heading and what is ticked off."""

    title: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the pack.

    Attributes:
        foot: what must be read on each of its pages.
        roomy: whether it is words to read, and so as large as its page allows.
        outgoing: whether it is handed to somebody outside the union, and so says whose it is.
        rows: the rota's rows, above its blocks.
    """

    number: str
    title: str
    blocks: tuple[Block, ...]
    foot: str = ""
    roomy: bool = False
    outgoing: bool = False
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One picket's pack in plain values: what stands on its cover, then its sections, the second one first.

    ``law`` is what is in force that day, the most important sentence first.
    """

    kind: str
    heading: str
    owner: tuple[str, ...]
    site: str
    place: str
    when: str
    hours: str
    note: str
    status: str
    status_words: str
    off: bool
    phone: str
    leader: str
    in_charge: tuple[tuple[str, str], ...]
    law: tuple[str, ...]
    checks: tuple[Checks, ...]
    sections: tuple[Section, ...]
    foot: str


def write(job: Job) -> Pack:
    """Write the pack of one picket; raises UserError where the picket is gone."""
    grid = Grid(job, picket_of(job))
    source = Source.of(job)
    sections = tuple(_sections(source, grid))
    head = picket_head.head(job, grid)
    return Pack(
        # Called as the list of documents calls it; the law's own word for who is in charge stands under it.
        kind="Picket supervisor pack",
        heading=flat(source.entrance.name),
        owner=job.owner,
        site=flat(source.site.name),
        place=listed_place(source),
        when=source.date_words,
        hours=f"Picket {source.picket.words}",
        note=source.strike,
        status=head.status,
        status_words=head.status_words,
        off=head.off,
        phone=job.duty_phone,
        leader=source.leader,
        in_charge=tuple(_in_charge(source)),
        law=(law_page.required_words(source), law_page.editions(source)),
        checks=tuple(_checks(source)),
        sections=sections,
        foot=job.shred_words(),
    )


def _in_charge(source: Source) -> Iterator[tuple[str, str]]:
    for watch in source.watches():
        names = [source.job.leader_name(one.person_id) for one in watch.leaders]
        yield watch.words, ", ".join(name for name in names if name)


def _sections(source: Source, grid: Grid) -> Iterator[Section]:
    private = source.job.shred_words()

    def section(number: str, title: str, blocks: Iterable[Block], **more: Any) -> Section:
        return Section(number=number, title=title, blocks=tuple(blocks), **more)

    yield section("2", letter.title(source), letter.blocks(source), foot=letter.FOOT, outgoing=True)
    yield section("3", "Police notification record", police_notification.blocks(source), foot=private)
    yield section("4", f"Role card: {source.leader}", role_card.blocks(source), roomy=True)
    yield section("5", "The law on one page", law_page.blocks(source), roomy=True)
    yield section("6", "The site", pack_place.site(source), roomy=True)
    yield section("7", "Rota, and who to ring", pack_rota.under_rota(source, grid), foot=private, rows=grid.rows)
    yield section("8", "Emergency cover and recall", pack_place.cover(source), foot=private, roomy=True)
    yield section("9", "Armbands and kit", pack_logs.kit_log(source), foot=private)
    yield section("10", "The leaflet, and what to say", pack_logs.leaflet(source))
    yield section("11", "Sign-in sheet", pack_signing.blocks(source), foot=private)
    yield section("12a", "Incident sheet", incident_sheet.blocks(source), foot=private)
    yield section("12b", "Arrest sheet", arrest_sheet.blocks(source), foot=private)
    yield section("13", "Directions of the police", pack_logs.directions_log(source), foot=private)
    yield section("14", "If it is called off", pack_rota.stand_down_card(source, grid), foot=private)
    yield section("15", "End-of-shift report", shift_report.blocks(source), foot=private)


# ----------------------------------------------------------------------------------------- the checklist
def _checks(source: Source) -> Iterator[Checks]:
    letter_words = "Letter of approval signed" if source.in_force("L8") else "Letter of authority signed"
    yield Checks(
        title="Before",
        items=(
            f"{letter_words}, and in this pack\u00a0(2)",
            _police_check(source),
            "Role card and law page read\u00a0(4,\u00a05)",
            "Rota checked: is there a newer version?\u00a0(7)",
            "Kit counted in (9), leaflets there\u00a0(10)",
            "Sign-in sheets and pens; telephone charged",
        ),
    )
    yield Checks(
        title="While it stands",
        items=(
            "Letter shown to the employer when asked",
            "Everybody signed in, armbands given out\u00a0(9,\u00a011)",
            "Heads counted every half-hour\u00a0(15)",
            "Police directions written down\u00a0(13)",
            "Incident or arrest: a sheet each\u00a0(12)",
            "Handover: initials, kit, what the police said",
        ),
    )
    yield Checks(
        title="Afterwards",
        items=(
            "Everybody signed out",
            "Armbands and kit back and counted\u00a0(9)",
            "Report filled in and signed\u00a0(15)",
            "All sheets handed to the organiser the same day",
            "Nothing left at the gate",
            "Duty phone told that the picket is over",
        ),
    )


def _police_check(source: Source) -> str:
    tellings = source.job.plan.of(PoliceTelling, "picket_id", source.picket.id)
    if not tellings:
        return "Police told, and by whom is written down\u00a0(3)"
    last = max(tellings, key=lambda one: (one.at, one.id))
    reference = f", reference {flat(last.reference)}" if last.reference else ""
    return f"Police told {moment(last.at)}{reference}\u00a0(3)"
