"""Section 1: what the rally is, where and when, with which strike days, and whether it goes ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain import law
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import RallyDayId, StrikeDayId, new_id
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally, RallyDay, RallyKind
from rallyapp.domain.rally_edits import (
    TIMES,
    USUAL_WORDS,
    RallyMove,
    days_of,
    draft_words,
    lacks_usual_times,
    march_told_words,
    moved_by_minutes,
    moved_to_day,
    of_kind,
    off_days_words,
    redrafted,
    retimed,
    short_day,
    with_usual_times,
)
from rallyapp.domain.rally_places import held_at
from rallyapp.domain.records import problems_of
from rallyapp.domain.reinstating import reinstated
from rallyapp.domain.rota_work import RotaEdit
from rallyapp.domain.times import clock, day_words, minutes_words, real_minutes
from rallyapp.domain.typed_moments import typed_shift
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.form_parts import bare, say, section, shared
from rallyapp.ui.pages.rallies.glance_day import DayLine
from rallyapp.ui.pages.rallies.glance_days import DayTicks, GoesAhead
from rallyapp.ui.pages.rallies.glance_writing import removal_now, with_told_again, write_now
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.venue import AddressForm
from rallyapp.ui.pages.rallies.venue_field import VenueField, show_unless_typed
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.staffing.people_list import reveal
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.fields import DateField, Field, NumberField, TextField, TickField, beside
from rallyapp.ui.widgets.notice import Notice
from rallyapp.ui.widgets.parts import Segments
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words, button

KINDS = [("Static rally", RallyKind.STATIC), ("March", RallyKind.MARCH), ("March and rally", RallyKind.MARCH_AND_RALLY)]
_PERMISSIONS, _SITE = 4, 6
_PLACE_CHANGED = (
    "Somebody changed the place in another window since; nothing was saved. Look at it again and write it once more."
)


class RallyForm(RecordForm):
    """The fields of the rally itself; a start that does not fit says how everything moves with it."""

    plan = Plan()  # in which the rally was read

    def change(self, record: Rally, name: str, value: Any) -> Rally:
        """Give the rally with that part changed; only the time that was typed changes, and no other."""
        if name not in TIMES:
            return replace(record, **{name: value})
        new = redrafted(retimed(record, **{name: value}), record)
        if name == "starts" and isinstance(value, datetime):
            if value.date() != record.starts.date():
                raise UserError("Change the date above: everything of the rally moves with it.")
            if wrong := problems_of(new):
                by = real_minutes(record.starts, value)
                sign = "+" if by > 0 else ""
                raise UserError(f"{wrong[0].sentence}. To move all of it, write {sign}{minutes_words(by)} above.")
        return new

    def write(self, label: str, new: Any, was: Any) -> bool:
        """Write the rally; where a plan was issued or the police were told of another start, the strip says so."""
        told = march_told_words(self.plan, new) if _march_starts(new) != _march_starts(was) else ""
        said = _sentences(label, draft_words(new, was), told)
        return bool(self._desk.edit(label, lambda edit: edit.save(new, was=was), said=said))


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def _march_starts(rally: Rally) -> datetime:
    return rally.move_off or rally.starts


class GlancePart(RallyPart):
    """The editor of section 1; each field is written by itself, a move of everything is one edit."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.form = RallyForm(desk, lambda rally, what: f"Change {what} of {rally.title}")
        self._make_fields()
        self._make_place()
        self._make_times()
        self._make_days()
        self._lay_out()

    # ------------------------------------------------------------------------------------------ its parts
    def _put(self, name: str, field: Field, what: str) -> Any:
        return self.form.put(name, field, what)

    def _make_fields(self) -> None:
        self.title: TextField = self._put("title", TextField("Title"), "the title")
        self.kind = Segments(KINDS, "Kind")
        self.kind.chosen.connect(self._set_kind)
        self.purpose = self._put(
            "purpose", TextField("Purpose", lines=3, placeholder="Why, in a sentence"), "the purpose"
        )
        expected = NumberField("Expected at the peak", least=1, most=10_000_000, empty="Not known")
        self.expected = self._put("expected", expected, "the number expected")
        self.room = Words("", Type.SMALL, ink="muted", wrap=True)
        self.loudspeaker = self._put("loudspeaker", TickField("A loudspeaker is used"), "the loudspeaker")
        self.quiet = Words("", Type.SMALL, ink="short", wrap=True)
        self.entry_checks = self._put("entry_checks", TickField("People are checked at the entry"), "the entry checks")
        self.customary = self._put(
            "customary",
            TextField("Why it is a customary march", placeholder="Such as: every May Day since 1990"),
            "why it is customary",
        )
        self.customary_law = Words("", Type.SMALL, ink="muted", wrap=True)
        self.note = self._put(
            "note", TextField("Note", lines=3, placeholder="For those who plan it; it is not printed"), "the note"
        )
        self.issued_on = self._put("issued_on", DateField("Issued on", near=self.desk.today), "the day of issue")
        self.issued_by = self._put("issued_by", TextField("Issued by"), "who issued the plan")

    def _make_place(self) -> None:
        self.place = VenueField()
        self.place.committed.connect(self._choose_place)
        self.address = AddressForm(self.desk)
        self.address.address.setMinimumWidth(theme.px(120))
        self.address.column.addWidget(shared((self.address.address, 5), (self.address.postcode, 3)))
        self.address.column.addWidget(self.address.unplaced)
        self.more_place = button("All about the place", name="Go to the section on the site")
        self.more_place.setProperty("link", True)
        self.more_place.clicked.connect(lambda: self.section_wanted.emit(_SITE))

    def _make_times(self) -> None:
        self.date = DateField("Date", near=self.desk.today, needed=True)
        self.date.committed.connect(self._move_to)
        self.shift = TextField("Move all of it by", placeholder="+30 min or -1 h")
        self.shift.committed.connect(self._move_by)
        self.told = Notice()
        self.told.link.clicked.connect(lambda: self.section_wanted.emit(_PERMISSIONS))
        where = TextField("Where stewards are briefed", placeholder="Where stewards are briefed")
        self.briefing_place = self._put("briefing_place", where, "where stewards are briefed")
        bare(where)
        self.line = DayLine(self._put, where)
        self.usual = button("Fill in the usual times", tip=theme.plain_tip(USUAL_WORDS))
        self.usual.clicked.connect(self.fill_usual_times)
        self.usual_words = Words(USUAL_WORDS, Type.SMALL, ink="muted", wrap=True)

    def _make_days(self) -> None:
        self.days = DayTicks(self.desk)
        self.days.toggled.connect(self._tick_day)
        self.off_days = Words("", Type.SMALL, ink="short", wrap=True)
        self.standing = GoesAhead(self.desk)
        self.remove_button = button("Remove this rally")
        self.remove_button.setProperty("link", True)
        self.remove_button.clicked.connect(self.desk.tried(lambda *_: self.remove()))

    def _lay_out(self) -> None:
        room = shared((self.expected, 2), (self.room, 3))
        rally = section("The rally", self.title, self.kind, self.purpose, room)
        place = section("Where", self.place, self.address, self.more_place)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(24))
        column.addWidget(rally)
        column.addWidget(place)
        column.addStretch(1)
        moves = beside(self.date, self.shift, gap=12)
        times = section("When", moves, self.told, self.line, self.usual, self.usual_words)
        sound = section(
            "Sound and entry", self.loudspeaker, self.quiet, self.entry_checks, self.customary, self.customary_law
        )
        bare(self.note)
        issued = beside(self.issued_on, self.issued_by, gap=12)
        self.form.column.addWidget(
            Columns(
                (left, times),
                (section("Strike days", self.days, self.off_days), sound),
                (section("Note", self.note), section("The printed plan", issued)),
            )
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, theme.px(4), 0, 0)
        outer.setSpacing(theme.px(20))
        outer.addWidget(self.standing)
        outer.addWidget(self.form)
        outer.addWidget(self.remove_button, alignment=Qt.AlignmentFlag.AlignLeft)
        tab_in_order(self)

    # -------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show a rally as it is now; what somebody is typing stays."""
        anew = self.seen is None or self.seen.rally.id != seen.rally.id
        super().show_rally(seen)
        rally, writable = seen.rally, self.desk.writable
        for field in self.line.fields.values():
            field.take_day(rally.starts.date())
        self.form.plan = seen.plan
        self.form.show_record(rally)
        self.line.show_rally(rally)
        self.kind.choose(rally.kind)
        self.kind.setEnabled(writable)
        show_unless_typed(self.date, rally.starts.date(), anew=anew)
        show_unless_typed(self.shift, "", anew=anew)
        for each in (self.date, self.shift, self.place):
            each.set_writable(writable)
        self._show_place(seen, anew=anew)
        self._show_days(seen)
        self._show_law(seen)
        lacks = writable and lacks_usual_times(rally)
        self.usual.setVisible(lacks)
        self.usual_words.setVisible(lacks)
        self.remove_button.setVisible(writable)

    def _show_place(self, seen: Seen, *, anew: bool) -> None:
        self.place.offer(venue.name for venue in seen.plan.all(Venue))
        show_unless_typed(self.place, seen.venue.name, anew=anew)
        self.address.show_venue(seen.venue)
        capacity, expected = seen.venue.capacity, seen.rally.expected
        if capacity is None:
            words, over = "How many the place holds is not entered.", False
        else:
            over = expected is not None and expected > capacity
            words = f"{seen.venue.name} holds {capacity:,}{': too few' if over else ''}."
        say(self.room, words, "short" if over else "muted")

    def _show_days(self, seen: Seen) -> None:
        rally = seen.rally
        every = sorted(seen.plan.all(StrikeDay), key=lambda day: (day.window.start, day.id))
        mine = days_of(seen.plan, rally)
        self.days.show_days(every, {day.id for day in mine}, rally.starts.date())
        say(self.off_days, off_days_words(seen.plan, rally), "short")
        self.standing.show_rally(seen)

    def _show_law(self, seen: Seen) -> None:
        rally, rules = seen.rally, seen.rules
        told = march_told_words(seen.plan, rally)
        self.told.setVisible(bool(told))
        if told:
            self.told.say(f"{told} {rules.words}", "Go to the permissions")
        banned = law.loudspeaker_banned(rules, seen.where, rally.assemble or rally.starts, rally.ends)
        words = f"Not {law.hours_words(banned)}. {rules.rule('R9').say} {rules.words}" if banned else ""
        say(self.quiet, words, "short" if rally.loudspeaker else "muted")
        free = rules.in_force("R2", seen.where, rally.starts.date())
        self.customary.setVisible(rally.kind.marches and (free or bool(rally.customary)))
        law_words = f"{rules.rule('R2').say} {rules.words}" if free else _no_exemption(seen.where)
        say(self.customary_law, law_words if not self.customary.isHidden() else "", "muted")

    def show_field(self, name: str) -> None:
        """Put the keyboard into a field of the rally, all of it chosen, and bring it to sight."""
        field = self.form.fields[name]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        reveal(field)

    # -------------------------------------------------------------------------------------------- writing
    def _set_kind(self, kind: Any) -> None:
        rally = self._rally
        if rally is not None and kind is not rally.kind:
            label = f"Make {rally.title} a {kind}"
            if not self.desk.edit(label, lambda edit: edit.save(of_kind(rally, kind), was=rally)):
                self.kind.choose(rally.kind)

    @property
    def _rally(self) -> Rally | None:
        return self.seen.rally if self.seen is not None else None

    def _choose_place(self, name: str) -> None:
        seen = self.seen
        if seen is None:
            return
        if not name.strip():
            self.place.show_value(seen.venue.name)
            return
        move = held_at(seen.plan, seen.rally, name)

        def make(plan: Plan, rally: Rally) -> RotaEdit:
            now = held_at(plan, rally, name)
            if now.label != move.label:
                raise UserError(_PLACE_CHANGED)
            return RotaEdit(saved=(*now.saved, now.rally), deleted=now.deleted)

        said = move.said
        if not move.label or not write_now(self.desk, seen.rally, move.label, make, said=lambda _: said):
            self.place.show_value(seen.venue.name)

    def _move_to(self, day: date) -> None:
        seen = self.seen
        if seen is None or day == seen.rally.starts.date():
            return
        if not self._move(
            lambda plan, rally: moved_to_day(plan, rally, day),
            f"Move {seen.rally.title} to {short_day(day)}",
            lambda move: f"Moved {move.rally.title} to {day_words(day)}",
        ):
            self.date.show_value(seen.rally.starts.date())

    def _move_by(self, text: str) -> None:
        seen = self.seen
        if seen is None or not text:
            return
        try:
            minutes = typed_shift(text)
        except ValueError as error:
            self.shift.say_wrong(f"{error}.")
            return
        how = f"{minutes_words(abs(minutes))} {'later' if minutes > 0 else 'earlier'}"
        if self._move(
            lambda plan, rally: moved_by_minutes(plan, rally, minutes),
            f"Move {seen.rally.title} {how}",
            lambda move: f"Moved {move.rally.title}, {how}: it starts at {clock(move.rally.starts)}",
        ):
            self.shift.show_value("")

    def _move(self, moved: Callable[[Plan, Rally], RallyMove], label: str, words: Callable[[RallyMove], str]) -> bool:
        rally = self._rally
        assert rally is not None
        said = ""

        def make(plan: Plan, now: Rally) -> RotaEdit:
            nonlocal said
            move = moved(plan, now)
            said = _sentences(words(move), move.words, march_told_words(plan, move.rally))
            return RotaEdit(saved=move.saved)

        return write_now(self.desk, rally, label, make, said=lambda _: said, kept=("starts", "ends"))

    def fill_usual_times(self) -> None:
        """Fill the times that are empty with the usual ones."""
        rally = self._rally
        if rally is not None:
            label = f"Fill in the usual times of {rally.title}"
            self.desk.edit(label, lambda edit: edit.save(with_usual_times(rally), was=rally))

    def _tick_day(self, day: str, on: bool) -> None:
        seen = self.seen
        if seen is None:
            return
        words = short_day(seen.plan.get(StrikeDay, day).first_date)

        def make(plan: Plan, rally: Rally) -> RotaEdit:
            links = [link for link in plan.of(RallyDay, "rally_id", rally.id) if link.strike_day_id == day]
            made = RallyDay(id=RallyDayId(new_id()), rally_id=rally.id, strike_day_id=StrikeDayId(day))
            return reinstated(plan, [made] if on and not links else (), () if on else links)

        label = f"Tie {seen.rally.title} to {words}" if on else f"Untie {seen.rally.title} from {words}"
        write_now(self.desk, seen.rally, label, make, said=with_told_again(label))

    def remove(self) -> None:
        """Take the rally out of the plan with all that is part of it, unless somebody counts on it."""
        rally = self._rally
        if rally is None:
            return
        gone = removal_now(self.desk.store, rally)
        label = f"Remove {rally.title}, {short_day(rally.starts.date())}{f', {gone.words}' if gone.words else ''}"

        def write(edit: Edit) -> None:
            for record in removal_now(self.desk.store, rally).records:
                edit.delete(record)

        self.desk.edit(label, write)


def _no_exemption(where: Jurisdiction) -> str:
    return f"In {where.words} a customary march needs its notice all the same."
