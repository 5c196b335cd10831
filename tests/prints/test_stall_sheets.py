"""A stall's sheet: the charity learns everything about its stall and nothing about anybody on the roster."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.ids import AssignmentId, PartnerId, ShiftId, StallId, TallyId
from rallyapp.domain.people import Person, Standing
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState, Tally
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Block, Facts, Keep, Table
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.gatherings import LAW, batch, staffed, with_each
from tests.prints.reading import pages, squeezed, text


def sheets(plan: Plan, audience: Audience = Audience.CHARITY, **more: Any) -> press.Batch:
    return batch(plan, Document.STALLS, audience, **more)


def stall_of(plan: Plan) -> Stall:
    (stall,) = plan.all(Stall)
    return stall


def with_stall(plan: Plan, **fields: Any) -> Plan:
    return with_each(plan, Stall, lambda _: fields)


def parts(made: press.Batch) -> list[Block]:
    """List the parts of a sheet, those that are kept together too."""
    found = made.pieces[0].values.blocks
    return [each for block in found for each in (block.blocks if isinstance(block, Keep) else (block,))]


def facts(made: press.Batch) -> dict[str, str]:
    """Give all facts of a sheet by their labels."""
    return {label: value for block in parts(made) if isinstance(block, Facts) for label, value in block.rows}


def tables(made: press.Batch) -> list[Table]:
    """List the tables of a sheet: the shifts, where there are any, and what is counted."""
    return [block for block in parts(made) if isinstance(block, Table)]


def staffed_stall() -> Plan:
    """Put one of the charity's own on each of the stall's shifts."""
    plan = staffed()
    own = [person for person in plan.all(Person) if person.standing is Standing.PARTNER]
    shifts = plan.of(Shift, "stall_id", stall_of(plan).id)
    return plan.changed(
        [
            Assignment(id=AssignmentId(f"own-{n}"), shift_id=shift.id, person_id=person.id, role=Role.STALL)
            for n, (shift, person) in enumerate(zip(shifts, own, strict=False))
        ],
        (),
    )


def test_the_charitys_copy_names_nobody_and_the_organisers_everybody() -> None:
    plan = staffed_stall()
    charity, organiser = (text(press.pdf(sheets(plan, each))) for each in (Audience.CHARITY, Audience.ORGANISER))
    own = [plan.get(Person, each.person_id) for each in plan.all(Assignment) if each.id.startswith("own-")]
    assert own
    for person in own:
        assert squeezed(person.name) in squeezed(organiser)
        assert squeezed(person.name) not in squeezed(charity)
    for words in ("Akosua Mensah", "Jodie Marchbank"):
        assert words in organiser
        assert words not in charity
    known = facts(sheets(plan))
    assert known["Ask for"] == "The stalls lead, at the rally"
    assert squeezed(known["Or ring"]) == squeezed(f"{DUTY_PHONE}, the union\u2019s duty phone")
    assert squeezed(known["Or ring"]) in squeezed(charity)
    assert "Shows who is in a trade union" not in charity
    for words in ("Left of the stage, pin 2", "3 \u00d7 3 m", "Charity number 803716", "Small van", "100 kits"):
        assert words in charity
    assert (known["Arrive"], known["Ready by"], known["The rally"], known["Leave"]) == (
        "10:15",
        "11:00",
        "11:30\u201313:30",
        "14:15",
    )
    assert known["On the site plan"] == "Number 2"
    assert known["Tables and chairs"] == "2 tables and 4 chairs, from Branch"
    assert known["Volunteers"] == "4, trained"
    assert known["Money"] == "None is collected"
    assert known["Toilets"].startswith("Ask at the Guildhall")


def test_sign_ups_are_counted_and_nobody_is_written_down() -> None:
    plan = staffed()
    stall = stall_of(plan)
    made = sheets(plan)
    count = tables(made)[-1]
    assert [row[0].text for row in count.rows] == ["11:00", "11:30", "12:00", "12:30", "13:00"]
    assert count.tall >= 9
    last = pages(press.pdf(made))[-1]
    assert "No donors\u2019 names on this sheet. Their forms are the charity\u2019s own." in last
    assert "Counted in the plan" not in last
    tally = Tally(id=TallyId("t"), stall_id=stall.id, at=at("12:45"), count=38)
    assert "Counted in the plan so far: 38 of 60 at 12:45." in text(press.pdf(sheets(plan.changed([tally], ()))))


@pytest.mark.parametrize(
    ("fields", "off", "word", "sentence"),
    [
        ({}, False, "CONFIRMED", "Bring this sheet with you."),
        ({"state": StallState.OFFERED}, False, "OFFERED", "Not confirmed yet."),
        ({"state": StallState.STOOD_DOWN}, False, "STOOD DOWN", "This stall does not take place."),
        ({}, True, "YOUR DECISION", "The strike is off: say whether you come all the same."),
        ({"if_off": IfOff.STANDS_DOWN}, True, "STOOD DOWN", "This stall does not take place."),
        ({"if_off": IfOff.GOES_AHEAD}, True, "CONFIRMED", "Bring this sheet with you."),
    ],
)
def test_the_banner_says_how_the_stall_stands(fields: dict[str, Any], off: bool, word: str, sentence: str) -> None:
    plan = with_stall(staffed(), **fields)
    if off:
        plan = with_each(plan, StrikeDay, lambda _: {"state": StrikeState.CALLED_OFF})
    values = sheets(plan).pieces[0].values
    assert (values.status, values.status_words) == (word, sentence)
    assert values.off is (word == "STOOD DOWN")
    told = {IfOff.UNDECIDED: "Not decided yet", IfOff.GOES_AHEAD: "comes all", IfOff.STANDS_DOWN: "stands down too"}
    assert told[stall_of(plan).if_off] in text(press.pdf(sheets(plan)))
    if word == "YOUR DECISION":
        own = sheets(plan, Audience.ORGANISER).pieces[0].values
        assert own.status == "NOT DECIDED"
        assert "the partner has not said" in own.status_words


def test_a_bare_stall_at_a_picket_says_what_is_not_entered() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, end=None)
    partner = b.add(Partner(id=PartnerId("p"), name="<b>Anthony</b> #Nolan"))
    stall = b.add(
        Stall(
            id=StallId("s"), partner_id=partner.id, picket_id=picket.id, money_collected=True, volunteers_wanted=2,
            if_off=IfOff.STANDS_DOWN, stood_down_told_at=at("07:30"),
        )
    )  # fmt: skip
    made = sheets(b.plan())
    known = facts(made)
    assert known["Ask for"] == "Whoever is in charge of the picket, at its entrance"
    assert known["Papers seen by us"] == "None yet"
    assert (known["Pitch"], known["Arrive"], known["Tables and chairs"]) == ("", "", "")
    assert known["Volunteers"] == "2, NOT TRAINED YET"
    assert known["Money"] == "Collected; permit NOT ENTERED"
    assert known["You were told"] == "Tue 1 Dec 2015, 07:30"
    assert known["Toilet"] == "Caf\u00e9"
    read = text(press.pdf(made))
    for words in ("<b>Anthony</b> #Nolan stall", "Insurance certificate: we have NOT SEEN it yet", "Collection permit"):
        assert words in read
    stall = b.change(stall, volunteers_wanted=0)
    assert facts(sheets(b.plan()))["Volunteers"] == ""
    # What the union has seen is not brought again.
    stall = b.change(stall, insurance_seen=True, risk_assessment_seen=True)
    assert facts(sheets(b.plan()))["Papers seen by us"] == "Insurance certificate and risk assessment"
    assert "NOT SEEN" not in text(press.pdf(sheets(b.plan())))
    shift = b.add(Shift(id=ShiftId("early"), stall_id=stall.id, starts=at("07:20"), ends=at("15:40")))
    b.add(Shift(id=ShiftId("off"), stall_id=stall.id, starts=at("08:00"), ends=at("09:00"), cancelled=True, reason="x"))
    b.need(shift, Role.STALL, 9, 9, 9)
    table = tables(sheets(b.plan(), Audience.ORGANISER))[-2]
    assert [row[0].text for row in table.rows] == ["07:20\u201315:40", "08:00\u201309:00"]
    assert table.rows[0][2].text.endswith("and 3 more")
    assert (table.rows[1][1].text, table.rows[1][0].small, table.rows[1][2].struck) == ("\u2013", "stood down", True)
    times = [row[0].text for row in tables(sheets(b.plan()))[-1].rows]
    assert (times[0], len(times)) == ("07:00", 12)
    with pytest.raises(UserError, match="no such stall"):
        press.batch(b.plan(), LAW, Document.STALLS, Audience.CHARITY, ["gone"], printed=PRINTED, version=1)


def test_what_changed_since_the_last_print_is_said_at_the_top() -> None:
    plan = staffed()
    first = sheets(plan)
    new = with_stall(plan, pitch="Right of the stage", if_off=IfOff.GOES_AHEAD, permit="P-1", money_collected=True)
    (shift, _) = sorted(new.of(Shift, "stall_id", stall_of(new).id), key=lambda each: each.starts)
    (need,) = new.of(Need, "shift_id", shift.id)
    new = new.changed([replace(need, wished=3)], ())
    read = pages(press.pdf(sheets(new, last=first)))
    assert "Changed since version 4: pitch, money and if the strike is off." in read[0]
    assert "Collected; permit P-1" in read[0]
    assert read[1].count("changed") == 1
    assert "Changed since" not in text(press.pdf(sheets(plan, last=first)))
