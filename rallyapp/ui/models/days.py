"""Strike days as cards: one row a day, with how full its picket shifts are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.times import clock, day_words
from rallyapp.store.queries import DayFill
from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.keyed import Rows

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole


@frozen
class DayCard:
    """What a strike day's card says."""

    id: StrikeDayId
    day: str
    times: str
    kind: str
    state: str
    on: bool
    shifts: int
    heads: int
    wished: int
    missing: int
    empty: int

    @property
    def tone(self) -> Tone:
        """How full the day is, by its worst shift."""
        if not self.on:
            return Tone.OFF
        if self.empty and self.missing:
            return Tone.NOBODY
        return Tone.SHORT if self.missing else Tone.MET

    @property
    def filled(self) -> str:
        """How many places are filled, in words."""
        if not self.shifts:
            return "No picket shifts"
        return f"{self.heads:,} of {self.wished:,} places filled"

    @property
    def lack(self) -> str:
        """What the day lacks, in words; nothing where it lacks nothing."""
        match self.tone:
            case Tone.OFF:
                return "Stood down"
            case Tone.NOBODY:
                return f"{self.empty:,} {'shift' if self.empty == 1 else 'shifts'} with nobody"
            case Tone.SHORT:
                return f"{self.missing:,} short"
        return "No gaps" if self.shifts else ""

    @property
    def spoken(self) -> str:
        """The whole card as one sentence."""
        said = f"{self.day}, {self.times}, {self.kind}, {self.state}: {self.filled}"
        return f"{said}, {self.lack[0].lower()}{self.lack[1:]}" if self.lack else said


def day_card(day: StrikeDay, fill: DayFill | None) -> DayCard:
    """Make a day's card of the day and how full it is."""
    first = day_words(day.first_date)
    return DayCard(
        id=day.id,
        day=first,
        times=_times(day),
        kind=str(day.kind),
        state=str(day.state),
        on=not day.stood_down,
        shifts=fill.shifts if fill else 0,
        heads=fill.heads if fill else 0,
        wished=fill.wished if fill else 0,
        missing=fill.missing if fill else 0,
        empty=fill.empty if fill else 0,
    )


def _times(day: StrikeDay) -> str:
    """Write a day's times as short as they can be understood: 08:00–17:00, 08:00 to Wed 08:00, all day."""
    first, last = day_words(day.first_date), day_words(day.last_date)
    if day.first_date == day.last_date or day.start_time is None or day.end_time is None:
        return day.words.removeprefix(first).lstrip(", ") or "all day"
    near = (day.last_date - day.first_date).days < 7
    return f"{clock(day.start_time)} to {last[:3] if near else last[:-5]} {clock(day.end_time)}"


class DayModel(QAbstractListModel):
    """The strike days of a plan, in order of time."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[DayCard] = Rows(self)

    def show(self, cards: Sequence[DayCard]) -> None:
        """Show these days."""
        self.rows.show(cards)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the days."""
        return 0 if parent.isValid() else len(self.rows.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a card, or what it says."""
        if not index.isValid():
            return None
        card = self.rows.all[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return theme.plain_tip(card.spoken)
        return None
