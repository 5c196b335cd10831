"""The plans that were opened on this laptop, newest first, if its people want them remembered.

A plan's very name may say who is in a dispute, so the list is kept where only the owner of the account can read it,
one switch ends it, and what is forgotten leaves no trace in the settings.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings

from rallyapp.domain.frozen import frozen
from rallyapp.domain.times import clock, day_words

MOST = 10


@frozen(kw_only=False)
class Recent:
    """A plan that was opened here: where it is, and when that was."""

    path: Path
    opened: datetime

    @property
    def folder(self) -> str:
        """The folder as a person writes it, with ~ for their own."""
        folder = str(self.path.parent)
        home = str(Path.home())
        return "~" + folder[len(home) :] if folder == home or folder.startswith(home + os.sep) else folder

    def when(self, today: date) -> str:
        """Say when it was opened last, as short as can be: "today, 12:00", "Tue 1 Dec"."""
        day = self.opened.date()
        if day == today:
            return f"today, {clock(self.opened)}"
        if day == today - timedelta(days=1):
            return f"yesterday, {clock(self.opened)}"
        words = day_words(day)
        return words.removesuffix(f" {today.year}")


class Recents:
    """The list, kept among the program's settings; whatever can't be read is as if it had never been kept."""

    def __init__(self, file: QSettings) -> None:
        """Take the settings file."""
        self._file = file

    @property
    def on(self) -> bool:
        """Whether plans are remembered; turning it off forgets all of them."""
        return str(self._file.value("remember_plans", "true")).lower() != "false"

    @on.setter
    def on(self, wanted: bool) -> None:
        self._file.setValue("remember_plans", wanted)
        if not wanted:
            self._file.remove("recent_plans")
        self._write_through()

    def all(self) -> tuple[Recent, ...]:
        """List the plans, the one that was opened last first."""
        if not self.on:
            return ()
        try:
            found = json.loads(str(self._file.value("recent_plans", "[]")))
        except ValueError:
            return ()
        return tuple(_read(found if isinstance(found, list) else []))[:MOST]

    def remember(self, path: Path, at: datetime) -> None:
        """Put a plan at the top; ``at`` is local wall-clock time."""
        if self.on:
            others = [each for each in self.all() if each.path != path.absolute()]
            self._write([Recent(path.absolute(), at), *others][:MOST])

    def forget(self, path: Path) -> None:
        """Take a plan off the list; the file itself stays where it is."""
        self._write([each for each in self.all() if each.path != path.absolute()])

    def _write(self, kept: Iterable[Recent]) -> None:
        rows = [{"path": str(each.path), "opened": each.opened.isoformat(timespec="minutes")} for each in kept]
        if rows:
            self._file.setValue("recent_plans", json.dumps(rows))
        else:
            self._file.remove("recent_plans")
        self._write_through()

    def _write_through(self) -> None:
        """Put it on the disk now, for the owner's eyes alone."""
        self._file.sync()
        with contextlib.suppress(OSError):  # some disks know no owners
            os.chmod(self._file.fileName(), 0o600)


def _read(rows: Iterable[Any]) -> Iterable[Recent]:
    for row in rows:
        with contextlib.suppress(KeyError, TypeError, ValueError):
            yield Recent(Path(row["path"]), datetime.fromisoformat(row["opened"]))


def missing(paths: Iterable[Path]) -> frozenset[Path]:
    """Find the files that are not there any more; a disk that was taken out may answer late, so not on the main thread.

    A path is missing too where its folder may not be looked into.
    """
    return frozenset(path for path in paths if not os.path.isfile(path))
