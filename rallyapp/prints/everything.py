"""Everything that a strike day needs on paper: which documents, for whom, and each as a file of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from rallyapp.domain.law import Rules
from rallyapp.domain.plan import Plan
from rallyapp.domain.print_choices import first_supervisor
from rallyapp.domain.problems import UserError
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import SHOWN, Audience, Document
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Per

# What somebody who runs a strike day prints, in the order in which it is handed out. What a supervisor's pack holds
# is not printed by itself again.
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


# Sheets in one file: what is drawn together is in memory together, 2 to 3 MB a page.
_MOST = 30
_FEWER = {Document.PACK: 4}


# A sign-in sheet stands in the pack too, where it is typed back by the pack's own code.
_IN_PACK = frozenset({Document.SIGN_IN})
_PLAN_MOST, _PLAN_BYTES = 60, 100  # of a file's name are the plan's; the rest tells files apart, and stays whole
_TO = {
    Audience.NOTICEBOARD: "noticeboard",
    Audience.ORGANISER: "organiser",
    Audience.CHAIR: "chair",
    Audience.CHARITY: "charity",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A file to make: pieces of a document for an audience; ``part`` of ``parts`` where they are too many for one.

    One that is ``spare`` stands in another file of the same day already. ``if_short`` leaves out a gaps list on
    which there is no gap.
    """

    document: Document
    audience: Audience
    abouts: tuple[str, ...]
    part: int = 1
    parts: int = 1
    spare: bool = False
    if_short: bool = False

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

    def file_name(self, plan: str, day: date | None, number: int = 0) -> str:
        """Name the file: "southampton 2015-12-01 01 picket rota noticeboard.pdf"; 0 is no number."""
        one = sum(document is self.document for document, _ in SHOWN) == 1
        part = f"{self.part} of {self.parts}" if self.parts > 1 else ""
        of, place = day.isoformat() if day else "", f"{number:02}" if number else ""
        parts = [_short(plan), of, place, self.document.words, "" if one else self.audience, part]
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
            order = Order(
                document=document,
                audience=audience,
                abouts=abouts,
                spare=document in _IN_PACK,
                if_short=document is Document.GAPS,
            )
            found.extend(order.in_parts())
    return tuple(found)


def file_names(orders: Sequence[Order], plan: str, on: date | None) -> dict[Order, str]:
    """Name the files of a day, numbered in the order in which they are handed out."""
    return {order: order.file_name(plan, on, number) for number, order in enumerate(orders, start=1)}


def apart(names: Sequence[str]) -> list[str]:
    """Tell names of files apart, on disks too that take capital letters for small ones: "rota (2).pdf"."""
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        stem, number = name.removesuffix(".pdf"), 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number}).pdf"
        taken.add(name.casefold())
        found.append(name)
    return found


def handed_to(plan: Plan, order: Order, about: str) -> str:
    """Say into whose hands a sheet goes by its nature: its picket's supervisor by name, the noticeboard."""
    if order.audience is Audience.SUPERVISOR and order.per is Per.PICKET:
        return first_supervisor(plan, about)
    return _TO.get(order.audience, "")


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
    from rallyapp.prints.gaps import Gaps

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

    def empty(batch: press.Batch) -> list[str]:
        values = [(piece.about, piece.values) for piece in batch.pieces if order.if_short]
        return [about for about, each in values if isinstance(each, Gaps) and not each.many]

    try:
        batch = write(order.abouts)
        if not empty(batch):
            return Ready(order=order, batch=batch, left_out=())
    except UserError as error:
        if len(order.abouts) == 1:
            return Ready(order=order, batch=None, left_out=(str(error),))
    good, why = [], []
    for about in order.abouts:
        try:
            if empty(write((about,))):
                raise UserError("Nothing is short: a gaps list is not needed.")
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
    return " ".join(plain.split()).strip(". ")


def _short(plan: str) -> str:
    short = _safe(plan)[:_PLAN_MOST]
    while len(short.encode()) > _PLAN_BYTES:
        short = short[:-1]
    return short.strip(". ")


def by_per(orders: Sequence[Order]) -> Iterator[tuple[Per, tuple[str, ...]]]:
    """List what has to be read for some orders: each kind of piece once, with all that they are about."""
    wanted: dict[Per, dict[str, None]] = {}
    for order in orders:
        wanted.setdefault(order.per, {}).update(dict.fromkeys(order.abouts))
    for per, abouts in wanted.items():
        yield per, tuple(abouts)
