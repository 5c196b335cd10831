"""What a picket supervisor's papers are written from: one picket and everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Picket, Presence, Role, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus, Site
from rallyapp.domain.rallies import Contact, KitItem
from rallyapp.domain.times import Span, clock_fault, long_day_words, span_words
from rallyapp.domain.words import capital
from rallyapp.prints.audience import Naming
from rallyapp.prints.blocks import Block
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.picket_head import BANNERS
from rallyapp.prints.rota_rows import picket_of
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import flat, position_words, unbroken

LAND_WORDS = {
    LandStatus.UNKNOWN: "not known whose",
    LandStatus.HIGHWAY: "public highway",
    LandStatus.PERMITTED: "private, by permission",
    LandStatus.PRIVATE: "PRIVATE, NO PERMISSION: find the nearest lawful place",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A stretch of time and who is in charge in it; nobody where no one is assigned."""

    key: str  # the id of its first shift
    starts: datetime
    ends: datetime
    leaders: tuple[Assignment, ...]

    @property
    def words(self) -> str:
        """Its time in words."""
        return span_words(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Source:
    """One picket, its entrance and site, its strike day, its shifts in order, and the job that it is printed for."""

    job: Job
    picket: Picket
    day: StrikeDay
    entrance: Entrance
    site: Site
    employer: Employer | None
    shifts: tuple[Shift, ...]

    @classmethod
    def of(cls, job: Job) -> Source:
        """Find everything about the picket whose id is ``job.about``; raises UserError where it is gone."""
        plan = job.plan
        picket = picket_of(job)
        entrance = plan.get(Entrance, picket.entrance_id)
        site = plan.get(Site, entrance.site_id)
        shifts = sorted(plan.of(Shift, "picket_id", picket.id), key=lambda shift: (shift.starts, shift.ends, shift.id))
        day = plan.get(StrikeDay, picket.strike_day_id)
        return cls(job, picket, day, entrance, site, plan.employer_of(site), tuple(shifts))

    # ------------------------------------------------------------------------------------ when and what law
    @property
    def ends(self) -> datetime | None:
        """When the picket ends: as announced, or else with its last shift; None where neither is known."""
        return self.picket.ends or max((shift.ends for shift in self.shifts), default=None)

    @property
    def dates(self) -> tuple[date, ...]:
        """The calendar days that the picket touches."""
        if self.ends is None or self.ends <= self.picket.starts:
            return (self.picket.starts.date(),)
        return Span(self.picket.starts, self.ends).days()

    def in_force(self, rule: str) -> bool:
        """Say whether a rule is in force on any of the picket's days."""
        return any(self.job.rules.in_force(rule, self.job.where, on) for on in self.dates)

    def say(self, *rules: str) -> tuple[str, ...]:
        """Give the printable sentences of the rules that are in force on the picket's days."""
        found = (self.job.rules.rule(id) for id in rules if self.in_force(id))
        return tuple(rule.say for rule in found if rule.say)

    def half_hours(self) -> tuple[datetime, ...]:
        """List the half-hours at which heads are counted, both ends included; none where the end is not known."""
        if self.ends is None:
            return ()
        many = (self.ends - self.picket.starts) // timedelta(minutes=30)
        times = (self.picket.starts + timedelta(minutes=30 * n) for n in range(many + 1))
        return tuple(at for at in times if not clock_fault(at))

    @property
    def leader(self) -> str:
        """What whoever is in charge is called by the law of the picket's days."""
        words = {law.supervisor_word(self.job.rules, self.job.where, on) for on in self.dates}
        return words.pop() if len(words) == 1 else "picket supervisor or organiser"

    # -------------------------------------------------------------------------------------------- who
    def assigned(self, shift: Shift, *roles: Role) -> tuple[Assignment, ...]:
        """List who is counted on for a shift (in these roles, if any are given), the surest first, then by name."""
        found = [
            one
            for one in self.job.plan.of(Assignment, "shift_id", shift.id)
            if one.state.counts and (not roles or one.role in roles)
        ]
        return tuple(
            sorted(
                found,
                key=lambda one: (
                    list(Role).index(one.role),
                    one.state is not AssignmentState.CONFIRMED,
                    self.job.plan.name_of(one.person_id).casefold(),
                    one.id,
                ),
            )
        )

    def going(self, shift: Shift) -> bool:
        """Say whether a shift goes ahead."""
        return stand_down.of_shift(self.job.plan, shift).on

    def watches(self) -> tuple[Watch, ...]:
        """List who is in charge when: shifts that follow each other under the same people are one stretch."""
        found: list[Watch] = []
        shifts = [shift for shift in self.shifts if self.off or self.going(shift)]
        for shift in shifts:
            leaders = self.assigned(shift, Role.SUPERVISOR)
            who = {one.person_id for one in leaders}
            if found and found[-1].ends == shift.starts and {one.person_id for one in found[-1].leaders} == who:
                found[-1] = replace(found[-1], ends=shift.ends)
            else:
                found.append(Watch(key=shift.id, starts=shift.starts, ends=shift.ends, leaders=leaders))
        return tuple(found)

    def within_call(self, one: Assignment) -> bool:
        """Say whether somebody in charge is to be reached instead of standing there."""
        return one.presence is Presence.CONTACTABLE

    def agreed_name(self, one: Assignment) -> str:
        """Name somebody in charge for a paper that leaves the union: only who agreed to be named, or else nobody."""
        person = self.job.plan.find(Person, one.person_id)
        return self.job.leader_name(one.person_id) if person and person.may_be_named else ""

    def outgoing(self, text: str) -> str:
        """Give what an organiser wrote, for a paper that leaves the union."""
        return self.job.say_outside(text)

    @property
    def full(self) -> bool:
        """Say whether this copy names everybody in full."""
        return self.job.allowed.names is Naming.FULL

    def written(self, text: str) -> str:
        """Give what was written on the day, which may name anybody; only where this copy names people in full."""
        if self.full:
            return self.job.say(text)
        return "(on the organiser\u2019s copy)" if text else ""

    # ------------------------------------------------------------------------------------------ where
    @property
    def address(self) -> str:
        """The site's address on one line, as it may leave the union."""
        return self.outgoing(", ".join(part for part in (self.site.address, unbroken(self.site.postcode)) if part))

    @property
    def workplace(self) -> str:
        """The site's name and address, as they may leave the union."""
        return ", ".join(part for part in (called(self.job, self.site.name), self.address) if part)

    @property
    def map_reference(self) -> str:
        """Where it is on a map, as it may leave the union."""
        return self.outgoing(self.entrance.map_reference) or position_words(self.site.lat, self.site.lon)

    @property
    def most(self) -> int:
        """How many official pickets are the most at this entrance at one time."""
        return self.entrance.official_max

    # ----------------------------------------------------------------------------------------- around it
    def contacts(self) -> tuple[Contact, ...]:
        """List those outside the roster who concern the whole plan; none where this copy may not name them."""
        if not self.job.allowed.outside:
            return ()
        found = self.job.plan.of(Contact, "rally_id", None)
        return tuple(sorted(found, key=lambda one: (one.kind, one.name, one.id)))

    def kit(self) -> tuple[KitItem, ...]:
        """List what every picket should have, in order."""
        found = self.job.plan.of(KitItem, "rally_id", None)
        return tuple(sorted(found, key=lambda item: (item.position, item.what, item.id)))

    @property
    def off(self) -> bool:
        """Say whether the picket does not go ahead."""
        return not stand_down.of_picket(self.job.plan, self.picket).on

    def status(self) -> tuple[str, str]:
        """Give the banner: one word for where it stands, and a sentence."""
        status = stand_down.of_picket(self.job.plan, self.picket)
        if not status.on:
            return "STOOD DOWN", self.job.say(capital(status.why).rstrip(".") + ".")
        return BANNERS[self.day.state]

    @property
    def strike(self) -> str:
        """The kind of strike and who was called out: "Full walkout by junior doctors"."""
        by = self.outgoing(self.day.called_out)
        return f"{capital(self.day.kind)}{f' by {by}' if by else ''}"

    @property
    def date_words(self) -> str:
        """The picket's first day, written out."""
        return long_day_words(self.picket.starts.date())

    def sheet(self, kind: str, blocks: Iterable[Block], *, banner: bool = True, foot: str = "") -> Sheet:
        """Put blocks on a sheet that is headed by the picket; a picket that is off always says so."""
        made = tuple(blocks)
        status, words = self.status()
        heading, place = flat(self.job.say(self.entrance.name)), listed_place(self)
        self.job.line("head", (heading, place, self.date_words, self.picket.words, status, self.job.duty_phone))
        if self.job.lines.changed and not self.off:
            words = f"{status.capitalize()}: {words[0].lower()}{words[1:]} Take the old copy back."
            status = f"CHANGED SINCE VERSION {self.job.since}"
        if not (banner or self.off):
            status, words = "", ""
        return Sheet(
            kind=kind,
            heading=heading,
            owner=self.job.owner,
            place=place,
            when=self.date_words,
            hours=f"Picket {self.picket.words}",
            note=self.strike,
            status=status,
            status_words=words,
            off=self.off,
            phone=self.job.duty_phone if status else "",
            blocks=made,
            foot=foot,
        )


def listed_place(source: Source) -> str:
    """Name a picket's site and its employer, once where they have one name."""
    names = (source.site.name, source.employer.name if source.employer else "")
    return ", ".join(part for part in dict.fromkeys(called(source.job, name) for name in names) if part)
