"""What a screen reader finds on the day timeline, and that nothing of it outlives its widget."""

import gc

import pytest
import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from rallyapp.ui.models.fill import Tone
from rallyapp.ui.widgets.timeline import Mark, Timeline, spoken
from tests.ui.test_look import walk
from tests.ui.test_timeline import DAY, bar

Name = QAccessible.Text.Name


@pytest.fixture
def page(dressed, qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    made.timeline = Timeline()
    QVBoxLayout(made).addWidget(made.timeline)
    made.resize(1000, 700)
    made.timeline.show_day(DAY)
    made.show()
    made.activateWindow()
    return made


def items(page):
    nodes = walk(QAccessible.queryAccessibleInterface(page))
    return [node for node in nodes if node.role() is QAccessible.Role.ListItem]


def test_each_shift_is_a_list_item_with_a_sentence(page):
    assert [item.text(Name) for item in items(page)] == [
        "Main entrance, 08:00 to 10:00, 1 of 6, 3 short, Tomasz W.",
        "Main entrance, 12:00 to 15:00, 6 of 6, Full, Ada L., محمد ع.",
        "Main entrance, 13:00 to 16:00, 1 of 6, 3 short, Tomasz W.",
        "North entrance, 09:00 to 12:00, 0 of 2, Nobody yet.",
        "South entrance, 10:00 to 12:00, Stood down, Tomasz W.",
    ]
    whole = QAccessible.queryAccessibleInterface(page.timeline)
    assert whole.role() is QAccessible.Role.List
    assert whole.text(Name) == "Shifts of the day by entrance"
    assert "0 people on the line at 07:00, 6 needed" in whole.text(QAccessible.Text.Description)


def test_items_say_where_they_are_and_whether_they_are_chosen(page, qtbot):
    page.timeline.setFocus()
    qtbot.waitUntil(page.timeline.hasFocus)
    page.timeline.select(["late"])
    early, late, *_ = items(page)
    assert late.state().selected
    assert late.state().focused
    assert not early.state().selected
    box = page.timeline.at.rect(page.timeline.at.layout.by_id["late"])
    assert late.rect().topLeft() == page.timeline.mapToGlobal(box.topLeft())
    whole = QAccessible.queryAccessibleInterface(page.timeline)
    middle = late.rect().center()
    assert whole.childAt(middle.x(), middle.y()).text(Name) == late.text(Name)
    assert whole.focusChild().text(Name) == late.text(Name)
    assert whole.indexOfChild(late) == 1


def test_a_proposal_is_said_too():
    shift = bar(
        "new",
        "main",
        "8:00",
        "9:00",
        state="Full",
        tone=Tone.MET,
        names="",
        marks=(Mark(kind="added", text="Ada"), Mark(kind="dropped", text="Owen"), Mark(kind="added", text="Jo")),
    )
    assert spoken.sentence(shift, "Main entrance") == (
        "Main entrance, 08:00 to 09:00, 1 of 6, Full, proposed: Ada, Jo, to be taken off: Owen."
    )


def test_shifts_that_go_are_gone_and_new_ones_are_found(page):
    assert len(items(page)) == 5
    page.timeline.show_day(DAY.__class__(first=DAY.first, last=DAY.last, rows=DAY.rows, bars=DAY.bars[3:]))
    assert [item.text(Name)[:5] for item in items(page)] == ["North", "South"]
    page.timeline.show_day(DAY)
    assert len(items(page)) == 5


def test_timelines_come_and_go_under_a_screen_reader(dressed, qtbot):
    was = QAccessible.isActive()
    QAccessible.setActive(True)
    try:
        for number in range(30):
            page = QWidget()
            page.timeline = Timeline(page)
            page.timeline.resize(800, 500)
            page.timeline.show_day(DAY)
            page.show()
            assert len(items(page)) == 5
            page.timeline.setFocus()
            page.timeline.select(["late"])
            if number % 3 == 0:
                shiboken6.delete(page)
            elif number % 3 == 1:
                page.deleteLater()
                QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            del page
            gc.collect()
        assert not [each for each in spoken._lists if shiboken6.isValid(each)]
    finally:
        QAccessible.setActive(was)
