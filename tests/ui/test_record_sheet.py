"""A list of records is typed in place: cells, blocks, ticks, removals and moves, each one edit that can be undone."""

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from rallyapp.domain.ids import KitItemId, PermissionId, new_id
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import KitItem, Permission, PermissionKind, Rally, Speaker
from rallyapp.store import Store
from rallyapp.ui.models.sheet import Cell
from rallyapp.ui.record_sheet import RecordSheet, SheetField

Alt, Ctrl = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def power(text):
    """Read who gives power."""
    if text.casefold() == "wind":
        raise UserError("Wind gives no power here.")
    return text


class Bench:
    """A sheet of a rally's kit in a part that scrolls, shown anew after every change of the plan."""

    def __init__(self, window):
        self.desk = desk = window.desk
        self.rally = desk.store.all(Rally)[0]
        self.kind, self.sheets = KitItem, []
        self.area = QScrollArea(window)
        self.area.setWidgetResizable(True)
        self.inside = QWidget()
        self.column = QVBoxLayout(self.inside)
        self.area.setWidget(self.inside)
        self.area.setGeometry(200, 100, 860, 560)
        self.area.show()

    def put(self, kind, **given):
        made = RecordSheet(self.desk, kind=kind, **given)
        self.column.insertWidget(0, made)
        show = lambda change=None: made.show_records(self.records(kind))  # noqa: E731
        self.desk.store.listeners.append(show)
        show()
        if self.desk.writable:
            QAbstractItemModelTester(made.rows, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
        return made

    def records(self, kind):
        found = [each for each in self.desk.store.all(kind) if each.rally_id == self.rally.id]
        return sorted(found, key=lambda each: getattr(each, "position", 0))

    def kit(self):
        return self.put(
            KitItem,
            noun="kit item",
            fields=[
                SheetField(name="what", title="What", what="the name", width=200, grows=1),
                SheetField(name="number", title="Number", what="the number", figures=True, width=80),
                SheetField(
                    name="brought_by", title="Who brings it", what="who brings", options=lambda: ["Branch", "Ann"]
                ),
                SheetField(name="power", title="Power", what="the power", read=power),
                SheetField(name="checked", title="Checked", what="the check", read_only=True),
            ],
            new=lambda values: KitItem(id=KitItemId(new_id()), rally_id=self.rally.id, **{"what": "", **values}),
            words=lambda item: item.what,
        )


@pytest.fixture
def bench(person, window, plan):
    """A place for sheets, above the page."""
    person.opens(plan)
    return Bench(window)


def said(window):
    return window.messages.sentence


def press(qtbot, sheet, key, held=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or sheet, key, held)


def types(qtbot, text, key=Qt.Key.Key_Return):
    """Type into the cell with the keyboard, letter by letter, and finish."""
    for letter in text:
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    qtbot.keyClick(QApplication.focusWidget(), key)


def at(made, row, column=0):
    made.sheet.setFocus()
    model = made.sheet.selectionModel()
    model.setCurrentIndex(made.rows.index(row, column), model.SelectionFlag.ClearAndSelect)


def column(made, at):
    return [made.rows.text(row, at) for row in range(made.rows.rowCount())]


def undone(bench):
    return bench.desk.store.undo_label


def test_typing_changes_adds_and_says_what_is_wrong(bench, window, qtbot):
    """A cell, then three new rows one below the other with Enter and Tab, then cells that can't be."""
    made = bench.kit()
    items = bench.records(KitItem)
    heard = []
    made.chosen.connect(heard.append)
    assert column(made, 0) == [item.what for item in items] + ["Add a kit item\u2026"]
    at(made, 0, 1)
    types(qtbot, "7")
    assert said(window) == f"Change the number of {items[0].what}."
    assert bench.records(KitItem)[0] == replace(items[0], number=7)
    assert heard[0] == items[0]
    assert bench.records(KitItem)[0] in heard

    last = len(items)
    at(made, last)
    press(qtbot, made, Qt.Key.Key_Return)  # opens the empty row
    types(qtbot, "PA system", Qt.Key.Key_Tab)
    assert said(window) == "Add PA system."
    assert (made.sheet.currentIndex().row(), made.sheet.currentIndex().column()) == (last, 1), "goes on in its row"
    types(qtbot, "2", Qt.Key.Key_Tab)
    types(qtbot, "bra", Qt.Key.Key_Return)  # the first offer
    assert bench.records(KitItem)[-1].brought_by == "Branch"
    assert bench.records(KitItem)[-1].position == max(item.position for item in items) + 1
    assert (made.sheet.currentIndex().row(), made.sheet.currentIndex().column()) == (last + 1, 0), "the next one"
    types(qtbot, "Tape")
    types(qtbot, "Water")
    assert column(made, 0)[last:] == ["PA system", "Tape", "Water", "Add a kit item\u2026"]

    at(made, last, 1)
    types(qtbot, "many")
    assert made.sheet.editor.offers.sentence == "\u201cmany\u201d is not a whole number."
    press(qtbot, made, Qt.Key.Key_Escape)
    types(qtbot, "0")
    assert "it must be from 1 to 100000" in made.sheet.editor.offers.sentence
    press(qtbot, made, Qt.Key.Key_Escape)
    at(made, last, 3)
    types(qtbot, "wind")
    assert made.sheet.editor.offers.sentence == "Wind gives no power here."
    press(qtbot, made, Qt.Key.Key_Escape)
    at(made, last + 3, 1)
    types(qtbot, "3")  # a number, of what nobody knows
    assert made.sheet.editor.offers.sentence.startswith("What to bring is missing")
    press(qtbot, made, Qt.Key.Key_Escape)
    at(made, 0)
    press(qtbot, made, Qt.Key.Key_Backspace)  # a name must not be empty
    assert said(window).startswith("Row 1, What: What to bring is missing")
    assert said(window).endswith("Nothing was written.")
    assert undone(bench) == "Add Water"


def test_blocks_are_one_edit_each_or_nothing(bench, window, qtbot):
    """A block from a spreadsheet changes rows and adds others; filled down; refused whole where one cell is wrong."""
    made = bench.kit()
    items = bench.records(KitItem)
    last = len(items)
    clipboard = QGuiApplication.clipboard()
    at(made, last)
    clipboard.setText("Loudhailer\t1\tAnn\nTape\t4\t\n\t\t\nBin bags\t20\tBranch\n")
    press(qtbot, made, Qt.Key.Key_V, Ctrl)
    assert said(window) == "Add 3 kit items."
    assert [(item.what, item.number, item.brought_by) for item in bench.records(KitItem)[last:]] == [
        ("Loudhailer", 1, "Ann"),
        ("Tape", 4, ""),
        ("Bin bags", 20, "Branch"),
    ]
    at(made, last + 2, 1)
    clipboard.setText("30\nmany")
    press(qtbot, made, Qt.Key.Key_V, Ctrl)
    assert said(window) == f"Row {last + 4}, Number: \u201cmany\u201d is not a whole number. Nothing was written."
    assert bench.records(KitItem)[-1].number == 20
    at(made, last + 2)
    clipboard.setText("Sacks\t25\nRope\t2")
    press(qtbot, made, Qt.Key.Key_V, Ctrl)
    assert said(window) == "Add Rope and change 1."
    at(made, last + 2, 3)
    clipboard.setText("mains\tyes")
    press(qtbot, made, Qt.Key.Key_V, Ctrl)
    assert said(window) == f"Row {last + 3}, Checked can\u2019t be typed here. Nothing was written."
    at(made, last, 2)
    made.sheet.selectionModel().select(made.rows.index(last + 1, 2), made.sheet.selectionModel().SelectionFlag.Select)
    press(qtbot, made, Qt.Key.Key_D, Ctrl)
    assert said(window) == "Change who brings of Tape."
    assert bench.records(KitItem)[last + 1].brought_by == "Ann"
    press(qtbot, made, Qt.Key.Key_C, Ctrl)
    assert clipboard.text().split() == ["Ann", "Ann"]


def test_removing_and_putting_in_order(bench, window, qtbot):
    """Del removes rows and Alt with the arrows moves them, each with Undo; the menu says the same."""
    made = bench.kit()
    names = [item.what for item in bench.records(KitItem)]
    assert len(names) > 4
    at(made, 1)
    press(qtbot, made, Qt.Key.Key_Up, Alt)
    assert said(window) == f"Move {names[1]} up."
    assert column(made, 0)[:2] == [names[1], names[0]]
    assert made.record.what == names[1]
    press(qtbot, made, Qt.Key.Key_Up, Alt)  # no room
    press(qtbot, made, Qt.Key.Key_Down, Alt)
    assert column(made, 0)[:-1] == names
    made.sheet.selectionModel().select(made.rows.index(2, 0), made.sheet.selectionModel().SelectionFlag.Select)
    press(qtbot, made, Qt.Key.Key_Down, Alt)
    assert said(window) == "Move 2 kit items down."
    assert column(made, 0)[:4] == [names[0], names[3], names[1], names[2]]
    bench.desk.undo()
    assert column(made, 0)[:-1] == names

    at(made, len(names) - 1)
    press(qtbot, made, Qt.Key.Key_Delete)
    assert said(window) == f"Remove {names[-1]}."
    assert made.sheet.currentIndex().row() == len(names) - 1, "in the empty row that has come there"
    press(qtbot, made, Qt.Key.Key_Delete)  # which is nothing to remove
    bench.desk.undo()
    assert made.choose(bench.records(KitItem)[0].id)
    assert not made.choose("nobody")
    made.sheet.selectionModel().select(made.rows.index(1, 0), made.sheet.selectionModel().SelectionFlag.Select)
    menu = made.menu()
    texts = [action.text() for action in menu.actions()]
    assert texts == [
        "Copy\tCtrl+C",
        "Paste\tCtrl+V",
        "Fill down\tCtrl+D",
        "Move up\tAlt+Up",
        "Move down\tAlt+Down",
        "Remove 2 rows\tDel",
    ]
    menu.actions()[-1].trigger()
    assert said(window) == "Remove 2 kit items."
    assert column(made, 0)[:-1] == names[2:]


def test_ticks_kinds_and_days(bench, window, qtbot):
    """Space and a click turn ticks over; kinds are offered and days read; headings order what has no order."""
    made = bench.put(
        Speaker,
        noun="speaker",
        fields=[
            SheetField(name="name", title="Name", what="the name", grows=1),
            SheetField(name="confirmed", title="Confirmed", what="the confirmation", width=100),
        ],
        new=lambda values: None,
        words=lambda speaker: speaker.name,
    )
    first = made.rows.record(0)
    at(made, 0, 1)
    press(qtbot, made, Qt.Key.Key_Space)
    turned = bench.desk.store.get(Speaker, first.id)
    assert turned.confirmed is not first.confirmed
    assert said(window) == f"Change the confirmation of {first.name}."
    box = made.sheet.visualRect(made.rows.index(0, 1))
    qtbot.mouseClick(made.sheet.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 20, box.center().y()))
    assert bench.desk.store.get(Speaker, first.id) == first
    types(qtbot, "perhaps")
    assert made.sheet.editor.offers.sentence == "\u201cperhaps\u201d is neither yes nor no."
    press(qtbot, made, Qt.Key.Key_Escape)
    made.sheet.selectAll()
    press(qtbot, made, Qt.Key.Key_Space)
    assert len({each.confirmed for each in bench.records(Speaker)}) == 1
    made.sheet.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    names = column(made, 0)[:-1]
    assert names == sorted(names, key=str.casefold, reverse=True)
    assert column(made, 0)[-1] == "Add a speaker\u2026"
    wide = made.settings()
    made.take_settings(wide)
    assert made.settings() == wide

    sent = bench.put(
        Permission,
        noun="permission",
        fields=[
            SheetField(name="kind", title="What", what="what is asked", width=260),
            SheetField(name="deadline", title="By", what="the day"),
            SheetField(name="cover", title="Cover", what="the cover", figures=True),
        ],
        new=lambda values: Permission(id=PermissionId(new_id()), rally_id=bench.rally.id, **values),
        words=lambda one: str(one.kind),
        most=3,
    )
    row = sent.rows.rowCount() - 1
    at(sent, row)
    types(qtbot, "collec")
    assert sent.rows.record(row).kind is PermissionKind.COLLECTION
    at(sent, row, 1)
    types(qtbot, "24/11")
    assert bench.desk.store.get(Permission, sent.rows.record(row).id).deadline == dt.date(2015, 11, 24)
    at(sent, row, 1)
    types(qtbot, "soon")
    assert "is not a date" in sent.sheet.editor.offers.sentence
    press(qtbot, sent, Qt.Key.Key_Escape)
    assert sent.rows.write([], "") == ""
    assert "is not one of march notice" in sent.rows.write([Cell(row, 0, "nonsense")], "")
    assert sent.sheet.height() < sent.rows.rowCount() * 36, "scrolls by itself"


