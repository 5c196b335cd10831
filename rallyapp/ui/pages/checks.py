"""Everything that is wrong or risky in the plan, by strike day, worst first: go there, or mend it at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.mending import Mend, concern_words, mend_all, mends
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.times import day_words
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.homes import home_of
from rallyapp.ui.models.problems import TITLES
from rallyapp.ui.page import Page
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied
from rallyapp.ui.widgets.parts import Card, Empty, Section, Segments
from rallyapp.ui.widgets.words import Words, button

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole
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


class CheckModel(QAbstractListModel):
    """Problems by strike day; what belongs to no day comes last."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self.lines: list[DayLine | Problem] = []

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
                lines += [DayLine(title, _counted(found)), *found]
        if lines == self.lines:
            return
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def row_of(self, problem: Problem | None) -> int:
        """Say in which row a problem stands; -1 where it is gone."""
        return self.lines.index(problem) if problem in self.lines else -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the lines."""
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the days' lines be read, not chosen."""
        if index.isValid() and isinstance(self.lines[index.row()], DayLine):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a line, or what it says."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ITEM:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(line, DayLine):
                return f"{line.title}: {line.count}"
            return line.sentence if role == Qt.ItemDataRole.DisplayRole else f"{TITLES[line.severity]}: {line.sentence}"
        return None


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


