"""The picket supervisor's pack: fifteen sections that hold what is known, and room to write for what is not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from rallyapp import carried
from rallyapp.domain.disputes import StrikeKind, StrikeState
from rallyapp.domain.ids import ContactId, KitItemId, PinId, PoliceDirectionId, PoliceTellingId, SitePlanId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import PoliceDirection, PoliceTelling, Presence, Role, Shift
from rallyapp.domain.places import LandStatus, Pin, PinKind, Site, SitePlan
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Contact, ContactKind, KitItem
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import press
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.job import Look
from rallyapp.prints.pack import Pack
from rallyapp.store import print_queries
from rallyapp.store.store import Store
from tests.prints.building import DUTY_PHONE, PRINTED, Southampton, at
from tests.prints.reading import pages, reader, squeezed, text

LAW = carried.law()
SPEC = (
    "Letter of",
    "Police notification record",
    "Role card",
    "The law on one page",
    "The site",
    "Rota, and who to ring",
    "Emergency cover and recall",
    "Armbands and kit",
    "The leaflet, and what to say",
    "Sign-in sheet",
    "Incident sheet",
    "Arrest sheet",
    "Directions of the police",
    "If it is called off",
    "End-of-shift report",
)


def batch(plan: Plan, last: LastPrint | None = None, look: Look | None = None) -> press.Batch:
    """Write the packs of all pickets of a plan."""
    abouts = press.pieces(plan, Document.PACK)
    return press.batch(
        plan,
        LAW,
        Document.PACK,
        Audience.SUPERVISOR,
        abouts,
        printed=PRINTED,
        version=7,
        before=dict.fromkeys(abouts, last) if last else None,
        look=look,
    )


def pack(plan: Plan) -> Pack:
    """Give the values of a plan's only pack."""
    (piece,) = batch(plan).pieces
    assert isinstance(piece.values, Pack)
    return piece.values


def page_with(shown: list[str], words: str) -> str:
    """Find the page that begins a section."""
    return next(page for page in shown[1:] if words in page)


def edge(page: pypdfium2.PdfPage, words: str) -> tuple[float, float]:
    """Give where words on a page begin and end from its left side, in points."""
    read = page.get_textpage()
    plain = read.get_text_range().replace("\u00a0", " ").replace("\r\n", " ")
    at = re.sub(r"\s", " ", read.get_text_range()).index(words) if words in plain else -1
    return read.get_charbox(at)[0], read.get_charbox(at + len(words) - 1)[2]


def busy() -> Southampton:
    """A picket of three hours with two in charge, one of whom may be named outside the union, and a gap."""
    b = Southampton()
    b.site = b.change(b.site, police_contact="Inspector Desk, 023 8000 0001")
    b.main = b.change(
        b.main, stand_at="Left of the gate; ask Jo on 07700 900999", land_status=LandStatus.HIGHWAY, official_max=5
    )
    b.entrance("Emergency department", b.site, position=2, keep_clear=True, land_status=LandStatus.PRIVATE)
    picket = b.picket(b.day, b.main, supporters=40)
    first, second, third = (b.shift(picket, f"{h:02}:00", f"{h + 1:02}:00") for h in (8, 9, 10))
    tomasz = b.person("Tomasz", "Wi\u015bniewski", phone="07700 900101", may_be_named=True)
    b.put(tomasz, first, Role.SUPERVISOR)
    b.put(tomasz, second, Role.SUPERVISOR)
    b.put(b.person("Harpreet", "Dhillon", phone="07700 900102"), third, Role.SUPERVISOR, presence=Presence.CONTACTABLE)
    b.put(b.person("Aoife", "Byrne", phone="07700 900201"), first)
    b.put(b.person("Owain", "Glynd\u0175r", phone="07700 900202"), first, Role.STANDBY)
    b.add(
        PoliceTelling(
            id=PoliceTellingId("told"),
            picket_id=picket.id,
            at=at("10:00", date(2015, 11, 28)),
            told="Inspector Ellery",
            told_by="Imogen Teller",
            how="by telephone",
            reference="HC-1234",
        )
    )
    b.add(
        PoliceDirection(
            id=PoliceDirectionId("direction"),
            picket_id=picket.id,
            at=at("08:40"),
            officer="PC 4711",
            direction="Move two metres from the kerb",
            acted_on_by="Aoife Byrne",
        )
    )
    b.add(
        Contact(id=ContactId("legal"), kind=ContactKind.LEGAL, organisation="Example Solicitors", phone="01632 960202")
    )
    b.add(KitItem(id=KitItemId("kit"), what="Armband", number=12))
    return b


