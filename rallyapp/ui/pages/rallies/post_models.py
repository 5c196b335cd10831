"""The posts of a rally as a sheet: what is typed, pasted or filled down is one edit, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rallyapp.domain.ids import PostId
from rallyapp.domain.new_plan import parse_span
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.post_edits import (
    PostWanted,
    add_posts,
    add_shifts,
    affected,
    change_role,
    retime_shift,
    role_in,
    set_numbers,
    whole_time,
)
from rallyapp.domain.posts import POST_ROLES, shifts_of
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.rota_work import RotaEdit, after, combined, span_on
from rallyapp.domain.times import span_words
from rallyapp.domain.typed_needs import typed_numbers
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.models.sheet import Cell, Column, Index
from rallyapp.ui.pages.rallies.post_grid import RowsModel
from rallyapp.ui.pages.rallies.post_rows import PostRow

NAME, ROLE, WHERE, DUTY, PLAN, TIMES, NEEDS, WHO, STATE = range(9)
_POSTS = (
    Column(key="name", title="Post", width=128, grows=2, fixed=True),
    Column(key="role", title="Role", width=120, tip="Steward, first aider, chief steward or MC"),
    Column(key="where", title="Where", width=112, grows=1),
    Column(key="duty", title="Duty", width=140, grows=2, shown=False),
    Column(key="plan", title="Plan", width=54, figures=True, tip="The number on the site plan"),
    Column(key="times", title="Time", width=112, tip="11-2, 10am to 1pm; each shift is changed below"),
    Column(key="needs", title="Needs", width=68, tip="2, or 2-3; for every shift of the post"),
    Column(key="who", title="On it", width=110, grows=2),
    Column(key="state", title="State", width=108),
)
Write = Callable[[Plan, str, RotaEdit, str], object]


def numbers_of(text: str) -> tuple[int, int, int]:
    """Read how many are needed; raises UserError with a sentence without its full stop."""
    try:
        return typed_numbers(text)
    except ValueError as error:
        raise UserError(str(error)) from None


def span_of(text: str, on: date) -> tuple[Any, Any]:
    """Read a shift's times on a day; raises UserError with a sentence without its full stop."""
    try:
        starts, ends = parse_span(text, nights=True)
    except ValueError as error:
        raise UserError(str(error)) from None
    return span_on(on, starts, ends)


def _role(text: str) -> Role:
    plain = " ".join(text.replace("-", " ").split()).casefold()
    found = [role for role in POST_ROLES if str(role).casefold() == plain]
    found = found or [role for role in POST_ROLES if plain and str(role).casefold().startswith(plain)]
    if not found:
        raise UserError(f"\u201c{text}\u201d is no role of a post: write steward, first aider, chief steward or MC")
    return found[0]


