"""The letter of authority: the union's approval of one picket, to be signed, carried and shown.

It names nobody but those in charge who agreed to be named; for others there is a line to write on.
Where that day's law asks for a letter of approval it is called so (L8).
"""

from __future__ import annotations

from rallyapp.domain.places import LandStatus
from rallyapp.domain.words import capital
from rallyapp.prints.blocks import Block, Cell, Column, Facts, Form, FormField, Letter, Table, Words, cells
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import LAND_WORDS, Source
from rallyapp.prints.sheet import Sheet

_ONE_COLUMN = 4
FOOT = "Valid only when it is signed for the union."


def write(job: Job) -> Sheet:
    """Write the letter for one picket."""
    source = Source.of(job)
    return source.sheet(title(source), blocks(source), banner=False, foot=FOOT)


def title(source: Source) -> str:
    """Call it as that day's law does."""
    return "Letter of approval" if source.in_force("L8") else "Letter of authority (recommended practice)"


def blocks(source: Source) -> tuple[Block, ...]:
    """Write what stands in the letter, with the lines on which the union signs it."""
    dispute = source.job.dispute
    union = called(source.job, dispute.union) if dispute else "The union"
    to = called(source.job, source.employer.name) if source.employer else ""
    land = source.entrance.land_status
    facts = (
        ("Workplace", source.workplace),
        ("Entrance", source.outgoing(source.entrance.name)),
        ("Where pickets stand", source.outgoing(source.entrance.stand_at)),
        ("Land", "" if land is LandStatus.UNKNOWN else capital(LAND_WORDS[land])),
        ("Day and hours", f"{source.date_words}, {source.picket.words}"),
        ("Kind of action", source.strike),
    )
    source.job.line("letter", (to, facts))
    found: list[Block] = []
    if source.off:
        found.append(Words(text="This picket is stood down: do not use this letter.", strong=True))
    found += [
        Form(fields=(FormField(label="To", value=to, share=2), FormField(label="Date of this letter")), columns=3),
        Letter(
            paragraphs=(
                f"{union} confirms that it approves the picketing described here"
                + (f", in the dispute \u201c{called(source.job, dispute.title)}\u201d." if dispute else "."),
            )
        ),
        Facts(rows=tuple(fact for fact in facts if fact[1])),
        Letter(
            paragraphs=(
                f"The {source.leader} who carries this letter is in charge of the pickets at this entrance, at the "
                "hours beside the name:",
            )
        ),
        in_charge(source),
        Letter(paragraphs=source.say("L1")),
        Form(
            fields=(
                FormField(label="Signed for the union", tall=20),
                FormField(label="Name", tall=20),
                FormField(label="Office in the union"),
                FormField(label="To ring the union", value=source.job.duty_phone),
            )
        ),
        *(Words(text=sentence, small=True) for sentence in source.say("L8")),
    ]
    return tuple(found)


def in_charge(source: Source) -> Table:
    """List who is in charge when; a line to write on for whoever has not agreed to be named, or is not known."""
    rows: list[tuple[Cell, ...]] = []
    for watch in source.watches():
        names = [source.agreed_name(one) for one in watch.leaders] or [""]
        source.job.line(f"in charge {watch.key}", (watch.words, names))
        rows += [cells("" if n else watch.words, Cell(text=name, strong=True)) for n, name in enumerate(names)]
    columns: tuple[Column, ...] = (
        Column(title="Hours", share=0, figures=True),
        Column(title=capital(source.leader), share=3),
    )
    if len(rows) > _ONE_COLUMN:
        # Down the left half, then down the right one: the letter is signed on the page on which they stand.
        half = -(-len(rows) // 2)
        rows += [cells("", "")] * (2 * half - len(rows))
        rows = [(*rows[n], *rows[n + half]) for n in range(half)]
        columns *= 2
    return Table(columns=columns, rows=tuple(rows) or (cells(source.picket.words, ""),), tall=9, boxes=True)
