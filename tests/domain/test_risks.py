"""The risk assessment: scores, bands, the grid, and the starters."""

from __future__ import annotations

from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain import risks
from rallyapp.domain.ids import RallyId, RiskId
from rallyapp.domain.rallies import Risk
from rallyapp.domain.records import problems_of
from rallyapp.domain.risks import Band

RALLY = RallyId("rally")


def risk(id: str, before: tuple[int, int] = (3, 3), after: tuple[int, int] | None = None, **other: Any) -> Risk:
    """Make a hazard."""
    left = {"left_likelihood": after[0], "left_severity": after[1]} if after else {}
    values = {"hazard": id, "likelihood": before[0], "severity": before[1], **left, **other}
    return Risk(id=RiskId(id), rally_id=RALLY, **values)


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1, "low"),
        (4, "low"),
        (5, "medium"),
        (9, "medium"),
        (10, "high"),
        (14, "high"),
        (15, "very high"),
        (25, "very high"),
    ],
)
def test_a_score_lies_in_a_band(score: int, band: str) -> None:
    assert risks.band(score).words == band
    assert risks.score_words(score) == f"{score} {band}"
    assert [each.level for each in Band] == [0, 1, 2, 3]


def test_a_line_has_a_score_before_and_after() -> None:
    bare, judged = risk("bare"), risk("judged", (3, 4), (1, 4))
    assert (risks.before(bare), risks.after(bare), risks.now(bare), risks.left(bare)) == (9, None, 9, None)
    assert (risks.before(judged), risks.after(judged), risks.now(judged)) == (12, 4, 4)
    assert risks.score_words(None) == ""


def test_what_does_not_fit_is_said() -> None:
    assert risks.fault(risk("a")) == risks.fault(risk("b", (3, 3), (3, 3))) == ""
    assert risks.fault(risk("c", left_likelihood=2)) == "Enter likelihood and severity after the control, both"
    worse = risk("d", (3, 3), (3, 4))
    assert risks.fault(worse) == "More is left after the control (12) than there was before it (9)"


def test_lines_keep_their_order_until_the_worst_is_put_first() -> None:
    low = risk("low", (5, 5), (1, 1), position=1)
    high = risk("high", (3, 4), position=2)
    also = risk("also", (4, 4), (3, 4), position=3)
    assert risks.in_order([also, low, high]) == [low, high, also]
    moved = risks.worst_first([also, low, high])
    assert [(each.id, each.position) for each in moved] == [("also", 1), ("low", 3)]
    assert risks.worst_first([]) == []
    assert risks.next_position([]) == 1
    assert risks.next_position([low, also]) == 4
    assert risks.summary([low, high, also]) == "3 hazards: 2 high, 1 low"
    assert risks.summary([high]) == "1 hazard: 1 high"
    assert risks.summary([]) == ""


def test_the_grid_says_what_lies_where() -> None:
    found = risks.grid([risk("b", (3, 4), (1, 4), position=2), risk("a", (3, 4), position=1), risk("c", (1, 4))])
    assert (found[3, 4].before, found[3, 4].after) == (("a", "b"), ())
    assert (found[1, 4].before, found[1, 4].after) == (("c",), ("b",))
    assert len(found) == 2
    assert risks.cell_words((3, 4), found[3, 4]) == (
        "Likelihood 3 (possible), severity 4 (major), score 12, high: 2 before, 0 after"
    )
    assert risks.cell_words((1, 1), None).endswith("score 1, low: 0 before, 0 after")


# ------------------------------------------------------------------------------------------- the starters
def test_the_starters_are_whole_and_can_be_kept() -> None:
    known = carried.hazards()
    assert 25 <= len(known) <= 35
    assert len({each.hazard.casefold() for each in known}) == len(known)
    for place, each in enumerate(known):
        made = risks.from_starter(each, RALLY, RiskId(str(place)), place)
        assert problems_of(made) == ()
        assert risks.fault(made) == ""
        assert (made.owner, made.position) == ("", place)


def test_starters_are_found_by_what_is_typed_and_known_when_used() -> None:
    known = carried.hazards()
    assert [each.hazard for each in risks.matching(known, "LIGHTNING")] == ["Lightning"]
    assert "Weather" in {each.group for each in risks.matching(known, "gazebo weights")}
    assert risks.matching(known, "") == list(known)
    assert risks.matching(known, "zebra") == []
    used = [risk("x", hazard=known[0].hazard.upper())]
    assert risks.is_used(known[0], used)
    assert not risks.is_used(known[1], used)


@pytest.mark.parametrize(
    "changed",
    [{"hazard": "", "harmed": "All"}, {"before": [3]}, {"before": [6, 1]}, {"after": [0, 1]}, {"after": [5, 5]}],
)
def test_a_starter_that_cant_be_meant_is_refused(changed: dict[str, Any]) -> None:
    row = {"hazard": "Cold", "harmed": "All", "control": "Coats", "before": [3, 3], "after": [2, 2], **changed}
    with pytest.raises(ValueError, match="The starter hazard"):
        risks.starters({"groups": [{"title": "Weather", "hazards": [row]}]})
