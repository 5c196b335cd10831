"""What the command line may load: it has to start fast, and on machines where Qt cannot be loaded.

The import contracts in ``pyproject.toml`` say who may import whom; this looks at what really happens.
"""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def loaded():
    """The modules a fresh Python holds after importing the command line."""
    ended = subprocess.run(
        [sys.executable, "-c", "import sys, rallyapp.cli; print(*sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return {name.partition(".")[0] for name in ended.stdout.split()}


@pytest.mark.parametrize("package", ["PySide6", "shiboken6", "qasync", "sqlite_utils", "numpy", "highspy"])
def test_the_command_line_does_not_load(loaded, package):
    assert "rallyapp" in loaded
    assert package not in loaded
