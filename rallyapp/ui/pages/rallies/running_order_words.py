"""What the table of a running order says and reads beside its cells: why a line starts, who is meant, what was done."""

from __future__ import annotations

from collections.abc import Sequence

from rallyapp.domain.plan import as_read
from rallyapp.domain.rallies import ProgrammeItem
from rallyapp.domain.running_order import Line
from rallyapp.domain.times import clock, minutes_words
from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.pages.rallies.running_order_columns import CUE, MINUTES, START, TITLE, WHO

NEW_SPEAKER = "New speaker: "
_FIRST_LETTERS = 3  # of a speaker's name after which the name goes before what was typed


def start_words(line: Line) -> str:
    """Say why a line starts when it does."""
    fixed = line.item.fixed
    if fixed is None:
        return "Starts when the line before it ends; type a time to fix it"
    if line.slack < 0:
        return f"Fixed for {clock(fixed)}, and {minutes_words(-line.slack)} late: it starts at {clock(line.starts)}"
    return f"Fixed for {clock(fixed)}" + (f"; {minutes_words(line.slack)} idle before it" if line.slack else "")


def slack_words(line: Line) -> str:
    """Write beneath a fixed time how late the line is, or how long it waits, in few letters; nothing where neither."""
    minutes = abs(line.slack)
    length = f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02}"
    return f"+{length}" if line.slack < 0 else f"{length} idle" if line.slack else ""


def _tails(name: str) -> list[str]:
    """Give the ends of a name, word by word: what somebody may begin to type."""
    words = as_read(name).split(" ")
    return [" ".join(words[at:]) for at in range(len(words))]


def free_bare_times(by_row: dict[int, dict[int, str]], start_column: int) -> None:
    """Let the times of whole pasted lines be worked out: only those that say so are fixed."""
    for texts in by_row.values():
        start = texts.get(start_column)
        if start is None:
            continue
        if start.endswith(" fixed"):
            texts[start_column] = start.removesuffix(" fixed")
        elif len(texts) > 1:
            del texts[start_column]


def offered(names: Sequence[str], text: str) -> list[str]:
    """List who may be meant by what was typed: speakers, the words as they are, and a new speaker of that name."""
    wanted = as_read(text)
    if not wanted:
        return sorted(names, key=str.casefold)
    if same := [name for name in names if as_read(name) == wanted]:
        return same
    found = [name for name in names if any(word.startswith(wanted) for word in _tails(name))]
    typed = [text.strip()]
    first = found + typed if len(wanted) >= _FIRST_LETTERS else typed + found
    return [*first, f"{NEW_SPEAKER}{text.strip()}"]


def named(items: Sequence[ProgrammeItem]) -> str:
    """Name one line, or count several."""
    return items[0].title if len(items) == 1 else f"{len(items):,} lines"


def label_of(
    cells: Sequence[Cell],
    label: str,
    order: Sequence[ProgrammeItem],
    added: Sequence[ProgrammeItem],
    changed: Sequence[ProgrammeItem],
) -> str:
    """Say what typing into some cells did: the lines that it ``added``, and those that it ``changed`` of an order."""
    if added:
        words = f"Add {named(added)}"
        return f"{words} and change {named(changed)}" if changed else words
    if len(cells) != 1 or len(changed) != 1:
        return label or f"Change {named(changed)}"
    made = changed[0]
    was = next(item for item in order if item.id == made.id)
    column = cells[0].column
    if column == START:
        return f"Fix {was.title} at {clock(made.fixed)}" if made.fixed else f"Set {was.title} free of its time"
    if column == TITLE:
        return f"Rename {was.title} to {made.title}"
    if column == MINUTES:
        return f"Give {was.title} {minutes_words(made.minutes)}"
    if column == WHO:
        return f"Change who has {was.title}"
    return f"Change the {'cue' if column == CUE else 'stage note'} of {was.title}"
