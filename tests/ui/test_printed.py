"""What is on paper: said on the rota and in the view of what was printed, and printed again for those who hold it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue, Rally
from rallyapp.domain.tells import PrintRun
from rallyapp.prints import noting
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look
from rallyapp.store.reprint_queries import shifts_not_as_printed
from rallyapp.ui.page import PageName
from rallyapp.ui.print_making import Wanted, draw
from rallyapp.ui.widgets.timeline.spoken import sentence
from tests.prints.reading import pages

LOOK = Look()


@pytest.fixture
def picket(window, person, plan):
    """The only picket of the first strike day, in the open plan."""
    person.opens(plan)
    (found,) = window.store.where(Picket, strike_day_id=window.desk.day)
    return found


def printed(window, about, audience, holder="", *, document=Document.ROTA, look=LOOK, choice=""):
    """Print a sheet for somebody."""
    store = window.store
    order = Order(document=document, audience=audience, abouts=(about.id,))
    drawn = draw(store, Wanted(order=order, look=look, choice=choice), window.desk.now())
    with store.note("Print rota") as edit:
        edit.save_all(noting.records_of(drawn.batch, {about.id: holder}))


def settles(window, qtbot):
    """Until the view has read what is on paper now."""
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))


def view(window, person, qtbot):
    """Look at what was printed, once it is known whether it is right."""
    window.go(PageName.PRINT)
    page = window.page(PageName.PRINT)
    page.show_view("printed")
    person.waits()
    found = page.stack.currentWidget()
    settles(window, qtbot)
    return found


def reads(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def states(found):
    return [(paper.copy.holder, paper.state) for paper in found.papers]


def test_nothing_printed_says_so(window, picket, person, qtbot):
    found = view(window, person, qtbot)
    assert found.empty.words.text() == (
        "Nothing of Tue 1 Dec 2015 has been printed yet. Each print is noted here with who holds it."
    )
    assert found.for_all.isHidden()


def test_what_changed_on_paper_is_said_to_whom_it_matters_and_printed_again(window, picket, person, qtbot, tmp_path):
    store = window.store
    first, second, _ = sorted(store.where(Shift, picket_id=picket.id), key=lambda shift: shift.starts)
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard, Ann Archer")
    printed(window, picket, Audience.ORGANISER, "")
    found = view(window, person, qtbot)
    assert states(found) == [("Ann Archer", "Right"), ("Noticeboard", "Right"), ("", "Right")]
    assert found.empty.words.text() == "All paper of Tue 1 Dec 2015 is as in the plan."
    QTest.mouseClick(found.empty.button, Qt.MouseButton.LeftButton)
    assert "Nothing: it is as in the plan." in reads(found.copy)
    assert found.copy.again.isHidden()

    joins = store.all(Person)[-1]
    with store.edit("Join") as edit:
        edit.save(Assignment(id=new_id(), shift_id=first.id, person_id=joins.id, role=Role.STANDBY))
        edit.save(replace(second, starts=second.starts.replace(minute=30)))
    settles(window, qtbot)
    assert [state for _, state in states(found)] == ["2 rows changed"] * 3
    words = reads(found.copy)
    assert f"Main entrance, 08:00\u201309:00: {joins.name} added as standby." in words
    assert "Main entrance, 09:00\u201310:00: now 09:30\u201310:00." in words

    choose(found, "Ann Archer")
    assert found.copy.again.text() == "Print this copy again for Ann Archer\u2026"
    QTest.mouseClick(found.copy.again, Qt.MouseButton.LeftButton)
    person.types(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF")
    assert person.reads == "Saved 1 copy, 1 page, in \u201cagain.pdf\u201d."
    settles(window, qtbot)
    assert sorted(states(found)) == [("", "2 rows changed"), ("Ann Archer", "Right"), ("Noticeboard", "2 rows changed")]

    found.which.buttons["not right"].click()
    assert found.for_all.text() == "&Print 2 copies again\u2026"
    QTest.mouseClick(found.for_all, Qt.MouseButton.LeftButton)
    person.types(tmp_path)
    assert len(list(tmp_path.glob("southampton 2015-12-01 picket rota *.pdf"))) == 2, "each named by the day"
    settles(window, qtbot)
    assert {state for _, state in states(found)} == {"Right"}
    newest = max(store.all(PrintRun), key=lambda run: (run.version, run.audience))
    assert newest.holder in ("", "Noticeboard")
    assert store.undo_label == "Join", "undo passes prints over"


def choose(found, holder, look=""):
    """Choose a holder's copy in the list."""
    found.list.choose(next(id for id, each in found._papers.items() if (each.copy.holder, each.form) == (holder, look)))


