"""The running order in the real window: typed from nothing, reordered, fixed, shortened, issued, and what changed."""

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain.ids import ProgrammeIssueId, ProgrammeItemId
from rallyapp.domain.problems import Concern
from rallyapp.domain.programme_issues import issue
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue, ProgrammeItem, Rally, Speaker
from rallyapp.prints.audience import Audience
from rallyapp.prints.blocks import Words
from rallyapp.prints.rally_plan import rally_plan
from rallyapp.store import Store
from rallyapp.store.errors import Refused
from rallyapp.store.queries import rally_part
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.running_order_columns import CUE, GRIP, MINUTES, SINCE, STAGE, START, TITLE, TOTAL, WHO
from rallyapp.ui.pages.rallies.running_order_words import slack_words

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BLOCK = "10:00\tWelcome\t5\tMC\n12:00 fixed\tSilence\t1\t\n\t\t\t\n13:00\tSong\t10 min\tChoir\n"


@pytest.fixture
def empty(tmp_path):
    """The demo's rally, 11:30 to 13:30, before anybody wrote its running order."""
    path = tmp_path / "empty.rally"
    gone = (ProgrammeItem, Speaker)
    records = [each for each in DEMOS["southampton-2015"].records() if not isinstance(each, gone)]
    Store.create(path, records, label="Demo").close()
    return path


def section(person, path, number):
    """Open a plan at a section of its rally."""
    person.opens(path)
    page = person.window.page(PageName.RALLIES)
    page.desk.go(PageName.RALLIES)
    page.show_section(number)
    person.qtbot.waitUntil(page.part.isVisible)
    return page.part


def rows(part, *columns):
    """Read the table, without the empty row."""
    model = part.model
    return [tuple(model.text(row, each) for each in columns) for row in range(model.rowCount()) if model.line(row)]


def titles(part):
    return [title for (title,) in rows(part, TITLE)]


def keys(sheet, text="", key=None, held=NONE):
    """Type into the cell that is being edited, or into the one with the keyboard."""
    if text and sheet.editor is None:
        QTest.keyClicks(sheet, text[0])
        text = text[1:]
    if text:
        QTest.keyClicks(sheet.editor, text)
    if key is not None:
        QTest.keyClick(sheet.editor or sheet, key, held)


def pressed(sheet, key):
    """Press a key with Ctrl, and let go of that: the next click is a plain one."""
    QTest.keyClick(sheet, key, CTRL)
    QTest.keyRelease(sheet, Qt.Key.Key_Control)


def into(part, row, column, text):
    """Go to a cell and type something else there."""
    part.sheet.setFocus()
    part.sheet.choose_row(row, column)
    if text:
        keys(part.sheet, text)
    else:
        QTest.keyClick(part.sheet, Qt.Key.Key_F2)
        QTest.keyClick(part.sheet.editor, Qt.Key.Key_Delete)  # all of it is chosen
    keys(part.sheet, "", Qt.Key.Key_Return)


