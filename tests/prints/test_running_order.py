"""The running order on paper: times that add up, as it stands or as it was issued, for whom it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import programme_issues
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import ProgrammeItemId, SpeakerId, TeamMemberId
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Override, ProgrammeItem, Rally, Speaker, TeamMember, TeamRole
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.running_order import RunningOrder
from tests.prints.building import PRINTED, Southampton, at
from tests.prints.reading import pages, squeezed, text

ORGANISER, CHAIR, PUBLIC = Audience.ORGANISER, Audience.CHAIR, Audience.PUBLIC


def batch(plan: Plan, rally: Rally, audience: Audience = ORGANISER, **more: Any) -> press.Batch:
    how: dict[str, Any] = {"printed": PRINTED, "version": 7, **more}
    return press.batch(plan, carried.law(), Document.RUNNING_ORDER, audience, (rally.id,), **how)


def written(plan: Plan, rally: Rally, audience: Audience = ORGANISER, **more: Any) -> RunningOrder:
    values = batch(plan, rally, audience, **more).pieces[0].values
    assert isinstance(values, RunningOrder)
    return values


def item(b: Southampton, rally: Rally, number: int, title: str, minutes: int, **more: Any) -> ProgrammeItem:
    made = ProgrammeItem(
        id=ProgrammeItemId(f"item{number}"), rally_id=rally.id, position=number, title=title, minutes=minutes, **more
    )
    return b.add(made)


def programme() -> tuple[Southampton, Rally]:
    """A welcome, a speech by somebody who is not confirmed, a close at a fixed time."""
    b = Southampton()
    rally = b.rally()
    b.add(
        TeamMember(id=TeamMemberId("t"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, name="Ros", phone="07700 900155")
    )
    speaker = b.add(
        Speaker(
            id=SpeakerId("s"), rally_id=rally.id, name="Dr Hyacinth Penhallow", organisation="Junior doctors",
            contact="07700 900177",
        )
    )  # fmt: skip
    item(b, rally, 1, "Welcome", 5, who="MC", stage_note="Read the card", cue="Square filling")
    item(b, rally, 2, "Speech", 20, speaker_id=speaker.id)
    item(b, rally, 3, "Close", 10, fixed=at("12:00"))
    return b, rally


# ------------------------------------------------------------------------------------------- what it says
def test_every_line_has_its_time_its_total_and_what_a_fixed_time_does() -> None:
    b, rally = programme()
    order = written(b.plan(), rally)
    assert [(row.time, row.title, row.who, row.minutes, row.total, row.fixed) for row in order.rows] == [
        ("11:30", "Welcome", "MC", "5", "5", ""),
        ("11:35", "Speech", "Dr Hyacinth Penhallow", "20", "25", ""),
        ("12:00", "Close", "", "10", "40", "fixed, 5 min free before it"),
    ]
    assert (order.rows[0].stage, order.rows[0].cue) == ("Read the card", "Square filling")
    assert (order.rows[1].of, order.rows[1].contact) == ("Junior doctors; TO CONFIRM", "07700\u00a0900177")
    assert (order.finish, order.finish_total, order.ends) == (
        "13:30",
        "120",
        "Ends 12:10, 1 h 20 min before the hard finish.",
    )
    assert (order.status, order.contact, order.phone) == ("DRAFT", "Ros, event lead", "07700\u00a0900155")
    item(b, rally, 0, "Overture", 120)
    over = written(b.plan(), rally)
    assert over.rows[-1].fixed == "fixed for 12:00, 1 h 55 min late"
    assert (over.over, over.ends) == (True, "Ends 14:05, 35 min after the hard finish: shorten it.")
    shown = text(press.pdf(batch(b.plan(), rally)))
    for words in ("11:30", "Overture", "fixed for 12:00, 1 h 55 min late", "shorten it.", "Began at", "Shred after"):
        assert words in shown


def test_an_issued_version_prints_as_it_was_and_says_what_has_been_issued_since() -> None:
    b, rally = programme()
    first, lines = programme_issues.issue(b.plan(), rally, at=at("09:00"), by="Ann Archer")
    b.records += [first, *lines]
    assert written(b.plan(), rally).status == "ISSUED VERSION 1"
    assert written(b.plan(), rally).status_words == "Issued on Tue 1 Dec 2015, 09:00. Nothing has changed since."
    b.change(next(one for one in b.records if isinstance(one, ProgrammeItem)), title="Hello", minutes=7)
    now = written(b.plan(), rally)
    assert (now.status, now.rows[0].title) == ("DRAFT AFTER VERSION 1", "Hello")
    assert now.status_words == "Changed since it was issued on Tue 1 Dec 2015, 09:00: 1 moved, 1 changed."
    then = written(b.plan(), rally, choice="1")
    assert (then.status, [row.title for row in then.rows]) == ("ISSUED VERSION 1", ["Welcome", "Speech", "Close"])
    assert then.status_words.endswith("Changed since: 1 moved, 1 changed.")
    second, lines = programme_issues.issue(b.plan(), rally, at=at("10:00"), by="Ann Archer")
    b.records += [second, *lines]
    old = written(b.plan(), rally, choice="1")
    assert old.status_words == "Issued on Tue 1 Dec 2015, 09:00. Version 2 has been issued since."
    shown = text(press.pdf(batch(b.plan(), rally, choice="1")))
    assert "ISSUED VERSION 1" in shown
    assert "from plan version 7" in shown
    assert "Ann Archer" not in shown
    with pytest.raises(UserError, match=r"has no version 5; choose 1 or 2, or none for .* as it is now\.$"):
        written(b.plan(), rally, choice="5")


def test_what_is_not_there_is_said_in_one_sentence() -> None:
    b = Southampton()
    rally = b.rally(title="Big\nrally")
    with pytest.raises(
        UserError, match=r"^There is nothing to print: .* \u201cBig rally\u201d has no lines yet; enter"
    ):
        written(b.plan(), rally)
    with pytest.raises(UserError, match=r"has no version 1; none was issued yet\.$"):
        written(b.plan(), rally, choice="1")


def test_changed_new_and_dropped_lines_are_told_against_the_last_print() -> None:
    b, rally = programme()
    issue, lines = programme_issues.issue(b.plan(), rally, at=at("09:00"), by="")
    b.records += [issue, *lines]
    (piece,) = batch(b.plan(), rally).pieces
    assert [line.key for line in piece.lines] == ["item1", "item2", "item3"]
    known: Mapping[str, str] = {line.key: line.digest for line in piece.lines}
    last = {rally.id: LastPrint(since=7, lines={**known, "gone": "x"})}
    assert written(b.plan(), rally, before=last).gone == "No longer on it: 1 line."
    b.records = [one for one in b.records if getattr(one, "id", "") != "item2"]
    item(b, rally, 4, "Song", 5)
    b.change(next(one for one in b.records if isinstance(one, ProgrammeItem)), cue="Choir sits")
    last = {rally.id: LastPrint(since=7, lines=known)}
    order = written(b.plan(), rally, before=last, version=9)
    assert [(row.title, row.mark) for row in order.rows] == [
        ("Welcome", "changed"),
        ("Close", "changed"),
        ("Song", "new"),
    ]
    assert order.gone == "No longer on it: 1 line (\u201cSpeech\u201d)."
    shown = text(press.pdf(batch(b.plan(), rally, before=last, version=9)))
    assert "Marked lines are not as they were on version 7" in shown
    assert "No longer on it: 1 line" in shown


# --------------------------------------------------------------------------------------------- for whom
def test_the_chair_has_no_private_number_and_the_public_has_times_items_and_confirmed_names_alone() -> None:
    b, rally = programme()
    steward = b.person("Zebedee", "Quillfeather", phone="07700 900166")
    confirmed = Speaker(id=SpeakerId("c"), rally_id=rally.id, name="Winifred Ashgrove", confirmed=True)
    b.add(confirmed)
    item(b, rally, 4, "Thanks", 5, speaker_id=confirmed.id, cue=f"{steward.name} waves; 07700 900166")
    chair, public = (text(press.pdf(batch(b.plan(), rally, audience))) for audience in (CHAIR, PUBLIC))
    for words in ("900177", "900155", "900166", "Quillfeather"):
        assert words not in chair
        assert words not in public
    for words in (
        "Dr Hyacinth Penhallow",
        "TO CONFIRM",
        "Zebedee Q",
        "Square filling",
        "07700 900001",
        "Ros, event lead",
    ):
        assert words in chair, words
        assert words not in public, words
    for words in (
        "11:35 Speech Junior doctors",
        "Winifred Ashgrove",
        "Finish",
        "Times as planned on",
        "Not issued yet",
    ):
        assert words in public, words
    assert "Total" not in public


def test_a_rally_that_is_stood_down_says_so_on_every_page() -> None:
    b = Southampton(state=StrikeState.CALLED_OFF)
    rally = b.rally()
    for number in range(60):
        item(b, rally, number, f"Line {number} of many", 2, who="Somebody with a longish name")
    order = written(b.plan(), rally)
    assert (order.off, order.status, order.status_words) == (True, "STOOD DOWN", "The strike day is called off. Draft.")
    shown = pages(press.pdf(batch(b.plan(), rally)))
    assert len(shown) > 2
    for page in shown:
        assert "STOOD DOWN" in page
        assert "Time Item and who" in page
        assert f"of {len(shown)}" in page
        assert page.count("of many") >= 2
    public = written(b.plan(), rally, PUBLIC)
    assert (public.status, public.status_words) == ("STOOD DOWN", "The strike day is called off.")
    decided = b.change(
        rally, override=Override.STOOD_DOWN, override_by="Ottoline", override_reason="The stage is broken"
    )
    assert written(b.plan(), decided).status_words == "The stage is broken. Draft."
    assert written(b.plan(), decided, PUBLIC).status_words == "This rally does not take place."


def test_it_loses_nothing_on_other_paper_and_names_of_any_length_and_letters_keep_their_row() -> None:
    plan = Plan(DEMOS["southampton-2015"].records())
    (rally,) = plan.all(Rally)
    usual = squeezed(text(press.pdf(batch(plan, rally))))
    for look in (Look(paper=Paper.A5, colour=False), Look(large=True), Look(paper=Paper.A3)):
        shown = squeezed(text(press.pdf(batch(plan, rally, look=look))))
        for row in written(plan, rally).rows:
            for words in (row.time, row.title, row.who, row.stage, row.cue):
                assert squeezed(words) in usual
                assert squeezed(words) in shown
    b = Southampton()
    odd = b.rally()
    for number, words in enumerate(
        ("W" * 300, "\u0645\u062d\u0645\u062f \u0639\u0628\u062f", "#strong[<b>] $x$ @a {{b}}")
    ):
        item(b, odd, number, words, 5, who=words, cue=words, stage_note=words)
    shown = text(press.pdf(batch(b.plan(), odd, printed=datetime(2015, 11, 29, 9, 6))))
    assert "#strong[<b>] $x$ @a {{b}}" in shown
    assert squeezed(shown).count("W" * 300) == 4
