"""The papers of one picket by themselves: letter, police notification, incident and arrest sheets, report."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rallyapp import carried
from rallyapp.domain.ids import AttendanceId, ContactId, IncidentId, KitItemId, PoliceTellingId, TurnoutCountId
from rallyapp.domain.pickets import Attendance, Incident, PoliceTelling, Role, Shift, TurnoutCount
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Contact, ContactKind, KitItem
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document, audiences
from rallyapp.prints.job import Look, Paper
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.reading import pages, squeezed, text

LAW = carried.law()
PAPERS = (Document.LETTER, Document.POLICE, Document.INCIDENT, Document.ARREST, Document.REPORT)
PHONE = re.compile(r"0\d[\d ]{8,12}\d")


def batch(
    plan: Plan,
    document: Document,
    audience: Audience | None = None,
    *,
    last: LastPrint | None = None,
    look: Look | None = None,
) -> press.Batch:
    """Write a document of all pickets of a plan, for its usual audience."""
    abouts = press.pieces(plan, document)
    return press.batch(
        plan,
        LAW,
        document,
        audience or audiences(document)[0],
        abouts,
        printed=PRINTED,
        version=7,
        before=dict.fromkeys(abouts, last) if last else None,
        look=look,
    )


def shown(plan: Plan, document: Document, audience: Audience | None = None) -> str:
    """Print a document and read it."""
    return text(press.pdf(batch(plan, document, audience)))


def held(first: date = date(2019, 3, 5)) -> Southampton:
    """A picket that was held: two in charge, one agreed to be named; counts, marks and an incident were entered."""
    b = Southampton(first=first)
    b.main = b.change(b.main, stand_at="Left of the gate; ask Jo on 07700 900999")
    picket = b.picket(b.day, b.main)
    morning, late = b.shift(picket, "08:00", "09:30"), b.shift(picket, "09:30", "11:00")
    b.put(b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101", may_be_named=True), morning, Role.SUPERVISOR)
    b.put(b.person("Harpreet", "Dhillon", phone="07700 900102"), late, Role.SUPERVISOR)
    aoife = b.person("Aoife", "Byrne", phone="07700 900201")
    b.put(aoife, morning)
    b.add(
        PoliceTelling(
            id=PoliceTellingId("told"),
            picket_id=picket.id,
            at=at("10:00", first - timedelta(days=2)),
            told="Inspector Ellery",
            told_by="Imogen Teller",
            reference="HC-1234",
        )
    )
    for n, (clock, pickets, supporters) in enumerate((("08:03", 4, 30), ("09:31", 6, 1200))):
        b.add(
            TurnoutCount(
                id=TurnoutCountId(f"count{n}"),
                picket_id=picket.id,
                at=at(clock, first),
                pickets=pickets,
                supporters=supporters,
            )
        )
    b.add(
        Attendance(
            id=AttendanceId("came"), shift_id=morning.id, person_id=aoife.id, role=Role.PICKET, came=at("07:58", first)
        )
    )
    b.add(
        Attendance(
            id=AttendanceId("walk-in"), shift_id=morning.id, walk_in="Zadie", role=Role.PICKET, came=at("08:20", first)
        )
    )
    b.add(
        Incident(
            id=IncidentId("incident"),
            picket_id=picket.id,
            at=at("09:15", first),
            what="Rosalind Farquhar spoke with a lorry driver; ring 07700 900888",
            written_by="Tomasz Wi\u015bniewski",
        )
    )
    b.add(Contact(id=ContactId("legal"), kind=ContactKind.LEGAL, name="Lorcan Lawyer", phone="01632 960202"))
    b.add(KitItem(id=KitItemId("kit"), what="Armband", number=12))
    return b


def test_what_leaves_the_union_names_only_who_agreed_and_gives_one_number() -> None:
    plan = held().plan()
    for document in (Document.LETTER, Document.POLICE):
        read = shown(plan, document)
        assert "Tomasz Wi\u015bniewski" in read
        for name in ("Dhillon", "Harpreet", "Aoife", "Byrne", "Imogen", "Ellery", "Rosalind", "Lorcan"):
            assert name not in read
        assert set(PHONE.findall(read)) == {DUTY_PHONE}
        assert squeezed("09:30\u201311:00") in squeezed(read)  # with a line to write on
    assert "HC-1234" not in shown(plan, Document.POLICE)


def test_the_letter_is_called_and_quoted_as_the_law_of_its_day_has_it() -> None:
    approval, advice = shown(held().plan(), Document.LETTER), shown(held(date(2026, 3, 3)).plan(), Document.LETTER)
    assert "Letter of approval" in approval
    assert "must have the union\u2019s letter of approval" in approval.replace("'", "\u2019")
    assert "Letter of authority (recommended practice)" in advice
    assert "letter of approval" not in advice
    assert "Picket supervisor" in approval
    assert "Picket organiser" in advice
    for read in (approval, advice):
        assert "British Medical Association confirms that it approves the picketing" in read
        assert "Valid only when it is signed for the union." in read
        assert "peacefully to obtain or communicate information" in read
        assert LAW.words in read


def test_the_police_are_told_who_where_and_how_to_make_contact() -> None:
    now, later = shown(held().plan(), Document.POLICE), shown(held(date(2026, 3, 3)).plan(), Document.POLICE)
    assert "Reasonable steps must be taken to tell the police" in now
    assert "it is advisable" in later
    assert "Reasonable steps" not in later
    for read in (now, later):
        assert "Left of the gate" in read
        assert f"{DUTY_PHONE} (duty phone)" in read
        assert "RECEIVED BY" in read.upper()
        assert "REFERENCE" in read


def test_a_change_is_marked_on_the_new_notification_and_a_letter_only_notes_it() -> None:
    b = held()
    for document in (Document.POLICE, Document.LETTER):
        (first,) = batch(b.plan(), document).pieces
        last = LastPrint(since=4, lines={line.key: line.digest for line in first.lines})
        assert batch(b.plan(), document, last=last).pieces[0].changed == ()
        moved = Plan([*b.records, replace(b.main, stand_at="Right of the gate")])
        again = batch(moved, document, last=last)
        assert again.pieces[0].changed
        read = text(press.pdf(again))
        assert ("CHANGED SINCE VERSION 4" in read) is (document is Document.POLICE)
        assert ("changed since version 4" in read) is (document is Document.POLICE)
        one = b.plan().all(Shift)[1]
        b.put(b.person("Zofia", "Kowalska", may_be_named=True), one, Role.SUPERVISOR)
        read = text(press.pdf(batch(b.plan(), document, last=last)))
        assert "Zofia Kowalska" in read
        assert ("changed Zofia" in read) is (document is Document.POLICE)
        b = held()


def test_the_arrest_sheet_asks_for_what_the_guidance_lists_and_the_incident_sheet_is_one_page() -> None:
    plan = held().plan()
    arrest = shown(plan, Document.ARREST)
    for words in ("Date and time", "Number of officers", "Name of whoever", "Reasons given", "Words exchanged"):
        assert words.upper() in arrest.upper()
    assert "6 Witnesses" in arrest
    assert "If there is an arrest" in arrest
    assert "Lorcan" not in arrest
    assert DUTY_PHONE in arrest
    incident = pages(press.pdf(batch(plan, Document.INCIDENT)))
    assert len(incident) == 1
    assert "What happened, in order" in incident[0]
    for read in (arrest, incident[0]):
        assert "Shows who is in a trade union." in read


def test_the_report_holds_what_was_entered_by_then() -> None:
    plan = held().plan()
    full = shown(plan, Document.REPORT, Audience.ORGANISER)
    for words in ("08:03430", "09:3161,200", "08:30", "11:00", "08:00\u201309:30210", "Armband12"):
        assert squeezed(words) in squeezed(full)
    assert "08:00 " not in full.split("Who came")[0].split("Head-count")[1].replace("08:00\u2013", "")
    assert "Rosalind Farquhar" in full
    assert "900888" in full
    assert "Tomasz Wi\u015bniewski" in full
    carried_copy = shown(plan, Document.REPORT, Audience.SUPERVISOR)
    assert "Rosalind" not in carried_copy
    assert "900888" not in carried_copy
    assert carried_copy.count("(on the organiser\u2019s copy)") == 2


def test_a_report_of_a_picket_without_an_end_and_of_a_whole_day() -> None:
    b = Southampton()
    b.picket(b.day, b.main, "08:00", None)
    assert "Official pickets" in shown(b.plan(), Document.REPORT)
    b = Southampton()
    picket = b.picket(b.day, b.main, "06:00", "20:00")
    b.shift(picket, "06:00", "20:00", cancelled=True, reason="No one")
    read = shown(b.plan(), Document.REPORT)
    assert "19:30" in read
    assert "stood down" in read


def test_a_picket_that_is_off_says_so_on_each_of_its_papers() -> None:
    b = Southampton()
    b.picket(b.day, b.main, cancelled=True, reason="nobody could come; ring 07700 900123")
    for document in PAPERS:
        read = shown(b.plan(), document)
        assert "STOOD DOWN" in read
        assert "900123" not in read


@pytest.mark.parametrize("look", [Look(paper=Paper.A5, colour=False), Look(large=True), Look(paper=Paper.A3)])
def test_hostile_and_long_names_stand_as_they_are_on_any_paper(look: Look) -> None:
    b = Southampton()
    name = "<b>#let \\{{$x$}} @q `r` *s*"
    b.main = b.change(b.main, name=f"{name} " + "North" * 60)
    shift = b.shift(b.picket(b.day, b.main), "08:00", "11:00")
    b.put(b.person(name, "\u0639\u0628\u062f \u0627\u0644\u0644\u0647", may_be_named=True), shift, Role.SUPERVISOR)
    for document in PAPERS:
        assert squeezed(name) in squeezed(text(press.pdf(batch(b.plan(), document, look=look))))


def test_the_same_print_has_the_same_bytes() -> None:
    plan = held().plan()
    for document in PAPERS:
        assert press.pdf(batch(plan, document)) == press.pdf(batch(plan, document))
