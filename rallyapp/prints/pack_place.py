"""Sections 6 and 8 of a picket supervisor's pack: the site, and who works while others are on strike."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain.disputes import StrikeKind
from rallyapp.domain.places import Entrance, Pin, PinKind, SitePlan
from rallyapp.domain.site_plans import BLANK
from rallyapp.domain.words import capital, counted
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Heading,
    Mark,
    Missing,
    Picture,
    Table,
    Words,
    cells,
    grid_svg,
    svg_of,
)
from rallyapp.prints.pack_source import LAND_WORDS, Source
from rallyapp.prints.wording import flat

# What each kind of strike asks, as unions have told their members; the union's own advice goes first.
_WHO_WORKS = {
    StrikeKind.EMERGENCY_CARE_ONLY: (
        "Emergency care goes on: whoever is rostered for emergency cover works that duty, and nothing in it that is "
        "not urgent.",
        "Everybody else who was called out is on strike.",
    ),
    StrikeKind.CHRISTMAS_DAY_COVER: (
        "Cover is as on Christmas Day: whoever is rostered for it works.",
        "Everybody else who was called out is on strike.",
    ),
    StrikeKind.FULL_WALKOUT: (
        "Nobody who was called out begins a duty after the strike has begun.",
        "Whoever began a shift before it finishes that shift and hands over, and does not go back in the middle.",
        "A shift that starts before the strike ends is not worked; one that starts after its end is.",
    ),
    StrikeKind.ACTION_SHORT: (
        "Members are at work, within the limits that the union has set for this action.",
        "What those limits are is in the union\u2019s own notice; do not answer for it at the gate.",
    ),
}


# ------------------------------------------------------------------------------------------ 6: the site
def site(source: Source) -> Iterator[Block]:
    """Write section 6: this entrance and the others, what to keep clear, whose ground it is."""
    here, site, say = source.entrance, source.site, source.job.say
    yield Facts(
        rows=(
            ("Stand", say(here.stand_at)),
            ("Whose ground", capital(LAND_WORDS[here.land_status])),
            ("Meet", say(source.picket.meet)),
            ("Address", source.address),
            ("Map", source.map_reference),
            ("Nearest toilet", say(here.toilet or site.toilet)),
            ("Shelter", say(here.shelter or site.shelter)),
            ("Defibrillator", say(here.defibrillator or site.defibrillator)),
        )
    )
    yield from (Words(text=sentence, strong=True) for sentence in source.say("L3", "L12"))
    yield Heading(text="Entrances of this site")
    others = sorted(source.job.plan.of(Entrance, "site_id", site.id), key=lambda one: (one.position, one.name, one.id))
    yield Table(
        columns=(
            Column(title="Entrance", share=4),
            Column(title="Keep clear", share=3),
            Column(title="Land", share=4),
            Column(title="Where to stand", share=5),
            Column(title="Official pickets at most", share=2, right=True, figures=True),
        ),
        rows=tuple(
            cells(
                Cell(text=one.name, strong=True, small="this picket" if one.id == here.id else ""),
                Cell(text="KEEP CLEAR", boxed=True) if one.keep_clear else "",
                LAND_WORDS[one.land_status],
                say(one.stand_at),
                str(one.official_max),
            )
            for one in others
        ),
    )
    for plan in sorted(source.job.plan.of(SitePlan, "site_id", site.id), key=lambda one: (one.title, one.id)):
        yield from _picture(source, plan)


def _picture(source: Source, one: SitePlan) -> Iterator[Block]:
    pins = sorted(source.job.plan.of(Pin, "site_plan_id", one.id), key=lambda pin: (pin.number, pin.id))
    width, height = (one.width, one.height) if one.width > 0 < one.height else BLANK
    sketch = not one.picture and bool(pins)
    svg = grid_svg(width, height) if sketch else svg_of(one.picture, width, height)
    if not svg:
        yield Missing(text=f"The picture of {flat(one.title)} can\u2019t be drawn.")
        return
    yield Picture(
        title=flat(one.title),
        alt=f"Plan of {flat(source.site.name)} with {counted(len(pins), 'numbered mark')}",
        svg=svg,
        width=width,
        height=height,
        marks=tuple(
            Mark(
                number=pin.number,
                what=capital(pin.kind),
                label=flat(source.job.say(pin.label)),
                x=pin.x,
                y=pin.y,
                square=pin.kind is PinKind.EMERGENCY,
            )
            for pin in pins
        ),
    )


# ---------------------------------------------------------------------------------- 8: emergency cover
def cover(source: Source) -> Iterator[Block]:
    """Write section 8: what kind of strike it is, who works, and how a recall is verified."""
    yield Facts(rows=(("Kind of strike", source.strike), ("From and until", source.day.words)))
    yield Heading(text="Who works")
    yield Bullets(items=_WHO_WORKS[source.day.kind])
    yield Words(text="Your union\u2019s own advice goes before this page.", small=True)
    yield Heading(text="Who is not put on a picket")
    yield Words(
        text="Whoever is on emergency cover, on call, finishing a shift or recalled at that time. If somebody on the "
        "rota says so at the gate, thank them, send them to their duty, and write it on the sign-in sheet as not come: "
        "do not ask why."
    )
    yield Heading(text="If somebody says that members are recalled (a derogation)")
    yield Bullets(
        items=(
            "Ask who says so, for whom and from when; write it down below. Send nobody in yet.",
            "Ring the duty phone. A recall holds only when the union has confirmed it on its own channels.",
            "Confirmed: tell those concerned one by one, with who confirmed it and when. Not confirmed: say so.",
        ),
        numbered=True,
    )
    yield Heading(text="Recalls, written down")
    yield Table(
        columns=(
            Column(title="Time", share=2),
            Column(title="Who asked, and for whom", share=6),
            Column(title="Confirmed by the union: who, when", share=5),
            Column(title="Told by", share=3),
        ),
        rows=(),
        tall=11,
        blank=4,
        boxes=True,
    )
