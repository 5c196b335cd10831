"""A partner charity: entered once, with whom to ask, what it usually needs and the line that it wants printed."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain import stand_down
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.stall_edits import refuse_removing, starts_of, where_words
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.stalls.seen import state_of
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TextField, beside
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button

# England and Wales; Scotland; Northern Ireland. Only a hint: nothing is refused for it.
_NUMBER = re.compile(r"\d{6,7}(-\d{1,4})?|SC\d{6}|NIC\d{6}", re.IGNORECASE)
_HINT = "A registered number has 6 or 7 figures, in Scotland SC and 6, in Northern Ireland NIC and 6. Check it."


class PartnerView(RecordForm):
    """The form of a partner, and its stalls. ``stall_wanted`` asks for a new one of this partner."""

    stall_wanted = Signal(str)
    opened = Signal(str)  # a stall's id

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_partner`` says which."""
        super().__init__(desk, lambda partner, what: f"Change {what} of {partner.name}")
        self._plan = Plan()
        self._shown: object = None
        self.column.setSpacing(theme.px(24))
        self.column.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(24))
        self.title = Words("", Type.HEADING, wrap=True)
        self.number_hint = Words(_HINT, Type.SMALL, ink="muted", wrap=True)
        number = QWidget()
        column = QVBoxLayout(number)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(self.put("charity_number", TextField("Charity number"), "the charity number"))
        column.addWidget(self.number_hint)
        self.column.addWidget(self.title)
        self.column.addWidget(beside(self.put("name", TextField("Name"), "the name"), number, gap=12))
        self.column.addWidget(
            Section(
                "Contact before the day",
                beside(
                    self.put("contact_name", TextField("Contact\u2019s name"), "the contact"),
                    self.put("contact_phone", TextField("Phone"), "the phone"),
                    self.put("contact_email", TextField("E-mail"), "the e-mail"),
                    gap=12,
                ),
            )
        )
        needs = TextField("What a stall of theirs usually needs", lines=3)
        line = TextField("Who can sign up (printed on the rally plan)", lines=3)
        self.column.addWidget(
            Section(
                "At every stall",
                self.put("usual_needs", needs, "the usual needs"),
                self.put("eligibility", line, "the line about who can sign up"),
            )
        )
        self.stalls = Section("Their stalls", gap=4)
        self._links = QVBoxLayout()
        self._links.setSpacing(theme.px(2))
        self.stalls.column.addLayout(self._links)
        self.new_stall = button("New stall of theirs\u2026")
        self.new_stall.setEnabled(desk.writable)
        self.new_stall.clicked.connect(lambda: self.stall_wanted.emit(self.record.name))
        self.remove = button("Remove this partner")
        self.remove.setEnabled(desk.writable)
        self.remove.clicked.connect(self.remove_partner)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.new_stall)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.stalls.column.addSpacing(theme.px(8))
        self.stalls.column.addLayout(row)
        self.why_not = Words("", Type.SMALL, ink="nobody", wrap=True)
        self.why_not.hide()
        self.stalls.add(self.why_not)
        self.column.addWidget(self.stalls)
        self.column.addStretch(1)

    def show_partner(self, plan: Plan, partner: Partner) -> None:
        """Show a partner."""
        if self.record is None or self.record.id != partner.id:
            self._say("")
        self._plan = plan
        self.show_record(partner)
        self.title.setText(partner.name)
        number = "".join(partner.charity_number.split())
        self.number_hint.setVisible(bool(number) and not _NUMBER.fullmatch(number))
        found = sorted(plan.of(Stall, "partner_id", partner.id), key=lambda each: (starts_of(plan, each), each.id))
        lines = [
            (
                stall.id,
                f"{where_words(plan, stall)}: {state_of(stall, stand_down.of_stall(plan, stall).going)[0].lower()}",
            )
            for stall in found
        ]
        if lines != self._shown:
            self._shown = lines
            self._show_links(lines)

    def _show_links(self, lines: list[tuple[str, str]]) -> None:
        while (item := self._links.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if not lines:
            self._links.addWidget(Words("None yet.", ink="muted"))
        for id, words in lines:
            made = button(words.replace("&", "&&"), name=f"Go to the stall at {words}")
            made.setProperty("link", True)
            made.clicked.connect(lambda checked=False, id=id: self.opened.emit(id))
            self._links.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)

    def remove_partner(self) -> None:
        """Remove the partner, or say why it stays."""
        partner = self._plan.find(Partner, self.record.id) if self.record is not None else None
        if partner is None:
            return
        try:
            refuse_removing(self._plan, partner)
        except UserError as error:
            self._say(str(error))
            return
        self._desk.edit(f"Remove partner {partner.name}", lambda edit: edit.delete(partner))

    def _say(self, sentence: str) -> None:
        self.why_not.setText(sentence)
        self.why_not.setVisible(bool(sentence))
