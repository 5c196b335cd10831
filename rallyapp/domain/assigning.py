"""Putting people on shifts and taking them off: pure functions from a plan to the records to save and to delete."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rallyapp.domain.ids import AssignmentId, PersonId, ShiftId, new_id
from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.domain.pickets import ASSIGNMENT_MOVES, Assignment, AssignmentState, Need, Origin, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record
from rallyapp.domain.rota_work import MakeId, RotaEdit, there
from rallyapp.domain.times import day_words


def assign(
    plan: Plan,
    shift_id: ShiftId,
    person_id: PersonId,
    role: Role | None = None,
    *,
    state: AssignmentState = AssignmentState.PROPOSED,
    origin: Origin = Origin.HAND,
    override_by: str = "",
    override_reason: str = "",
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Put somebody on a shift; without a role in the one that is missing most, see ``role_for``.

    Who is on it already takes the other role. Who had said no and is put back is to be asked again: nobody goes
    from "declined" to "proposed". Whether they may is not judged here but by ``eligibility``; an override carries
    the name of who decided and the reason. Raises UserError for a cancelled shift, for somebody who has left, and
    where one of the two was deleted meanwhile.
    """
    shift = there(plan, Shift, shift_id)
    person = there(plan, Person, person_id)
    if shift.cancelled:
        raise UserError(f"{_shift_words(plan, shift)} is cancelled: reinstate it before you put somebody on it.")
    if person.left:
        raise UserError(f"{person.name} has left: nobody who has left is put on a shift.")
    old = _on(plan, shift_id, person_id)
    role = role or (old.role if old and old.state.counts else role_for(plan, shift_id, person_id))
    if old is None:
        made = Assignment(
            id=AssignmentId(make_id()),
            shift_id=shift_id,
            person_id=person_id,
            role=role,
            state=state,
            origin=origin,
            override_by=override_by.strip(),
            override_reason=override_reason.strip(),
        )
        return RotaEdit(saved=(made,))
    new = replace(
        old,
        role=role,
        state=_state_again(old.state, state),
        override_by=override_by.strip() or old.override_by,
        override_reason=override_reason.strip() or old.override_reason,
    )
    return RotaEdit(saved=(new,)) if new != old else RotaEdit()


def unassign(plan: Plan, assignment_ids: Iterable[AssignmentId]) -> RotaEdit:
    """Take people off their shifts; who had been asked or had said yes must be told. What was marked there stays."""
    gone = [each for id in assignment_ids if (each := plan.find(Assignment, id)) is not None]
    told = [
        each.person_id
        for each in gone
        if each.state in (AssignmentState.ASKED, AssignmentState.CONFIRMED, AssignmentState.RECONFIRM)
    ]
    return RotaEdit(deleted=tuple(gone), again=tuple(dict.fromkeys(told)))


