"""The day timeline under mouse and keys: it writes nothing, it says what somebody wants done."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Appearance, Type
from rallyapp.ui.widgets.timeline import PERSON_MIME, Bar, Coverage, DayView, Mark, Moved, Resized, Row, Timeline
from rallyapp.ui.widgets.timeline.bar_paint import BarPainter
from rallyapp.ui.widgets.timeline.letters import Letters, left_out, names_in
from tests.ui.test_look import contrast

# PySide6 6.12 marks the only way to make such an event that 6.11 has as deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Function. 'QDrag(Enter|Move)Event:DeprecationWarning")

NIGHT = datetime(2015, 12, 1)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def at(clock):
    hours, minutes = clock.split(":")
    return NIGHT + timedelta(hours=int(hours), minutes=int(minutes))


def row(name, *, site="Southampton General", movable=True):
    return Row(
        id=name,
        title=f"{name.title()} entrance",
        note="Keep clear",
        site=site,
        starts=at("7:00"),
        ends=at("19:00"),
        movable=movable,
    )


def bar(name, where, starts, ends, **more):
    said = {"count": "1/6", "names": "Tomasz W.", "state": "3 short", "tone": Tone.SHORT, "on": True, **more}
    return Bar(id=name, row=where, starts=at(starts), ends=at(ends), **said)


DAY = DayView(
    first=at("6:00"),
    last=at("20:00"),
    rows=(row("main"), row("north"), row("closed"), row("south")),
    bars=(
        bar("early", "main", "8:00", "10:00"),
        bar("late", "main", "12:00", "15:00", count="6/6", state="Full", tone=Tone.MET, names="Ada L., محمد ع."),
        bar("beside", "main", "13:00", "16:00"),
        bar("nobody", "north", "9:00", "12:00", count="0/2", names="Nobody yet", state="Nobody yet", tone=Tone.NOBODY),
        bar("off", "south", "10:00", "12:00", state="Stood down", tone=Tone.OFF, on=False),
    ),
    coverage=tuple(
        Coverage(at=at("7:00") + timedelta(minutes=30 * n), minutes=30, counted=n % 7, needed=6) for n in range(24)
    ),
    now=at("10:20"),
)


class Somebody:
    """At the mouse and the keys of a timeline; hears what it says."""

    def __init__(self, timeline, qtbot):
        self.timeline, self.qtbot = timeline, qtbot
        self.heard = []
        for name in ("moved", "resized", "opened", "delete_wanted"):
            getattr(timeline, name).connect(lambda said, name=name: self.heard.append((name, said)))
        for name in ("place_wanted", "person_dropped", "menu_wanted", "row_menu_wanted"):
            getattr(timeline, name).connect(lambda one, other, name=name: self.heard.append((name, one, other)))
        timeline.selection_changed.connect(lambda: self.heard.append(("selection",)))

    def said(self, *names):
        return [each for each in self.heard if each[0] in names]

    def box(self, shift):
        return self.timeline.at.rect(self.timeline.at.layout.by_id[shift])

    def spot(self, where, clock):
        stripe = next(each for each in self.timeline.at.layout.stripes if each.row.id == where)
        return QPoint(round(self.timeline.at.x(at(clock))), self.timeline.at.row_rect(stripe).center().y())

    def clicks(self, shift, keys=PLAIN):
        self.qtbot.mouseClick(self.timeline, LEFT, keys, self.box(shift).center())

    def moves_to(self, point, keys=PLAIN):
        where = QPointF(point)
        event = QMouseEvent(QEvent.Type.MouseMove, where, self.timeline.mapToGlobal(where), NONE, LEFT, keys)
        QApplication.sendEvent(self.timeline, event)

    def grabs(self, start, end, keys=PLAIN):
        """Press and drag, without letting go."""
        self.qtbot.mousePress(self.timeline, LEFT, keys, start)
        for part in range(1, 9):
            self.moves_to(start + (end - start) * part / 8, keys)

    def drags(self, start, end, keys=PLAIN):
        self.grabs(start, end, keys)
        self.qtbot.mouseRelease(self.timeline, LEFT, keys, end)

    def minutes(self, count):
        return QPoint(round(count * self.timeline.at.per_minute), 0)

    def keys(self, key, keys=PLAIN):
        self.qtbot.keyClick(self.timeline, key, keys)


@pytest.fixture
def timeline(dressed, qtbot):
    made = Timeline()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show_day(DAY)
    made.show()
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    theme.show(dressed, Appearance.SYSTEM, 100)


@pytest.fixture
def somebody(timeline, qtbot):
    return Somebody(timeline, qtbot)


# ---------------------------------------------------------------------------------------------- choosing
def test_a_click_chooses_and_more_keys_choose_more(timeline, somebody):
    somebody.clicks("early")
    assert timeline.selected() == ("early",)
    somebody.clicks("nobody", CTRL)
    assert timeline.selected() == ("early", "nobody")
    somebody.clicks("early", CTRL)
    assert timeline.selected() == ("nobody",)
    somebody.clicks("early")
    somebody.clicks("beside", SHIFT)
    assert timeline.selected() == ("early", "late", "beside")
    somebody.keys(Key.Key_A, CTRL)
    assert len(timeline.selected()) == 5
    somebody.keys(Key.Key_Escape)
    assert timeline.selected() == ()


def test_a_rubber_band_chooses_what_it_touches(timeline, somebody):
    beside = QPoint(somebody.box("early").left() - 20, somebody.box("early").center().y())
    somebody.drags(beside, somebody.spot("north", "11:00"))
    assert timeline.selected() == ("early", "nobody")
    assert not somebody.said("moved", "place_wanted")


def test_a_click_on_an_entrance_chooses_all_its_shifts(timeline, somebody, qtbot):
    label = timeline.at.label_rect(timeline.at.layout.stripes[0]).center()
    qtbot.mouseClick(timeline, LEFT, PLAIN, label)
    assert timeline.selected() == ("early", "late", "beside")


def test_shifts_at_the_same_time_stand_below_each_other(timeline, somebody):
    assert not somebody.box("late").intersects(somebody.box("beside"))
    assert somebody.box("early").top() == somebody.box("late").top() < somebody.box("beside").top()


# ---------------------------------------------------------------------------------------------- dragging
def test_a_shift_is_dragged_to_a_quarter_of_an_hour_and_nothing_moves_by_itself(timeline, somebody):
    before = somebody.box("early")
    centre = before.center()
    somebody.drags(centre, centre + somebody.minutes(51))
    assert somebody.said("moved") == [("moved", Moved(shifts=("early",), minutes=45))]
    assert somebody.box("early") == before


def test_with_shift_a_drag_goes_by_five_minutes(timeline, somebody):
    centre = somebody.box("early").center()
    somebody.drags(centre, centre + somebody.minutes(51), SHIFT)
    assert somebody.said("moved")[0][1].minutes == 50


def test_a_shift_is_dragged_to_another_entrance_but_not_to_one_that_takes_none(timeline, somebody, qtbot):
    days = replace(DAY, rows=(row("main"), row("north"), row("closed", movable=False), row("south")))
    timeline.show_day(days)
    centre = somebody.box("early").center()
    somebody.drags(centre, QPoint(centre.x(), somebody.spot("north", "9:00").y()))
    assert somebody.said("moved")[0][1] == Moved(shifts=("early",), minutes=0, rows=1, to_row="north")
    somebody.heard.clear()
    somebody.drags(centre, QPoint(centre.x(), somebody.spot("closed", "9:00").y()))
    assert somebody.said("moved")[0][1].to_row == "north"


def test_ctrl_copies_and_several_go_together(timeline, somebody):
    timeline.select(["early", "nobody"])
    centre = somebody.box("early").center()
    somebody.grabs(centre, QPoint(centre.x(), somebody.spot("closed", "9:00").y()), CTRL)
    assert timeline.cursor().shape() is Qt.CursorShape.DragCopyCursor
    words = timeline._pointer.drag.words()
    assert words == "Copy: 2 shifts, same time, 2 entrances down"
    somebody.qtbot.mouseRelease(timeline, LEFT, CTRL, QPoint(centre.x(), somebody.spot("closed", "9:00").y()))
    assert somebody.said("moved")[0][1] == Moved(
        shifts=("early", "nobody"), minutes=0, rows=2, to_row="closed", copy=True
    )


def test_the_time_is_said_while_dragging_and_ctrl_may_be_pressed_later(timeline, somebody):
    centre = somebody.box("early").center()
    somebody.grabs(centre, centre + somebody.minutes(60))
    assert timeline._pointer.drag.words() == "09:00–11:00, Main entrance"
    somebody.qtbot.keyPress(timeline, Key.Key_Control)
    assert timeline._pointer.drag.words() == "Copy: 09:00–11:00, Main entrance"
    somebody.qtbot.keyRelease(timeline, Key.Key_Control)
    assert timeline._pointer.drag.words() == "09:00–11:00, Main entrance"


def test_an_edge_is_pulled(timeline, somebody):
    box = somebody.box("early")
    end, start = QPoint(box.right() - 2, box.center().y()), QPoint(box.left() + 2, box.center().y())
    somebody.drags(end, end + somebody.minutes(44))
    assert somebody.said("resized") == [("resized", Resized(shift="early", starts=at("8:00"), ends=at("10:45")))]
    somebody.drags(start, start + somebody.minutes(500))
    assert somebody.said("resized")[1][1] == Resized(shift="early", starts=at("9:45"), ends=at("10:00"))
    assert not somebody.said("moved")


def test_esc_lets_go_before_any_shortcut_hears_it(dressed, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    timeline = Timeline()
    QVBoxLayout(window).addWidget(timeline)
    dismissed = []
    dismiss = QAction("Dismiss", window)
    dismiss.setShortcut("Esc")
    dismiss.triggered.connect(lambda: dismissed.append(True))
    window.addAction(dismiss)
    window.resize(1000, 700)
    timeline.show_day(DAY)
    window.show()
    window.activateWindow()
    timeline.setFocus()
    qtbot.waitUntil(timeline.hasFocus)
    somebody = Somebody(timeline, qtbot)
    centre = somebody.box("early").center()
    somebody.grabs(centre, centre + somebody.minutes(60))
    somebody.keys(Key.Key_Escape)
    qtbot.mouseRelease(timeline, LEFT, PLAIN, centre + somebody.minutes(60))
    assert not somebody.said("moved")
    assert not dismissed
    somebody.keys(Key.Key_Escape)
    assert dismissed


def test_dragging_near_the_edge_scrolls_on(timeline, somebody, qtbot):
    timeline.show_stretch(4)
    timeline.reveal("early")
    before = timeline.at.left
    somebody.grabs(
        somebody.box("early").center(), QPoint(timeline.at.body.right() - 4, somebody.box("early").center().y())
    )
    qtbot.waitUntil(lambda: timeline.at.left > before + 100)
    somebody.keys(Key.Key_Escape)


def test_a_plan_that_is_only_read_moves_nothing(timeline, somebody):
    timeline.show_day(replace(DAY, writable=False))
    centre = somebody.box("early").center()
    somebody.drags(centre, centre + somebody.minutes(60))
    somebody.keys(Key.Key_Right, ALT)
    somebody.keys(Key.Key_Delete)
    somebody.qtbot.mouseDClick(timeline, LEFT, PLAIN, somebody.spot("closed", "9:00"))
    assert timeline.selected() == ("early",)
    assert not somebody.said("moved", "resized", "delete_wanted", "place_wanted")


# -------------------------------------------------------------------------------------------------- keys
def test_arrows_walk_through_hours_and_entrances(timeline, somebody):
    somebody.keys(Key.Key_Right)
    assert timeline.selected() == ("early",)
    somebody.keys(Key.Key_Right)
    assert timeline.selected() == ("late",)
    somebody.keys(Key.Key_Down)
    assert timeline.selected() == ("nobody",)
    somebody.keys(Key.Key_Down)
    assert timeline.selected() == ()
    assert timeline.caret.row == "closed"
    somebody.keys(Key.Key_Down)
    assert timeline.selected() == ("off",)
    somebody.keys(Key.Key_Home, CTRL)
    assert timeline.selected() == ("early",)
    somebody.keys(Key.Key_End)
    assert timeline.selected() == ("beside",)
    somebody.keys(Key.Key_Left, SHIFT)
    assert timeline.selected() == ("late", "beside")
    somebody.keys(Key.Key_Up, CTRL)
    assert timeline.selected() == ("late", "beside")


def test_alt_and_arrows_move_and_lengthen(timeline, somebody):
    somebody.clicks("early")
    somebody.keys(Key.Key_Right, ALT)
    somebody.keys(Key.Key_Left, ALT)
    somebody.keys(Key.Key_Down, ALT)
    somebody.keys(Key.Key_Right, ALT | SHIFT)
    assert [said for _, said in somebody.said("moved", "resized")] == [
        Moved(shifts=("early",), minutes=15),
        Moved(shifts=("early",), minutes=-15),
        Moved(shifts=("early",), minutes=0, rows=1, to_row="north"),
        Resized(shift="early", starts=at("8:00"), ends=at("10:15")),
    ]


def test_alt_and_arrows_pass_over_entrances_that_take_no_shift(timeline, somebody):
    timeline.show_day(replace(DAY, rows=(row("main"), row("north", movable=False), row("closed"), row("south"))))
    timeline.select(["early"])
    somebody.keys(Key.Key_Down, ALT)
    somebody.keys(Key.Key_Up, ALT)
    assert somebody.said("moved") == [("moved", Moved(shifts=("early",), minutes=0, rows=2, to_row="closed"))]


def test_enter_opens_del_deletes_and_an_empty_row_asks_for_a_shift(timeline, somebody):
    somebody.clicks("nobody")
    somebody.keys(Key.Key_Return)
    somebody.keys(Key.Key_Delete)
    somebody.keys(Key.Key_Down)
    somebody.keys(Key.Key_Right)
    somebody.keys(Key.Key_Return)
    assert somebody.said("opened", "delete_wanted", "place_wanted") == [
        ("opened", "nobody"),
        ("delete_wanted", ("nobody",)),
        ("place_wanted", "closed", at("11:00")),
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_and_the_right_button_ask_for_menus(timeline, somebody, qtbot):
    somebody.clicks("early")
    somebody.keys(Key.Key_Menu)
    somebody.keys(Key.Key_F10, SHIFT)
    assert [said[2] for said in somebody.said("menu_wanted")] == [("early",), ("early",)]
    somebody.clicks("nobody")
    somebody.keys(Key.Key_Down)
    somebody.keys(Key.Key_Menu)
    menu = timeline.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Add a shift at 10:30", "Closed entrance…"]
    menu.actions()[0].trigger()
    menu.actions()[1].trigger()
    menu.close()
    assert somebody.said("place_wanted") == [("place_wanted", "closed", at("10:30"))]
    assert somebody.said("row_menu_wanted")[0][2] == "closed"


def test_a_double_click_opens_a_shift_or_asks_for_one(timeline, somebody, qtbot):
    qtbot.mouseDClick(timeline, LEFT, PLAIN, somebody.box("late").center())
    qtbot.mouseDClick(timeline, LEFT, PLAIN, somebody.spot("closed", "9:08"))
    assert somebody.said("opened", "place_wanted") == [("opened", "late"), ("place_wanted", "closed", at("9:00"))]


# ------------------------------------------------------------------------------------- a person dragged
def carries(person="p1", kind=PERSON_MIME):
    made = QMimeData()
    made.setData(kind, person.encode())
    return made


def drag_event(kind, where, data):
    return kind(where, Qt.DropAction.CopyAction, data, LEFT, PLAIN)


def test_a_person_is_judged_once_for_each_shift_and_dropped_where_it_can_be(timeline, somebody):
    asked = []

    def verdict(person, shift):
        asked.append((person, shift))
        return shift == "early", "Free then" if shift == "early" else "On another shift then"

    timeline.verdict = verdict
    data = carries()
    enter = drag_event(QDragEnterEvent, somebody.box("early").center(), data)
    QApplication.sendEvent(timeline, enter)
    assert enter.isAccepted()
    taken = {}
    for shift in ("early", "late", "early", "late"):
        over = drag_event(QDragMoveEvent, somebody.box(shift).center(), data)
        QApplication.sendEvent(timeline, over)
        taken[shift] = over.isAccepted()
        assert timeline._drop.shift == shift
        assert not timeline.grab().isNull()
    assert taken == {"early": True, "late": False}
    assert asked == [("p1", "early"), ("p1", "late")]
    for shift in ("late", "early"):
        where = somebody.box(shift).center()
        QApplication.sendEvent(timeline, drag_event(QDragEnterEvent, where, data))
        QApplication.sendEvent(timeline, drag_event(QDropEvent, QPointF(where), data))
    assert somebody.said("person_dropped") == [("person_dropped", "p1", "early")]


def test_anything_else_that_is_dragged_is_left_alone(timeline, somebody):
    data = carries(kind="text/plain")
    enter = drag_event(QDragEnterEvent, somebody.box("early").center(), data)
    QApplication.sendEvent(timeline, enter)
    assert not enter.isAccepted()


# ------------------------------------------------------------------------------------ showing other days
def test_what_is_chosen_and_scrolled_to_stays_when_the_day_is_shown_anew(timeline, somebody):
    many = replace(DAY, rows=(*DAY.rows, *(row(f"gate {n}") for n in range(40))))
    timeline.show_day(many)
    timeline.select(["early", "nobody"])
    timeline._down.setValue(200)
    stripe = timeline.at.layout.nearest_stripe(200)
    offset = timeline.at.row_rect(stripe).top()
    somebody.heard.clear()
    timeline.show_day(replace(many, rows=(row("new"), *many.rows)))
    assert timeline.selected() == ("early", "nobody")
    assert not somebody.heard
    again = next(each for each in timeline.at.layout.stripes if each.row.id == stripe.row.id)
    assert timeline.at.row_rect(again).top() == offset
    timeline.show_day(replace(many, bars=tuple(each for each in many.bars if each.id != "early")))
    assert timeline.selected() == ("nobody",)
    assert somebody.said("selection")


def test_a_clock_that_goes_on_does_not_end_a_drag(timeline, somebody):
    centre = somebody.box("early").center()
    somebody.grabs(centre, centre + somebody.minutes(60))
    timeline.show_day(replace(DAY, now=at("10:21")))
    somebody.qtbot.mouseRelease(timeline, LEFT, PLAIN, centre + somebody.minutes(60))
    assert somebody.said("moved")[0][1].minutes == 60


def test_a_day_that_changes_during_a_drag_ends_it(timeline, somebody):
    centre = somebody.box("early").center()
    somebody.grabs(centre, centre + somebody.minutes(60))
    timeline.show_day(replace(DAY, bars=DAY.bars[1:]))
    somebody.qtbot.mouseRelease(timeline, LEFT, PLAIN, centre)
    assert not somebody.said("moved")


def test_ctrl_and_the_wheel_zoom_at_the_pointer_and_labels_and_axis_stay(timeline, somebody):
    where = QPointF(somebody.spot("main", "9:00"))
    turned = QPoint(0, 120)
    for _ in range(4):
        wheel = QWheelEvent(
            where, timeline.mapToGlobal(where), QPoint(), turned, NONE, CTRL, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(timeline, wheel)
    assert timeline.stretch > 2
    assert abs(timeline.at.x(at("9:00")) - where.x()) <= 2
    corner = timeline.at.corner
    timeline.reveal("beside")
    assert timeline.at.body.contains(somebody.box("beside"))
    assert timeline.at.corner == corner
    somebody.keys(Key.Key_0)
    assert timeline.stretch == 1
    somebody.keys(Key.Key_Plus)
    assert timeline.stretch > 1


def test_a_shift_outside_the_days_hours_widens_the_axis(timeline, somebody):
    timeline.show_day(replace(DAY, bars=(bar("night", "main", "5:30", "23:15"),)))
    assert timeline.at.body.contains(somebody.box("night"))


def test_names_are_shown_whole_and_the_rest_is_counted(dressed):
    letters = Letters.of(Type.BODY)
    names = "Aisha, Dai, Mary-Jane Fotheringhame-Cholmondeley, Jo"
    wide = letters.wide
    assert names_in(letters, names, wide(names), 1) == [names]
    assert names_in(letters, names, wide("Aisha, Dai +2"), 1) == ["Aisha, Dai +2"]
    assert names_in(letters, names, wide("Aisha +3"), 1) == ["Aisha +3"]
    assert [left_out(names_in(letters, names, wide(w), 1)) for w in ("Aisha, Dai +2", "Aisha +3", names)] == [2, 3, 0]
    two = names_in(letters, names, wide("Aisha, Dai +2"), 2)
    assert two[0] == "Aisha, Dai,"
    assert two[1].startswith("Mary")
    assert two[1].endswith(" +1")
    assert all(wide(line) <= wide("Aisha, Dai +2") for line in two)


@pytest.mark.parametrize(
    ("names", "beside"), [("Al, Bo, Cy, Di, Ed, Fi", True), ("Bartholomew F., Clementine G., Di", False)]
)
def test_the_count_stands_beside_short_names_that_would_else_have_too_little_room(dressed, names, beside):
    span = {"starts": datetime(2015, 12, 1, 8), "ends": datetime(2015, 12, 1, 9)}
    bar = Bar(id="x", row="y", count="6/6", names=names, state="Full", tone=Tone.MET, on=True, **span)
    painter = BarPainter()
    letters = painter.letters(Type.BODY)
    assert painter._crowded(round(letters.wide("Al, Bo, Cy +3")), bar, Tone.MET, 2) == beside
    assert not painter._crowded(1000, bar, Tone.MET, 2)


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["grid", "met_ground", "short_ground", "nobody_ground"])
def test_what_is_struck_through_can_be_read_on_every_bar(tokens, ground):
    assert contrast(tokens.muted, getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("zoom", [100, 150])
def test_theme_and_zoom_are_followed_at_once(timeline, somebody, dressed, qtbot, appearance, zoom):
    marks = (Mark(kind="kept", text="Ada"), Mark(kind="dropped", text="Owen"), Mark(kind="added", text="Zofia"))
    timeline.show_day(replace(DAY, bars=(*DAY.bars[:2], replace(DAY.bars[2], marks=marks), *DAY.bars[3:])))
    theme.show(dressed, appearance, zoom)
    timeline.grab()
    picture = timeline.grab().toImage()
    box = somebody.box("nobody")
    assert picture.pixelColor(box.left() + 1, box.center().y()) == theme.colour("nobody")
    empty = timeline.at.label_rect(timeline.at.layout.stripes[0]).topLeft() + QPoint(4, 6)
    assert picture.pixelColor(empty) == theme.colour("card")


def test_tips_say_what_is_under_the_pointer(timeline, somebody):
    from rallyapp.ui.widgets.timeline import asking

    assert asking.tip(timeline, somebody.box("early").center())[0] == (
        "Main entrance, 08:00 to 10:00, 1 of 6, 3 short, Tomasz W."
    )
    cover = QPoint(round(timeline.at.x(at("8:10"))), timeline.at.cover.center().y())
    assert asking.tip(timeline, cover)[0] == "08:00–08:30: 2 counted on, 6 needed, 4 short"
    label = timeline.at.label_rect(timeline.at.layout.stripes[1]).center()
    assert asking.tip(timeline, label)[0] == ("North entrance. Keep clear. Southampton General. picket 07:00–19:00")
