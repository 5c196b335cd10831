"""A new strike day in one line, from nothing or from another one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.disputes import Dispute, StrikeDay, StrikeKind
from rallyapp.domain.ids import DisputeId
from rallyapp.domain.new_plan import DayWanted
from rallyapp.domain.times import day_words
from rallyapp.domain.typed_days import parse_strike_days
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.days.states import kind_options
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, TextField, TickField
from rallyapp.ui.widgets.folding import Folding
from rallyapp.ui.widgets.words import Words, button


class NewDay(Folding):
    """The line: when, of what kind. What was read of it stands below while somebody types."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make it; ``ask`` opens it."""
        super().__init__(parent)
        self._desk = desk
        self._comes = ""
        self.source: StrikeDay | None = None
        self.title = Words("", Type.HEADING)
        self.when = TextField("When", placeholder="Tue 1 Dec 08:00 to 17:00")
        self.kind = ChoiceField("Kind", kind_options())
        self.dispute = ChoiceField("Dispute")
        self.union = TextField("Union", placeholder="Such as British Medical Association")
        self.called_out = TextField("Who is called out", placeholder="Such as junior doctors")
        self.people = TickField("With the people, as proposed")
        self.read = Words("", ink="muted", wrap=True)
        self.add_button = button("Add strike day", primary=True)
        self.add_button.clicked.connect(self.wanted)
        self.cancel = button("Cancel")
        self.cancel.clicked.connect(self.close_it)
        self.when.entry.textEdited.connect(self._typed)  # type: ignore[attr-defined]
        for text in (self.when, self.called_out, self.union):
            text.entry.returnPressed.connect(  # type: ignore[attr-defined]
                self.wanted, Qt.ConnectionType.QueuedConnection
            )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(12))
        for place, widget in enumerate((self.when, self.kind)):
            grid.addWidget(widget, 0, place, Qt.AlignmentFlag.AlignTop)
        for place, widget in enumerate((self.called_out, self.dispute, self.union)):
            grid.addWidget(widget, 1, min(place, 1), Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        foot = QHBoxLayout()
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.read, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.add_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addWidget(self.people)
        column.addLayout(foot)

    def ask(
        self,
        disputes: tuple[Dispute, ...],
        *,
        source: StrikeDay | None = None,
        on: date | None = None,
        dispute: str | None = None,
        called_out: str = "",
        comes: str = "",
    ) -> None:
        """Ask for a day: on a date that is known already, or made from ``source``; ``comes`` says what comes along."""
        self.source = source
        self.title.setText(f"New day from {day_words(source.first_date)}" if source else "New strike day")
        self._comes = comes
        self.when.show_value(day_words(on) if on else "")
        self.kind.show_value(source.kind if source else StrikeKind.FULL_WALKOUT)
        self.called_out.show_value(called_out)
        self.called_out.setVisible(source is None)
        self.dispute.offer([(each.title, each.id) for each in disputes])
        self.dispute.show_value(dispute or (disputes[0].id if disputes else None))
        self.dispute.setVisible(len(disputes) > 1 and source is None)
        self.union.show_value("")
        self.union.setVisible(not disputes)
        self.people.show_value(False)
        self.people.setVisible(source is not None)
        self._typed()
        self.show()
        line = self.when.entry
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.end(False)  # type: ignore[attr-defined]

    @property
    def dispute_id(self) -> DisputeId | None:
        """The dispute of the new day; None where the plan has none yet."""
        found = self.source.dispute_id if self.source else self.dispute.value
        return DisputeId(found) if found else None

    def days_wanted(self) -> list[DayWanted]:
        """Give what was typed; nothing where it can't be read, which is then said beneath it."""
        try:
            found = self._as_typed()
        except ValueError as error:
            self.when.say_wrong(f"{error}.")
            self.when.setFocus()
            return []
        if not self.union.isHidden() and not self.union.text.strip():
            self.union.say_wrong("Write which union calls the strike.")
            self.union.setFocus()
            return []
        kind = StrikeKind(self.kind.value)
        return [replace(day, kind=kind) for day in found]

    def _as_typed(self) -> list[DayWanted]:
        """Read the line; where a day is made from another, times that are left out are the other's."""
        if not self.when.text.strip():
            raise ValueError("Write when it is, such as \u201cTue 8 Dec 8am to 5pm\u201d")
        source = self.source
        found = list(parse_strike_days(self.when.text, source.first_date if source else self._desk.today()))
        if source is None:
            return found
        length = source.last_date - source.first_date
        return [
            replace(day, start_time=source.start_time, end_time=source.end_time, last_date=day.first_date + length)
            if day.start_time is None and day.end_time is None and day.last_date == day.first_date
            else day
            for day in found
        ]

    def _typed(self) -> None:
        """Say what is read of what stands there, as somebody types."""
        text = self.when.text.strip()
        if not text:
            said = "Type a date, and times if they were stated: 8/12/2015 8am to 5pm."
            if self.source:
                said = "Type a date; times that you leave out are those of the other day."
        else:
            try:
                found = self._as_typed()
            except ValueError:
                said = ""
            else:
                if found[0].kind is not StrikeKind.FULL_WALKOUT or "walkout" in text.casefold():
                    self.kind.show_value(found[0].kind)
                said = (
                    "; ".join(day.bare.words + ("" if day.start_time else ", no times stated") for day in found) + "."
                )
        self.read.setText(" ".join(filter(None, (said, self._comes))))
