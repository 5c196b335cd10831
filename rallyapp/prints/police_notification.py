"""The police notification: what the police are told of one picket (L7), and the record that they were.

The copy that leaves the union names those in charge who agreed to it and gives the duty phone; the union's own
copy in the pack has the record of who was told, by whom and how.
"""

from __future__ import annotations

from rallyapp.domain.pickets import PoliceTelling
from rallyapp.domain.words import capital
from rallyapp.prints.blocks import Block, Cell, Column, Facts, Form, FormField, Heading, Keep, Letter, Table, cells
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import Source
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import flat, moment

_FEW = 4


def write(job: Job) -> Sheet:
    """Write the notification of one picket."""
    source = Source.of(job)
    return source.sheet("Police notification", blocks(source))


def blocks(source: Source) -> tuple[Block, ...]:
    """Write what the police are told, and the record of it."""
    return (*_told(source), *(_record(source) if source.job.allowed.outside else _received()))


def _told(source: Source) -> tuple[Block, ...]:
    entrance, dispute = source.entrance, source.job.dispute
    required = source.say("L7")
    advice = "Telling the police is not asked for by that day\u2019s law; it is advisable."
    union = (dispute.union, dispute.branch) if dispute else ()
    facts = (
        ("Union", ", ".join(called(source.job, part) for part in union if part)),
        ("Workplace", source.workplace),
        ("Entrance", source.outgoing(entrance.name)),
        ("Where pickets stand", source.outgoing(entrance.stand_at)),
        ("Map", source.map_reference),
        ("Day and hours", f"{source.date_words}, {source.picket.words}"),
    )
    moved = source.job.line("where and when", facts)
    return (
        Letter(paragraphs=required or (advice, *source.say("L32"))),
        Heading(text=f"Where and when (changed since version {source.job.since})" if moved else "Where and when"),
        Facts(rows=tuple(fact for fact in facts if fact[1])),
        Heading(text=f"{capital(source.leader)}, and how to make contact"),
        _contacts(source),
    )


def _contacts(source: Source) -> Table:
    """List who is in charge when and which number reaches them: their own where this copy has it, or the duty phone."""
    rows: list[tuple[Cell, ...]] = []
    changed: list[int] = []
    duty = source.job.duty_phone
    for watch in source.watches():
        for n, one in enumerate(watch.leaders or (None,)):
            name = source.agreed_name(one) if one else ""
            phone = (source.job.phone(one.person_id) if one and name else "") or (
                f"{duty} (duty phone)" if duty else ""
            )
            there = "" if one is None else "within call" if source.within_call(one) else "at the entrance"
            row = cells(watch.words, Cell(text=name, strong=True), there, phone)
            if source.job.line(f"contact {watch.key} {n}", row):
                changed.append(len(rows))
            rows.append(row)
    return Table(
        columns=(
            Column(title="Hours", share=0, figures=True),
            Column(title=capital(source.leader), share=4),
            Column(title="Where", share=2),
            Column(title="Contact", share=3),
        ),
        rows=tuple(rows) or (cells(source.picket.words, "", "", f"{duty} (duty phone)" if duty else ""),),
        tall=9.5 if len(rows) <= _FEW else 6.5,
        boxes=True,
        changed=tuple(changed),
    )


def _received() -> tuple[Block, ...]:
    return (
        Keep(
            blocks=(
                Heading(text="Received by the police"),
                Form(
                    fields=(
                        FormField(label="Name and number of the officer", tall=12),
                        FormField(label="Station or control room", tall=12),
                        FormField(label="Day and time", tall=12),
                        FormField(label="Reference", tall=12),
                        FormField(label="How it was given (by hand, telephone, e-mail)", tall=12),
                        FormField(label="Given for the union by", tall=12),
                        FormField(label="What the police said", tall=18, share=2),
                    )
                ),
            )
        ),
    )


def _record(source: Source) -> tuple[Block, ...]:
    tellings = sorted(
        source.job.plan.of(PoliceTelling, "picket_id", source.picket.id), key=lambda one: (one.at, one.id)
    )
    rows = tuple(
        cells(
            moment(one.at),
            Cell(text=flat(one.told), strong=True),
            flat(one.told_by),
            flat(one.how),
            flat(one.reference),
        )
        for one in tellings
    )
    found: list[Block] = [
        Heading(text="Record: who was told"),
        Table(
            columns=(
                Column(title="Day and time", share=3),
                Column(title="Who was told", share=4),
                Column(title="By whom", share=3),
                Column(title="How", share=3),
                Column(title="Reference", share=3),
            ),
            rows=rows,
            tall=10,
            blank=3,
            boxes=True,
        ),
    ]
    if source.site.police_contact:
        found.insert(0, Facts(rows=(("Police to tell", source.site.police_contact),)))
    return tuple(found)
