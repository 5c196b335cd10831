"""Whom to ask for one shift: people ranked, each with why or why not.

``eligibility.why_not`` is the only judge; the indexes of ``known`` keep it from being asked about people who
offered nothing that day, work elsewhere or lack the skill, of whom there may be thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from rallyapp.domain.eligibility import Reason, Why, welcome_at, why_not
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import CoverKind, Liking, Person, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import minutes_words
from rallyapp.rota.known import Asked, Key, Known
from rallyapp.rota.wording import role_word, skill_word


class Group(IntEnum):
    """How a suggestion stands: those of a lower number are asked first."""

    FITS = 0
    WARNED = 1
    BLOCKED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One person for one shift, with everything that speaks against it and what is good to know, in words.

    ``moves`` are the shifts that they would have to leave, and ``if_moved`` what then would still speak against
    it. ``here_as`` is the role in which they are on this very shift already. ``minutes`` is what they do so far.
    """

    person: Person
    group: Group
    reasons: tuple[Reason, ...]
    words: str
    minutes: int
    moves: tuple[ShiftId, ...] = ()
    if_moved: tuple[Reason, ...] = ()
    here_as: Role | None = None
    apart_from: tuple[PersonId, ...] = ()

    @property
    def fits(self) -> bool:
        """Say whether nothing speaks against it: what ``eligibility.may`` says."""
        return not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """The people worth a look, ranked; and how many do not fit, by the first reason found, most first.

    ``more`` says that a limit was reached before everybody was judged: more may fit, and more may not.
    """

    people: tuple[Suggestion, ...]
    against: Mapping[Why, int]
    more: bool

    def of(self, group: Group) -> tuple[Suggestion, ...]:
        """List the suggestions of one group."""
        return tuple(each for each in self.people if each.group is group)

    @property
    def against_words(self) -> str:
        """Say how many do not fit, and why: "2 are on another shift then, 1 is kept by work"; nothing for nobody."""
        return ", ".join(f"{many:,} {why if many == 1 else _of_many(why)}" for why, many in self.against.items())


_MANY = {"is": "are", "has": "have", "lacks": "lack", "works": "work"}


def _of_many(why: Why) -> str:
    verb, _, rest = why.partition(" ")
    return f"{_MANY.get(verb, verb)} {rest}"


def suggest(
    plan: Plan | Suggester,
    shift: Shift,
    *,
    role: Role,
    skill: Skill | None = None,
    without: Collection[PersonId] = (),
    limit: int | None = 50,
) -> Suggestions:
    """Rank people for a shift in a role; see ``Suggester.suggest``, which is quicker for several shifts."""
    ready = plan if isinstance(plan, Suggester) else Suggester(plan)
    return ready.suggest(shift, role=role, skill=skill, without=without, limit=limit)


# What can be talked over comes first.
_ORDER = (
    Why.DAY_LIMIT,
    Why.TOTAL_LIMIT,
    Why.REST,
    Why.TRAVEL,
    Why.NOT_SAID,
    Why.NOT_FREE,
    Why.NOT_ADULT,
    Why.NEVER_THERE,
    Why.OTHER_WORKPLACE,
    Why.LACKS_SKILL,
    Why.NOT_IN_DISPUTE,
    Why.DECLINED,
    Why.LEFT,
    Why.OVERLAP,
    Why.PARTNERS_OWN,
    Why.DUTY,
)
_HARD = {why: place for place, why in enumerate(_ORDER)}


@dataclass(frozen=True, slots=True)
class _Judged:
    """Somebody who was judged: what speaks against them, and what would if they left ``moves`` for it."""

    key: Key
    person: Person
    reasons: tuple[Reason, ...]
    apart_from: tuple[PersonId, ...]
    moves: tuple[ShiftId, ...]
    if_moved: tuple[Reason, ...]
    stranded: int  # how many of the shifts that they would leave would then be short

    @property
    def group(self) -> Group:
        if any(reason.blocks for reason in self.reasons):
            return Group.BLOCKED
        return Group.WARNED if self.reasons or self.apart_from else Group.FITS

    @property
    def place(self) -> tuple[object, ...]:
        """Where they stand in the list: the group, then what is hardest to talk over, then the price."""
        left = self.if_moved if self.moves else self.reasons
        hardest = max((_HARD[reason.why] for reason in left), default=-1)
        return (self.group, hardest, self.stranded, len(left), len(self.apart_from), len(self.moves), self.key)

    @property
    def ready_to_move(self) -> bool:
        """Say whether only one shift that can spare them keeps them from it: nobody blocked stands before these."""
        return len(self.moves) == 1 and not self.if_moved and not self.apart_from and not self.stranded


