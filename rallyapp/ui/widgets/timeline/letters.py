"""Letters with their measure, and names that are shown whole as far as there is room."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from rallyapp.ui import theme
from rallyapp.ui.theme import Type

MOST_WIDTHS = 5_000


@dataclass(slots=True)
class Letters:
    """A font with its measure."""

    font: QFont
    metrics: QFontMetricsF
    _widths: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, kind: Type, *, figures: bool = False, struck: bool = False) -> Letters:
        """Take a type of the theme."""
        font = theme.font(kind, figures=figures)
        font.setStrikeOut(struck)
        return cls(font, QFontMetricsF(font))

    def wide(self, text: str) -> float:
        """Measure a text in pixels; the same ones are asked for in every frame."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > MOST_WIDTHS:
                self._widths.clear()
            found = self._widths[text] = self.metrics.horizontalAdvance(text)
        return found

    def cut(self, text: str, width: float) -> str:
        """End a text in an ellipsis where it is too long; one that fits to the pixel is left alone."""
        if self.wide(text) <= width:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def names_in(letters: Letters, text: str, width: float, lines: int) -> list[str]:
    """Fill lines with whole names; where not all fit, end with how many more there are: "Aisha, Dai +3".

    Where a name alone is too long with its role, it stands without.
    """
    names = [name if letters.wide(f"{name},") <= width else name.partition(" (")[0] for name in text.split(", ")]
    out: list[str] = []
    for number, name in enumerate(names):
        rest = len(names) - number - 1
        more = f" +{rest}" if rest else ""
        last = len(out) == lines
        if out and letters.wide(f"{out[-1]}, {name}{more if last else ''}") <= width:
            out[-1] += f", {name}"
        elif not last:
            if out:
                out[-1] += ","
            out.append(name)
            if len(out) == lines and letters.wide(name + more) > width:
                out[-1] = letters.cut(name, width - letters.wide(more)) + more
                break
        else:
            out[-1] += f" +{rest + 1}"
            break
    return [letters.cut(line, width) for line in out]


def left_out(shown: list[str]) -> int:
    """Say how many names are only counted in what ``names_in`` gave."""
    more = re.search(r"\+(\d+)$", shown[-1]) if shown else None
    return int(more[1]) if more else 0
