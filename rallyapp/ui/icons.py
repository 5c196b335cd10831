"""Line icons (Lucide) in the colours of the theme: painted anew for each colour and size, kept for the next time."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton

from rallyapp import carried
from rallyapp.ui import theme

_STROKE = "1.75"  # of 24: a little lighter than drawn, to stand beside 13 px letters


@cache
def _drawing(name: str) -> str:
    return carried.path("icons", "lucide", f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = _drawing(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{_STROKE}"')
    return QSvgRenderer(QByteArray(drawing.encode()))


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    _renderer(name, colour).render(painter)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def paint(painter: QPainter, rect: QRectF, name: str, ink: str = "text") -> None:
    """Paint an icon into a square; ``ink`` is a token of the theme."""
    _renderer(name, getattr(theme.tokens(), ink)).render(painter, rect)


def pixmap(name: str, ink: str = "text", size: int = 16, ratio: float = 2.0) -> QPixmap:
    """Give an icon as a picture of so many pixels at 100 %, in a token's colour and at today's zoom."""
    return _pixmap(name, getattr(theme.tokens(), ink), theme.px(size), ratio)


def _ratios() -> tuple[float, ...]:
    """Say how dense the screens are for which an icon is drawn: twice as dense only where there is such a screen."""
    program = QGuiApplication.instance()
    dense = isinstance(program, QGuiApplication) and program.devicePixelRatio() > 1
    return (1.0, 2.0) if dense else (1.0,)


def icon(name: str, ink: str = "text", *, chosen: str = "", size: int = 16) -> QIcon:
    """Give an icon; ``chosen`` is the token for when its button is checked. Made anew when the theme changes."""
    made = QIcon()
    for ratio in _ratios():
        made.addPixmap(pixmap(name, ink, size, ratio))
        made.addPixmap(pixmap(name, "muted", size, ratio), QIcon.Mode.Disabled)
        if chosen:
            made.addPixmap(pixmap(name, chosen, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


class IconButton(QPushButton):
    """A button with an icon that keeps the theme's colours; without a text it says its name to screen readers."""

    def __init__(
        self,
        name: str,
        spoken: str,
        *,
        text: str = "",
        tip: str = "",
        ink: str = "text",
        chosen: str = "",
        size: int = 16,
        flat: bool = False,
    ) -> None:
        """Take the icon's name and what the button is called; ``flat`` leaves the frame away until it is hovered."""
        super().__init__(text)
        self._name, self._ink, self._chosen, self._size = name, ink, chosen, size
        self.setAccessibleName(spoken)
        self.setToolTip(theme.plain_tip(tip or spoken))
        self.setAutoDefault(False)
        self.setProperty("flat_icon", flat)
        self.setProperty("only_icon", not text)
        self._dress()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        ink = "on_accent" if self.property("primary") else self._ink
        self.setIcon(icon(self._name, ink, chosen=self._chosen, size=self._size))
        self.setIconSize(QSize(theme.px(self._size), theme.px(self._size)))
