"""Section 2: the event team, who may stop the event, and the chain of command."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rallyapp.domain.problems import Concern
from rallyapp.domain.team import TOP, Chain, Link, chain, chain_words
from rallyapp.domain.words import capital, listed
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.rallies.chain_tree import ChainTree
from rallyapp.ui.pages.rallies.part import RallyPart, Seen
from rallyapp.ui.pages.rallies.team_sheet import TeamSheet
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.columns import Columns
from rallyapp.ui.widgets.parts import Section as Part
from rallyapp.ui.widgets.words import Words


class TeamPart(RallyPart):
    """The section's editor."""

    def __init__(self, desk: Desk) -> None:
        """Make it, without a rally."""
        super().__init__(desk)
        self.sheet = TeamSheet(desk)
        self.another = IconButton("user-plus", "Add another person to a role", text="Add another person to a role")
        self.another.clicked.connect(self.sheet.ask_another)
        self.sheet.sheet.picked.connect(self._say_another)
        self.tree = ChainTree()
        self.words = Words("", wrap=True)
        self.stop = Words("", Type.STRONG, wrap=True)
        drawn, said = QWidget(), QWidget()
        top = QVBoxLayout(drawn)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.tree)
        top.addStretch(1)
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(8))
        lines.addWidget(self.words)
        lines.addWidget(self.stop)
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addWidget(self.sheet)
        column.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(theme.px(12))
        column.addWidget(Part("Chain of command", Columns((drawn, said))))
        column.addStretch(1)
        self._say_another()

    def show_rally(self, seen: Seen) -> None:
        """Show a rally's team."""
        super().show_rally(seen)
        self.sheet.show_team(seen.plan, seen.rally)
        known = chain(seen.plan, seen.rally.id)
        name = self.sheet.rows.name
        self.tree.show_lines(
            [(link.depth, capital(link.role), listed(dict.fromkeys(map(name, link.members)))) for link in _shown(known)]
        )
        sentences = chain_words(known, name)
        self.words.setText("\n".join(sentences) or "Nobody leads the event yet.")
        stop = dict.fromkeys(name(member) for link in known.links for member in link.members if member.may_stop)
        self.stop.setText(f"May stop the event: {listed(stop)}." if stop else "Nobody may stop the event yet.")
        self._say_another()

    def _say_another(self) -> None:
        role = self.sheet.role
        held = any(member.role is role for member in self.sheet.rows.members())
        text = (
            f"Add {'another' if held else 'a person'}: {role}" if role is not None else "Add another person to a role"
        )
        self.another.setText(text.replace("&", "&&"))
        self.another.setAccessibleName(text)
        self.another.setToolTip(theme.plain_tip("A row for one more person in the role of the chosen row (Ctrl+Enter)"))
        self.another.setEnabled(self.desk.writable and role is not None)

    def show_record(self, what: Concern) -> None:
        """Choose a member of the team."""
        if what.kind == "team_member" and self.sheet.choose(what.id):
            self.sheet.setFocus()

    def settings(self) -> dict[str, Any]:
        """Keep how the columns are arranged."""
        return {"columns": self.sheet.settings()}

    def take_settings(self, kept: dict[str, Any]) -> None:
        """Arrange the columns as they were."""
        self.sheet.take_settings(kept.get("columns"))


def _shown(known: Chain) -> list[Link]:
    """Pick the roles of the tree: those that somebody holds, and those to which such a one answers."""
    wanted = [link for link in known.links if link.members]
    above = {TOP, *(link.answers_to for link in wanted)}
    return [link for link in known.links if link.members or link.role in above]
