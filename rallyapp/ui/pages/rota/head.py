"""What stands above the rota: which day, which view, how full it is, and which sites are shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from rallyapp.domain.disputes import StrikeDay
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.rota.reading import Scope, Shown
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.choosing import Choosing
from rallyapp.ui.widgets.parts import Chip, Segments
from rallyapp.ui.widgets.words import CutWords, Words, button, polish_anew

DAY, WEEK, LIST = "day", "week", "list"
_ROOMY, _WIDE, _WIDEST = 640, 760, 960  # pixels at 100 %, under which something steps aside


class Head(QWidget):
    """Title, views, what can be done, and a row of counts; those that say what is missing filter by it."""

    mode_chosen = Signal(str)
    gaps_chosen = Signal(bool)
    scope_chosen = Signal(str)
    paper_wanted = Signal()

    def __init__(self, *, writable: bool) -> None:
        """Make it, with nothing to count yet."""
        super().__init__()
        self._scope = ""
        self._some = False
        self._counts = (0, 0, 0, 0, 0)
        self._changed = 0
        self._only = False
        self.title = CutWords("", Type.TITLE)
        self.segments = Segments([("Day", DAY), ("Week", WEEK), ("List", LIST)], "View")
        self.gaps = button("Only gaps")
        self.gaps.setProperty("segment", True)
        self.gaps.setCheckable(True)
        self.more = IconButton("ellipsis", "What can be done with this day", flat=True)
        self.fill = button("Fill rota", primary=True, tip=theme.plain_tip("Propose who does what (Ctrl+R)"))
        self.fill.setEnabled(writable)
        self.count_chip, self.filled_chip = Chip(), Chip()
        self.short_chip, self.nobody_chip = Chip(checkable=True), Chip(checkable=True)
        self.paper_chip = Chip()
        self.paper_chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.paper_chip.setToolTip(theme.plain_tip("Changed since they were printed: Print and share says for whom"))
        for chip in (self.short_chip, self.nobody_chip):
            chip.setToolTip(theme.plain_tip("Show only what is missing (Ctrl+Shift+G)"))
        self._make_sites()
        self._head, self._chips = QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        for widget in (self.segments, self.gaps, self.more, self.fill):
            self._head.addWidget(widget)
        for chip in (self.count_chip, self.filled_chip, self.short_chip, self.nobody_chip, self.paper_chip):
            self._chips.addWidget(chip)
        self._chips.addStretch(1)
        self._chips.addWidget(self.sites, 1000)  # up to its greatest width; the rest is left free before it
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addLayout(self._chips)
        self._connect()
        self._fit()

    def _make_sites(self) -> None:
        self.sites = Choosing()
        self.sites.setAccessibleName("Which sites are shown")
        self.sites.setEditable(True)
        self.sites.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.sites.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.sites.setMinimumContentsLength(8)
        self.sites.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.sites.lineEdit().setAccessibleName("Which sites are shown")
        completer = self.sites.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)

    def _connect(self) -> None:
        self.segments.chosen.connect(lambda mode: self.mode_chosen.emit(str(mode)))
        for each in (self.gaps, self.short_chip, self.nobody_chip):
            each.clicked.connect(self.gaps_chosen)
        self.paper_chip.clicked.connect(lambda: self.paper_wanted.emit())
        self.sites.activated.connect(lambda at: self._choose_scope(str(self.sites.itemData(at))))
        self.sites.lineEdit().editingFinished.connect(self._typed_site)

    # -------------------------------------------------------------------------------------------- showing
    def show_shifts(self, shifts: Sequence[Shown], *, only_gaps: bool, there: bool) -> None:
        """Count the shifts; ``there`` is whether there is a rota at all."""
        going = [shift.row for shift in shifts if shift.on]
        heads, wished = sum(row.heads for row in going), sum(row.wished for row in going)
        missing = sum(row.missing for row in going)
        nobody = sum(row.missing > 0 and not row.heads for row in going)
        self.count_chip.say(f"{len(shifts):,} {'shift' if len(shifts) == 1 else 'shifts'}")
        self.filled_chip.say(f"{heads:,} of {wished:,} places filled")
        if missing:
            self.short_chip.say(f"{missing:,} more needed", "short")
        else:
            self.short_chip.say("Nobody is missing", "met")
        self.nobody_chip.say(f"{nobody:,} {'shift' if nobody == 1 else 'shifts'} with nobody", "nobody")
        self._changed = sum(shift.printed is not None for shift in shifts)
        self.paper_chip.say(f"{self._changed:,} not as on paper")
        self._counts = (len(shifts), len(going), wished, missing, nobody)
        self._only, self._some = only_gaps, there
        for each in (self.gaps, self.short_chip, self.nobody_chip):
            each.setChecked(only_gaps)
        self._make_room()

    def show_scopes(self, scopes: Sequence[Scope], key: str) -> None:
        """Offer sites, of which one choice is shown."""
        self._scope = key
        with QSignalBlocker(self.sites):
            wanted = [(scope.words, scope.key) for scope in scopes]
            shown = [(self.sites.itemText(at), self.sites.itemData(at)) for at in range(self.sites.count())]
            if wanted != shown:
                self.sites.clear()
                for words, value in wanted:
                    self.sites.addItem(words, value)
            self.sites.setCurrentIndex(self.sites.findData(key))
            self.sites.lineEdit().setCursorPosition(0)
            self.sites.setToolTip(theme.plain_tip(self.sites.currentText()))
        self.sites.setVisible(len(scopes) > 1)
        self._fit_sites()

    def show_main(self, main: bool) -> None:
        """Let Fill rota be the one main button of the page, or not while another one is."""
        if bool(self.fill.property("primary")) != main:
            self.fill.setProperty("primary", main)
            polish_anew(self.fill)

    def _fit_sites(self) -> None:
        """Give the sites that are shown room for their words, within limits."""
        needed = self.sites.fontMetrics().horizontalAdvance(self.sites.currentText()) + theme.px(60)
        self.sites.setMaximumWidth(min(max(needed, theme.px(200)), theme.px(340)))

    def _choose_scope(self, key: str) -> None:
        if key != self._scope:
            self.scope_chosen.emit(key)

    def _typed_site(self) -> None:
        """Take a site that was typed; show the present one again where there is none of that name."""
        at = self.sites.findText(self.sites.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self._choose_scope(str(self.sites.itemData(at)))
        else:
            with QSignalBlocker(self.sites):
                self.sites.setCurrentIndex(self.sites.findData(self._scope))
                self.sites.setEditText(self.sites.itemText(self.sites.currentIndex()))

    def _make_room(self) -> None:
        """Leave away what is said elsewhere too, where there is no room for it."""
        shifts, going, wished, missing, nobody = self._counts
        roomy, wide = self.width() >= theme.px(_ROOMY), self.width() >= theme.px(_WIDE)
        self.count_chip.setVisible(shifts > 0 and wide and (not self._changed or self.width() >= theme.px(_WIDEST)))
        self.filled_chip.setVisible(going > 0 and wished > 0 and (roomy or not missing))
        self.short_chip.setVisible(going > 0 and wished > 0 and (missing > 0 or self._only))
        self.nobody_chip.setVisible(nobody > 0 and (wide or roomy))
        self.paper_chip.setVisible(self._changed > 0 and wide)
        self.gaps.setVisible(self._some and roomy)
        for widget in (self.segments, self.more, self.fill):
            widget.setVisible(self._some)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_column"):
            self._fit()
            self._make_room()

    def _fit(self) -> None:
        self._column.setSpacing(theme.px(12))
        self._head.setSpacing(theme.px(8))
        self._chips.setSpacing(theme.px(8))
        self._fit_sites()
        self.setMinimumWidth(theme.px(360))


class Banner(QFrame):
    """Says that the strike day is stood down."""

    def __init__(self) -> None:
        """Make it, hidden."""
        super().__init__()
        self.setObjectName("notice")
        self.setAccessibleName("Stood down")
        self.words = Words("", wrap=True)
        self.button = button("Strike days", tip=theme.plain_tip("Go to this strike day"))
        self.button.setProperty("link", True)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        self._row.addWidget(self.button)
        self._fit()
        self.hide()

    def show_day(self, day: StrikeDay | None) -> None:
        """Say it, if it is so."""
        down = day is not None and day.stood_down
        self.setVisible(down)
        if day is not None and down:
            self.words.setText(
                f"This strike day is {day.state}: its pickets are stood down. The rota stays as it was, and comes back "
                "when the day is reinstated."
            )

    def changeEvent(self, event: QEvent) -> None:
        """Follow the zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._fit()

    def _fit(self) -> None:
        self._row.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
