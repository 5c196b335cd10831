"""What the parts of a person's detail share: what is shown, how it is written, and rows that keep the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.ids import PartnerId, SiteId
from rallyapp.domain.people import Person
from rallyapp.domain.records import Record
from rallyapp.store import Edit
from rallyapp.store.person_queries import Held
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.widgets.fields import Field
from rallyapp.ui.widgets.parts import Section

R = TypeVar("R", bound=Record)
W = TypeVar("W", bound=QWidget)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a person's detail needs of the plan besides the person: sites and partners by name, and the strike days."""

    sites: Mapping[SiteId, str]
    partners: Mapping[PartnerId, str]
    days: tuple[StrikeDay, ...]

    @property
    def dates(self) -> tuple[date, ...]:
        """The calendar days that the strike days touch."""
        return tuple(sorted({day for each in self.days for day in each.window.days()}))

    def site(self, id: SiteId | None) -> str:
        """Name a site."""
        return self.sites.get(id, "(unknown)") if id else ""

    @property
    def site_options(self) -> list[tuple[str, object]]:
        """The sites to choose from, by name."""
        return sorted(((name, id) for id, name in self.sites.items()), key=lambda pair: pair[0].casefold())

    @property
    def partner_options(self) -> list[tuple[str, object]]:
        """The partner charities to choose from, by name."""
        return sorted(((name, id) for id, name in self.partners.items()), key=lambda pair: pair[0].casefold())


class Part(Section):
    """A section of the detail. ``show`` shows a person; what is done in it is written at once, as one edit."""

    def __init__(self, desk: Desk, title: str) -> None:
        """Take the plan and the heading."""
        super().__init__(title)
        self.desk = desk
        self.held: Held | None = None
        self.around = Around(sites={}, partners={}, days=())

    @property
    def person(self) -> Person:
        """The person that is shown."""
        assert self.held is not None
        return self.held.person

    @property
    def whose(self) -> str:
        """The person's name, for a label."""
        return self.person.name

    def show_held(self, held: Held, around: Around) -> None:
        """Show a person; somebody else than before, or the same after a change."""
        anew = self.held is None or self.held.person.id != held.person.id
        self.held, self.around = held, around
        self.fill(anew)

    def fill(self, anew: bool) -> None:
        """Show ``held``; ``anew`` where it is somebody else than before."""
        raise NotImplementedError

    def left_behind(self) -> Iterator[str]:
        """Give a sentence for each text that was begun and can't be written, when somebody else is to be shown."""
        yield from ()

    def set_writable(self, writable: bool) -> None:
        """Let it be changed, or only read; a part in which nothing is changed has nothing to do."""

    def write(self, label: str, write: Callable[[Edit], object]) -> bool:
        """Do one edit; where it was refused, show again what the plan holds."""
        if self.desk.edit(label, write):
            return True
        self.fill(anew=True)
        return False

    def put(self, label: str, **changes: Any) -> bool:
        """Change columns of the person's row; other windows' changes to other columns stay."""
        was = self.person
        return self.write(label, lambda edit: edit.save(replace(was, **changes), was=was))

    def change(self, label: str, was: R, **changes: Any) -> bool:
        """Change columns of one row."""
        now = replace(was, **changes)  # type: ignore[type-var]
        return self.write(label, lambda edit: edit.save(now, was=was))


def show_in(field: Field, value: object, *, anew: bool) -> None:
    """Show a value in a field, unless it stands there already: what somebody is typing stays."""
    if anew or field.value != value:
        field.show_value(value)


def unlabelled(field: Field) -> Field:
    """Take the label above a field away; it keeps its spoken name."""
    for label in field.findChildren(QLabel):
        if label is not field.wrong:
            label.hide()
    return field


def in_order(widget: QWidget) -> Iterator[QWidget]:
    """List what the keyboard reaches inside a widget, in the order in which it is laid out."""
    layout = widget.layout()
    if layout is not None:
        yield from _in_layout(layout)
    elif widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        yield widget


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        inner = item.layout()
        if inner is not None:
            yield from _in_layout(inner)
        elif (found := item.widget()) is not None:
            yield from in_order(found)


class Rows(QWidget, Generic[W]):
    """Widgets below each other, one for each record: kept by id, so that the focus stays where it was."""

    def __init__(self, make: Callable[[Any], W], show: Callable[[W, Any], None], *, gap: int = 8) -> None:
        """Take how a record's widget is made, and how it shows the record as it is now."""
        super().__init__()
        self._make, self._show = make, show
        self.by_id: dict[str, W] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(gap))

    def show_records(self, records: Iterable[Any]) -> None:
        """Show these, in their order."""
        known = {record.id: record for record in records}
        for id in [id for id in self.by_id if id not in known]:
            gone = self.by_id.pop(id)
            gone.hide()
            self._column.removeWidget(gone)
            gone.deleteLater()
        for place, (id, record) in enumerate(known.items()):
            widget = self.by_id.get(id)
            if widget is None:
                widget = self.by_id[id] = self._make(record)
                self._column.insertWidget(place, widget)
            elif self._column.indexOf(widget) != place:
                self._column.removeWidget(widget)
                self._column.insertWidget(place, widget)
            self._show(widget, record)
        self.setVisible(bool(known))
