"""The checks run once for everybody: after changes, off the main thread, several changes in one run."""

from dataclasses import replace

from rallyapp.domain.disputes import Dispute, StrikeDay
from rallyapp.domain.problems import Concern
from rallyapp.domain.records import TABLES
from rallyapp.store import Store
from rallyapp.ui.frame import PAGES
from rallyapp.ui.homes import HOMES, first_home, home_of
from rallyapp.ui.page import PageName


def known(window, qtbot):
    checking = window.desk.checking
    checking.ensure()
    qtbot.waitUntil(lambda: checking.known and not checking.running)
    return checking


def duty_phone(window, number):
    dispute = window.store.all(Dispute)[0]
    window.desk.save("Change the duty phone", [replace(dispute, duty_phone=number)])


def test_what_is_wrong_is_known_by_day(person, window, plan, qtbot):
    person.opens(plan)
    checking = known(window, qtbot)
    assert checking.problems
    for day in window.store.all(StrikeDay):
        assert checking.of_day(day.id) == tuple(each for each in checking.problems if each.day == day.id)
    assert checking.of_day(None) == ()


def test_several_changes_are_looked_at_once(person, window, plan, qtbot):
    person.opens(plan)
    checking = known(window, qtbot)
    told = []
    checking.changed.connect(lambda: told.append(checking.running))
    for number in ("1", "2", ""):
        duty_phone(window, number)
    assert checking.running
    qtbot.waitUntil(lambda: not checking.running and told and not told[-1])
    assert told == [True, False]
    assert any(problem.code == "no-duty-phone" for problem in checking.problems)


def test_another_programs_change_is_looked_at(person, window, plan, qtbot):
    person.opens(plan)
    checking = known(window, qtbot)
    with Store.open(plan) as other, other.edit("No phone") as edit:
        edit.save(replace(other.all(Dispute)[0], duty_phone=""))
    window.bridge.poll()
    qtbot.waitUntil(lambda: any(problem.code == "no-duty-phone" for problem in checking.problems))


def test_a_plan_that_is_closed_while_it_is_looked_through_is_let_go(person, window, plan, qtbot):
    person.opens(plan)
    duty_phone(window, "")
    window.close_plan()
    assert window.desk is None


def test_every_home_is_a_page_and_every_kind_is_one():
    assert set(HOMES) <= set(TABLES)
    assert set(HOMES.values()) <= set(PAGES)
    assert home_of(Concern("print_run", "1")) is None
    assert first_home([Concern("print_run", "1"), Concern("shift", "2")]) == (PageName.ROTA, Concern("shift", "2"))
