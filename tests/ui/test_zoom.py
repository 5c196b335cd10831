"""Another zoom or theme reaches every word of the rallies and stalls, soon, whatever was visited before."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Appearance, Type
from rallyapp.ui.widgets.fields import NumberField
from rallyapp.ui.widgets.words import Words
from tests.ui.every_page import settle


@pytest.fixture
def page(person, window, plan):
    """The rallies of an open plan."""
    person.opens(plan)
    window.frame.go(PageName.RALLIES)
    settle(person)
    return window.frame.page


def sizes(widgets):
    return {each.font().pixelSize() for each in widgets}


def test_what_is_said_in_another_ink_after_a_zoom_is_as_large_as_the_rest(page, person, dressed):
    lines = page.standing._cut
    page.show_section(5)
    for zoom in (150, 200, 100):
        theme.show(dressed, Appearance.DARK, zoom)
        for number in (1, 4, 5, 9, 22):
            page.show_section(number)
            assert sizes(lines) == {theme.font(Type.SMALL).pixelSize()}
            assert sizes([page.standing.title]) == {theme.font(Type.HEADING).pixelSize()}
        page.show_section(5)
        assert sizes([page.part.words]) == {page.part.words.fontInfo().pixelSize()} == {theme.px(13)}


def test_words_in_another_ink_keep_their_size(dressed, qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    words = Words("14:00", Type.DISPLAY, figures=True)
    QVBoxLayout(holder).addWidget(words)
    holder.show()
    for zoom, ink in ((150, "nobody"), (200, "muted"), (100, "")):
        theme.show(dressed, Appearance.LIGHT, zoom)
        words.ink(ink)
        assert words.font() == theme.font(Type.DISPLAY, figures=True)
        assert words.palette().color(words.foregroundRole()) == theme.colour(ink or "text")
    theme.show(dressed, Appearance.SYSTEM, 100)


def test_the_buttons_that_count_are_as_large_as_the_zoom_says(person, window, plan, dressed):
    person.opens(plan)
    window.frame.go(PageName.STALLS)
    settle(person)
    page = window.frame.page
    list(page.view.parts.buttons.values())[2].click()
    settle(person)
    tally = page.view.tally
    for zoom in (150, 200, 100):
        theme.show(dressed, Appearance.DARK, zoom)
        assert [tally.buttons[number].font() for number in (1, 5, -1)] == [
            theme.font(kind, figures=True) for kind in (Type.TITLE, Type.TITLE, Type.HEADING)
        ]
        assert tally.total.font() == theme.font(Type.DISPLAY, figures=True)


def test_editors_that_were_left_are_let_go_and_keep_what_was_chosen_in_them(page, person, dressed):
    gone = []
    for line in page.outline.lines.rows.all:
        page.show_section(int(line.id))
        page.part.destroyed.connect(lambda *_, number=line.id: gone.append(number))
        settle(person)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made = len(page.outline.lines.rows.all)
    assert len(gone) == made - 4
    assert page.stack.count() == 4
    page.show_section(1)
    settle(person)
    assert page.part.isVisible()
    assert set(page.settings()["parts"]) >= {line.id for line in page.outline.lines.rows.all}


def test_an_editor_in_which_something_could_not_be_kept_stays(page, person, qtbot):
    page.show_section(8)
    settle(person)
    crowd = page.part
    field = next(each for each in crowd.findChildren(NumberField) if each.isVisible())
    field.line.setFocus()
    field.line.clear()
    qtbot.keyClicks(field.line, "many")
    for number in (1, 2, 3, 4, 5, 6):
        page.show_section(number)
    settle(person)
    assert page.stack.count() == 5
    page.show_section(8)
    assert page.part is crowd
    assert field.line.text() == "many"
    assert not field.wrong.isHidden()


def test_a_zoom_polishes_each_widget_a_few_times_however_deep_it_stands(page, person, dressed):
    class Counting(Words):
        heard = 0

        def changeEvent(self, event):
            Counting.heard += event.type() is QEvent.Type.StyleChange
            super().changeEvent(event)

    deepest = Counting("Deep", parent=page.part)
    deepest.show()
    deepest.ensurePolished()
    Counting.heard = 0
    theme.show(dressed, Appearance.DARK, 110)
    assert 1 <= Counting.heard <= 2
    deepest.deleteLater()


def test_zoom_keys_that_wait_are_one_change_together(window, person, overview, qtbot, monkeypatch):
    shown, show = [], theme.show
    monkeypatch.setattr(theme, "show", lambda app, appearance, zoom: (shown.append(zoom), show(app, appearance, zoom)))
    actions = {action.text(): action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    for _ in range(3):
        actions["Zoom &in"].trigger()
    assert window.kept.zoom == 150
    qtbot.waitUntil(lambda: bool(shown))
    assert shown == [150]
    assert theme.zoom() == 150
