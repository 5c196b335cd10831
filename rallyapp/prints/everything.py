"""Everything that a strike day needs on paper: which documents, for whom, and each as a file of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rallyapp.domain.law import Rules
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import SHOWN, Audience, Document
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Per

# What somebody who runs a strike day prints, in the order in which it is handed out. What a supervisor's pack holds
# is not printed by itself again, but for the sheets that are signed: they are typed back by their own codes.
_DAY = (
    (Document.ROTA, Audience.NOTICEBOARD),
    (Document.ROTA, Audience.ORGANISER),
    (Document.PACK, Audience.SUPERVISOR),
    (Document.SIGN_IN, Audience.SUPERVISOR),
    (Document.DAY_SHEET, Audience.SUPERVISOR),
    (Document.SLIPS, Audience.VOLUNTEER),
    (Document.GAPS, Audience.NOTICEBOARD),
    (Document.GAPS, Audience.ORGANISER),
    (Document.CASCADE, Audience.ORGANISER),
    (Document.RALLY_PLAN, Audience.ORGANISER),
    (Document.RUNNING_ORDER, Audience.ORGANISER),
    (Document.CUE_CARDS, Audience.CHAIR),
    (Document.BRIEFING, Audience.VOLUNTEER),
    (Document.SITE_PLAN, Audience.PUBLIC),
    (Document.MARCH, Audience.POLICE),
    (Document.STALLS, Audience.CHARITY),
)


# Sheets in one file: what is drawn together is in memory together, 3 to 10 MB a page.
_MOST = 12
_FEWER = {Document.PACK: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to make: pieces of a document for an audience; ``part`` of ``parts`` where they are too many for one."""

    document: Document
    audience: Audience
    abouts: tuple[str, ...]
    part: int = 1
    parts: int = 1

    @property
    def per(self) -> Per:
        """What its pieces are about."""
        return MADE[self.document].per

    @property
    def words(self) -> str:
        """Name it: "Picket rota (noticeboard)"; without the audience where there is but one."""
        one = sum(document is self.document for document, _ in SHOWN) == 1
        number = f", {self.part} of {self.parts}" if self.parts > 1 else ""
        return MADE[self.document].title + ("" if one else f" ({self.audience})") + number

    def in_parts(self) -> tuple[Order, ...]:
        """Give the files that it takes: one, or some with as many sheets each as can be drawn in little memory."""
        most = _FEWER.get(self.document, _MOST)
        parts = -(-len(self.abouts) // most)
        each = -(-len(self.abouts) // max(parts, 1))  # the last one is not much shorter than the others
        return tuple(
            replace(self, abouts=self.abouts[n * each : (n + 1) * each], part=n + 1, parts=parts) for n in range(parts)
        )

    def file_name(self, plan: str, day: date | None) -> str:
        """Name the file: "southampton 2015-12-01 picket rota noticeboard.pdf"."""
        one = sum(document is self.document for document, _ in SHOWN) == 1
        number = f"{self.part} of {self.parts}" if self.parts > 1 else ""
        parts = [plan, day.isoformat() if day else "", self.document.words, "" if one else self.audience, number]
        return f"{_safe(' '.join(part for part in parts if part))}.pdf"


def orders_of(plan: Plan, on: date) -> tuple[Order, ...]:
    """List the files that a day needs: for the pickets, rallies and stalls that start on it, and its strike days.

    ``plan`` needs no people in it. A document of which the day has no piece is left out; one of very many pickets
    comes in parts, by site.
    """
    found: list[Order] = []
    for document, audience in _DAY:
        abouts = press.pieces(plan, document, on=on)
        if abouts:
            found.extend(Order(document=document, audience=audience, abouts=abouts).in_parts())
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """An order that is written: what to draw (None: no piece has anything in it), and why others were left out."""

    order: Order
    batch: press.Batch | None
    left_out: tuple[str, ...]


def ready(
    plan: Plan,
    rules: Rules,
    order: Order,
    *,
    printed: datetime,
    version: int,
    before: Mapping[str, LastPrint] | None = None,
    look: Look | None = None,
    choice: str = "",
) -> Ready:
    """Write an order's pieces and leave out those with nothing to print, such as cue cards without a programme."""

    def write(abouts: Sequence[str]) -> press.Batch:
        return press.batch(
            plan,
            rules,
            order.document,
            order.audience,
            abouts,
            printed=printed,
            version=version,
            before=before,
            look=look,
            choice=choice,
        )

    try:
        return Ready(order=order, batch=write(order.abouts), left_out=())
    except UserError as error:
        if len(order.abouts) == 1:
            return Ready(order=order, batch=None, left_out=(str(error),))
    good, why = [], []
    for about in order.abouts:
        try:
            write((about,))
            good.append(about)
        except UserError as error:
            why.append(str(error))
    return Ready(order=order, batch=write(good) if good else None, left_out=tuple(dict.fromkeys(why)))


def fitting(look: Look, document: Document) -> Look:
    """Give the look in which a document comes nearest to the one that was chosen for all."""
    made = MADE[document]
    paper = look.paper if look.paper in made.papers else made.papers[0]
    return Look(paper=paper, colour=look.colour, large=look.large and made.large)


_UNSAFE = re.compile(r"[^\w .,()-]+")


def _safe(name: str) -> str:
    """Write a name as every file system takes it."""
    plain = _UNSAFE.sub(" ", unicodedata.normalize("NFC", name).replace("\u2019", ""))
    return " ".join(plain.split()).strip(". ")[:120]


def by_per(orders: Sequence[Order]) -> Iterator[tuple[Per, tuple[str, ...]]]:
    """List what has to be read for some orders: each kind of piece once, with all that they are about."""
    wanted: dict[Per, dict[str, None]] = {}
    for order in orders:
        wanted.setdefault(order.per, {}).update(dict.fromkeys(order.abouts))
    for per, abouts in wanted.items():
        yield per, tuple(abouts)
