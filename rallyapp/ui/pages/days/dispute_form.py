"""The dispute, and what holds for the whole plan: what stands in the pane while no strike day is chosen."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from rallyapp import carried
from rallyapp.domain.disputes import Dispute
from rallyapp.domain.ids import DisputeId, new_id
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.problems import UserError
from rallyapp.domain.times import minutes_words
from rallyapp.domain.typed_lengths import typed_minutes
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.finishing import finish_typing
from rallyapp.ui.pages.days.days_read import Read
from rallyapp.ui.pages.days.law_words import mandate_said
from rallyapp.ui.pages.days.lines import Lines, Pane
from rallyapp.ui.pages.days.notices import LawWords
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, DateField, NumberField, TextField
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button


class DisputePane(Pane):
    """The form of a dispute, another one to choose, and the plan's settings folded away below."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_read`` fills it."""
        super().__init__()
        self._desk = desk
        self._read = Read()
        self._shown: str | None = None
        self.which = ChoiceField("Dispute")
        self.which.committed.connect(self.choose)
        self.form = DisputeForm(desk)
        self.none = Words("This plan has no dispute yet.", ink="muted", wrap=True)
        self.another = button("New dispute", name="Add a dispute to this plan")
        self.another.setProperty("link", True)
        self.another.setEnabled(desk.writable)
        self.another.clicked.connect(self.add)
        self.fold = icons.IconButton("chevron-right", "Plan settings", text="Plan settings", flat=True)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._fold)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addWidget(Words("DISPUTE", Type.OVERLINE, ink="muted"))
        for widget in (self.which, self.none, self.form):
            column.addWidget(widget)
        column.addWidget(self.another, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.fold, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._column = column

    @functools.cached_property
    def settings(self) -> SettingsForm:
        """The plan's settings; made when they are first unfolded."""
        made = SettingsForm(self._desk)
        self._column.insertWidget(self._column.count() - 1, made)
        if self._read.settings is not None:
            made.show_record(self._read.settings)
        return made

    def show_read(self, read: Read) -> None:
        """Show what was read."""
        self._read = read
        dispute = read.dispute(self._shown) or (read.disputes[0] if read.disputes else None)
        self._shown = dispute.id if dispute else None
        self.which.offer([(each.title, each.id) for each in read.disputes])
        self.which.show_value(self._shown)
        self.which.setVisible(len(read.disputes) > 1)
        self.none.setVisible(dispute is None)
        self.form.setVisible(dispute is not None)
        if dispute is not None:
            self.form.show_dispute(dispute)
        self.fold.setVisible(read.settings is not None)
        if read.settings is not None and "settings" in vars(self):
            self.settings.show_record(read.settings)

    def choose(self, dispute: Any) -> None:
        """Show another dispute."""
        finish_typing()  # what is typed belongs to the dispute that was shown
        self._shown = dispute
        self.show_read(self._read)

    def unfold(self, on: bool = True) -> None:
        """Show the plan's settings; a plan that has none has nothing to unfold."""
        if self._read.settings is None:
            return
        self.fold.setChecked(on)

    def _fold(self, on: bool) -> None:
        self.fold.show_icon("chevron-down" if on else "chevron-right")
        self.settings.setVisible(on)

    def add(self) -> None:
        """Add a dispute, with the union of the first one."""
        first = self._read.disputes[0] if self._read.disputes else None
        made = Dispute(
            id=DisputeId(new_id()),
            title="New dispute",
            union=first.union if first else "Union",
            branch=first.branch if first else "",
            jurisdiction=first.jurisdiction if first else Jurisdiction.ENGLAND,
        )
        finish_typing()
        self._shown = made.id
        if self._desk.save("Add a dispute", [made]):
            self.form.fields["title"].setFocus()


class DisputeForm(RecordForm):
    """The fields of a dispute; beneath the ballot what the rules make of it."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_dispute`` fills it."""
        super().__init__(desk, lambda dispute, what: f"Change {what} of the dispute")
        put, near = self.put, desk.today
        self.column.setSpacing(theme.px(24))
        self.column.addWidget(
            Section(
                "Who and where",
                put("title", TextField("Title", lines=2), "the title"),
                put("union", TextField("Union"), "the union"),
                put("branch", TextField("Branch"), "the branch"),
                put("jurisdiction", ChoiceField("Whose law", [(each.words, each) for each in Jurisdiction]), "the law"),
            )
        )
        self.column.addWidget(
            Section(
                "On the day",
                put("duty_phone", TextField("Duty phone", placeholder="The only number on a rota"), "the duty phone"),
                put("duty_contact", TextField("Who answers it"), "the duty contact"),
                put("told_by", TextField("People are told by", placeholder="20:00 the evening before"), "the hour"),
                put("data_contact", TextField("Data protection contact"), "the data protection contact"),
            )
        )
        self.said = Lines(LawWords)
        self.words = Words(carried.law().words, Type.SMALL, ink="muted", wrap=True)
        self.column.addWidget(
            Section(
                "Ballot and mandate",
                put("ballot_opened", DateField("The ballot opened on", near=near), "the opening of the ballot"),
                put("ballot_closed", DateField("The ballot closed on", near=near), "the closing of the ballot"),
                put(
                    "extended_months",
                    NumberField("Extended by agreement", least=7, most=9, unit="months", empty="Not extended"),
                    "the extension",
                ),
                put(
                    "mandate_until",
                    DateField("The mandate ends on, says the union", near=near),
                    "the end of the mandate",
                ),
                put("mandate_checked_by", TextField("Checked with"), "who checked the mandate"),
                self.said,
                self.words,
            )
        )
        self.column.addWidget(Section("Note", put("note", TextField("Note", lines=3), "the note")))

    def show_dispute(self, dispute: Dispute) -> None:
        """Show a dispute."""
        self.show_record(dispute)
        said = mandate_said(dispute)
        self.said.show_values([said] if said else [])
        self.words.setVisible(said is not None)


class _Spoken(TextField):
    """A number of the settings, written as people say it; its value is the number."""

    def __init__(self, label: str, write: Callable[[int], str]) -> None:
        super().__init__(label)
        self._write = write
        self._number: int | None = None

    @property
    def value(self) -> Any:
        """The number that was shown last."""
        return self._number

    def show_value(self, value: Any) -> None:
        """Show a number."""
        self._number = value
        super().show_value(self._write(value))


def _speed(text: str) -> int:
    try:
        return round(float(text.lower().removesuffix("km/h").strip()) * 10)
    except ValueError:
        raise UserError(f"\u201c{text}\u201d is not a speed: write it as 5.0 km/h.") from None


def _rest(text: str) -> int:
    try:
        return typed_minutes(text, most=24 * 60) or 0
    except ValueError as error:
        raise UserError(f"{error}.") from None


class SettingsForm(RecordForm):
    """What holds for the whole plan."""

    def __init__(self, desk: Desk) -> None:
        """Make it."""
        super().__init__(desk, lambda settings, what: f"Change {what} of the plan")
        put = self.put
        speed = _Spoken("Walking speed", lambda tenths: f"{tenths / 10:.1f} km/h")
        for name, field, what in (
            ("title", TextField("Title of the plan", lines=2), "the title"),
            ("duty_buffer", NumberField("Free around a duty", most=720, unit="min"), "the buffer around a duty"),
            ("min_rest", _Spoken("Least rest between days", minutes_words), "the least rest"),
            ("walking", speed, "the walking speed"),
            ("detour", NumberField("Ways, beside the straight line", least=100, most=500, unit="%"), "the detour"),
            ("picket_minimum", NumberField("Least pickets on a line", least=1, most=100), "the least pickets"),
            ("delete_after", DateField("Delete people\u2019s data after", near=desk.today), "the day of deleting"),
        ):
            self.column.addWidget(put(name, field, what))

    def change(self, record: Any, name: str, value: Any) -> Any:
        """Give the settings with that part changed; a speed and a rest are typed as people say them."""
        reads: dict[str, Callable[[str], int]] = {"walking": _speed, "min_rest": _rest}
        return replace(record, **{name: reads[name](value) if name in reads else value})
