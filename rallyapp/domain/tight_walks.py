"""People of a rally's posts who can't walk from one of their shifts to the next in time, and what mends that.

Who they are is what ``eligibility`` says, as everywhere: this only lists them by rally, with the two times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from rallyapp.domain.eligibility import Book, Why, why_not
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import RallyId, new_id
from rallyapp.domain.mending import Mend
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import copied_to
from rallyapp.domain.posts import posts_of, shifts_of
from rallyapp.domain.rota_work import SHORTEST, MakeId, RotaWork, knows
from rallyapp.domain.times import Span, clock, gap_minutes, minutes_words

_STEP = 5  # minutes to which a mend rounds


@frozen
class TightWalk:
    """Somebody who has less time between two shifts than the walk takes; ``post`` is the one of the rally."""

    person: Person
    first: Shift
    then: Shift
    post: Shift
    between: int
    walk: int

    @property
    def other(self) -> Shift:
        """The shift that is not the rally's."""
        return self.first if self.post.id == self.then.id else self.then

    @property
    def words(self) -> str:
        """How the two times stand to each other: "15 min between, the walk takes about 55 min"."""
        return f"{minutes_words(self.between)} between, the walk takes about {minutes_words(self.walk)}"


def tight_walks(plan: Plan, rally_id: RallyId, book: Book | None = None) -> tuple[TightWalk, ...]:
    """List who can't get from one shift to a post of the rally, or from it to another shift, by time and name.

    The plan must hold all shifts of those who are on the posts. Each pair of shifts is listed once.
    """
    book = book or Book(plan)
    found: dict[tuple[str, frozenset[str]], TightWalk] = {}
    for post in posts_of(plan, rally_id):
        for shift in shifts_of(plan, post.id):
            for each in plan.of(Assignment, "shift_id", shift.id):
                if book.is_on(each.person_id, shift.id):
                    for walk in _of_one(plan, book, shift, each.person_id, each.role):
                        pair = frozenset((walk.first.id, walk.then.id))
                        found.setdefault((walk.person.id, pair), walk)
    order = sorted(found.values(), key=lambda walk: (walk.then.starts, walk.person.name.casefold(), walk.person.id))
    return tuple(order)


def _of_one(plan: Plan, book: Book, shift: Shift, person_id: str, role: Role) -> Iterator[TightWalk]:
    person = plan.get(Person, person_id)
    for reason in why_not(person, shift, book, role=role):
        if reason.why is Why.TRAVEL:
            other = plan.get(Shift, reason.other_shift)
            first, then = sorted((shift, other), key=lambda each: (each.starts, each.id))
            yield TightWalk(
                person=person,
                first=first,
                then=then,
                post=shift,
                between=gap_minutes(first.span, then.span),
                walk=reason.minutes,
            )


# -------------------------------------------------------------------------------------------- mending
def mends_of(plan: Plan, walk: TightWalk, make_id: MakeId = new_id) -> tuple[Mend, ...]:
    """List what mends it: hold the post at another time, or let the one person go early, or come late, elsewhere.

    The plan must hold both shifts with all who are on them and what they need. Times are rounded to five minutes.
    """
    return (*_retimed(plan, walk), *_let_go(plan, walk, make_id))


def _retimed(plan: Plan, walk: TightWalk) -> Iterator[Mend]:
    """Let the rally's post start later, or end earlier, for all who are on it."""
    post, way = walk.post, timedelta(minutes=walk.walk)
    name = plan.line_name(post)
    if post.id == walk.then.id:
        starts, ends = _rounded(walk.first.ends + way, up=True), post.ends
        label = f"Start {name} at {clock(starts)}"
    else:
        starts, ends = post.starts, _rounded(walk.then.starts - way, up=False)
        label = f"End {name} at {clock(ends)}"
    if ends - starts >= timedelta(minutes=SHORTEST) and not plan.of(Attendance, "shift_id", post.id):
        rota = RotaWork(plan)
        rota.keep_shift(replace(post, starts=starts, ends=ends))
        yield Mend(label=label, save=rota.edit().saved)


def _let_go(plan: Plan, walk: TightWalk, make_id: MakeId) -> Iterator[Mend]:
    """Cut the other shift in two, and let only this person be on one part of it."""
    other, way = walk.other, timedelta(minutes=walk.walk)
    name, where = walk.person.name, plan.line_name(other)
    if other.id == walk.first.id:
        at = _rounded(walk.then.starts - way, up=False)
        label = f"Let {name} go from {where} at {clock(at)}"
    else:
        at = _rounded(walk.first.ends + way, up=True)
        label = f"Let {name} come to {where} at {clock(at)}"
    shortest = timedelta(minutes=SHORTEST)
    if at - other.starts < shortest or other.ends - at < shortest or plan.of(Attendance, "shift_id", other.id):
        return
    early, late = replace(other, ends=at), Span(at, other.ends)
    on = [each for each in plan.of(Assignment, "shift_id", other.id) if each.person_id == walk.person.id]
    told = [replace(each, state=AssignmentState.RECONFIRM) if knows(each) else each for each in on]
    if other.id == walk.first.id:
        rest = tuple(copied_to(plan, other, late, make_id, without=walk.person.id))
        yield Mend(label=label, save=(early, *rest, *told))
    else:
        rest = tuple(copied_to(plan, other, late, make_id))
        theirs = {each.id for each in rest if isinstance(each, Assignment) and each.person_id == walk.person.id}
        later = [
            replace(each, state=AssignmentState.RECONFIRM)
            if isinstance(each, Assignment) and each.id in theirs and knows(each)
            else each
            for each in rest
        ]
        yield Mend(label=label, save=(early, *later), delete=tuple(on))


def _rounded(when: datetime, *, up: bool) -> datetime:
    over = when.minute % _STEP
    if not over:
        return when
    return when + timedelta(minutes=_STEP - over) if up else when - timedelta(minutes=over)
