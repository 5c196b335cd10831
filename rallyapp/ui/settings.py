"""What the program keeps about itself between starts: the window's place, zoom, and light or dark.

Of a plan it keeps how its window was left, under a name that tells nothing; and, if its people want that, where the
plans are that were opened last (``recents``). A rep's laptop is often a ward's laptop.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings

from rallyapp.ui.recents import Recents
from rallyapp.ui.theme import Appearance


class Kept:
    """The kept settings; whatever can't be read is as if it had never been kept."""

    def __init__(self) -> None:
        """Open the settings file of this user of the laptop."""
        self._file = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "RallyApp", "window")
        self.recents = Recents(self._file)

    @property
    def place(self) -> QByteArray | None:
        """The window's size and place."""
        found = self._file.value("place")
        return found if isinstance(found, QByteArray) else None

    @place.setter
    def place(self, value: QByteArray) -> None:
        self._file.setValue("place", value)

    @property
    def zoom(self) -> int:
        """The zoom in per cent."""
        try:
            return int(str(self._file.value("zoom", 100)))
        except ValueError:
            return 100

    @zoom.setter
    def zoom(self, value: int) -> None:
        self._file.setValue("zoom", value)

    @property
    def appearance(self) -> Appearance:
        """Light, dark, or as the system is."""
        try:
            return Appearance(str(self._file.value("appearance", "system")))
        except ValueError:
            return Appearance.SYSTEM

    @appearance.setter
    def appearance(self, value: Appearance) -> None:
        self._file.setValue("appearance", str(value))

    # --------------------------------------------------------------------------------- how a plan was left
    def of_plan(self, path: Path) -> dict[str, Any]:
        """Give how the window of a plan was left: page, strike day, columns; nothing where it was never open here."""
        try:
            found = json.loads(str(self._file.value(self._name_of(path), "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def keep_of_plan(self, path: Path, kept: dict[str, Any]) -> None:
        """Keep how the window of a plan was left."""
        self._file.setValue(self._name_of(path), json.dumps(kept))

    def _name_of(self, path: Path) -> str:
        """Name a plan so that nobody who reads the settings learns its name or where it lies."""
        salt = str(self._file.value("salt", ""))
        if not salt:
            salt = secrets.token_hex(16)
            self._file.setValue("salt", salt)
        return "plans/" + hashlib.sha256(f"{salt} {path.absolute()}".encode()).hexdigest()[:20]
