"""The steward briefing: five parts in order, a strip for each post, and nothing of anybody that a lost copy tells."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pypdfium2

from rallyapp.domain.ids import AssignmentId, NeedId, PermissionId, PostId, RiskId, ShiftId
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.posts import posts_of, shifts_of
from rallyapp.domain.rallies import (
    Override,
    Permission,
    PermissionKind,
    PermissionState,
    Post,
    Risk,
    TeamMember,
    TeamRole,
)
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Table
from rallyapp.prints.job import Look, Paper
from tests.prints.building import DUTY_PHONE, Southampton, at
from tests.prints.gatherings import batch, blocks_text, rally_of, staffed, with_each, with_rally
from tests.prints.reading import pages, squeezed, text

PARTS = ("Information", "Intention", "Method", "Administration", "Communications")


def briefing(plan: Plan, audience: Audience = Audience.VOLUNTEER, **more: Any) -> press.Batch:
    return batch(plan, Document.BRIEFING, audience, **more)


def test_the_five_parts_stand_in_order_and_every_post_has_its_strip() -> None:
    plan = staffed()
    made = briefing(plan)
    values = made.pieces[0].values
    assert tuple(part.title for part in values.parts) == PARTS
    said = {part.title: blocks_text(part.blocks) for part in values.parts}
    for title, words in {
        "Information": (
            "Static rally: Regional rally",
            "10:45",
            "The written agreement must be shown on demand.",
            "The police may impose conditions",
            "Rosalind Tansley leads the event; Idris Cadwaladr stands in.",
            "Traffic beside the square",
            "And 1 more in the rally plan.",
        ),
        "Intention": ("To support the junior doctors\u2019 case", "go home safely"),
        "Method": (
            "have written duties",
            "Stewards do not search anybody, eject anybody or control doors.",
            "1,000: stop calling people in.",
            "Rendezvous point",
            "Rosalind Tansley, Idris Cadwaladr, Priyanka Chatterjee and Jo\u00e3o Gon\u00e7alves",
            "First-aid point (By the Guildhall steps, left, 3 on the plan)",
            "Emergency lane",
        ),
        "Administration": ("Orange tabard marked STEWARD", "Quiet corner", "20:00 the evening before"),
        "Communications": ("Priyanka Chatterjee", "Radio channel 3", "Stop the event"),
    }.items():
        for each in words:
            assert each in said[title], (title, each)

    posts = posts_of(plan, rally_of(plan).id)
    assert [strip.post for strip in values.strips] == [post.name for post in posts]
    lane = next(strip for strip in values.strips if strip.post == "Emergency lane")
    assert (lane.pin, lane.where, lane.duty) == ("13", "North side", "Keep the lane free; wave emergency vehicles in.")
    assert lane.leader == "Chief steward: Priyanka Chatterjee"
    assert [strip.shifts[0].gaps for strip in values.strips] == [0] * 8 + [1]  # nobody is the MC yet
    assert values.strips[0].shifts[0].who[0].endswith(" (asked)")
    assert [values.strips[n].leader.split(":")[0] for n in (0, 7, 8)] == [
        "Event lead",
        "First-aid lead",
        "Stage and MC",
    ]

    printed = pages(press.pdf(made))
    together = squeezed(" ".join(printed))
    assert all(squeezed(strip.post) in together for strip in values.strips)
    assert "cut along the lines" in printed[5]
    assert "GAP" in printed[6]
    assert "Page 7 of 7" in printed[6]


def test_a_volunteers_copy_has_short_names_and_one_number_and_the_organisers_has_all() -> None:
    plan = staffed()
    team = {member.person_id for member in plan.all(TeamMember)}  # they stand for the rally by name
    put = [each.person_id for each in plan.all(Assignment) if each.id.startswith("put-")]
    on = [plan.get(Person, each) for each in put if each not in team]
    assert len(on) > 5
    lost, kept = (squeezed(text(press.pdf(briefing(plan, each)))) for each in (Audience.VOLUNTEER, Audience.ORGANISER))
    for person in on:
        if person.name.isascii():
            assert squeezed(person.name) in kept
            assert squeezed(person.given_name) in lost
            assert squeezed(person.name) not in lost
        assert squeezed(person.phone) in kept
        assert squeezed(person.phone) not in lost
    assert squeezed(DUTY_PHONE) in lost
    assert "handoutthoseofthevolunteercopy" in kept


def test_what_was_not_entered_is_said_and_never_made_up() -> None:
    b = Southampton()
    rally = b.rally()
    printed = text(press.pdf(briefing(b.plan())))
    for sentence in (
        "None entered. The police may set some on the day: ask at the briefing.",
        "Nobody entered as event lead, deputy, chief steward",
        "No risks entered.",
        "What the rally is for is not entered.",
        "No emergency procedures entered.",
        "No steward posts entered.",
        "Nothing entered on radios, channels or call signs.",
    ):
        assert sentence in printed
    assert "A strip for each post" not in printed
    # A post alone: its strip has lines to write on.
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Gate"))
    values = briefing(b.plan()).pieces[0].values
    assert (values.strips[0].duty, values.strips[0].shifts, values.strips[0].leader) == ("", (), "")
    assert "No shift entered." in text(press.pdf(briefing(b.plan())))


def test_a_rally_that_is_off_says_so_on_every_page_and_keeps_the_reason_to_those_who_may_read_it() -> None:
    plan = with_rally(
        staffed(), override=Override.STOOD_DOWN, override_by="R. Tansley", override_reason="Nobody spoke up"
    )
    volunteer, organiser = (pages(press.pdf(briefing(plan, each))) for each in (Audience.VOLUNTEER, Audience.ORGANISER))
    assert all("STOOD DOWN" in page for page in volunteer)
    assert "This rally does not take place." in volunteer[0]
    assert "Nobody spoke up" not in " ".join(volunteer)
    assert "Nobody spoke up." in organiser[0]
    assert "GAP" not in " ".join(volunteer)
    # One shift alone: its reason is a remark too.
    plan = staffed()
    first = shifts_of(plan, posts_of(plan, rally_of(plan).id)[1].id)[0]
    plan = plan.changed([replace(first, cancelled=True, reason="Asked to stay away")], ())
    for audience, off in ((Audience.VOLUNTEER, "stood down"), (Audience.ORGANISER, "stood down: Asked to stay away")):
        assert briefing(plan, audience).pieces[0].values.strips[1].shifts[0].off == off
    issued = briefing(with_rally(plan, issued_on=at("09:00").date())).pieces[0].values
    assert (issued.status, issued.status_words) == ("ON", "The plan was issued on Tue 1 Dec 2015.")


def test_what_is_not_as_it_was_printed_last_is_marked_row_by_row_and_part_by_part() -> None:
    plan = staffed()
    first = briefing(plan)
    assert not first.pieces[0].changed
    same = briefing(plan, last=first)
    assert not same.pieces[0].changed
    (leaver,) = (each for each in plan.all(Assignment) if each.id == "put-2")
    new = with_rally(plan.changed([], [(Assignment, leaver.id)]), steward_dress="Yellow tabard")
    values = briefing(new, last=first).pieces[0].values
    assert [part.title for part in values.parts if part.changed] == ["Administration"]
    assert [strip.post for strip in values.strips if any(shift.changed for shift in strip.shifts)] == ["Emergency lane"]
    # Beside the part, in the table of all posts, and on the post's strip.
    assert text(press.pdf(briefing(new, last=first))).count("changed") == 3


def test_odd_plans_are_briefed_too() -> None:
    """A chain in a circle, a condition that no longer holds, one risk, many gaps and shifts, large on small paper."""
    plan = staffed()
    rally = rally_of(plan)

    def circle(member: TeamMember) -> dict[str, object]:
        ways = {TeamRole.EVENT_LEAD: TeamRole.DEPUTY, TeamRole.DEPUTY: TeamRole.EVENT_LEAD}
        return {"answers_to": ways.get(member.role)}

    plan = with_each(plan, TeamMember, circle)
    plan = plan.changed([], [(Risk, risk.id) for risk in plan.all(Risk)])
    risk = Risk(id=RiskId("wind"), rally_id=rally.id, hazard="Wind")
    refused = Permission(
        id=PermissionId("no"),
        rally_id=rally.id,
        kind=PermissionKind.ROAD_CLOSURE,
        state=PermissionState.REFUSED,
        conditions="Close no road",
    )
    post = posts_of(plan, rally.id)[0]
    shifts = [Shift(id=ShiftId(f"more-{n}"), post_id=post.id, starts=rally.starts, ends=rally.ends) for n in range(12)]
    many = Need(id=NeedId("many"), shift_id=shifts[0].id, role=Role.STEWARD, least=40, wished=40, most=50)
    plan = plan.changed([risk, refused, many, *shifts], ())
    plan = with_rally(plan, expected=5_000)
    assert "wanted" not in blocks_text(briefing(plan).pieces[0].values.parts)
    made = briefing(plan, Audience.ORGANISER, look=Look(paper=Paper.A5, large=True, colour=False))
    said = blocks_text(made.pieces[0].values.parts)
    assert "Chain of command" not in said
    assert "Close no road" not in said
    assert "more in the rally plan" not in said
    assert "and 36 more" in said
    assert "stewards on the list so far, 50 wanted: 50 for 5,000 expected" in said
    assert "and 34 more" in text(press.pdf(made))


def test_a_post_with_more_people_than_a_page_has_lines_loses_nobody() -> None:
    plan = staffed()
    people = sorted(plan.all(Person), key=lambda person: person.id)
    post = posts_of(plan, rally_of(plan).id)[0]
    more: list[Any] = []
    for hour in range(12):
        shift = Shift(
            id=ShiftId(f"more-{hour}"), post_id=post.id, starts=at(f"{hour + 8:02}:00"), ends=at(f"{hour + 9:02}:00")
        )
        more.append(shift)
        for person in people[:20]:
            id = AssignmentId(f"{shift.id}-{person.id}")
            more.append(Assignment(id=id, shift_id=shift.id, person_id=person.id, role=Role.STEWARD))
    crowded = plan.changed(more, ())
    for audience in (Audience.VOLUNTEER, Audience.ORGANISER):
        made = briefing(crowded, audience)
        document = pypdfium2.PdfDocument(press.pdf(made))
        written = [page.get_textpage() for page in document]
        signs = ((one, at) for one in written for at in range(one.count_chars()) if one.get_text_range(at, 1).strip())
        lowest = min(one.get_charbox(at)[1] for one, at in signs)
        assert lowest > 20  # points above the edge: nothing runs through the foot and off the paper
    # A number keeps its line with its name; names alone run on.
    (organisers,) = {row[3].text for row in _posts_rows(made) if row[2].text == "08:00\u201309:00"}
    assert len(organisers.splitlines()) == 20
    short = briefing(crowded, Audience.VOLUNTEER)
    (volunteers,) = {row[3].text for row in _posts_rows(short) if row[2].text == "08:00\u201309:00"}
    assert volunteers.count("; ") == 19


def _posts_rows(made: press.Batch) -> Any:
    method = made.pieces[0].values.parts[2]
    return [block for block in method.blocks if isinstance(block, Table)][-1].rows
