"""The list at the left: employers as headings, their sites, and the entrances of those that are opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from rallyapp.domain.problems import Concern
from rallyapp.ui import icons, theme
from rallyapp.ui.pages.sites.places import EMPLOYER, ENTRANCE, PLACE, SITE, PlaceModel, PlaceRow
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied

Index = QModelIndex | QPersistentModelIndex
_HEIGHTS = {EMPLOYER: 36, SITE: 46, ENTRANCE: 44}
_INSET = {EMPLOYER: 12, SITE: 30, ENTRANCE: 42}


class PlaceList(QListView):
    """Arrow keys choose; Right and Left open and close a site; Enter goes to the form."""

    chosen = Signal(object)  # a Concern
    toggled = Signal(str, bool)  # a site's id, and whether it is to be open
    form_wanted = Signal()

    def __init__(self, model: PlaceModel, parent: QWidget | None = None) -> None:
        """Show a model's rows."""
        super().__init__(parent)
        self.setModel(model)
        self._places = model
        self.setAccessibleName("Sites and entrances")
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._delegate = _Rows(self)
        self.setItemDelegate(self._delegate)
        self._quiet = False

    def choose(self, id: str) -> bool:
        """Choose a record without saying so, and bring it to sight; say whether it is in the list."""
        index = self._places.find(id)
        if not index.isValid():
            return False
        if index != self.currentIndex():
            self._quiet = True
            self.setCurrentIndex(index)
            self._quiet = False
            self.scrollTo(index)
        return True

    def choose_nothing(self) -> None:
        """Choose no row: what is shown beside the list is not in it."""
        self._quiet = True
        self.setCurrentIndex(QModelIndex())
        self.clearSelection()
        self._quiet = False

    @property
    def current(self) -> PlaceRow | None:
        """The row that is chosen."""
        found: PlaceRow | None = self.currentIndex().data(PLACE)
        return found

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row was chosen."""
        super().currentChanged(current, previous)  # type: ignore[arg-type]
        row = current.data(PLACE)
        if row is not None and not self._quiet:
            self.chosen.emit(Concern(row.kind, row.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open and close sites, and go to the form."""
        row = self.current
        key = event.key()
        if copied(self, event):
            return
        if row is not None and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        ):
            if key in (Qt.Key.Key_Right, Qt.Key.Key_Left) and row.kind == SITE and row.opened is not None:
                self.toggled.emit(row.id, key == Qt.Key.Key_Right)
                return
            if key == Qt.Key.Key_Left:
                self._go_up()
                return
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.form_wanted.emit()
                return
        super().keyPressEvent(event)

    def _go_up(self) -> None:
        levels = [EMPLOYER, SITE, ENTRANCE]
        at = self.currentIndex().row()
        own = levels.index(self._places.rows.all[at].kind)
        for place in range(at - 1, -1, -1):
            if levels.index(self._places.rows.all[place].kind) < own:
                self.setCurrentIndex(self._places.index(place))
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open or close a site by its arrow."""
        index = self.indexAt(event.position().toPoint())
        row = index.data(PLACE)
        on_arrow = event.button() == Qt.MouseButton.LeftButton and event.position().x() < theme.px(_INSET[SITE])
        if on_arrow and row is not None and row.opened is not None:
            self.toggled.emit(row.id, not row.opened)
            return
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the rows out anew at another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()


class _Rows(QStyledItemDelegate):
    """Paints a heading, a site or an entrance."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: PlaceRow = index.data(PLACE)
        return QSize(theme.px(120), theme.px(_HEIGHTS[row.kind]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: PlaceRow = index.data(PLACE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = option.rect
        self._ground(painter, option, row)
        inner = box.adjusted(theme.px(_INSET[row.kind]), 0, -theme.px(12), 0)
        if row.kind == EMPLOYER:
            ink = "text" if option.state & QStyle.StateFlag.State_Selected else "muted"
            self._line(painter, inner.adjusted(0, theme.px(6), 0, 0), row.title.upper(), Type.OVERLINE, ink)
        else:
            if row.opened is not None:
                self._arrow(painter, box, row.opened)
            half = inner.height() // 2
            above = QRect(inner.left(), inner.top() + theme.px(4), inner.width(), half - theme.px(3))
            below = QRect(inner.left(), inner.top() + half, inner.width(), half - theme.px(3))
            if row.most:
                above.setRight(above.right() - self._figure(painter, above, row.most) - theme.px(8))
            self._line(painter, above, row.title, Type.STRONG if row.kind == SITE else Type.BODY, "text")
            self._line(painter, below, row.below, Type.SMALL, "short" if row.warns else "muted")
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: PlaceRow) -> None:
        box = QRectF(option.rect).adjusted(theme.px(4), 1, -theme.px(4), -1)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("tint"))
            painter.drawRoundedRect(box, theme.px(5), theme.px(5))
            edge = QRectF(box.left(), box.top() + theme.px(6), theme.px(3), box.height() - theme.px(12))
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(edge, theme.px(1), theme.px(1))

    def _arrow(self, painter: QPainter, box: QRect, opened: bool) -> None:
        size = theme.px(14)
        at = QRectF(box.left() + theme.px(11), box.top() + theme.px(8), size, size)
        icons.paint(painter, at, "chevron-down" if opened else "chevron-right", "muted")

    def _figure(self, painter: QPainter, at: QRect, text: str) -> int:
        font = theme.font(Type.SMALL, figures=True)
        painter.setFont(font)
        painter.setPen(theme.colour("muted"))
        painter.drawText(at, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        return QFontMetrics(font).horizontalAdvance(text)

    def _line(self, painter: QPainter, at: QRect, text: str, kind: Type, ink: str) -> None:
        font = theme.font(kind)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, at.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(at, int(flags), cut if cut.isascii() else f"\u2068{cut}\u2069")
