"""What the editor of one section of a rally is given to show, and what it must do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from rallyapp.domain.law import Jurisdiction, Rules
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import Concern, Problem
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stand_down import Status
from rallyapp.ui.desk import Desk
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.sheet_cells import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One rally as it is now: with everything that belongs to it, the law of its place, and what is wrong or lacking.

    ``problems`` and ``missing`` are those of the section that is shown; ``missing`` is what the printed plan says.
    """

    plan: Plan
    rally: Rally
    venue: Venue
    rules: Rules
    where: Jurisdiction
    status: Status
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()


class RallyPart(QWidget):
    """The editor of one section. It writes through the desk, hears of the change, and is shown the rally anew.

    One that ``scrolls`` grows downwards in a column that the page scrolls; the others fill the room there is.
    """

    section_wanted = Signal(int)  # the printed number of another section of the same rally
    field_wanted = Signal(int, str)  # such a number, and the field of a record in which something is to be typed

    scrolls: ClassVar[bool] = True

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__()
        self.desk = desk
        self.seen: Seen | None = None
        self._first: QWidget | None = None

    def setFocusProxy(self, first: QWidget | None) -> None:
        """Take what gets the keyboard when somebody comes to the section; no proxy of Qt's, which Tab would follow."""
        self._first = first

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keyboard to what comes first in the section."""
        (self._first or super()).setFocus(reason)

    def show_rally(self, seen: Seen) -> None:
        """Show a rally as it is now; what somebody is typing stays."""
        self.seen = seen

    def show_record(self, what: Concern) -> None:
        """Choose one of the section's records."""

    def show_field(self, name: str) -> None:
        """Put the keyboard into a field."""

    @property
    def unfinished(self) -> bool:
        """Say whether something stands in it that somebody typed and that is not in the plan."""
        typed = any(getattr(each, "half_typed", False) for each in self.findChildren(QWidget))
        wrong = any(not each.wrong.isHidden() for each in self.findChildren(Field))
        return typed or wrong or self.findChild(Line) is not None

    def settings(self) -> dict[str, Any]:
        """Give what is to be found again when the plan is opened next: plain values, no names."""
        return {}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave; whatever does not fit is passed over."""
