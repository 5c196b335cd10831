"""A steward briefing's strips: what those at one post take with them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rallyapp.domain import stand_down
from rallyapp.domain.pickets import Role
from rallyapp.domain.posts import pins_of, posts_of, shifts_of
from rallyapp.domain.rallies import Post, TeamRole
from rallyapp.domain.words import capital, listed
from rallyapp.prints.gathering import Gathering, crew_of
from rallyapp.prints.wording import flat


@dataclass(frozen=True, slots=True, kw_only=True)
class StripShift:
    """A shift at a post: when, when and who to meet; ``off`` says why it is off."""

    times: str
    meet: str
    who: tuple[str, ...]
    gaps: int
    off: str
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """What those at one post take with them."""

    post: str
    role: str
    pin: str
    where: str
    duty: str
    leader: str
    shifts: tuple[StripShift, ...]


def strips_of(g: Gathering) -> tuple[Strip, ...]:
    """Write a strip for each post of a rally, in order; each shift is noted as a row of the sheet."""
    return tuple(_strip(g, post) for post in posts_of(g.job.plan, g.rally.id))


def pins_words(g: Gathering, post: Post) -> str:
    """Give the numbers under which a post stands on the site plan."""
    return listed(str(number) for number in pins_of(g.job.plan, post.id))


def _strip(g: Gathering, post: Post) -> Strip:
    return Strip(
        post=flat(g.job.say(post.name)),
        role=capital(post.role),
        pin=pins_words(g, post),
        where=flat(g.job.say(post.where)),
        duty=g.job.say(post.duty),
        leader=_leader(g, post),
        shifts=_shifts(g, post),
    )


def _leader(g: Gathering, post: Post) -> str:
    """Say to whom a post answers: first aiders to their lead, the MC to the stage, all others to the chief steward."""
    role = {
        Role.FIRST_AIDER: TeamRole.FIRST_AID,
        Role.MC: TeamRole.STAGE,
        Role.CHIEF_STEWARD: TeamRole.EVENT_LEAD,
    }.get(post.role, TeamRole.CHIEF_STEWARD)
    found = g.reached(role)
    return f"{capital(role)}: {found}" if found else ""


def _shifts(g: Gathering, post: Post) -> tuple[StripShift, ...]:
    """Write the shifts of a post, and note each."""
    found = []
    for shift in shifts_of(g.job.plan, post.id):
        status = stand_down.of_shift(g.job.plan, shift)
        people, gaps = crew_of(g.job, shift)
        why = g.job.say(status.why) if g.job.allowed.remarks or not shift.cancelled else ""
        row = StripShift(
            times=shift.words,
            meet=f"be there {shift.meet_minutes} min before" if shift.meet_minutes else "",
            who=people,
            gaps=gaps,
            off="" if status.on else f"stood down{f': {flat(why)}' if why else ''}",
        )
        found.append(replace(row, changed=g.job.line(shift.id, row, shift=shift.id)))
    return tuple(found)
