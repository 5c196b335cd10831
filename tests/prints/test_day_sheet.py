"""The day sheet on paper: who is ticked, where to write, what is counted, and what it keeps to itself."""

from __future__ import annotations

import re
from typing import Any

from rallyapp import carried
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.pickets import AssignmentState, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.day_sheet import DaySheet
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.press import Batch
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton
from tests.prints.reading import pages, reader, squeezed, text

PHONE = re.compile(r"0\d[\d ]{8,12}\d")


def made(plan: Plan, audience: Audience = Audience.SUPERVISOR, **more: Any) -> Batch:
    return press.batch(
        plan,
        carried.law(),
        Document.DAY_SHEET,
        audience,
        press.pieces(plan, Document.DAY_SHEET),
        **{"printed": PRINTED, "version": 7, **more},
    )


def sheet(batch: Batch) -> DaySheet:
    (piece,) = batch.pieces
    assert isinstance(piece.values, DaySheet)
    return piece.values


def morning(**more: Any) -> Southampton:
    """08:00 Tomasz and one picket, one on standby and a union official; 09:30 nobody. Three pickets are needed."""
    b = Southampton(**more)
    b.change(b.site, police_contact="PC Constable Contactable 02380 000999")
    picket = b.picket(b.day, b.main, supporters=40, note="Ask Jo about the gazebo, 07700 900777.")
    first = b.shift(picket, "08:00", "09:30")
    b.shift(picket, "09:30", "11:00")
    b.put(b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101"), first, Role.SUPERVISOR)
    b.put(b.person("Aoife", "Byrne", phone="07700 900102"), first, state=AssignmentState.ASKED)
    b.put(b.person("Owain", "Glynd\u0175r", phone="07700 900103"), first, Role.STANDBY)
    b.put(b.person("Rosalind", "Tansley", phone="07700 900104"), first, Role.OFFICIAL)
    b.put(b.person("Secret", "Supporter"), first, Role.SUPPORTER)
    return b


def test_the_supervisor_ticks_short_names_in_order_and_has_one_number() -> None:
    batch = made(morning().plan())
    first, second = sheet(batch).shifts
    assert [(p.kind, p.words, p.role, p.leads, p.mark) for p in first.people] == [
        ("name", "Tomasz W.", "Picket organiser", True, ""),
        ("name", "Aoife B.", "", False, "? asked"),
        ("gap", "GAP", "", False, ""),
        ("gap", "GAP", "", False, ""),
        ("free", "", "", False, ""),
        ("name", "Owain G.", "Standby", False, ""),
        ("name", "Rosalind T.", "", False, "union official"),
    ]
    assert first.handover == "09:30 Tomasz W. to ............"
    assert [p.kind for p in second.people] == ["gap"] * 4 + ["free"] * 2
    shown = text(press.pdf(batch))
    assert set(PHONE.findall(shown)) == {DUTY_PHONE}
    for word in ("Byrne", "Wi\u015bniewski", "Constable", "gazebo", "Secret", "Ottoline"):
        assert word not in shown
    for words in (
        "Day sheet, picket 08:00\u201311:00",
        "40 supporters expected: they stand apart and are counted, not named.",
        "Handover or end of the picket: armbands and kit counted",
        "Kit: out and back",
        "Whom to ring",
        "999",
        "Notes: what happened, and when",
        "Shred after Wed 9 Dec 2015.",
        carried.law().words,
    ):
        assert squeezed(words) in squeezed(shown)


def test_the_organisers_copy_has_everybody_s_number_and_what_was_noted() -> None:
    shown = squeezed(text(press.pdf(made(morning().plan(), Audience.ORGANISER))))
    for words in (
        "Tomasz Wi\u015bniewski Picket organiser \u00b7 07700 900101",
        "Aoife Byrne ? asked \u00b7 07700 900102",
        "PC Constable Contactable 02380 000999",
        "Ask Jo about the gazebo, 07700 900777.",
        "Duty phone, Ottoline Duty-Officer",
    ):
        assert squeezed(words) in shown


def test_heads_are_counted_every_half_hour_against_the_code_s_six_and_every_hour_through_a_night() -> None:
    b = morning()
    b.change(b.main, official_max=20)
    found = sheet(made(b.plan()))
    assert found.counts == ("08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00")
    assert found.most == 6
    assert found.count_words.startswith("Count every 30 minutes. The Code recommends no more than 6 official pickets")
    night = Southampton()
    night.picket(night.day, night.main, "06:00", "23:00")
    counts = sheet(made(night.plan()))
    assert (counts.counts[:2], counts.counts[-1], len(counts.counts)) == (("06:00", "07:00"), "23:00", 18)
    assert counts.count_words.startswith("Count every hour.")
    assert "No shifts have been entered for this picket." in text(press.pdf(made(night.plan())))


def test_a_picket_that_is_off_is_struck_and_has_nothing_to_count() -> None:
    batch = made(morning(state=StrikeState.CALLED_OFF).plan())
    found = sheet(batch)
    assert (found.head.status, found.counts, found.supporters) == ("STOOD DOWN", (), "")
    assert all(shift.off == "stood down" for shift in found.shifts)
    shown = text(press.pdf(batch))
    assert "GAP" not in shown
    assert "Head-count" not in shown


def test_a_long_day_goes_over_pages_with_its_heading_and_keeps_each_shift_whole() -> None:
    b = Southampton()
    picket = b.picket(b.day, b.main, "08:00", "18:00")
    for hour in range(8, 18):
        b.shift(picket, f"{hour:02}:00", f"{hour + 1:02}:00")
    for look in (Look(), Look(paper=Paper.A3, colour=False), Look(large=True)):
        shown = pages(press.pdf(made(b.plan(), look=look)))
        assert len(shown) > 1
        for number, page in enumerate(shown, start=1):
            assert f"Page {number} of {len(shown)}" in page
            assert ("(continued)" in page) is (number > 1)
            # What belongs to a shift stands on the page of its time.
            rows = page.partition("Came")[2].partition("Head-count")[0]
            assert page.count("Handover") == len(re.findall(r"\d\d:00\u2013\s?\d\d:00", rows))


def test_a_row_that_changed_says_so() -> None:
    b = morning()
    first = made(b.plan(), version=3)
    (piece,) = first.pieces
    before = {piece.about: LastPrint(since=3, lines={line.key: line.digest for line in piece.lines})}
    b.put(b.person("Late", "Comer"), [r for r in b.records if isinstance(r, Shift)][1])
    again = made(b.plan(), before=before)
    assert [shift.changed for shift in sheet(again).shifts] == [False, True]
    assert sheet(again).head.status == "CHANGED SINCE VERSION 3"
    assert squeezed("09:30\u201311:00 changed") in squeezed(text(press.pdf(again)))


def test_the_same_sheet_has_the_same_bytes_and_long_names_are_whole() -> None:
    b = morning()
    shift = next(r for r in b.records if isinstance(r, Shift))
    b.put(b.person("Q" + "x" * 299), shift)
    b.put(b.person("\u0641\u0627\u0637\u0645\u0629", "\u0639\u0644\u064a"), shift)
    pdf = press.pdf(made(b.plan()))
    assert pdf == press.pdf(made(b.plan()))
    assert squeezed(text(pdf)).count("x" * 299) == 1
    # The layout measures only what may not fit, or whose letters' widths are not known.
    widths = {p.words[:5]: p.wide for p in sheet(made(b.plan())).shifts[0].people if p.kind == "name"}
    assert widths["\u0641\u0627\u0637\u0645\u0629"] is None
    assert 4 < (widths["Owain"] or 0) < 6
    assert (widths["Qxxxx"] or 0) > 150
    assert len(reader(pdf).pages) == 2
