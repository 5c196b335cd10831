"""What may be worth a line in a rally plan: offered to the organiser, never written into the plan by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from rallyapp.domain.frozen import frozen
from rallyapp.domain.rallies import KitItem, Section


@frozen
class Prompt:
    """Something that a section may say; ``words`` are beginnings of words by which a text shows that it does."""

    title: str
    hint: str
    words: tuple[str, ...]

    @property
    def line(self) -> str:
        """Give the line of a list in which the organiser writes about it."""
        return f"- {self.title}: "


@frozen
class UsualKit:
    """Something that rallies often bring, and how many of it."""

    what: str
    number: int = 1
    power: str = ""
    hint: str = ""


@frozen
class Prompts:
    """All of them: by section, and the kit."""

    notes: Mapping[Section, tuple[Prompt, ...]]
    kit: tuple[UsualKit, ...]

    def of(self, section: Section) -> tuple[Prompt, ...]:
        """List those of a section."""
        return self.notes.get(section, ())


def prompts_of(held: Mapping[str, Any]) -> Prompts:
    """Read the table that the program carries; raises KeyError or ValueError where it is not one."""
    return Prompts(
        notes={
            Section(section): tuple(
                Prompt(title=each["title"], hint=each["hint"], words=tuple(each["words"])) for each in found
            )
            for section, found in held["notes"].items()
        },
        kit=tuple(UsualKit(**each) for each in held["kit"]),
    )


def mentioned(text: str, prompt: Prompt) -> bool:
    """Say whether a text says something on it: a line that only names it does not.

    A word of the prompt that ends in a blank counts as a whole word only.
    """
    return line_on(text, prompt) is not None


def line_on(text: str, prompt: Prompt) -> int | None:
    """Give the end of the first line that says something on it, as ``mentioned`` has it; None where none does."""
    place = 0
    for line in text.split("\n"):
        place += len(line)
        if not _BARE.fullmatch(line.strip()) and _speaks_of(line, prompt):
            return place
        place += 1
    return None


def _speaks_of(line: str, prompt: Prompt) -> bool:
    return any(
        re.search(rf"(?<!\w){re.escape(word.strip())}{_END if word.endswith(' ') else ''}", line, re.IGNORECASE)
        for word in (prompt.title, *prompt.words)
    )


def unfinished(text: str) -> tuple[str, ...]:
    """List what a text names in lines of their own with nothing behind it: "- Quiet space:"."""
    return tuple(found[1] for line in text.splitlines() if (found := _BARE.fullmatch(line.strip())))


def with_line(text: str, prompt: Prompt) -> tuple[str, int]:
    """Give a text with the prompt's line, to be finished, and where in it to go on; one that is there stays alone."""
    lines = text.rstrip().splitlines()
    named = [line.strip() == prompt.line.strip() for line in lines]
    if not any(named):
        lines.append(prompt.line)
        named.append(True)
    place = named.index(True)
    lines[place] = prompt.line
    return "\n".join(lines), len("\n".join(lines[: place + 1]))


_BARE = re.compile(r"-\s+([^:]+):")
_END = r"(?!\w)"


def is_brought(items: Iterable[KitItem], usual: UsualKit) -> bool:
    """Say whether a usual thing is among what is brought: what it is called before "with" and "for", in any order.

    Of "hi-vis or tabards" either will do; a plural's s does not matter.
    """
    called = re.split(r" (?:with|for) ", usual.what)[0]
    wanted = [_bare(each) for each in called.split(" or ")]
    return any(each <= _bare(item.what) for item in items for each in wanted)


def _bare(what: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"[\w-]+", what.casefold()) if word != "drinking"}
