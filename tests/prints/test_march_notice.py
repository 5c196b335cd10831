"""The notice to the police: the facts that are asked for, by the law of the place, and what is missing to write in."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rallyapp.domain.disputes import Dispute
from rallyapp.domain.ids import PermissionId, RouteStepId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.people import Person
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    Post,
    RallyKind,
    RouteStep,
    TeamMember,
)
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Form, Missing
from tests.prints.building import DUTY_PHONE, Southampton, at
from tests.prints.gatherings import LAW, batch, blocks_text, rally_of, staffed, with_each, with_rally
from tests.prints.reading import pages, squeezed, text


def notice(plan: Plan, **more: Any) -> press.Batch:
    return batch(plan, Document.MARCH, Audience.POLICE, **more)


def fields(made: press.Batch) -> dict[str, str]:
    """Give the notice's boxes, in order."""
    blocks = made.pieces[0].values.blocks
    forms = [block for block in blocks if isinstance(block, Form)]
    assert all(sum(each.share for each in form.fields) % form.columns == 0 for form in forms)
    return {each.label: each.value for form in forms for each in form.fields}


def march(where: Jurisdiction, *, steps: int = 2) -> Plan:
    """Make a march of the demo's rally, in another country."""
    plan = with_rally(staffed(), kind=RallyKind.MARCH_AND_RALLY, move_off=at("11:20"), title="March for care")
    way = [
        RouteStep(id=RouteStepId(f"step-{n}"), rally_id=rally_of(plan).id, position=n, instruction=f"Left at {n}")
        for n in range(1, steps + 1)
    ]
    return with_each(plan.changed(way, ()), Dispute, lambda _: {"jurisdiction": where})


def entered(plan: Plan, id: str, **more: Any) -> Permission:
    return Permission(id=PermissionId(id), rally_id=rally_of(plan).id, **{"kind": PermissionKind.MARCH_NOTICE, **more})


def test_a_march_in_england_states_five_facts_and_no_more() -> None:
    made = notice(march(Jurisdiction.ENGLAND))
    assert fields(made) == {
        "To": "",
        "1. Date": "Tue 1 Dec 2015",
        "2. Start time": "11:20",
        "3. Route": "1. Left at 1\n2. Left at 2",
        "4. Name of one organiser": "Rosalind Tansley",
        "5. Address of that organiser": "",
    }
    read = text(press.pdf(made))
    assert read.startswith("Notice of a march")
    assert "moves off 11:20" in read
    assert "For Tuesday 1 December 2015 that is by Tuesday 24 November 2015." in read
    # What goes to the police does not say what it lacks: the organiser's part below the cut line does.
    assert "Organiser: Rosalind Tansley" in read
    kept = read[read.index("cut here") :]
    assert "Missing before it can go: to whom it goes." in kept
    assert "The organiser\u2019s address is not kept in the plan: write it by hand." in kept
    assert read.count("Missing before it can go") == 1
    assert "Rules as recorded on" in read
    assert squeezed(DUTY_PHONE) not in squeezed(read)
    long = notice(march(Jurisdiction.WALES, steps=40))
    assert fields(long)["3. Route"].startswith("Left at 1; Left at 2; ")
    assert "Record of delivery" in pages(press.pdf(long))[-1]


def test_scotland_tells_the_council_and_the_chief_constable_and_says_how_a_waiver_stands() -> None:
    plan = march(Jurisdiction.SCOTLAND)
    found = fields(notice(plan))
    assert list(found)[:2] == ["To the council", "To the chief constable"]
    assert found["6. Likely numbers"] == "500"
    assert found["7. Arrangements for control"].startswith("7 stewards at the busiest moment. One steward for each")
    council = entered(plan, "c", body="Glasgow City Council", sent_on=date(2015, 11, 20), waiver="applied for")
    one = plan.changed([council], ())
    assert list(fields(notice(one)).items())[:2] == [
        ("To", "Glasgow City Council"),
        ("To the chief constable", ""),
    ]
    police = entered(plan, "p", body="Police Scotland", reference="PS-1")
    read = text(press.pdf(notice(one.changed([police], ()))))
    assert "The waiver is not given yet." in read
    assert "28 days" in read
    assert read.count("Police Scotland") == 2
    assert "PS-1" in read
    bare = plan.changed([], [(PlanNote, note.id) for note in plan.all(PlanNote)])
    alone = bare.changed([], [(Post, post.id) for post in bare.all(Post)])
    assert "how the march is kept in order" in blocks_text(notice(alone).pieces[0].values.blocks)


