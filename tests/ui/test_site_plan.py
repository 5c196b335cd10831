"""A site plan: its picture without what a photo hides, and its pins by mouse and by keys."""

import base64
import zlib
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from rallyapp.domain.ids import PinId, SitePlanId
from rallyapp.domain.places import Pin, PinKind, Site, SitePlan
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.site_plan import SitePlanPanel, blank_picture, picture_of, take_picture
from rallyapp.ui.widgets.site_plan.pictures import LONGEST_SIDE, NoPicture
from rallyapp.ui.widgets.site_plan.pins import spoken

PLAN = SitePlan(id=SitePlanId("plan"), title="Plan", width=1200, height=800)
LEFT, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier
# An Exif block of a camera: "turned by 90 degrees", and who made it.
EXIF = bytes.fromhex(
    "4578696600004d4d002a000000080002011200030000000100060000010f0002000000080000002600000000" + b"Acme 12\0".hex()
)


def drawn(path, width=300, height=200, kind="PNG"):
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#cfd8c8"))
    image.setText("Author", "Siân Secret")
    assert image.save(str(path), kind)
    return path


def plan_of(picture):
    return replace(
        PLAN,
        picture=picture.text,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
    )


# ----------------------------------------------------------------------------------------- the picture
@pytest.mark.parametrize(("name", "kind"), [("map.png", "PNG"), ("map.jpg", "JPEG"), ("map.txt", "PNG")])
def test_a_picture_is_taken_by_what_is_in_it_and_comes_back_as_it_was(qapp, tmp_path, name, kind):
    picture = take_picture(drawn(tmp_path / name, kind=kind))
    assert (picture.width, picture.height, picture.media_type) == (300, 200, f"image/{kind.lower()}")
    shown = picture_of(plan_of(picture))
    assert shown.size().toTuple() == (300, 200)
    assert abs(shown.pixelColor(50, 50).red() - 0xCF) <= 3


def test_what_a_photo_hides_is_left_behind_and_it_stands_upright(qapp, tmp_path):
    plain = drawn(tmp_path / "photo.jpg", kind="JPEG").read_bytes()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(plain[:2] + b"\xff\xe1" + (len(EXIF) + 2).to_bytes(2, "big") + EXIF + plain[2:])
    picture = take_picture(photo)
    kept = base64.b64decode(picture.text)
    for hidden in (b"Exif", b"Acme", "Siân Secret".encode()):
        assert hidden in photo.read_bytes()
        assert hidden not in kept
    assert (picture.width, picture.height) == (200, 300)


def test_a_large_photo_is_made_smaller_and_a_drawing_as_large_as_is_useful(qapp, tmp_path):
    picture = take_picture(drawn(tmp_path / "large.jpg", 4000, 2000, "JPEG"))
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    drawing = tmp_path / "map.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="9" height="9"/></svg>'
    )
    picture = take_picture(drawing)
    assert (picture.width, picture.height, picture.media_type) == (1800, 1200, "image/png")
    assert picture_of(plan_of(picture)).pixelColor(1700, 1100) == QColor("white")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("plan.pdf", b"%PDF-1.7\n", "is a damaged PDF"),
        ("list.csv", b"a,b\n1,2\n", "is no picture that can be used here"),
        ("empty.png", b"", "is no picture that can be used here"),
        ("anim.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "is no picture that can be used here"),
    ],
)
def test_other_files_are_refused_in_a_sentence(qapp, tmp_path, name, data, sentence):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(NoPicture, match=sentence) as refused:
        take_picture(path)
    assert name in str(refused.value)


def test_a_file_that_is_cut_off_or_gone_or_far_too_large_is_refused(qapp, tmp_path):
    whole = drawn(tmp_path / "map.png").read_bytes()
    path = tmp_path / "cut.png"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(NoPicture, match="damaged"):
        take_picture(path)
    with pytest.raises(NoPicture, match="can’t be read"):
        take_picture(tmp_path / "gone.png")
    head = b"IHDR" + (90_000).to_bytes(4, "big") * 2 + whole[24:29]
    path.write_bytes(whole[:12] + head + zlib.crc32(head).to_bytes(4, "big") + whole[33:])
    with pytest.raises(NoPicture, match="90,000 by 90,000 pixels"):
        take_picture(path)


def test_a_plan_without_a_picture_and_one_with_a_broken_picture(qapp):
    assert picture_of(plan_of(blank_picture())) is None
    assert picture_of(replace(PLAN, picture="not base64!")).isNull()
    assert picture_of(replace(PLAN, picture=base64.b64encode(b"nothing").decode())).isNull()


