"""The form of one permission, notice or insurance of a rally."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from rallyapp.domain.ids import PermissionId, new_id
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.notice_facts import facts_of
from rallyapp.domain.permission_days import far_day, reckoned_from
from rallyapp.domain.permission_states import sent_word, state_word, states_of, taken_out
from rallyapp.domain.permission_words import How, noun
from rallyapp.domain.permitting import ANSWERED, Permitting
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState
from rallyapp.domain.times import day_words
from rallyapp.prints.wording import label
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rallies.permissions_fields import NearDayField, PoundsField
from rallyapp.ui.pages.rallies.permissions_parts import Band, Facts, LawWords
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import Beside, ChoiceField, NumberField, TextField, beside
from rallyapp.ui.widgets.parts import Pill, Section
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words, button

TONES = {
    How.DONE: Tone.MET,
    How.WAITING: Tone.SHORT,
    How.TO_DO: Tone.OFF,
    How.SOON: Tone.SHORT,
    How.LATE: Tone.SHORT,
    How.WRONG: Tone.NOBODY,
    How.OFF: Tone.OFF,
}
_INSURANCE, _MARCH, _SHARED = PermissionKind.INSURANCE, PermissionKind.MARCH_NOTICE, PermissionKind.RISK_ASSESSMENT


class PermissionForm(RecordForm):
    """What is known of one: whom it goes to, by when, when it was sent, and what came of it."""

    removed = Signal()
    section_wanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_permission`` fills it."""
        super().__init__(desk, lambda one, what: f"Change {what} of the {noun(one.kind)}")
        self.case: Permitting | None = None
        self._make_head()
        self._make_fields()
        self.column.setSpacing(theme.px(20))
        self.column.addStretch(1)
        tab_in_order(self)

    # ------------------------------------------------------------------------------------------ its parts
    def _make_head(self) -> None:
        self.title = Words("", Type.HEADING, wrap=True)
        self.state = Pill()
        self.standing = Words("", wrap=True)
        self.band = Band()
        self.band.sent_anew.connect(self.send_anew)
        self.band.said_so.connect(self.say_so)
        self.sent_button = button("Sent today")
        self.granted_button = button("Granted today")
        self.remove_button = button("Remove")
        self.sent_button.clicked.connect(self.send)
        self.granted_button.clicked.connect(self.grant)
        self.remove_button.clicked.connect(self.removed)
        self.acts = ((self.sent_button, self.send), (self.granted_button, self.grant))
        top = QHBoxLayout()
        top.setSpacing(theme.px(12))
        top.addWidget(self.title, 1)
        top.addWidget(self.state)
        acts = QHBoxLayout()
        acts.setSpacing(theme.px(8))
        for each in (self.sent_button, self.granted_button):
            each.setEnabled(self._desk.writable)
            acts.addWidget(each)
        acts.addStretch(1)
        for each in (self.remove_button, self.band.again, self.band.same):
            each.setEnabled(self._desk.writable)
        head = Section("")
        head.title.hide()
        head.column.addLayout(top)
        head.add(self.standing)
        head.add(self.band)
        head.column.addLayout(acts)
        self.column.addWidget(head)

    def _make_fields(self) -> None:
        put = self.put
        self.body = put("body", TextField("To whom"), "the body")
        self.reference = put("reference", TextField("Reference"), "the reference")
        self.law = LawWords()
        self._lead = put(
            "lead_days", NumberField("Their lead time", most=1000, unit="days", empty="not known"), "the lead time"
        )
        own = self._put_day("deadline", "A last day of your own", "the last day")
        self._own_wrong = Words("", Type.SMALL, ink="short", wrap=True)
        self.by_when = Section("By when", self.law, beside(own, self._lead), self._own_wrong)
        self._answered = self._put_day("answered_on", "Answered on", "the day of the answer")
        self._sent = self._put_day("sent_on", "Sent on", "the day of sending")
        self.day_wrong = Words("", Type.SMALL, ink="short", wrap=True)
        self._states: list[tuple[str, object]] = []
        state = put("state", ChoiceField("How far it has come"), "the state")
        for each in (self._lead, self._answered):  # what is beside it stays as wide
            kept = each.sizePolicy()
            kept.setRetainSizeWhenHidden(True)
            each.setSizePolicy(kept)
        self._cover = put("cover", PoundsField("Cover (pounds)"), "the cover")
        self._expires = self._put_day("expires_on", "Runs out on", "the day on which it runs out")
        self.insured = Section("The policy", beside(self._cover, self._expires))
        self.facts = Facts()
        self.facts.wanted.connect(self.section_wanted)
        self._said = Words("", Type.SMALL, ink="muted", wrap=True)
        self._waiver = put(
            "waiver",
            TextField("Waiver: applied for / given, reference", placeholder="given on 3 November, 14/207"),
            "the waiver",
        )
        conditions = put("conditions", TextField("Conditions imposed", lines=3), "the conditions")
        self.note = put("note", TextField("Note", lines=2), "the note")
        kinds = [(label(kind), kind) for kind in PermissionKind]
        kind = put("kind", ChoiceField("Kind", kinds), "the kind")
        self.column.addWidget(Beside(self.body, self.reference, shares=(3, 2)))
        self.column.addWidget(self.insured)
        self.column.addWidget(self.by_when)
        days = beside(self._sent, self._answered)
        self.progress = Section("Sent and answered", days, self.day_wrong, state, self._said, self._waiver)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.facts)
        self.column.addWidget(Section("Conditions and notes", conditions, self.note, kind))
        self.column.addWidget(self.remove_button, 0, Qt.AlignmentFlag.AlignLeft)

    def _put_day(self, name: str, label: str, what: str) -> NearDayField:
        """Bind a day that is near the rally's."""

        def near() -> date:
            today = self._desk.today()
            return reckoned_from(name, self.case.last_day, today) if self.case is not None else today

        made = NearDayField(label, near=near, today=self._desk.today)
        self.put(name, made, what)
        return made

    # -------------------------------------------------------------------------------------------- showing
    def show_permission(self, permission: Permission, case: Permitting) -> None:
        """Show one as it is now, under the law of its rally."""
        self.case = case
        self._offer_states(permission)
        self.show_record(permission)
        self._show_days(permission, case)
        kind, insurance, march = permission.kind, permission.kind is _INSURANCE, permission.kind is _MARCH
        standing = case.standing(permission, self._desk.today())
        self.title.setText(label(case.called(kind)))
        self.state.say(standing.word.capitalize(), "" if TONES[standing.how] is Tone.OFF else str(TONES[standing.how]))
        self.standing.setText(f"{standing.words[0].upper()}{standing.words[1:]}.")
        told = case.changed(permission)
        if told is not None:
            self.band.show_told("They were", told)
        self.band.setVisible(told is not None)
        self.standing.setVisible(told is None)
        self.sent_button.setVisible(permission.sent_on is None and not insurance)
        self.granted_button.setVisible(
            (kind in ANSWERED or insurance) and permission.state is not PermissionState.GRANTED
        )
        _call(self.sent_button, "Shared today" if kind is _SHARED else "Sent today")
        _call(self.granted_button, "In force" if insurance else "Granted today")
        self._name(self.body, "Policyholder and insurer" if insurance else "To whom")
        self._name(self.reference, "Policy number" if insurance else "Reference")
        published = kind is PermissionKind.POLICE_VOLUNTARY
        self._name(self.note, "Note: how it is advertised beforehand" if published else "Note")
        self.insured.setVisible(insurance)
        self._waiver.setVisible(march and case.where is Jurisdiction.SCOTLAND)
        self._answered.setVisible(not march and (kind is not _SHARED or permission.answered_on is not None))
        self._lead.setVisible(not march)
        due, rule = case.due(permission), case.rule(kind)
        fact = (
            due.why if due else (rule.say or "") if rule else "No rule of law sets a last day: ask for their lead time."
        )
        self.by_when.title.setText("BY WHEN" if due else "WHAT IS ASKED FOR")
        self.law.show_words(fact, due.rule if due else rule, case.rules.words)
        self._said.setText(_said(permission))
        self._said.setVisible(bool(self._said.text()))
        if self.facts.show_facts(facts_of(case, permission)):
            tab_in_order(self)

    def _offer_states(self, permission: Permission) -> None:
        """Offer the states that make sense for the kind, in its words."""
        states = [(state_word(permission.kind, one).capitalize(), one) for one in states_of(permission)]
        if states != self._states:
            self._states = [*states]
            self.fields["state"].offer(self._states)

    def _show_days(self, permission: Permission, case: Permitting) -> None:
        """Name the days as the kind has them, and say which can't be meant."""
        insurance = permission.kind is _INSURANCE
        self._name(self._sent, f"{sent_word(permission.kind).capitalize()} on")
        self._name(self._answered, "Confirmed on" if insurance else "Answered on")
        self.progress.title.setText("HOW IT STANDS" if insurance or permission.kind is _SHARED else "SENT AND ANSWERED")
        for words, names in ((self.day_wrong, ("sent_on", "answered_on")), (self._own_wrong, ("deadline",))):
            words.setText(far_day(permission, case.last_day, self._desk.today(), names))
            words.setVisible(bool(words.text()))

    @staticmethod
    def _name(field: Any, label: str) -> None:
        """Call a field something else."""
        field.findChild(Words).setText(label)
        field.entry.setAccessibleName(label)

    def change(self, record: Permission, name: str, value: Any) -> Permission:
        """Keep what a notice said when it is first sent, and forget that where it is none any more."""
        if name == "sent_on" and self.case is not None:
            return self.case.dated(record, value)
        new = replace(record, **{name: value})
        if name == "expires_on" and self.case is not None:
            new = taken_out(new, self.case.last_day)
        return new if new.kind is _MARCH else replace(new, sent_for=None, sent_route="")

    def write(self, label: str, new: Permission, was: Permission) -> bool:
        """Write it; an insurance that is in force because its last day was entered is called so."""
        if new.expires_on != was.expires_on and new.state is not was.state:
            label = f"{label}, and mark it as in force"
        return super().write(label, new, was)

    # --------------------------------------------------------------------------------------------- acting
    def send(self) -> None:
        """Enter that it was sent today."""
        if self.case is not None and self._desk.writable:
            today = self._desk.today()
            words = f"Mark {self._called} as {sent_word(self.record.kind)} on {day_words(today)}"
            self._put(words.replace("shared risk", "risk"), self.case.sent(self.record, today))

    def send_anew(self) -> None:
        """Enter that a new notice was sent today, with what the plan says now."""
        if self.case is not None and self._desk.writable:
            today = self._desk.today()
            new = self.case.sent_anew(self.record, today, PermissionId(new_id()))
            was = self.record if new.id == self.record.id else None
            label = f"Enter a new {noun(self.record.kind)}, sent on {day_words(today)}"
            self._desk.edit(label, lambda edit: edit.save(new, was=was) if was else edit.save(new))

    def say_so(self) -> None:
        """Enter that the notice said what the plan says now."""
        if self.case is not None and self._desk.writable:
            self._put(f"Enter what {self._called} said", self.case.said_so(self.record))

    def grant(self) -> None:
        """Enter that it was granted today; of an insurance that it is in force, since whenever."""
        if not self._desk.writable:
            return
        new, today = replace(self.record, state=PermissionState.GRANTED), self._desk.today()
        if new.kind is _INSURANCE:
            self._put(f"Mark {self._called} as in force", new)
        else:
            self._put(f"Mark {self._called} as granted on {day_words(today)}", replace(new, answered_on=today))

    @property
    def _called(self) -> str:
        return f"the {noun(self.record.kind)}"

    def _put(self, label: str, new: Permission) -> None:
        self.write(label, new, self.record)


def _call(made: QPushButton, words: str) -> None:
    made.setText(words)
    made.setAccessibleName(words)


def _said(permission: Permission) -> str:
    """Say what a march notice said when it was sent."""
    if permission.sent_for is None:
        return ""
    route = "; ".join(filter(None, (line.strip() for line in permission.sent_route.splitlines())))
    words = f"It said: {day_words(permission.sent_for.date())} {permission.sent_for:%H:%M}"
    return f"{words}, via {route}." if route else f"{words}. No route was entered then."
