"""When somebody's work keeps them: emergency cover, on call, finishing a shift, recalled; never why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.domain.ids import CoverId, new_id
from rallyapp.domain.people import Cover, CoverKind
from rallyapp.domain.times import MIDNIGHT, Span, clock, day_words
from rallyapp.domain.typed_offers import typed_stretch
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.people.detail_part import Part, Rows, show_in, unlabelled
from rallyapp.ui.pages.people.detail_person import first_up
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, TextField
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.unfinished import left_of
from rallyapp.ui.widgets.words import Words

_KINDS = [(first_up(kind), kind) for kind in CoverKind]


def stretch_words(span: Span) -> str:
    """Write a stretch with its days, so that it can be read again: "Tue 1 Dec 20:00 - Wed 2 Dec 08:00"."""
    start, end = span.start, span.end
    first, last = day_words(start.date()), day_words(end.date())
    if start.year == end.year:
        first, last = first[:-5], last[:-5]
    if start.time() == end.time() == MIDNIGHT and end - start == timedelta(days=1):
        return f"{first} all day"
    if start.date() == end.date():
        return f"{first} {clock(start)}\u2013{clock(end)}"
    return f"{first} {clock(start)} \u2013 {last} {clock(end)}"


class CoverRow(QWidget):
    """One stretch of duty: what it is, when, and who verified it."""

    kind_chosen = Signal(object)
    typed = Signal(object)
    verified = Signal(object)
    removed = Signal()

    def __init__(self) -> None:
        """Make the fields."""
        super().__init__()
        self.kind = ChoiceField("What keeps them", _KINDS)
        self.times = TextField("When their work keeps them", placeholder="Tue 1/12 20:00 to Wed 2/12 08:00")
        self.by = TextField("Verified by", placeholder="Verified by")
        self.remove = IconButton("trash", "Take this away", flat=True, ink="muted")
        for field in (self.kind, self.times, self.by):
            unlabelled(field)
        top = QHBoxLayout()
        top.setSpacing(theme.px(4))
        top.addWidget(self.kind, 1)
        top.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(top)
        column.addWidget(self.times)
        column.addWidget(self.by)
        column.addWidget(hairline())
        self.kind.committed.connect(self.kind_chosen)
        self.times.committed.connect(self.typed)
        self.by.committed.connect(self.verified)
        self.remove.clicked.connect(self.removed)

    def show_cover(self, cover: Cover) -> None:
        """Show a duty."""
        show_in(self.kind, cover.kind, anew=False)
        show_in(self.times, stretch_words(cover.span), anew=False)
        show_in(self.by, cover.verified_by, anew=False)
        self.by.setVisible(cover.kind.blocks or bool(cover.verified_by))
        self.remove.setAccessibleName(f"Take away: {cover.kind}, {stretch_words(cover.span)}")

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for widget in (self.kind.entry, self.times.entry, self.by.entry, self.remove):
            widget.setEnabled(writable)


class WorkPart(Part):
    """The duties of a person, each a row, and a row to add one."""

    def __init__(self, desk: Desk) -> None:
        """Make the row to add one."""
        super().__init__(desk, "Work keeps them")
        self.rows: Rows[CoverRow] = Rows(self._row, lambda row, cover: row.show_cover(cover), gap=8)
        self.new_kind = ChoiceField("Add what keeps them", _KINDS)
        self.new_kind.show_value(CoverKind.EMERGENCY_COVER)
        self.new_times = TextField("From and to", placeholder="Tue 1/12 20-8")
        self.new_by = TextField("Verified by", placeholder="Who confirmed the recall")
        self.new_by.hide()
        self.new_kind.committed.connect(lambda kind: self.new_by.setVisible(kind is CoverKind.RECALLED))
        self.new_times.committed.connect(self._add)
        self.new_by.committed.connect(lambda name: self._add(self.new_times.text) if self.new_times.text else None)
        for widget in (self.rows, self.new_kind, self.new_times, self.new_by):
            self.add(widget)
        self.add(
            Words(
                "Emergency cover, on call, finishing a shift and recalled keep somebody from a picket. "
                "Never write down why.",
                Type.SMALL,
                ink="muted",
                wrap=True,
            )
        )

    def fill(self, anew: bool) -> None:
        """Show the person."""
        assert self.held is not None
        if anew:
            self.new_times.show_value("")
            self.new_by.show_value("")
            for row in self.rows.by_id.values():
                row.times.show_value("")
        self.rows.show_records(self.held.covers)

    def left_behind(self) -> Iterator[str]:
        """Say which duty was not moved or added."""
        known = {cover.id: cover for cover in self.held.covers} if self.held else {}
        moves = [
            (row.times, f"{known[id].kind} of {self.whose} was left as it was")
            for id, row in self.rows.by_id.items()
            if id in known
        ]
        added = f"nothing was added for {self.whose}"
        return left_of([*moves, (self.new_times, added), (self.new_by, added)])

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read."""
        for field in (self.new_kind, self.new_times):
            field.setVisible(writable)
        for row in self.rows.by_id.values():
            row.set_writable(writable)

    def _row(self, cover: Cover) -> CoverRow:
        made = CoverRow()
        made.set_writable(self.desk.writable)
        made.kind_chosen.connect(lambda kind: self._kind(self._cover(cover.id), kind))
        made.typed.connect(lambda text: self._times(self._cover(cover.id), made, text))
        made.verified.connect(lambda name: self._verify(self._cover(cover.id), name))
        made.removed.connect(lambda: self._remove(self._cover(cover.id)))
        return made

    def _cover(self, id: str) -> Cover:
        assert self.held is not None
        return next(cover for cover in self.held.covers if cover.id == id)

    def _kind(self, cover: Cover, kind: CoverKind) -> None:
        self.change(f"Change {cover.kind} of {self.whose} to {kind}", cover, kind=kind)

    def _times(self, cover: Cover, row: CoverRow, text: str) -> None:
        try:
            span = typed_stretch(text, near=cover.starts.date(), days=self.around.dates)
        except ValueError as error:
            row.times.say_wrong(f"{error}.")
            return
        row.times.show_value(stretch_words(span))
        if span != cover.span:
            words = f"Move {cover.kind} of {self.whose} to {stretch_words(span)}"
            self.change(words, cover, starts=span.start, ends=span.end)

    def _verify(self, cover: Cover, name: str) -> None:
        at = self.desk.now().replace(second=0, microsecond=0) if name else None
        words = f"Note who verified {cover.kind} of {self.whose}"
        self.change(words, cover, verified_by=name, verified_at=at)

    def _remove(self, cover: Cover) -> None:
        self.write(f"Take away {cover.kind} of {self.whose}", lambda edit: edit.delete(cover))

    def _add(self, text: str) -> None:
        if not text:
            return
        kind = self.new_kind.value
        by = self.new_by.text.strip() if kind is CoverKind.RECALLED else ""
        near = next(iter(self.around.dates), self.desk.today())
        try:
            span = typed_stretch(text, near=near, days=self.around.dates)
        except ValueError as error:
            self.new_times.say_wrong(f"{error}.")
            return
        if kind is CoverKind.RECALLED and not by:
            self.new_by.say_wrong("Write who verified the recall: only then does it count.")
            self.new_by.setFocus()
            return
        made = Cover(id=CoverId(new_id()), person_id=self.person.id, kind=kind, starts=span.start, ends=span.end)
        if by:
            made = replace(made, verified_by=by, verified_at=self.desk.now().replace(second=0, microsecond=0))

        def write(edit: Edit) -> None:
            edit.save(made)

        if self.write(f"Add {kind} for {self.whose}, {stretch_words(span)}", write):
            self.new_times.show_value("")
            self.new_by.show_value("")
