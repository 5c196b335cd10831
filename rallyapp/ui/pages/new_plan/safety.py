"""The passphrase: not needed to plan, and lost for ever if it is forgotten; so it is offered, and explained."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from rallyapp.ui.pages.new_plan.step import Fault, Step, fault_of
from rallyapp.ui.widgets.fields import TextField, beside


class SafetyStep(Step):
    """Whether the file can be opened only with a passphrase."""

    def __init__(self) -> None:
        """Begin without one."""
        super().__init__(
            "Who can open it",
            "A plan shows who is in a union; with a passphrase, nobody reads the file without it. If the passphrase is "
            "forgotten, nobody can open the plan any more, so keep it where you keep others.",
        )
        self.wanted = QCheckBox("&Protect this plan with a passphrase")
        self.first = TextField("Passphrase")
        self.second = TextField("The same again")
        for field in (self.first, self.second):
            _line(field).setEchoMode(QLineEdit.EchoMode.Password)
            _line(field).textChanged.connect(lambda: self.changed.emit())
        self._fields = beside(self.first, self.second, gap=16)
        self._fields.hide()
        self.wanted.toggled.connect(self._toggled)
        self.column.addWidget(self.wanted, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self._fields)

    @property
    def passphrase(self) -> str | None:
        """The passphrase; None where the plan is to have none."""
        return self.first.text if self.wanted.isChecked() else None

    def begin(self) -> None:
        """Begin with the tick."""
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for field in (self.first, self.second):
            _line(field).clear()
            field.show_value("")

    @property
    def unfinished(self) -> str:
        """What is still to be typed."""
        return next((fault.sentence for fault in self.faults()), "")

    def faults(self) -> Iterator[Fault]:
        """The two must be the same, and not nothing."""
        if not self.wanted.isChecked():
            return
        if not self.first.text:
            yield fault_of(self.first, "Type a passphrase, or take the tick away.")
        elif self.first.text != self.second.text:
            yield fault_of(self.second, "The two passphrases are not the same: type it again.")

    def _toggled(self, on: bool) -> None:
        self._fields.setVisible(on)
        if on:
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.forget()
        self.changed.emit()


def _line(field: TextField) -> QLineEdit:
    entry: QWidget = field.entry
    assert isinstance(entry, QLineEdit)
    return entry
