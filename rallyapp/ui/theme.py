"""Every colour, size and font of the window, in one place; light and dark.

A palette is made of the tokens, and a small style sheet for shapes. Whoever paints asks ``tokens()`` when it
paints, and ``px()`` for lengths, so that a change of theme or zoom needs no more than a repaint.
"""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from rallyapp import carried
from rallyapp.domain.frozen import frozen


@frozen
class Tokens:
    """The colours of one theme, each by what it is for."""

    window: str
    side: str
    card: str
    line: str
    grid: str
    text: str
    muted: str
    accent: str
    on_accent: str
    tint: str
    met: str
    met_ground: str
    short: str
    short_ground: str
    nobody: str
    nobody_ground: str
    strip_accent: str


LIGHT = Tokens(
    window="#f6f5f2",
    side="#efede8",
    card="#ffffff",
    line="#e3e0da",
    grid="#efece7",
    text="#1f1d1c",
    muted="#6b6660",
    accent="#8a1538",
    on_accent="#ffffff",
    tint="#f5e7eb",
    met="#1f6f63",
    met_ground="#e2f1ee",
    short="#965a00",
    short_ground="#fdf0d5",
    nobody="#b3261e",
    nobody_ground="#fbe6e4",
    strip_accent="#f0a3b8",
)
DARK = Tokens(
    window="#171615",
    side="#1d1c1a",
    card="#232120",
    line="#3a3734",
    grid="#2b2927",
    text="#f0eeea",
    muted="#a8a29b",
    accent="#e0708f",
    on_accent="#2a0b14",
    tint="#3a2229",
    met="#7fd0c2",
    met_ground="#1d3a36",
    short="#f0b75a",
    short_ground="#40321a",
    nobody="#ff9a92",
    nobody_ground="#452624",
    strip_accent="#8a1538",
)

# Every text colour with every ground that it stands on; a test holds each pair to 4.5:1. The message strip
# is the window turned over: its ground is the text colour.
PAIRS: tuple[tuple[str, str], ...] = (
    *((ink, ground) for ink in ("text", "muted") for ground in ("window", "side", "card")),
    ("text", "tint"),
    ("muted", "tint"),
    ("accent", "tint"),
    ("accent", "card"),
    ("accent", "window"),
    ("on_accent", "accent"),
    *((tone, ground) for tone in ("met", "short", "nobody") for ground in (f"{tone}_ground", "card", "window", "tint")),
    *(("text", f"{tone}_ground") for tone in ("met", "short", "nobody")),
    ("card", "text"),
    ("strip_accent", "text"),
)

FAMILIES = (
    "Inter",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Gurmukhi",
    "Noto Sans Gujarati",
    "Noto Sans Tamil",
    "Noto Sans Ethiopic",
    "Droid Sans Fallback",
)


class Type(StrEnum):
    """A size and weight of type; there are no others."""

    BODY = "body"
    STRONG = "strong"
    SMALL = "small"
    OVERLINE = "overline"
    HEADING = "heading"
    TITLE = "title"
    DISPLAY = "display"


_SIZES = {
    Type.BODY: (13, QFont.Weight.Normal),
    Type.STRONG: (13, QFont.Weight.DemiBold),
    Type.SMALL: (12, QFont.Weight.Normal),
    Type.OVERLINE: (11, QFont.Weight.DemiBold),
    Type.HEADING: (15, QFont.Weight.DemiBold),
    Type.TITLE: (20, QFont.Weight.DemiBold),
    Type.DISPLAY: (28, QFont.Weight.Bold),
}


class Appearance(StrEnum):
    """Whether the window is light or dark, or follows the system."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


RADIUS = 7
ZOOMS = (80, 90, 100, 110, 125, 150, 175, 200)


class _Now:
    tokens = LIGHT
    appearance = Appearance.SYSTEM
    zoom = 100
    fonts: dict[tuple[Type, bool, int], QFont]
    loaded = False
    shown: tuple[Tokens, int] | None = None


_now = _Now()
_now.fonts = {}


def tokens() -> Tokens:
    """Give the colours of the theme that is shown."""
    return _now.tokens


def colour(name: str) -> QColor:
    """Give one colour of the theme that is shown, by its token."""
    return QColor(getattr(_now.tokens, name))


def is_dark() -> bool:
    """Say whether the dark theme is shown."""
    return _now.tokens is DARK


def zoom() -> int:
    """Give the zoom in per cent."""
    return _now.zoom


def px(length: float) -> int:
    """Give a length, thought of at 100 %, at today's zoom."""
    return max(1, round(length * _now.zoom / 100))