# -------------------------------------------------------------------------------------------- the pins
def pin(number, x=500, y=500, **other):
    return Pin(id=PinId(f"p{number}"), site_plan_id=PLAN.id, number=number, x=x, y=y, **other)


class Asked:
    """A panel, and what was asked of it."""

    def __init__(self, panel):
        self.panel, self.all = panel, []
        for name in ("placed", "moved", "removed", "labelled", "kind_changed"):
            getattr(panel, name).connect(lambda *what, name=name: self.all.append((name, *what)))

    @property
    def view(self):
        return self.panel.view

    def at(self, x, y):
        return self.view._paper.point(x, y).toPoint()


@pytest.fixture
def panel(dressed, qtbot):
    made = SitePlanPanel()
    qtbot.addWidget(made)
    made.resize(900, 560)
    made.show()
    made.show_plan(PLAN, [pin(1, 200, 200, label="Main gate", kind=PinKind.ENTRANCE), pin(2, 800, 600)])
    return made


@pytest.fixture
def asked(panel):
    return Asked(panel)


def test_a_pin_is_placed_by_a_click_after_asking_for_it(asked):
    asked.panel.next_kind.setCurrentIndex(list(PinKind).index(PinKind.FIRST_AID))
    asked.panel.place.click()
    QTest.mouseClick(asked.view, LEFT, pos=asked.at(400, 300))
    ((name, kind, x, y),) = asked.all
    assert (name, kind) == ("placed", PinKind.FIRST_AID)
    assert abs(x - 400) <= 2
    assert abs(y - 300) <= 2
    assert not asked.panel.place.isChecked()
    QTest.mouseClick(asked.view, LEFT, pos=asked.at(600, 300))
    assert len(asked.all) == 1


def test_keys_place_a_pin_in_the_middle_and_escape_thinks_better_of_it(asked):
    asked.panel.place.click()
    asked.view.setFocus()
    QTest.keyClick(asked.view, Qt.Key.Key_Escape)
    assert not asked.panel.place.isChecked()
    QTest.keyClick(asked.view, Qt.Key.Key_Insert)
    assert asked.all == [("placed", PinKind.ENTRANCE, 500, 500)]


def test_a_pin_is_dragged_and_stays_on_the_picture(asked):
    view = asked.view
    QTest.mousePress(view, LEFT, pos=asked.at(200, 200))
    assert asked.panel.pin.number == 1
    QTest.mouseMove(view, asked.at(300, 260))
    QTest.mouseMove(view, asked.at(400, 300))
    assert asked.all == []
    QTest.mouseRelease(view, LEFT, pos=asked.at(400, 300))
    ((_, id, x, y),) = asked.all
    assert (id, abs(x - 400) <= 2, abs(y - 300) <= 2) == ("p1", True, True)
    QTest.mousePress(view, LEFT, pos=asked.at(800, 600))
    QTest.mouseMove(view, QPoint(0, 0))
    QTest.mouseMove(view, asked.at(0, 0) - QPoint(50, 50))
    QTest.mouseRelease(view, LEFT)
    assert asked.all[1] == ("moved", "p2", 0, 0)


def test_a_click_on_a_pin_chooses_it_and_moves_nothing(asked):
    QTest.mouseClick(asked.view, LEFT, pos=asked.at(800, 600) + QPoint(3, 2))
    assert asked.panel.list.currentIndex().row() == 1
    assert asked.all == []


def test_arrows_move_the_chosen_pin_and_shift_takes_larger_steps(asked):
    view = asked.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert asked.all == [("moved", "p1", 205, 200), ("moved", "p1", 200, 175), ("removed", "p2")]


def test_the_list_beside_the_picture_does_all_of_it_too(asked):
    pins = asked.panel.list
    pins.setFocus()
    QTest.keyClick(pins, Qt.Key.Key_Down)
    assert asked.panel.pin.number == 1
    QTest.keyClick(pins, Qt.Key.Key_Left, ALT)
    QTest.keyClick(pins, Qt.Key.Key_F2)
    assert asked.panel.label.entry.hasFocus()
    QTest.keyClicks(asked.panel.label.entry, " A")
    QTest.keyClick(asked.panel.label.entry, Qt.Key.Key_Return)
    asked.panel.kind.box.setCurrentIndex(list(PinKind).index(PinKind.WATER))
    asked.panel.kind.box.activated.emit(list(PinKind).index(PinKind.WATER))
    QTest.keyClick(pins, Qt.Key.Key_Delete)
    assert [each[0] for each in asked.all] == ["moved", "labelled", "kind_changed", "removed"]
    assert asked.all[0] == ("moved", "p1", 195, 200)
    assert asked.all[2] == ("kind_changed", "p1", PinKind.WATER)


