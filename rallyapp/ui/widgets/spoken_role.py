"""Tells screen readers what a widget is that Qt has no role for: without, it would be an unnamed area."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import Shiboken

# Python has to keep what it gave to Qt until Qt has deleted it, which happens when the widget is destroyed.
_made: list[QAccessibleWidget] = []
_installed: list[object] = []


def speak_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Let a widget be spoken of in a role; its name and description stay those that it has."""
    if not _installed:
        _installed.append(_factory)
        QAccessible.installFactory(_factory)
    widget.spoken_role = role  # type: ignore[attr-defined]


def _factory(kind: str, asked: QObject) -> QAccessibleInterface | None:
    role = getattr(asked, "spoken_role", None)
    if not isinstance(asked, QWidget) or role is None:
        return None
    _made[:] = [each for each in _made if Shiboken.isValid(each)]
    made = QAccessibleWidget(asked, role)
    _made.append(made)
    return made
