"""The row above every page: which strike day, search, undo and redo, and the fold of the pane on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton, icon
from rallyapp.ui.widgets.choosing import Choosing


class Header(QFrame):
    """Strike day, search, undo, redo, fold."""

    day_chosen = Signal(object)  # a StrikeDayId
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it; ``show_days`` fills the switcher."""
        super().__init__(parent)
        self.setObjectName("header")
        self.before = IconButton("chevron-left", "Strike day before", tip="Strike day before (Alt+Page Up)", flat=True)
        self.after = IconButton("chevron-right", "Strike day after", tip="Strike day after (Alt+Page Down)", flat=True)
        self.days = Choosing()
        self.days.setAccessibleName("Strike day")
        self.days.setToolTip("Strike day (Alt+Page Up, Alt+Page Down)")
        self.days.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.search = QPushButton(_SEARCHES[0])
        self.search.setAccessibleName("Search everything")
        self.search.setToolTip("Search everything (Ctrl+K)")
        self.search.setProperty("search", True)
        self.search.setAutoDefault(False)
        self.undo = IconButton("undo-2", "Undo", flat=True)
        self.redo = IconButton("redo-2", "Redo", flat=True)
        self.fold = IconButton("panel-right", "Details pane", tip="Show or hide the details (F9)", flat=True)
        self.fold.setCheckable(True)
        self._row = QHBoxLayout(self)
        for widget in (self.before, self.days, self.after):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        for widget in (self.search, self.undo, self.redo, self.fold):
            self._row.addWidget(widget)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.days.activated.connect(lambda: self.day_chosen.emit(self.days.currentData()))
        self.search.clicked.connect(self.search_wanted)
        self._fit()

    def show_days(self, days: Sequence[StrikeDay], chosen: StrikeDayId | None) -> None:
        """Fill the switcher."""
        with QSignalBlocker(self.days):
            self.days.clear()
            for day in days:
                off = f", {day.state}" if day.stood_down else ""
                self.days.addItem(f"{day_words(day.first_date)}, {day.kind}{off}", day.id)
            self.choose(chosen)
        some = bool(days)
        for widget in (self.before, self.days, self.after):
            widget.setVisible(some)
        self._share()

    def choose(self, day: StrikeDayId | None) -> None:
        """Show which strike day is chosen."""
        with QSignalBlocker(self.days):
            self.days.setCurrentIndex(self.days.findData(day))
        at = self.days.currentIndex()
        self.before.setEnabled(at > 0)
        self.after.setEnabled(0 <= at < self.days.count() - 1)

    def step(self, by: int) -> None:
        """Go to the strike day before or after."""
        at = self.days.currentIndex() + by
        if 0 <= at < self.days.count():
            self.day_chosen.emit(self.days.itemData(at))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        self._row.setContentsMargins(theme.px(20), theme.px(8), theme.px(12), theme.px(8))
        self._row.setSpacing(theme.px(6))
        self.search.setIcon(icon("search", "muted"))
        self._share()

    def event(self, event: QEvent) -> bool:
        """Share the width anew when a button comes or goes."""
        if event.type() == QEvent.Type.LayoutRequest and hasattr(self, "_row"):
            self._share()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._share()

    def minimumSizeHint(self) -> QSize:
        """Give the room without which the row would be cut off."""
        return QSize(self._taken() + theme.px(_LEAST_DAY + _ICON), super().minimumSizeHint().height())

    def _taken(self) -> int:
        """Measure what the icons and the gaps take (px)."""
        icons = [each for each in (self.before, self.after, self.undo, self.redo, self.fold) if not each.isHidden()]
        edges, gap = self._row.contentsMargins(), self._row.spacing()
        return sum(each.sizeHint().width() + gap for each in icons) + edges.left() + edges.right() + 2 * gap

    def _share(self) -> None:
        """Say of the search as much as there is room for beside the strike day, which takes the rest."""
        room = self.width() - self._taken()
        day = 0 if self.days.isHidden() else theme.px(_GOOD_DAY)
        metrics = self.search.fontMetrics()
        wide = {text: metrics.horizontalAdvance(text) + theme.px(46) for text in _SEARCHES}
        text = next((each for each in _SEARCHES if wide[each] <= room - day), "")
        self.search.setText(text)
        self.search.setFixedWidth(wide[text] if text else theme.px(_ICON))
        self.days.setFixedWidth(max(theme.px(_LEAST_DAY), min(theme.px(_WHOLE_DAY), room - self.search.width())))


_SEARCHES = ("Search everything\u2026   Ctrl+K", "Search\u2026   Ctrl+K", "Search\u2026")
_LEAST_DAY, _GOOD_DAY, _WHOLE_DAY, _ICON = 120, 200, 360, 40  # px at 100 %
