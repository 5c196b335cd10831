"""The posts of a rally as a table, what could be added, and the editor of the chosen one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from rallyapp.domain.ids import PostId
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import PostWanted, add_posts, affected, astray, bring_back, remove_posts, reorder
from rallyapp.domain.post_offers import offers
from rallyapp.domain.posts import Figures
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post
from rallyapp.domain.site_plans import pins_marking, with_pins
from rallyapp.domain.times import day_words
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.rallies.part import Seen
from rallyapp.ui.pages.rallies.post_editor import PostEditor
from rallyapp.ui.pages.rallies.post_grid import Grid
from rallyapp.ui.pages.rallies.post_models import WHO, PostModel
from rallyapp.ui.pages.rallies.post_offers import PostOffers
from rallyapp.ui.pages.rallies.post_rows import PostRow, post_rows
from rallyapp.ui.pages.rallies.post_writes import write_edit
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.notice import Notice
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.sheet import ColumnsButton
from rallyapp.ui.widgets.words import Words, button


class PostList(QWidget):
    """The posts, all or those of some roles. ``plan_wanted`` asks for the section with the site plan."""

    plan_wanted = Signal()

    def __init__(self, desk: Desk, title: str, roles: Collection[Role] = ()) -> None:
        """Make it for an open plan; a post that is added to the posts of one role has that role."""
        super().__init__()
        self._desk, self._roles = desk, frozenset(roles)
        self._seen: Seen | None = None
        self._plan = Plan()
        self._rows: list[PostRow] = []
        self._chosen = ""
        only = next(iter(self._roles)) if len(self._roles) == 1 else None
        self.model = PostModel(self._typed, only)
        self.sheet = Grid(self.model, title, in_order=not roles)
        self.sheet.said.connect(desk.messages.trouble)
        self.sheet.chosen.connect(self._choose)
        self.sheet.removed.connect(self._remove)
        self.sheet.moved.connect(self._move)
        self.sheet.opened.connect(lambda index: self._reveal_editor(names=index.column() == WHO))
        self.suggest = button("Suggest posts\u2026", tip="Posts that such a rally usually has, to choose from")
        self.suggest.setProperty("link", True)
        self.suggest.clicked.connect(self._offer)
        self.offers = PostOffers()
        self.offers.wanted.connect(self._add)
        self.offers.left.connect(self._stop_offering)
        self.lost = Notice()
        self.lost.link.clicked.connect(self._bring_back)
        self.editor = PostEditor(desk)
        self.editor.plan_wanted.connect(self.plan_wanted)
        head = QHBoxLayout()
        overline = Words(title.upper(), Type.OVERLINE, ink="muted")
        overline.setAccessibleName(title)
        head.addWidget(overline, 1)
        head.addWidget(self.suggest)
        head.addWidget(ColumnsButton(self.sheet))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.lost)
        column.addWidget(self.offers)
        column.addWidget(Card(self.sheet))
        column.addSpacing(theme.px(16))
        column.addWidget(self.editor)
        self.offers.hide()
        self.lost.hide()

    # -------------------------------------------------------------------------------------------- showing
    def show_posts(self, seen: Seen, plan: Plan, figures: Figures) -> None:
        """Show the posts of a rally; ``plan`` holds who is on them with all that they do elsewhere."""
        other = self._seen is None or self._seen.rally.id != seen.rally.id
        self._seen, self._plan = seen, plan
        self._rows = post_rows(plan, seen.plan, seen.rally, self._roles)
        self.model.show(plan, seen.rally, self._rows, writable=self._desk.writable)
        if other:
            self._stop_offering()
        known = {row.post.id for row in self._rows}
        if self._chosen not in known:
            self._chosen = self._rows[0].post.id if self._rows else ""
        self._show_lost()
        found = [
            offer for offer in offers(plan, seen.rally, seen.rules) if not self._roles or offer.role in self._roles
        ]
        stewards = 0 if self._roles else figures.stewards.missing
        self.offers.show_offers(found, stewards=stewards, first_aiders=figures.first_aiders.missing)
        self.suggest.setVisible(self._desk.writable and bool(found))
        self._show_editor()

    def choose(self, post_id: str, shift_id: str = "") -> None:
        """Choose a post, and one of its shifts."""
        self.sheet.choose(post_id)
        self._choose(post_id)
        if shift_id:
            self.editor.choose_shift(shift_id)

    def find_somebody(self, shift_id: str) -> None:
        """Go to where a name is typed to put somebody on a shift."""
        for row in self._rows:
            if any(each.shift.id == shift_id for each in row.shifts):
                self.choose(row.post.id, shift_id)
                self.editor.find_somebody()

    def settings(self) -> dict[str, Any]:
        """Give how the columns are arranged."""
        return self.sheet.settings()

    def take_settings(self, kept: object) -> None:
        """Arrange the columns as they were."""
        self.sheet.take_settings(kept)

    def _choose(self, id: str) -> None:
        if id and id != self._chosen:
            self._chosen = id
            self._show_editor()

    def _show_editor(self) -> None:
        if self._seen is not None:
            row = next((row for row in self._rows if row.post.id == self._chosen), None)
            self.editor.show_post(self._plan, self._seen.rally, row)

    def _reveal_editor(self, *, names: bool) -> None:
        """Go to the chosen post below: to where a name is typed, or to its shifts."""

        def scroll() -> None:
            area: QWidget | None = self
            while area is not None and not isinstance(area, QScrollArea):
                area = area.parentWidget()
            if area is not None and self.editor.isVisible():
                area.ensureWidgetVisible(self.editor, 0, theme.px(12))
                if not (names and self.editor.find_somebody()):
                    self.editor.shifts.setFocus(Qt.FocusReason.OtherFocusReason)

        QTimer.singleShot(0, self, scroll)

    # ------------------------------------------------------------------------------ when the rally has moved
    def _show_lost(self) -> None:
        assert self._seen is not None
        lost = [shift for shift in astray(self._plan, self._seen.rally) if self._desk.writable]
        self.lost.setVisible(bool(lost))
        if not lost:
            return
        on = day_words(self._seen.rally.starts.date())
        many = "One shift of a post is" if len(lost) == 1 else f"{len(lost)} shifts of posts are"
        away = any(shift.starts.date() != self._seen.rally.starts.date() for shift in lost)
        mend = f"Move to {on}, at the same time of day" if away else ""
        self.lost.say(f"{many} not in the rally\u2019s times.", mend)

    def _bring_back(self) -> None:
        if self._seen is not None:
            rally = self._seen.rally
            self._write(f"Move the posts to {day_words(rally.starts.date())}", lambda: bring_back(self._plan, rally))

    # --------------------------------------------------------------------------------------------- acting
    def _typed(self, plan: Plan, label: str, change: Any, said: str) -> None:
        if write_edit(self._desk, plan, label, change, said):
            new = [record for record in change.saved if isinstance(record, Post) and not plan.find(Post, record.id)]
            if new:
                self._choose(new[-1].id)

    def _write(self, label: str, make: Any) -> None:
        try:
            change = make()
        except UserError as error:
            self._desk.failed(error)
            return
        told = affected(self._plan, change)
        write_edit(self._desk, self._plan, label, change, f"{label}. {told}".strip())

    def _remove(self, ids: list[str]) -> None:
        names = [row.post.name for row in self._rows if row.post.id in ids]
        label = f"Remove post {names[0]}" if len(names) == 1 else f"Remove {len(names)} posts"
        posts = [PostId(id) for id in ids]
        label = with_pins(label, pins_marking(self._plan, posts), "its" if len(names) == 1 else "their")
        self._write(label, lambda: remove_posts(self._plan, posts))

    def _move(self, id: str, by: int) -> None:
        order = [row.post.id for row in self._rows]
        at = order.index(PostId(id))
        to = at + by
        if self._seen is None or not 0 <= to < len(order):
            return
        order[at], order[to] = order[to], order[at]
        rally, name = self._seen.rally, self._rows[at].post.name
        self._write(f"Move post {name} {'up' if by < 0 else 'down'}", lambda: reorder(self._plan, rally.id, order))

    # ------------------------------------------------------------------------------------------- offering
    def _offer(self) -> None:
        self.offers.show()
        self.offers.begin()

    def _stop_offering(self) -> None:
        inside = self.offers.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.offers.hide()
        if inside:
            self.suggest.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, wanted: list[PostWanted]) -> None:
        if self._seen is None:
            return
        rally = self._seen.rally
        people = sum(each.number or 0 for each in wanted)
        label = f"Add post {wanted[0].name}" if len(wanted) == 1 else f"Add {len(wanted)} posts for {people} people"
        self._stop_offering()
        self._write(label, lambda: add_posts(self._plan, rally.id, wanted))
