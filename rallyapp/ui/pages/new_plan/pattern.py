"""Step 4: from when to when there are pickets, how long a shift is, and how many people stand there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from rallyapp import carried
from rallyapp.domain import law
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.new_plan import DayWanted, NewPlan, Pattern, outline, spans_on
from rallyapp.domain.words import counted
from rallyapp.ui import theme
from rallyapp.ui.pages.new_plan.preview import Preview
from rallyapp.ui.pages.new_plan.step import Fault, Figures, Step, Warned, fault_of
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, NumberField, SpanField, beside
from rallyapp.ui.widgets.words import Words

WHOLE = 24 * 60
LENGTHS = (
    ("30 minutes", 30),
    ("45 minutes", 45),
    ("1 hour", 60),
    ("1\u00bd hours", 90),
    ("2 hours", 120),
    ("3 hours", 180),
    ("4 hours", 240),
    ("all in one", WHOLE),
)


class PatternStep(Step):
    """The pattern, which holds for every entrance on every strike day; each can be changed later."""

    def __init__(self) -> None:
        """Begin with the usual figures."""
        super().__init__("Picket times", "One pattern for every entrance and day. Each can be changed later.")
        usual = Pattern()
        self.hours = SpanField("Pickets from\u2013to")
        self.slot = ChoiceField("Length of a shift", LENGTHS)
        self.least = NumberField("Pickets at least", least=0, most=99)
        self.wished = NumberField("Pickets wished", least=0, most=99)
        self.most = NumberField("Pickets at most", least=0, most=99)
        for field, value in (
            (self.hours, (usual.starts, usual.ends)),
            (self.slot, usual.slot),
            (self.least, usual.least),
            (self.wished, usual.wished),
            (self.most, usual.most),
        ):
            field.show_value(value)
            field.committed.connect(lambda: self.changed.emit())
        self._typed = (self.hours, self.least, self.wished, self.most)
        for typed in self._typed:
            typed.line.textChanged.connect(lambda: self.touched.emit())
            typed.line.editingFinished.connect(lambda: self.touched.emit())
        # What somebody typed themselves: the others only follow it, and go back when it does.
        self._own = {"least": usual.least, "wished": usual.wished, "most": usual.most}
        self.least.committed.connect(self._fit_to_least)
        self.wished.committed.connect(self._fit_to_wished)
        self.most.committed.connect(self._fit_to_most)
        self.column.addWidget(beside(self.hours, self.slot, gap=16))
        self.column.addWidget(beside(self.least, self.wished, self.most, gap=16))
        self.beside = Words("", Type.SMALL, ink="muted", wrap=True)
        self.column.addWidget(self.beside)
        self.warned = Warned("")
        self.warned.hide()
        self.column.addWidget(self.warned)
        self.column.addSpacing(theme.px(4))
        self.preview = Preview()
        self.column.addWidget(self.preview)
        self.count = Figures("", Type.STRONG, wrap=True)
        self.column.addWidget(self.count)

    @property
    def pattern(self) -> Pattern:
        """The pattern as it is now."""
        starts, ends = self.hours.value
        return Pattern(
            starts=starts,
            ends=ends,
            slot=self.slot.value,
            least=self.least.value,
            wished=self.wished.value,
            most=self.most.value,
        )

    @property
    def unfinished(self) -> str:
        """What is typed that is no time or no number."""
        return next((field.wrong.text() for field in self._typed if not field.wrong.isHidden()), "")

    def faults(self) -> Iterator[Fault]:
        """Nothing may stand there that can't be read: the plan would be made with what stood there before."""
        for field in self._typed:
            if not field.wrong.isHidden():
                yield fault_of(field, field.wrong.text())

    def begin(self) -> None:
        """Begin with the times."""
        self.hours.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_plan(self, wanted: NewPlan, today: date) -> None:
        """Show how the pickets lie in the day, and count what there is to fill."""
        word = supervisor_word(wanted.jurisdiction, wanted.days, today)
        self.beside.setText(f"The {word} is one more person on every shift.")
        self.preview.show_plan(wanted.days, wanted.pattern)
        self.count.setText(count_words(wanted, word))
        most = law.official_maximum(carried.law())
        together = wanted.pattern.most + 1
        self.warned.say(
            f"With the {word} that is up to {together} at one entrance. The Code of Practice on Picketing recommends "
            f"no more than {most}: check with your union."
            if together > most
            else ""
        )

    def _fit_to_least(self, least: Any) -> None:
        self._own["least"] = least
        wished = max(least, self._own["wished"])
        self._show(wished=wished, most=max(wished, self._own["most"]))

    def _fit_to_wished(self, wished: Any) -> None:
        self._own["wished"] = wished
        self._show(least=min(wished, self._own["least"]), most=max(wished, self._own["most"]))

    def _fit_to_most(self, most: Any) -> None:
        self._own["most"] = most
        wished = min(most, self._own["wished"])
        self._show(least=min(wished, self._own["least"]), wished=wished)

    def _show(self, **values: int) -> None:
        """Keep the three in order: at least, wished, at most."""
        for name, value in values.items():
            getattr(self, name).show_value(value)
        self.changed.emit()


def supervisor_word(where: Jurisdiction, days: Sequence[DayWanted], today: date) -> str:
    """Say what the person in charge of a picket is called: by the law of the days, or of today before there is one."""
    words = [law.supervisor_word(carried.law(), where, day.first_date) for day in days]
    return next((word for word in words if "supervisor" in word), words[0]) if words else _word(where, today)


def _word(where: Jurisdiction, day: date) -> str:
    return law.supervisor_word(carried.law(), where, day)


def _of_length(minutes: int) -> str:
    """Write how long a shift is: " of 1\u00bd h", " of 45 min"; nothing where it lasts as long as the picket."""
    if minutes == WHOLE:
        return ""
    hours, rest = divmod(minutes, 60)
    half = "\u00bd" if rest else ""
    return f" of {hours}{half} h" if hours else f" of {minutes} min"


def count_words(wanted: NewPlan, word: str) -> str:
    """Say what the plan comes to."""
    found = outline(wanted)
    if not found.shifts:
        return ""
    picketed = sum(any(spans_on(day.bare, wanted.pattern)) for day in wanted.days)
    shifts = counted(found.shifts, "shift") + _of_length(wanted.pattern.slot)
    return (
        f"{counted(found.entrances, 'entrance')} on {counted(picketed, 'day')}: {shifts}, "
        f"{counted(found.places, 'place')}, {counted(found.shifts, word)}"
    )
