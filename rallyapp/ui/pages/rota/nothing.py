"""What stands where there is no shift to show: why, and the one next step."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.times import long_day_words
from rallyapp.store.rota_queries import has_shifts
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.parts import Empty

if TYPE_CHECKING:
    from rallyapp.ui.pages.rota.page import RotaPage


class Nothing(Empty):
    """Says it, and does the next step."""

    def __init__(self, page: RotaPage) -> None:
        """Take the page."""
        super().__init__("")
        self._page = page
        self._next: Callable[[], object] = lambda: None
        self.wanted.connect(page.desk.tried(lambda: self._next()))

    def explain(self, day: StrikeDay | None) -> bool:
        """Say why there is nothing; False where the rota is better shown all the same."""
        page = self._page
        desk, rota = page.desk, page.rota
        forms = page.actions_here.forms
        if day is None:
            self._say(
                "This plan has no strike day yet: pickets stand on strike days.",
                "Add a strike day",
                lambda: desk.go(PageName.DAYS),
            )
        elif rota is None:
            self._say(
                "This plan has no entrance yet: a picket stands at an entrance.",
                "Add a site",
                lambda: desk.go(PageName.SITES),
            )
        elif page.only_gaps and rota.shifts:
            self._say(
                "Every shift that is shown has the people that it needs.",
                "Show all shifts",
                lambda: page.show_only_gaps(False),
            )
        elif rota.mixed or has_shifts(desk.store, [day.id]):  # posts that have no shift yet, or other sites
            return False
        elif not desk.writable:
            self.say("No picket shift is planned on this strike day.")
        elif has_shifts(desk.store, [other.id for other in desk.days()]):
            self._say(
                f"No picket shift is planned on {long_day_words(day.first_date)}. Copy a day that is planned, or cut "
                "a window into shifts with Ctrl+Shift+X.",
                "Copy a day here\u2026",
                lambda: forms.copy_day(here=True),
            )
        else:
            self._say(
                f"No picket shift is planned on {long_day_words(day.first_date)}. Say from when to when pickets stand.",
                "Cut a window into shifts\u2026",
                forms.cut,
            )
        return True

    def _say(self, sentence: str, does: str, do: Callable[[], object]) -> None:
        self.say(sentence, does)
        self._next = do
