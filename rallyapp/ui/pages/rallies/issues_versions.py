"""The versions of a running order that were given out: each as it was, beside what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from rallyapp.domain.programme_issues import (
    Change,
    changes,
    counted,
    draft,
    lines_of,
    version_words,
    versions,
)
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import capital
from rallyapp.ui import theme
from rallyapp.ui.models.sheet import Column, Index, SheetModel
from rallyapp.ui.pages.rallies.issues import INK, ChangeWords
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.plain_list import PlainList
from rallyapp.ui.widgets.sheet import Sheet
from rallyapp.ui.widgets.words import CutWords, Words

TOP = QModelIndex()
_WIDE = 196  # px at 100 %: of the list of versions


class VersionsView(QWidget):
    """The versions at the left; at the right the chosen one as it was, with what became of each line."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._seen: Seen | None = None
        self._issues: tuple[ProgrammeIssue, ...] = ()
        self.rows = _Versions()
        self.list = PlainList("Versions")
        self.list.setModel(self.rows)
        self._paint = _VersionPaint(self.list)
        self.list.setItemDelegate(self._paint)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.against = Choosing()
        self.against.setAccessibleName("Compared with")
        self.against.activated.connect(lambda at: self._compare())
        self.head = CutWords("", Type.STRONG)
        self.note = CutWords("", Type.SMALL, ink="muted")
        self.words = Words("", wrap=True)
        self.changes = ChangeWords()
        self.model = _IssuedModel()
        self.sheet = Sheet(self.model, "The version as it was issued")
        compare = QHBoxLayout()
        compare.setSpacing(theme.px(8))
        compare.addWidget(Words("Compared with", Type.SMALL, ink="muted"))
        compare.addWidget(self.against)
        compare.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(theme.px(8))
        right.addWidget(self.head)
        right.addWidget(self.note)
        right.addLayout(compare)
        right.addWidget(self.words)
        right.addWidget(self.changes)
        right.addWidget(Card(self.sheet), 1)
        self._left = Card(self.list)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.px(16))
        across.addWidget(self._left)
        across.addLayout(right, 1)
        self.setFocusProxy(self.list)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._fit()

    def _fit(self) -> None:
        self._left.setFixedWidth(theme.px(_WIDE))

    def show_seen(self, seen: Seen) -> None:
        """Show a rally's versions as they are now."""
        here = self.issue
        known = self._issues[:1]
        self._seen, self._issues = seen, versions(seen.plan, seen.rally)
        ids = [each.id for each in self._issues]
        newer = self._issues[:1] != known
        at = ids.index(here.id) if here is not None and not newer and here.id in ids else 0
        self.rows.show(self._issues)
        self.list.setCurrentIndex(self.rows.index(at))
        self._show()

    @property
    def issue(self) -> ProgrammeIssue | None:
        """The version that is shown."""
        at = self.list.currentIndex().row()
        return self._issues[at] if 0 <= at < len(self._issues) else None

    def choose(self, id: str) -> None:
        """Choose a version."""
        for at, each in enumerate(self._issues):
            if each.id == id:
                self.list.setCurrentIndex(self.rows.index(at))

    def _chosen(self) -> None:
        self.against.setCurrentIndex(0)
        self._show()

    def _show(self) -> None:
        issue = self.issue
        if issue is None or self._seen is None:
            return
        words = version_words(issue)
        self.head.say(f"{words[0].upper()}{words[1:]}")
        self.note.say(issue.note)
        self.note.setVisible(bool(issue.note))
        others = [f"version {each.number}" for each in self._issues if each.id != issue.id]
        wanted = max(0, self.against.currentIndex())
        self.against.clear()
        self.against.addItems(["the draft as it is now", *others])
        self.against.setCurrentIndex(min(wanted, len(others)))
        self._compare()

    def _compare(self) -> None:
        """Say what became of each line of the version until the one it is compared with, or since."""
        issue, seen = self.issue, self._seen
        if issue is None or seen is None:
            return
        lines, at = lines_of(seen.plan, issue), self.against.currentIndex()
        others = [each for each in self._issues if each.id != issue.id]
        other = others[at - 1] if at > 0 else None
        back = other is not None and (other.number, other.at) < (issue.number, issue.at)
        theirs = lines_of(seen.plan, other) if other is not None else draft(seen.plan, seen.rally)
        found = changes(theirs, lines) if back else changes(lines, theirs)
        name = f"version {other.number}" if other else "now"
        since = f"Since {name}" if back else f"Since then, in {name}" if other else "Since then"
        self.words.setText(f"{since}: {counted(found)}." if found else f"{since}: nothing has changed.")
        self.changes.show_changes(found)
        self.model.show(lines, found, back=back)


