"""Sections 6 and 7 of a rally plan: the place with its plan, and a march's way."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import site_plans
from rallyapp.domain.places import Pin, SitePlan
from rallyapp.domain.rallies import RouteStep, Section
from rallyapp.domain.route import PACE_WORDS, Way, arrival, metres_words, parted, way_of
from rallyapp.domain.times import minutes_words
from rallyapp.domain.words import counted
from rallyapp.prints.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.rally_source import Source
from rallyapp.prints.site_picture import Plate, drawing_of
from rallyapp.prints.wording import DASH, flat, position_words


def site(source: Source) -> Iterator[Block]:
    """Write section 6: the place and its plan."""
    venue = source.venue
    yield Facts(
        rows=(
            ("Place", flat(venue.name)),
            ("Address", ", ".join(part for part in (venue.address, venue.postcode) if part)),
            ("Map reference", venue.map_reference or position_words(venue.lat, venue.lon)),
            ("Landowner", venue.landowner),
            ("Toilets", venue.toilets),
            ("Water", venue.water),
            ("Emergency vehicles", venue.emergency_access),
        )
    )
    yield from source.note(Section.SITE, "")
    plans = sorted(source.plan.of(SitePlan, "rally_id", source.rally.id), key=lambda one: (one.title, one.id))
    if not plans:
        yield Missing(text="No site plan entered.")
    things = site_plans.things_of(source.plan, source.rally.id)
    for one in plans:
        pins = site_plans.named(source.plan.of(Pin, "site_plan_id", one.id), things)
        # As on the site plan alone: one sign is drawn in one way on every paper.
        drawing = drawing_of(source.job, one, pins, people=False, rows=False)
        yield Plate(drawing=drawing)
        if not pins:
            yield Missing(text="Nothing is marked on the site plan: no stage, no first aid, no way for an ambulance.")
        if not drawing.svg:
            what = "can\u2019t be read as PNG, JPEG, GIF or WebP" if one.picture else "has not been added"
            yield Missing(text=f"The picture of this site plan {what}.")


def route(source: Source) -> Iterator[Block]:
    """Write section 7: the way of a march, and the shorter accessible one."""
    if not source.rally.kind.marches:
        yield Words(text="Left out: this is a static rally, without a march.")
        return
    march, shorter = parted(source.plan.of(RouteStep, "rally_id", source.rally.id))
    yield Heading(text="The march")
    yield from _way(march, "No route entered.")
    if found := arrival(source.rally, way_of(march)):
        yield Words(text=found.words)
    yield Heading(text="Shorter accessible route")
    yield from _way(shorter, "No accessible route entered.")
    if way_of((*march, *shorter)).metres:
        yield Words(text=PACE_WORDS, small=True)


def _way(steps: tuple[RouteStep, ...], missing: str) -> Iterator[Block]:
    """Write one route as a table that is added up; map references have a column where there are any."""
    if not steps:
        yield Missing(text=missing)
        return
    mapped = any(step.map_reference for step in steps)
    rows = [
        cells(
            Cell(text=str(number)),
            Cell(text=step.instruction),
            *([Cell(text=step.map_reference)] if mapped else []),
            Cell(text="crossing" if step.crossing else "", strong=True),
            Cell(text=metres_words(step.metres) if step.metres is not None else DASH),
        )
        for number, step in enumerate(steps, start=1)
    ]
    if any(step.metres is not None for step in steps):
        rows.append(_total(way_of(steps), mapped))
    yield Table(
        columns=(
            Column(title="", share=0, right=True, figures=True),
            Column(title="Way", share=8),
            *([Column(title="Map reference", share=0)] if mapped else []),
            Column(title="", share=0),
            Column(title="Length", share=0, right=True, figures=True),
        ),
        rows=tuple(rows),
        last_strong=len(rows) > len(steps),
    )


def _total(way: Way, mapped: bool) -> tuple[Cell, ...]:
    words = "Length of the steps that were measured" if way.unmeasured else "Length"
    walk = f", {'at least' if way.unmeasured else 'about'} {minutes_words(way.minutes)}" if way.metres else ""
    return cells(
        "",
        Cell(text=f"{words}{walk}", strong=True),
        *([""] if mapped else []),
        Cell(text=counted(way.crossings, "crossing") if way.crossings else "", strong=True),
        Cell(text=metres_words(way.metres), strong=True),
    )
