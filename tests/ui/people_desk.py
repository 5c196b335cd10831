"""The page of people with everybody read, and what a test asks of it."""

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from rallyapp.domain.people import Person
from rallyapp.ui.models.people_columns import PLACE
from rallyapp.ui.page import PageName

Ctrl, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def people(window, person, plan, qtbot):
    """The page, with everybody read."""
    person.opens(plan)
    window.go(PageName.PEOPLE)
    page = window.frame.page
    settled(window, page, qtbot)
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    return page


def settled(window, page, qtbot):
    """Until everybody is read, and the pane at the right shows who is chosen."""
    detail = page.detail
    qtbot.waitUntil(
        lambda: (
            page._ready
            and not window.plan_jobs.runs("people")
            and not page._settle.isActive()
            and (detail.person_id is None or detail.whole)
        )
    )


def names(page):
    return [page.model.text(row, 0) for row in range(page.model.rowCount())]


def cell(page, name, key):
    return page.model.text(names(page).index(name), PLACE[key])


def at(page, name, key="name"):
    page.sheet.setFocus()
    page.sheet.setCurrentIndex(page.model.index(names(page).index(name), PLACE[key]))


def choose(page, top, bottom, key="name"):
    model, flags = page.model, QItemSelectionModel.SelectionFlag
    part = QItemSelection(model.index(top, PLACE[key]), model.index(bottom, PLACE[key]))
    page.sheet.setCurrentIndex(model.index(top, PLACE[key]))
    page.sheet.selectionModel().select(part, flags.ClearAndSelect)


def named(page, name):
    return next(each for each in page.desk.store.all(Person) if each.name == name)


def line(page):
    assert page.sheet.editor is not None, "no cell is being edited"
    return page.sheet.editor


def edits(page):
    return [each.label for each in page.desk.store.history() if each.kind == "edit"]
