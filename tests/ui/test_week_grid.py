"""Painting when somebody is free: by mouse, by keys and by typing, on a grid that says itself in words."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.offers import Offered, Stroke, painted
from rallyapp.domain.people import Level
from rallyapp.domain.times import Span
from rallyapp.ui import theme
from rallyapp.ui.theme import Appearance
from rallyapp.ui.widgets.week_grid import WeekGrid
from rallyapp.ui.widgets.week_model import Taken, Week
from tests.domain.building import at, between

FREE, IF_NEED_BE, NOT = Level.FREE, Level.IF_NEED_BE, Level.NOT
DAYS = tuple(date(2015, 12, day) for day in (1, 2, 8, 16))
Down, Right = Qt.Key.Key_Down, Qt.Key.Key_Right
Shift, Control = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Painter:
    """Somebody who paints: what they did is kept as the plan would keep it."""

    def __init__(self, qtbot, grid):
        self.qtbot, self.grid, self.canvas = qtbot, grid, grid.canvas
        self.offers, self.said, self.week = (), [], Week()
        grid.painted.connect(self._painted)

    def _painted(self, strokes, words):
        self.said.append(words)
        self.shows(offers=painted(self.offers, strokes))

    def shows(self, offers=None, **other):
        if offers is not None:
            self.offers = offers
        self.week = Week(
            offers=self.offers, duties=other.get("duties", self.week.duties), shifts=other.get("shifts", ())
        )
        self.grid.show_week(self.week, whose="Ann Archer")

    def cell(self, clock, column):
        row = int(clock[:2]) * 2 + int(clock[3:]) // 30 - self.grid.model.first
        return self.canvas.visualRect(self.grid.model.index(row, column)).center()

    def drags(self, start, end, button=LEFT):
        """From a cell (time, column) to another."""
        view = self.canvas.viewport()
        self.qtbot.mousePress(view, button, pos=self.cell(*start))
        self.qtbot.mouseMove(view, self.cell(*end))
        self.qtbot.mouseRelease(view, button, pos=self.cell(*end))

    def keys(self, *keys):
        for key in keys:
            if isinstance(key, str):
                self.qtbot.keyClicks(self.canvas, key)
            elif isinstance(key, tuple):
                self.qtbot.keyClick(self.canvas, key[1], key[0])
            else:
                self.qtbot.keyClick(self.canvas, key)

    def types(self, text):
        self.grid.line.setFocus()
        self.grid.line.clear()
        self.qtbot.keyClicks(self.grid.line, text)
        self.qtbot.keyClick(self.grid.line, Qt.Key.Key_Return)

    @property
    def has(self):
        return [(each.span, each.level) for each in self.offers]


@pytest.fixture
def painter(dressed, qtbot):
    """A grid of four days in a pane's width, with the keys in it."""
    pane = QWidget()
    column = QVBoxLayout(pane)
    grid = WeekGrid(pane)
    column.addWidget(grid)
    qtbot.addWidget(pane)
    grid.show_plan(DAYS, date(2015, 11, 20))
    pane.resize(300, 700)
    pane.show()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    grid.canvas.setFocus()
    yield Painter(qtbot, grid)
    theme.show(dressed, Appearance.SYSTEM, 100)


# ------------------------------------------------------------------------------------------------ mouse
def test_a_drag_paints_a_rectangle_over_several_days_as_one_stroke(painter):
    painter.drags(("08:00", 0), ("10:30", 2))
    assert painter.has == [(between("08:00-11:00", day), FREE) for day in (1, 2, 8)]
    assert len(painter.said) == 1
    assert painter.said[0].startswith("free Tue 1 Dec 2015 08:00\u201311:00, Wed 2 Dec")


def test_the_right_button_erases_and_escape_leaves_the_stroke_undone(painter):
    painter.drags(("08:00", 0), ("11:30", 0))
    painter.drags(("09:00", 0), ("09:30", 0), RIGHT)
    assert painter.has == [(between("08:00-09:00"), FREE), (between("10:00-12:00"), FREE)]
    view = painter.canvas.viewport()
    painter.qtbot.mousePress(view, LEFT, pos=painter.cell("14:00", 1))
    painter.keys(Qt.Key.Key_Escape)
    painter.qtbot.mouseRelease(view, LEFT, pos=painter.cell("14:00", 1))
    assert len(painter.said) == 2


def test_a_click_on_a_day_paints_the_hours_of_it_that_are_shown(painter):
    painter.qtbot.mouseClick(painter.grid.brushes[NOT], LEFT)
    heads, canvas = painter.grid.heads, painter.canvas
    x = canvas.columnViewportPosition(1) + 4
    painter.qtbot.mouseMove(heads, QPoint(x, 5))
    assert "Wed 2 Dec 2015" in heads.toolTip()
    painter.qtbot.mouseClick(heads, LEFT, pos=QPoint(x, 5))
    assert painter.has == [(between("05:00-22:00", 2), NOT)]


