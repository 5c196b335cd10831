"""Every page fits the shared laptop, and shows any plan: with long and Arabic names, an empty one, a read-only one."""

import itertools
import re
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPlainTextEdit, QPushButton, QScrollArea

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import Settings
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.places import Entrance, Site
from rallyapp.domain.rallies import Rally
from rallyapp.store import Store
from rallyapp.ui import theme
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Appearance
from rallyapp.ui.widgets.parts import Empty
from rallyapp.ui.widgets.words import CutWords
from tests.ui.every_page import called, copy, filled, pages, settle

SIZES = [(1366, 768, 100), (1024, 640, 100), (1366, 768, 150)]
WIDE_TABLES = {"Sheet", "WeekSheet", "ListSheet", "Timeline", "DayPane", "WeekCanvas", "DayCards", "PlanView"}
"""What may be wider than the window: tables with many columns, a day by the clock, a picture that is zoomed."""


@pytest.fixture(scope="module")
def made_filled(tmp_path_factory):
    """A demo plan with people on some shifts, closed."""
    return filled(tmp_path_factory.mktemp("fit") / "filled.rally")


@pytest.fixture(scope="module")
def made_long(tmp_path_factory):
    """A plan in which everything has a long name, some of it Arabic, with 60 entrances at one site."""
    path = tmp_path_factory.mktemp("fit") / "long.rally"
    records = list(DEMOS["epsom-st-helier-2016"].records())
    long = "Universitätsklinikum & Queen Elizabeth the Queen Mother <b>Children\u2019s</b> Hospital"
    arabic = "\u0645\u062d\u0645\u062f \u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646"
    named = []
    for place, each in enumerate(records):
        match each:
            case Person():
                name = arabic if place % 3 else "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh"
                named.append(replace(each, family_name=f"{name} {each.family_name}"))
            case Site() | Entrance():
                named.append(replace(each, name=f"{each.name}, {long if place % 2 else arabic}"))
            case Rally():
                named.append(replace(each, title=f"{each.title}: {long}"))
            case Settings():
                named.append(replace(each, title=f"{long}, {each.title}"))
            case _:
                named.append(each)
    site = next(each for each in named if isinstance(each, Site))
    one = next(each for each in named if isinstance(each, Entrance) and each.site_id == site.id)
    named += [
        replace(one, id=new_id(), name=f"{place}. {long if place % 2 else arabic}", position=place)
        for place in range(60)
    ]
    Store.create(path, named, label=f"Plan of {long}").close()
    return path


@pytest.fixture
def empty_plan(tmp_path):
    """A plan with nothing in it but its settings."""
    path = tmp_path / "empty.rally"
    title = next(each for each in DEMOS["southampton-2015"].records() if isinstance(each, Settings))
    Store.create(path, [title], label="New plan").close()
    return path


def everywhere(person):
    """Go to every page of the open plan, then to a new plan and the start page."""
    window = person.window
    yield from pages(person)
    window.new_plan()
    settle(person)
    yield "New plan", window.describing
    window._leave_new_plan()
    window.close_plan()
    settle(person)
    yield "Start", window.start


def cut_off(widget):
    """Say whether a part of a shown widget is not to be seen, unless it has only to be scrolled to."""
    parent, seen = widget.parentWidget(), widget.rect()
    while parent is not None:
        inside = parent.parentWidget()
        if isinstance(inside, QScrollArea) and inside.viewport() is parent:
            seen = QRect(seen)
            at = widget.mapTo(parent, widget.rect().topLeft())
            return at.x() < 0 or at.x() + widget.width() > parent.width()
        at = widget.mapTo(parent, widget.rect().topLeft())
        if not parent.rect().contains(QRect(at, widget.size())):
            return True
        parent = inside
    return False


def clipped(widget):
    """Say whether the words of a label or button do not go into it."""
    if isinstance(widget, CutWords) or not widget.text():
        return False
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height() + 1
        return widget.sizeHint().width() > widget.width() + 1
    return widget.sizeHint().width() > widget.width() + 1


def found_wrong(window, name, page):
    """List what does not fit on a page."""
    for widget in window.findChildren(QLabel) + window.findChildren(QPushButton):
        if not widget.isVisible() or widget.window() is not window:
            continue
        if clipped(widget):
            need = widget.sizeHint().toTuple()
            yield f"{name}: {called(widget)} {widget.text()!r} is {widget.size().toTuple()}, wants {need}"
        if isinstance(widget, QPushButton) and cut_off(widget):
            yield f"{name}: {called(widget)} is cut off"
    for area in [*window.findChildren(QAbstractScrollArea)]:
        bar = area.horizontalScrollBar()
        if isinstance(area, QPlainTextEdit) or type(area).__name__ in WIDE_TABLES or not area.isVisible():
            continue
        if any(kind.__name__ in WIDE_TABLES for kind in type(area).__mro__):
            continue
        if bar.maximum() > 0 and area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            yield f"{name}: {called(area)} is scrolled sideways by {bar.maximum()}"
        least = area.widget().minimumSizeHint().width() if isinstance(area, QScrollArea) and area.widget() else 0
        if least > area.viewport().width():
            yield f"{name}: what {called(area)} scrolls wants {least}, has {area.viewport().width()}"


