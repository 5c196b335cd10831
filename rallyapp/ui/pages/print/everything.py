"""Everything that a day needs on paper, in one action: what that is, how many pages, into a folder or to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import StrikeDayId
from rallyapp.domain.plan import Plan
from rallyapp.domain.print_choices import date_words, meant_date, print_dates
from rallyapp.domain.problems import UserError
from rallyapp.domain.words import capital, counted
from rallyapp.prints import everything
from rallyapp.prints.documents import MADE
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look
from rallyapp.ui import printing, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.print.choosing import GROUPS
from rallyapp.ui.pages.print.kept import KeptLooks
from rallyapp.ui.pages.print.pane import PreviewPane
from rallyapp.ui.print_making import Wanted
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.tick_list import Tick, TickList
from rallyapp.ui.widgets.words import Words, button

if TYPE_CHECKING:
    from rallyapp.ui.print_making import Drawn

_LEFT, _LEAST = 340, 640  # px at 100 %


class Everything(QWidget):
    """The view: the documents of a day with their pages, and the one that is looked at."""

    changed = Signal()  # what is ticked, or how far the drawing is
    left = Signal()

    def __init__(self, desk: Desk, kept: KeptLooks) -> None:
        """Take how each document is printed."""
        super().__init__()
        self._desk, self._kept = desk, kept
        self._plan = Plan()
        self._wanted: dict[str, Wanted] = {}
        self._drawn: dict[str, Drawn] = {}
        self._why: dict[str, str] = {}
        self._asked: set[str] = set()  # of what is drawn or being drawn
        self._ticks: dict[str, bool] = {}  # what somebody ticked or unticked
        self._dates: tuple[date, ...] = ()
        self._on: date | None = None
        self._day: StrikeDayId | None = None  # that was chosen in the header
        self._begun = 0
        self._jobs: list[str] = []
        self.day = Choosing()
        self.day.setAccessibleName("Everything for")
        self.day.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.day.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.day.activated.connect(lambda at: self._choose(self._dates[at]))
        self.black = QCheckBox("Black and white")
        self.large = QCheckBox("Large print")
        for tick in (self.black, self.large):
            tick.clicked.connect(lambda: self._choose(self._on))
        self.list = TickList("Documents of the day")
        self.list.chosen.connect(self._look_at)
        self.list.ticked.connect(self._tick)
        self.said = Words("", ink="muted", wrap=True)
        self.back = button("&Back to one document", tip="Esc")
        self.back.clicked.connect(self.left)
        self.pane = PreviewPane(desk)
        self._lay_out()

    def _lay_out(self) -> None:
        self._left = QWidget()
        self._column = QVBoxLayout(self._left)
        self._column.setContentsMargins(0, 0, 0, 0)
        heading = QHBoxLayout()
        heading.addWidget(Words("Everything for", Type.HEADING))
        heading.addStretch(1)
        heading.addWidget(self.back)  # above: the strip with what happened floats over the foot
        self._column.addLayout(heading)
        self._column.addWidget(self.day)
        looks = QHBoxLayout()
        looks.addWidget(self.black)
        looks.addWidget(self.large)
        looks.addStretch(1)
        self._column.addLayout(looks)
        self._column.addWidget(Card(self.list), 1)
        self._column.addWidget(self.said)
        self._across = QHBoxLayout(self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.addWidget(self._left)
        self._across.addWidget(self.pane, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_across"):
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Give the least size, with the list as narrow as it becomes."""
        return QSize(theme.px(_LEAST), theme.px(160))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._left.setFixedWidth(min(theme.px(_LEFT), self.width() * 2 // 5))
        self._column.setSpacing(theme.px(8))
        self._across.setSpacing(theme.px(12))

    # ------------------------------------------------------------------------------- what there is
    @property
    def on(self) -> date | None:
        """The date that is chosen."""
        return self._on

    def begin(self, plan: Plan) -> None:
        """Draw what the chosen strike day needs, in normal print: how one copy looked is no matter here."""
        self._ticks = {}
        self.black.setChecked(False)
        self.large.setChecked(False)
        self._offer(plan)
        self._choose(self.meant(plan))

    def reload(self, plan: Plan) -> None:
        """Draw it anew: the plan is another one, or the strike day that is chosen in the header."""
        same = self._desk.day == self._day and self._on in print_dates(plan)
        self._offer(plan)
        self._choose(self._on if same else self.meant(plan))

    def meant(self, plan: Plan) -> date | None:
        """Give the date that is offered first: the chosen strike day's, or the next on which something goes on."""
        day = plan.find(StrikeDay, self._desk.day) if self._desk.day is not None else None
        return meant_date(print_dates(plan), day, self._desk.today())

    def _offer(self, plan: Plan) -> None:
        """Offer the days on which something goes ahead."""
        self._plan, self._day, self._dates = plan, self._desk.day, print_dates(plan)
        with QSignalBlocker(self.day):
            self.day.clear()
            self.day.addItems([capital(date_words(each, self._desk.today())) for each in self._dates])

    def _choose(self, on: date | None) -> None:
        self._on = on
        with QSignalBlocker(self.day):
            self.day.setCurrentIndex(self._dates.index(on) if on is not None else -1)
        orders = everything.orders_of(self._plan, on) if on is not None else ()
        self._wanted = {
            f"{order.document} {order.audience} {order.part}": Wanted(order=order, look=self._look(order), handed=True)
            for order in orders
        }
        self._drawn, self._why, self._asked = {}, {}, set()
        self.stop()
        self._draw_ticked()
        self._show()

    def _look(self, order: Order) -> Look:
        """Give how a document is printed here: on its usual paper, and else as is chosen for all of them."""
        paper = self._kept.look(order.document).paper
        look = Look(paper=paper, colour=not self.black.isChecked(), large=self.large.isChecked())
        return everything.fitting(look, order.document)

    def stop(self) -> None:
        """Draw no further."""
        for job in self._jobs:
            self._desk.jobs.cancel(job)
        self._jobs = []

    def _draw_ticked(self) -> None:
        """Draw what is ticked and is not drawn yet."""
        keys = [key for key in self._wanted if self._is_ticked(key) and key not in self._asked]
        if not keys:
            return
        self._asked.update(keys)
        self._begun += 1
        job, wanted = f"everything {self._begun}", [self._wanted[key] for key in keys]
        self._jobs.append(job)
        self._desk.jobs.start(job, lambda: self._draw(wanted, job))

    async def _draw(self, wanted: Sequence[Wanted], job: str) -> None:
        try:
            await printing.draw_all(self._desk, wanted, lambda drawn: self._took(drawn, job), job=job, quiet=True)
        except UserError as error:
            if isValid(self) and job in self._jobs:
                self.said.setText(str(error))

    def _took(self, drawn: Drawn, job: str) -> None:
        if not isValid(self) or job not in self._jobs:
            return
        key = next((key for key, each in self._wanted.items() if each == drawn.wanted), None)
        if key is None:
            return
        if drawn.batch is None:
            self._why[key] = " ".join(drawn.left_out)
        else:
            self._drawn[key] = drawn
        self._show()
        if key == self.list.value:
            self._look_at(key)

    def _show(self) -> None:
        lines, group = [], None
        for key, each in self._wanted.items():
            per = MADE[each.order.document].per
            if per is not group:
                group = per
                lines.append(Tick(id=f"group {per}", title=GROUPS[per], heading=True))
            lines.append(
                Tick(
                    id=key,
                    title=each.order.words,
                    state=self._state(key),
                    tip=self._why.get(key, ""),
                    ticked=self._is_ticked(key),
                )
            )
        self.list.show_lines(lines)
        self._say()
        self.changed.emit()

    def _state(self, key: str) -> str:
        if key in self._why:
            return "nothing to print"
        drawn = self._drawn.get(key)
        if drawn is not None:
            return counted(len(drawn.pages), "page")
        return "\u2026" if key in self._asked else "in the pack"

    def _say(self) -> None:
        if not self._wanted:
            self.said.setText("Nothing in this plan goes ahead on a day to come.")
            self.pane.say("There is nothing to print.")
            return
        chosen = self.chosen()
        pages = sum(len(self._drawn[key].pages) for key in chosen if key in self._drawn)
        left = len(self._asked) - len(self._drawn) - len(self._why)
        said = f"{counted(len(chosen), 'document')}, {counted(pages, 'page')}"
        self.said.setText(f"{said} so far, {left} still to be drawn." if left else f"{said}.")

    # --------------------------------------------------------------------------------- what is chosen
    def chosen(self) -> list[str]:
        """List what is ticked and has something in it."""
        return [key for key in self._wanted if self._is_ticked(key)]

    def _is_ticked(self, key: str) -> bool:
        return key not in self._why and self._ticks.get(key, not self._wanted[key].order.spare)

    def ready(self) -> Sequence[Drawn] | None:
        """Give what is ticked as it is drawn, under the names of its files; None while something is to be drawn."""
        if any(key not in self._drawn for key in self.chosen()):
            return None
        drawn = [self._drawn[key] for key in self.chosen()]
        names = everything.file_names([each.wanted.order for each in drawn], self._desk.store.path.stem, self._on)
        return [replace(each, wanted=replace(each.wanted, name=names[each.wanted.order])) for each in drawn]

    def _tick(self, key: str, ticked: bool) -> None:
        self._ticks[key] = ticked
        self._draw_ticked()
        self._show()

    def _look_at(self, key: str) -> None:
        if key in self._drawn:
            self.pane.show_drawn(self._drawn[key])
        elif key in self._why:
            self.pane.say(self._why[key])
        elif key in self._asked:
            self.pane.say("This is being drawn\u2026")
        else:
            self.pane.say("This stands in the supervisor\u2019s pack too. Tick it to print it by itself as well.")
