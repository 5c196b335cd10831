"""A plan full of people who can't be mistaken: in every role and in every free text, each with a number of their own.

It is the Southampton demo with them put into it, so that whatever a document shows, one of them would be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar, cast

from rallyapp import demos
from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Channel, Person, Standing
from rallyapp.domain.pickets import (
    Assignment,
    AssignmentState,
    Attendance,
    Incident,
    Picket,
    PoliceDirection,
    PoliceTelling,
    Role,
    Shift,
    TurnoutCount,
)
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    KitItem,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    Risk,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall, Tally
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownDay, StandDownKind

R = TypeVar("R", bound=Record)

PRINTED = datetime(2015, 11, 29, 9, 5)
EVE = datetime(2015, 11, 30, 18, 0)
# Signs that mean something to a markup or a template; the last ones turn the line's direction and are left out.
HOSTILE = '<b>#read("/etc") \\{{$x$}} @q `r` *s* _u_ = v // w'
TURNING = "\u202e\u2066"
LONG = "Long" + "x" * 296


@dataclass
class Crowd:
    """The plan in the making, and who was put into it."""

    records: dict[str, Record] = field(default_factory=dict)
    members: list[Person] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)
    outsiders: dict[str, str] = field(default_factory=dict)  # full name -> number
    written: dict[str, str] = field(default_factory=dict)  # field of a free text -> number in it

    _numbers: Any = field(default_factory=lambda: count(1))

    def add(self, record: R) -> R:
        self.records[record.id] = record
        return record

    def all(self, kind: type[R]) -> list[R]:
        return [record for record in self.records.values() if isinstance(record, kind)]

    def number(self) -> str:
        """Give a number that nobody else has."""
        return f"07700 {next(self._numbers) + 910_000}"

    def outsider(self, name: str) -> tuple[str, str]:
        self.outsiders[name] = self.number()
        return name, self.outsiders[name]

    def person(self, given: str, family: str, **more: Any) -> Person:
        made = self.add(
            Person(
                id=cast(Any, f"crowd-{len(self.members) + len(self.leaders)}"),
                given_name=given,
                family_name=family,
                phone=self.number(),
                email=f"{family.casefold()}@example.org",
                adult=True,
                **more,
            )
        )
        (self.leaders if more.get("may_be_named") else self.members).append(made)
        return made

    def words(self, what: str) -> str:
        """Write something free with a number in it, a member's full name, and one who is on nothing at all."""
        self.written[what] = self.number()
        return f"See {what}, {self.written[what]}, Wren00 Memberly00\u2019s; Elsewhere, Tern, elsewhere@example.org."

    def plan(self) -> Plan:
        return Plan(self.records.values())


def crowded(day_state: StrikeState = StrikeState.NOTIFIED) -> Crowd:
    """Make the plan; with a state of standing down, its first strike day is off and half of them have been told."""
    crowd = Crowd({record.id: record for record in demos.DEMOS["southampton-2015"].records()})
    crowd.person("Tern", "Elsewhere")
    first = min(crowd.all(StrikeDay), key=lambda day: day.first_date)
    picket = min((p for p in crowd.all(Picket) if p.strike_day_id == first.id), key=lambda p: (p.starts, p.id))
    rally = crowd.all(Rally)[0]
    _on_the_picket(crowd, picket)
    _at_the_rally(crowd, rally)
    _in_free_words(crowd)
    _hostile(crowd)
    if day_state is not StrikeState.NOTIFIED:
        _stand_down(crowd, first, day_state)
    return crowd