def shown_at(person, dressed, width, height, zoom):
    theme.show(dressed, Appearance.LIGHT, zoom)
    person.window.resize(width, height)


@pytest.mark.parametrize(("width", "height", "zoom"), SIZES)
def test_every_page_fits(person, made_filled, tmp_path, dressed, width, height, zoom):
    shown_at(person, dressed, width, height, zoom)
    person.opens(copy(made_filled, tmp_path))
    wrong = []
    for name, page in everywhere(person):
        dressed.processEvents()
        least = person.window.minimumSizeHint()
        if person.window.size().toTuple() != (width, height) or least.width() > width or least.height() > height:
            wrong.append(f"{name}: the window is {person.window.size().toTuple()}, wants {least.toTuple()}")
            person.window.resize(width, height)
        wrong += found_wrong(person.window, name, page)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_long_names_fit(person, made_long, tmp_path, dressed):
    shown_at(person, dressed, 1366, 768, 100)
    person.window._now = lambda: datetime(2016, 4, 26, 9, 20)
    person.opens(copy(made_long, tmp_path))
    wrong = []
    for name, page in pages(person):
        dressed.processEvents()
        if person.window.size().toTuple() != (1366, 768):
            wrong.append(f"{name}: the window wants {person.window.minimumSizeHint().toTuple()}")
            person.window.resize(1366, 768)
        wrong += found_wrong(person.window, name, page)
    assert not wrong, "\n".join(dict.fromkeys(wrong))


# What stays useful in an empty plan, so that it needs nobody to say what to do.
ALWAYS = {str(PageName.HISTORY), str(PageName.KIOSK), str(PageName.CHECKS)}


def test_an_empty_plan_says_on_every_page_what_to_do_next(person, empty_plan):
    person.opens(empty_plan)
    wrong = []
    for name, page in pages(person):
        if name in ALWAYS or " as " in name:
            continue
        shown = [each for each in page.findChildren(Empty) if each.isVisible()]
        said = [each.words.text() for each in shown]
        if len(shown) != 1 or not shown[0].button.isVisible() or not said[0].rstrip().endswith("."):
            wrong.append(f"{name}: {said}")
    assert not wrong, "\n".join(wrong)


WRITES = re.compile(
    r"(Add|New|Delete|Fill|Mend|Take|Mark|Move|Put|Suspend|Call off|Replace|Reinstate|Change|Paint|Remove|Cut|"
    r"Make|Save (?!(as |\d+ )?PDF)|Undo|Redo|Edit (?!the notice)|Relocate|Paste|Unplan|Back to|Pin|Shift by|"
    r"Copy (a|the|this) day)\b"
)
"""What a button or an action is called that would change the plan."""


def test_nothing_can_be_written_in_a_plan_that_is_only_read(person, made_filled, tmp_path):
    person.window._opened(Store.open(copy(made_filled, tmp_path), read_only=True))
    settle(person)
    wrong, seen = [], 0
    for name, page in pages(person):
        roots = [page, *([page.inspector] if page.inspector is not None else [])]
        for button in (each for root in roots for each in root.findChildren(QPushButton)):
            seen += 1
            if button.isVisible() and button.isEnabled() and WRITES.match(button.accessibleName()):
                wrong.append(f"{name}: {called(button)}")
        for action in page.actions():
            if action.isEnabled() and action.isVisible() and WRITES.match(action.text().replace("&", "")):
                wrong.append(f"{name}: the action {action.text()!r}")
    assert seen > 50
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_nothing_in_the_header_lies_over_another(person, made_filled, tmp_path, dressed):
    shown_at(person, dressed, 1024, 640, 100)
    person.opens(copy(made_filled, tmp_path))
    header = person.window.frame.header
    for _ in pages(person):
        row = header.layout()
        shown = [row.itemAt(place).widget() for place in range(row.count()) if row.itemAt(place).widget()]
        boxes = [each.geometry() for each in shown if each.isVisible()]
        assert all(one.right() < other.left() for one, other in itertools.pairwise(boxes))
        assert boxes[-1].right() <= header.width()
