"""What is on paper already of a strike day, and what of it is no longer right: worked out in a thread of its own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from rallyapp import carried
from rallyapp.domain import law, reprinting, row_names
from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.ids import ShiftId, StrikeDayId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Picket, Role, Shift
from rallyapp.domain.places import Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Contact, ProgrammeIssue, ProgrammeItem, Rally, RallyDay, Speaker
from rallyapp.domain.records import Record
from rallyapp.domain.reprinting import Copy, Piece, Rows
from rallyapp.domain.situation import jurisdiction_of
from rallyapp.domain.stalls import Stall
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.domain.words import capital, counted
from rallyapp.prints.audience import SHOWN, Audience, Document
from rallyapp.prints.documents import MADE
from rallyapp.prints.everything import Order, fitting
from rallyapp.prints.job import Line, Look
from rallyapp.prints.job import Paper as Size
from rallyapp.store import Store
from rallyapp.ui.pages.print.sheet_names import date_of
from rallyapp.ui.print_making import Wanted, outline

# What the sentences about a change are read from.
_SAID: tuple[type[Record], ...] = (
    *(Dispute, StrikeDay, Picket, Rally, RallyDay, Stall, Contact, Speaker, ProgrammeItem),
    *(Shift, Need, Assignment, Person),
)
_LARGE, _GREY = Look(large=True).words.split(", ")[1], Look(colour=False).words.split(", ")[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A copy that somebody holds, and whether it is right.

    ``changes`` says in sentences what is not as on it, ``count`` how many of its rows; ``sheet`` names what it is of,
    and ``on`` is the date of that. It can be printed ``again`` unless what it is of is no more: in its ``look``, and
    with the document's own ``choice``, where a later version took its place with that one's.
    """

    copy: Copy
    title: str
    sheet: str
    on: date | None = None
    rows: Rows = field(default_factory=Rows)
    changes: tuple[str, ...] = ()
    count: int = 0
    choice: str = ""
    again: bool = True
    known: bool = True
    earlier: tuple[PrintRun, ...] = ()

    @property
    def right(self) -> bool:
        """Say whether it is as in the plan."""
        return not self.rows.any and not self.changes

    @property
    def printable(self) -> bool:
        """Say whether it can be printed again."""
        return self.again and self.known

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
    def look(self) -> Look:
        """The form that its holder got."""
        return look_of(self.copy.run)

    @property
    def form(self) -> str:
        """That form in words, as far as it is not the usual one: "large print"."""
        document = self.copy.run.document
        if document not in set(Document):
            return ""
        return self.look.words.removeprefix(str(MADE[Document(document)].papers[0])).removeprefix(", ")

    @property
    def hands(self) -> str:
        """Who holds it, and in what form: "Ann Archer, large print"."""
        return ", ".join(part for part in (self.copy.holder or "nobody noted", self.form) if part)


