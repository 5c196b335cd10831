"""The decision that holds for a strike day: to stand it down, or to go on with it after all.

What people are told is kept in a stand-down, and the day's own history keeps the step. Either may be there alone.
"""

from __future__ import annotations

from datetime import datetime

from rallyapp.domain.disputes import STOOD_DOWN_STATES, StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StandDownId
from rallyapp.domain.plan import Plan
from rallyapp.domain.tells import StandDown, StandDownDay, StandDownKind

_KINDS = {
    StrikeState.SUSPENDED: StandDownKind.SUSPENDED,
    StrikeState.CALLED_OFF: StandDownKind.CALLED_OFF,
    StrikeState.SUPERSEDED: StandDownKind.SUPERSEDED,
}


@frozen
class Decision:
    """What was decided about a strike day: by whom, with what authority, when and why; and about which days at once.

    ``stand_down_id`` is that of the stand-down by which people are told, None where only the day itself says so.
    ``at`` is None where nobody wrote down when. ``agreed`` and ``by_order`` say whether it goes on by joint
    agreement with the employer, or after a court order (L29).
    """

    kind: StandDownKind
    days: tuple[StrikeDay, ...]
    decided_by: str = ""
    authority: str = ""
    at: datetime | None = None
    reason: str = ""
    stand_down_id: StandDownId | None = None
    agreed: bool = False
    by_order: bool = False


def decision_on(plan: Plan, day: StrikeDay) -> Decision | None:
    """Give the decision that holds for a day; None where it goes ahead as it was always planned.

    A stand-down that was put back since, or whose day was never moved, does not hold. Where the day went from
    suspended to called off and nobody has been told of that, the step in its history is the decision.
    """
    told = _last_told(plan, day)
    step = _last_step(plan, day)
    back = (told is not None and told.kind is StandDownKind.REINSTATED) or (
        step is not None and step.to_state not in STOOD_DOWN_STATES
    )
    if not day.stood_down and not back:
        return None
    kind = _KINDS.get(day.state, StandDownKind.REINSTATED)
    agreed, by_order = (step.joint_agreement, step.court_order) if step else (False, False)
    if told is not None and (told.kind is kind or step is None):
        links = plan.of(StandDownDay, "stand_down_id", told.id)
        days = [plan.get(StrikeDay, link.strike_day_id) for link in links]
        return Decision(
            kind=kind,
            days=tuple(sorted(days, key=lambda each: (each.window.start, each.id))),
            decided_by=told.decided_by,
            authority=told.authority,
            at=told.at,
            reason=told.reason,
            stand_down_id=told.id,
            agreed=agreed,
            by_order=by_order,
        )
    if step is None:
        return Decision(kind=kind, days=(day,))
    return Decision(
        kind=kind,
        days=(day,),
        decided_by=step.decided_by,
        authority=step.authority,
        at=step.at,
        reason=step.reason,
        agreed=agreed,
        by_order=by_order,
    )


def _last_told(plan: Plan, day: StrikeDay) -> StandDown | None:
    links = plan.of(StandDownDay, "strike_day_id", day.id)
    found = [plan.get(StandDown, link.stand_down_id) for link in links]
    return max(found, key=lambda decision: (decision.at, decision.id), default=None)


def _last_step(plan: Plan, day: StrikeDay) -> StrikeDayMove | None:
    """Give the last step that stood the day down or put it back."""
    steps = [
        step
        for step in plan.of(StrikeDayMove, "strike_day_id", day.id)
        if step.to_state in STOOD_DOWN_STATES or step.from_state in STOOD_DOWN_STATES
    ]
    return max(steps, key=lambda step: (step.at, step.id), default=None)
