"""Who must be told that a strike day is off, and how each of them is reached: for the cascade and the notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from rallyapp.domain import law, stand_down
from rallyapp.domain.decisions import Decision, decision_on
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import Picket, Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Contact, Rally, RallyDay, Speaker, TeamMember
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.stand_down import Tell
from rallyapp.domain.tells import ContactAttempt
from rallyapp.domain.words import capital
from rallyapp.prints.job import Job
from rallyapp.prints.wording import apart, flat, unbroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How somebody is reached: their name and for whom they are, the number or address, and in which way."""

    name: str
    of: str = ""
    number: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """A strike day, the decision that holds for it, and everybody who must hear of it, in order."""

    job: Job
    day: StrikeDay
    decision: Decision | None
    tells: tuple[Tell, ...]

    @classmethod
    def of(cls, job: Job) -> Telling:
        """Find everything; raises UserError where the strike day is gone."""
        day = job.plan.find(StrikeDay, job.about)
        if day is None:
            raise UserError("That strike day is not in the plan any more: choose another one.")
        decision = decision_on(job.plan, day)
        tells = stand_down.cascade(
            job.plan,
            [day.id],
            now=_seen_from(job, day, decision),
            stand_down=decision.stand_down_id if decision else None,
        )
        return cls(job, day, decision, tells)

    @property
    def off(self) -> bool:
        """Say whether the day is stood down."""
        return self.day.stood_down

    def said(self, words: str) -> str:
        """Give words that name who is in charge of a picket, as the law of the day calls them."""
        leader = law.supervisor_word(self.job.rules, self.job.where, self.day.first_date)
        usual = str(Role.SUPERVISOR)
        return words.replace(usual, leader).replace(capital(usual), capital(leader))

    def tries(self, tell: Tell) -> tuple[ContactAttempt, ...]:
        """List what came of trying to tell somebody, in order of time."""
        if self.decision is None or self.decision.stand_down_id is None:
            return ()
        found = [
            each
            for each in self.job.plan.of(ContactAttempt, "stand_down_id", self.decision.stand_down_id)
            if (each.person_id, each.contact_id, each.speaker_id, each.stall_id, each.name.strip()) == tell.key
        ]
        return tuple(sorted(found, key=lambda each: (each.at, each.id)))

    def reach(self, tell: Tell) -> Reach:
        """Say how somebody is reached, as far as this copy may."""
        job, plan = self.job, self.job.plan
        person = plan.find(Person, tell.person_id)
        if person is not None:
            return _of_person(job, person)
        contact = plan.find(Contact, tell.contact_id)
        if contact is not None:
            return _outside(job, contact.name, contact.organisation, contact.phone, contact.email)
        speaker = plan.find(Speaker, tell.speaker_id)
        if speaker is not None:
            return _outside(job, speaker.name, speaker.organisation, speaker.contact)
        stall = plan.find(Stall, tell.stall_id)
        if stall is not None:
            return _of_stall(job, plan, stall)
        named = [member for member in plan.all(TeamMember) if member.name == tell.name]
        number = next((member.phone for member in named if member.phone), "") if job.allowed.phones else ""
        return Reach(name=apart(flat(tell.name)), number=unbroken(number))


def _seen_from(job: Job, day: StrikeDay, decision: Decision | None) -> datetime:
    """Say from when to look: the decision; before one, now; of a day that is over, its beginning."""
    if decision is not None and decision.at is not None:
        return min(decision.at, day.window.start) if decision.at >= day.window.end else decision.at
    return day.window.start if job.printed >= day.window.end else job.printed


def _of_person(job: Job, person: Person) -> Reach:
    name, number = job.name(person.id), job.phone(person.id)
    mail = person.email if job.allowed.phones else ""
    if person.channel is Channel.EMAIL and mail:
        return Reach(name=name, number=mail, how=f"by {person.channel}{f', or {number}' if number else ''}")
    how = {Channel.TEXT: "text", Channel.PHONE: "ring", Channel.EMAIL: "ring", Channel.REP: "through a rep"}
    return Reach(name=name, number=number or mail, how=how[person.channel] if number else "")


def _outside(job: Job, name: str, of: str, number: str, mail: str = "") -> Reach:
    named, of = job.outside(apart(flat(name))), apart(flat(of))
    first = job.outside(unbroken(flat(number or mail)))
    return Reach(
        name=named or of, of=of if named else "", number=first, how=job.outside(mail) if number and mail else ""
    )


def _of_stall(job: Job, plan: Plan, stall: Stall) -> Reach:
    partner = plan.get(Partner, stall.partner_id)
    who = stall.on_day_contact or partner.contact_name
    number = stall.on_day_phone or partner.contact_phone or partner.contact_email
    asked = f"ask for {apart(flat(who))}" if who else ""
    return Reach(
        name=f"{apart(flat(partner.name))} stall", number=job.outside(unbroken(number)), how=job.outside(asked)
    )


def action_words(job: Job, day: StrikeDay) -> str:
    """Say what the strike day asks of whom: Full walkout by junior doctors."""
    by = flat(job.say(day.called_out))
    return f"{capital(day.kind)}{f' by {by}' if by else ''}"


def what_stands(plan: Plan, day: StrikeDay) -> Iterator[Picket | Rally | Stall]:
    """List what belongs to a strike day, in the order in which it is told: pickets, rallies, then their stalls."""
    pickets = sorted(
        plan.of(Picket, "strike_day_id", day.id), key=lambda each: (plan.picket_words(each), each.starts, each.id)
    )
    rallies = sorted(
        (plan.get(Rally, link.rally_id) for link in plan.of(RallyDay, "strike_day_id", day.id)),
        key=lambda each: (each.starts, each.id),
    )
    yield from pickets
    yield from rallies
    stalls = [stall for each in pickets for stall in plan.of(Stall, "picket_id", each.id)]
    stalls += [stall for each in rallies for stall in plan.of(Stall, "rally_id", each.id)]
    yield from sorted(stalls, key=lambda each: (plan.line_words(each).casefold(), each.id))
