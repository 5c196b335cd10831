"""The posts of a rally: how many stewards and first aiders are wanted, how many are planned, and when they are there.

This is the one counting of who is planned at a rally: the checks, the window and the printed plan all ask here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import datetime
from itertools import pairwise, takewhile

from rallyapp.domain import law
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PostId, RallyId
from rallyapp.domain.law import Figure, Rules
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.times import Span, span_words

STEWARDS = (Role.STEWARD, Role.CHIEF_STEWARD)
FIRST_AIDERS = (Role.FIRST_AIDER,)
POST_ROLES = (Role.STEWARD, Role.CHIEF_STEWARD, Role.FIRST_AIDER, Role.MC)


@frozen
class Staffing:
    """How many of one kind of people a rally wants, and how many are planned at its busiest moment.

    ``wanted`` is a planning figure with its source, None while the expected number is not known. ``planned`` counts
    places, ``people`` those of them that have a name, both ``during`` the first stretch with the most places.
    """

    who: str
    wanted: Figure | None
    planned: int
    people: int
    during: Span | None

    @property
    def missing(self) -> int:
        """How many places are planned too few; none where no figure is known."""
        return max(0, self.wanted.number - self.planned) if self.wanted else 0

    @property
    def words(self) -> str:
        """What is planned: "8 of 10 at the busiest moment, 11:30-13:30"."""
        of = f" of {self.wanted.number:,}" if self.wanted else ""
        if self.during is None:
            return f"None{of} planned yet"
        return f"{self.planned:,}{of} at the busiest moment, {span_words(self.during.start, self.during.end)}"

    @property
    def planned_words(self) -> str:
        """How many are planned, as the beginning of a sentence: "2 stewards are planned"."""
        return f"1 {self.who} is planned" if self.planned == 1 else f"{self.planned:,} {self.who}s are planned"


@frozen
class Figures:
    """The planning figures of a rally (R11, R13): for planning, never law."""

    stewards: Staffing
    first_aiders: Staffing


def figures(plan: Plan, rally: Rally, rules: Rules) -> Figures:
    """Work out how many stewards and first aiders a rally wants and has planned.

    Raises ValueError for a rally that can't be kept as it is: one that expects fewer than nobody.
    """
    stewards = first_aiders = None
    if rally.expected is not None:
        kind = law_kind(rally)
        stewards = law.stewards_suggested(rules, rally.expected, kind, one_per=rally.steward_ratio)
        first_aiders = law.first_aiders_suggested(rules, rally.expected)
    return Figures(
        stewards=_staffing(plan, rally.id, "steward", stewards, STEWARDS),
        first_aiders=_staffing(plan, rally.id, "first aider", first_aiders, FIRST_AIDERS),
    )


def law_kind(rally: Rally) -> str:
    """Name the kind of a rally as the planning figures know it: "march" or "static"."""
    return "march" if rally.kind.marches else "static"


def usual_ratio(rules: Rules, rally: Rally) -> int:
    """Give the number of people for each steward that is suggested where nobody chose another (R11)."""
    return rules.rule("R11").figure(law_kind(rally))


def posts_of(plan: Plan, rally_id: RallyId) -> list[Post]:
    """List the posts of a rally in their order."""
    return sorted(plan.of(Post, "rally_id", rally_id), key=lambda post: (post.position, post.name, post.id))


def shifts_of(plan: Plan, post_id: PostId) -> list[Shift]:
    """List the shifts of a post by time."""
    return sorted(plan.of(Shift, "post_id", post_id), key=lambda shift: (shift.starts, shift.ends, shift.id))


def pins_of(plan: Plan, post_id: PostId) -> tuple[int, ...]:
    """List the numbers under which a post stands on the site plan."""
    return tuple(sorted(pin.number for pin in plan.of(Pin, "post_id", post_id)))


# ------------------------------------------------------------------------------------------- counting
def _staffing(plan: Plan, rally_id: RallyId, who: str, wanted: Figure | None, roles: Collection[Role]) -> Staffing:
    stretches = list(_stretches(plan, rally_id, roles))
    top = max((places for _, places, _ in stretches), default=0)
    if not top:
        return Staffing(who=who, wanted=wanted, planned=0, people=0, during=None)
    first = next(at for at, (_, places, _) in enumerate(stretches) if places == top)
    run = list(takewhile(lambda stretch: stretch[1] == top, stretches[first:]))
    during = Span(run[0][0].start, run[-1][0].end)
    return Staffing(who=who, wanted=wanted, planned=top, people=min(people for _, _, people in run), during=during)


def _stretches(plan: Plan, rally_id: RallyId, roles: Collection[Role]) -> Iterator[tuple[Span, int, int]]:
    """List the stretches of time between changes, each with its places and with how many of them have a name."""
    steps: dict[datetime, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for post in plan.of(Post, "rally_id", rally_id):
        for shift in plan.of(Shift, "post_id", post.id):
            if shift.cancelled:
                continue
            counted = [_counted(plan, shift, role) for role in roles]
            places, people = sum(places for places, _ in counted), sum(people for _, people in counted)
            for when, sign in ((shift.starts, 1), (shift.ends, -1)):
                known = steps[when]
                steps[when] = known[0] + sign * places, known[1] + sign * people
    places = people = 0
    for (start, step), (end, _) in pairwise(sorted(steps.items())):
        places, people = places + step[0], people + step[1]
        yield Span(start, end), places, people


def _counted(plan: Plan, shift: Shift, role: Role) -> tuple[int, int]:
    """Count the places of a role on a shift, wished or taken, and those who are on it."""
    on = {
        each.person_id for each in plan.of(Assignment, "shift_id", shift.id) if each.role is role and each.state.counts
    }
    wished = sum(need.wished for need in plan.of(Need, "shift_id", shift.id) if need.role is role)
    return max(wished, len(on)), len(on)
