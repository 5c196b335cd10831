"""The forms of the rota: add a shift, cut a window into shifts, copy shifts or a day, cancel with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import LineId, ShiftId, StrikeDayId
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rota_edits import (
    add_shift,
    cancel_shifts,
    copy_day,
    copy_shifts,
    cut_window,
    usual_needs,
)
from rallyapp.domain.rota_work import USUAL_NEEDS, NeedWanted, RotaEdit, span_on
from rallyapp.domain.times import Span, clock, day_words, uncovered
from rallyapp.store import Store
from rallyapp.store.edit import Ready
from rallyapp.store.rota_queries import RotaShift, has_shifts, rota_around, rota_of_days
from rallyapp.ui.pages.rota.panels import Panel
from rallyapp.ui.pages.rota.places import Kind, RotaLine
from rallyapp.ui.pages.rota.reading import Rota
from rallyapp.ui.staffing.writes import new_rows, write
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.widgets.fields import ChoiceField, Field, NumberField, SpanField, TextField

if TYPE_CHECKING:
    from rallyapp.ui.pages.rota.page import RotaPage

_USUAL = (time(8), time(11))
_SLOT = 60
_JOB = "copy-day"


class Forms:
    """Opens the forms of a page, each filled in with what is likeliest."""

    def __init__(self, page: RotaPage) -> None:
        """Take the page."""
        self._page = page
        self._desk = page.desk

    # --------------------------------------------------------------------------------------- adding, cutting
    def add(self, line: LineId | None = None, at: datetime | None = None) -> None:
        """Ask for one shift: by default an hour after the last one on the line."""
        place = _Place(self._page, line)
        free = place.after_last(at)
        place.show(free)

        def do() -> None:
            starts, ends = place.times()
            label = f"Add {place.noun} {clock(starts)}\u2013{clock(ends)}, {place.name}"
            self._write(label, place, lambda plan, day: add_shift(plan, day, place.id, starts, ends, place.needs))

        self._open("Add a shift", "Add shift", place.fields(), do)

    def cut(self, line: LineId | None = None) -> None:
        """Ask for a window and how long its shifts are: by default the picket's times that have no shift yet."""
        place = _Place(self._page, line)
        place.show(place.uncovered())
        each = NumberField("Each", least=5, most=24 * 60, unit="min")
        each.show_value(place.length)

        def do() -> None:
            starts, ends = place.times()
            label = f"Cut {clock(starts)}\u2013{clock(ends)} at {place.name} into shifts"
            self._write(
                label,
                place,
                lambda plan, day: cut_window(plan, day, place.id, starts, ends, each.value, place.needs),
            )

        fields = place.fields()
        self._open("Cut a window into shifts", "Cut", [*fields[:-1], (each, 2), fields[-1]], do)

    def _write(self, label: str, place: _Place, make: Callable[[Plan, StrikeDayId], RotaEdit]) -> None:
        plan = place.plan()
        change = make(plan, place.day)
        if write(self._desk, plan, label, lambda: change):
            self._page.select(change.shifts)

    # ------------------------------------------------------------------------------------------------ copying
    def copy_shifts(self, shifts: Sequence[ShiftId]) -> None:
        """Ask to which line of their kind, and for pickets to which strike day, the chosen shifts are to be copied."""
        page = self._page
        day = page.day()
        if not shifts or day is None:
            raise UserError("Choose the shifts that are to be copied first.")
        kinds = {page.rota.line(shift).kind for id in shifts if page.rota and (shift := page.rota.shift(id))}
        if len(kinds) != 1:
            raise UserError("Choose shifts of entrances, of posts or of stalls alone: each goes to its own kind.")
        kind = kinds.pop()
        to = ChoiceField(f"To {kind}", [(f"The same {kind}", None), *_lines(page, kind)])
        to.show_value(None)
        on = ChoiceField("To strike day", [(_day_words(each), each.id) for each in self._desk.days()])
        on.show_value(day.id)
        days = [(on, 1)] if kind is Kind.ENTRANCE else []  # a rally is on its own day

        def do() -> None:
            if to.value is None and on.value == day.id:
                other = " or another strike day" if days else ""
                raise UserError(f"Choose another {kind}{other}: to double a shift, duplicate it.")
            plan = rota_around(
                self._desk.store, shifts, days=[on.value], lines=[to.value] if to.value is not None else []
            )
            change = copy_shifts(plan, shifts, 0, to.value, on.value if on.value != day.id else None)
            if write(self._desk, plan, f"Copy {_counted(len(shifts))}", lambda: change):
                if on.value != day.id:
                    self._desk.choose_day(on.value)
                page.select(change.shifts)

        self._open(f"Copy {_counted(len(shifts))}", "Copy", [(to, 1), *days], do)

    def copy_day(self, *, here: bool = False) -> None:
        """Ask for a strike day that is to be copied to another; ``here`` suggests copying to the chosen one."""
        days = self._desk.days()
        chosen = self._desk.day
        others = [day for day in days if day.id != chosen]
        if not others:
            raise UserError("There is no other strike day: add one on the page Strike days first.")
        options = [(_day_words(day), day.id) for day in days]
        source, target = ChoiceField("From", options), ChoiceField("To", options)
        later = next((day for day in others if self._starts(day) > self._starts_of(chosen)), others[0])
        full = next((day.id for day in others if has_shifts(self._desk.store, [day.id])), later.id)
        source.show_value(full if here else chosen)
        target.show_value(chosen if here else later.id)

        def do() -> None:
            if source.value == target.value:
                raise UserError("Choose another strike day: a day can\u2019t be copied to itself.")
            self._copy_day(source.value, target.value)

        self._open(
            "Copy a strike day: pickets, shifts and needs, nobody on them", "Copy", [(source, 1), (target, 1)], do
        )

    def _starts(self, day: StrikeDay) -> datetime:
        return day.window.start

    def _starts_of(self, id: StrikeDayId | None) -> datetime:
        return next((day.window.start for day in self._desk.days() if day.id == id), datetime.min)

    def _copy_day(self, source: StrikeDayId, target: StrikeDayId) -> None:
        """Read and copy off the main thread, then write: a national day has 1,700 shifts."""
        desk = self._desk

        async def work() -> None:
            desk.messages.working("Copying the strike day\u2026")
            try:
                plan, change, new = await in_thread(_copied_day, desk.store, source, target)
            finally:
                desk.messages.clear()
            words = day_words(plan.get(StrikeDay, target).first_date)
            if write(desk, plan, f"Copy {len(change.shifts):,} shifts to {words}", lambda: change, new=new):
                desk.choose_day(target)

        desk.jobs.start(_JOB, work)

    # ---------------------------------------------------------------------------------------------- cancelling
    def cancel(self, shifts: Sequence[ShiftId]) -> None:
        """Ask why the chosen shifts are cancelled."""
        if not shifts:
            raise UserError("Choose the shifts that are to be cancelled first.")
        reason = TextField("Reason", placeholder="as it is to stand on the rota")

        def do() -> None:
            plan = rota_around(self._desk.store, shifts)
            change = cancel_shifts(plan, shifts, reason.text)
            write(self._desk, plan, f"Cancel {_counted(len(shifts))}", lambda: change)

        self._open(f"Cancel {_counted(len(shifts))}", "Cancel with this reason", [(reason, 1)], do)

    def _open(self, title: str, does: str, fields: Sequence[tuple[Field, int]], do: Callable[[], None]) -> None:
        self._page.open_panel(Panel(title, does, fields, do, self._page))


