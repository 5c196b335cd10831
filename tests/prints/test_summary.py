"""The campaign summary: numbers only, those that nobody wrote down said to be missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from rallyapp import carried
from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.plan import Plan
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Bullets, Table
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.summary import Bars, Numbers
from tests.prints.building import PRINTED, STRIKE, Southampton
from tests.prints.crowd import crowded
from tests.prints.reading import pages, text

LAW = carried.law()
AFTER = datetime(2015, 12, 3, 9, 0)


def batch(plan: Plan, audience: Audience = Audience.ORGANISER, at: datetime = AFTER, **more: Any) -> press.Batch:
    return press.batch(plan, LAW, Document.SUMMARY, audience, [""], printed=at, version=9, **more)


def sheet(plan: Plan, audience: Audience = Audience.ORGANISER, at: datetime = AFTER) -> Sheet:
    values = batch(plan, audience, at).pieces[0].values
    assert isinstance(values, Sheet)
    return values


def figures(made: Sheet) -> dict[str, tuple[str, str]]:
    (numbers,) = (block for block in made.blocks if isinstance(block, Numbers))
    return {each.label: (each.number, each.note) for each in numbers.numbers}


def said(made: Sheet) -> list[str]:
    return [item for block in made.blocks if isinstance(block, Bullets) for item in block.items]


def test_the_numbers_of_a_campaign_under_way() -> None:
    """Three leaders, fifteen with a role, three with odd names; some came, three walked in, 51 were counted."""
    plan = crowded().plan()
    found = figures(sheet(plan))
    assert found["strike days held"] == ("0 of 3", "")
    # The table counts pickets; who is on the rota only elsewhere is told apart, so that the numbers agree.
    days = next(block for block in sheet(plan).blocks if isinstance(block, Table))
    assert days.rows[-1][0].text == "All pickets, without what was stood down"
    at_pickets, all_of_them = int(days.rows[-1][3].text), int(found["on the rota"][0])
    others = all_of_them - at_pickets
    assert others > 0
    assert found["on the rota"][1] == f"{at_pickets} at pickets, {others} only at rallies and stalls"
    assert found["pickets"] == ("5", "15 h of picketing")
    assert found["signed in"] == ("9", "3 walk-ins among them")
    assert found["largest head-counts"] == ("51", "45 supporters among them")
    assert found["sign-ups at stalls"] == ("38", "")
    (chart,) = (block for block in sheet(plan).blocks if isinstance(block, Bars))
    day, off, bars = chart.rows[0]
    assert (day, off) == ("Tue 1 Dec 2015", "")
    assert [bar.words for bar in bars] == ["22 on the rota", "9 signed in", "51 head-count"]
    assert [len(bars) for _, _, bars in chart.rows[1:]] == [1, 1]
    words = " ".join(said(sheet(plan)))
    assert "1 incident at pickets" in words
    assert "Tue 1 Dec 2015 is over and not marked as held" in words
    assert "How many came to the rally is not kept in this plan." in words


def test_the_public_copy_has_the_numbers_and_leaves_out_incidents_and_the_roster() -> None:
    page = text(press.pdf(batch(crowded().plan(), Audience.PUBLIC)))
    assert "Numbers only: it names nobody." in page
    assert "STRIKE DAYS HELD" in page
    assert "incident" not in page
    assert "roster" not in page


def test_a_day_that_was_called_off_is_struck_and_adds_nothing() -> None:
    plan = crowded(StrikeState.CALLED_OFF).plan()
    made = sheet(plan)
    assert figures(made)["strike days held"] == ("0 of 3", "1 stood down")
    assert figures(made)["signed in"] == ("\u2013", "not known")
    days = next(block for block in made.blocks if isinstance(block, Table))
    assert [cell.struck for cell in days.rows[0]] == [True, False, True, True, True, True, True]
    assert days.rows[0][1].text == "CALLED OFF"
    assert not [block for block in made.blocks if isinstance(block, Bars)]  # the other days are to come


def test_held_days_that_nobody_counted_say_so() -> None:
    b = Southampton(state=StrikeState.HELD)
    for _ in range(2):
        b.shift(b.picket(b.day, b.main, "08:00", None), "08:00", "09:00")
    b.put(b.person("Ann", "Archer"), next(each for each in b.records if hasattr(each, "meet_minutes")))
    made = sheet(b.plan())
    assert figures(made)["strike days held"] == ("1 of 1", "")
    assert made.place == "1 strike day: 1 held"
    assert "At 2 of 2 pickets nobody counted heads." in said(made)
    assert "Of 1 of the 1 on the rota nobody wrote down whether they came." in said(made)
    assert "2 pickets have no end: the hours are those of the shifts." in said(made)
    (chart,) = (block for block in made.blocks if isinstance(block, Bars))
    assert [bar.words for bar in chart.rows[0][2]] == [
        "1 on the rota",
        "signed in: not known",
        "head-count: not known",
    ]


def test_an_empty_plan_has_a_summary_of_noughts() -> None:
    b = Southampton()
    plan = Plan(each for each in b.records if not isinstance(each, StrikeDay))
    page = text(press.pdf(batch(plan, at=PRINTED)))
    assert "No strike day has been planned." in page
    assert "No rally has been planned." in page
    assert "What is not known" not in page


def test_sixty_days_fill_pages_and_what_changed_since_the_last_print_is_marked() -> None:
    b = Southampton()
    for week in range(1, 61):
        first = STRIKE + timedelta(days=7 * week)
        b.add(replace(b.day, id=cast(Any, f"day {week:02}"), first_date=first, last_date=first, end_time=None))
    (piece,) = batch(b.plan()).pieces
    last = press.NEVER.__class__(since=8, lines={line.key: line.digest for line in piece.lines})
    b.change(b.day, state=StrikeState.HELD)
    again = batch(b.plan(), before={"": last})
    assert again.pieces[0].changed == (b.day.id,)
    found = pages(press.pdf(again))
    assert "changed" in found[0]
    assert all("Head- count" in page for page in found[1:3])
    assert found[-1].endswith("check with your union.")
