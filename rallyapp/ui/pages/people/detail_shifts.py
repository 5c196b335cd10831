"""The shifts that somebody is on, in order, and their hours against their limits."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rallyapp.domain.pickets import Shift
from rallyapp.domain.problems import Concern
from rallyapp.domain.times import day_words, minutes_words, span_words
from rallyapp.store.person_queries import OwnShift
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.people.detail_part import Part, Rows
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.state import paint_bar
from rallyapp.ui.widgets.words import Words


@dataclass(frozen=True, slots=True)
class Hours:
    """The minutes of a day, or of all days, and the limit if there is one."""

    id: str
    words: str
    minutes: int
    limit: int | None

    @property
    def over(self) -> bool:
        """Say whether it is more than the limit."""
        return self.limit is not None and self.minutes > self.limit

    @property
    def said(self) -> str:
        """Say it in words: "4 h of 5 h"."""
        words = minutes_words(self.minutes)
        if self.limit is None:
            return words
        return f"{words} of {minutes_words(self.limit)}" + (", over" if self.over else "")


def hours_of(shifts: tuple[OwnShift, ...], day_limit: int | None, total_limit: int | None) -> tuple[Hours, ...]:
    """Count the minutes of each day, then of all; shifts that are off or only within reach don't count."""
    by_day: dict[date, int] = defaultdict(int)
    for own in shifts:
        if own.counts:
            by_day[own.shift.starts.date()] += own.shift.span.minutes
    days = [Hours(day.isoformat(), day_words(day), minutes, day_limit) for day, minutes in sorted(by_day.items())]
    return (*days, Hours("total", "In all", sum(by_day.values()), total_limit))


class HoursRow(QWidget):
    """A line with a day, its hours and a bar of how much of the limit is used."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._hours: Hours | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_hours(self, hours: Hours) -> None:
        """Show a day's hours."""
        self._hours = hours
        self.setAccessibleName(f"{hours.words}: {hours.said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line, and a bar below it where there is a limit."""
        return QSize(0, theme.px(32 if self._hours and self._hours.limit else 20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the line and draw the bar."""
        hours = self._hours
        if hours is None:
            return
        painter = QPainter(self)
        line = self.rect()
        line.setHeight(theme.px(20))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font(Type.STRONG if hours.id == "total" else Type.BODY, figures=True))
        painter.setPen(theme.colour("text"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignLeft, hours.words)
        painter.setPen(theme.colour("short" if hours.over else "muted" if hours.id != "total" else "text"))
        painter.drawText(line, middle | Qt.AlignmentFlag.AlignRight, hours.said)
        if hours.limit:
            bar = self.rect()
            bar.setTop(theme.px(22))
            bar.setHeight(theme.px(6))
            paint_bar(painter, bar, min(1.0, hours.minutes / hours.limit), Tone.SHORT if hours.over else Tone.OFF)
            if not hours.over and hours.minutes:
                bar.setWidth(round(bar.width() * hours.minutes / hours.limit))
                paint_bar(painter, bar, 1.0, Tone.MET)
        painter.end()


class ShiftRow(QPushButton):
    """A shift as a line that leads to where it is planned: when, where, as what, and how firm."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setProperty("nav", True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._lines: tuple[str, str, str] = ("", "", "")
        self._off = False

    def show_shift(self, own: OwnShift) -> None:
        """Show a shift."""
        shift, assignment = own.shift, own.assignment
        state = str(assignment.state) if own.on else f"off: {own.why_off}" if own.why_off else "off"
        when = f"{day_words(shift.starts.date())[:-5]}  {span_words(shift.starts, shift.ends)}"
        presence = "" if own.assignment.presence == "present" else ", within reach"
        self._lines = (when, own.place, f"{assignment.role}{presence} \u00b7 {state}")
        self._off = not own.on or not assignment.state.counts
        said = f"{day_words(shift.starts.date())} {shift.words}, {own.place}, {assignment.role}{presence}, {state}"
        self.setAccessibleName(f"{said}. Show it")
        self.setToolTip(theme.plain_tip(f"{said}. Click to show it."))
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(0, theme.px(66))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Write the lines; one that is off is struck through."""
        super().paintEvent(event)
        painter = QPainter(self)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        inner = QRectF(self.rect()).adjusted(theme.px(10), theme.px(6), -theme.px(28), -theme.px(6))
        side = theme.px(16)
        arrow = QRectF(self.width() - side - theme.px(6), (self.height() - side) / 2, side, side)
        icons.paint(painter, arrow, "chevron-right", "muted")
        height = inner.height() / 3
        for place, (text, kind, ink) in enumerate(
            zip(self._lines, (Type.STRONG, Type.BODY, Type.SMALL), ("text", "text", "muted"), strict=True)
        ):
            font = theme.font(kind, figures=place == 0)
            font.setStrikeOut(self._off and place == 0)
            painter.setFont(font)
            painter.setPen(theme.colour("muted" if self._off else ink))
            box = QRectF(inner.left(), inner.top() + place * height, inner.width(), height)
            cut = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(box, left, cut)
        painter.end()


class ShiftsPart(Part):
    """Own shifts in order of time, and hours so far."""

    gone_to = Signal(object)

    def __init__(self, desk: Desk) -> None:
        """Make the two lists."""
        super().__init__(desk, "Shifts")
        self.none = Words("", ink="muted", wrap=True)
        self.rows: Rows[ShiftRow] = Rows(self._row, lambda row, own: row.show_shift(own.own), gap=2)
        self.hours: Rows[HoursRow] = Rows(lambda hours: HoursRow(), lambda row, hours: row.show_hours(hours), gap=6)
        column = QWidget()
        inner = QVBoxLayout(column)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(12))
        for widget in (self.none, self.hours, self.rows):
            inner.addWidget(widget)
        self.add(column)

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        shifts = self.held.shifts
        self.none.setText("" if shifts else f"{self.held.person.given_name} is on no shift yet.")
        self.none.setVisible(not shifts)
        self.rows.show_records([_Keyed(own) for own in shifts])
        limits = (self.person.max_minutes_day, self.person.max_minutes_total)
        self.hours.show_records(hours_of(shifts, *limits) if shifts else ())

    def _row(self, keyed: _Keyed) -> ShiftRow:
        made = ShiftRow()
        made.clicked.connect(lambda: self.gone_to.emit(_leads_to(keyed.own.shift)))
        return made


def _leads_to(shift: Shift) -> Concern:
    """Name what shows a shift: the rota, or the rally or the stall that it is for."""
    if shift.post_id:
        return Concern("post", shift.post_id)
    return Concern("stall", shift.stall_id) if shift.stall_id else Concern("shift", shift.id)


@dataclass(frozen=True, slots=True)
class _Keyed:
    """An own shift by its assignment's id, as rows are kept."""

    own: OwnShift

    @property
    def id(self) -> str:
        return self.own.assignment.id
