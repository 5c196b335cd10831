"""From a plan to a file: which pieces, what changed since the last print, on which paper, the same bytes again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from rallyapp import carried
from rallyapp.domain.pickets import Picket, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.sheet_codes import read_code
from rallyapp.domain.tells import LastPrint, LastPrints, PrintRun
from rallyapp.prints import noting, press
from rallyapp.prints.audience import SHOWN, Audience, Document, audiences
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Paper, digest_of
from tests.prints.building import PRINTED, STRIKE, Southampton
from tests.prints.reading import pages, reader, squeezed, text

LAW = carried.law()


def rota(plan: Plan, *abouts: str, last: LastPrint | None = None, version: int = 7, look: Look | None = None):
    """Print pickets' rotas for the noticeboard."""
    return press.batch(
        plan,
        LAW,
        Document.ROTA,
        Audience.NOTICEBOARD,
        abouts,
        printed=PRINTED,
        version=version,
        before=dict.fromkeys(abouts, last) if last else None,
        look=look,
    )


def two_shifts() -> tuple[Southampton, Shift, Picket]:
    """Draw a picket and its late shift: Siân 08:00-10:00, nobody 10:00-12:00."""
    build = Southampton()
    picket = build.picket(build.day, build.main, end="12:00")
    early, late = build.shift(picket, "08:00", "10:00"), build.shift(picket, "10:00", "12:00")
    build.put(build.person("Si\u00e2n", "Hughes"), early, Role.PICKET)
    return build, late, picket


def as_noted(batch: press.Batch) -> dict[str, LastPrint]:
    """Read the records of a print back, as the plan would."""
    records = list(noting.records_of(batch, {batch.pieces[0].about: "Si\u00e2n"}))
    runs = [each for each in records if isinstance(each, PrintRun)]
    assert [run.holder for run in runs] == ["Si\u00e2n", *[""] * (len(runs) - 1)]
    return {
        run.scope: LastPrint(
            since=run.version,
            lines={each.line: each.digest for each in records if getattr(each, "print_run_id", "") == run.id},
        )
        for run in runs
    }


def test_every_pair_of_the_table_is_in_the_catalogue():
    assert set(MADE) == set(Document)
    for document in Document:
        assert audiences(document), document
        made = MADE[document]
        assert (carried.path("prints", f"{made.layout}.typ")).is_file(), made.layout
        assert made.papers
    assert all(SHOWN[pair].words.endswith(".") and pair[1].words.endswith(".") for pair in SHOWN)


def test_a_document_is_not_printed_for_whom_it_is_not_meant_nor_on_paper_that_it_does_not_fit():
    build, _, picket = two_shifts()
    with pytest.raises(
        UserError, match="The picket rota is not printed for the charity; choose \u201cnoticeboard\u201d or"
    ):
        press.batch(build.plan(), LAW, Document.ROTA, Audience.CHARITY, [picket.id], printed=PRINTED, version=1)
    with pytest.raises(UserError, match="The picket rota is not printed on A5; choose A4 or A3"):
        rota(build.plan(), picket.id, look=Look(paper=Paper.A5))
    with pytest.raises(UserError, match="the plan has no picket for the picket rota"):
        rota(build.plan())


