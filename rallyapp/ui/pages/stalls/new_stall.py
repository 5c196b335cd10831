"""A new stall, or a new partner: a name, and where; everything else is entered once it is there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp.domain.ids import PicketId, RallyId, StrikeDayId
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally, RallyDay
from rallyapp.domain.stall_edits import new_stall, partner_named, partners_like
from rallyapp.domain.stalls import Partner
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.answers import Answer, answer_of
from rallyapp.ui.widgets.fields import ChoiceField, TextField
from rallyapp.ui.widgets.name_offers import NameOffers
from rallyapp.ui.widgets.words import Words, button

Place = tuple[str, str]  # "rally" or "picket", and its id


class NewStall(QWidget):
    """The two questions. ``made`` says the id of the stall; ``closed`` that nothing is to be made."""

    made = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; ``ask`` fills it."""
        super().__init__()
        self._desk = desk
        self._plan = Plan()
        self.name = TextField("Partner", placeholder="Name of the charity")
        self.where = ChoiceField("Where")
        self.usual = Words("", Type.SMALL, ink="muted", wrap=True)
        self.nowhere = Words(
            "There is no rally and no picket on this strike day at which it could stand.", ink="nobody", wrap=True
        )
        self.go = button("Go to rallies")
        self.go.clicked.connect(lambda: desk.go(PageName.RALLIES))
        self.make = button("&Make the stall")
        self.make.clicked.connect(self._make)
        self.leave = button("Cancel", tip="Esc")
        self.leave.clicked.connect(self.closed)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addWidget(Words("New stall", Type.HEADING))
        for each in (self.name, self.usual, self.where, self.nowhere):
            column.addWidget(each)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for made in (self.make, self.go, self.leave):
            row.addWidget(made)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        line = self.name.entry
        assert isinstance(line, QLineEdit)
        self._line = line
        line.textChanged.connect(self._typed)
        line.installEventFilter(self)
        self.offers = NameOffers(line, lambda text: partners_like(self._plan.all(Partner), text))
        self.where.box.installEventFilter(self)

    def ask(self, plan: Plan, places: list[tuple[str, Place]], name: str = "") -> None:
        """Ask, offering the partners that are known and the places in order; the first one is chosen."""
        self.offer(plan, places)
        self.name.show_value(name)
        self.where.show_value(places[0][1] if places else None)
        (self.where if name else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def offer(self, plan: Plan, places: list[tuple[str, Place]]) -> None:
        """Offer what there is now; what was typed and chosen stays."""
        self._plan = plan
        self.where.offer([(words, value) for words, value in places])
        if self.where.value is None and places:
            self.where.show_value(places[0][1])
        self.where.setVisible(bool(places))
        self.nowhere.setVisible(not places)
        self.go.setVisible(not places)
        self.make.setEnabled(bool(places) and self._desk.writable)
        self._typed()

    def _typed(self) -> None:
        known = partner_named(self._plan.all(Partner), self._line.text())
        needs = " ".join(known.usual_needs.split()) if known else ""
        self.usual.setText(f"Known already. Usually needs: {needs}" if needs else "Known already." if known else "")
        self.usual.setVisible(known is not None)

    def _make(self) -> None:
        if not self.make.isEnabled():
            return
        kind, id = self.where.value
        at = {"rally_id": RallyId(id)} if kind == "rally" else {"picket_id": PicketId(id)}
        try:
            found = new_stall(self._plan, self._line.text(), **at)  # type: ignore[arg-type]
        except UserError as error:
            self.name.say_wrong(str(error))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        label = f"New stall: {found.partner.name}"
        if self._desk.edit(label, lambda edit: edit.save_all(found.saved)):
            self.made.emit(found.stall.id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Make it with Enter, and leave with Esc."""
        match answer_of(event):
            case Answer.NONE:
                return super().eventFilter(watched, event)
            case Answer.LEAVE:
                self.closed.emit()
            case Answer.GO_ON:
                self._make()
        return True


def rally_places(plan: Plan, day: StrikeDayId | None) -> list[tuple[str, Place]]:
    """List the rallies at which a stall can be, those of a strike day first."""
    of_day = {link.rally_id for link in plan.of(RallyDay, "strike_day_id", day)}
    rallies = sorted(plan.all(Rally), key=lambda each: (each.id not in of_day, each.starts, each.title, each.id))
    return [
        (f"{rally.title}, {day_words(rally.starts.date())} {rally.words}", ("rally", str(rally.id)))
        for rally in rallies
    ]
