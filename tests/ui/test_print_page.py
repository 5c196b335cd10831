"""The page of paper: what is chosen is what one sees, and what one sees is what comes out."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog

from rallyapp.domain.disputes import Dispute
from rallyapp.domain.people import Person as Volunteer
from rallyapp.domain.pickets import Assignment, Picket, Shift
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import ProgrammeItem, Rally
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.everything import orders_of
from rallyapp.prints.job import Look
from rallyapp.store import Store
from rallyapp.ui import printers
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.print import pane as looking
from rallyapp.ui.pdf_pages import pages_of
from rallyapp.ui.print_making import Wanted, draw, outline
from rallyapp.ui.printers import Ordered
from rallyapp.ui.tasks import Jobs
from rallyapp.ui.widgets.preview import Fit, Leaf, Preview
from tests.prints.reading import text


class Paper:
    """Somebody at the page of paper."""

    def __init__(self, person):
        self.person, self.window, self.qtbot = person, person.window, person.qtbot
        self.window.go(PageName.PRINT)
        self.page = self.window.frame.page
        self.choose, self.options = self.page.choose, self.page.choose.options
        self.waits()

    def waits(self):
        """Until what is chosen is drawn, and as sharp as the screen is."""
        self.qtbot.waitUntil(lambda: not self.window.plan_jobs.busy, timeout=20_000)

    def looks_at(self, document):
        self.choose.documents.choose(document)
        self.waits()

    def picks(self, box, words):
        """Choose in a box, as by the keyboard."""
        box.setCurrentIndex(box.findText(words))
        box.activated.emit(box.currentIndex())
        self.waits()

    @property
    def sees(self):
        """What stands on the pages that are shown."""
        return " ".join(leaf.page.text for leaf in self.choose.pane.preview.leaves)

    def saves_in(self, path):
        self.page.save_button.click()
        self.person.types(path)
        self.waits()

    @property
    def runs(self):
        return self.window.store.all(PrintRun)


@pytest.fixture
def paper(window, person, plan, monkeypatch):
    """Somebody on the page of paper of a plan, at a computer without a printer."""
    monkeypatch.setenv("PATH", "/nowhere")
    person.opens(plan)
    return Paper(person)


def titles(ticks):
    return [line.title for line in ticks.lines if not line.heading]


def with_number(store):
    """Give a number to somebody who is on the first shift, and who it is."""
    shift = min((each for each in store.all(Shift) if each.picket_id), key=lambda each: each.starts)
    volunteer = store.find(Volunteer, store.where(Assignment, shift_id=shift.id)[0].person_id)
    with store.edit("Another number") as edit:
        edit.save(replace(volunteer, phone="07700 900123"))
    return volunteer


# ------------------------------------------------------------------------------------- what one sees comes out
def test_what_is_seen_for_whom_is_chosen_comes_out_and_is_noted(paper, tmp_path):
    volunteer = with_number(paper.window.store)
    paper.waits()
    assert titles(paper.choose.documents)[:3] == ["Picket rota", "Day sheet", "Sign-in sheet"]
    assert "Main entrance" in paper.sees
    assert volunteer.name not in paper.sees
    assert "900123" not in paper.sees
    assert "It may hang where anybody reads it." in paper.options.who.text()

    paper.picks(paper.options.audience, "Organiser")
    assert volunteer.name in paper.sees
    assert "900123" in paper.sees.replace("\u00a0", " ")
    assert "full names" in paper.options.who.text().casefold()

    paper.qtbot.keyClicks(paper.options.holder, "notic")
    assert paper.options._offers.names.stringList()[0] == "noticeboard"
    paper.options._offers.close_offers()
    paper.options.holder.setText("Rosalind, the branch office")
    paper.saves_in(tmp_path / "rota.pdf")
    assert volunteer.name in text((tmp_path / "rota.pdf").read_bytes())
    (run,) = paper.runs
    assert (run.document, run.audience, run.holder) == ("rota", "organiser", "Rosalind, the branch office")
    assert run.code in text((tmp_path / "rota.pdf").read_bytes())
    assert paper.window.store.where(PrintedLine, print_run_id=run.id)
    assert paper.person.reads.startswith("Saved \u201crota.pdf\u201d (version ")

    paper.looks_at("day-sheet")
    assert not paper.options.holder.text()
    paper.looks_at("rota")
    assert not paper.options.holder.text()  # she has hers
    assert paper.options.audience.currentText() == "Organiser"  # it is remembered of each document


def test_paper_is_chosen_and_found_again_and_sheets_are_ticked_and_gone_to(paper):
    width = paper.choose.pane.preview.leaves[0].page.width
    paper.picks(paper.options.paper, "A3")
    assert paper.choose.pane.preview.leaves[0].page.width == pytest.approx(width * 2**0.5, rel=0.01)
    paper.options.black.click()
    paper.options.large.click()
    paper.waits()
    paper.qtbot.keyClick(paper.options.copies, Qt.Key.Key_Up)
    assert paper.options.copies.value == 2
    paper.looks_at("cue-cards")
    assert not paper.options.large.isEnabled()
    paper.looks_at("slips")
    assert not paper.options.paper.isEnabled()

    kept = paper.page.settings()
    assert kept["looks"]["rota"] == {"audience": "noticeboard", "paper": "A3", "colour": False}
    assert kept["document"] == "slips"
    paper.choose.take_settings({"document": "x", "ticked": ["rota", 3], "all": "x", "looks": {"rota": {"paper": "A9"}}})
    assert paper.choose.kept.look(Document.ROTA).paper == "A4"
    assert [each.order.document for each in paper.choose.all_wanted()] == [Document.ROTA]

    paper.looks_at("rota")
    options, preview = paper.options, paper.choose.pane.preview
    assert titles(options.sheets) == ["Main entrance"]
    assert [line.title for line in options.sheets.lines if line.heading] == ["Southampton General Hospital"]
    assert options.sheets.lines[1].state == "1 page"
    options.all_days.click()
    paper.waits()
    lines = [line for line in options.sheets.lines if not line.heading]
    assert options.sheets.lines[1].title == "Tue 1 Dec, Southampton General Hospital"
    assert lines[0].title == f"All {len(lines) - 1}"
    assert len(preview.leaves) == sum(int(line.state.split()[0]) for line in lines[1:])
    assert [leaf.sheet for leaf in preview.leaves] == [line.id for line in lines[1:]]
    options.sheets.choose(lines[3].id)
    assert preview.leaves[preview.page].sheet == lines[3].id

    options.sheets.setFocus()
    paper.qtbot.keyClick(options.sheets, Qt.Key.Key_Space)
    paper.waits()
    assert lines[3].id not in [leaf.sheet for leaf in preview.leaves]
    options.sheets.scrollToTop()
    paper.qtbot.mouseClick(options.sheets.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(18, 16))
    paper.waits()
    assert len(preview.leaves) == len(lines) - 1


def test_several_documents_become_files_in_a_folder(paper, tmp_path):
    for name in ("rota", "letter-of-authority"):
        paper.choose.documents.choose(name)
        paper.qtbot.keyClick(paper.choose.documents, Qt.Key.Key_Space)
    paper.waits()
    assert paper.page.save_button.text() == "&Save 2 PDFs\u2026"
    assert "Letter of authority" in paper.sees  # what is ticked is looked at
    paper.options.holder.setText("Ann Archer")
    paper.looks_at("slips")
    assert paper.choose.aside.text() == "What you look at is not ticked: it is not among the 2 that are."
    paper.page.save_button.click()
    assert not paper.page.save_button.isEnabled()
    paper.person.types(tmp_path)
    paper.waits()
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == [
        "southampton 2015-12-01 letter of authority.pdf",
        "southampton 2015-12-01 picket rota noticeboard.pdf",
    ]
    assert sorted((run.document, run.holder) for run in paper.runs) == [
        ("letter-of-authority", "Ann Archer"),
        ("rota", ""),
    ]
    assert paper.person.reads.startswith("Saved 2 documents, 2 pages, in \u201c")
    paper.page.save_button.click()
    dialog = paper.person.sees(QFileDialog)
    assert Path(dialog.directory().path()) == tmp_path  # where papers were saved last
    dialog.reject()
    paper.waits()


def test_other_pages_lead_to_what_they_would_print_and_it_follows_the_plan(paper, window):
    rally = window.store.all(Rally)[0]
    window.go(PageName.TODAY)
    window.print_rota_action.trigger()
    paper.waits()
    assert (window.frame.page, paper.choose.document) == (paper.page, Document.ROTA)
    window.rally_menu.aboutToShow.emit()
    window.rally_menu.actions()[0].trigger()
    paper.waits()
    assert paper.choose.document is Document.RALLY_PLAN
    assert rally.title in paper.sees
    picket = window.store.all(Picket)[-1]
    paper.page.show_record(Concern("picket", picket.id))
    assert [each.id for each in paper.options.sheets.lines if each.ticked] == [picket.id]
    paper.looks_at("day-sheet")
    assert all(each.ticked for each in paper.options.sheets.lines if not each.heading)  # that was for the rota alone
    paper.page.show_record(Concern("document", "slips"))
    assert paper.choose.document is Document.SLIPS

    run = PrintRun(id="r", document="rota", audience="noticeboard", scope="gone", version=1, at=datetime(2015, 11, 1))
    with window.store.note("A print of what is no more") as edit:
        edit.save(run)
    paper.page.show_record(Concern("print_run", "r"))
    paper.waits()
    assert paper.person.reads.startswith("What this picket rota was of is no longer in the plan")
    assert paper.choose.document is Document.SLIPS

    with window.store.edit("Another number") as edit:
        edit.save(replace(window.store.all(Dispute)[0], duty_phone="07700 900999"))
    paper.waits()
    assert "900999" in paper.sees.replace("\u00a0", " ")
    paper.looks_at("running-order")
    with window.store.edit("Without a programme") as edit:
        for item in window.store.all(ProgrammeItem):
            edit.delete(item)
    paper.waits()
    assert not paper.choose.pane.preview.leaves
    assert paper.choose.pane.words.text().endswith(".")


def test_nothing_ticked_is_nothing_to_print_and_large_print_is_for_one_person(paper, tmp_path):
    paper.looks_at("supervisor-pack")
    pages = len(paper.choose.pane.preview.leaves)
    paper.options.sheet_ticked.emit("all", False)
    paper.waits()
    assert (paper.page.save_button.isEnabled(), paper.choose.all_wanted()) == (False, [])
    assert "tick at least one" in paper.choose.pane.words.text()
    paper.options.sheet_ticked.emit("all", True)
    paper.options.large.click()
    paper.options.holder.setText("Harpreet Kaur")
    paper.waits()
    assert len(paper.choose.pane.preview.leaves) > pages
    paper.saves_in(tmp_path / "hers.pdf")
    assert [run.holder for run in paper.runs] == ["Harpreet Kaur"]
    assert not paper.options.large.isChecked()
    assert not paper.options.holder.text()
    assert len(paper.choose.pane.preview.leaves) == pages


def test_of_many_pages_those_are_drawn_that_somebody_looks_at(paper, monkeypatch):
    monkeypatch.setattr(looking, "AHEAD", 1)
    monkeypatch.setattr(looking, "BEHIND", 1)
    pane, preview = paper.choose.pane, paper.choose.pane.preview
    paper.options.all_days.click()
    paper.waits()
    sheets = [line.id for line in paper.options.sheets.lines if not line.heading][1:]
    assert [pane.pages_of_sheet(about) for about in sheets] == [1, 1, None, None, None]
    assert pane.place.text() == "Sheet 1 of 5"
    paper.options.sheets.choose(sheets[4])
    paper.waits()
    assert preview.leaves[preview.page].sheet == sheets[4]
    assert [pane.pages_of_sheet(about) for about in sheets] == [1, 1, None, 1, 1]
    preview.go_to(2)  # the last but one: what comes above it leaves it where it is
    paper.waits()
    assert preview.leaves[preview.page].sheet == sheets[3]
    assert [pane.pages_of_sheet(about) for about in sheets] == [1, 1, 1, 1, 1]
    assert pane.place.text() == "Page 4 of 5"

    paper.page.show_view("back")
    pane.refresh(paper.choose.wanted(Document.ROTA))
    paper.waits()
    assert pane.busy  # nobody looks
    paper.page.show_view("choose")
    paper.waits()
    assert not pane.busy


# ----------------------------------------------------------------------------------------- everything for a day
def test_everything_that_the_chosen_day_needs_goes_into_a_folder_in_one_action(paper, window, tmp_path):
    page, every = paper.page, paper.page.everything
    paper.choose.kept.keep(Document.PACK, Audience.SUPERVISOR, Look(large=True))  # for one person
    assert page.everything_button.text() == "&Everything for Tue 1 Dec\u2026"
    page.everything_button.click()
    paper.waits()
    assert every.day.currentText() == "Tue 1 Dec 2015"
    states = {line.title: line.state for line in every.list.lines if not line.heading}
    assert states["Picket rota (noticeboard)"] == "1 page"
    assert states["Sign-in sheet (picket supervisor)"] == "in the pack"
    normal = int(states["Picket supervisor pack"].split()[0])
    assert every.pane.preview.leaves
    every.list.choose("rally-plan organiser 1")
    assert len(every.pane.preview.leaves) == int(states["Rally plan (organiser)"].split()[0])
    paper.qtbot.keyClick(every.list, Qt.Key.Key_Space)  # not this one
    pages = sum(int(line.state.split()[0]) for line in every.list.lines if line.ticked)
    made = len(every.chosen())
    assert every.said.text() == f"{made} documents, {pages} pages."
    assert page.save_button.text() == f"&Save {made} PDFs of Tue 1 Dec\u2026"

    paper.saves_in(tmp_path)
    found = sorted(tmp_path.glob("*.pdf"))
    assert len(found) == made
    assert sum(len(pages_of(path.read_bytes())) for path in found) == pages
    assert found[0].name == "southampton 2015-12-01 01 picket rota noticeboard.pdf"
    assert found[2].name == "southampton 2015-12-01 03 picket supervisor pack.pdf"
    assert {run.document for run in paper.runs} == {key.split()[0] for key in every.chosen()}
    holders = {(run.document, run.audience): run.holder for run in paper.runs}
    assert holders["rota", "noticeboard"] == "noticeboard"
    assert holders["supervisor-pack", "picket supervisor"] in {each.name for each in window.store.all(Volunteer)}
    assert every.said.text() == f"{made} documents, {pages} pages."  # noting a print draws nothing again

    every.list.choose("sign-in picket supervisor 1")
    assert "supervisor\u2019s pack" in every.pane.words.text()
    paper.qtbot.keyClick(every.list, Qt.Key.Key_Space)
    every.large.click()
    paper.waits()
    states = {line.title: line.state for line in every.list.lines if not line.heading}
    assert states["Sign-in sheet (picket supervisor)"].endswith("page") or states[
        "Sign-in sheet (picket supervisor)"
    ].endswith("pages")
    assert int(states["Picket supervisor pack"].split()[0]) > normal

    window.desk.choose_day(window.desk.days()[1].id)
    paper.waits()
    assert every.on == date(2015, 12, 8)
    paper.picks(every.day, "Wed 16 Dec 2015")
    assert page.save_button.text().endswith(" of Wed 16 Dec\u2026")
    paper.qtbot.keyClick(every.list, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is paper.choose


# ------------------------------------------------------------------------------------------------- on printers
@pytest.fixture
def print_system(tmp_path, monkeypatch):
    """A print system with two printers, one of which is out of order; gives where it puts what it was sent."""
    programs, tray = tmp_path / "bin", tmp_path / "tray"
    programs.mkdir()
    tray.mkdir()
    scripts = {
        "lpstat": 'if [ "$1" = -e ]; then echo Office; echo Broken; else echo "system default destination: Office"; fi',
        "lp": f'if [ "$2" = Broken ]; then echo "lp: out of order" >&2; exit 1; fi\n'
        f'n=$(/bin/ls {tray} | /usr/bin/wc -l); echo "$@" > {tray}/$n.words; /bin/cat > {tray}/$n.pdf',
    }
    for name, script in scripts.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n")
        (programs / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    return tray


def test_a_printer_gets_the_file_itself_and_one_that_refuses_is_a_sentence(window, person, plan, print_system):
    person.opens(plan)
    paper = Paper(person)
    assert paper.options.printer.currentText() == "Office"
    paper.options.copies.setText("3")
    paper.options.black.click()
    paper.waits()
    window.print_rota_action.trigger()  # Ctrl+P
    paper.waits()
    words, sent = (print_system / "0.words").read_text(), (print_system / "0.pdf").read_bytes()
    assert "Main entrance" in text(sent)
    assert re.match(r"-d Office -n 3 -t Picket rota .*media=A4 .*color-mode=monochrome", words)
    assert "entrance" not in words  # what stands in the printer's list names no place and nobody
    assert person.reads == "1 document, 3 pages, went to \u201cOffice\u201d."
    assert len(paper.runs) == 1

    paper.options.printer.setCurrentIndex(1)
    paper.page.print_button.click()
    paper.waits()
    assert person.reads == "\u201cBroken\u201d did not take the print: lp: out of order."
    assert len(paper.runs) == 1


def test_where_pages_are_painted_each_keeps_its_size_and_way(paper, tmp_path, live_loop):
    paper.looks_at("supervisor-pack")
    data = paper.choose.pane.preview.leaves[0].data
    pages = pages_of(data)[:2] + tuple(each for each in pages_of(data) if each.width > each.height)[:1]
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "painted.pdf"))
    painted = live_loop.create_task(printers.paint(printer, data, pages))
    paper.qtbot.waitUntil(painted.done, timeout=20_000)
    painted.result()
    out = pages_of((tmp_path / "painted.pdf").read_bytes())
    assert [(round(each.width / 5), round(each.height / 5)) for each in out] == [
        (round(each.width / 5), round(each.height / 5)) for each in pages
    ]
    missing = live_loop.create_task(printers.send(data, pages, Ordered(printer="Nobody's")))
    paper.qtbot.waitUntil(missing.done)
    assert str(missing.exception()).startswith("There is no printer \u201cNobody's\u201d any more")


# ------------------------------------------------------------------------------------------------- the preview
@pytest.fixture
def preview(dressed, live_loop, qtbot, made):
    """A preview of a pack's pages."""

    def fails(error):
        raise error

    shown = Preview(Jobs(fails))
    qtbot.addWidget(shown)
    shown.resize(500, 400)
    shown.show()
    store = Store.open(made, read_only=True)
    pack = [each for each in orders_of(outline(store), date(2015, 12, 1)) if each.document is Document.PACK]
    drawn = draw(store, Wanted(order=pack[0], look=Look()), datetime(2015, 11, 30, 18))
    store.close()
    shown.show_leaves(Leaf(drawn.data, page) for page in drawn.pages)
    return shown


