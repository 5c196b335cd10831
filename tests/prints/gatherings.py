"""The Southampton rally with stewards on its posts, changed as a test wants it, and its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.ids import AssignmentId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.records import Record
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look
from tests.prints.building import PRINTED

LAW = carried.law()
R = TypeVar("R", bound=Record)


@cache
def _records() -> tuple[Record, ...]:
    return tuple(DEMOS["southampton-2015"].records())


def staffed(*more: Record) -> Plan:
    """Give the demo with every post's places taken but the last post's, in order of the people's ids."""
    plan = Plan((*_records(), *more))
    people = iter(sorted(plan.all(Person), key=lambda person: person.id))
    taken = []
    for post in sorted(plan.all(Post), key=lambda post: post.position)[:-1]:
        for shift in plan.of(Shift, "post_id", post.id):
            for need in plan.of(Need, "shift_id", shift.id):
                for _ in range(need.least):
                    taken.append(
                        Assignment(
                            id=AssignmentId(f"put-{len(taken)}"),
                            shift_id=shift.id,
                            person_id=next(people).id,
                            role=need.role,
                            state=AssignmentState.ASKED if not taken else AssignmentState.CONFIRMED,
                        )
                    )
    return plan.changed(taken, ())


def rally_of(plan: Plan) -> Rally:
    """Give the one rally of a plan."""
    (rally,) = plan.all(Rally)
    return rally


def with_each(plan: Plan, kind: type[R], change: Callable[[R], dict[str, Any]]) -> Plan:
    """Change every record of a kind by what a function says of it."""
    return plan.changed([replace(each, **change(each)) for each in plan.all(kind)], ())  # type: ignore[type-var]


def with_rally(plan: Plan, **fields: Any) -> Plan:
    """Change the rally."""
    return with_each(plan, Rally, lambda _: fields)


def batch(
    plan: Plan,
    document: Document,
    audience: Audience,
    *,
    last: press.Batch | None = None,
    look: Look | None = None,
) -> press.Batch:
    """Print a document about everything that there is; ``last`` is what was printed of it before."""
    before = {
        piece.about: LastPrint(since=last.version, lines={line.key: line.digest for line in piece.lines})
        for piece in (last.pieces if last else ())
    }
    return press.batch(
        plan,
        LAW,
        document,
        audience,
        press.pieces(plan, document),
        printed=PRINTED,
        version=9 if last else 4,
        before=before,
        look=look,
    )


def blocks_text(value: Any) -> str:
    """Give all texts of plain values in order, a line each."""
    if isinstance(value, str):
        return value
    fields = getattr(type(value), "__dataclass_fields__", None)
    if fields:
        return "\n".join(blocks_text(getattr(value, name)) for name in fields if name not in ("kind", "svg"))
    if isinstance(value, Iterable):
        return "\n".join(map(blocks_text, value))
    return ""
