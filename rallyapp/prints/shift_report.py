"""The end-of-shift report: head-counts, who came, what happened, kit back, and to whom it was handed.

Printed before the picket it is a form; printed again afterwards it holds what has been entered by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from rallyapp.domain.pickets import Attendance, Incident, PoliceDirection, TurnoutCount
from rallyapp.prints.blocks import Block, Cell, Column, Form, FormField, Heading, Keep, Table, Words, cells
from rallyapp.prints.job import Job
from rallyapp.prints.pack_source import Source
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import flat, from_day

# A count within so many minutes of a half-hour stands for it.
_NEAR = timedelta(minutes=15)
# Counts beyond this stand in two columns beside each other.
_ONE_COLUMN = 8
_OPEN_END = 8


def write(job: Job) -> Sheet:
    """Write the report of one picket."""
    source = Source.of(job)
    return source.sheet("End-of-shift report", blocks(source), foot=job.shred_words())


def blocks(source: Source) -> tuple[Block, ...]:
    """Write the report's tables and boxes, filled as far as something is entered."""
    return (
        Heading(text="Head-count every half-hour"),
        Words(
            text=f"Official pickets against {source.most} at one time at this entrance; supporters apart.", small=True
        ),
        _counts(source),
        *_came(source),
        Heading(text="What happened"),
        _happened(source),
        Heading(text="Press and visitors"),
        Table(
            columns=(
                Column(title="Time", share=1),
                Column(title="Who, from where", share=4),
                Column(title="What they asked, who spoke with them", share=5),
            ),
            rows=(),
            tall=9,
            blank=3,
            boxes=True,
        ),
        Keep(blocks=(Heading(text="Kit back"), _kit(source))),
        Keep(
            blocks=(
                Heading(text="Handed over"),
                Form(
                    fields=(
                        FormField(label=f"{source.leader}, signature", tall=13),
                        FormField(label="Handed to", tall=13),
                        FormField(label="Day and time", tall=13),
                        FormField(label="Sign-in sheets handed over (number)", tall=13),
                        FormField(label="Incident and arrest sheets (number)", tall=13),
                        FormField(label="Armbands missing (numbers)", tall=13),
                    ),
                    columns=3,
                ),
            )
        ),
    )


# ------------------------------------------------------------------------------------------ head-counts
def _counts(source: Source) -> Table:
    known = sorted(source.job.plan.of(TurnoutCount, "picket_id", source.picket.id), key=lambda one: (one.at, one.id))
    rows = [(one.at, str(one.pickets), f"{one.supporters:,}") for one in known]
    rows += [(at, "", "") for at in source.half_hours() if not any(abs(one.at - at) < _NEAR for one in known)]
    rows.sort()
    written = [(from_day(at, source.picket.starts.date()), *rest) for at, *rest in rows]
    if source.ends is None:
        written += [("", "", "")] * _OPEN_END
    columns: tuple[Column, ...] = (
        Column(title="Time", share=3, figures=True),
        Column(title="Official pickets", share=4),
        Column(title="Supporters", share=4),
    )
    if len(written) <= _ONE_COLUMN:
        columns = (*columns, Column(title="Initials", share=3))
        return Table(columns=columns, rows=tuple(_count(*one, "") for one in written), tall=8.5, boxes=True)
    # Down the left half, then down the right one.
    half = -(-len(written) // 2)
    written += [("", "", "")] * (2 * half - len(written))
    pairs = zip(written[:half], written[half:], strict=True)
    return Table(
        columns=columns * 2,
        rows=tuple((*_count(*left), *_count(*right)) for left, right in pairs),
        tall=8.5,
        boxes=True,
    )


def _count(time: str, *rest: str) -> tuple[Cell, ...]:
    return (Cell(text=time, strong=True), *cells(*rest))


# ---------------------------------------------------------------------------------------------- who came
def _came(source: Source) -> Iterator[Block]:
    """Count who was expected and who came, shift by shift; lines to write on where nobody was marked."""
    if not source.shifts:
        return
    rows = []
    for shift in source.shifts:
        marks = source.job.plan.of(Attendance, "shift_id", shift.id)
        came = [one for one in marks if one.came is not None]
        off = not source.going(shift)
        numbers = [str(len(source.assigned(shift)))]
        if marks:
            numbers += [
                str(sum(one.person_id is not None for one in came)),
                str(sum(one.absent for one in marks)),
                str(sum(one.person_id is None for one in came)),
            ]
        else:
            numbers += ["", "", ""]
        words = Cell(text=shift.words, strong=True, struck=off, small="stood down" if off else "")
        rows.append((words, *(Cell(text=number) for number in numbers)))
    yield Heading(text="Who came")
    yield Table(
        columns=(
            Column(title="Shift", share=4, figures=True),
            Column(title="On the rota", share=3),
            Column(title="Came", share=3),
            Column(title="Did not come", share=3),
            Column(title="Came without being on it", share=4),
        ),
        rows=tuple(rows),
        tall=8.5,
        boxes=True,
    )


# ------------------------------------------------------------------------------------------ what happened
def _happened(source: Source) -> Table:
    plan, picket = source.job.plan, source.picket
    known: list[tuple[datetime, str, str]] = []
    for incident in plan.of(Incident, "picket_id", picket.id):
        known.append((incident.at, source.written(incident.what), source.written(incident.written_by)))
    for one in plan.of(PoliceDirection, "picket_id", picket.id):
        known.append((one.at, f"Police direction: {source.written(one.direction)}", source.written(one.acted_on_by)))
    known.sort()
    first = picket.starts.date()
    return Table(
        columns=(
            Column(title="Time", share=2, figures=True),
            Column(title="Incidents and directions of the police: what, and what was done", share=10),
            Column(title="Written by", share=3),
        ),
        rows=tuple(cells(from_day(at, first), flat(what), flat(by)) for at, what, by in known),
        tall=9,
        blank=max(2, 5 - len(known)),
        boxes=True,
    )


# ----------------------------------------------------------------------------------------------- the kit
def _kit(source: Source) -> Table:
    rows = [cells(flat(source.job.say(item.what)), f"{item.number:,}", "", "") for item in source.kit()]
    return Table(
        columns=(
            Column(title="What", share=5),
            Column(title="Given out", share=2),
            Column(title="Back", share=2),
            Column(title="Missing or broken", share=5),
        ),
        rows=tuple(rows),
        tall=8.5,
        blank=2 if rows else 6,
        boxes=True,
    )