def test_pages_are_turned_and_zoomed_by_keys_and_wheel_and_are_sharp(preview, qtbot):
    said = []
    preview.turned.connect(lambda page, pages: said.append((page, pages)))
    qtbot.waitUntil(lambda: preview.whole)
    first = preview.grab().toImage()
    assert QImage(first).pixelColor(250, 100) == Qt.GlobalColor.white
    assert "Page 1 of" in preview.accessibleDescription()
    preview.setFocus()
    qtbot.keyClick(preview, Qt.Key.Key_P)
    assert preview.fit is Fit.PAGE
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    qtbot.keyClick(preview, Qt.Key.Key_Space)
    assert preview.page == 2
    qtbot.keyClick(preview, Qt.Key.Key_PageUp)
    qtbot.keyClick(preview, Qt.Key.Key_W)
    assert (preview.page, preview.fit) == (1, Fit.WIDTH)
    before = preview.zoom
    qtbot.keyClick(preview, Qt.Key.Key_Plus)
    assert preview.zoom > before
    assert preview.horizontalScrollBar().maximum() > 0
    for steps in (-1, -1):
        at = QPointF(100, 100)
        turn = QPoint(0, 120 * steps)
        keys = Qt.KeyboardModifier.ControlModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(at, at, QPoint(), turn, Qt.MouseButton.NoButton, keys, phase, False)
        QApplication.sendEvent(preview.viewport(), wheel)
    assert preview.zoom < before
    assert preview.page == 1
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.page == len(preview.leaves) - 1
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.page == 0
    qtbot.mouseDClick(preview.viewport(), Qt.MouseButton.LeftButton)
    assert preview.fit is Fit.PAGE
    qtbot.mousePress(preview.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 300))
    qtbot.mouseMove(preview.viewport(), QPoint(100, 100))
    qtbot.mouseRelease(preview.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert preview.verticalScrollBar().value() > 0
    qtbot.waitUntil(lambda: preview.whole)
    assert said[-1][1] == len(preview.leaves)
