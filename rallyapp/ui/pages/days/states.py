"""The states of a strike day in the window: a word, a colour and a sign each, and what leads from one to the next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from rallyapp.domain.disputes import MOVES, STOOD_DOWN_STATES, StrikeDay, StrikeDayMove, StrikeKind, StrikeState
from rallyapp.domain.times import clock, day_words
from rallyapp.ui import icons, theme
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.state import ground

TONES = {
    StrikeState.PLANNED: Tone.OFF,
    StrikeState.NOTIFIED: Tone.MET,
    StrikeState.ON: Tone.MET,
    StrikeState.HELD: Tone.OFF,
    StrikeState.SUSPENDED: Tone.SHORT,
    StrikeState.CALLED_OFF: Tone.NOBODY,
    StrikeState.SUPERSEDED: Tone.OFF,
}
SIGNS = {
    StrikeState.PLANNED: "circle-dashed",
    StrikeState.NOTIFIED: "badge-check",
    StrikeState.ON: "megaphone",
    StrikeState.HELD: "check",
    StrikeState.SUSPENDED: "timer",
    StrikeState.CALLED_OFF: "x",
    StrikeState.SUPERSEDED: "arrow-right",
}
_ORDER = (
    StrikeState.NOTIFIED,
    StrikeState.ON,
    StrikeState.HELD,
    StrikeState.PLANNED,
    StrikeState.SUSPENDED,
    StrikeState.CALLED_OFF,
    StrikeState.SUPERSEDED,
)


def state_words(state: StrikeState) -> str:
    """Write a state with a capital: "Called off"."""
    return state[0].upper() + state[1:]


def kind_options() -> list[tuple[str, object]]:
    """List the kinds of a strike day, each with a capital, to choose from."""
    return [(kind[0].upper() + kind[1:], kind) for kind in StrikeKind]


def before_standing_down(day: StrikeDay, steps: Sequence[StrikeDayMove]) -> StrikeState | None:
    """Say what a stood-down day was before, by its steps (oldest first); None where they do not tell."""
    if not day.stood_down:
        return None
    states = [step.from_state for step in reversed(steps) if step.to_state in STOOD_DOWN_STATES]
    return next((state for state in states if state is not None and state not in STOOD_DOWN_STATES), None)


def next_states(day: StrikeDay, back: StrikeState | None = None) -> list[StrikeState]:
    """List what a day can become: as it was before (``back``), as it goes forward, and stood down last."""
    return sorted((state for state in _ORDER if state in MOVES[day.state]), key=lambda state: state is not back)


def verb(day: StrikeDay, to: StrikeState, back: StrikeState | None = None) -> str:
    """Say in the imperative how a day gets to a state: "Suspend", "Mark as held", or "Reinstate" to what it was."""
    if back is not None and to is back:
        return "Reinstate"
    match to:
        case StrikeState.SUSPENDED:
            return "Suspend"
        case StrikeState.CALLED_OFF:
            return "Call off"
        case StrikeState.SUPERSEDED:
            return "Replace"
        case StrikeState.NOTIFIED:
            return "Fresh notice" if day.stood_down else "Notify"
        case StrikeState.ON:
            return "Mark as on"
        case StrikeState.HELD:
            return "Mark as held"
    return "Plan again" if day.stood_down else "Back to planned"


_COMES_TO = {
    StrikeState.PLANNED: "a fresh notice is still to come",
    StrikeState.NOTIFIED: "the employer has a fresh notice",
    StrikeState.ON: "on at once, jointly agreed or after a court order",
    StrikeState.CALLED_OFF: "over, unless it is called again",
    StrikeState.SUPERSEDED: "another day takes its place",
}


def comes_to(to: StrikeState, back: StrikeState | None) -> str:
    """Say in half a sentence what becomes of a stood-down day."""
    return f"{to} again, as it was before" if to is back else _COMES_TO[to]


def asks(day: StrikeDay, to: StrikeState) -> bool:
    """Say whether somebody has to say more: standing a day down asks why, bringing one back asks by what right."""
    return to in STOOD_DOWN_STATES or day.stood_down


def times_words(day: StrikeDay) -> str:
    """Write a day's times as short as they can be understood: 08:00-17:00, 08:00 to Wed 08:00, all day."""
    first, last = day_words(day.first_date), day_words(day.last_date)
    if day.first_date == day.last_date or day.start_time is None or day.end_time is None:
        return day.words.removeprefix(first).lstrip(", ") or "all day"
    near = (day.last_date - day.first_date).days < 7
    return f"{clock(day.start_time)} to {last[:3] if near else last[:-5]} {clock(day.end_time)}"


def chip_width(state: StrikeState) -> int:
    """Say how wide the chip of a state is."""
    return QFontMetrics(theme.font(Type.SMALL)).horizontalAdvance(state_words(state)) + theme.px(44)


def paint_chip(painter: QPainter, at: QRect, state: StrikeState) -> None:
    """Paint a state at the left of a place, in its middle: tint, edge, sign and word."""
    tone, high = TONES[state], theme.px(24)
    box = QRectF(at.left() + 0.5, at.center().y() - high / 2 + 0.5, min(chip_width(state), at.width()), high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(box, theme.px(5), theme.px(5))
    painter.fillPath(path, ground(tone))
    painter.setClipPath(path)
    if tone is Tone.SHORT:
        painter.fillRect(box, theme.hatch(theme.colour(tone)))
    if tone is not Tone.OFF:
        edge = theme.px(5 if tone is Tone.NOBODY else 3)
        painter.fillRect(QRectF(box.left(), box.top(), edge, high), theme.colour(tone))
    side = theme.px(14)
    icons.paint(painter, QRectF(box.left() + theme.px(11), box.center().y() - side / 2, side, side), SIGNS[state], tone)
    painter.setPen(theme.colour(tone))
    painter.setFont(theme.font(Type.SMALL))
    inner = box.adjusted(theme.px(31), 0, -theme.px(4), 0)
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, state_words(state))
    painter.restore()


class StateChip(QWidget):
    """The state of a day as a chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make it; ``show_state`` says which."""
        super().__init__(parent)
        self._state = StrikeState.PLANNED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_state(self, state: StrikeState) -> None:
        """Show a state."""
        self._state = state
        self.setAccessibleName(f"State: {state}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word needs."""
        return QSize(chip_width(self._state) + 2, theme.px(26))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        paint_chip(QPainter(self), self.rect(), self._state)

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
