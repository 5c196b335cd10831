"""Paints what stands around the shifts: rows and their labels, the axis, and the people on the line."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from rallyapp.domain import times
from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.timeline.geometry import Geometry, Heading, Stripe
from rallyapp.ui.widgets.timeline.letters import Letters
from rallyapp.ui.widgets.timeline.records import Coverage

_STEPS = (5, 15, 30, 60, 120, 180, 240, 360, 720)
_PAD = 16


def tone_of_cover(cover: Coverage) -> str:
    """Name the tone of some minutes: short where fewer are counted than needed."""
    if cover.counted >= cover.needed:
        return "met"
    return "short" if cover.counted else "nobody"


class Surround:
    """Paints everything but the shifts. ``forget`` when theme or zoom changed."""

    def __init__(self) -> None:
        """Take the letters of the theme that is shown."""
        self.forget()

    def forget(self) -> None:
        """Take the letters anew."""
        self.strong = Letters.of(Type.STRONG)
        self.body = Letters.of(Type.BODY)
        self.small = Letters.of(Type.SMALL)
        self.over = Letters.of(Type.OVERLINE)
        self.figures = Letters.of(Type.SMALL, figures=True)
        self.figures_over = Letters.of(Type.OVERLINE, figures=True)

    # --------------------------------------------------------------------------------------- behind bars
    def ground(self, painter: QPainter, at: Geometry) -> None:
        """Paint the rows, where their pickets stand, and the hours."""
        for stripe in at.visible():
            box = at.row_rect(stripe)
            self._picket(painter, at, stripe, box)
            painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        bottom = min(at.body.bottom() + 1, round(at.y(at.layout.height)))
        for when in self.hours(at):
            x = round(at.x(when))
            painter.fillRect(QRect(x, at.body.top(), 1, bottom - at.body.top()), theme.colour("grid"))
        for stripe in at.visible():
            if not stripe.places:
                self._no_shift(painter, at, stripe)

    def _picket(self, painter: QPainter, at: Geometry, stripe: Stripe, box: QRect) -> None:
        """Tint the hours at which a row has no picket, or other host; in an empty one outline those with one."""
        row = stripe.row
        shade = theme.colour("window")
        starts = at.x(row.starts) if row.starts else box.right() + 1.0
        ends = at.x(row.ends) if row.ends else (at.x(at.last) if row.starts else box.right() + 1.0)
        left, right = (round(min(max(x, box.left()), box.right() + 1)) for x in (starts, ends))
        painter.fillRect(QRect(box.left(), box.top(), left - box.left(), box.height()), shade)
        painter.fillRect(QRect(right, box.top(), box.right() + 1 - right, box.height()), shade)
        if row.starts and not stripe.places:
            middle = box.top() + (box.height() - 1) / 2
            lane = QRectF(
                starts + 1, middle - at.layout.lane / 2 + 0.5, max(0.0, ends - starts - 2), at.layout.lane - 1
            )
            painter.setPen(QPen(theme.colour("line"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(lane, theme.px(6), theme.px(6))

    def _no_shift(self, painter: QPainter, at: Geometry, stripe: Stripe) -> None:
        """Say that there is no shift, over the lines of the hours."""
        row, box = stripe.row, at.row_rect(stripe)
        words = "No shift" if row.starts else f"No shift, no {row.host}"
        beginning = max(float(box.left()), at.x(row.starts) if row.starts else box.left()) + theme.px(12)
        line = box.top() + (box.height() - 1) / 2 + self.small.metrics.capHeight() / 2
        high = self.small.metrics.height()
        ground = QRectF(beginning - theme.px(3), line - high, self.small.wide(words) + theme.px(6), high * 1.5)
        painter.fillRect(ground, theme.colour("card" if row.starts else "window"))
        self._say(painter, self.small, beginning, line, words, "muted")

    def hours(self, at: Geometry) -> list[datetime]:
        """List the times that the axis names, as many as fit."""
        apart = self.figures.wide("00:00") + theme.px(12)
        step = next((each for each in _STEPS if each * at.per_minute >= apart), _STEPS[-1])
        first = at.when(max(0.0, at.minute_at(at.body.left())))
        midnight = first.replace(hour=0, minute=0)
        when = midnight + timedelta(minutes=-(-int((first - midnight).total_seconds() // 60) // step) * step)
        last = min(at.last, at.when(at.minute_at(at.body.right())))
        out = []
        while when <= last:
            out.append(when)
            when += timedelta(minutes=step)
        return out

    def now_line(self, painter: QPainter, at: Geometry) -> None:
        """Draw the line that says what time it is."""
        now = at.view.now
        if now is None or not at.first <= now <= at.last:
            return
        x = round(at.x(now))
        bottom = min(at.body.bottom() + 1, round(at.y(at.layout.height)))
        painter.fillRect(QRect(x, at.body.top(), theme.px(1), bottom - at.body.top()), theme.colour("text"))

    # ------------------------------------------------------------------------------------- over the edge
    def headings(self, painter: QPainter, at: Geometry) -> None:
        """Paint the sites' names; the one that is being scrolled through stays in sight."""
        stuck: Heading | None = None
        for heading in at.layout.headings:
            top = round(at.y(heading.top))
            if top < at.body.top():
                stuck = heading
            elif top <= at.body.bottom():
                self._heading(painter, at, heading, top)
        if stuck is not None:
            top = at.body.top()
            following = [each for each in at.layout.headings if each.top > stuck.top]
            if following:
                top = min(top, round(at.y(following[0].top)) - stuck.height)
            self._heading(painter, at, stuck, top)

    def _heading(self, painter: QPainter, at: Geometry, heading: Heading, top: int) -> None:
        box = QRect(at.corner.left(), top, at.corner.width() + at.body.width(), heading.height)
        painter.fillRect(box, theme.colour("side"))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))
        line = top + (heading.height + self.over.metrics.capHeight()) / 2
        words = self.over.cut(heading.site or "No site", box.width() - 2 * theme.px(_PAD))
        self._say(painter, self.over, box.left() + theme.px(_PAD), line, words, "muted")

    def labels(self, painter: QPainter, at: Geometry) -> None:
        """Paint what each row is called."""
        column = QRect(at.corner.left(), at.body.top(), at.corner.width(), at.body.height())
        for stripe in at.visible():
            self._label(painter, at, stripe)
        painter.fillRect(QRect(column.right(), column.top(), 1, column.height()), theme.colour("line"))

    def _label(self, painter: QPainter, at: Geometry, stripe: Stripe) -> None:
        box = at.label_rect(stripe)
        left, room = box.left() + theme.px(_PAD), box.width() - theme.px(_PAD + 8)
        row = stripe.row
        title = self.strong.cut(row.title, room)
        if (at.layout.one_line and len(stripe.places) and stripe.height < theme.px(44)) or not row.note:
            line = box.top() + (box.height() + self.strong.metrics.capHeight()) / 2
            self._say(painter, self.strong, left, line, title, "text")
            left += round(self.strong.wide(title)) + theme.px(8)
            room = box.right() - theme.px(8) - left
            if row.note and self.small.wide(row.note) <= room:
                self._say(painter, self.small, left, line, row.note, "muted")
        elif at.layout.one_line and stripe.height < theme.px(44):
            line = box.top() + (box.height() + self.strong.metrics.capHeight()) / 2
            self._say(painter, self.strong, left, line, title, "text")
        else:
            tall = self.strong.metrics.ascent() + theme.px(5) + self.small.metrics.ascent()
            line = box.top() + (box.height() - tall) / 2 + self.strong.metrics.ascent() - theme.px(1)
            self._say(painter, self.strong, left, line, title, "text")
            line += theme.px(5) + self.small.metrics.ascent()
            self._say(painter, self.small, left, line, self.small.cut(row.note, room), "muted")
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), theme.colour("line"))

    def axis(self, painter: QPainter, at: Geometry) -> None:
        """Paint the hours, and the time that it is now."""
        strip = QRect(at.corner.left(), at.corner.top(), at.size.right() - at.corner.left(), at.corner.height())
        painter.fillRect(QRect(strip.left(), strip.bottom(), strip.width(), 1), theme.colour("line"))
        line = strip.top() + (strip.height() + self.figures.metrics.capHeight()) / 2
        pill = self._now_pill(at)
        painter.save()
        painter.setClipRect(QRect(at.corner.right() - theme.px(20), strip.top(), strip.width(), strip.height()))
        for when in self.hours(at):
            midnight = when.hour == 0 and when.minute == 0 and when > at.first
            text = " ".join(times.day_words(when).split()[:3]) if midnight else times.clock(when)
            letters = self.figures_over if midnight else self.figures
            width = letters.wide(text)
            left = at.x(when) - width / 2
            if left >= at.corner.right() - theme.px(20) and not (
                pill and left < pill.right() + theme.px(4) and left + width > pill.left() - theme.px(4)
            ):
                self._say(painter, letters, left, line, text, "text" if midnight else "muted")
        if pill:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("text"))
            painter.drawRoundedRect(pill, theme.px(5), theme.px(5))
            text = times.clock(at.view.now) if at.view.now else ""
            width = self.figures_over.wide(text)
            base = pill.center().y() + self.figures_over.metrics.capHeight() / 2
            self._say(painter, self.figures_over, pill.center().x() - width / 2, base, text, "card")
            stem = QRectF(
                round(at.x(at.view.now or at.first)), pill.bottom(), theme.px(1.5), strip.bottom() - pill.bottom()
            )
            painter.fillRect(stem, theme.colour("text"))
        painter.restore()

    def _now_pill(self, at: Geometry) -> QRectF | None:
        now = at.view.now
        if now is None or not at.first <= now <= at.last:
            return None
        x = at.x(now)
        if not at.body.left() <= x <= at.body.right():
            return None
        width = self.figures_over.wide("00:00") + theme.px(12)
        return QRectF(x - width / 2, at.corner.top() + theme.px(8), width, theme.px(20))

    # -------------------------------------------------------------------------------- people on the line
    def coverage(self, painter: QPainter, at: Geometry) -> None:
        """Paint how many people are counted on over the day, and how many are needed."""
        if not at.cover.height():
            return
        whole = QRect(at.corner.left(), at.cover.top(), at.size.right() - at.corner.left(), at.cover.height())
        painter.fillRect(QRect(whole.left(), whole.top(), whole.width(), 1), theme.colour("line"))
        self._cover_label(painter, at)
        floor = at.cover.bottom() - theme.px(24)
        most = max((max(each.counted, each.needed) for each in at.view.coverage), default=0)
        scale = (floor - at.cover.top() - theme.px(14)) / max(1, most)
        painter.save()
        painter.setClipRect(at.cover.adjusted(0, 1, 0, 0))
        painter.fillRect(QRect(at.cover.left(), floor, at.cover.width(), 1), theme.colour("line"))
        apart = 1
        shown = [each for each in at.view.coverage if self._in_sight(at, each)]
        if shown:
            widest = max(self.figures.wide(str(each.counted)) for each in shown) + theme.px(6)
            apart = max(1, round(0.49 + widest / max(1.0, shown[0].minutes * at.per_minute)))
        for number, each in enumerate(at.view.coverage):
            if self._in_sight(at, each):
                self._cover_bar(painter, at, each, floor, scale, says=number % apart == 0)
        self._needed_line(painter, at, floor, scale)
        painter.restore()

    def _in_sight(self, at: Geometry, each: Coverage) -> bool:
        left = at.x(each.at)
        return left < at.cover.right() and left + each.minutes * at.per_minute > at.cover.left()

    def _cover_bar(
        self, painter: QPainter, at: Geometry, each: Coverage, floor: int, scale: float, *, says: bool
    ) -> None:
        left, width = at.x(each.at), each.minutes * at.per_minute
        tone = tone_of_cover(each)
        box = QRectF(round(left) + 1, floor - each.counted * scale, max(1.0, round(left + width) - round(left) - 2), 0)
        box.setBottom(floor)
        if each.counted:
            path = QPainterPath()
            path.addRoundedRect(box.adjusted(0, 0, 0, theme.px(3)), theme.px(3), theme.px(3))
            painter.save()
            painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
            painter.fillPath(path, ground_of(tone))
            if tone != "met":
                painter.fillRect(box, theme.hatch(theme.colour(tone)))
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), theme.px(2)), theme.colour(tone))
            painter.restore()
        if says and (each.counted or each.needed):
            text = str(each.counted)
            line = floor + theme.px(6) + self.figures.metrics.ascent()
            x = left + (width - self.figures.wide(text)) / 2
            self._say(painter, self.figures, x, line, text, "muted" if tone == "met" else tone)

    def _needed_line(self, painter: QPainter, at: Geometry, floor: int, scale: float) -> None:
        line = QPolygonF()
        until: datetime | None = None
        for each in at.view.coverage:
            y = floor - each.needed * scale + 0.5
            if until != each.at:
                line.append(QPointF(at.x(until), floor + 0.5) if until else QPointF(at.x(each.at), floor + 0.5))
                line.append(QPointF(at.x(each.at), floor + 0.5))
            until = each.at + timedelta(minutes=each.minutes)
            line.append(QPointF(round(at.x(each.at)) + 0.5, y))
            line.append(QPointF(round(at.x(until)) + 0.5, y))
        if until:
            line.append(QPointF(at.x(until), floor + 0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(theme.colour("text"), theme.px(1)))
        painter.drawPolyline(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _cover_label(self, painter: QPainter, at: Geometry) -> None:
        left, top = at.corner.left() + theme.px(_PAD), at.cover.top() + theme.px(14)
        room = at.corner.width() - theme.px(_PAD + 4)
        line = top + self.strong.metrics.ascent()
        self._say(painter, self.strong, left, line, self.strong.cut(at.view.crowd, room), "text")
        sign = theme.px(14)
        for number, words in enumerate(("Bars: counted on", "Line: needed")):
            base = line + theme.px(8) + (number + 1) * self.small.metrics.height() - theme.px(3)
            middle = base - self.small.metrics.capHeight() / 2
            if number:
                painter.fillRect(QRectF(left, round(middle), sign, theme.px(1.5)), theme.colour("text"))
            else:
                box = QRectF(left, round(middle) - theme.px(4), sign, theme.px(8))
                painter.fillRect(box, ground_of("met"))
                painter.fillRect(QRectF(box.left(), box.top(), sign, theme.px(2)), theme.colour("met"))
            self._say(
                painter,
                self.small,
                left + sign + theme.px(8),
                base,
                self.small.cut(words, room - sign - theme.px(8)),
                "muted",
            )
        painter.fillRect(QRect(at.corner.right(), at.cover.top(), 1, at.cover.height()), theme.colour("line"))

    # --------------------------------------------------------------------------------------------- frame
    def frame(self, painter: QPainter, at: Geometry, focused: bool) -> None:
        """Round the corners and draw the edge."""
        box = QRectF(at.size)
        radius = theme.px(10)
        outside = QPainterPath()
        outside.addRect(box)
        inside = QPainterPath()
        inside.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(outside - inside, theme.colour("window"))
        painter.setPen(QPen(theme.colour("accent" if focused else "line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(inside)

    def _say(self, painter: QPainter, letters: Letters, left: float, line: float, text: str, ink: str) -> None:
        painter.setFont(letters.font)
        painter.setPen(theme.colour(ink))
        painter.drawText(QPointF(left, line), text)


def ground_of(tone: str) -> QColor:
    """Give the tint that a tone stands on."""
    return theme.colour(f"{tone}_ground")
