"""The contact cascade and the stand-down notice: before anything is called off, afterwards, and when it is on again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from rallyapp import carried
from rallyapp.domain.disputes import StrikeDay, StrikeDayMove, StrikeKind, StrikeState
from rallyapp.domain.people import Channel
from rallyapp.domain.pickets import Picket, Role, Shift
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Contact, ContactKind, Speaker, TeamMember, TeamRole
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownDay, StandDownKind
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.cascade import CascadeSheet
from tests.prints.building import DUTY_PHONE, PRINTED, STRIKE, Southampton, at
from tests.prints.reading import pages, squeezed, text

LAW = carried.law()
EVE = at("18:00", STRIKE - timedelta(days=1))


def eve_of_the_strike() -> Southampton:
    """A picket of two shifts, a rally with its lead, a speaker and a stall; police, landowner and employer."""
    b = Southampton()
    b.change(b.dispute, told_by="20:00 the evening before")
    picket = b.picket(b.day, b.main)
    early, late = b.shift(picket, "08:00", "09:30"), b.shift(picket, "09:30", "11:00")
    b.put(b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101"), early, Role.SUPERVISOR)
    b.put(b.person("Aoife", "Byrne", phone="07700 900102", channel=Channel.PHONE), early)
    b.put(b.person("Owain", "Rees", email="owain@example.org", channel=Channel.EMAIL), late)
    b.put(b.person("Sunita", "Rao", phone="07700 900104", channel=Channel.REP), late)
    b.put(b.person("Pat", "Nobody"), late)
    rally = b.rally()
    lead = b.person("Rosalind", "Tansley", phone="07700 900155")
    b.add(TeamMember(id=cast(Any, "lead"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, person_id=lead.id))
    b.add(
        TeamMember(
            id=cast(Any, "named"), rally_id=rally.id, role=TeamRole.MEDIA, name="Mo Outside", phone="07700 900156"
        )
    )
    b.add(
        Speaker(
            id=cast(Any, "speaker"),
            rally_id=rally.id,
            name="Winifred Ashgrove",
            organisation="Patients\u2019 voice",
            contact="07700 900022",
        )
    )
    partner = b.add(
        Partner(id=cast(Any, "nolan"), name="Anthony Nolan", contact_name="Jodie M", contact_phone="0161 1")
    )
    b.add(
        Stall(
            id=cast(Any, "stall"),
            partner_id=partner.id,
            rally_id=rally.id,
            state=StallState.CONFIRMED,
            if_off=IfOff.GOES_AHEAD,
            arrives=at("10:15"),
        )
    )
    for kind, phone in ((ContactKind.POLICE, "01632 960303"), (ContactKind.EMPLOYER, "01632 960203")):
        b.add(Contact(id=cast(Any, str(kind)), kind=kind, name=f"The {kind} desk", organisation="County", phone=phone))
    return b


def called_off(b: Southampton, state: StrikeState = StrikeState.CALLED_OFF) -> Southampton:
    """The committee calls the day off at 18:00; Tomasz and the police are reached, Aoife is not."""
    off = b.change(b.day, state=state)
    kind = StandDownKind.CALLED_OFF if state is StrikeState.CALLED_OFF else StandDownKind.SUSPENDED
    b.add(
        StandDown(
            id=cast(Any, "off"),
            kind=kind,
            decided_by="Orrin Officeholder, general secretary",
            authority="The national committee",
            at=EVE,
            reason="Talks at the conciliation service",
        )
    )
    b.add(StandDownDay(id=cast(Any, "off day"), stand_down_id=cast(Any, "off"), strike_day_id=off.id))
    people = {each.name: each.id for each in b.records if hasattr(each, "given_name")}
    for minute, (outcome, whom) in enumerate(
        (
            (Outcome.REACHED, {"person_id": people["Tomasz Wi\u015bniewski"]}),
            (Outcome.MESSAGE_LEFT, {"person_id": people["Aoife Byrne"]}),
            (Outcome.FAILED, {"person_id": people["Aoife Byrne"]}),
            (Outcome.REACHED, {"contact_id": "police"}),
            (Outcome.REACHED, {"name": "Mo Outside"}),
        )
    ):
        b.add(
            ContactAttempt(
                id=cast(Any, f"try {minute}"),
                stand_down_id=cast(Any, "off"),
                at=EVE + timedelta(minutes=minute),
                outcome=outcome,
                channel="text",
                tried_by="Tilda T",
                **cast(Any, whom),
            )
        )
    return b


def printed(
    b: Southampton, document: Document, audience: Audience = Audience.ORGANISER, at: datetime = PRINTED, **more: Any
) -> press.Batch:
    return press.batch(b.plan(), LAW, document, audience, [b.day.id], printed=at, version=9, **more)


def cascade(b: Southampton, **more: Any) -> CascadeSheet:
    values = printed(b, Document.CASCADE, **more).pieces[0].values
    assert isinstance(values, CascadeSheet)
    return values


# ------------------------------------------------------------------------------------------ the cascade
def test_the_cascade_is_ready_before_anything_is_called_off_with_everybodys_own_way_of_being_told() -> None:
    sheet = cascade(eve_of_the_strike())
    assert sheet.status == "NOT CALLED OFF"
    assert [group.title.split(":")[0] for group in sheet.groups] == [
        "1. Reps, picket organisers and everyone on shift now",
        "2. Pickets who are next on",
        "3. Rally lead and event team",
        "4. Speakers and suppliers",
        "5. Partner charities\u2019 stalls",
        "6. Police",
        "7. Everyone else",
    ]
    rows = [row for group in sheet.groups for row in group.rows]
    assert [row.number for row in rows] == list(range(1, 12))
    assert {row.name: (row.reach.replace("\u00a0", " "), row.how.replace("\u00a0", " ")) for row in rows} == {
        "Tomasz Wi\u015bniewski": ("07700 900101", "text"),
        "Aoife Byrne": ("07700 900102", "ring"),
        "Owain Rees": ("owain@example.org", "by e-mail"),
        "Sunita Rao": ("07700 900104", "through a rep"),
        "Pat Nobody": ("", ""),
        "Rosalind Tansley": ("07700 900155", "text"),
        "Mo Outside": ("07700 900156", ""),
        "Winifred Ashgrove": ("07700 900022", ""),
        "Anthony Nolan stall": ("0161 1", "ask for Jodie M"),
        "The police desk": ("01632 960303", ""),
    } | {"The employer desk": ("01632 960203", "")}
    assert rows[0].due == "08:00"
    shown = squeezed(text(press.pdf(printed(eve_of_the_strike(), Document.CASCADE))))
    for words in ("Say this", "no number entered", "Anybody else", "Who decided it", "Shred after", DUTY_PHONE):
        assert squeezed(words).casefold() in shown.casefold()


def test_afterwards_it_says_who_has_been_reached_and_what_goes_ahead_all_the_same() -> None:
    sheet = cascade(called_off(eve_of_the_strike()), at=EVE + timedelta(hours=1))
    assert (sheet.status, sheet.off) == ("CALLED OFF", True)
    assert "3 of 11 reached" in sheet.status_words
    rows = {row.name: row for group in sheet.groups for row in group.rows}
    assert rows["Tomasz Wi\u015bniewski"].outcome == Outcome.REACHED
    assert [(each.when, each.by) for each in rows["Aoife Byrne"].tries] == [("18:01", "Tilda T"), ("18:02", "Tilda T")]
    assert rows["Aoife Byrne"].outcome == Outcome.FAILED
    assert rows["Pat Nobody"].outcome == ""
    shown = text(press.pdf(printed(called_off(eve_of_the_strike()), Document.CASCADE)))
    assert "The Anthony Nolan stall goes ahead all the same." in shown
    assert "all reached, none to tell" in shown


def test_the_same_decision_on_another_day_and_a_day_that_goes_on_again() -> None:
    b = called_off(eve_of_the_strike(), StrikeState.SUSPENDED)
    week_on = STRIKE + timedelta(days=7)
    b.add(replace(b.day, id=cast(Any, "second"), first_date=week_on, last_date=week_on, end_time=None, start_time=None))
    b.add(StandDownDay(id=cast(Any, "second off"), stand_down_id=cast(Any, "off"), strike_day_id=cast(Any, "second")))
    day = next(each for each in b.records if isinstance(each, StrikeDay) and each.id == "day")
    shown = text(press.pdf(printed(b, Document.CASCADE)))
    assert "The same decision is about Tue 8 Dec 2015" in shown
    assert "is suspended until further notice" in shown
    b.change(day, state=StrikeState.ON)
    b.add(
        StrikeDayMove(
            id=cast(Any, "back"),
            strike_day_id=day.id,
            from_state=StrikeState.SUSPENDED,
            to_state=StrikeState.ON,
            at=EVE + timedelta(hours=2),
            decided_by="The committee",
            joint_agreement=True,
            court_order=True,
        )
    )
    again = text(press.pdf(printed(b, Document.CASCADE)))
    assert "ON AGAIN" in again
    assert "goes ahead after all" in again
    notice = text(press.pdf(printed(b, Document.STAND_DOWN, Audience.PUBLIC)))
    assert "INDUSTRIAL ACTION GOES AHEAD AFTER ALL" in notice
    assert "It had been stood down to obey a court order and goes ahead after all. The employer has agreed" in notice
    assert "Say at once if you can\u2019t any more." in notice


def test_a_name_that_changed_since_the_last_print_is_marked_and_one_that_is_gone_is_said() -> None:
    b = eve_of_the_strike()
    (first,) = printed(b, Document.CASCADE).pieces
    last = press.NEVER.__class__(since=8, lines={line.key: line.digest for line in first.lines} | {"who": "x"})
    pat = next(each for each in b.records if getattr(each, "given_name", "") == "Pat")
    b.change(pat, phone="07700 900199")
    sheet = cascade(b, before={b.day.id: last})
    assert [row.name for group in sheet.groups for row in group.rows if row.changed] == ["Pat Nobody"]
    assert sheet.gone == "No longer on this list since version 8: 1 other."


def test_sixty_names_stand_on_pages_with_their_headings_and_a_day_long_over_can_be_printed() -> None:
    b = eve_of_the_strike()
    shift = next(each for each in b.records if isinstance(each, Shift))
    for number in range(60):
        b.put(b.person(f"Name{number:02}", "Surname"), shift)
    found = pages(press.pdf(printed(b, Document.CASCADE, at=datetime(2016, 6, 1, 9))))
    assert len(found) > 3
    for page in found[1:]:
        assert "Number or address" in page
        assert "Contact cascade: Who to tell, in this order" in page
    assert f"Page {len(found)} of {len(found)}" in found[-1]
    assert all(f"Name{number:02} Surname" in " ".join(found) for number in range(60))


def test_a_day_that_is_gone_is_said_in_one_sentence() -> None:
    b = eve_of_the_strike()
    for document in (Document.CASCADE, Document.STAND_DOWN):
        with pytest.raises(UserError, match="That strike day is not in the plan any more: choose another one"):
            press.MADE[document].write(
                press.Job(
                    plan=b.plan(),
                    rules=LAW,
                    document=document,
                    audience=Audience.ORGANISER,
                    about="gone",
                    printed=PRINTED,
                    version=1,
                    code="",
                )
            )


# -------------------------------------------------------------------------------------------- the notice
def test_before_a_decision_the_notice_is_a_draft_to_fill_in() -> None:
    (page,) = pages(press.pdf(printed(eve_of_the_strike(), Document.STAND_DOWN, Audience.PUBLIC)))
    assert "INDUSTRIAL ACTION SUSPENDED / CALLED OFF" in page
    assert "DRAFT Nothing has been called off." in page
    for box in ("DECIDED BY (NAME, OFFICE)", "WORK AS NORMAL FROM", "PARTNER CHARITIES"):
        assert squeezed(box) in squeezed(page)
    assert "STOOD DOWN" not in page
    assert "Issued Sun" not in page


def test_the_public_notice_says_what_is_off_who_decided_and_what_remains_and_names_no_member() -> None:
    b = called_off(eve_of_the_strike())
    week_on = STRIKE + timedelta(days=7)
    b.add(
        replace(
            b.day,
            id=cast(Any, "second"),
            kind=StrikeKind.FULL_WALKOUT,
            state=StrikeState.NOTIFIED,
            first_date=week_on,
            last_date=week_on,
            start_time=None,
            end_time=None,
        )
    )
    (page,) = pages(press.pdf(printed(b, Document.STAND_DOWN, Audience.PUBLIC, EVE + timedelta(hours=1))))
    for words in (
        "INDUSTRIAL ACTION CALLED OFF",
        "Issued Mon 30 Nov 2015",
        "Orrin Officeholder, general secretary",
        "The national committee",
        "The remaining programme stays in place: Tue 8 Dec 2015 (full walkout).",
        "hand armband and kit to the picket organiser",
        "Ring the duty phone, 07700 900001",
        "STOOD DOWN",
        "GOES AHEAD",
    ):
        assert squeezed(words) in squeezed(page), words
    for words in ("Tomasz", "Tilda", "Talks at", "Ottoline", "07700 900101"):
        assert words not in page


def test_the_organisers_notice_has_the_reason_and_the_list_and_times_of_telling() -> None:
    found = pages(press.pdf(printed(called_off(eve_of_the_strike()), Document.STAND_DOWN, at=EVE + timedelta(hours=1))))
    assert len(found) == 2
    assert "Talks at the conciliation service" in found[0]
    assert "18:03 by Tilda T" in found[0]
    assert "1 of 6" in found[0]  # Tomasz, of those on the rota and the event lead
    assert "Whom to tell, in this order" in found[1]
    assert squeezed("Tomasz Wi\u015bniewski 07700 900101, text 18:00 Tilda T") in squeezed(found[1])


def test_somebody_on_the_roster_who_decided_is_named_in_public_only_if_they_agreed() -> None:
    for agreed in (True, False):
        b = called_off(eve_of_the_strike())
        b.person("Orrin", "Officeholder", may_be_named=agreed)
        page = text(press.pdf(printed(b, Document.STAND_DOWN, Audience.PUBLIC)))
        assert ("Orrin Officeholder" in page) is agreed
        assert "The national committee" in page


def test_a_day_replaced_by_another_says_by_which_and_a_mandate_that_was_entered_is_printed() -> None:
    b = eve_of_the_strike()
    other = b.add(
        replace(
            b.day, id=cast(Any, "instead"), first_date=STRIKE + timedelta(days=2), last_date=STRIKE + timedelta(days=3)
        )
    )
    b.change(b.day, state=StrikeState.SUPERSEDED, replaced_by_id=other.id)
    dispute = next(each for each in b.records if each.id == "dispute")
    b.change(cast(Any, dispute), mandate_until=STRIKE + timedelta(days=100))
    page = text(press.pdf(printed(b, Document.STAND_DOWN, Audience.PUBLIC)))
    assert f"Other action takes its place: {other.words}." in page
    assert "The mandate for action lasts until Thursday 10 March 2016." in page
    assert "Decided by Not entered." in page


def test_nothing_was_planned_for_the_day() -> None:
    b = Southampton(state=StrikeState.CALLED_OFF)
    assert not any(isinstance(each, Picket) for each in b.records)
    page = text(press.pdf(printed(b, Document.STAND_DOWN, Audience.PUBLIC)))
    assert "No picket, rally or stall was planned for it." in page
    assert "No other strike day of this dispute is planned." in page
