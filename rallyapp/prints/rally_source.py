"""What the sections of a rally plan are written from: one rally and everything that belongs to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, cast

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import PersonId, RallyId
from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Contact, Override, PlanNote, Rally, RallyDay, Section, Speaker, TeamMember, TeamRole
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.words import counted, listed
from rallyapp.prints import wording
from rallyapp.prints.audience import Audience, Document, Naming, Shown
from rallyapp.prints.blocks import Block, Missing, prose
from rallyapp.prints.free_words import HIDDEN
from rallyapp.prints.job import Job

T = TypeVar("T")
ELSEWHERE = "on the organiser\u2019s copy"


@dataclass(frozen=True)
class Source:
    """One rally, its venue and its strike days, and how its people are named on this copy."""

    job: Job
    rally: Rally
    venue: Venue
    days: tuple[StrikeDay, ...]

    @classmethod
    def of(cls, plan: Plan, rules: Rules, rally_id: RallyId, audience: Audience) -> Source:
        """Find everything for a rally plan that is not printed; raises UserError where there is no such rally."""
        job = Job(
            plan=plan, rules=rules, document=Document.RALLY_PLAN, audience=audience, about=rally_id,
            printed=datetime.min, version=0, code="",
        )  # fmt: skip
        return cls.of_job(job)

    @classmethod
    def of_job(cls, job: Job) -> Source:
        """Find everything that a piece about a rally is written from; raises UserError where there is no such rally."""
        plan = job.plan
        rally = plan.find(Rally, job.about)
        if rally is None:
            raise UserError("There is nothing to print: the plan has no such rally.")
        links = plan.of(RallyDay, "rally_id", rally.id)
        days = sorted((plan.get(StrikeDay, link.strike_day_id) for link in links), key=lambda day: day.window.start)
        return cls(job, rally, plan.get(Venue, rally.venue_id), tuple(days))

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.job.plan

    @property
    def rules(self) -> Rules:
        """The dated rules."""
        return self.job.rules

    @property
    def allowed(self) -> Shown:
        """What may stand on this copy."""
        return self.job.allowed

    @property
    def dispute(self) -> Dispute | None:
        """The dispute that it belongs to."""
        return self.job.dispute

    @property
    def where(self) -> Jurisdiction:
        """Whose law applies."""
        return self.job.where

    @property
    def named(self) -> bool:
        """Whether people on the roster are named on this copy."""
        return self.allowed.names is not Naming.NONE

    @property
    def day(self) -> date:
        """The rally's day."""
        return self.rally.starts.date()

    def clock(self, when: datetime) -> str:
        """Write a time, with its day where that isn't the rally's."""
        return wording.from_day(when, self.day)

    @property
    def why_off(self) -> str:
        """Say why the rally is off; empty where it is on. What somebody wrote on it is for copies with remarks."""
        status = stand_down.of_rally(self.plan, self.rally)
        if status.on:
            return ""
        return "this rally does not take place" if self._decided_in_words else status.why

    def shift_off(self, shift: Shift) -> str:
        """Say that a shift is off by itself, and why where this copy may; the rally's own reason is said once."""
        status = stand_down.of_shift(self.plan, shift)
        if status.on or self.why_off:
            return ""
        return f"stood down: {status.why}" if self.allowed.remarks or not shift.cancelled else "stood down"

    def stall_why(self, stall: Stall) -> str:
        """Say why a stall is off or undecided, as this copy may."""
        status = stand_down.of_stall(self.plan, stall)
        return "this rally does not take place" if status.why and self._decided_in_words else status.why

    @property
    def _decided_in_words(self) -> bool:
        return self.rally.override is Override.STOOD_DOWN and not self.allowed.remarks

    # ------------------------------------------------------------------------- what somebody wrote freely
    def free(self, text: str) -> str:
        """Give somebody's own words as this copy may have them: without numbers, and without the names it hides."""
        said = self.job.say(text)
        return self._pattern.sub(HIDDEN, said) if self._pattern else said

    def cleaned(self, value: T) -> T:
        """Give values as this copy may have them: each text in them by ``free``."""
        if self.allowed.names is Naming.FULL and self.allowed.outside and self.allowed.phones:
            return value
        return cast(T, self._cleaned(value))

    def _cleaned(self, value: object) -> object:
        if isinstance(value, StrEnum) or not value:
            return value
        if isinstance(value, str):
            return self.free(value)
        if isinstance(value, tuple):
            return tuple(map(self._cleaned, value))
        if is_dataclass(value) and not isinstance(value, type):
            texts = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in ("kind", "svg")}
            return replace(value, **{name: self._cleaned(text) for name, text in texts.items()})
        return value

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Find the names of people outside that this copy does not give, the longest first."""
        if self.allowed.outside:
            return None
        names = [one.name for one in self.plan.all(Speaker)]
        names += [one.name for one in self.plan.all(Contact)]
        names += [one.contact_name for one in self.plan.all(Partner)]
        names += [one.on_day_contact for one in self.plan.all(Stall)]
        known = sorted({name for name in names if _names_somebody(name)}, key=lambda name: (-len(name), name))
        parts = "|".join(r"\s+".join(map(re.escape, name.split())) for name in known)
        return re.compile(rf"(?<!\w)(?:{parts})(?!\w)", re.IGNORECASE) if known else None

    def note(self, section: Section, missing: str) -> Iterator[Block]:
        """Give what the organiser wrote for a section, or say that nothing was; no ``missing``: say nothing."""
        texts = self.notes(section)
        for text in texts:
            yield from prose(text)
        if not texts and missing:
            yield Missing(text=missing)

    def notes(self, section: Section) -> tuple[str, ...]:
        """List what the organiser wrote for a section."""
        found = [note for note in self.plan.of(PlanNote, "rally_id", self.rally.id) if note.section is section]
        return tuple(self.free(note.text) for note in sorted(found, key=lambda note: note.id))

    # ------------------------------------------------------------------------------------------- people
    def name(self, id: PersonId | None) -> str:
        """Name a person as this copy may."""
        return self.job.name(id)

    def phone(self, id: PersonId | None) -> str:
        """Give a person's number, if this copy may have it."""
        return self.job.phone(id)

    def outside(self, name: str) -> str:
        """Name somebody outside the union, if this copy may."""
        return self.job.outside(name)

    def outside_number(self, number: str) -> str:
        """Give the number or the address of somebody outside the union, if this copy may have numbers."""
        return wording.unbroken(self.job.outside(number) if self.allowed.phones else "")

    def team(self, role: TeamRole) -> tuple[TeamMember, ...]:
        """List who holds a role in the event team."""
        found = [member for member in self.plan.of(TeamMember, "rally_id", self.rally.id) if member.role is role]
        return tuple(sorted(found, key=lambda member: member.id))

    def member_name(self, member: TeamMember) -> str:
        """Name a member of the event team."""
        if self.allowed.leaders is Naming.NONE:
            return ""
        # What leaves the union names only those who agreed to it.
        person = self.plan.find(Person, member.person_id)
        if person is not None and not self.named and not person.may_be_named:
            return ""
        return wording.apart(wording.flat(self.free(member.name))) or self.job.leader_name(member.person_id)

    def member_words(self, member: TeamMember) -> str:
        """Name a member of the event team in a sentence, or the role where this copy does not name them."""
        return self.member_name(member) or f"the {member.role}"

    def members(self, role: TeamRole) -> str:
        """Name who holds a role in the event team, with the numbers that this copy may have; empty for nobody."""
        found = self.team(role)
        named = ((self.member_name(one), self.member_phone(one)) for one in found)
        return listed(", ".join(filter(None, parts)) for parts in named) or (f"Name {ELSEWHERE}" if found else "")

    def may_stop(self) -> str:
        """Name who may stop the rally."""
        found = (one for role in TeamRole for one in self.team(role) if one.may_stop)
        return listed(dict.fromkeys(self.member_words(one) for one in found))

    def member_phone(self, member: TeamMember) -> str:
        """Give the number of a member of the event team."""
        return wording.unbroken(member.phone if self.allowed.phones else "") or self.phone(member.person_id)

    def on_the_day(self) -> tuple[str, str]:
        """Say whom to ring on the day: the event lead, or else the duty phone; a name and a number."""
        leads = self.team(TeamRole.EVENT_LEAD)
        for member in leads:
            if phone := self.member_phone(member):
                return f"{self.member_name(member)}, event lead", phone
        if not self.job.duty_phone:
            return "", ""
        # Where the lead's own number may not stand, the duty phone reaches the lead.
        lead = listed(self.member_name(member) for member in leads) if not self.allowed.phones else ""
        who = f"{lead}, event lead, through the duty phone" if lead else self.duty_contact or "Duty phone"
        return who, self.job.duty_phone

    @property
    def duty_contact(self) -> str:
        """Who answers the duty phone, where this copy names leaders."""
        dispute = self.dispute
        return dispute.duty_contact if dispute and self.allowed.leaders is Naming.FULL else ""

    def crew(self, shift: Shift) -> tuple[list[str], int]:
        """List who is on a shift, marked where not sure yet, and count the gaps; a copy without names counts people."""
        assigned = [a for a in self.plan.of(Assignment, "shift_id", shift.id) if a.state.counts]
        assigned.sort(key=lambda a: (self.plan.name_of(a.person_id).casefold(), a.id))
        if self.named:
            words = [self._crew_words(a) for a in assigned]
        else:
            words = [counted(len(assigned), "person", "people")] if assigned else []
        gaps = 0
        for role in {need.role for need in self.plan.of(Need, "shift_id", shift.id)}:
            least = sum(need.least for need in self.plan.of(Need, "shift_id", shift.id) if need.role is role)
            gaps += max(0, least - sum(a.role is role for a in assigned))
        return words, gaps

    def _crew_words(self, assignment: Assignment) -> str:
        name = self.name(assignment.person_id) + _MARKS.get(assignment.state, "")
        return ", ".join(part for part in (name, self.phone(assignment.person_id)) if part)

    def law(self, *rules: str) -> tuple[str, ...]:
        """Give the printable lines of the rules that are in force there on the rally's day."""
        return self.job.rule_words(rules, self.day)


def _names_somebody(name: str) -> bool:
    """Tell a person's name from a desk's: "Events team" is no secret."""
    parts = name.split()
    return len(parts) > 1 and not any(part[0].islower() for part in parts)


_MARKS = {
    AssignmentState.PROPOSED: " (to confirm)",
    AssignmentState.ASKED: " (asked)",
    AssignmentState.RECONFIRM: " (to reconfirm)",
}
