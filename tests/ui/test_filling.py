"""Fill rota as a rep sees it: a proposal first, with what it adds, drops and can't fill; then one edit, or nothing."""

import os
import threading
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rallyapp.domain.disputes import Settings
from rallyapp.domain.people import Availability, Cover, CoverKind, Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, Need, Origin, Role, Shift
from rallyapp.rota.fill import fill, shifts_in
from rallyapp.store import Store
from rallyapp.ui.pages.rota import filling
from rallyapp.ui.pages.rota.filling import ALL, Stage
from tests.ui import rota_pane

rep = rota_pane.rep


class Filler:
    """Somebody who fills the rota, and what is in front of them then."""

    def __init__(self, rep):
        self.rep, self.qtbot = rep, rep.qtbot
        self.pane, self.panel, self.flow = rep.pane, rep.pane.proposal, rep.pane.filling

    def fills(self, scope="day"):
        self.pane.fill(scope)
        self.rep.waits()

    def presses(self, key):
        self.qtbot.keyClick(self.pane.window().focusWidget() or self.panel, key)
        self.rep.waits()

    @property
    def places(self):
        return len(self.rep.store.all(Assignment))

    @property
    def proposal(self):
        return self.flow.proposed.proposal


@pytest.fixture
def filler(rep):
    """Somebody about to fill the rota."""
    return Filler(rep)


@pytest.fixture
def short(rep):
    """Everybody who could lead the second shift is kept by work, and most people have offered nothing."""
    shift = rep.shift(1)
    leaders = {held.person_id for held in rep.store.all(PersonSkill) if held.skill is Skill.SUPERVISOR}
    with rep.store.edit("Keep leaders at work") as edit:
        for number, who in enumerate(sorted(leaders)):
            edit.save(
                Cover(
                    id=f"kept {number}",
                    person_id=who,
                    kind=CoverKind.EMERGENCY_COVER,
                    starts=shift.starts,
                    ends=shift.ends,
                )
            )
    rep.waits()
    return shift


@pytest.fixture
def held(monkeypatch):
    """Hold the rota builder's thread until the test lets it go on."""
    gate, real = threading.Event(), filling.fill
    gate.reached = threading.Event()

    def slow(*given, **named):
        gate.reached.set()
        assert gate.wait(10)
        return real(*given, **named)

    monkeypatch.setattr(filling, "fill", slow)
    yield gate
    gate.set()


# ------------------------------------------------------------------------------------ proposal, then accept
def test_a_day_is_proposed_first_and_accepted_with_enter_as_one_edit(rep, filler):
    before = filler.places
    was_at = rep.page.day_view
    was_at.setFocus()
    filler.fills()
    assert filler.places == before
    assert filler.panel.isVisible()
    plan = rep.store.plan()
    best = fill(plan, shifts_in(plan, days=[rep.day.id]))
    assert len(filler.proposal.added) == len(best.added)
    assert f"{len(best.added)} places on" in filler.panel.title.text()
    assert "Then every shift has the people that it needs." in filler.panel.title.text()
    assert filler.panel.words.text() == f"No better rota exists. Cost {best.cost:,}."
    assert filler.panel.accept.text() == f"Accept {len(best.added)} places"
    assert filler.panel.accept.hasFocus()
    assert not filler.panel.gaps.isVisible()
    filler.presses(Qt.Key.Key_Return)
    assert filler.places == before + len(best.added)
    assert rep.reads == f"Filled {len(best.added)} places."
    assert rep.window.undo_action.text() == f"&Undo: Fill rota: {len(best.added)} places"
    assert filler.flow.stage is Stage.IDLE
    assert filler.pane.nothing.isVisible()
    assert QApplication.focusWidget() is was_at
    rep.window.undo_action.trigger()
    rep.waits()
    assert filler.places == before
    rep.window.redo_action.trigger()
    rep.waits()
    assert filler.places == before + len(best.added)