def test_each_copy_is_printed_again_as_it_was_and_nothing_that_was_replaced_stays_listed(
    window, picket, person, qtbot, tmp_path
):
    store, grey = window.store, Look(large=True, colour=False)
    printed(window, picket, Audience.SUPERVISOR, "Tomasz", document=Document.PACK)
    printed(window, picket, Audience.NOTICEBOARD)
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard", look=grey)
    printed(window, picket, Audience.NOTICEBOARD, "Jo, Ann")
    with store.edit("Label") as edit:
        edit.save_all(replace(shift, label="Banner") for shift in store.where(Shift, picket_id=picket.id))
    found = view(window, person, qtbot)
    assert found.for_all.text() == "&Print 5 copies again\u2026"
    shown = [found.list.choices.rows.all[row] for row in range(5)]
    assert {each.title for each in shown} == {"Picket rota (noticeboard)", "Picket organiser pack"}
    assert [each.note.split(" \u00b7 ")[0] for each in shown if each.title != "Picket organiser pack"] == [
        *("nobody noted", "Ann", "Jo", "Noticeboard, large print, black and white")
    ]
    choose(found, "")
    assert found.copy.again.text() == "Print this copy again\u2026", "whoever has it, it is one copy"
    choose(found, "Noticeboard", "large print, black and white")
    assert "A4, large print, black and white" in reads(found.copy)

    QTest.mouseClick(found.for_all, Qt.MouseButton.LeftButton)
    assert person.sees(QFileDialog).windowTitle() == "Print 5 copies again, in a folder"
    (tmp_path / "new").mkdir()
    person.types(tmp_path / "new")
    settles(window, qtbot)
    assert sorted(path.name for path in (tmp_path / "new").glob("*.pdf")) == [
        "southampton 2015-12-01 picket rota noticeboard large print black and white.pdf",
        "southampton 2015-12-01 picket rota noticeboard.pdf",
        "southampton 2015-12-01 picket supervisor pack.pdf",
    ]
    three = pages((tmp_path / "new" / "southampton 2015-12-01 picket rota noticeboard.pdf").read_bytes())
    assert len(three) == 3, "a page for each of the three who hold it"
    assert person.reads.startswith("Saved 5 copies, ")
    assert sorted(states(found)) == [
        *(("Ann", "Right"), ("Jo", "Right"), ("Noticeboard", "Right"), ("Tomasz", "Right"), ("somebody else", "Right"))
    ]
    assert {paper.form for paper in found.papers} == {"", "large print, black and white"}
    assert {run.holder for run in store.all(PrintRun) if run.version < store.version} == {"replaced"}


def test_a_copy_that_was_thrown_away_is_no_longer_listed_nor_marked_on_the_rota(window, picket, person, qtbot):
    store = window.store
    printed(window, picket, Audience.NOTICEBOARD, "Ann")
    with store.edit("Label") as edit:
        edit.save_all(replace(shift, label="Banner") for shift in store.where(Shift, picket_id=picket.id))
    printed(window, picket, Audience.NOTICEBOARD, "Ann")
    with store.edit("Label") as edit:
        edit.save_all(replace(shift, label="Flag") for shift in store.where(Shift, picket_id=picket.id))
    found = view(window, person, qtbot)
    assert not_as_printed(window)
    assert states(found) == [("Ann", "3 rows changed")]
    found.list.setFocus()
    QTest.keyClick(found.list, Qt.Key.Key_Delete)
    settles(window, qtbot)
    assert found.papers == (), "nor does the older one come back"
    assert person.reads == "Note that a copy of the picket rota (noticeboard) was thrown away."
    assert not not_as_printed(window)
    window.undo()
    settles(window, qtbot)
    assert states(found) == [("Ann", "3 rows changed")]
    QTest.mouseClick(found.copy.away, Qt.MouseButton.LeftButton)
    settles(window, qtbot)
    assert {run.holder for run in store.all(PrintRun)} == {"thrown away"}


def not_as_printed(window):
    return shifts_not_as_printed(window.store, [window.desk.day])


def test_those_on_a_cascade_are_named_and_an_issued_running_order_gives_way_to_the_next(
    window, picket, person, qtbot, tmp_path
):
    store, rally = window.store, window.store.all(Rally)[0]
    day = store.get(StrikeDay, window.desk.day)
    printed(window, day, Audience.ORGANISER, document=Document.CASCADE)
    with store.edit("Issue") as edit:
        issue(store, edit, rally, 1)
    printed(window, rally, Audience.ORGANISER, "Stage", document=Document.RUNNING_ORDER, choice="1")
    found = view(window, person, qtbot)
    assert {state for _, state in states(found)} == {"Right"}
    shift = min(store.where(Shift, picket_id=picket.id), key=lambda each: each.starts)
    gone = store.where(Assignment, shift_id=shift.id)[0]
    joins = next(each for each in store.all(Person) if not store.where(Assignment, person_id=each.id))
    with store.edit("Swap, and issue") as edit:
        edit.delete(gone)
        edit.save(Assignment(id=new_id(), shift_id=shift.id, person_id=joins.id, role=Role.PICKET))
        issue(store, edit, rally, 2)
    settles(window, qtbot)
    cascade, order = sorted(found.papers, key=lambda paper: paper.title)
    assert any(words.startswith("New on it: ") and joins.name in words for words in cascade.changes)
    assert order.changes == ("Version 2 of the running order was issued since.",)
    assert order.sheet == f"{rally.title}, version 1"
    choose(found, "Stage")
    QTest.mouseClick(found.copy.again, Qt.MouseButton.LeftButton)
    person.types(tmp_path / "order.pdf")
    settles(window, qtbot)
    assert [(paper.sheet, paper.state) for paper in found.papers if paper.copy.holder == "Stage"] == [
        (f"{rally.title}, version 2", "Right")
    ]


