"""Search everywhere, from the keys to the record: the real window on a real plan."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.palette import Offer


def opened(window):
    window.search_action.trigger()
    return window.palette_


def lines(palette):
    return [each.title if isinstance(each, Offer) else each for each in palette.model.lines]


def chosen(palette):
    return palette.list.currentIndex().data()


def test_the_first_thing_found_is_chosen_and_enter_goes_there(window, overview):
    palette = opened(window)
    QTest.keyClicks(palette.line, "8 dec")
    assert lines(palette)[:2] == ["Strike days", "Tue 8 Dec 2015"]
    assert chosen(palette) == "Tue 8 Dec 2015"
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert palette.isHidden()
    assert window.frame.page is window.page(PageName.DAYS)


def test_arrows_pass_over_the_names_of_groups(window, overview):
    palette = opened(window)
    QTest.keyClicks(palette.line, "anthony")
    found = [line for line in lines(palette) if line not in ("Stalls", "People", "Commands")]
    assert found[0] == "Anthony Nolan"
    seen = {chosen(palette)}
    for _ in range(2 * len(found)):
        QTest.keyClick(palette.line, Qt.Key.Key_Down)
        seen.add(chosen(palette))
    assert seen == set(found)
    QTest.keyClick(palette.line, Qt.Key.Key_Up)
    assert chosen(palette) in found


def test_a_command_is_found_with_its_keys_and_done(window, overview):
    palette = opened(window)
    QTest.keyClicks(palette.line, "zoom in")
    offer = palette.model.lines[1]
    assert (offer.title, offer.keys) == ("Zoom in", "Ctrl++")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.kept.zoom == 110


def test_with_nothing_typed_it_lists_what_can_be_done(window, overview):
    palette = opened(window)
    assert "Open a plan\u2026" in lines(palette)
    assert "Undo" not in lines(palette), "there is nothing to undo yet"
    assert "Make a demo plan: Southampton, December 2015\u2026" in lines(palette)


def test_nothing_found_is_said_and_esc_closes_it(window, overview):
    palette = opened(window)
    QTest.keyClicks(palette.line, "xyzzy")
    assert palette.nothing.text() == "Nothing here begins with \u201cxyzzy\u201d."
    assert not palette.list.isVisible()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert palette.isHidden()


def test_it_works_before_a_plan_is_open(window):
    palette = opened(window)
    QTest.keyClicks(palette.line, "open")
    assert lines(palette) == ["Commands", "Open a plan\u2026"]


def test_a_click_on_a_line_goes_there(window, overview, qtbot):
    palette = opened(window)
    QTest.keyClicks(palette.line, "tue 1 dec")
    at = palette.list.visualRect(palette.model.index(1, 0)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.frame.page is window.page(PageName.DAYS)
