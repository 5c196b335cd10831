"""Problems below their strike days, worst first, as a list that is walked through and copied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.problems import Problem, Severity
from rallyapp.domain.times import day_words
from rallyapp.ui import icons, theme
from rallyapp.ui.models.headed import HeadedModel
from rallyapp.ui.models.listed import ITEM, Index
from rallyapp.ui.models.problems import TITLES
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.plain_list import PlainList

SIGNS = {
    Severity.RED: ("octagon-alert", "nobody"),
    Severity.STAND_DOWN: ("circle-dashed", "nobody"),
    Severity.AMBER: ("triangle-alert", "short"),
    Severity.INFO: ("info", "muted"),
}
ROW, HEADING = 42, 40


@dataclass(frozen=True, slots=True)
class DayLine:
    """The line above a strike day's problems."""

    title: str
    count: str


class CheckModel(HeadedModel["DayLine | Problem"]):
    """Problems by strike day; what belongs to no day comes last."""

    def show(self, problems: Iterable[Problem], days: Iterable[StrikeDay]) -> None:
        """Show these problems, which come worst first."""
        grouped: dict[StrikeDayId | None, list[Problem]] = {}
        for problem in problems:
            grouped.setdefault(problem.day, []).append(problem)
        lines: list[DayLine | Problem] = []
        titles = {day.id: f"{day_words(day.first_date)}, {day.kind}" for day in days}
        for day, title in (*titles.items(), (None, "The whole plan")):
            found = grouped.get(day, [])
            if found:
                lines += [DayLine(title, counted(found)), *found]
        if lines != self.lines:
            self.show_lines(lines)

    def row_of(self, problem: Problem | None) -> int:
        """Say in which row a problem stands; -1 where it is gone."""
        return self.lines.index(problem) if problem in self.lines else -1

    def is_heading(self, line: DayLine | Problem) -> bool:
        """Say whether a line is a day's."""
        return isinstance(line, DayLine)

    def words(self, line: DayLine | Problem) -> str:
        """Write a day with how many problems it has, or a problem's sentence."""
        return f"{line.title}: {line.count}" if isinstance(line, DayLine) else line.sentence

    def spoken(self, line: DayLine | Problem) -> str:
        """Say how bad a problem is, too: the eye sees its sign."""
        return self.words(line) if isinstance(line, DayLine) else f"{TITLES[line.severity]}: {line.sentence}"


class _Paint(QStyledItemDelegate):
    """Paints a day, or a sign and a sentence in at most two lines; the whole of it stands in the details."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, theme.px(HEADING if isinstance(index.data(ITEM), DayLine) else ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: DayLine | Problem = index.data(ITEM)
        box = option.rect
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, DayLine):
            inner = box.adjusted(theme.px(16), theme.px(6), -theme.px(16), 0)
            painter.setFont(theme.font(Type.STRONG))
            painter.setPen(theme.colour("text"))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, line.title)
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, line.count)
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(box.left(), box.top(), theme.px(3), box.height()), theme.colour("accent"))
        sign, ink = SIGNS[line.severity]
        side = theme.px(16)
        icons.paint(painter, QRectF(box.left() + theme.px(16), box.center().y() - side / 2, side, side), sign, ink)
        inner = box.adjusted(theme.px(42), theme.px(4), -theme.px(16), -theme.px(4))
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("text"))
        _two_lines(painter, inner, line.sentence)
        painter.setPen(theme.colour("grid"))
        painter.drawLine(inner.left(), box.bottom(), inner.right(), box.bottom())
        painter.restore()


def _two_lines(painter: QPainter, box: QRect, text: str) -> None:
    """Write a text in at most two lines, the second of which ends in an ellipsis where more would follow."""
    metrics = painter.fontMetrics()
    first, rest = text, ""
    if metrics.horizontalAdvance(text) > box.width():
        words, first = text.split(" "), ""
        while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= box.width():
            first = f"{first} {words.pop(0)}".strip()
        rest = metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, box.width())
    high = metrics.lineSpacing()
    top = box.top() + (box.height() - high * (2 if rest else 1)) // 2
    for line in filter(None, (first, rest)):
        painter.drawText(QRect(box.left(), top, box.width(), high), Qt.AlignmentFlag.AlignLeft, line)
        top += high


class CheckList(PlainList):
    """The list. Enter goes there, Ctrl+C copies the chosen sentences."""

    def __init__(self, model: CheckModel) -> None:
        """Show a model's problems."""
        super().__init__("Problems", several=True)
        self.setModel(model)
        self.setItemDelegate(_Paint(self))


def counted(problems: Iterable[Problem]) -> str:
    """Count problems by how bad they are: "3 must be put right, 12 to look at"."""
    listed = list(problems)
    red = sum(each.severity in (Severity.RED, Severity.STAND_DOWN) for each in listed)
    amber = sum(each.severity is Severity.AMBER for each in listed)
    rest = len(listed) - red - amber
    words = (
        f"{red:,} to put right" if red else "",
        f"{amber:,} to look at" if amber else "",
        f"{rest:,} to know" if rest else "",
    )
    return ", ".join(filter(None, words))
