"""The table of a day's picket shifts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from rallyapp.ui import theme
from rallyapp.ui.models.shifts import ROW, Column, ShiftModel, ShiftRow
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.copying import copied
from rallyapp.ui.widgets.state import paint_chip

Index = QModelIndex | QPersistentModelIndex
PAD = 12


class _Paint(QStyledItemDelegate):
    """Paints a cell with air around it and a hairline below."""

    several = False  # workplaces: then each stands below its entrance

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Take the ring around one cell away: whole rows are chosen here."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus
        kind = Type.STRONG if index.column() == Column.TIME else Type.BODY
        option.font = theme.font(kind, figures=index.column() in (Column.TIME, Column.FILLED))
        option.fontMetrics = QFontMetrics(option.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a cell."""
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("tint"))
        painter.setPen(theme.colour("grid"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inner = option.rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), -1)
        if index.column() == Column.STATE:
            row: ShiftRow = index.data(ROW)
            paint_chip(painter, inner, row.state, row.tone)
            return
        if index.column() == Column.ENTRANCE and self.several:
            _paint_place(painter, inner, index.data(ROW))
            return
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.save()
        painter.setFont(cell.font)
        painter.setPen(ink if ink is not None else theme.colour("text"))
        if index.column() == Column.WHO:
            _paint_names(painter, inner, cell.text)
        else:
            cut = cell.fontMetrics.elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
            painter.drawText(inner, cell.displayAlignment, cut)
        painter.restore()


def _paint_place(painter: QPainter, box: QRect, row: ShiftRow) -> None:
    """Paint an entrance with its workplace below."""
    left, elide = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, Qt.TextElideMode.ElideRight
    painter.save()
    height = theme.px(18)
    top = box.center().y() - height
    for text, kind, ink in ((row.entrance, Type.BODY, "text"), (row.site, Type.SMALL, "muted")):
        painter.setFont(theme.font(kind))
        painter.setPen(theme.colour(ink))
        cut = painter.fontMetrics().elidedText(text, elide, box.width())
        painter.drawText(QRect(box.left(), top, box.width(), height), left, cut)
        top += height
    painter.restore()


def _paint_names(painter: QPainter, box: QRect, text: str) -> None:
    """Paint names in as many lines as there is room for, each name whole; the last line counts who is left."""
    metrics = painter.fontMetrics()
    height = metrics.height() + theme.px(1)
    lines = name_lines(text, metrics, box.width(), most=max(1, box.height() // height))
    top = box.center().y() - len(lines) * height // 2
    for line in lines:
        where = QRect(box.left(), top, box.width(), height)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        top += height


def name_lines(text: str, metrics: QFontMetrics, width: int, *, most: int) -> list[str]:
    """Break a list of names between names; where not all fit, end with how many more there are."""
    names = text.split(", ")
    for shown in range(len(names), 0, -1):
        left = len(names) - shown
        said = [f"{name}," for name in names[: shown - 1]] + [names[shown - 1]]
        if left:
            said.append(f"and {left} more")
        lines = [""]
        for words in said:
            longer = f"{lines[-1]} {words}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > width:
                lines.append(words)
            else:
                lines[-1] = longer
        if len(lines) <= most:
            break
    else:  # not even one name and the count fit: cut the name, keep the count
        lines[most - 1] = " ".join(lines[most - 1 :])
        last = metrics.elidedText(lines[most - 1], Qt.TextElideMode.ElideMiddle, width)
        return [*lines[: most - 1], last]
    # Only what is too long: Qt's own measuring would cut a line that fits to the pixel.
    return [
        line
        if metrics.horizontalAdvance(line) <= width
        else metrics.elidedText(line, Qt.TextElideMode.ElideRight, width)
        for line in lines
    ]


class ShiftTable(QTableView):
    """The table. Whole rows are chosen, and Ctrl+C copies them."""

    def __init__(self, model: ShiftModel, parent: QWidget | None = None) -> None:
        """Show a model's shifts."""
        super().__init__(parent)
        self.setAccessibleName("Picket shifts")
        self._paint = _Paint(self)
        self.setItemDelegate(self._paint)
        self.setModel(model)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMinimumHeight(24)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(40)
        self.setColumnHidden(Column.WORKPLACE, True)
        self._fit()

    def several_workplaces(self, several: bool) -> None:
        """Name the workplaces below their entrances where there is more than one."""
        self._paint.several = several
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen rows."""
        if not copied(self, event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the columns."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the zoom."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self.model() is not None:
            self._fit()

    def _longest_place(self) -> int:
        rows: list[ShiftRow] = self.model().rows.all  # type: ignore[attr-defined]
        metrics = QFontMetrics(theme.font())
        names = {row.entrance for row in rows} | ({row.site for row in rows} if self._paint.several else set())
        return max((metrics.horizontalAdvance(name) + 2 for name in names), default=theme.px(80))

    def _longest_count(self) -> int:
        rows: list[ShiftRow] = self.model().rows.all  # type: ignore[attr-defined]
        metrics = QFontMetrics(theme.font(figures=True))
        counts = {f"{row.heads} / {row.wished}" for row in rows}
        heading = QFontMetrics(theme.font(Type.SMALL)).horizontalAdvance("Filled")
        return max((metrics.horizontalAdvance(count) + 2 for count in counts), default=heading)

    def _weekdays(self) -> bool:
        rows: list[ShiftRow] = self.model().rows.all  # type: ignore[attr-defined]
        return any(len(row.time) > 11 for row in rows)

    def _fit(self) -> None:
        self.horizontalHeader().setFont(theme.font(Type.SMALL))
        strong = QFontMetrics(theme.font(Type.STRONG, figures=True))
        pad = 2 * theme.px(PAD) + theme.px(4)
        widths = {
            Column.TIME: strong.horizontalAdvance("Wed 00:00\u201300:00" if self._weekdays() else "00:00\u201300:00")
            + pad,
            Column.FILLED: self._longest_count() + pad,
            Column.STATE: strong.horizontalAdvance("Stood down") + theme.px(24) + pad,
        }
        left = max(0, self.viewport().width() - sum(widths.values()))
        widths[Column.ENTRANCE] = max(theme.px(110), min(self._longest_place() + pad, left // 2))
        rest = self.viewport().width() - sum(widths.values())
        widths[Column.WHO] = max(theme.px(96), rest)
        self.verticalHeader().setDefaultSectionSize(theme.px(46 if rest >= theme.px(330) else 62))
        for column, width in widths.items():
            self.setColumnWidth(column, width)
