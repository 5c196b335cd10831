"""Section 11 of a picket supervisor's pack: the rows of the sign-in sheet, typed back by the pack's own code."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.prints import sign_in
from rallyapp.prints.blocks import Block, Cell, Column, Form, FormField, Heading, Keep, Table, Words, cells
from rallyapp.prints.pack_source import Source

_LEAST_BLANK = 3


def blocks(source: Source) -> tuple[Block, ...]:
    """Write the rows of everybody on the rota, numbered, then empty ones, and the foot that is signed."""
    sheet = sign_in.write(source.job)
    rows = tuple(_rows(sheet))
    return (
        Heading(text=f"Type this back: {source.job.code}"),
        Words(text=" ".join(sheet.privacy)),
        Table(
            columns=(
                Column(title="No.", share=4, right=True, figures=True),
                Column(title="Name (print)", share=17),
                Column(title="Role", share=8, under=True),
                Column(title="Shift", share=12, figures=True),
                Column(title="In", share=8),
                Column(title="Out", share=8),
                Column(title="Armband", share=9),
                Column(title="Initials", share=7),
            ),
            rows=rows,
            tall=9,
            boxes=True,
            fills=True,
            blank=sheet.most_blank,
            least=_LEAST_BLANK,
            first=sheet.first_blank,
            changed=tuple(
                n for n, row in enumerate(row for shift in sheet.shifts for row in shift.rows) if row.changed
            ),
        ),
        Keep(
            blocks=(
                Form(
                    fields=(
                        FormField(label=f"{source.leader}, signature"),
                        FormField(label="Day and time"),
                        FormField(label="Number of sign-in sheets"),
                    ),
                    columns=3,
                ),
            )
        ),
    )


def _rows(sheet: sign_in.SignIn) -> Iterator[tuple[Cell, ...]]:
    for shift in sheet.shifts:
        off = shift.off != ""
        for row in shift.rows:
            yield (
                Cell(text=str(row.number)),
                Cell(text=row.name, strong=row.leads, struck=off, small=row.mark),
                Cell(text=row.role),
                Cell(text=shift.times, struck=off, small=shift.off),
                *cells("", "", "", ""),
            )
