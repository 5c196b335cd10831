"""May this person do this shift? The one answer, used by screens, checks, suggestions and the rota builder.

Three reasons block: being somewhere else at that time, being kept by one's work (emergency cover, on call,
finishing a shift, recalled), and being a partner charity's own elsewhere than at its stalls. They can be overridden
by name with a reason. All others warn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from enum import StrEnum

from rallyapp.domain import stand_down
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId, ShiftId, SiteId
from rallyapp.domain.people import (
    Availability,
    Cover,
    Level,
    Liking,
    Person,
    PersonSkill,
    Preference,
    Skill,
    Standing,
    Workplace,
)
from rallyapp.domain.pickets import Assignment, AssignmentState, Presence, Role, Shift
from rallyapp.domain.places import Site, metres_between
from rallyapp.domain.plan import Plan
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import Span, clock, day_words, gap_minutes, minutes_words, span_words, uncovered


class Why(StrEnum):
    """Why somebody may not, or should not, do a shift."""

    OVERLAP = "is on another shift then"
    DUTY = "is kept by work"
    PARTNERS_OWN = "is the charity\u2019s own"
    LEFT = "has left"
    DECLINED = "said no"
    NOT_SAID = "has not said when they are free"
    NOT_FREE = "is not free"
    OTHER_WORKPLACE = "works elsewhere"
    NOT_IN_DISPUTE = "is not a member in this dispute"
    LACKS_SKILL = "lacks the skill"
    NOT_ADULT = "is not marked as 18 or over"
    NEVER_THERE = "will not go there"
    TRAVEL = "can't get there in time"
    REST = "would have too little rest"
    DAY_LIMIT = "would be over their hours that day"
    TOTAL_LIMIT = "would be over their hours in all"

    @property
    def blocks(self) -> bool:
        """Say whether it blocks until somebody overrides it by name."""
        return self in (Why.OVERLAP, Why.DUTY, Why.PARTNERS_OWN)


@frozen
class Reason:
    """One reason against: its kind, the sentence that says it, and the other shift or duty that causes it."""

    why: Why
    sentence: str
    other_shift: ShiftId | None = None
    minutes: int = 0

    @property
    def blocks(self) -> bool:
        """Say whether it blocks until somebody overrides it by name."""
        return self.why.blocks


@frozen(kw_only=False)
class Spot:
    """Where a shift is: what to call it, its site if it is at one, and its position."""

    name: str
    site_id: SiteId | None
    position: tuple[int, int] | None


class Book:
    """What is known about everybody's time: read from a plan once, then kept up as people are put on shifts.

    Shifts that are stood down take nobody's time. ``put`` and ``take`` let a builder try.
    """

    def __init__(self, plan: Plan) -> None:
        """Read the plan's people, duties, offers and the assignments that count."""
        self.plan = plan
        self.settings = plan.settings
        self._on: dict[PersonId, dict[ShiftId, Presence]] = defaultdict(dict)
        self._in_order: dict[PersonId, tuple[Shift, ...]] = {}
        self.declined: dict[tuple[PersonId, ShiftId], AssignmentState] = {}
        self._spots: dict[ShiftId, Spot] = {}
        self._walks: dict[tuple[tuple[int, int], tuple[int, int]], int] = {}
        self._workplaces: dict[PersonId, set[SiteId]] = defaultdict(set)
        for workplace in plan.all(Workplace):
            self._workplaces[workplace.person_id].add(workplace.site_id)
        self._skills: dict[PersonId, set[Skill]] = defaultdict(set)
        for held in plan.all(PersonSkill):
            self._skills[held.person_id].add(held.skill)
        going = {shift.id: stand_down.of_shift(plan, shift).on for shift in plan.all(Shift)}
        for assignment in plan.all(Assignment):
            if not assignment.state.counts:
                self.declined[assignment.person_id, assignment.shift_id] = assignment.state
            if assignment.state.counts and going.get(assignment.shift_id):
                self._on[assignment.person_id][assignment.shift_id] = assignment.presence

    def put(self, person: PersonId, shift: ShiftId) -> None:
        """Count the person as on the shift from now on."""
        self._on[person].setdefault(shift, Presence.PRESENT)
        self._in_order.pop(person, None)

    def take(self, person: PersonId, shift: ShiftId) -> None:
        """No longer count the person as on the shift."""
        self._on[person].pop(shift, None)
        self._in_order.pop(person, None)

    def is_on(self, person: PersonId, shift: ShiftId) -> bool:
        """Say whether the person is counted on for the shift."""
        return shift in self._on[person]

    def shifts_of(self, person: PersonId) -> tuple[Shift, ...]:
        """List the shifts on which the person is counted, in order of time."""
        known = self._in_order.get(person)
        if known is None:
            shifts = (self.plan.get(Shift, id) for id in self._on[person])
            known = self._in_order[person] = tuple(sorted(shifts, key=lambda shift: (shift.starts, shift.id)))
        return known

    def presence(self, person: PersonId, shift: ShiftId) -> Presence:
        """Say whether the person is there or only within reach (a supervisor of several pickets: L9)."""
        return self._on[person].get(shift, Presence.PRESENT)

    def minutes_of(self, person: PersonId) -> int:
        """Count the minutes of all shifts on which the person is counted."""
        return sum(shift.span.minutes for shift in self.shifts_of(person))

    def skills_of(self, person: PersonId) -> set[Skill]:
        """List a person's skills."""
        return self._skills[person]

    def workplaces_of(self, person: Person) -> set[SiteId]:
        """List the sites that are a person's own workplace (L2)."""
        own = {person.workplace_id} if person.workplace_id else set()
        return own | self._workplaces[person.id]

    def spot(self, shift: Shift) -> Spot:
        """Say where a shift is."""
        known = self._spots.get(shift.id)
        if known is None:
            place = self.plan.place_of(self.plan.host(shift))
            position = (place.lat, place.lon) if place.lat is not None and place.lon is not None else None
            known = Spot(place.name, place.id if isinstance(place, Site) else None, position)
            self._spots[shift.id] = known
        return known

    def walk(self, a: Spot, b: Spot) -> int:
        """Estimate the walk between two spots in minutes, rounded up; 0 where a position is not known.

        Straight line times the plan's detour at its walking speed.
        """
        if a.position is None or b.position is None or a.position == b.position:
            return 0
        key = (min(a.position, b.position), max(a.position, b.position))
        minutes = self._walks.get(key)
        if minutes is None:
            metres = metres_between(*key) * self.settings.detour / 100
            minutes = -int(-metres // (self.settings.walking * 100 / 60))
            self._walks[key] = minutes
        return minutes


def why_not(person: Person, shift: Shift, book: Book, *, role: Role, skill: Skill | None = None) -> tuple[Reason, ...]:
    """List the reasons against this person doing this shift in this role, those that block first.

    ``skill`` is a further skill that the need asks for. An empty answer means: yes. The person's own place on
    this very shift is not counted against them.
    """
    found = _against(person, shift, book, role, skill)
    return tuple(sorted(found, key=lambda reason: not reason.blocks))


def may(person: Person, shift: Shift, book: Book, *, role: Role, skill: Skill | None = None) -> bool:
    """Say whether nothing at all speaks against it; the first reason found is enough for a no."""
    return next(_against(person, shift, book, role, skill), None) is None


def _against(person: Person, shift: Shift, book: Book, role: Role, skill: Skill | None) -> Iterator[Reason]:
    others = [other for other in book.shifts_of(person.id) if other.id != shift.id]
    yield from _overlaps(person, shift, others, book)
    yield from _duties(person, shift, book)
    yield from _person(person, shift, book, role, skill)
    yield from _free(person, shift, book)
    yield from _place(person, shift, book, role)
    yield from _between(person, shift, others, book)
    yield from _limits(person, shift, others, book)


def _overlaps(person: Person, shift: Shift, others: Iterable[Shift], book: Book) -> Iterator[Reason]:
    for other in others:
        if not (other.starts < shift.ends and shift.starts < other.ends):
            continue
        if _within_reach(person, shift, other, book):
            continue
        where = book.plan.place_words(other)
        yield Reason(
            why=Why.OVERLAP,
            sentence=f"{person.name} is at {where} {other.words} then",
            other_shift=other.id,
        )


def _within_reach(person: Person, shift: Shift, other: Shift, book: Book) -> bool:
    """Say whether one of the two is only to be within reach of: one supervisor may cover several pickets (L9)."""
    return Presence.CONTACTABLE in (book.presence(person.id, other.id), book.presence(person.id, shift.id))


def _duties(person: Person, shift: Shift, book: Book) -> Iterator[Reason]:
    buffer = book.settings.duty_buffer
    around = timedelta(minutes=buffer)
    nearly_rested = timedelta(minutes=book.settings.min_rest + 60)  # an hour more: the clocks may go forward
    for cover in book.plan.of(Cover, "person_id", person.id):
        if not cover.kind.blocks:
            continue
        if cover.starts - around < shift.ends and shift.starts < cover.ends + around:
            yield Reason(why=Why.DUTY, sentence=f"{person.name}: {cover.kind} {_duty_words(cover, shift, buffer)}")
        elif timedelta(0) <= shift.starts - cover.ends < nearly_rested and by_night(cover.span):
            gap = gap_minutes(cover.span, shift.span)
            if gap < book.settings.min_rest:
                yield Reason(
                    why=Why.REST,
                    sentence=f"{person.name} comes off {cover.kind} at night only {minutes_words(gap)} before",
                    minutes=gap,
                )


def _duty_words(cover: Cover, shift: Shift, buffer: int) -> str:
    """Say when a duty is; of one that is only too near to a shift, how long must lie between the two."""
    if cover.span.overlaps(shift.span):
        return span_words(cover.starts, cover.ends)
    before = cover.ends <= shift.starts
    edge = cover.ends if before else cover.starts
    day = "" if edge.date() == (shift.starts if before else shift.ends).date() else f" on {day_words(edge.date())}"
    length = minutes_words(buffer)
    if before:
        return f"until {clock(edge)}{day}, must have {length} after it"
    return f"from {clock(edge)}{day}, must have {length} before it"


def by_night(span: Span) -> bool:
    """Say whether a duty takes somebody's sleep: it has minutes between midnight and 05:00."""
    return any(
        Span(start, start + timedelta(hours=5)).overlaps(span)
        for start in ((span.start.replace(hour=0, minute=0) + timedelta(days=n)) for n in range(len(span.days())))
    )


def _person(person: Person, shift: Shift, book: Book, role: Role, skill: Skill | None) -> Iterator[Reason]:
    if person.left:
        yield Reason(why=Why.LEFT, sentence=f"{person.name} has left")
    state = book.declined.get((person.id, shift.id))
    if state is not None:
        said = "said no to" if state is AssignmentState.DECLINED else "has withdrawn from"
        yield Reason(why=Why.DECLINED, sentence=f"{person.name} {said} this shift")
    if not welcome_at(person, shift, book.plan):
        partner = book.plan.find(Partner, person.partner_id)
        whose = f"of {partner.name}" if partner is not None else "the charity\u2019s own"
        yield Reason(why=Why.PARTNERS_OWN, sentence=f"{person.name} is {whose}: asked for its stalls only")
    elif role.official_picket and person.standing not in (Standing.MEMBER, Standing.OFFICIAL):
        yield Reason(
            why=Why.NOT_IN_DISPUTE,
            sentence=f"{person.name} is a {person.standing}: they can come as a supporter, not as an official picket",
        )
    for wanted in dict.fromkeys((role.skill, skill)):
        if wanted and wanted not in book.skills_of(person.id):
            yield Reason(why=Why.LACKS_SKILL, sentence=f"{person.name} is not down for {wanted}")
    if role.steward and not person.adult:
        yield Reason(why=Why.NOT_ADULT, sentence=f"{person.name} is not marked as 18 or over, which stewards must be")


def welcome_at(person: Person, shift: Shift, plan: Plan) -> bool:
    """Say whether a shift is at a stall of somebody's own charity; of others than a partner's own, yes.

    Of whom nobody has said to which charity they belong, any stall may be their own.
    """
    if person.standing is not Standing.PARTNER:
        return True
    if shift.stall_id is None:
        return False
    return person.partner_id is None or person.partner_id == plan.get(Stall, shift.stall_id).partner_id


def _free(person: Person, shift: Shift, book: Book) -> Iterator[Reason]:
    offers = book.plan.of(Availability, "person_id", person.id)
    offered = [offer for offer in offers if offer.level is not Level.NOT]
    ruled_out = [
        offer.span
        for offer in offers
        if offer.level is Level.NOT and offer.starts < shift.ends and shift.starts < offer.ends
    ]
    if not offered and not ruled_out:
        yield Reason(why=Why.NOT_SAID, sentence=f"{person.name} has not said when they are free")
        return
    missing: tuple[Span, ...] = ()
    if not any(offer.starts <= shift.starts and shift.ends <= offer.ends for offer in offered):
        missing = uncovered(shift.span, (offer.span for offer in offered))
    if missing or ruled_out:
        part = (missing or ruled_out)[0]
        yield Reason(
            why=Why.NOT_FREE,
            sentence=f"{person.name} is not free {span_words(part.start, part.end)} on {day_words(part.start.date())}",
        )


def _place(person: Person, shift: Shift, book: Book, role: Role) -> Iterator[Reason]:
    spot = book.spot(shift)
    if spot.site_id is None:
        return
    official = role.official_picket and shift.picket_id is not None
    if official and person.standing is not Standing.OFFICIAL and spot.site_id not in book.workplaces_of(person):
        sentence = f"{spot.name} is not {person.name}\u2019s own workplace: they can come as a supporter"
        if not book.workplaces_of(person):
            sentence = f"{person.name} has no workplace in the plan: if it is not {spot.name}, they come as a supporter"
        yield Reason(why=Why.OTHER_WORKPLACE, sentence=sentence)
    for preference in book.plan.of(Preference, "person_id", person.id):
        if preference.site_id == spot.site_id and preference.liking is Liking.NEVER:
            yield Reason(why=Why.NEVER_THERE, sentence=f"{person.name} will not go to {spot.name}")


def _between(person: Person, shift: Shift, others: Iterable[Shift], book: Book) -> Iterator[Reason]:
    rest = book.settings.min_rest
    here = book.spot(shift)
    for other in others:
        apart = max(shift.starts - other.ends, other.starts - shift.ends)
        walk = book.walk(book.spot(other), here)
        # By the clock on the wall, which is at most an hour out; the exact length costs more than all the rest.
        if apart < timedelta(0) or apart >= timedelta(minutes=max(walk, rest) + 60):
            continue
        gap = gap_minutes(other.span, shift.span)
        if _within_reach(person, shift, other, book):
            continue
        if gap < walk:
            one, then = sorted((other, shift), key=lambda each: each.starts)
            yield Reason(
                why=Why.TRAVEL,
                sentence=f"{person.name} has {minutes_words(gap)} between {book.spot(one).name} ({one.words}) and "
                f"{book.spot(then).name} ({then.words}); the walk takes about {minutes_words(walk)}",
                other_shift=other.id,
                minutes=walk,
            )
        if other.starts.date() != shift.starts.date() and gap < rest:
            yield Reason(
                why=Why.REST,
                sentence=f"{person.name} would have {minutes_words(gap)} of rest between "
                f"{day_words(other.starts.date())} {other.words} and "
                f"{day_words(shift.starts.date())} {shift.words}",
                other_shift=other.id,
                minutes=gap,
            )


def _limits(person: Person, shift: Shift, others: Iterable[Shift], book: Book) -> Iterator[Reason]:
    if person.max_minutes_day is None and person.max_minutes_total is None:
        return
    # A supervisor within reach of three pickets at once does not spend three mornings (L9).
    there = [each for each in (shift, *others) if book.presence(person.id, each.id) is Presence.PRESENT]
    if person.max_minutes_day is not None:
        that_day = sum(each.span.minutes for each in there if each.starts.date() == shift.starts.date())
        if that_day > person.max_minutes_day:
            yield Reason(
                why=Why.DAY_LIMIT,
                sentence=f"{person.name} would do {minutes_words(that_day)} on {day_words(shift.starts.date())}; "
                f"their limit is {minutes_words(person.max_minutes_day)} a day",
                minutes=that_day,
            )
    if person.max_minutes_total is not None:
        in_all = sum(each.span.minutes for each in there)
        if in_all > person.max_minutes_total:
            yield Reason(
                why=Why.TOTAL_LIMIT,
                sentence=f"{person.name} would do {minutes_words(in_all)} in all; "
                f"their limit is {minutes_words(person.max_minutes_total)}",
                minutes=in_all,
            )
