"""Pictures from anywhere: whatever a file is, it becomes a picture without a past, or one sentence."""

import base64
import os
import shutil
import struct
import zlib
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfWriter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QColorSpace, QImage, QImageWriter
from PySide6.QtTest import QTest

from rallyapp.domain.ids import SitePlanId
from rallyapp.domain.places import Site, SitePlan
from rallyapp.domain.records import KINDS
from rallyapp.sheets import plan_json
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.site_plan import NoPicture, find_file, picture_of, take_picture
from rallyapp.ui.widgets.site_plan.page_chooser import PageChooser
from rallyapp.ui.widgets.site_plan.pdf import page_image

PLAN = SitePlan(id=SitePlanId("plan"), title="Plan", width=1200, height=800)
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100"'
SECRETS = (b"Exif", b"Acme 12", b"GPS", b"xpacket", b"Secret", b"ICC_PROFILE", b"tEXt", b"iTXt", b"iCCP", b"eXIf")


# ------------------------------------------------------------------------------------------ making files
def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, depth=8, colour=2, extra=b"", data=None):
    samples = {0: 1, 2: 3, 6: 4}[colour]
    row = b"\0" + bytes((width * samples * depth + 7) // 8)
    squeezed = zlib.compress(row * height, 1) if data is None else data
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", squeezed) + chunk(b"IEND", b"")
    )  # fmt: skip


def bomb(megabytes):
    """So many megabytes of nothing, packed."""
    packing = zlib.compressobj(9)
    return b"".join(packing.compress(bytes(1_000_000)) for _ in range(megabytes)) + packing.flush()


def jpeg(image, quality=80):
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    assert writer.write(image)
    return bytes(buffer.data().data())


def coloured(width, height, colour="#88aa66", kind=QImage.Format.Format_RGB32):
    image = QImage(width, height, kind)
    image.fill(QColor(colour))
    return image


def pdf(*pages, size="0 0 400 300"):
    """A PDF with such pages; a reader mends its missing table."""
    kids = " ".join(f"{3 + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        f"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>endobj"
    ]
    for at, drawn in enumerate(pages):
        parts.append(
            f"{3 + 2 * at} 0 obj<</Type/Page/Parent 2 0 R/MediaBox[{size}]/Contents {4 + 2 * at} 0 R>>endobj\n"
            f"{4 + 2 * at} 0 obj<</Length {len(drawn)}>>stream\n{drawn}\nendstream endobj"
        )
    return ("%PDF-1.4\n" + "\n".join(parts) + "\ntrailer<</Root 1 0 R>>\n%%EOF\n").encode()


def locked():
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


RED = "1 0 0 rg 0 0 400 300 re f"
BLUE = "0 0 1 rg 0 0 400 300 re f"


def taken(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return take_picture(path)


def kept(picture):
    return replace(
        PLAN, picture=picture.text, media_type=picture.media_type, width=picture.width, height=picture.height
    )


def refused(tmp_path, name, data):
    with pytest.raises(NoPicture) as error:
        taken(tmp_path, name, data)
    sentence = str(error.value)
    assert sentence.startswith(f"\u201c{name}\u201d ")
    assert sentence.endswith(".")
    assert sentence.count(". ") == 0
    return sentence


# ----------------------------------------------------------------------------------------- what it hides
def test_nothing_that_a_photo_hides_is_kept(qapp, tmp_path):
    image = coloured(60, 40)
    image.setColorSpace(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb))
    plain = jpeg(image)
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\0" + b"Acme 12 GPSLatitude 50.9 Secret"
    xmp = b"http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta>Secret</x:xmpmeta>"
    hidden = b"".join(b"\xff\xe1" + (len(part) + 2).to_bytes(2, "big") + part for part in (exif, xmp))
    photo = plain[:2] + hidden + plain[2:] + b"Secret behind the end"
    texts = b"".join(
        (
            chunk(b"tEXt", b"Author\0Secret"),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0Secret xpacket"),
            chunk(b"eXIf", b"MM\0*\0\0\0\x08\0\0Acme 12"),
        )
    )
    for name, data in (("photo.jpg", photo), ("map.png", png(60, 40, extra=texts))):
        assert any(secret in data for secret in SECRETS)
        written = base64.b64decode(taken(tmp_path, name, data).text)
        assert not [secret for secret in SECRETS if secret in written]


