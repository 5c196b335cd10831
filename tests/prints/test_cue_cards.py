"""The chair's cue cards: a card for each item, what comes next, words to have ready, no private number."""

from __future__ import annotations

from typing import Any

import pytest

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import programme_issues
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PlanNoteId, ProgrammeItemId
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import PlanNote, ProgrammeItem, Rally, Section
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.cue_cards import CueCards
from rallyapp.prints.job import Look, Paper
from tests.prints.building import PRINTED, Southampton, at
from tests.prints.reading import pages, reader, squeezed


def batch(plan: Plan, rally: Rally, **more: Any) -> press.Batch:
    how: dict[str, Any] = {"printed": PRINTED, "version": 7, **more}
    return press.batch(plan, carried.law(), Document.CUE_CARDS, Audience.CHAIR, (rally.id,), **how)


def written(plan: Plan, rally: Rally, **more: Any) -> CueCards:
    values = batch(plan, rally, **more).pieces[0].values
    assert isinstance(values, CueCards)
    return values


def demo() -> tuple[Plan, Rally]:
    plan = Plan(DEMOS["southampton-2015"].records())
    return plan, plan.all(Rally)[0]


def test_each_item_has_a_card_with_what_comes_next_and_the_first_shows_them_all() -> None:
    plan, rally = demo()
    cards = written(plan, rally)
    assert len(cards.cards) == 15
    one = cards.cards[1]
    assert (one.time, one.minutes, one.ends, one.title) == ("11:35", "10", "11:45", "Why we are here")
    assert (one.who, one.of, one.cue) == ("Dr Marged Penhallow", "Junior doctors, Wessex (demo)", "MC introduces")
    assert (one.next_time, one.next_title, one.next_who) == (
        "11:45", "A shift in the emergency department", "Dr Babatunde Fairweather",
    )  # fmt: skip
    assert (cards.cards[-1].next_time, cards.cards[-1].next_title) == ("13:30", "Hard finish")
    assert cards.cards[12].fixed == "fixed, 2 min free before it"
    pdf = press.pdf(batch(plan, rally))
    shown = pages(pdf)
    assert len(shown) == 1 + 15 + len(cards.words) == 18
    for number, page in enumerate(shown, start=1):
        assert f"Card {number} of 18" in page
        assert "900155" not in page
    for card in cards.cards:
        assert card.time in shown[0]
        assert card.title in shown[0]
    assert "07700 900001" in shown[0]
    assert "Rosalind Tansley" in shown[0]
    assert "finish by" in shown[2]
    assert "NEXT 11:45 A shift in the emergency department" in shown[2]
    assert "reads the stop card" in shown[16]
    box = reader(pdf).pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (595, 420)


def test_on_a4_two_cards_share_a_page_so_that_the_cut_stack_is_in_order() -> None:
    plan, rally = demo()
    shown = pages(press.pdf(batch(plan, rally, look=Look(paper=Paper.A4, colour=False))))
    assert len(shown) == 9
    for number, page in enumerate(shown, start=1):
        assert f"Card {number} of 18" in page
        assert f"Card {number + 9} of 18" in page


def test_long_words_come_on_more_cards_and_an_issued_version_as_it_was() -> None:
    b = Southampton(state=StrikeState.CALLED_OFF)
    rally = b.rally()
    first = b.add(
        ProgrammeItem(id=ProgrammeItemId("i"), rally_id=rally.id, position=1, title="T" * 300, minutes=5, who="W" * 300)
    )
    text = "\n".join(f"- Say number {number}, and say it twice." for number in range(19))
    b.add(PlanNote(id=PlanNoteId("n"), rally_id=rally.id, section=Section.EMERGENCY, text=text))
    issue, lines = programme_issues.issue(b.plan(), rally, at=at("09:00"), by="Ann")
    b.records += [issue, *lines]
    (piece,) = batch(b.plan(), rally).pieces
    assert [card.title for card in piece.values.words] == [f"If something happens ({n} of 3)" for n in (1, 2, 3)]
    b.change(first, title="Short")
    last = {rally.id: LastPrint(since=7, lines={line.key: line.digest for line in piece.lines})}
    assert written(b.plan(), rally, before=last, choice="1").cards[0].title == "T" * 300
    now = written(b.plan(), rally, before=last)
    assert (now.cards[0].title, now.cards[0].mark) == ("Short", "changed")
    shown = pages(press.pdf(batch(b.plan(), rally, before=last)))
    assert all("STOOD DOWN" in page for page in shown)
    assert "changed since version 7" in shown[1]
    assert "W" * 300 in squeezed(shown[1])
    assert "Say number 18" in shown[4]


def test_cards_without_a_running_order_are_one_sentence() -> None:
    b = Southampton()
    rally = b.rally()
    with pytest.raises(UserError, match=r"^There is nothing to print: the running order of .* has no lines yet"):
        written(b.plan(), rally)
