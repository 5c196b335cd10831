"""What was counted at a stall, line by line: when, how many, and how many in all by then; changed and deleted here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain import tallies
from rallyapp.domain.problems import UserError
from rallyapp.domain.stalls import Tally
from rallyapp.domain.times import clock, day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.models.listed import ITEM, Index, ListedModel
from rallyapp.ui.pages.stalls.seen import Seen
from rallyapp.ui.pages.stalls.time_field import TimeField
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import NumberField
from rallyapp.ui.widgets.half_typed import show_beside_typing
from rallyapp.ui.widgets.plain_list import PlainList

_HIGH, _MOST = 30, 8


def signed(number: int) -> str:
    """Write a count with its sign: +5, −1."""
    return f"+{number:,}" if number > 0 else f"\u2212{-number:,}"


class CountField(NumberField):
    """How many more signed up, or fewer: "3", "+3", "-1"."""

    def _read(self, text: str) -> int | None:
        return tallies.typed_count(text)

    def _write(self, value: int | None) -> str:
        return signed(value) if value else ""


@dataclass(frozen=True, slots=True)
class Line:
    """A tally, how many there were in all after it, and its day where that is not the one above it."""

    tally: Tally
    total: int
    day: str

    @property
    def id(self) -> str:
        """The tally's id."""
        return self.tally.id

    @property
    def words(self) -> str:
        """All of it in words."""
        when = f"{self.day} {clock(self.tally.at)}".strip()
        return f"{when}, {signed(self.tally.count)}, {tallies.total_words(self.total)} in all"


class _Paint(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(_HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Line = index.data(ITEM)
        box = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        painter.setFont(theme.font(Type.BODY, figures=True))
        left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        at = box.left() + theme.px(8)
        time, count, rest = theme.px(56), theme.px(64), theme.px(110)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRect(at, box.top(), time, box.height()), left | middle, clock(line.tally.at))
        painter.setPen(theme.colour("text" if line.tally.count > 0 else "short"))
        counted = QRect(at + time, box.top(), count, box.height())
        painter.drawText(counted, Qt.AlignmentFlag.AlignRight | middle, signed(line.tally.count))
        painter.setPen(theme.colour("muted"))
        total = QRect(counted.right(), box.top(), rest, box.height())
        painter.drawText(total, Qt.AlignmentFlag.AlignRight | middle, f"{tallies.total_words(line.total)} in all")
        day = QRect(total.right() + theme.px(16), box.top(), box.right() - total.right() - theme.px(16), box.height())
        painter.drawText(day, left | middle, line.day)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
        painter.restore()


class _List(PlainList):
    """The lines, as high as a few of them; Del deletes."""

    deleted = Signal()

    def __init__(self) -> None:
        super().__init__("What was counted")
        self.lines: ListedModel[Line] = ListedModel()
        self.setModel(self.lines)
        self.setItemDelegate(_Paint(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> Tally | None:
        line = self.currentIndex().data(ITEM)
        return line.tally if isinstance(line, Line) else None

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(_HIGH) * max(1, min(_MOST, self.lines.rowCount())) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.value is not None:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class TallyList(QWidget):
    """The list, newest first, and two fields for the line that is chosen."""

    def __init__(self, desk: Desk) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk = desk
        self._found: Sequence[Tally] = ()
        self._seen: Seen | None = None
        self.list = _List()
        self.list.selectionModel().currentChanged.connect(lambda now, before: self._show_chosen())
        self.list.deleted.connect(desk.tried(self._delete))
        self.at = TimeField("Time", needed=True)
        self.count = CountField("Counted")
        self.at.committed.connect(self._change_time)
        self.count.committed.connect(self._change_count)
        self.delete = IconButton("trash", "Delete the chosen count", text="Delete", tip="Del")
        self.delete.clicked.connect(desk.tried(self._delete))
        self._fit()
        self._edit = QWidget()
        row = QHBoxLayout(self._edit)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.at, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.list)
        column.addWidget(self._edit)
        for field in (self.at, self.count):
            field.set_writable(desk.writable)
        self.delete.setEnabled(desk.writable)
        self._chosen = ""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "count"):
            self._fit()
            self.list.updateGeometry()

    def _fit(self) -> None:
        self.at.setFixedWidth(theme.px(136))
        self.count.setFixedWidth(theme.px(90))

    def show_tallies(self, found: Sequence[Tally], seen: Seen) -> None:
        """Show what was counted at a stall."""
        self._found, self._seen = tallies.in_order(found), seen
        totals = accumulate(tally.count for tally in self._found)
        days = {tally.at.date() for tally in found}
        lines = [
            Line(tally, so_far, day_words(tally.at.date()) if len(days) > 1 else "")
            for tally, so_far in zip(self._found, totals, strict=True)
        ]
        self.list.lines.rows.show(lines[::-1])
        self.list.updateGeometry()
        self.setVisible(bool(lines))
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self.list.value
        self._edit.setVisible(chosen is not None)
        if chosen is None or self._seen is None:
            return
        self.at.take_stall(self._seen.plan, self._seen.stall)
        other, self._chosen = chosen.id != self._chosen, chosen.id
        for field, value in ((self.at, chosen.at), (self.count, chosen.count)):
            if other:
                field.show_value(value)
            else:
                show_beside_typing(field, value)

    # -------------------------------------------------------------------------------------------- writing
    @property
    def _name(self) -> str:
        return self._seen.partner.name if self._seen else ""

    def _change_time(self, value: datetime) -> None:
        chosen = self.list.value
        if chosen is not None:
            self._write(chosen, "the time of a count", at=value)

    def _change_count(self, value: int) -> None:
        chosen = self.list.value
        if chosen is not None:
            self._write(chosen, "a count", count=value)

    def _write(self, chosen: Tally, what: str, **new: Any) -> None:
        field = self.at if "at" in new else self.count
        try:
            made = tallies.change(self._found, chosen, **new)
        except UserError as error:
            field.show_value(chosen.at if field is self.at else chosen.count)
            field.say_wrong(str(error))
            return
        self._desk.edit(f"Change {what}, {self._name} stall", lambda edit: edit.save(made, was=chosen))

    def _delete(self) -> None:
        chosen = self.list.value
        if chosen is None or not self._desk.writable:
            return
        tallies.refuse_deleting(self._found, [chosen])
        label = f"Delete the count of {signed(chosen.count)} at {clock(chosen.at)}, {self._name} stall"
        self._desk.edit(label, lambda edit: edit.delete(chosen))