def test_all_strike_days_and_only_the_chosen_shifts_can_be_filled(rep, filler):
    filler.fills("all")
    days = {rep.store.get(Shift, row.shift_id).starts.date() for row in filler.proposal.added}
    assert len(days) == 3
    filler.panel.leave.click()
    rep.chooses(rep.shifts[2])
    filler.fills("chosen")
    assert {row.shift_id for row in filler.proposal.added} == {rep.shifts[2]}
    filler.panel.leave.click()
    assert filler.pane.one.isVisible()
    assert not filler.flow.proposed


def test_the_proposal_is_laid_over_the_shifts_it_touches(rep, filler):
    said = []
    filler.pane.marks_changed.connect(lambda: said.append(1))
    filler.fills()
    first = rep.shifts[0]
    marks = filler.pane.marks(first)
    assert {mark.kind for mark in marks} == {"added", "kept"}
    assert [mark.text for mark in marks if mark.kind == "kept"] == ["Tomasz W."]
    assert said
    filler.panel.toggle(f"={first}")
    assert filler.pane.marks(first) == ()
    filler.panel.leave.click()
    assert filler.pane.marks(rep.shifts[1]) == ()


def test_some_are_accepted_with_the_keys_and_undone_in_one(rep, filler, qtbot):
    before = filler.places
    filler.fills()
    panel, all_of_it = filler.panel, len(filler.proposal.added)
    panel.places.setFocus(Qt.FocusReason.TabFocusReason)
    panel.places.choose_first()
    assert panel.places.chosen_id == ALL
    qtbot.keyClick(panel.places, Qt.Key.Key_Space)
    assert panel.wanted == frozenset()
    assert not panel.accept.isEnabled()
    for _ in range(2):
        qtbot.keyClick(panel.places, Qt.Key.Key_Down)
    first = panel.places.chosen_id
    qtbot.keyClick(panel.places, Qt.Key.Key_Space)
    assert panel.wanted == {first}
    heading = panel.places.line(f"={rep.shifts[0]}")
    assert (heading.ticked, heading.half) == (True, True)
    assert heading.spoken.endswith("partly accepted")
    assert panel.accept.text() == "Accept 1 place"
    qtbot.keyClick(panel.places, Qt.Key.Key_Return)
    rep.waits()
    assert filler.places == before + 1
    assert rep.store.get(Assignment, first).origin is Origin.BUILDER
    assert rep.reads == f"Filled 1 place. {all_of_it - 1} left out."
    rep.window.undo_action.trigger()
    rep.waits()
    assert filler.places == before


def test_a_shift_is_ticked_as_a_whole(rep, filler):
    filler.fills()
    panel = filler.panel
    rows = {row.id for row in filler.proposal.added if row.shift_id == rep.shifts[1]}
    everything = panel.wanted
    panel.toggle(f"={rep.shifts[1]}")
    assert panel.wanted == everything - rows
    assert panel.places.line(ALL).half
    panel.toggle(f"={rep.shifts[1]}")
    assert panel.wanted == everything
    panel.leave.click()


def test_filling_again_takes_back_whom_work_has_called_and_says_why(rep, filler):
    filler.fills()
    filler.presses(Qt.Key.Key_Return)
    row = next(each for each in rep.store.all(Assignment) if each.origin is Origin.BUILDER)
    shift = rep.store.get(Shift, row.shift_id)
    with rep.store.edit("Call to emergency cover") as edit:
        edit.save(
            Cover(
                id="c",
                person_id=row.person_id,
                kind=CoverKind.RECALLED,
                verified_by="duty office",
                starts=shift.starts,
                ends=shift.ends,
            )
        )
    rep.waits()
    filler.fills()
    dropped = filler.proposal.dropped
    assert row.id in {each.id for each in dropped}
    line = filler.panel.places.line(row.id)
    assert line.note.startswith("comes off: recalled")
    assert "taken back" in filler.panel.title.text()
    assert {mark.kind for mark in filler.pane.marks(shift.id)} >= {"dropped"}
    # Whoever is moved is moved wholly, or not at all.
    unit = filler.flow.proposed.units[row.id]
    filler.panel.toggle(row.id)
    assert not filler.panel.wanted.intersection(unit)
    filler.panel.toggle(row.id)
    filler.presses(Qt.Key.Key_Return)
    assert rep.store.find(Assignment, row.id) is None
    assert "back." in rep.reads
    rep.window.undo_action.trigger()
    rep.waits()
    assert rep.store.get(Assignment, row.id) == row


