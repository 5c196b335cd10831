"""What the window looks like, in numbers: contrast, sizes, names for those who can't see it."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit

import rallyapp.ui
from rallyapp.ui import theme
from rallyapp.ui.models.fill import Tone, state_words, tone_of
from rallyapp.ui.theme import DARK, LIGHT, PAIRS, ZOOMS, Appearance, Type
from rallyapp.ui.widgets.shift_table import name_lines

INTERACTIVE = {
    getattr(QAccessible.Role, name)
    for name in ("Button", "ButtonMenu", "CheckBox", "RadioButton", "ComboBox", "EditableText", "Table", "List", "Tree")
}


def luminance(colour):
    parts = [value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    found = sorted(luminance(QColor(each).getRgbF()[:3]) for each in (one, other))
    return (found[1] + 0.05) / (found[0] + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(tokens, ink, ground):
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_leaves_no_token_unfilled(tokens):
    assert "@" not in theme.style_sheet(tokens)


def walk(node):
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None and child.isValid():
            yield from walk(child)


def unnamed(window):
    return [
        (node.role().name, node.object().objectName() if node.object() else "")
        for node in walk(QAccessible.queryAccessibleInterface(window))
        if node.role() in INTERACTIVE and not node.text(QAccessible.Text.Name) and not node.state().invisible
    ]


def test_every_control_has_a_name(window, person, overview):
    window.messages.news("Something happened.", "Undo", lambda: None)
    assert not unnamed(window)
    window.close_plan()
    assert not unnamed(window)


def test_a_days_card_and_a_problem_are_spoken_whole(window, person, overview):
    spoken = [node.text(QAccessible.Text.Name) for node in walk(QAccessible.queryAccessibleInterface(overview))]
    assert overview.days.rows.all[0].spoken in spoken
    assert any("Fill the rota, or ask somebody".lower() in text.lower() for text in spoken)


def test_every_label_is_plain_text(window, person, overview):
    from PySide6.QtCore import Qt

    labels = [label for label in window.findChildren(QLabel) if label.text()]
    assert labels
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)


@pytest.mark.parametrize("size", [(1024, 640), (1366, 768)])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_window_fits_the_shared_laptop_and_is_painted(window, person, overview, dressed, size, appearance):
    theme.show(dressed, appearance, 100)
    window.resize(*size)
    dressed.processEvents()
    assert window.size().toTuple() == size
    assert not window.grab().isNull()
    assert overview.shift_table.horizontalScrollBar().maximum() == 0
    ground = (
        window.grab()
        .toImage()
        .pixelColor(overview.mapTo(window, overview.rect().topLeft()) + overview.rect().topLeft())
    )
    assert ground == theme.colour("window")


def test_zoom_by_keys_reaches_every_word_and_has_ends(window, person, overview, qtbot):
    actions = {action.text(): action for menu in window.menuBar().actions() for action in menu.menu().actions()}
    for _ in ZOOMS:
        actions["Zoom &in"].trigger()
    qtbot.waitUntil(lambda: theme.zoom() == 200)
    assert overview._title.font().pixelSize() == 40
    for _ in ZOOMS:
        actions["Zoom &out"].trigger()
    qtbot.waitUntil(lambda: theme.zoom() == 80)
    actions["&Normal size"].trigger()
    qtbot.waitUntil(lambda: theme.zoom() == 100)
    assert overview._title.font().pixelSize() == 20
    assert window.kept.zoom == 100


def test_times_stand_below_each_other(dressed):
    metrics = QFontMetrics(theme.font(Type.STRONG, figures=True))
    assert metrics.horizontalAdvance("11:11") == metrics.horizontalAdvance("00:00")


def test_names_are_broken_between_names_and_the_rest_is_counted(dressed):
    metrics = QFontMetrics(theme.font())
    text = "Naomi B. (supervisor), Iona K., Jaspal K., Theo W., Anastasia P."
    whole = name_lines(text, metrics, 1000, most=2)
    assert whole == [text]
    half = metrics.horizontalAdvance("Naomi B. (supervisor), Iona K., ")
    two = name_lines(text, metrics, half, most=2)
    assert len(two) == 2
    assert two[0] == "Naomi B. (supervisor), Iona K.,"
    assert all(metrics.horizontalAdvance(line) <= half for line in two)
    first = "Naomi B. (supervisor) and 4 more"
    assert name_lines(text, metrics, metrics.horizontalAdvance(first), most=1) == [first]
    (cut,) = name_lines(text, metrics, half - 60, most=1)
    assert cut.startswith("Naomi")
    assert cut.endswith("4 more")


@pytest.mark.parametrize(
    ("heads", "missing", "on", "tone", "words"),
    [
        (0, 4, True, Tone.NOBODY, "Nobody yet"),
        (2, 2, True, Tone.SHORT, "2 short"),
        (4, 0, True, Tone.MET, "Enough"),
        (6, 0, True, Tone.MET, "Full"),
        (0, 4, False, Tone.OFF, "Stood down"),
    ],
)
def test_how_full_a_shift_is_has_a_word_and_a_tone(heads, missing, on, tone, words):
    assert tone_of(heads=heads, least=4, missing=missing, on=on) is tone
    assert state_words(heads=heads, least=4, wished=6, missing=missing, on=on) == words


def test_pages_never_import_each_other_and_models_no_widgets():
    root = Path(rallyapp.ui.__file__).parent
    for folder, forbidden in (("pages", "rallyapp.ui.pages."), ("models", "PySide6.QtWidgets")):
        for file in (root / folder).glob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [each.name for each in node.names] if isinstance(node, ast.Import) else []
                assert not [name for name in names if name.startswith(forbidden)], file.name


def test_nothing_in_the_window_waits():
    for file in Path(rallyapp.ui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("exec", "exec_", "processEvents"), file.name


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_a_hint_in_an_empty_line_can_be_read(dressed, qtbot, appearance):
    theme.show(dressed, appearance, 100)
    line = QLineEdit(placeholderText="The first letters of your name")
    qtbot.addWidget(line)
    line.ensurePolished()
    hint = line.palette().color(QPalette.ColorRole.PlaceholderText)
    theme.show(dressed, Appearance.SYSTEM, 100)
    assert hint.alpha() == 255
    assert contrast(hint, {"light": LIGHT, "dark": DARK}[str(appearance)].card) >= 4.5
