"""The incident sheet: one for each incident, to be written on while it is fresh."""

from __future__ import annotations

from rallyapp.prints.blocks import Block, Form, FormField, Keep, Ruled, Words
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import Source
from rallyapp.prints.sheet import Sheet


def write(job: Job) -> Sheet:
    """Write an empty incident sheet for one picket."""
    source = Source.of(job)
    return source.sheet("Incident sheet", blocks(source), foot=job.shred_words())


def blocks(source: Source) -> tuple[Block, ...]:
    """Write the boxes and lines of an incident sheet."""
    return (
        Words(
            text="One sheet for each incident. Write what you saw and heard yourself, with times, and what was said "
            "in the words used. Nobody\u2019s health or membership belongs here."
        ),
        Form(
            fields=(
                FormField(label="Day and time it began", tall=11),
                FormField(label="Time it ended", tall=11),
                FormField(label="Where exactly", tall=11, share=2),
            ),
        ),
        Ruled(label="What happened, in order", lines=6, fills=True),
        Form(
            fields=(
                FormField(label="Who saw it (name each, with a way to reach them)", tall=20),
                FormField(label="Vehicles, numbers on uniforms, photographs", tall=20),
            )
        ),
        Keep(blocks=(Ruled(label="What was done, who was told and when", lines=3),)),
        Form(
            fields=(
                FormField(label="Written by", tall=11),
                FormField(label="Signature", tall=11),
                FormField(label="Day and time of writing", tall=11),
                FormField(label=f"Handed to the {source.leader} (initials, time)", tall=11),
            )
        ),
    )
