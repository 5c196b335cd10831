"""What takes time: off the main thread, told how far, cancelled on the way, and never started twice.

The window's only way to run a coroutine. A thread is handed frozen records and hands back records; only
the main thread reads and writes the plan.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")

_waiting: list[Callable[[], None]] = []  # jobs that were started before the loop was


def _loop() -> asyncio.AbstractEventLoop | None:
    """Give the loop, if it runs already: the window is painted before asyncio is so much as imported."""
    asyncio = sys.modules.get("asyncio")
    return asyncio._get_running_loop() if asyncio is not None else None


def begin() -> None:
    """Start what waits for the loop, which runs now."""
    while _waiting:
        _waiting.pop(0)()


class Cancelled(Exception):
    """The person cancelled what was running, or closed the window."""


class Progress:
    """Carries how far a thread is to the main thread, and the wish to stop back to it."""

    def __init__(self, told: Callable[[int], None] | None = None) -> None:
        """Take what is to be told, on the main thread, each time another per cent is done."""
        self._told = told
        self._stop = threading.Event()
        self._per_cent = -1
        loop = _loop()
        assert loop is not None
        self._loop = loop

    def cancel(self) -> None:
        """Stop the thread at its next word."""
        self._stop.set()

    def __call__(self, done: int, total: int) -> None:
        """Say, from the thread, how many of how many are done; raises Cancelled where nobody waits any more."""
        if self._stop.is_set():
            raise Cancelled
        per_cent = 100 * done // max(total, 1)
        if per_cent != self._per_cent and self._told and not self._loop.is_closed():
            self._per_cent = per_cent
            self._loop.call_soon_threadsafe(self._tell, per_cent)

    def _tell(self, per_cent: int) -> None:
        if self._told and not self._stop.is_set():
            self._told(per_cent)


class Jobs:
    """The coroutines of one window, by name. What goes wrong in one is handed to ``failed``."""

    def __init__(self, failed: Callable[[Exception], None]) -> None:
        """Take what is told of an error."""
        self._failed = failed
        self._running: dict[str, asyncio.Task[None] | None] = {}  # None for one that waits for the loop
        self._progress: dict[str, Progress] = {}
        self._told: dict[str, list[Callable[[], None]]] = {}
        self._steps: set[asyncio.Task[Any]] = set()
        self._after: list[Callable[[], object]] = []

    def start(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> bool:
        """Start a job; a second click, while one of that name runs, starts nothing and gives False.

        One that is started before the loop runs begins with it.
        """
        if name in self._running:
            return False
        self._running[name] = None
        self._tell(name)
        if _loop() is None:
            _waiting.append(lambda: self._begin(name, work))
        else:
            self._begin(name, work)
        return True

    def _begin(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        loop = _loop()
        if loop is not None and name in self._running:  # it was not cancelled meanwhile
            self._running[name] = loop.create_task(self._run(name, work))

    async def _run(self, name: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except Cancelled:
            pass
        except Exception as error:
            self._failed(error)
        finally:
            self._running.pop(name, None)
            self._progress.pop(name, None)
            self._tell(name)

    def _tell(self, name: str) -> None:
        for told in self._told.get(name, ()):
            told()

    def listen(self, name: str, told: Callable[[], None]) -> None:
        """Let somebody hear each time that a job of that name starts or ends."""
        self._told.setdefault(name, []).append(told)

    async def through(self, step: Coroutine[Any, Any, T]) -> T:
        """Take a step to its end, even where the job that takes it is cancelled on the way."""
        import asyncio

        task = asyncio.ensure_future(step)
        self._steps.add(task)
        task.add_done_callback(self._stepped)
        return await asyncio.shield(task)

    def _stepped(self, task: asyncio.Task[Any]) -> None:
        self._steps.discard(task)
        while self._after and not self._steps:
            self._after.pop(0)()

    def after_steps(self, do: Callable[[], object]) -> None:
        """Do something as soon as no step is on its way: now, where none is."""
        if self._steps:
            self._after.append(do)
        else:
            do()

    def runs(self, name: str) -> bool:
        """Say whether a job of that name runs."""
        return name in self._running

    def tells(self, name: str) -> bool:
        """Say whether a job of that name is at work, and not only asking something first."""
        return name in self._progress

    @property
    def busy(self) -> bool:
        """Say whether any job runs."""
        return bool(self._running)

    def progress(self, name: str, told: Callable[[int], None] | None = None) -> Progress:
        """Make the progress of a job, which ``cancel`` and the end of the window stop."""
        made = self._progress[name] = Progress(told)
        return made

    def cancel(self, name: str) -> None:
        """Stop a job at its next word."""
        if name in self._progress:
            self._progress[name].cancel()

    def cancel_all(self) -> None:
        """Stop everything: the window closes."""
        for progress in self._progress.values():
            progress.cancel()
        for name, task in list(self._running.items()):
            if task is None:
                del self._running[name]
            else:
                task.cancel()


async def in_thread(work: Callable[..., T], *given: Any) -> T:
    """Run a function off the main thread. It gets frozen records and must not touch the plan or the window."""
    import asyncio

    return await asyncio.to_thread(work, *given)