def _on_the_picket(crowd: Crowd, picket: Picket) -> None:
    shifts = sorted((s for s in crowd.all(Shift) if s.picket_id == picket.id), key=lambda s: s.starts)
    roles = (Role.PICKET, Role.STANDBY, Role.SUPPORTER, Role.OFFICIAL, Role.PICKET)
    for number, shift in enumerate(shifts):
        lead = crowd.person(f"Quill{number}", f"Leaderkin{number}", may_be_named=True)
        _put(crowd, lead, shift, Role.SUPERVISOR)
        for at, role in enumerate(roles):
            channel = list(Channel)[at % len(Channel)]
            person = crowd.person(f"Wren{number}{at}", f"Memberly{number}{at}", channel=channel)
            _put(crowd, person, shift, role, override_by="Ovid Overrider", override_reason=crowd.words("override"))
            marked = "came" if at % 2 else "absent"
            crowd.add(
                Attendance(
                    id=cast(Any, new_id()),
                    shift_id=shift.id,
                    person_id=person.id,
                    role=role,
                    **({"came": shift.starts} if marked == "came" else {"absent": True}),
                )
            )
        crowd.add(
            Attendance(
                id=cast(Any, new_id()),
                shift_id=shift.id,
                walk_in=f"Walkin Strollerson{number}",
                role=Role.PICKET,
                came=shift.starts,
            )
        )
    for given in (LONG, "\u0641\u0627\u0637\u0645\u0629", "Jo \U0001f389\U0001f468\u200d\U0001f469\u200d\U0001f467"):
        odd = crowd.add(Person(id=cast(Any, f"odd-{given[:4]}"), given_name=given, family_name="Oddly"))
        _put(crowd, odd, shifts[0], Role.PICKET)
    crowd.add(TurnoutCount(id=cast(Any, new_id()), picket_id=picket.id, at=picket.starts, pickets=6, supporters=45))
    crowd.add(Incident(id=cast(Any, new_id()), picket_id=picket.id, at=picket.starts, what=crowd.words("incident")))
    crowd.add(
        PoliceDirection(
            id=cast(Any, new_id()),
            picket_id=picket.id,
            at=picket.starts,
            officer="Sergeant Olfred Constabler",
            direction=crowd.words("direction"),
        )
    )
    crowd.add(
        PoliceTelling(
            id=cast(Any, new_id()),
            picket_id=picket.id,
            at=EVE,
            told="Inspector Hilda Constabler",
            told_by="The union office",
        )
    )


def _put(crowd: Crowd, person: Person, shift: Shift, role: Role, **more: Any) -> None:
    crowd.add(
        Assignment(
            id=cast(Any, f"{person.id} on {shift.id}"),
            shift_id=shift.id,
            person_id=person.id,
            role=role,
            state=AssignmentState.CONFIRMED,
            **more,
        )
    )


def _at_the_rally(crowd: Crowd, rally: Rally) -> None:
    for number, role in enumerate((Role.STEWARD, Role.CHIEF_STEWARD, Role.FIRST_AIDER, Role.MC)):
        posts = [post for post in crowd.all(Post) if post.rally_id == rally.id]
        shifts = [shift for shift in crowd.all(Shift) if shift.post_id in {post.id for post in posts}]
        _put(crowd, crowd.person(f"Finch{number}", f"Stewardine{number}"), shifts[number % len(shifts)], role)
    lead = crowd.person("Rook", "Teamworth", may_be_named=True)
    crowd.add(TeamMember(id=cast(Any, "crowd-team"), rally_id=rally.id, role=TeamRole.DEPUTY, person_id=lead.id))
    speaker, number_ = crowd.outsider("Orla Orationby")
    made = crowd.add(
        Speaker(
            id=cast(Any, "crowd-speaker"),
            rally_id=rally.id,
            name=speaker,
            contact=number_,
            arrives=rally.starts,
            confirmed=True,
        )
    )
    last = max(item.position for item in crowd.all(ProgrammeItem) if item.rally_id == rally.id)
    crowd.add(
        ProgrammeItem(
            id=cast(Any, "crowd-item"),
            rally_id=rally.id,
            position=last + 1,
            title="A word from the crowd",
            minutes=2,
            speaker_id=made.id,
            stage_note=crowd.words("stage note"),
        )
    )
    for kind in (ContactKind.POLICE, ContactKind.SUPPLIER, ContactKind.LANDOWNER):
        name, phone = crowd.outsider(f"Una {kind.name.title()}shaw")
        crowd.add(Contact(id=cast(Any, f"crowd-{kind}"), rally_id=rally.id, kind=kind, name=name, phone=phone))
    for stall in crowd.all(Stall):
        name, phone = crowd.outsider("Sorrel Stallholder")
        crowd.add(replace(stall, on_day_contact=name, on_day_phone=phone))
        for shift in [shift for shift in crowd.all(Shift) if shift.stall_id == stall.id]:
            helper = crowd.person("Plover", "Helperton", standing=Standing.PARTNER)
            _put(crowd, helper, shift, Role.STALL)
        crowd.add(Tally(id=cast(Any, "crowd-tally"), stall_id=stall.id, at=rally.starts, count=38))
    for partner in crowd.all(Partner):
        name, phone = crowd.outsider("Pascal Partnerby")
        crowd.add(replace(partner, contact_name=name, contact_phone=phone))


