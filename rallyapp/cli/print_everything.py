"""Printing everything that a day needs: each document as a file of its own, drawn in threads, written whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rallyapp import carried
from rallyapp.cli import print_choices as choices
from rallyapp.cli.print_ import not_noted, pages_of, write_noted
from rallyapp.cli.shell import answer, echo, fail, now, progress
from rallyapp.domain.plan import Plan
from rallyapp.domain.tells import LastPrint
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.files import check_target, is_pdf
from rallyapp.prints import everything, press, typeset
from rallyapp.prints.everything import Order, Ready
from rallyapp.prints.job import Per
from rallyapp.store import print_queries

MOST_THREADS = 2  # each holds a document's pages in memory
MANY = 20  # pages that are drawn before the memory that they took is let go, some megabytes each
LISTEN = 0.2  # seconds between two looks whether somebody pressed Ctrl+C: Windows hears it between two waits only


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that was written."""

    order: Order
    path: Path
    pages: int


def print_everything(store: Any, plan: Path, to: Path, asked: choices.Asked, json_: bool) -> None:
    """Print a day's documents into a folder, noting each file as it is written, and say what was made."""
    asked.refuse_for_everything()
    with store.snapshot():  # the version on the paper is that of what stands there
        version, outline = store.version, choices.outline(store)
        on = choices.day_meant(outline, asked.day, now().date())
        orders = tuple(order for order in everything.orders_of(outline, on) if not order.spare)
        if not orders:
            fail(f"There is nothing to print for {day_words(on)}.")
        parts = {per: print_queries.part_for(store, per, abouts) for per, abouts in everything.by_per(orders)}
        before = {
            order: print_queries.last_prints(store, order.document, order.audience, order.abouts) for order in orders
        }
    folder = _folder(to)
    paths = {order: folder / name for order, name in everything.file_names(orders, plan.stem, on).items()}
    for path in paths.values():
        check_target(path, ours=is_pdf, what="PDF", open_plan=plan)
    draw = drawer(parts, before, asked, version)
    files: list[_File] = []
    left_out: list[str] = []
    with progress("Printing", len(orders)) as tell:
        for number, (ready, data) in enumerate(drawn(orders, draw), start=1):
            if ready.batch is not None:
                write_noted(store, plan, paths[ready.order], data, ready.batch, asked.holder)
                files.append(_File(order=ready.order, path=paths[ready.order], pages=pages_of(data)))
            left_out += [f"{ready.order.words}: {why}" for why in ready.left_out]
            tell(number)
    files.sort(key=lambda file: orders.index(file.order))
    _say(store, plan, folder, day_words(on), version, files, left_out, json_)


def _folder(to: Path) -> Path:
    """Give the folder to print into, made where only it is missing."""
    if to.exists() and not to.is_dir():
        fail(f"\u201c{to.name}\u201d is a file: give the name of a folder to print everything into.")
    try:
        to.mkdir(exist_ok=True)
    except FileNotFoundError:
        fail(f"There is no folder \u201c{to.parent}\u201d.")
    except OSError as error:
        fail(f"The folder \u201c{to.name}\u201d could not be made: {error.strerror}.")
    return to


def drawer(
    parts: Mapping[Per, Plan], before: Mapping[Order, Mapping[str, LastPrint]], asked: choices.Asked, version: int
) -> Callable[[Order], tuple[Ready, bytes]]:
    """Make what writes and draws an order, in any thread."""
    rules, printed, look = carried.law(), now(), choices.look_of(asked)
    since_let_go = 0

    def draw(order: Order) -> tuple[Ready, bytes]:
        ready = everything.ready(
            parts[order.per],
            rules,
            order,
            printed=printed,
            version=version,
            before=before[order],
            look=everything.fitting(look, order.document),
        )
        data = press.pdf(ready.batch) if ready.batch is not None else b""
        nonlocal since_let_go
        since_let_go += pages_of(data)
        if since_let_go >= MANY:
            since_let_go = 0
            typeset.let_go()
        return ready, data

    return draw


def drawn(orders: Sequence[Order], draw: Callable[[Order], tuple[Ready, bytes]]) -> Iterator[tuple[Ready, bytes]]:
    """Draw orders in threads and give each as soon as it is done; Ctrl+C lets go of those that have not begun.

    Lists of everybody on a day may have hundreds of pages, all in memory at once: these come last, one by one.
    """
    long = [order for order in orders if order.per is Per.DAY]
    short = [order for order in orders if order.per is not Per.DAY]
    yield from _drawn(short, draw, min(MOST_THREADS, os.cpu_count() or 1))
    yield from _drawn(long, draw, 1)


def _drawn(
    orders: Sequence[Order], draw: Callable[[Order], tuple[Ready, bytes]], threads: int
) -> Iterator[tuple[Ready, bytes]]:
    with ThreadPoolExecutor(threads, thread_name_prefix="print") as pool:
        running: set[Future[tuple[Ready, bytes]]] = {pool.submit(draw, order) for order in orders}
        try:
            while running:
                done, running = wait(running, LISTEN, FIRST_COMPLETED)
                for each in done:
                    yield each.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _say(
    store: Any,
    plan: Path,
    folder: Path,
    day: str,
    version: int,
    files: Sequence[_File],
    left_out: Sequence[str],
    json_: bool,
) -> None:
    pages = sum(file.pages for file in files)
    if json_:
        told = [
            {
                "document": str(file.order.document),
                "audience": str(file.order.audience),
                "to": str(file.path),
                "pages": file.pages,
            }
            for file in files
        ]
        noted = {"version": version, "noted": not store.read_only}
        answer({"plan": str(plan), "day": day, **noted, "files": told, "left_out": list(left_out)})
        return
    for file in files:
        echo(f"{file.pages:5}  {file.path.name}")
    for why in left_out:
        echo(f"Left out: {why}")
    what = f"{counted(len(files), 'file')}, {counted(pages, 'page')}"
    echo(f"Printed everything for {day} into {folder} ({what}, version {version}).{not_noted(store)}")