def test_a_picture_travels_with_its_plan(qapp, made, tmp_path):
    copy = tmp_path / "carried.rally"
    shutil.copy(made, tmp_path / "first.rally")
    with Store.open(tmp_path / "first.rally") as store:
        site = store.all(Site)[0]
        drawn = replace(kept(taken(tmp_path, "map.jpg", jpeg(coloured(400, 300)))), site_id=site.id)
        with store.edit("Add a site plan") as edit:
            edit.save(drawn)
        exported = plan_json.dump(record for kind in KINDS for record in store.all(kind))
    (tmp_path / "map.jpg").unlink()
    shutil.copy(tmp_path / "first.rally", copy)
    with Store.open(copy) as store:
        shown = picture_of(store.get(SitePlan, drawn.id))
    assert shown.size().toTuple() == (400, 300)
    assert abs(shown.pixelColor(200, 150).red() - 0x88) <= 3
    assert drawn in plan_json.load(exported.encode())


# -------------------------------------------------------------------------------------- how large, how odd
def test_fifty_megapixels_are_read_smaller_and_a_hundred_are_too_many(qapp, tmp_path):
    large = jpeg(coloured(8000, 6250, kind=QImage.Format.Format_Grayscale8), 30)
    picture = taken(tmp_path, "large.jpg", large)
    assert (picture.width, picture.height) == (1800, 1406)
    head = large.index(b"\xff\xc0") + 5
    huge = large[:head] + struct.pack(">HH", 10_000, 10_100) + large[head + 4 :]
    assert "10,100 by 10,000 pixels, which is too many" in refused(tmp_path, "huge.jpg", huge)
    assert "10,000 by 10,000 pixels" in refused(tmp_path, "huge.png", png(10_000, 10_000, data=b""))
    assert "8,000 by 5,000 pixels" in refused(tmp_path, "deep.png", png(8000, 5000, 16, 6, data=b""))


def test_odd_pictures_are_read_as_they_look(qapp, tmp_path):
    cyan = QImage(30, 20, QImage.Format.Format_CMYK8888)
    cyan.bits()[:] = bytes((255, 0, 0, 0)) * 600
    grey = QImage(30, 20, QImage.Format.Format_Grayscale16)
    grey.fill(QColor("#808080"))
    deep = tmp_path / "deep.png"
    assert grey.save(str(deep))
    for picture, colour in ((taken(tmp_path, "cmyk.jpg", jpeg(cyan)), "#00ffff"), (take_picture(deep), "#808080")):
        shown = picture_of(kept(picture)).pixelColor(15, 10)
        wanted = QColor(colour)
        away = zip(shown.getRgb()[:3], wanted.getRgb()[:3], strict=True)
        assert max(abs(one - other) for one, other in away) < 70
    animated = png(30, 20, extra=chunk(b"acTL", struct.pack(">II", 2, 0)))
    assert taken(tmp_path, "moving.png", animated).width == 30


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("empty.png", lambda: b"", "is no picture that can be used here"),
        ("words.png", lambda: b"hello", "is no picture that can be used here"),
        ("moving.gif", lambda: b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "is no picture that can be used here"),
        ("page.svg", lambda: b"<html><body/></html>", "is no picture that can be used here"),
        ("none.png", lambda: png(0, 5), "is damaged"),
        ("half.png", lambda: png(900, 900)[:900], "is damaged: it can\u2019t be read to its end"),
        ("half.jpg", lambda: jpeg(coloured(900, 900))[:900], "is damaged: it can\u2019t be read to its end"),
        ("head.jpg", lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", "is damaged"),
        ("half.svg", lambda: f"<svg {SVG}><rect".encode(), "is damaged: it can\u2019t be read to its end"),
        ("minus.svg", lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="-5" height="5"/>', "is damaged"),
    ],
)
def test_what_is_broken_or_no_picture_is_said(qapp, tmp_path, name, make, sentence):
    assert sentence in refused(tmp_path, name, make())