def test_a_duty_is_not_painted_over(painter):
    painter.shows(duties=(Taken(between("09:15-10:30"), "emergency cover"),))
    painter.drags(("08:00", 0), ("11:30", 0))
    assert painter.has == [(between("08:00-09:15"), FREE), (between("10:30-12:00"), FREE)]
    painter.drags(("09:30", 0), ("10:00", 0))
    assert len(painter.said) == 1  # nothing was left to paint


# ------------------------------------------------------------------------------------------------- keys
def test_arrows_move_shift_widens_and_the_level_keys_paint(painter):
    painter.keys((Shift, Down), (Shift, Down), (Shift, Right), "2")
    assert painter.has == [(between("08:00-09:30", day), IF_NEED_BE) for day in (1, 2)]
    assert painter.grid.brushes[IF_NEED_BE].isChecked()
    painter.keys(Down, " ")
    assert painter.has == [(between("08:00-09:30"), IF_NEED_BE), (between("08:00-10:00", 2), IF_NEED_BE)]
    painter.keys((Control, Qt.Key.Key_Space), "3")
    assert painter.has[-1] == (between("05:00-22:00", 2), NOT)
    painter.keys((Control, Qt.Key.Key_A), "0")
    assert painter.has == []
    painter.keys(Qt.Key.Key_Home, (Shift, Qt.Key.Key_End), "1", Qt.Key.Key_Delete)
    assert painter.has == []
    assert len(painter.said) == 6


def test_a_plan_that_is_only_read_is_not_painted(painter):
    painter.grid.set_writable(False)
    painter.keys("1")
    painter.drags(("08:00", 0), ("10:30", 2))
    assert not painter.said
    assert not painter.grid.line.isEnabled()


def test_a_day_is_made_the_same_as_another_from_its_menu(painter):
    painter.types("Tue 1/12 8-11, if need be 14-16")
    menu = painter.grid.day_menu(2)
    words = [action.text().partition("\t")[0] for action in menu.actions()]
    assert words[:4] == ["Free all day", "If need be all day", "Not free all day", "Clear the day"]
    next(action for action in menu.actions() if action.text() == "Same as Tue 1 Dec 2015").trigger()
    assert painter.has[2:] == [(between("08:00-11:00", 8), FREE), (between("14:00-16:00", 8), IF_NEED_BE)]
    assert painter.said[-1] == "Tue 8 Dec 2015 the same as Tue 1 Dec 2015"


# ------------------------------------------------------------------------------------------------ typing
def test_what_is_typed_is_read_aloud_while_it_is_typed_and_painted_on_enter(painter):
    grid = painter.grid
    painter.qtbot.keyClicks(grid.line, "Tue 8/12 8-11, if need be 14-16")
    assert grid.read_as.text().startswith("Free Tue 8 Dec 2015 08:00\u201311:00; if need be 14:00\u201316:00")
    assert not painter.said
    painter.qtbot.keyClick(grid.line, Qt.Key.Key_Return)
    assert painter.has == [(between("08:00-11:00", 8), FREE), (between("14:00-16:00", 8), IF_NEED_BE)]
    assert grid.line.text() == ""


def test_what_can_not_be_read_is_said_beneath_and_stays_to_be_mended(painter):
    painter.types("Tue 8-11")
    grid = painter.grid
    assert "more than one Tue" in grid.read_as.text()
    assert grid.line.property("wrong") is True
    assert "more than one Tue" in grid.line.accessibleDescription()
    assert grid.line.text() == "Tue 8-11"
    painter.qtbot.keyClicks(grid.line, " ")
    assert grid.line.property("wrong") is False


def test_a_day_that_is_not_on_the_grid_is_shown_once_it_is_typed(painter):
    painter.types("Thu 3/12 8-11")
    assert date(2015, 12, 3) in painter.grid.model.days
    assert painter.has == [(between("08:00-11:00", 3), FREE)]


# ------------------------------------------------------------------------------------------- what is shown
def test_strike_days_stand_first_and_whole_weeks_can_be_paged(painter):
    grid = painter.grid
    assert grid.model.days == DAYS
    assert grid.back.isHidden()
    painter.qtbot.mouseClick(grid.weeks, LEFT)
    assert grid.model.days == tuple(date(2015, 11, 30) + timedelta(days=n) for n in range(7))
    painter.qtbot.mouseClick(grid.on, LEFT)
    assert grid.model.days[0] == date(2015, 12, 7)
    painter.qtbot.mouseClick(grid.weeks, LEFT)
    assert grid.model.days == DAYS


def test_many_strike_days_are_paged_seven_at_a_time(painter):
    days = tuple(date(2016, 1, 1) + timedelta(days=n * 3) for n in range(10))
    painter.grid.show_plan(days, date(2015, 11, 20))
    assert painter.grid.model.days == days[:7]
    assert not painter.grid.back.isEnabled()
    painter.qtbot.mouseClick(painter.grid.on, LEFT)
    assert painter.grid.model.days == days[7:]
    assert not painter.grid.on.isEnabled()


