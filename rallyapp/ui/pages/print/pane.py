"""The preview with a line below it: which page, of which sheet, and how large; drawn while somebody chooses on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from rallyapp.domain.problems import UserError
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.tasks import in_thread
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card, hairline
from rallyapp.ui.widgets.preview import Fit, Leaf, Preview
from rallyapp.ui.widgets.words import CutWords, Words, button

if TYPE_CHECKING:
    from rallyapp.ui.print_making import Drawn, Wanted

JOB = "preview"


class PreviewPane(QWidget):
    """A document as it will be printed. The newest request wins; what was seen before stays until then."""

    sheets_drawn = Signal()  # ``pages_of_sheet`` knows more
    sheet_turned = Signal(str)

    def __init__(self, desk: Desk) -> None:
        """Take where it is drawn; it shows nothing yet."""
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._shown: Wanted | None = None  # what is shown whole
        self._begun: Wanted | None = None  # what is shown at least in part
        self._by_sheet: dict[str, list[Leaf]] = {}
        self._titles: dict[str, str] = {}
        self.left_out: tuple[str, ...] = ()
        self._make_widgets()
        self._lay_out()

    def _make_widgets(self) -> None:
        self.preview = Preview(self._desk.jobs)
        self.preview.turned.connect(self._turned)
        self.preview.zoomed.connect(self._say_zoom)
        self.words = Words("", ink="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place = Words("", Type.SMALL, figures=True)
        self.sheet = CutWords("", Type.SMALL, ink="muted")
        self.zoom = Words("", Type.SMALL, ink="muted", figures=True)
        self.before = IconButton("chevron-up", "Page before", flat=True)
        self.after = IconButton("chevron-down", "Page after", flat=True)
        self.wide = button("Width", name="Show as wide as there is room", tip="As wide as there is room (W)")
        self.whole = button("Page", name="Show whole pages", tip="The whole page (P)")
        self.smaller = button("\u2212", name="Show smaller", tip="Smaller (\u2212, or Ctrl and the wheel)")
        self.larger = button("+", name="Show larger", tip="Larger (+, or Ctrl and the wheel)")
        for each in (self.wide, self.whole, self.smaller, self.larger):
            each.setProperty("link", True)
        self.before.clicked.connect(lambda: self.preview.go_to(self.preview.page - 1))
        self.after.clicked.connect(lambda: self.preview.go_to(self.preview.page + 1))
        self.wide.clicked.connect(lambda: self.preview.show_as(Fit.WIDTH))
        self.whole.clicked.connect(lambda: self.preview.show_as(Fit.PAGE))
        self.smaller.clicked.connect(lambda: self.preview.zoom_by(-1))
        self.larger.clicked.connect(lambda: self.preview.zoom_by(1))

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        saying = QWidget()
        around = QVBoxLayout(saying)
        around.setContentsMargins(theme.px(32), theme.px(24), theme.px(32), theme.px(24))
        around.addWidget(self.words)
        self._stack.addWidget(saying)
        self._bar = QWidget()
        self._row = QHBoxLayout(self._bar)
        for each in (self.before, self.after, self.place):
            self._row.addWidget(each)
        self._row.addWidget(self.sheet, 1)
        for each in (self.smaller, self.zoom, self.larger, self.wide, self.whole):
            self._row.addWidget(each)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(hairline())
        column.addWidget(self._bar)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(Card(inside, self.preview))
        self._fit()
        self._turned(-1, 0)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        self._row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), 0)
        self._row.setSpacing(theme.px(4))

    # ---------------------------------------------------------------------------------- what is shown
    @property
    def busy(self) -> bool:
        """Say whether something that was asked for is not shown yet, or not as sharp as the screen is."""
        return self._wanted is not self._shown or bool(self.preview.leaves and not self.preview.whole)

    def pages_of_sheet(self, about: str) -> int | None:
        """Count the pages of a sheet; None where it is not drawn yet, 0 where there is nothing to print of it."""
        if about in self._by_sheet:
            return len(self._by_sheet[about])
        return 0 if self._shown is not None and about in self._shown.order.abouts else None

    def show_wanted(self, wanted: Wanted) -> None:
        """Draw this and show it."""
        if wanted == self._wanted and self._wanted is self._shown:
            return
        self._wanted = wanted
        self._desk.jobs.start(JOB, self._follow)

    def refresh(self, wanted: Wanted) -> None:
        """Draw this anew, even if it is wanted as before: the plan is another one."""
        self._shown = None
        self._wanted = None
        self.show_wanted(wanted)

    def show_drawn(self, drawn: Drawn) -> None:
        """Show what is drawn already."""
        self._wanted = self._shown = drawn.wanted
        self._begun = None
        self._by_sheet, self._titles, self.left_out = {}, {}, drawn.left_out
        self._take(drawn)
        self.preview.show_leaves(self._leaves(), keep=False)
        self._say_left_out()

    def say(self, sentence: str) -> None:
        """Show a sentence and no page."""
        self._wanted = self._shown = self._begun = None
        self._by_sheet = {}
        self.preview.clear()
        self._say(sentence)

    # ------------------------------------------------------------------------------------- drawing it
    async def _follow(self) -> None:
        while isValid(self) and self._wanted is not None and self._wanted is not self._shown:
            wanted = self._wanted
            try:
                await self._draw(wanted)
            except UserError as error:
                if isValid(self) and wanted is self._wanted:
                    self.say(str(error))

    async def _draw(self, wanted: Wanted) -> None:
        from rallyapp.ui import print_making

        parts = print_making.draw_in_parts(self._desk.store, wanted, self._desk.now())
        left_out: dict[str, None] = {}
        fresh: set[str] = set()
        while (drawn := await in_thread(next, parts, None)) is not None:
            if not isValid(self) or wanted is not self._wanted:
                return
            if not fresh:
                self._begin(wanted)
            left_out.update(dict.fromkeys(drawn.left_out))
            fresh.update(drawn.wanted.order.abouts)
            self._take(drawn)
            self._show_leaves()
            self.sheets_drawn.emit()
        self._shown = wanted
        self.left_out = tuple(left_out)
        self._say_left_out()
        self.sheets_drawn.emit()

    def _begin(self, wanted: Wanted) -> None:
        """Keep the pages of the same sheets until they are drawn anew: only what changed moves."""
        same = self._begun is not None and self._begun.order.document is wanted.order.document
        if not same or self._begun is None or self._begun.look != wanted.look:
            self._by_sheet = {}
        self._by_sheet = {about: self._by_sheet[about] for about in wanted.order.abouts if about in self._by_sheet}
        if not same:
            self.preview.clear()
        self._begun = wanted

    def _take(self, drawn: Drawn) -> None:
        for about in drawn.wanted.order.abouts:
            self._by_sheet.pop(about, None)
        for about, page in drawn.by_sheet():
            self._by_sheet.setdefault(about, []).append(Leaf(drawn.data, page, about))
        if drawn.batch is not None:
            self._titles.update((piece.about, piece.title) for piece in drawn.batch.pieces)

    def _leaves(self) -> Iterable[Leaf]:
        abouts = self._wanted.order.abouts if self._wanted is not None else ()
        return [leaf for about in abouts for leaf in self._by_sheet.get(about, ())]

    def _show_leaves(self) -> None:
        leaves = list(self._leaves())
        if leaves:
            self._stack.setCurrentIndex(0)
            self.preview.show_leaves(leaves)

    def _say_left_out(self) -> None:
        if not list(self._leaves()):
            self.preview.clear()
            self._say(" ".join(self.left_out) or "There is nothing to print.")
        else:
            self._stack.setCurrentIndex(0)

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self._stack.setCurrentIndex(1)
        self._turned(-1, 0)

    # --------------------------------------------------------------------------------- the line below
    def _turned(self, page: int, pages: int) -> None:
        self.place.setText(f"Page {page + 1} of {pages}" if pages else "No page")
        leaf = self.preview.leaves[page] if 0 <= page < len(self.preview.leaves) else None
        self.sheet.say(self._titles.get(leaf.sheet, "") if leaf else "")
        self.before.setEnabled(page > 0)
        self.after.setEnabled(0 <= page < pages - 1)
        for each in (self.smaller, self.larger, self.wide, self.whole):
            each.setEnabled(bool(pages))
        self._say_zoom()
        if leaf is not None:
            self.sheet_turned.emit(leaf.sheet)

    def _say_zoom(self) -> None:
        self.zoom.setText(f"{round(100 * self.preview.zoom)} %" if self.preview.leaves else "")
