"""One page of law: the dated rules on picketing that are in force on the day, in the table's own sentences."""

from __future__ import annotations

from rallyapp.domain import law
from rallyapp.domain.times import day_words
from rallyapp.domain.words import capital
from rallyapp.prints.blocks import Block, Facts, Words
from rallyapp.prints.pack_source import Source

# What stands beside which rules.
_TOPICS = (
    ("What pickets are there for", ("L1", "L36")),
    ("Where", ("L2", "L3", "L35")),
    ("How many", ("L4", "L5")),
    ("In charge", ("L6", "L9", "L10", "L14", "L15")),
    ("The letter", ("L8",)),
    ("The police", ("L7", "L11a", "L32")),
    ("Whoever wants to cross", ("L31",)),
    ("Keep clear", ("L12",)),
    ("Loudspeakers", ("R9",)),
    ("An arrest", ("L33",)),
)


def blocks(source: Source) -> tuple[Block, ...]:
    """Write the page: which Code counts, whether a supervisor is required, and the rules by topic."""
    rows = []
    for topic, ids in _TOPICS:
        sentences = source.say(*ids)
        if sentences:
            rows.append((topic, "\n".join(sentences)))
    return (
        Words(text=editions(source)),
        Words(text=required_words(source), strong=True),
        Facts(rows=tuple(rows)),
        Words(text=f"{source.job.rules.words} This page is for planning and is not legal advice.", small=True),
    )


def editions(source: Source) -> str:
    """Name the Code that counts on each of the picket's days."""
    named = dict.fromkeys(law.code_edition(source.job.rules, on, source.job.where) for on in source.dates)
    return ". ".join(named) + "."


def required_words(source: Source) -> str:
    """Say for each of the picket's days whether the law requires a picket supervisor."""
    required = {on: law.supervisor_required(source.job.rules, source.job.where, on) for on in source.dates}
    if len(set(required.values())) == 1:
        return f"A picket supervisor is {'' if required[source.dates[0]] else 'not '}required by law on this day."
    parts = (f"{day_words(on)} {'yes' if asked else 'no'}" for on, asked in required.items())
    return capital(f"a picket supervisor is required by law: {', '.join(parts)}.")
