"""The stalls of partner charities: whose, where and when, what they need, and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
from rallyapp.ui.list_page import ListPage
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choice_list import Choice
from rallyapp.ui.widgets.facts import Facts, Lines
from rallyapp.ui.widgets.parts import Empty, Section
from rallyapp.ui.widgets.words import Words, button

_TONES = {
    StallState.CONFIRMED: Tone.MET,
    StallState.OFFERED: Tone.SHORT,
    StallState.ENQUIRY: Tone.SHORT,
    StallState.DECLINED: Tone.OFF,
    StallState.STOOD_DOWN: Tone.NOBODY,
}


class StallsPage(ListPage):
    """The page: the stalls at the left, the chosen one beside them."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"print_run", "availability", "cover", "preference", "pair"}

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        empty = Empty(
            "There is no stall in this plan. A stall would stand at a rally or at a picket.",
            "&Go to the picket rota",
        )
        super().__init__(desk, parent, title="Stalls", listed="Stalls", chosen="The chosen stall", empty=empty)
        self.empty.wanted.connect(lambda: desk.go(PageName.ROTA))
        self._parts: dict[str, Plan] = {}
        self.list.chosen.connect(self._show)
        self.lay_out()

    def reload(self) -> None:
        """Show the stalls as they are now."""
        store = self.desk.store
        with store.snapshot():
            partners = {partner.id: partner.name for partner in store.all(Partner)}
            stalls = sorted(store.all(Stall), key=lambda stall: (partners[stall.partner_id], stall.id))
            rallies = {stall.rally_id for stall in stalls if stall.rally_id}
            of_rally = {
                rally_id: queries.rally_part(store, rally_id) for rally_id in rallies
            }  # once for all its stalls
            self._parts = {
                stall.id: of_rally[stall.rally_id] if stall.rally_id else _at_picket(store, stall) for stall in stalls
            }
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
        number = len(stalls)
        self.show_list(choices, f"{number:,} {'stall' if number == 1 else 'stalls'}" if stalls else "")
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


def _at_picket(store: Store, stall: Stall) -> Plan:
    picket = store.get(Picket, str(stall.picket_id))
    part = queries.rota_part(store, days=[picket.strike_day_id], sites=None)
    return part.changed([stall], ())


def _where(plan: Plan, stall: Stall) -> str:
    if stall.rally_id:
        rally = plan.get(Rally, stall.rally_id)
        return f"{rally.title}, {day_words(rally.starts.date())} {rally.words}"
    return plan.picket_words(plan.get(Picket, stall.picket_id))
