"""``python3 -m tests.bench``: what the plan file costs, against the bare thing beside it, in one run.

Machines are noisy: read the ratios. Each figure is the median of several rounds.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from rallyapp import _bootstrap

ROUNDS = 5


def main() -> None:
    from rallyapp.store import queries
    from tests.bench import plans

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        print("\nCommands, whole process, against an empty Python")
        empty = rounds(lambda: run(["-c", "pass"], home))
        row("python -c pass", empty, empty)
        cold = [*plans.CLI, "demo", "southampton-2015"]
        number = iter(range(10_000))
        row("demo southampton-2015", rounds(lambda: run([*cold, f"{next(number)}.rally"], home)), empty)
        run([*cold, "s.rally"], home)
        for command in ("check", "fill", "info", "history"):
            row(command, rounds(lambda command=command: run([*plans.CLI, command, "s.rally"], home)), empty)
        for document in ("rota", "rally-plan"):
            arguments = [*plans.CLI, "print", "s.rally", document, "--to", "out.pdf"]
            row(f"print {document}", rounds(lambda arguments=arguments: run(arguments, home)), empty)

        print("\n20,000 people into a file, against a bare executemany into the same table without its triggers")
        bare = rounds(lambda: plans.bare_insert(home / f"bare{next(number)}.db", 20_000), 3)
        row("executemany, one table, no journal, no search index", bare, bare)
        row("one edit: journal and search index", rounds(lambda: plans.edit_insert(home, next(number), None), 3), bare)
        row("the same, encrypted", rounds(lambda: plans.edit_insert(home, next(number), "five words or more"), 3), bare)

        print("\nScreen queries on 50,000 people, 10,000 shifts and 100,000 assignments, against reading all people")
        with plans.large(home / "large.rally") as store:
            whole = rounds(lambda: store.rows("SELECT * FROM person"))
            row("every person's row", whole, whole)
            day, person, site = plans.some(store)
            start = datetime(2016, 1, 12, 8, 0)
            for label, read in (
                ("a strike day's shifts with their fill", lambda: queries.day_shifts(store, day)),
                ("all short shifts", lambda: queries.short_shifts(store)),
                ("fill of every strike day", lambda: queries.fill_by_day(store)),
                ("one person's shifts", lambda: queries.person_shifts(store, person.id)),
                ("a page of people", lambda: queries.people_page(store, after=person)),
                ("search, three letters", lambda: queries.search_people(store, "wil")),
                (
                    "free people of a site",
                    lambda: queries.free_at_site(store, site, start, start + timedelta(hours=1)),
                ),
                ("who does most", lambda: queries.most_shifts(store)),
                ("nothing new? (poll)", store.poll),
            ):
                row(label, rounds(read), whole)


def run(arguments: list[str], folder: Path) -> None:
    """Run this Python once, in a folder."""
    from tests.bench import plans

    subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=plans.environment(), check=True, stdout=subprocess.DEVNULL
    )


def rounds(work: Callable[[], object], count: int = ROUNDS) -> float:
    """Give the median seconds of several rounds."""
    took = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def row(label: str, seconds: float, against: float) -> None:
    print(f"  {label:58}{seconds * 1000:10.1f} ms {seconds / against:9.2f} x")


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench", lock="requirements-tests.lock", window=False)
    main()
