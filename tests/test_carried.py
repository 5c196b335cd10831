"""What the program carries: found, readable, and what it says it is."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.domain.law import Jurisdiction

ENGLAND, WALES, SCOTLAND, NI = Jurisdiction


def found(text: str, limit: int = 8) -> list[str]:
    return [hospital.code for hospital in carried.find_hospitals(text, limit)]


# ------------------------------------------------------------------------------------- where things lie
def test_everything_carried_is_there() -> None:
    for parts in (("law.json",), ("data", "README.md"), ("fonts", "README.md"), ("fonts", "Inter-Regular.ttf")):
        assert carried.path(*parts).is_file()
    assert carried.path("data").parent == carried.path()


def test_in_a_checkout_the_folder_stands_beside_the_package() -> None:
    assert carried.path() == Path(carried.__file__).resolve().parent.parent / "resources"


def test_installed_or_packed_it_lies_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rallyapp" / "resources").mkdir(parents=True)
    monkeypatch.setattr(carried, "__file__", str(tmp_path / "rallyapp" / "carried.py"))
    carried._root.cache_clear()
    try:
        assert carried.path("law.json") == tmp_path.resolve() / "rallyapp" / "resources" / "law.json"
    finally:
        carried._root.cache_clear()


def test_importing_it_reads_nothing() -> None:
    """A fresh interpreter that may open no file below ``resources`` can still import the module."""
    program = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event == 'open' and 'resources' in str(args[0]):\n"
        "        raise SystemExit(f'opened {args[0]}')\n"
        "sys.addaudithook(watch)\n"
        "import rallyapp.carried\n"
        "sys.exit('csv' in sys.modules)\n"
    )
    root = Path(carried.__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_law_is_read_once() -> None:
    assert carried.law() is carried.law()
    rows = json.loads(carried.path("law.json").read_text(encoding="utf-8"))["rules"]
    assert [rule.id for rule in carried.law().rows] == [row["id"] for row in rows]


# ------------------------------------------------------------------------------- hospitals and trusts
def test_southampton_general() -> None:
    (general,) = (hospital for hospital in carried.hospitals() if hospital.code == "RHM01")
    assert general.name == "Southampton General Hospital"
    assert (general.address, general.city, general.postcode) == ("Tremona Road", "Southampton", "SO16 6YD")
    assert (general.lat, general.lon) == (50.93302, -1.43509)
    assert general.trust == "University Hospital Southampton NHS Foundation Trust"


def test_the_lists_are_whole_and_no_code_stands_twice() -> None:
    assert len(carried.hospitals()) == 1071
    assert len(carried.trusts()) == 246
    for rows in (carried.hospitals(), carried.trusts()):
        assert max(Counter(row.code for row in rows).values()) == 1
        assert all(row.name and row.name == " ".join(row.name.split()) for row in rows)


def test_one_hospital_lacks_postcode_and_place() -> None:
    (lacking,) = (hospital for hospital in carried.hospitals() if not hospital.postcode)
    assert lacking.name == "Kingsbridge (South Hams) Community Hospital"
    assert lacking.lat is None
    assert lacking.lon is None
    assert found("kingsbridge")[0] == lacking.code


def test_the_district_of_every_other_hospital_is_known_and_near() -> None:
    for hospital in carried.hospitals():
        if hospital.postcode:
            district = carried.outcode(hospital.postcode)
            assert district is not None
            assert district.outcode == hospital.postcode.split()[0]
            assert hospital.lat is not None
            assert hospital.lon is not None
            assert abs(hospital.lat - district.lat) < 0.5
            assert abs(hospital.lon - district.lon) < 0.5


def test_one_site_stands_under_four_names() -> None:
    names = {hospital.name for hospital in carried.hospitals() if hospital.postcode == "EX16 6NT"}
    assert len(names) == 4


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("southampton general", "RHM01"),
        ("General Southampton", "RHM01"),
        ("SOUTHAMPTON", "RHM01"),
        ("so16", "RHM01"),
        ("so16 6yd", "RHM01"),
        ("SO166YD", "RHM01"),
        ("st helier", "RVR05"),
        ("St. Helier", "RVR05"),
        ("saint helier", "RVR05"),
        ("sthelier hospital", None),
        ("epsom", "RVR50"),
        ("éps", "RVR50"),
        ("leeds gen", "RR801"),
        ("addenbrookes", "RGT01"),
        ("Addenbrooke’s", "RGT01"),
        ("addenbrooke's", "RGT01"),
        ("guys", "RJ121"),
        ("john rad", "RTH08"),
        ("devizes community", "RN330"),
        ("no such place", None),
        ("", None),
        (" - ", None),
    ],
)
def test_the_right_hospital_comes_first(text: str, first: str | None) -> None:
    assert next(iter(found(text)), None) == first


def test_a_name_goes_before_a_place_and_a_place_before_a_trust() -> None:
    """All that "epsom" finds: two by name, the trust's other sites after them."""
    hits = carried.find_hospitals("epsom")
    assert [hospital.code for hospital in hits[:2]] == ["RVR50", "NTV16"]
    assert {hospital.trust_code for hospital in hits[2:]} == {"RVR"}


def test_the_list_is_cut_at_the_limit() -> None:
    assert len(found("hospital")) == 8
    assert len(found("hospital", 3)) == 3
    assert found("hospital", 20)[:8] == found("hospital")


