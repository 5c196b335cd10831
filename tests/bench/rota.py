"""``python3 -m tests.bench.rota``: the rota builder against a quick rota and against the textbook's model, in one run.

Each way to a rota runs in a process of its own, in turn with the others, several times over; the seconds are
those after the problem is read. Every rota is judged by the checker, and no bound may be above the cost of any
rota: if one is, or a rota is broken or not the cost that was told, the run ends with 1. ``--large`` adds a
national rota (45,000 people), which the textbook's model is too large for.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rallyapp import _bootstrap

SIZES = {"S": 60, "M": 500, "L1": 1_800, "L3": 5_000, "L": 45_000}
"""The checker's sizes, with how many people they have."""
#: A way that takes longer than this runs once, not in every round.
SLOW = 10.0
#: How many people are tried as the one who drops out; from so many people on, a whole new rota is made for one only.
NO_SHOWS, MANY = 5, 10_000


@dataclass(frozen=True)
class Run:
    """What one way made of one problem."""

    cost: int
    bound: int
    seconds: float
    megabytes: float
    rota: list[list[str]]


# ------------------------------------------------------------------------------------------ one process
def ours(model: Any, limit: float) -> tuple[Any, int]:
    from rallyapp.rota.solving.solve import solve

    found = solve(model, time_limit=limit)
    return found.places, found.bound


def quick(model: Any, _: float) -> tuple[Any, int]:
    from rallyapp.rota.solving.greedy import greedy

    return greedy(model), 0


def search(model: Any, limit: float) -> tuple[Any, int]:
    from rallyapp.rota.solving.greedy import greedy
    from rallyapp.rota.solving.improve import improve

    return improve(model, greedy(model), time.perf_counter() + min(limit, 20)), 0


def textbook(model: Any, limit: float) -> tuple[Any, int]:
    from tests.bench.textbook import solve

    found = solve(model, limit)
    return found.places or (), max(0, math.ceil(found.bound - 1e-3)) if math.isfinite(found.bound) else 0


WAYS: dict[str, Callable[[Any, float], tuple[Any, int]]] = {
    "ours": ours,
    "quick": quick,
    "textbook": textbook,
    "search": search,
}
#: What is imported before the clock starts: no way is to pay for it, and none is to hold what it doesn't use.
USES = {"ours": "rallyapp.rota.solving.solve", "textbook": "tests.bench.textbook"}


def child(way: str, problem: Path, limit: float) -> None:
    """Build one rota in this process, and print it with what it took."""
    import importlib

    from rallyapp.rota.problem_file.reading import read
    from rallyapp.rota.solving.cost import cost_of

    importlib.import_module(USES.get(way, "rallyapp.rota.solving.improve"))
    if way == "ours":
        importlib.import_module("highspy")
    model = read(problem.read_bytes())
    start = time.perf_counter()
    places, bound = WAYS[way](model, limit)
    seconds = time.perf_counter() - start
    told = {
        "cost": cost_of(model, places).all,
        "bound": bound,
        "seconds": seconds,
        "megabytes": peak(),
        "rota": [[model.people[person], model.openings[number].id] for person, number in places],
    }
    print(json.dumps(told))


def peak() -> float:
    """Give the most memory that this process has held, in MB; nought where the system doesn't say."""
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def child_no_show(problem: Path, rota: Path) -> None:
    """Let one person after another drop out of a rota; print what mending it took, and what a whole new rota costs."""
    import highspy  # noqa: F401

    from rallyapp.rota.problem_file.reading import of_json
    from rallyapp.rota.solving.solve import solve
    from tests import rota_check

    given, before = json.loads(problem.read_bytes()), json.loads(rota.read_bytes())
    told = []
    for seed in range(1, NO_SHOWS + 1):
        after = rota_check.no_show(given, before, seed, share=0.0)
        start = time.perf_counter()
        model = of_json(after)
        mended = solve(model)
        reading_too = time.perf_counter() - start
        whole = solve(of_json(after), prove=True) if seed == 1 or len(model.people) < MANY else None
        places = [[model.people[person], model.openings[number].id] for person, number in mended.places]
        judged = rota_check.evaluate(after, places)
        kept = {tuple(each) for each in after["previous"]}
        told.append(
            {
                "faults": [
                    *judged["violations"],
                    *([] if judged["cost"] == mended.cost else ["another cost was told"]),
                ],
                "seconds": mended.seconds,
                "seconds with reading": reading_too,
                "whole": whole and {"seconds": whole.seconds, "bound": whole.bound, "cost": whole.cost},
                "lost": len(before) - len(kept),
                "changes": len(kept ^ {tuple(each) for each in places}),
                "cost": mended.cost,
            }
        )
    print(json.dumps(told))


