"""Make both lock files again: ``python -m tests.lock [--upgrade]``.

The lock files pin every package, for every system and every Python from 3.11 on, by version and by hash;
they name no place to fetch from. uv writes them and is needed for this alone (``pip install uv``): running
RallyApp and its tests needs only pip. Without ``--upgrade`` the versions that still fit are kept.

The second file holds the first one's packages in the same versions, and those of the tests as well, so an
environment made for the tests can run the program too.
"""

import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
RUN_TIME = "resources/requirements.lock"
TESTS = "resources/requirements-tests.lock"


def compile_lock(uv: str, target: str, *options: str) -> None:
    """Have uv write one lock file; its own message is shown if it cannot."""
    subprocess.run(
        [
            *[uv, "pip", "compile", "pyproject.toml", "--quiet", "--output-file", target],
            *["--universal", "--python-version", "3.11", "--generate-hashes"],
            *["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *options],
        ],
        cwd=ROOT,
        check=True,
        # With an output file uv writes the text to the standard output too.
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    """Write both files, or say in one sentence why not."""
    options = sys.argv[1:]
    if set(options) - {"--upgrade"}:
        sys.exit("The only option is --upgrade.")
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("Making the lock files needs uv on the PATH: pip install uv")
    try:
        compile_lock(uv, RUN_TIME, *options)
        compile_lock(uv, TESTS, "--extra", "test", "--constraint", RUN_TIME, *options)
    except subprocess.CalledProcessError as error:
        sys.exit(f"uv could not make the lock files (it ended with {error.returncode}; see above).")
    for target in (RUN_TIME, TESTS):
        packages = sum("==" in line for line in (ROOT / target).read_text("utf-8").splitlines())
        print(f"{target}: {packages} packages")


if __name__ == "__main__":
    main()
