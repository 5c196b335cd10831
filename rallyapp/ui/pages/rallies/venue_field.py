"""Where a rally is: a place of the plan, or a new one, by typing its name and address."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem

from rallyapp.ui import theme
from rallyapp.ui.widgets.fields import Field, TextField


class VenueField(TextField):
    """The name of a place; those of the plan that fit are offered as somebody types. Its value is what stands in it."""

    def __init__(self, label: str = "Place") -> None:
        """Make it; ``offer`` says which places there are."""
        super().__init__(label, placeholder="A place of the plan, or a new one: name, address")
        self._names = QStringListModel(self)
        self._known: list[str] = []
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated[str].connect(self._picked)
        self._rows = _Rows(self)
        completer.popup().setItemDelegate(self._rows)
        completer.popup().setProperty("floating", True)
        assert isinstance(self.entry, QLineEdit)
        self.entry.setCompleter(completer)

    def offer(self, names: Iterable[str]) -> None:
        """Offer places by their names."""
        wanted = sorted(set(names), key=str.casefold)
        if wanted != self._known:
            self._known = wanted
            self._names.setStringList(wanted)

    def _picked(self, name: str) -> None:
        assert isinstance(self.entry, QLineEdit)
        self.entry.setText(name)
        self._finished()


class _Rows(QStyledItemDelegate):
    """Rows as high as those of the program's other lists."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        option.text = f"  {option.text}"

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(120), theme.px(32))


def show_unless_typed(field: Field, value: object, *, anew: bool) -> None:
    """Show a value that is part of no form, but never over what somebody is typing."""
    if not anew and field.half_typed and (field.entry.hasFocus() or not field.wrong.isHidden()):
        field.hold_value(value)
    else:
        field.show_value(value)
