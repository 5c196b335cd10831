"""A new plan on one page: four steps at the left, the form in the middle, what comes of it at the right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.new_plan import NewPlan, titled
from rallyapp.ui import icons, theme
from rallyapp.ui.pages.new_plan.days import DaysStep
from rallyapp.ui.pages.new_plan.dispute import DisputeStep
from rallyapp.ui.pages.new_plan.pattern import PatternStep
from rallyapp.ui.pages.new_plan.places import PlacesStep
from rallyapp.ui.pages.new_plan.safety import SafetyStep
from rallyapp.ui.pages.new_plan.step import Fault, Step
from rallyapp.ui.pages.new_plan.summary import Summary
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import hairline
from rallyapp.ui.widgets.words import CutWords, Words, button

FORM = 520  # what the form needs, in pixels at 100 %, before anything may stand beside it


class NewPlanPage(QWidget):
    """Describes a new plan; whoever shows the page makes the file."""

    create_wanted = Signal(object, object)  # a NewPlan, and the passphrase or None
    left = Signal()

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        """Begin with nothing; ``now`` tells local wall-clock minutes."""
        super().__init__(parent)
        self._now = now
        self._said: set[str] = set()
        self.dispute = DisputeStep()
        self.places = PlacesStep()
        self.days = DaysStep(lambda: self._now().date())
        self.pattern = PatternStep()
        self.safety = SafetyStep()
        self.summary = Summary()
        self.scroll = self._form()
        self.rail = Rail(self.steps)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.scroll, 1)
        column.addWidget(hairline())
        column.addWidget(self._footer())
        across.addWidget(self.rail)
        across.addLayout(column, 1)
        across.addWidget(self.summary)
        self.rail.chosen.connect(self.go_to)
        for place, step in enumerate(self.steps, start=1):
            step.changed.connect(self._changed)
            step.touched.connect(self._say_ready)
            step.added.connect(self._show_added)
            self._keys(f"Alt+{place}", lambda step=step: self.go_to(step))
        self._keys("Ctrl+Return", self.create)
        self._keys("Ctrl+Enter", self.create)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]
        self._fit()
        self._changed()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in their order."""
        return self.dispute, self.places, self.days, self.pattern, self.safety

    @property
    def wanted(self) -> NewPlan:
        """The plan as it is described now."""
        sites = self.places.sites
        described = self.dispute.described(titled(site.employer for site in sites))
        return replace(described, sites=sites, days=self.days.days, pattern=self.pattern.pattern)

    @property
    def begun(self) -> bool:
        """Whether anything was described that somebody would miss."""
        return self.dispute.done or bool(self.places.cards) or bool(self.days.rows)

    def create(self) -> None:
        """Ask for the plan to be made, unless something stands in the way: that is said where it can be mended."""
        entry = QApplication.focusWidget()
        if entry is not None and self.isAncestorOf(entry):
            self.create_button.setFocus(Qt.FocusReason.OtherFocusReason)  # what is typed is taken
        faults = list(self._faults())
        hard = [fault for fault in faults if not fault.soft]
        new = [fault for fault in faults if fault.sentence not in self._said]
        if hard or new:
            for fault in faults:
                fault.show(fault.sentence)
            self._said |= {fault.sentence for fault in faults if fault.soft}
            first = (hard or new)[0]
            first.at.setFocus(Qt.FocusReason.OtherFocusReason)
            # The sentence has just taken room: what is to be seen is placed when the form is laid out anew.
            QTimer.singleShot(0, first.at, lambda: self._bring_to_sight(first.at))
            return
        self.create_wanted.emit(self.wanted, self.safety.passphrase)

    def go_to(self, step: Step) -> None:
        """Show a step and put the cursor into it."""
        step.begin()
        top = step.mapTo(self.scroll.widget(), step.rect().topLeft()).y()
        self.scroll.verticalScrollBar().setValue(top - theme.px(20))
        self.rail.choose(step)

    def leave(self) -> None:
        """Go back; what was typed stays, but for the passphrase."""
        self.safety.forget()
        self.left.emit()

    # ----------------------------------------------------------------------------------------- its parts
    def _form(self) -> QScrollArea:
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.addWidget(Words("New plan", Type.TITLE))
        for step in self.steps:
            column.addWidget(step)
        column.addStretch(1)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.addStretch(1)
        across.addWidget(self._inside, 100)
        across.addStretch(1)
        made = QScrollArea()
        made.setWidget(middle)
        made.setWidgetResizable(True)
        made.setFrameShape(QFrame.Shape.NoFrame)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return made

    def _footer(self) -> QWidget:
        self.create_button = button("&Create plan\u2026", primary=True, tip="Ctrl+Enter. Asks where to save it.")
        self.create_button.clicked.connect(self.create)
        self.cancel_button = button("Cancel")
        self.cancel_button.clicked.connect(self.leave)
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(12))
        row.setSpacing(theme.px(8))
        note = CutWords("", Type.SMALL, ink="muted")
        note.say("Everything here can be changed later.")
        row.addWidget(note, 1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.create_button)
        return made

    def _keys(self, keys: str, do: Callable[[], None]) -> None:
        made = QShortcut(QKeySequence(keys), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(do)

    # --------------------------------------------------------------------------------------- what is so
    def _faults(self) -> Iterator[Fault]:
        for step in self.steps:
            step.say_wrong("")
            yield from step.faults()

    def _changed(self) -> None:
        wanted, today = self.wanted, self._now().date()
        self.dispute.suggest_title(titled(site.employer for site in wanted.sites))
        self.days.show_law(wanted.jurisdiction, wanted.pattern)
        self.pattern.show_plan(wanted, today)
        self.summary.show_plan(wanted, today)
        self._say_ready()

    def _say_ready(self) -> None:
        """Say what Create would say."""
        missing = [
            words
            for step, words in ((self.dispute, "the union"), (self.places, "a site"), (self.days, "a strike day"))
            if not step.done
        ]
        said = [f"Still needed: {', '.join(missing)}."] if missing else []
        said += [step.unfinished for step in self.steps if step.unfinished]
        self.summary.say_needed("\n".join(said) or "Ready to be made.")
        self.rail.show_done()

    def _show_added(self, new: QWidget, typing: QWidget) -> None:
        """Bring what was added to sight once it has its place; the line in which it was typed stays in sight."""

        def scroll() -> None:
            self._bring_to_sight(new)
            self.scroll.ensureWidgetVisible(typing, 0, theme.px(8))

        QTimer.singleShot(0, new, scroll)

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self._inside.isAncestorOf(now):
            return
        self._bring_to_sight(now)
        for step in self.steps:
            if step.isAncestorOf(now):
                self.rail.choose(step)

    def _bring_to_sight(self, widget: QWidget) -> None:
        self.scroll.ensureWidgetVisible(widget, 0, theme.px(56))

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where something is missing."""
        super().showEvent(event)
        if event.spontaneous():  # the window was hidden meanwhile
            return
        next((step for step in self.steps if not step.done), self.dispute).begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the form where there is little."""
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_inside"):
            self._fit()
            self._share()

    def _share(self) -> None:
        self.rail.setVisible(self.width() >= theme.px(208 + FORM))
        self.summary.setVisible(self.width() >= theme.px(208 + 280 + FORM))

    def _fit(self) -> None:
        self.setMinimumWidth(theme.px(400))
        self._inside.setMaximumWidth(theme.px(720))
        margin = theme.px(24)
        layout = self._inside.layout()
        layout.setContentsMargins(margin, margin, margin, margin)
        layout.setSpacing(theme.px(32))


class Rail(QFrame):
    """The steps at the left: which one is being filled in, and which have what they need."""

    chosen = Signal(object)  # a Step

    def __init__(self, steps: tuple[Step, ...]) -> None:
        """Show these steps."""
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName("Steps")
        self._column = QVBoxLayout(self)
        over = Words("STEPS", Type.OVERLINE, ink="muted")
        over.setAccessibleName("Steps")
        self._column.addWidget(over)
        self._column.addSpacing(theme.px(6))
        self._group = QButtonGroup(self)
        self.buttons: dict[Step, QPushButton] = {}
        for place, step in enumerate(steps, start=1):
            made = QPushButton(step.title.replace("&", "&&"))
            made.setCheckable(True)
            made.setAutoDefault(False)
            made.setProperty("nav", True)
            made.setToolTip(f"Alt+{place}")
            made.clicked.connect(lambda checked=False, step=step: self.chosen.emit(step))
            self._group.addButton(made)
            self._column.addWidget(made)
            self.buttons[step] = made
        self._column.addStretch(1)
        self._fit()

    def choose(self, step: Step) -> None:
        """Mark the step that is being filled in."""
        self.buttons[step].setChecked(True)

    def show_done(self) -> None:
        """Tick the steps that have what they need."""
        for step, made in self.buttons.items():
            fine = step.done and not step.unfinished
            made.setIcon(icons.icon("circle-check" if fine else "circle", "muted", chosen="accent", size=16))
            made.setIconSize(QSize(theme.px(16), theme.px(16)))
            made.setAccessibleName(f"{step.title}: {'has what it needs' if fine else 'something is missing'}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "buttons"):
            self._fit()
            self.show_done()

    def _fit(self) -> None:
        self.setFixedWidth(theme.px(208))
        self._column.setContentsMargins(theme.px(12), theme.px(24), theme.px(12), theme.px(12))
        self._column.setSpacing(theme.px(2))
