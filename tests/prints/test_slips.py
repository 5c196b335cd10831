"""Personal shift slips: everybody once, with all their shifts, on sheets that a stack of is cut at once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from rallyapp import carried
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import PartnerId, PostId, ShiftId, SiteId, StallId, TeamMemberId
from rallyapp.domain.people import Channel
from rallyapp.domain.pickets import Assignment, AssignmentState, Presence, Role, Shift
from rallyapp.domain.places import Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, TeamMember, TeamRole
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look
from rallyapp.prints.press import Batch
from rallyapp.prints.slips import Slips
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.reading import pages, reader, squeezed, text

PHONE = re.compile(r"0\d[\d ]{8,12}\d")


def made(plan: Plan, audience: Audience = Audience.VOLUNTEER, **more: Any) -> Batch:
    abouts = more.pop("abouts", None) or press.pieces(plan, Document.SLIPS)
    return press.batch(
        plan, carried.law(), Document.SLIPS, audience, abouts, **{"printed": PRINTED, "version": 7, **more}
    )


def slips(batch: Batch) -> Slips:
    (piece,) = batch.pieces
    assert isinstance(piece.values, Slips)
    return piece.values


def busy(**more: Any) -> Southampton:
    """Aoife at two entrances and the rally; Tomasz leads; Zainab is at the other site, Imran at the charity's stall."""
    b = Southampton(**more)
    b.change(b.dispute, told_by="20:00 the evening before")
    side = b.entrance("Side gate", b.site, position=2, stand_at="Left of the gate, ask Jo on 07700 900999")
    picket, other = b.picket(b.day, b.main, meet="By the bus shelter"), b.picket(b.day, side, "11:00", "12:00")
    first, second = b.shift(picket, "08:00", "09:00", meet_minutes=10), b.shift(picket, "10:00", "11:00")
    late = b.shift(other, "11:00", "12:00")
    rally = b.rally(briefing=at("12:00"), briefing_place="Behind the stage")
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Stage left", where="By the steps"))
    at_post = b.add(Shift(id=ShiftId("at post"), post_id=PostId("post"), starts=at("12:30"), ends=at("13:30")))
    b.add(Partner(id=PartnerId("nolan"), name="Anthony Nolan"))
    b.add(
        Stall(
            id=StallId("stall"), partner_id=PartnerId("nolan"), rally_id=rally.id, on_day_contact="Charity Contactable"
        )
    )
    at_stall = b.add(Shift(id=ShiftId("at stall"), stall_id=StallId("stall"), starts=at("12:00"), ends=at("13:00")))
    lead = b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101")
    b.put(lead, first, Role.SUPERVISOR)
    b.add(TeamMember(id=TeamMemberId("chief"), rally_id=rally.id, role=TeamRole.CHIEF_STEWARD, person_id=lead.id))
    aoife = b.person("Aoife", "Byrne", phone="07700 900102", channel=Channel.PHONE)
    for shift in (second, late):
        b.put(aoife, shift)
    b.put(aoife, first, state=AssignmentState.ASKED)
    b.put(aoife, at_post, Role.STEWARD)
    b.put(b.person("Imran", "Sheikh", phone="07700 900104"), at_stall, Role.STALL)
    b.put(b.person("Said", "No"), first, state=AssignmentState.DECLINED)
    far = b.add(Site(id=SiteId("far"), employer_id=b.site.employer_id, name="Another Hospital"))
    there = b.shift(b.picket(b.day, b.entrance("Front door", far)), "08:00", "09:00")
    b.put(b.person("Zainab", "Qureshi"), there, Role.SUPERVISOR, presence=Presence.CONTACTABLE)
    return b