def test_what_others_do_meanwhile(bench, window, qtbot, plan):
    """What is being typed stays when the list is shown anew; a row that somebody removed is said."""
    made = bench.kit()
    items = bench.records(KitItem)
    at(made, 1)
    press(qtbot, made, Qt.Key.Key_F2)
    qtbot.keyClicks(made.sheet.editor, "Half a na")
    with Store.open(plan) as other, other.edit("Add from elsewhere") as edit:
        edit.save(KitItem(id=KitItemId(new_id()), rally_id=bench.rally.id, position=99, what="From elsewhere"))
    bench.desk.store.poll()
    assert "From elsewhere" in column(made, 0)
    assert made.sheet.editor.text() == "Half a na"
    with Store.open(plan) as other, other.edit("Remove elsewhere") as edit:
        edit.delete(items[1])
    press(qtbot, made, Qt.Key.Key_Return)  # before the window has heard of it
    assert "deleted it in another window" in said(window)
    bench.desk.store.poll()
    at(made, 1)
    press(qtbot, made, Qt.Key.Key_F2)
    qtbot.keyClicks(made.sheet.editor, "Never written")
    with Store.open(plan) as other, other.edit("Remove elsewhere") as edit:
        edit.delete(items[2])
    bench.desk.store.poll()
    assert "\u201cNever written\u201d was not written" in said(window)
    # somebody else adds a row while the next one is being typed: it goes on below theirs
    made.type_next()
    qtbot.keyClicks(made.sheet.editor, "Mine")
    with Store.open(plan) as other, other.edit("Add from elsewhere") as edit:
        edit.save(KitItem(id=KitItemId(new_id()), rally_id=bench.rally.id, position=100, what="Theirs"))
    bench.desk.store.poll()
    made.type_next()  # goes on
    press(qtbot, made, Qt.Key.Key_Return)
    assert column(made, 0)[-3:] == ["Theirs", "Mine", "Add a kit item\u2026"]


