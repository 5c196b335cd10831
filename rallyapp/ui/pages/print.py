"""What can be printed, for whom, when it last was, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import RallyId
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import clock, day_words
from rallyapp.store import queries
from rallyapp.ui import printing, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.list_page import ListPage
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice
from rallyapp.ui.widgets.facts import Facts, Lines
from rallyapp.ui.widgets.parts import Empty, Section
from rallyapp.ui.widgets.words import Words, button


@dataclass(frozen=True, slots=True, kw_only=True)
class Printable:
    """One thing that can be printed: the document, its scope in the record of prints, and in words."""

    document: str
    scope: str
    title: str
    note: str
    audience: str = ""

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return f"{self.document} {self.scope}"


_WHO = {
    "noticeboard": (
        "First names and initials, no telephone numbers but the duty phone. It may hang where anybody reads it."
    ),
    "organiser": "Full names and telephone numbers. Keep it with you and shred it afterwards.",
}


class PrintPage(ListPage):
    """The page: the documents at the left, the chosen one beside them."""

    reads = frozenset({"strike_day", "rally", "print_run", "shift", "assignment", "need", "picket", "entrance", "site"})
    follows_day = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        empty = Empty("There is nothing to print before the plan has a strike day or a rally.", "&Add a strike day")
        super().__init__(
            desk, parent, title="Print and share", listed="Documents", chosen="The chosen document", empty=empty
        )
        self.empty.wanted.connect(lambda: desk.go(PageName.DAYS))
        self.print_button = button("&Print\u2026", primary=True, tip="Asks where to save the PDF (Ctrl+P)")
        self.print_button.clicked.connect(self.print_chosen)
        self._found: dict[str, Printable] = {}
        self.list.chosen.connect(lambda id: self._show(id))
        self.list.activated.connect(lambda: self.print_chosen())
        self.lay_out(self.print_button)

    def reload(self) -> None:
        """Show what can be printed of the chosen strike day, and the rallies."""
        store = self.desk.store
        with store.snapshot():
            day = store.find(StrikeDay, self.desk.day)
            rallies = sorted(store.all(Rally), key=lambda rally: (rally.starts, rally.title))
            runs = store.all(PrintRun)
        found = list(_printables(day, rallies))
        self._found = {each.id: each for each in found}
        choices = []
        for each in found:
            versions = [run.version for run in runs if (run.document, run.scope) == (each.document, each.scope)]
            state = f"Version {max(versions)}" if versions else "Not printed yet"
            choices.append(Choice(id=each.id, title=each.title, note=each.note, state=state))
        self.show_list(choices, f"The rota is that of {day_words(day.first_date)}, chosen above." if day else "")
        self.print_button.setEnabled(bool(found))
        self._show(self.list.value)

    def show_record(self, what: Concern) -> None:
        """Choose the plan of a rally."""
        self.list.choose(f"rally-plan {what.id}")

    def print_chosen(self) -> None:
        """Ask where to save the chosen document, and print it there."""
        chosen = self._found.get(self.list.value)
        if chosen is None:
            return
        if chosen.document == "rota":
            printing.ask_print_rota(self.desk, self, audience=chosen.audience)
        else:
            printing.ask_print_rally(self.desk, RallyId(chosen.scope), self)

    def _show(self, id: str) -> None:
        chosen = self._found.get(id)
        self.sheaf.show_parts(self._sections(chosen) if chosen else ())

    def _sections(self, chosen: Printable) -> Iterator[QWidget]:
        store = self.desk.store
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Words(chosen.title, Type.HEADING, wrap=True))
        column.addWidget(Words(chosen.note, ink="muted", wrap=True))
        yield head
        yield Section("Who may see it", Words(_WHO[chosen.audience or "organiser"], wrap=True))
        runs = sorted(
            store.where(PrintRun, document=chosen.document, scope=chosen.scope),
            key=lambda run: run.version,
            reverse=True,
        )
        since = "Nothing, as far as this plan knows." if runs else ""
        if chosen.document == "rota" and runs:
            changed = len(queries.changed_since_print(store, chosen.document, chosen.scope).shifts)
            one = "shift is" if changed == 1 else "shifts are"
            since = (
                f"{changed:,} {one} not as on paper: print it again." if changed else "No shift: the paper is right."
            )
        elif runs and store.version != runs[0].version:
            since = f"The plan is at version {store.version}: look whether this rally is still as on paper."
        if since:
            yield Section("Changed since the last print", Words(since, wrap=True))
        if runs:
            rows = [
                (f"Version {run.version}", f"{day_words(run.at.date())} {clock(run.at)}", run.holder, None)
                for run in runs[:20]
            ]
            yield Section("Printed", Lines(rows))
        else:
            yield Section("Printed", Facts((("Not yet", "Each print is noted here with its version and time."),)))


def _printables(day: StrikeDay | None, rallies: list[Rally]) -> Iterator[Printable]:
    if day is not None:
        for audience, note in (("noticeboard", "For the wall: first names only"), ("organiser", "For you: full names")):
            yield Printable(
                document="rota",
                scope=printing.rota_scope(audience, day),
                title="Picket rota" if audience == "noticeboard" else "Picket rota with numbers",
                note=f"{day_words(day.first_date)}. {note}",
                audience=audience,
            )
    for rally in rallies:
        yield Printable(
            document="rally-plan",
            scope=rally.id,
            title=f"Rally plan: {rally.title}",
            note=f"{day_words(rally.starts.date())}. For you: full names",
        )
