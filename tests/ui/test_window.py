"""The window as somebody uses it: a real plan, a real store, the real loop."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeState
from rallyapp.domain.pickets import Picket
from rallyapp.domain.tells import PrintRun
from rallyapp.store import Store
from rallyapp.ui import printing
from rallyapp.ui.dialogs.passphrase import PassphraseDialog
from rallyapp.ui.models.shifts import Column
from rallyapp.ui.page import PageName


def cell(overview, row, column):
    return overview.shifts.index(row, column).data()


# ---------------------------------------------------------------------------------------------- start page
def test_from_the_start_page_to_a_demo_and_its_facts(window, person, qtbot, tmp_path):
    assert window.windowTitle() == "RallyApp"
    assert not window.undo_action.isEnabled()
    qtbot.mouseClick(window.start.demo_buttons["southampton-2015"], Qt.MouseButton.LeftButton)
    person.types(tmp_path / "mine.rally")
    assert window.windowTitle() == "mine.rally \u2013 RallyApp"
    page = window.page(PageName.TODAY)
    assert page.isVisible()
    assert "British Medical Association" in page._facts.text()
    assert "1 rally" in page._facts.text()
    assert [card.day for card in page.days.rows.all] == ["Tue 1 Dec 2015", "Tue 8 Dec 2015", "Wed 16 Dec 2015"]
    assert page.days.rows.all[0].kind == "emergency care only"
    assert page.days.rows.all[0].spoken == (
        "Tue 1 Dec 2015, 08:00 to Wed 08:00, emergency care only, notified: 1 of 18 places filled, 2 shifts with nobody"
    )
    assert [cell(page, row, Column.TIME) for row in range(3)] == [
        "08:00\u201309:00",
        "09:00\u201310:00",
        "10:00\u201311:00",
    ]
    assert cell(page, 0, Column.WHO) == "Tomasz W. (organiser)"
    assert cell(page, 0, Column.FILLED) == "1 / 6"
    assert cell(page, 1, Column.STATE) == "Nobody yet"
    assert any("steward" in problem.sentence for problem in page.problems.problems)
    assert window.frame.sidebar.saved.text() == "All changes saved"


def test_giving_up_in_the_file_dialog_changes_nothing(window, person):
    window.ask_open()
    person.sees(QFileDialog).reject()
    person.waits()
    assert window.store is None
    assert not person.reads


def test_a_demo_is_never_made_over_a_file(window, person, plan):
    before = plan.read_bytes()
    window.ask_demo("southampton-2015")
    person.types(plan.parent / plan.name)
    assert "There is already a file" in person.reads
    assert plan.read_bytes() == before


def test_a_plan_can_be_dropped_on_the_window(window, person, plan):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(plan))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, mime, buttons, keys))
    person.waits()
    assert window.store.path == plan


def test_opening_another_plan_closes_the_first(window, person, plan, tmp_path, made):
    person.opens(plan)
    first = window.store
    other = tmp_path / "other.rally"
    other.write_bytes(made.read_bytes())
    person.opens(other)
    assert window.windowTitle() == "other.rally \u2013 RallyApp"
    assert not first.listeners
    assert window.pages.count() == 2
    window.close_action.trigger()
    assert window.start.isVisible()
    assert window.windowTitle() == "RallyApp"
    assert not list(tmp_path.glob("*-wal"))


# ------------------------------------------------------------------------------------------ other windows
def test_the_window_follows_what_another_window_writes(window, person, overview, plan):
    with Store.open(plan) as other:
        day = other.all(StrikeDay)[0]
        with other.edit("Call the day off") as edit:
            edit.save(replace(day, state=StrikeState.CALLED_OFF))
            edit.save(replace(other.all(Settings)[0], title="From elsewhere"))
    window.bridge.poll()
    person.waits()
    assert overview._title._whole == "From elsewhere"
    card = next(card for card in overview.days.rows.all if card.id == day.id)
    assert (card.state, card.lack, card.on) == ("called off", "Stood down", False)
    assert window.undo_action.text() == "&Undo: Call the day off"


def test_the_bridge_polls_by_itself(window, person, overview, plan, qtbot):
    with qtbot.waitSignal(window.bridge.changed, timeout=3000) as heard:  # noqa: SIM117
        with Store.open(plan) as other, other.edit("Rename") as edit:
            edit.save(replace(other.all(Dispute)[0], title="Renamed"))
    assert heard.args[0].label == "Rename"
    person.waits()
    assert overview._facts.text().startswith("Renamed")


def test_a_page_reloads_only_for_what_it_reads(window, person, overview, monkeypatch):
    reloads = []
    monkeypatch.setattr(overview, "reload", lambda: reloads.append(1))
    with window.store.note("Print rota") as edit:
        edit.save(PrintRun(id="r", document="rota", version=1, at=window._now()))
    assert not reloads
    with window.store.edit("Rename") as edit:
        edit.save(replace(window.store.all(Settings)[0], title="Other"))
    assert reloads == [1]


# ---------------------------------------------------------------------------------------- trouble on opening
def test_an_encrypted_plan_asks_for_its_passphrase_and_says_when_it_is_wrong(window, person, qtbot, tmp_path):
    path = tmp_path / "secret.rally"
    Store.create(path, DEMOS["southampton-2015"].records(), label="Demo", passphrase="right one").close()
    window.open_plan(path)
    dialog = person.sees(PassphraseDialog)
    assert not dialog.open_button.isEnabled()
    qtbot.keyClicks(dialog.field, "wrong one")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.wrong.isVisible())
    assert dialog.wrong.text() == "That is not the passphrase, or the file is damaged. Try again."
    assert window.store is None
    dialog.field.clear()
    assert not dialog.wrong.isVisible()
    qtbot.keyClicks(dialog.field, "right one")
    qtbot.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    person.waits()
    assert window.page(PageName.TODAY).shifts.rows.all
    assert not [each for each in window.findChildren(PassphraseDialog) if each.isVisible()]


def test_giving_up_on_a_passphrase_leaves_the_window_as_it_was(window, person, tmp_path):
    path = tmp_path / "secret.rally"
    Store.create(path, DEMOS["southampton-2015"].records(), label="Demo", passphrase="right one").close()
    window.open_plan(path)
    person.sees(PassphraseDialog).reject()
    person.waits()
    assert window.store is None
    assert not person.reads


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        (None, "There is no plan \u201cbroken.rally\u201d in that folder."),
        (b"", "\u201cbroken.rally\u201d is empty: nothing of a plan is left in it. Restore it from a backup."),
        (b"This is a letter.", "\u201cbroken.rally\u201d is not a RallyApp plan, or it is damaged."),
    ],
)
def test_what_is_no_plan_gives_one_sentence(window, person, tmp_path, contents, sentence):
    path = tmp_path / "broken.rally"
    if contents is not None:
        path.write_bytes(contents)
    person.opens(path)
    assert person.reads == sentence
    assert window.start.isVisible()
    window._dismiss.trigger()
    assert not person.reads


def test_a_plan_that_cannot_be_written_to_says_so_and_offers_no_change(window, person, plan):
    plan.chmod(0o444)
    person.opens(plan)
    assert window.frame.sidebar.saved.text() == "Read-only: nothing can be changed here"
    notice = window.frame.findChild(object, "notice")
    assert notice.isVisible()
    assert not window.fill_action.isEnabled()
    assert not window.page(PageName.TODAY).fill_button.isEnabled()
    assert not window.undo_action.isEnabled()
    assert window.print_rota_action.isEnabled()


# --------------------------------------------------------------------------------------------------- print
@pytest.fixture
def paper(window, person, overview, qtbot, monkeypatch):
    """Go from the overview to the rota of the second strike day as it will be printed; give the page of paper."""
    monkeypatch.setenv("PATH", "/nowhere")  # a computer without a printer
    overview.cards.choose(overview.days.rows.all[1].id)
    window.print_rota_action.trigger()
    qtbot.waitUntil(lambda: not window.plan_jobs.busy)
    return window.page(PageName.PRINT)


def test_the_rota_of_the_chosen_day_is_printed_and_noted(window, person, paper, tmp_path):
    paper.save_button.click()
    assert person.sees(QFileDialog).selectedFiles()[0].endswith("southampton 2015-12-08 picket rota noticeboard.pdf")
    person.types(tmp_path / "rota.pdf")
    assert (tmp_path / "rota.pdf").read_bytes().startswith(b"%PDF")
    assert person.reads == "Saved \u201crota.pdf\u201d (version 1, 2 pages)."
    runs = window.store.all(PrintRun)
    assert {(run.document, run.audience, run.version) for run in runs} == {("rota", "noticeboard", 1)}
    days = {window.store.find(Picket, run.scope).strike_day_id for run in runs}
    assert days == {window.desk.day}


def test_a_print_never_replaces_what_is_no_pdf(window, person, paper, plan):
    letter = plan.with_name("letter.pdf")
    letter.write_text("Dear all")
    wanted = paper.choose.all_wanted()[0]
    window.plan_jobs.start("print", lambda: printing.save_pdf(window.desk, wanted, letter))
    person.waits()
    assert person.reads == "\u201cletter.pdf\u201d is there already and is no PDF: it was left alone."
    assert letter.read_text() == "Dear all"
    assert not window.store.all(PrintRun)


# ----------------------------------------------------------------------------------------------- by keys
def test_another_day_is_chosen_by_keys_and_stays_chosen(window, person, overview, qtbot):
    qtbot.keyClick(overview.cards, Qt.Key.Key_Right)
    assert overview.day == overview.days.rows.all[1].id
    assert overview.shifts.rowCount() == 6
    with window.store.edit("Rename") as edit:
        edit.save(replace(window.store.all(Settings)[0], title="Other"))
    person.waits()
    assert overview.cards.currentIndex().row() == 1


def test_rows_are_copied_as_a_table(window, person, overview, qtbot):
    overview.shift_table.setFocus()
    overview.shift_table.selectRow(0)
    qtbot.keyClick(overview.shift_table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Southampton General Hospital\tMain entrance\t08:00\u201309:00\tTomasz W. (organiser)\t1 / 6\t3 short"
    )
    overview.problem_list.setFocus()
    overview.problem_list.setCurrentIndex(overview.problems.index(1, 0))
    qtbot.keyClick(overview.problem_list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == overview.problems.problems[0].sentence


def test_nothing_of_a_plan_is_kept_between_starts_where_plans_are_not_remembered(window, person, overview, plan):
    window.kept.recents.on = False
    window.close()
    window.kept._file.sync()
    kept = Path(window.kept._file.fileName()).read_text(encoding="utf-8")
    assert "southampton" not in kept
    assert str(plan.parent) not in kept
