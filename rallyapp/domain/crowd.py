"""The words on the crowd: a profile, and below it what is done when so many have come, each on a line of its own."""

from __future__ import annotations

from collections.abc import Iterable

from rallyapp.domain.frozen import frozen

LEAST_LEVELS = 3
_BULLET = "- "


@frozen
class CrowdWords:
    """What the organiser wrote: who comes, and the trigger levels in order; a level that is empty prints nothing."""

    profile: str = ""
    levels: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Write it as the text of a rally plan's section: the levels are the list at its end."""
        lines = (f"{_BULLET}{' '.join(level.split())}" for level in self.levels if level.strip())
        return "\n".join(part for part in (self.profile.strip(), *lines) if part)


def crowd_words(texts: Iterable[str]) -> CrowdWords:
    """Read what was written, in one text or several; at least three levels are given, empty where there is none."""
    lines = "\n".join(texts).rstrip().split("\n")
    levels: list[str] = []
    while lines and lines[-1].startswith(_BULLET):
        levels.insert(0, lines.pop().removeprefix(_BULLET).strip())
    levels += [""] * (LEAST_LEVELS - len(levels))
    return CrowdWords(profile="\n".join(lines).strip(), levels=tuple(levels))