# The free texts of which some document shows each.
_FREE = {
    Picket: ("meet", "note"),
    Shift: ("label", "note"),
    Entrance: ("stand_at", "toilet", "shelter", "note"),
    Site: ("shelter", "note"),
    Venue: ("power", "step_free", "note"),
    Rally: ("note", "briefing_place"),
    Post: ("duty", "where"),
    KitItem: ("brought_by",),
    PlanNote: ("text",),
    Risk: ("control",),
    Stall: ("vehicle", "note"),
    StrikeDay: ("note",),
}


def _in_free_words(crowd: Crowd) -> None:
    for kind, names in _FREE.items():
        known = {each.name for each in fields(cast(Any, kind))}
        for record in crowd.all(cast(Any, kind)):
            changed = {
                name: crowd.words(f"{kind.__name__} {name}, {record.id[-6:]}") for name in names if name in known
            }
            crowd.add(replace(cast(Any, record), **changed))


def _hostile(crowd: Crowd) -> None:
    for kind in (Dispute, Site, Entrance, Rally, Venue, Partner, Settings):
        for record in crowd.all(cast(Any, kind)):
            name = "title" if hasattr(record, "title") else "name"
            changed = (
                f"{getattr(record, name)} {HOSTILE}{TURNING}"
                if kind is Dispute
                else f"{getattr(record, name)} {HOSTILE}"
            )
            crowd.add(replace(cast(Any, record), **{name: changed}))


def _stand_down(crowd: Crowd, day: StrikeDay, state: StrikeState) -> None:
    kind = {StrikeState.SUSPENDED: StandDownKind.SUSPENDED}.get(state, StandDownKind.CALLED_OFF)
    crowd.add(replace(day, state=state))
    crowd.add(
        StrikeDayMove(
            id=cast(Any, "crowd-move"),
            strike_day_id=day.id,
            from_state=day.state,
            to_state=state,
            at=EVE,
            decided_by="Orrin Officeholder",
            reason=crowd.words("reason"),
        )
    )
    off = crowd.add(
        StandDown(
            id=cast(Any, "crowd-off"),
            kind=kind,
            decided_by="Orrin Officeholder, general secretary",
            authority="The national committee",
            at=EVE,
            reason=crowd.words("reason"),
        )
    )
    crowd.add(StandDownDay(id=cast(Any, "crowd-off-day"), stand_down_id=off.id, strike_day_id=day.id))
    for number, whom in enumerate(_whom(crowd)):
        crowd.add(
            ContactAttempt(
                id=cast(Any, f"crowd-try-{number}"),
                stand_down_id=off.id,
                at=EVE + timedelta(minutes=3 * number),
                outcome=list(Outcome)[number % 3],
                channel="text",
                tried_by="Tilda Telleress",
                **whom,
            )
        )


def _whom(crowd: Crowd) -> Iterable[dict[str, Any]]:
    yield from ({"person_id": person.id} for person in (*crowd.leaders, *crowd.members[:8]))
    yield from ({"contact_id": contact.id} for contact in crowd.all(Contact)[:6])
    yield from ({"speaker_id": speaker.id} for speaker in crowd.all(Speaker)[:3])
    yield from ({"stall_id": stall.id} for stall in crowd.all(Stall))
