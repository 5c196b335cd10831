"""A site plan with everything that is done to it: the picture, its tools, and the list of its pins beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rallyapp.domain.places import Pin, PinKind, SitePlan
from rallyapp.domain.site_plans import Thing, fitting, marked_by, named, not_placed, renumbered
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.fields import ChoiceField, TextField
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.site_plan.no_plan import NoPlan
from rallyapp.ui.widgets.site_plan.pins import PinList, PinModel, kind_words
from rallyapp.ui.widgets.site_plan.things import ROW, ThingList, ThingModel
from rallyapp.ui.widgets.site_plan.view import SitePlanView
from rallyapp.ui.widgets.words import Words, button

_NARROW, _ANY = 440, 16_777_215


class SitePlanPanel(QWidget):
    """Shows one site plan, or offers to make one. It writes nothing: it tells what somebody wants."""

    placed = Signal(object, int, int)  # a PinKind, and where in thousandths
    moved = Signal(str, int, int)
    removed = Signal(str)
    labelled = Signal(str, str)
    kind_changed = Signal(str, object)
    marked = Signal(str, object)  # a pin's id, and the Thing that it marks, or None
    thing_placed = Signal(object, int, int)  # a Thing, and where in thousandths
    renumber_wanted = Signal()
    picture_wanted = Signal()
    dropped = Signal(str)
    blank_wanted = Signal()
    plan_removed = Signal()

    def __init__(self, kinds: Sequence[PinKind] = tuple(PinKind), *, parent: QWidget | None = None) -> None:
        """Make it; ``kinds`` are the kinds of pins that are offered, the usual one first."""
        super().__init__(parent)
        self._kinds = tuple(kinds)
        self._pins: list[Pin] = []
        self._things: tuple[Thing, ...] = ()
        self._next: Thing | None = None  # what the next click places, where that is no new pin of its own
        self._writable = True
        self.view = SitePlanView()
        self.pins = PinModel()
        self.list = PinList(self.pins)
        self.waiting = ThingModel()
        self.waiting_list = ThingList(self.waiting)
        self.none = NoPlan()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.none)
        self.stack.addWidget(self._made())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self._connect()

    # ------------------------------------------------------------------------------------------- its parts
    def _made(self) -> QWidget:
        self.place = IconButton(
            "map-pin", "Place a pin: click on the picture", text="Place pin", tip="Then click on the picture (Insert)"
        )
        self.place.setCheckable(True)
        self.place.setProperty("segment", True)
        self.next_kind = Choosing()
        self.next_kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.next_kind.setMinimumContentsLength(9)
        self.next_kind.setAccessibleName("Kind of the next pin")
        for each in self._kinds:
            self.next_kind.addItem(kind_words(each))
        self.out = button("\u2212", name="Zoom out", tip="Zoom out (minus)")
        self.into = button("+", name="Zoom in", tip="Zoom in (plus)")
        for zoom in (self.out, self.into):
            zoom.setProperty("only_icon", True)
            zoom.setProperty("flat_icon", True)
        self.renumber = button("Renumber", name="Renumber the pins", tip="By rows, from the top left")
        self.whole = IconButton("maximize-2", "Show the whole picture", tip="Show the whole picture (0)", flat=True)
        self.replace = IconButton("image", "Choose another picture", flat=True)
        self.remove = IconButton("trash", "Remove this site plan", flat=True)
        tools = QHBoxLayout()
        tools.setSpacing(theme.px(8))
        tools.addWidget(self.place)
        tools.addWidget(self.next_kind)
        tools.addStretch(1)
        for tool in (self.renumber, self.out, self.into, self.whole, self.replace, self.remove):
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
        column.addWidget(self._line())
        column.addLayout(across, 1)
        return made

    def _line(self) -> QWidget:
        """Make the line above the picture: what to do next, or else the fields of the chosen pin."""
        self.label = TextField("Label")
        self.kind = ChoiceField("Kind")
        self.marks = ChoiceField("Marks")
        self.hint = Words("", ink="muted", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.line = QStackedWidget()
        fields = QWidget()
        self.line.addWidget(self.hint)
        self.line.addWidget(fields)
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        for field, share in ((self.kind, 2), (self.marks, 3), (self.label, 3)):
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        return self.line

    def _side(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        self.count = Words("PINS", Type.OVERLINE, ink="muted")
        self.waiting_title = Words("", Type.OVERLINE, ink="muted")
        self._list_card, self._waiting_card = Card(self.list), Card(self.waiting_list)
        column.addWidget(self.count)
        column.addWidget(self._list_card, 1)
        column.addWidget(self.waiting_title)
        column.addWidget(self._waiting_card)
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
        side = theme.px(240 if self._things else 200)
        self._side_part.setMinimumWidth(0 if narrow else side)
        self._side_part.setMaximumWidth(_ANY if narrow else side)
        self._list_card.setMaximumHeight(theme.px(72) if narrow else _ANY)
        self._list_card.setMinimumHeight(theme.px(60))
        rows = min(len(self.waiting.rows.all), 2 if narrow else 5)
        self._waiting_card.setFixedHeight(rows * theme.px(ROW) + theme.px(14))
        self.count.setVisible(not narrow)
        for each in (self.out, self.into):
            each.setFixedWidth(theme.px(32))
        for tool in (self.renumber, self.out, self.into, self.whole):
            tool.setVisible(not narrow)  # the keys, the wheel and the menu do the same

    def _connect(self) -> None:
        view = self.view
        self.place.toggled.connect(self._place_next)
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
        view.thing_dropped.connect(self._dropped)
        self.waiting_list.put.connect(self._put)
        self.waiting_list.picked.connect(self._pick)
        self.renumber.clicked.connect(self.renumber_wanted)
        self.marks.committed.connect(lambda thing: self.pin and self.marked.emit(self.pin.id, thing))
        self.kind.committed.connect(lambda kind: self.pin and self.kind_changed.emit(self.pin.id, kind))
        self.none.picture_wanted.connect(self.picture_wanted)
        self.none.blank_wanted.connect(self.blank_wanted)
        self.none.dropped.connect(self.dropped)

    # -------------------------------------------------------------------------------------------- showing
    def show_plan(
        self, plan: SitePlan | None, pins: Sequence[Pin], things: Sequence[Thing] = (), *, writable: bool = True
    ) -> None:
        """Show a site plan and its pins, or offer to make one; the picture follows with ``show_picture``.

        ``things`` are what a pin can mark; those without a pin stand beside the picture.
        """
        self._writable = writable
        self.none.set_writable(writable)
        self.stack.setCurrentIndex(0 if plan is None else 1)
        if plan is None:
            self._pins = []
            return
        chosen = self.pin.id if self.pin else ""
        self._things = tuple(things)
        self._pins = list(named(pins, things))
        self.view.writable = self.list.writable = writable
        self.waiting_list.set_writable(writable)
        for tool in (self.place, self.next_kind, self.renumber, self.replace, self.remove):
            tool.setEnabled(writable)
        self.renumber.setEnabled(writable and bool(renumbered(self._pins)))
        self.view.show_plan(plan, self._pins)
        self.pins.show(self._pins)
        self.count.setText(f"PINS \u00b7 {len(self._pins)}" if self._pins else "PINS")
        self._show_waiting()
        self.choose(chosen)

    def _show_waiting(self) -> None:
        waiting = not_placed(self._things, self._pins)
        self.waiting.show(waiting)
        self.waiting_title.setText(f"NOT ON THE PLAN YET \u00b7 {len(waiting)}")
        for part in (self.waiting_title, self._waiting_card):
            part.setVisible(bool(waiting))
        if self._next not in waiting:
            self._next = None
        self._fit()

    def _say_hint(self) -> None:
        if self.place.isChecked():
            self.hint.setText(f"Click where {self._next.name if self._next else 'the pin'} belongs; Esc leaves it.")
        elif not self._pins:
            self.hint.setText("Place a pin, then click where it belongs." if self._writable else "There is no pin.")
        else:
            self.hint.setText("Choose a pin to say what it marks; drag it, or move it with the arrow keys.")
        self.line.setCurrentIndex(0 if self.place.isChecked() or self.pin is None else 1)

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
        if self.pin is not None:
            self._show_chosen(self.pin)
        self._say_hint()

    def _show_chosen(self, pin: Pin) -> None:
        possible = fitting(pin, self._things)
        marks = next((thing for thing in possible if thing.id == marked_by(pin)), None)
        if not (self.label.entry.hasFocus() and self.label.property("pin") == pin.id):
            self.label.show_value(pin.label)
        self.label.setProperty("pin", pin.id)
        self.label.setVisible(marks is None)
        kinds = [*self._kinds, *([] if pin.kind in self._kinds else [pin.kind])]
        self.kind.offer([(kind_words(kind), kind) for kind in kinds])
        self.kind.show_value(pin.kind)
        self.marks.offer([("Something else", None), *((thing.name, thing) for thing in possible)])
        self.marks.show_value(marks)
        self.marks.setVisible(bool(possible))
        for field in (self.label, self.kind, self.marks):
            field.set_writable(self._writable)

    # ------------------------------------------------------------------------------------------- placing
    def _place_next(self, placing: bool) -> None:
        if placing:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)  # there Enter places it and Esc leaves it
        else:
            self._next = None
        self.view.place_next(placing)
        self._say_hint()

    def _pick(self, thing: Thing) -> None:
        self._next = thing
        self.place.setChecked(True)
        self._say_hint()

    def _put(self, thing: Thing) -> None:
        self.place.setChecked(False)
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.thing_placed.emit(thing, *self.view.middle())

    def _dropped(self, id: str, x: int, y: int) -> None:
        thing = next((each for each in self.waiting.rows.all if each.id == id), None)
        if thing is not None:
            self.view.setFocus(Qt.FocusReason.MouseFocusReason)
            self.thing_placed.emit(thing, x, y)

    def _placed(self, x: int, y: int) -> None:
        thing = self._next
        self.place.setChecked(False)
        if thing is not None:
            self.thing_placed.emit(thing, x, y)
        else:
            self.placed.emit(self._kinds[self.next_kind.currentIndex()], x, y)

    def ask_marks(self, things: Sequence[Thing]) -> None:
        """Offer at the chosen pin what it may mark; Esc leaves it as it is."""
        pin = self.pin
        if pin is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"Which {pin.kind} is it?").setEnabled(False)
        for thing in things:
            action = menu.addAction(thing.name.replace("&", "&&"))
            action.triggered.connect(lambda on=False, thing=thing: self.marked.emit(pin.id, thing))
        menu.addSeparator()
        menu.addAction("Something else")
        beside = self.view.pin_point(pin.id).toPoint() + QPoint(theme.px(12), theme.px(12))
        menu.popup(self.view.mapToGlobal(beside))  # not below the mouse, whose release would choose
        menu.setActiveAction(menu.actions()[1])

    def _moved_by(self, id: str, across: int, down: int) -> None:
        pin = next(each for each in self._pins if each.id == id)
        self.moved.emit(id, min(1000, max(0, pin.x + across)), min(1000, max(0, pin.y + down)))

    def _ask_label(self) -> None:
        if self.pin is not None and not self.label.isHidden():
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
            menu.addAction("Renumber the pins by rows", self.renumber_wanted.emit).setEnabled(self.renumber.isEnabled())
        menu.addAction("Zoom in\t+", self.view.zoom_in)
        menu.addAction("Zoom out\t\u2212", self.view.zoom_out)
        menu.addAction("Show the whole picture\t0", self.view.fit)
        menu.popup(at)