# ------------------------------------------------------------------------------------------- all of them
class Bench:
    """The runs, and what was found wrong with them."""

    def __init__(self, home: Path, rounds: int, limit: float) -> None:
        self.home, self.rounds, self.limit = home, rounds, limit
        self.faults: list[str] = []
        self.seconds: dict[tuple[str, str], list[float]] = {}
        self.gaps: dict[tuple[str, str], list[float]] = {}
        self.rotas = 0

    def problem(self, size: str, seed: int, ways: list[str]) -> None:
        """Run every way on one problem, in turn, and print a row for each."""
        from tests import rota_check

        given = rota_check.generate(size, seed)
        path = self.home / f"{size}-{seed}.json"
        path.write_text(json.dumps(given), encoding="utf-8")
        runs: dict[str, list[Run]] = {way: [] for way in ways}
        for number in range(self.rounds):
            for way in ways:
                if not number or runs[way][0].seconds < SLOW:
                    runs[way].append(self._run(way, path))
        for way, found in runs.items():
            self._judge(f"{size} seed {seed}, {way}", given, found)
        self._weigh(size, seed, runs)
        rota = self.home / "rota.json"
        rota.write_text(json.dumps(runs["ours"][0].rota), encoding="utf-8")
        self._no_shows(f"{size} seed {seed}", path, rota)
        path.unlink()

    def _run(self, way: str, path: Path) -> Run:
        return Run(**call("--child", way, str(path), "--limit", str(self.limit)))

    def _judge(self, label: str, given: dict[str, Any], runs: list[Run]) -> None:
        from tests import rota_check

        for rota in {json.dumps(each.rota): each for each in runs}.values():
            judged = rota_check.evaluate(given, rota.rota)
            self.rotas += 1
            if not rota.rota:
                self.faults.append(f"{label}: no rota")
            for fault in judged["violations"][:3]:
                self.faults.append(f"{label}: {' '.join(fault)}")
            if judged["cost"] != rota.cost:
                self.faults.append(f"{label}: told {rota.cost}, but costs {judged['cost']}")

    def _weigh(self, size: str, seed: int, runs: dict[str, list[Run]]) -> None:
        bound = max(each.bound for found in runs.values() for each in found)
        cheapest = min(each.cost for found in runs.values() for each in found)
        if bound > cheapest:
            self.faults.append(f"{size} seed {seed}: a bound of {bound}, but there is a rota of {cheapest}")
        for way, found in runs.items():
            cost = int(statistics.median_low(each.cost for each in found))
            own = int(statistics.median_low(each.bound for each in found))
            gap = 100 * (cost - bound) / max(1, cost)
            seconds = statistics.median(each.seconds for each in found)
            self.seconds.setdefault((size, way), []).append(seconds)
            self.gaps.setdefault((size, way), []).append(gap)
            proven = f"{100 * (cost - own) / max(1, cost):9.3f} %" if own else f"{'none':>11}"
            memory = max(each.megabytes for each in found)
            print(
                f"  {size:3}{seed:5}  {way:10}{cost:10,}{gap:9.3f} %{proven}{seconds:10.3f} s{memory:8.0f} MB",
                flush=True,
            )

    def _no_shows(self, label: str, path: Path, rota: Path) -> None:
        told = call("--no-show", str(path), str(rota))
        against = [(each, each["whole"]) for each in told if each["whole"]]
        for each in told:
            self.faults.extend(f"{label}, a no-show: {fault}" for fault in each["faults"])
        for each, whole in against:
            cheapest = min(each["cost"], whole["cost"])
            if whole["bound"] > cheapest:
                self.faults.append(
                    f"{label}, a no-show: a bound of {whole['bound']}, but there is a rota of {cheapest}"
                )
        times = [each["seconds"] * 1000 for each in told]
        reading = statistics.median(each["seconds with reading"] for each in told) * 1000
        changes = max(each["changes"] / max(1, each["lost"]) for each in told)
        dearer = [each["cost"] - whole["cost"] for each, whole in against]
        print(
            f"           one drops out: {statistics.median(times):.0f} ms (worst {max(times):.0f}, with reading "
            f"{reading:.0f}), at most {changes:.1f} changes per place lost; against a whole new rota: "
            f"{statistics.median(whole['seconds'] for _, whole in against):.2f} s, as cheap in "
            f"{sum(each <= 0 for each in dearer)} of {len(dearer)}, dearer by {max([0, *dearer]):,} at most",
            flush=True,
        )

    def ratios(self) -> None:
        """Print what the machine's speed has little part in."""
        print("\nRatios of medians in this run")
        for size in SIZES:
            if (size, "ours") not in self.gaps:
                continue
            gap, of_quick = (statistics.median(self.gaps[size, way]) for way in ("ours", "quick"))
            line = f"  {size:3} gap of ours / of the quick rota {gap / of_quick if of_quick else 0:8.3f}"
            if (size, "textbook") in self.seconds:
                own, others = (statistics.median(self.seconds[size, way]) for way in ("ours", "textbook"))
                line += f"   seconds of ours / of the textbook {own / others:8.3f}"
            print(line)
        if ("L", "ours") in self.seconds and ("L3", "ours") in self.seconds:
            large, small = (statistics.median(self.seconds[size, "ours"]) for size in ("L", "L3"))
            print(f"  growth from L3 to L: seconds x people^{math.log(large / small) / math.log(45 / 5):.2f}")


