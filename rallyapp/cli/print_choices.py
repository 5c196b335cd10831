"""What somebody means who prints: which document, for whom, of what, on which paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from rallyapp.cli.finding import folded
from rallyapp.cli.finding_places import date_meant, day_among, sites_meant
from rallyapp.cli.finding_rally import rally_meant
from rallyapp.cli.finding_stall import stall_meant
from rallyapp.cli.shell import fail
from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Employer, Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.words import listed
from rallyapp.prints.audience import SHOWN, Audience, Document
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Paper, Per

# Which options choose among the pieces of a document.
_CHOOSE = {
    Per.PICKET: ("day", "site"),
    Per.DAY: ("day",),
    Per.RALLY: ("rally", "day"),
    Per.STALL: ("stall", "rally", "day"),
    Per.PLAN: (),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options of the command, as they were typed."""

    day: str | None = None
    site: str | None = None
    rally: str | None = None
    stall: str | None = None
    audience: str | None = None
    paper: str | None = None
    bw: bool = False
    large: bool = False
    holder: tuple[str, ...] = ()
    issue: str | None = None

    def refuse_others(self, kind: Document) -> None:
        """Fail where an option chooses nothing of a document."""
        made = MADE[kind]
        for option in ("day", "site", "rally", "stall"):
            if getattr(self, option) is not None and option not in _CHOOSE[made.per]:
                ways = listed(f"--{each}" for each in _CHOOSE[made.per])
                fail(
                    f"--{option} chooses nothing of the {kind.words}: there is one of it for "
                    f"{_each(made.per)}{f', chosen with {ways}' if ways else ''}."
                )
        if self.issue is not None and kind is not Document.RUNNING_ORDER:
            fail("--issue chooses a running order as it was issued; no other document has one.")

    def refuse_for_everything(self) -> None:
        """Fail where an option would choose a part of everything."""
        for option in ("site", "rally", "stall", "audience", "issue"):
            if getattr(self, option) is not None:
                fail(f"--{option} chooses one document; everything is printed for a --day.")


def _each(per: Per) -> str:
    return "the whole plan" if per is Per.PLAN else f"each {per}"


def document_meant(text: str) -> Document:
    """Find the one document whose name, or title, begins so or has these words; else fail."""
    words = folded(text.replace("-", " ")).split()
    exact = [each for each in Document if text.casefold() in (each.value, each.words)]
    found = exact or [
        each for each in Document if words and all(_begins(word, f"{each.value} {each.words}") for word in words)
    ]
    if len(found) == 1:
        return found[0]
    names = ", ".join(found or Document)
    if found:
        fail(f"Several documents fit \u201c{text}\u201d: {names}.")
    fail(f"There is no document \u201c{text}\u201d. There are: {names}, everything.")


def _begins(word: str, text: str) -> bool:
    """Say whether a word of a text begins so; "stalls" is read as "stall", as people say it."""
    begun = word.removesuffix("s") or word
    return any(each.startswith(begun) for each in folded(text.replace("-", " ")).split())


def audiences_of(kind: Document) -> tuple[Audience, ...]:
    """List for whom a document is printed, its usual audience first."""
    return tuple(audience for document, audience in SHOWN if document is kind)


def audience_meant(kind: Document, text: str | None) -> Audience:
    """Find for whom a copy is to be; the usual audience where nothing was said; else fail."""
    offered = audiences_of(kind)
    if text is None:
        return offered[0]
    words = folded(text).split()
    exact = [each for each in offered if each.value == text.casefold()]
    found = exact or [each for each in offered if words and all(_begins(word, each.value) for word in words)]
    if len(found) != 1:
        choose = " or ".join(f"\u201c{each}\u201d" for each in offered)
        fail(f"The {kind.words} is not printed for \u201c{text}\u201d; choose {choose}.")
    return found[0]


def look_meant(kind: Document, asked: Asked) -> Look:
    """Give the look that was asked for; fails where a document has no such paper or no large print."""
    made = MADE[kind]
    look = look_of(asked)
    if asked.paper is None:
        look = Look(paper=made.papers[0], colour=look.colour, large=look.large)
    if look.large and not made.large:
        fail(f"The {kind.words} has no large print.")
    return look


def look_of(asked: Asked) -> Look:
    """Give the look that was asked for, whatever a document offers."""
    return Look(paper=Paper((asked.paper or "A4").upper()), colour=not asked.bw, large=asked.large)


def outline(store: Any) -> Plan:
    """Read what says which pieces there are: no shifts and no people."""
    kinds: tuple[Any, ...] = (Settings, Dispute, StrikeDay, Employer, Site, Entrance, Picket)
    kinds += (Venue, Rally, RallyDay, Partner, Stall)
    return Plan(record for kind in kinds for record in store.all(kind))


def pieces_meant(store: Any, kind: Document, asked: Asked) -> tuple[str, ...]:
    """List the ids of what is to be printed; else fail, saying what there is."""
    from rallyapp.prints import press

    asked.refuse_others(kind)
    made, plan = MADE[kind], outline(store)
    if made.per is Per.PICKET:
        on, sites = date_meant(store, asked.day, "FROM picket"), sites_meant(store, asked.site)
        return press.pieces(plan, kind, sites=sites, on=on)
    if made.per is Per.DAY:
        return press.pieces(plan, kind, on=day_among(asked.day, strike_dates(plan)) if asked.day else None)
    if made.per is Per.RALLY:
        return (rally_meant(store, asked.rally, asked.day).id,)
    if made.per is Per.STALL:
        if asked.stall is not None:
            return (stall_meant(plan, [asked.stall]).id,)
        rallies = [rally_meant(store, asked.rally, None).id] if asked.rally is not None else None
        on = day_among(asked.day, _dates(plan, (Rally, Picket))) if asked.day else None
        return press.pieces(plan, kind, rallies=rallies, on=on)
    return press.pieces(plan, kind)


def strike_dates(plan: Plan) -> list[date]:
    """List the dates on which a plan's strike days are."""
    found = set()
    for day in plan.all(StrikeDay):
        found.update(day.first_date + timedelta(days=n) for n in range((day.last_date - day.first_date).days + 1))
    return sorted(found)


def _dates(plan: Plan, kinds: Iterable[Any]) -> list[date]:
    return sorted({each.starts.date() for kind in kinds for each in plan.all(kind)})


def day_meant(plan: Plan, text: str | None, today: date) -> date:
    """Find the day of which everything is printed: the one that was named, or the next on which something is."""
    known = sorted({*strike_dates(plan), *_dates(plan, (Picket, Rally))})
    if text is not None:
        return day_among(text, known)
    found = next((day for day in known if day >= today), None)
    if found is None:
        fail(
            "Nothing in this plan is yet to come: say with --day which day to print."
            if known
            else "There is nothing to print: the plan has no strike day and no rally yet."
        )
    return found
