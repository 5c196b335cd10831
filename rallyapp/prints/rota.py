"""The picket rota: for each picket (one entrance on one strike day) a sheet to hang up or to carry.

The noticeboard copy has first names with an initial and one number, the duty phone; the picket supervisor's and
the organiser's have full names and numbers. Supporters are counted, never named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rallyapp.domain.pickets import Shift
from rallyapp.prints import picket_head, rota_fit
from rallyapp.prints.audience import Naming
from rallyapp.prints.job import Job
from rallyapp.prints.one_lined import one_lined
from rallyapp.prints.rota_rows import Grid, picket_of
from rallyapp.prints.rota_sheet import RotaSheet
from rallyapp.prints.wording import apart, moment


def write(job: Job) -> RotaSheet:
    """Write the rota of one picket; raises UserError where the plan lacks it."""
    grid = Grid(job, picket_of(job))
    rows = grid.rows
    head = picket_head.head(job, grid)
    sheet = RotaSheet(
        head=head,
        full=job.allowed.names is Naming.FULL,
        places=grid.places,
        first_number=max((len(row.supervisors) for row in rows), default=1) + 1,
        with_others=any(row.others for row in rows),
        rows=rows,
        supporters=grid.supporters,
        remarks=tuple(_remarks(grid)) if job.allowed.remarks else (),
        kit=picket_head.kit(job, head.leader),
        dos=picket_head.dos(head.leader),
        if_off=picket_head.if_off(job, head.leader),
        footer=picket_head.footer(job, grid),
    )
    # On a sheet each text is a line; only what an organiser wrote below the grid keeps its own.
    sheet = one_lined(sheet, but=("remarks",))
    copy = f"{job.audience} copy \u00b7 version {job.version} \u00b7 printed {moment(job.printed)}"
    return replace(sheet, normal=rota_fit.fit(sheet, copy), large=rota_fit.large_fit(sheet))


def _remarks(grid: Grid) -> Iterator[str]:
    for shift_id, group in grid.on.items():
        for a in group:
            if a.overridden:
                who = apart(grid.plan.name_of(a.person_id))
                when = grid.plan.get(Shift, shift_id).words
                yield f"{who}, {when}: {a.override_by} decided: {a.override_reason}"
    if grid.picket.note:
        yield grid.picket.note
