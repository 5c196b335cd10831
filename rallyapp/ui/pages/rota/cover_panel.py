"""Somebody can't come: what is missing then, whom to ask, and the re-plan that changes least, taken with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.staffing.people_list import reveal
from rallyapp.ui.staffing.shift_facts import ShiftFacts
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button

if TYPE_CHECKING:
    from rallyapp.rota.cover import Cover

JOB = "cover"


def found_cover(plan: Plan, shift: Shift, person: PersonId) -> Cover:
    """Find out what a shift lacks without somebody; it may try re-plans, so it is done off the main thread."""
    from rallyapp.rota.cover import cover

    return cover(plan, shift, without=[person])


class CoverPanel(QFrame):
    """What can be done when somebody on a shift can't come; hidden until it is asked for."""

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan."""
        super().__init__()
        self.setObjectName("notice")
        self.setAccessibleName("Find cover")
        self._desk = desk
        self._facts: ShiftFacts | None = None
        self._asked: tuple[ShiftId, PersonId] | None = None
        self._cover: Cover | None = None
        self._plan = Plan()
        self._seen = 0
        self.title = Words("", Type.STRONG, wrap=True)
        self.words = Words("", wrap=True)
        self.take = button("")
        self.take.clicked.connect(self._take)
        self.leave = button("Close")
        self.leave.clicked.connect(self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(10), theme.px(10))
        column.setSpacing(theme.px(8))
        column.addWidget(self.title)
        column.addWidget(self.words)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch()
        column.addLayout(row)
        self.hide()

    def show_shift(self, facts: ShiftFacts) -> None:
        """Stay with the shift that was asked about; what was found for another, or for an older plan, goes."""
        stale = self._cover is not None and self._seen != self._desk.store.version
        if self._asked is not None and (self._asked[0] != facts.shift.id or stale):
            self.stop()
        self._facts = facts

    def ask(self, person_id: str) -> None:
        """Look for who could come instead of somebody."""
        if self._facts is None:
            return
        person = self._facts.plan.get(Person, person_id)
        self._asked, self._cover = (self._facts.shift.id, person.id), None
        self.title.setText(f"If {person.name} can\u2019t come")
        self.words.setText("Looking for who could come instead\u2026")
        self.take.hide()
        self.leave.setText("Cancel")
        self.show()
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
        reveal(self)
        self._desk.jobs.start(JOB, self._run)

    def stop(self) -> None:
        """Look no further, and close."""
        self._asked = self._cover = None
        self.hide()

    async def _run(self) -> None:
        done: tuple[ShiftId, PersonId] | None = None
        while self._asked is not None and self._asked != done:
            done = self._asked
            plan = await self._desk.picture.ready()
            seen = self._desk.store.version
            shift = plan.find(Shift, done[0])
            if shift is None:
                return
            found = await in_thread(found_cover, plan, shift, done[1])
            if self._asked == done:
                self._plan, self._cover, self._seen = plan, found, seen
                self._show(found)

    def _show(self, found: Cover) -> None:
        steps = len(found.replan.steps)
        self.words.setText("\n".join(sentences(found)))
        self.take.setText("Take them off" if not steps else "Do this" if steps == 1 else "Do these")
        self.take.setAccessibleName(f"{self.take.text()}: {self.words.text()}")
        self.take.setVisible(self._desk.writable)
        self.leave.setText("Close")
        reveal(self)
        if self.leave.hasFocus() and self._desk.writable:
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        found, facts = self._cover, self._facts
        if found is None or facts is None or self._asked is None:
            return
        if self._seen != self._desk.store.version:
            self.words.setText("The plan was changed since: looking again\u2026")
            self.ask(self._asked[1])
            return
        saved, deleted = found.writes()
        name = facts.plan.name_of(self._asked[1])
        self.stop()
        label = f"Find cover for {name}, {facts.title} {facts.shift.words}"
        write(self._desk, self._plan, label, lambda: RotaEdit(saved=saved, deleted=deleted))


def sentences(found: Cover) -> list[str]:
    """Say what is missing, what would fill it, and what only works if people who were told are moved."""
    from rallyapp.rota.cover import spared_words, step_words

    said = [f"{each.words[0].upper()}{each.words[1:]} missing: {each.of_words}." for each in found.missing]
    if not found.missing:
        said.append("Nothing is missing: the shift has enough without them.")
    shift = found.shift
    here = f" at {found.plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"
    said += [f"\u2022 {step_words(found.plan, step).replace(here, '')}." for step in found.replan.steps]
    if found.missing and not found.replan.steps:
        said.append("Nobody is free for it.")
    elif found.replan.lacking:
        many = found.replan.lacking
        said.append(f"{many} {'place is' if many == 1 else 'places are'} missing even so.")
    said += [f"{spared_words(found.plan, each)}." for each in found.replan.spared]
    if found.instead is not None:
        said.append("Only if people who were told already move:")
        said += [f"\u2022 {step_words(found.plan, step).replace(here, '')}." for step in found.instead.steps]
    return said
