"""How many official pickets an entrance may have, and where shifts ask for more (L4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from rallyapp import carried
from rallyapp.domain import law, stand_down
from rallyapp.domain.ids import AssignmentId
from rallyapp.domain.pickets import Assignment, Need, Picket, Presence, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.rota.wording import listed

Rows = Callable[[Shift], Iterable[Assignment]]
"""Who is down for a shift in the rota as filled."""


class Official:
    """The official pickets at the entrances of a plan, with who is down for each shift."""

    def __init__(self, plan: Plan, rows: Rows, absent: Collection[AssignmentId] = ()) -> None:
        """Take a plan, what says who is down for a shift, and which of those can't be there."""
        self.plan = plan
        self.rows = rows
        self.absent = absent

    def most(self, shift: Shift) -> int:
        """Give the most that a picket's entrance may have; its own figure may lower the Code's, never raise it."""
        return min(self._entrance(shift).official_max, law.official_maximum(carried.law()))

    def full(self, shift: Shift, role: Role) -> bool:
        """Say whether one more in this role would be too many at some time."""
        if not role.official_picket or shift.picket_id is None:
            return False
        beside = list(self._beside(shift))
        most = self.most(shift)
        return any(
            len(self._there(each for each in beside if each.starts <= moment < each.ends)) >= most
            for moment in {max(each.starts, shift.starts) for each in beside}
        )

    def too_many(self, shift: Shift, role: Role) -> str:
        """Say that a shift, alone or with others at its entrance, asks for more than there may be; else nothing."""
        if not role.official_picket or shift.picket_id is None:
            return ""
        most, own = self.most(shift), self._asked(shift)
        an = "an entrance" if most == law.official_maximum(carried.law()) else "this entrance"
        if own > most:
            return (
                f"this shift asks for {own} official pickets; {an} may have {most}: lower the need, or make supporters "
                "of them"
            )
        beside = list(self._beside(shift))
        asked = max(
            sum(self._asked(each) for each in beside if each.starts <= moment < each.ends)
            for moment in {max(each.starts, shift.starts) for each in beside}
        )
        if asked > most:
            return (
                f"the shifts there at that time ask for {asked} official pickets; {an} may have {most}: lower a need, "
                "or make supporters of them"
            )
        return ""

    def crowd(self, shift: Shift) -> str:
        """Say that an entrance has all that it may have."""
        most = self.most(shift)
        down = "1 official picket is" if most == 1 else f"{most} official pickets are"
        gone = sorted(
            {
                self.plan.name_of(r.person_id)
                for each in self._beside(shift)
                for r in self.rows(each)
                if r.id in self.absent
            }
        )
        if gone:
            off = "take that one off" if len(gone) == 1 else "take those off"
            return (
                f"{down} down for that entrance then, the most it may have, {listed(gone, 4)} among them: {off} first"
            )
        return f"{down} down for that entrance then, the most it may have"

    def _asked(self, shift: Shift) -> int:
        """Count the heads that a shift must have as official pickets; of several needs of a role, the largest."""
        least: dict[Role, int] = defaultdict(int)
        for need in self.plan.of(Need, "shift_id", shift.id):
            if need.role.official_picket:
                least[need.role] = max(least[need.role], need.least)
        return sum(least.values())

    def _there(self, shifts: Iterable[Shift]) -> set[str]:
        return {
            row.person_id
            for each in shifts
            for row in self.rows(each)
            if row.role.official_picket and row.presence is Presence.PRESENT
        }

    def _entrance(self, shift: Shift) -> Entrance:
        return self.plan.get(Entrance, self.plan.get(Picket, shift.picket_id).entrance_id)

    def _beside(self, shift: Shift) -> Iterator[Shift]:
        """List the shifts at the same entrance that have some of the same time, itself among them."""
        for picket in self.plan.of(Picket, "entrance_id", self._entrance(shift).id):
            for each in self.plan.of(Shift, "picket_id", picket.id):
                if each.span.overlaps(shift.span) and stand_down.of_shift(self.plan, each).on:
                    yield each
