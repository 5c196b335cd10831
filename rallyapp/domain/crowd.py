"""The words on the crowd: a profile, and below it what is done when so many have come, each on a line of its own.

A line of its own, ``HEADING``, parts the two, so that a list in the profile is never taken for levels. A text in which
nothing but a list follows the last such line has levels; every other text is a profile whole.
"""

from __future__ import annotations

from collections.abc import Iterable

from rallyapp.domain.frozen import frozen

LEAST_LEVELS = 3
HEADING = "Trigger levels:"
_BULLET = "- "


@frozen
class CrowdWords:
    """What the organiser wrote: who comes, and the trigger levels in order; a level that is empty prints nothing."""

    profile: str = ""
    levels: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Write it as the text of a rally plan's section: the levels are the list below their heading at its end."""
        profile = self.profile.strip()
        lines = [f"{_BULLET}{' '.join(level.split())}" for level in self.levels if level.strip()]
        # A profile that ends in such a list itself is kept from being read as levels by a heading below it.
        heading = [HEADING] if lines or _parted(profile)[0] != profile else []
        return "\n\n".join(part for part in (profile, "\n".join((*heading, *lines))) if part)


def crowd_words(texts: Iterable[str]) -> CrowdWords:
    """Read what was written, in one text or several; at least three levels are given, empty where there is none."""
    profile, levels = _parted("\n".join(texts))
    levels += [""] * (LEAST_LEVELS - len(levels))
    return CrowdWords(profile=profile, levels=tuple(levels))


def _parted(text: str) -> tuple[str, list[str]]:
    lines = text.strip().split("\n")
    end = len(lines)
    while end and lines[end - 1].startswith(_BULLET):
        end -= 1
    if not end or lines[end - 1].strip() != HEADING:
        return text.strip(), []
    return "\n".join(lines[: end - 1]).strip(), [line.removeprefix(_BULLET).strip() for line in lines[end:]]
