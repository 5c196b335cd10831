"""The logs of a picket supervisor's pack: who has which armband, what the police directed, what pickets say."""

from __future__ import annotations

from rallyapp.domain.pickets import PoliceDirection
from rallyapp.prints.blocks import Block, Bullets, Column, Facts, Heading, Ruled, Table, Words, cells
from rallyapp.prints.pack_source import Source
from rallyapp.prints.wording import flat, from_day

_LEAST_ARMBANDS = 12
_PAGE = 40  # rows, more than a page has


def kit_log(source: Source) -> tuple[Block, ...]:
    """Write section 9: the kit that came, and who has which armband when."""
    items = source.kit()
    return (
        Heading(text="Kit that came with this pack"),
        Table(
            columns=(
                Column(title="What", share=5),
                Column(title="Number", share=2),
                Column(title="Checked in (initials, time)", share=4),
                Column(title="Checked out (initials, time)", share=4),
            ),
            rows=tuple(cells(flat(item.what), f"{item.number:,}", "", "") for item in items),
            tall=8.5,
            blank=2 if items else 6,
            boxes=True,
        ),
        Heading(text="Armbands and tabards"),
        Words(text=f"For official pickets: {source.most} at one time at this entrance.", small=True),
        Table(
            columns=(
                Column(title="No.", share=1),
                Column(title="Given to", share=5),
                Column(title="Out", share=2),
                Column(title="Back", share=2),
                Column(title="Initials", share=2),
            ),
            rows=(),
            tall=9,
            blank=_PAGE,
            boxes=True,
            fills=True,
            least=max(_LEAST_ARMBANDS, source.most * 2),
        ),
    )


def leaflet(source: Source) -> tuple[Block, ...]:
    """Write section 10: room for the leaflet's words, and how to speak with people."""
    dispute = source.job.dispute
    return (
        Facts(
            rows=(
                ("The dispute", flat(dispute.title) if dispute else ""),
                ("Who is out", source.strike),
                ("The strike", source.day.words),
            )
        ),
        Heading(text="The leaflet in one minute"),
        Ruled(label="Why we are here (copy from the leaflet, or staple one over this page)", lines=7, fills=True),
        Ruled(label="What we ask of people who work here", lines=4),
        Ruled(label="What we ask of the public", lines=3),
        Heading(text="How to say it"),
        Bullets(
            items=(
                "Say who you are and why you are here; offer a leaflet with an open hand.",
                "Let everybody pass who wants to; thank whoever stops.",
                "Never argue, never shout a name, never photograph anybody who goes in.",
                "Questions on somebody\u2019s own shift or pay go to the union, not to the picket.",
                f"Press and police: \u201cPlease speak with our {source.leader}.\u201d",
            )
        ),
        *(Words(text=sentence, small=True) for sentence in source.say("L1", "L31")),
    )


def directions_log(source: Source) -> tuple[Block, ...]:
    """Write section 13: each direction of the police, as entered, and room for more."""
    known = sorted(source.job.plan.of(PoliceDirection, "picket_id", source.picket.id), key=lambda one: (one.at, one.id))
    first = source.picket.starts.date()
    return (
        *(Words(text=sentence) for sentence in source.say("L32", "L11a")),
        Table(
            columns=(
                Column(title="Time", share=2, figures=True),
                Column(title="Officer (name, number)", share=4),
                Column(title="What was directed", share=8),
                Column(title="Acted on by", share=3),
            ),
            rows=tuple(
                cells(from_day(one.at, first), flat(one.officer), flat(one.direction), flat(one.acted_on_by))
                for one in known
            ),
            tall=14,
            blank=_PAGE,
            boxes=True,
            fills=True,
        ),
    )
