"""A sheet behaves as people who live in spreadsheets expect."""

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMainWindow, QPushButton, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.models.sheet import Cell, Column, SheetModel
from rallyapp.ui.widgets.sheet import ColumnsButton, Sheet
from rallyapp.ui.widgets.sheet_blocks import block

NAMES = ["Aled Morgan", "Bronwen Pryce", "Chidi Eze", "Dilys Hughes"]
Flag = QItemSelectionModel.SelectionFlag


class Grid(SheetModel):
    """Names down the side, one figure, and three days in which names are typed."""

    columns = (
        Column(key="place", title="Entrance", width=120, fixed=True),
        Column(key="wanted", title="Wanted", width=70, figures=True),
        *(Column(key=day, title=day, width=140, grows=1) for day in ("Tue", "Wed", "Thu")),
    )

    def __init__(self, rows=4):
        super().__init__()
        self.rows = [[f"Gate {row + 1}", str((row * 7) % 5), "", "", ""] for row in range(rows)]
        self.labels = []

    def rowCount(self, parent=None):
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def text(self, row, column):
        return self.rows[row][column]

    def can_write(self, row, column):
        return column >= 2

    def completions(self, index, text):
        return [name for name in NAMES if text.lower() in name.lower()]

    def why_not(self, index, text):
        return "" if not text or text in NAMES else f"Nobody is called {text}."

    def write(self, cells, label):
        for cell in cells:
            if cell.row >= len(self.rows) or not self.can_write(cell.row, cell.column):
                return f"{self.columns[cell.column].title} can't be changed here. Nothing was pasted."
            if cell.text and cell.text not in NAMES:
                return f"Nobody is called {cell.text}. Nothing was pasted."
        for cell in cells:
            self.rows[cell.row][cell.column] = cell.text
        self.labels.append(label)
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 4))
        return ""

    def can_sort(self, column):
        return column < 2

    def sort_by(self, column, descending):
        self.beginResetModel()
        self.rows.sort(key=lambda row: row[column], reverse=descending)
        self.endResetModel()

    def row_key(self, row):
        return self.rows[row][0]

    def row_of_key(self, key):
        return next((at for at, row in enumerate(self.rows) if row[0] == key), None)


@pytest.fixture
def grid(dressed):
    made = Grid()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    return made


@pytest.fixture
def sheet(grid, qtbot):
    window = QMainWindow()
    inside = QWidget()
    column = QVBoxLayout(inside)
    made = Sheet(grid, "Rota of the week", frozen=1)
    made.after = QPushButton("After")
    column.addWidget(made)
    column.addWidget(made.after)
    window.setCentralWidget(inside)
    window.resize(700, 400)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    made.kept_window = window
    return made


def at(sheet, row, column):
    sheet.setCurrentIndex(sheet.model().index(row, column))


def choose(sheet, top, left, bottom, right):
    at(sheet, top, left)
    model = sheet.model()
    part = type(sheet.selectionModel().selection())(model.index(top, left), model.index(bottom, right))
    sheet.selectionModel().select(part, Flag.ClearAndSelect)


def here(sheet):
    return sheet.currentIndex().row(), sheet.currentIndex().column()


def test_a_name_is_typed_with_completion_and_enter_goes_down(sheet, grid, qtbot):
    at(sheet, 0, 2)
    qtbot.keyClicks(sheet, "b")
    line = sheet.editor
    qtbot.keyClicks(line, "ron")
    assert line.offers.isVisible()
    assert line.offers.chosen == "Bronwen Pryce"
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert grid.rows[0][2] == "Bronwen Pryce"
    assert here(sheet) == (1, 2)
    assert sheet.editor is None
    assert sheet.hasFocus()


def test_f2_offers_everybody_and_arrows_choose(sheet, grid, qtbot):
    at(sheet, 1, 3)
    qtbot.keyClick(sheet, Qt.Key.Key_F2)
    line = sheet.editor
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    assert grid.rows[1][3] == "Chidi Eze"
    assert here(sheet) == (1, 4)