def test_everybody_has_one_slip_with_all_shifts_by_site_and_name_and_who_leads_them() -> None:
    found = slips(made(busy().plan()))
    assert [(slip.number, slip.name, slip.part) for slip in found.slips] == [
        (1, "Zainab Q.", ""),
        (2, "Aoife B.", "1 of 3"),
        (3, "Aoife B.", "2 of 3"),
        (4, "Aoife B.", "3 of 3"),
        (5, "Tomasz W.", ""),
        (6, "Imran S.", ""),
    ]
    aoife = found.slips[1]
    places = [place for slip in found.slips[1:4] for place in slip.places]
    assert [(place.place, place.site, len(place.rows)) for place in places] == [
        ("Main entrance", "Southampton General Hospital", 2),
        ("Side gate", "Southampton General Hospital", 1),
        ("Stage left", "Regional rally, Southampton Guildhall", 1),
    ]
    rows = [row for place in places for row in place.rows]
    assert [(row.times, row.role, row.meet, row.leader, row.mark) for row in rows] == [
        ("08:00\u201309:00", "Picket", "Meet 07:50 \u00b7 By the bus shelter", "Picket organiser: Tomasz W.", "asked"),
        ("10:00\u201311:00", "Picket", "Meet: By the bus shelter", "Picket organiser: not named yet", ""),
        ("11:00\u201312:00", "Picket", "", "Picket organiser: not named yet", ""),
        ("12:30\u201313:30", "Steward", "Briefing: 12:00 Behind the stage", "Chief steward: Tomasz W.", ""),
    ]
    assert aoife.if_off == (
        "If it is called off you are told by telephone, at the latest by 20:00 the evening before. "
        "In doubt, ring the duty phone."
    )
    (zainab,) = found.slips[0].places[0].rows
    assert (zainab.role, zainab.leader, zainab.mark) == ("Picket organiser", "", "within call, not on the spot")


def test_a_volunteer_s_slip_has_no_number_but_the_duty_phone_and_the_organiser_s_has() -> None:
    plan = busy().plan()
    shown = text(press.pdf(made(plan)))
    assert set(PHONE.findall(shown)) == {DUTY_PHONE}
    for word in ("Byrne", "Wi\u015bniewski", "Qureshi", "Contactable", "900999", "Said"):
        assert word not in shown
    own = text(press.pdf(made(plan, Audience.ORGANISER)))
    for words in ("Aoife Byrne", "07700 900102", "Ask for: Charity Contactable", "07700 900999"):
        assert squeezed(words) in squeezed(own)


def test_slips_of_one_workplace_are_of_those_who_are_there() -> None:
    b = busy()
    found = slips(made(b.plan(), choice="far"))
    assert [slip.name for slip in found.slips] == ["Zainab Q."]
    with pytest.raises(UserError, match=r"nobody is on a shift on Tue 1 Dec 2015 at that workplace\.$"):
        made(b.plan(), choice="nowhere")
    with pytest.raises(UserError, match=r"nobody is on a shift on Tue 1 Dec 2015\.$"):
        made(Southampton().plan())
    with pytest.raises(UserError, match="this strike day is not in the plan any more"):
        made(b.plan(), abouts=("day that was",))


def test_eight_stand_on_a_sheet_at_the_same_places_and_four_in_large_print() -> None:
    b = Southampton()
    shift = b.shift(b.picket(b.day, b.main), "08:00", "09:00")
    for n in range(19):
        b.put(b.person(f"Name{n:02}", "Long"), shift)
    where: list[list[tuple[int, int]]] = []
    for sheet in reader(press.pdf(made(b.plan()))).pages:
        found: list[tuple[int, int]] = []

        def note(words: str, _cm: Any, matrix: list[float], _font: Any, _size: float, to: Any = found) -> None:
            if words.startswith("Name"):
                to.append((round(matrix[4]), round(matrix[5])))

        sheet.extract_text(visitor_text=note)
        where.append(found)
    assert [len(sheet) for sheet in where] == [8, 8, 3]
    assert where[0] == where[1]
    assert where[2] == where[0][:3]
    shown = pages(press.pdf(made(b.plan(), look=Look(large=True))))
    assert [len(re.findall(r"Name\d\d L\.", page)) for page in shown] == [4, 4, 4, 4, 3]
    assert "Page 5 of 5" in shown[-1]
    outline = reader(press.pdf(made(b.plan()))).outline
    assert [str(mark["/Title"]) for mark in outline if isinstance(mark, dict)] == [
        "Shift slips, Tuesday 1 December 2015"
    ]