class _Place:
    """The fields that say where and when: entrance, post or stall, date, times, and what is needed."""

    def __init__(self, page: RotaPage, line: LineId | None) -> None:
        day, rota = page.day(), page.rota
        if day is None or rota is None or not rota.scope.lines:
            raise UserError("There is no strike day or no entrance yet: add them first.")
        self._page, self._rota, self._day = page, rota, day
        self.day = day.id
        first = line or page.line() or rota.scope.lines[0].id
        self._line = ChoiceField("Entrance, post or stall" if rota.mixed else "Entrance", _lines(page))
        self._line.show_value(first)
        dates = sorted({*day.window.days(), *self.line.dates})
        self._date = ChoiceField("On", [(day_words(on).rsplit(" ", 1)[0], on) for on in dates])
        self._date.show_value(next(iter(self.line.dates), dates[0]))
        self._several = len(dates) > 1
        self._times = SpanField("Time", nights=True)
        self._needs = ChoiceField("Needs")
        for field in (self._line, self._date):
            field.committed.connect(lambda _: self._offer_needs())
        self._offer_needs()

    @property
    def line(self) -> RotaLine:
        """The entrance, the post or the stall that is chosen."""
        return self._rota.places.line(self._line.value)

    @property
    def id(self) -> LineId:
        """Its id."""
        return self.line.id

    @property
    def name(self) -> str:
        """Its name."""
        return self.line.name

    @property
    def noun(self) -> str:
        """What a shift there is called."""
        return self.line.noun

    @property
    def needs(self) -> tuple[NeedWanted, ...]:
        """What is to be needed."""
        return tuple(self._needs.value)

    @property
    def length(self) -> int:
        """How long shifts are there, in minutes: the first one's length, else an hour."""
        found = self._spans() or [shift.row for shift in self._rota.shifts]
        return (found[0].ends - found[0].starts) // timedelta(minutes=1) if found else _SLOT

    def plan(self) -> Plan:
        """Read what a step there looks at."""
        return rota_around(self._page.desk.store, days=[self.day], lines=[self.id])

    def fields(self) -> list[tuple[Field, int]]:
        """Give the fields with their shares of the width; the one for the date only where there are several."""
        dates: list[tuple[Field, int]] = [(self._date, 2)] if self._several else []
        return [(self._line, 4), *dates, (self._times, 3), (self._needs, 4)]

    def times(self) -> tuple[datetime, datetime]:
        """Give what was entered."""
        if self._times.value is None:
            raise UserError("Write from when to when, such as 08:00-11:00.")
        return span_on(self._date.value, *self._times.value)

    def show(self, span: Span | None) -> None:
        """Suggest a stretch of time."""
        if span is None or span.end - span.start >= timedelta(days=1):
            self._times.show_value(_USUAL)
            return
        self._times.show_value((span.start.time(), span.end.time()))
        self._date.show_value(span.start.date())

    def after_last(self, at: datetime | None) -> Span | None:
        """Suggest a shift at a time, else after the last one."""
        rows = self._spans()
        starts = at or (rows[-1].ends if rows else None)
        if starts is None:
            return self._hours()
        ends = starts + timedelta(minutes=self.length)
        if self.line.kind is Kind.ENTRANCE:
            ends = min(ends, self._day.window.end)
        return Span(starts, ends) if starts < ends else None

    def _hours(self) -> Span | None:
        """Give the time that a post or a stall is there."""
        line = self.line
        return Span(line.starts, line.ends) if line.starts and line.ends and line.starts < line.ends else None

    def uncovered(self) -> Span | None:
        """Suggest the first stretch of the times of the picket, the post or the stall that has no shift."""
        spans = [Span(row.starts, row.ends) for row in self._spans()]
        if (hours := self._hours()) is not None:
            return next(iter(uncovered(hours, spans)), hours)
        for picket in self._page.pickets.get(self.id, ()):
            ends = picket.ends or (max(span.end for span in spans) if spans else None)
            if ends is not None and picket.starts < ends:
                for gap in uncovered(Span(picket.starts, ends), spans):
                    return gap
        last = max((span.end for span in spans), default=None)
        if last is not None and last < self._day.window.end:
            return Span(last, min(last + timedelta(hours=3), self._day.window.end))
        return None

    def _spans(self) -> list[RotaShift]:
        rows = [shift.row for shift in self._rota.shifts if not shift.row.off]
        return sorted(
            (row for row in rows if row.line_id == self.id and row.strike_day_id == self.day),
            key=lambda row: (row.starts, row.id),
        )

    def _offer_needs(self) -> None:
        there = usual_needs(self.plan(), self.day, self.id)
        supervisor = self._rota.supervisor_on(self.day, self._date.value).removeprefix("picket ")
        options: dict[str, tuple[NeedWanted, ...]] = {needs_words(there, supervisor): there}
        if self.line.kind is Kind.ENTRANCE:
            options.setdefault(needs_words(USUAL_NEEDS, supervisor), USUAL_NEEDS)
        options["Nobody yet"] = ()
        self._needs.offer(list(options.items()))
        self._needs.show_value(there)