def issue(store, edit, rally, number):
    """Give out the running order as it stands."""
    made = ProgrammeIssue(id=new_id(), rally_id=rally.id, number=number, at=rally.starts)
    edit.save(made)
    edit.save(
        IssuedLine(
            id=new_id(), programme_issue_id=made.id, line="song", position=1, starts=rally.starts, minutes=3,
            title=f"Song {number}",
        )
    )  # fmt: skip


def test_who_holds_it_is_typed_there(window, picket, person, qtbot, tmp_path):
    printed(window, picket, Audience.NOTICEBOARD, "")
    found = view(window, person, qtbot)
    found.which.buttons["all"].click()
    found.copy.holder.setFocus()
    QTest.keyClicks(found.copy.holder.entry, "noticeboard;  Ben Ode")
    QTest.keyClick(found.copy.holder.entry, Qt.Key.Key_Return)
    assert window.store.all(PrintRun)[0].holder == "noticeboard, Ben Ode"
    assert person.reads == "Noted: noticeboard and Ben Ode have it."
    assert window.store.undo_label == "Note who holds the picket rota (noticeboard)", "and no name stays in a label"
    qtbot.waitUntil(lambda: len(found.papers) == 2)

    window.store.read_only = "This plan can only be read."
    found.stale()
    settles(window, qtbot)
    assert not found.copy.away.isEnabled()
    found.list.setFocus()
    QTest.keyClick(found.list, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    person.types(tmp_path / "again.pdf")
    assert person.reads.endswith("in \u201cagain.pdf\u201d. The plan is read-only here, so it is not noted in it.")
    assert len(window.store.all(PrintRun)) == 1


def test_a_stood_down_day_and_a_picket_that_is_no_more(window, picket, person, qtbot):
    store = window.store
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard")
    with store.edit("Suspend") as edit:
        edit.save(replace(store.get(type(window.desk.days()[0]), window.desk.day), state=StrikeState.SUSPENDED))
    found = view(window, person, qtbot)
    assert any(words.startswith("Stood down: the strike day is suspended") for words in reads(found.copy))
    with store.edit("Delete") as edit:
        edit.delete(picket)
    settles(window, qtbot)
    assert states(found) == [("Noticeboard", "No longer in the plan")]
    assert "What it is of is no longer in the plan: take it down." in reads(found.copy)
    assert found.copy.again.isHidden()


def test_the_rota_marks_what_is_not_as_on_paper(window, picket, person, qtbot):
    store = window.store
    first, *_ = sorted(store.where(Shift, picket_id=picket.id), key=lambda shift: shift.starts)
    window.go(PageName.ROTA)
    person.waits()
    page = window.page(PageName.ROTA)
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard")
    version = store.version
    assert page.head.paper_chip.isHidden()
    on = store.where(Assignment, shift_id=first.id)[0]
    with store.edit("Take off") as edit:
        edit.delete(on)
    assert page.head.paper_chip.text() == "1 not as on paper"
    assert page.rota.shift(first.id).paper == f"changed since version {version} was printed"
    bar = next(bar for bar in page.day_view.at.view.bars if bar.id == first.id)
    assert sentence(bar, "Main entrance").endswith(f"changed since version {version} was printed.")
    page.select((first.id,))
    gone = store.get(Person, on.person_id).name
    assert f"Not as on paper, version {version}: {gone} taken off." in reads(page.inspector)
    page.show_mode("list")
    assert page.list_view.list.tip(0, 5).endswith(f"Changed since version {version} was printed")
    assert not window.grab().isNull(), "and it is painted"

    window.undo()
    assert page.head.paper_chip.isHidden(), "what is put back is as on paper"
    assert window.store.find(Assignment, on.id)
    with store.edit("Take off") as edit:
        edit.delete(on)
    QTest.mouseClick(page.head.paper_chip, Qt.MouseButton.LeftButton)
    assert window.frame.name is PageName.PRINT
    assert window.page(PageName.PRINT).views.value == "printed"
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard")
    window.go(PageName.ROTA)
    person.waits()
    assert page.rota.shift(first.id).printed is None, "printed again"
    settles(window, qtbot)
