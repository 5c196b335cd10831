"""The risk assessment as a grid: likelihood upwards, severity to the right, and how many hazards lie where."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.domain import risks
from rallyapp.domain.ids import RiskId
from rallyapp.domain.rallies import Risk
from rallyapp.domain.risks import Band, Cell, Square
from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.spoken_role import speak_as

TONES = {Band.LOW: Tone.MET, Band.MEDIUM: Tone.SHORT, Band.HIGH: Tone.NOBODY, Band.VERY_HIGH: Tone.NOBODY}
_AXIS, _BELOW, _GAP = 44, 40, 3  # px at 100 %
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (1, 0),
    Qt.Key.Key_Down: (-1, 0),
}


class RiskGrid(QWidget):
    """The grid. A click or an arrow key goes to a square; ``chosen`` tells which."""

    chosen = Signal(object)  # a Cell
    opened = Signal()  # Enter: go on to the hazards of the square

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.cell: Cell = (risks.MOST, risks.MOST)
        self._squares: Mapping[Cell, Square] = {}
        self._marked: Risk | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleDescription("Arrow keys go from square to square, Enter to the hazards that lie there.")
        speak_as(self, QAccessible.Role.Chart)
        self._say()

    def sizeHint(self) -> QSize:
        """Ask for squares that are wider than high."""
        return QSize(theme.px(430), theme.px(330))

    def minimumSizeHint(self) -> QSize:
        """Be readable at least."""
        return QSize(theme.px(240), theme.px(190))

    def show_squares(self, squares: Mapping[Cell, Square], marked: Risk | None = None) -> None:
        """Show what lies where; ``marked`` is the hazard whose way from before to after is drawn."""
        self._squares, self._marked = squares, marked
        self._say()
        self.update()

    def choose(self, cell: Cell) -> None:
        """Go to a square."""
        if cell != self.cell:
            self.cell = cell
            self._say()
            self.update()
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
            self.chosen.emit(cell)

    def here(self) -> tuple[RiskId, ...]:
        """List the hazards of the square, before and after, each once."""
        square = self._squares.get(self.cell, Square())
        return tuple(dict.fromkeys((*square.before, *square.after)))

    def _say(self) -> None:
        self.setAccessibleName(risks.cell_words(self.cell, self._squares.get(self.cell)))

    # ------------------------------------------------------------------------------------------- painting
    def _box(self, cell: Cell) -> QRectF:
        likelihood, severity = cell
        left, below, gap = theme.px(_AXIS), theme.px(_BELOW), theme.px(_GAP)
        wide = (self.width() - left - 2) / risks.MOST
        high = (self.height() - below - 2) / risks.MOST
        box = QRectF(left + (severity - 1) * wide, (risks.MOST - likelihood) * high + 1, wide, high)
        return box.adjusted(gap / 2, gap / 2, -gap / 2, -gap / 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the squares, what lies in them, and the axes."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for likelihood in range(1, risks.MOST + 1):
            for severity in range(1, risks.MOST + 1):
                self._paint_ground(painter, (likelihood, severity))
        self._paint_axes(painter)
        self._paint_way(painter)  # below the counts, so that it strikes none of them through
        for likelihood in range(1, risks.MOST + 1):
            for severity in range(1, risks.MOST + 1):
                self._paint_counts(painter, (likelihood, severity))

    def _paint_ground(self, painter: QPainter, cell: Cell) -> None:
        box, band = self._box(cell), risks.band(cell[0] * cell[1])
        painter.setPen(Qt.PenStyle.NoPen)
        radius = theme.px(5)
        painter.setBrush(theme.colour(f"{TONES[band]}_ground"))
        painter.drawRoundedRect(box, radius, radius)
        if band is Band.VERY_HIGH:
            painter.setBrush(theme.hatch(theme.colour("nobody")))
            painter.drawRoundedRect(box, radius, radius)

    def _paint_counts(self, painter: QPainter, cell: Cell) -> None:
        box, radius = self._box(cell), theme.px(5)
        square = self._squares.get(cell, Square())
        counts = [(number, full) for number, full in ((len(square.before), False), (len(square.after), True)) if number]
        if len(counts) < 2 or box.width() > 7 * self._radius():
            painter.setFont(theme.font(Type.OVERLINE))
            painter.setPen(theme.colour("text"))
            corner = box.adjusted(theme.px(6), theme.px(3), -theme.px(6), -theme.px(3))
            painter.drawText(corner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(cell[0] * cell[1]))
        for place, (number, full) in enumerate(counts):
            self._paint_count(painter, self._middle(box, place, len(counts)), number, full)
        if cell == self.cell:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 3 if self.hasFocus() else 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), radius, radius)

    def _radius(self) -> float:
        box = self._box((1, 1))
        return min(theme.px(13), box.height() * 0.32, box.width() / 4 - 2)

    def _middle(self, box: QRectF, place: int, of: int) -> QPointF:
        aside = (self._radius() + theme.px(2)) * (2 * place - of + 1)
        return QPointF(box.center().x() + aside, box.center().y() + box.height() * 0.1)

    def _paint_count(self, painter: QPainter, at: QPointF, number: int, full: bool) -> None:
        radius = self._radius()
        ink = theme.colour("text")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if full else theme.colour("card"))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(theme.colour("card") if full else ink)
        painter.setFont(theme.font(Type.SMALL, figures=True))
        box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_axes(self, painter: QPainter) -> None:
        painter.setPen(theme.colour("muted"))
        painter.setFont(theme.font(Type.SMALL, figures=True))
        high = theme.px(18)
        for step in range(1, risks.MOST + 1):
            row, column = self._box((step, 1)), self._box((1, step))
            beside = QRectF(theme.px(22), row.top(), theme.px(_AXIS - 28), row.height())
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(step))
            below = QRectF(column.left(), column.bottom() + theme.px(3), column.width(), high)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(step))
        painter.setFont(theme.font(Type.SMALL))
        bottom = QRectF(theme.px(_AXIS), self.height() - high, self.width() - theme.px(_AXIS), high)
        painter.drawText(bottom, Qt.AlignmentFlag.AlignCenter, _ends(painter, bottom, "Severity", risks.SEVERITIES))
        painter.save()
        painter.translate(0, self.height() - theme.px(_BELOW))
        painter.rotate(-90)
        side = QRectF(0, 0, self.height() - theme.px(_BELOW), high)
        painter.drawText(side, Qt.AlignmentFlag.AlignCenter, _ends(painter, side, "Likelihood", risks.LIKELIHOODS))
        painter.restore()

    def _paint_way(self, painter: QPainter) -> None:
        """Draw the way of the marked hazard from before to after."""
        risk = self._marked
        rest = risks.left(risk) if risk is not None else None
        if risk is None or rest is None or rest == (risk.likelihood, risk.severity):
            return
        start, end = (self._middle(self._box(cell), 0, 1) for cell in ((risk.likelihood, risk.severity), rest))
        ink = QColor(theme.colour("accent"))
        painter.setPen(QPen(ink, 2, Qt.PenStyle.DashLine))
        away = self._radius() * 1.6
        length = ((end.x() - start.x()) ** 2 + (end.y() - start.y()) ** 2) ** 0.5
        step = (end - start) / length
        tip = end - step * away
        painter.drawLine(start + step * away, tip)
        side = QPointF(-step.y(), step.x()) * theme.px(4)
        back = tip - step * theme.px(8)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon([tip, back + side, back - side])

    # --------------------------------------------------------------------------------------------- acting
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the square that was clicked."""
        for likelihood in range(1, risks.MOST + 1):
            for severity in range(1, risks.MOST + 1):
                if self._box((likelihood, severity)).contains(event.position()):
                    self.choose((likelihood, severity))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next square."""
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif step is None:
            super().keyPressEvent(event)
        else:
            wanted = (self.cell[0] + step[0], self.cell[1] + step[1])
            if all(1 <= part <= risks.MOST for part in wanted):
                self.choose(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that it is elsewhere."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


class Legend(QWidget):
    """What the two kinds of circles mean."""

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.setAccessibleName("An outlined number counts hazards before the control, a filled one after it")
        self.setFixedHeight(theme.px(20))

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.px(20))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circles and their words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(Type.SMALL))
        left, side = theme.px(_AXIS), theme.px(12)
        for full, words in ((False, "before the control"), (True, "after it")):
            ring = QRectF(left + 1, (self.height() - side) / 2, side, side)
            painter.setPen(QPen(theme.colour("text"), 1.5))
            painter.setBrush(theme.colour("text" if full else "card"))
            painter.drawEllipse(ring)
            painter.setPen(theme.colour("muted"))
            wide = painter.fontMetrics().horizontalAdvance(words)
            box = QRectF(ring.right() + theme.px(6), 0, wide + 2, self.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
            left = int(box.right()) + theme.px(16)


def _ends(painter: QPainter, box: QRectF, what: str, words: tuple[str, ...]) -> str:
    """Name an axis with its two ends, or without them where there is no room."""
    whole = f"{what}: 1 {words[0]} to {len(words)} {words[-1]}"
    return whole if painter.fontMetrics().horizontalAdvance(whole) <= box.width() else what
