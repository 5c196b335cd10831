"""How the chosen document is printed: for whose eyes, which sheets, on which paper, who holds it, where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.words import capital
from rallyapp.prints.audience import Audience, Document, audiences, shown
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Paper
from rallyapp.ui import theme
from rallyapp.ui.printers import Printers
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.name_offers import NameOffers
from rallyapp.ui.widgets.parts import Card, Section
from rallyapp.ui.widgets.tick_list import ROW, Tick, TickList
from rallyapp.ui.widgets.words import Words

WIDTH = 236  # px at 100 %
ALL = "all"
MOST_COPIES = 999
_SHEETS_LEAST = 3  # rows of sheets that are in sight


class Copies(QLineEdit):
    """How many; the arrow keys count, and what is no number is one."""

    def __init__(self) -> None:
        """Begin with one."""
        super().__init__("1")
        self.setAccessibleName("Copies")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setValidator(QIntValidator(1, MOST_COPIES, self))
        self.editingFinished.connect(lambda: self.setText(str(self.value)))

    @property
    def value(self) -> int:
        """The number."""
        return min(MOST_COPIES, max(1, int(self.text()))) if self.text().isdecimal() else 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count up and down."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.setText(str(min(MOST_COPIES, max(1, self.value + step))))


class Options(QScrollArea):
    """The column. ``changed`` says that the document is to be drawn otherwise."""

    changed = Signal()
    sheet_ticked = Signal(str, bool)  # its id, or ALL
    sheet_chosen = Signal(str)
    all_days_wanted = Signal(bool)

    def __init__(self, holders: Callable[[str], Sequence[str]]) -> None:
        """Take what offers who may hold a copy."""
        super().__init__()
        self.setAccessibleName("How it is printed")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._document: Document | None = None
        self._make_fields()
        self._offers = NameOffers(self.holder, holders)
        self._lay_out()

    def _make_fields(self) -> None:
        self.audience = _choosing("For whose eyes")
        self.who = Words("", Type.SMALL, ink="muted", wrap=True)
        self.issue = _choosing("Which running order")
        self.all_days = QCheckBox("All strike days")
        self.sheets = TickList("Sheets")
        self.paper = _choosing("Paper")
        self.black = QCheckBox("Black and white")
        self.large = QCheckBox("Large print")
        self.holder = QLineEdit()
        self.holder.setAccessibleName("Who holds it")
        self.holder.setPlaceholderText("Noticeboard, a name\u2026")
        self.printer = _choosing("Printer")
        self.copies = Copies()
        for box in (self.audience, self.issue, self.paper):
            box.activated.connect(lambda at: self.changed.emit())
        for tick in (self.black, self.large):
            tick.clicked.connect(lambda: self.changed.emit())
        self.all_days.clicked.connect(self.all_days_wanted)
        self.sheets.ticked.connect(self.sheet_ticked)
        self.sheets.chosen.connect(self.sheet_chosen)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._issued = Section("Which", self.issue, gap=6)
        self._sheets_card = Card(self.sheets)
        self._which = Section("Sheets", self.all_days, self._sheets_card, gap=6)
        look = QWidget()
        grid = QGridLayout(look)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.addWidget(self.paper, 0, 0)
        grid.addWidget(_labelled(self.copies, "copies"), 0, 1)
        grid.addWidget(self.black, 1, 0, 1, 2)
        grid.addWidget(self.large, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        for part in (
            Section("For", self.audience, self.who, gap=6),
            self._issued,
            self._which,
            Section("Paper", look, gap=6),
            Section("Who holds it", self.holder, gap=6),
            Section("Printer", self.printer, gap=6),
        ):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self.setWidget(inside)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_grid"):
            self._fit()

    def _fit(self) -> None:
        self._column.setContentsMargins(theme.px(2), 0, theme.px(12), theme.px(2))
        self._column.setSpacing(theme.px(14))
        self._grid.setHorizontalSpacing(theme.px(8))
        self._grid.setVerticalSpacing(theme.px(2))
        self._fit_sheets()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sheets what the other options leave."""
        super().resizeEvent(event)
        self._fit_sheets()

    def _fit_sheets(self) -> None:
        """Make the sheets as high as their lines, or as there is room below the rest; some lines are always seen."""
        wanted = self.sheets.sizeHint().height()
        least = min(wanted, theme.px(ROW * _SHEETS_LEAST))
        for each in (self._which.column, self._column):
            each.invalidate()  # what was shown before may have been higher
        others = self._column.heightForWidth(self.viewport().width()) - self._sheets_card.sizeHint().height()
        room = self.viewport().height() - others - theme.px(14)
        self.sheets.setFixedHeight(max(least, min(wanted, room)))

    # ------------------------------------------------------------------------------ what is chosen
    @property
    def value(self) -> tuple[Audience, Look]:
        """For whose eyes and how it looks, as it is chosen."""
        made = MADE[self._document or Document.ROTA]
        look = Look(
            paper=Paper(self.paper.currentData() or made.papers[0]),
            colour=not self.black.isChecked(),
            large=made.large and self.large.isChecked(),
        )
        return Audience(self.audience.currentData()), look

    def show_document(self, document: Document, audience: Audience, look: Look) -> None:
        """Offer what there is of a document, and show what is chosen."""
        made = MADE[document]
        if document is not self._document:
            self._document = document
            _fill(self.audience, [(capital(each), str(each)) for each in audiences(document)])
            _fill(self.paper, [(str(each), str(each)) for each in made.papers])
        _choose(self.audience, str(audience))
        _choose(self.paper, str(look.paper))
        self.audience.setEnabled(self.audience.count() > 1)
        self.paper.setEnabled(self.paper.count() > 1)
        self.black.setChecked(not look.colour)
        self.large.setChecked(look.large and made.large)
        self.large.setEnabled(made.large)
        self.who.setText(f"{audience.words} {shown(document, audience).words}")

    def show_issues(self, issues: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer what of a document was issued as (words, the document's choice); nothing where there is none."""
        self._issued.setVisible(bool(issues))
        _fill(self.issue, issues)
        _choose(self.issue, chosen)

    def show_sheets(self, lines: Sequence[Tick], *, all_days: str, all_chosen: bool) -> None:
        """List the sheets; ``all_days`` is what ticks those of other days too, nothing where there are none."""
        self._which.setVisible(bool(lines))
        self.all_days.setVisible(bool(all_days))
        self.all_days.setText(all_days)
        self.all_days.setChecked(all_chosen)
        self.sheets.show_lines(lines)
        self._fit_sheets()

    def show_printers(self, printers: Printers) -> None:
        """Offer the printers; what was chosen stays so, or the usual one is."""
        before = str(self.printer.currentData() or "")
        names = printers.names
        _fill(self.printer, [(name, name) for name in names] or [("No printer is set up", "")])
        _choose(self.printer, before if before in names else printers.usual or (names[0] if names else ""))
        self.printer.setEnabled(bool(names))


def _choosing(spoken: str) -> Choosing:
    made = Choosing()
    made.setAccessibleName(spoken)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _labelled(entry: QWidget, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(entry, 1)
    row.addWidget(Words(words))
    return made


def _fill(box: QComboBox, offered: Sequence[tuple[str, str]]) -> None:
    with QSignalBlocker(box):
        if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] != list(offered):
            box.clear()
            for words, value in offered:
                box.addItem(words, value)


def _choose(box: QComboBox, value: str) -> None:
    with QSignalBlocker(box):
        box.setCurrentIndex(max(0, box.findData(value)))