class PostModel(RowsModel):
    """The posts. ``write_edit`` writes what was typed: the plan as it was, the label, the step, and what is said."""

    prompt = "Add a post\u2026"

    def __init__(self, write_edit: Write, role: Role | None = None) -> None:
        """Take who writes, and the role of posts that are added here; without one their name tells it."""
        super().__init__()
        self.columns = _POSTS
        self._write, self._role = write_edit, role
        self.plan, self.rally = Plan(), None
        self.rows: list[PostRow] = []

    def show(self, plan: Plan, rally: Rally, rows: list[PostRow], *, writable: bool) -> None:
        """Show a rally's posts."""

        def take() -> None:
            self.plan, self.rally, self.rows, self.writable = plan, rally, rows, writable
            self.keys = [row.post.id for row in rows]

        keys = [row.post.id for row in rows] + (["+"] if writable else [])
        self.show_rows(keys, self.columns, take)

    # ------------------------------------------------------------------------------------ what is shown
    def text(self, row: int, column: int) -> str:
        """Give what stands in a cell."""
        if self.is_next(row):
            return self.prompt if column == NAME else ""
        shown = self.rows[row]
        post = shown.post
        return (
            post.name,
            str(post.role)[0].upper() + str(post.role)[1:],
            post.where,
            post.duty,
            ", ".join(map(str, shown.pins)) or "\u2013",
            shown.times or "No shift",
            shown.needs or "\u2013",
            shown.who or "\u2013",
            shown.state,
        )[column]

    def ink(self, row: int, column: int) -> str:
        """Write what is not there, and what is said of a post, in a softer colour."""
        soft = self.is_next(row) or column in (WHERE, DUTY, ROLE) or self.text(row, column) in ("\u2013", "No shift")
        return "muted" if soft else "text"

    def strong(self, row: int, column: int) -> bool:
        """Write names strongly."""
        return column == NAME and not self.is_next(row)

    def tone(self, row: int, column: int) -> Tone | None:
        """Show the state as a chip."""
        if column != STATE or self.is_next(row):
            return None
        filled = self.rows[row].filled
        return filled.tone if filled else None

    def tip(self, row: int, column: int) -> str:
        """Say what a chip means, and that a post is not on the plan."""
        if self.is_next(row):
            return ""
        if column == PLAN and not self.rows[row].pins:
            return "Not on the site plan yet"
        if column == TIMES and (many := len(self.rows[row].shifts)) > 1:
            return f"{many} shifts; each is changed below"
        filled = self.rows[row].filled
        return filled.words if column == STATE and filled else ""

    # ---------------------------------------------------------------------------------- what is written
    def can_write(self, row: int, column: int) -> bool:
        """Let all be typed but who is there; the times only where there is one shift, and the name first."""
        if not self.writable or column in (PLAN, WHO, STATE):
            return False
        if self.is_next(row):
            return column == NAME
        return column != TIMES or len(self.rows[row].shifts) <= 1

    def edited(self, row: int, column: int) -> str:
        """Begin with what can be typed."""
        if self.is_next(row):
            return ""
        text = self.text(row, column)
        return "" if text in ("\u2013", "No shift") and column in (TIMES, NEEDS) else text

    def completions(self, index: Index, text: str) -> list[str]:
        """List the roles."""
        if index.column() != ROLE:
            return []
        words = [str(role)[0].upper() + str(role)[1:] for role in POST_ROLES]
        return [word for word in words if word.casefold().startswith(text.strip().casefold())]

    def why_not(self, index: Index, text: str) -> str:
        """Say what is wrong with what is typed."""
        try:
            if index.column() == ROLE:
                _role(text)
            elif index.column() == NEEDS:
                numbers_of(text)
            elif index.column() == TIMES and self.rally is not None:
                span_of(text, self.rally.starts.date())
            elif index.column() == NAME and not text.strip() and not self.is_next(index.row()):
                return "A post needs a name; Delete in the row removes it."
        except UserError as error:
            return f"{error}."
        return ""

    def write(self, cells: Sequence[Cell], label: str) -> str:
        """Write all that was typed as one edit, or nothing."""
        if self.rally is None:
            return ""
        by_row: dict[int, dict[int, str]] = {}
        for cell in cells:
            if cell.column not in (PLAN, WHO, STATE):
                by_row.setdefault(cell.row, {})[cell.column] = cell.text.strip()
        known = {row: typed for row, typed in by_row.items() if not self.is_next(row)}
        new = [typed for row, typed in sorted(by_row.items()) if self.is_next(row) and any(typed.values())]
        try:
            change, added = self._changes(known, new)
        except UserError as error:
            return f"{str(error).rstrip('.')}. Nothing was changed."
        words, said = self._label(known, added, label)
        told = affected(after(self.plan, change), change)
        self._write(self.plan, words, change, f"{said or words}. {told}".strip())
        return ""

    def _changes(self, known: dict[int, dict[int, str]], new: list[dict[int, str]]) -> tuple[RotaEdit, list[Post]]:
        assert self.rally is not None
        steps, plan = [], self.plan
        for row, typed in known.items():
            for column, text in typed.items():
                step = self._step(plan, self.rows[row], column, text)
                plan = after(plan, step)
                steps.append(step)
        added = add_posts(plan, self.rally.id, [self._wanted(typed) for typed in new])
        plan = after(plan, added)
        posts = [record for record in added.saved if isinstance(record, Post)]
        steps.append(added)
        for post, typed in zip(posts, new, strict=True):
            for column in (NEEDS, TIMES):
                if typed.get(column):
                    step = self._of_new(plan, post.id, column, typed[column])
                    plan = after(plan, step)
                    steps.append(step)
        return combined(steps), posts

    def _wanted(self, typed: dict[int, str]) -> PostWanted:
        name = typed.get(NAME, "")
        role = _role(typed[ROLE]) if typed.get(ROLE) else self._role or role_in(name)
        return PostWanted(name=name, role=role, where=typed.get(WHERE, ""), duty=typed.get(DUTY, ""))

    def _step(self, plan: Plan, row: PostRow, column: int, text: str) -> RotaEdit:
        post = plan.get(Post, row.post.id)
        assert self.rally is not None
        if column == ROLE:
            return change_role(plan, post.id, _role(text))
        if column in (NEEDS, TIMES):
            if not text:
                return RotaEdit()
            return self._of_new(plan, post.id, column, text)
        if column == NAME and not text:
            raise UserError(f"{post.name} needs a name")
        field = {NAME: "name", WHERE: "where", DUTY: "duty"}[column]
        changed = replace(post, **{field: text})  # type: ignore[arg-type]
        return RotaEdit(saved=(changed,)) if changed != post else RotaEdit()

    def _of_new(self, plan: Plan, post_id: PostId, column: int, text: str) -> RotaEdit:
        assert self.rally is not None
        shifts = shifts_of(plan, post_id)
        if column == NEEDS:
            return set_numbers(plan, [shift.id for shift in shifts], numbers_of(text))
        starts, ends = span_of(text, shifts[0].starts.date() if shifts else self.rally.starts.date())
        if len(shifts) > 1:
            raise UserError(f"{plan.get(Post, post_id).name} has {len(shifts)} shifts: change the times of each below")
        return retime_shift(plan, shifts[0].id, starts, ends) if shifts else add_shifts(plan, post_id, starts, ends)

    def _label(self, known: dict[int, dict[int, str]], added: list[Post], label: str) -> tuple[str, str]:
        """Say what was done, for Undo, and what is said of it in the strip where that is more."""
        if added and not known:
            if len(added) > 1:
                return f"Add {len(added)} posts", ""
            return f"Add post {added[0].name}", f"Added {added[0].name}: {self._first_words(added[0])}"
        if len(known) == 1 and not added:
            row, typed = next(iter(known.items()))
            name = self.rows[row].post.name
            if list(typed) == [NAME]:
                return f"Rename post {name} to {typed[NAME]}", ""
            what = self.columns[next(iter(typed))].title.lower() if len(typed) == 1 else "details"
            return f"Change the {what} of {name}", ""
        return label or f"Change {len(known) + len(added)} posts", ""

    def _first_words(self, post: Post) -> str:
        assert self.rally is not None
        span = whole_time(self.rally)
        many = "1" if post.role in (Role.CHIEF_STEWARD, Role.MC) else "1\u20132"
        plural = "s" if many != "1" else ""
        return f"{many} {post.role}{plural}, {span_words(span.start, span.end)}"
