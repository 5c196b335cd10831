"""The menus of the window: what can be done, by which keys, and whether it can be done now."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from rallyapp.demos import DEMOS
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.frame import PAGES
from rallyapp.ui.theme import Appearance

if TYPE_CHECKING:
    from rallyapp.ui.desk import Desk
    from rallyapp.ui.frame import Frame


class MenuWindow(QMainWindow):
    """A window with the menus; what they do is in ``MainWindow``."""

    desk: Desk | None
    frame: Frame | None

    def _action(self, menu: QMenu, text: str, keys: Any, do: Callable[[], None]) -> QAction:
        made = QAction(text, self)
        if keys is not None:
            made.setShortcuts(keys if isinstance(keys, list) else [QKeySequence(keys)])
        made.triggered.connect(self._tried(do))
        menu.addAction(made)
        return made

    def _make_menus(self) -> None:
        bar, key = self.menuBar(), QKeySequence.StandardKey
        bar.setNativeMenuBar(False) if QApplication.platformName() == "offscreen" else None
        plan = bar.addMenu("&Plan")
        self._action(plan, "&New plan\u2026", key.New, self.new_plan)
        self._action(plan, "&Open a plan\u2026", key.Open, self.ask_open)
        demos = plan.addMenu("Make a &demo plan")
        for demo in DEMOS.values():
            title = demo.description.partition(": ")[0] + "\u2026"
            made = self._action(demos, title, None, functools.partial(self.ask_demo, demo.name))
            made.setProperty("spoken", f"Make a demo plan: {title}")  # what it is called outside this menu
        plan.addSeparator()
        self.print_rota_action = self._action(plan, "&Print rota\u2026", key.Print, self.ask_print_rota)
        self.rally_menu = plan.addMenu("Print rally p&lan")
        self.rally_menu.aboutToShow.connect(self._tried(self._list_rallies))
        plan.addSeparator()
        self.close_action = self._action(plan, "&Close plan", "Ctrl+W", self.ask_close)
        self._action(plan, "&Quit", "Ctrl+Q", self._quit)
        edit = bar.addMenu("&Edit")
        self.undo_action = self._action(edit, "&Undo", "Ctrl+Z", self.undo)
        self.redo_action = self._action(
            edit, "&Redo", [QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")], self.redo
        )
        edit.addSeparator()
        self.search_action = self._action(edit, "&Search everything\u2026", "Ctrl+K", self.search_everything)
        self.page_menu = bar.addMenu("P&age")
        self.page_menu.aboutToShow.connect(self._list_page)
        go = bar.addMenu("&Go")
        for place, name in enumerate(PAGES, start=1):
            self._action(go, str(name), f"Ctrl+{place}" if place <= 9 else None, functools.partial(self.go, name))
        go.addSeparator()
        self._action(go, "Strike day &before", "Alt+PgUp", lambda: self._step_day(-1))
        self._action(go, "Strike day &after", "Alt+PgDown", lambda: self._step_day(1))
        self.go_menu = go
        rota = bar.addMenu("&Rota")
        self.fill_action = self._action(rota, "&Fill rota", "Ctrl+R", self.fill_rota)
        view = bar.addMenu("&View")
        self.fold_action = self._action(view, "&Details pane", "F9", self._fold)
        view.addSeparator()
        self._action(
            view, "Zoom &in", [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")], functools.partial(self._zoom, 1)
        )
        self._action(view, "Zoom &out", "Ctrl+-", functools.partial(self._zoom, -1))
        self._action(view, "&Normal size", "Ctrl+0", functools.partial(self._zoom, 0))
        view.addSeparator()
        group = QActionGroup(self)
        for appearance, text in (
            (Appearance.SYSTEM, "As the &system"),
            (Appearance.LIGHT, "&Light"),
            (Appearance.DARK, "&Dark"),
        ):
            made = self._action(view, text, None, functools.partial(self._appear, appearance))
            made.setCheckable(True)
            made.setChecked(appearance is self.kept.appearance)
            group.addAction(made)
        self._dismiss = QAction(self)
        self._dismiss.setShortcut(QKeySequence("Esc"))
        self._dismiss.triggered.connect(self._escape)
        self.addAction(self._dismiss)

    def _tried(self, do: Callable[..., None]) -> Callable[..., None]:
        """Wrap what an action does: expected trouble becomes the strip's sentence."""

        @functools.wraps(do)
        def tried(*given: Any) -> None:
            try:
                do(*given) if given and not isinstance(given[0], bool) else do()
            except UserError as error:
                self.failed(error)

        return tried

    def _show_state(self) -> None:
        """Let menus, title and corner say what is so now."""
        describing = self.describing is not None and self.pages.currentWidget() is self.describing
        store, frame = (None, None) if describing else (self.store, self.frame)  # a new plan hides the open one
        writable = store is not None and not store.read_only
        for action in (
            self.print_rota_action,
            self.close_action,
            self.fold_action,
            self.rally_menu.menuAction(),
            self.page_menu.menuAction(),
            self.go_menu.menuAction(),
            *self.go_menu.actions(),
        ):
            action.setEnabled(store is not None)
        self.fill_action.setEnabled(writable)
        undo, redo = (store.undo_label, store.redo_label) if store is not None and writable else (None, None)
        for action, verb, label in ((self.undo_action, "&Undo", undo), (self.redo_action, "&Redo", redo)):
            action.setEnabled(label is not None)
            action.setText(f"{verb}: {_cut(label)}" if label else verb)
        self.setWindowTitle(f"{store.path.name} \u2013 RallyApp" if store is not None else "RallyApp")
        if frame is None or store is None:
            return
        frame.say_saved("Read-only: nothing can be changed here" if store.read_only else "All changes saved")
        for button, word, label, keys in (
            (frame.header.undo, "Undo", undo, "Ctrl+Z"),
            (frame.header.redo, "Redo", redo, "Ctrl+Y"),
        ):
            button.setEnabled(label is not None)
            button.setAccessibleName(f"{word}: {label}" if label else word)
            button.setToolTip(theme.plain_tip(f"{word}: {label} ({keys})" if label else f"{word} ({keys})"))

    def _list_page(self) -> None:
        """Show in the menu what can be done on this page."""
        self.page_menu.clear()
        found = list(self.frame.page.menu_actions()) if self.frame else []
        self.page_menu.addActions(found)
        if not found:
            self.page_menu.addAction("There is nothing more to do on this page").setEnabled(False)

    def _list_rallies(self) -> None:
        from rallyapp.ui import printing  # it brings what prints, which opening does without

        self.rally_menu.clear()
        desk = self.desk
        rallies = sorted(desk.store.all(Rally), key=lambda each: (each.starts, each.title)) if desk else []
        for rally in rallies:
            text = f"{rally.title}, {day_words(rally.starts.date())}\u2026".replace("&", "&&")
            self._action(self.rally_menu, text, None, functools.partial(printing.ask_print_rally, desk, rally.id, self))
        if not rallies:
            self.rally_menu.addAction("There is no rally in this plan").setEnabled(False)


def _cut(label: str, longest: int = 60) -> str:
    short = label if len(label) <= longest else label[: longest - 1] + "\u2026"
    return short.replace("&", "&&")
