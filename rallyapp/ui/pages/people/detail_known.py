"""What the plan holds about somebody, all of it, in plain words; and what it never holds."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from rallyapp.domain.times import clock, day_words
from rallyapp.store.person_queries import Held
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.people.detail_part import Part
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button

NEVER = "No birth date, home address, member number, grade or health detail is kept, and there is nowhere to write one."
_COUNTED = {
    ("workplace", "person_id"): ("further workplace", "further workplaces"),
    ("person_skill", "person_id"): ("skill", "skills"),
    ("availability", "person_id"): ("stretch of time offered or ruled out", "stretches of time offered or ruled out"),
    ("cover", "person_id"): ("stretch when their work keeps them", "stretches when their work keeps them"),
    ("preference", "person_id"): ("preference of a site", "preferences of sites"),
    ("pair", "person_id"): ("pair with somebody", "pairs with somebody"),
    ("pair", "other_id"): ("pair that somebody has with them", "pairs that somebody has with them"),
    ("team_member", "person_id"): ("role in a rally\u2019s team", "roles in a rally\u2019s team"),
    ("assignment", "person_id"): ("place on a shift", "places on shifts"),
    ("attendance", "person_id"): ("mark that they came or were absent", "marks that they came or were absent"),
    ("contact_attempt", "person_id"): ("try at telling them of a stand-down", "tries at telling them of a stand-down"),
}


def known_lines(held: Held) -> Iterator[str]:
    """List in words everything that the plan holds about a person, table by table."""
    person = held.person
    own = ["their name", "how they stand to the union"]
    own += ["to which charity they belong"] if person.partner_id else []
    own += ["their workplace"] if person.workplace_id else []
    own += ["a telephone number"] if person.phone else []
    own += ["an e-mail address"] if person.email else []
    own += ["how to reach them", "whether they are 18 or over", "whether they have an access need"]
    own += ["whether they may be named", "whether they are a reserve", "whether they have left"]
    own += ["their limits"] if (person.max_minutes_day, person.max_minutes_total) != (None, None) else []
    yield _sentence(own)
    for key, count in held.counts.items():
        if count:
            one, many = _COUNTED.get(key, (f"row in {key[0]}", f"rows in {key[0]}"))
            yield f"{count:,} {one if count == 1 else many}{_more(key, held)}"
    times = {1: "once", 2: "twice"}.get(held.changes, f"{held.changes:,} times")
    yield f"In the history, their own details {times}, with what they were before"


def _sentence(parts: list[str]) -> str:
    return f"{parts[0][0].upper()}{', '.join(parts[:-1])[1:]} and {parts[-1]}"


def _more(key: tuple[str, str], held: Held) -> str:
    """Say more of the tables that are shown nowhere else in the detail."""
    if key == ("team_member", "person_id"):
        return ": " + ", ".join(f"{member.role} of {rally}" for member, rally in held.team)
    if key == ("contact_attempt", "person_id"):
        return ": " + ", ".join(
            f"{day_words(each.at.date())} {clock(each.at)} {each.outcome}" for each in held.attempts[:6]
        )
    if key == ("attendance", "person_id"):
        absent = sum(each.absent for each in held.attendance)
        return f" ({absent} absent)" if absent else ""
    return ""


class KnownPart(Part):
    """The list, to read to whoever asks what is held about them, and to copy for them."""

    def __init__(self, desk: Desk) -> None:
        """Make the list."""
        super().__init__(desk, "Known about them")
        self.list = Words("", Type.SMALL, wrap=True)
        self.list.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.never = Words(NEVER, Type.SMALL, ink="muted", wrap=True)
        self.copy = button("Copy this list", name="Copy what is known about them")
        self.copy.setProperty("link", True)
        self.copy.clicked.connect(self._copy)
        for widget in (self.list, self.never):
            self.add(widget)
        self.column.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignLeft)

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        self.list.setText("\n".join(f"\u2022 {line}." for line in known_lines(self.held)))
        self.list.setAccessibleName(self.list.text())

    def _copy(self) -> None:
        head = f"What this plan holds about {self.whose}"
        QGuiApplication.clipboard().setText(f"{head}\n{self.list.text()}\n{NEVER}")
        self.desk.messages.news(f"What is known about {self.whose} is copied.")
