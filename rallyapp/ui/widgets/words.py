"""Words on the window: always plain text, in one of the theme's types."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from rallyapp.ui import theme
from rallyapp.ui.theme import Type


def polish_anew(widget: QWidget) -> None:
    """Show a property that was changed as the style sheet says; a font of its own stays, a polished one is older."""
    own = widget.font() if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) else None
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    if own is not None and widget.font() != own:
        widget.setFont(own)


class Words(QLabel):
    """A label that never takes a name for markup, and keeps its type at every zoom."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        *,
        ink: str = "",
        wrap: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Take the text; ``ink`` is "muted" or a tone, ``wrap`` lets it take several lines.

        With ``figures`` they all have one width.
        """
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._kind, self._figures = kind, figures
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)
        self.setFont(theme.font(kind, figures=figures))
        self.setText(text)

    def ink(self, token: str) -> None:
        """Write in another ink: "muted", a tone, or none; at the zoom that is shown."""
        if self.property("ink") != token:
            self.setProperty("ink", token)
            polish_anew(self)
            self._letter()

    def _letter(self) -> None:
        wanted = theme.font(self._kind, figures=self._figures)
        if self.font() != wanted:
            self.setFont(wanted)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._letter()


class CutWords(Words):
    """A line of words that ends in an ellipsis where there is no room, and says the rest in its tip."""

    def __init__(self, text: str = "", kind: Type = Type.BODY, *, ink: str = "", parent: QWidget | None = None) -> None:
        """Take the text."""
        self._whole = text
        super().__init__(text, kind, ink=ink, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._cut()

    def resizeEvent(self, event: object) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Cut the text anew when the letters change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(theme.plain_tip(self._whole) if shown != self._whole else "")


def button(text: str, *, primary: bool = False, name: str = "", tip: str = "") -> QPushButton:
    """Make a button; at most one on a page is the primary one."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setAccessibleName(name or text.replace("&", ""))
    made.setAutoDefault(False)
    if tip:
        made.setToolTip(tip)
    return made
