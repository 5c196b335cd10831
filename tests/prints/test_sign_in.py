"""The sign-in sheet: numbered rows for those who are expected and for whoever else comes, to be typed back."""

from __future__ import annotations

import re
from typing import Any

from rallyapp import carried
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.pickets import AssignmentState, Picket, Presence, Role
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look, Paper
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton
from tests.prints.reading import pages, squeezed, text

LAW = carried.law()


def printed(build: Southampton, picket: Picket, audience: Audience = Audience.SUPERVISOR, **more: Any) -> press.Batch:
    last = {picket.id: more.pop("last")} if "last" in more else None
    return press.batch(
        build.plan(), LAW, Document.SIGN_IN, audience, [picket.id], printed=PRINTED, version=7, before=last, **more
    )


def two_shifts(**more: Any) -> tuple[Southampton, Picket]:
    """Draw a picket 08:00-10:00: Siân leads Bolesław, then Ines within call; one who said no; supporters."""
    build = Southampton(**more)
    picket = build.picket(build.day, build.main, end="10:00", supporters=40)
    early, late = build.shift(picket, "08:00", "09:00", meet_minutes=10), build.shift(picket, "09:00", "10:00")
    build.put(build.person("Boles\u0142aw", "Apt", phone="07700 900301"), early)
    build.put(build.person("Si\u00e2n", "Hughes", phone="07700 900302"), early, Role.SUPERVISOR)
    build.put(build.person("Nobody", "Coming"), early, state=AssignmentState.DECLINED)
    build.put(build.person("Ines", "Okafor"), late, Role.SUPERVISOR, presence=Presence.CONTACTABLE)
    return build, picket


def test_the_rows_are_numbered_over_the_sheet_and_noted_with_whom_they_stand_for():
    build, picket = two_shifts()
    batch = printed(build, picket)
    shown = text(press.pdf(batch))
    assert "Nobody" not in shown, "who said no is not expected"
    whole = squeezed(shown)
    assert (
        squeezed("1 Si\u00e2n H. Picket organiser : : 2 Boles\u0142aw A. Picket : : 09:00\u201310:00 3 Ines O.")
        in whole
    )
    assert "within call, not on the spot" in shown
    assert "be there 10 min before" in shown
    for family in ("Hughes", "Okafor", "07700", DUTY_PHONE):
        assert family not in shown, "first names and initials, and no number at all"
    rows = [line for line in batch.pieces[0].lines if line.number]
    assert [(row.number, row.role) for row in rows[:4]] == [
        (1, "picket supervisor"),
        (2, "picket"),
        (3, "picket supervisor"),
        (4, ""),
    ]
    assert build.plan().name_of(rows[0].person) == "Si\u00e2n Hughes"
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    full = text(press.pdf(printed(build, picket, Audience.ORGANISER)))
    assert "Si\u00e2n Hughes" in full
    assert "07700" not in full, "nobody needs a number to sign in"


def test_it_says_who_keeps_it_and_why_and_has_room_for_head_counts_and_a_signature():
    build, picket = two_shifts()
    batch = printed(build, picket)
    shown = text(press.pdf(batch))
    assert shown.count(batch.pieces[0].code) >= 2, "at the head and in the foot"
    for words in (
        "British Medical Association, Wessex, keeps this sheet to know who was on the picket",
        "It is destroyed by Wed 9 Dec 2015.",
        "Write no telephone number, member number or grade here",
        "Every 30 minutes, pickets and supporters apart.",
        "Pickets, against 6",
        "Picket organiser, name",
        "Number of sign-in sheets",
        "Shows who is in a trade union.",
        LAW.words,
    ):
        assert squeezed(words) in squeezed(shown), words
    assert "08:00 08:30 09:00 09:30 10:00" in shown


