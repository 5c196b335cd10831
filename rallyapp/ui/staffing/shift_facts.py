"""What the inspector says about a shift, read from the part of the plan around it; nothing here knows a window."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from rallyapp import carried
from rallyapp.domain import stand_down
from rallyapp.domain.assigning import role_for
from rallyapp.domain.eligibility import Book, Reason, why_not
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.situation import need_words
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import day_words
from rallyapp.rota.suggest import reason_words
from rallyapp.rota.wording import role_word
from rallyapp.ui.models.fill import Tone, tone_of

AT_PICKET = (Role.SUPERVISOR, Role.PICKET, Role.STANDBY, Role.SUPPORTER, Role.OFFICIAL)
AT_POST = (Role.STEWARD, Role.CHIEF_STEWARD, Role.FIRST_AIDER, Role.MC, Role.STANDBY)
AT_STALL = (Role.STALL, Role.STANDBY, Role.SUPPORTER)
_BY_ROLE = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """Somebody on a shift, as what, and what speaks against it."""

    row: Assignment
    person: Person
    role: str
    against: tuple[Reason, ...]

    @property
    def against_words(self) -> str:
        """What speaks against it, in one line; nothing where nothing does."""
        return "; ".join(reason_words(self.person, reason) for reason in self.against)

    @property
    def state(self) -> str:
        """How firm it is, in words."""
        words = _STATES.get(self.row.state, str(self.row.state))
        return f"{words}, pinned" if self.row.pinned else words


_STATES = {
    AssignmentState.PROPOSED: "proposed",
    AssignmentState.ASKED: "asked",
    AssignmentState.RECONFIRM: "must be told again",
    AssignmentState.DECLINED: "said no",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFact:
    """A need, in the word of that day's law, and how many there are for it."""

    need: Need
    word: str
    have: int

    @property
    def missing(self) -> int:
        """How many it is below its least."""
        return max(0, self.need.least - self.have)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftFacts:
    """One shift with what it needs and who is on it. ``off`` says why it is stood down; empty where it goes ahead."""

    plan: Plan
    book: Book
    shift: Shift
    title: str
    where: str
    needs: tuple[NeedFact, ...]
    on: tuple[Staffed, ...]
    gone: tuple[Staffed, ...]
    off: str
    stood_down: bool

    @property
    def missing(self) -> int:
        """How many places are below the least."""
        return sum(each.missing for each in self.needs)

    @property
    def heads(self) -> int:
        """How many of those there fill a need."""
        return sum(min(each.have, each.need.most) for each in self.needs)

    @property
    def wished(self) -> int:
        """How many places are wished."""
        return sum(each.need.wished for each in self.needs)

    @property
    def tone(self) -> Tone:
        """How full it is."""
        least = sum(each.need.least for each in self.needs)
        return tone_of(heads=self.heads, least=least, missing=self.missing, on=not self.stood_down)

    @property
    def state(self) -> str:
        """How full it is, in words: "1 more needed"."""
        match self.tone:
            case Tone.OFF:
                return "Stood down"
            case Tone.NOBODY:
                return f"Nobody yet, {self.missing} needed"
            case Tone.SHORT:
                return f"{self.missing} more needed"
        if not self.needs:
            return "Needs nobody"
        left = self.wished - self.heads
        return f"Enough, {left} more wished" if left > 0 else "Full"

    @property
    def day(self) -> str:
        """The day in words."""
        return day_words(self.shift.starts.date())

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles that somebody can have there, those that are needed first."""
        usual = AT_PICKET if self.shift.picket_id else AT_POST if self.shift.post_id else AT_STALL
        first = self.plan.usual_role(self.plan.line_of(self.shift)) if self.shift.post_id else usual[0]
        return tuple(dict.fromkeys((*(each.need.role for each in self.needs), first, *usual)))

    def word(self, role: Role) -> str:
        """Name a role in the word of that day's law."""
        return role_word(self.plan, self.shift, role)

    @property
    def again(self) -> tuple[Staffed, ...]:
        """Those who know an older time or place, and must be told again."""
        return tuple(each for each in self.on if each.row.state is AssignmentState.RECONFIRM)

    @property
    def open(self) -> tuple[Role, Skill | None]:
        """What is most needed: the first need below its least, else below its wish, else the usual role there."""
        for each in self.needs:
            if each.missing:
                return each.need.role, each.need.skill
        for each in self.needs:
            if each.have < each.need.wished:
                return each.need.role, each.need.skill
        return self.plan.usual_role(self.plan.line_of(self.shift)), None

    def skill_for(self, role: Role) -> Skill | None:
        """Name the further skill that is still missing among those of a role."""
        return next((each.need.skill for each in self.needs if each.need.role is role and each.missing), None)

    def on_row(self, person: PersonId) -> Assignment | None:
        """Give somebody's assignment to this shift, whatever its state."""
        return next((each.row for each in (*self.on, *self.gone) if each.person.id == person), None)