class _Versions(QAbstractListModel):
    """The versions, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.issues: tuple[ProgrammeIssue, ...] = ()

    def show(self, issues: Sequence[ProgrammeIssue]) -> None:
        self.beginResetModel()
        self.issues = tuple(issues)
        self.endResetModel()

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.issues)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) or not index.isValid():
            return None
        return capital(version_words(self.issues[index.row()]))


class _VersionPaint(QStyledItemDelegate):
    """Paints a version: its number, and below it when and by whom."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(56))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Versions)
        one, box = model.issues[index.row()], option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("tint"))
        inner = box.adjusted(theme.px(12), theme.px(8), -theme.px(8), -theme.px(8))
        painter.setFont(theme.font(Type.STRONG))
        painter.setPen(theme.colour("text"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, f"Version {one.number}")
        painter.setFont(theme.font(Type.SMALL, figures=True))
        painter.setPen(theme.colour("muted"))
        words = f"{day_words(one.at.date())} {clock(one.at)}"
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, shown)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.colour("accent"))
            painter.drawRect(QRect(box).adjusted(0, 0, -1, -1))


class _IssuedModel(SheetModel):
    """The lines of a version as they were, with what became of each; to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = (
            Column(key="start", title="Starts", width=70, fixed=True),
            Column(key="title", title="What", width=150, grows=3, fixed=True),
            Column(key="minutes", title="Min", width=52, figures=True),
            Column(key="who", title="Who", width=120, grows=2),
            Column(key="became", title="Since then", width=160),
        )
        self.lines: tuple[IssuedLine, ...] = ()
        self._found: dict[str, Change] = {}
        self._back = False

    def show(self, lines: Sequence[IssuedLine], found: Sequence[Change], *, back: bool) -> None:
        """Show these lines; ``back`` where the changes are those that led to them."""
        title = "Before" if back else "Since then"
        columns = (*self.columns[:-1], replace(self.columns[-1], title=title))

        def take() -> None:
            self.lines, self._back, self.columns = tuple(lines), back, columns
            self._found = {change.line: change for change in found}

        self.show_rows([line.id for line in lines], columns, take)

    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def row_key(self, row: int) -> str:
        return self.lines[row].id

    def row_of_key(self, key: str) -> int | None:
        return next((at for at, line in enumerate(self.lines) if line.id == key), None)

    def text(self, row: int, column: int) -> str:
        line = self.lines[row]
        if column == len(self.columns) - 1:
            return self._became(line)
        return (clock(line.starts), line.title, str(line.minutes), line.who)[column]

    def _became(self, line: IssuedLine) -> str:
        change = self._found.get(line.line)
        if change is None:
            return ""
        other = change.before if self._back else change.after
        if other is not None and change.later:
            return f"{change.kind.sign} {change.kind}, {'was' if self._back else 'now'} {clock(other.starts)}"
        return f"{change.kind.sign} {change.kind}"

    def ink(self, row: int, column: int) -> str:
        change = self._found.get(self.lines[row].line)
        return INK[change.kind] if change and column == len(self.columns) - 1 else "text"

    def strong(self, row: int, column: int) -> bool:
        return column == 1

    def tip(self, row: int, column: int) -> str:
        line = self.lines[row]
        change = self._found.get(line.line)
        return "\n".join(filter(None, (change.words if change else "", line.stage_note, line.cue)))
