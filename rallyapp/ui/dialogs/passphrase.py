"""Asking for the passphrase of an encrypted plan."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.words import Words, button


class PassphraseDialog(QDialog):
    """Stays open until the passphrase is right or the person gives up."""

    def __init__(self, file: str, parent: QWidget) -> None:
        """Ask for the passphrase of a file."""
        super().__init__(parent)
        self.setWindowTitle("Passphrase")
        self.setMinimumWidth(theme.px(420))
        self._answer: asyncio.Future[str | None] | None = None
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Passphrase")
        self.field.textChanged.connect(self._typed)
        self.wrong = Words(ink="nobody", wrap=True)
        self.wrong.hide()
        show = QCheckBox("&Show what I type")
        show.toggled.connect(
            lambda on: self.field.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
        )
        self.open_button = button("&Open", primary=True)
        self.open_button.setDefault(True)
        self.open_button.setEnabled(False)
        self.open_button.clicked.connect(self._given)
        cancel = button("Cancel")
        cancel.clicked.connect(self.reject)
        self.rejected.connect(lambda: self._settle(None))
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(20), theme.px(24), theme.px(20))
        column.setSpacing(theme.px(12))
        column.addWidget(Words(f"\u201c{file}\u201d is encrypted", Type.HEADING, wrap=True))
        column.addWidget(
            Words("Type its passphrase. Nobody can open the plan without it, and it is not kept anywhere.", wrap=True)
        )
        column.addWidget(self.field)
        column.addWidget(self.wrong)
        column.addWidget(show)
        column.addSpacing(theme.px(4))
        column.addLayout(buttons)

    async def ask(self, wrong: str = "") -> str | None:
        """Wait for a passphrase, saying what was wrong with the last one; None where the person gave up."""
        self._answer = asyncio.get_running_loop().create_future()
        if wrong:
            self.field.selectAll()
            self.wrong.setText(wrong)
            self.wrong.show()
            self.adjustSize()
        self.setEnabled(True)
        if not self.isVisible():
            self.open()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return await self._answer

    def _typed(self, text: str) -> None:
        self.open_button.setEnabled(bool(text))
        self.wrong.hide()

    def _given(self) -> None:
        if self.field.text():
            self._settle(self.field.text())

    def _settle(self, answer: str | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)