def test_pieces_stand_by_day_place_and_name_and_can_be_chosen():
    build = Southampton()
    east = build.entrance("East gate", build.site, position=2)
    week_on = STRIKE + timedelta(days=7)
    late = build.add(replace(build.day, id="late", first_date=week_on, last_date=week_on, end_time=None))
    last = build.picket(late, build.main)
    second, first = build.picket(build.day, east), build.picket(build.day, build.main)
    rally = build.rally()
    plan = build.plan()
    assert press.pieces(plan, Document.ROTA) == (first.id, second.id, last.id)
    assert press.pieces(plan, Document.SIGN_IN, days=["late"]) == (last.id,)
    assert press.pieces(plan, Document.ROTA, sites=[]) == ()
    assert press.pieces(plan, Document.ROTA, on=STRIKE) == (first.id, second.id)
    assert press.pieces(plan, Document.GAPS) == (build.day.id, "late")
    assert press.pieces(plan, Document.GAPS, on=STRIKE + timedelta(days=1)) == (build.day.id,)  # it ends there
    assert press.pieces(plan, Document.RALLY_PLAN, days=[build.day.id]) == (rally.id,)
    assert press.pieces(plan, Document.RALLY_PLAN, days=["late"]) == ()
    assert press.pieces(plan, Document.RALLY_PLAN, on=date(2016, 1, 1)) == ()
    assert press.pieces(plan, Document.STALLS) == ()
    assert press.pieces(plan, Document.SUMMARY) == ("",)


def test_a_row_that_changed_since_the_last_print_is_known_and_so_is_one_that_is_gone():
    build, late, picket = two_shifts()
    first = rota(build.plan(), picket.id)
    (piece,) = first.pieces
    assert (piece.since, piece.changed, piece.gone) == (None, (), ())
    (last,) = as_noted(first).values()
    assert last.since == 7

    (same,) = rota(build.plan(), picket.id, last=last, version=8).pieces
    assert (same.since, same.changed, same.gone) == (7, (), ())

    build.put(build.person("Tom", "Okafor"), late, Role.SUPERVISOR)
    (other,) = rota(build.plan(), picket.id, last=last, version=9).pieces
    by_key = {line.key: line.shift for line in other.lines}
    assert late.id in {by_key[key] for key in other.changed}

    fewer = Plan(each for each in build.records if getattr(each, "shift_id", "") != late.id and each is not late)
    (less,) = rota(fewer, picket.id, last=last, version=10).pieces
    assert [late.id in key for key in less.gone] == [True]


def test_a_print_of_a_version_that_is_yet_to_come_was_another_files():
    build, _, picket = two_shifts()
    (piece,) = rota(build.plan(), picket.id, last=LastPrint(since=99, lines={"gone": "0"}), version=7).pieces
    assert (piece.since, piece.changed, piece.gone) == (None, (), ())


def test_what_stood_in_a_row_is_told_by_its_values_alone():
    @dataclass(frozen=True)
    class Row:
        who: str
        at: date

    def told(value: object, salt: str = "a row") -> str:
        return digest_of(value, salt=salt)

    assert told(Row("Si\u00e2n", STRIKE)) == told({"at": STRIKE, "who": "Si\u00e2n"})
    assert told(Row("Sian", STRIKE)) != told(Row("Si\u00e2n", STRIKE))
    assert told([Row("a", STRIKE)]) == told(({"who": "a", "at": STRIKE},))
    assert len(told("x" * 5000)) == 10
    assert told("Si\u00e2n") != told("Si\u00e2n", "another row")  # nobody sees that two rows read the same


def test_rows_that_read_the_same_on_two_sheets_do_not_show_it():
    build, _, picket = two_shifts()
    other = build.picket(build.day, build.entrance("East gate", build.site, position=2), end="12:00")
    for start, end in (("08:00", "10:00"), ("10:00", "12:00")):
        build.shift(other, start, end)
    one, two = rota(build.plan(), picket.id, other.id).pieces
    assert not {line.digest for line in one.lines} & {line.digest for line in two.lines}


