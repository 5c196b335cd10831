"""A person who is dragged over the timeline: thumbs up or down beside the shift under the pointer, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QPainter

from rallyapp.domain.ids import PersonId, ShiftId
from rallyapp.ui.widgets.timeline import floating

if TYPE_CHECKING:
    from rallyapp.ui.widgets.timeline.timeline import Timeline

PERSON_MIME = "application/x-rallyapp-person"


def person_in(data: QMimeData) -> PersonId | None:
    """Give the person that is dragged, None for anything else."""
    if not data.hasFormat(PERSON_MIME):
        return None
    return PersonId(bytes(data.data(PERSON_MIME).data()).decode("utf-8", errors="replace")) or None


class PersonDrop:
    """Asks once for each person and shift whether the one can be put on the other."""

    def __init__(self, timeline: Timeline) -> None:
        """Serve a timeline."""
        self._timeline = timeline
        self._asked: dict[tuple[PersonId, ShiftId], tuple[bool, str]] = {}
        self.shift: ShiftId | None = None
        self.answer: tuple[bool, str] = (True, "")
        self._near = QPoint()

    def forget(self) -> None:
        """Ask again: the day has changed."""
        self._asked.clear()

    def leave(self) -> None:
        """Nobody is dragged here any more."""
        self.shift = None
        self.forget()
        self._timeline.update()

    def over(self, event: QDragMoveEvent) -> bool:
        """Judge the shift under the pointer; say whether the person may be let go there."""
        person = person_in(event.mimeData())
        at = event.position().toPoint()
        self._near = at
        place = self._timeline.at.place_at(at) if person and self._timeline.at.view.writable else None
        self.shift = place.bar.id if place else None
        if place is not None and person is not None:
            key = (person, place.bar.id)
            if key not in self._asked:
                judge = self._timeline.verdict
                self._asked[key] = judge(*key) if judge else (True, "")
            self.answer = self._asked[key]
        self._timeline.update()
        return self.shift is not None and self.answer[0]

    def dropped(self, event: QDropEvent) -> tuple[PersonId, ShiftId] | None:
        """Give the person and the shift on to which they were let go, if they can be put there."""
        person = person_in(event.mimeData())
        taken = self.over(event)
        shift = self.shift
        self.leave()
        return (person, shift) if taken and person and shift else None

    def paint(self, painter: QPainter) -> None:
        """Paint the ring around the shift, and the answer beside it."""
        at = self._timeline.at
        place = at.layout.by_id.get(self.shift) if self.shift else None
        if place is None:
            return
        can, reason = self.answer
        box = at.rect(place)
        floating.ring(painter, box, "met" if can else "nobody", 3, 1)
        near = QPoint(self._near.x() + 4, box.bottom() - 10)
        tone, icon = ("met", "thumbs-up") if can else ("nobody", "thumbs-down")
        floating.words(painter, at.body, near, reason, icon=icon, ground=f"{tone}_ground", ink=tone)