def test_northern_ireland_has_a_form_of_its_own_and_a_meeting_its_own_days() -> None:
    read = text(press.pdf(notice(march(Jurisdiction.NORTHERN_IRELAND, steps=0))))
    assert "Missing before it can go: to whom it goes and the route." in read
    assert "This sheet is not the form itself" in read
    assert "that is by Tuesday 3 November 2015" in read
    plan = with_each(staffed(), Dispute, lambda _: {"jurisdiction": Jurisdiction.NORTHERN_IRELAND})
    meeting = notice(plan.changed([entered(plan, "m", body="Police station")], ()))
    assert text(press.pdf(meeting)).startswith("Notice of a protest meeting")
    assert "3. Location" in fields(meeting)


def test_a_rally_that_stands_is_told_of_by_choice_with_eight_fields() -> None:
    plan = staffed()
    found = fields(notice(plan))
    assert found == {
        "To": "Hampshire Constabulary",
        "1. Organiser\u2019s name": "Rosalind Tansley",
        "Phone": DUTY_PHONE.replace(" ", "\u00a0"),
        "Address": "",
        "2. Expected numbers": "500",
        "3. Location": "Southampton Guildhall, Guildhall Square, Southampton, SO14",
        "4. Reason": "To support the junior doctors\u2019 case and to say thank you to the public.",
        "5. Start": "Tue 1 Dec 2015 11:30",
        "6. Finish": "Tue 1 Dec 2015 13:30",
        "7. Advance publicity": "",
        "8. Stewards": "7 at the busiest moment",
    }
    read = text(press.pdf(notice(plan)))
    assert read.startswith("Voluntary notice of a rally")
    assert "There is no duty to tell the police of a static rally" in read
    assert "Missing before it can go: advance publicity." in read
    assert "DEMO-POL-1" in read
    told = with_each(
        plan, Permission, lambda one: {"note": "Leaflets" if one.kind is PermissionKind.POLICE_VOLUNTARY else one.note}
    )
    assert not any(isinstance(block, Missing) for block in notice(told).pieces[0].values.blocks)
    # Scotland knows no such rule: the fields are the same and nothing is said of the law.
    scotland = with_each(plan, Dispute, lambda _: {"jurisdiction": Jurisdiction.SCOTLAND})
    assert "no duty" not in text(press.pdf(notice(scotland)))


def test_nobody_is_named_who_did_not_agree_and_an_empty_plan_is_a_form_to_fill_in() -> None:
    plan = staffed()
    hidden = with_each(plan, Person, lambda _: {"may_be_named": False})
    assert fields(notice(hidden))["1. Organiser\u2019s name"] == ""
    assert "the name of one organiser who may be named" in text(press.pdf(notice(hidden)))
    typed = with_each(plan, TeamMember, lambda _: {"person_id": None, "name": "Office of the branch"})
    assert fields(notice(typed))["1. Organiser\u2019s name"] == "Office of the branch"
    b = Southampton()
    b.rally()
    read = text(press.pdf(notice(b.plan())))
    for lack in ("to whom it goes", "expected numbers", "reason", "advance publicity and stewards"):
        assert lack in read


def test_a_march_that_needs_no_notice_and_one_that_changed_after_it_was_sent() -> None:
    plan = march(Jurisdiction.ENGLAND)
    held = with_rally(plan, customary="Every May Day since 1921")
    read = text(press.pdf(notice(held)))
    assert read.startswith("Voluntary notice of a march")
    assert "commonly or customarily held" in read
    case = Permitting(plan=plan, rally=rally_of(plan), rules=LAW, where=Jurisdiction.ENGLAND)
    sent = case.sent(entered(plan, "n", body="Central police station"), date(2015, 11, 20))
    gone = plan.changed([sent], ())
    assert "The plan has changed" not in text(press.pdf(notice(gone)))
    first = notice(gone)
    later = with_rally(gone, move_off=at("11:10"))
    read = text(press.pdf(notice(later, last=first)))
    said = "The plan has changed since the notice to Central police station was sent on Fri 20 Nov 2015 (time)"
    assert f"{said}: send this one." in read
    assert "Changed since version 4: Start time." in read
    off = with_rally(plan, override=Override.STOOD_DOWN, override_by="R. T.", override_reason="Heat")
    read = text(press.pdf(notice(off)))
    assert "STOOD DOWN" in read
    assert "Missing before it can go" not in read
    # An entry that says it is not needed does not make it so.
    wrong = plan.changed([entered(plan, "w", body="Police", state=PermissionState.NOT_NEEDED)], ())
    assert fields(notice(wrong))["To"] == "Police"


@pytest.mark.parametrize("where", Jurisdiction)
def test_every_march_fills_its_rows_of_boxes(where: Jurisdiction) -> None:
    assert fields(notice(march(where)))["4. Name of one organiser"] == "Rosalind Tansley"
