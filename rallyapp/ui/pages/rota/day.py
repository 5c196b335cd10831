"""The strike day on a time axis: what the timeline is given to show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from rallyapp.domain.ids import LineId, ShiftId
from rallyapp.domain.pickets import Picket
from rallyapp.domain.times import Span
from rallyapp.store.rota_queries import RotaShift
from rallyapp.ui.pages.rota.places import Kind, RotaLine
from rallyapp.ui.pages.rota.reading import Rota, Shown
from rallyapp.ui.widgets.timeline import Bar, Coverage, DayView, Mark, Row
from rallyapp.ui.widgets.timeline.timeline import Timeline

_STEP = 30  # minutes of one bar of the coverage
_SPARE = timedelta(hours=1)
_LEAST_HOURS = 5
_HOSTS = {Kind.ENTRANCE: "picket", Kind.POST: "rally", Kind.STALL: "stall"}


class DayPane(Timeline):
    """The timeline of the rota's strike day. ``marks`` says what a proposal would change on a shift."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.marks: Callable[[ShiftId], tuple[Mark, ...]] | None = None
        self._shown: tuple[Rota, Mapping[LineId, Sequence[Picket]], bool, datetime, bool] | None = None

    def show_rota(
        self,
        rota: Rota,
        pickets: Mapping[LineId, Sequence[Picket]],
        *,
        only_gaps: bool,
        now: datetime,
        writable: bool,
    ) -> None:
        """Show the rota's one day; with ``only_gaps`` just the shifts that lack somebody, and their lines."""
        self._shown = (rota, pickets, only_gaps, now, writable)
        self.show_again()

    def show_again(self) -> None:
        """Show the same, with other marks."""
        if self._shown is not None:
            rota, pickets, only_gaps, now, writable = self._shown
            self.show_day(day_view(rota, pickets, only_gaps, now, writable, self.marks))


def day_view(
    rota: Rota,
    pickets: Mapping[LineId, Sequence[Picket]],
    only_gaps: bool,
    now: datetime,
    writable: bool,
    marks: Callable[[ShiftId], tuple[Mark, ...]] | None = None,
) -> DayView:
    """Put a day together for the timeline."""
    day = rota.days[0]
    shown = [shift for shift in rota.shifts if shift.gap or not only_gaps]
    if marks is not None and only_gaps:
        shown = [shift for shift in rota.shifts if shift.gap or marks(shift.id)]
    with_shifts = {shift.row.line_id for shift in shown}
    rows = tuple(
        _row(rota, line, pickets.get(line.id, ()))
        for line in rota.scope.lines
        if line.id in with_shifts or not only_gaps
    )
    axis = _axis(day.window, [shift.row for shift in rota.shifts], pickets, rota.scope.lines)
    return DayView(
        first=axis.start,
        last=axis.end,
        rows=rows,
        bars=tuple(_bar(rota, shift, marks(shift.id) if marks else ()) for shift in shown),
        coverage=tuple(_coverage(axis, [shift for shift in rota.shifts if shift.on])),
        now=now if axis.start <= now < axis.end else None,
        writable=writable,
        crowd="People on shift" if rota.mixed else "People on the line",
    )


def _row(rota: Rota, line: RotaLine, pickets: Sequence[Picket]) -> Row:
    going = [picket for picket in pickets if not picket.cancelled]
    row = Row(
        id=line.id,
        title=line.name,
        note="Picket cancelled" if pickets and not going else line.note,
        site=rota.places.groups[line.group].name,
        movable=bool(going) or not pickets,
        kind=str(line.kind),
        host=_HOSTS[line.kind],
        starts=line.starts,
        ends=line.ends,
    )
    if not going:
        return row
    ends = [picket.ends for picket in going]
    return replace(
        row,
        starts=min(picket.starts for picket in going),
        ends=None if None in ends else max(end for end in ends if end is not None),
    )


def _bar(rota: Rota, shift: Shown, marks: tuple[Mark, ...]) -> Bar:
    row = shift.row
    names = rota.names(shift)
    if row.label and names:
        names = f"{row.label}: {names}"
    return Bar(
        id=row.id,
        row=row.line_id,
        starts=row.starts,
        ends=row.ends,
        count=f"{row.heads}/{row.wished}" if row.wished else str(row.heads),
        names=names,
        state=shift.state,
        tone=shift.tone,
        on=shift.on,
        marks=marks,
        paper=shift.paper,
    )


def _axis(
    window: Span,
    shifts: Sequence[RotaShift],
    pickets: Mapping[LineId, Sequence[Picket]],
    lines: Sequence[RotaLine],
) -> Span:
    """Choose the hours: those of the shifts, pickets, posts and stalls, one to spare on both sides, at least five."""
    starts = [*(shift.starts for shift in shifts), *(line.starts for line in lines if line.starts)]
    ends = [*(shift.ends for shift in shifts), *(line.ends for line in lines if line.ends)]
    for those in pickets.values():
        starts += [picket.starts for picket in those]
        ends += [picket.ends for picket in those if picket.ends is not None]
    if not starts:
        first = window.start.replace(minute=0)
        return Span(first, min(_hour_up(window.end), first + timedelta(hours=14)))
    first = (min(starts) - _SPARE).replace(minute=0)
    last = _hour_up(max([*ends, *starts]) + _SPARE)
    return Span(first, max(last, first + timedelta(hours=_LEAST_HOURS)))


def _hour_up(when: datetime) -> datetime:
    whole = when.replace(minute=0)
    return whole if whole == when else whole + timedelta(hours=1)


def _coverage(axis: Span, shifts: Sequence[Shown]) -> Iterable[Coverage]:
    """Count, for each half hour, who is counted on and who is needed at some moment of it."""
    step = timedelta(minutes=_STEP)
    counted: dict[int, int] = {}
    needed: dict[int, int] = {}
    for shift in shifts:
        row = shift.row
        first = (row.starts - axis.start) // step
        last = -((axis.start - row.ends) // step)
        for place in range(first, last):
            counted[place] = counted.get(place, 0) + row.heads
            needed[place] = needed.get(place, 0) + row.least
    places = range((axis.end - axis.start) // step)
    return [
        Coverage(
            at=axis.start + place * step, minutes=_STEP, counted=counted.get(place, 0), needed=needed.get(place, 0)
        )
        for place in places
    ]
