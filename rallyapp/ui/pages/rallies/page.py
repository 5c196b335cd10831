"""The rallies: when and where, the running order by the clock, posts and who is on them, what is permitted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import RallyId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Shift
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Permission, Post, ProgrammeItem, Rally, RallyDay, Speaker
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.running_order import overrun, running_order
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.times import clock, day_words, long_day_words, minutes_words
from rallyapp.store import queries
from rallyapp.ui import printing, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.list_page import ListPage
from rallyapp.ui.models.fill import Tone, state_words, tone_of
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice
from rallyapp.ui.widgets.facts import Facts, Lines
from rallyapp.ui.widgets.parts import Empty, Section
from rallyapp.ui.widgets.words import Words, button


class RalliesPage(ListPage):
    """The page: the rallies at the left, the chosen one beside them."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"print_run", "availability", "cover", "preference", "pair"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        empty = Empty(
            "There is no rally in this plan. A rally would belong to a strike day.",
            "&Go to strike days",
        )
        super().__init__(desk, parent, title="Rallies", listed="Rallies", chosen="The chosen rally", empty=empty)
        self.empty.wanted.connect(lambda: desk.go(PageName.DAYS))
        self._known: set[RallyId] = set()
        self._shown: RallyId | None = None  # whose part was read since the last change
        self.print_button = button("&Print rally plan\u2026", primary=True, tip="Asks where to save the PDF")
        self.print_button.clicked.connect(lambda: printing.ask_print_rally(desk, RallyId(self.list.value), self))
        self.list.chosen.connect(lambda id: self._show(RallyId(id)))
        self.lay_out(self.print_button)

    def reload(self) -> None:
        """Show the rallies as they are now."""
        store = self.desk.store
        with store.snapshot():
            rallies = sorted(store.all(Rally), key=lambda rally: (rally.starts, rally.title))
            venues = {venue.id: venue.name for venue in store.all(Venue)}
            known = Plan([*store.all(StrikeDay), *rallies, *store.all(RallyDay)])  # all that a status follows from
        choices = []
        for rally in rallies:
            status = stand_down.of_rally(known, rally)
            choices.append(
                Choice(
                    id=rally.id,
                    title=rally.title,
                    note=f"{day_words(rally.starts.date())}, {rally.words}, {venues.get(rally.venue_id, '')}",
                    state="" if status.on else "Stood down",
                    tone=Tone.OFF if status.on else Tone.NOBODY,
                )
            )
        self._known = {rally.id for rally in rallies}
        self._shown = None
        number = len(rallies)
        self.show_list(choices, f"{number:,} {'rally' if number == 1 else 'rallies'}" if rallies else "")
        self.print_button.setEnabled(bool(rallies))
        self._show(RallyId(self.list.value))

    def show_record(self, what: Concern) -> None:
        """Choose a rally, or the one at a venue."""
        if what.kind == "rally":
            self.list.choose(what.id)
        elif what.kind == "venue":
            here = self.desk.store.where(Rally, venue_id=what.id)
            if here:
                self.list.choose(here[0].id)

    # ---------------------------------------------------------------------------------------- one rally
    def _show(self, id: RallyId) -> None:
        if id not in self._known:
            self.sheaf.show_parts(())
            return
        if id == self._shown:
            return
        self._shown = id
        part = queries.rally_part(self.desk.store, id)
        self.sheaf.show_parts(self._sections(part, part.get(Rally, id)))

    def _sections(self, plan: Plan, rally: Rally) -> Iterator[QWidget]:
        venue = plan.get(Venue, rally.venue_id)
        status = stand_down.of_rally(plan, rally)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Words(rally.title, Type.HEADING, wrap=True))
        where = ", ".join(filter(None, (venue.name, venue.address, venue.postcode)))
        column.addWidget(Words(f"{long_day_words(rally.starts.date())}, {rally.words}", wrap=True))
        column.addWidget(Words(where, ink="muted", wrap=True))
        if not status.on:
            column.addWidget(Words(f"Stood down: {status.why}.", ink="nobody", wrap=True))
        yield head
        yield Section("When", Facts(((what, _moment(rally, when)) for what, when in rally.times()), figures=True))
        yield Section(
            "What",
            Facts(
                (
                    ("Kind", str(rally.kind)),
                    ("Expected", f"{rally.expected:,} people at the peak" if rally.expected else ""),
                    ("Room for", f"{venue.capacity:,} people" if venue.capacity else ""),
                    ("Purpose", rally.purpose),
                    ("Nearest A&E", venue.nearest_ae),
                    ("Defibrillator", venue.defibrillator),
                    ("Step-free", venue.step_free),
                    ("Toilets", venue.toilets),
                    ("Power", venue.power),
                )
            ),
        )
        if items := plan.of(ProgrammeItem, "rally_id", rally.id):
            yield self._programme(plan, rally, items)
        if posts := plan.of(Post, "rally_id", rally.id):
            yield Section("Stewards and posts", Lines([self._post(plan, post) for post in _in_order(posts)]))
        if permissions := plan.of(Permission, "rally_id", rally.id):
            yield Section("Permissions and notifications", Lines([_permission(each) for each in permissions]))
        if stalls := plan.of(Stall, "rally_id", rally.id):
            yield self._stalls(plan, stalls)

    def _programme(self, plan: Plan, rally: Rally, items: tuple[ProgrammeItem, ...]) -> Section:
        lines = running_order(items, rally.starts)
        rows = []
        for line in lines:
            speaker = plan.find(Speaker, line.item.speaker_id)
            who = speaker.name if speaker else line.item.who
            note = ", ".join(filter(None, (who, f"{line.item.minutes} min", line.item.stage_note)))
            rows.append((f"{clock(line.starts)}\u2013{clock(line.ends)}", line.item.title, note, None))
        section = Section("Running order", Lines(rows))
        over = overrun(lines, rally.ends)
        if over > 0:
            section.add(Words(f"Runs {minutes_words(over)} past the hard finish.", ink="nobody", wrap=True))
        else:
            section.add(Words(f"Ends {minutes_words(-over)} before the hard finish.", ink="muted", wrap=True))
        return section

    def _post(self, plan: Plan, post: Post) -> tuple[str, str, str, tuple[str, Tone] | None]:
        shifts = plan.of(Shift, "post_id", post.id)
        names = short_names(plan.all(Person))
        on = [each for shift in shifts for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
        needs = [need for shift in shifts for need in plan.of(Need, "shift_id", shift.id)]
        least, wished = sum(need.least for need in needs), sum(need.wished for need in needs)
        missing = max(0, least - len(on))
        going = all(stand_down.of_shift(plan, shift).on for shift in shifts)
        facts = {"heads": len(on), "least": least, "missing": missing, "on": going}
        who = ", ".join(dict.fromkeys(names.get(each.person_id, "(unknown)") for each in on)) or "Nobody yet"
        times = ", ".join(shift.words for shift in sorted(shifts, key=lambda shift: shift.starts))
        state = (state_words(wished=wished, **facts), tone_of(**facts)) if shifts else None
        return post.name, who, ", ".join(filter(None, (times, post.where))), state

    def _stalls(self, plan: Plan, stalls: tuple[Stall, ...]) -> Section:
        section = Section("Stalls", gap=4)
        for stall in stalls:
            name = plan.get(Partner, stall.partner_id).name
            made = button(f"{name}, {stall.state}".replace("&", "&&"), name=f"Stall of {name}")
            made.setProperty("link", True)
            made.clicked.connect(
                lambda checked=False, stall=stall: self.desk.go(PageName.STALLS, Concern("stall", stall.id))
            )
            section.add(made)
        return section


def _in_order(posts: tuple[Post, ...]) -> list[Post]:
    return sorted(posts, key=lambda post: (post.position, post.name))


def _moment(rally: Rally, when: datetime) -> str:
    same = when.date() == rally.starts.date()
    return clock(when) if same else f"{day_words(when.date())} {clock(when)}"


def _permission(each: Permission) -> tuple[str, str, str, tuple[str, Tone] | None]:
    sent = f"sent {day_words(each.sent_on)}" if each.sent_on else ""
    by = f"by {day_words(each.deadline)}" if each.deadline else ""
    tone = Tone.MET if each.state.settled else Tone.SHORT
    kind = str(each.kind)
    return (
        kind[0].upper() + kind[1:],
        each.body or "\u2013",
        ", ".join(filter(None, (by, sent, each.reference))),
        (
            str(each.state),
            tone,
        ),
    )
