"""The whole window by keyboard alone, and for those who hear it: names, roles, focus rings, ways round."""

import ast
import html
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

import rallyapp.ui
from tests.ui.every_page import called, copy, filled, pages, reached_by_tab, settle

Role = QAccessible.Role
OPERATED = {
    Role.Button,
    Role.ButtonMenu,
    Role.CheckBox,
    Role.RadioButton,
    Role.ComboBox,
    Role.EditableText,
    Role.SpinBox,
    Role.Slider,
    Role.Table,
    Role.List,
    Role.Tree,
    Role.PageTab,
    Role.Link,
}
NO_MENU = {"Most short", "Free and willing"}
"""Lists of a kind that has a menu elsewhere: here Enter does the one thing that can be done."""

INSIDE = {Role.Cell, Role.ListItem, Role.TreeItem, Role.RowHeader, Role.ColumnHeader, Role.PopupMenu}
VAGUE = {Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Border}


@pytest.fixture(scope="module")
def made_filled(tmp_path_factory):
    """A demo plan with people on some shifts, closed."""
    return filled(tmp_path_factory.mktemp("access") / "filled.rally")


@pytest.fixture
def opened(person, made_filled, tmp_path):
    """Somebody at the window, with that plan open."""
    person.opens(copy(made_filled, tmp_path))
    return person


def walk(node):
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None and child.isValid():
            yield from walk(child)


