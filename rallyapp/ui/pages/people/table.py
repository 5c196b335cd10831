"""The table of people with what stands above it: search, chips to filter by, and which columns are shown."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.models.people import PeopleModel
from rallyapp.ui.models.people_index import Mark
from rallyapp.ui.widgets.flow import Flow
from rallyapp.ui.widgets.parts import Chip, Empty
from rallyapp.ui.widgets.sheet import ColumnsButton, Sheet

_CHIPS: tuple[tuple[Mark, str, str], ...] = (
    (Mark.MEMBER, "Members", "Only members; with Supporters, both"),
    (Mark.SUPPORTER, "Supporters", "Only supporters; with Members, both"),
    (Mark.RESERVE, "Reserve", "Only those who said that they could come if need be"),
    (Mark.SUPERVISOR, "Supervisors", "Only those who can be a picket supervisor"),
    (Mark.UNASKED, "Not yet asked", "Only those who have not said when they can come"),
    (Mark.NO_SHIFT, "Without a shift", "Only those who are on no shift that goes ahead"),
    (Mark.ON_DAY, "On shift that day", "Only those on a shift of the strike day that is chosen"),
    (Mark.LEFT, "Left", "Those who have left, instead of those who have not"),
)


class PeopleTable(QWidget):
    """Says what is looked for; the model is told here, so that nothing stands between a key and its result."""

    looked_for = Signal()  # something else is looked for than before
    new_wanted = Signal()
    contacts_hidden = Signal(bool)

    def __init__(self, model: PeopleModel) -> None:
        """Take the model."""
        super().__init__()
        self.model = model
        self.sheet = Sheet(model, "People", frozen=1)
        self.search = _Search()
        self.search.textChanged.connect(self._find)
        self.search.down.connect(self.enter)
        self.chips: dict[Mark, Chip] = {}
        flow = Flow(gap=6)
        flow.setAccessibleName("Filters")
        for mark, text, tip in _CHIPS:
            chip = self.chips[mark] = Chip(text, checkable=True)
            chip.setToolTip(theme.plain_tip(tip))
            chip.toggled.connect(self._mark)
            flow.add(chip)
        self.eye = IconButton("eye", "Hide contact details", tip="Hide contact details, in a room with others")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._hide)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.search, 1)
        row.addWidget(self.eye)
        row.addWidget(ColumnsButton(self.sheet))
        self.empty = Empty(
            "There is nobody in this plan yet. Type a first name, or copy a list in a spreadsheet and paste it here "
            "with Ctrl+Shift+V.",
            "New person",
        )
        self.empty.wanted.connect(self.new_wanted)
        self.empty.button.setProperty("primary", False)  # the page has that one already
        card = QFrame()
        card.setObjectName("card")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._stack = QStackedLayout(card)
        self._stack.setContentsMargins(1, theme.px(6), 1, theme.px(6))
        self._stack.addWidget(self.sheet)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(row)
        column.addWidget(flow)
        column.addWidget(card, 1)

    def hasHeightForWidth(self) -> bool:
        """Take the height that there is: the rows scroll, however many lines the chips need."""
        return False

    def minimumSizeHint(self) -> QSize:
        """Ask for room for some rows, not for the chips below each other."""
        return QSize(theme.px(300), theme.px(260))

    # --------------------------------------------------------------------------------- what is looked for
    @property
    def wanted(self) -> Mark:
        """The marks of the chips that are pressed."""
        found = Mark(0)
        for mark, chip in self.chips.items():
            if chip.isChecked():
                found |= mark
        return found

    def _find(self, text: str) -> None:
        self.model.find(text)
        self._after()

    def _mark(self) -> None:
        self.model.mark(self.wanted)
        self._after()

    def _after(self) -> None:
        if self.sheet.sheet_model.row_of_key(self._current()) is None:
            self.sheet.verticalScrollBar().setValue(0)
        self.say_empty(ready=True)
        self.looked_for.emit()

    def _current(self) -> str:
        index = self.sheet.currentIndex()
        return self.model.row_key(index.row()) if index.isValid() else ""

    def say_empty(self, *, ready: bool) -> None:
        """Say why nobody is shown: they are being read, nobody fits, or there is nobody."""
        nobody = ready and not self.model.index_.number and not self.model.adding
        self._stack.setCurrentWidget(self.empty if nobody else self.sheet)
        if not ready:
            self.sheet.say_empty("Looking everybody up\u2026")
        elif self.wanted and self.search.text().strip():
            self.sheet.say_empty("Nobody is found by that among those whom the pressed filters leave.")
        elif self.wanted:
            self.sheet.say_empty("Nobody is left by the filters that are pressed.")
        else:
            self.sheet.say_empty("Nobody is found by that. The beginnings of words will do.")

    def clear(self) -> None:
        """Look for nothing in particular."""
        self.search.clear()
        for chip in self.chips.values():
            chip.setChecked(False)

    def show_left(self) -> None:
        """Show those who have left."""
        self.chips[Mark.LEFT].setChecked(True)

    def enter(self) -> None:
        """Go from the search into the table."""
        self.sheet.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.sheet.currentIndex().isValid() and self.model.rowCount():
            self.sheet.choose_row(0)

    def choose(self, people: Iterable[str]) -> None:
        """Choose the first of these who is shown, and bring them to sight."""
        row = next((row for each in people if (row := self.model.row_of_key(each)) is not None), None)
        if row is not None:
            self.sheet.choose_row(row)

    # -------------------------------------------------------------------------------------------- privacy
    def _hide(self, hidden: bool) -> None:
        self.model.hide_contacts(hidden)
        self.eye.show_icon("eye-off" if hidden else "eye")
        words = "Show contact details" if hidden else "Hide contact details"
        self.eye.setAccessibleName(words)
        self.eye.setToolTip(theme.plain_tip(words if hidden else f"{words}, in a room with others"))
        self.contacts_hidden.emit(hidden)


class _Search(QLineEdit):
    """The line in which somebody is looked for. Down goes into the table, Esc clears it."""

    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Find people")
        self.setPlaceholderText("Find by name, workplace, phone, e-mail or skill")
        self.setToolTip(theme.plain_tip("Find people (Ctrl+F)"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)
        self._glass = self.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setText("Find people")
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_glass"):
            self._dress()

    def _dress(self) -> None:
        self._glass.setIcon(icons.icon("search", "muted"))

    def event(self, event: QEvent) -> bool:
        """Keep Esc for itself while there is something to clear."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the table, or look for nothing."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
