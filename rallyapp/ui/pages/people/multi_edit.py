"""Several people at once: what is set here is set for all who are chosen, as one edit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from rallyapp.domain.ids import PersonId
from rallyapp.domain.people import Channel, Skill, Standing
from rallyapp.ui import theme
from rallyapp.ui.models.people import PeopleModel
from rallyapp.ui.models.people_columns import LIMITS, typed_minutes, typed_site
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, Field, TextField, beside
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button

_AS_IS = "As they are"
_YES_NO: tuple[tuple[str, object], ...] = ((_AS_IS, None), ("Yes", "yes"), ("No", "no"))


def _of(kind: type[Standing] | type[Channel] | type[Skill], none: str = _AS_IS) -> list[tuple[str, object]]:
    return [(none, None), *((each.value[:1].upper() + each.value[1:], each.value) for each in kind)]


class MultiEdit(QWidget):
    """The pane for several people. Nothing is written before the button is pressed; then all of it is."""

    trouble = Signal(str)

    def __init__(self, model: PeopleModel, *, writable: bool) -> None:
        """Take the model, which writes."""
        super().__init__()
        self._model = model
        self._people: tuple[PersonId, ...] = ()
        self._writable = writable
        self.setAccessibleName("Several people")
        self.title = Words("", Type.HEADING, wrap=True)
        self.hint = Words("What you set here is set for all of them, in one step.", ink="muted", wrap=True)
        self.workplace = TextField("Workplace", placeholder=_AS_IS)
        self.standing = ChoiceField("Standing", _of(Standing))
        self.channel = ChoiceField("Reach by", _of(Channel))
        self.add_skill = ChoiceField("Add", _of(Skill, "None"))
        self.take_skill = ChoiceField("Take away", _of(Skill, "None"))
        self.limits: dict[str, TextField] = {
            "max_minutes_day": TextField("At most a day", placeholder=_AS_IS),
            "max_minutes_total": TextField("At most in all", placeholder=_AS_IS),
        }
        self.ticks: dict[str, ChoiceField] = {
            "adult": ChoiceField("18 or over", _YES_NO),
            "reserve": ChoiceField("Reserve", _YES_NO),
            "left": ChoiceField("Has left", _YES_NO),
        }
        self.apply = button("Change them")
        self.apply.clicked.connect(self._apply)
        self.add_skill.box.setAccessibleName("Add a skill")
        self.take_skill.box.setAccessibleName("Take a skill away")
        line = self.workplace.entry
        assert isinstance(line, QLineEdit)
        self._line = line
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(24))
        column.setSpacing(theme.px(24))
        head = QVBoxLayout()
        head.setSpacing(theme.px(4))
        head.addWidget(self.title)
        head.addWidget(self.hint)
        column.addLayout(head)
        column.addWidget(Section("About them", self.workplace, beside(self.standing, self.channel)))
        column.addWidget(Section("Skills", beside(self.add_skill, self.take_skill)))
        column.addWidget(Section("Limits", beside(*self.limits.values())))
        column.addWidget(Section("Marks", beside(self.ticks["adult"], self.ticks["reserve"]), self.ticks["left"]))
        column.addWidget(self.apply)
        column.addStretch(1)
        for field in self._fields():
            field.set_writable(writable)
            field.committed.connect(self._check)
        self._empty_all()

    def _fields(self) -> Sequence[Field]:
        return (
            self.workplace,
            self.standing,
            self.channel,
            self.add_skill,
            self.take_skill,
            *self.limits.values(),
            *self.ticks.values(),
        )

    def show_people(self, people: tuple[PersonId, ...]) -> None:
        """Show how many are chosen; what was set and not yet written stays."""
        self._people = people
        self.title.setText(f"{len(people):,} people chosen")
        names = sorted(set(self._model.facts.sites.values()))
        if self._line.completer() is None or self._line.completer().model().rowCount() != len(names):
            completer = QCompleter(names, self._line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self._line.setCompleter(completer)
        self._check()

    def _empty_all(self) -> None:
        for field in self._fields():
            field.show_value("" if isinstance(field, TextField) else None)
        self._check()

    def _check(self) -> None:
        """Say below a field what is wrong with it, and on the button what it does."""
        self.wanted()
        self.apply.setText(f"Change these {len(self._people):,} people")
        self.apply.setAccessibleName(self.apply.text())
        self.apply.setEnabled(self._writable and any(field.value not in (None, "") for field in self._fields()))

    def wanted(self) -> list[tuple[str, str]] | None:
        """Give what is set, as (column, text); None where some of it is wrong."""
        found: list[tuple[str, str]] = []
        wrong = False
        if self.workplace.value:
            wrong |= not _reads(self.workplace, lambda text: typed_site(text, self._model.facts.sites))
            found.append(("workplace", self.workplace.value))
        for key, field in self.limits.items():
            if field.value:
                wrong |= not _reads(field, lambda text, key=key: _limit(text, LIMITS[key]))
                found.append((key, "" if _is_none(field.value) else field.value))
        choices = {"standing": self.standing, "channel": self.channel, **self.ticks}
        found += [(key, str(each.value)) for key, each in choices.items() if each.value is not None]
        return None if wrong else found

    def _apply(self) -> None:
        wanted = self.wanted()
        if wanted is None or not self._people:
            return
        add, take = self.add_skill.value, self.take_skill.value
        typed: list[tuple[str, list[tuple[str, str]]]] = []
        for person in self._people:
            pairs = list(wanted)
            if add or take:
                held = {str(skill) for skill in self._model.facts.skills.get(person, ())}
                pairs.append(("skills", ", ".join((held | ({str(add)} if add else set())) - {str(take)})))
            typed.append((person, pairs))
        sentence = self._model.write_people(typed, "Change details")
        if sentence:
            self.trouble.emit(sentence)
            return
        self._empty_all()


def _is_none(text: str) -> bool:
    return text.strip().lower() in ("none", "no limit")


def _limit(text: str, most: int) -> object:
    return None if _is_none(text) else typed_minutes(text, most=most)


def _reads(field: Field, read: object) -> bool:
    try:
        read(str(field.value))  # type: ignore[operator]
    except ValueError as error:
        words = str(error)
        field.say_wrong(f"{words[:1].upper()}{words[1:]}.")
        return False
    return True