def call(*arguments: str) -> Any:
    """Run this module in a process of its own, and give what it prints."""
    from tests.bench import plans

    command = [sys.executable, "-m", "tests.bench.rota", *arguments]
    return json.loads(subprocess.run(command, env=plans.environment(), check=True, stdout=subprocess.PIPE).stdout)


def main() -> int:
    options = _options()
    if options.child:
        child(options.child[0], Path(options.child[1]), options.limit)
        return 0
    if options.no_show:
        child_no_show(*map(Path, options.no_show))
        return 0
    sizes = [*options.sizes.split(","), *(["L"] if options.large else [])]
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), options.rounds, options.limit)
        print("\n  size seed  way             cost  gap to best bound, own bound     seconds    memory")
        for size in sizes:
            ways = ["ours", "quick", *(["textbook"] if size != "L" else []), *(["search"] if options.search else [])]
            for seed in range(options.first, options.first + options.seeds):
                bench.problem(size, seed, ways)
        bench.ratios()
    for fault in bench.faults:
        print(f"FAULT  {fault}")
    if bench.faults:
        return 1
    print(
        f"\nbound <= cost of every legal rota seen: yes; {bench.rotas} rotas, all legal and of the cost that was told"
    )
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m tests.bench.rota", description="Measure the rota builder.")
    parser.add_argument("--sizes", default="S,M,L1,L3", help="of S, M, L1, L3, L, with commas between")
    parser.add_argument("--large", action="store_true", help="add L")
    parser.add_argument("--seeds", type=int, default=3, help="how many problems of a size")
    parser.add_argument("--first", type=int, default=101, help="the first seed")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way runs")
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a rota may take")
    parser.add_argument("--search", action="store_true", help="add the search that needs no solver library (20 s)")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--no-show", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if unknown := set(options.sizes.split(",")) - SIZES.keys():
        parser.error(f"there is no size {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.rota", lock="requirements-tests.lock", window=False)
    sys.exit(main())