def facts_of(plan: Plan, id: ShiftId, book: Book | None = None) -> ShiftFacts | None:
    """Put together what there is to say of a shift; None where the plan has no such shift.

    ``book`` is that of the plan, for who asks about several shifts of it.
    """
    shift = plan.find(Shift, id)
    if shift is None:
        return None
    book = book or Book(plan)
    rows = sorted(
        plan.of(Assignment, "shift_id", id),
        key=lambda row: (_BY_ROLE[row.role], plan.name_of(row.person_id).casefold(), row.id),
    )
    staffed = [_staffed(plan, book, shift, row) for row in rows]
    status = stand_down.of_shift(plan, shift)
    host, place = plan.host(shift), plan.place_of(plan.host(shift)).name
    rally = plan.find(Rally, host.rally_id) if isinstance(host, Stall) else host
    return ShiftFacts(
        plan=plan,
        book=book,
        shift=shift,
        title=plan.line_name(shift),
        where=f"{rally.title}, {place}" if isinstance(rally, Rally) else place,
        needs=_needs(plan, shift),
        on=tuple(each for each in staffed if each.row.state.counts),
        gone=tuple(each for each in staffed if not each.row.state.counts),
        off=status.why,
        stood_down=not status.on,
    )


def _staffed(plan: Plan, book: Book, shift: Shift, row: Assignment) -> Staffed:
    person = plan.get(Person, row.person_id)
    against: tuple[Reason, ...] = ()
    if row.state.counts and not row.overridden:
        against = why_not(person, shift, book, role=row.role)
    return Staffed(row=row, person=person, role=role_word(plan, shift, row.role), against=against)


def _needs(plan: Plan, shift: Shift) -> tuple[NeedFact, ...]:
    rows = [row for row in plan.of(Assignment, "shift_id", shift.id) if row.state.counts]
    skills = {row.person_id: {s.skill for s in plan.of(PersonSkill, "person_id", row.person_id)} for row in rows}
    found = []
    for need in sorted(plan.of(Need, "shift_id", shift.id), key=lambda n: (_BY_ROLE[n.role], n.skill or "", n.id)):
        there = [row for row in rows if row.role is need.role]
        have = sum(need.skill is None or need.skill in skills[row.person_id] for row in there)
        found.append(NeedFact(need=need, word=need_words(plan, carried.law(), shift, need), have=have))
    return tuple(found)


def judged(facts: ShiftFacts, people: Iterable[PersonId], role: Role) -> dict[PersonId, tuple[Reason, ...]]:
    """Say of people what speaks against each; their records must be in the facts' part of the plan."""
    found = {}
    for id in people:
        person = facts.plan.find(Person, id)
        if person is not None:
            found[id] = why_not(person, facts.shift, facts.book, role=role, skill=facts.skill_for(role))
    return found


def verdict_of(facts: ShiftFacts, person_id: PersonId) -> tuple[bool, str]:
    """Say whether somebody can be put on a shift, and in a sentence why not, or what speaks against it."""
    person = facts.plan.find(Person, person_id)
    if person is None:
        return False, "This person is no longer in the plan."
    row = facts.on_row(person_id)
    if row is not None and row.state.counts:
        return False, f"{person.name} is on this shift already, as {facts.word(row.role)}."
    role = role_for(facts.plan, facts.shift.id, person_id)
    reasons = judged(facts, [person_id], role)[person_id]
    if not reasons:
        return True, f"{person.name} can come, as {facts.word(role)}."
    said = reasons[0].sentence.rstrip(".")
    return (False, f"{said}.") if reasons[0].blocks else (True, f"With a warning: {said}.")


def totals(many: Collection[ShiftFacts]) -> tuple[int, int, int]:
    """Add up shifts that go ahead: heads that fill a need, places wished, and places below the least."""
    going = [each for each in many if not each.stood_down]
    return sum(each.heads for each in going), sum(each.wished for each in going), sum(each.missing for each in going)