def test_a_wheel_at_its_end_turns_the_page(bench, qtbot):
    """In a part that scrolls, a list that scrolls too lets go of the wheel at its ends; a short one never takes it."""
    made = bench.kit()
    made._most = 3
    made._fit()
    bar = made.sheet.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)

    def turn(by):
        spot = QPointF(20, 60)
        event = QWheelEvent(
            spot,
            made.sheet.viewport().mapToGlobal(spot),
            QPoint(),
            QPoint(0, by),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(made.sheet.viewport(), event)
        return event.isAccepted()  # else whatever stands around gets it

    assert not turn(120)
    assert turn(-120)
    assert bar.value() > 0
    bar.setValue(bar.maximum())
    assert not turn(-120)
    made._most = 14
    made._fit()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    assert not turn(120)
    assert not turn(-120)


def test_read_only_plans_offer_nothing_to_type(person, window, qtbot, plan):
    """A plan that is only read has no empty row, no editor and no removal."""
    window._opened(Store.open(plan, read_only=True))
    person.waits()
    bench = Bench(window)
    made = bench.kit()
    assert made.rows.rowCount() == len(bench.records(KitItem))
    at(made, 0)
    press(qtbot, made, Qt.Key.Key_F2)
    press(qtbot, made, Qt.Key.Key_Delete)
    press(qtbot, made, Qt.Key.Key_Down, Alt)
    made.type_next()
    assert made.sheet.editor is None
    made.show_records([])
    assert made.rows.rowCount() == 0
    assert made.sheet.height() > 60, "room to say that there are none"
