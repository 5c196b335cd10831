"""What the search over everything offers for a text: what the plan holds, and what can be done."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from PySide6.QtGui import QAction, QKeySequence

from rallyapp.store.search import Found, words_of
from rallyapp.ui.frame import Frame
from rallyapp.ui.widgets.palette import Offer

_ICONS = {
    Found.DAY: "calendar-days",
    Found.PERSON: "user",
    Found.PLACE: "door-open",
    Found.SHIFT: "clock",
    Found.RALLY: "megaphone",
    Found.STALL: "store",
}
MOST_COMMANDS = 8  # beside what the plan holds


def offers(text: str, frame: Frame | None, actions: Iterable[QAction]) -> list[Offer]:
    """List what there is for a text; for none at all, everything that can be done now.

    ``actions`` are the window's; those of the page that is shown come before them.
    """
    words = words_of(text)
    commands = list(_commands(words, frame, actions))
    if frame is None or not words:
        return commands
    found = [
        Offer(
            group=str(hit.found),
            title=hit.title,
            note=hit.note,
            icon=_ICONS[hit.found],
            act=functools.partial(frame.desk.go_to, hit.concern),
        )
        for hit in frame.search.find(text)
    ]
    return found + commands[:MOST_COMMANDS]


def _commands(words: tuple[str, ...], frame: Frame | None, actions: Iterable[QAction]) -> Iterator[Offer]:
    here = [(action, "On this page") for action in frame.page.menu_actions()] if frame is not None else []
    for action, group in (*here, *((action, "Commands") for action in actions)):
        title = action.property("spoken") or plain(action.text())
        known = words_of(title)
        fits = all(any(each.startswith(word) for each in known) for word in words)
        if title and fits and action.isEnabled() and action.menu() is None:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            yield Offer(group=group, title=title, act=action.trigger, icon="chevron-right", keys=keys)


def plain(text: str) -> str:
    """Write a menu's text without the marks of its keys."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