def test_the_pack_has_its_fifteen_sections_each_on_a_page_of_its_own_with_its_number_in_the_contents() -> None:
    pdf = press.pdf(batch(busy().plan()))
    shown = pages(pdf)
    starts = []
    for words in SPEC:
        number = next(n for n, page in enumerate(shown) if n and words in page)
        assert number not in starts
        starts.append(number)
        assert squeezed(f"{words}") in squeezed(shown[0])
    assert starts == sorted(starts)
    assert squeezed(f"End-of-shift report{starts[-1] + 1}") in squeezed(shown[0])
    names = [str(mark["/Title"]) for mark in reader(pdf).outline if not isinstance(mark, list)]
    assert names[0] == "Main entrance"
    assert [name.split(" ")[0] for name in names if name[0].isdigit()] == [
        *(str(n) for n in range(2, 12)),
        "12a",
        "12b",
        "13",
        "14",
        "15",
    ]
    for number, page in enumerate(shown, 1):
        assert f"Page {number} of {len(shown)}" in page
        assert "Main entrance" in page


def test_the_cover_says_what_law_holds_who_is_in_charge_and_what_to_tick() -> None:
    shown = pages(press.pdf(batch(busy().plan())))[0]
    assert "Picket supervisor pack" in shown
    assert "PICKET ORGANISER" in shown
    assert "A picket supervisor is not required by law on this day." in shown
    assert "Code of Practice on Picketing (edition in force on 1 December 2015)" in shown
    assert squeezed("08:00\u201310:00Tomasz Wi\u015bniewski") in squeezed(shown)
    assert "Police told Sat 28 Nov 2015, 10:00, reference HC-1234" in shown
    assert DUTY_PHONE in shown
    assert "Shows who is in a trade union" in shown


def test_large_print_cuts_nothing_off_and_writes_nothing_over_anything() -> None:
    b = busy()
    for record in list(b.records):
        if isinstance(record, Site):
            b.change(record, name="University Hospital Southampton General")
    first = next(record for record in b.records if isinstance(record, Shift))
    long = b.person("Thamilselvi-Priyadarshini", "Sivasubramaniam-Venkataraghavan", phone="07700 900133")
    b.put(long, first, role=Role.STANDBY)
    leader = b.person("Harpreet Kaur", "Featherstonehaugh-Cholmondeley", phone="07700 900134", may_be_named=True)
    b.put(leader, first, role=Role.SUPERVISOR)
    pdf = press.pdf(batch(b.plan(), look=Look(large=True)))
    shown = pages(pdf)
    assert squeezed("Harpreet Kaur Featherstonehaugh-Cholmondeley") in squeezed(shown[0])
    # Pages are taken out of the pack: above each stands of which workplace it is, whole.
    sections = [page for page in shown if page.startswith("Main entrance, ")]
    assert len(sections) > len(SPEC)
    assert all(page.startswith("Main entrance, University Hospital Southampton General") for page in sections)
    assert not [page for page in shown if "\u2026" in page]
    signed = page_with(shown, "Sign-in sheet Type this back")
    assert "No. Name (print) Shift In Out Armband Initials" in signed  # the role stands under the name
    assert squeezed("Featherstonehaugh-Cholmondeley Picket organiser") in squeezed(signed)
    # On the rota every number ends in the column in which it begins.
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[next(n for n, words in enumerate(shown) if "Rota, and who to ring" in words and n > 1)]
        columns = [*(edge(page, title)[0] for title in ("Pickets Standby", "Standby")), page.get_width() - 40]
        for number, column in (("900133", 1), ("900134", -1)):
            left, right = edge(page, f"07700 {number}")
            assert right < columns[column + 1]
            assert column < 0 or left >= columns[column] - 1


def test_a_letter_and_a_record_in_the_pack_name_only_whom_they_may_and_the_record_says_who_was_told() -> None:
    shown = pages(press.pdf(batch(busy().plan())))
    letter = page_with(shown, "Letter of authority (recommended practice)")
    assert "Tomasz Wi\u015bniewski" in letter
    assert "Dhillon" not in letter
    assert "900999" not in letter
    assert "900101" not in letter
    assert "Shows who is in a trade union" not in letter
    record = page_with(shown, "Police notification record")
    assert squeezed("Inspector ElleryImogen Tellerby telephoneHC-1234") in squeezed(record)
    assert "900999" not in record
    assert "Inspector Desk, 023 8000 0001" in record


