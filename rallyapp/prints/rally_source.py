"""What the sections of a rally plan are written from: one rally and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import PersonId, RallyId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import PlanNote, Rally, RallyDay, Section, TeamMember, TeamRole
from rallyapp.prints import wording
from rallyapp.prints.audience import Audience, Document, Shown, names_for, shown
from rallyapp.prints.blocks import Block, Missing, prose


@dataclass(frozen=True, slots=True)
class Source:
    """One rally, its venue, its dispute and its strike days, and how its people are named on this copy."""

    plan: Plan
    rules: Rules
    rally: Rally
    venue: Venue
    dispute: Dispute | None
    days: tuple[StrikeDay, ...]
    allowed: Shown
    _names: dict[PersonId, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, rules: Rules, rally_id: RallyId, audience: Audience) -> Source:
        """Find everything; raises KeyError where there is no such rally."""
        rally = plan.get(Rally, rally_id)
        links = plan.of(RallyDay, "rally_id", rally.id)
        days = sorted((plan.get(StrikeDay, link.strike_day_id) for link in links), key=lambda day: day.window.start)
        disputes = plan.all(Dispute)
        dispute = plan.dispute_of(days[0]) if days else disputes[0] if len(disputes) == 1 else None
        allowed = shown(Document.RALLY_PLAN, audience)
        names = dict(names_for(plan.all(Person), allowed.names))
        return cls(plan, rules, rally, plan.get(Venue, rally.venue_id), dispute, tuple(days), allowed, names)

    @property
    def where(self) -> Jurisdiction:
        """Whose law applies."""
        return self.dispute.jurisdiction if self.dispute else Jurisdiction.ENGLAND

    @property
    def day(self) -> date:
        """The rally's day."""
        return self.rally.starts.date()

    def clock(self, when: datetime) -> str:
        """Write a time, with its day where that isn't the rally's."""
        return wording.from_day(when, self.day)

    def note(self, section: Section, missing: str) -> Iterator[Block]:
        """Give what the organiser wrote for a section, or say that nothing was; no ``missing``: say nothing."""
        found = [note for note in self.plan.of(PlanNote, "rally_id", self.rally.id) if note.section is section]
        for note in sorted(found, key=lambda note: note.id):
            yield from prose(note.text)
        if not found and missing:
            yield Missing(text=missing)

    def name(self, id: PersonId | None) -> str:
        """Name a person as this copy may."""
        name = self._names.get(id, "") if id and id in self._names else self.plan.name_of(id)
        return wording.apart(wording.flat(name))

    def phone(self, id: PersonId | None) -> str:
        """Give a person's number, if this copy may have it."""
        person = self.plan.find(Person, id)
        return wording.unbroken(person.phone) if person and self.allowed.phones else ""

    def team(self, role: TeamRole) -> tuple[TeamMember, ...]:
        """List who holds a role in the event team."""
        found = [member for member in self.plan.of(TeamMember, "rally_id", self.rally.id) if member.role is role]
        return tuple(sorted(found, key=lambda member: member.id))

    def member_name(self, member: TeamMember) -> str:
        """Name a member of the event team."""
        return wording.apart(wording.flat(member.name)) or self.name(member.person_id)

    def member_phone(self, member: TeamMember) -> str:
        """Give the number of a member of the event team."""
        return wording.unbroken(member.phone if self.allowed.phones else "") or self.phone(member.person_id)

    def on_the_day(self) -> tuple[str, str]:
        """Say whom to ring on the day: the event lead, or else the duty phone; a name and a number."""
        for member in self.team(TeamRole.EVENT_LEAD):
            if phone := self.member_phone(member):
                return f"{self.member_name(member)}, event lead", phone
        if self.dispute and self.dispute.duty_phone:
            return self.dispute.duty_contact or "Duty phone", wording.unbroken(self.dispute.duty_phone)
        return "", ""

    def crew(self, shift: Shift) -> tuple[list[str], int]:
        """List who is on a shift, marked where not sure yet, and count the gaps."""
        marks = {
            AssignmentState.PROPOSED: " (to confirm)",
            AssignmentState.ASKED: " (asked)",
            AssignmentState.RECONFIRM: " (to reconfirm)",
        }
        assigned = [a for a in self.plan.of(Assignment, "shift_id", shift.id) if a.state.counts]
        assigned.sort(key=lambda a: (self.plan.name_of(a.person_id).casefold(), a.id))
        words = []
        for a in assigned:
            phone = self.phone(a.person_id)
            name = self.name(a.person_id) + marks.get(a.state, "")
            words.append(f"{name}, {phone}" if phone else name)
        gaps = 0
        for role in {need.role for need in self.plan.of(Need, "shift_id", shift.id)}:
            least = sum(need.least for need in self.plan.of(Need, "shift_id", shift.id) if need.role is role)
            gaps += max(0, least - sum(a.role is role for a in assigned))
        return words, gaps

    def say(self, *rules: str) -> tuple[str, ...]:
        """Give the printable lines of the rules that are in force there on the rally's day."""
        found = (self.rules.rule(id) for id in rules)
        return tuple(rule.say for rule in found if rule.say and rule.applies(self.where, self.day))
