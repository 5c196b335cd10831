"""The strike days as calm rows: when, what kind, in which state, how full, and what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from rallyapp.domain.disputes import StrikeState
from rallyapp.ui import icons, theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.keyed import Rows
from rallyapp.ui.pages.days.states import paint_chip
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import as_table
from rallyapp.ui.widgets.state import paint_bar

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """What the row of a day says; one without a state is the heading of a dispute."""

    id: str
    day: str
    times: str = ""
    kind: str = ""
    state: StrikeState | None = None
    entrances: str = ""
    filled: str = ""
    share: float = 0.0
    tone: Tone = Tone.OFF
    lack: str = ""
    wrong: str = ""
    red: bool = False

    @property
    def off(self) -> bool:
        """Say whether the day is stood down."""
        return self.state in (StrikeState.SUSPENDED, StrikeState.CALLED_OFF, StrikeState.SUPERSEDED)

    @property
    def cells(self) -> list[str]:
        """The row as the cells of a table."""
        if self.state is None:
            return [self.day]
        cells = [self.day, self.times, self.kind, str(self.state), self.entrances, self.filled, self.lack, self.wrong]
        return cells

    @property
    def spoken(self) -> str:
        """The whole row as one sentence."""
        return ", ".join(filter(None, self.cells))


class DayRows(QAbstractListModel):
    """The rows, in order of dispute and time."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[DayRow] = Rows(self)

    def show(self, rows: Sequence[DayRow]) -> None:
        """Show these rows."""
        self.rows.show(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows, headings among them."""
        return 0 if parent.isValid() else len(self.rows.all)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be read, not chosen."""
        if index.isValid() and self.rows.all[index.row()].state is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row, or what it says."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(row.spoken)
        return None


class _Paint(QStyledItemDelegate):
    """Paints a row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines, or one for a heading."""
        row: DayRow = index.data(ROW)
        return QSize(theme.px(300), theme.px(40 if row.state is None else 68))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one."""
        row: DayRow = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(option.rect)
        if row.state is None:
            self._heading(painter, box, row)
        else:
            self._row(painter, box, row, option)
        painter.restore()

    def _heading(self, painter: QPainter, box: QRect, row: DayRow) -> None:
        painter.setFont(theme.font(Type.OVERLINE))
        painter.setPen(theme.colour("muted"))
        inner = box.adjusted(theme.px(16), theme.px(10), -theme.px(16), 0)
        painter.drawText(inner, _LEFT, _cut(painter, row.day.upper(), inner.width()))
        painter.setPen(theme.colour("line"))
        painter.drawLine(box.left() + theme.px(16), box.bottom(), box.right() - theme.px(16), box.bottom())

    def _row(self, painter: QPainter, box: QRect, row: DayRow, option: QStyleOptionViewItem) -> None:
        state = QStyle.StateFlag
        chosen = bool(option.state & state.State_Selected)
        if chosen or option.state & state.State_MouseOver:
            painter.fillRect(box, theme.colour("tint" if chosen else "window"))
        if chosen:
            painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        painter.setPen(theme.colour("grid"))
        painter.drawLine(box.left() + theme.px(16), box.bottom(), box.right() - theme.px(16), box.bottom())
        if option.state & state.State_HasFocus:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), theme.px(7), theme.px(7))
        inner = box.adjusted(theme.px(18), theme.px(12), -theme.px(16), -theme.px(12))
        wide = inner.width()
        half = inner.height() // 2
        places = [round(wide * part) for part in (0, 0.365, 0.525, 0.825)]
        first = QRect(inner.left(), inner.top(), places[1] - theme.px(12), inner.height())
        self._when(painter, first, half, row)
        assert row.state is not None
        at = QRect(inner.left() + places[1], inner.top(), places[2] - places[1] - theme.px(8), inner.height())
        paint_chip(painter, at, row.state)
        at = QRect(inner.left() + places[2], inner.top(), places[3] - places[2] - theme.px(16), inner.height())
        self._filled(painter, at, half, row)
        at = QRect(inner.left() + places[3], inner.top(), wide - places[3], inner.height())
        self._wrong(painter, at, half, row)

    def _when(self, painter: QPainter, at: QRect, half: int, row: DayRow) -> None:
        font = theme.font(Type.HEADING, figures=True)
        font.setStrikeOut(row.off)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if row.off else "text"))
        painter.drawText(QRect(at.left(), at.top(), at.width(), half), _LEFT, _cut(painter, row.day, at.width()))
        painter.setFont(theme.font(Type.BODY, figures=True))
        painter.setPen(theme.colour("muted"))
        line = QRect(at.left(), at.top() + half, at.width(), half)
        painter.drawText(line, _LEFT, _cut(painter, f"{row.times} \u00b7 {row.kind}", at.width()))

    def _filled(self, painter: QPainter, at: QRect, half: int, row: DayRow) -> None:
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour("muted"))
        above = QRect(at.left(), at.top(), at.width(), half - theme.px(2))
        if not row.filled:
            painter.drawText(QRect(at.left(), at.top(), at.width(), at.height()), _LEFT, row.entrances)
            return
        painter.drawText(above, _LEFT, _cut(painter, f"{row.entrances} \u00b7 {row.filled}", at.width()))
        bar = QRect(at.left(), at.top() + half + theme.px(5), theme.px(56), theme.px(6))
        paint_bar(painter, bar, row.share, row.tone)
        painter.setPen(theme.colour(row.tone))
        if row.tone is Tone.NOBODY:
            font = theme.font(Type.SMALL, figures=True)
            font.setBold(True)
            painter.setFont(font)
        rest = QRect(bar.right() + theme.px(8), at.top() + half, at.right() - bar.right() - theme.px(8), half)
        painter.drawText(rest, _LEFT, _cut(painter, row.lack, rest.width()))

    def _wrong(self, painter: QPainter, at: QRect, half: int, row: DayRow) -> None:
        if not row.wrong:
            return
        ink = "nobody" if row.red else "short"
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour(ink))
        wide = QFontMetrics(painter.font()).horizontalAdvance(row.wrong)
        side = theme.px(14)
        left = max(at.left(), at.right() - wide - side - theme.px(6))
        sign = "octagon-alert" if row.red else "triangle-alert"
        icons.paint(painter, QRectF(left, at.center().y() - side / 2, side, side), sign, ink)
        line = QRect(left + side + theme.px(6), at.top(), at.right() - left - side - theme.px(5), at.height())
        painter.drawText(line, _LEFT, _cut(painter, row.wrong, line.width()))


class DayList(QListView):
    """The list. Ctrl+C copies the rows as a table, Enter goes to the details of the day."""

    chosen = Signal(str)  # the strike day's id
    entered = Signal()

    def __init__(self, model: DayRows, parent: QWidget | None = None) -> None:
        """Show a model's rows."""
        super().__init__(parent)
        self.setAccessibleName("Strike days")
        self._paint = _Paint(self)
        self._rows = model
        self.setItemDelegate(self._paint)
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._showing = False
        self.selectionModel().currentChanged.connect(self._changed)
        self.clicked.connect(self._clicked)
        self.activated.connect(lambda: self.entered.emit())

    def choose(self, day: str | None) -> None:
        """Choose a day without saying so; None chooses none."""
        self._showing = True
        try:
            places = [place for place, row in enumerate(self._rows.rows.all) if row.state and row.id == day]
            if not places:
                self.selectionModel().clear()
                return
            index = self._rows.index(places[0], 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        finally:
            self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the rows as a table, all of them: a rota's days fit on half a page."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setMimeData(as_table([row.cells for row in self._rows.rows.all]))
            event.accept()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_paint"):
            self.scheduleDelayedItemsLayout()

    def _changed(self, now: QModelIndex, before: QModelIndex) -> None:
        row = now.data(ROW)
        if row is not None and row.state is not None and not self._showing:
            self.chosen.emit(row.id)

    def _clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None and row.state is not None:
            self.chosen.emit(row.id)


def _cut(painter: QPainter, text: str, width: int) -> str:
    return QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
