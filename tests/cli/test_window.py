"""Without a command the window opens; without a screen the program says what to do instead."""

import pytest

from tests.cli.asking import one_sentence, program, untouched

pytest.importorskip("rallyapp.app")


def test_without_a_screen_nothing_opens_and_the_way_on_is_said(plan):
    with untouched(plan.parent):
        for arguments in ([], ["s.rally"], [str(plan)]):
            said = one_sentence(program(*arguments, cwd=plan.parent))
            assert "rallyapp --help" in said


def test_a_plan_that_is_not_there_and_no_screen(folder):
    with untouched(folder):
        one_sentence(program("none.rally", cwd=folder))


def test_a_mistyped_command_is_no_plan(folder):
    assert "No such command" in one_sentence(program("chekc", cwd=folder))
