"""The risk assessment: scores and bands, how hazards lie in the grid, and the starters that are offered.

Likelihood and severity run from 1 to 5, the score is their product. The bands are our own: no rule sets them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import RallyId, RiskId
from rallyapp.domain.rallies import Risk

MOST = 5  # of likelihood and of severity
LIKELIHOODS = ("rare", "unlikely", "possible", "likely", "almost certain")
SEVERITIES = ("trifling", "minor", "moderate", "major", "grave")


class Band(Enum):
    """How much a score asks for; the value is the least score of the band."""

    LOW = 1
    MEDIUM = 5
    HIGH = 10
    VERY_HIGH = 15

    @property
    def words(self) -> str:
        """As a person writes it: very high."""
        return self.name.lower().replace("_", " ")

    @property
    def level(self) -> int:
        """0 for the lowest."""
        return list(Band).index(self)


BANDS_SAY = (
    "Low 1 to 4, medium 5 to 9, high 10 to 14, very high 15 to 25: RallyApp\u2019s own bands, "
    "not law. Go by your council\u2019s or insurer\u2019s where they have some."
)


def band(score: int) -> Band:
    """Give the band of a score from 1 to 25."""
    return max((each for each in Band if each.value <= score), key=lambda each: each.value)


def before(risk: Risk) -> int:
    """Give the score before anything is done about it."""
    return risk.likelihood * risk.severity


def after(risk: Risk) -> int | None:
    """Give the score that is left; None where that was not judged."""
    cell = left(risk)
    return cell[0] * cell[1] if cell else None


def left(risk: Risk) -> tuple[int, int] | None:
    """Give the likelihood and the severity that are left; None until both were judged."""
    if risk.left_likelihood is None or risk.left_severity is None:
        return None
    return risk.left_likelihood, risk.left_severity


def now(risk: Risk) -> int:
    """Give the score that counts: what is left, or what was before where that was not judged."""
    found = after(risk)
    return before(risk) if found is None else found


def score_words(score: int | None) -> str:
    """Write a score with its band: "12 high"; nothing where it was not judged."""
    return "" if score is None else f"{score} {band(score).words}"


def fault(risk: Risk) -> str:
    """Say what does not fit in a line: more is left than there was, or half of what is left was judged."""
    found = after(risk)
    if found is None and (risk.left_likelihood is None) != (risk.left_severity is None):
        return "Enter likelihood and severity after the control, both"
    if found is not None and found > before(risk):
        return f"More is left after the control ({found}) than there was before it ({before(risk)})"
    return ""


def in_order(risks: Iterable[Risk]) -> list[Risk]:
    """Give the lines in the order in which they are printed."""
    return sorted(risks, key=lambda risk: (risk.position, risk.hazard, risk.id))


def worst_first(risks: Iterable[Risk]) -> list[Risk]:
    """Give the lines that must be written so that the worst stands first: by what is left, then by what was."""
    wanted = sorted(in_order(risks), key=lambda risk: (-now(risk), -before(risk)))
    return [replace(risk, position=place) for place, risk in enumerate(wanted, start=1) if risk.position != place]


def summary(risks: Iterable[Risk]) -> str:
    """Count the hazards by the band of what is left: "12 hazards: 1 very high, 3 medium, 8 low"."""
    listed = list(risks)
    if not listed:
        return ""
    found = [band(now(risk)) for risk in listed]
    words = [f"{found.count(each)} {each.words}" for each in reversed(Band) if each in found]
    number = "1 hazard" if len(listed) == 1 else f"{len(listed)} hazards"
    return f"{number}: {', '.join(words)}"


Cell = tuple[int, int]  # likelihood, severity


@frozen
class Square:
    """The hazards that lie in one square of the grid, before and after what is done about them."""

    before: tuple[RiskId, ...] = ()
    after: tuple[RiskId, ...] = ()


def grid(risks: Iterable[Risk]) -> Mapping[Cell, Square]:
    """Say which hazards lie in which square; squares without any are left out."""
    found: dict[Cell, Square] = {}
    for risk in in_order(risks):
        cell = (risk.likelihood, risk.severity)
        found[cell] = replace(found.get(cell, Square()), before=(*found.get(cell, Square()).before, risk.id))
        if (rest := left(risk)) is not None:
            found[rest] = replace(found.get(rest, Square()), after=(*found.get(rest, Square()).after, risk.id))
    return found


def cell_words(cell: Cell, square: Square | None) -> str:
    """Say a square of the grid for those who can't see it."""
    likelihood, severity = cell
    score = likelihood * severity
    here = square or Square()
    return (
        f"Likelihood {likelihood} ({LIKELIHOODS[likelihood - 1]}), severity {severity} ({SEVERITIES[severity - 1]}), "
        f"score {score}, {band(score).words}: {len(here.before)} before, {len(here.after)} after"
    )


# ---------------------------------------------------------------------------------------- what is offered
@frozen
class Starter:
    """A hazard to choose from: its group, and a line with starting figures that the organiser must judge."""

    group: str
    hazard: str
    harmed: str
    control: str
    before: Cell
    after: Cell


def starters(table: Any) -> tuple[Starter, ...]:
    """Read the table of starters: groups in order, each with its hazards; raises ValueError for what can't be meant."""
    found = []
    for group in table["groups"]:
        for row in group["hazards"]:
            texts = (row["hazard"], row["harmed"], row["control"])
            cells = (tuple(row["before"]), tuple(row["after"]))
            wrong = [cell for cell in cells if len(cell) != 2 or not all(1 <= part <= MOST for part in cell)]
            if wrong or not all(texts) or cells[1][0] * cells[1][1] > cells[0][0] * cells[0][1]:
                raise ValueError(f"The starter hazard \u201c{row['hazard']}\u201d is not right.")
            found.append(
                Starter(
                    group=group["title"],
                    hazard=texts[0],
                    harmed=texts[1],
                    control=texts[2],
                    before=cells[0],
                    after=cells[1],
                )
            )
    return tuple(found)


def is_used(starter: Starter, risks: Iterable[Risk]) -> bool:
    """Say whether a starter is among the lines already, by its name."""
    return any(_plain(risk.hazard) == _plain(starter.hazard) for risk in risks)


def matching(known: Iterable[Starter], typed: str) -> list[Starter]:
    """Find the starters in which every typed word occurs, in whatever part of them."""
    words = _plain(typed).split()
    return [
        each
        for each in known
        if all(word in _plain(f"{each.group} {each.hazard} {each.harmed} {each.control}") for word in words)
    ]


def from_starter(starter: Starter, rally: RallyId, id: RiskId, position: int) -> Risk:
    """Make a line of a starter; its figures are to be judged."""
    return Risk(
        id=id,
        rally_id=rally,
        position=position,
        hazard=starter.hazard,
        harmed=starter.harmed,
        control=starter.control,
        likelihood=starter.before[0],
        severity=starter.before[1],
        left_likelihood=starter.after[0],
        left_severity=starter.after[1],
    )


def next_position(risks: Iterable[Risk]) -> int:
    """Give the position behind the last line."""
    return max((risk.position for risk in risks), default=0) + 1


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())
