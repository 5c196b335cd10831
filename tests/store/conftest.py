"""A plan in its own folder for each test."""

import shutil

import pytest

from rallyapp.store import Store
from tests.store import sample


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A closed plan of one morning's picket, to be copied: making one takes longer than a test."""
    path = tmp_path_factory.mktemp("made") / "made.rally"
    Store.create(path, sample.rota(), label="New plan", who="Siân", now=sample.Clock()).close()
    return path


@pytest.fixture
def folder(tmp_path):
    """A folder of its own, so that a test can list what lies beside the plan."""
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


@pytest.fixture
def clock():
    return sample.Clock()


@pytest.fixture
def closed(folder, made):
    """The path of a plan that nobody has open."""
    return shutil.copy(made, folder / "Strike.rally")


@pytest.fixture
def plan(closed, clock):
    """An open plan of one morning's picket."""
    with Store.open(closed, who="Siân", now=clock) as store:
        yield store


@pytest.fixture
def another(plan):
    """A second window on the same plan."""
    with Store.open(plan.path, who="Aoife") as store:
        yield store
