"""The preview with a line above it: which page, of which sheet, and how large; drawn while somebody chooses on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
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
AHEAD, BEHIND = 12, 4  # pages that are drawn after the sheet that is looked at, and before it
CHUNK = 6  # sheets that are drawn together while somebody looks at the first


class PreviewPane(QWidget):
    """A document as it will be printed. The newest request wins; what was seen before stays until then."""

    sheets_drawn = Signal()  # ``pages_of_sheet`` knows more

    def __init__(self, desk: Desk) -> None:
        """Take where it is drawn; it shows nothing yet."""
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._begun = False  # something of what is wanted is shown
        self._seen: Wanted | None = None  # what is shown until then
        self._by_sheet: dict[str, list[Leaf]] = {}
        self._fresh: set[str] = set()  # sheets that are drawn as they are wanted
        self._titles: dict[str, str] = {}
        self._left_out: dict[str, None] = {}
        self._focus = self._sought = ""  # the sheet that is looked at, and one that somebody wants to see
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
        column.addWidget(self._bar)  # above: the strip with what happened floats over the foot
        column.addWidget(hairline())
        column.addWidget(self._stack, 1)
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
        self._row.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        self._row.setSpacing(theme.px(4))

    # ---------------------------------------------------------------------------------- what is shown
    @property
    def busy(self) -> bool:
        """Say whether something that is looked at is not shown yet, or not as sharp as the screen is."""
        return bool(self._next()) or bool(self.preview.leaves and not self.preview.whole)

    def pages_of_sheet(self, about: str) -> int | None:
        """Count the pages of a sheet; None where it is not drawn yet, 0 where there is nothing to print of it."""
        if about in self._by_sheet:
            return len(self._by_sheet[about])
        return 0 if about in self._fresh else None

    def show_wanted(self, wanted: Wanted) -> None:
        """Draw this and show it."""
        if wanted != self._wanted:
            self._wanted, self._begun = wanted, False
            self._start()

    def refresh(self, wanted: Wanted) -> None:
        """Draw this anew, even if it is wanted as before: the plan is another one."""
        self._wanted = None
        self.show_wanted(wanted)

    def show_drawn(self, drawn: Drawn) -> None:
        """Show what is drawn already."""
        self._wanted, self._begun = drawn.wanted, True
        self._by_sheet, self._titles, self._seen = {}, {}, None
        self._fresh, self._left_out, self._sought = set(), {}, ""
        self._take(drawn)
        self.preview.show_leaves(self._leaves(), keep=False)
        self._say_left_out()

    def say(self, sentence: str) -> None:
        """Show a sentence and no page."""
        self._wanted = self._seen = None
        self._by_sheet, self._fresh = {}, set()
        self.preview.clear()
        self._say(sentence)

    def go_to_sheet(self, about: str) -> None:
        """Show the first page of a sheet, as soon as it is drawn."""
        self._sought = about
        self._seek()
        self._start()

    def _seek(self) -> None:
        if self._by_sheet.get(self._sought):
            sought, self._sought = self._sought, ""
            self.preview.go_to_sheet(sought)
        elif self._sought in self._fresh:
            self._sought = ""  # there is nothing to print of it

    def showEvent(self, event: QShowEvent) -> None:
        """Go on with what was not drawn while nobody looked."""
        super().showEvent(event)
        self._start()

    # ------------------------------------------------------------------------------------- drawing it
    def _start(self) -> None:
        if self._next():
            self._desk.jobs.start(JOB, self._follow)

    async def _follow(self) -> None:
        """Draw what is looked at and some pages around it, and nothing while nobody looks."""
        while isValid(self) and self.isVisible() and (abouts := self._next()):
            wanted = self._wanted
            assert wanted is not None
            try:
                await self._draw(wanted, abouts)
            except UserError as error:
                if isValid(self) and wanted is self._wanted:
                    self.say(str(error))

    async def _draw(self, wanted: Wanted, abouts: tuple[str, ...]) -> None:
        from rallyapp.ui import print_making

        drawn = await in_thread(print_making.draw, self._desk.store, wanted.only(abouts), self._desk.now())
        if not isValid(self) or wanted is not self._wanted:
            return
        if not self._begun:
            self._begin(wanted)
        self._take(drawn)
        self._show_leaves()
        self._seek()
        self.sheets_drawn.emit()

    def _next(self) -> tuple[str, ...]:
        """Choose what to draw next: the sheet that is looked at, some pages of those after it, and then before it."""
        abouts = self._wanted.order.abouts if self._wanted is not None else ()
        fresh = self._fresh if self._begun else set()
        if len(fresh) == len(abouts):
            return ()
        looked_at = self._sought or self._focus
        at = abouts.index(looked_at) if looked_at in abouts else 0
        many = self._together() if fresh else 1
        for step, most in ((1, AHEAD), (-1, BEHIND)):
            pages = 0
            for n in range(at, len(abouts) if step > 0 else -1, step):
                if abouts[n] not in fresh:
                    some = abouts[n : n + many] if step > 0 else abouts[max(0, n - many + 1) : n + 1]
                    return tuple(about for about in some if about not in fresh)
                pages += len(self._by_sheet.get(abouts[n], ())) if n != at else 0
                if pages >= most:
                    break
        return ()

    def _together(self) -> int:
        """Say how many sheets are drawn at once: some pages' worth."""
        pages = sum(len(self._by_sheet.get(about, ())) for about in self._fresh)
        return max(1, min(CHUNK, AHEAD * len(self._fresh) // max(pages, 1)))

    def _begin(self, wanted: Wanted) -> None:
        """Keep the pages of the same sheets until they are drawn anew: only what changed moves."""
        seen = self._seen
        same = seen is not None and seen.order.document is wanted.order.document
        if not same or seen is None or seen.look != wanted.look:
            self._by_sheet = {}
        self._by_sheet = {about: self._by_sheet[about] for about in wanted.order.abouts if about in self._by_sheet}
        if not same:
            self.preview.clear()
        self._seen, self._begun = wanted, True
        self._fresh, self._left_out = set(), {}

    def _take(self, drawn: Drawn) -> None:
        for about in drawn.wanted.order.abouts:
            self._by_sheet.pop(about, None)
        self._fresh.update(drawn.wanted.order.abouts)
        self._left_out.update(dict.fromkeys(drawn.left_out))
        for about, page in drawn.by_sheet():
            self._by_sheet.setdefault(about, []).append(Leaf(drawn.data, page, about))
        if drawn.batch is not None:
            self._titles.update((piece.about, piece.title) for piece in drawn.batch.pieces)

    def _leaves(self) -> list[Leaf]:
        abouts = self._wanted.order.abouts if self._wanted is not None else ()
        return [leaf for about in abouts for leaf in self._by_sheet.get(about, ())]

    def _show_leaves(self) -> None:
        leaves = self._leaves()
        if leaves:
            self._stack.setCurrentIndex(0)
            self.preview.show_leaves(leaves)
        self._say_left_out()

    def _say_left_out(self) -> None:
        if self._leaves():
            self._stack.setCurrentIndex(0)
        elif self._all_drawn:
            self.preview.clear()
            self._say(" ".join(self._left_out) or "There is nothing to print.")

    @property
    def _all_drawn(self) -> bool:
        return self._wanted is not None and self._fresh.issuperset(self._wanted.order.abouts)

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self._stack.setCurrentIndex(1)
        self._turned(-1, 0)

    # --------------------------------------------------------------------------------- the line above
    def _turned(self, page: int, pages: int) -> None:
        leaf = self.preview.leaves[page] if 0 <= page < len(self.preview.leaves) else None
        self.place.setText(self._place(page, pages, leaf))
        self.sheet.say(self._titles.get(leaf.sheet, "") if leaf else "")
        self.before.setEnabled(page > 0)
        self.after.setEnabled(0 <= page < pages - 1)
        for each in (self.smaller, self.larger, self.wide, self.whole):
            each.setEnabled(bool(pages))
        self._say_zoom()
        if leaf is not None:
            self._focus = leaf.sheet
            self._start()

    def _place(self, page: int, pages: int, leaf: Leaf | None) -> str:
        """Say where one is: among the pages, or among the sheets while not all of them are drawn."""
        if leaf is None or self._wanted is None:
            return "No page"
        abouts = self._wanted.order.abouts
        if self._all_drawn or leaf.sheet not in abouts:
            return f"Page {page + 1} of {pages}"
        return f"Sheet {abouts.index(leaf.sheet) + 1} of {len(abouts)}"

    def _say_zoom(self) -> None:
        self.zoom.setText(f"{round(100 * self.preview.zoom)} %" if self.preview.leaves else "")
