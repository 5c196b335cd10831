"""From a plan to a file: which pieces a document has, what stands in them, and the PDF of all of them.

A ``Batch`` is one file: pieces of one document for one audience. The same plan, time and look always give the
same bytes. Batches are drawn apart from each other, and drawing frees Python's lock: draw several in threads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.law import Rules
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Entrance
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.sheet_codes import sheet_code
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.tells import LastPrint, LastPrints
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.prints import typeset
from rallyapp.prints.audience import Audience, Document, shown
from rallyapp.prints.called import called
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Job, Line, Look, Paper, Per
from rallyapp.prints.wording import made_on, moment

# How much larger than on A4 everything is drawn; an A5 sheet keeps legible letters and takes more pages.
_SCALES = {Paper.A3: 2**0.5, Paper.A4: 1.0, Paper.A5: 0.86}
LARGE = 1.4


NEVER = LastPrint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A piece as it will be printed: ``values`` for the layout, its rows, and what is not as it last was."""

    about: str
    title: str
    code: str
    values: Any
    lines: tuple[Line, ...]
    since: int | None
    changed: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A file to print: pieces of one document for one audience; ``choice`` is the document's own."""

    title: str
    document: Document
    audience: Audience
    look: Look
    printed: datetime
    version: int
    words: str
    pieces: tuple[Written, ...]
    choice: str = ""


def pieces(
    plan: Plan,
    document: Document,
    *,
    days: Collection[str] | None = None,
    sites: Collection[str] | None = None,
    rallies: Collection[str] | None = None,
    stalls: Collection[str] | None = None,
    on: date | None = None,
) -> tuple[str, ...]:
    """List what a document has a piece about, by day, place and name; None chooses all.

    ``on`` is a calendar day: pickets and rallies that start on it, strike days that touch it.
    """
    per = MADE[document].per
    if per is Per.PICKET:
        return _pickets(plan, days, sites, on)
    if per is Per.DAY:
        found = [day for day in plan.all(StrikeDay) if days is None or day.id in days]
        touching = [day for day in found if on is None or day.first_date <= on <= day.last_date]
        return tuple(day.id for day in sorted(touching, key=lambda day: (day.window.start, day.id)))
    if per is Per.RALLY:
        return tuple(rally.id for rally in _rallies(plan, days, rallies, on))
    if per is Per.STALL:
        return _stalls(plan, days, rallies, stalls, on)
    return ("",)


def _pickets(
    plan: Plan, days: Collection[str] | None, sites: Collection[str] | None, on: date | None
) -> tuple[str, ...]:
    chosen = []
    for picket in plan.all(Picket):
        day, site = plan.get(StrikeDay, picket.strike_day_id), plan.site_of(picket)
        if (days is not None and day.id not in days) or (sites is not None and site.id not in sites):
            continue
        if on is not None and picket.starts.date() != on:
            continue
        entrance = plan.get(Entrance, picket.entrance_id)
        order = (day.window.start, day.id, site.name, site.id, entrance.position, entrance.name)
        chosen.append((*order, picket.starts, picket.id))
    return tuple(each[-1] for each in sorted(chosen))


def _rallies(plan: Plan, days: Collection[str] | None, rallies: Collection[str] | None, on: date | None) -> list[Rally]:
    found = [
        rally
        for rally in plan.all(Rally)
        if (rallies is None or rally.id in rallies)
        and (on is None or rally.starts.date() == on)
        and (days is None or any(link.strike_day_id in days for link in plan.of(RallyDay, "rally_id", rally.id)))
    ]
    return sorted(found, key=lambda rally: (rally.starts, rally.title, rally.id))


def _stalls(
    plan: Plan,
    days: Collection[str] | None,
    rallies: Collection[str] | None,
    stalls: Collection[str] | None,
    on: date | None,
) -> tuple[str, ...]:
    hosts: dict[str, datetime] = {rally.id: rally.starts for rally in _rallies(plan, days, rallies, on)}
    if rallies is None:
        hosts |= {id: plan.get(Picket, id).starts for id in _pickets(plan, days, None, on)}
    found = []
    for stall in plan.all(Stall):
        starts = hosts.get(stall.rally_id or stall.picket_id or "")
        if starts is not None and (stalls is None or stall.id in stalls):
            found.append((starts, plan.get(Partner, stall.partner_id).name, stall.id))
    return tuple(each[-1] for each in sorted(found))


