"""What a notice to the police or the council must state, and which of it the plan lacks (R1, R3, R4)."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import posts
from rallyapp.domain.frozen import frozen
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import Person
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.places import Venue
from rallyapp.domain.rallies import Permission, PermissionKind, PlanNote, Section, TeamMember, TeamRole
from rallyapp.domain.times import clock, day_words

_ADDRESS = "The plan keeps no home addresses: write the address on the notice by hand."


@frozen
class Fact:
    """One thing that a notice states: what the plan says, what it lacks, and what is to be done by hand.

    ``home`` is the kind of record in which it is entered.
    """

    label: str
    value: str = ""
    lacks: str = ""
    hint: str = ""
    home: str = ""


def facts_of(case: Permitting, permission: Permission) -> tuple[Fact, ...]:
    """List what a notice must state; nothing for what is no notice to the police or the council."""
    if permission.kind is PermissionKind.MARCH_NOTICE:
        return tuple(_march(case))
    return tuple(_voluntary(case, permission)) if permission.kind is PermissionKind.POLICE_VOLUNTARY else ()


def lacking_words(facts: tuple[Fact, ...]) -> str:
    """Count what the plan lacks: "2 of 5 facts are not in the plan"; nothing where it has all."""
    number = sum(bool(fact.lacks) for fact in facts)
    if not number:
        return ""
    return f"{number} of {len(facts)} facts {'is' if number == 1 else 'are'} not in the plan"


def _march(case: Permitting) -> Iterator[Fact]:
    """The facts that the law asks for; in Scotland numbers and control too."""
    rally = case.rally
    yield Fact(label="Date", value=day_words(case.starts.date()), home="rally")
    asked = rally.kind.marches and rally.move_off is None
    yield Fact(
        label="Start time",
        value=clock(case.starts),
        hint="No time to move off is entered: the rally\u2019s start is taken." if asked else "",
        home="rally",
    )
    if rally.kind.marches:
        route = "; ".join(case.route.splitlines())
        yield Fact(label="Route", value=route, lacks="" if route else "No route is entered", home="route_step")
    else:
        yield _place(case)
    name, _ = organiser(case)
    yield Fact(
        label="Name of one organiser",
        value=name,
        lacks="" if name else "Nobody is entered as event lead",
        home="team_member",
    )
    yield Fact(label="Address of that organiser", hint=_ADDRESS)
    if case.where is Jurisdiction.SCOTLAND:
        yield _expected(case, "Likely numbers")
        yield _control(case)


def _voluntary(case: Permitting, permission: Permission) -> Iterator[Fact]:
    """The eight fields that the police ask for when a rally stands (R3)."""
    rally = case.rally
    name, phone = organiser(case)
    lacks = "Nobody is entered as event lead" if not name else "" if phone else "The event lead has no phone number"
    yield Fact(
        label="Organiser: name, phone, address",
        value=", ".join(filter(None, (name, phone))),
        lacks=lacks,
        hint=_ADDRESS,
        home="team_member",
    )
    yield _expected(case, "Expected numbers")
    yield _place(case)
    purpose = " ".join(rally.purpose.split())
    yield Fact(label="Reason", value=purpose, lacks="" if purpose else "What it is for is not entered", home="rally")
    yield Fact(label="Start", value=f"{day_words(rally.starts.date())} {clock(rally.starts)}", home="rally")
    yield Fact(label="Finish", value=f"{day_words(rally.ends.date())} {clock(rally.ends)}", home="rally")
    said = " ".join(permission.note.split())
    yield Fact(label="Advance publicity", value=said, lacks="" if said else "Enter it in the note of this notice")
    yield _stewards(case, "Stewards")


def organiser(case: Permitting) -> tuple[str, str]:
    """Name the event lead, with a number; empty where nobody is entered."""
    team = case.plan.of(TeamMember, "rally_id", case.rally.id)
    for member in sorted(team, key=lambda member: member.id):
        if member.role is TeamRole.EVENT_LEAD:
            person = case.plan.find(Person, member.person_id)
            name, phone = (person.name, person.phone) if person else ("", "")
            return member.name.strip() or name, member.phone.strip() or phone
    return "", ""


def _place(case: Permitting) -> Fact:
    venue = case.plan.get(Venue, case.rally.venue_id)
    words = ", ".join(filter(None, (venue.name, *venue.address.splitlines(), venue.postcode)))
    return Fact(label="Location", value=words, home="venue")


def _expected(case: Permitting, label: str) -> Fact:
    expected = case.rally.expected
    if expected is None:
        return Fact(label=label, lacks="How many are expected is not entered", home="rally")
    return Fact(label=label, value=f"{expected:,}", home="rally")


def _stewards(case: Permitting, label: str) -> Fact:
    planned = posts.figures(case.plan, case.rally, case.rules).stewards
    if not planned.planned:
        return Fact(label=label, lacks="No steward is planned", home="post")
    return Fact(label=label, value=f"{planned.planned:,} at the busiest moment", home="post")


def _control(case: Permitting) -> Fact:
    """Say how the march is kept in order: its stewards, and what was written about them and the crowd."""
    stewards = _stewards(case, "Arrangements for control")
    written = [
        note
        for note in case.plan.of(PlanNote, "rally_id", case.rally.id)
        if note.section in (Section.STEWARDING, Section.CROWD)
    ]
    words = [f"stewards: {stewards.value}"] if stewards.value else []
    words += ["as written in this plan"] if written else []
    return Fact(label=stewards.label, value="; ".join(words), lacks="" if words else stewards.lacks, home="post")