def needs_words(needs: Sequence[NeedWanted], supervisor: str) -> str:
    """Say what a shift needs in short: "1 supervisor, 2-5 picket, 0-2 standby"."""
    said = []
    for need in sorted(needs, key=lambda need: list(Role).index(need.role)):
        word = supervisor if need.role is Role.SUPERVISOR else str(need.role)
        number = str(need.least) if need.least == need.most else f"{need.least}\u2013{need.most}"
        said.append(f"{number} {word}")
    return ", ".join(said) or "Nobody yet"


def _copied_day(store: Store, source: StrikeDayId, target: StrikeDayId) -> tuple[Plan, RotaEdit, Ready]:
    with store.reader() as reader:
        plan = rota_of_days(reader, [source, target])
    change = copy_day(plan, source, target)
    return plan, change, new_rows(plan, change)


def _lines(page: RotaPage, kind: Kind | None = None) -> list[tuple[str, object]]:
    rota: Rota | None = page.rota
    if rota is None:
        return []
    lines = [line for line in rota.scope.lines if kind in (None, line.kind)]
    sites = {line.group for line in lines if line.kind is Kind.ENTRANCE}
    rallies = {line.group for line in lines} - sites
    several = {*(sites if len(sites) > 1 else ()), *(rallies if len(rallies) > 1 else ())}
    return [(rota.places.full_name(line) if line.group in several else line.name, line.id) for line in lines]


def _day_words(day: StrikeDay) -> str:
    words = day_words(day.first_date)
    return f"{words} ({day.state})" if day.stood_down else words


def _counted(shifts: int) -> str:
    return "this shift" if shifts == 1 else f"{shifts:,} shifts"
