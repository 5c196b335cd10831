"""What is on paper already of a strike day, and what of it is no longer right: worked out in a thread of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rallyapp import carried
from rallyapp.domain import reprinting
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import ProgrammeIssue, Rally, RallyDay
from rallyapp.domain.records import Record
from rallyapp.domain.reprinting import Copy, Rows
from rallyapp.domain.stalls import Stall
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.words import counted
from rallyapp.prints.audience import SHOWN, Audience, Document
from rallyapp.prints.documents import MADE
from rallyapp.prints.everything import Order
from rallyapp.store import Store
from rallyapp.ui.print_making import outline

# What the sentences about a change are read from.
_SAID: tuple[type[Record], ...] = (
    *(Dispute, StrikeDay, Picket, Rally, RallyDay, Stall),
    *(Shift, Need, Assignment, Person),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A copy that somebody holds, and whether it is right.

    ``changes`` says in sentences what is not as on it, ``count`` how many of its rows; ``sheet`` names what it is of.
    It can be printed ``again`` unless what it is of is no more.
    """

    copy: Copy
    title: str
    sheet: str
    rows: Rows = field(default_factory=Rows)
    changes: tuple[str, ...] = ()
    count: int = 0
    again: bool = True
    known: bool = True
    earlier: tuple[PrintRun, ...] = ()

    @property
    def right(self) -> bool:
        """Say whether it is as in the plan."""
        return not self.rows.any and not self.changes

    @property
    def state(self) -> str:
        """How it stands, in a few words."""
        if not self.known:
            return "Not known"
        if not self.again:
            return "No longer in the plan"
        if self.right:
            return "Right"
        return f"{counted(self.count, 'row')} changed" if self.count else "Changed"

    @property
    def order(self) -> Order:
        """What would print it again."""
        run = self.copy.run
        return Order(document=Document(run.document), audience=Audience(run.audience), abouts=(run.scope,))


def orders_for(papers: Iterable[Paper]) -> tuple[Order, ...]:
    """Gather what would print some copies again: a file for each document and audience."""
    found: dict[tuple[Document, Audience], dict[str, None]] = {}
    for paper in papers:
        if paper.again and paper.known:
            order = paper.order
            found.setdefault((order.document, order.audience), {}).update(dict.fromkeys(order.abouts))
    return tuple(
        Order(document=document, audience=audience, abouts=tuple(abouts))
        for (document, audience), abouts in found.items()
    )