# --------------------------------------------------------------------------------------------------- gaps
def test_each_gap_is_said_with_its_reason_and_leads_to_its_shift(rep, filler, short, qtbot):
    filler.fills()
    panel = filler.panel
    missing = sum(gap.missing for gap in filler.proposal.gaps)
    assert panel.title.text().endswith(f"{missing} place{'s stay' if missing > 1 else ' stays'} empty.")
    button = panel.views.buttons["gaps"]
    assert button.text() == f"Gaps {missing}"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert panel.gaps.isVisible()
    line = next(each for each in panel.gaps.lines.lines if each.id.endswith(short.id))
    gap = next(each for each in filler.proposal.gaps if each.shift_id == short.id)
    assert line.title == "09:00\u201310:00, Main entrance"
    assert line.against.startswith("1 picket organiser short")
    assert "on emergency cover" in line.note
    assert line.note.split(".")[0].casefold() in filler.proposal.why(gap).words.casefold()
    panel.gaps.setFocus(Qt.FocusReason.TabFocusReason)
    panel.gaps.choose(line.id)
    qtbot.keyClick(panel.gaps, Qt.Key.Key_Return)
    rep.waits()
    assert filler.pane.shown == (short.id,)
    assert panel.isVisible()
    panel.leave.click()
    assert filler.pane.one.isVisible()


def test_where_nobody_can_be_added_the_gaps_are_shown_and_nothing_can_be_accepted(rep, filler):
    with rep.store.edit("Nobody offers") as edit:
        for each in rep.store.all(Availability):
            edit.delete(each)
    rep.waits()
    filler.fills()
    panel = filler.panel
    assert panel.title.text().startswith("Nobody can be added.")
    assert not panel.accept.isVisible()
    assert panel.gaps.isVisible()
    assert panel.leave.text() == "Close"
    assert all("have not said when they are free" in line.note for line in panel.gaps.lines.lines if line.note)
    filler.presses(Qt.Key.Key_Return)
    assert filler.flow.stage is Stage.IDLE


def test_who_stays_and_can_t_be_there_is_listed(rep, filler, qtbot):
    (row,) = rep.on(rep.shifts[0])
    shift = rep.shift(0)
    with rep.store.edit("Recall") as edit:
        edit.save(
            Cover(
                id="r",
                person_id=row.person_id,
                kind=CoverKind.RECALLED,
                verified_by="duty office",
                starts=shift.starts,
                ends=shift.ends,
            )
        )
    rep.waits()
    filler.fills()
    button = filler.panel.views.buttons["away"]
    assert button.text() == "Away 1"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    (line,) = filler.panel.away.lines.lines
    assert (line.title, line.against) == ("Tomasz Wi\u015bniewski", "is recalled to work")
    filler.panel.leave.click()


def test_a_plan_with_nothing_short_says_so_and_proposes_nothing(rep, filler):
    filler.fills()
    filler.presses(Qt.Key.Key_Return)
    filler.fills()
    assert rep.reads == "There is nothing to fill in Tue 1 Dec 2015: every shift there has the people that it needs."
    assert not filler.panel.isVisible()


# --------------------------------------------------------------------------------- progress, cancel, changes
def test_cost_and_bound_are_told_while_it_runs(rep, filler, qtbot):
    said = []
    filler.flow.changed.connect(lambda: said.append(filler.flow.words))
    filler.fills("all")
    assert any(words.startswith("Cost ") and ", at best " in words for words in said)
    filler.panel.leave.click()


