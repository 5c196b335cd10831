"""The sheet that most documents are: a head, a banner, blocks and a foot, drawn in one way for all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, cast

from rallyapp.prints.blocks import Block
from rallyapp.prints.typeset import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One piece of a document in plain values.

    Attributes:
        kind: what the document is ("Letter of authority"), small above the heading.
        heading: its biggest words: the entrance, the rally.
        owner: whose paper it is: union, branch, dispute.
        place: under the heading.
        when: the day in words, at the right.
        hours: the times of day under it.
        note: a quiet line under those.
        status: the banner's strong word; no banner where it is empty.
        status_words: the sentence beside it.
        off: whether it is stood down: the banner is then dark.
        phone: the duty phone at the banner's right.
        phone_of: who answers it.
        foot: what must be read on every page, bold above the page's number.
        flipped: whether the paper lies on its side.
    """

    kind: str
    heading: str
    owner: tuple[str, ...]
    blocks: tuple[Block, ...]
    place: str = ""
    when: str = ""
    hours: str = ""
    note: str = ""
    status: str = ""
    status_words: str = ""
    off: bool = False
    phone: str = ""
    phone_of: str = ""
    foot: str = ""
    flipped: bool = False

    def plain(self) -> dict[str, Any]:
        """Give the values for the layout: what stands in the head is a line each."""
        return cast(dict[str, Any], one_line(asdict(self), only=_LINES))


# Names and titles, in the head and in the blocks; what organisers wrote keeps its own lines.
_LINES = frozenset(
    {"kind", "heading", "place", "when", "hours", "note", "status", "status_words", "phone", "phone_of", "foot"}
    | {"title", "over", "name", "mark", "number", "label", "owner"}
)
