"""Asking for a file while the plan goes on: closed below the dialog, or changed by somebody else meanwhile."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QFileDialog

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.rallies import Rally
from rallyapp.prints.audience import Document
from rallyapp.store import Store
from rallyapp.ui import printing
from rallyapp.ui.page import PageName


@pytest.fixture
def faults(monkeypatch):
    """What reaches the program's last resort."""
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: seen.append(error))
    return seen


def elsewhere(store, write):
    with Store.open(store.path) as other, other.edit("Elsewhere") as edit:
        write(other, edit)


def print_page(window):
    window.go(PageName.PRINT)
    window.frame.page.save_button.click()


def folder(window):
    window.go(PageName.PRINT)
    for name in ("rota", "rally-plan"):
        window.frame.page.choose.documents.ticked.emit(name, True)
    window.frame.page.save_button.click()


def rota(window):
    """Give what is wanted of the rota."""
    window.go(PageName.PRINT)
    return window.frame.page.choose.wanted(Document.ROTA)


def site_plan(window):
    window.go(PageName.SITES)
    window.frame.page.detail.choose_view("plan")
    window.frame.page.detail.plan.panel.picture_wanted.emit()


@pytest.mark.parametrize("ask", [print_page, folder, site_plan])
def test_closing_the_plan_takes_the_dialog_of_its_page_away(overview, window, person, qtbot, faults, ask):
    ask(window)
    dialog = person.sees(QFileDialog)
    assert dialog.parentWidget() is window
    jobs = window.plan_jobs
    window.close_plan()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not jobs.busy)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not faults
    assert not window.findChildren(QFileDialog)
    assert not person.reads


@pytest.mark.parametrize("ask", [print_page, folder, site_plan])
def test_a_dialog_that_is_taken_away_below_whoever_waits_is_no_fault(overview, window, person, qtbot, faults, ask):
    ask(window)
    jobs = window.plan_jobs
    person.sees(QFileDialog).deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert not faults


@pytest.mark.parametrize(
    ("document", "kind", "said"), [("slips", StrikeDay, "strike day"), ("rally-plan", Rally, "rally")]
)
def test_printing_what_went_away_meanwhile_is_a_sentence(
    overview, window, person, qtbot, faults, tmp_path, document, kind, said
):
    window.go(PageName.PRINT)
    page = window.frame.page
    page.choose.documents.choose(document)
    qtbot.waitUntil(lambda: not window.plan_jobs.busy)
    (about,) = page.choose.all_wanted()[0].order.abouts
    page.save_button.click()
    person.sees(QFileDialog)
    elsewhere(window.store, lambda other, edit: edit.delete(other.find(kind, about)))
    person.types(tmp_path / "paper.pdf")
    assert person.reads == f"This {said} was removed meanwhile: nothing was printed."
    assert not faults
    assert not (tmp_path / "paper.pdf").exists()


def test_the_strip_stops_saying_that_it_prints_when_that_fails(overview, window, person, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(window.desk.jobs, "_failed", told.append)
    folder = tmp_path / "rota.pdf"
    folder.mkdir()
    window.desk.jobs.start("print", lambda: printing.save_pdf(window.desk, rota(window), folder))
    person.waits()
    assert len(told) == 1
    assert person.reads == ""


def test_the_strip_stops_saying_that_it_prints_when_the_plan_is_closed(overview, window, person, qtbot, tmp_path):
    jobs = window.plan_jobs
    window.desk.jobs.start("print", lambda: printing.save_pdf(window.desk, rota(window), tmp_path / "rota.pdf"))
    qtbot.waitUntil(lambda: person.reads == "Drawing…")
    window.close_plan()
    qtbot.waitUntil(lambda: not jobs.busy)
    assert person.reads == ""


LOOKING = """
import os, subprocess, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from rallyapp import _bootstrap
from rallyapp.app import know_our_files
know_our_files()
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QFileDialog, QFileSystemModel
from rallyapp.store import Store
app = QApplication([])
plan = Path(sys.argv[1])
with Store.open(plan) as store:
    dialog = QFileDialog(None, "Save", str(plan.parent))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.show()
    model = dialog.findChild(QFileSystemModel)
    while not model.type(model.index(str(plan))):  # what it is, is told in words once somebody has looked
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    inode = str(os.stat(plan).st_ino)
    locks = Path("/proc/locks").read_text().splitlines()
    print(sum(line.split()[4] == str(os.getpid()) and line.split()[5].endswith(f":{inode}") for line in locks))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems' dialogs look from another process")
def test_a_file_dialog_does_not_take_away_the_locks_of_the_open_plan(plan):
    """Once it did: Qt looked into the plan to tell what it is, and another program then removed its newest changes."""
    environment = {**os.environ, "XDG_DATA_DIRS": ""}
    looking = [sys.executable, "-c", LOOKING, str(plan)]
    assert subprocess.run(looking, env=environment, capture_output=True, text=True, check=True).stdout.strip() == "1"
