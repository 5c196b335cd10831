"""Printing that somebody looks away from, cancels or closes the window on: what is out is noted, the rest is said."""

from dataclasses import replace

import pytest

from rallyapp.domain.pickets import Picket
from rallyapp.domain.tells import PrintRun
from rallyapp.store import Store
from rallyapp.ui.page import PageName

MANY = ("rota", "day-sheet", "slips")


@pytest.fixture
def printer(tmp_path, monkeypatch):
    """A slow printer: it takes a sheet when it is told to; gives the folder of what it took."""
    programs, tray = tmp_path / "bin", tmp_path / "tray"
    programs.mkdir()
    tray.mkdir()
    scripts = {
        "lpstat": 'if [ "$1" = -e ]; then echo Office; else echo "system default destination: Office"; fi',
        "lp": f"n=$(/bin/ls {tray} | /usr/bin/wc -l); /bin/cat > {tray}/$n; "
        f"while [ ! -e {tmp_path}/go ]; do /bin/sleep 0.02; done",
    }
    for name, script in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return tray


@pytest.fixture
def page(printer, window, person, plan, qtbot):
    """The page of paper, from which three documents are being printed; the first is on its way."""
    person.opens(plan)
    window.go(PageName.PRINT)
    page = window.frame.page
    qtbot.waitUntil(lambda: not window.plan_jobs.busy, timeout=20_000)
    for name in MANY:
        page.choose.documents.ticked.emit(name, True)
    qtbot.waitUntil(lambda: not window.plan_jobs.busy, timeout=20_000)
    page.print_button.click()
    qtbot.waitUntil(lambda: bool(list(printer.iterdir())), timeout=20_000)
    return page


def noted(store):
    return sorted({run.document for run in store.all(PrintRun)})


def test_looking_elsewhere_and_others_edits_leave_a_print_alone(page, printer, window, person, qtbot, tmp_path):
    assert person.reads == "Printing 1 of 3\u2026"
    assert not page.print_button.isEnabled()
    assert not page.save_button.isEnabled()
    page.show_view("back")
    page.show_view("choose")
    page.begin_everything()
    with Store.open(window.store.path) as other, other.edit("In another window") as edit:
        edit.save(replace(other.all(Picket)[0], note="Changed elsewhere"))
    window.bridge.poll()
    page.leave_everything()
    assert noted(window.store) == []
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: not window.plan_jobs.busy, timeout=20_000)
    assert len(list(printer.iterdir())) == 3
    assert noted(window.store) == sorted(MANY)
    assert person.reads.startswith("3 documents, ")
    assert page.print_button.isEnabled()


def test_who_cancels_hears_what_is_printed_and_what_is_not(page, printer, window, person, tmp_path):
    person.window.messages._action.click()
    (tmp_path / "go").touch()
    person.waits()
    assert len(list(printer.iterdir())) == 1
    assert noted(window.store) == ["rota"]
    left = "Day sheet (picket supervisor) and Personal shift slips (volunteer)"
    assert person.reads == f"Stopped: 1 of 3 printed. Not printed: {left}."


def test_the_window_stays_while_it_prints_and_what_is_out_is_noted_before_it_closes(
    page, printer, window, person, plan, qtbot, tmp_path
):
    closed = []
    window.closed.connect(lambda: closed.append(noted_in(plan)))
    window.close()
    assert window.isVisible()
    assert person.reads.startswith("Something is still being saved or printed")
    window.close()
    assert not window.isVisible()
    assert not closed
    (tmp_path / "go").touch()
    qtbot.waitUntil(lambda: bool(closed), timeout=10_000)
    assert len(list(printer.iterdir())) == 1
    assert closed == [["rota"]]


def noted_in(path):
    with Store.open(path) as store:
        return noted(store)
