"""The stalls of partner charities: whose, where and when, what they need, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain import stand_down
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Picket, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.stalls import Partner, Stall, StallState, Tally
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import clock, day_words, span_words
from rallyapp.store import Store, queries
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice, ChoiceList
from rallyapp.ui.widgets.facts import Facts, Lines, Sheaf
from rallyapp.ui.widgets.parts import Card, Empty, ListBeside, PageHead, Section
from rallyapp.ui.widgets.words import Words, button

_TONES = {
    StallState.CONFIRMED: Tone.MET,
    StallState.OFFERED: Tone.SHORT,
    StallState.ENQUIRY: Tone.SHORT,
    StallState.DECLINED: Tone.OFF,
    StallState.STOOD_DOWN: Tone.NOBODY,
}


class StallsPage(Page):
    """The page: the stalls at the left, the chosen one beside them."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"print_run", "availability", "cover", "preference", "pair"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self.list = ChoiceList("Stalls")
        self.setFocusProxy(self.list)
        self.sheaf = Sheaf("The chosen stall")
        self.empty = Empty(
            "There is no stall in this plan. A stall would stand at a rally or at a picket.",
            "&Go to the picket rota",
        )
        self.empty.wanted.connect(lambda: desk.go(PageName.ROTA))
        self._parts: dict[str, Plan] = {}
        self.list.chosen.connect(self._show)
        self._head = PageHead("Stalls")
        both = ListBeside(Card(self.list), Card(self.sheaf))
        self._stack = QStackedWidget()
        self._stack.addWidget(both)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        column.setSpacing(theme.px(16))
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Show the stalls as they are now."""
        store = self.desk.store
        with store.snapshot():
            partners = {partner.id: partner.name for partner in store.all(Partner)}
            stalls = sorted(store.all(Stall), key=lambda stall: (partners[stall.partner_id], stall.id))
            self._parts = {stall.id: _part(store, stall) for stall in stalls}
        choices = []
        for stall in stalls:
            state, tone = _state(stall, stand_down.of_stall(self._parts[stall.id], stall).going)
            choices.append(
                Choice(
                    id=stall.id,
                    title=partners[stall.partner_id],
                    note=_where(self._parts[stall.id], stall),
                    state=state[0].upper() + state[1:],
                    tone=tone,
                )
            )
        self.list.show_choices(choices)
        self._stack.setCurrentIndex(0 if stalls else 1)
        self._head.say(f"{len(stalls):,} {'stall' if len(stalls) == 1 else 'stalls'}" if stalls else "")
        self._show(self.list.value)

    def show_record(self, what: Concern) -> None:
        """Choose a stall, or a partner's first."""
        if what.kind == "stall":
            self.list.choose(what.id)
        elif what.kind == "partner":
            theirs = self.desk.store.where(Stall, partner_id=what.id)
            if theirs:
                self.list.choose(theirs[0].id)

    # ---------------------------------------------------------------------------------------- one stall
    def _show(self, id: str) -> None:
        plan = self._parts.get(id)
        self.sheaf.show_parts(self._sections(plan, plan.get(Stall, id)) if plan else ())

    def _sections(self, plan: Plan, stall: Stall) -> Iterator[QWidget]:
        partner = plan.get(Partner, stall.partner_id)
        status = stand_down.of_stall(plan, stall)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Words(partner.name, Type.HEADING, wrap=True))
        column.addWidget(Words(_where(plan, stall), wrap=True))
        if status.going is Going.STOOD_DOWN:
            column.addWidget(Words(f"Stood down: {status.why}.", ink="nobody", wrap=True))
        elif status.going is Going.UNDECIDED:
            column.addWidget(Words(f"Not decided: {status.why}.", ink="short", wrap=True))
        if stall.rally_id:
            link = button("Go to the rally", name="Go to the rally")
            link.setProperty("link", True)
            rally_id = stall.rally_id
            link.clicked.connect(lambda: self.desk.go(PageName.RALLIES, Concern("rally", rally_id)))
            column.addWidget(link)
        yield head
        stay = span_words(stall.arrives, stall.leaves) if stall.arrives else ""
        size = f"{stall.width / 100:g} m by {stall.depth / 100:g} m" if stall.width and stall.depth else ""
        yield Section(
            "The stall",
            Facts(
                (
                    ("State", str(stall.state)),
                    ("If the strike is off", str(stall.if_off)),
                    ("Pitch", ", ".join(filter(None, (stall.pitch, size)))),
                    ("There", stay),
                    ("Vehicle", stall.vehicle),
                    ("Tables, chairs", f"{stall.tables}, {stall.chairs}" if stall.tables or stall.chairs else ""),
                    ("Furniture from", stall.furniture_from),
                    ("Power", stall.power),
                    ("Shelter", stall.shelter),
                    ("Note", stall.note),
                )
            ),
        )
        yield Section(
            "People",
            Facts(
                (
                    ("On the day", ", ".join(filter(None, (stall.on_day_contact, stall.on_day_phone)))),
                    ("Before", ", ".join(filter(None, (partner.contact_name, partner.contact_phone)))),
                    ("E-mail", partner.contact_email),
                    ("Helpers wanted", str(stall.volunteers_wanted) if stall.volunteers_wanted else ""),
                )
            ),
        )
        yield Section(
            "Papers",
            Facts(
                (
                    ("Insurance", "seen" if stall.insurance_seen else "not seen yet"),
                    ("Risk assessment", "seen" if stall.risk_assessment_seen else "not seen yet"),
                    ("Permit", stall.permit),
                )
            ),
        )
        if shifts := plan.of(Shift, "stall_id", stall.id):
            rows = []
            for shift in sorted(shifts, key=lambda each: each.starts):
                on = [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
                names = ", ".join(plan.get(Person, each.person_id).name for each in on)
                rows.append((shift.words, names or "Nobody yet", shift.label, None))
            yield Section("Helpers", Lines(rows))
        if tallies := self.desk.store.where(Tally, stall_id=stall.id):
            last = max(tallies, key=lambda tally: tally.at)
            of = f" of {stall.target:,}" if stall.target else ""
            yield Section("Tally", Facts((("At " + clock(last.at), f"{last.count:,}{of}"),)))


def _state(stall: Stall, going: Going) -> tuple[str, Tone]:
    """Say how far a stall has come, or that it is off, or open whether it is."""
    if going is Going.STOOD_DOWN:
        return "stood down", Tone.NOBODY
    if going is Going.UNDECIDED:
        return "not decided", Tone.SHORT
    return str(stall.state), _TONES[stall.state]


def _part(store: Store, stall: Stall) -> Plan:
    if stall.rally_id:
        return queries.rally_part(store, stall.rally_id)
    picket = store.get(Picket, str(stall.picket_id))
    part = queries.rota_part(store, days=[picket.strike_day_id], sites=None)
    return part.changed([stall], ())


def _where(plan: Plan, stall: Stall) -> str:
    if stall.rally_id:
        rally = plan.get(Rally, stall.rally_id)
        return f"{rally.title}, {day_words(rally.starts.date())} {rally.words}"
    return plan.picket_words(plan.get(Picket, stall.picket_id))
