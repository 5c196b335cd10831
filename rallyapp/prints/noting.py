"""What is noted of a print: a record for each piece, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rallyapp.domain.ids import PrintedLineId, PrintRunId, new_id
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.prints.press import Batch


def records_of(batch: Batch, holders: Mapping[str, str] | None = None) -> Iterator[PrintRun | PrintedLine]:
    """Give the records that note a print, all runs first; ``holders`` tells by what a piece is about who has it."""
    runs = [
        PrintRun(
            id=PrintRunId(new_id()),
            document=batch.document,
            audience=batch.audience,
            scope=piece.about,
            version=batch.version,
            at=batch.printed.replace(second=0, microsecond=0),
            holder=(holders or {}).get(piece.about, ""),
            code=piece.code,
            choice=batch.choice,
            look=batch.look.words,
        )
        for piece in batch.pieces
    ]
    yield from runs
    for run, piece in zip(runs, batch.pieces, strict=True):
        for line in piece.lines:
            yield PrintedLine(
                id=PrintedLineId(new_id()),
                print_run_id=run.id,
                number=line.number,
                line=line.key,
                digest=line.digest,
                shift=line.shift,
                person=line.person,
                role=line.role,
            )
