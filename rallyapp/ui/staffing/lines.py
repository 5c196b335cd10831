"""The rows of a list of people: what each says and what can be done with it; a person can be dragged out of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.ui.widgets.timeline.person_drop import PERSON_MIME

LINE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its title, and below it ``note`` and then ``against`` in a tone; ``first`` turns those two round.

    ``sign`` is the icon before the note and ``act`` the one at the right, with ``does`` to say what that does.
    ``ticked`` is None for a row that can't be ticked; ``half`` stands for some of what is below it. A row
    without ``initials`` has no face. A ``heading`` is bold where it can be ticked, and else small and passed over.
    """

    id: str
    title: str
    note: str = ""
    against: str = ""
    tone: str = "short"
    first: bool = False
    sign: str = ""
    sign_ink: str = "muted"
    act: str = ""
    does: str = ""
    initials: str = ""
    heading: bool = False
    ticked: bool | None = None
    half: bool = False
    indent: bool = False
    person: str = ""
    faint: bool = False

    @property
    def passive(self) -> bool:
        """Say whether there is nothing to do with it."""
        return self.heading and self.ticked is None

    @property
    def spoken(self) -> str:
        """The whole row in words."""
        ticked = {None: "", True: "partly accepted" if self.half else "accepted", False: "left out"}[self.ticked]
        return ", ".join(filter(None, (self.title, self.note, self.against, ticked)))


def initials(name: str) -> str:
    """Give the letters that stand for a name in its circle: of its first and its last word."""
    words = [word for word in name.split() if word[0].isalpha()]
    letters = [words[0][0], *([words[-1][0]] if len(words) > 1 else [])] if words else ["?"]
    joiner = "" if all(letter.isascii() or letter.upper() != letter.lower() for letter in letters) else "\u200c"
    return joiner.join(letters).upper()


class LineModel(QAbstractListModel):
    """The rows; showing others keeps what is chosen where the same ids stay."""

    def __init__(self) -> None:
        """Start with no row."""
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        wanted = tuple(lines)
        if wanted == self.lines:
            return
        if [each.id for each in wanted] == [each.id for each in self.lines]:
            changed = [n for n, (old, new) in enumerate(zip(self.lines, wanted, strict=True)) if old != new]
            self.lines = wanted
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self.lines = wanted
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row's words, and the row itself to whoever paints it."""
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return line.spoken
            case Qt.ItemDataRole.CheckStateRole if line.ticked is not None:
                if line.half:
                    return Qt.CheckState.PartiallyChecked
                return Qt.CheckState.Checked if line.ticked else Qt.CheckState.Unchecked
            case Qt.ItemDataRole.UserRole:
                return line
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say what can be chosen, and dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        line = self.lines[index.row()]
        if line.passive:
            return Qt.ItemFlag.ItemIsEnabled
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return found | Qt.ItemFlag.ItemIsDragEnabled if line.person else found

    def mimeTypes(self) -> list[str]:
        """Name what a dragged person is carried as."""
        return [PERSON_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry a person: the id, in UTF-8."""
        made = QMimeData()
        people = [line.person for line in (self.lines[index.row()] for index in indexes) if line.person]
        if people:
            made.setData(PERSON_MIME, people[0].encode())
        return made
