"""Where each kind of record is shown: a kind without a page of its own is shown with what it belongs to."""

from __future__ import annotations

from collections.abc import Iterable

from rallyapp.domain.problems import Concern
from rallyapp.ui.page import PageName

HOMES: dict[str, PageName] = {
    "strike_day": PageName.DAYS,
    "strike_day_move": PageName.DAYS,
    "dispute": PageName.DAYS,
    "notice": PageName.DAYS,
    "notice_day": PageName.DAYS,
    "stand_down": PageName.DAYS,
    "stand_down_day": PageName.DAYS,
    "settings": PageName.DAYS,
    "employer": PageName.SITES,
    "site": PageName.SITES,
    "entrance": PageName.SITES,
    "site_plan": PageName.SITES,
    "pin": PageName.SITES,
    "picket": PageName.ROTA,
    "shift": PageName.ROTA,
    "need": PageName.ROTA,
    "assignment": PageName.ROTA,
    "attendance": PageName.ROTA,
    "person": PageName.PEOPLE,
    "workplace": PageName.PEOPLE,
    "person_skill": PageName.PEOPLE,
    "availability": PageName.PEOPLE,
    "cover": PageName.PEOPLE,
    "preference": PageName.PEOPLE,
    "pair": PageName.PEOPLE,
    "rally": PageName.RALLIES,
    "rally_day": PageName.RALLIES,
    "venue": PageName.RALLIES,
    "team_member": PageName.RALLIES,
    "speaker": PageName.RALLIES,
    "programme_item": PageName.RALLIES,
    "programme_issue": PageName.RALLIES,
    "post": PageName.RALLIES,
    "permission": PageName.RALLIES,
    "risk": PageName.RALLIES,
    "contact": PageName.RALLIES,
    "kit_item": PageName.RALLIES,
    "plan_note": PageName.RALLIES,
    "route_step": PageName.RALLIES,
    "stall": PageName.STALLS,
    "partner": PageName.STALLS,
    "tally": PageName.STALLS,
}


def home_of(what: Concern) -> PageName | None:
    """Name the page on which a record is shown; None where no page shows its kind."""
    return HOMES.get(what.kind)


def first_home(concerns: Iterable[Concern]) -> tuple[PageName, Concern] | None:
    """Give the first of these records that some page shows, with its page."""
    return next(((home, each) for each in concerns if (home := home_of(each)) is not None), None)
