"""The head of a picket's papers, and the short lists that stand under their grid."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain.disputes import StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.places import Entrance, LandStatus, Site
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import KitItem
from rallyapp.domain.times import long_day_words
from rallyapp.domain.words import capital, listed
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.rota_rows import Grid
from rallyapp.prints.rota_sheet import Fact, Head
from rallyapp.prints.wording import moment, position_words, unbroken

# What is listed where the plan names no kit.
USUAL_KIT = (
    "armbands",
    "placards",
    "leaflets",
    "banner",
    "hi-vis",
    "water",
    "first-aid kit",
    "membership forms",
    "bin bags",
)
# What the banner says of a day that is not stood down.
BANNERS = {
    StrikeState.PLANNED: ("PLANNED", "Not yet notified to the employer."),
    StrikeState.NOTIFIED: ("ON", "The employer has been notified."),
    StrikeState.ON: ("ON", "This picket goes ahead."),
    StrikeState.HELD: ("HELD", "This strike day is over."),
}
_LAND = {
    LandStatus.UNKNOWN: "land: not known whose",
    LandStatus.HIGHWAY: "public highway",
    LandStatus.PERMITTED: "private land, by permission",
    LandStatus.PRIVATE: "PRIVATE LAND, NO PERMISSION: find the nearest lawful place",
}


def head(job: Job, grid: Grid) -> Head:
    """Write the head of a picket's sheet, with what changed since its last print."""
    if job.dispute is None:
        raise UserError("There is nothing to print: this picket belongs to no dispute.")
    plan, picket, dispute = job.plan, grid.picket, job.dispute
    day = plan.get(StrikeDay, picket.strike_day_id)
    site = plan.get(Site, grid.entrance.site_id)
    facts = tuple(_facts(job, grid, site))
    moved = job.line("place", (facts, dispute.duty_phone, picket.words))
    status = ("STOOD DOWN", job.say(_why_off(job, grid, day))) if not grid.status.on else _going(job, grid, day, moved)
    contact = job.say(dispute.duty_contact) if job.allowed.remarks else ""
    return head_with(job, grid, status, leader=grid.leader, duty_contact=contact, facts=facts)


def head_with(
    job: Job,
    grid: Grid,
    status: tuple[str, str],
    *,
    leader: str,
    duty_contact: str = "",
    facts: tuple[Fact, ...] = (),
) -> Head:
    """Make the head of a picket's paper with the status that its banner says, in a word and a sentence.

    Raises UserError where the picket belongs to no dispute.
    """
    if job.dispute is None:
        raise UserError("There is nothing to print: this picket belongs to no dispute.")
    plan, picket, dispute = job.plan, grid.picket, job.dispute
    day = plan.get(StrikeDay, picket.strike_day_id)
    site = plan.get(Site, grid.entrance.site_id)
    employer = plan.employer_of(site)
    by = job.say(day.called_out)
    return Head(
        union=called(job, dispute.union),
        branch=called(job, dispute.branch),
        dispute=called(job, dispute.title),
        employer=called(job, employer.name) if employer else "",
        site=called(job, site.name),
        entrance=job.say(grid.entrance.name),
        date=long_day_words(picket.starts.date()),
        hours=picket.words,
        strike=f"{capital(day.kind)}{f' by {by}' if by else ''}: {day.words}",
        status=status[0],
        status_words=status[1],
        off=not grid.status.on,
        leader=leader,
        duty_phone=job.duty_phone,
        duty_contact=duty_contact,
        facts=facts,
    )


# ------------------------------------------------------------------------------------------ what holds
def _going(job: Job, grid: Grid, day: StrikeDay, moved: bool) -> tuple[str, str]:
    """Say where the day stands, and whether something here has changed; a day that was held is over."""
    state, words = BANNERS[day.state]
    rows = any(row.changed for row in grid.rows)
    if not (rows or grid.gone or moved):
        again = f" Nothing here has changed since version {job.since}." if job.since is not None else ""
        return state, words + again
    if day.state is StrikeState.HELD:
        return state, words
    said = [f"{state.capitalize()}: {words[0].lower()}{words[1:]}"]
    if rows:
        said.append("The rows that changed have a bar and the word \u201cchanged\u201d.")
    if grid.gone:
        said.append(f"No longer: {listed(grid.gone)}.")
    if moved:
        said.append("Where to stand, the hours or the duty phone changed.")
    return f"CHANGED SINCE VERSION {job.since}", " ".join((*said, "Take the old sheet down."))


