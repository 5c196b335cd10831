"""The arrest sheet: what must be written down if there is an arrest (L33), by whoever saw it."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain.rallies import ContactKind
from rallyapp.prints.blocks import Block, Column, Form, FormField, Keep, Ruled, Table, Words
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import Source
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import flat, unbroken


def write(job: Job) -> Sheet:
    """Write an empty arrest sheet for one picket."""
    source = Source.of(job)
    return source.sheet("Arrest sheet", blocks(source), foot=job.shred_words())


def blocks(source: Source) -> tuple[Block, ...]:
    """Write whom to ring, and the six things to write down."""
    return (
        *(Words(text=sentence, strong=True) for sentence in source.say("L33")),
        Form(fields=tuple(_ring(source))),
        Form(
            fields=(
                FormField(label="1  Date and time"),
                FormField(label="2  Number of officers"),
                FormField(label="3  Name of whoever was arrested", share=2),
            ),
            columns=4,
        ),
        Keep(blocks=(Ruled(label="4  Reasons given", lines=4),)),
        Ruled(label="5  Words exchanged", lines=6, fills=True),
        Table(
            columns=(
                Column(title="6  Witnesses: each writes it down too", share=4),
                Column(title="Signature", share=3),
                Column(title="Time", share=1),
            ),
            rows=(),
            tall=10,
            blank=4,
            boxes=True,
        ),
    )


def _ring(source: Source) -> Iterator[FormField]:
    yield FormField(label="Ring the duty phone", value=source.job.duty_phone)
    legal = [one for one in source.contacts() if one.kind is ContactKind.LEGAL]
    named = "\n".join(f"{flat(one.organisation or one.name)}, {unbroken(one.phone)}".rstrip(", ") for one in legal)
    yield FormField(label="Legal line", value=named)
