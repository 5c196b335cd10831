"""The site plan of a rally: as large as the paper allows, with a legend in groups and what to find first."""

from __future__ import annotations

from dataclasses import dataclass

from rallyapp.domain import site_plans
from rallyapp.domain.places import Pin, SitePlan
from rallyapp.domain.problems import UserError
from rallyapp.prints.audience import Naming
from rallyapp.prints.gathering import Gathering
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.site_picture import Drawing, drawing_of
from rallyapp.prints.wording import flat


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePlanSheet(Sheet):
    """A rally's site plans, a page each at least; ``facts`` are what else one must know about the place."""

    drawings: tuple[Drawing, ...]
    facts: tuple[tuple[str, str], ...]


def write(job: Job) -> SitePlanSheet:
    """Draw a rally's site plans; raises UserError where there is no such rally or it has none."""
    g = Gathering.of(job)
    drawings = drawings_of(job, g)
    if not drawings:
        raise UserError(f"\u201c{flat(g.rally.title)}\u201d has no site plan: add one under Rallies, section 6.")
    shows_members = job.allowed.names is not Naming.NONE
    return SitePlanSheet(
        **g.head("Site plan", banner=False),
        blocks=(),
        foot=job.shred_words() if shows_members else "",
        drawings=drawings,
        facts=(
            ("Map reference", g.map_reference),
            ("Nearest A&E", flat(job.say(g.venue.nearest_ae))),
            ("Defibrillator", flat(job.say(g.venue.defibrillator))),
            ("Step-free", flat(job.say(g.venue.step_free))),
        ),
    )


def drawings_of(job: Job, g: Gathering, *, people: bool = True) -> tuple[Drawing, ...]:
    """Draw all site plans of a rally, by title; ``people`` says who holds a post, where the copy may."""
    things = site_plans.things_of(job.plan, g.rally.id)
    plans = sorted(job.plan.of(SitePlan, "rally_id", g.rally.id), key=lambda one: (one.title, one.id))
    return tuple(
        drawing_of(job, one, site_plans.named(job.plan.of(Pin, "site_plan_id", one.id), things), people=people)
        for one in plans
    )