def test_a_plan_without_strike_days_shows_this_week(dressed, qtbot):
    grid = WeekGrid()
    qtbot.addWidget(grid)
    grid.show_plan((), date(2015, 11, 20))
    assert grid.model.days[0] == date(2015, 11, 16)
    assert grid.weeks.isHidden()


def test_nights_are_shown_on_request_and_what_lies_there_is_counted(painter):
    painter.shows([Offered(between("22:00-06:00"), FREE)])
    nights = painter.grid.nights
    assert nights.text() == "Show nights (2 more)"
    painter.qtbot.mouseClick(nights, LEFT)
    assert painter.grid.model.rowCount() == 48
    assert nights.text() == "Hide nights"
    painter.drags(("00:00", 3), ("03:30", 3))
    assert painter.has[-1] == (between("00:00-04:00", 16), FREE)


def test_a_quarter_past_is_drawn_true_to_the_minute(painter):
    painter.shows([Offered(between("08:15-09:00"), FREE)])
    drawing, canvas = painter.canvas._drawing, painter.canvas
    box = drawing.place(0, between("08:15-09:00"))
    assert box.top() == pytest.approx(canvas.row_height * 6.5)
    assert box.height() == pytest.approx(canvas.row_height * 1.5)


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_each_level_has_its_colour_and_its_pattern(painter, dressed, appearance):
    theme.show(dressed, appearance, 100)
    painter.shows(
        [Offered(between("08:00-12:00", day), level) for day, level in ((1, FREE), (2, IF_NEED_BE), (8, NOT))]
    )
    picture = painter.canvas.viewport().grab().toImage()
    inks = []
    for column in range(4):
        box = painter.canvas._drawing.place(column, between("09:30-11:30", DAYS[column])).toRect()
        points = [(x, y) for x in range(box.left() + 8, box.right() - 2) for y in range(box.top(), box.bottom())]
        inks.append({picture.pixel(x, y) for x, y in points})
    grounds = [
        QColor.fromRgb(theme.colour(name).rgb()).rgb() for name in ("met_ground", "short_ground", "nobody_ground")
    ]
    assert all(ground in inks[column] for column, ground in enumerate(grounds))
    assert len(inks[0]) < len(inks[1])  # hatched
    assert len(inks[0]) < len(inks[2])  # crossed
    assert not inks[3] & set(grounds)


def test_the_grid_says_itself_to_those_who_can_not_see_it(painter):
    painter.shows(
        [Offered(between("08:15-11:00"), FREE)],
        duties=(Taken(between("14:00-16:00", 2), "emergency cover"),),
        shifts=(Taken(between("08:30-10:00"), "shift, Main entrance"),),
    )
    canvas = painter.canvas
    assert canvas.accessibleName() == "When Ann Archer is free"
    said = canvas.accessibleDescription()
    assert "Tue 1 Dec 2015: free 08:15\u201311:00." in said
    assert "Tue 8 Dec 2015: has not said." in said
    assert "14:00\u201316:00 emergency cover." in said
    table = QAccessible.queryAccessibleInterface(canvas)
    assert table.role() == QAccessible.Role.Table
    places = ((6, 0), (7, 0), (18, 1), (0, 2))
    model, role = painter.grid.model, Qt.ItemDataRole.AccessibleTextRole
    cells = [model.index(row, column).data(role) for row, column in places]
    assert cells == [
        "Tue 1 Dec 2015 08:00\u201308:30: free 08:15\u201308:30",
        "Tue 1 Dec 2015 08:30\u201309:00: shift, Main entrance; free",
        "Wed 2 Dec 2015 14:00\u201314:30: emergency cover",
        "Tue 8 Dec 2015 05:00\u201305:30: has not said",
    ]
    assert painter.grid.legend.text() == "Grey: kept by work; outlined: own shift"


def test_the_hour_that_does_not_exist_is_said_and_not_painted(painter):
    painter.grid.show_plan((date(2016, 3, 27),), date(2016, 3, 1))
    painter.qtbot.mouseClick(painter.grid.nights, LEFT)
    assert "does not exist" in painter.grid.model.words(2, 0)
    painter.drags(("01:00", 0), ("01:30", 0))
    assert painter.has == []


def test_it_fits_a_narrow_pane_and_grows_in_a_wide_one(painter):
    canvas, pane = painter.canvas, painter.grid.parentWidget()
    assert pane.width() == 300
    assert canvas.columnWidth(0) * 4 <= canvas.viewport().width()
    low = canvas.height()
    pane.resize(800, 900)
    painter.qtbot.waitUntil(lambda: canvas.height() > low)
    assert sum(canvas.columnWidth(column) for column in range(4)) == canvas.viewport().width()


def test_a_stroke_says_in_its_label_what_it_painted(painter):
    painter.grid._give((Stroke(NOT, (Span(at("00:00"), at("00:00", 2)),)),))
    assert painter.said == ["not free Tue 1 Dec 2015 all day"]
