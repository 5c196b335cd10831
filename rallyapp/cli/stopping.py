"""Long work that can be stopped: how long it may take, and Ctrl+C while a solver computes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import NoReturn, TypeVar

import click

T = TypeVar("T")

LONGEST = 24 * 3600.0  # seconds
SEEDS = 2**31 - 1
GRACE = 2.0  # seconds that a builder gets to hear that it is to stop


def seconds(context: click.Context, option: click.Parameter, value: str | float) -> float:
    """Read a number of seconds that an option of type str gave; else say in a sentence what it must be."""
    try:
        found = float(value)
    except ValueError:
        found = 0.0
    if not 0 < found <= LONGEST:  # which "nan" is not either
        raise _wrong(context, option, value, f"more than 0 and at most {LONGEST:,.0f} seconds")
    return found


def whole(least: int, most: int) -> Callable[[click.Context, click.Parameter, str | int], int]:
    """Make what reads a whole number, within limits, that an option of type str gave."""

    def read(context: click.Context, option: click.Parameter, value: str | int) -> int:
        try:
            found = int(value)
        except ValueError:
            found = least - 1
        if not least <= found <= most:
            raise _wrong(context, option, value, f"a whole number from {least:,} to {most:,}")
        return found

    return read


def _wrong(context: click.Context, option: click.Parameter, value: str | float, wanted: str) -> click.UsageError:
    return click.UsageError(f"{option.opts[0]} must be {wanted}, not \u201c{value}\u201d.", context)


time_limit = click.option(
    "--time-limit",
    metavar="SECONDS",
    type=str,
    default=60.0,
    show_default=True,
    callback=seconds,
    help="Take the best rota found by then; reading and explaining come on top.",
)
seed = click.option(
    "--seed",
    metavar="NUMBER",
    type=str,
    callback=whole(0, SEEDS),
    default=1,
    show_default=True,
    help="Another number may give another rota that is as good; the same gives the same.",
)


def stoppable(work: Callable[[Callable[[], bool]], T]) -> T:
    """Do something long in a thread of its own, so that Ctrl+C is heard while a solver computes.

    ``work`` is given a function that says whether to stop. KeyboardInterrupt comes out once it has.
    """
    stopped = threading.Event()
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(work(stopped.is_set))
        except BaseException as error:
            outcome.set_exception(error)

    try:
        threading.Thread(target=run, daemon=True).start()
        while not wait([outcome], 0.2).done:  # Windows hears Ctrl+C only between two waits
            pass
    except KeyboardInterrupt:
        stopped.set()
        with contextlib.suppress(KeyboardInterrupt):
            wait([outcome], GRACE)
        if not outcome.done():
            _leave()
        raise
    return outcome.result()


def _leave() -> NoReturn:
    """End at once: an orderly end would take the solver's memory away while it still computes."""
    click.echo("Stopped.", err=True)
    os._exit(130)
