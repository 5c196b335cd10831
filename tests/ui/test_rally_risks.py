"""Section 20 of a rally plan in a real window: the list, the grid, and the starters."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from rallyapp import carried
from rallyapp.domain import risks
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Rally, Risk
from rallyapp.store import Store
from rallyapp.ui.page import PageName


@pytest.fixture
def opened(person, window, plan):
    """Open section 20 of the rally; ``bare`` takes the demo's hazards away."""

    def opens(*, bare=False):
        if bare:
            with Store.open(plan) as store, store.edit("No hazards") as edit:
                for risk in store.all(Risk):
                    edit.delete(risk)
        person.opens(plan)
        rally = window.desk.store.all(Rally)[0]
        window.desk.go(PageName.RALLIES, Concern("rally", rally.id))
        page = window.page(PageName.RALLIES)
        page.show_section(20)
        person.waits()
        return page.part

    return opens


def stored(part):
    """Give the hazards in their order."""
    return risks.in_order(part.desk.store.all(Risk))


def cell(part, row, name):
    """Give what stands in a cell."""
    at = [field.field.name for field in part.sheet.rows.fields].index(name)
    return part.sheet.rows.text(row, at), part.sheet.rows.tone(row, at)


def types(part, qtbot, row, name, text):
    """Type into a cell."""
    at = [field.field.name for field in part.sheet.rows.fields].index(name)
    sheet = part.sheet.sheet
    sheet.setFocus()
    sheet.setCurrentIndex(sheet.model().index(row, at))
    qtbot.keyClick(sheet, Qt.Key.Key_F2)
    sheet.editor.selectAll()
    qtbot.keyClicks(sheet.editor, text)
    qtbot.keyClick(sheet.editor, Qt.Key.Key_Return)


def test_a_starter_is_found_added_and_ticked(opened, person, qtbot):
    part = opened(bare=True)
    assert not part.empty.isHidden()
    assert part.form.isHidden()
    qtbot.mouseClick(part.empty.button, Qt.MouseButton.LeftButton)
    find = part.chooser.find
    qtbot.keyClicks(find, "lightning")
    assert [line.starter.hazard for line in part.chooser.list.offers.lines[1:]] == ["Lightning"]
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert "judge them for your place" in person.reads
    assert [(risk.hazard, risk.owner, risk.position) for risk in stored(part)] == [("Lightning", "", 1)]
    assert part.chooser.list.offers.lines[1].used
    qtbot.keyClick(find, Qt.Key.Key_Return)
    assert person.reads == "\u201cLightning\u201d is in the list already."
    assert len(stored(part)) == 1

    find.clear()
    rows = part.chooser.list
    qtbot.keyClick(find, Qt.Key.Key_Down)
    assert rows.hasFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    first = carried.hazards()[0].hazard
    assert [risk.hazard for risk in stored(part)] == ["Lightning", first]
    second = rows.visualRect(rows.offers.index(2)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert stored(part)[-1].hazard == carried.hazards()[1].hazard
    find.setText("zebra")
    assert not part.chooser.none.isHidden()
    qtbot.keyClick(find, Qt.Key.Key_Escape)
    assert part.choose_button.hasFocus()
    assert part.empty.isHidden()
    assert part.summary.toolTip() == ""
    assert part.summary.text().startswith("3 hazards: ")


def test_figures_are_typed_scored_and_judged(opened, person, qtbot):
    part = opened()
    first = stored(part)[0]
    assert cell(part, 0, "before") == ("15 very high", "nobody")
    types(part, qtbot, 0, "left_likelihood", "4")
    assert cell(part, 0, "after")[0] == "20 very high"
    assert part.sheet.choose(first.id)
    assert part.fault.text() == "More is left after the control (20) than there was before it (15)."
    assert any(problem.code == "risk-figures" for problem in part.seen.problems)
    types(part, qtbot, 0, "left_likelihood", "1")
    assert cell(part, 0, "after")[0] == f"{first.severity} medium"
    assert part.fault.isHidden()
    types(part, qtbot, 0, "likelihood", "7")
    assert part.desk.store.get(Risk, first.id).likelihood == first.likelihood
    part.sheet.sheet.cells.finish(part.sheet.sheet.editor, keep=False)
    types(part, qtbot, len(stored(part)), "hazard", "Wet leaves")
    new = stored(part)[-1]
    assert (new.hazard, new.likelihood, new.left_likelihood) == ("Wet leaves", 3, None)
    assert cell(part, len(stored(part)) - 1, "after") == ("", None)
    assert "Chief steward" in part._team
    control = part.form.fields["control"]
    control.setFocus()
    qtbot.keyClicks(control.entry, "Sweep them")
    qtbot.keyClick(control.entry, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored(part)[-1].control == "Sweep them"
    qtbot.mouseClick(part.worst_button, Qt.MouseButton.LeftButton)
    assert person.reads == "Put the worst hazards first."
    assert stored(part)[0].hazard == "Wet leaves"
    assert not part.worst_button.isEnabled()


def test_the_grid_is_walked_by_keys_and_leads_to_the_list(opened, person, qtbot):
    part = opened()
    risk = stored(part)[0]
    part.sheet.choose(risk.id)
    part.views.buttons["grid"].click()
    grid = part.grid
    assert grid.cell == risks.left(risk)
    assert risk.id in grid.here()
    grid.setFocus()
    for key, wanted in ((Qt.Key.Key_Up, (2, 5)), (Qt.Key.Key_Up, (3, 5)), (Qt.Key.Key_Right, (3, 5))):
        qtbot.keyClick(grid, key)
        assert grid.cell == wanted
    spoken = QAccessible.queryAccessibleInterface(grid).text(QAccessible.Text.Name)
    assert spoken == "Likelihood 3 (possible), severity 5 (grave), score 15, very high: 1 before, 0 after"
    assert part.there.text() == f"{spoken}."
    assert [choice.id for choice in part.here.choices.rows.all] == [risk.id]
    assert grid._marked == risk
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(grid.width() - 5, 5))
    assert grid.cell == (5, 5)
    assert not part.open_button.isEnabled()
    assert grid._marked is None
    grid.choose((3, 5))
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert part.here.hasFocus()
    qtbot.mouseClick(part.open_button, Qt.MouseButton.LeftButton)
    assert part.sheet.record.id == risk.id
    assert not part.window().grab().isNull()
    kept = part.settings()
    part.show_view("grid")
    part.take_settings(kept)
    assert part.stack.currentIndex() == 0


def test_a_problem_leads_to_its_hazard(opened, person, window):
    part = opened()
    last = stored(part)[-1]
    part.desk.save("Judge", [replace(last, likelihood=5, severity=5, left_likelihood=5, left_severity=4)])
    part.begin_choosing()
    window.desk.go_to(Concern("risk", last.id))
    assert part.sheet.record.id == last.id
    assert any(problem.code == "risk-very-high" for problem in part.seen.problems)
    assert date(2015, 11, 20) == part.desk.today()
