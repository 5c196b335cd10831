"""The gaps list: what a noticeboard asks for without a name, and what an organiser works through."""

from __future__ import annotations

import re
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PostId, ShiftId
from rallyapp.domain.pickets import Assignment, AssignmentState, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.gaps import Gaps
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.press import Batch
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.reading import pages, squeezed, text

PHONE = re.compile(r"0\d[\d ]{8,12}\d")


def made(plan: Plan, audience: Audience = Audience.NOTICEBOARD, **more: Any) -> Batch:
    abouts = more.pop("abouts", None) or press.pieces(plan, Document.GAPS)
    return press.batch(
        plan, carried.law(), Document.GAPS, audience, abouts, **{"printed": PRINTED, "version": 7, **more}
    )


def gaps(batch: Batch) -> Gaps:
    (piece,) = batch.pieces
    assert isinstance(piece.values, Gaps)
    return piece.values


def short(**more: Any) -> Southampton:
    """08:00 lacks one picket, 09:00 everybody, a steward post its one; the 10:00 shift is full."""
    b = Southampton(**more)
    picket = b.picket(b.day, b.main, meet="By the shelter, ask Jo on 07700 900999")
    first, _, full = (b.shift(picket, f"{h:02}:00", f"{h + 1:02}:00") for h in (8, 9, 10))
    for shift, many in ((first, 2), (full, 3)):
        b.put(b.person("Lead", f"Of{many}"), shift, Role.SUPERVISOR)
        for n in range(many):
            b.put(b.person(f"Given{n}", f"Familyname{n}", phone=f"07700 90010{n}"), shift)
    for given, state in (("Askedwoman", AssignmentState.ASKED), ("Nosayer", AssignmentState.DECLINED)):
        b.put(b.person(given, "Byrne", phone="07700 900555"), first, state=state)
    b.change(next(r for r in b.records if isinstance(r, Assignment)), state=AssignmentState.RECONFIRM)
    rally = b.rally()
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Stage left"))
    b.need(
        b.add(Shift(id=ShiftId("at post"), post_id=PostId("post"), starts=at("11:00"), ends=at("13:00"))),
        Role.STEWARD,
        1,
        1,
        1,
    )
    return b


def test_the_noticeboard_asks_for_people_and_names_nobody() -> None:
    b = short()
    b.put(b.person("One", "More"), next(r for r in b.records if isinstance(r, Shift)), state=AssignmentState.DECLINED)
    batch = made(b.plan())
    found = gaps(batch)
    assert found.title == "Can you come?"
    asked = f"Tell the picket organiser at any entrance, or ring the duty phone, {DUTY_PHONE}."
    assert found.come.replace("\u00a0", " ") == asked
    assert [(site.site, [place.place for place in site.places]) for site in found.sites] == [
        ("Southampton General Hospital", ["Main entrance"]),
        ("Southampton Guildhall", ["Stage left"]),
    ]
    assert [(row.times, row.needed) for site in found.sites for place in site.places for row in place.rows] == [
        ("09:00\u201310:00", ("1 picket organiser", "3 pickets")),
        ("11:00\u201313:00", ("1 steward",)),
    ]
    assert found.many == 5
    shown = text(press.pdf(batch))
    assert set(PHONE.findall(shown)) == {DUTY_PHONE}
    for word in ("Byrne", "Familyname", "Given", "Askedwoman", "Jo on 07700", "Tick"):
        assert word not in shown
    assert "2 of 4 shifts that day have all the people they need." in shown
    assert "Names nobody." in shown


