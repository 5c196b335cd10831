"""Paints shifts: each once into a picture, which is laid on the screen again while somebody scrolls or drags."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from rallyapp.domain import times
from rallyapp.domain.ids import ShiftId
from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.state import ground
from rallyapp.ui.widgets.timeline.letters import Letters, left_out, names_in
from rallyapp.ui.widgets.timeline.records import Bar, Mark


def clock_words(bar: Bar) -> str:
    """Write a shift's times, without the day of an end after midnight: the axis has it."""
    return f"{times.clock(bar.starts)}–{times.clock(bar.ends)}"


class BarPainter:
    """Paints bars. ``forget`` when the theme, the zoom or the screen changed."""

    def __init__(self) -> None:
        """Begin with nothing painted."""
        self._kept: dict[ShiftId, tuple[Bar, int, int, QPixmap]] = {}
        self.forget()

    def forget(self) -> None:
        """Paint everything anew."""
        self._kept.clear()
        self._tiles: dict[tuple[Tone, float], QPixmap] = {}
        self._made: dict[tuple[Type, bool, bool], Letters] = {}

    def keep_only(self, ids: set[ShiftId]) -> None:
        """Drop the pictures of shifts that are no more."""
        for gone in self._kept.keys() - ids:
            del self._kept[gone]

    def letters(self, kind: Type, *, figures: bool = False, struck: bool = False) -> Letters:
        """Give the letters for one type."""
        key = (kind, figures, struck)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = Letters.of(kind, figures=figures, struck=struck)
        return found

    def _tile(self, tone: Tone, ratio: float) -> QPixmap:
        found = self._tiles.get((tone, ratio))
        if found is None:
            ink = theme.colour(tone)
            ink.setAlpha(56 if tone is Tone.SHORT else 40)
            found = self._tiles[tone, ratio] = _hatching(ink, ratio)
        return found

    def stamp(self, painter: QPainter, at: QPoint, bar: Bar) -> None:
        """Lay a bar's picture somewhere else, with the words that it has."""
        if (kept := self._kept.get(bar.id)) is not None:
            painter.drawPixmap(at, kept[3])

    def draw(self, painter: QPainter, box: QRect, bar: Bar, sight: QRect, ratio: float) -> None:
        """Lay a bar on the screen; of one that is partly out of sight, the words are in the part that is not."""
        left, right = max(0, sight.left() - box.left()), max(0, box.right() - sight.right())
        if left or right:
            painter.save()
            painter.translate(box.topLeft())
            self.paint(painter, box.width(), box.height(), bar, left, right)
            painter.restore()
            return
        kept = self._kept.get(bar.id)
        if kept is None or kept[1] != box.width() or kept[2] != box.height() or kept[0] != bar:
            picture = QPixmap(round(box.width() * ratio), round(box.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            onto = QPainter(picture)
            self.paint(onto, box.width(), box.height(), bar)
            onto.end()
            kept = self._kept[bar.id] = (bar, box.width(), box.height(), picture)
        painter.drawPixmap(box.topLeft(), kept[3])

    # ------------------------------------------------------------------------------------------ one bar
    def paint(self, painter: QPainter, width: int, height: int, bar: Bar, before: int = 0, after: int = 0) -> None:
        """Paint a bar at the origin; so many pixels at its left and right are out of sight, with no words in them."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # a list of names begins left, whoever is first
        tone = bar.tone if bar.on else Tone.OFF
        edge = self._ground(painter, width, height, tone)
        if any(mark.kind != "kept" for mark in bar.marks):
            painter.setPen(QPen(theme.colour("accent"), 1.5, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            radius = theme.px(6)
            painter.drawRoundedRect(QRectF(0.75, 0.75, width - 1.5, height - 1.5), radius, radius)
        if bar.paper:
            self._corner(painter, width, height, tone)
        roomy = width >= theme.px(64)
        left = before + edge + theme.px(7 if roomy else 3)
        right = width - after - theme.px(8 if roomy else 2)
        if height < theme.px(40):
            self._one_line(painter, left, right, height, bar, tone)
        else:
            self._two_lines(painter, left, right, height, bar, tone)

    def _ground(self, painter: QPainter, width: int, height: int, tone: Tone) -> int:
        """Paint the tint, the hatching and the edge; say how wide the edge is."""
        path = QPainterPath()
        radius = min(theme.px(6), width / 2)
        path.addRoundedRect(QRectF(0, 0, width, height), radius, radius)
        painter.fillPath(path, ground(tone))
        painter.save()
        painter.setClipPath(path)
        if tone in (Tone.SHORT, Tone.NOBODY):
            painter.drawTiledPixmap(QRect(0, 0, width, height), self._tile(tone, painter.device().devicePixelRatioF()))
        edge = min(theme.px(5 if tone is Tone.NOBODY else 4), max(1, width // 4))
        painter.fillRect(QRectF(0, 0, edge, height), theme.colour("line" if tone is Tone.OFF else tone))
        painter.restore()
        return edge

    def _corner(self, painter: QPainter, width: int, height: int, tone: Tone) -> None:
        """Fill the lower right corner, as of a sheet that is turned over; the tip says why in words."""
        size = min(theme.px(11), width // 3)
        path = QPainterPath()
        radius = min(theme.px(6), width / 2)
        path.addRoundedRect(QRectF(0, 0, width, height), radius, radius)
        painter.save()
        painter.setClipPath(path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("muted" if tone is Tone.OFF else tone))
        painter.drawPolygon(
            QPolygonF([QPointF(width, height - size), QPointF(width, height), QPointF(width - size, height)])
        )
        painter.restore()

    def _two_lines(self, painter: QPainter, left: int, right: int, height: int, bar: Bar, tone: Tone) -> None:
        strong = self.letters(Type.STRONG, figures=True).metrics
        names = self.letters(Type.BODY).metrics
        lines = max(1, int((height - theme.px(16) - strong.ascent() - theme.px(6)) / names.height()))
        tall = strong.ascent() + theme.px(6) + min(2, lines) * names.height()
        first = round(min((height - tall) / 2, theme.px(10)) + strong.ascent() - theme.px(1))
        second = round(first + theme.px(6) + names.ascent())
        count_below = self._header(painter, left, right, first, bar, tone)
        if count_below and lines > 1 and not self._crowded(right - left, bar, tone, lines):
            used = self._left(painter, left, second, bar.count, bar, tone)
            state = bar.state if tone is Tone.SHORT else ""
            small = self.letters(Type.SMALL)
            if state and used + theme.px(8) + small.wide(state) <= right - left:
                self._say(painter, left + used + theme.px(8), second, state, theme.colour(tone), small)
            second += round(names.height()) + theme.px(2)
            lines -= 1
        elif count_below:
            width = self._right(painter, right, second, bar.count, tone)
            right -= round(width) + theme.px(6)
        self._names(painter, left, right, second, bar, tone, lines)

    def _crowded(self, room: int, bar: Bar, tone: Tone, lines: int) -> bool:
        """Say whether more names are shown, all whole, with the count beside them than with a line of its own."""
        if bar.marks or not bar.on or tone is Tone.SHORT or not bar.names or bar.names == bar.state:
            return False
        names = self.letters(Type.BODY)
        beside = room - round(self.letters(Type.STRONG, figures=True).wide(bar.count)) - theme.px(6)
        above = left_out(names_in(names, bar.names, room, lines - 1))
        shown = names_in(names, bar.names, beside, lines)
        return left_out(shown) < above and not any("\u2026" in line for line in shown)

    def _one_line(self, painter: QPainter, left: int, right: int, height: int, bar: Bar, tone: Tone) -> None:
        metrics = self.letters(Type.STRONG, figures=True).metrics
        line = round((height + metrics.capHeight()) / 2)
        if not bar.on:
            self._off_line(painter, left, right, line, bar)
            return
        span, count = clock_words(bar), bar.count
        wide = self.letters(Type.STRONG, figures=True).wide
        gap = theme.px(8)
        room = right - left
        if wide(span) + gap + wide(count) <= room:
            used = self._left(painter, left, line, span, bar)
            taken = self._right(painter, right, line, count, tone)
            left += round(used) + theme.px(10)
            right -= round(taken) + gap if taken else 0
            self._names(painter, left, right, line, bar, tone, 1, Type.SMALL)
        elif wide(start := times.clock(bar.starts)) + gap + wide(count) <= room:
            self._left(painter, left, line, start, bar)
            self._right(painter, right, line, count, tone)
        else:
            self._small_line(painter, left, right, line, bar, tone)

    def _small_line(self, painter: QPainter, left: int, right: int, line: int, bar: Bar, tone: Tone) -> None:
        """Paint the start and the count in small letters if both fit so, else the count."""
        small, start = self.letters(Type.OVERLINE, figures=True), times.clock(bar.starts)
        if small.wide(start) + small.wide(bar.count) + theme.px(5) > right - left:
            self._smallest(painter, left, right, line, bar, tone)
            return
        self._say(painter, left, line, start, theme.colour("text"), small)
        self._say(painter, right - small.wide(bar.count), line, bar.count, theme.colour(tone), small)

    def _off_line(self, painter: QPainter, left: int, right: int, line: int, bar: Bar) -> None:
        """Paint a shift that does not take place: as much of its times as leaves room for the word."""
        word, gap = self.letters(Type.SMALL).wide(bar.state), theme.px(10)
        for text in (clock_words(bar), times.clock(bar.starts)):
            if self.letters(Type.STRONG, figures=True).wide(text) + gap + word <= right - left:
                left += round(self._left(painter, left, line, text, bar)) + gap
                break
        self._names(painter, left, right, line, bar, Tone.OFF, 1, Type.SMALL)

    def _header(self, painter: QPainter, left: int, right: int, line: int, bar: Bar, tone: Tone) -> bool:
        """Paint the times and the count, whole or not at all; say whether the count has to go on the next line."""
        wide, gap, room = self.letters(Type.STRONG, figures=True).wide, theme.px(8), right - left
        span, start = clock_words(bar), times.clock(bar.starts)
        state = bar.state if tone is Tone.SHORT else ""
        count = bar.count if bar.on else ""
        says = self.letters(Type.SMALL).wide(state) if state else 0
        if wide(span) + wide(count) + gap <= room:
            used = self._left(painter, left, line, span, bar)
            taken = self._right(painter, right, line, count, tone)
            free = room - used - taken - 2 * gap
            if state and says <= free:
                at = right - taken - (gap if taken else 0) - says
                self._say(painter, at, line, state, theme.colour(tone), self.letters(Type.SMALL))
            return False
        if wide(span) <= room:
            self._left(painter, left, line, span, bar)
            return bool(count)
        if wide(start) + wide(count) + gap <= room:
            self._left(painter, left, line, start, bar)
            self._right(painter, right, line, count, tone)
            return False
        if wide(start) <= room:
            self._left(painter, left, line, start, bar)
            return bool(count)
        self._smallest(painter, left, right, line, bar, tone)
        return False

    def _smallest(self, painter: QPainter, left: int, right: int, line: int, bar: Bar, tone: Tone) -> None:
        """Where there is hardly room, the count is what matters; a tip and the pane have the rest."""
        small = self.letters(Type.OVERLINE, figures=True)
        for text in (bar.count if bar.on else "", times.clock(bar.starts)):
            if text and small.wide(text) <= right - left:
                self._say(painter, left, line, text, theme.colour(tone), small)
                return

    def _names(
        self,
        painter: QPainter,
        left: int,
        right: int,
        line: int,
        bar: Bar,
        tone: Tone,
        lines: int,
        kind: Type = Type.BODY,
    ) -> None:
        if bar.marks:
            self._marks(painter, left, right, line, bar.marks, lines, kind)
            return
        letters = self.letters(kind)
        if not bar.on:  # the word first: it has to be said even where there is no room for names
            state = letters.cut(bar.state, right - left)
            self._say(painter, left, line, state, theme.colour("muted"), letters)
            left += round(letters.wide(f"{state}  "))
            letters = self.letters(kind, struck=True)
        room = right - left
        text = bar.names if bar.names != bar.state else ""
        # Half a name tells nothing, except beneath the times, where nothing else would stand.
        cramped = room < theme.px(48) and letters.wide(text or bar.state) > room
        if cramped and (not bar.on or kind is Type.SMALL or room < theme.px(24)):
            return
        if not text and not bar.on:
            return
        ink = theme.colour(tone if tone in (Tone.NOBODY, Tone.OFF) or not text else "text")
        text = text or (bar.state if letters.wide(bar.state) <= room else bar.state.split(" ")[0])
        shown = [text] if letters.wide(text) <= room else names_in(letters, text, room, lines)
        for number, words in enumerate(shown):
            self._say(painter, left, round(line + number * letters.metrics.height()), words, ink, letters)

    def _marks(
        self, painter: QPainter, left: int, right: int, line: int, marks: tuple[Mark, ...], lines: int, kind: Type
    ) -> None:
        """Paint a proposal's names, changes first: added ones outlined with a plus, dropped ones struck through."""
        ordered = sorted(marks, key=lambda mark: ("added", "dropped", "kept").index(mark.kind))
        plain = self.letters(kind)
        at = float(left)
        for number, mark in enumerate(ordered):
            width = self._mark_width(mark, kind)
            rest = len(ordered) - number - 1
            spare = plain.wide("+9 −9") + theme.px(16)
            kept = spare if rest and lines == 1 else 0
            if at > left and lines > 1 and at + width > right:
                lines -= 1
                at = float(left)
                line += round(plain.metrics.height()) + theme.px(3)
                kept = spare if rest and lines == 1 else 0
            if at + width + kept > right:
                self._more(painter, at, right, line, ordered[number:], kind)
                return
            self._mark(painter, at, width, line, mark, kind)
            at += width + theme.px(6)

    def _mark_width(self, mark: Mark, kind: Type) -> float:
        if mark.kind == "added":
            return self.letters(kind).wide(f"+ {mark.text}") + 2 * theme.px(5)
        return self.letters(kind).wide(mark.text)

    def _mark(self, painter: QPainter, at: float, width: float, line: int, mark: Mark, kind: Type) -> None:
        if mark.kind == "added":
            self._chip(painter, at, width, line, f"+ {mark.text}", kind)
            return
        letters = self.letters(kind, struck=mark.kind == "dropped")
        self._say(painter, at, line, mark.text, theme.colour("muted" if mark.kind == "dropped" else "text"), letters)

    def _chip(self, painter: QPainter, at: float, width: float, line: int, text: str, kind: Type) -> None:
        """Paint what a proposal adds: outlined, on a ground of its own, because the accent is too faint on a tint."""
        letters = self.letters(kind)
        top = line - letters.metrics.ascent() - theme.px(1)
        box = QRectF(at + 0.5, top, width - 1, letters.metrics.height() + theme.px(2))
        painter.setBrush(theme.colour("card"))
        painter.setPen(QPen(theme.colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box, theme.px(5), theme.px(5))
        self._say(painter, at + theme.px(5), line, text, theme.colour("accent"), letters)

    def _more(self, painter: QPainter, at: float, right: int, line: int, marks: list[Mark], kind: Type) -> None:
        """Count the marks for which there was no room: "+2 −1" are added and dropped."""
        counts = [sum(mark.kind == each for mark in marks) for each in ("added", "dropped", "kept")]
        signs = [f"{sign}{count}" for sign, count in zip(("+", "−"), counts, strict=False) if count]
        words = " ".join(signs) or f"{counts[2]} more"
        width = self.letters(kind).wide(words) + (2 * theme.px(5) if signs else 0)
        if at + width > right:
            return
        if signs:
            self._chip(painter, at, width, line, words, kind)
        else:
            self._say(painter, at, line, words, theme.colour("text"), self.letters(kind))

    # -------------------------------------------------------------------------------------------- words
    def _left(self, painter: QPainter, at: float, line: int, text: str, bar: Bar, ink: str = "text") -> float:
        letters = self.letters(Type.STRONG, figures=True, struck=not bar.on)
        self._say(painter, at, line, text, theme.colour(ink if bar.on else "muted"), letters)
        return letters.wide(text)

    def _right(self, painter: QPainter, right: float, line: int, text: str, tone: Tone) -> float:
        if not text:
            return 0
        letters = self.letters(Type.STRONG, figures=True)
        width = letters.wide(text)
        self._say(painter, right - width, line, text, theme.colour(tone), letters)
        return width

    def _say(self, painter: QPainter, left: float, line: float, text: str, ink: QColor, letters: Letters) -> None:
        painter.setFont(letters.font)
        painter.setPen(ink)
        painter.drawText(QPointF(left, line), text)


def _hatching(ink: QColor, ratio: float) -> QPixmap:
    """Make the slanted lines that say "short", wide enough apart to read words on them; a tile of them."""
    step = theme.px(7)
    tile = QPixmap(round(step * ratio), round(step * ratio))
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(ink, 1))
    for shift in (-step, 0, step):
        painter.drawLine(QPointF(shift - 1, step + 1), QPointF(shift + step + 1, -1))
    painter.end()
    return tile
