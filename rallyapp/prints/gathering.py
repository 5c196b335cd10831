"""What a rally's papers beside its plan say alike: its team, its places, and what the organiser wrote.

A copy that leaves the union names nobody but those who agreed to be named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rallyapp.domain import stand_down
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Shift
from rallyapp.domain.places import Site, Venue
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Override, PlanNote, Rally, Section, TeamMember, TeamRole
from rallyapp.domain.team import team_of
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.domain.words import capital, listed
from rallyapp.prints.audience import Naming
from rallyapp.prints.blocks import Block, prose
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.wording import apart, flat, from_day, position_words, unbroken

_NOT_SURE = {
    AssignmentState.PROPOSED: " (to confirm)",
    AssignmentState.ASKED: " (asked)",
    AssignmentState.RECONFIRM: " (to reconfirm)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether a rally goes ahead: the banner's word, the sentence beside it, and whether it is off."""

    word: str
    words: str
    off: bool = False


@dataclass(frozen=True, slots=True)
class Gathering:
    """One rally and its venue, and the job for which they are printed."""

    job: Job
    rally: Rally
    venue: Venue

    @classmethod
    def of(cls, job: Job) -> Gathering:
        """Find the rally of a job; raises UserError where the plan has none."""
        if job.rally is None:
            raise UserError(f"There is nothing to print: the plan has no such rally for the {job.document.words}.")
        return cls(job, job.rally, job.plan.get(Venue, job.rally.venue_id))

    # ------------------------------------------------------------------------------------ when and where
    @property
    def day(self) -> date:
        """The rally's day."""
        return self.rally.starts.date()

    def clock(self, when: datetime) -> str:
        """Write a time, with its day where that isn't the rally's."""
        return from_day(when, self.day)

    @property
    def address(self) -> str:
        """The venue's address on one line."""
        return address_words(self.job, self.venue)

    @property
    def place(self) -> str:
        """The venue with its address, each once."""
        return ", ".join(dict.fromkeys(part for part in (called(self.job, self.venue.name), self.address) if part))

    @property
    def map_reference(self) -> str:
        """Where the venue is on a map."""
        return flat(self.job.say(self.venue.map_reference)) or position_words(self.venue.lat, self.venue.lon)

    # ---------------------------------------------------------------------------------------------- who
    def leader(self, member: TeamMember) -> str:
        """Name a member of the event team, as this copy may."""
        person, allowed = self.job.plan.find(Person, member.person_id), self.job.allowed
        if person is None:
            return apart(flat(self.job.say(member.name))) if allowed.leaders is Naming.FULL else ""
        return self.job.leader_name(person.id)

    def leader_phone(self, member: TeamMember) -> str:
        """Give the number of a member of the event team, where this copy may have it."""
        own = unbroken(member.phone) if self.job.allowed.phones else ""
        return own or self.job.phone(member.person_id)

    def reached(self, role: TeamRole) -> str:
        """Name who holds a role, with their numbers where this copy may have them; empty where it can't."""
        return listed(
            ", ".join(part for part in (self.leader(member), self.leader_phone(member)) if part)
            for member in team_of(self.job.plan, self.rally.id, role)
            if self.leader(member)
        )

    def named(self, role: TeamRole) -> str:
        """Name who holds a role; empty where nobody does or this copy may not name them."""
        return listed(dict.fromkeys(self.leader(member) for member in team_of(self.job.plan, self.rally.id, role)))

    def may_stop(self) -> str:
        """Name who may stop the event; empty where nobody is entered or this copy may not name them."""
        return listed(
            dict.fromkeys(
                self.leader(member)
                for role in TeamRole
                for member in team_of(self.job.plan, self.rally.id, role)
                if member.may_stop
            )
        )

    # --------------------------------------------------------------------------------- what was written
    def written(self, section: Section) -> str:
        """Give what the organiser wrote for a section, as this copy may."""
        notes = self.job.plan.of(PlanNote, "rally_id", self.rally.id)
        found = sorted((note for note in notes if note.section is section), key=lambda note: note.id)
        return self.job.say("\n\n".join(note.text for note in found))

    def prose(self, section: Section) -> Iterator[Block]:
        """Give the organiser's words for a section as paragraphs and lists; nothing where there are none."""
        yield from prose(self.written(section))

    # ----------------------------------------------------------------------------------- how it stands
    @property
    def standing(self) -> Standing:
        """Say whether it goes ahead, and how far its plan has come."""
        rally, status = self.rally, stand_down.of_rally(self.job.plan, self.rally)
        if not status.on:
            # A reason that somebody wrote down is for those who may read remarks; a strike day's state is not one.
            hidden = rally.override is Override.STOOD_DOWN and not self.job.allowed.remarks
            why = "This rally does not take place" if hidden else self.job.say(capital(status.why))
            return Standing(word="STOOD DOWN", words=f"{flat(why).rstrip('.')}.", off=True)
        if rally.issued_on:
            return Standing(word="ON", words=f"The plan was issued on {day_words(rally.issued_on)}.")
        return Standing(word="DRAFT", words="The plan is not issued yet: check everything before you rely on it.")

    def head(self, kind: str, *, banner: bool = True) -> dict[str, Any]:
        """Give what stands at the head of a sheet about the rally; one that is off always says so."""
        standing = self.standing
        shown = banner or standing.off
        return {
            "kind": kind,
            "heading": flat(self.job.say(self.rally.title)),
            "owner": self.job.owner,
            "place": self.place,
            "when": long_day_words(self.day),
            "hours": self.rally.words,
            "note": capital(self.rally.kind),
            "status": standing.word if shown else "",
            "status_words": standing.words if shown else "",
            "off": standing.off,
            "phone": self.job.duty_phone if shown else "",
            "phone_of": duty_contact(self.job) if shown else "",
        }


def crew_of(job: Job, shift: Shift) -> tuple[tuple[str, ...], int]:
    """List who is on a shift as this copy may name them, with what is not sure, and count the gaps."""
    on = sorted(
        (each for each in job.plan.of(Assignment, "shift_id", shift.id) if each.state.counts),
        key=lambda each: (job.plan.name_of(each.person_id).casefold(), each.id),
    )
    names = []
    for each in on:
        if name := job.name(each.person_id):
            phone = job.phone(each.person_id)
            names.append(name + _NOT_SURE.get(each.state, "") + (f", {phone}" if phone else ""))
    return tuple(names), _gaps(job, shift, on)


def _gaps(job: Job, shift: Shift, on: Iterable[Assignment]) -> int:
    """Count who is still needed on a shift at least; none where it does not go ahead."""
    if not stand_down.of_shift(job.plan, shift).on:
        return 0
    known, least = list(on), dict[str, int]()
    for need in job.plan.of(Need, "shift_id", shift.id):
        least[need.role] = least.get(need.role, 0) + need.least
    return sum(max(0, wanted - sum(each.role == role for each in known)) for role, wanted in least.items())


def address_words(job: Job, place: Site | Venue) -> str:
    """Give a place's address with its postcode on one line, as this copy may."""
    return ", ".join(flat(part) for part in (job.say(place.address), unbroken(place.postcode)) if part)


def duty_contact(job: Job) -> str:
    """Say who answers the duty phone; a copy that leaves the union says the number alone."""
    if job.dispute is None or job.allowed.names is Naming.NONE:
        return ""
    return flat(job.say(job.dispute.duty_contact))
