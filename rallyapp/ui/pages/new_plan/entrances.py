"""The entrances of a site: one chip each, and a line in which the next is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from rallyapp.ui import icons, theme
from rallyapp.ui.pages.new_plan.suggest import Suggestions
from rallyapp.ui.widgets.flow import FlowLayout

USUAL = (
    "Main entrance",
    "Ambulance entrance",
    "A&E entrance",
    "Car park entrance",
    "Deliveries entrance",
    "East entrance",
    "North entrance",
    "Outpatients entrance",
    "South entrance",
    "Staff entrance",
    "Staff car park",
    "West entrance",
)


class Entrances(QWidget):
    """Enter adds what is typed; a click or Del on a chip takes that entrance away."""

    changed = Signal()

    def __init__(self, site: str, names: tuple[str, ...]) -> None:
        """Show the entrances of a site."""
        super().__init__()
        self._site = site
        self._chips: list[_Chip] = []
        self.line = QLineEdit()
        self.line.setPlaceholderText("Add an entrance, then Enter")
        self.line.setAccessibleName(f"Add an entrance of {site}")
        self.usual = Suggestions(self.line, {name: name for name in USUAL})
        self.usual.picked.connect(self.take)
        self.line.editingFinished.connect(self.take)
        self._flow = FlowLayout(self, gap=8)
        self._flow.addWidget(self.line)
        for name in names:
            self._add(name)
        self._fit()

    @property
    def stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*self._chips, self.line]

    @property
    def names(self) -> tuple[str, ...]:
        """The entrances in their order."""
        return tuple(chip.name for chip in self._chips)

    def take(self) -> None:
        """Add the entrance that is typed, unless it is there already."""
        name = " ".join(self.line.text().split())
        self.line.clear()
        if name and name.casefold() not in [each.casefold() for each in self.names]:
            self._add(name)
            self.changed.emit()

    def _add(self, name: str) -> None:
        chip = _Chip(name, self._site)
        chip.clicked.connect(lambda: self._remove(chip))
        chip.removed.connect(lambda: self._remove(chip))
        self._flow.removeWidget(self.line)
        self._flow.addWidget(chip)
        self._flow.addWidget(self.line)
        chip.show()  # at once, so that Tab finds it
        self._chips.append(chip)
        self.updateGeometry()

    def _remove(self, chip: _Chip) -> None:
        place = self._chips.index(chip)
        self._chips.remove(chip)
        self._flow.removeWidget(chip)
        after: QWidget = self._chips[place] if place < len(self._chips) else self.line
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_flow"):
            self._fit()

    def _fit(self) -> None:
        self.line.setFixedWidth(theme.px(220))


class _Chip(QPushButton):
    """An entrance, with a cross."""

    removed = Signal()

    def __init__(self, name: str, site: str) -> None:
        super().__init__(name.replace("&", "&&") + " ")
        self.name = name
        self.setProperty("chip", True)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{name}, entrance of {site}: take away")
        self.setToolTip(theme.plain_tip("Take this entrance away (Del)"))
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross stands behind the name
        self._dress()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self.setFixedHeight(theme.px(32))  # letters of another script would make it higher than its neighbours
        self.setIcon(icons.icon("x", "muted", size=12))
        self.setIconSize(QSize(theme.px(12), theme.px(12)))