def font(kind: Type = Type.BODY, *, figures: bool = False) -> QFont:
    """Give a font; one for ``figures`` has them all of one width, to stand below each other.

    Words do without: Inter then sets hyphens as wide as figures, and double-barrelled names fall apart.
    """
    found = _now.fonts.get((kind, figures, _now.zoom))
    if found is None:
        size, weight = _SIZES[kind]
        found = QFont(list(FAMILIES))
        found.setPixelSize(px(size))
        found.setWeight(weight)
        if figures:
            found.setFeature(QFont.Tag("tnum"), 1)
        if kind is Type.OVERLINE:
            found.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.4)
        _now.fonts[kind, figures, _now.zoom] = found
    return QFont(found)


def plain_tip(text: str) -> str:
    """Write a tool tip so that nothing in a name is taken for markup."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(sign, written)
    return f"<qt>{text}</qt>"


def dress(app: QApplication, appearance: Appearance = Appearance.SYSTEM, zoom: int = 100) -> None:
    """Dress the program: fonts, Fusion, colours; and follow the system from light to dark and back."""
    if not _now.loaded:
        for file in sorted(carried.path("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        _now.loaded = True
    app.setStyle("Fusion")
    _Follower(app)
    show(app, appearance, zoom)


class _Follower(QObject):
    """Repaints when the system turns light or dark; lives as long as the program."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        app.styleHints().colorSchemeChanged.connect(self._turned)

    def _turned(self, scheme: Qt.ColorScheme) -> None:
        show(self._app, _now.appearance, _now.zoom)


def show(app: QApplication, appearance: Appearance, zoom: int) -> None:
    """Show the program in an appearance and at a zoom (per cent)."""
    _now.appearance = appearance
    _now.zoom = min(ZOOMS[-1], max(ZOOMS[0], zoom))
    if appearance is Appearance.SYSTEM:
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark  # unknown, as without a desktop, is light
    else:
        dark = appearance is Appearance.DARK
    _now.tokens = DARK if dark else LIGHT
    wanted = (_now.tokens, _now.zoom)
    if _now.shown == wanted and app.styleSheet():
        return
    _now.shown = wanted
    app.setPalette(palette(_now.tokens))
    app.setFont(font())
    app.setStyleSheet("")  # from one sheet to another Qt polishes each widget once for every widget that it is in
    app.setStyleSheet(style_sheet(_now.tokens))


def palette(of: Tokens) -> QPalette:
    """Make Qt's palette of the tokens."""
    made = QPalette()
    role = QPalette.ColorRole
    for part, ink in (
        (role.Window, of.window),
        (role.WindowText, of.text),
        (role.Base, of.card),
        (role.AlternateBase, of.window),
        (role.ToolTipBase, of.card),
        (role.ToolTipText, of.text),
        (role.PlaceholderText, of.muted),
        (role.Text, of.text),
        (role.Button, of.card),
        (role.ButtonText, of.text),
        (role.BrightText, of.nobody),
        (role.Light, of.card),
        (role.Midlight, of.grid),
        (role.Mid, of.line),
        (role.Dark, of.line),
        (role.Shadow, of.line),
        (role.Highlight, of.tint),
        (role.HighlightedText, of.text),
        (role.Accent, of.accent),
        (role.Link, of.accent),
        (role.LinkVisited, of.accent),
    ):
        made.setColor(part, QColor(ink))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, QColor(of.muted))
    return made


def style_sheet(of: Tokens) -> str:
    """Write the style sheet: shapes, and the few colours that a palette has no place for."""
    values = {field.name: getattr(of, field.name) for field in fields(of)}
    values["chevron"] = _picture("chevron", of)
    values["tick"] = _picture("tick", of)
    for length in (1, 2, 4, 5, 6, 7, 8, 10, 12, 13, 14, 16, 24, 28):
        values[f"n{length}"] = f"{px(length)}px"
    sheet = _SHEET
    for name in sorted(values, key=len, reverse=True):
        sheet = (
            sheet.replace(f"@{name};", f"{values[name]};")
            .replace(f'@{name} "', f'{values[name]}"')
            .replace(f"@{name} ", f"{values[name]} ")
        )
    return sheet


