"""How each document was printed last: for whose eyes, on which paper, in colour, in large print.

Large print is somebody's: it is not found again when the plan is opened next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rallyapp.prints.audience import Audience, Document, audiences
from rallyapp.prints.documents import MADE
from rallyapp.prints.job import Look, Paper


class KeptLooks:
    """What is remembered of each document; whatever does not fit is as if it had never been kept."""

    def __init__(self) -> None:
        """Begin with what is usual."""
        self._audiences: dict[Document, Audience] = {}
        self._looks: dict[Document, Look] = {}

    def audience(self, document: Document) -> Audience:
        """For whose eyes it was printed last, or usually is."""
        return self._audiences.get(document, audiences(document)[0])

    def look(self, document: Document) -> Look:
        """How it looked last, or usually does."""
        return self._looks.get(document, Look(paper=MADE[document].papers[0]))

    def keep(self, document: Document, audience: Audience, look: Look) -> None:
        """Remember a document's."""
        self._audiences[document], self._looks[document] = audience, look

    def settings(self) -> dict[str, Any]:
        """Give what is remembered as plain values."""
        return {
            str(document): {
                "audience": str(self.audience(document)),
                "paper": str(self.look(document).paper),
                "colour": self.look(document).colour,
            }
            for document in self._looks
        }

    def take_settings(self, kept: object) -> None:
        """Take what ``settings`` gave."""
        for document in Document:
            found = kept.get(str(document)) if isinstance(kept, Mapping) else None
            if isinstance(found, Mapping):
                self.keep(document, *_read(document, found))


def _read(document: Document, found: Mapping[str, Any]) -> tuple[Audience, Look]:
    made = MADE[document]
    audience = next((each for each in audiences(document) if each == found.get("audience")), audiences(document)[0])
    paper = next((each for each in made.papers if each == found.get("paper")), made.papers[0])
    return audience, Look(paper=Paper(paper), colour=found.get("colour") is not False)
