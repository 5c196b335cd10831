"""Somebody at the inspector of the picket rota, in a real window."""

import pytest

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.store import queries
from rallyapp.ui.page import PageName


class Rep:
    """Somebody who works at the inspector of an open plan."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot, self.store = window, qtbot, window.store
        self.page = window.page(PageName.ROTA)
        self.pane = self.page.inspector
        self.day = sorted(self.store.all(StrikeDay), key=lambda day: day.window.start)[0]
        self.shifts = [each.shift_id for each in queries.day_shifts(self.store, self.day.id)]

    def waits(self):
        """Until nothing is looked for any more."""
        jobs = ("open", "checks", "fill", "suggest", "cover", "whys")
        self.qtbot.waitUntil(lambda: not any(self.window.plan_jobs.runs(job) for job in jobs), timeout=10_000)

    def chooses(self, *shifts):
        self.page.select(shifts)
        self.waits()

    def on(self, shift):
        """Who is on a shift, as the file has it."""
        return self.store.where(Assignment, shift_id=shift)

    def needs(self, shift):
        return self.store.where(Need, shift_id=shift)

    def shift(self, at=0):
        return self.store.get(Shift, self.shifts[at])

    @property
    def reads(self):
        """What the strip says."""
        return self.window.messages.sentence


@pytest.fixture
def rep(person, window, plan, qtbot):
    """Somebody at the inspector of the Southampton plan."""
    person.opens(plan)
    window.go(PageName.ROTA)
    made = Rep(window, qtbot)
    made.waits()
    return made