def test_whoever_has_many_shifts_has_two_slips_and_long_names_are_whole() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, "08:00", "18:00")
    name = "Q" + "x" * 299
    busy_one, long = b.person("Aoife", "Byrne"), b.person(name)
    for hour in range(8, 14):
        b.put(busy_one, b.shift(picket, f"{hour:02}:00", f"{hour + 1:02}:00"))
    b.put(long, next(r for r in b.records if isinstance(r, Shift)))
    batch = made(b.plan())
    assert [(slip.name[:8], slip.part) for slip in slips(batch).slips] == [
        ("Aoife B.", "1 of 2"),
        ("Aoife B.", "2 of 2"),
        (name[:8], ""),
    ]
    shown = squeezed(text(press.pdf(batch)))
    assert shown.count("x" * 299) == 1
    assert "13:00\u201314:00" in shown


def test_a_new_print_marks_who_has_a_new_slip_and_says_who_has_none_any_more() -> None:
    b = busy()
    (piece,) = made(b.plan(), version=3).pieces
    before = {piece.about: LastPrint(since=3, lines={line.key: line.digest for line in piece.lines})}
    same = slips(made(b.plan(), before=before))
    assert [slip.changed for slip in same.slips] == [False] * 6
    assert same.news == (
        "4 people, 6 slips.",
        "Nothing has changed since version 3: the slips that were handed out still hold.",
    )
    assert piece.values.news == ()
    gone = next(r for r in b.records if isinstance(r, Assignment) and r.role is Role.STALL)
    b.records.remove(gone)
    moved = next(r for r in b.records if isinstance(r, Shift))
    b.change(moved, starts=at("07:30"))
    again = made(b.plan(), before=before)
    assert [(slip.name, slip.changed) for slip in slips(again).slips] == [
        ("Zainab Q.", False),
        ("Aoife B.", True),
        ("Aoife B.", True),
        ("Aoife B.", True),
        ("Tomasz W.", True),
    ]
    assert slips(again).news == (
        "3 people, 5 slips.",
        "2 people have a new slip; each says \u201cchanged\u201d. Take the old one back.",
        "Tell those who are no longer on a shift that day: Imran S.",
    )
    shown = squeezed(text(press.pdf(again)))
    assert squeezed("Aoife B. changed slip 1 of 3") in shown
    assert squeezed("For whoever hands these out") in shown
    # Who left the plan is counted: nothing but a digest was kept.
    left = Plan(r for r in b.records if r.id != gone.person_id)
    assert slips(made(left, before=before)).news[-1] == "Tell those who are no longer on a shift that day: 1 person."


def test_what_is_off_is_struck_and_says_not_to_come() -> None:
    shown = squeezed(text(press.pdf(made(busy(state=StrikeState.CALLED_OFF).plan()))))
    assert squeezed("STOOD DOWN: the strike day is called off") in shown
    assert squeezed("By the bus shelter") not in shown
    assert squeezed("Stall volunteer (not decided whether it goes ahead)") in shown


def test_a_shift_after_midnight_says_its_day_and_the_law_s_word_is_that_of_the_day() -> None:
    b = Southampton(first=date(2024, 2, 24))
    picket = b.picket(b.day, b.main, "22:00", None)
    night = b.shift(picket, "01:00", "03:00")
    b.change(night, starts=at("01:00", date(2024, 2, 25)), ends=at("03:00", date(2024, 2, 25)))
    b.put(b.person("Aoife", "Byrne"), next(r for r in b.records if isinstance(r, Shift)), Role.SUPERVISOR)
    (row,) = slips(made(b.plan())).slips[0].places[0].rows
    assert (row.day, row.role) == ("Sun 25 Feb 2024", "Picket supervisor")
