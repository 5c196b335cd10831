"""The picket rota on paper: what a noticeboard may show, what an organiser needs, and what is off."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.domain.disputes import StrikeDayMove, StrikeState
from rallyapp.domain.ids import KitItemId, StrikeDayMoveId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import AssignmentState, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import KitItem
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document, audiences
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.picket_head import USUAL_KIT
from rallyapp.prints.press import Batch
from rallyapp.prints.rota_sheet import RotaSheet
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.reading import pages, reader, squeezed, text

PHONE = re.compile(r"0\d[\d ]{8,12}\d")


def made(plan: Plan, audience: Audience = Audience.NOTICEBOARD, **more: Any) -> Batch:
    abouts = more.pop("abouts", None) or press.pieces(plan, Document.ROTA)
    return press.batch(
        plan, carried.law(), Document.ROTA, audience, abouts, **{"printed": PRINTED, "version": 7, **more}
    )


def sheets(batch: Batch) -> list[RotaSheet]:
    return [piece.values for piece in batch.pieces]


def printed_before(batch: Batch) -> dict[str, LastPrint]:
    """What the next print finds of this one."""
    return {
        piece.about: LastPrint(since=batch.version, lines={line.key: line.digest for line in piece.lines})
        for piece in batch.pieces
    }


AUDIENCES = audiences(Document.ROTA)


def three_slots(**more: Any) -> Southampton:
    """08:00 Tomasz and three; 09:00 nobody; 10:00 a supervisor and one picket who is not sure.

    Each shift needs a supervisor and three pickets, and wishes for four: 0 + 4 + 2 gaps.
    """
    b = Southampton(**more)
    picket = b.picket(b.day, b.main, supporters=40)
    first, _, third = (b.shift(picket, f"{h:02}:00", f"{h + 1:02}:00") for h in (8, 9, 10))
    b.put(b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101"), first, Role.SUPERVISOR)
    for number, (first_name, family) in enumerate(
        (("Aoife", "Byrne"), ("Aoife", "Brennan"), ("Owain", "Glynd\u0175r"))
    ):
        b.put(b.person(first_name, family, phone=f"07700 90020{number}"), first)
    b.put(b.person("Harpreet", "Dhillon", phone="07700 900301"), third, Role.SUPERVISOR)
    b.put(b.person("Priyanka", "Chatterjee", phone="07700 900302"), third, state=AssignmentState.ASKED)
    return b


# ------------------------------------------------------------------------------------------ who sees what
def test_the_noticeboard_shows_no_number_but_the_duty_phone_and_no_family_name() -> None:
    shown = text(press.pdf(made(three_slots().plan())))
    assert set(PHONE.findall(shown)) == {DUTY_PHONE}
    for name in ("Wi\u015bniewski", "Byrne", "Brennan", "Glynd\u0175r", "Dhillon", "Chatterjee", "Duty-Officer"):
        assert name not in shown
    for name in ("Tomasz W.", "Aoife By.", "Aoife Br.", "Owain G.", "Harpreet D.", "Priyanka C."):
        assert name in shown


def test_the_organiser_has_full_names_and_numbers() -> None:
    shown = text(press.pdf(made(three_slots().plan(), Audience.ORGANISER)))
    assert squeezed("Tomasz Wi\u015bniewski 07700 900101") in squeezed(shown)
    assert squeezed("Priyanka Chatterjee ? asked 07700 900302") in squeezed(shown)
    assert len(set(PHONE.findall(shown))) == 7


def test_what_was_written_freely_gives_no_number_away() -> None:
    b = three_slots()
    b.change(b.main, stand_at="Left of the gate; ask Jo on 07700 900999", shelter="Key: 023 8000 0000")
    for audience, there in ((Audience.NOTICEBOARD, False), (Audience.ORGANISER, True)):
        shown = squeezed(text(press.pdf(made(b.plan(), audience))))
        assert ("07700900999" in shown, "02380000000" in shown) == (there, there)


def test_no_member_is_named_in_the_properties_of_the_pdf() -> None:
    for audience in AUDIENCES:
        pdf = reader(press.pdf(made(three_slots().plan(), audience)))
        properties = json.dumps({key: str(value) for key, value in (pdf.metadata or {}).items()})
        properties += pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else ""
        assert "Picket rota: Main entrance, Southampton General Hospital, Tue 1 Dec 2015" in properties
        for name in ("Tomasz", "Aoife", "Harpreet", "Priyanka"):
            assert name not in properties


# ----------------------------------------------------------------------------------------------- the grid
def test_gaps_are_words_and_as_many_as_are_lacking() -> None:
    document = made(three_slots().plan())
    assert sheets(document)[0].gaps == 6
    shown = text(press.pdf(document))
    assert len(re.findall("GAP(?!:)", shown)) == 6


def test_places_beyond_the_least_are_lines_to_write_on() -> None:
    rows = sheets(made(three_slots().plan()))[0].rows
    assert [place.kind for place in rows[0].pickets] == ["name", "name", "name", "free"]
    assert [place.kind for place in rows[1].pickets] == ["gap", "gap", "gap", "free"]
    assert [place.kind for place in rows[2].pickets] == ["name", "gap", "gap", "free"]


def test_those_who_said_no_are_not_on_it_and_those_not_sure_are_marked() -> None:
    b = three_slots()
    shift = b.shift(b.picket(b.day, b.main, "12:00", "14:00"), "12:00", "13:00")
    for name, state in (
        ("Said-Yes", AssignmentState.CONFIRMED),
        ("Not-Asked", AssignmentState.PROPOSED),
        ("Was-Asked", AssignmentState.ASKED),
        ("Once-More", AssignmentState.RECONFIRM),
        ("Said-No", AssignmentState.DECLINED),
        ("Drew-Back", AssignmentState.WITHDRAWN),
    ):
        b.put(b.person(name), shift, state=state)
    row = sheets(made(b.plan()))[1].rows[0]
    assert [(place.words, place.mark) for place in row.pickets] == [
        ("Said-Yes", ""),
        ("Not-Asked", "? to confirm"),
        ("Was-Asked", "? asked"),
        ("Once-More", "? reconfirm"),
    ]


def test_the_columns_are_numbered_up_to_the_six_of_the_code_with_the_organiser_as_the_first() -> None:
    sheet = sheets(made(three_slots().plan()))[0]
    assert (sheet.first_number, sheet.places) == (2, 5)


def test_twelve_pickets_all_stand_there() -> None:
    b = Southampton()
    shift = b.shift(b.picket(b.day, b.main), "08:00", "09:00", least=12, wished=12, most=12)
    for n in range(12):
        b.put(b.person(f"Name{n:02}", "Long"), shift)
    document = made(b.plan())
    assert sheets(document)[0].places == 12
    assert all(f"Name{n:02} L." in text(press.pdf(document)) for n in range(12))


def test_a_need_for_hundreds_is_counted_and_not_drawn() -> None:
    b = Southampton()
    b.shift(b.picket(b.day, b.main), "08:00", "09:00", least=900, wished=1000, most=1000)
    document = made(b.plan())
    assert sheets(document)[0].gaps == 901
    assert "GAP \u00d7 900" in text(press.pdf(document))


def test_a_shift_without_needs_has_lines_to_write_on_and_no_gap() -> None:
    b = Southampton()
    b.shift(b.picket(b.day, b.main), "08:00", "09:00", most=0)
    sheet = sheets(made(b.plan()))[0]
    assert sheet.gaps == 0
    assert [place.kind for place in (*sheet.rows[0].supervisors, *sheet.rows[0].pickets)] == ["free"] * 6


def test_supporters_are_counted_and_not_named() -> None:
    b = three_slots()
    b.put(b.person("Secretive", "Supporter-Name"), b.shift(b.picket(b.day, b.main), "08:00", "09:00"), Role.SUPPORTER)
    for audience in AUDIENCES:
        shown = text(press.pdf(made(b.plan(), audience)))
        assert "40 supporters expected" in shown
        assert "1 supporter expected" in shown
        assert "Secretive" not in shown


def test_an_official_and_an_override_are_said() -> None:
    b = three_slots()
    shift = b.shift(b.picket(b.day, b.main, "12:00", None), "12:00", "13:00")
    b.put(b.person("Rosalind", "Tansley"), shift, Role.OFFICIAL)
    b.put(b.person("Imran", "Sheikh"), shift, override_by="Idris C.", override_reason="He swapped his duty")
    b.put(b.person("Zainab", "Qureshi"), shift, Role.SUPERVISOR, presence=Presence.CONTACTABLE)
    board, own = (
        squeezed(pages(press.pdf(made(b.plan(), audience)))[1])
        for audience in (Audience.NOTICEBOARD, Audience.ORGANISER)
    )
    assert squeezed("Rosalind T. union official") in board
    assert squeezed("Zainab Q. within call, not on the spot") in board
    assert "swapped" not in board
    assert squeezed("Imran Sheikh, 12:00\u201313:00: Idris C. decided: He swapped his duty") in own


def test_a_picket_without_an_end_says_from() -> None:
    b = Southampton()
    b.picket(b.day, b.main, "08:00", None)
    shown = text(press.pdf(made(b.plan())))
    assert "Picket from 08:00" in shown
    assert "No shifts have been entered for this picket." in shown


def test_each_change_has_its_handover() -> None:
    shown = squeezed(text(press.pdf(made(three_slots().plan()))))
    assert squeezed("Handover 09:00 Tomasz W. to ............") in shown
    assert squeezed("Handover 10:00 ............ to Harpreet D.") in shown
    assert shown.count("Handover") == 2


# --------------------------------------------------------------------------------------------- the banner
def test_a_day_called_off_strikes_the_rows_and_says_why_and_has_no_gap() -> None:
    b = three_slots(state=StrikeState.CALLED_OFF)
    b.add(
        StrikeDayMove(
            id=StrikeDayMoveId("move"),
            strike_day_id=b.day.id,
            to_state=StrikeState.CALLED_OFF,
            at=datetime(2015, 11, 30, 14, 20),
            decided_by="Penelope Decider",
            reason="Talks at Acas.",
        )
    )
    document = made(b.plan())
    shown = text(press.pdf(document))
    assert "STOOD DOWN" in shown
    assert "The strike day is called off. Decided Mon 30 Nov 2015, 14:20: Talks at Acas." in shown
    assert "Penelope" not in shown
    assert sheets(document)[0].gaps == 0
    assert "GAP" not in shown
    assert all(row.off == "stood down" for row in sheets(document)[0].rows)
    assert "supporters expected" not in shown
    assert "by Penelope Decider" in text(press.pdf(made(b.plan(), Audience.ORGANISER)))


def test_a_picket_cancelled_by_itself_gives_its_own_reason() -> None:
    b = three_slots()
    b.picket(b.day, b.main, "12:00", "13:00", cancelled=True, reason="The gate is shut")
    first, second = sheets(made(b.plan()))
    assert (first.head.status, second.head.status) == ("ON", "STOOD DOWN")
    assert second.head.status_words == "The gate is shut."


def changed_since(b: Southampton, **more: Any) -> Batch:
    """Print version 3, put one more on the first shift, print again."""
    before = printed_before(made(b.plan(), version=3))
    b.put(b.person("Late", "Comer"), next(r for r in b.records if isinstance(r, Shift)))
    return made(b.plan(), before=before, **more)


def test_changed_rows_carry_a_word() -> None:
    b = three_slots()
    first = made(b.plan(), version=3)
    assert sheets(first)[0].head.status == "ON"
    same = sheets(made(b.plan(), before=printed_before(first)))[0]
    assert same.head.status == "ON"
    assert same.head.status_words == "The employer has been notified. Nothing here has changed since version 3."
    document = changed_since(b)
    assert [row.changed for row in sheets(document)[0].rows] == [True, False, False]
    shown = text(press.pdf(document))
    assert "CHANGED SINCE VERSION 3" in shown
    assert squeezed("08:00\u201309:00 changed") in squeezed(shown)
    (piece,) = document.pieces
    shift = next(r for r in b.records if isinstance(r, Shift))
    assert {line.shift for line in piece.lines if line.key in piece.changed} == {shift.id}


def test_a_row_that_is_gone_and_a_place_that_moved_are_said() -> None:
    b = three_slots()
    before = printed_before(made(b.plan(), version=3))
    last = [r for r in b.records if isinstance(r, Shift)][-1]
    b.change(last, starts=at("10:30"))
    b.change(b.main, stand_at="Right of the gate")
    sheet = sheets(made(b.plan(), before=before))[0]
    assert [row.changed for row in sheet.rows] == [False, False, True]
    assert sheet.head.status == "CHANGED SINCE VERSION 3"
    assert (
        "No longer: 10:00\u201311:00. Where to stand, the hours or the duty phone changed." in sheet.head.status_words
    )
    other = sheets(made(b.plan(), Audience.SUPERVISOR, before={}))[0]
    assert other.head.status == "ON"


@pytest.mark.parametrize(
    ("state", "status", "words"),
    [
        (StrikeState.PLANNED, "PLANNED", "Not yet notified to the employer."),
        (StrikeState.NOTIFIED, "ON", "The employer has been notified."),
        (StrikeState.ON, "ON", "This picket goes ahead."),
        (StrikeState.HELD, "HELD", "This strike day is over."),
    ],
)
def test_the_banner_says_no_more_than_the_state_of_the_day(state: StrikeState, status: str, words: str) -> None:
    b = three_slots(state=state)
    sheet = sheets(made(b.plan()))[0]
    assert (sheet.head.status, sheet.head.status_words) == (status, words)
    assert squeezed(f"{status} {words}") in squeezed(text(press.pdf(made(b.plan()))))
    sheet = sheets(changed_since(b))[0]
    if state is StrikeState.HELD:
        assert sheet.head.status == "HELD"
    else:
        assert sheet.head.status == "CHANGED SINCE VERSION 3"
        assert sheet.head.status_words.startswith(f"{status.capitalize()}: {words[0].lower()}{words[1:]} The rows")


# ------------------------------------------------------------------------------------------ what it says
@pytest.mark.parametrize(
    ("day", "where", "word"),
    [
        (date(2015, 12, 1), Jurisdiction.ENGLAND, "Picket organiser"),
        (date(2026, 2, 17), Jurisdiction.ENGLAND, "Picket supervisor"),
        (date(2026, 2, 18), Jurisdiction.ENGLAND, "Picket organiser"),
        (date(2024, 3, 7), Jurisdiction.NORTHERN_IRELAND, "Picket organiser"),
    ],
)
def test_who_is_in_charge_is_called_what_the_law_of_the_day_says(day: date, where: Jurisdiction, word: str) -> None:
    b = Southampton(first=day, jurisdiction=where)
    b.shift(b.picket(b.day, b.main), "08:00", "09:00")
    shown = text(press.pdf(made(b.plan())))
    assert word in shown
    assert f"Send police and press to the {word.lower()}." in shown
    assert ("peacefully" in shown) is where.great_britain


def test_a_supervisor_whom_the_law_requires_is_a_gap_even_where_nobody_asked_for_one() -> None:
    b = Southampton(first=date(2024, 2, 24))
    b.shift(b.picket(b.day, b.main), "08:00", "09:00", most=0)
    assert sheets(made(b.plan()))[0].gaps == 1


def test_the_sections_come_in_their_order() -> None:
    shown = squeezed(text(press.pdf(made(three_slots().plan()))))
    wanted = (
        "British Medical Association",
        "Main entrance",
        "Southampton General Hospital",
        "ON The employer has been notified.",
        DUTY_PHONE,
        "WHERE TO STAND",
        "Picket organiser",
        "08:00\u201309:00",
        "40 supporters expected",
        "Kit",
        "On the picket",
        "If it is called off",
    )
    at_ = [shown.index(squeezed(words)) for words in wanted]
    assert at_ == sorted(at_)


def test_the_foot_says_what_it_shows_and_when_to_shred_it() -> None:
    b = three_slots()
    shown = text(press.pdf(made(b.plan())))
    assert "Shows who is in a trade union. Do not photograph or post. Shred after Wed 9 Dec 2015." in shown
    assert "Pickets may attend only peacefully" in shown
    assert carried.law().words in shown
    assert "Page 1 of 1" in shown
    b.change(b.settings, delete_after=date(2016, 6, 30))
    assert "Shred after Thu 30 Jun 2016." in text(press.pdf(made(b.plan())))


def test_kit_is_the_plan_s_or_else_the_usual() -> None:
    b = three_slots()
    assert sheets(made(b.plan()))[0].kit == USUAL_KIT
    b.add(KitItem(id=KitItemId("kit"), what="Armband", number=12, brought_by="Beatrice Oakenshaw"))
    assert sheets(made(b.plan()))[0].kit == ("12 \u00d7 Armband",)
    assert sheets(made(b.plan(), Audience.ORGANISER))[0].kit == ("12 \u00d7 Armband (Beatrice Oakenshaw)",)


@pytest.mark.parametrize("day", [date(2015, 12, 1), date(2024, 2, 24), date(2027, 1, 5)])
def test_whoever_is_in_charge_brings_the_kit_under_the_name_of_the_day(day: date) -> None:
    b = three_slots(first=day)
    b.add(KitItem(id=KitItemId("kit"), what="Armband", number=12, brought_by="Picket supervisor"))
    word = "Picket supervisor" if day.year == 2024 else "Picket organiser"
    assert sheets(made(b.plan(), Audience.ORGANISER))[0].kit == (f"12 \u00d7 Armband ({word})",)


def test_entrances_to_keep_clear_are_named() -> None:
    b = three_slots()
    b.entrance("Ambulances", b.site, position=2, keep_clear=True)
    assert "KEEP CLEAR" in text(press.pdf(made(b.plan())))
    assert any(fact.words == "Ambulances" and fact.strong for fact in sheets(made(b.plan()))[0].head.facts)


# ------------------------------------------------------------------------------------- which sheets, how
def test_sheets_are_by_day_then_site_then_entrance() -> None:
    b = Southampton()
    side = b.entrance("Side gate", b.site, position=2)
    first = b.entrance("A gate", b.site, position=3)
    for entrance, start in ((side, "08:00"), (first, "07:00"), (b.main, "09:00"), (b.main, "08:00")):
        b.picket(b.day, entrance, start)
    assert [(sheet.head.entrance, sheet.head.hours[:5]) for sheet in sheets(made(b.plan()))] == [
        ("Main entrance", "08:00"),
        ("Main entrance", "09:00"),
        ("Side gate", "08:00"),
        ("A gate", "07:00"),
    ]


def test_nothing_to_print_is_one_sentence() -> None:
    with pytest.raises(UserError, match=r"^There is nothing to print: "):
        made(Southampton().plan())
    with pytest.raises(UserError, match=r"^There is nothing to print: this picket is not in the plan any more\.$"):
        made(three_slots().plan(), abouts=("picket-that-was",))


def test_twenty_slots_fill_more_pages_and_each_has_its_heading() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, "08:00", "18:00")
    for n in range(20):
        minute = 8 * 60 + n * 30
        b.shift(picket, f"{minute // 60:02}:{minute % 60:02}", f"{(minute + 30) // 60:02}:{(minute + 30) % 60:02}")
    shown = pages(press.pdf(made(b.plan())))
    assert len(shown) > 1
    for number, page in enumerate(shown, start=1):
        assert "Picket organiser" in page
        assert f"Page {number} of {len(shown)}" in page
        assert ("(continued)" in page) is (number > 1)


def test_the_same_plan_gives_the_same_bytes_and_plain_values() -> None:
    b = three_slots()
    document = made(b.plan())
    assert json.loads(json.dumps(asdict(sheets(document)[0])))["head"]["entrance"] == "Main entrance"
    assert press.pdf(made(b.plan())) == press.pdf(document)


def test_people_do_not_depend_on_the_order_of_the_records() -> None:
    b = three_slots()
    assert made(Plan(reversed(b.records))) == made(b.plan())


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=50).filter(str.strip),
        min_size=3,
        max_size=3,
    )
)
def test_any_names_can_be_printed(names: list[str]) -> None:
    b = Southampton()
    b.change(b.main, name=names[2])
    shift = b.shift(b.picket(b.day, b.main), "08:00", "09:00", label=names[0])
    b.put(b.person(names[0], names[1]), shift, Role.SUPERVISOR)
    b.put(b.person(names[1], names[2]), shift)
    for audience in AUDIENCES:
        assert press.pdf(made(b.plan(), audience)).startswith(b"%PDF")


def test_very_long_names_break_and_are_not_cut() -> None:
    b = Southampton()
    shift = b.shift(b.picket(b.day, b.main), "08:00", "09:00")
    b.put(b.person("Q" + "x" * 299), shift)
    assert squeezed(text(press.pdf(made(b.plan())))).count("x" * 299) == 1


def test_a_name_without_an_initial_stands_by_itself() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main)
    first, second = (b.shift(picket, f"{h:02}:00", f"{h + 1:02}:00") for h in (8, 9))
    b.put(b.person("Aoife"), first, Role.SUPERVISOR)
    b.put(b.person("Owain", "  "), first)
    b.put(b.person("Grace", "\u202e"), second, Role.SUPERVISOR)
    b.put(b.person("Noor", "\U0001f600"), second)
    document = made(b.plan())
    assert [row.supervisors[0].words.strip(" .\u202e") for row in sheets(document)[0].rows] == ["Aoife", "Grace"]
    assert sheets(document)[0].rows[0].pickets[0].words == "Owain"
    shown = text(press.pdf(document))
    assert "09:00 Aoife to Grace" in shown
    assert "\u202e" not in shown


def test_long_names_shrink_within_limits_and_the_sheet_stays_one_page() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, supporters=10)
    people = [b.person(f"Anne-Marie Wilhelmin{letter}", "Oddy", phone="07700 900123") for letter in "abcdefghij"]
    roles = [Role.SUPERVISOR, Role.STANDBY, *[Role.PICKET] * 8]
    for hour in (8, 9, 10):
        shift = b.shift(picket, f"{hour:02}:00", f"{hour + 1:02}:00", least=8, wished=8, most=8)
        for person, role in zip(people, roles, strict=True):
            b.put(person, shift, role, AssignmentState.PROPOSED)
    assert len(reader(press.pdf(made(b.plan(), Audience.ORGANISER))).pages) == 1
    pdf = press.pdf(made(b.plan()))
    assert len(reader(pdf).pages) == 1
    assert squeezed("If it is called off") in squeezed(text(pdf))
    sizes: list[float] = []

    def note(words: str, _cm: Any, matrix: list[float], _font: Any, size: float) -> None:
        if "Wilhelmin" in words:
            sizes.append(abs(size * (matrix[3] or 1)))

    reader(pdf).pages[0].extract_text(visitor_text=note)
    # The names in the handovers are in the small type of the house; those in the grid never are.
    assert {round(size, 1) for size in sizes} == {8.5, 11.0}


def test_the_foot_never_breaks_inside_the_sentence_on_the_rules() -> None:
    for audience in AUDIENCES:
        pdf = reader(press.pdf(made(three_slots().plan(), audience)))
        lines = [line for page in pdf.pages for line in page.extract_text().splitlines()]
        assert any(carried.law().words in line for line in lines)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_absurd_lengths_and_new_lines_are_printed_whole(audience: Audience) -> None:
    b = three_slots()
    b.change(b.main, name="Gate\nof " + "many words " * 26 + "end")
    b.change(b.site, name="Hospital\r\nof " + "St Mary " * 34 + "end")
    b.change(b.dispute, duty_phone="07700 900001, or " * 12, duty_contact="Duty officer " * 12)
    b.put(b.person("Two\nlines", "Name"), next(r for r in b.plan().all(Shift)))
    pdf = press.pdf(made(b.plan(), audience))
    shown = text(pdf)
    assert "many words end" in shown
    assert "St Mary end" in shown
    assert squeezed(shown).count(squeezed("07700 900001, or")) >= 12
    assert squeezed("Gate of many") in squeezed(shown)
    for page in reader(pdf).pages:
        assert page.extract_text().count("Page ") == 1


def test_a_name_from_right_to_left_keeps_its_full_stop_in_a_sentence() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main)
    for hour, first in ((8, "\u0644\u064a\u0644\u0649"), (9, "Grace")):
        shift = b.shift(picket, f"{hour:02}:00", f"{hour + 1:02}:00")
        b.put(b.person(first, "\u0645\u0646" if hour == 8 else "Lu"), shift, Role.SUPERVISOR)
    sheet = sheets(made(b.plan()))[0]
    assert sheet.rows[0].handover == "09:00 \u0644\u064a\u0644\u0649 \u0645.\u200f\u200e to Grace L."
    assert press.pdf(made(b.plan())).startswith(b"%PDF")


def test_a_night_picket_on_the_eve_of_the_repeal_needs_its_supervisor() -> None:
    b = Southampton(first=date(2026, 2, 17))
    picket = b.picket(b.day, b.main, "22:00", None)
    b.shift(picket, "22:00", "02:00")
    b.change(picket, ends=at("02:00", date(2026, 2, 18)))
    assert sheets(made(b.plan()))[0].rows[0].leader == "picket supervisor"


def test_if_it_is_called_off_people_know_by_when_they_hear() -> None:
    b = three_slots()
    assert "At the latest by:" in text(press.pdf(made(b.plan())))  # with a line to write on
    b.change(b.dispute, told_by="20:00 the evening before")
    assert "At the latest by: 20:00 the evening before" in text(press.pdf(made(b.plan())))


def test_a_larger_paper_holds_the_same_page_and_large_print_takes_two() -> None:
    b = three_slots()
    small = pages(press.pdf(made(b.plan())))
    big = pages(press.pdf(made(b.plan(), look=Look(paper=Paper.A3, colour=False))))
    assert [squeezed(page) for page in small] == [squeezed(page) for page in big]
    large = pages(press.pdf(made(b.plan(), look=Look(large=True))))
    assert ["Page 1 of 2" in large[0], "Page 2 of 2" in large[1]] == [True, True]
    assert "(continued)" in large[1]
    assert len(re.findall("GAP(?!:)", " ".join(large))) == 6


def test_each_sheet_has_its_own_code_and_stands_on_one_page() -> None:
    b = Southampton()
    for n in range(6):
        picket = b.picket(b.day, b.entrance(f"Gate {n}", b.site, position=n + 2), supporters=10)
        for hour in (8, 9, 10):
            shift = b.shift(picket, f"{hour:02}:00", f"{hour + 1:02}:00")
            b.put(b.person("Wilhelmina", "Featherstonehaugh", phone="07700 900123"), shift, Role.SUPERVISOR)
            for first in ("Oluwaseun", "Ma\u0142gorzata", "\u0645\u062d\u0645\u062f"):
                b.put(b.person(first, "Okonkwo-Ferreira", phone="07700 900124"), shift)
    for audience in AUDIENCES:
        batch = made(b.plan(), audience)
        shown = pages(press.pdf(batch))
        assert len(shown) == 6
        for piece, page in zip(batch.pieces, shown, strict=True):
            assert piece.code in page
            assert "Page 1 of 1" in page
