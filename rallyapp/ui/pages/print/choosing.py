"""Choosing what to print: the documents, the chosen one as it will be printed, and how."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.pickets import Picket
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import ProgrammeIssue, Rally
from rallyapp.domain.stalls import Stall
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.words import counted
from rallyapp.prints.audience import Audience, Document, audiences
from rallyapp.prints.documents import MADE
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Per
from rallyapp.store import queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.print.kept import KeptLooks
from rallyapp.ui.pages.print.options import ALL, WIDTH, Options
from rallyapp.ui.pages.print.pane import PreviewPane
from rallyapp.ui.pages.print.sheet_names import date_of, group_of, title_of
from rallyapp.ui.print_making import Wanted
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.preview import Fit
from rallyapp.ui.widgets.tick_list import Tick, TickList
from rallyapp.ui.widgets.words import Words

DOCUMENTS, _LEAST = 216, 740  # px at 100 %
GROUPS: Mapping[Per, str] = {
    Per.PICKET: "Pickets",
    Per.DAY: "Strike day",
    Per.RALLY: "Rallies",
    Per.STALL: "Stalls",
    Per.PLAN: "Whole plan",
}
_ALL_OF = {
    Per.PICKET: "Of all strike days",
    Per.DAY: "All strike days",
    Per.RALLY: "All rallies",
    Per.STALL: "All stalls",
}
_KINDS = {Per.PICKET: Picket, Per.DAY: StrikeDay, Per.RALLY: Rally, Per.STALL: Stall}
_USUAL = {"picket": Document.ROTA, "strike_day": Document.SLIPS, "rally": Document.RALLY_PLAN, "stall": Document.STALLS}


class Choosing(QWidget):
    """The view: what can be printed at the left, the preview, and how at the right."""

    changed = Signal()  # what is chosen

    def __init__(self, desk: Desk) -> None:
        """Make it; ``reload`` fills it."""
        super().__init__()
        self._desk = desk
        self.kept = KeptLooks()
        self._plan = Plan()
        self._known: dict[tuple[Per, StrikeDayId | None], tuple[str, ...]] = {}  # pieces of all days, and of one
        self._document = Document.ROTA
        self._ticked: set[Document] = set()
        self._left_out: set[str] = set()  # sheets that somebody took the tick from
        self._all: set[Per] = set()  # of what is printed for all days
        self._before: tuple[set[str], set[Per]] | None = None  # both, before one thing alone was to be looked at
        self._choices: dict[Document, str] = {}
        self._holders: dict[Document, str] = {}  # who is to get what is not printed yet
        self.documents = TickList("Documents")
        self.pane = PreviewPane(desk)
        self.options = Options(self._offer_holders)
        self.aside = Words("", Type.SMALL, ink="muted", wrap=True)
        self._lay_out()
        self.documents.chosen.connect(lambda id: self._turn_to(Document(id)))
        self.documents.ticked.connect(self._tick)
        self.options.changed.connect(self._options_changed)
        self.options.sheet_ticked.connect(self._tick_sheet)
        self.options.sheet_chosen.connect(self.pane.go_to_sheet)
        self.options.holder.textChanged.connect(self._keep_holder)
        self.options.all_days_wanted.connect(self._want_all)
        self.pane.sheets_drawn.connect(self._say_pages)

    def _lay_out(self) -> None:
        self._left = QWidget()
        self._column = QVBoxLayout(self._left)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(Card(self.documents), 1)
        self._column.addWidget(self.aside)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(self._left)
        self._across.addWidget(self.pane, 1)
        self._across.addWidget(self.options)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Give the least size, with the columns as narrow as they become."""
        return QSize(theme.px(_LEAST), theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_across"):
            self._fit()

    def _fit(self) -> None:
        self._left.setFixedWidth(min(theme.px(DOCUMENTS), self.width() * 24 // 100))
        self.options.setFixedWidth(min(theme.px(WIDTH), self.width() * 27 // 100))
        self._across.setSpacing(theme.px(12))
        self._column.setSpacing(theme.px(8))

    # ------------------------------------------------------------------------------------ what there is
    @property
    def plan(self) -> Plan:
        """The plan's small tables, as they were read last."""
        return self._plan

    @property
    def document(self) -> Document:
        """The document that is looked at."""
        return self._document

    @property
    def offered(self) -> tuple[Document, ...]:
        """The documents of which the plan has something to print."""
        return tuple(document for document in MADE if self._pieces(document))

    def reload(self, plan: Plan) -> None:
        """Show what there is to print of a plan, of which the small tables are enough."""
        self._plan = plan
        self._known.clear()
        offered = self.offered
        self._ticked &= set(offered)
        if self._document not in offered and offered:
            self._document = offered[0]
        self._show_documents()
        self._show_document()
        if offered:
            self._draw(anew=True)

    def _show_documents(self) -> None:
        lines, group = [], None
        for document in self.offered:
            made = MADE[document]
            if made.per is not group:
                group = made.per
                lines.append(Tick(id=f"group {group}", title=GROUPS[group], heading=True))
            lines.append(Tick(id=document, title=made.title, tip=made.words, ticked=document in self._ticked))
        self.documents.show_lines(lines, self._document)

    def _pieces(self, document: Document) -> tuple[str, ...]:
        """List of what there is a sheet: of the chosen strike day, or of all where there is none of that day."""
        per = MADE[document].per
        every, of_day = self._every(per), self._of_day(per)
        return every if per in self._all else of_day or every

    def _every(self, per: Per) -> tuple[str, ...]:
        return self._listed(per, None)

    def _of_day(self, per: Per) -> tuple[str, ...]:
        return self._listed(per, self._desk.day) if self._desk.day is not None else ()

    def _listed(self, per: Per, day: StrikeDayId | None) -> tuple[str, ...]:
        from rallyapp.prints import press

        if (per, day) not in self._known:
            document = next(document for document, made in MADE.items() if made.per is per)
            days = None if day is None else [day]
            self._known[per, day] = press.pieces(self._plan, document, days=days)
        return self._known[per, day]

    # ---------------------------------------------------------------------------------- what is chosen
    def wanted(self, document: Document) -> Wanted:
        """Give what would be printed of a document: the sheets that are ticked, which may be none."""
        abouts = tuple(about for about in self._pieces(document) if about not in self._left_out)
        order = Order(document=document, audience=self.kept.audience(document), abouts=abouts)
        holder = self._holders.get(document, "").strip()
        return Wanted(
            order=order,
            look=self.kept.look(document),
            choice=self._choices.get(document, ""),
            holders=dict.fromkeys(abouts, holder),
            name=order.file_name(self._desk.store.path.stem, date_of(self._plan, order)),
        )

    def all_wanted(self) -> list[Wanted]:
        """Give what would be printed: the ticked documents, or the one that is looked at; none without a sheet."""
        documents = [document for document in self.offered if document in self._ticked] or [self._document]
        found = [self.wanted(document) for document in documents if document in self.offered]
        return [each for each in found if each.order.abouts]

    def handed_out(self, done: Sequence[Wanted]) -> None:
        """Take notice that this was saved or printed.

        What somebody in particular got was for that one: the next copy is in normal print, and for somebody else.
        """
        for each in done:
            document = each.order.document
            if any(each.holders.values()):
                look = self.kept.look(document)
                self.kept.keep(document, self.kept.audience(document), replace(look, large=False))
                self._holders.pop(document, None)
        self._show_document()
        self._draw()

    def look_at(self, document: Document, *, audience: Audience | None = None, only: Collection[str] = ()) -> None:
        """Look at a document, of these sheets alone where some are named: until another document is chosen."""
        if audience in audiences(document):
            self.kept.keep(document, Audience(audience), self.kept.look(document))
        if only:
            per = MADE[document].per
            if self._before is None:
                self._before = set(self._left_out), set(self._all)
            if not set(only) <= set(self._pieces(document)):
                self._all.add(per)
            self._left_out |= set(self._pieces(document))
            self._left_out -= set(only)
        self.documents.show_lines(self.documents.lines, document)
        self._look_at(document)

    def show_record(self, what: Concern) -> None:
        """Look at a document, or at what is usually printed of a picket, a strike day, a rally or a stall."""
        if what.kind == "document":
            self.look_at(Document(what.id))
        elif what.kind == "print_run":
            self._show_printed(self._desk.store.find(PrintRun, what.id))
        elif what.kind in _USUAL:
            of_it = _KINDS[MADE[self._document].per] if self._document is not Document.SUMMARY else None
            same = of_it is not None and of_it is _KINDS[MADE[_USUAL[what.kind]].per]
            self.look_at(self._document if same else _USUAL[what.kind], only=[what.id])

    def _show_printed(self, run: PrintRun | None) -> None:
        if run is None or run.document not in list(Document):
            return
        document = Document(run.document)
        if run.scope and run.scope not in self._every(MADE[document].per):
            gone = f"What this {document.words} was of is no longer in the plan: it can\u2019t be printed again."
            self._desk.messages.trouble(gone)
            return
        audience = next((each for each in Audience if each == run.audience), None)
        self.look_at(document, audience=audience, only=[run.scope] if run.scope else ())

    def _turn_to(self, document: Document) -> None:
        """Look at another document, of all that was ticked before one thing alone was looked at."""
        if self._before is not None and document is not self._document:
            (self._left_out, self._all), self._before = self._before, None
        self._look_at(document)

    def _look_at(self, document: Document) -> None:
        self._document = document
        self._show_document()
        self._draw()

    def _draw(self, *, anew: bool = False) -> None:
        wanted = self.wanted(self._document)
        if not wanted.order.abouts:
            self.pane.say("No sheet is ticked: tick at least one to print it.")
        elif anew:
            self.pane.refresh(wanted)
        else:
            self.pane.show_wanted(wanted)
        self._say_aside()
        self.changed.emit()

    def _say_aside(self) -> None:
        """Say so where what is looked at is not what is ticked."""
        ticked = [document for document in self.offered if document in self._ticked]
        aside = bool(ticked) and self._document not in ticked
        many = f"the {len(ticked)} that are" if len(ticked) > 1 else "the one that is"
        self.aside.setText(f"What you look at is not ticked: it is not among {many}." if aside else "")
        self.aside.setVisible(aside)

    def _keep_holder(self, typed: str) -> None:
        self._holders[self._document] = typed

    def _show_document(self) -> None:
        document = self._document
        self.options.holder.setText(self._holders.get(document, ""))
        self.options.show_document(document, self.kept.audience(document), self.kept.look(document))
        self._show_issues()
        self._show_sheets()

    def _show_issues(self) -> None:
        issues: list[tuple[str, str]] = []
        if self._document is Document.RUNNING_ORDER:
            numbers = sorted({issue.number for issue in self._plan.all(ProgrammeIssue)})
            issues = [(f"Issued version {number}", str(number)) for number in reversed(numbers)]
        shown = [("As it is now", ""), *issues] if issues else []
        self.options.show_issues(shown, self._choices.get(self._document, ""))

    def _show_sheets(self) -> None:
        document, per = self._document, MADE[self._document].per
        found = self._pieces(document)
        lines: list[Tick] = []
        if per is not Per.PLAN:
            taken = [about for about in found if about not in self._left_out]
            if len(found) > 1:
                lines.append(Tick(id=ALL, title=f"All {len(found)}", ticked=len(taken) == len(found)))
            group = ""
            for about in found:
                if (over := group_of(self._plan, per, about, dated=per in self._all)) != group:
                    group = over
                    lines.append(Tick(id=f"group {about}", title=over, heading=True))
                lines.append(
                    Tick(
                        id=about,
                        title=title_of(self._plan, per, about),
                        tip=title_of(self._plan, per, about, whole=True),
                        state=self._pages_words(about),
                        ticked=about in taken,
                    )
                )
        others = per in _ALL_OF and 0 < len(self._of_day(per)) < len(self._every(per))
        self.options.show_sheets(lines, all_days=_ALL_OF[per] if others else "", all_chosen=per in self._all)

    def _pages_words(self, about: str) -> str:
        pages = self.pane.pages_of_sheet(about)
        return "" if pages is None or about in self._left_out else counted(pages, "page") if pages else "nothing"

    # ------------------------------------------------------------------------------------ what is done
    def _tick(self, id: str, ticked: bool) -> None:
        """Tick a document, which is then looked at too: what one sees is what comes out."""
        (self._ticked.add if ticked else self._ticked.discard)(Document(id))
        if ticked:
            self._turn_to(Document(id))
        self._show_documents()
        self._say_aside()
        self.changed.emit()

    def _tick_sheet(self, about: str, ticked: bool) -> None:
        abouts = self._pieces(self._document) if about == ALL else (about,)
        self._left_out = self._left_out - set(abouts) if ticked else self._left_out | set(abouts)
        self._before = None  # now it is somebody's own choice
        self._show_sheets()
        self._draw()

    def _want_all(self, wanted: bool) -> None:
        (self._all.add if wanted else self._all.discard)(MADE[self._document].per)
        self._before = None
        self._show_sheets()
        self._draw()

    def _options_changed(self) -> None:
        audience, look = self.options.value
        self.kept.keep(self._document, audience, look)
        self._choices[self._document] = str(self.options.issue.currentData() or "")
        self.options.show_document(self._document, audience, look)
        self._draw()

    def _say_pages(self) -> None:
        lines = self.options.sheets.lines
        said = [
            line if line.heading or line.id == ALL else replace(line, state=self._pages_words(line.id))
            for line in lines
        ]
        self.options.sheets.show_lines(said)

    def _offer_holders(self, typed: str) -> list[str]:
        """Offer who may hold a copy: those who held one, those for whom documents are, and people by their names."""
        usual = ["noticeboard", "picket supervisor", "organiser", "branch office"]
        before = [run.holder for run in self._desk.store.all(PrintRun) if run.holder]
        fitting = [each for each in dict.fromkeys((*before, *usual)) if typed.casefold() in each.casefold()]
        people = [person.name for person in queries.search_people(self._desk.store, typed, limit=4)]
        return list(dict.fromkeys((*fitting[:4], *people)))

    # ---------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Give what to find again: documents by their names, and nobody's."""
        return {
            "document": str(self._document),
            "ticked": sorted(self._ticked),
            "all": sorted(self._all),
            "looks": self.kept.settings(),
            "fit": str(self.pane.preview.fit),
        }

    def take_settings(self, kept: Mapping[str, Any]) -> None:
        """Take what ``settings`` gave; whatever does not fit is passed over."""
        self._document = next((each for each in Document if each == kept.get("document")), self._document)
        self._ticked = set(_known(kept.get("ticked"), Document))
        self._all = set(_known(kept.get("all"), Per))
        self.kept.take_settings(kept.get("looks"))
        if kept.get("fit") == Fit.PAGE:
            self.pane.preview.show_as(Fit.PAGE)


def _known(values: object, kind: Any) -> Iterator[Any]:
    for value in values if isinstance(values, list) else []:
        yield from (each for each in kind if each == value)
