"""What stands in a person's own row: name, workplace, how to reach them, what they can do, their limits."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from rallyapp.domain.ids import PartnerId, PersonSkillId, SiteId, WorkplaceId, new_id
from rallyapp.domain.people import Channel, PersonSkill, Skill, Standing, Workplace
from rallyapp.domain.times import minutes_words
from rallyapp.domain.typed_lengths import typed_minutes
from rallyapp.store import Edit
from rallyapp.ui import icons, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.people.detail_part import Part, Rows, show_in
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, Field, TextField, TickField, beside
from rallyapp.ui.widgets.flow import Flow
from rallyapp.ui.widgets.parts import Chip
from rallyapp.ui.widgets.unfinished import left_of
from rallyapp.ui.widgets.words import CutWords, Words


def first_up(text: str) -> str:
    """Write the first letter as a capital; an abbreviation stays."""
    return text[:1].upper() + text[1:]


class PersonPart(Part):
    """Name, standing, a partner's own's charity, own workplace and further ones, and whether they have left."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields."""
        super().__init__(desk, "Name and workplace")
        self.given = TextField("Given name")
        self.family = TextField("Family name")
        self.standing = ChoiceField("Standing", [(first_up(each), each) for each in Standing])
        self.partner = ChoiceField("Charity")
        self.workplace = ChoiceField("Workplace")
        self.further = Rows(self._further_row, _show_further, gap=2)
        self.another = ChoiceField("Also works at")
        self.left = TickField("Has left")
        self._offered: list[tuple[str, object]] = []
        self._partners: list[tuple[str, object]] = []
        self.given.committed.connect(self._given)
        self.family.committed.connect(lambda name: self.put(f"Change family name of {self.whose}", family_name=name))
        self.standing.committed.connect(self._standing)
        self.partner.committed.connect(self._partner)
        self.workplace.committed.connect(self._workplace)
        self.another.committed.connect(self._add)
        self.left.committed.connect(self._left)
        self.fields: tuple[Field, ...] = (
            self.given, self.family, self.standing, self.partner, self.workplace, self.another, self.left,
        )  # fmt: skip
        for widget in (
            beside(self.given, self.family), self.standing, self.partner, self.workplace, self.further, self.another,
            self.left,
        ):  # fmt: skip
            self.add(widget)

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        person, options = self.person, self.around.site_options
        if self._offered != options:
            self._offered = options
            self.workplace.offer([("None in this plan", None), *options])
        show_in(self.given, person.given_name, anew=anew)
        show_in(self.family, person.family_name, anew=anew)
        show_in(self.standing, person.standing, anew=anew)
        partners = self.around.partner_options
        if self._partners != partners:
            self._partners = partners
            self.partner.offer([("Any: not said", None), *partners])
        show_in(self.partner, person.partner_id, anew=True)
        self.partner.setVisible(person.standing is Standing.PARTNER and bool(partners))
        show_in(self.workplace, person.workplace_id, anew=True)
        show_in(self.left, person.left, anew=anew)
        mine = {person.workplace_id, *(workplace.site_id for workplace in self.held.workplaces)}
        self.another.offer([("Add a workplace\u2026", None), *(each for each in options if each[1] not in mine)])
        self.another.show_value(None)
        self.another.setVisible(len(mine) < len(options))
        self.further.show_records(self.held.workplaces)

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for field in self.fields:
            field.set_writable(writable)

    def left_behind(self) -> Iterator[str]:
        """Say that a person without a name keeps the one they had."""
        return left_of([(self.given, f"the given name of {self.whose} was left as it was")])

    def _given(self, name: str) -> None:
        if not name:
            self.given.say_wrong("A person needs a name.")
            return
        self.put(f"Change given name of {self.whose}", given_name=name)

    def _standing(self, standing: Standing) -> None:
        """Change the standing; who is a partner's own no more belongs to no charity."""
        now = self.person.standing_as(standing)
        self.put(f"Make {self.whose} a {standing}", standing=now.standing, partner_id=now.partner_id)

    def _partner(self, partner: PartnerId | None) -> None:
        whose = f"{self.around.partners[partner]}\u2019s own" if partner else "a charity\u2019s own, not said whose"
        self.put(f"Make {self.whose} {whose}", partner_id=partner)

    def _workplace(self, site: SiteId | None) -> None:
        where = self.around.site(site) if site else "none in this plan"
        self.put(f"Change workplace of {self.whose} to {where}", workplace_id=site)

    def _left(self, left: bool) -> None:
        self.put(f"Mark {self.whose} as {'having left' if left else 'still here'}", left=left)

    def _add(self, site: SiteId | None) -> None:
        if site is None:
            return
        made = Workplace(id=WorkplaceId(new_id()), person_id=self.person.id, site_id=site)
        self.write(f"Add workplace {self.around.site(site)} for {self.whose}", lambda edit: edit.save(made))

    def _further_row(self, workplace: Workplace) -> QWidget:
        made = _Further(f"Also {self.around.site(workplace.site_id)}")
        made.remove.clicked.connect(lambda: self._remove(workplace))
        made.remove.setEnabled(self.desk.writable)
        return made

    def _remove(self, workplace: Workplace) -> None:
        where = self.around.site(workplace.site_id)
        self.write(f"Take away workplace {where} of {self.whose}", lambda edit: edit.delete(workplace))


