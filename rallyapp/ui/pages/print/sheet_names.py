"""What the sheets of a document are called in a list, and of which date a file is."""

from __future__ import annotations

from datetime import date

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import day_words
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Per


def date_of(plan: Plan, order: Order) -> date | None:
    """Give the one date that all sheets of a file are of, for its name; None where there are several or none."""
    found = {_date(plan, order.per, about) for about in order.abouts}
    return found.pop() if len(found) == 1 else None


def _date(plan: Plan, per: Per, about: str) -> date | None:
    if per is Per.STALL:
        stall = plan.get(Stall, about)
        per = Per.RALLY if stall.rally_id else Per.PICKET
        about = stall.rally_id or stall.picket_id or ""
    if per is Per.PICKET:
        return plan.get(Picket, about).starts.date()
    if per is Per.RALLY:
        return plan.get(Rally, about).starts.date()
    return plan.get(StrikeDay, about).first_date if per is Per.DAY else None


def group_of(plan: Plan, per: Per, about: str, *, dated: bool) -> str:
    """Name what several pickets have in common: their day where all days are listed, their site of several."""
    if per is not Per.PICKET:
        return ""
    picket = plan.get(Picket, about)
    day = day_words(picket.starts.date()).rpartition(" ")[0] if dated else ""  # without the year
    site = plan.site_of(picket).name if len(plan.all(Site)) > 1 else ""
    return ", ".join(part for part in (day, site) if part)


def title_of(plan: Plan, per: Per, about: str, *, whole: bool = False) -> str:
    """Name a sheet; ``whole`` says of a picket also where it is and when."""
    if per is Per.PICKET:
        picket = plan.get(Picket, about)
        entrance, day = plan.get(Entrance, picket.entrance_id), day_words(picket.starts.date())
        where = f", {plan.site_of(picket).name}, {day}, {picket.words}"
        return entrance.name + (where if whole else "")
    if per is Per.DAY:
        return day_words(plan.get(StrikeDay, about).first_date)
    if per is Per.RALLY:
        rally = plan.get(Rally, about)
        return f"{rally.title}, {day_words(rally.starts.date())}"
    return plan.get(Partner, plan.get(Stall, about).partner_id).name
