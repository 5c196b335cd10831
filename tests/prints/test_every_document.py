"""Every document for every audience: what stands on the paper, and above all what does not.

One plan full of people who can't be mistaken; whatever is added to the table is walked by itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import cache

import pytest

from rallyapp import carried
from rallyapp.prints import press
from rallyapp.prints.audience import SHOWN, Audience, Document, Naming, audiences, shown
from rallyapp.prints.documents import MADE
from rallyapp.store import Store, print_queries
from tests.prints.crowd import HOSTILE, LONG, PRINTED, TURNING, Crowd, crowded
from tests.prints.reading import reader, squeezed

LAW = carried.law()
Copy = Callable[[Document, Audience], bytes]
VERSION = 12
# A speaker is announced by name; their number is not.
ANNOUNCED = ("Orla Orationby",)
# Somebody whom a document is about, by the family name: as far as the copy may name them, they are there.
ABOUT = {
    Document.ROTA: "Memberly00",
    Document.DAY_SHEET: "Memberly00",
    Document.SIGN_IN: "Memberly00",
    Document.PACK: "Memberly00",
    Document.SLIPS: "Memberly00",
    Document.CASCADE: "Memberly00",
    Document.STAND_DOWN: "Memberly00",
    Document.LETTER: "Leaderkin0",
    Document.POLICE: "Leaderkin0",
    Document.BRIEFING: "Stewardine0",
    Document.RALLY_PLAN: "Teamworth",
    Document.SITE_PLAN: "Stewardine0",
    Document.STALLS: "Helperton",
    Document.RUNNING_ORDER: "Orationby",
    Document.CUE_CARDS: "Orationby",
}
# Where the number of somebody on the roster stands beside the name, if it may.
RUNG = (Document.ROTA, Document.PACK, Document.CASCADE, Document.STAND_DOWN)


@cache
def crowd() -> Crowd:
    return crowded()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Keep the crowd's plan in a file: whatever prints reads a part of it, without those who are on other days."""
    path = tmp_path_factory.mktemp("crowd") / "Crowd.rally"
    with Store.create(path, crowd().records.values(), label="New plan") as made:
        yield made


@pytest.fixture(scope="module")
def copy(store: Store) -> Callable[[Document, Audience], bytes]:
    @cache
    def drawn(document: Document, audience: Audience) -> bytes:
        return press.pdf(batch_of(store, document, audience))

    return drawn


def batch_of(store: Store, document: Document, audience: Audience, printed: datetime = PRINTED) -> press.Batch:
    abouts = press.pieces(crowd().plan(), document)[:1]
    part = print_queries.part_for(store, MADE[document].per, abouts)
    return press.batch(part, LAW, document, audience, abouts, printed=printed, version=VERSION)


def read(pdf: bytes) -> str:
    """Give all that stands in a PDF, and on one line what is broken over several."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return squeezed(" ".join(page.get_textpage().get_text_range() for page in document))


@pytest.mark.parametrize(("document", "audience"), SHOWN)
def test_a_copy_holds_what_its_audience_may_see_and_nothing_else(
    document: Document, audience: Audience, copy: Copy
) -> None:
    pdf = copy(document, audience)
    there = read(pdf)
    allowed = shown(document, audience)
    people, leaders = crowd().members, crowd().leaders

    # Numbers and addresses, of people on the roster, of people outside, and in what somebody wrote freely.
    numbers = {person.name: person.phone for person in (*people, *leaders)} | crowd().written
    for whose, number in numbers.items():
        assert allowed.phones or squeezed(number) not in there, f"the number of {whose}"
    for person in (*people, *leaders):
        assert allowed.phones or person.email not in there, f"the address of {person.name}"
    for name, number in crowd().outsiders.items():
        assert allowed.outside or squeezed(number) not in there, f"the number of {name}"
        assert allowed.outside or name in ANNOUNCED or squeezed(name) not in there, name

    # Names: of a leader as the table says of leaders, of everybody else as it says of people.
    for person, naming in (*((each, allowed.names) for each in people), *((each, allowed.leaders) for each in leaders)):
        assert naming is Naming.FULL or person.family_name not in there, person.name
        assert naming is not Naming.NONE or person.given_name not in there, person.name
    assert allowed.names is Naming.FULL or "Strollerson" not in there, "a walk-in"
    for name in ("Overrider", "Telleress"):
        assert allowed.remarks or name not in there, f"{name}, in a remark"

    # Whom it is about is there, as far as it may name and ring them.
    about = ABOUT.get(document, "")
    for person in (*people, *leaders):
        if person.family_name == about:
            naming = allowed.leaders if person in leaders else allowed.names
            named = {Naming.FULL: person.name, Naming.SHORT: person.given_name, Naming.NONE: ""}[naming]
            assert squeezed(named) in there
            assert not (allowed.phones and document in RUNG) or squeezed(person.phone) in there
    assert about not in "".join(crowd().outsiders) or about in there

    # Signs that mean something to a markup stand there as they are; nothing turns the line.
    assert squeezed(HOSTILE) in there
    assert not set(TURNING) & set(there)
    if allowed.names is Naming.FULL and about == "Memberly00":
        assert LONG in there


@pytest.mark.parametrize("document", Document)
def test_a_pdf_is_tagged_and_titled_and_its_properties_name_nobody(document: Document, copy: Copy) -> None:
    pdf = reader(copy(document, audiences(document)[0]))
    root = pdf.root_object
    assert root["/Lang"] == "en-GB"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith(f"{MADE[document].title}: ")
    properties = json.dumps({key: str(value) for key, value in pdf.metadata.items()})
    properties += pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else ""
    for person in (*crowd().members, *crowd().leaders):
        assert person.family_name not in properties
    assert pdf.outline, "bookmarks"
    fonts = [font for page in pdf.pages for font in page["/Resources"].get("/Font", {}).values()]
    assert fonts
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        assert {"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"].get_object())


def test_the_same_plan_and_time_give_the_same_paper_for_every_document_and_another_time_another_code(
    store: Store, copy: Copy
) -> None:
    """Made from the plan read again; the bytes follow from what stands on the paper."""
    for document, audience in SHOWN:
        first, again = (batch_of(store, document, audience) for _ in range(2))
        assert first == again, document
        later = batch_of(store, document, audience, PRINTED + timedelta(minutes=1))
        assert later.pieces[0].code != first.pieces[0].code
        if document in (Document.CUE_CARDS, Document.SITE_PLAN, Document.SUMMARY):
            assert press.pdf(again) == copy(document, audience)
