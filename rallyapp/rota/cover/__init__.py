"""Somebody dropped out of a shift: what is missing there now, whom to ask, and the re-plan that changes least.

Only the builder's own proposals may move, at that place on that day or, where that is not enough, wherever people
are that day who could take it; nobody else comes off or on. Where that is not enough either, a re-plan that would
move people who were asked or have confirmed is told as a suggestion.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from rallyapp.domain.ids import PersonId, new_id
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.rota.absent import movable
from rallyapp.rota.cover.missing import Away, Missing, away_of, counted, missing_of, roles_of, with_changes
from rallyapp.rota.cover.replan import Lacking, Replan, Spared, Step, best, written
from rallyapp.rota.cover.words import spared_words, step_words
from rallyapp.rota.suggest import Suggester, Suggestions

__all__ = [
    "Away",
    "Cover",
    "Missing",
    "Replan",
    "Spared",
    "Step",
    "cover",
    "roles_of",
    "spared_words",
    "step_words",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What can be done about a shift. ``plan`` is as it would be without those who can't be there.

    ``dropped`` are the withdrawals of those who dropped out. ``away`` are others who are counted on and can't be
    there, and ``taken_off`` those of them whom the builder only proposed. ``asked`` holds the suggestions for each
    of ``missing``; ``instead`` is what only works if people who were asked or have confirmed are moved.
    """

    plan: Plan
    shift: Shift
    dropped: tuple[Assignment, ...]
    away: tuple[Away, ...]
    taken_off: tuple[Away, ...]
    missing: tuple[Missing, ...]
    asked: tuple[Suggestions, ...]
    replan: Replan
    instead: Replan | None

    def writes(self, make_id: Callable[[], str] = new_id) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
        """Give the assignments to save and those to delete; what is new or moved is proposed by the builder."""
        saved, deleted = written(self.replan.steps, make_id)
        return (*self.dropped, *saved), (*(each.row for each in self.taken_off), *deleted)


def cover(
    plan: Plan, shift: Shift, *, without: Collection[PersonId] = (), role: Role | None = None, limit: int = 50
) -> Cover:
    """Find out what a shift lacks without some people and those who can't be there, and how to fill it.

    Whoever of those ``without`` is not on the shift is only not asked. ``role`` looks at that role alone; ``limit``
    is how many people to list for each. The same plan gives the same answer.
    """
    rows = counted(plan, shift)
    dropped = tuple(replace(each, state=AssignmentState.WITHDRAWN) for each in rows if each.person_id in without)
    away = tuple(each for each in away_of(plan, shift) if each.person.id not in without)
    after = with_changes(plan, dropped, without={each.row.id for each in away})
    missing = tuple(each for each in missing_of(plan, after, shift) if role in (None, each.role))
    out = frozenset(without) | {each.person.id for each in away}
    asked: tuple[Suggestions, ...] = ()
    replan, instead = Replan(), None
    if missing:
        ready = Suggester(after)
        asked = tuple(
            ready.suggest(shift, role=each.role, skill=each.skill, without=out, limit=limit) for each in missing
        )
        replan, instead = best(Lacking(plan=after, shift=shift, missing=missing, asked=asked, out=out))
    return Cover(
        plan=after,
        shift=shift,
        dropped=dropped,
        away=away,
        taken_off=tuple(each for each in away if movable(plan, each.row)),
        missing=missing,
        asked=asked,
        replan=replan,
        instead=instead,
    )