def test_a_programme_is_typed_from_nothing_by_keyboard(person, empty):
    """Three lines; the second is too long, and is shortened; the words and the bar follow at once."""
    part = section(person, empty, 5)
    sheet = part.sheet
    assert part.words.text() == "Nothing planned yet. The hard finish is at 13:30"
    assert not part.issue_button.isEnabled()
    sheet.setFocus()
    keys(sheet, "", Qt.Key.Key_Return)  # in the empty row, which is the only one: begin
    keys(sheet, "Welcome", Qt.Key.Key_Tab)
    keys(sheet, "5", Qt.Key.Key_Tab)
    keys(sheet, "MC", Qt.Key.Key_Return)
    assert sheet.currentIndex().row() == 1
    assert sheet.currentIndex().column() == TITLE  # Enter goes on with the next line
    keys(sheet, "Why we are here", Qt.Key.Key_Tab)
    keys(sheet, "2h", Qt.Key.Key_Tab)
    keys(sheet, "Dr Ann Lee")
    assert sheet.editor.offers.list.model().stringList() == ["Dr Ann Lee", "New speaker: Dr Ann Lee"]
    keys(sheet, "", Qt.Key.Key_Down)
    keys(sheet, "", Qt.Key.Key_Tab)
    keys(sheet, "Lectern", Qt.Key.Key_Tab)
    keys(sheet, "Bell", Qt.Key.Key_Tab)  # past what is worked out, to the next line
    keys(sheet, "Close", Qt.Key.Key_Return)
    assert rows(part, START, TITLE, MINUTES, WHO, STAGE, CUE, TOTAL) == [
        ("11:30", "Welcome", "5", "MC", "", "", "5"),
        ("11:35", "Why we are here", "120", "Dr Ann Lee", "Lectern", "Bell", "125"),
        ("13:35", "Close", "0", "", "", "", "125"),
    ]
    assert part.words.text() == "Runs 5 minutes past the hard finish (13:30)"
    assert part.bar.accessibleName().endswith("Runs 5 minutes past the hard finish (13:30)")
    assert part.shorten_button.isVisible()
    (speaker,) = part.desk.store.all(Speaker)
    assert speaker.name == "Dr Ann Lee"
    assert [item.speaker_id for item in part.model.order] == [None, speaker.id, None]

    into(part, 1, MINUTES, "soon")
    assert "is not a number of minutes" in sheet.editor.offers.sentence
    keys(sheet, "", Qt.Key.Key_Escape)
    into(part, 1, MINUTES, "1h 45m")
    assert part.words.text() == "Ends 13:20, 10 minutes before the hard finish"
    assert person.reads == "Give Why we are here 1 h 45 min."
    part.desk.undo()
    assert part.words.text() == "Runs 5 minutes past the hard finish (13:30)"


def test_what_is_typed_before_the_title_waits_for_it(person, empty):
    part = section(person, empty, 5)
    into(part, 0, MINUTES, "7")
    into(part, 0, WHO, "Choir")
    assert part.desk.store.all(ProgrammeItem) == ()
    into(part, 0, TITLE, "Song")
    assert rows(part, TITLE, MINUTES, WHO) == [("Song", "7", "Choir")]
    assert part.desk.store.undo_label == "Add Song"