def test_a_code_that_another_sheet_has_is_not_given_again_and_a_choice_is_noted():
    build, _, picket = two_shifts()
    (piece,) = rota(build.plan(), picket.id).pieces
    taken = LastPrints({}, {piece.code: LastPrints.sheet("sign-in", "organiser", picket.id, "")})
    batch = press.batch(
        build.plan(), LAW, Document.ROTA, Audience.NOTICEBOARD, [picket.id], printed=PRINTED, version=7, before=taken,
        look=Look(paper=Paper.A3, colour=False, large=True), choice="2",
    )  # fmt: skip
    again = press.batch(
        build.plan(), LAW, Document.ROTA, Audience.NOTICEBOARD, [picket.id], printed=PRINTED, version=7,
        before=LastPrints({}, {piece.code: LastPrints.sheet("rota", "noticeboard", picket.id, "")}),
    )  # fmt: skip
    assert batch.pieces[0].code != piece.code == again.pieces[0].code
    assert read_code(batch.pieces[0].code)
    (run, *_) = noting.records_of(batch)
    assert isinstance(run, PrintRun)
    assert (run.look, run.choice) == ("A3, large print, black and white", "2")
    assert Look().words == "A4"


def test_a_last_print_of_another_choice_marks_nothing():
    build, _, picket = two_shifts()
    (last,) = as_noted(rota(build.plan(), picket.id)).values()
    issued = replace(last, choice="2")
    (piece,) = rota(build.plan(), picket.id, last=issued, version=9).pieces
    assert (piece.since, piece.changed, piece.gone) == (None, (), ())


def test_a_title_holds_no_more_than_the_copy():
    """It stands in the file's properties, where nobody looks for a name."""
    build, _, _ = two_shifts()
    build.main = build.change(build.main, name="Main entrance, 07700 900123")
    build.person("Jo", "Bloggs")
    rally = build.rally(title="Jo Bloggs\u2019s rally 07700 900123")
    for document, audience, about in (
        (Document.RALLY_PLAN, Audience.POLICE, rally.id),
        (Document.ROTA, Audience.NOTICEBOARD, build.plan().all(Picket)[0].id),
    ):
        batch = press.batch(build.plan(), LAW, document, audience, [about], printed=PRINTED, version=1)
        title = str(reader(press.pdf(batch)).metadata)
        assert "900123" not in title
        assert "Bloggs" not in title


def test_each_piece_has_its_own_code_and_pages_and_the_same_print_has_the_same_bytes():
    build, _, picket = two_shifts()
    other = build.picket(build.day, build.entrance("East gate", build.site, position=2))
    batch = rota(build.plan(), picket.id, other.id)
    codes = [piece.code for piece in batch.pieces]
    assert len(set(codes)) == 2
    assert [read_code(code) for code in codes] == codes
    pdf = press.pdf(batch)
    assert pdf == press.pdf(rota(build.plan(), picket.id, other.id))
    for page, code in zip(pages(pdf), codes, strict=True):
        assert code in page
        assert "Page 1 of 1" in page
    assert batch.title == "Picket rota: 2 sheets"
    assert reader(pdf).metadata.title == "Picket rota: 2 sheets"
    later = press.batch(
        build.plan(), LAW, Document.ROTA, Audience.NOTICEBOARD, [picket.id],
        printed=PRINTED + timedelta(minutes=1), version=7,
    )  # fmt: skip
    assert later.pieces[0].code not in codes


def test_a_larger_paper_holds_the_same_and_black_and_white_loses_nothing():
    build, _, picket = two_shifts()
    looks = [Look(), Look(paper=Paper.A3), Look(colour=False), Look(large=True)]
    pdfs = [press.pdf(rota(build.plan(), picket.id, look=look)) for look in looks]
    areas = [reader(pdf).pages[0].mediabox.width * reader(pdf).pages[0].mediabox.height for pdf in pdfs]
    assert [round(float(area / areas[0]), 1) for area in areas] == [1, 2, 1, 1]
    signs = [Counter(squeezed(text(pdf))) for pdf in pdfs]
    assert signs[0] == signs[1] == signs[2]
    assert signs[0] - signs[3] <= Counter("Page1of1")  # a second page says so


def test_the_qr_code_holds_the_sheets_code_and_nothing_else():
    plain, other = press.qr_svg("K7M2-P4X"), press.qr_svg("K7M2-P4Y")
    assert plain.startswith("<svg")
    assert plain != other
    assert "http" not in plain.replace("http://www.w3.org/2000/svg", "")
