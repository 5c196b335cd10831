"""A program that is killed while it fills a rota leaves the plan as it was, or as it should be: never between."""

import itertools
import shutil
import subprocess

import pytest

from rallyapp.domain.pickets import Assignment
from rallyapp.store import Store
from tests.cli.asking import PROGRAM, ROOT, program, screenless


def rota_in(path):
    with Store.open(path, read_only=True) as store:
        return {(each.shift_id, each.person_id, each.role) for each in store.all(Assignment)}


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    path = tmp_path_factory.mktemp("killed") / "plan.rally"
    assert program("demo", "epsom-st-helier-2016", str(path)).code == 0
    return path


def test_a_fill_that_is_killed_writes_all_of_its_rota_or_none_of_it(plan, tmp_path):
    before = rota_in(plan)
    seen = []
    for turn in itertools.count(1):
        copy = tmp_path / f"{turn}.rally"
        shutil.copy(plan, copy)
        filling = subprocess.Popen(
            [*PROGRAM, "fill", "--apply", str(copy)],
            cwd=ROOT,
            env=screenless(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            filling.wait(timeout=0.1 * turn)
        except subprocess.TimeoutExpired:
            filling.kill()
            filling.wait()
            seen.append(rota_in(copy))
            continue
        assert filling.returncode == 0
        break
    after = rota_in(copy)
    assert len(after) > len(before)
    assert len(seen) > 2  # it was cut short while it loaded, while it solved and while it wrote
    assert all(rota in (before, after) for rota in seen)