def test_sixty_rows_take_four_pages_with_the_foot_on_the_last_one():
    build = Southampton()
    picket = build.picket(build.day, build.main, start="07:00", end="19:00")
    for hour in range(7, 19, 3):
        shift = build.shift(picket, f"{hour:02}:00", f"{hour + 3:02}:00")
        for number in range(15):
            build.put(build.person(f"Given{hour}{number:02}", "Family"), shift)
    batch = printed(build, picket)
    sheets = pages(press.pdf(batch))
    assert len(sheets) == 4
    for number, page in enumerate(sheets, 1):
        assert f"Page {number} of 4" in page
        assert "Name (print)" in page, "the titles stand on every page"
        assert ("Head-count" in page) == (number == 4)
    assert "10:00\u201313:00" in sheets[0]
    assert "10:00\u201313:00" in sheets[1], "a shift that goes on has its heading again"
    drawn = [int(found) for page in sheets for found in re.findall(r"(\d+) P S O St", page)]
    assert drawn == list(range(61, 61 + len(drawn)))
    assert len(drawn) > 15
    noted = {line.number for line in batch.pieces[0].lines}
    assert noted.issuperset(drawn), "whatever row is written in can be typed back"


def test_what_changed_since_the_last_print_is_marked_and_blank_rows_never_do():
    build, picket = two_shifts()
    first = printed(build, picket).pieces[0]
    last = LastPrint(since=3, lines={line.key: line.digest for line in first.lines} | {"gone": "x"})
    again = printed(build, picket, last=last)
    assert again.pieces[0].changed == ()
    assert "CHANGED SINCE VERSION 3 1 row is gone." in text(press.pdf(again))
    shift = build.shift(picket, "10:00", "11:00")
    build.put(build.person("New", "Comer"), shift)
    build.put(build.person("Second", "Comer"), shift)
    new = printed(build, picket, last=last)
    assert len(new.pieces[0].changed) == 2
    shown = text(press.pdf(new))
    assert "2 rows are new or changed, with a bar at the left and 1 row is gone." in shown
    assert shown.count("changed") == 3
    before = LastPrint(since=3, lines={line.key: line.digest for line in first.lines})
    assert "CHANGED" not in text(press.pdf(printed(*two_shifts(), last=before)))


def test_a_picket_that_is_off_says_so_and_has_no_counts():
    build, picket = two_shifts(state=StrikeState.NOTIFIED)
    build.change(picket, cancelled=True, reason="Talks at ACAS, ring 07700 900999")
    shown = text(press.pdf(printed(build, picket)))
    assert "STOOD DOWN Talks at ACAS" in shown
    assert "07700" not in shown
    assert "Head-count" not in shown
    assert "Number of sign-in sheets" in shown


def test_any_name_any_paper_and_no_shift_at_all():
    build = Southampton()
    long = build.change(build.main, name="Entrance #1 <b>$x$</b> " * 12)
    picket = build.picket(build.day, long, start="20:00", end=None)
    bare = text(press.pdf(printed(build, picket)))
    assert "Anybody else" in bare
    assert squeezed("20:00 20:30 21:00 21:30 22:00 22:30 23:00 23:30 00:00") in squeezed(bare), (
        "four hours to begin with"
    )
    assert "00:30" not in bare
    shift = build.shift(picket, "20:00", "19:00", label="At the <i>back</i>")
    build.put(build.person("N" * 150, "M" * 150), shift)
    build.put(build.person("#{{@x}} \\$_*", "\u05db\u05d4\u05df"), shift)
    build.put(build.person("", " "), shift)
    night = printed(build, picket, Audience.ORGANISER)
    shown = squeezed(text(press.pdf(night)))
    for words in (
        "N" * 150,
        "M" * 150,
        "#{{@x}} \\$_*",
        "<b>$x$</b>",
        "At the <i>back</i>",
        "(not named)",
        "Every hour",
    ):
        assert squeezed(words) in shown, words
    for look in (Look(paper=Paper.A3), Look(colour=False, large=True)):
        other = printed(build, picket, look=look)
        assert squeezed("Anybody else") in squeezed(text(press.pdf(other)))
        assert press.pdf(other) == press.pdf(other)
