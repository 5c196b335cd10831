"""Search everywhere (Ctrl+K): a line over the window, and below it what was found, to go there or do it.

It is a child of the window and no window of its own: a translucent one has black corners where nothing composes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from rallyapp.domain.frozen import frozen
from rallyapp.ui import icons, theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole


@frozen
class Offer:
    """Something to go to or to do: what it is called, what tells it apart, its icon, its keys."""

    group: str
    title: str
    act: Callable[[], object]
    note: str = ""
    icon: str = "arrow-right"
    keys: str = ""


class _Offers(QAbstractListModel):
    """Groups and offers as lines; a group's line can't be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Offer | str] = []

    def show(self, offers: Sequence[Offer]) -> None:
        self.beginResetModel()
        self.lines = []
        group = None
        for offer in offers:
            if offer.group != group:
                group = offer.group
                self.lines.append(group)
            self.lines.append(offer)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self.lines[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == ITEM:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line if isinstance(line, str) else line.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line if isinstance(line, str) else ", ".join(filter(None, (line.title, line.note, line.keys)))
        return None


class _Paint(QStyledItemDelegate):
    """Paints a group's name, or an icon, a title, a note and the keys."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, theme.px(28 if isinstance(index.data(ITEM), str) else 34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line: Offer | str = index.data(ITEM)
        box = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, str):
            painter.setFont(theme.font(Type.OVERLINE))
            painter.setPen(theme.colour("muted"))
            painter.drawText(box.adjusted(theme.px(8), theme.px(6), 0, 0), middle, line.upper())
            painter.restore()
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
        side = theme.px(16)
        at = QRectF(box.left() + theme.px(8), box.center().y() - side / 2 + 0.5, side, side)
        icons.paint(painter, at, line.icon, "muted")
        inner = box.adjusted(theme.px(34), 0, -theme.px(10), 0)
        painter.setFont(theme.font(Type.SMALL))
        keys = painter.fontMetrics().horizontalAdvance(line.keys)
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, line.keys)
        inner.setRight(inner.right() - keys - (theme.px(12) if keys else 0))
        painter.setFont(theme.font(Type.BODY))
        painter.setPen(theme.colour("text"))
        metrics = painter.fontMetrics()
        title = metrics.elidedText(line.title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, middle, title)
        rest = QRect(inner)
        rest.setLeft(inner.left() + metrics.horizontalAdvance(title) + theme.px(10))
        if line.note and rest.width() > theme.px(30):
            painter.setFont(theme.font(Type.SMALL))
            painter.setPen(theme.colour("muted"))
            note = painter.fontMetrics().elidedText(line.note, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, middle, note)
        painter.restore()


class _List(QListView):
    """What was found."""

    def __init__(self, choose: Callable[[Index], None]) -> None:
        super().__init__()
        self._choose = choose
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Found")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self._choose(index)


def _around(widget: QWidget | None) -> Iterator[QWidget]:
    """Give a widget, and those around it that take the keyboard."""
    if widget is not None:
        yield widget
    while widget is not None and (widget := widget.parentWidget()) is not None:
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield widget


class Palette(QFrame):
    """The line and the list. It closes on Esc, on a click beside it, and when something was chosen."""

    def __init__(self, over: QWidget) -> None:
        """Float over a widget, hidden."""
        super().__init__(over)
        self.setObjectName("palette")
        self.setProperty("floating", True)
        self.setAccessibleName("Search everything")
        self._offers: Callable[[str], Sequence[Offer]] = lambda text: ()
        self._before: list[QWidget] = []  # what had the keyboard, and what that stood in
        self.line = QLineEdit()
        self.line.setPlaceholderText("A name, a place, a day, a shift such as \u201cmain 08:00\u201d, or a command")
        self.line.setAccessibleName("Search everything")
        self.line.textEdited.connect(self._look)
        self.line.installEventFilter(self)
        self.model = _Offers()
        self.list = _List(self._take)
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Paint(self.list))
        self.nothing = Words("", ink="muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        for widget in (self.line, self.list, self.nothing):
            self._column.addWidget(widget)
        over.installEventFilter(self)
        self.hide()

    def ask(self, offers: Callable[[str], Sequence[Offer]]) -> None:
        """Open it; ``offers`` is asked at each letter what there is for a text, and for none at all."""
        self._offers = offers
        self._before = list(_around(QApplication.focusWidget()))
        self.line.clear()
        self._look("")
        self.show()
        self.raise_()
        self._place()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_up(self) -> None:
        """Close it, and give the focus back to where it was."""
        if self.isHidden():
            return
        self.hide()
        # The line of a cell is gone once it is left: then its table gets the keyboard.
        there = (each for each in self._before if isValid(each) and each.isVisible() and each.isEnabled())
        if (back := next(there, None)) is not None:
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = []

    def _look(self, text: str) -> None:
        found = list(self._offers(text))
        self.model.show(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(f"Nothing here begins with \u201c{text.strip()[:60]}\u201d.")
        self._step(1, start=-1)
        self.list.scrollToTop()
        self._place()

    def _step(self, by: int, *, start: int | None = None) -> None:
        """Go to the next line that can be chosen."""
        lines = self.model.lines
        at = self.list.currentIndex().row() if start is None else start
        for _ in lines:
            at = (at + by) % len(lines)
            if not isinstance(lines[at], str):
                self.list.setCurrentIndex(self.model.index(at))
                self.line.setAccessibleDescription(str(self.model.index(at).data(Qt.ItemDataRole.AccessibleTextRole)))
                return

    def _take(self, index: Index) -> None:
        line = index.data(ITEM) if index.isValid() else None
        if isinstance(line, Offer):
            self.close_up()
            line.act()

    def _place(self) -> None:
        over = self.parentWidget()
        edge = theme.px(12)
        self._column.setContentsMargins(edge, edge, edge, edge)
        self._column.setSpacing(theme.px(8))
        width = min(theme.px(620), over.width() - 2 * edge)
        lines = sum(theme.px(28 if isinstance(line, str) else 34) for line in self.model.lines)
        inner = min(lines, over.height() - theme.px(200)) if self.model.lines else theme.px(60)
        height = self.line.sizeHint().height() + max(inner, theme.px(40)) + 3 * edge
        self.setGeometry((over.width() - width) // 2, theme.px(64), width, height)

    # ------------------------------------------------------------------------------------- keys and mouse
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk through the list from the line, and stay in the middle of the window."""
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match Qt.Key(event.key()):
                case Qt.Key.Key_Down:
                    self._step(1)
                case Qt.Key.Key_Up:
                    self._step(-1)
                case Qt.Key.Key_PageDown | Qt.Key.Key_PageUp:
                    for _ in range(6):
                        self._step(1 if event.key() == Qt.Key.Key_PageDown else -1)
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self._take(self.list.currentIndex())
                case Qt.Key.Key_Escape:
                    self.close_up()
                case _:
                    return super().eventFilter(watched, event)
            return True
        if (
            watched is self.line
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        if watched is self.line and event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()  # whoever clicked beside it wants to be there
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
