"""Section 5: the running order, typed line by line, with what it comes to against the hard finish; and its versions."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.problems import Concern
from rallyapp.domain.programme_edits import shortened
from rallyapp.domain.programme_issues import next_number, standing_words, versions
from rallyapp.domain.running_order import counted_minutes, finish_words, idle_minutes, overrun
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.issues import IssuePanel
from rallyapp.ui.pages.rallies.issues_versions import VersionsView
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.running_order_bar import ProgrammeBar
from rallyapp.ui.pages.rallies.running_order_columns import TITLE
from rallyapp.ui.pages.rallies.running_order_model import ProgrammeModel
from rallyapp.ui.pages.rallies.running_order_names import NamesLink
from rallyapp.ui.pages.rallies.running_order_sheet import ProgrammeSheet
from rallyapp.ui.pages.rallies.running_order_shorten import ShortenPanel, too_late
from rallyapp.ui.pages.rallies.running_order_words import named
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import Beside
from rallyapp.ui.widgets.parts import Card, Segments
from rallyapp.ui.widgets.words import CutWords, Words, button

_ROOMY = 125  # per cent: up to this zoom a panel and the table stand below each other

_SHORTEN = "Suggests which lines could give the minutes"
_FITS = "It ends in time, and fixed times are met"


class RunningOrderPart(RallyPart):
    """The editor: words and a bar above the table, which fills the room; old versions in a view of their own."""

    scrolls: ClassVar[bool] = False

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.model = ProgrammeModel(desk)
        self.sheet = ProgrammeSheet(self.model)
        self.sheet.said.connect(desk.messages.trouble)
        self.sheet.picked.connect(self._picked)
        self.sheet.shorten_wanted.connect(self.begin_shorten)
        self.bar = ProgrammeBar()
        self.bar.chosen.connect(self._choose)
        self.words = Words("", Type.STRONG, wrap=True)
        self.standing = CutWords("", Type.SMALL, ink="muted")
        self.views = Segments((("Draft", "draft"), ("Versions", "versions")), "Running order")
        self.views.chosen.connect(self._show_view)
        self.shorten_button = button("&Shorten to fit\u2026", tip=_SHORTEN)
        self.shorten_button.clicked.connect(self.begin_shorten)
        self.names = NamesLink(desk)
        self.names.wanted.connect(lambda: self.sheet.setFocus(Qt.FocusReason.OtherFocusReason))
        self.issue_button = button(
            "&Issue version 1\u2026", tip="Keeps the running order as it stands, to be given out"
        )
        self.issue_button.clicked.connect(self.begin_issue)
        self.issue_panel = IssuePanel(desk)
        self.issue_panel.over.connect(self.end_panel)
        self.shorten_panel = ShortenPanel()
        self.shorten_panel.wanted.connect(self._shorten)
        self.shorten_panel.over.connect(self.end_panel)
        self.versions = VersionsView()
        self._lay_out()
        self.setFocusProxy(self.sheet)

    def _lay_out(self) -> None:
        said = QWidget()
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(theme.px(2))
        words.addWidget(self.words)
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        line.addWidget(self.standing, 1)
        line.addWidget(self.names)
        words.addLayout(line)
        for each in (self.shorten_button, self.issue_button):  # what stands beside them keeps its place
            policy = each.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            each.setSizePolicy(policy)
        head = Beside(said, self.shorten_button, self.issue_button, self.views, shares=(1, 0, 0, 0))
        editing = QWidget()
        column = QVBoxLayout(editing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.bar)
        column.addWidget(self.issue_panel)
        column.addWidget(self.shorten_panel)
        self.table = Card(self.sheet)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self.issue_panel.hide()
        self.shorten_panel.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(editing)
        self.stack.addWidget(self.versions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.px(12))
        whole.addWidget(head)
        whole.addWidget(self.stack, 1)

    # ------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show the running order as it is now."""
        other = self.seen is not None and self.seen.rally.id != seen.rally.id
        super().show_rally(seen)
        if other:
            self.end_panel()
        self.model.show(seen)
        lines, ends = self.model.lines, seen.rally.ends
        idle = idle_minutes(lines)
        self.words.setText(finish_words(lines, ends))
        late = overrun(lines, ends) > 0
        self.words.ink("nobody" if late else "")
        waits = f"{counted_minutes(idle)} idle before fixed times. " if idle else ""
        self.standing.say(f"{waits}{standing_words(seen.plan, seen.rally)}")
        self.bar.show_lines(lines, seen.rally.starts, ends)
        number = next_number(seen.plan, seen.rally)
        self.issue_button.setText(f"&Issue version {number}\u2026")
        self.issue_button.setAccessibleName(f"Issue version {number}")
        self.issue_button.setEnabled(self.desk.writable and bool(lines))
        wrong = too_late(lines, seen.rally)
        self.shorten_button.setEnabled(self.desk.writable and wrong)
        self.shorten_button.setToolTip(_SHORTEN if wrong else _FITS)
        self.names.offer(seen)
        any_ = bool(versions(seen.plan, seen.rally))
        self.views.buttons["versions"].setEnabled(any_)
        self.views.buttons["versions"].setToolTip("" if any_ else "No version has been issued yet")
        if any_:
            self.versions.show_seen(seen)
        elif self.stack.currentWidget() is self.versions:
            self.views.choose("draft")
        self._show_view(self.views.value)
        if not self.issue_panel.isHidden():
            self.issue_panel.begin(seen)
        if not self.shorten_panel.isHidden():
            self._suggest()
        self._picked()

    def show_record(self, what: Concern) -> None:
        """Choose a line, or a version."""
        if what.kind == "programme_item":
            self._choose(what.id)
        elif what.kind == "programme_issue":
            self.views.choose("versions")
            self._show_view("versions")
            self.versions.choose(what.id)

    def _choose(self, id: str) -> None:
        self.views.choose("draft")
        self._show_view("draft")
        row = self.model.row_of_key(id)
        if row is not None:
            self.sheet.choose_row(row, TITLE)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_view(self, view: object) -> None:
        old = view == "versions"
        self.stack.setCurrentIndex(1 if old else 0)
        self.issue_button.setVisible(not old)
        self.shorten_button.setVisible(not old)

    def _picked(self) -> None:
        index = self.sheet.currentIndex()
        line = self.model.line(index.row()) if index.isValid() else None
        self.bar.show_current(line.item.id if line else "")

    # -------------------------------------------------------------------------------------------- panels
    def begin_issue(self) -> None:
        """Ask who issues a version."""
        if self.seen is not None and self.desk.writable and self.model.lines:
            self.shorten_panel.hide()
            self.issue_panel.begin(self.seen)
            self._make_room(asking=True)
            self.issue_panel.show()
            self.issue_panel.by.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_shorten(self) -> None:
        """Suggest which lines could give the minutes that are too many."""
        if self.seen is not None and self.desk.writable:
            self.issue_panel.hide()
            self._suggest()
            self._make_room(asking=True)
            self.shorten_panel.show()
            self.shorten_panel.do.setFocus(Qt.FocusReason.OtherFocusReason)

    def _suggest(self) -> None:
        assert self.seen is not None
        self.shorten_panel.suggest(self.model.lines, self.seen.rally)

    def _shorten(self) -> None:
        cuts = self.shorten_panel.cuts
        given = sum(cut.item.minutes - cut.minutes for cut in cuts)
        after = shortened(self.model.order, cuts)
        self.end_panel()
        self.model.save(f"Shorten {named([cut.item for cut in cuts])} by {counted_minutes(given)}", after)

    def _make_room(self, *, asking: bool) -> None:
        """Leave the room to a panel where letters are large: a small screen has none for both."""
        for each in (self.bar, self.table):
            each.setVisible(not asking or theme.zoom() <= _ROOMY)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "table"):
            self._make_room(asking=not (self.issue_panel.isHidden() and self.shorten_panel.isHidden()))

    def end_panel(self) -> None:
        """Go back to the table."""
        if not (self.issue_panel.isHidden() and self.shorten_panel.isHidden()):
            self.issue_panel.hide()
            self.shorten_panel.hide()
            self._make_room(asking=False)
            self.sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------ settings
    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"columns": self.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.sheet.take_settings(kept.get("columns"))
