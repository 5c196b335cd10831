"""The views of the rota, one shown at a time: the day, its week, its list, or why there is nothing to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import LineId
from rallyapp.domain.pickets import Picket
from rallyapp.ui import theme
from rallyapp.ui.pages.rota.day import DayPane
from rallyapp.ui.pages.rota.head import DAY, LIST, WEEK
from rallyapp.ui.pages.rota.list_view import ListSheet
from rallyapp.ui.pages.rota.nothing import Nothing
from rallyapp.ui.pages.rota.reading import Rota
from rallyapp.ui.pages.rota.week import WeekSheet

if TYPE_CHECKING:
    from rallyapp.ui.pages.rota.page import RotaPage


class Views(QStackedWidget):
    """The stack of them. ``mode`` is the one that is shown while there is something to show."""

    def __init__(self, page: RotaPage) -> None:
        """Make them for a page, with nothing shown."""
        super().__init__()
        self._desk = page.desk
        self.mode = DAY
        self._stretch: float | None = None  # as it was kept, until the day is first shown
        self.day_view = DayPane()
        self.week_view = WeekSheet(page.desk)
        self.list_view = ListSheet(page.desk)
        self.empty = Nothing(page)
        self._cards: dict[str, QWidget] = {DAY: self.day_view}
        for mode, sheet in ((WEEK, self.week_view), (LIST, self.list_view)):
            card = QFrame()
            card.setObjectName("card")
            inside = QVBoxLayout(card)
            inside.setContentsMargins(2, theme.px(4), 2, theme.px(4))
            inside.addWidget(sheet)
            self._cards[mode] = card
        for widget in (*self._cards.values(), self.empty):
            self.addWidget(widget)

    @property
    def now(self) -> Any:
        """The view of the present mode."""
        return {DAY: self.day_view, WEEK: self.week_view, LIST: self.list_view}[self.mode]

    def show_rota(
        self,
        rota: Rota | None,
        day: StrikeDay | None,
        pickets: Mapping[LineId, Sequence[Picket]],
        *,
        only_gaps: bool,
    ) -> None:
        """Show it in the present mode, or say why there is nothing."""
        gap = rota is not None and any(shift.gap for shift in rota.shifts)
        nothing = rota is None or not rota.shifts or (only_gaps and not gap)
        if (nothing and self.empty.explain(day)) or rota is None:
            self.setCurrentWidget(self.empty)
            return
        self.setCurrentWidget(self._cards[self.mode])
        if self.mode != DAY:
            self.now.show(rota, only_gaps)
            return
        self.day_view.show_rota(rota, pickets, only_gaps=only_gaps, now=self._desk.now(), writable=self._desk.writable)
        if self._stretch is not None:
            self.day_view.show_stretch(self._stretch)
            self._stretch = None

    def settings(self) -> dict[str, Any]:
        """Give the mode and how each is arranged."""
        return {
            "mode": self.mode,
            "week": self.week_view.settings(),
            "list": self.list_view.settings(),
            "stretch": self.day_view.stretch,
        }

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what was kept."""
        if kept.get("mode") in (DAY, WEEK, LIST):
            self.mode = str(kept["mode"])
        self.week_view.take_settings(kept.get("week"))
        self.list_view.take_settings(kept.get("list"))
        if isinstance(kept.get("stretch"), int | float):
            self._stretch = float(kept["stretch"])