def test_a_block_from_a_spreadsheet_becomes_lines(person, empty):
    """Times of whole lines are worked out, but for those that say that they are fixed."""
    part = section(person, empty, 5)
    part.sheet.setFocus()
    part.sheet.choose_row(0, START)
    QGuiApplication.clipboard().setText(BLOCK)
    pressed(part.sheet, Qt.Key.Key_V)
    assert rows(part, START, TITLE, MINUTES, WHO) == [
        ("11:30", "Welcome", "5", "MC"),
        ("12:00", "Silence", "1", ""),
        ("12:01", "Song", "10", "Choir"),
    ]
    assert part.words.text() == "Ends 12:11, 1 h 19 min before the hard finish"
    assert part.standing.accessibleName() == "25 minutes idle before fixed times. Draft, never issued"
    assert part.desk.store.undo_label == "Add 3 lines"
    before = part.desk.store.version
    part.sheet.choose_row(3, TITLE)
    QGuiApplication.clipboard().setText("Poem\tlong\nCoda\t2\n")
    pressed(part.sheet, Qt.Key.Key_V)
    assert person.reads == (
        "Row 4: \u201clong\u201d is not a number of minutes: write 5, 90 or 1 h 30. Nothing was written."
    )
    assert part.desk.store.version == before
    pressed(part.sheet, Qt.Key.Key_A)
    pressed(part.sheet, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().split("\n")[1].split("\t")[:4] == ["", "12:00 fixed", "Silence", "1"]


def drag(sheet, start, row, below):
    """Take a chosen line by its grip, and carry it above or below a row; gives where it was let go."""
    sheet.scrollToTop()
    grip = sheet.visualRect(sheet.model().index(start, GRIP)).center()
    box = sheet.visualRect(sheet.model().index(row, TITLE))
    at = QPoint(box.left() + 5, box.bottom() - 2 if below else box.top() + 2)
    QTest.mousePress(sheet.viewport(), LEFT, NONE, grip)
    for step in (grip + QPoint(0, 30), at):
        QTest.mouseMove(sheet.viewport(), step)
    sheet.grab()  # with the line at which they would come
    return at


def drop(sheet, start, row, below):
    QTest.mouseRelease(sheet.viewport(), LEFT, NONE, drag(sheet, start, row, below))


def test_lines_are_reordered_by_keys_by_drag_and_undone(person, plan):
    part = section(person, plan, 5)
    sheet, first = part.sheet, titles(part)
    sheet.setFocus()
    sheet.choose_row(2, TITLE)
    QTest.keyClick(sheet, Qt.Key.Key_Up, ALT)
    assert titles(part) == [first[0], first[2], first[1], *first[3:]]
    assert person.reads == f"Move {first[2]} up."
    assert sheet.currentIndex().row() == 1  # the keyboard goes with the line
    QTest.keyClick(sheet, Qt.Key.Key_Down, ALT)
    assert titles(part) == first

    grip = sheet.visualRect(part.model.index(3, GRIP)).center()
    QTest.mousePress(sheet.viewport(), LEFT, NONE, grip)
    QTest.mouseRelease(sheet.viewport(), LEFT, NONE, grip)
    assert sheet.chosen_rows() == [3]
    QTest.mouseClick(sheet.viewport(), LEFT, SHIFT, sheet.visualRect(part.model.index(4, GRIP)).center())
    assert sheet.chosen_rows() == [3, 4]
    drop(sheet, 3, 0, below=True)
    assert titles(part) == [first[0], first[3], first[4], first[1], first[2], *first[5:]]
    assert part.desk.store.undo_label == f"Move 2 lines after {first[0]}"
    part.desk.undo()
    drop(sheet, 3, 0, below=False)
    assert part.desk.store.undo_label == "Move 2 lines to the top"
    part.desk.undo()
    assert titles(part) == first
    before = part.desk.store.version
    drop(sheet, 3, 3, below=False)  # where they are
    at = drag(sheet, 3, 0, below=True)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    QTest.mouseRelease(sheet.viewport(), LEFT, NONE, at)
    assert part.desk.store.version == before


def test_a_line_is_fixed_to_a_time_and_set_free(person, plan):
    part = section(person, plan, 5)
    into(part, 4, START, "12:10")
    assert part.model.line(4).item.fixed == datetime(2015, 12, 1, 12, 10)
    assert rows(part, START, TITLE)[4] == ("12:10", "Songs with the hospital choir")
    assert person.reads == "Fix Songs with the hospital choir at 12:10."
    assert part.model.tip(4, START) == "Fixed for 12:10; 9 min idle before it"
    into(part, 4, START, "11:50")
    assert part.model.tip(4, START) == "Fixed for 11:50, and 11 min late: it starts at 12:01"
    assert rows(part, START, TITLE)[4] == ("11:50", "Songs with the hospital choir")  # the time that was promised
    into(part, 4, START, "9")
    assert part.sheet.editor.offers.sentence == "09:00 is before the rally starts (11:30)."
    keys(part.sheet, "", Qt.Key.Key_Escape)
    part.sheet.grab()
    into(part, 4, START, "")
    assert part.model.line(4).item.fixed is None
    assert person.reads == "Set Songs with the hospital choir free of its time."


def menu(part):
    """Open the menu of the chosen lines by key, and give what it offers."""
    part.sheet.setFocus()
    made = part.sheet.menu()
    return made, {action.text().split("\t")[0]: action for action in made.actions() if action.text()}


def test_the_menu_does_what_the_keys_do(person, plan):
    part = section(person, plan, 5)
    sheet, first = part.sheet, titles(part)
    sheet.setFocus()
    sheet.choose_row(1, TITLE)
    made, actions = menu(part)
    assert isinstance(made, QMenu)
    actions["Fix at this time"].trigger()
    assert part.desk.store.undo_label == f"Fix {first[1]} at 11:35"
    menu(part)[1]["Set free of its time"].trigger()
    menu(part)[1]["Split in two"].trigger()
    assert [row for row in rows(part, TITLE, MINUTES) if row[0] == first[1]] == [(first[1], "5")] * 2
    QTest.keyClick(sheet, Qt.Key.Key_D, CTRL | SHIFT)
    assert titles(part).count(first[1]) == 3
    for _ in range(2):
        QTest.keyClick(sheet, Qt.Key.Key_Delete)
    assert titles(part).count(first[1]) == 1
    assert sheet.currentIndex().row() == 1  # in the line that has come there
    sheet.choose_row(0, CUE)
    QTest.keyClick(sheet, Qt.Key.Key_Backspace)
    assert part.model.line(0).item.cue == ""
    assert part.model.line(0).item.title == first[0]
    sheet.choose_row(0, TITLE)
    QTest.keyClick(sheet, Qt.Key.Key_Backspace)
    assert person.reads == "A line needs a title; Del takes a line out."

    QTest.keyClick(sheet, Qt.Key.Key_Insert)
    keys(sheet, "Put in between", Qt.Key.Key_Return)
    assert titles(part)[:3] == [first[0], "Put in between", titles(part)[2]]
    assert part.model.line(part.model.rowCount() - 1) is None  # the empty row is the last again


def test_what_is_too_long_is_shortened_as_suggested(person, plan):
    part = section(person, plan, 5)
    into(part, 14, MINUTES, "15")
    assert part.words.text().startswith("Runs 10 minutes past the hard finish (13:30)")
    part.shorten_button.click()
    panel = part.shorten_panel
    assert panel.title.text() == "10 minutes too long: our suggestion, each in proportion"
    assert panel.words.text().split("\n") == [
        "8 \u2192 5 min: What comes next: 8 and 16 December",
        "15 \u2192 8 min: Thanks, litter and the way home",
        "Fixed lines stay, and each keeps a minute.",
    ]
    panel.do.click()
    assert part.words.text() == "Ends 13:30, at the hard finish"
    assert part.desk.store.undo_label == "Shorten 2 lines by 10 minutes"
    assert panel.isHidden()
    part.begin_shorten()
    assert not panel.do.isEnabled()
    QTest.keyClick(panel.cancel, Qt.Key.Key_Escape)
    assert panel.isHidden()


def test_a_fixed_time_is_met_too_and_the_buttons_keep_their_places(person, empty):
    """The photograph is fixed for 13:10 and would be late, and all would end late: both are mended in one go."""
    part = section(person, empty, 5)
    part.sheet.setFocus()
    part.sheet.choose_row(0, START)
    block = "\tMusic\t15\n\tSpeech\t85\tHannah Price\n13:10 fixed\tPhotograph\t10\n\tThanks\t10\tMC\n"
    QGuiApplication.clipboard().setText(block)
    pressed(part.sheet, Qt.Key.Key_V)
    each = (part.shorten_button, part.issue_button, part.views.buttons["draft"], part.views.buttons["versions"])
    before = [one.mapTo(part, QPoint()) for one in each]
    assert not part.shorten_button.isEnabled()
    into(part, 1, MINUTES, "100")
    assert rows(part, START, TITLE, TOTAL)[2] == ("13:10", "Photograph", "125")
    assert slack_words(part.model.line(2)) == "+15 min"
    pressed(part.sheet, Qt.Key.Key_A)
    pressed(part.sheet, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().split("\n")[2].split("\t")[1] == "13:10 fixed"
    part.shorten_button.click()
    assert part.shorten_panel.title.text() == (
        "15 minutes too long, 1 fixed line late: our suggestion, each in proportion"
    )
    part.shorten_panel.do.click()
    assert part.words.text() == "Ends 13:30, at the hard finish"
    assert part.model.line(2).slack == 0
    assert not part.shorten_button.isEnabled()
    into(part, 2, START, "11:31")
    part.shorten_button.click()
    assert part.shorten_panel.title.text() == "1 fixed line late: the lines can't give enough"
    assert "\u201cPhotograph\u201d would still start 1 minute late." in part.shorten_panel.words.text()
    part.end_panel()
    part.desk.undo()
    part.issue_button.click()
    part.issue_panel.issue.click()
    person.qtbot.waitUntil(part.views.buttons["versions"].isEnabled)
    assert [one.mapTo(part, QPoint()) for one in each] == before
    part.views.buttons["versions"].click()
    assert [one.mapTo(part, QPoint()) for one in each[2:]] == before[2:]


def test_a_version_is_issued_and_what_changes_then_is_seen(person, plan):
    part = section(person, plan, 5)
    assert part.standing.accessibleName() == "2 minutes idle before fixed times. Draft, never issued"
    assert not part.views.buttons["versions"].isEnabled()  # none yet; it is there, so that nothing moves later
    part.issue_button.click()
    panel = part.issue_panel
    assert panel.words.text() == "15 lines as they stand now. Later changes are told against it."
    assert panel.by.text == "Rosalind Tansley"  # the event lead, until somebody types another
    panel.by.show_value("Ann Archer")
    panel.note.show_value("For the stage")
    panel.issue.click()
    assert panel.isHidden()
    store = part.desk.store
    assert store.undo_label == "Issue version 1 of the running order"
    (first,), (rally,) = store.all(ProgrammeIssue), store.all(Rally)
    assert (first.number, first.by, first.note, first.at) == (1, "Ann Archer", "For the stage", part.desk.now())
    assert (rally.issued_by, rally.issued_on) == ("", None)  # the plan round it is as much a draft as before
    printed = rally_plan(
        rally_part(store, rally.id), carried.law(), rally.id, audience=Audience.ORGANISER, printed=first.at, version=1
    )
    assert (printed.status, dict(printed.cover)["Issued"]) == ("DRAFT", "Not issued.")
    assert any(
        isinstance(block, Words) and block.text.startswith("Version 1, issued") for block in printed.sections[3].blocks
    )
    assert len(store.where(IssuedLine, programme_issue_id=first.id)) == 15
    assert part.standing.accessibleName().endswith("by Ann Archer; changed since: nothing")

    into(part, 1, MINUTES, "12")  # 2 minutes more: the lines start later, up to the photograph, which waits
    part.sheet.choose_row(8, TITLE)
    QTest.keyClick(part.sheet, Qt.Key.Key_Delete)
    into(part, 14, TITLE, "Coda")
    assert part.standing.accessibleName().endswith("changed since: 1 new, 9 moved, 1 changed, 1 dropped")
    assert rows(part, TITLE, SINCE)[0] == ("Welcome and safety words", "")
    assert rows(part, TITLE, SINCE)[1] == ("Why we are here", "\u2260 changed")
    assert rows(part, TITLE, SINCE)[2] == ("A shift in the emergency department", "\u2192 was 11:45")
    assert rows(part, TITLE, SINCE)[-1] == ("Coda", "+ new")
    part.issue_button.click()
    assert panel.words.text() == "Since version 1: 1 new, 9 moved, 1 changed, 1 dropped."
    assert (
        panel.changes.sentences
        == [
            "\u2260  Changed at 11:35: Why we are here: 12 minutes instead of 10 minutes",
            "\u2192  Moved 2 minutes later: 6 lines, from A shift in the emergency department to From the consultants",
            "\u2212  Dropped: Messages of support (was 12:31, 7 minutes)",
            "\u2192  Moved 5 minutes earlier: 3 lines, from From general practice to From the trades council",
            "+  New at 13:30: Coda (0 minutes)",
        ]
        or len(panel.changes.sentences) == 5
    )

    panel.issue.click()
    part.views.buttons["versions"].click()
    old = part.versions
    assert old.head.accessibleName().startswith("Version 2, issued")
    assert old.words.text() == "Since then: nothing has changed."
    old.setFocus()
    QTest.keyClick(old.list, Qt.Key.Key_Down)
    assert old.issue.number == 1
    assert old.note.accessibleName() == "For the stage"
    assert old.words.text() == "Since then: 1 new, 9 moved, 1 changed, 1 dropped."
    became = {old.model.text(row, 1): old.model.text(row, 4) for row in range(old.model.rowCount())}
    assert became["Messages of support"] == "\u2212 dropped"
    assert became["A shift in the emergency department"] == "\u2192 moved, now 11:47"
    assert not old.model.can_write(0, 1)
    old.choose(old._issues[0].id)
    old.against.setCurrentIndex(1)
    old.against.activated.emit(1)
    assert old.words.text() == "Since version 1: 1 new, 9 moved, 1 changed, 1 dropped."
    part.show_record(Concern("programme_issue", first.id))
    assert old.issue.number == 1
    part.show_record(Concern("programme_item", part.model.order[3].id))
    assert part.stack.currentIndex() == 0
    assert part.sheet.currentIndex().row() == 3
    part.desk.undo()
    part.desk.undo()
    assert len(store.all(ProgrammeIssue)) == 1
    part.sheet.grab()


def test_two_windows_never_issue_the_same_version(person, plan):
    part = section(person, plan, 5)
    part.issue_button.click()
    store, rally = part.desk.store, part.seen.rally
    with Store.open(plan) as other:
        made, lines = issue(rally_part(other, rally.id), rally, at=part.desk.now(), by="Bea Baker")
        with other.edit("Issue version 1 of the running order") as edit:
            edit.save(made)
            edit.save_all(lines)
        part.issue_panel.do()  # before this window has heard of it
        assert [(each.number, each.by) for each in store.all(ProgrammeIssue)] == [(1, "Bea Baker")]
        assert "Version 1 was issued or taken back in another window" in person.reads
        with pytest.raises(Refused, match="There is one like it already"), other.edit("Once more") as edit:
            edit.save(replace(made, id=ProgrammeIssueId("again")))
        person.qtbot.waitUntil(lambda: "version 2" in part.issue_panel.title.text())
        with other.edit("Shorten") as edit:
            edit.save(replace(part.model.order[1], minutes=12))
    person.qtbot.waitUntil(part.issue_panel.issue.isEnabled)
    part.issue_panel.by.show_value("Ann Archer")
    part.issue_panel.do()
    assert {each.number: each.by for each in store.all(ProgrammeIssue)} == {1: "Bea Baker", 2: "Ann Archer"}


def test_it_is_issued_on_the_night_on_which_the_clocks_go_forward(person, empty):
    night = [datetime(2016, 3, 27, 0, 30), datetime(2016, 3, 27, 4, 0)]
    with Store.open(empty) as store, store.edit("Move to the night") as edit:
        (rally,) = store.all(Rally)
        times = dict.fromkeys(("set_up", "briefing", "stalls_ready", "assemble", "dispersed", "handed_back"))
        edit.save(replace(rally, starts=night[0], ends=night[1], **times))
        for number, minutes in enumerate((60, 60, 30), start=1):
            id = ProgrammeItemId(f"line {number}")
            edit.save(ProgrammeItem(id=id, rally_id=rally.id, position=number, title=str(number), minutes=minutes))
    part = section(person, empty, 5)
    assert rows(part, START, TOTAL) == [("00:30", "60"), ("02:30", "120"), ("03:30", "150")]
    part.issue_button.click()
    part.issue_panel.issue.click()
    assert [line.starts.hour for line in part.desk.store.all(IssuedLine)] == [0, 2, 3]


def test_a_click_on_the_bar_chooses_the_line(person, plan):
    part = section(person, plan, 5)
    line = part.model.line(4)
    x = next((left + right) / 2 for each, left, right in part.bar._spans() if each == line)
    QTest.mouseClick(part.bar, LEFT, NONE, QPoint(round(x), 10))
    assert part.sheet.currentIndex().row() == 4
    part.bar.grab()


def test_a_plan_that_is_only_read_shows_its_running_order(person, plan, monkeypatch):
    monkeypatch.setattr(
        Store, "read_only", property(lambda self: "It is locked.", lambda self, why: None), raising=False
    )
    part = section(person, plan, 5)
    assert len(titles(part)) == part.model.rowCount() == 15
    assert not part.issue_button.isEnabled()
    part.sheet.setFocus()
    part.sheet.choose_row(1, TITLE)
    QTest.keyClick(part.sheet, Qt.Key.Key_Delete)
    assert len(part.desk.store.all(ProgrammeItem)) == 15
    assert [name for name, action in menu(part)[1].items() if action.isEnabled()] == ["Copy"]


# ------------------------------------------------------------------------------------------------- speakers
def test_speakers_are_typed_and_get_a_line(person, plan):
    part = section(person, plan, 10)
    sheet, rows_ = part.list.sheet, part.list.rows
    names = [one.name for one in rows_.records]
    assert names[0] == "Dr Marged Penhallow"  # who is on first comes first
    assert rows_.text(0, 2) == "11:35, 10 min"
    part.list.choose(rows_.records[0].id)
    assert part.words.text() == "7 of 8 confirmed. Dr Marged Penhallow speaks at 11:35 for 10 min."
    assert part.line_button.isHidden()

    part.list.type_next()
    keys(sheet, "Ann Lee", Qt.Key.Key_Tab)
    speaker = next(one for one in part.desk.store.all(Speaker) if one.name == "Ann Lee")
    part.list.choose(speaker.id)
    sheet.edit_cell(sheet.currentIndex().row(), 3)
    keys(sheet, "11.30", Qt.Key.Key_Return)
    speaker = part.desk.store.get(Speaker, speaker.id)
    assert speaker.arrives == datetime(2015, 12, 1, 11, 30)
    part.show_record(Concern("speaker", speaker.id))
    assert part.words.text() == "7 of 9 confirmed. Ann Lee has no line in the running order."
    part.line_button.click()
    (line,) = part.desk.store.where(ProgrammeItem, speaker_id=speaker.id)
    assert (line.title, line.minutes) == ("Ann Lee", 0)
    assert part.words.text() == "7 of 9 confirmed. Ann Lee speaks at 13:30 for 0 min."
    page = person.window.page(PageName.RALLIES)
    part.go_button.click()
    assert "Ann Lee" in titles(page.part)


@pytest.mark.parametrize("number", [5, 10])
def test_names_of_the_running_order_become_speakers_at_a_click(person, empty, number):
    """Names typed under Who are offered as speakers, in the running order and among the speakers; tasks are not."""
    part = section(person, empty, 5)
    part.sheet.setFocus()
    part.sheet.choose_row(0, TITLE)
    block = "Welcome\t5\tPriya Nair\nSpeech\t10\tHannah Price\nSong\t5\tEverybody\nThanks\t5\tPriya Nair\n"
    QGuiApplication.clipboard().setText(block)
    pressed(part.sheet, Qt.Key.Key_V)
    page = person.window.page(PageName.RALLIES)
    said = "2 names of the running order are no speakers yet: Priya Nair, Hannah Price"
    if number == 5:
        assert part.names.accessibleName() == said
        part.names.click()
    else:
        page.show_section(10)
        person.qtbot.waitUntil(page.part.names.isVisible)
        assert page.part.names.words.text() == f"{said}."
        page.part.names.do.click()
    store = page.desk.store
    assert store.undo_label == "Make 2 names speakers"
    by_name = {one.name: one.id for one in store.all(Speaker)}
    assert set(by_name) == {"Priya Nair", "Hannah Price"}
    lines = sorted(store.all(ProgrammeItem), key=lambda line: line.position)
    priya = (by_name["Priya Nair"], "")
    assert [(line.speaker_id, line.who) for line in lines] == [
        priya,
        (by_name["Hannah Price"], ""),
        (None, "Everybody"),
        priya,
    ]
    assert page.part.names.isHidden()
    page.show_section(10)
    assert [page.part.list.rows.text(row, 0) for row in range(2)] == ["Priya Nair", "Hannah Price"]
    page.desk.undo()
    assert store.all(Speaker) == ()
    person.qtbot.waitUntil(page.part.names.isVisible)