def test_a_pin_is_spoken_with_where_it_is():
    assert spoken(pin(1, 100, 900, label="Gate", kind=PinKind.ENTRANCE)) == (
        "Pin 1, Gate, entrance, foot left of the picture"
    )
    assert spoken(pin(2)) == "Pin 2, other, middle of the picture"


def test_zooming_keeps_the_point_below_the_pointer_and_never_loses_the_picture(asked):
    view = asked.view
    there = QPointF(asked.at(200, 200))
    view.zoom_to(3, there)
    assert view.zoom == 3
    assert (view.pin_point("p1") - there).manhattanLength() < 3
    view.setFocus()
    for _ in range(60):
        QTest.keyClick(view, Qt.Key.Key_Left)
    assert view._paper.rect.left() >= -view.width() * 3
    assert view._paper.rect.left() <= 1
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == 1
    for _ in range(20):
        QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == 6


def test_a_plan_that_is_only_read_moves_nothing(asked):
    asked.panel.show_plan(PLAN, [pin(1, 200, 200)], writable=False)
    view = asked.view
    QTest.mousePress(view, LEFT, pos=asked.at(200, 200))
    QTest.mouseMove(view, asked.at(400, 400))
    QTest.mouseRelease(view, LEFT, pos=asked.at(400, 400))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        QTest.keyClick(view, key)
    assert asked.all == []
    assert not asked.panel.place.isEnabled()


def test_in_a_narrow_place_the_list_stands_below(asked, qtbot):
    asked.panel.resize(360, 520)
    pins, view = asked.panel.list, asked.view
    qtbot.waitUntil(lambda: pins.mapTo(asked.panel, QPoint(0, 0)).y() > view.geometry().bottom())
    assert asked.panel.width() == 360


# ------------------------------------------------------------------------------------------ on the page
@pytest.fixture
def page(person, window, plan):
    person.opens(plan)
    window.frame.go(PageName.SITES)
    made = window.frame.page
    made.detail.choose_view("plan")
    return made


def test_a_site_gets_a_picture_and_pins_each_taken_back_by_itself(page, qtbot, tmp_path):
    store, tab = page.desk.store, page.detail.plan
    assert tab.panel.none.isVisible()
    tab.panel.dropped.emit(str(drawn(tmp_path / "map.png")))
    qtbot.waitUntil(lambda: bool(store.all(SitePlan)) and tab.panel.view.picture.image is not None)
    plan = store.where(SitePlan, site_id=page._chosen.id)[0]
    assert plan.media_type == "image/png"
    QTest.mouseDClick(tab.panel.view, LEFT, pos=tab.panel.view.rect().center())
    (made,) = store.where(Pin, site_plan_id=plan.id)
    assert (made.number, made.kind) == (1, PinKind.ENTRANCE)
    QTest.keyClick(tab.panel.view, Qt.Key.Key_Right)
    assert store.get(Pin, made.id).x == made.x + 5
    page.desk.undo()
    assert store.get(Pin, made.id).x == made.x
    page.desk.undo()
    assert store.where(Pin, site_plan_id=plan.id) == ()
    page.desk.undo()
    assert tab.panel.none.isVisible()


def test_a_file_that_is_no_picture_is_said_in_the_strip(page, person, qtbot, tmp_path):
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"%PDF-1.4")
    page.detail.plan.take(str(path))
    qtbot.waitUntil(lambda: "letter.pdf" in person.reads)
    assert "is a damaged PDF" in person.reads


def test_a_pin_that_another_window_moves_moves_here(page):
    tab, store = page.detail.plan, page.desk.store
    tab.panel.none.blank.click()
    tab._place(PinKind.STALL, 100, 100)
    (made,) = store.where(Pin, site_plan_id=tab._plan.id)
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        edit.save(replace(made, x=900, label="Hospice stall"))
    store.poll()
    assert tab.panel.pin.x == 900
    assert tab.panel.label.value == "Hospice stall"


def test_another_sites_plan_is_another(page):
    tab, store = page.detail.plan, page.desk.store
    tab.panel.none.blank.click()
    assert not tab.panel.none.isVisible()
    other = next(each for each in store.all(Site) if each.id != page._chosen.id)
    page.show_record(Concern("site", other.id))
    assert tab.panel.none.isVisible()
