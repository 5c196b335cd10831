"""How far a fill is, and then its proposal: what would come and go, what stays empty and why, accepted or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from rallyapp.domain.ids import AssignmentId
from rallyapp.domain.pickets import Shift
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rota.filling import ALL, Filling, Proposed, Stage, marks_of, shift_words, summary, where_words
from rallyapp.ui.staffing.line_paint import SIDE
from rallyapp.ui.staffing.lines import Line
from rallyapp.ui.staffing.people_list import PeopleList, inset
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Section, Segments
from rallyapp.ui.widgets.state import paint_bar
from rallyapp.ui.widgets.words import Words, button

if TYPE_CHECKING:
    from rallyapp.rota.fill import Proposal
    from rallyapp.rota.reasons import Explanation, Gap

JOB = "whys"
_AT_ONCE = 6  # gaps explained before they are shown


class ProposalPanel(QWidget):
    """What stands beside the rota while it is filled, and until the proposal is accepted or discarded."""

    marks_changed = Signal(object)  # {shift: marks} to be laid over the rota
    shifts_wanted = Signal(object)

    def __init__(self, desk: Desk, filling: Filling) -> None:
        """Follow a filling."""
        super().__init__()
        self._desk, self._filling = desk, filling
        self._shown: Proposed | None = None
        self._wanted: set[AssignmentId] = set()
        self._lines: list[Line] = []
        self._at: dict[str, int] = {}
        self._whys: dict[int, str] = {}
        self.setAccessibleName("Fill rota")
        self.section = Section("Fill rota", gap=8)
        self.title = Words("", Type.HEADING, wrap=True)
        self.words = Words("", ink="muted", wrap=True)
        self.bar = _Bar()
        self.accept = button("Accept", primary=True, tip="Enter")
        self.accept.clicked.connect(self._accept)
        self.again = button("Fill again", primary=True)
        self.again.clicked.connect(filling.again)
        self.enough = button("Take what there is", tip="Stop searching, and propose the best rota found so far")
        self.enough.clicked.connect(filling.enough)
        self.leave = button("Discard")
        self.leave.clicked.connect(self._leave)
        self.views = Segments([("Places", "places"), ("Gaps", "gaps"), ("Away", "away")], "What the proposal says")
        self.views.chosen.connect(self._show_view)
        self.places = PeopleList("What would be changed", fits=False)
        self.places.tick_wanted.connect(self.toggle)
        self.places.opened.connect(self._open)
        self.gaps = PeopleList("Places that stay empty", fits=False)
        self.away = PeopleList("People who can\u2019t be there", fits=False)
        for each in (self.gaps, self.away):
            each.acted.connect(self._open)
            each.opened.connect(self._open)
        self._lay_out()
        filling.changed.connect(self._show)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.title, self.words, self.bar):
            self.section.add(part)
        column.addLayout(inset(self.section))
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(SIDE), 0, theme.px(SIDE), 0)
        row.setSpacing(theme.px(8))
        for part in (self.accept, self.again, self.enough, self.leave):
            row.addWidget(part)
        row.addStretch()
        column.addLayout(row)
        column.addLayout(inset(self.views))
        self._lists = QWidget()
        self._stack = QStackedLayout(self._lists)
        self._stack.setContentsMargins(0, 0, 0, 0)
        for each in (self.places, self.gaps, self.away):
            self._stack.addWidget(each)
        self._lists.setMinimumHeight(theme.px(260))
        self._lists.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        column.addWidget(self._lists, 1)
        self._rest = QWidget()
        column.addWidget(self._rest, 1)

    # -------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        filling, stage = self._filling, self._filling.stage
        if stage not in (Stage.PROPOSED, Stage.IDLE):
            self.views.hide()
        for part, stages in (
            (self.bar, (Stage.RUNNING,)),
            (self.enough, (Stage.RUNNING,)),
            (self.again, (Stage.OUTDATED,)),
            (self.accept, (Stage.PROPOSED,)),
            (self._lists, (Stage.PROPOSED,)),
            (self._rest, (Stage.RUNNING, Stage.OUTDATED)),
        ):
            part.setVisible(stage in stages or (stage is Stage.IDLE and part.isVisible()))
        if stage is Stage.RUNNING:
            self.title.setText(f"Filling {filling.scope.words}")
            self.words.setText(filling.words)
            self.enough.setEnabled(filling.cost is not None)
            self.bar.show_share(filling.per_cent / 100)
            self._name_leave("Cancel")
        elif stage is Stage.OUTDATED:
            self.title.setText("The plan was changed meanwhile")
            self.words.setText(f"Nothing was written. Fill {filling.scope.words} again to see what fits now.")
            self._name_leave("Close")
        if filling.proposed is not self._shown:
            self._shown = filling.proposed
            self._show_proposal()

    def _name_leave(self, words: str) -> None:
        self.leave.setText(words)
        self.leave.setAccessibleName(words)

    def _show_proposal(self) -> None:
        shown = self._shown
        self._whys = {}
        if shown is None:
            for each in (self.places, self.gaps, self.away):
                each.show_lines(())
            self._lines, self._wanted = [], set()
            self.marks_changed.emit({})
            return
        proposal = shown.proposal
        self._name_leave("Discard" if proposal.any else "Close")
        self.title.setText(summary(proposal))
        bound = f", at best {proposal.bound:,}" if 0 < proposal.bound < proposal.cost else ""
        self.words.setText(f"{proposal.sentence} Cost {proposal.cost:,}{bound}.")
        self._wanted = {row.id for row in shown.rows}
        self._lines = list(shown.lines)
        self._at = {line.id: place for place, line in enumerate(self._lines)}
        self.places.show_lines(self._lines)
        self._show_gaps()
        self._show_away()
        missing = sum(gap.missing for gap in proposal.gaps)
        for value, words, count in (
            ("places", "Places", len(shown.rows)),
            ("gaps", "Gaps", missing),
            ("away", "Away", len(proposal.absent)),
        ):
            self.views.buttons[value].setText(f"{words} {count:,}")
            self.views.buttons[value].setVisible(bool(count))
        self.views.setVisible(bool(proposal.gaps or proposal.absent))
        first = "places" if proposal.any else "gaps" if proposal.gaps else "away"
        self.views.choose(first)
        self._show_view(first)
        self._say_accepted()
        (self.accept if proposal.any else self.leave).setFocus(Qt.FocusReason.OtherFocusReason)
        if proposal.gaps:
            self._desk.jobs.start(JOB, self._explain)

    def _show_view(self, view: object) -> None:
        self._stack.setCurrentWidget({"places": self.places, "gaps": self.gaps, "away": self.away}[str(view)])

    def _say_accepted(self) -> None:
        shown = self._shown
        if shown is None:
            return
        saved = sum(row.id in self._wanted for row in shown.proposal.saved)
        gone = len(self._wanted) - saved
        words = f"Accept {saved:,} {'place' if saved == 1 else 'places'}"
        if not saved and gone:
            words = f"Take {gone:,} back"
        self.accept.setText(words)
        self.accept.setAccessibleName(words)
        self.accept.setEnabled(bool(self._wanted))
        self.accept.setVisible(shown.proposal.any)
        self.marks_changed.emit(marks_of(shown, self._wanted))

    # ---------------------------------------------------------------------------------------------- ticks
    @property
    def wanted(self) -> frozenset[AssignmentId]:
        """What is ticked: the rows of the proposal that would be written."""
        return frozenset(self._wanted)

    def toggle(self, id: str) -> None:
        """Accept or leave out a row with what belongs to it, a shift, or everything."""
        if self._shown is None:
            return
        rows = self._rows_of(id)
        linked = {each for row in rows for each in self._shown.units[row]}
        if all(row in self._wanted for row in rows):
            self._wanted -= linked
        else:
            self._wanted |= linked
        self._tick(linked)
        self._say_accepted()

    def _rows_of(self, id: str) -> list[AssignmentId]:
        assert self._shown is not None
        if id == ALL:
            return [row.id for row in self._shown.rows]
        if id.startswith("="):
            return [row.id for row in self._shown.rows if row.shift_id == id[1:]]
        return [AssignmentId(id)]

    def _tick(self, rows: set[AssignmentId]) -> None:
        """Show what is ticked, in the rows that may have changed."""
        assert self._shown is not None
        by_shift: dict[str, list[bool]] = {}
        touched = {row.shift_id for row in self._shown.rows if row.id in rows}
        for row in self._shown.rows:
            if row.id in rows:
                self._change(row.id, ticked=row.id in self._wanted)
            if row.shift_id in touched:
                by_shift.setdefault(f"={row.shift_id}", []).append(row.id in self._wanted)
        for heading, ticks in by_shift.items():
            self._change(heading, ticked=any(ticks), half=any(ticks) and not all(ticks))
        some = bool(self._wanted)
        self._change(ALL, ticked=some, half=some and len(self._wanted) < len(self._shown.rows))
        self.places.show_lines(self._lines)

    def _change(self, id: str, *, ticked: bool, half: bool = False) -> None:
        place = self._at[id]
        self._lines[place] = replace(self._lines[place], ticked=ticked, half=half)

    # ----------------------------------------------------------------------------------------------- gaps
    def _show_gaps(self) -> None:
        shown = self._shown
        if shown is None:
            return
        days = {shown.plan.get(Shift, gap.shift_id).starts.date() for gap in shown.proposal.gaps}
        sites = {where_words(shown.plan, gap.shift_id, day=False) for gap in shown.proposal.gaps}
        some = len(days) > 1 or len(sites) > 1
        wheres = [
            f" at {where_words(shown.plan, gap.shift_id, day=len(days) > 1)}" if some else ""
            for gap in shown.proposal.gaps
        ]
        self.gaps.show_lines(
            [
                Line(
                    id=f"{place} {gap.shift_id}",
                    title=shift_words(shown.plan, gap.shift_id),
                    against=f"{gap.short[0].upper()}{gap.short[1:]}{wheres[place]}",
                    note=self._whys.get(place, "Looking why\u2026"),
                    tone="nobody",
                    first=True,
                    act="arrow-right",
                    does="Go to this shift",
                )
                for place, gap in enumerate(shown.proposal.gaps)
            ]
        )

    async def _explain(self) -> None:
        """Say why each gap is one, a few at a time, for as long as the proposal stands."""
        while (shown := self._shown) is not None:
            gaps = shown.proposal.gaps
            todo = [place for place in range(len(gaps)) if place not in self._whys][:_AT_ONCE]
            if not todo:
                return
            found = await in_thread(_whys, shown.proposal, [gaps[place] for place in todo])
            if self._shown is shown:
                self._whys.update(zip(todo, found, strict=True))
                self._show_gaps()

    def _show_away(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self.away.show_lines(
            [
                Line(
                    id=f"{each.assignment.id} {each.assignment.shift_id}",
                    title=shown.plan.name_of(each.assignment.person_id),
                    note=f"{each.standing}, {shift_words(shown.plan, each.assignment.shift_id)}, "
                    f"{where_words(shown.plan, each.assignment.shift_id, day=True)}",
                    against=each.words,
                    tone="nobody",
                    act="arrow-right",
                    does="Go to this shift",
                )
                for each in shown.proposal.absent
            ]
        )

    # --------------------------------------------------------------------------------------------- deeds
    def _open(self, id: str) -> None:
        if self._shown is None:
            return
        shift = id.rpartition(" ")[2]
        if self._shown.plan.find(Shift, shift) is None:
            shift = next((row.shift_id for row in self._shown.rows if row.id == id), id.removeprefix("="))
        if self._shown.plan.find(Shift, shift) is not None:
            self.shifts_wanted.emit((shift,))

    def _accept(self) -> None:
        if self._shown is not None and self._wanted:
            self._filling.accept(self._wanted)

    def _leave(self) -> None:
        if self._filling.stage is Stage.RUNNING:
            self._filling.cancel()
        else:
            self._filling.discard()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Enter; a button that has the focus is pressed instead."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.leave.hasFocus():
                self._leave()
            elif self._filling.stage is Stage.PROPOSED:
                self._accept()
            elif self._filling.stage is Stage.OUTDATED:
                self._filling.again()
            return
        super().keyPressEvent(event)


def _whys(proposal: Proposal, gaps: Sequence[Gap]) -> list[str]:
    """Explain gaps: why each is one, and what would help."""
    return [_words(gap, why) for gap, why in zip(gaps, proposal.whys(gaps), strict=True)]


def _words(gap: Gap, why: Explanation) -> str:
    reasons = why.words.removeprefix(gap.short).strip().removeprefix("(").removesuffix(")")
    said = [f"{reasons[:1].upper()}{reasons[1:]}." if reasons else "", why.joint]
    said.append(f"What would help: {'; '.join(mend.words for mend in why.mends)}." if why.mends else "")
    return " ".join(filter(None, said))


class _Bar(QWidget):
    """How far it is, as a bar."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setAccessibleName("How far it is")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        self._share = share
        self.setAccessibleDescription(f"{share:.0%}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_bar(painter, QRect(0, 0, self.width(), theme.px(6)), self._share, Tone.OFF)
        painter.end()
