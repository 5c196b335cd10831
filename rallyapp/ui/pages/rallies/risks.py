"""Section 20 of a rally plan: the risk assessment as a list, as a grid, and with starters to choose from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain import risks
from rallyapp.domain.ids import RallyId, RiskId, new_id
from rallyapp.domain.people import Person
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Risk, TeamMember
from rallyapp.domain.risks import Starter
from rallyapp.domain.words import capital
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.risks_chooser import Chooser
from rallyapp.ui.pages.rallies.risks_grid import TONES, Legend, RiskGrid
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.record_sheet import RecordSheet, SheetField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.fields import TextField
from rallyapp.ui.widgets.parts import Card, Empty, Segments
from rallyapp.ui.widgets.sheet import ColumnsButton
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import CutWords, Words, button

LIST, GRID = "list", "grid"
_ANY_HEIGHT = 16_777_215  # Qt's own word for no limit
_EMPTY_SHEET = 86  # px at 100 %: a heading and the row in which the first hazard is typed
_LIKELY = "1 rare, 2 unlikely, 3 possible, 4 likely, 5 almost certain"
_LETTERS = "L is likelihood and S severity, from 1 to 5; \u2192 L and \u2192 S are the same after what is done."
_SEVERE = "1 trifling, 2 minor, 3 moderate, 4 major, 5 grave"


class RisksPart(RallyPart):
    """The list with what is chosen below it, or the grid with the hazards of a square beside it."""

    scrolls = False

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self._risks: list[Risk] = []
        self._team: list[str] = []
        self._view = LIST
        self._chosen: Risk | None = None
        self._make_list()
        self._make_head()
        self._make_grid()
        self.chooser = Chooser()
        self.chooser.wanted.connect(self.add_starter)
        self.chooser.closed.connect(self.end_choosing)
        self.stack = QStackedWidget()
        for each in (self._listed, self._gridded):
            self.stack.addWidget(each)
        self._work = QWidget()
        inside = QVBoxLayout(self._work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(12))
        inside.addLayout(self._head)
        inside.addWidget(self.stack, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._work)
        self._whole.addWidget(self.chooser)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)
        tab_in_order(self)

    # ------------------------------------------------------------------------------------------ its parts
    def _make_head(self) -> None:
        writable = self.desk.writable
        self.views = Segments([("List", LIST), ("Grid", GRID)], "Show")
        self.views.chosen.connect(self.show_view)
        self.summary = CutWords("", ink="muted")
        self.worst_button = button("Worst first", tip=theme.plain_tip("Puts the lines in order by what is left"))
        self.worst_button.clicked.connect(self.put_worst_first)
        self.columns_button = ColumnsButton(self.sheet.sheet)
        self.choose_button = IconButton("plus", "Add hazards from the starters", text="Add hazards\u2026")
        self.choose_button.clicked.connect(self.begin_choosing)
        self.choose_button.setEnabled(writable)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.px(8))
        self._head.addWidget(self.views)
        self._head.addSpacing(theme.px(8))
        self._head.addWidget(self.summary, 1)
        self._head.addWidget(self.columns_button)
        self._head.addWidget(self.worst_button)
        self._head.addWidget(self.choose_button)

    def _make_list(self) -> None:
        self.sheet = RecordSheet(
            self.desk,
            kind=Risk,
            noun="hazard",
            fields=self._fields(),
            new=self._new,
            words=lambda risk: f"\u201c{risk.hazard}\u201d",
            prompt="Add a hazard\u2026",
            name="Risk assessment",
            most=None,
        )
        self.sheet.chosen.connect(self._choose)
        self.form = RecordForm(self.desk, lambda risk, what: f"Change {what} of \u201c{risk.hazard}\u201d")
        self.title = CutWords("", Type.STRONG)
        self.fault = Words("", Type.SMALL, ink="short", wrap=True)
        harmed = self.form.put("harmed", TextField("Who may be harmed"), "who may be harmed")
        control = self.form.put("control", TextField("What is done about it", lines=3), "what is done about it")
        across = QHBoxLayout()
        across.setSpacing(theme.px(16))
        across.addWidget(harmed, 2, Qt.AlignmentFlag.AlignTop)
        across.addWidget(control, 3, Qt.AlignmentFlag.AlignTop)
        self.form.column.setSpacing(theme.px(8))
        self.form.column.addWidget(self.title)
        self.form.column.addWidget(self.fault)
        self.form.column.addLayout(across)
        number = len(carried.hazards())
        self.empty = Empty(
            f"No hazard is entered. Choose from {number} starters, or type your own above.", "&Choose hazards\u2026"
        )
        self.empty.wanted.connect(self.begin_choosing)
        self._listed = QWidget()
        column = QVBoxLayout(self._listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        self._card = Card(self.sheet, self.sheet.sheet)
        self.letters = Words(_LETTERS, Type.SMALL, ink="muted", wrap=True)
        above = QVBoxLayout()
        above.setSpacing(theme.px(6))
        above.addWidget(self._card, 1)
        above.addWidget(self.letters)
        column.addLayout(above, 1)
        column.addWidget(self.form)
        column.addWidget(self.empty, 1)

    def _make_grid(self) -> None:
        self.grid = RiskGrid()
        self.grid.chosen.connect(lambda cell: self._show_square())
        self.there = Words("", Type.SMALL, ink="muted", wrap=True)
        self.here = ChoiceList("Hazards in the square")
        self.here.chosen.connect(self._mark)
        self.here.doubleClicked.connect(lambda index: self.open_chosen())
        self.open_button = button("Open in the list")
        self.open_button.clicked.connect(self.open_chosen)
        self.grid.opened.connect(lambda: self.here.setFocus(Qt.FocusReason.OtherFocusReason))
        left = QVBoxLayout()
        left.setSpacing(theme.px(8))
        left.addWidget(self.grid, 1)
        left.addWidget(Legend())
        left.addWidget(Words(risks.BANDS_SAY, Type.SMALL, ink="muted", wrap=True))
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        right.addWidget(self.there)
        right.addWidget(Card(self.here), 1)
        right.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._gridded = QWidget()
        across = QHBoxLayout(self._gridded)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(24))
        across.addLayout(left, 5)
        across.addLayout(right, 4)

    def _fields(self) -> list[SheetField]:
        # On the shared laptop there is no room for these: they stand below the list, and can be shown in it.
        more: dict[str, Any] = {"shown": False}
        figure: dict[str, Any] = {"width": 36, "figures": True, "read": _figure}
        return [
            SheetField(name="hazard", title="Hazard", what="the hazard", width=190, grows=3),
            SheetField(name="harmed", title="Who may be harmed", what="who may be harmed", width=130, grows=2, **more),
            SheetField(
                name="control", title="What is done", what="what is done", width=180, grows=3, write=_control, **more
            ),
            SheetField(name="likelihood", title="L", what="the likelihood", tip=f"Likelihood: {_LIKELY}", **figure),
            SheetField(name="severity", title="S", what="the severity", tip=f"Severity: {_SEVERE}", **figure),
            _score("before", "Before", risks.before, "Likelihood times severity, before anything is done"),
            SheetField(
                name="left_likelihood",
                title="\u2192 L",
                what="the likelihood that is left",
                tip=f"Likelihood after the control: {_LIKELY}",
                **{**figure, "width": 48, "read": _figure_or_none},
            ),
            SheetField(
                name="left_severity",
                title="\u2192 S",
                what="the severity that is left",
                tip=f"Severity after the control: {_SEVERE}",
                **{**figure, "width": 48, "read": _figure_or_none},
            ),
            _score("after", "After", risks.after, "Likelihood times severity, after what is done"),
            SheetField(name="owner", title="Owner", what="the owner", width=120, grows=1, options=lambda: self._team),
        ]

    def _new(self, values: dict[str, Any]) -> Risk:
        assert self.seen is not None
        rally = RallyId(self.seen.rally.id)
        return Risk(**{"id": RiskId(new_id()), "rally_id": rally, "hazard": "", **values})

    # -------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show a rally's hazards; what somebody is typing stays."""
        super().show_rally(seen)
        self._risks = risks.in_order(seen.plan.of(Risk, "rally_id", seen.rally.id))
        self._team = _team(seen)
        self.sheet.show_records(self._risks)
        self.summary.say(risks.summary(self._risks))
        self.worst_button.setEnabled(self.desk.writable and bool(risks.worst_first(self._risks)))
        self.chooser.show_used(self._risks)
        self.empty.button.setEnabled(self.desk.writable)
        self._show_chosen()
        self._show_square()

    def show_view(self, view: object) -> None:
        """Show the list or the grid."""
        self._view = str(view)
        self.views.choose(view)
        self.stack.setCurrentWidget(self._gridded if view == GRID else self._listed)
        for each in (self.columns_button, self.worst_button):
            each.setVisible(view == LIST)
        if view == GRID and self._chosen is not None:
            self.grid.choose(risks.left(self._chosen) or (self._chosen.likelihood, self._chosen.severity))
            self.here.choose(self._chosen.id)

    def show_record(self, what: Concern) -> None:
        """Choose a hazard in the list."""
        if what.kind == "risk":
            self.end_choosing()
            self.show_view(LIST)
            self.sheet.choose(what.id)

    def _choose(self, risk: Risk | None) -> None:
        self._chosen = risk
        self._show_chosen()

    def _show_chosen(self) -> None:
        risk = self._chosen
        self.empty.setVisible(not self._risks)
        self.letters.setVisible(bool(self._risks))
        self._card.setMaximumHeight(_ANY_HEIGHT if self._risks else theme.px(_EMPTY_SHEET))
        self.form.setVisible(risk is not None and bool(self._risks))
        if risk is None:
            return
        self.form.show_record(risk)
        before, after = risks.score_words(risks.before(risk)), risks.score_words(risks.after(risk))
        self.title.say(f"{risk.hazard}: {before}{f', {after} after what is done' if after else ''}")
        wrong = risks.fault(risk)
        self.fault.setText(f"{wrong}." if wrong else "")
        self.fault.setVisible(bool(wrong))

    def _show_square(self) -> None:
        squares = risks.grid(self._risks)
        self.grid.show_squares(squares, self._marked)
        known = {risk.id: risk for risk in self._risks}
        here = [known[id] for id in self.grid.here()]
        self.there.setText(f"{risks.cell_words(self.grid.cell, squares.get(self.grid.cell))}.")
        self.here.show_choices([_choice(risk) for risk in here])
        self.open_button.setEnabled(bool(here))
        if not here:
            self.grid.show_squares(squares)

    @property
    def _marked(self) -> Risk | None:
        return next((risk for risk in self._risks if risk.id == self.here.value), None)

    def _mark(self) -> None:
        self.grid.show_squares(risks.grid(self._risks), self._marked)

    def open_chosen(self) -> None:
        """Show the hazard that is chosen beside the grid in the list."""
        id = self.here.value
        if id:
            self.show_view(LIST)
            self.sheet.choose(id)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    # --------------------------------------------------------------------------------------------- acting
    def begin_choosing(self) -> None:
        """Offer the starters."""
        if self.desk.writable:
            self._whole.setCurrentWidget(self.chooser)
            self.chooser.begin()

    def end_choosing(self) -> None:
        """Go back to the list."""
        if self._whole.currentWidget() is self.chooser:
            self._whole.setCurrentWidget(self._work)
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_starter(self, starter: Starter) -> None:
        """Add a starter as the last line."""
        if self.seen is None or not self.desk.writable:
            return
        if risks.is_used(starter, self._risks):
            self.desk.messages.news(f"\u201c{starter.hazard}\u201d is in the list already.")
            return
        position = risks.next_position(self._risks)
        risk = risks.from_starter(starter, RallyId(self.seen.rally.id), RiskId(new_id()), position)
        label = f"Add hazard \u201c{starter.hazard}\u201d"
        self.desk.save(label, [risk], said=f"{label}: starting figures, judge them for your place.")

    def put_worst_first(self) -> None:
        """Put the lines in order by what is left, as one edit."""
        moved = risks.worst_first(self._risks)
        if moved and self.desk.writable:
            self.desk.save("Put the worst hazards first", moved)

    # ------------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Keep the view and how the columns are arranged."""
        return {"view": self._view, "sheet": self.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Go back to them."""
        if kept.get("view") in (LIST, GRID):
            self.show_view(kept["view"])
        self.sheet.take_settings(kept.get("sheet"))


def _score(name: str, title: str, score: Any, tip: str) -> SheetField:
    """Make a column with a score and its band as a chip."""

    def tone(risk: Risk) -> Tone | None:
        found = score(risk)
        return None if found is None else TONES[risks.band(found)]

    return SheetField(
        name=name,
        title=title,
        what="the score",
        width=112,
        read_only=True,
        write=lambda risk: risks.score_words(score(risk)),
        tone=tone,
        tip=tip,
    )


def _control(risk: Risk) -> str:
    return " ".join(risk.control.split())


def _figure(text: str) -> int:
    if text.strip() not in ("1", "2", "3", "4", "5"):
        raise ValueError(f"\u201c{text}\u201d is not a figure from 1 to 5")
    return int(text)


def _figure_or_none(text: str) -> int | None:
    return _figure(text) if text.strip() else None


def _choice(risk: Risk) -> Choice:
    now = risks.now(risk)
    return Choice(
        id=risk.id, title=risk.hazard, note=_control(risk), state=risks.score_words(now), tone=TONES[risks.band(now)]
    )


def _team(seen: Seen) -> list[str]:
    """List who may own a hazard: the roles that are held, then those who hold them."""
    members = sorted(seen.plan.of(TeamMember, "rally_id", seen.rally.id), key=lambda one: one.id)
    people = (seen.plan.find(Person, one.person_id) for one in members)
    names = [one.name or (person.name if person else "") for one, person in zip(members, people, strict=True)]
    return list(dict.fromkeys(filter(None, [*(capital(one.role) for one in members), *names])))