def test_the_rota_has_numbers_gaps_and_who_to_ring_and_all_are_on_the_card_for_when_it_is_off() -> None:
    shown = pages(press.pdf(batch(busy().plan())))
    rota = page_with(shown, "Rota, and who to ring")
    for words in (
        "Tomasz Wi\u015bniewski07700 900101",
        "Aoife Byrne07700 900201",
        "Example Solicitors",
        "01632 960202",
    ):
        assert squeezed(words) in squeezed(rota)
    assert rota.count("GAP") == 8
    assert "within call" in rota
    assert "40 supporters expected" in rota
    card = page_with(shown, "If it is called off")
    order = [card.index(name) for name in ("Tomasz", "Harpreet", "Aoife", "Owain")]
    assert order == sorted(order)
    assert card.count("Tomasz") == 1
    assert "07700\u00a0900202" in card or "07700 900202" in card


def test_the_sign_in_rows_are_noted_for_typing_back_by_the_packs_own_code() -> None:
    (piece,) = batch(busy().plan()).pieces
    rows = [line for line in piece.lines if line.number]
    assert [line.number for line in rows] == list(range(1, len(rows) + 1))
    roles = [line.role for line in rows if line.person]
    assert sorted(roles) == ["picket", "picket supervisor", "picket supervisor", "picket supervisor", "standby"]
    sheet = page_with(pages(press.pdf(batch(busy().plan()))), "Sign-in sheet")
    assert piece.code in sheet
    assert "900101" not in sheet
    assert len({line.key for line in piece.lines}) == len(piece.lines)


def test_what_changed_since_the_last_print_is_said_on_the_cover_and_beside_the_row() -> None:
    b = busy()
    (before,) = batch(b.plan()).pieces
    last = LastPrint(since=5, lines={line.key: line.digest for line in before.lines})
    assert batch(b.plan(), last).pieces[0].changed == ()
    early, _, shift = b.plan().all(Shift)
    b.put(b.person("Zofia", "Kowalska"), early)
    again = batch(b.plan(), last)
    shown = pages(press.pdf(again))
    assert "CHANGED SINCE VERSION 5" in shown[0]
    assert "changed" in page_with(shown, "Rota, and who to ring")
    (piece,) = again.pieces
    assert set(piece.changed) & {line.key for line in piece.lines if line.person}
    gone = Plan(record for record in b.records if getattr(record, "id", "") != shift.id)
    shown = pages(press.pdf(batch(gone, last)))
    assert "No longer on the rota: 10:00\u201311:00." in page_with(shown, "Rota, and who to ring")


@pytest.mark.parametrize(
    ("first", "where", "supervisor", "letter", "says"),
    [
        (date(2019, 3, 5), Jurisdiction.SCOTLAND, True, "Letter of approval", "must appoint a picket supervisor"),
        (date(2026, 3, 3), Jurisdiction.WALES, False, "Letter of authority", "no longer requires"),
        (date(2019, 3, 5), Jurisdiction.NORTHERN_IRELAND, False, "Letter of authority", "its own Order"),
    ],
)
def test_the_law_of_the_day_decides_the_words(
    first: date, where: Jurisdiction, supervisor: bool, letter: str, says: str
) -> None:
    b = Southampton(first=first, jurisdiction=where)
    b.shift(b.picket(b.day, b.main), "08:00", "11:00")
    made = pack(b.plan())
    word = "supervisor" if supervisor else "organiser"
    assert (made.kind, made.leader) == ("Picket supervisor pack", f"picket {word}")
    assert made.law[0] == f"A picket supervisor is {'' if supervisor else 'not '}required by law on this day."
    titles = [section.title for section in made.sections]
    assert titles[0].startswith(letter)
    assert f"Role card: picket {word}" in titles
    page = next(section for section in made.sections if section.number == "5")
    assert says in repr(page.blocks)
    assert "must be taken to tell the police" in repr(page.blocks) or not supervisor


def test_a_picket_over_the_midnight_of_the_repeal_is_told_of_both_days() -> None:
    b = Southampton(first=date(2026, 2, 17))
    picket = b.picket(b.day, b.main, "20:00", None)
    b.shift(picket, "20:00", "02:00")
    made = pack(b.plan())
    assert made.law[0] == "A picket supervisor is required by law: Tue 17 Feb 2026 yes, Wed 18 Feb 2026 no."
    assert made.kind == "Picket supervisor pack"
    assert made.leader == "picket supervisor or organiser"


