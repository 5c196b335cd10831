"""Everything that is wrong or risky in the plan, by strike day, worst first: go there, or mend it at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rallyapp import carried
from rallyapp.domain.mending import Mend, concern_words, mend_all, mends
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem, Severity, UserError
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.homes import home_of
from rallyapp.ui.models.listed import ITEM
from rallyapp.ui.models.problems import TITLES
from rallyapp.ui.page import Page
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.check_list import SIGNS, CheckList, CheckModel, DayLine, counted
from rallyapp.ui.widgets.parts import Card, Empty, PageHead, Section, Segments
from rallyapp.ui.widgets.words import Words
from rallyapp.ui.widgets.wrapping_button import WrappingButton, wrapped_link


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
        self._head = PageHead("Checks")
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
        column.addWidget(self._head)
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
            made.setEnabled(self.desk.writable or do == self.go_there)
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
        self._head.say(counted(checking.problems) if checking.known else "Looking through the plan\u2026")
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
        plan = self.desk.picture.plan()
        by_now = mends(plan, self._chosen) if self._chosen else ()
        self._write(next((each for each in by_now if _same(each, found)), None), plan)

    def mend_kind(self) -> None:
        """Mend all problems of the chosen one's kind on its strike day, as one edit."""
        if self.details.together is not None and self._chosen is not None:
            plan = self.desk.picture.plan()
            self._write(mend_all(plan, self.like(self._chosen)), plan)

    def _write(self, mend: Mend | None, plan: Plan) -> None:
        """Write a mend that was made from a plan, but nothing over what another window wrote since."""
        if mend is None:
            self.desk.messages.trouble(_CHANGED)
            return

        def write(edit: Edit) -> None:
            for record in mend.delete:
                if self.desk.store.find(type(record), record.id) != plan.find(type(record), record.id):
                    raise UserError(_CHANGED)
                edit.delete(record)
            for record in mend.save:
                edit.save(record, was=plan.find(type(record), record.id))

        self.desk.edit(mend.label, write)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed is gone


def _same(one: Mend, other: Mend) -> bool:
    """Say whether two mends, made at different times, are the same way out; what they would add has other ids."""
    return (one.label, {each.id for each in one.delete}) == (other.label, {each.id for each in other.delete})


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
                made = WrappingButton(self.together.label)
                made.setToolTip("Ctrl+Shift+M")
                made.clicked.connect(lambda checked=False: self._page.mend_kind())
                section.add(made)
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
                made = wrapped_link(words, tip="Ctrl+Enter" if len(told) == 1 else "")
                made.clicked.connect(lambda checked=False, what=what: self._page.go_there(what))
                section.add(made)
        if told:
            column.addWidget(section)

    def _mend_button(self, mend: Mend, *, primary: bool = False, keys: str = "") -> QWidget:
        made = WrappingButton(mend.label, primary=primary)
        if keys:
            made.setToolTip(keys)
        made.clicked.connect(lambda checked=False: self._page.mend(mend))
        return made


_MOST_ALIKE = 500
_CHANGED = "The plan was changed meanwhile, and this problem is not as it was: look at it again."
