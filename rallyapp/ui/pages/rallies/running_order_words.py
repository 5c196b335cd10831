"""What the table of a running order says and reads beside its cells: why a line starts, who may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from rallyapp.domain.plan import as_read
from rallyapp.domain.running_order import Line
from rallyapp.domain.times import clock, minutes_words

NEW_SPEAKER = "New speaker: "
_FIRST_LETTERS = 3  # of a speaker's name after which the name goes before what was typed


def start_words(line: Line) -> str:
    """Say why a line starts when it does."""
    fixed = line.item.fixed
    if fixed is None:
        return "Starts when the line before it ends; type a time to fix it"
    if line.slack < 0:
        return f"Fixed for {clock(fixed)}, and {minutes_words(-line.slack)} late"
    return f"Fixed for {clock(fixed)}" + (f"; {minutes_words(line.slack)} idle before it" if line.slack else "")


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