def read_papers(store: Store, day: StrikeDayId | None) -> tuple[Paper, ...]:
    """Read what is on paper of a strike day, of the whole plan, and of what is no more; newest first.

    Through a connection of this thread's own.
    """
    with store.reader() as reader, reader.snapshot():
        plan = outline(reader)
        abouts = _abouts(plan, day)
        there = _there(plan)
        runs = [run for run in reader.all(PrintRun) if run.scope in abouts or (run.code and run.scope not in there)]
        copies = reprinting.copies_held(runs)
        by_piece: dict[tuple[str, str, str], list[PrintRun]] = {}
        for run in sorted(runs, key=lambda run: (run.version, run.at), reverse=True):
            by_piece.setdefault((run.document, run.audience, run.scope), []).append(run)
        judged = dict(_judged(reader, plan, runs, copies))
        papers = [
            _paper(plan, copy, judged.get(copy.run.id), tuple(by_piece[copy.piece]), copy.run.scope in there)
            for copy in copies
        ]
    papers.sort(key=lambda paper: (paper.title, paper.sheet, paper.copy.holder.casefold()))
    return tuple(sorted(papers, key=lambda paper: (paper.copy.run.version, paper.copy.run.at), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    rows: Rows
    changes: tuple[str, ...]
    count: int


def _paper(plan: Plan, copy: Copy, judged: _Judged | None, earlier: tuple[PrintRun, ...], there: bool) -> Paper:
    run = copy.run
    title, sheet = title_of(run), sheet_of(plan, run.scope)
    if not there:
        gone = ("What it is of is no longer in the plan: take it down.",)
        return Paper(copy=copy, title=title, sheet=sheet, changes=gone, again=False, earlier=earlier)
    if judged is None:
        older = ("It was printed before sheets had codes: print it again to be sure.",)
        return Paper(copy=copy, title=title, sheet=sheet, changes=older, known=False, earlier=earlier)
    return Paper(
        copy=copy,
        title=title,
        sheet=sheet,
        rows=judged.rows,
        changes=judged.changes,
        count=judged.count,
        earlier=earlier,
    )


def title_of(run: PrintRun) -> str:
    """Name a print: "Picket rota for the noticeboard"; without the audience where there is but one."""
    if run.document not in set(Document):
        return run.document
    made = MADE[Document(run.document)]
    audiences = [audience for document, audience in SHOWN if document is made.document]
    return f"{made.title} ({run.audience})" if len(audiences) > 1 and run.audience else made.title


def sheet_of(plan: Plan, about: str) -> str:
    """Name what a sheet is of: the entrance and its site, the rally, the stall, the strike day or the plan."""
    if picket := plan.find(Picket, about):
        return plan.picket_words(picket)
    if day := plan.find(StrikeDay, about):
        return day.words
    if rally := plan.find(Rally, about):
        return rally.title
    if stall := plan.find(Stall, about):
        return f"{plan.line_words(stall)}, {plan.place_of(stall).name}"
    return "The whole plan" if not about else "Something that is no longer in the plan"


def _abouts(plan: Plan, day: StrikeDayId | None) -> set[str]:
    """List what the sheets of a strike day may be about, and the whole plan."""
    pickets = {picket.id for picket in plan.of(Picket, "strike_day_id", day)}
    rallies = {link.rally_id for link in plan.of(RallyDay, "strike_day_id", day)}
    tied = {link.rally_id for link in plan.all(RallyDay)}
    rallies |= {rally.id for rally in plan.all(Rally) if rally.id not in tied}  # of no strike day: shown on each
    stalls = {stall.id for stall in plan.all(Stall) if stall.rally_id in rallies or stall.picket_id in pickets}
    return {*pickets, *rallies, *stalls, day or "", ""}


def _there(plan: Plan) -> set[str]:
    return {"", *(each.id for kind in (Picket, StrikeDay, Rally, Stall) for each in plan.all(kind))}


# ------------------------------------------------------------------------------------------ what is still right
def _judged(
    store: Store, plan: Plan, runs: Sequence[PrintRun], copies: Sequence[Copy]
) -> Iterator[tuple[str, _Judged]]:
    """Write again what was printed together, from the same part of the plan, and compare it row by row.

    Together, because whom a short name has to tell apart depends on who else was read for the same file.
    """
    held, there = {copy.run.id for copy in copies}, _there(plan)
    together: dict[tuple[str, str, int, datetime, str], list[PrintRun]] = {}
    for run in runs:
        if run.code and run.scope in there and run.document in set(Document):
            key = (run.document, run.audience, run.version, run.at, _choice(plan, run))
            together.setdefault(key, []).append(run)
    for key, group in together.items():
        if any(run.id in held for run in group):
            yield from _of_group(store, group, held, key[-1])


def _choice(plan: Plan, run: PrintRun) -> str:
    """Say which issue of a running order was printed: its code was made of the number, too."""
    from rallyapp.prints import press

    document, audience = Document(run.document), Audience(run.audience)
    issues = plan.of(ProgrammeIssue, "rally_id", run.scope) if document is Document.RUNNING_ORDER else ()
    for number in (str(issue.number) for issue in issues):
        if run.code == press.code_of(plan, document, audience, run.scope, run.version, run.at, number):
            return number
    return ""


def _of_group(
    store: Store, group: Sequence[PrintRun], held: Collection[str], choice: str
) -> Iterator[tuple[str, _Judged]]:
    from rallyapp.prints import everything
    from rallyapp.store import print_queries, reprint_queries

    first, rules = group[0], carried.law()
    abouts = tuple(dict.fromkeys(run.scope for run in group))
    order = Order(document=Document(first.document), audience=Audience(first.audience), abouts=abouts)
    now = print_queries.part_for(store, order.per, abouts)
    then = reprint_queries.as_printed(store, now, first.version, _SAID)
    ready = everything.ready(now, rules, order, printed=first.at, version=first.version, choice=choice)
    written = {piece.about: piece.lines for piece in ready.batch.pieces} if ready.batch else {}
    for run in group:
        if run.id in held:
            printed, lines = print_queries.lines_of(store, run), written.get(run.scope, ())
            shifts = {line.line: line.shift for line in printed} | {line.key: line.shift for line in lines}
            rows = reprinting.compare(
                {line.line: line.digest for line in printed}, {line.key: line.digest for line in lines}
            )
            touched = [ShiftId(shifts[key] or key) for key in (*rows.changed, *rows.new, *rows.gone)]
            said = reprinting.change_sentences(then, now, touched, rules)
            head = reprinting.sentence(reprinting.piece_changes(then, now, run.scope))
            changes = (*((head,) if head else ()), *(f"{each}." for each in said))
            yield run.id, _Judged(rows=rows, changes=changes, count=len(set(touched)))
