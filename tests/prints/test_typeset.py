"""From values to PDF: any text is shown as it is, and nothing makes it fail."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.prints import typeset
from rallyapp.prints.press import qr_svg
from rallyapp.prints.typeset import BOX, drawable
from tests.prints.reading import reader, squeezed, text

NASTY = (
    "<b>bold</b>",
    '#import "x": *',
    "$x^2$",
    "\\ \\\\ \\u{41}",
    "{{ name }}",
    "@reference",
    "*b* _i_ `code` ```raw```",
    "= heading",
    "- list + 1. two / term: x",
    "// comment /* more */",
    '#eval("1") #panic()',
    "<label> ~ -- --- ...",
    "'quotes' \"and\" more",
)


def document(*words: str) -> dict[str, Any]:
    """A sheet's data with nothing in it but these words, everywhere."""
    blocks: list[dict[str, Any]] = [{"kind": "words", "text": word, "strong": False, "small": False} for word in words]
    blocks.append({"kind": "facts", "rows": [[word, word] for word in words], "columns": 1})
    piece = {
        "kind": "Sheet", "heading": words[0], "owner": list(words), "place": "", "when": "", "hours": "", "note": "",
        "status": "DRAFT", "status_words": "", "off": False, "phone": "", "phone_of": "", "foot": "", "flipped": False,
        "blocks": blocks, "stamp": {"code": "K7M2-P4X", "qr": qr_svg("K7M2-P4X"), "since": None},
    }  # fmt: skip
    return {
        "audience": "organiser", "version": 1, "printed": "", "made": [2015, 11, 29, 9, 5], "words": "",
        "pieces": [piece],
    }  # fmt: skip


@pytest.mark.parametrize("words", NASTY)
def test_markup_is_shown_as_it_is(words: str) -> None:
    pdf = typeset.compile_pdf("sheet", document(words), title=words)
    assert squeezed(words) in squeezed(text(pdf))
    assert reader(pdf).metadata is not None
    assert reader(pdf).metadata.title == words  # type: ignore[union-attr]


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1, max_size=60))
@example("\u202egnp.exe")
@example("\u2066\u2067isolated")
@example("x" * 300)
@example("\U0001f600 \U0001f469\u200d\U0001f469\u200d\U0001f467")
@example("\ufeff")
@example("\x00\x07\t\r\n")
@example("\ud800")
@example("\u0e44\u0e17\u0e22 \u0c95\u0ca8\u0ccd\u0ca8\u0ca1")
@example("a\u0915\u094d\u0301\u064b")
@example("\u0600\u06dd")
@example("\U000e0041\U000fffff")
def test_no_text_makes_it_fail(words: str) -> None:
    pdf = typeset.compile_pdf("sheet", document(words), title=words)
    assert pdf.startswith(b"%PDF")


@given(st.text(max_size=80))
def test_signs_that_turn_the_line_are_left_out(words: str) -> None:
    shown = drawable(words)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\x00")
    assert drawable(shown) == shown or len(shown) > 30


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S", "Z")), max_size=40))
def test_what_is_not_known_becomes_a_box_and_all_else_stays(words: str) -> None:
    shown = squeezed(drawable(words))
    plain = squeezed(unicodedata.normalize("NFC", words))
    known = [sign for sign, drawn in zip(plain, shown, strict=False) if drawn != BOX]
    assert len(shown) <= len(plain)
    assert set(known) <= set(plain)


@pytest.mark.parametrize("words", ["Siân Llŷr-Jones", "Łukasz Wiśniewski", "Tŵm", "İbrahim Çağlar", "Hương Nguyễn"])
def test_names_of_many_countries_stay_as_they_are(words: str) -> None:
    assert drawable(words) == words
    assert words in text(typeset.compile_pdf("sheet", document(words), title="T"))


def test_arabic_is_joined_up_and_keeps_its_full_stop_at_its_end() -> None:
    # A name written from right to left ends on the left; the mark says that the stop belongs to it.
    assert drawable("\u064a\u0648\u0633\u0641 \u0627.") == "\u064a\u0648\u0633\u0641 \u0627.\u200f"
    pdf = typeset.compile_pdf("sheet", document("\u064a\u0648\u0633\u0641 \u0645\u062d\u0645\u062f"), title="T")
    fonts = {
        str(font["/BaseFont"])
        for page in reader(pdf).pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert any("NotoSansArabic" in font for font in fonts)
    assert BOX not in text(pdf)


def test_the_same_data_gives_the_same_bytes() -> None:
    first = typeset.compile_pdf("sheet", document("One"), title="T")
    typeset.compile_pdf("sheet", document("Other"), title="T")
    assert typeset.compile_pdf("sheet", document("One"), title="T") == first


def test_the_pdf_is_tagged_dated_by_its_data_and_has_only_our_fonts() -> None:
    pdf = reader(typeset.compile_pdf("sheet", document("One"), title="A title"))
    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert catalog["/Lang"] == "en-GB"  # type: ignore[index]
    assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    assert pdf.metadata is not None
    assert pdf.metadata.creation_date_raw == "D:20151129090500Z" or "20151129" in str(pdf.metadata.creation_date_raw)
    fonts = {
        str(font["/BaseFont"]).split("+")[-1]
        for page in pdf.pages
        for font in (entry.get_object() for entry in page["/Resources"]["/Font"].values())  # type: ignore[index]
    }
    assert all(font.startswith(("Inter", "NotoSans", "DroidSans")) for font in fonts)


def test_previews_are_one_picture_a_page() -> None:
    pngs = typeset.compile_png("sheet", document("One"), ppi=30)
    assert len(pngs) == len(reader(typeset.compile_pdf("sheet", document("One"), title="T")).pages)
    assert all(png.startswith(b"\x89PNG") for png in pngs)


def test_every_layout_keeps_to_itself() -> None:
    for layout in carried.path("prints").glob("*.typ"):
        words = layout.read_text(encoding="utf-8")
        assert "@preview" not in words
        assert "eval(" not in words
