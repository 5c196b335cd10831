"""A rally's event team: who holds which role, who answers to whom, and the chain of command in words.

Usually everybody answers to the event lead, for whom the deputy stands in; ``TeamMember.answers_to`` says
otherwise for a role. Where several hold a role, the first of them who says so says it for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import RallyId
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import TeamMember, TeamRole
from rallyapp.domain.words import listed

TOP = TeamRole.EVENT_LEAD


@frozen
class Link:
    """A role in the chain of command: who holds it, to which role it answers, and how far below the top it is."""

    role: TeamRole
    members: tuple[TeamMember, ...]
    answers_to: TeamRole | None
    depth: int

    @property
    def usual(self) -> bool:
        """Say whether it answers to the event lead, as is usual."""
        return self.answers_to in (TOP, None)


@frozen
class Chain:
    """All roles, each below the one that it answers to; ``circle`` are those that answer to each other, if any."""

    links: tuple[Link, ...]
    circle: tuple[TeamRole, ...] = ()


def team_of(plan: Plan, rally: RallyId, role: TeamRole) -> tuple[TeamMember, ...]:
    """List who holds a role."""
    found = (member for member in plan.of(TeamMember, "rally_id", rally) if member.role is role)
    return tuple(sorted(found, key=lambda member: member.id))


def superior(members: Iterable[TeamMember], role: TeamRole) -> TeamRole | None:
    """Give the role to which one answers; None for the event lead, unless somebody says so."""
    for member in sorted(members, key=lambda each: each.id):
        if member.role is role and member.answers_to is not None:
            return member.answers_to
    return None if role is TOP else TOP


def circle_of(members: Iterable[TeamMember]) -> tuple[TeamRole, ...]:
    """List the roles that answer to each other in a circle, from above; none where the chain is sound."""
    known = tuple(members)
    above = {role: superior(known, role) for role in TeamRole}
    for role in TeamRole:
        way: list[TeamRole] = []
        at: TeamRole | None = role
        while at is not None and at not in way:
            way.append(at)
            at = above[at]
        if at is not None:
            return tuple(way[way.index(at) :])
    return ()


def circle_words(circle: Sequence[TeamRole]) -> str:
    """Say in one sentence that the chain goes in a circle."""
    first, *others = [*circle[1:], circle[0]]
    steps = ", who answers to the ".join([str(first), *map(str, others)])
    return f"The chain of command would go in a circle: the {circle[0]} answers to the {steps}."


def chain(plan: Plan, rally: RallyId) -> Chain:
    """Put the roles in order: each below the one that it answers to. Where they go in a circle, all stand at the top.

    Those with somebody below them come after those without, so that what belongs together stays together.
    """
    everybody = plan.of(TeamMember, "rally_id", rally)
    if circle := circle_of(everybody):
        links = (
            Link(role=role, members=team_of(plan, rally, role), answers_to=superior(everybody, role), depth=0)
            for role in TeamRole
        )
        return Chain(links=tuple(links), circle=circle)
    below: dict[TeamRole | None, list[TeamRole]] = {}
    for role in TeamRole:
        below.setdefault(superior(everybody, role), []).append(role)
    found: list[Link] = []

    def add(role: TeamRole, depth: int) -> None:
        found.append(
            Link(role=role, members=team_of(plan, rally, role), answers_to=superior(everybody, role), depth=depth)
        )
        for each in below.get(role, ()):
            add(each, depth + 1)

    add(TOP, 0)
    return Chain(links=tuple(found))


def chain_words(known: Chain, name: Callable[[TeamMember], str]) -> tuple[str, ...]:
    """Say the chain of command in sentences; nothing where nobody leads the event. ``name`` names a member."""
    if known.circle:
        return (circle_words(known.circle),)
    by_role = {link.role: link for link in known.links}

    def names(role: TeamRole) -> str:
        return listed(dict.fromkeys(name(member) for member in by_role[role].members))

    if not (lead := names(TOP)):
        return ()
    words = f"{lead} {'lead' if len(by_role[TOP].members) > 1 else 'leads'} the event"
    if deputy := names(TeamRole.DEPUTY):
        words += f"; {deputy} {'stand' if len(by_role[TeamRole.DEPUTY].members) > 1 else 'stands'} in"
    sentences = [words]
    chief = by_role[TeamRole.CHIEF_STEWARD]
    if chief.members:
        sentences.append(f"Stewards answer to {names(chief.role)}, and through them to the {chief.answers_to}")
    for link in known.links:
        if link.members and not link.usual and link.role is not TeamRole.CHIEF_STEWARD:
            sentences.append(f"The {link.role} answers to the {link.answers_to}")
    if any(link.members and link.usual and link.depth for link in known.links if link.role not in _SAID):
        sentences.append("Everybody else answers to the event lead")
    return tuple(f"{sentence}." for sentence in sentences)


_SAID = (TeamRole.DEPUTY, TeamRole.CHIEF_STEWARD)
