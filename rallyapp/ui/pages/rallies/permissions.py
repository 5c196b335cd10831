"""Section 4 of a rally plan: what it asks leave for and tells others, what is entered of that and how it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from rallyapp.domain import wanted
from rallyapp.domain.ids import PermissionId, new_id
from rallyapp.domain.permission_states import sent_word
from rallyapp.domain.permission_words import How, noun, with_article
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import Permission, PermissionKind
from rallyapp.domain.times import day_words
from rallyapp.domain.wanted import Call, Want
from rallyapp.prints.wording import label
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.permissions_form import TONES, PermissionForm
from rallyapp.ui.pages.rallies.permissions_list import MOST, PermissionList, Row
from rallyapp.ui.pages.rallies.permissions_parts import LawWords
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.parts import Card
from rallyapp.ui.widgets.tab_order import tab_in_order
from rallyapp.ui.widgets.words import Words, button

_OFFERED = "wanted"
_ORDER = list(PermissionKind)
_WIDEST = 560  # px at 100 %: what is read with ease
_BESIDE, _LEAST = 460, 300  # px at 100 %: from which width list and form stand beside each other; its own least
_FEW = 4  # lines of a list that stands above the form


class WantPanel(QWidget):
    """Something that the rally calls for and nobody has entered: why, by when, and a button that adds it."""

    def __init__(self) -> None:
        """Make it, empty."""
        super().__init__()
        self._title = Words("", Type.HEADING, wrap=True)
        self._call = Words("", Type.SMALL, ink="muted", wrap=True)
        self._why = Words("", wrap=True)
        self._due = Words("", Type.STRONG, wrap=True)
        self._law = LawWords()
        self.add_button = button("Add")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for each in (self._title, self._call, self._why, self._due, self._law):
            column.addWidget(each)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

    def show_want(self, want: Want, case: Permitting, desk: Desk) -> None:
        """Say why it is called for."""
        record = wanted.made(case, want, PermissionId("-"))
        due, rule = case.due(record), case.rule(want.kind)
        self._title.setText(label(case.called(want.kind)))
        to = f", to {want.body}" if want.body else ""
        self._call.setText(f"{str(want.call).capitalize()}{to}. Not entered yet.")
        self._why.setText(want.why)
        standing = case.standing(record, desk.today()).words if due else ""
        self._due.setText(f"{standing[0].upper()}{standing[1:]}." if standing else "")
        self._due.setVisible(bool(standing))
        self._law.show_words(due.why if due else (rule.say or "") if rule else "", rule, case.rules.words)
        self.add_button.setText(f"Add {with_article(want.kind)}")
        self.add_button.setAccessibleName(self.add_button.text())
        self.add_button.setEnabled(desk.writable)


class PermissionsPart(RallyPart):
    """The list at the left, which stays; what is chosen in it at the right, which scrolls."""

    scrolls = False

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self._chosen = ""
        self._wants: dict[str, Want] = {}
        self._known: dict[str, Permission] = {}
        self.case: Permitting | None = None
        self.law = LawWords()
        self.all_button = IconButton("plus", "Add all that this rally calls for", text="Add all")
        self.all_button.clicked.connect(self.add_all)
        self.add_button = IconButton("plus", "Add a permission, a notice or an insurance", text="Add\u2026")
        self.add_button.clicked.connect(self._offer_kinds)
        self.add_button.setEnabled(desk.writable)
        self.list = PermissionList()
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.removed.connect(self.remove)
        self.list.menu_wanted.connect(self._menu)
        self.want = WantPanel()
        self.want.add_button.clicked.connect(lambda: self.add(self._chosen, go_on=True))
        self.form = PermissionForm(desk)
        self.form.removed.connect(lambda: self.remove(self._chosen))
        self.form.section_wanted.connect(self.section_wanted)
        self._lay_out()

    def _lay_out(self) -> None:
        self._card = Card(self.list)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.px(12))
        left.addWidget(self.all_button)
        left.addWidget(self._card)
        left.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        across = self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        across.setSpacing(theme.px(24))
        across.addWidget(self._left)
        inside = QWidget()
        inside.setMaximumWidth(theme.px(_WIDEST))
        right = QVBoxLayout(inside)
        right.setContentsMargins(0, 0, theme.px(12), theme.px(16))
        right.addWidget(self.want)
        right.addWidget(self.form)
        right.addStretch(1)
        self.details = QScrollArea()
        self.details.setWidgetResizable(True)
        self.details.setFrameShape(QFrame.Shape.NoFrame)
        self.details.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.details.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.details.setMinimumHeight(theme.px(160))
        self.details.setWidget(inside)
        across.addWidget(self.details, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        column.addWidget(self.law)
        column.addLayout(across, 1)
        tab_in_order(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        beside = self.width() >= theme.px(_BESIDE)
        self._across.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self._left.setFixedWidth(min(theme.px(340), self.width() * 2 // 5) if beside else self.width())
        self.list.show_most(MOST if beside else _FEW)

    def minimumSizeHint(self) -> QSize:
        """Give the least size: list and form stand below each other where there is no room beside."""
        return QSize(theme.px(_LEAST), super().minimumSizeHint().height())

    # -------------------------------------------------------------------------------------------- showing
    def show_rally(self, seen: Seen) -> None:
        """Show a rally's permissions; what somebody is typing stays."""
        if self.seen is None or self.seen.rally.id != seen.rally.id:
            self._chosen = ""
        super().show_rally(seen)
        case = self.case = Permitting(plan=seen.plan, rally=seen.rally, rules=seen.rules, where=seen.where)
        self._show_law(case)
        self._known = {one.id: one for kind in PermissionKind for one in case.entered(kind)}
        wants = [want for want in wanted.wants(case) if not want.entered]
        self._wants = {_key(want): want for want in wants}
        self._show_all_button()
        rows = list(self._rows(case))
        was, before = self._chosen, self._place
        self.list.show_rows(rows)
        if not self.list.choose(was) and rows:
            self.list.choose(rows[min(before, len(rows) - 1)].id)
        self._show_chosen()

    def _show_law(self, case: Permitting) -> None:
        """Say why a march needs no notice; whatever is in the list says its law by itself."""
        fact, rule = case.law_words
        if case.rally.kind.marches and case.customary:
            fact = f"{fact} Held to be customary: {case.rally.customary.strip()}"
        self.law.setVisible(case.rally.kind.marches and case.customary)
        self.law.show_words(fact, rule, case.rules.words)

    @property
    def _place(self) -> int:
        return max(0, self.list.currentIndex().row())

    def _show_all_button(self) -> None:
        assert self.case is not None
        number = len(wanted.lacking(self.case))
        self.all_button.setVisible(bool(number))
        self.all_button.setEnabled(self.desk.writable)
        self.all_button.setText(f"Add all {number} that it calls for" if number > 1 else "Add what it still calls for")
        self.all_button.setAccessibleName(self.all_button.text())

    def _rows(self, case: Permitting) -> Iterator[Row]:
        found = [(one.kind, one.body, self._entered(case, one)) for one in self._known.values()]
        found += [(want.kind, want.body, self._offered(case, want)) for want in self._wants.values()]
        for _, _, row in sorted(found, key=lambda each: (_ORDER.index(each[0]), each[1].casefold())):
            yield row

    def _entered(self, case: Permitting, one: Permission) -> Row:
        standing, due = case.standing(one, self.desk.today()), case.due(one)
        when = f"by {self._short(due.day)}" if due else ""
        if one.sent_on:
            when = f"{sent_word(one.kind)} {self._short(one.sent_on)}"
        if one.kind is PermissionKind.INSURANCE and one.expires_on:
            when = f"until {self._short(one.expires_on)}"
        return Row(
            id=one.id,
            title=label(case.called(one.kind)),
            body=one.body or "To whom is not entered",
            when=when,
            state=standing.word.capitalize(),
            tone=TONES[standing.how],
            reference=one.reference,
            tip=standing.words,
        )

    def _offered(self, case: Permitting, want: Want) -> Row:
        record = wanted.made(case, want, PermissionId("-"))
        due, late = case.due(record), case.standing(record, self.desk.today()).how is How.WRONG
        return Row(
            id=_key(want),
            title=label(case.called(want.kind)),
            body=str(want.call).capitalize(),
            when=f"by {self._short(due.day)}" if due else "",
            state="Not entered",
            tone=Tone.NOBODY if late and want.call is Call.LAW else Tone.OFF,
            tip=f"not entered yet. {want.why}",
            entered=False,
        )

    def _short(self, day: date) -> str:
        """Write a day without its year where that is the rally's."""
        words = day_words(day)
        same = self.case is not None and day.year == self.case.rally.starts.year
        return words.rsplit(" ", 1)[0] if same else words

    def _choose(self, id: str) -> None:
        if id != self._chosen:
            self.details.verticalScrollBar().setValue(0)
        self._chosen = id
        self._show_chosen()

    def _show_chosen(self) -> None:
        want, one = self._wants.get(self._chosen), self._known.get(self._chosen)
        self.want.setVisible(want is not None)
        self.form.setVisible(one is not None)
        if self.case is None:
            return
        if want is not None:
            self.want.show_want(want, self.case, self.desk)
        elif one is not None:
            self.form.show_permission(one, self.case)

    def show_record(self, what: Concern) -> None:
        """Choose a permission."""
        if what.kind == "permission":
            self.list.choose(what.id)

    # --------------------------------------------------------------------------------------------- acting
    def add(self, id: str, *, go_on: bool = False) -> None:
        """Add what is offered in a line; ``go_on`` goes on to its form."""
        want = self._wants.get(id)
        if want is None or self.case is None or not self.desk.writable:
            return
        record = wanted.made(self.case, want, PermissionId(new_id()))
        self._save(f"Add {with_article(want.kind)}", [record])
        if go_on:
            self.form.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_all(self) -> None:
        """Add everything that this rally calls for, as one edit."""
        if self.case is None or not self.desk.writable:
            return
        records = [wanted.made(self.case, want, PermissionId(new_id())) for want in wanted.lacking(self.case)]
        if records:
            number = f"{len(records)} permissions and notices" if len(records) > 1 else with_article(records[0].kind)
            self._save(f"Add {number} that {self.case.rally.title} calls for", records)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_kind(self, kind: PermissionKind) -> None:
        """Add one of a kind, whatever the rally calls for."""
        if self.case is not None and self.desk.writable:
            record = Permission(id=PermissionId(new_id()), rally_id=self.case.rally.id, kind=kind)
            self._save(f"Add {with_article(kind)}", [record])
            self.form.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove(self, id: str) -> None:
        """Remove what is entered in a line."""
        one = self._known.get(id)
        if one is not None and self.desk.writable:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.desk.edit(f"Remove the {noun(one.kind)}", lambda edit: edit.delete(one))

    def _save(self, label: str, records: list[Permission]) -> None:
        before, self._chosen = self._chosen, records[0].id
        if not self.desk.save(label, records):
            self._chosen = before

    def _enter(self, id: str) -> None:
        if id in self._wants:
            self.add(id)
        else:
            self.form.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_kinds(self) -> None:
        menu = self._new_menu()
        for kind in PermissionKind:
            menu.addAction(label(kind)).triggered.connect(lambda on=False, kind=kind: self.add_kind(kind))
        menu.popup(self.add_button.mapToGlobal(QPoint(0, self.add_button.height())))

    def _menu(self, id: str, at: QPoint) -> None:
        menu, one = self._new_menu(), self._known.get(id)
        entries: list[tuple[str, Any, bool]] = [("Add\tEnter", lambda: self.add(id), True)]
        if one is not None:
            entries = [
                *(
                    (act.text(), do, not act.isHidden())
                    for act, do in self.form.acts
                    if not (act is self.form.sent_button and one.kind is PermissionKind.INSURANCE)
                ),
                ("Remove\tDel", lambda: self.remove(id), True),
            ]
        for text, do, possible in entries:
            action = menu.addAction(text)
            action.setEnabled(possible and self.desk.writable)
            action.triggered.connect(lambda on=False, do=do: do())
        menu.popup(at)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _key(want: Want) -> str:
    return f"{_OFFERED} {want.kind.name} {want.body}"