class CheckList(QListView):
    """The list. Enter goes there, Ctrl+C copies the chosen sentences."""

    def __init__(self, model: CheckModel) -> None:
        """Show a model's problems."""
        super().__init__()
        self.setAccessibleName("Problems")
        self.setModel(model)
        self.setItemDelegate(_Paint(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen sentences."""
        if not copied(self, event):
            super().keyPressEvent(event)


class ChecksPage(Page):
    """The page."""

    reads = frozenset({"strike_day"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.model = CheckModel()
        self.list = CheckList(self.model)
        self.setFocusProxy(self.list)
        self.list.selectionModel().currentChanged.connect(lambda: self._choose())
        self.list.activated.connect(lambda: self.go_there())
        self.severity = Segments(
            (("All", None), ("Must be put right", Severity.RED), ("Look at this", Severity.AMBER)), "Which problems"
        )
        self.severity.chosen.connect(lambda: self._show())
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Only those with these words")
        self.filter.setAccessibleName("Only problems with these words")
        self.filter.setClearButtonEnabled(False)
        self.filter.textChanged.connect(lambda: self._show())
        self._count = Words("", ink="muted")
        self._law = Words(carried.law().words, Type.SMALL, ink="muted", wrap=True)
        self._nothing = Empty("")
        self._nothing.wanted.connect(self._show_all)
        self.details = Details(desk, self)
        self.inspector = self.details
        self._chosen: Problem | None = None
        self._lay_out()
        self._make_actions()
        desk.checking.changed.connect(self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(12))
        top = QHBoxLayout()
        top.addWidget(Words("Checks", Type.TITLE))
        top.addSpacing(theme.px(12))
        top.addWidget(self._count, 1)
        column.addLayout(top)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self.severity)
        row.addWidget(self.filter, 1)
        column.addLayout(row)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        column.addWidget(Card(self._stack, self.list), 1)
        column.addWidget(self._law)

    def _make_actions(self) -> None:
        for text, keys, do in (
            ("&Go there", "Ctrl+Return", self.go_there),
            ("&Mend it", "Ctrl+M", self.mend),
            ("Mend &all of this kind", "Ctrl+Shift+M", self.mend_kind),
        ):
            made = QAction(text, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.triggered.connect(self.desk.tried(lambda checked=False, do=do: do()))
            self.addAction(made)

    # ---------------------------------------------------------------------------------------- showing
    def reload(self) -> None:
        """Show what was found last; whatever has changed since is looked at anew."""
        self.desk.checking.ensure()
        self._show()

    def show_record(self, what: Concern) -> None:
        """Show the problems of a strike day, or the first that concerns a record."""
        for row, line in enumerate(self.model.lines):
            if isinstance(line, Problem) and (what in line.concerns or line.day == what.id):
                self.list.setCurrentIndex(self.model.index(row))
                return

    @property
    def chosen(self) -> Problem | None:
        """The problem that is chosen."""
        return self._chosen

    def like(self, problem: Problem) -> list[Problem]:
        """List the problems of the same kind on the same strike day, among those that are shown."""
        shown = (line for line in self.model.lines if isinstance(line, Problem))
        return [each for each in shown if (each.code, each.day) == (problem.code, problem.day)]

    def _show_all(self) -> None:
        self.filter.clear()
        self.severity.choose(None)
        self._show()

    def _show(self) -> None:
        if not self.isVisible():
            self._stale = True
            return
        checking = self.desk.checking
        words = self.filter.text().casefold().split()
        wanted = self.severity.value
        found = [
            problem
            for problem in checking.problems
            if (wanted is None or problem.severity is wanted)
            and all(word in problem.sentence.casefold() for word in words)
        ]
        before, row = self._chosen, self.list.currentIndex().row()
        self.model.show(found, self.desk.days())
        self._count.setText(_counted(checking.problems) if checking.known else "Looking through the plan\u2026")
        self._stack.setCurrentWidget(self.list if found else self._nothing)
        if not found:
            self._say_nothing(filtered=bool(words) or wanted is not None)
        at = self.model.row_of(before)
        if found:
            # What was mended is gone: the next in its place is looked at next.
            place = at if at >= 0 else min(max(row, 1), len(self.model.lines) - 1)
            if isinstance(self.model.lines[place], DayLine):
                place = place + 1 if place + 1 < len(self.model.lines) else place - 1
            self.list.setCurrentIndex(self.model.index(place))
        self._choose()

    def _say_nothing(self, *, filtered: bool) -> None:
        if not self.desk.checking.known:
            self._nothing.say("Looking through the plan\u2026")
        elif filtered and self.desk.checking.problems:
            self._nothing.say("No problem fits what you asked for.", "&Show all")
        else:
            self._nothing.say("Nothing is wrong in this plan, as far as these checks see.")

    def _choose(self) -> None:
        line = self.list.currentIndex().data(ITEM)
        self._chosen = line if isinstance(line, Problem) else None
        self.details.show_problem(self._chosen)

    # ------------------------------------------------------------------------------------------ doing
    def go_there(self, what: Concern | None = None) -> None:
        """Go to what the chosen problem concerns."""
        if what is not None:
            self.desk.go_to(what)
        elif self._chosen is not None:
            self.desk.go_to(*self._chosen.concerns)

    def mend(self, mend: Mend | None = None) -> None:
        """Mend the chosen problem in the first known way, or in a certain one."""
        found = mend or next(iter(self.details.mends), None)
        if found is None:
            self.desk.messages.trouble("No mend is known for this problem: somebody has to decide or to ask.")
            return
        self._write(found)

    def mend_kind(self) -> None:
        """Mend all problems of the chosen one's kind on its strike day, as one edit."""
        if self.details.together is not None:
            self._write(self.details.together)

    def _write(self, mend: Mend) -> None:
        def write(edit: Any) -> None:
            for record in mend.delete:
                edit.delete(record)
            for record in mend.save:
                edit.save(record)

        self.desk.edit(mend.label, write)


class Details(QWidget):
    """The chosen problem in full: what it says, what it concerns, and what can be done."""

    def __init__(self, desk: Desk, page: ChecksPage) -> None:
        """Make it, empty."""
        super().__init__()
        self._desk, self._page = desk, page
        self.mends: tuple[Mend, ...] = ()
        self.together: Mend | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        self._column.setSpacing(theme.px(16))
        self._inside: QWidget | None = None
        self._shown: tuple[Problem | None, int] | None = None
        self.show_problem(None)

    def show_problem(self, problem: Problem | None) -> None:
        """Show a problem; a hint where none is chosen."""
        key = (problem, self._desk.store.version if problem else 0)
        if key == self._shown:
            return
        self._shown = key
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.mends, self.together = (), None
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        if problem is None:
            column.addWidget(
                Words("Choose a problem to see what it is about and how to mend it.", ink="muted", wrap=True)
            )
        else:
            self._fill(column, problem)
        column.addStretch(1)
        self._column.addWidget(self._inside)

    def _fill(self, column: QVBoxLayout, problem: Problem) -> None:
        plan = self._desk.picture.known()
        ink = SIGNS[problem.severity][1]
        column.addWidget(Words(TITLES[problem.severity], Type.STRONG, ink=ink, wrap=True))
        column.addWidget(Words(f"{problem.sentence}.".replace("..", "."), wrap=True))
        if problem.mend:
            mend = problem.mend[0].upper() + problem.mend[1:]
            column.addWidget(Words(f"{mend}.".replace("..", "."), ink="muted", wrap=True))
        if plan is None:
            return
        if self._desk.writable:
            self.mends = mends(plan, problem)
            alike = self._page.like(problem)
            self.together = mend_all(plan, alike) if 1 < len(alike) <= _MOST_ALIKE and self.mends else None
        if self.mends or self.together:
            section = Section("Mend it", gap=8)
            for place, each in enumerate(self.mends):
                section.add(self._mend_button(each, primary=not place, keys="Ctrl+M" if not place else ""))
            if self.together:
                section.add(self._mend_button(self.together, keys="Ctrl+Shift+M"))
            column.addWidget(section)
        self._links(column, problem)

    def _links(self, column: QVBoxLayout, problem: Problem) -> None:
        plan = self._desk.picture.known()
        section = Section("Go there", gap=2)
        told: set[str] = set()
        for what in problem.concerns[:12]:
            words = concern_words(plan, what) if plan and home_of(what) else ""
            if words and words not in told:
                told.add(words)
                made = _wrapped(words, tip="Ctrl+Enter" if len(told) == 1 else "")
                made.clicked.connect(lambda checked=False, what=what: self._page.go_there(what))
                section.add(made)
        if told:
            column.addWidget(section)

    def _mend_button(self, mend: Mend, *, primary: bool = False, keys: str = "") -> QWidget:
        made = _Wrapping(mend.label, primary=primary)
        if keys:
            made.setToolTip(keys)
        made.clicked.connect(lambda checked=False: self._page.mend(mend))
        return made


_MOST_ALIKE = 500


class _Wrapping(QWidget):
    """A button whose words may take several lines."""

    def __init__(self, text: str, *, primary: bool = False, link: bool = False) -> None:
        super().__init__()
        self._button = button("", name=text)
        self._button.setProperty("primary", primary)
        self._button.setProperty("link", link)
        self.clicked = self._button.clicked
        self._words = Words(text, ink="on_accent" if primary else "accent" if link else "", wrap=True)
        self._words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        stack = QStackedLayout(self)
        stack.setStackingMode(QStackedLayout.StackingMode.StackAll)
        face = QWidget()
        face.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QVBoxLayout(face)
        edge = theme.px(4 if link else 12), theme.px(3 if link else 7)
        inside.setContentsMargins(edge[0], edge[1], edge[0], edge[1])
        inside.addWidget(self._words)
        stack.addWidget(face)
        stack.addWidget(self._button)
        stack.setCurrentWidget(face)
        self._button.setSizePolicy(self._words.sizePolicy())
        self.setFocusProxy(self._button)


def _wrapped(text: str, *, tip: str = "") -> _Wrapping:
    made = _Wrapping(text, link=True)
    if tip:
        made.setToolTip(tip)
    return made


def _counted(problems: Iterable[Problem]) -> str:
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
