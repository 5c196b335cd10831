"""A month as a grid, Monday first: bars over the days that something lasts, and marks on single days.

It knows nothing of strikes: it is handed bars and marks. Arrow keys walk the days, Page Up and Page Down the months,
Enter opens the day that is chosen.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from rallyapp.domain.times import FIRST_YEAR, LAST_YEAR, long_day_words
from rallyapp.ui import icons, theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.spoken_role import speak_as
from rallyapp.ui.widgets.state import ground

_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Something that lasts from one day to another, both included; ``words`` stand on it, ``tip`` says it whole."""

    id: str
    first: date
    last: date
    words: str
    icon: str
    tone: Tone
    struck: bool = False
    tip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign on one day: an icon and one or two words; ``tip`` says it whole."""

    day: date
    words: str
    icon: str
    ink: str = "muted"
    tip: str = ""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A part of a bar in one week: from which column to which, in which lane."""

    bar: Bar
    week: int
    lane: int
    left: int
    right: int


class Month(QWidget):
    """The grid. One day is chosen at a time, as the cursor is in a text."""

    moved = Signal()  # another day, or another month, is chosen
    opened = Signal(object)  # the date: Enter, or a double click
    picked = Signal(str)  # the id of a bar that was clicked

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        """Show the month of a day, which has a ring around it."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.today = today
        self._day = today
        self._bars: tuple[Bar, ...] = ()
        self._marks: dict[date, list[Mark]] = {}
        self._placed: list[_Placed] = []
        self._chosen = ""
        speak_as(self, QAccessible.Role.Graphic)
        self._speak()

    # -------------------------------------------------------------------------------------- what is shown
    @property
    def day(self) -> date:
        """The day that is chosen."""
        return self._day

    @property
    def title(self) -> str:
        """The month and year that are shown."""
        return long_day_words(self._day).split(" ", 2)[2]

    def show_all(self, bars: Iterable[Bar], marks: Iterable[Mark], *, today: date, chosen: str = "") -> None:
        """Show these; ``chosen`` is the id of the bar that stands out."""
        self._bars = tuple(sorted(bars, key=lambda bar: (bar.first, bar.last, bar.id)))
        found: dict[date, list[Mark]] = defaultdict(list)
        for mark in marks:
            found[mark.day].append(mark)
        self._marks = dict(found)
        self.today, self._chosen = today, chosen
        self._lay()

    def go(self, day: date) -> None:
        """Choose a day, in its month; one before or after all years is passed over."""
        if not FIRST_YEAR <= day.year <= LAST_YEAR or day == self._day:
            return
        self._day = day
        self._lay()
        self._speak()
        self.moved.emit()

    def step_month(self, by: int) -> None:
        """Go so many months on, to the same day or the month's last."""
        year, month = divmod(self._day.year * 12 + self._day.month - 1 + by, 12)
        self.go(date(year, month + 1, min(self._day.day, monthrange(year, month + 1)[1])))

    def bars_on(self, day: date) -> list[Bar]:
        """List the bars that lie over a day."""
        return [bar for bar in self._bars if bar.first <= day <= bar.last]

    def spoken(self, day: date) -> str:
        """Say a day with all that is on it."""
        said = [long_day_words(day) + (", today" if day == self.today else "")]
        said += [bar.tip or bar.words for bar in self.bars_on(day)]
        said += [mark.tip or mark.words for mark in self._marks.get(day, ())]
        return ". ".join(each.rstrip(".") for each in said) + "."

    # -------------------------------------------------------------------------------------------- its shape
    @property
    def first(self) -> date:
        """The Monday with which the grid begins."""
        first = self._day.replace(day=1)
        return first - timedelta(days=first.weekday())

    @property
    def weeks(self) -> int:
        """How many weeks the month touches."""
        first = self._day.replace(day=1)
        return -(-(first.weekday() + monthrange(first.year, first.month)[1]) // 7)

    def _lay(self) -> None:
        self._placed = []
        for week in range(self.weeks):
            monday = self.first + timedelta(weeks=week)
            taken: list[int] = []  # the first free column of each lane
            for bar in self._bars:
                left, right = (bar.first - monday).days, (bar.last - monday).days
                if right < 0 or left > 6:
                    continue
                left, right = max(0, left), min(6, right)
                lane = next((lane for lane, free in enumerate(taken) if free <= left), len(taken))
                taken[lane : lane + 1] = [right + 1]
                self._placed.append(_Placed(bar, week, lane, left, right))
        self.update()

    def sizeHint(self) -> QSize:
        """Seven columns, and rows with room for a bar and two marks."""
        return QSize(theme.px(700), theme.px(480))

    def minimumSizeHint(self) -> QSize:
        """What still can be read."""
        return QSize(theme.px(420), theme.px(200))

    @property
    def _head(self) -> int:
        return theme.px(28)

    def _edges(self, whole: int, parts: int) -> list[int]:
        return [round(whole * part / parts) for part in range(parts + 1)]

    def _cell(self, week: int, column: int) -> QRect:
        across = self._edges(self.width() - 1, 7)
        down = self._edges(self.height() - 1 - self._head, self.weeks)
        return QRect(
            across[column], self._head + down[week], across[column + 1] - across[column], down[week + 1] - down[week]
        )

    def cell_of(self, day: date) -> QRect:
        """Give the place of a day; an empty one for a day that is not shown."""
        week, column = divmod((day - self.first).days, 7)
        return self._cell(week, column) if 0 <= week < self.weeks else QRect()

    def _box(self, placed: _Placed) -> QRectF:
        left, right = self._cell(placed.week, placed.left), self._cell(placed.week, placed.right)
        begins = self.first + timedelta(days=placed.week * 7 + placed.left) == placed.bar.first
        ends = self.first + timedelta(days=placed.week * 7 + placed.right) == placed.bar.last
        top = left.top() + theme.px(28) + placed.lane * theme.px(26)
        start = left.left() + (theme.px(4) if begins else 0)
        end = right.left() + right.width() - (theme.px(4) if ends else 0)
        return QRectF(start + 0.5, top + 0.5, end - start, theme.px(22))

    def _lanes(self, week: int) -> int:
        """How many lanes of bars fit into a week's row."""
        return max(1, (self._cell(week, 0).height() - theme.px(30)) // theme.px(26))

    def day_at(self, place: QPoint) -> date | None:
        """Give the day at a place of the widget."""
        for week in range(self.weeks):
            for column in range(7):
                if self._cell(week, column).contains(place):
                    return self.first + timedelta(days=week * 7 + column)
        return None

    def _bar_at(self, place: QPoint) -> Bar | None:
        for placed in self._placed:
            if placed.lane < self._lanes(placed.week) and self._box(placed).contains(QPointF(place)):
                return placed.bar
        return None

    # -------------------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the grid, the days, then the bars over them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(10), theme.px(10))
        painter.setClipPath(outline)
        painter.fillPath(outline, theme.colour("card"))
        painter.setFont(theme.font(Type.OVERLINE))
        painter.setPen(theme.colour("muted"))
        for column, name in enumerate(_WEEK):
            box = self._cell(0, column)
            painter.drawText(QRect(box.left() + theme.px(10), 0, box.width(), self._head), _LEFT, name.upper())
        for week in range(self.weeks):
            for column in range(7):
                self._paint_day(painter, week, column)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.cell_of(self._day).adjusted(1, 1, 0, 0))
        for placed in self._placed:
            if placed.lane < self._lanes(placed.week):
                self._paint_bar(painter, placed)
        for week in range(self.weeks):
            self._paint_marks(painter, week)
        painter.setClipping(False)
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_day(self, painter: QPainter, week: int, column: int) -> None:
        day = self.first + timedelta(days=week * 7 + column)
        box = self._cell(week, column)
        here = day.month == self._day.month
        if day == self._day:
            painter.fillRect(box, theme.colour("tint"))
        elif not here:
            painter.fillRect(box, theme.colour("window"))
        painter.setPen(theme.colour("grid"))
        painter.drawLine(box.topLeft(), box.topRight())
        if column:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        number = QRectF(box.left() + theme.px(5), box.top() + theme.px(4), theme.px(22), theme.px(22))
        if day == self.today:
            painter.setPen(QPen(theme.colour("accent"), max(1.5, theme.px(15) / 10)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(number)
        painter.setFont(theme.font(Type.STRONG if here else Type.BODY, figures=True))
        painter.setPen(theme.colour("accent" if day == self.today else "text" if here else "muted"))
        painter.drawText(number, _CENTRE, str(day.day))

    def _paint_bar(self, painter: QPainter, placed: _Placed) -> None:
        bar, box = placed.bar, self._box(placed)
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(box, theme.px(5), theme.px(5))
        painter.fillPath(path, ground(bar.tone))
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        if bar.tone is Tone.SHORT:
            painter.fillRect(box, theme.hatch(theme.colour(bar.tone)))
        edge = theme.px(5 if bar.tone is Tone.NOBODY else 3)
        painter.fillRect(QRectF(box.left(), box.top(), edge, box.height()), theme.colour(bar.tone))
        sign = QRectF(box.left() + theme.px(8), box.center().y() - theme.px(7), theme.px(14), theme.px(14))
        icons.paint(painter, sign, bar.icon, str(bar.tone))
        font = theme.font(Type.SMALL, figures=True)
        font.setStrikeOut(bar.struck)
        painter.setFont(font)
        painter.setPen(theme.colour(bar.tone if bar.struck else "text"))
        inner = box.adjusted(theme.px(26), 0, -theme.px(3), 0)
        painter.drawText(inner, _LEFT, _cut(painter, bar.words, inner.width()))
        painter.restore()
        if bar.id == self._chosen:
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))

    def _paint_marks(self, painter: QPainter, week: int) -> None:
        high, size = theme.px(18), theme.px(13)
        for column in range(7):
            day = self.first + timedelta(days=week * 7 + column)
            marks = self._marks.get(day, ())
            box = self._cell(week, column)
            used = [
                placed.lane for placed in self._placed if placed.week == week and placed.left <= column <= placed.right
            ]
            lanes = self._lanes(week)
            over = sum(lane >= lanes for lane in used)
            lowest = box.top() + theme.px(28) + (min(max(used), lanes - 1) + 1) * theme.px(26) if used else box.top()
            room = (box.top() + box.height() - theme.px(4) - max(lowest, box.top() + theme.px(26))) // high
            shown = marks[: max(0, room)]
            painter.setFont(theme.font(Type.SMALL))
            top = box.top() + box.height() - theme.px(4) - len(shown) * high
            for mark in shown:
                ink = mark.ink if day.month == self._day.month else "muted"
                icons.paint(
                    painter, QRectF(box.left() + theme.px(9), top + (high - size) / 2, size, size), mark.icon, ink
                )
                line = QRect(box.left() + theme.px(26), top, box.width() - theme.px(30), high)
                painter.setPen(theme.colour(ink))
                painter.drawText(line, _LEFT, _cut(painter, mark.words, line.width()))
                top += high
            if more := over + len(marks) - len(shown):
                painter.setPen(theme.colour("muted"))
                corner = QRect(box.left(), box.top() + theme.px(5), box.width() - theme.px(8), theme.px(20))
                painter.drawText(corner, _RIGHT, f"+{more}")

    # ------------------------------------------------------------------------------------- keys and mouse
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the days and months, and open a day."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
        if not plain:
            super().keyPressEvent(event)
        elif key in steps:
            self.go(self._day + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step_month(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.go(self._day - timedelta(days=self._day.weekday()))
        elif key == Qt.Key.Key_End:
            self.go(self._day + timedelta(days=6 - self._day.weekday()))
        elif key == Qt.Key.Key_T:
            self.go(self.today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._day)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day, or the bar, that is clicked."""
        place = event.position().toPoint()
        day, bar = self.day_at(place), self._bar_at(place)
        if event.button() == Qt.MouseButton.LeftButton and day is not None:
            self.go(day)
            if bar is not None:
                self.picked.emit(bar.id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day that is double-clicked."""
        day = self.day_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and day is not None:
            self.opened.emit(day)

    def event(self, event: QEvent) -> bool:
        """Say in a tip what is on the day under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day, bar = self.day_at(event.pos()), self._bar_at(event.pos())
            text = (bar.tip or bar.words) if bar else self.spoken(day) if day else ""
            QToolTip.showText(event.globalPos(), theme.plain_tip(text) if text else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys are."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keys are elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def _speak(self) -> None:
        """Tell a screen reader which day is chosen and what is on it."""
        self.setAccessibleName(f"Calendar, {self.title}")
        said = self.spoken(self._day)
        self.setAccessibleDescription(said)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
            if self.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))


def _cut(painter: QPainter, text: str, width: float) -> str:
    return QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, int(width))
