"""Everything that a day needs on paper, in one action: what that is, how many pages, into a folder or to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.plan import Plan
from rallyapp.domain.print_choices import date_words, next_date, print_dates
from rallyapp.domain.problems import UserError
from rallyapp.domain.words import capital, counted
from rallyapp.prints import everything
from rallyapp.prints.documents import MADE
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
        self._unticked: set[str] = set()
        self._on: date | None = None
        self._begun = 0
        self.day = Choosing()
        self.day.setAccessibleName("Everything for")
        self.day.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.day.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.day.activated.connect(lambda at: self._choose(self.day.itemData(at)))
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
        self._column.addWidget(Words("Everything for", Type.HEADING))
        self._column.addWidget(self.day)
        self._column.addWidget(Card(self.list), 1)
        self._column.addWidget(self.said)
        self._column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
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
        """Offer the days on which something goes ahead, and draw what the next one needs."""
        self._plan = plan
        dates, today = print_dates(plan), self._desk.today()
        with QSignalBlocker(self.day):
            self.day.clear()
            for each in dates:
                self.day.addItem(capital(date_words(each, today)), each)
        self._choose(next_date(dates, today))

    def reload(self, plan: Plan) -> None:
        """Draw it anew: the plan is another one."""
        self._plan = plan
        self._choose(self._on)

    def _choose(self, on: date | None) -> None:
        self._on = on
        with QSignalBlocker(self.day):
            self.day.setCurrentIndex(self.day.findData(on))
        orders = everything.orders_of(self._plan, on) if on is not None else ()
        self._wanted = {
            f"{order.document} {order.audience} {order.part}": Wanted(
                order=order, look=everything.fitting(self._kept.look(order.document), order.document)
            )
            for order in orders
        }
        self._drawn, self._why = {}, {}
        self._show()
        self.stop()
        if self._wanted:
            self._begun += 1
            self._desk.jobs.start(f"everything {self._begun}", self._draw)

    def stop(self) -> None:
        """Draw no further."""
        self._desk.jobs.cancel(printing.JOB)

    async def _draw(self) -> None:
        try:
            await printing.draw_all(self._desk, list(self._wanted.values()), self._took)
        except UserError as error:
            if isValid(self):
                self.said.setText(str(error))

    def _took(self, drawn: Drawn) -> None:
        key = next((key for key, each in self._wanted.items() if each is drawn.wanted), None) if isValid(self) else None
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
                    ticked=key not in self._unticked and key not in self._why,
                )
            )
        self.list.show_lines(lines)
        self._say()
        self.changed.emit()

    def _state(self, key: str) -> str:
        if key in self._why:
            return "nothing to print"
        drawn = self._drawn.get(key)
        return counted(len(drawn.pages), "page") if drawn is not None else "\u2026"

    def _say(self) -> None:
        if not self._wanted:
            self.said.setText("Nothing in this plan goes ahead on a day to come.")
            self.pane.say("There is nothing to print.")
            return
        chosen = self.chosen()
        pages = sum(len(self._drawn[key].pages) for key in chosen if key in self._drawn)
        left = len(self._wanted) - len(self._drawn) - len(self._why)
        said = f"{counted(len(chosen), 'document')}, {counted(pages, 'page')}"
        self.said.setText(f"{said} so far, {left} still to be drawn." if left else f"{said}.")

    # --------------------------------------------------------------------------------- what is chosen
    def chosen(self) -> list[str]:
        """List what is ticked and has something in it."""
        return [key for key in self._wanted if key not in self._unticked and key not in self._why]

    def ready(self) -> Sequence[Drawn] | None:
        """Give what is ticked as it is drawn; None while something is still to be drawn."""
        if any(key not in self._drawn for key in self.chosen()):
            return None
        return [self._drawn[key] for key in self.chosen()]

    def _tick(self, key: str, ticked: bool) -> None:
        (self._unticked.discard if ticked else self._unticked.add)(key)
        self._show()

    def _look_at(self, key: str) -> None:
        if key in self._drawn:
            self.pane.show_drawn(self._drawn[key])
        elif key in self._why:
            self.pane.say(self._why[key])
        else:
            self.pane.say("This is being drawn\u2026")
