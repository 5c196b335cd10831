"""A site plan with everything that is done to it: the picture, its tools, and the list of its pins beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from rallyapp.domain.places import Pin, PinKind, SitePlan
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.fields import ChoiceField, TextField
from rallyapp.ui.widgets.parts import Card, Section
from rallyapp.ui.widgets.site_plan.no_plan import NoPlan
from rallyapp.ui.widgets.site_plan.pins import PinList, PinModel, kind_words
from rallyapp.ui.widgets.site_plan.view import SitePlanView
from rallyapp.ui.widgets.words import Words, button

_NARROW, _ANY = 440, 16_777_215
_KINDS = [(kind_words(kind), kind) for kind in PinKind]


class SitePlanPanel(QWidget):
    """Shows one site plan, or offers to make one. It writes nothing: it tells what somebody wants."""

    placed = Signal(object, int, int)  # a PinKind, and where in thousandths
    moved = Signal(str, int, int)
    removed = Signal(str)
    labelled = Signal(str, str)
    kind_changed = Signal(str, object)
    picture_wanted = Signal()
    dropped = Signal(str)
    blank_wanted = Signal()
    plan_removed = Signal()

    def __init__(self, *, kind: PinKind = PinKind.ENTRANCE, parent: QWidget | None = None) -> None:
        """Make it; ``kind`` is what the first pins are."""
        super().__init__(parent)
        self._pins: list[Pin] = []
        self._writable = True
        self.view = SitePlanView()
        self.pins = PinModel()
        self.list = PinList(self.pins)
        self.none = NoPlan()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.none)
        self.stack.addWidget(self._made(kind))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    # ------------------------------------------------------------------------------------------- its parts
    def _made(self, kind: PinKind) -> QWidget:
        self.place = IconButton(
            "map-pin", "Place a pin: click on the picture", text="Place pin", tip="Then click on the picture (Insert)"
        )
        self.place.setCheckable(True)
        self.place.setProperty("segment", True)
        self.next_kind = Choosing()
        self.next_kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.next_kind.setMinimumContentsLength(9)
        self.next_kind.setAccessibleName("Kind of the next pin")
        for words, _ in _KINDS:
            self.next_kind.addItem(words)
        self.next_kind.setCurrentIndex([each for _, each in _KINDS].index(kind))
        self.out = button("\u2212", name="Zoom out", tip="Zoom out (minus)")
        self.into = button("+", name="Zoom in", tip="Zoom in (plus)")
        for each in (self.out, self.into):
            each.setProperty("only_icon", True)
            each.setProperty("flat_icon", True)
        self.whole = IconButton("maximize-2", "Show the whole picture", tip="Show the whole picture (0)", flat=True)
        self.replace = IconButton("image", "Choose another picture", flat=True)
        self.remove = IconButton("trash", "Remove this site plan", flat=True)
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(8))
        tools.addWidget(self.place)
        tools.addWidget(self.next_kind)
        tools.addStretch(1)
        for tool in (self.out, self.into, self.whole, self.replace, self.remove):
            tools.addWidget(tool)
        self._across = across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        across.setSpacing(theme.px(16))
        across.addWidget(self.view, 1)
        across.addWidget(self._side())
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(tools)
        column.addLayout(across, 1)
        return made

    def _side(self) -> QWidget:
        self.label = TextField("Label")
        self.kind = ChoiceField("Kind", _KINDS)
        self.chosen_part = Section("Chosen pin", self.label, self.kind)
        self.hint = Words("Place a pin, then click where it belongs.", Type.SMALL, ink="muted", wrap=True)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.count = Words("PINS", Type.OVERLINE, ink="muted")
        column.addWidget(self.count)
        column.addWidget(self.hint)
        self._list_card = Card(self.list)
        column.addWidget(self._list_card, 1)
        column.addWidget(self.chosen_part)
        self._side_part = made
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_side_part"):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list below the picture where there is no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < theme.px(_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self.setMinimumSize(theme.px(280), theme.px(240))
        self._across.setDirection(down if narrow else across)
        self._side_part.setMinimumWidth(0 if narrow else theme.px(200))
        self._side_part.setMaximumWidth(_ANY if narrow else theme.px(200))
        self._list_card.setMaximumHeight(theme.px(72) if narrow else _ANY)
        self._list_card.setMinimumHeight(theme.px(60))
        self.count.setVisible(not narrow)
        self.chosen_part.title.setVisible(not narrow)
        self.chosen_part.column.setDirection(across if narrow else down)
        for each in (self.out, self.into):
            each.setFixedWidth(theme.px(32))
        for each in (self.out, self.into, self.whole):
            each.setVisible(not narrow)  # the keys, the wheel and the menu do the same

    def _connect(self) -> None:
        view = self.view
        self.place.toggled.connect(view.place_next)
        self.out.clicked.connect(view.zoom_out)
        self.into.clicked.connect(view.zoom_in)
        self.whole.clicked.connect(view.fit)
        self.replace.clicked.connect(self.picture_wanted)
        self.remove.clicked.connect(self.plan_removed)
        view.placed.connect(self._placed)
        view.moved.connect(self.moved)
        view.removed.connect(self.removed)
        view.chosen.connect(self.choose)
        view.dropped.connect(self.dropped)
        view.label_wanted.connect(self._ask_label)
        view.menu_wanted.connect(self._menu)
        view.placing_ended.connect(lambda: self.place.setChecked(False))
        self.list.chosen.connect(self.choose)
        self.list.removed.connect(self.removed)
        self.list.label_wanted.connect(self._ask_label)
        self.list.moved.connect(self._moved_by)
        self.label.committed.connect(lambda text: self.pin and self.labelled.emit(self.pin.id, text))
        self.kind.committed.connect(lambda kind: self.pin and self.kind_changed.emit(self.pin.id, kind))
        self.none.picture_wanted.connect(self.picture_wanted)
        self.none.blank_wanted.connect(self.blank_wanted)
        self.none.dropped.connect(self.dropped)

    # -------------------------------------------------------------------------------------------- showing
    def show_plan(self, plan: SitePlan | None, pins: Sequence[Pin], *, writable: bool = True) -> None:
        """Show a site plan and its pins, or offer to make one; the picture follows with ``show_picture``."""
        self._writable = writable
        self.none.set_writable(writable)
        self.stack.setCurrentIndex(0 if plan is None else 1)
        if plan is None:
            self._pins = []
            return
        chosen = self.pin.id if self.pin else ""
        self._pins = sorted(pins, key=lambda pin: (pin.number, pin.id))
        self.view.writable = self.list.writable = writable
        for tool in (self.place, self.next_kind, self.replace, self.remove):
            tool.setEnabled(writable)
        self.view.show_plan(plan, self._pins)
        self.pins.show(self._pins)
        self.count.setText(f"PINS \u00b7 {len(self._pins)}" if self._pins else "PINS")
        self.hint.setVisible(not self._pins)
        self.choose(chosen)

    def show_picture(self, image: QImage | None) -> None:
        """Show the picture below the pins; a grid where there is none."""
        self.view.show_picture(image)

    @property
    def pin(self) -> Pin | None:
        """The pin that is chosen."""
        return self.view.pin

    def choose(self, id: str) -> None:
        """Choose a pin in the picture and in the list alike."""
        self.view.choose(id)
        self.list.choose(id)
        pin = self.pin
        self.chosen_part.setVisible(pin is not None)
        if pin is not None:
            if not (self.label.entry.hasFocus() and self.label.property("pin") == pin.id):
                self.label.show_value(pin.label)
            self.label.setProperty("pin", pin.id)
            self.kind.show_value(pin.kind)
            for field in (self.label, self.kind):
                field.set_writable(self._writable)

    def _placed(self, x: int, y: int) -> None:
        with QSignalBlocker(self.place):
            self.place.setChecked(False)
        self.view.place_next(False)
        self.placed.emit(_KINDS[self.next_kind.currentIndex()][1], x, y)

    def _moved_by(self, id: str, across: int, down: int) -> None:
        pin = next(each for each in self._pins if each.id == id)
        self.moved.emit(id, min(1000, max(0, pin.x + across)), min(1000, max(0, pin.y + down)))

    def _ask_label(self) -> None:
        if self.pin is not None:
            self.label.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        pin = self.pin
        if pin is not None and self._writable:
            menu.addAction("Label this pin\tF2", self._ask_label)
            menu.addAction("Remove this pin\tDel", lambda: self.removed.emit(pin.id))
            menu.addSeparator()
        if self._writable:
            menu.addAction("Place a pin\tIns", lambda: self.place.setChecked(True))
        menu.addAction("Zoom in\t+", self.view.zoom_in)
        menu.addAction("Zoom out\t\u2212", self.view.zoom_out)
        menu.addAction("Show the whole picture\t0", self.view.fit)
        menu.popup(at)