def batch(
    plan: Plan,
    rules: Rules,
    document: Document,
    audience: Audience,
    abouts: Sequence[str],
    *,
    printed: datetime,
    version: int,
    before: Mapping[str, LastPrint] | None = None,
    look: Look | None = None,
    choice: str = "",
) -> Batch:
    """Write the pieces of a file; raises UserError where there is nothing to print or that audience gets none.

    ``before`` tells by what a piece is about how it was last printed for this audience. A last print of a
    version that is yet to come was of another file, and one of another choice of another paper: they count for
    nothing.
    """
    shown(document, audience)
    made, look = MADE[document], look or Look(paper=MADE[document].papers[0])
    if look.paper not in made.papers:
        sizes = " or ".join(made.papers)
        raise UserError(f"The {document.words} is not printed on {look.paper}; choose {sizes}.")
    if not abouts:
        raise UserError(
            f"There is nothing to print: the plan has no {made.per} for the {document.words} that you chose."
        )
    written: list[Written] = []
    codes = dict(before.codes) if isinstance(before, LastPrints) else {}
    for about in abouts:
        last = (before or {}).get(about, NEVER)
        comparable = last.since is not None and last.since <= version and last.choice == choice
        since = last.since if comparable else None
        code = _free_code(codes, plan, document, audience, about, version, printed, choice)
        job = Job(
            plan=plan,
            rules=rules,
            document=document,
            audience=audience,
            about=about,
            printed=printed,
            version=version,
            code=code,
            since=since,
            before=last.lines if since is not None else {},
            choice=choice,
        )
        values = made.write(job)
        written.append(
            Written(
                about=about,
                title=_title(job, made.per),
                code=job.code,
                values=values,
                lines=tuple(job.lines.made),
                since=since,
                changed=tuple(job.lines.changed),
                gone=job.gone(),
            )
        )
    return Batch(
        title=_file_title(made.title, written),
        document=document,
        audience=audience,
        look=look,
        printed=printed,
        version=version,
        words=rules.words,
        pieces=tuple(written),
        choice=choice,
    )


def _free_code(
    codes: dict[str, str],
    plan: Plan,
    document: Document,
    audience: Audience,
    about: str,
    version: int,
    printed: datetime,
    choice: str,
) -> str:
    """Make a piece's code and note it in ``codes`` (which sheet has it); another where some other sheet has it."""
    sheet, more = LastPrints.sheet(document, audience, about, choice), 0
    while True:
        code = code_of(plan, document, audience, about, version, printed, choice, more=more)
        if codes.setdefault(code, sheet) == sheet:
            return code
        more += 1


def code_of(
    plan: Plan,
    document: Document,
    audience: Audience,
    about: str,
    version: int,
    printed: datetime,
    choice: str = "",
    *,
    more: int = 0,
) -> str:
    """Make the short code of a piece: the same print of the same plan at the same minute has the same code.

    ``more`` gives it another, where that code is another sheet's.
    """
    what = (document, audience, about, str(version), printed.isoformat(timespec="minutes"), choice)
    return sheet_code(plan.settings.id, *what, *([str(more)] if more else []))


def pdf(batch: Batch) -> bytes:
    """Draw a batch as a tagged PDF; the same batch always gives the same bytes."""
    return typeset.compile_pdf(MADE[batch.document].layout, _data(batch), title=batch.title)


def png(batch: Batch, *, ppi: float = 110) -> list[bytes]:
    """Draw a batch as pictures, one a page, for tests."""
    return typeset.compile_png(MADE[batch.document].layout, _data(batch), ppi=ppi)


def _data(batch: Batch) -> dict[str, Any]:
    look = batch.look
    return {
        "made": made_on(batch.printed),
        "document": str(batch.document),
        "audience": str(batch.audience),
        "words": batch.words,
        "printed": moment(batch.printed),
        "version": batch.version,
        "setup": {
            "paper": look.paper.lower(),
            "k": _SCALES[look.paper] * (LARGE if look.large else 1.0),
            "colour": look.colour,
            "large": look.large,
        },
        "pieces": [
            {
                **_plain(piece.values),
                "stamp": {"code": piece.code, "qr": qr_svg(piece.code), "since": piece.since},
            }
            for piece in batch.pieces
        ],
    }


def _plain(values: Any) -> dict[str, Any]:
    # A document may have a say in which of its texts keep their line breaks.
    return cast(dict[str, Any], values.plain() if hasattr(values, "plain") else asdict(values))


@cache
def qr_svg(code: str) -> str:
    """Draw a sheet's code as a QR code for a scanner or a telephone; it holds the code and nothing else."""
    import io

    import segno

    out = io.BytesIO()
    # A mask that is given need not be found by drawing all eight; the code fits the smallest symbol.
    segno.make(code.replace("-", ""), version=1, error="m", mask=4, boost_error=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, nl=False, omitsize=True
    )
    return out.getvalue().decode("ascii")


def _title(job: Job, per: Per) -> str:
    """Say what a piece is about, with no more than may stand on it: the title is in the file's properties."""
    plan, about = job.plan, job.about
    if per is Per.PICKET:
        picket = plan.get(Picket, about)
        entrance, site = plan.get(Entrance, picket.entrance_id), plan.site_of(picket)
        return f"{called(job, entrance.name)}, {called(job, site.name)}, {day_words(picket.starts.date())}"
    if per is Per.DAY:
        day = plan.get(StrikeDay, about)
        return day_words(day.first_date)
    if per is Per.RALLY:
        rally = plan.get(Rally, about)
        return f"{job.say(rally.title)}, {day_words(rally.starts.date())}"
    if per is Per.STALL:
        stall = plan.get(Stall, about)
        return called(job, plan.get(Partner, stall.partner_id).name)
    return job.say(plan.settings.title)


def _file_title(kind: str, written: Iterable[Written]) -> str:
    titles = [piece.title for piece in written]
    return f"{kind}: {titles[0] if len(titles) == 1 else counted(len(titles), 'sheet')}"