def swap_in(
    plan: Plan,
    assignment_id: AssignmentId,
    person_id: PersonId,
    *,
    override_by: str = "",
    override_reason: str = "",
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Put somebody in another's place, in the same role; raises UserError as ``assign`` does."""
    old = there(plan, Assignment, assignment_id)
    if old.person_id == person_id:
        return RotaEdit()
    off = unassign(plan, (assignment_id,))
    on = assign(
        plan,
        old.shift_id,
        person_id,
        old.role,
        override_by=override_by,
        override_reason=override_reason,
        make_id=make_id,
    )
    return RotaEdit(saved=on.saved, deleted=off.deleted, again=off.again)


def show_only(
    plan: Plan,
    shift_id: ShiftId,
    wanted: Iterable[tuple[PersonId, Role | None]],
    make_id: MakeId = new_id,
) -> RotaEdit:
    """Let exactly these people be on a shift, as somebody wrote them into its cell, each in a role or the missing one.

    Who is not among them is taken off, but for those who declined or withdrew, whose answer is kept.
    """
    there(plan, Shift, shift_id)
    people = dict(wanted)
    off = unassign(
        plan,
        [
            each.id
            for each in plan.of(Assignment, "shift_id", shift_id)
            if each.state.counts and each.person_id not in people
        ],
    )
    saved: list[Record] = []
    now = plan.changed((), [(Assignment, each.id) for each in off.deleted])
    for person_id, role in people.items():
        on = assign(now, shift_id, person_id, role, make_id=make_id)
        saved += on.saved
        now = now.changed(on.saved, ())
    return RotaEdit(saved=tuple(saved), deleted=off.deleted, again=off.again)


def move_assignments(plan: Plan, assignment_ids: Iterable[AssignmentId], to: AssignmentState) -> RotaEdit:
    """Let people be asked, confirmed, declined, withdrawn or to reconfirm.

    Who is that already stays as they are. Raises UserError for a step that makes no sense, such as from "declined"
    to "withdrawn".
    """
    saved = []
    for id in assignment_ids:
        old = there(plan, Assignment, id)
        if old.state is to:
            continue
        if to not in ASSIGNMENT_MOVES[old.state]:
            can = " or ".join(
                f"\u201c{state}\u201d" for state in AssignmentState if state in ASSIGNMENT_MOVES[old.state]
            )
            raise UserError(
                f"{plan.name_of(old.person_id)} is \u201c{old.state}\u201d there and can\u2019t become "
                f"\u201c{to}\u201d: it can become {can}."
            )
        saved.append(replace(old, state=to))
    return RotaEdit(saved=tuple(saved))


def pin(plan: Plan, assignment_ids: Iterable[AssignmentId], pinned: bool = True) -> RotaEdit:
    """Let people stay on their shifts whatever the rota builder does, or no longer."""
    found = (there(plan, Assignment, id) for id in assignment_ids)
    return RotaEdit(saved=tuple(replace(each, pinned=pinned) for each in found if each.pinned is not pinned))


def role_for(plan: Plan, shift_id: ShiftId, person_id: PersonId) -> Role:
    """Choose the role in which somebody is put on a shift where nobody said one.

    The first that applies: a role below its least, and first one that asks for a skill that they have, such as
    picket supervisor; then one below what is wished; else the usual one there, such as picket.
    """
    skills = {held.skill for held in plan.of(PersonSkill, "person_id", person_id)}
    counts: dict[Role, int] = {}
    for each in plan.of(Assignment, "shift_id", shift_id):
        if each.state.counts and each.person_id != person_id:
            counts[each.role] = counts.get(each.role, 0) + 1
    order = list(Role)
    needs = sorted(plan.of(Need, "shift_id", shift_id), key=lambda need: _turn(need, skills, order))
    fit = [need for need in needs if _has(need, skills)]
    below_least = (need.role for need in fit if counts.get(need.role, 0) < need.least)
    below_wished = (need.role for need in fit if counts.get(need.role, 0) < need.wished)
    usual = plan.usual_role(plan.line_of(plan.get(Shift, shift_id)))
    return next(below_least, None) or next(below_wished, usual)


def _turn(need: Need, skills: set[Skill], order: list[Role]) -> tuple[bool, int]:
    """Order needs: those that few can fill come first for who can."""
    return need.role.skill not in skills, order.index(need.role)


def _has(need: Need, skills: set[Skill]) -> bool:
    return all(skill in skills for skill in (need.role.skill, need.skill) if skill is not None)


def _on(plan: Plan, shift: ShiftId, person: PersonId) -> Assignment | None:
    return next((each for each in plan.of(Assignment, "shift_id", shift) if each.person_id == person), None)


def _state_again(old: AssignmentState, wanted: AssignmentState) -> AssignmentState:
    """Say how firm the assignment of somebody is who is put on a shift that they were put on before."""
    if old.counts and wanted is AssignmentState.PROPOSED:
        return old
    if wanted is old or wanted in ASSIGNMENT_MOVES[old]:
        return wanted
    return AssignmentState.ASKED


def _shift_words(plan: Plan, shift: Shift) -> str:
    return f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words},"