def test_packed_bombs_do_no_harm(qapp, tmp_path, qtlog):
    packed = bomb(60)
    with qtlog.disabled():  # libpng says what it throws away
        for name, data in (
            ("text.png", png(9, 9, extra=chunk(b"zTXt", b"Comment\0\0" + packed))),
            ("colours.png", png(9, 9, extra=chunk(b"iCCP", b"icc\0\0" + packed))),
            ("rows.png", png(9, 9, data=packed)),
        ):
            assert len(data) < 100_000
            assert taken(tmp_path, name, data).width == 9


def test_only_files_are_read(qapp, tmp_path):
    with pytest.raises(NoPicture, match="is a folder"):
        find_file(tmp_path)
    with pytest.raises(NoPicture, match="can\u2019t be read"):
        find_file(tmp_path / "gone.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        with pytest.raises(NoPicture, match="is no file that can be read"):
            find_file(tmp_path / "pipe.png")


# --------------------------------------------------------------------------------------------- drawings
def test_a_drawing_never_shows_another_file(qapp, tmp_path):
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(10, 10))
    sheet = tmp_path / "sheet.css"
    sheet.write_text("rect { fill: #00f }")
    inner = base64.b64encode(f'<svg {SVG}><image xlink:href="{secret}"/></svg>'.encode()).decode()
    for drawn in (
        f'<svg {SVG}><image width="9" height="9" xlink:href="{secret}"/></svg>',
        f'<svg {SVG}><image width="9" height="9" href=" file://{secret} "/></svg>',
        f'<svg {SVG}><image width="9" height="9" xlink:href="secret.png"/></svg>',
        f'<svg {SVG}><use xlink:href="other.svg#a"/></svg>',
        f'<svg {SVG}><image xlink:href="data/secret.png"/></svg>',
        f'<svg {SVG}><image xlink:href="data:image/svg+xml;base64,{inner}"/></svg>',
        f'<!DOCTYPE svg [<!ENTITY f "{secret}">]><svg {SVG}><image xlink:href="&f;"/></svg>',
        f'<?xml-stylesheet href="{sheet}" type="text/css"?><svg {SVG}><rect width="9" height="9"/></svg>',
    ):
        assert "draws from other files" in refused(tmp_path, "map.svg", drawn)
    disguised = f'<svg {SVG}><image xlink:href="data:image/png;base64,{inner}"/></svg>'
    assert "neither PNG nor JPEG" in refused(tmp_path, "map.svg", disguised)
    broken = f'<svg {SVG}><image xlink:href="data:image/png;base64,AAA"/></svg>'
    assert "is damaged" in refused(tmp_path, "map.svg", broken)
    assert not picture_of(replace(PLAN, picture=base64.b64encode(f"<svg {SVG}/>".encode()).decode())).width()


def test_what_a_drawing_holds_itself_is_drawn(qapp, tmp_path):
    inside = base64.b64encode(jpeg(coloured(10, 10, "#ff0000"))).decode()
    drawn = (
        f'<svg {SVG}><style>.a{{fill:url(#g)}}</style><linearGradient id="g"><stop stop-color="#f00"/></linearGradient>'
        f'<a xlink:href="https://example.org"><rect id="r" class="a" width="10" height="10"/></a>'
        f'<use xlink:href="#r" x="20"/><image width="100" height="100" xlink:href="data:image/jpeg;base64,{inside}"/>'
        "</svg>"
    )
    picture = taken(tmp_path, "map.svg", drawn)
    assert (picture.width, picture.height, picture.media_type) == (1800, 1800, "image/png")
    assert picture_of(kept(picture)).pixelColor(900, 900).red() > 200
    vast = taken(tmp_path, "vast.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e12 1e12"/>')
    assert (vast.width, vast.height) == (1800, 1800)


def test_a_drawing_that_would_be_drawn_for_ever_is_refused(qapp, tmp_path):
    def again(what, times=10):
        return "".join(
            f'<g id="u{level}">{what.format(level - 1) * times}</g>' for level in range(1, 9)
        )  # fmt: skip

    uses = f'<svg {SVG}><rect id="u0"/>' + again('<use xlink:href="#u{}"/>') + "</svg>"
    patterns = f'<svg {SVG}><rect id="u0"/>' + again('<rect fill="url(#u{})"/>') + "</svg>"
    styled = f'<svg {SVG}><style>.a{{fill:url(#p)}}</style><pattern id="p"/>' + '<rect class="a"/>' * 20_000 + "</svg>"
    circle = f'<svg {SVG}><g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g></svg>'
    deep = f"<svg {SVG}>" + "<g>" * 100 + "</g>" * 100 + "</svg>"
    long = f"<svg {SVG}><!--{'x' * 20_000_000}--></svg>"
    for drawn in (uses, patterns, styled, circle, deep, long):
        assert "is too intricate to draw" in refused(tmp_path, "map.svg", drawn)
    laughs = '<!DOCTYPE svg [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(8)
    )
    refused(tmp_path, "map.svg", f"{laughs}]><svg {SVG}><text>&i;</text></svg>")


