"""The cells of a sheet: how they are painted, and the line in which one is edited, with what may be meant below it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from rallyapp.ui import theme
from rallyapp.ui.models.sheet import SheetModel
from rallyapp.ui.theme import Tokens, Type
from rallyapp.ui.widgets import sheet_blocks
from rallyapp.ui.widgets.state import paint_chip
from rallyapp.ui.widgets.words import Words, polish_anew

if TYPE_CHECKING:
    from rallyapp.ui.widgets.sheet import Sheet

Index = QModelIndex | QPersistentModelIndex
PAD = 12
_MOST_OFFERS = 8
_OFFER = 28  # pixels at 100 %: the height of one


@lru_cache(maxsize=64)
def _made(colour: str) -> QColor:
    return QColor(colour)


def _colour(tokens: Tokens, name: str) -> QColor:
    return _made(getattr(tokens, name))


@lru_cache(maxsize=8192)
def _cut(text: str, kind: Type, figures: bool, zoom: int, width: int) -> str:
    metrics = QFontMetrics(theme.font(kind, figures=figures))
    if metrics.horizontalAdvance(text) <= width:
        return text  # Qt's own measuring would cut a text that fits to the pixel
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class Cells(QStyledItemDelegate):
    """Paints the cells of a sheet and edits them. A page that paints some of them otherwise makes one of its own."""

    def __init__(self, sheet: Sheet) -> None:
        """Take the sheet whose cells they are."""
        super().__init__(sheet)
        self.sheet = sheet
        self._editor: Line | None = None
        self._done = False
        self._began = 0  # the column in which a line of cells was begun that is typed with Tab between them
        self._tabbed_to = (-1, -1)

    # ------------------------------------------------------------------------------------------ painting
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell: its ground, a hairline below it, what it says, and the ring where the keyboard is."""
        tokens, box = theme.tokens(), option.rect
        current = self.sheet.currentIndex()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, _colour(tokens, "tint"))
        elif current.row() == index.row() or self.sheet.is_chosen(index.row()):
            painter.fillRect(box, _colour(tokens, "window"))
        painter.setPen(_colour(tokens, "grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        pad = theme.px(PAD)
        inner = box.adjusted(pad, 0, -pad, -1)
        if not self.paint_cell(painter, inner, index):
            self._paint_words(painter, inner, index.row(), index.column())
        if index == current and self.sheet.rings:
            painter.setPen(QPen(_colour(tokens, "accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -2))

    def paint_cell(self, painter: QPainter, box: QRect, index: Index) -> bool:
        """Paint what is inside a cell in a way of its own; False where it is plain words or a chip."""
        return False

    def _paint_words(self, painter: QPainter, box: QRect, row: int, column: int) -> None:
        model = self.sheet.sheet_model
        text = model.text(row, column)
        if not text:
            return
        tone = model.tone(row, column)
        if tone is not None:
            paint_chip(painter, box, text, tone)
            return
        figures = model.columns[column].figures
        kind = Type.STRONG if model.strong(row, column) else Type.BODY
        painter.setFont(theme.font(kind, figures=figures))
        painter.setPen(_colour(theme.tokens(), model.ink(row, column)))
        side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        lines = text.split("\n") if "\n" in text else [text]
        if len(lines) == 1:
            shown = _cut(text, kind, figures, theme.zoom(), box.width())
            painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
            return
        height = painter.fontMetrics().height() + theme.px(2)
        most = max(1, box.height() // height)
        if len(lines) > most:
            lines = [*lines[: most - 1], f"and {len(lines) - most + 1} more"]
        top = box.center().y() - len(lines) * height // 2 + 1
        for line in lines:
            shown = _cut(line, kind, figures, theme.zoom(), box.width())
            painter.drawText(QRect(box.left(), top, box.width(), height), side | Qt.AlignmentFlag.AlignVCenter, shown)
            top += height

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """Say in a tip what a cell has no room for."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        model, row, column = self.sheet.sheet_model, index.row(), index.column()
        text = model.text(row, column)
        kind = Type.STRONG if model.strong(row, column) else Type.BODY
        room = option.rect.width() - 2 * theme.px(PAD)
        lines = text.split("\n")
        cut = any(_cut(line, kind, model.columns[column].figures, theme.zoom(), room) != line for line in lines)
        tip = "\n".join(filter(None, (text if cut else "", model.tip(row, column))))
        QToolTip.showText(event.globalPos(), theme.plain_tip(tip) if tip else "", view)
        return True

    # ------------------------------------------------------------------------------------------- editing
    @property
    def editor(self) -> Line | None:
        """The line in which a cell is being edited, or None."""
        return self._editor

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Make the line in which a cell is edited."""
        self._editor = Line(parent, self, QPersistentModelIndex(index))
        self._done = False
        return self._editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands in the cell; what is being typed is never written over."""
        line = cast(Line, editor)
        if not line.begun:
            line.begin(self.sheet.sheet_model.edited(index.row(), index.column()))

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Write nothing: ``finish`` does, once the editor is closed."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill the cell, and more where a narrow one would hide what is typed."""
        box = QRect(option.rect)
        box.setWidth(max(box.width(), theme.px(140)))
        box.setHeight(min(box.height(), theme.px(40)))
        editor.setGeometry(box)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Take what is offered away with the editor."""
        if isinstance(editor, Line):
            editor.offers.close_offers()
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def finish(self, editor: Line, *, keep: bool = True) -> bool:
        """Close the editor and write what was typed; False where it is wrong and the editor stays."""
        if self._done:
            return True
        where, text = editor.where, editor.meant()
        if keep and where.isValid() and editor.typed and (why := self.sheet.sheet_model.why_not(where, text)):
            editor.say_wrong(why)
            return False
        self._done = True
        wanted = keep and editor.typed and where.isValid()
        place = QPersistentModelIndex(where)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if wanted and place.isValid():
            self.sheet.sheet_model.setData(place, text)
        self.sheet.edit_over.emit()
        return True

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Tab, the arrows and Esc mean in a cell what they mean in a spreadsheet."""
        if not isinstance(editor, Line):
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            return super().eventFilter(editor, event)
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(editor, cast(QKeyEvent, event))
        if event.type() == QEvent.Type.FocusOut:
            reason = cast(QFocusEvent, event).reason()
            passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if reason not in passing and not self.finish(editor):
                self.sheet.said.emit(editor.offers.sentence)
                self.finish(editor, keep=False)
            return False
        return False

    def _pressed(self, editor: Line, event: QKeyEvent) -> bool:
        key, back = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and editor.offers.step(1 if key == Qt.Key.Key_Down else -1):
            return True
        if key == Qt.Key.Key_Escape:
            self.finish(editor, keep=False)
            self.sheet.setFocus()
            return True
        if event.matches(QKeySequence.StandardKey.Paste) and not editor.typed and sheet_blocks.on_clipboard():
            self.finish(editor, keep=False)  # a block belongs into the cells, not into this one
            self.sheet.setFocus()
            self.sheet.paste()
            return True
        steps = {
            Qt.Key.Key_Return: (1, 0),
            Qt.Key.Key_Enter: (1, 0),
            Qt.Key.Key_Tab: (0, 1),
            Qt.Key.Key_Backtab: (0, -1),
        }
        if key in steps:
            down, right = steps[Qt.Key(key)]
            column, first = editor.where.column(), self._first_of_line(editor)
            if self.finish(editor):
                self.sheet.setFocus()
                self.sheet.step(-down if back and down else down, right, wrap=True)
                self._go_on_from(first, column, tabbed=bool(right))
            return True
        return False

    def _first_of_line(self, editor: Line) -> int:
        """Give the column in which somebody began who came here by Tab, from cell to cell; else this one."""
        here = (editor.where.row(), editor.where.column())
        return self._began if here == self._tabbed_to else here[1]

    def _go_on_from(self, first: int, column: int, *, tabbed: bool) -> None:
        """Note where Tab has led; Enter goes on below the cell in which the line was begun."""
        index = self.sheet.currentIndex()
        if tabbed:
            self._began, self._tabbed_to = first, (index.row(), index.column())
        elif index.column() == column != first:
            self.sheet.setCurrentIndex(index.siblingAtColumn(first))


class Line(QLineEdit):
    """The line in which a cell is edited."""

    def __init__(self, parent: QWidget, cells: Cells, where: QPersistentModelIndex) -> None:
        """Take the place that is edited."""
        super().__init__(parent)
        self.cells, self.sheet, self.where = cells, cells.sheet, where
        self.begun = False
        self.typed = False
        title = self.sheet.sheet_model.columns[where.column()].title
        self.setAccessibleName(title)
        self.setFrame(False)
        self.setMaxLength(2000)
        self.offers = Offers(self)
        self.textEdited.connect(self._edited)

    def begin(self, text: str) -> None:
        """Begin with a text, all of it chosen, so that typing replaces it."""
        self.begun = True
        self.setText(text)
        self.selectAll()
        self.offer()

    def _edited(self) -> None:
        self.typed = True
        self.setProperty("wrong", False)
        polish_anew(self)
        self.offer()

    def offer(self) -> None:
        """Show what may be meant by what was typed."""
        text = self.text()
        model: SheetModel = self.sheet.sheet_model
        found = model.completions(self.where, text if self.typed else "") if self.where.isValid() else []
        self.offers.show_offers(found[:_MOST_OFFERS], choose=self.typed and bool(text.strip()))

    def meant(self) -> str:
        """Give what is chosen among what is offered, else what was typed."""
        chosen = self.offers.chosen
        if chosen is not None:
            self.typed = True
            return chosen
        return self.text().strip()

    def take(self, text: str) -> None:
        """Take what was clicked among what is offered."""
        self.setText(text)
        self.typed = True
        self.offers.close_offers()
        if self.cells.finish(self):
            self.sheet.setFocus()
            self.sheet.step(1, 0)

    def say_wrong(self, sentence: str) -> None:
        """Say below the line what is wrong with what was typed."""
        self.setProperty("wrong", True)
        polish_anew(self)
        self.offers.show_wrong(sentence)


class _OfferPaint(QStyledItemDelegate):
    """Paints one of the suggestions."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(40), theme.px(_OFFER))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = theme.tokens()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, _colour(tokens, "tint"))
        painter.setFont(theme.font())
        painter.setPen(_colour(tokens, "text"))
        inner = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        shown = _cut(str(index.data()), Type.BODY, False, theme.zoom(), inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Offers(QFrame):
    """What may be meant, or what is wrong, below the line. A child of the window, not a window: no black corners."""

    def __init__(self, line: Line) -> None:
        """Take the line that it stands below."""
        super().__init__(line.window())
        self._line = line
        self.sentence = ""
        self.setObjectName("card")
        self.setAccessibleName("Suggestions")
        self.hide()
        self._texts = QStringListModel(self)
        self.list = QListView()
        self.list.setModel(self._texts)
        self.list.setAccessibleName("Suggestions")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self._paint = _OfferPaint(self.list)
        self.list.setItemDelegate(self._paint)
        self.list.clicked.connect(lambda index: line.take(str(index.data())))
        self._wrong = Words("", Type.SMALL, ink="nobody", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(4), theme.px(4), theme.px(4), theme.px(4))
        column.addWidget(self.list)
        column.addWidget(self._wrong)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def chosen(self) -> str | None:
        """What is chosen of what is offered, or None."""
        index = self.list.currentIndex()
        return str(index.data()) if self.isVisible() and index.isValid() and self.list.isVisible() else None

    def show_offers(self, texts: list[str], *, choose: bool) -> None:
        """Offer these, the first of them chosen or none."""
        self.sentence = ""
        if not texts:
            self.hide()
            return
        self._texts.setStringList(texts)
        if choose:
            self.list.setCurrentIndex(self._texts.index(0))
        self._wrong.hide()
        self.list.show()
        metrics = QFontMetrics(theme.font())
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        self.list.setFixedHeight(theme.px(_OFFER) * len(texts))
        self._place(max(self._line.width(), min(widest + theme.px(40), theme.px(420))))

    def show_wrong(self, sentence: str) -> None:
        """Say what is wrong instead."""
        self.sentence = sentence
        self.list.hide()
        self._wrong.setText(sentence)
        self._wrong.show()
        self._place(max(self._line.width(), theme.px(260)))

    def step(self, by: int) -> bool:
        """Choose the next one or the one before; False where nothing is offered."""
        if not self.isVisible() or not self.list.isVisible():
            return False
        count = self._texts.rowCount()
        at = self.list.currentIndex().row()
        at = (count - 1 if by < 0 else 0) if at < 0 else (at + by) % count
        self.list.setCurrentIndex(self._texts.index(at))
        return True

    def close_offers(self) -> None:
        """Go away for good, with the line."""
        self.hide()
        self.deleteLater()

    def _place(self, width: int) -> None:
        window = self._line.window()
        width = min(width, window.width())
        self.setFixedWidth(width)
        self.layout().activate()
        wraps = self.layout().hasHeightForWidth()  # a sentence takes as many lines as it needs
        self.setFixedHeight(self.layout().totalHeightForWidth(width) if wraps else self.sizeHint().height())
        below = self._line.mapTo(window, QPoint(0, self._line.height() + theme.px(2)))
        x = max(0, min(below.x(), window.width() - width))
        y = below.y()
        if y + self.height() > window.height():
            y = below.y() - self._line.height() - self.height() - theme.px(4)
        y = max(0, min(y, window.height() - self.height()))
        self.move(x, y)
        self.show()
        self.raise_()