class Suggester:
    """A plan made ready for many questions; make a new one when the plan has changed.

    Making it reads all people, offers and assignments: some 0.2 s for 5,000 people.
    """

    def __init__(self, plan: Plan) -> None:
        """Read who works where, can do what, offered which day and does how much."""
        self.plan = plan
        self._known = Known(plan)
        self._book = self._known.book

    def suggest(
        self,
        shift: Shift,
        *,
        role: Role,
        skill: Skill | None = None,
        without: Collection[PersonId] = (),
        limit: int | None = 50,
    ) -> Suggestions:
        """Rank people for a shift in a role: those who fit first, then the warned, then the blocked.

        ``skill`` is a further skill that is needed, ``without`` are people to leave out, as if they were not
        there. With a limit it stops as soon as so many fit, and the list is the beginning of the whole one; without
        one it judges all who offered something that day. The others are counted, and listed by ``others``.
        """
        asked = self._asked(shift, role, skill, without)
        sifted = self._known.sifted(asked, without)
        judged: list[_Judged] = []
        against = Counter({why: len(ids) for why, ids in sifted.ruled_out})
        against[Why.LEFT] = self._known.left
        fitting = 0
        for key, id in self._known.in_order(asked, sifted.worth):
            judged.append(self._judged(asked, id, key))
            fitting += judged[-1].group is Group.FITS
            if limit is not None and fitting >= limit:
                break
        more = limit is not None and fitting >= limit
        if not more:
            blocked = list(self._blocked(asked, sifted.busy, limit))
            judged += blocked
            against[Why.OVERLAP] += len(sifted.busy) - len(blocked)
        against.update(one.reasons[0].why for one in judged if one.reasons)
        judged.sort(key=lambda one: one.place)
        return Suggestions(
            people=tuple(self._told(asked, one) for one in judged[:limit]),
            against=dict((+against).most_common()),
            more=more,
        )

    def others(
        self, shift: Shift, *, role: Role, skill: Skill | None = None, without: Collection[PersonId] = ()
    ) -> Iterator[Suggestion]:
        """Judge those whom one fact rules out, one by one as they are asked for: by that fact, then by name."""
        asked = self._asked(shift, role, skill, without)
        for _, ids in self._known.sifted(asked, without).ruled_out:
            for id in filter(ids.__contains__, self._known.by_name):
                yield self._told(asked, self._judged(asked, id, ()))

    def _asked(self, shift: Shift, role: Role, skill: Skill | None, without: Collection[PersonId]) -> Asked:
        there = {
            each.person_id: each.role
            for each in self.plan.of(Assignment, "shift_id", shift.id)
            if each.state.counts and each.person_id not in without
        }
        return Asked(shift, role, skill, there)

    # ------------------------------------------------------------------------------------------- one person
    def _blocked(self, asked: Asked, busy: set[PersonId], limit: int | None) -> Iterator[_Judged]:
        """Judge those on another shift then, until so many are found who are ready to move."""
        ready = 0
        for key, id in self._known.in_order(asked, busy):
            if limit is not None and ready >= limit:
                return
            one = self._judged(asked, id, key)
            ready += one.ready_to_move
            yield one

    def _judged(self, asked: Asked, id: PersonId, key: Key) -> _Judged:
        person = self._known.people[id]
        reasons = self._why_not(asked, person)
        moves: tuple[ShiftId, ...] = ()
        if_moved: tuple[Reason, ...] = ()
        if reasons and not any(reason.why in (Why.DUTY, Why.PARTNERS_OWN) for reason in reasons):
            moves = tuple(each.other_shift for each in reasons if each.why is Why.OVERLAP and each.other_shift)
            if_moved = self._if_moved(asked, person, moves) if moves else ()
        apart = self._known.apart.get(id)
        apart_from = tuple(sorted(apart.intersection(asked.there))) if apart else ()
        stranded = sum(self._short_without(person, self.plan.get(Shift, shift_id)) for shift_id in moves)
        return _Judged(key, person, reasons, apart_from, moves, if_moved, stranded)

    def _why_not(self, asked: Asked, person: Person) -> tuple[Reason, ...]:
        return why_not(person, asked.shift, self._book, role=asked.role, skill=asked.skill)

    def _if_moved(self, asked: Asked, person: Person, moves: tuple[ShiftId, ...]) -> tuple[Reason, ...]:
        """Say what would still speak against somebody who left those shifts."""
        for shift_id in moves:
            self._book.take(person.id, shift_id)
        try:
            return self._why_not(asked, person)
        finally:
            for shift_id in moves:
                self._book.put(person.id, shift_id)

    # ---------------------------------------------------------------------------------------------- in words
    def _told(self, asked: Asked, one: _Judged) -> Suggestion:
        return Suggestion(
            person=one.person,
            group=one.group,
            reasons=one.reasons,
            words="; ".join([*self._against_words(asked, one), ", ".join(self._good_words(asked, one.person))]),
            minutes=self._known.minutes[one.person.id],
            moves=one.moves,
            if_moved=one.if_moved,
            here_as=asked.there.get(one.person.id),
            apart_from=one.apart_from,
        )

    def _against_words(self, asked: Asked, one: _Judged) -> Iterator[str]:
        for shift_id in one.moves:
            yield self._leaving_words(one.person, self.plan.get(Shift, shift_id))
        still = [reason for reason in one.reasons if reason.why is not Why.OVERLAP]
        for reason in one.if_moved if one.moves else still:
            yield reason_words(one.person, reason)
        if one.apart_from:
            names = " and ".join(self.plan.name_of(id) for id in one.apart_from)
            yield f"is to be kept apart from {names}, who {'is' if len(one.apart_from) == 1 else 'are'} there"

    def _leaving_words(self, person: Person, other: Shift) -> str:
        """Say what it would mean to take somebody off another shift."""
        firm = any(each.state is AssignmentState.CONFIRMED for each in self._rows(person, other))
        where = f"{'has confirmed' if firm else 'is down for'} {self.plan.place_words(other)}, {other.words}"
        return f"{where}, which {'would then be short' if self._short_without(person, other) else 'can spare them'}"

    def _rows(self, person: Person, shift: Shift) -> list[Assignment]:
        rows = self.plan.of(Assignment, "person_id", person.id)
        return [each for each in rows if each.shift_id == shift.id and each.state.counts]

    def _short_without(self, person: Person, shift: Shift) -> bool:
        """Say whether a shift would have too few of somebody's role there without them."""
        needs = self.plan.of(Need, "shift_id", shift.id)
        return any(
            self._known.heads[shift.id, row.role] <= sum(need.least for need in needs if need.role is row.role)
            for row in self._rows(person, shift)
        )

    def _good_words(self, asked: Asked, person: Person) -> Iterator[str]:
        """Say what else counts for the order: place, willingness, hours."""
        spot = self._book.spot(asked.shift)
        if person.id in asked.there:
            yield f"is there as {role_word(self.plan, asked.shift, asked.there[person.id])} already"
        if person.standing is Standing.PARTNER and welcome_at(person, asked.shift, self.plan):
            yield str(Why.PARTNERS_OWN)
        walks = self._known.walks_to(spot)
        sites = self._known.workplaces[person.id]
        if spot.site_id in sites:
            yield "works there"
        elif nearest := min((walks[id] for id in sites if id in walks), default=0):
            yield f"works {minutes_words(nearest)} away on foot"
        liking = self._known.likings.get(spot.site_id, {}).get(person.id)
        if liking in (Liking.LIKES, Liking.DISLIKES):
            yield f"{liking} it there"
        if self._known.only_if_need_be(person.id, asked.shift):
            yield "only if need be"
        if person.reserve:
            yield "is a reserve"
        skills = self._known.spare(asked) & self._book.skills_of(person.id)
        spare = sorted(skill_word(self.plan, asked.shift, skill) for skill in skills)
        if spare:
            yield f"is also wanted for {' and '.join(spare)} that day"
        minutes = self._known.minutes[person.id]
        yield f"{minutes_words(minutes)} in this plan" if minutes else "no shift yet"


def reason_words(person: Person, reason: Reason) -> str:
    """Say a reason behind the person's name: "over their 6 h that day by 1 h", "is not free 08:00-09:00 ..."."""
    limits = {
        Why.DAY_LIMIT: (person.max_minutes_day, " that day"),
        Why.TOTAL_LIMIT: (person.max_minutes_total, " in all"),
    }
    most, when = limits.get(reason.why, (None, ""))
    if most is not None:
        return f"over their {minutes_words(most)}{when} by {minutes_words(reason.minutes - most)}"
    if reason.why is Why.DUTY:
        duty = reason.sentence.removeprefix(f"{person.name}: ")
        return f"is {'on ' if duty.startswith(CoverKind.EMERGENCY_COVER) else ''}{duty}"
    return reason.sentence.removeprefix(person.name).removeprefix(":").strip()