def test_an_empty_pack_that_is_stood_down_says_so_on_each_page_and_has_room_to_write() -> None:
    b = Southampton(state=StrikeState.CALLED_OFF)
    b.picket(b.day, b.main, "08:00", None)
    for kind in StrikeKind:
        assert pack(replace_day(b, kind)).sections
    shown = pages(press.pdf(batch(b.plan())))
    assert all("STOOD DOWN" in page for page in shown)
    assert "do not use this letter" in page_with(shown, "Letter of authority")
    assert "No shifts have been entered" in page_with(shown, "Rota, and who to ring")
    assert "Not entered." in page_with(shown, "The site")


def replace_day(b: Southampton, kind: StrikeKind) -> Plan:
    """Give the plan with another kind of strike."""
    return Plan([*b.records, replace(b.day, kind=kind)])


def test_the_site_is_drawn_with_its_marks() -> None:
    b = busy()
    for id, picture in (("sketch", ""), ("broken", "not a picture")):
        b.add(
            SitePlan(id=SitePlanId(id), title=f"Plan {id}", site_id=b.site.id, picture=picture, width=900, height=600)
        )
    b.add(Pin(id=PinId("pin"), site_plan_id=SitePlanId("sketch"), number=1, kind=PinKind.EMERGENCY, label="Bay 3"))
    shown = text(press.pdf(batch(b.plan())))
    assert "Bay 3" in shown
    assert "The picture of Plan broken can\u2019t be drawn." in shown
    assert "KEEP CLEAR" in shown


def test_a_store_gives_all_that_a_pack_needs(tmp_path: Path) -> None:
    b = busy()
    with Store.create(tmp_path / "x.rally", b.records, label="New plan") as store:
        part = print_queries.part_for(store, "picket", press.pieces(b.plan(), Document.PACK))
    assert press.pdf(batch(part)) == press.pdf(batch(b.plan()))


def test_two_dozen_shifts_long_names_and_large_print_lose_nothing() -> None:
    b = Southampton()
    b.main = b.change(b.main, name="Gate " + "North" * 59)
    picket = b.picket(b.day, b.main, "00:00", "23:55")
    for n in range(24):
        shift = b.shift(
            picket,
            f"{n // 2:02}:{n % 2 * 30:02}",
            f"{(n + 1) // 2:02}:{(n + 1) % 2 * 30:02}",
            most=2,
            wished=1,
            least=1,
        )
        b.put(b.person("\u0645\u062d\u0645\u062f" if n % 2 else "<b>#$\\{{@", f"Name{n:02}"), shift, Role.SUPERVISOR)
    shown = squeezed(text(press.pdf(batch(b.plan(), look=Look(colour=False, large=True)))))
    for n in range(24):
        assert f"Name{n:02}" in shown
    assert "<b>#$\\{{@" in shown


def test_a_picket_that_is_gone_is_one_sentence() -> None:
    with pytest.raises(UserError, match="this picket is not in the plan"):
        press.batch(
            busy().plan(),
            LAW,
            Document.PACK,
            Audience.SUPERVISOR,
            ["gone"],
            printed=datetime(2015, 11, 29, 9, 5),
            version=1,
        )


def test_empty_rows_fill_a_page_and_never_take_one_for_a_few() -> None:
    b = Southampton()
    for many in (15, 17, 20, 22):
        shift = b.shift(b.picket(b.day, b.entrance(f"Gate {many}", b.site)), "08:00", "11:00")
        for n in range(many):
            b.put(b.person(f"Givenname{n}", "Familyname"), shift)
    begun, section = 0, ""
    for page in pages(press.pdf(batch(b.plan()))):
        head = re.search(r"11:00 (\d\d?[ab]?) [A-Z]", page)
        section = head[1] if head else section
        begun += head is not None
        named = "Givenname" in page
        if section == "14":  # who is told: never a page of nobody
            assert named
        elif section == "11":  # a page for walk-ins alone is a full one
            assert named or len(re.findall(r"\b[1-6]\d\b", page.partition("Initials")[2])) > 15
            assert named or "NUMBER OF SIGN-IN SHEETS" in page
        elif section in ("12a", "12b", "13"):  # a sheet is one page
            assert head is not None
    assert begun == 4 * 14  # the letter begins with whose it is
