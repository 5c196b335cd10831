"""The chosen post: its shifts, typed and cut, and who is on the chosen shift, with whom to put on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.assigning import assign
from rallyapp.domain.eligibility import Book
from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import affected, cut_shift
from rallyapp.domain.problems import Concern, UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.rota_edits import delete_shifts
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import clock
from rallyapp.store.shift_queries import shift_part
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.post_grid import Grid
from rallyapp.ui.pages.rallies.post_rows import PostRow
from rallyapp.ui.pages.rallies.post_shift_model import SHIFT_WHO, ShiftModel
from rallyapp.ui.pages.rallies.post_writes import write_edit
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.staffing.people_list import bare, inset
from rallyapp.ui.staffing.shift_facts import ShiftFacts, facts_of
from rallyapp.ui.staffing.staff import Staff
from rallyapp.ui.staffing.suggestions import Suggestions
from rallyapp.ui.staffing.writes import write
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import NumberField, TextField, beside
from rallyapp.ui.widgets.parts import Card, Pill
from rallyapp.ui.widgets.words import CutWords, Words, button

_USUAL_CUT = 60  # minutes
_FEW = {"fit": 5, "warned": 3, "cant": 0}


class PostEditor(QWidget):
    """One post. ``plan_wanted`` asks for the section in which it is put on the site plan."""

    plan_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it for an open plan; it shows no post yet."""
        super().__init__()
        self._desk = desk
        self._plan = Plan()
        self.row: PostRow | None = None
        self._make_head()
        self.form = _PostForm(desk)
        self._make_shifts()
        self._make_people()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(self._head)
        column.addWidget(self.form)
        column.addWidget(Card(self.shifts))
        column.addLayout(self._cutting)
        column.addSpacing(theme.px(4))
        column.addWidget(self.people)
        self._fit()

    def _make_head(self) -> None:
        self.title = CutWords("", Type.HEADING)
        self.chip = Pill()
        self.pin = Words("", Type.SMALL, ink="muted")
        self.place = _link("", self.plan_wanted.emit)
        self.rota = _link("Open in the rota", self._open_rota)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.title, 1)
        row.addWidget(self.chip)
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addWidget(self.pin)
        below.addWidget(self.place)
        below.addStretch(1)
        below.addWidget(self.rota)
        self._head = QVBoxLayout()
        self._head.setSpacing(theme.px(2))
        self._head.addLayout(row)
        self._head.addLayout(below)

    def _make_shifts(self) -> None:
        self.model = ShiftModel(lambda plan, label, change, said: write_edit(self._desk, plan, label, change, said))
        self.shifts = Grid(self.model, "Shifts of this post", in_order=False, most=8)
        self.shifts.said.connect(self._desk.messages.trouble)
        self.shifts.chosen.connect(lambda _: self._show_shift())
        self.shifts.removed.connect(self._remove)
        self.shifts.opened.connect(lambda index: self._opened(index.column()))
        self.cut_minutes = bare(NumberField("Minutes of each part", least=5, most=1440, unit="min"))
        self.cut_minutes.show_value(_USUAL_CUT)
        self.cut = button("Cut this shift", tip="Who is on it stays on each part")
        self.cut.clicked.connect(self._cut)
        self._cutting = QHBoxLayout()
        self._cutting.setSpacing(theme.px(8))
        self._cutting.addWidget(Words("Parts of", ink="muted"))
        self._cutting.addWidget(self.cut_minutes)
        self._cutting.addWidget(self.cut)
        self._cutting.addStretch(1)

    def _make_people(self) -> None:
        self.of_shift = Words("", Type.STRONG)
        self.staff = Staff(self._desk)
        self.staff.cover_wanted.connect(lambda _: self._open_rota())
        self.staff.copy.hide()
        self.staff.nobody.setText("Nobody yet: choose among who is free and willing, or type a name.")
        self.suggestions = Suggestions(self._desk, _FEW)
        self.suggestions.wanted.connect(self._put_on)
        left, right = QWidget(), QWidget()
        for side, widget in ((left, self.staff), (right, self.suggestions)):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(widget)
            column.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        column.setSpacing(theme.px(8))
        column.addLayout(inset(self.of_shift))
        column.addWidget(Columns((left, right), wide=560))
        self.people = Card(inside)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "people"):
            self._fit()

    def _fit(self) -> None:
        self.cut_minutes.setFixedWidth(theme.px(96))

    # -------------------------------------------------------------------------------------------- showing
    @property
    def shift_id(self) -> ShiftId | None:
        """The shift whose people are shown: the chosen one, or the first."""
        row = self.row
        if row is None or not row.shifts:
            return None
        known = [each.shift.id for each in row.shifts]
        return next((id for id in known if id == self.shifts.key), known[0])

    def show_post(self, plan: Plan, rally: Rally, row: PostRow | None) -> None:
        """Show a post as it is now; the chosen shift stays."""
        self._plan, self.row = plan, row
        self.setVisible(row is not None)
        self.model.show(plan, rally, row, writable=self._desk.writable)
        if row is None:
            return
        self.title.say(row.post.name)
        self.form.show_record(row.post)
        filled = row.filled
        self.chip.setVisible(filled is not None)
        if filled is not None:
            self.chip.say(filled.words, "" if str(filled.tone) == "muted" else str(filled.tone))
        numbers = " and ".join(map(str, row.pins))
        self.pin.setText(f"Number {numbers} on the site plan." if row.pins else "Not on the site plan yet.")
        only_read = bool(row.pins) or not self._desk.writable
        self.place.setText("Show the site plan" if only_read else "Put it on the site plan")
        self.place.setAccessibleName(self.place.text())
        self._show_shift()

    def choose_shift(self, id: str) -> None:
        """Choose one of the post's shifts."""
        self.shifts.choose(id)

    def _show_shift(self) -> None:
        id = self.shift_id
        facts = self._facts(id) if id else None
        self.people.setVisible(facts is not None)
        for part in (self.cut, self.cut_minutes):
            part.setEnabled(facts is not None and self._desk.writable)
        self.rota.setEnabled(facts is not None)
        if facts is None:
            return
        self.of_shift.setText(f"{facts.shift.words}: {facts.off or facts.state}" if self._several else "")
        self.of_shift.setVisible(self._several)
        self.staff.show_shift(facts)
        self.suggestions.setVisible(not facts.stood_down and self._desk.writable)
        if not facts.stood_down:
            self.suggestions.show_shift(facts)

    @property
    def _several(self) -> bool:
        return self.row is not None and len(self.row.shifts) > 1

    def _facts(self, id: ShiftId) -> ShiftFacts | None:
        return facts_of(self._plan, id, Book(self._plan))

    # --------------------------------------------------------------------------------------------- acting
    def _write(self, label: str, make: Callable[[], RotaEdit]) -> None:
        try:
            change = make()
        except UserError as error:
            self._desk.failed(error)
            return
        told = affected(self._plan, change)
        write_edit(self._desk, self._plan, label, change, f"{label}. {told}".strip())

    def _remove(self, ids: list[str]) -> None:
        if self.row is not None:
            many = "a shift" if len(ids) == 1 else f"{len(ids)} shifts"
            shifts = [ShiftId(id) for id in ids]
            self._write(f"Remove {many} of {self.row.post.name}", lambda: delete_shifts(self._plan, shifts))

    def _cut(self) -> None:
        id, minutes = self.shift_id, self.cut_minutes.value
        if id is not None and self.row is not None and minutes:
            label = f"Cut a shift of {self.row.post.name} into parts of {minutes} min"
            self._write(label, lambda: cut_shift(self._plan, id, minutes))

    def _put_on(self, person_id: str, role: Role, by: str, reason: str) -> None:
        id = self.shift_id
        if id is None:
            return
        plan = shift_part(self._desk.store, [id], [PersonId(person_id)])
        facts = facts_of(plan, id)
        if facts is None:
            return
        name = plan.name_of(PersonId(person_id))
        label = f"Put {name} on as {facts.word(role)}, {facts.title} {clock(facts.shift.starts)}"
        write(
            self._desk,
            plan,
            label,
            lambda: assign(plan, id, PersonId(person_id), role, override_by=by, override_reason=reason),
        )

    def find_somebody(self) -> bool:
        """Go to where a name is typed to put somebody on; False where nobody can be put on."""
        possible = self.suggestions.isVisible()
        if possible:
            self.suggestions.focus_search()
        return possible

    def _opened(self, column: int) -> None:
        if column == SHIFT_WHO:
            self.find_somebody()

    def _open_rota(self) -> None:
        if self.shift_id is not None:
            self._desk.go(PageName.ROTA, Concern("shift", self.shift_id))


class _PostForm(RecordForm):
    """Where a post is, and what is done there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, lambda post, what: f"Change {what} of {post.name}")
        where = self.put("where", TextField("Where", placeholder="In front of the stage"), "the place")
        duty = self.put("duty", TextField("Duty", lines=2, placeholder="What stewards do there"), "the duty")
        self.column.addWidget(beside(where, duty, gap=12))


def _link(text: str, do: Callable[[], object]) -> QWidget:
    made = button(text)
    made.setProperty("link", True)
    made.clicked.connect(lambda: do())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made
