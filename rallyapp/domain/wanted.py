"""Which permissions and notices a rally calls for, why, and which of them are entered (R1 to R10, R18)."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from rallyapp.domain import law, stand_down
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PermissionId
from rallyapp.domain.march_notices import both_told
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.places import Venue
from rallyapp.domain.rallies import Contact, ContactKind, Permission, PermissionKind
from rallyapp.domain.stalls import Partner, Stall


class Call(StrEnum):
    """How strongly a rally calls for something."""

    LAW = "required by law"
    ASKED = "usually asked for"
    VOLUNTARY = "voluntary"
    PERHAPS = "only if it applies"


@frozen
class Want:
    """Something that a rally calls for: why, to whom, and what of it is entered already."""

    kind: PermissionKind
    call: Call
    why: str
    body: str = ""
    entered: tuple[Permission, ...] = ()


def wants(case: Permitting) -> tuple[Want, ...]:
    """List what a rally calls for, in the order of the kinds."""
    order = list(PermissionKind)
    return tuple(sorted((*_notices(case), *_others(case)), key=lambda want: order.index(want.kind)))


def lacking(case: Permitting) -> tuple[Want, ...]:
    """List what a rally calls for and nobody has entered; not what only perhaps applies."""
    return tuple(want for want in wants(case) if not want.entered and want.call is not Call.PERHAPS)


def made(case: Permitting, want: Want, id: PermissionId) -> Permission:
    """Make the record of something that is called for."""
    return Permission(id=id, rally_id=case.rally.id, kind=want.kind, body=want.body)


def _notices(case: Permitting) -> Iterator[Want]:
    kind = PermissionKind.MARCH_NOTICE
    notices = tuple(case.entered(kind))
    police, council = _contact(case, ContactKind.POLICE), _contact(case, ContactKind.COUNCIL)
    if not case.rally.kind.marches:
        voluntary = "There is no march, so it is a courtesy; it saves questions on the day."
        yield _want(case, PermissionKind.POLICE_VOLUNTARY, Call.VOLUNTARY, voluntary, police)
        on = case.starts.date()
        related = law.march_deadline(case.rules, case.where, on, related_meeting=True, static=True)
        if related is not None:
            why = f"Only if it is a protest meeting related to somebody\u2019s march. {related.fact}"
            yield Want(kind=kind, call=Call.PERHAPS, why=why, body=police, entered=notices)
        return
    found = case.notice_law
    if found is not None and found.rule.id == "R4":
        to_council, to_police = both_told(notices)
        why = "It marches: the council and the chief constable are both told, each by a notice."
        for body, told in ((council or "The council", to_council), (police or "The chief constable", to_police)):
            yield Want(kind=kind, call=Call.LAW, why=why, body=body, entered=told)
    elif found is not None:
        yield Want(kind=kind, call=Call.LAW, why="It marches.", body=police, entered=notices)


def _others(case: Permitting) -> Iterator[Want]:
    kind, rally = PermissionKind, case.rally
    council = _contact(case, ContactKind.COUNCIL)
    owner = case.plan.get(Venue, rally.venue_id).landowner
    yield _want(case, kind.LANDOWNER, Call.ASKED, "The ground belongs to somebody.", owner)
    why = "The council\u2019s events team brings police, ambulance and fire to one table."
    yield _want(case, kind.COUNCIL, Call.ASKED, why, council)
    if rally.kind.marches:
        why = "It marches: ask the police and the council whether a road must be closed; an order takes weeks."
        yield _want(case, kind.ROAD_CLOSURE, Call.ASKED, why, council)
    if rally.loudspeaker and (banned := case.banned):
        why = f"A loudspeaker is to be used {law.hours_words(banned)}."
        yield _want(case, kind.LOUDSPEAKER, Call.LAW, why, council)
    if collecting := _collecting(case):
        why = f"Money is collected ({', '.join(collecting)}): ask the council whether a permit is needed."
        yield _want(case, kind.COLLECTION, Call.ASKED, why, council)
    yield _want(case, kind.INSURANCE, Call.ASKED, "Whoever owns the ground asks to see it.")
    why = "Whoever was asked or told wants to see what could go wrong and what is done about it."
    yield _want(case, kind.RISK_ASSESSMENT, Call.ASKED, why)


def _want(case: Permitting, kind: PermissionKind, call: Call, why: str, body: str = "") -> Want:
    return Want(kind=kind, call=call, why=why, body=body, entered=tuple(case.entered(kind)))


def _collecting(case: Permitting) -> list[str]:
    """List the partners that collect money at a stall here without a permit of their own."""
    return sorted(
        f"{case.plan.get(Partner, stall.partner_id).name} stall"
        for stall in case.plan.of(Stall, "rally_id", case.rally.id)
        if stall.money_collected and not stall.permit.strip() and stand_down.of_stall(case.plan, stall).on
    )


def _contact(case: Permitting, kind: ContactKind) -> str:
    """Name whom the plan knows of a kind, of the rally before the whole plan."""
    found = [one for one in case.plan.all(Contact) if one.kind is kind and one.rally_id in (None, case.rally.id)]
    found.sort(key=lambda one: (one.rally_id is None, one.organisation, one.name, one.id))
    return found[0].organisation or found[0].name if found else ""