def look_of(run: PrintRun) -> Look:
    """Read the form in which a piece was printed; where it was not noted, the usual one."""
    parts, document = set(run.look.split(", ")), Document(run.document)
    paper = next((paper for paper in Size if paper in parts), MADE[document].papers[0])
    return fitting(Look(paper=paper, colour=_GREY not in parts, large=_LARGE in parts), document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A file that prints copies again: all of one document for one audience in one form, a piece for each copy."""

    wanted: Wanted
    papers: tuple[Paper, ...]

    @property
    def on(self) -> date | None:
        """The date of all of them; None where they have several, or none."""
        dates = {paper.on for paper in self.papers}
        return dates.pop() if len(dates) == 1 else None

    def name(self, plan: str) -> str:
        """Name the file: "southampton 2015-12-01 picket rota noticeboard large print.pdf"."""
        made = self.wanted.order.file_name(plan, self.on)
        return f"{made.removesuffix('.pdf')} {self.papers[0].form.replace(',', '')}".strip() + ".pdf"


def again(papers: Iterable[Paper]) -> tuple[Again, ...]:
    """Gather some copies into the files that print them again, by sheet and holder; those that can't be are left out.

    One of very many copies comes in parts.
    """
    found: dict[tuple[str, str, str, Look], list[Paper]] = {}
    for paper in sorted(papers, key=lambda paper: (paper.on or date.min, paper.sheet, paper.copy.holder.casefold())):
        if paper.printable:
            run = paper.copy.run
            found.setdefault((run.document, run.audience, paper.choice, paper.look), []).append(paper)
    return tuple(each for (*_, choice, look), same in found.items() for each in _files(same, choice, look))


def _files(papers: Sequence[Paper], choice: str, look: Look) -> Iterator[Again]:
    run, start = papers[0].copy.run, 0
    abouts = tuple(paper.copy.run.scope for paper in papers)
    order = Order(document=Document(run.document), audience=Audience(run.audience), abouts=abouts)
    for part in order.in_parts():
        theirs = tuple(papers[start : start + len(part.abouts)])
        yield Again(wanted=Wanted(order=part, look=look, choice=choice), papers=theirs)
        start += len(theirs)


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
        by_piece: dict[Piece, list[PrintRun]] = {}
        for run in sorted(runs, key=lambda run: (run.version, run.at), reverse=True):
            by_piece.setdefault(reprinting.piece_of(run), []).append(run)
        judged = dict(_judged(reader, plan, [copy.run for copy in copies]))
        papers = [_paper(plan, copy, judged.get(copy.run.id), tuple(by_piece[copy.piece]), there) for copy in copies]
    papers.sort(key=lambda paper: (paper.title, paper.sheet, paper.copy.holder.casefold()))
    return tuple(sorted(papers, key=lambda paper: (paper.copy.run.version, paper.copy.run.at), reverse=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    rows: Rows
    changes: tuple[str, ...]
    count: int


def _paper(
    plan: Plan, copy: Copy, judged: _Judged | None, earlier: tuple[PrintRun, ...], there: Collection[str]
) -> Paper:
    run = copy.run
    paper = Paper(
        copy=copy,
        title=title_of(plan, run),
        sheet=sheet_of(plan, run),
        choice=run.choice,
        earlier=earlier,
    )
    if run.scope not in there:
        return replace(paper, changes=("What it is of is no longer in the plan: take it down.",), again=False)
    if judged is None:
        older = "It was printed before sheets had codes: print the document anew to be sure."
        return replace(paper, changes=(older,), known=False)
    paper = replace(paper, on=date_of(plan, _order([run])))
    if newer := _issued_since(plan, run):
        words = f"Version {newer} of the running order was issued since."
        return replace(paper, changes=(words,), choice=str(newer))
    return replace(paper, rows=judged.rows, changes=judged.changes, count=judged.count)


def _issued_since(plan: Plan, run: PrintRun) -> int:
    """Give the number of the version of a running order that took the place of the one that was printed; else 0."""
    if run.document != Document.RUNNING_ORDER or not run.choice.isdecimal():
        return 0
    newest = max((issue.number for issue in plan.of(ProgrammeIssue, "rally_id", run.scope)), default=0)
    return newest if newest > int(run.choice) else 0


def title_of(plan: Plan, run: PrintRun) -> str:
    """Name a print: "Picket rota (noticeboard)"; without the audience where there is but one.

    Who is in charge of a picket is called as on the paper, which follows the law of the day.
    """
    if run.document not in set(Document):
        return run.document
    made = MADE[Document(run.document)]
    audiences = [audience for document, audience in SHOWN if document is made.document]
    title = f"{made.title} ({run.audience})" if len(audiences) > 1 and run.audience else made.title
    picket = plan.find(Picket, run.scope)
    day = plan.find(StrikeDay, picket.strike_day_id if picket else run.scope)
    if day is not None:
        on = picket.starts.date() if picket else day.first_date
        word = law.supervisor_word(carried.law(), jurisdiction_of(plan, day.id), on)
        usual = str(Role.SUPERVISOR)
        title = title.replace(usual, word).replace(capital(usual), capital(word))
    return title


def sheet_of(plan: Plan, run: PrintRun) -> str:
    """Name what a sheet is of: the entrance and its site, the rally, the stall, the strike day or the plan.

    And which part of it: a site, or a version of the running order.
    """
    about, part = run.scope, ""
    if run.document == Document.RUNNING_ORDER and run.choice:
        part = f"version {run.choice}"
    elif site := plan.find(Site, run.choice):
        part = site.name
    if picket := plan.find(Picket, about):
        words = plan.picket_words(picket)
    elif day := plan.find(StrikeDay, about):
        words = day.words
    elif rally := plan.find(Rally, about):
        words = rally.title
    elif stall := plan.find(Stall, about):
        words = f"{plan.line_words(stall)}, {plan.place_of(stall).name}"
    else:
        words = "Something that is no longer in the plan" if about else "The whole plan"
    return f"{words}, {part}" if part else words


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
def _judged(store: Store, plan: Plan, runs: Sequence[PrintRun]) -> Iterator[tuple[str, _Judged]]:
    """Write again what is held, what was printed together at once, and compare it row by row."""
    there = _there(plan)
    together: dict[tuple[str, str, int, datetime, str], dict[str, PrintRun]] = {}
    for run in runs:
        if run.code and run.scope in there and run.document in set(Document):
            key = (run.document, run.audience, run.version, run.at, run.choice)
            together.setdefault(key, {})[run.id] = run
    for group in together.values():
        yield from _of_group(store, list(group.values()))


def _order(runs: Sequence[PrintRun]) -> Order:
    """Give what would print again what some prints of one document for one audience are about."""
    first, abouts = runs[0], tuple(dict.fromkeys(run.scope for run in runs))
    return Order(document=Document(first.document), audience=Audience(first.audience), abouts=abouts)


def _of_group(store: Store, group: Sequence[PrintRun]) -> Iterator[tuple[str, _Judged]]:
    from rallyapp.prints import everything
    from rallyapp.store import print_queries, reprint_queries

    first, rules = group[0], carried.law()
    order = _order(group)
    now = print_queries.part_for(store, order.per, order.abouts)
    then = reprint_queries.as_printed(store, now, first.version, _SAID)
    ready = everything.ready(now, rules, order, printed=first.at, version=first.version, choice=first.choice)
    written = {piece.about: piece.lines for piece in ready.batch.pieces} if ready.batch else {}
    for run in group:
        yield run.id, _compared(run, print_queries.lines_of(store, run), written.get(run.scope, ()), then, now)


def _compared(run: PrintRun, printed: Sequence[PrintedLine], lines: Sequence[Line], then: Plan, now: Plan) -> _Judged:
    """Say how a print's rows differ from those of today: by shift in full, any others by whom or what they are of."""
    rules = carried.law()
    shifts = {line.line: line.shift for line in printed} | {line.key: line.shift for line in lines}
    people = {line.line: line.person for line in printed} | {line.key: line.person for line in lines}
    rows = reprinting.compare({line.line: line.digest for line in printed}, {line.key: line.digest for line in lines})
    at = {key: shifts[key] or key for key in (*rows.changed, *rows.new, *rows.gone)}
    of_shift = {id: reprinting.change_sentences(then, now, [ShiftId(id)], rules) for id in set(at.values())}
    told = {key for key, id in at.items() if of_shift[id]}
    head = reprinting.sentence(reprinting.piece_changes(then, now, run.scope))
    said = reprinting.change_sentences(then, now, [ShiftId(at[key]) for key in told], rules)
    named = row_names.row_sentences((now, then), rows, people, told)
    changes = (*((head,) if head else ()), *(f"{each}." for each in said), *named)
    return _Judged(rows=rows, changes=changes, count=len(set(at.values())))
