"""What was done to the plan, by whom and when; each thing in words, and each can be taken back by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.times import LONDON, clock, day_words
from rallyapp.store.journal import Operation
from rallyapp.store.telling import told
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import Page
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card, Empty, PageHead, Section
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.words import Words, button

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
PAGE = 200  # operations that are read at a time
_KINDS = {"made": "made", "edit": "", "undo": "taken back", "redo": "done again", "note": "noted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One operation in the list; ``day`` is given where it is the first of its day."""

    operation: Operation
    stands: bool
    day: str = ""

    @property
    def at(self) -> datetime:
        """When it was done, by the clock on the wall."""
        return local(self.operation.at)

    @property
    def words(self) -> str:
        """What was done."""
        label = self.operation.label.removeprefix("Undo: ").removeprefix("Redo: ")
        kind = _KINDS.get(self.operation.kind, "")
        return f"{label} ({kind})" if kind else label

    @property
    def can_go(self) -> bool:
        """Say whether it is something that can be taken back."""
        return self.operation.kind in ("edit", "undo", "redo") and self.stands


def local(at: str) -> datetime:
    """Read the journal's UTC time as wall-clock time."""
    when = datetime.fromisoformat(at)
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(LONDON).replace(tzinfo=None)


class HistoryModel(QAbstractListModel):
    """The operations, newest first; more are read when somebody scrolls to the end."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.steps: list[Step] = []

    def show(self, steps: Sequence[Step]) -> None:
        """Show these steps."""
        if list(steps) != self.steps:
            self.beginResetModel()
            self.steps = list(steps)
            self.endResetModel()

    def add(self, steps: Sequence[Step]) -> None:
        """Show older ones below."""
        if steps:
            self.beginInsertRows(QModelIndex(), len(self.steps), len(self.steps) + len(steps) - 1)
            self.steps += steps
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the steps."""
        return 0 if parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a step, or what it says."""
        if not index.isValid():
            return None
        step = self.steps[index.row()]
        if role == ITEM:
            return step
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{day_words(step.at.date())} {clock(step.at)}\t{step.words}\t{step.operation.who}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = "" if step.stands else ", was taken back"
            who = f", {step.operation.who}" if step.operation.who else ""
            return f"{step.words}, {day_words(step.at.date())} {clock(step.at)}{who}{state}"
        return None


class _Paint(QStyledItemDelegate):
    """Paints the day above the first of it, then time, what was done, and by whom."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(36) + (theme.px(34) if index.data(ITEM).day else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        step: Step = index.data(ITEM)
        box = option.rect
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        if step.day:
            head = box.adjusted(theme.px(16), theme.px(6), 0, 0)
            head.setHeight(theme.px(28))
            painter.setFont(theme.font(Type.STRONG))
            painter.setPen(theme.colour("text"))
            painter.drawText(head, middle | Qt.AlignmentFlag.AlignLeft, step.day)
            box = box.adjusted(0, theme.px(34), 0, 0)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(box.left(), box.top(), theme.px(3), box.height(), theme.colour("accent"))
        inner = box.adjusted(theme.px(16), 0, -theme.px(16), 0)
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(Type.BODY, figures=True))
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, clock(step.at))
        painter.setFont(theme.font(Type.SMALL))
        who = painter.fontMetrics().elidedText(step.operation.who, Qt.TextElideMode.ElideRight, theme.px(120))
        wide = painter.fontMetrics().horizontalAdvance(who)
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, who)
        words = inner.adjusted(theme.px(52), 0, -wide - theme.px(16), 0)
        font = theme.font(Type.BODY)
        font.setStrikeOut(not step.stands)
        painter.setFont(font)
        if step.stands and step.operation.kind in ("edit", "redo"):
            painter.setPen(theme.colour("text"))
        shown = painter.fontMetrics().elidedText(step.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(words.left(), box.bottom(), inner.right(), box.bottom())
        painter.restore()


class HistoryList(PlainList):
    """The list. Ctrl+C copies the chosen lines."""

    def __init__(self, model: HistoryModel) -> None:
        """Show a model's steps."""
        super().__init__("What was done", several=True)
        self.setModel(model)
        self.setItemDelegate(_Paint(self))


class HistoryPage(Page):
    """The page."""

    reads = frozenset(table_of(kind) for kind in KINDS)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.model = HistoryModel()
        self.list = HistoryList(self.model)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(lambda: self._choose())
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Only what has these words, or was done by this person")
        self.filter.setAccessibleName("Only what has these words")
        self.filter.textChanged.connect(lambda: self.reload())
        self._head = PageHead("History")
        self._empty = Empty("Nothing was done with these words in it.")
        self._known: dict[str, str] = {}  # what operations did, by their ids
        self.details = Details(desk, self)
        self.inspector = self.details
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self._head)
        column.addWidget(self.filter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        column.addWidget(Card(self._stack, self.list), 1)
        self._undo = QAction("&Take this back", self)
        self._undo.setShortcut(QKeySequence("Ctrl+Backspace"))
        self._undo.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._undo.triggered.connect(self.take_back)
        self.addAction(self._undo)

    # ---------------------------------------------------------------------------------------- showing
    def reload(self) -> None:
        """Show what was done, newest first; the chosen one stays chosen."""
        chosen = self.chosen
        self.model.show(self._read(None, max(PAGE, len(self.model.steps))))
        ids = [step.operation.id for step in self.model.steps]
        row = ids.index(chosen.operation.id) if chosen and chosen.operation.id in ids else 0
        self.list.setCurrentIndex(self.model.index(row, 0))
        self._stack.setCurrentWidget(self.list if ids else self._empty)
        newest = self.desk.store.history(limit=1)
        self._head.say(f"{newest[0].seq:,} things done" if newest and newest[0].seq > 1 else "")
        self._choose()

    def _read(self, before: int | None, limit: int) -> list[Step]:
        """Read steps that have the wanted words; where no label has them, the newest that say them in what they did."""
        found = self._labelled(before, limit)
        words = self.filter.text().casefold().split()
        if found or not words or before is not None:
            return found
        store, day = self.desk.store, ""
        for operation in store.history(limit=PAGE):
            if all(word in self._told(operation) for word in words):
                this = day_words(local(operation.at).date())
                found.append(Step(operation=operation, stands=store.stands(operation), day=this if this != day else ""))
                day = this
        return found

    def _told(self, operation: Operation) -> str:
        """Say what an operation did, to be searched; what it did never changes, so it is read once."""
        if operation.id not in self._known:
            said = told(self.desk.store, operation, most=_MOST) if operation.kind != "made" else []
            self._known[operation.id] = " ".join([operation.label, operation.who, *said]).casefold()
        return self._known[operation.id]

    def _labelled(self, before: int | None, limit: int) -> list[Step]:
        store, words = self.desk.store, self.filter.text().casefold().split()
        day = day_words(self.model.steps[-1].at.date()) if before is not None and self.model.steps else ""
        found: list[Step] = []
        while len(found) < limit:
            operations = store.history(limit=limit, before=before)
            for operation in operations:
                known = f"{operation.label} {operation.who}".casefold()
                if all(word in known for word in words):
                    this = day_words(local(operation.at).date())
                    found.append(
                        Step(operation=operation, stands=store.stands(operation), day=this if this != day else "")
                    )
                    day = this
            if len(operations) < limit:
                break
            before = operations[-1].seq
        return found

    def _scrolled(self, value: int) -> None:
        """Read older ones when somebody has come near the end."""
        last = self.list.verticalScrollBar().maximum()
        if self.model.steps and last and value > last - theme.px(200):
            self.model.add(self._read(self.model.steps[-1].operation.seq, PAGE))

    @property
    def chosen(self) -> Step | None:
        """The step that is chosen."""
        step = self.list.currentIndex().data(ITEM)
        return step if isinstance(step, Step) else None

    def _choose(self) -> None:
        step = self.chosen
        self._undo.setEnabled(self.desk.writable and step is not None and step.can_go)
        self.details.show_step(step)

    def take_back(self) -> None:
        """Take the chosen step back, if nothing that it touched was changed since."""
        step = self.chosen
        if step is not None and step.can_go:
            self.desk.undo(step.operation.id)


class Details(QWidget):
    """The chosen step in full: who, when, what it did row by row, and whether it can be taken back."""

    def __init__(self, desk: Desk, page: HistoryPage) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk = desk
        self.title = Words("", Type.STRONG, wrap=True)
        self.when = Words("", ink="muted", wrap=True)
        self.why_not = Words("", ink="short", wrap=True)
        self.undo = button("&Take this back", primary=True, tip="Ctrl+Backspace")
        self.undo.clicked.connect(page.take_back)
        self.lines = Section("What it did", gap=6)
        self._words: list[Words] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(12))
        for widget in (self.title, self.when, self.undo, self.why_not, self.lines):
            column.addWidget(widget)
        column.addStretch(1)
        self.show_step(None)

    def show_step(self, step: Step | None) -> None:
        """Show a step; a hint where none is chosen."""
        for widget in (self.when, self.undo, self.why_not, self.lines):
            widget.setVisible(step is not None)
        if step is None:
            self.title.setText("Choose something to see what it did.")
            return
        operation = step.operation
        self.title.setText(step.words)
        who = f" by {operation.who}" if operation.who else ""
        gone = "" if step.stands else ". It was taken back since"
        self.when.setText(f"{day_words(step.at.date())}, {clock(step.at)}{who}{gone}.")
        why = self._desk.store.why_not_undone(operation) if step.can_go and self._desk.writable else ""
        self.undo.setText("&Bring it back" if operation.kind == "undo" else "&Take this back")
        self.undo.setVisible(step.can_go and self._desk.writable and not why)
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
        # A plan that was just made has thousands of rows: nobody reads them, and naming them takes a while.
        said = told(self._desk.store, operation, most=_MOST) if operation.kind != "made" else []
        for place, line in enumerate(said):
            if place == len(self._words):
                self._words.append(Words("", Type.SMALL, wrap=True))
                self.lines.add(self._words[-1])
            self._words[place].setText(line)
        for place, words in enumerate(self._words):
            words.setVisible(place < len(said))
        self.lines.setVisible(bool(said))


_MOST = 40