def test_what_is_offered_can_be_clicked(sheet, grid, qtbot):
    at(sheet, 0, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_F2)
    offered = sheet.editor.offers.list
    where = offered.visualRect(offered.model().index(3, 0)).center()
    qtbot.mouseClick(offered.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert grid.rows[0][2] == "Dilys Hughes"


def test_a_wrong_entry_is_said_below_the_line_and_stays_to_be_mended(sheet, grid, qtbot):
    at(sheet, 0, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_F2)
    qtbot.keyClicks(sheet.editor, "Zebedee")
    qtbot.keyClick(sheet.editor, Qt.Key.Key_Return)
    assert sheet.editor is not None
    assert sheet.editor.offers.sentence == "Nobody is called Zebedee."
    qtbot.keyClick(sheet.editor, Qt.Key.Key_Escape)
    assert sheet.editor is None
    assert grid.rows[0][2] == ""
    assert grid.labels == []


def test_leaving_a_cell_keeps_what_was_typed(sheet, grid, qtbot):
    at(sheet, 0, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_F2)
    qtbot.keyClicks(sheet.editor, "Aled Morgan")
    sheet.after.setFocus()
    assert grid.rows[0][2] == "Aled Morgan"
    assert sheet.editor is None


def test_tab_goes_along_a_row_and_then_leaves_the_table(sheet, qtbot):
    at(sheet, 0, 3)
    qtbot.keyClick(sheet, Qt.Key.Key_Tab)
    assert here(sheet) == (0, 4)
    qtbot.keyClick(sheet, Qt.Key.Key_Tab)
    assert sheet.after.hasFocus()


def test_what_is_chosen_goes_with_the_keyboard_to_the_ends(sheet, grid, qtbot):
    last, wide = grid.rowCount() - 1, len(sheet.shown_columns()) - 1
    choose(sheet, 1, 0, 1, 0)
    for key, row, column in (
        (Qt.Key.Key_End, last, wide),
        (Qt.Key.Key_Up, 0, wide),
        (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Down, last, 0),
        (Qt.Key.Key_Right, last, wide),
        (Qt.Key.Key_Home, 0, 0),
    ):
        qtbot.keyClick(sheet, key, Qt.KeyboardModifier.ControlModifier)
        assert here(sheet) == (row, column)
        assert sheet.chosen_rows() == [row]
    qtbot.keyClick(sheet, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert sheet.chosen_rows() == list(range(last + 1))


def test_a_block_is_copied_as_text_with_tabs_and_as_a_table(sheet, grid, qtbot):
    grid.rows[0][2] = "Aled <b> & Co"
    choose(sheet, 0, 0, 1, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text() == "Gate 1\t0\tAled <b> & Co\nGate 2\t2\t"
    assert "<td>Aled &lt;b&gt; &amp; Co</td>" in mime.html()


def test_a_block_is_pasted_whole_or_not_at_all(sheet, grid, qtbot):
    said = []
    sheet.said.connect(said.append)
    at(sheet, 1, 2)
    QGuiApplication.clipboard().setText("Aled Morgan\tChidi Eze\r\n\tDilys Hughes\r\n")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row[2:4] for row in grid.rows[1:3]] == [["Aled Morgan", "Chidi Eze"], ["", "Dilys Hughes"]]
    assert said == []
    QGuiApplication.clipboard().setText("Chidi Eze\tNobody At All")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.rows[1][2] == "Aled Morgan"
    assert said == ["Nobody is called Nobody At All. Nothing was pasted."]


def test_one_copied_cell_fills_all_chosen_ones(sheet, grid, qtbot):
    choose(sheet, 0, 2, 1, 3)
    QGuiApplication.clipboard().setText("Chidi Eze")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [row[2:4] for row in grid.rows[:2]] == [["Chidi Eze"] * 2] * 2


def test_a_block_that_is_too_wide_is_refused(sheet, grid, qtbot):
    said = []
    sheet.said.connect(said.append)
    at(sheet, 0, 4)
    QGuiApplication.clipboard().setText("Aled Morgan\tChidi Eze")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "2 columns wide" in said[0]


def test_ctrl_d_fills_down_and_delete_clears(sheet, grid, qtbot):
    grid.rows[0][2] = "Dilys Hughes"
    choose(sheet, 0, 2, 2, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [row[2] for row in grid.rows] == ["Dilys Hughes"] * 3 + [""]
    choose(sheet, 1, 2, 2, 2)
    qtbot.keyClick(sheet, Qt.Key.Key_Delete)
    assert [row[2] for row in grid.rows] == ["Dilys Hughes", "", "", ""]


def test_a_click_on_a_heading_sorts_and_what_was_chosen_stays_chosen(sheet, grid, qtbot):
    choose(sheet, 1, 0, 2, 0)
    header = sheet.horizontalHeader()
    where = QPoint(header.sectionViewportPosition(1) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [row[1] for row in grid.rows] == ["0", "1", "2", "4"]
    assert {grid.rows[row][0] for row in sheet.chosen_rows()} == {"Gate 2", "Gate 3"}
    assert grid.rows[sheet.currentIndex().row()][0] == "Gate 2"
    where = QPoint(header.sectionViewportPosition(2) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert header.sortIndicatorSection() == 1  # a heading that orders nothing leaves the arrow where it was


def test_columns_are_chosen_moved_and_widened_and_found_again(sheet, grid, qtbot):
    sheet.arrangement.show(3, False)
    sheet.arrangement.move(4, -1)
    sheet.setColumnWidth(0, 200)
    assert sheet.shown_columns() == [0, 1, 4, 2]
    kept = sheet.settings()
    other = Sheet(Grid(), "The same again", frozen=1)
    qtbot.addWidget(other)
    other.take_settings(kept)
    assert other.shown_columns() == [0, 1, 4, 2]
    assert other.columnWidth(0) == 200
    other.take_settings({"order": ["no such"], "hidden": 7, "widths": {"place": "wide"}, "sort": ["x"]})
    assert other.shown_columns() == [0, 1, 4, 2]
    other.arrangement.as_at_first()
    assert other.shown_columns() == [0, 1, 2, 3, 4]
    assert other.columnWidth(0) == 120


def test_pasting_follows_the_columns_as_they_stand(sheet, grid, qtbot):
    sheet.arrangement.move(4, -1)
    at(sheet, 0, 4)
    QGuiApplication.clipboard().setText("Aled Morgan\tChidi Eze")
    qtbot.keyClick(sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.rows[0][2:] == ["", "Chidi Eze", "Aled Morgan"]


def test_the_columns_button_has_a_tick_for_each(sheet, qtbot):
    made = ColumnsButton(sheet)
    qtbot.addWidget(made)
    made.menu().aboutToShow.emit()
    ticks = {action.text(): action for action in made.menu().actions() if action.isCheckable()}
    assert list(ticks) == ["Entrance", "Wanted", "Tue", "Wed", "Thu"]
    assert not ticks["Entrance"].isEnabled()
    ticks["Wed"].trigger()
    assert sheet.isColumnHidden(3)


def test_frozen_columns_stay_when_the_others_scroll_and_are_edited_there(sheet, grid, qtbot):
    sheet.kept_window.resize(360, 400)
    qtbot.waitUntil(lambda: sheet.horizontalScrollBar().maximum() > 0)
    assert not sheet.frozen.isVisible()
    at(sheet, 0, 4)
    assert sheet.frozen.isVisible()
    assert sheet.frozen.geometry().x() == 0
    assert sheet.visualRect(sheet.currentIndex()).left() >= sheet.frozen.width_now()
    across = sheet.horizontalScrollBar().value()
    at(sheet, 2, 0)
    assert sheet.horizontalScrollBar().value() == across
    assert sheet.rings
    at(sheet, 0, 2)
    assert sheet.visualRect(sheet.currentIndex()).left() >= sheet.frozen.width_now()
    sheet.horizontalScrollBar().setValue(0)
    assert not sheet.frozen.isVisible()


def test_without_rows_it_says_why(sheet, qtbot):
    empty = Sheet(Grid(0), "Nothing")
    qtbot.addWidget(empty)
    empty.say_empty("No entrance has a picket that day.")
    empty.resize(400, 200)
    empty.show()
    assert not empty.grab().isNull()
    qtbot.keyClick(empty, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(empty, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(empty, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(empty, Qt.Key.Key_Delete)


def test_rows_grow_with_the_zoom(sheet, dressed):
    before = sheet.rowHeight(0)
    theme.show(dressed, theme.Appearance.LIGHT, 150)
    assert sheet.rowHeight(0) == round(before * 1.5)
    theme.show(dressed, theme.Appearance.SYSTEM, 100)


def test_cells_of_a_spreadsheet_are_read_as_they_were_meant():
    assert block('a\tb\r\n"two\nlines"\t"say ""hi"""\r\n') == [["a", "b"], ["two lines", 'say "hi"']]
    assert block('5" pipe\tx\n') == [['5" pipe', "x"]]
    assert block('"never closed\tx') == [['"never closed', "x"]]
    assert block("") == []
    assert Cell(0, 1, "x").text == "x"
