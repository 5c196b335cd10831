"""The page of paper: what to print and how it will look, what was printed, and what comes back on paper."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol, cast, runtime_checkable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.print_choices import print_dates
from rallyapp.domain.problems import Concern
from rallyapp.domain.records import KINDS, table_of
from rallyapp.domain.times import day_words
from rallyapp.domain.words import counted
from rallyapp.store.journal import ChangeSet
from rallyapp.ui import print_making, printing, theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.pages.print.choosing import Choosing
from rallyapp.ui.pages.print.everything import Everything
from rallyapp.ui.printers import Printers, find_printers
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Empty, Segments
from rallyapp.ui.widgets.words import CutWords, button, polish_anew

_TITLE = "Print and share"
_WIDE = 960  # px at 100 % that the page has where words need not be saved
NOTED = frozenset({"print_run", "printed_line"})
_OTHERS: Mapping[str, tuple[str, str]] = {
    "printed": ("rallyapp.ui.pages.print.printed", "Printed"),
    "back": ("rallyapp.ui.type_back", "TypeBack"),
}


class View(Protocol):
    """What a view of the page beside the first one can do."""

    def stale(self) -> None:
        """Read the plan anew, at once or when next looked at."""


@runtime_checkable
class Unfinished(Protocol):
    """A view in which something may be lost on closing."""

    def unfinished(self) -> str:
        """Say in a sentence what would be."""


class PrintPage(Page):
    """The page. What is ticked, or else what is looked at, goes to a printer or into files."""

    reads = frozenset(table_of(kind) for kind in KINDS) - {"availability", "cover", "preference", "pair"}
    follows_day = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Make the page of an open plan."""
        super().__init__(desk, parent)
        self._only_noted = False
        self._views: dict[str, QWidget] = {}
        self.choose = Choosing(desk)
        self.everything = Everything(desk, self.choose.kept)
        self.choose.changed.connect(self._say)
        self.everything.changed.connect(self._say)
        self.everything.left.connect(self.leave_everything)
        desk.jobs.listen(printing.JOB, self._hear_job)
        self.printers = Printers()
        self._make_head()
        self._make_actions()
        self._lay_out()
        self.setFocusProxy(self.choose.documents)

    def _make_head(self) -> None:
        self.everything_button = button("&Everything\u2026", tip="All that a day needs, in one action (Ctrl+Shift+E)")
        self.save_button = button("&Save PDF\u2026", tip="Asks where to save (Ctrl+S)")
        self.print_button = button("&Print", primary=True)
        self.everything_button.clicked.connect(self.begin_everything)
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_chosen)
        views = [("P&review", "choose"), ("Pri&nted", "printed"), ("&Type back", "back")]
        self.views = Segments(
            [(words, name) for words, name in views if name not in _OTHERS or _is_there(_OTHERS[name][0])], "View"
        )
        self.views.chosen.connect(lambda name: self.show_view(str(name)))

    def _make_actions(self) -> None:
        for text, keys, do in (
            ("Everything for the next day\u2026", "Ctrl+Shift+E", self.begin_everything),
            ("Save as PDF\u2026", "Ctrl+S", self.save),
            ("Print on the chosen printer", "", self.print_chosen),
            ("Next page", "Ctrl+PgDown", lambda: self._turn(1)),
            ("Page before", "Ctrl+PgUp", lambda: self._turn(-1)),
        ):
            action = QAction(text, self)
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            if keys:
                action.setShortcut(QKeySequence(keys))
            action.triggered.connect(lambda checked=False, do=do: do())
            self.addAction(action)
        self._of_preview = list(self.actions())
        for text, name in (("What was printed", "printed"), ("Type back a sheet", "back"), ("Preview", "choose")):
            if name in self.views.buttons:
                action = QAction(text, self)
                action.triggered.connect(lambda checked=False, name=name: self.show_view(name))
                self.addAction(action)

    def unfinished(self) -> str:
        """Say what is still being printed, or typed back and not written."""
        if self.desk.jobs.tells(printing.JOB):
            return "Something is still being saved or printed: wait, or close again to stop after the paper in hand."
        said = (view.unfinished() for view in self._views.values() if isinstance(view, Unfinished))
        return next(filter(None, said), "")

    def menu_actions(self) -> Iterator[QAction]:
        """List what can be done on this page, and in the view that is shown."""
        yield from super().menu_actions()
        yield from self.stack.currentWidget().actions()

    def _lay_out(self) -> None:
        self._title = CutWords(_TITLE, Type.TITLE)
        self._head = QHBoxLayout()
        self._head.addWidget(self._title, 100)
        self._head.addWidget(self.views)
        self._head.addStretch(1)
        for each in (self.everything_button, self.save_button, self.print_button):
            self._head.addWidget(each)
        self.empty = Empty(
            "There is nothing to print before the plan has a strike day or a rally.", "&Add a strike day"
        )
        self.empty.wanted.connect(lambda: self.desk.go(PageName.DAYS))
        self.stack = QStackedWidget()
        for each in (self.choose, self.everything, self.empty):
            self.stack.addWidget(each)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.stack, 1)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()

    def _fit(self) -> None:
        self._column.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        self._column.setSpacing(theme.px(16))
        self._head.setSpacing(theme.px(8))
        self._title.setMaximumWidth(QFontMetrics(theme.font(Type.TITLE)).horizontalAdvance(_TITLE) + theme.px(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Save words where there is little room."""
        super().resizeEvent(event)
        self._say()

    def minimumSizeHint(self) -> QSize:
        """Give the least size: the preview takes what there is."""
        return QSize(super().minimumSizeHint().width(), theme.px(250))

    # ----------------------------------------------------------------------------------------- showing
    def hear(self, change_set: ChangeSet) -> None:
        """Take notice of a change; one that only notes a print changes nothing of what a day needs."""
        if not self.reads.isdisjoint(change_set.rows):
            self._only_noted = NOTED.issuperset(change_set.rows) and not (self._stale and not self._only_noted)
            self.stale()

    def reload(self) -> None:
        """Show what there is to print now."""
        plan = print_making.outline(self.desk.store)
        only_noted, self._only_noted = self._only_noted, False
        self.choose.reload(plan)
        if self.stack.currentWidget() is self.everything and not only_noted:
            self.everything.reload(plan)
        for view in self._views.values():
            cast(View, view).stale()
        if not self._anything(plan):
            self._show(self.empty)
        elif self.stack.currentWidget() is self.empty:
            self._show(self._current())
        self._say()

    @staticmethod
    def _anything(plan: Any) -> bool:
        return bool(print_dates(plan)) or any(plan.all(kind) for kind in print_making.TO_PRINT)

    def showEvent(self, event: Any) -> None:
        """Ask for the printers on being shown: one may have been switched on."""
        super().showEvent(event)
        self.desk.jobs.start("printers", self._find_printers)

    async def _find_printers(self) -> None:
        self.printers = await find_printers()
        self.choose.options.show_printers(self.printers)
        self._say()

    def _current(self) -> QWidget:
        return self._views.get(str(self.views.value), self.choose)

    def show_view(self, name: str) -> None:
        """Show the preview, what was printed, or typing back."""
        self.views.choose(name)
        if name in _OTHERS and name not in self._views:
            module, kind = _OTHERS[name]
            made = self._views[name] = getattr(importlib.import_module(module), kind)(self.desk)
            self.stack.addWidget(made)
        self.everything.stop()
        if self.stack.currentWidget() is not self.empty or name in _OTHERS:
            self._show(self._current())

    def _show(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self._say()

    def show_record(self, what: Concern) -> None:
        """Look at a document of a picket, a rally or a stall, or at one that was printed; or type a sheet back."""
        self.freshen()
        if what.kind == "view":
            self.show_view(what.id)
            return
        self.show_view("choose")
        self.choose.show_record(what)

    # ----------------------------------------------------------------------------------- what is said
    def _say(self) -> None:
        here = self.stack.currentWidget()
        for each in (self.everything_button, self.save_button, self.print_button):
            each.setVisible(here in (self.choose, self.everything))
        self.everything_button.setVisible(here is self.choose)
        for action in self._of_preview:
            action.setVisible(here in (self.choose, self.everything))
        on = self.everything.meant(self.choose.plan)
        self.everything_button.setEnabled(on is not None)
        if on is not None:
            all_of = "&Everything" if self.width() >= theme.px(_WIDE) else "&All"
            self.everything_button.setText(f"{all_of} for {_short_day(on)}\u2026")
            self.everything_button.setAccessibleName(f"Everything for {day_words(on)}")
        many = len(self.everything.chosen()) if here is self.everything else len(self.choose.all_wanted())
        of = f" of {_short_day(self.everything.on)}" if here is self.everything and self.everything.on else ""
        ready = here is not self.everything or bool(self.everything.ready())
        free = not self.desk.jobs.runs(printing.JOB)
        self.save_button.setText(f"&Save {counted(many, 'PDF') if many > 1 or of else 'PDF'}{of}\u2026")
        self.print_button.setText(f"&Print {many}" if many > 1 else "&Print")
        self.save_button.setEnabled(bool(many) and ready and free)
        self.print_button.setEnabled(bool(many) and ready and free and bool(self.printers.names))
        printer = self.choose.options.printer.currentText()
        tip = f"Prints on {printer} (Ctrl+P)" if self.printers.names else "No printer is set up here: save the PDF."
        busy = "Something is being saved or printed: that comes first."
        self.print_button.setToolTip(theme.plain_tip(tip if free else busy))
        self.save_button.setToolTip(theme.plain_tip("Asks where to save (Ctrl+S)" if free else busy))
        for each in (self.save_button, self.print_button):
            each.setAccessibleName(each.text().replace("&", "").rstrip("\u2026"))
        self._point_out(self.print_button if self.printers.names else self.save_button)

    def _hear_job(self) -> None:
        if isValid(self):
            self._say()

    def _point_out(self, first: QPushButton) -> None:
        """Let the one thing that most want to do stand out."""
        for each in (self.save_button, self.print_button):
            if bool(each.property("primary")) != (each is first):
                each.setProperty("primary", each is first)
                polish_anew(each)

    # -------------------------------------------------------------------------------------- everything
    def begin_everything(self) -> None:
        """Show all that the next day needs, and draw it."""
        self.views.choose("choose")
        self._show(self.everything)
        self.everything.begin(self.choose.plan)
        self.everything.list.setFocus()

    def leave_everything(self) -> None:
        """Go back to one document."""
        self.everything.stop()
        self._show(self._current())
        self.choose.documents.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave everything with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.stack.currentWidget() is self.everything:
            self.leave_everything()
            return
        super().keyPressEvent(event)

    def _turn(self, by: int) -> None:
        pane = self.everything.pane if self.stack.currentWidget() is self.everything else self.choose.pane
        pane.preview.go_to(pane.preview.page + by)

    # ------------------------------------------------------------------------------------ files, printers
    def save(self) -> None:
        """Ask where to save, one document as a file and several in a folder."""
        if not self.save_button.isEnabled():
            return
        if self.stack.currentWidget() is self.everything:
            printing.ask_save(self.desk, self, self.everything.ready() or ())
        else:
            wanted = self.choose.all_wanted()
            printing.ask_save(self.desk, self, wanted, lambda: self._handed_out(wanted))

    def print_chosen(self) -> None:
        """Send it to the chosen printer; where there is none, save it."""
        if not self.printers.names:
            self.save()
            return
        if not self.print_button.isEnabled():
            return
        options = self.choose.options
        printer = str(options.printer.currentData())
        if self.stack.currentWidget() is self.everything:
            printing.start_print(self.desk, self.everything.ready() or (), printer, 1)
        else:
            wanted = self.choose.all_wanted()
            printing.start_print(self.desk, wanted, printer, options.copies.value, lambda: self._handed_out(wanted))

    def _handed_out(self, done: Sequence[print_making.Wanted]) -> None:
        if isValid(self):
            self.choose.handed_out(done)

    # ---------------------------------------------------------------------------------------- settings
    def settings(self) -> dict[str, Any]:
        """Give what to find again: documents and how each is printed; nobody's name."""
        return self.choose.settings()

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Take what ``settings`` gave."""
        self.choose.take_settings(kept)


def _short_day(on: date) -> str:
    return day_words(on).rpartition(" ")[0]  # without the year


def _is_there(module: str) -> bool:
    return importlib.util.find_spec(module) is not None
