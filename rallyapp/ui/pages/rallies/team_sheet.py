"""The event team as a sheet: a row for each role, whether somebody holds it or not, and one more for each more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from rallyapp.domain.ids import TeamMemberId
from rallyapp.domain.people import Person
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally, TeamMember, TeamRole
from rallyapp.domain.team import TOP, circle_of, circle_words, superior
from rallyapp.domain.words import capital
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.record_fields import SheetField
from rallyapp.ui.models.record_rows import GHOST, RecordRows, is_ghost
from rallyapp.ui.models.sheet import Cell, Index
from rallyapp.ui.pages.rallies.team_people import TeamPeople
from rallyapp.ui.record_sheet import RecordSheet

ROLE, WHO, PHONE, STOPS, ANSWERS = range(5)


class TeamRows(RecordRows):
    """The rows of one rally's team. Everybody in a role answers to the same one."""

    adds = False
    plan = Plan()
    people: TeamPeople

    def members(self) -> list[TeamMember]:
        """List those who hold a role."""
        return [record for record in self.records if not is_ghost(record)]

    def name(self, member: TeamMember) -> str:
        """Name a member."""
        return member.name or (self.plan.name_of(member.person_id) if member.person_id else "")

    def person(self, member: TeamMember) -> Person | None:
        """Give the person in the plan that a member is, if any."""
        return self.plan.find(Person, member.person_id)

    def phone(self, member: TeamMember) -> str:
        """Give the number that is rung: the one that was entered here, or the person's own."""
        person = self.person(member)
        return member.phone or (person.phone if person is not None else "")

    def answers(self, member: TeamMember) -> str:
        """Name the role that a member answers to."""
        above = superior(self.members(), member.role)
        return capital(above) if above is not None else ""

    # ------------------------------------------------------------------------------------------ what is shown
    def text(self, row: int, column: int) -> str:
        """Say of a role that nobody holds only that."""
        if column not in (ROLE, WHO) and is_ghost(self.records[row]):
            return ""
        return super().text(row, column)

    def ink(self, row: int, column: int) -> str:
        """Write what is only taken over, and the usual, in a softer colour."""
        member = self.record(row)
        if column == ROLE:
            return "text"
        taken = column == PHONE and not member.phone
        usual = column == ANSWERS and superior(self.members(), member.role) in (TOP, None)
        return "muted" if taken or usual else super().ink(row, column)

    def strong(self, row: int, column: int) -> bool:
        """Write who it is strongly."""
        return column == WHO and not is_ghost(self.record(row))

    def tip(self, row: int, column: int) -> str:
        """Say where a number comes from, and that a name is only a name."""
        member = self.record(row)
        if column == PHONE and not member.phone and self.phone(member):
            return "Their own number, as entered under People"
        if column == WHO and member.name:
            return "Nobody in this plan: a name only"
        return ""

    def edited_of(self, record: Any, column: int) -> str:
        """Begin a number with the one that was entered here."""
        return record.phone if column == PHONE else super().edited_of(record, column)

    def completions(self, index: Index, text: str) -> list[str]:
        """List who may be meant."""
        return self.people.completions(text) if index.column() == WHO else super().completions(index, text)

    def can_write(self, row: int, column: int) -> bool:
        """Let nothing be said of nobody: first comes who it is. Whom the event lead answers to is never asked."""
        member = self.record(row)
        if member is None or (is_ghost(member) and column != WHO) or (column == ANSWERS and member.role is TOP):
            return False
        return super().can_write(row, column)

    # ---------------------------------------------------------------------------------------- what is typed
    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all of it; a block that reaches below the last role is refused."""
        if any(cell.row >= len(self.records) for cell in cells):
            return "The team ends with its last role. Nothing was written."
        empty = [
            cell
            for cell in cells
            if cell.column == WHO and not cell.text.strip() and not is_ghost(self.records[cell.row])
        ]
        if empty and len(empty) == len(cells):
            self.remove([cell.row for cell in empty])
            return ""
        return super().write(cells, label)

    def wrong_together(self, records: Sequence[Any]) -> str:
        """Refuse a chain of command that goes in a circle."""
        circle = circle_of(self._with(records))
        return circle_words(circle) if circle else ""

    def _with(self, records: Sequence[TeamMember]) -> list[TeamMember]:
        """Give the team with these records, and with whom they answer to said for all who share their roles."""
        known = {member.id: member for member in self.members()}
        for record in records:
            before = known.get(record.id)
            known[record.id] = record
            if before is not None and before.answers_to is not record.answers_to:
                for other in list(known.values()):
                    if other.role is record.role:
                        known[other.id] = replace(other, answers_to=record.answers_to)
        return list(known.values())

    def together(self, changed: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        """Change whom a role answers to for all who hold it."""
        after = {member.id: member for member in self._with([made for made, _ in changed])}
        there = {made.id for made, _ in changed}
        others = [(after[was.id], was) for was in self.members() if was.id not in there and after[was.id] != was]
        return [(after[made.id], was) for made, was in changed] + others

    def changed_words(self, field: SheetField, made: TeamMember, was: TeamMember) -> str:
        """Name the edit by the role."""
        if field.name == "name":
            return f"Make {self._named(made)} {made.role} in place of {self.name(was)}"
        if field.name == "may_stop":
            return f"{'Let' if made.may_stop else 'No longer let'} {self.name(was)} stop the event"
        if field.name == "answers_to":
            return f"Let the {was.role} answer to the {made.answers_to or TOP}"
        return super().changed_words(field, made, was)

    def _named(self, member: TeamMember) -> str:
        if member.name or member.person_id is None:
            return member.name
        person = self._desk.store.find(Person, member.person_id)  # who was not in the team before
        return person.name if person is not None else ""

    def counted(self, records: Sequence[Any]) -> str:
        """Name one with the role."""
        if len(records) == 1:
            return f"{self._named(records[0])} as {records[0].role}"
        return super().counted(records)


class TeamSheet(RecordSheet):
    """The sheet of the team."""

    rows_of = TeamRows
    rows: TeamRows

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        people = TeamPeople(desk.store)
        super().__init__(
            desk,
            kind=TeamMember,
            noun="member of the team",
            nouns="members of the team",
            name="Team",
            fields=[
                SheetField(name="role", title="Role", what="the role", width=116, read_only=True),
                SheetField(
                    name="name",
                    title="Who",
                    what="who it is",
                    width=126,
                    grows=1,
                    write=lambda member: self.rows.name(member),
                    read=people.read,
                    put=_put_who,
                    tip="Somebody of the plan's people, or another name",
                ),
                SheetField(
                    name="phone",
                    title="Phone",
                    what="the phone",
                    width=122,
                    write=lambda member: self.rows.phone(member),
                    tip="Shown softly where it is the person's own number",
                ),
                SheetField(name="may_stop", title="May stop", what="who may stop the event", width=82),
                SheetField(
                    name="answers_to",
                    title="Answers to",
                    what="the chain of command",
                    width=112,
                    write=lambda member: self.rows.answers(member),
                    read=_read_role,
                    options=lambda: [capital(role) for role in TeamRole],
                    tip="Usually everybody answers to the event lead",
                ),
            ],
            new=lambda values: None,  # type: ignore[arg-type,return-value]
            words=lambda member: self.rows.name(member),
            most=20,
        )
        self.rows.people = people
        self._rally: Rally | None = None
        self._more: set[TeamRole] = set()  # roles for which another person is asked
        self.sheet.opened.connect(lambda index: self.ask_another())

    def show_team(self, plan: Plan, rally: Rally) -> None:
        """Show the team of a rally."""
        if self._rally is None or self._rally.id != rally.id:
            self._more.clear()
        self.rows.plan, self._rally = plan, rally
        rows: list[TeamMember] = []
        members = sorted(plan.of(TeamMember, "rally_id", rally.id), key=lambda member: member.id)
        for role in TeamRole:
            mine = [member for member in members if member.role is role]
            ghost = TeamMember(id=TeamMemberId(f"{GHOST}{role}"), rally_id=rally.id, role=role)
            rows += [*mine, *([ghost] if not mine or role in self._more else [])]
        self.show_records(rows)

    @property
    def role(self) -> TeamRole | None:
        """The role of the row with the keyboard."""
        row = self.sheet.currentIndex().row()
        return self.rows.records[row].role if 0 <= row < len(self.rows.records) else None

    def ask_another(self) -> None:
        """Put a row for another person below those who hold the role, and begin to type into it."""
        role, rally = self.role, self._rally
        if role is None or rally is None or not self._desk.writable:
            return
        self._more.add(role)
        self.show_team(self.rows.plan, rally)
        row = self.rows.row_of_key(f"{GHOST}{role}")
        if row is not None:
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sheet.edit_cell(row, WHO)

    def menu(self) -> QMenu:
        """Offer another person for the role, too."""
        made = super().menu()
        if self.role is not None:
            action = made.addAction(f"Add another: {self.role}\tCtrl+Enter")
            action.setEnabled(self._desk.writable)
            action.triggered.connect(lambda on=False: self.ask_another())
        return made


def _put_who(member: TeamMember, who: tuple[Any, str]) -> TeamMember:
    """Put somebody else into a role; the number of the one before is not theirs."""
    return replace(member, person_id=who[0], name=who[1], phone="")


def _read_role(text: str) -> TeamRole | None:
    """Read a role; the usual one is no choice of its own."""
    wanted = text.strip().casefold()
    found = [role for role in TeamRole if role == wanted] or [
        role for role in TeamRole if wanted and role.startswith(wanted)
    ]
    if wanted and len(found) != 1:
        raise ValueError(f"\u201c{text}\u201d is not a role of the team: {', '.join(TeamRole)}")
    return None if not wanted or found[0] is TOP else found[0]