def test_the_organiser_reads_who_was_asked_and_who_said_no() -> None:
    b = short()
    first = next(r for r in b.records if isinstance(r, Shift))
    b.change(
        next(r for r in b.records if isinstance(r, Assignment) and r.shift_id == first.id and r.role is Role.PICKET),
        state=AssignmentState.WITHDRAWN,
    )
    b.change(
        next(r for r in b.records if isinstance(r, Assignment) and r.state is AssignmentState.ASKED),
        state=AssignmentState.DECLINED,
    )
    batch = made(b.plan(), Audience.ORGANISER)
    row = gaps(batch).sites[0].places[0].rows[0]
    assert (row.needed, row.have) == (("2 pickets",), ("1 of 3",))
    assert gaps(batch).title == "7 places to fill"
    shown = squeezed(text(press.pdf(batch)))
    for words in (
        "have 1 of 3",
        "To reconfirm: Lead Of2",
        "Said no: Askedwoman Byrne 07700 900555 and Nosayer Byrne 07700 900555",
        "Drew back: Given0 Familyname0 07700 900100",
        "meet: By the shelter, ask Jo on 07700 900999",
        "Shred after",
    ):
        assert squeezed(words) in shown


@pytest.mark.parametrize("audience", [Audience.NOTICEBOARD, Audience.ORGANISER])
def test_where_nothing_is_short_it_says_so(audience: Audience) -> None:
    b = Southampton()
    b.put(b.person("Ann"), b.shift(b.picket(b.day, b.main), "08:00", "09:00", least=0), Role.SUPERVISOR)
    found = gaps(made(b.plan(), audience))
    assert (found.title, found.many, found.sites) == ("Nothing is short", 0, ())
    shown = text(press.pdf(made(b.plan(), audience)))
    assert "Nothing is short" in shown
    assert "1 of 1 shift that day has all the people it needs." in shown


def test_a_day_called_off_needs_nobody_and_a_day_without_shifts_has_no_list() -> None:
    batch = made(short(state=StrikeState.SUSPENDED).plan())
    assert (gaps(batch).title, gaps(batch).many) == ("Nobody is needed", 0)
    assert "STOOD DOWN The strike day is suspended: do not come." in text(press.pdf(batch))
    with pytest.raises(UserError, match=r"^There is nothing to print: Tue 1 Dec 2015 has no shifts yet\.$"):
        made(Southampton().plan())
    with pytest.raises(UserError, match="this strike day is not in the plan any more"):
        made(short().plan(), abouts=("day that was",))


def test_a_new_print_marks_what_is_shorter_and_counts_what_was_filled() -> None:
    b = short()
    (piece,) = made(b.plan(), version=3).pieces
    before = {piece.about: LastPrint(since=3, lines={line.key: line.digest for line in piece.lines})}
    assert gaps(made(b.plan(), before=before)).status_words == "Nothing here has changed since version 3."
    second = [r for r in b.records if isinstance(r, Shift)][1]
    b.put(b.person("New", "Lead"), second, Role.SUPERVISOR)
    b.put(b.person("New", "Steward"), b.plan().get(Shift, "at post"), Role.STEWARD)
    again = made(b.plan(), before=before)
    assert gaps(again).status == "CHANGED SINCE VERSION 3"
    assert gaps(again).status_words == (
        "What changed says \u201cchanged\u201d. 1 shift is no longer short. Take the old list down."
    )
    assert squeezed("09:00\u201310:00 changed") in squeezed(text(press.pdf(again)))
    for each in range(3):
        b.put(b.person(f"Filler{each}"), second)
    filled = gaps(made(b.plan(), before=before))
    assert (filled.title, filled.status_words) == (
        "Nothing is short",
        "2 shifts are no longer short. Take the old list down.",
    )


def test_sixty_gaps_go_over_pages_with_their_place_and_heading() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, "00:00", "23:30")
    for n in range(46):
        b.shift(picket, *(f"{m // 60:02}:{m % 60:02}" for m in (n * 30, n * 30 + 30)))
    for look in (Look(), Look(paper=Paper.A3, colour=False), Look(large=True)):
        for audience in (Audience.NOTICEBOARD, Audience.ORGANISER):
            shown = pages(press.pdf(made(b.plan(), audience, look=look)))
            assert len(shown) > 1
            for number, page in enumerate(shown, start=1):
                assert f"Page {number} of {len(shown)}" in page
                assert "Southampton General Hospital" in page
                assert "Main entrance" in page
                assert ("(continued)" in page) is (number > 1)
            assert sum(page.count("3 pickets") for page in shown) == 46
