"""Goes through every page of the window, whatever pages there are; shared by the tests of access and of fit."""

import shutil
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QWidget

from rallyapp.demos import DEMOS
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Channel, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Shift
from rallyapp.domain.problems import Concern
from rallyapp.store import Store
from rallyapp.ui.frame import PAGES
from rallyapp.ui.page import PageName
from rallyapp.ui.widgets.parts import Segments

SHOWN = {
    PageName.DAYS: "strike_day",
    PageName.SITES: "entrance",
    PageName.ROTA: "shift",
    PageName.RALLIES: "rally",
    PageName.STALLS: "stall",
    PageName.PEOPLE: "person",
}
"""What is chosen on a page that shows more once something is."""


def filled(path, demo="southampton-2015"):
    """Make a demo plan with people on a third of its picket shifts, and something to undo."""
    with Store.create(path, DEMOS[demo].records(), label="Demo") as store:
        people, taken = store.all(Person), {each.shift_id for each in store.all(Assignment)}
        shifts = sorted(store.all(Shift), key=lambda shift: (shift.starts, shift.id))
        with store.edit("Put people on some shifts") as edit:
            for place, shift in enumerate(shift for shift in shifts[::3] if shift.id not in taken):
                for need in store.where(Need, shift_id=shift.id)[:1]:
                    edit.save(
                        Assignment(
                            id=new_id(),
                            shift_id=shift.id,
                            person_id=people[place % len(people)].id,
                            role=need.role,
                            state=AssignmentState.CONFIRMED,
                        )
                    )
        with store.edit("Call somebody by telephone") as edit:
            edit.save(replace(people[0], channel=Channel.PHONE))
    return path


def copy(made, folder):
    """Give a test its own copy of a made plan."""
    return shutil.copy(made, folder / "plan.rally")


def settle(person):
    """Wait until the window has read, checked and laid out everything."""
    person.waits()
    jobs = person.window.plan_jobs
    person.qtbot.waitUntil(lambda: not jobs.busy)
    frame = person.window.frame
    detail = getattr(frame.page, "detail", None) if frame is not None else None
    if getattr(detail, "person_id", None):  # its lower parts are made in a turn of their own
        person.qtbot.waitUntil(lambda: detail.whole)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    seen = [None]

    def still():
        places, seen[0] = seen[0], [each.geometry() for each in person.window.findChildren(QWidget) if each.isVisible()]
        return places == seen[0]

    person.qtbot.waitUntil(still)


def pages(person) -> Iterator[tuple[str, QWidget]]:
    """Go to each page of the open plan, choose something on it, and give its name and itself."""
    frame = person.window.frame
    for name in PAGES:
        kind = SHOWN.get(name)
        found = frame.desk.store.rows(f'SELECT id FROM "{kind}" ORDER BY id LIMIT 1') if kind else []
        frame.go(name, Concern(kind, found[0][0]) if found else None)
        settle(person)
        yield str(name), frame.page
        for views in frame.page.findChildren(Segments):
            if views.accessibleName() == "View" and views.isVisible():
                for value in list(views.buttons)[1:]:
                    views.buttons[value].click()
                    settle(person)
                    yield f"{name} as {views.buttons[value].text()}", frame.page
                next(iter(views.buttons.values())).click()
        yield from sections(person, name)


def sections(person, name) -> Iterator[tuple[str, QWidget]]:
    """Go to each kind of section of the rally that is shown, and to each part of the stall."""
    page = person.window.frame.page
    if name is PageName.RALLIES and page.rally is not None:
        seen = {type(page.part)}
        for line in page.outline.lines.rows.all:
            page.show_section(int(line.id))
            if type(page.part) not in seen:
                seen.add(type(page.part))
                settle(person)
                yield f"{name}: {line.title}", page
        page.show_section(1)
    elif name is PageName.STALLS and page.view.isVisible():
        for part in list(page.view.parts.buttons.values())[1:]:
            part.click()
            settle(person)
            yield f"{name}: {part.text()}", page
        stalls, partners = page.switch.buttons.values()
        partners.click()
        settle(person)
        yield f"{name}: {partners.text()}", page
        stalls.click()


def reached_by_tab(window) -> list[QWidget]:
    """List what the keyboard comes to with Tab: shown, enabled, and with a focus of its own."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and each.focusProxy() is None
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def called(widget) -> str:
    """Say which widget is meant, for the message of a test."""
    if not isinstance(widget, QWidget):
        return repr(widget)
    name = widget.accessibleName() or widget.objectName()
    parents, parent = [], widget.parentWidget()
    while parent is not None and len(parents) < 2:
        if type(parent).__module__.startswith("rallyapp"):
            parents.append(type(parent).__name__)
        parent = parent.parentWidget()
    return f"{type(widget).__name__} {name!r} in {'/'.join(reversed(parents))}"