# ------------------------------------------------------------------------------------------ pages of a PDF
def test_a_pdf_of_one_page_is_a_picture(qapp, tmp_path):
    picture = taken(tmp_path, "map.pdf", pdf(RED))
    assert (picture.width, picture.height, picture.media_type) == (1800, 1350, "image/png")
    assert picture_of(kept(picture)).pixelColor(900, 600) == QColor("red")
    assert find_file(tmp_path / "map.pdf").pages() == 1
    huge = taken(tmp_path, "huge.pdf", pdf(RED, size="0 0 14400 2"))
    assert huge.width == 1800


@pytest.mark.parametrize(
    ("name", "make", "sentence"),
    [
        ("torn.pdf", lambda: b"%PDF-1.7\nnothing", "is a damaged PDF"),
        ("cut.pdf", lambda: pdf(RED)[:60], "is a damaged PDF"),
        ("locked.pdf", locked, "is locked with a password: save a copy without one"),
        ("empty.pdf", pdf, "is a damaged PDF"),
    ],
)
def test_a_pdf_that_can_t_be_read_is_said(qapp, tmp_path, name, make, sentence):
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(NoPicture, match=sentence) as refused:
        find_file(path).pages()
    assert str(refused.value).startswith(f"\u201c{name}\u201d")


def test_a_page_that_takes_too_long_is_given_up(qapp):
    slow = pdf("".join(f"0 0 {200 + at % 200} {200 + at % 90} re f\n" for at in range(60_000)))
    with pytest.raises(NoPicture, match="takes too long to draw"):
        page_image(slow, 0, 800, patience=0)
    with pytest.raises(NoPicture, match="page 9 is damaged"):
        page_image(pdf(RED), 8, 100)


@pytest.fixture
def tab(person, window, plan):
    person.opens(plan)
    window.frame.go(PageName.SITES)
    window.frame.page.detail.choose_view("plan")
    return window.frame.page.detail.plan


def test_of_several_pages_one_is_chosen_by_keys(tab, person, qtbot, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(*[RED] * 2, BLUE, *[RED] * 57))
    tab.take(str(path))
    chooser = person.sees(PageChooser)
    assert chooser.pages.rowCount() == 50
    qtbot.waitUntil(lambda: chooser.pages.data(chooser.pages.index(4), Qt.ItemDataRole.UserRole) is not None)
    QTest.keyClick(chooser.list, Qt.Key.Key_Right)
    QTest.keyClick(chooser.list, Qt.Key.Key_Right)
    assert chooser.take.text() == "Take page 3"
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tab.panel.view.picture.image is not None)
    assert tab.panel.view.picture.image.pixelColor(900, 600) == QColor("blue")


def test_whoever_chooses_no_page_keeps_what_was(tab, person, qtbot, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(RED, BLUE))
    tab.take(str(path))
    chooser = person.sees(PageChooser)
    QTest.keyClick(chooser.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not tab.desk.jobs.runs("site plan picture"))
    assert tab.panel.none.isVisible()
    assert person.reads == ""