class _Further(QWidget):
    """A further workplace, and a button that takes it away."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.remove = IconButton("x", f"Take away: {words}", flat=True, ink="muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(CutWords(words), 1)
        row.addWidget(self.remove)


def _show_further(widget: QWidget, workplace: Workplace) -> None:
    """A further workplace never changes: it is added or taken away."""


class ReachPart(Part):
    """Telephone, e-mail, and what they want to be reached by."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields."""
        super().__init__(desk, "How to reach")
        self.phone = TextField("Telephone")
        self.email = TextField("E-mail")
        self.channel = ChoiceField("Reach them by", [(first_up(each), each) for each in Channel])
        self.phone.committed.connect(lambda text: self.put(f"Change telephone number of {self.whose}", phone=text))
        self.email.committed.connect(lambda text: self.put(f"Change e-mail address of {self.whose}", email=text))
        self.channel.committed.connect(lambda channel: self.put(f"Reach {self.whose} by {channel}", channel=channel))
        self.copy_phone = self._copier(self.phone, "Telephone number")
        self.copy_email = self._copier(self.email, "E-mail address")
        self.add(_with(self.phone, self.copy_phone))
        self.add(_with(self.email, self.copy_email))
        self.add(self.channel)

    def _copier(self, field: TextField, what: str) -> IconButton:
        made = IconButton("copy", f"Copy {what[0].lower()}{what[1:]}", flat=True)
        made.clicked.connect(lambda: self._copy(field.value, what))
        return made

    def _copy(self, text: str, what: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.desk.messages.news(f"{what} of {self.whose} copied.")

    def fill(self, anew: bool) -> None:
        """Show the person."""
        person = self.person
        show_in(self.phone, person.phone, anew=anew)
        show_in(self.email, person.email, anew=anew)
        show_in(self.channel, person.channel, anew=anew)
        self.copy_phone.setEnabled(bool(person.phone))
        self.copy_email.setEnabled(bool(person.email))

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for field in (self.phone, self.email, self.channel):
            field.set_writable(writable)


def _with(field: Field, beside_it: QWidget) -> QWidget:
    """Put a button beside a field's entry, below its label."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(theme.px(4))
    grid.addWidget(field, 0, 0, 2, 1)
    grid.setRowMinimumHeight(0, theme.px(18))
    grid.addWidget(beside_it, 1, 1)
    grid.setColumnStretch(0, 1)
    return made


class CanPart(Part):
    """Skills as chips, and three ticks: 18 or over, an access need, may be named."""

    def __init__(self, desk: Desk) -> None:
        """Make a chip for each skill."""
        super().__init__(desk, "Can do")
        self.skills: dict[Skill, SkillChip] = {}
        flow = Flow()
        for skill in Skill:
            made = self.skills[skill] = SkillChip(skill)
            made.clicked.connect(lambda checked, skill=skill: self._toggle(skill, checked))
            flow.add(made)
        self.adult = TickField("18 or over, as stewards must be")
        self.access = TickField("Has an access need")
        self.named = TickField("May be named")
        self.adult.committed.connect(
            lambda yes: self.put(f"Mark {self.whose} as {'' if yes else 'not known to be '}18 or over", adult=yes)
        )
        self.access.committed.connect(
            lambda yes: self.put(
                f"{'Note an' if yes else 'Take away the'} access need of {self.whose}", access_need=yes
            )
        )
        self.named.committed.connect(
            lambda yes: self.put(f"Note that {self.whose} may {'' if yes else 'not '}be named", may_be_named=yes)
        )
        self.add(flow)
        self.add(self.adult)
        self.add(self.named)
        self.add(self.access)
        self.add(
            Words(
                "A tick is all that is kept: ask them what they need, and write no health detail down.",
                Type.SMALL,
                ink="muted",
                wrap=True,
            )
        )

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        held = {each.skill for each in self.held.skills}
        for skill, chip in self.skills.items():
            chip.show_held(skill in held)
        show_in(self.adult, self.person.adult, anew=anew)
        show_in(self.access, self.person.access_need, anew=anew)
        show_in(self.named, self.person.may_be_named, anew=anew)

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for widget in self.skills.values():
            widget.setEnabled(writable)
        for field in (self.adult, self.access, self.named):
            field.set_writable(writable)

    def _toggle(self, skill: Skill, checked: bool) -> None:
        assert self.held is not None
        if checked:
            made = PersonSkill(id=PersonSkillId(new_id()), person_id=self.person.id, skill=skill)
            self.write(f"Add skill {skill} to {self.whose}", lambda edit: edit.save(made))
            return
        gone = [each for each in self.held.skills if each.skill is skill]

        def take(edit: Edit) -> None:
            for each in gone:
                edit.delete(each)

        self.write(f"Take away skill {skill} of {self.whose}", take)


class SkillChip(Chip):
    """A skill that somebody has, with a tick, or could have."""

    def __init__(self, skill: Skill) -> None:
        """Make it, not held."""
        super().__init__(first_up(skill), checkable=True)

    def show_held(self, held: bool) -> None:
        """Show whether somebody has it."""
        self.setChecked(held)
        self._dress()

    def changeEvent(self, event: object) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)  # type: ignore[arg-type]
        self._dress()

    def _dress(self) -> None:
        name = "check" if self.isChecked() else "plus"
        wanted = (name, theme.is_dark(), theme.zoom())
        if wanted != getattr(self, "_worn", None):
            self._worn = wanted
            self.setIcon(icons.icon(name, "accent" if self.isChecked() else "muted", size=14))


class LimitsPart(Part):
    """How much they want to do: hours a day and in all, typed in hours; and whether they are a reserve."""

    def __init__(self, desk: Desk) -> None:
        """Make the fields."""
        super().__init__(desk, "Limits")
        self.day = TextField("Hours a day", placeholder="No limit")
        self.total = TextField("Hours in all", placeholder="No limit")
        self.reserve = TickField("Reserve: could come if needed")
        self.day.committed.connect(lambda text: self._limit(self.day, text, "max_minutes_day", "a day", 1440))
        self.total.committed.connect(lambda text: self._limit(self.total, text, "max_minutes_total", "in all", 100_000))
        self.reserve.committed.connect(
            lambda yes: self.put(
                f"Keep {self.whose} as a reserve" if yes else f"No longer keep {self.whose} as a reserve", reserve=yes
            )
        )
        self.add(beside(self.day, self.total))
        self.add(self.reserve)

    def fill(self, anew: bool) -> None:
        """Show the person."""
        show_in(self.day, _length(self.person.max_minutes_day), anew=anew)
        show_in(self.total, _length(self.person.max_minutes_total), anew=anew)
        show_in(self.reserve, self.person.reserve, anew=anew)

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for field in (self.day, self.total, self.reserve):
            field.set_writable(writable)

    def left_behind(self) -> Iterator[str]:
        """Say which limit was not changed."""
        limit = f"of {self.whose} was left as it was"
        return left_of([(self.day, f"the limit a day {limit}"), (self.total, f"the limit in all {limit}")])

    def _limit(self, field: TextField, text: str, column: str, words: str, most: int) -> None:
        try:
            minutes = typed_minutes(text, most=most)
        except ValueError as error:
            field.say_wrong(f"{error}.")
            return
        field.show_value(_length(minutes))
        if minutes != getattr(self.person, column):
            limit = f"Limit {self.whose} to {minutes_words(minutes)} {words}" if minutes is not None else ""
            self.put(limit or f"Take away the limit {words} of {self.whose}", **{column: minutes})


def _length(minutes: int | None) -> str:
    return "" if minutes is None else minutes_words(minutes)
