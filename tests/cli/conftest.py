"""Demo plans, made once and copied for each test."""

import shutil

import pytest

from rallyapp.cli import rally, run

pytest.register_assert_rewrite("tests.cli.asking")

from tests.cli.asking import ask  # noqa: E402

WORDS = "five random words"


@pytest.fixture(scope="session")
def demos(tmp_path_factory):
    """A folder with a closed plan of each small demo, one of them also encrypted; not to be written to."""
    folder = tmp_path_factory.mktemp("demos")
    (folder / "words").write_text(f"{WORDS}\n")
    for name in ("southampton-2015", "epsom-st-helier-2016"):
        assert run(rally, ["demo", name, str(folder / f"{name}.rally")]) == 0
    secret = ["demo", "southampton-2015", str(folder / "secret.rally"), "--encrypt"]
    assert run(rally, [*secret, "--passphrase-file", str(folder / "words")]) == 0
    assert run(rally, ["export", str(folder / "southampton-2015.rally"), "--to", str(folder / "southampton.json")]) == 0
    return folder


@pytest.fixture
def folder(tmp_path):
    """A folder of its own, so that a test can list what lies beside the plan."""
    (tmp_path / "plans").mkdir()
    return tmp_path / "plans"


@pytest.fixture
def plan(folder, demos):
    """Southampton's plan, closed."""
    return shutil.copy(demos / "southampton-2015.rally", folder / "s.rally")


@pytest.fixture
def epsom(folder, demos):
    """Epsom's plan, closed, with nobody on any shift."""
    return shutil.copy(demos / "epsom-st-helier-2016.rally", folder / "e.rally")


@pytest.fixture
def secret(folder, demos):
    """Southampton's plan, encrypted, closed."""
    return shutil.copy(demos / "secret.rally", folder / "secret.rally")


@pytest.fixture
def words(demos):
    """A file that holds the encrypted plan's passphrase."""
    return demos / "words"


@pytest.fixture
def rallyapp(capsys):
    """Run a command in this process."""
    return lambda *arguments: ask(capsys, *arguments)