def _why_off(job: Job, grid: Grid, day: StrikeDay) -> str:
    words = capital(grid.status.why).rstrip(".") + "."
    if grid.picket.cancelled:
        return words
    steps = [step for step in job.plan.of(StrikeDayMove, "strike_day_id", day.id) if step.to_state is day.state]
    if steps:
        step = max(steps, key=lambda step: (step.at, step.id))
        by = f" by {step.decided_by}" if step.decided_by and job.allowed.remarks else ""
        words += f" Decided {moment(step.at)}{by}: {step.reason.rstrip('.')}." if step.reason else ""
    return words


# ------------------------------------------------------------------------------------------- the place
def _facts(job: Job, grid: Grid, site: Site) -> Iterator[Fact]:
    entrance, say = grid.entrance, job.say
    land = _LAND[entrance.land_status]
    yield Fact(
        label="Where to stand",
        words=f"{say(entrance.stand_at).rstrip('.')} ({land})" if entrance.stand_at else capital(land),
    )
    yield Fact(label="Keep clear", words=_keep_clear(job, entrance), strong=True)
    if grid.picket.meet:
        yield Fact(label="Meet", words=say(grid.picket.meet))
    where = entrance.map_reference or " ".join(part for part in (site.address, unbroken(site.postcode)) if part)
    yield Fact(label="Map", words=say(where) or position_words(site.lat, site.lon))
    yield Fact(label="Nearest toilet", words=say(entrance.toilet or site.toilet))
    yield Fact(label="Shelter", words=say(entrance.shelter or site.shelter))
    yield Fact(label="Defibrillator", words=say(entrance.defibrillator or site.defibrillator))


def _keep_clear(job: Job, entrance: Entrance) -> str:
    if entrance.keep_clear:
        return "THIS ENTRANCE: never stand in its way"
    others = sorted(job.plan.of(Entrance, "site_id", entrance.site_id), key=lambda other: (other.position, other.name))
    return listed(job.say(other.name) for other in others if other.keep_clear) or "Doors, roads and ambulances"


# --------------------------------------------------------------------------------------- under the grid
def kit(job: Job, leader: str) -> tuple[str, ...]:
    """List what is brought: the plan's own kit or else the usual, each in a few words."""
    items = sorted(job.plan.of(KitItem, "rally_id", None), key=lambda item: (item.position, item.what, item.id))
    return tuple(job.say(_kit_words(job, item, leader)) for item in items) if items else USUAL_KIT


def _kit_words(job: Job, item: KitItem, leader: str) -> str:
    # Who brings a thing may be somebody's name.
    who = item.brought_by.strip()
    who = capital(leader) if who.casefold() in ("picket supervisor", "picket organiser") else who
    by = f" ({who})" if who and job.allowed.remarks else ""
    return f"{item.number:,} \u00d7 {item.what}{by}" if item.number > 1 else f"{item.what}{by}"


def dos(leader: str) -> tuple[str, ...]:
    """Give the five things that hold on every picket."""
    return (
        "Be peaceful and polite, whatever is said to you.",
        "Let people cross: anyone who wants to go in must be allowed to.",
        "Never block a door, a road or an ambulance.",
        f"Send police and press to the {leader}.",
        "No alcohol, before or on the picket.",
    )


def if_off(job: Job, leader: str) -> tuple[str, ...]:
    """Say how people hear that it is called off: how, "at the latest by", by when (empty: not entered), in doubt."""
    told_by = job.dispute.told_by.strip() if job.dispute else ""
    return (
        "You will be told in the way you asked for: by text, telephone or e-mail, or through a rep. "
        "Whoever is on shift is told first, on the spot.",
        "At the latest by:",
        job.say(told_by),
        f"In doubt, ask the {leader} or ring the duty phone. Do not go by rumours or the news alone.",
    )


def footer(job: Job, grid: Grid) -> tuple[str, ...]:
    """Give what must be read on every page: what the sheet shows, and what pickets may do (L1, L36)."""
    purpose = job.rule_words(("L1", "L36"), grid.picket.starts.date())
    return job.shred_words(), purpose[0] if purpose else ""
