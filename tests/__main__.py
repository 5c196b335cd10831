"""``python3 -m tests``: the whole suite, without a screen; sets everything up on its first run.

- ``python3 -m tests`` runs all tests on two processors, and holds the files of ``COMPLETE`` to having every branch
  tested by their own tests: that is where a quiet mistake costs the most.
- ``python3 -m tests lint`` checks style, types, layers and the lock files, all of them, and says which failed.
- ``python3 -m tests <anything else>`` is passed to pytest, without the coverage: ``-k undo``,
  ``tests/store -x``. Paths are those seen from the project's folder.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from rallyapp import _bootstrap

# Up to ensure() an old Python must be able to read this file, so that it can be told that it is too old.

ROOT = pathlib.Path(__file__).resolve().parents[1]

# Every line and branch of these must be tested.
COMPLETE = ("rallyapp/domain/*.py", "rallyapp/store/journal.py")
# What tests them completely by itself. The rest runs without the counting of lines, which takes a quarter longer.
COUNTED = ("tests/domain", "tests/store")

CHECKS = {
    "style (ruff check)": ["-m", "ruff", "check", "."],
    "layout (ruff format)": ["-m", "ruff", "format", "--check", "."],
    "types (mypy)": ["-m", "mypy"],
    "layers (lint-imports)": ["-c", "from importlinter.cli import lint_imports_command as go; go()"],
}


def main(arguments: "list[str]") -> int:
    """Set up, do what the arguments say and return the exit code."""
    linting = arguments[:1] == ["lint"]
    if linting and len(arguments) > 1:
        print("python3 -m tests lint takes nothing further.", file=sys.stderr)
        return 2
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["TZ"] = "Europe/London"
    _bootstrap.ensure("tests", lock="requirements-tests.lock", window=not linting)
    try:
        if linting:
            return lint()
        return run(["-m", "pytest", *arguments]) if arguments else whole_suite()
    except KeyboardInterrupt:
        return 130


def run(arguments: "list[str]") -> int:
    """Run this Python with these arguments in the project's folder."""
    return subprocess.call([sys.executable, *arguments], cwd=ROOT)


def whole_suite() -> int:
    """Run everything, then look whether the files that must be tested completely are."""
    with tempfile.TemporaryDirectory() as folder:
        # Not in the project's folder: two runs at once must not mix their numbers.
        data = pathlib.Path(folder) / "coverage"
        os.environ["COVERAGE_FILE"] = str(data)
        counted = run(["-m", "pytest", "-n", "2", "--cov", "--cov-report=", *COUNTED])
        rest = run(["-m", "pytest", "-n", "2", *(f"--ignore={folder}" for folder in COUNTED)])
        return counted or rest or report(data)


def report(data: pathlib.Path) -> int:
    """Say what the suite covered; return 1 if a file of ``COMPLETE`` has a gap."""
    import json

    import coverage

    measured = coverage.Coverage(data_file=str(data), config_file=str(ROOT / "pyproject.toml"))
    measured.load()
    target = data.with_suffix(".json")
    measured.json_report(outfile=str(target))
    files = json.loads(target.read_text("utf-8"))["files"]
    gaps = {
        name: [f"line {line}" for line in entry["missing_lines"]]
        + [f"branch {start} -> {'exit' if end < 0 else end}" for start, end in entry["missing_branches"]]
        for name, entry in files.items()
        if any(pathlib.PurePath(name).match(pattern) for pattern in COMPLETE)
    }
    if not any(gaps.values()):
        print(f"Every branch is tested in {len(gaps)} files: {', '.join(COMPLETE)}.")
        return 0
    print("\nThese files must have every branch tested, and have gaps:", file=sys.stderr)
    for name, missing in sorted(gaps.items()):
        if missing:
            print(f"  {name}: {', '.join(missing)}", file=sys.stderr)
    return 1


def lint() -> int:
    """Run every check, even after one has failed; then say which did."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if run(command) != 0:
            failed.append(name)
    print("== lock files")
    named = [path.name for path in sorted((ROOT / "resources").glob("*.lock")) if names_a_host(path)]
    if named:
        print(f"A lock file must not say where to fetch from: {', '.join(named)}. See tests/lock.py.")
        failed.append("lock files")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll checks passed.")
    return 1 if failed else 0


def names_a_host(path: pathlib.Path) -> bool:
    """Whether this lock file says where its packages come from."""
    return any(word in path.read_text("utf-8") for word in ("http://", "https://"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