def operated(window):
    """List the nodes of the accessibility tree that can be operated or take the keyboard, and are shown."""
    for node in walk(QAccessible.queryAccessibleInterface(window)):
        state, role = node.state(), node.role()
        if state.invisible or role in INSIDE:
            continue
        widget = node.object()
        if isinstance(widget, QWidget) and not widget.isVisible():
            continue
        if role in OPERATED or (isinstance(widget, QWidget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus):
            yield node


def everywhere(person):
    """Go to every page of the open plan, then to a new plan, the search, and the start page."""
    window = person.window
    yield from pages(person)
    window.search_everything()
    yield "Search", window.palette_
    window.palette_.close_up()
    window.new_plan()
    settle(person)
    yield "New plan", window.describing
    window._leave_new_plan()
    window.close_plan()
    settle(person)
    yield "Start", window.start


def test_everything_that_can_be_operated_has_a_name_and_a_role(opened):
    wrong = []
    for name, _ in everywhere(opened):
        for node in operated(opened.window):
            spoken = node.text(QAccessible.Text.Name)
            what = f"{name}: {called(node.object())} ({node.role().name})"
            if not any(letter.isalnum() for letter in spoken):
                wrong.append(f"{what} has no name but {spoken!r}")
            if node.role() in VAGUE:
                wrong.append(f"{what} has no role")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_no_two_controls_of_a_page_have_the_same_name(opened):
    wrong = []
    for name, _ in everywhere(opened):
        known = {}
        for node in operated(opened.window):
            key = node.role(), node.text(QAccessible.Text.Name)
            widget = node.object()
            if key in known and known[key] is not widget:
                wrong.append(f"{name}: {called(known[key])} and {called(widget)}")
            known[key] = widget
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def focused_looks_different(widget, rest):
    """Say whether one sees that a widget has the keyboard: on itself, or on the card that it stands in."""
    places = [widget]
    parent = widget.parentWidget()
    while parent is not None and len(places) < 5:
        if parent.objectName() == "card" or type(parent).__module__.startswith("rallyapp.ui.widgets"):
            places.append(parent)
        parent = parent.parentWidget()
    rest.setFocus(Qt.FocusReason.TabFocusReason)
    before = [place.grab().toImage() for place in places]
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus(), called(widget)
    after = [place.grab().toImage() for place in places]
    if isinstance(widget, QLineEdit | QPlainTextEdit | QAbstractSpinBox | QComboBox):  # a caret alone is no ring
        strip = QRect(0, 0, widget.width(), 3)
        if before[0].copy(strip) != after[0].copy(strip):
            return True
        before, after = before[1:], after[1:]
    return before != after


def test_one_sees_what_has_the_keyboard(opened):
    wrong = []
    for name, _ in everywhere(opened):
        found = reached_by_tab(opened.window)
        for widget in found:
            rest = next(each for each in found if each is not widget)
            if not focused_looks_different(widget, rest):
                wrong.append(f"{name}: {called(widget)}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def place_in(widget):
    """Tell where somebody is in a table, where Tab goes from cell to cell and out at the end of the row."""
    index = widget.currentIndex() if isinstance(widget, QAbstractItemView) else None
    return (index.row(), index.column()) if index is not None else None


def round_trip(person, key):
    """Press a key until the keyboard is where it began, and list where it came."""
    start = QApplication.focusWidget()
    seen = [start]
    for _ in range(250):
        now, place = QApplication.focusWidget(), place_in(QApplication.focusWidget())
        person.qtbot.keyClick(now, key)
        then = QApplication.focusWidget()
        if then is now and place_in(now) != place:
            continue
        if then is now or then is start or then in seen:
            return seen, then
        seen.append(then)
    return seen, None


def is_reached(widget, seen):
    """Say whether Tab came to a widget, or to another button of its group: from there the arrow keys lead on."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return widget in seen or (group is not None and group.exclusive() and not {*group.buttons()}.isdisjoint(seen))


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Backtab], ids=["tab", "shift-tab"])
def test_tab_reaches_everything_and_comes_back(opened, key):
    wrong = []
    for name, _ in everywhere(opened):
        if name == "Search":  # Tab does nothing there: up and down choose
            continue
        found = reached_by_tab(opened.window)
        found[0].setFocus(Qt.FocusReason.TabFocusReason)
        seen, end = round_trip(opened, key)
        if end is not seen[0]:
            wrong.append(f"{name}: Tab does not come back but ends at {called(end) if end else 'no end'}")
        wrong += [
            f"{name}: never reached: {called(each)}"
            for each in found
            if each.isVisible() and not is_reached(each, seen)
        ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_what_can_be_done_on_a_page_stands_in_its_menu_and_no_keys_mean_two_things(opened):
    window, wrong = opened.window, []
    for name, page in pages(opened):
        window.page_menu.aboutToShow.emit()
        listed = window.page_menu.actions()
        for action in page.actions():
            if action.isVisible() and action not in listed:
                wrong.append(f"{name}: {action.text()!r} is not in the menu")
            if action.isVisible() and not any(letter.isalnum() for letter in action.text()):
                wrong.append(f"{name}: an action without a text, {action.shortcut().toString()}")
        taken = {}
        for action in (
            *window.actions(),
            *(a for m in window.menuBar().actions() for a in m.menu().actions()),
            *listed,
        ):
            for keys in action.shortcuts():
                other = taken.setdefault(keys.toString(), action)
                if other is not action:
                    wrong.append(f"{name}: {keys.toString()} is {other.text()!r} and {action.text()!r}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.qt_log_ignore("does not support", extend=True)  # what a menu asks of a screen that there is not
def test_every_context_menu_opens_by_keyboard(opened):
    wrong, asked = [], []
    for name, _ in everywhere(opened):
        for widget in reached_by_tab(opened.window):
            policy = widget.contextMenuPolicy()
            own = any(
                "contextMenuEvent" in vars(kind) for kind in type(widget).__mro__ if "rallyapp" in kind.__module__
            )
            if policy in (Qt.ContextMenuPolicy.DefaultContextMenu, Qt.ContextMenuPolicy.NoContextMenu) and not own:
                continue
            if widget.accessibleName() in NO_MENU:
                continue
            asked.append(called(widget))
            opened.window.menuBar().setFocus(Qt.FocusReason.OtherFocusReason)
            if policy is Qt.ContextMenuPolicy.ActionsContextMenu:  # Qt itself opens it, and waits
                if not widget.actions():
                    wrong.append(f"{name}: {called(widget)} has an empty menu")
                continue
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
                opened.qtbot.keyClick(widget, Qt.Key.Key_Down)
            at = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()  # where Qt asks for it
            asks = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at))
            opened.qtbot.keyClick(widget, Qt.Key.Key_Menu)
            if QApplication.activePopupWidget() is None:
                QApplication.sendEvent(widget, asks)
            menu = QApplication.activePopupWidget()
            if not isinstance(menu, QMenu) or not menu.actions():
                wrong.append(f"{name}: {called(widget)} has no menu by keyboard")
            if menu is not None:
                at = QRect(widget.mapToGlobal(QPoint()), widget.size())
                if widget.screen().geometry().contains(at) and not menu.geometry().intersects(at):
                    wrong.append(f"{name}: the menu of {called(widget)} is far from it")
                menu.close()
                opened.window.activateWindow()  # which it is not any more where there is no screen
                opened.qtbot.waitUntil(opened.window.isActiveWindow)
    assert asked
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def is_plain(tip):
    """Say whether nothing in a tip can be taken for markup: none is in it, or all of it is escaped."""
    if not re.search(r"[<&]", tip):
        return True
    inside = tip.removeprefix("<qt>").removesuffix("</qt>")
    return tip == f"<qt>{html.escape(html.unescape(inside))}</qt>"


def test_nothing_in_a_name_is_taken_for_markup(opened):
    wrong = []
    for name, _ in everywhere(opened):
        for widget in opened.window.findChildren(QWidget):
            if isinstance(widget, QLabel) and widget.text() and widget.textFormat() is not Qt.TextFormat.PlainText:
                wrong.append(f"{name}: {called(widget)} says {widget.text()!r}")
            if not is_plain(widget.toolTip()):
                wrong.append(f"{name}: the tip of {called(widget)} is {widget.toolTip()!r}")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_no_dialog_stops_the_window():
    stopping = {
        "setModal": "a modal dialog",
        "setWindowModality": "a modal dialog",
        "getOpenFileName": "a dialog that waits",
        "getSaveFileName": "a dialog that waits",
        "getExistingDirectory": "a dialog that waits",
        "getText": "a dialog that waits",
        "getItem": "a dialog that waits",
    }
    root = Path(rallyapp.ui.__file__).parent
    wrong = []
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = node.attr if isinstance(node, ast.Attribute) else ""
            if name in stopping or (name in ("exec", "exec_") and file != root / "app.py"):
                wrong.append(f"{file.relative_to(root)}:{node.lineno} {name}")
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "QMessageBox":
                wrong.append(f"{file.relative_to(root)}:{node.lineno} a message box: say it in the strip")
    assert not wrong, "\n".join(wrong)


def test_tab_goes_through_a_days_details_from_top_to_bottom(opened):
    for name, page in pages(opened):
        if name == "Strike days":
            pane = page.inspector
            found = [each for each in reached_by_tab(opened.window) if pane.isAncestorOf(each)]
            found[0].setFocus(Qt.FocusReason.TabFocusReason)
            seen, _ = round_trip(opened, Qt.Key.Key_Tab)
            places = [each.mapTo(pane, QPoint()) for each in seen if pane.isAncestorOf(each)]
            rows = [place.y() // 30 for place in places]
            assert len(rows) > 10
            start = rows.index(min(rows))
            turned = rows[start:] + rows[:start]
            assert turned == sorted(turned)
            return
