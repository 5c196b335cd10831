"""What stands round the cells of a week grid: the days, the hours, and the levels to paint with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from rallyapp.domain.people import Level
from rallyapp.domain.times import clock, day_words
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.week_canvas import WeekCanvas
from rallyapp.ui.widgets.week_drawing import TONES, paint_level
from rallyapp.ui.widgets.week_model import KEYS, NAMES, SIGNS

GUTTER = 40
_SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Heads(QWidget):
    """The days' names above their columns; a click paints the whole day, the right button offers more."""

    clicked = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, canvas: WeekCanvas) -> None:
        """Stand beside a grid."""
        super().__init__()
        self._canvas = canvas
        self._over = -1
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Days; Ctrl+Space in the grid chooses a whole day")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(0, theme.px(36))

    def _column(self, x: int) -> int:
        days = len(self._canvas.week.days)
        return sum(self._canvas.columnViewportPosition(column) <= x for column in range(1, days)) if days else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Paint the day, or offer more."""
        column = self._column(int(event.position().x()))
        if column < 0:
            return
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(column, event.globalPosition().toPoint())
        elif event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(column)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which day it would be."""
        over = self._column(int(event.position().x()))
        if over != self._over:
            self._over = over
            days = self._canvas.week.days
            tip = f"{day_words(days[over])}: click to paint the whole day" if over >= 0 else ""
            self.setToolTip(theme.plain_tip(tip) if tip else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show none."""
        super().leaveEvent(event)
        self._over = -1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write weekday and date above each column."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for column, day in enumerate(self._canvas.week.days):
            x, width = self._canvas.columnViewportPosition(column), self._canvas.columnWidth(column)
            box = QRect(x, 0, width, self.height())
            if column == self._over:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("grid"))
                painter.drawRoundedRect(QRectF(box).adjusted(1, 0, -1, -2), theme.px(5), theme.px(5))
            half = box.height() // 2
            centre = Qt.AlignmentFlag.AlignCenter
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(QRect(x, 0, width, half), centre, _SHORT_DAYS[day.weekday()])
            words = f"{day.day}/{day.month}"
            painter.setFont(theme.font(Type.OVERLINE, figures=True))
            if QFontMetrics(painter.font()).horizontalAdvance("30/12") + theme.px(6) > width:
                words = str(day.day)  # the months stand above the days then
            painter.setPen(theme.colour("text"))
            painter.drawText(QRect(x, half - theme.px(2), width, half), centre, words)
        painter.end()


class Hours(QWidget):
    """The hours at the left of the rows."""

    def __init__(self, canvas: WeekCanvas) -> None:
        """Stand beside a grid."""
        super().__init__()
        self._canvas = canvas
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    def sizeHint(self) -> QSize:
        """As wide as a time."""
        return QSize(theme.px(GUTTER), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write each full hour at its line, every other one where there is little room."""
        painter = QPainter(self)
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour("muted"))
        model, height = self._canvas.week, self._canvas.row_height
        letters = QFontMetrics(painter.font()).height()
        step = 2 if height * 2 >= letters else 4
        if not model.days:
            painter.end()
            return
        for row in range(model.rowCount()):
            if (model.first + row) % step == 0:
                top = self._canvas.y() - self.y() + row * height - letters // 2
                box = QRect(0, top, self.width() - theme.px(6), letters)
                painter.drawText(box, Qt.AlignmentFlag.AlignRight, clock(model.starts(row, 0)))
        painter.end()


class Brush(QPushButton):
    """A level to paint with: its pattern and sign, its name and its key; together they are the legend."""

    def __init__(self, level: Level | None) -> None:
        """Take the level; None clears."""
        super().__init__()
        self.level = level
        self.setProperty("segment", True)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(f"Paint: {NAMES[level].lower()} (key {KEYS[level]} in the grid)")
        self.setToolTip(theme.plain_tip(f"Paint {NAMES[level].lower()}: {KEYS[level]}"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as other buttons; its width is shared with the others."""
        return QSize(theme.px(100), theme.px(30))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the swatch, and write the name and the key."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = theme.px(16)
        box = QRectF(theme.px(10), (self.height() - side) // 2, side, side)
        small = theme.font(Type.SMALL, figures=True)
        painter.fillRect(box, theme.colour("card"))
        if self.level is not None:
            paint_level(painter, box, self.level)
            painter.setFont(small)
            painter.setPen(theme.colour(TONES[self.level]))
            painter.drawText(box.adjusted(theme.px(3), 0, 0, 0), Qt.AlignmentFlag.AlignCenter, SIGNS[self.level])
        painter.setPen(theme.colour("muted"))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        middle = Qt.AlignmentFlag.AlignVCenter
        words = QRectF(self.rect()).adjusted(theme.px(34), 0, -theme.px(10), 0)
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("muted" if not self.isEnabled() else "accent" if self.isChecked() else "text"))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, NAMES[self.level])
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, KEYS[self.level])
        painter.end()
