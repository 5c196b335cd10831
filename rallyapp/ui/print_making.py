"""From what somebody wants on paper to a PDF, in a thread of its own: reads, writes and draws. No widgets here."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from rallyapp import carried
from rallyapp.domain.disputes import Dispute, Settings, StrikeDay
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import ProgrammeIssue, Rally, RallyDay
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look, Per
from rallyapp.store import Store
from rallyapp.ui.pdf_pages import PdfPage, pages_of

if TYPE_CHECKING:  # what writes and draws is loaded in the thread
    from rallyapp.prints.press import Batch

MANY = 20  # pages that are drawn before the memory that they took is let go, some megabytes each
OUTLINE: tuple[type[Record], ...] = (
    Settings,
    Dispute,
    StrikeDay,
    Site,
    Entrance,
    Picket,
    Venue,
    Rally,
    RallyDay,
    ProgrammeIssue,
    Partner,
    Stall,
)
"""What says of what there are sheets: the small tables, without people."""
_OF: Mapping[Per, type[Record]] = {Per.PICKET: Picket, Per.DAY: StrikeDay, Per.RALLY: Rally, Per.STALL: Stall}
TO_PRINT = tuple(_OF.values())
"""Of which there is paper at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants on paper: the pieces of a document for an audience, and how it looks.

    ``choice`` is the document's own choice, such as an issued running order's number. ``holders`` tells by what a
    piece is about who gets it; with ``handed`` it goes where it goes by its nature. ``name`` is the file's.
    """

    order: Order
    look: Look
    choice: str = ""
    holders: Mapping[str, str] = field(default_factory=dict, compare=False)
    handed: bool = field(default=False, compare=False)
    name: str = field(default="", compare=False)

    def only(self, abouts: Sequence[str]) -> Wanted:
        """Want the same of fewer pieces."""
        return replace(self, order=replace(self.order, abouts=tuple(abouts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A file that is drawn. ``batch`` is None where no piece had anything in it; ``left_out`` says why, each once.

    Of the batch there is left what is noted of a print, without what stands on the paper: that is in ``data``.
    """

    wanted: Wanted
    batch: Batch | None
    data: bytes
    pages: tuple[PdfPage, ...]
    left_out: tuple[str, ...]

    def by_sheet(self) -> Iterator[tuple[str, PdfPage]]:
        """Give each page with the id of what its sheet is about; pages of one file are told apart by their codes."""
        pieces = list(self.batch.pieces) if self.batch else []
        at = 0
        for page in self.pages:
            if at + 1 < len(pieces) and pieces[at + 1].code in page.text and pieces[at].code not in page.text:
                at += 1
            yield (pieces[at].about if pieces else ""), page


def outline(store: Store) -> Plan:
    """Read what says of what there are sheets."""
    with store.snapshot():
        return Plan([record for kind in OUTLINE for record in store.all(kind)])


def draw(store: Store, wanted: Wanted, printed: datetime) -> Drawn:
    """Read, write and draw a file, through a connection of this thread's own; leaves out pieces with nothing in them.

    Raises UserError where it can't be printed so at all.
    """
    with store.reader() as reader:
        source = _Source(reader, wanted)
    return _drawn(source, wanted, printed)


class _Source:
    """What the pieces of a file are written from: the plan as far as they need it, and what was printed before."""

    def __init__(self, store: Store, wanted: Wanted) -> None:
        from rallyapp.store import print_queries

        order = wanted.order
        with store.snapshot():  # the version on the paper is that of what stands there
            self.version = store.version
            self.plan = print_queries.part_for(store, order.per, order.abouts)
            self.before = print_queries.last_prints(
                store, order.document, order.audience, order.abouts, choice=wanted.choice
            )

    def there(self, wanted: Wanted) -> Wanted:
        """Want only what the plan still has; raises UserError where that is nothing."""
        kind = _OF.get(wanted.order.per)
        if kind is None:
            return wanted
        left = [about for about in wanted.order.abouts if self.plan.find(kind, about) is not None]
        if not left:
            raise UserError(f"This {wanted.order.per} was removed meanwhile: nothing was printed.")
        return wanted if len(left) == len(wanted.order.abouts) else wanted.only(left)


def _drawn(source: _Source, asked: Wanted, printed: datetime) -> Drawn:
    from rallyapp.prints import everything, press

    wanted = source.there(asked)
    ready = everything.ready(
        source.plan,
        carried.law(),
        wanted.order,
        printed=printed,
        version=source.version,
        before=source.before,
        look=wanted.look,
        choice=wanted.choice,
    )
    if ready.batch is None:
        return Drawn(wanted=asked, batch=None, data=b"", pages=(), left_out=ready.left_out)
    data = press.pdf(ready.batch)
    pages = pages_of(data)
    _let_go_after(len(pages))
    if asked.handed:
        asked = replace(asked, holders=dict(_handed(source.plan, wanted.order)))
    light = tuple(replace(piece, values=None) for piece in ready.batch.pieces)
    return Drawn(
        wanted=asked, batch=replace(ready.batch, pieces=light), data=data, pages=pages, left_out=ready.left_out
    )


def _handed(plan: Plan, order: Order) -> Iterator[tuple[str, str]]:
    from rallyapp.prints import everything

    for about in order.abouts:
        yield about, everything.handed_to(plan, order, about)


_counting = threading.Lock()
_kept = 0  # pages that the engine keeps something of


def _let_go_after(pages: int) -> None:
    """Let the engine forget earlier pages once there are many of them."""
    global _kept
    from rallyapp.prints import typeset

    with _counting:
        _kept += pages
        full = _kept >= MANY
        if full:
            _kept = 0
    if full:
        typeset.let_go()


def noted(drawn: Iterable[Drawn]) -> Iterator[Record]:
    """Give the records that note some prints, each in the hands of whoever gets it."""
    from rallyapp.prints import noting

    for each in drawn:
        if each.batch is not None:
            yield from noting.records_of(each.batch, each.wanted.holders)
