"""Whole journeys through the real window on a real file, as reps and their colleagues go through them."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.people import Availability, Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.stalls import Stall
from rallyapp.domain.tells import PrintRun
from rallyapp.store import Store
from rallyapp.ui.main_window import MainWindow
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rota.filling import Stage
from tests.cli.asking import program
from tests.ui import conftest

# PySide6 6.12 marks the only way to make such an event that 6.11 has as deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Function. 'QDrag(Enter|Move)Event:DeprecationWarning")

ALT, CTRL, SHIFT, NONE = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PEOPLE = "Name\tMobile\tHospital\tSkills\n" + "".join(
    f"{name}\t07700 9001{number:02}\tSouthampton General\t{skills}\n"
    for number, (name, skills) in enumerate(
        (
            ("Siân Hughes", "picket supervisor"),
            ("Łukasz Nowak", "picket supervisor"),
            ("محمد الأمين", ""),
            ("Aoife O\u2019Brien", ""),
            ("Zoë Adeyemi", "first aid"),
        )
    )
)


class Hands:
    """Somebody at keyboard and mouse."""

    def __init__(self, window, person, qtbot):
        self.window, self.person, self.qtbot = window, person, qtbot

    @property
    def at(self):
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def press(self, key, held=NONE):
        self.qtbot.keyClick(self.at, key, held)

    def type(self, text):
        for letter in text:
            self.qtbot.keyClicks(self.at, letter)

    def drags(self, view, start, end):
        """Drag on the timeline with real events, in small steps."""
        QTest.mousePress(view, LEFT, NONE, start)
        for step in range(1, 9):
            QTest.mouseMove(view, start + (end - start) * step / 8)
            self.qtbot.wait(1)
        QTest.mouseRelease(view, LEFT, NONE, end)

    def settles(self):
        """Until nothing is looked for, filled or printed any more."""
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy and not self.window.plan_jobs.busy, timeout=20_000)

    def saves(self, path):
        """Answer the file dialog; a window manager then gives the keyboard back to the window."""
        self.person.sees(QFileDialog)
        self.person.types(path)
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.settles()

    def goes(self, name):
        self.window.go(name)
        self.settles()
        return self.window.frame.page


def hands(window, person, qtbot, path=None):
    if path is not None:
        person.opens(path)
    return Hands(window, person, qtbot)


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.text() and label.isVisibleTo(widget)]


# ------------------------------------------------------------------------- from nothing to a rota on paper
def test_from_nothing_to_a_filled_rota_on_paper_by_keyboard(window, person, qtbot, tmp_path):
    me = hands(window, person, qtbot)
    me.press(Qt.Key.Key_N, CTRL)
    me.type("BMA")
    me.press(Qt.Key.Key_Tab)
    me.press(Qt.Key.Key_Tab)
    me.type("07700 900123")
    me.press(Qt.Key.Key_2, ALT)
    me.type("southampton general")
    me.press(Qt.Key.Key_Return)
    me.press(Qt.Key.Key_3, ALT)
    me.type("1 Dec 8-5")
    me.press(Qt.Key.Key_Return)
    me.press(Qt.Key.Key_4, ALT)
    me.type("8-11")
    me.press(Qt.Key.Key_Return, CTRL)
    me.saves(tmp_path / "ours.rally")
    store = window.store
    assert len(store.all(Shift)) == 3
    assert "Add people, then fill the rota" in person.reads

    me.press(Qt.Key.Key_7, CTRL)
    people = window.frame.page
    assert window.frame.name is PageName.PEOPLE
    qtbot.waitUntil(lambda: people._ready)
    QGuiApplication.clipboard().setText(PEOPLE)
    me.press(Qt.Key.Key_V, CTRL | SHIFT)
    assert person.reads == "Add 5 people."
    assert {each.name for each in store.all(Person)} == {line.split("\t")[0] for line in PEOPLE.splitlines()[1:]}

    people.sheet.setFocus(Qt.FocusReason.TabFocusReason)
    me.settles()
    me.press(Qt.Key.Key_PageUp)
    for row in range(5):
        chosen = people.model.text(row, 0)
        qtbot.waitUntil(lambda chosen=chosen: people.detail.whole and chosen in texts(people.detail.head))
        me.press(Qt.Key.Key_Return, CTRL)
        line = people.detail.free.grid.line
        line.setFocus(Qt.FocusReason.TabFocusReason)
        me.type("1/12 8-11")
        me.press(Qt.Key.Key_Return)
        me.settles()
        people.sheet.setFocus(Qt.FocusReason.TabFocusReason)
        me.press(Qt.Key.Key_Down)
    assert len(store.all(Availability)) == 5

    me.press(Qt.Key.Key_R, CTRL)
    rota = window.page(PageName.ROTA)
    qtbot.waitUntil(lambda: rota.inspector.filling.stage is Stage.PROPOSED, timeout=20_000)
    assert not store.all(Assignment)
    me.press(Qt.Key.Key_Return)
    me.settles()
    on = store.all(Assignment)
    led = {each.shift_id for each in on if each.role is Role.SUPERVISOR}
    assert led == {each.id for each in store.all(Shift)}
    assert person.reads == f"Filled {len(on)} places."
    assert not any(shift.gap for shift in rota.rota.shifts)

    me.press(Qt.Key.Key_P, CTRL)  # shows it as it will be
    me.settles()
    me.press(Qt.Key.Key_S, CTRL)
    me.saves(tmp_path / "ours.pdf")
    assert (tmp_path / "ours.pdf").read_bytes().startswith(b"%PDF")
    assert store.all(PrintRun)[0].document == "rota"
    window.close()
    with Store.open(tmp_path / "ours.rally") as again:
        assert len(again.all(Assignment)) == len(on)


# -------------------------------------------------------------------------------------------- moving a shift
def test_a_shift_is_moved_by_the_mouse_and_by_the_keys_and_both_are_taken_back(window, person, plan, qtbot):
    me = hands(window, person, qtbot, plan)
    page = me.goes(PageName.ROTA)
    view, first = page.day_view, page.rota.shifts[0]

    def words():
        return window.store.get(Shift, first.id).words

    def entrance():
        return window.store.get(Entrance, page.rota.shift(first.id).row.line_id).name

    box = view.at.rect(view.at.layout.by_id[first.id])
    below = next(stripe for stripe in view.at.layout.stripes if "Coxford" in stripe.row.title)
    to = QPoint(box.center().x() + round(90 * view.at.per_minute), view.at.row_rect(below).center().y())
    me.drags(view, box.center(), to)
    assert (words(), entrance()) == ("09:30\u201310:30", "Coxford Road entrance")
    assert person.reads.startswith("Move picket shift to 09:30, Coxford Road entrance.")
    view.setFocus(Qt.FocusReason.TabFocusReason)
    me.press(Qt.Key.Key_Z, CTRL)
    assert (words(), entrance()) == ("08:00\u201309:00", "Main entrance")

    assert page.selected() == (first.id,)
    me.press(Qt.Key.Key_Right, ALT)
    me.press(Qt.Key.Key_Right, ALT)
    me.press(Qt.Key.Key_Down, ALT)
    assert (words(), entrance()) == ("08:30\u201309:30", "Coxford Road entrance")
    for _ in range(3):
        me.press(Qt.Key.Key_Z, CTRL)
    assert (words(), entrance()) == ("08:00\u201309:00", "Main entrance")
    assert [each.kind for each in window.store.history(limit=3)] == ["undo"] * 3


def test_a_suggested_person_is_dragged_on_to_a_bar_with_thumbs_up_or_down(window, person, plan, qtbot):
    me = hands(window, person, qtbot, plan)
    page = me.goes(PageName.ROTA)
    view, store = page.day_view, window.store
    full, empty = page.rota.shifts[0].id, page.rota.shifts[1].id
    page.select((empty,))
    me.settles()
    suggestions = page.inspector.one.suggestions.list
    index = suggestions.lines.index(0)
    who = suggestions.lines.lines[0].person
    dragged = suggestions.lines.mimeData([index])
    assert store.get(Person, who).name == index.data(Qt.ItemDataRole.DisplayRole)

    def over(shift):
        at = view.at.rect(view.at.layout.by_id[shift]).center()
        move = QDragMoveEvent(at, Qt.DropAction.CopyAction, dragged, LEFT, NONE)
        QApplication.sendEvent(view, move)
        return at, move.isAccepted()

    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, dragged, LEFT, NONE)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    at, taken = over(empty)
    assert taken
    assert view._drop.answer == (True, f"{store.get(Person, who).name} can come, as picket organiser.")
    drop = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, dragged, LEFT, NONE)
    QApplication.sendEvent(view, drop)
    assert [each.person_id for each in store.where(Assignment, shift_id=empty)] == [who]
    assert window.messages.sentence.startswith(f"Put {store.get(Person, who).name} on")
    assert view.at.layout.by_id[empty].bar.count.startswith("1/")

    QApplication.sendEvent(view, QDragEnterEvent(at, Qt.DropAction.CopyAction, dragged, LEFT, NONE))
    _, taken = over(empty)
    assert not taken
    assert view._drop.answer[1].startswith(f"{store.get(Person, who).name} is on this shift already")
    assert full in view.at.layout.by_id


# --------------------------------------------------------------------------------------- somebody else writes
def test_the_open_window_follows_what_another_process_does(window, person, plan, qtbot):
    me = hands(window, person, qtbot, plan)
    page = me.goes(PageName.ROTA)
    before = page.head.filled_chip.text()
    wanted = sum(shift.row.wished for shift in page.rota.shifts)
    assert program("fill", "--apply", str(plan)).code == 0
    qtbot.waitUntil(lambda: page.head.filled_chip.text() != before)
    assert not any(shift.gap for shift in page.rota.shifts)
    assert page.head.filled_chip.text().endswith(f"of {wanted} places filled")
    assert window.undo_action.text().startswith("&Undo: Fill rota")
    assert program("undo", str(plan)).code == 0
    qtbot.waitUntil(lambda: page.head.filled_chip.text() == before)
    assert "14 shifts" in page.head.count_chip.text()
    me.settles()


# ------------------------------------------------------------------------------------------- across a restart
def test_what_was_done_is_taken_back_after_a_restart(window, person, plan, qtbot):
    me = hands(window, person, qtbot, plan)
    page = me.goes(PageName.ROTA)
    first = page.rota.shifts[0].id
    page.select((first,))
    page.day_view.setFocus(Qt.FocusReason.TabFocusReason)
    me.press(Qt.Key.Key_Right, ALT)
    assert window.store.get(Shift, first).words == "08:15\u201309:15"
    window.close()

    later = MainWindow(now=lambda: conftest.NOW)
    qtbot.addWidget(later)
    later.show()
    later.activateWindow()
    qtbot.waitUntil(later.isActiveWindow)
    me = hands(later, conftest.Person(later, qtbot), qtbot)
    me.settles()
    assert later.start.recents.plans.index(0).data() == plan.name
    later.start.begin()
    me.press(Qt.Key.Key_Return)
    me.settles()
    assert later.frame.name is PageName.ROTA
    assert later.undo_action.text().startswith("&Undo: Move picket shift to 08:15, Main entrance")
    me.press(Qt.Key.Key_Z, CTRL)
    assert later.store.get(Shift, first).words == "08:00\u201309:00"
    assert later.frame.page.rota.shift(first).row.starts.hour == 8
    me.settles()
    later.close()


# ---------------------------------------------------------------------------------------- off, and on again
def test_a_suspended_strike_stands_everything_down_until_it_is_reinstated_by_agreement(window, person, plan, qtbot):
    me = hands(window, person, qtbot, plan)
    page = me.goes(PageName.DAYS)
    day = window.desk.day
    on = len(window.store.all(Assignment))
    page.ask_move(StrikeState.SUSPENDED)
    question = page.day_pane.state.question
    question.reason.entry.setFocus()
    me.type("Talks at ACAS")
    qtbot.mouseClick(question.yes, LEFT)
    assert window.store.get(StrikeDay, day).state is StrikeState.SUSPENDED

    rota = me.goes(PageName.ROTA)
    assert rota.banner.isVisible()
    assert "suspended" in rota.banner.words.text()
    bars = rota.day_view.at.view.bars
    assert sorted({bar.state for bar in bars if not bar.on}) == ["Stood down"]
    at_stalls = [bar.id for bar in bars if bar.on]  # whether it comes all the same is the charity's to say
    assert {window.store.get(Shift, id).stall_id for id in at_stalls} == {window.store.all(Stall)[0].id}
    rallies = me.goes(PageName.RALLIES)
    assert rallies.head.note.accessibleName().endswith("Stood down: the strike day is suspended")
    stalls = me.goes(PageName.STALLS)
    assert "Tue 1 Dec is suspended. Anthony Nolan has not said whether it comes all the same: ask." in texts(stalls)
    assert [row.state for row in stalls.list.choices.rows.all if not row.heading] == ["Not decided"]
    assert len(window.store.all(Assignment)) == on

    page = me.goes(PageName.DAYS)
    page.ask_move(StrikeState.ON)
    qtbot.mouseClick(question.yes, LEFT)
    assert "check with your union" in question.wrong.text()
    question.joint.box.click()
    qtbot.mouseClick(question.yes, LEFT)
    assert window.store.get(StrikeDay, day).state is StrikeState.ON
    rota = me.goes(PageName.ROTA)
    assert not rota.banner.isVisible()
    assert all(bar.on for bar in rota.day_view.at.view.bars)
    for name in (PageName.RALLIES, PageName.STALLS):
        said = texts(me.goes(name))
        assert not [text for text in said if "Stood down:" in text or "has not said whether" in text], name