def test_a_fill_can_be_cancelled_in_the_pane_and_in_the_strip(rep, filler, held, qtbot):
    before = filler.places
    for cancel in (filler.panel.leave, rep.window.messages._action):
        held.clear()
        held.reached.clear()
        filler.pane.fill()
        qtbot.waitUntil(held.reached.is_set)
        assert filler.panel.leave.text() == "Cancel"
        assert filler.panel.title.text() == "Filling Tue 1 Dec 2015"
        assert rep.reads.startswith("Filling Tue 1 Dec 2015\u2026")
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
        held.set()
        rep.waits()
        assert rep.reads == "Cancelled: nothing was written."
        assert not filler.panel.isVisible()
        assert filler.places == before
    filler.fills()
    assert filler.flow.stage is Stage.PROPOSED
    filler.panel.leave.click()


def test_a_second_wish_starts_no_second_fill(rep, filler, held, qtbot):
    filler.pane.fill()
    qtbot.waitUntil(held.reached.is_set)
    filler.pane.fill("all")
    assert filler.flow.scope.words == "Tue 1 Dec 2015"
    held.set()
    rep.waits()
    filler.panel.leave.click()


def test_a_plan_that_another_window_changed_meanwhile_is_said_and_filled_again(rep, filler, plan, held, qtbot):
    before = filler.places
    filler.pane.fill()
    qtbot.waitUntil(held.reached.is_set)
    with Store.open(plan) as other, other.edit("Rename the plan") as edit:
        edit.save(replace(other.all(Settings)[0], title="Elsewhere"))
    held.set()
    rep.waits()
    assert filler.panel.title.text() == "The plan was changed meanwhile"
    assert filler.panel.words.text() == ("Nothing was written. Fill Tue 1 Dec 2015 again to see what fits now.")
    assert filler.places == before
    filler.qtbot.keyClick(filler.panel, Qt.Key.Key_Return)
    rep.waits()
    assert filler.flow.stage is Stage.PROPOSED
    filler.panel.leave.click()


def test_a_proposal_is_not_written_over_a_change_that_came_after_it(rep, filler, plan):
    filler.fills()
    with Store.open(plan) as other, other.edit("Rename the plan") as edit:
        edit.save(replace(other.all(Settings)[0], title="Elsewhere"))
    before = filler.places
    filler.presses(Qt.Key.Key_Return)
    assert filler.places == before
    assert filler.flow.stage is Stage.OUTDATED
    assert filler.pane.marks(rep.shifts[0]) == ()
    filler.panel.leave.click()
    filler.fills()
    with rep.store.edit("Put somebody on") as edit:
        who = next(each for each in rep.store.all(Person) if not each.left)
        edit.save(Assignment(id="x", shift_id=rep.shifts[2], person_id=who.id, role=Role.STANDBY))
    rep.waits()
    assert filler.flow.stage is Stage.OUTDATED
    filler.panel.leave.click()


def test_closing_the_window_ends_a_fill(rep, filler, held, qtbot):
    window = rep.window
    filler.pane.fill()
    qtbot.waitUntil(held.reached.is_set)
    with qtbot.waitSignal(window.closed):
        window.close()
    held.set()
    assert window.store is None


def test_a_file_that_vanished_is_said_in_a_sentence(rep, filler, plan):
    filler.fills()
    os.rename(plan, plan.with_name("elsewhere.rally"))
    filler.presses(Qt.Key.Key_Return)
    assert "was deleted, moved or its disk was taken away" in rep.reads


def test_a_need_nobody_can_meet_in_a_made_plan_is_one_gap(rep, filler):
    """A single shift that needs twenty pickets: the entrance takes six, and the gap says so."""
    shift = rep.shifts[2]
    need = next(each for each in rep.needs(shift) if each.role is Role.PICKET)
    with rep.store.edit("Need twenty") as edit:
        edit.save(replace(rep.store.get(Need, need.id), least=20, wished=20, most=20))
    rep.chooses(shift)
    filler.fills("chosen")
    (gap,) = (each for each in filler.proposal.gaps if each.role is Role.PICKET)
    line = filler.panel.gaps.lines.lines[-1]
    assert line.against == f"{gap.missing} pickets short"
    assert "an entrance may have 6" in line.note
    filler.panel.leave.click()