@given(st.sampled_from(carried.hospitals()))
def test_every_hospital_is_found_by_its_full_name_and_town(hospital: carried.Hospital) -> None:
    assert hospital in carried.find_hospitals(f"{hospital.name} {hospital.city}", 50)


@given(st.text(max_size=12))
def test_any_typing_is_taken(text: str) -> None:
    assert len(carried.find_hospitals(text)) <= 8
    assert carried.outcode(text) is None or any(c.isdigit() for c in text)


# ----------------------------------------------------------------------------------- postcode districts
@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("SO16 6YD", "SO16"),
        ("so166yd", "SO16"),
        (" so16  6yd ", "SO16"),
        ("SO16-6YD", "SO16"),
        ("SO16", "SO16"),
        ("SO 16", "SO16"),
        ("SO16 6", "SO16"),
        ("SO16 6Y", "SO16"),
        ("M1 1", "M1"),
        ("M1 1AE", "M1"),
        ("M11AE", "M1"),
        ("EC1A 1BB", "EC1A"),
        ("W1A 1AA", "W1"),
        ("BT12 6BA", "BT12"),
        ("GIR 0AA", None),
        ("SO99 9ZZ", None),
        ("Southampton", None),
        ("", None),
    ],
)
def test_a_postcode_is_read_however_it_is_written(text: str, district: str | None) -> None:
    known = carried.outcode(text)
    assert (known and known.outcode) == district


def test_a_district_has_a_place_a_town_and_a_country() -> None:
    southampton = carried.outcode("SO16")
    assert southampton is not None
    assert (southampton.lat, southampton.lon) == (50.93521, -1.43069)
    assert (southampton.town, southampton.country) == ("Southampton", "England")
    belfast = carried.outcode("BT1")
    assert belfast is not None
    assert belfast.country == "Northern Ireland"


def test_every_district_is_complete_and_in_these_islands() -> None:
    districts = carried._outcodes().values()
    assert len(districts) == 2856
    for district in districts:
        assert district.town
        assert 49 < district.lat < 61
        assert -8.7 < district.lon < 2


# ------------------------------------------------------------------------ past strikes and bank holidays
def test_there_are_51_strike_windows() -> None:
    windows = carried.strike_windows()
    assert len(windows) == 51
    assert Counter(window.status for window in windows) == {
        "held": 24,
        "suspended": 21,
        "called off": 3,
        "superseded": 2,
        "announced (outcome not found)": 1,
    }


def test_the_first_window_is_the_day_that_was_called_off() -> None:
    first = carried.strike_windows()[0]
    assert (first.date_start, first.time_start) == ("2015-12-01", "08:00")
    assert (first.date_end, first.time_end) == ("2015-12-02", "08:00")
    assert (first.kind, first.status, first.status_date) == ("emergency-care-only", "called off", "2015-11-30")
    assert first.announced is None


def test_every_window_names_real_days_and_its_weekday() -> None:
    for window in carried.strike_windows():
        start, end = date.fromisoformat(window.date_start), date.fromisoformat(window.date_end)
        assert start <= end
        assert window.weekday_start == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[start.weekday()]
        assert (window.time_start is None) == (window.time_end is None)


def test_christmas_day_2015_is_a_holiday_everywhere() -> None:
    for where in Jurisdiction:
        assert carried.bank_holidays(where)[date(2015, 12, 25)] == "Christmas Day"


def test_the_first_monday_of_august_is_a_holiday_in_scotland_only() -> None:
    day = date(2021, 8, 2)
    assert [where for where in Jurisdiction if day in carried.bank_holidays(where)] == [SCOTLAND]
    assert [where for where in Jurisdiction if date(2021, 8, 30) in carried.bank_holidays(where)] == [
        ENGLAND,
        WALES,
        NI,
    ]


def test_a_substitute_day_says_so_and_nothing_can_be_written() -> None:
    england = carried.bank_holidays(ENGLAND)
    assert england[date(2015, 12, 28)] == "Boxing Day (substitute day)"
    with pytest.raises(TypeError):
        england[date(2015, 12, 1)] = "Strike Day"  # type: ignore[index]


def test_holidays_reach_from_2012_to_2028() -> None:
    for where in Jurisdiction:
        years = {day.year for day in carried.bank_holidays(where)}
        assert years == set(range(2012, 2029))


# ----------------------------------------------------------------------------------------------- the rest
def test_every_table_is_clean_text() -> None:
    for file in sorted(carried.path("data").glob("*.csv")):
        raw = file.read_bytes()
        assert not raw.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in raw
        rows = list(csv.reader(raw.decode("utf-8").splitlines()))
        assert len({len(row) for row in rows}) == 1
        assert all(cell == cell.strip() and cell.isprintable() for row in rows for cell in row)


def test_every_font_has_a_line_in_the_readme_and_a_licence_beside_it() -> None:
    fonts = carried.path("fonts")
    words = (fonts / "README.md").read_text(encoding="utf-8")
    for font in fonts.glob("*.ttf"):
        assert font.stem.split("-")[0] in words
    for licence in ("OFL-Inter.txt", "OFL-NotoSans.txt", "Apache-2.0.txt"):
        assert licence in words
        assert (fonts / licence).is_file()
    assert sum(file.stat().st_size for file in fonts.iterdir()) < 8_000_000
