"""The command that builds a rota from a problem file, for programs that bring their own people and shifts."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from rallyapp.cli import stopping
from rallyapp.cli.shell import fail
from rallyapp.files import check_target, write_whole

if TYPE_CHECKING:
    from rallyapp.rota.solving.model import Model

MOST_WORKERS = 64
EXPLAINING = 10.0  # seconds; gaps that are left then are counted, no more


@click.command(short_help="Build the best rota for a problem file.")
@click.option("--in", "source", metavar="FILE", help="The rota problem (JSON); else it is read from standard input.")
@click.option(
    "--out",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where the rota goes; else standard output.",
)
@stopping.time_limit
@stopping.seed
@click.option(
    "--workers",
    metavar="NUMBER",
    type=str,
    callback=stopping.whole(1, MOST_WORKERS),
    default=min(2, os.cpu_count() or 1),
    show_default="2, where there are two",
    help="How many processors it may use; the rota is the same with one.",
)
@click.option(
    "--prove",
    is_flag=True,
    help="After people dropped out: solve everything again and prove it, not only around the places they left.",
)
def solve(source: str | None, target: Path | None, time_limit: float, seed: int, workers: int, prove: bool) -> None:
    """Build the best rota for a problem file, with a bound that proves how good it is.

    The problem is one JSON object and so is the answer: the rota, its cost, the bound (no rota costs less), whether
    it is proven best, every gap with its reason, and the seconds that building it took. Progress goes to standard
    error, a JSON object a line. A rota with gaps is an answer too: it leaves with 0.
    """
    if target is not None:
        check_target(target, ours=_is_rota, what="rota")
    with contextlib.ExitStack() as open_files:
        stream = _opened(source, open_files)
        # Before the clock starts, and only now: what loads a solver is no part of a mistyped name's wait.
        from rallyapp.rota.problem_file.reading import gather, read

        _load_solvers()
        try:
            data = gather(stream)
        except OSError as error:
            fail(f"The rota problem can't be read: {error.strerror}.")
    model = read(data)
    del data
    answer = stopping.stoppable(lambda stop: _answer(model, time_limit, seed, workers, prove, stop))
    text = json.dumps(answer) + "\n"
    if target is None:
        click.echo(text, nl=False)
    else:
        write_whole(target, text.encode(), ours=_is_rota, what="rota", private=True)


def _is_rota(head: bytes) -> bool:
    return head.startswith(b'{"rota": ')


def _opened(source: str | None, open_files: contextlib.ExitStack) -> BinaryIO:
    """Open what the problem is read from."""
    if source not in (None, "-"):
        assert source is not None
        name = Path(source).name[:60] or source
        try:
            return open_files.enter_context(open(source, "rb"))
        except FileNotFoundError:
            fail(f"There is no file \u201c{source}\u201d.")
        except IsADirectoryError:
            fail(f"\u201c{name}\u201d is a folder: give the name of a rota problem's file.")
        except (OSError, ValueError) as error:
            fail(f"\u201c{name}\u201d can't be read: {getattr(error, 'strerror', None) or error}.")
    if sys.stdin is None or sys.stdin.isatty():
        fail("Give a rota problem, with --in FILE or on standard input.")
    return sys.stdin.buffer


def _load_solvers() -> None:

    with contextlib.suppress(ImportError):  # there is none for some systems; the builder has another way there
        import highspy  # noqa: F401


def _answer(
    model: Model, time_limit: float, seed: int, workers: int, prove: bool, stop: Callable[[], bool]
) -> dict[str, Any]:
    from rallyapp.rota.solving.solve import solve as build
    from rallyapp.rota.why.explain import explain

    found = build(
        model, time_limit=time_limit, seed=seed, workers=workers, progress=_tell, stop=stop, prove=prove or None
    )
    gaps = [
        {
            "shift": model.openings[gap.opening].id,
            "need": "heads" if gap.skill is None else model.skills[gap.skill],
            "missing": gap.missing,
            "why": gap.why.as_json(model),
        }
        for gap in explain(model, found.places, until=time.perf_counter() + EXPLAINING)
    ]
    return {
        "rota": [[model.people[person], model.openings[opening].id] for person, opening in found.places],
        "cost": found.cost,
        "bound": found.bound,
        "optimal": found.optimal,
        "gaps": gaps,
        "seconds": round(found.seconds, 6),
    }


def _tell(cost: int | None, bound: int, seconds: float) -> None:
    with contextlib.suppress(OSError):  # that nobody listens is no reason to stop
        click.echo(json.dumps({"cost": cost, "bound": bound, "seconds": round(seconds, 3)}), err=True)