def _picture(name: str, of: Tokens) -> str:
    """Name a picture of the style sheet: it can't tint one, so there is one for each theme."""
    return carried.path("icons", f"{name}-{'dark' if of is DARK else 'light'}.svg").as_posix()


_SHEET = """
QMenuBar { background: @side; color: @text; padding: 2px @n8; border: none; border-bottom: 1px solid @line; }
QMenuBar::item { padding: @n5 @n10; border-radius: @n5; background: transparent; }
QMenuBar::item:selected { background: @tint; color: @text; }
QMenu { background: @card; color: @text; border: 1px solid @line; padding: @n4; }
QMenu::item { padding: @n6 @n28 @n6 @n24; border-radius: @n5; }
QMenu::item:selected { background: @tint; color: @text; }
QMenu::item:disabled { color: @muted; background: transparent; }
QMenu::separator { height: 1px; background: @line; margin: @n4 @n8; }
QToolTip { background: @card; color: @text; border: 1px solid @line; padding: @n4; }

QPushButton { background: @card; color: @text; border: 1px solid @line; border-radius: @n7;
    padding: @n7 @n14; }
QPushButton:hover { border-color: @muted; }
QPushButton:pressed { background: @grid; }
QPushButton:focus { border: 2px solid @accent; padding: @n6 @n13; }
QPushButton:disabled { color: @muted; background: @window; }
QPushButton[primary="true"] { background: @accent; color: @on_accent; border-color: @accent; }
QPushButton[primary="true"]:hover { border-color: @text; }
QPushButton[primary="true"]:focus { border: 2px solid @text; }
QPushButton[primary="true"]:disabled { background: @grid; color: @muted; border-color: @line; }

QPushButton[only_icon="true"] { padding: @n6 @n6; }
QPushButton[only_icon="true"]:focus { padding: @n5 @n5; }
QPushButton[flat_icon="true"] { background: transparent; border-color: transparent; }
QPushButton[flat_icon="true"]:hover { background: @grid; }
QPushButton[flat_icon="true"]:focus { border: 2px solid @accent; }
QPushButton[flat_icon="true"]:checked { background: @tint; }
QPushButton[segment="true"] { padding: @n6 @n12; }
QPushButton[segment="true"]:focus { padding: @n5 @n12; border: 2px solid @accent; }
QPushButton[segment="true"]:checked { background: @tint; color: @accent; border-color: @accent; }
QPushButton[chip="true"] { background: @card; border-radius: @n12; padding: @n4 @n12; }
QPushButton[chip="true"]:focus { border: 2px solid @accent; padding: @n4 @n12; }
QPushButton[chip="true"]:checked { border-color: @accent; color: @accent; }
QPushButton[chip="true"][tone="short"] { background: @short_ground; color: @short; border-color: @short_ground; }
QPushButton[chip="true"][tone="nobody"] { background: @nobody_ground; color: @nobody; border-color: @nobody_ground; }
QPushButton[chip="true"][tone="met"] { background: @met_ground; color: @met; border-color: @met_ground; }
QPushButton[chip="true"][tone]:checked { border-color: @accent; }
QPushButton[chip="true"][tone]:focus { border-color: @accent; }
QPushButton[link="true"] { background: transparent; border: 2px solid transparent; color: @accent; padding: @n2 @n4;
    text-align: left; }
QPushButton[link="true"]:hover { border-color: @line; }
QPushButton[link="true"]:focus { border: 2px solid @accent; padding: @n2 @n4; }
QPushButton[nav="true"] { background: transparent; border: 2px solid transparent; color: @text; text-align: left;
    padding: @n7 @n10; }
QPushButton[nav="true"]:hover { background: @grid; }
QPushButton[nav="true"]:checked { background: @tint; color: @accent; }
QPushButton[nav="true"]:focus { border: 2px solid @accent; padding: @n7 @n10; }
QPushButton[search="true"] { color: @muted; text-align: left; padding: @n6 @n10; }
QPushButton[search="true"]:focus { padding: @n5 @n10; border: 2px solid @accent; }

QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox { background: @card; color: @text; border: 1px solid @line;
    border-radius: @n7; padding: @n6 @n10; selection-background-color: @tint; selection-color: @text; }
QLineEdit, QPlainTextEdit { placeholder-text-color: @muted; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid @accent;
    padding: @n5 @n10; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: @muted;
    background: @window; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"] { border: 2px solid @nobody;
    padding: @n5 @n10; }
QTableView QLineEdit, QTreeView QLineEdit, QListView QLineEdit { border-radius: 0; padding: 0 @n6;
    border: 2px solid @accent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: @n24; }
QComboBox::down-arrow { image: url("@chevron "); width: @n14; height: @n14; }
QComboBox QAbstractItemView { background: @card; color: @text; border: 1px solid @line; outline: none;
    selection-background-color: @tint; selection-color: @text; }
QCheckBox, QRadioButton { color: @text; spacing: @n8; padding: @n2; border: 2px solid transparent;
    border-radius: @n5; }
QCheckBox::indicator { width: @n14; height: @n14; border: 1px solid @muted; border-radius: @n4; background: @card; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url("@tick "); }
QCheckBox::indicator:disabled { border-color: @line; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @muted; }
QTabBar::tab { background: transparent; color: @muted; border: none; border-bottom: 2px solid transparent;
    padding: @n6 @n12; }
QTabBar::tab:selected { color: @accent; border-bottom: 2px solid @accent; }
QTabBar::tab:focus { border-bottom: 2px solid @text; }
QTabWidget::pane { border: none; border-top: 1px solid @line; }

QLabel[ink="muted"] { color: @muted; }
QLabel[ink="nobody"] { color: @nobody; }
QLabel[ink="short"] { color: @short; }
QLabel[ink="met"] { color: @met; }
QLabel[ink="accent"] { color: @accent; }
QLabel[ink="on_accent"] { color: @on_accent; }

QFrame#card { background: @card; border: 1px solid @line; border-radius: @n10; }
QFrame[floating="true"] { background: @card; border: 1px solid @muted; border-radius: @n10; }
QFrame#card[focused="true"] { border: 1px solid @accent; }
QFrame#hairline { background: @grid; border: none; }
QFrame#sidebar { background: @side; border: none; border-right: 1px solid @line; }
QFrame#header { background: @window; border: none; border-bottom: 1px solid @line; }
QFrame#inspector { background: @card; border: none; border-left: 1px solid @line; }
QFrame#notice { background: @short_ground; border: none; border-left: 4px solid @short; border-radius: @n4; }
QFrame#strip { background: @text; border: none; border-radius: @n10; }
QFrame#strip QLabel { color: @card; }
QFrame#strip QPushButton { background: transparent; color: @strip_accent; border: 2px solid transparent;
    padding: @n4 @n8; }
QFrame#strip QPushButton:hover { border-color: @muted; }
QFrame#strip QPushButton:focus { border-color: @strip_accent; padding: @n4 @n8; }

QAbstractItemView { background: @card; border: none; outline: none; selection-background-color: @tint;
    selection-color: @text; }
QListView#days { background: transparent; }
QAbstractItemView:focus { border: none; }
QAbstractItemView[ringed="true"] { border: 2px solid transparent; }
QAbstractItemView[ringed="true"]:focus { border: 2px solid @accent; }
QHeaderView { background: @card; border: none; }
QHeaderView::section { background: @card; color: @muted; border: none; border-bottom: 1px solid @line;
    padding: @n6 @n12; }
QSplitter::handle { background: transparent; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }

QScrollBar:vertical { background: transparent; width: @n12; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: @n12; margin: 0; border: none; }
QScrollBar::handle { background: @line; border-radius: @n4; margin: 2px; min-height: @n28; min-width: @n28; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
"""


def hatch(ink: QColor) -> QBrush:
    """Give the pattern that says "short": the sign that remains in grey print and for the colour-blind."""
    soft = QColor(ink)
    soft.setAlpha(70)
    return QBrush(soft, Qt.BrushStyle.BDiagPattern)
