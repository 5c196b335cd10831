"""What is on paper: said on the rota and in the view of what was printed, and printed again for those who hold it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.tells import PrintRun
from rallyapp.prints import noting
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look
from rallyapp.ui.page import PageName
from rallyapp.ui.print_making import Wanted, draw
from rallyapp.ui.widgets.timeline.spoken import sentence


@pytest.fixture
def picket(window, person, plan):
    """The only picket of the first strike day, in the open plan."""
    person.opens(plan)
    (found,) = window.store.where(Picket, strike_day_id=window.desk.day)
    return found


def printed(window, picket, audience, holder, at=None):
    """Print a picket's rota for somebody."""
    store = window.store
    order = Order(document=Document.ROTA, audience=audience, abouts=(picket.id,))
    drawn = draw(store, Wanted(order=order, look=Look()), at or window.desk.now())
    with store.note("Print rota") as edit:
        edit.save_all(noting.records_of(drawn.batch, {picket.id: holder}))


def view(window, person, qtbot):
    """Look at what was printed, once it is known whether it is right."""
    window.go(PageName.PRINT)
    page = window.page(PageName.PRINT)
    page.show_view("printed")
    person.waits()
    found = page.stack.currentWidget()
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
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
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
    assert [state for _, state in states(found)] == ["2 rows changed"] * 3
    words = reads(found.copy)
    assert f"Main entrance, 08:00\u201309:00: {joins.name} added as standby." in words
    assert "Main entrance, 09:00\u201310:00: now 09:30\u201310:00." in words

    found.list.choose(next(id for id, paper in found._papers.items() if paper.copy.holder == "Ann Archer"))
    assert found.copy.again.text() == "Print again for Ann Archer"
    QTest.mouseClick(found.copy.again, Qt.MouseButton.LeftButton)
    person.types(tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes().startswith(b"%PDF")
    assert person.reads == "Printed again: 1 page in \u201cagain.pdf\u201d."
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
    assert sorted(states(found)) == [("", "2 rows changed"), ("Ann Archer", "Right"), ("Noticeboard", "2 rows changed")]

    found.which.buttons["not right"].click()
    assert found.for_all.text() == "&Print 2 sheets again\u2026"
    QTest.mouseClick(found.for_all, Qt.MouseButton.LeftButton)
    person.types(tmp_path)
    assert len(list(tmp_path.glob("*picket rota*.pdf"))) == 2
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
    assert {state for _, state in states(found)} == {"Right"}
    newest = max(store.all(PrintRun), key=lambda run: (run.version, run.audience))
    assert newest.holder in ("", "Noticeboard")
    assert store.undo_label == "Join", "undo passes prints over"


def test_who_holds_it_is_typed_there(window, picket, person, qtbot):
    printed(window, picket, Audience.NOTICEBOARD, "")
    found = view(window, person, qtbot)
    found.which.buttons["all"].click()
    found.copy.holder.setFocus()
    QTest.keyClicks(found.copy.holder.entry, "noticeboard;  Ben Ode")
    QTest.keyClick(found.copy.holder.entry, Qt.Key.Key_Return)
    assert window.store.all(PrintRun)[0].holder == "noticeboard, Ben Ode"
    assert person.reads == "Note that noticeboard and Ben Ode has the picket rota (noticeboard)."
    qtbot.waitUntil(lambda: len(found.papers) == 2)


def test_a_stood_down_day_and_a_picket_that_is_no_more(window, picket, person, qtbot):
    store = window.store
    printed(window, picket, Audience.NOTICEBOARD, "Noticeboard")
    with store.edit("Suspend") as edit:
        edit.save(replace(store.get(type(window.desk.days()[0]), window.desk.day), state=StrikeState.SUSPENDED))
    found = view(window, person, qtbot)
    assert any(words.startswith("Stood down: the strike day is suspended") for words in reads(found.copy))
    with store.edit("Delete") as edit:
        edit.delete(picket)
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
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
    qtbot.waitUntil(lambda: not window.plan_jobs.runs("printed"))
