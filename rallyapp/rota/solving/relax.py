"""The rota problem as a linear programme: rows and columns as arrays, solved by HiGHS.

Over whole numbers it is the problem itself (of the merged openings); over fractions it is nearly so, which is
why a rota is found by rounding and its bound is met so often.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from rallyapp.rota.solving.cost import cost_of
from rallyapp.rota.solving.limits import Limits
from rallyapp.rota.solving.linear import INFINITE, Floats, Linear
from rallyapp.rota.solving.model import Ints, among, runs
from rallyapp.rota.solving.table import Table


class _Rows:
    """Rows of a matrix as they come: entries, and a lower and an upper limit each."""

    def __init__(self) -> None:
        self.row: list[Ints] = []
        self.column: list[Ints] = []
        self.value: list[Floats] = []
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []
        self.many = 0

    def add(self, column: list[int], value: list[float], lower: float, upper: float) -> None:
        """Add one row."""
        self.block(
            np.zeros(len(column), dtype=np.int64),
            np.array(column, dtype=np.int64),
            np.array(value, dtype=np.float64),
            np.array([lower]),
            np.array([upper]),
        )

    def block(self, row: Ints, column: Ints, value: Floats, lower: Floats, upper: Floats) -> None:
        """Add several rows, whose numbers count from 0 within the block."""
        self.row.append(row + self.many)
        self.column.append(column)
        self.value.append(value)
        self.lower.append(lower)
        self.upper.append(upper)
        self.many += len(lower)

    def linear(self, cost: Floats, upper: Floats, whole: int) -> Linear:
        """Put them together with the columns. They are handed over: at 45,000 people there is no room for two."""
        row = np.concatenate(self.row) if self.row else np.zeros(0, dtype=np.int64)
        order = np.argsort(row, kind="stable")
        starts = np.zeros(self.many + 1, dtype=np.int64)
        np.cumsum(np.bincount(row, minlength=self.many), out=starts[1:])
        none = [np.zeros(0)]
        column, value = np.concatenate(self.column or [row])[order], np.concatenate(self.value or none)[order]
        low, high = np.concatenate(self.lower or none), np.concatenate(self.upper or none)
        for each in (self.row, self.column, self.value, self.lower, self.upper):
            each.clear()
        return Linear(cost, upper, starts, column, value, low, high, whole)


class Programme:
    """The linear programme of a table's columns."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.who, self.what = table.who, table.what
        model = table.model
        raised = np.zeros(len(model.people), dtype=np.int64)
        for person, many in table.prior.items():
            raised[person] += many
        self.cost: list[Floats] = []
        self.upper: list[Floats] = []
        self.columns = 0
        price = table.price + model.weights.fair * (model.prior[self.who] + raised[self.who])
        self._new(price.astype(np.float64), np.ones(len(self.who)))
        self.x = self.columns
        self.rows = _Rows()
        self._needs()
        self.person_at = np.searchsorted(self.who, np.arange(len(model.people) + 1))
        self._people()
        self._pairs()
        self._caps()

    def _new(self, cost: Floats, upper: Floats) -> int:
        first = self.columns
        self.cost.append(cost)
        self.upper.append(upper)
        self.columns += len(cost)
        return first

    @property
    def constant(self) -> int:
        """What the held places cost by themselves: to be added to the programme's cost."""
        model, weights = self.table.model, self.table.model.weights
        idle = 0
        for number, left in self.table.left.items():
            priority = model.openings[number].priority
            idle += weights.least * priority * left.least + weights.wished * priority * (left.wished - left.least)
            for _, least, wished in left.skills:
                idle += weights.skill_least * priority * least + weights.skill_wished * (wished - least)
        return cost_of(model, self.table.held).all - idle

    def _needs(self) -> None:
        """Heads and skills of each bundle, with what is missing at its price (C1 to C4), and never too many."""
        table, model, weights = self.table, self.table.model, self.table.model.weights
        by_bundle = np.argsort(self.what, kind="stable")
        at = np.searchsorted(self.what[by_bundle], np.arange(len(table.bundles) + 1))
        for number, bundle in enumerate(table.bundles):
            mine = by_bundle[at[number] : at[number + 1]]
            short: dict[float, int] = defaultdict(int)
            skills: dict[int, dict[float, int]] = {}
            wished = most = 0
            for member in bundle.members:
                left, priority = table.left[member], model.openings[member].priority
                wished += left.wished
                most += left.most
                short[float(weights.least * priority)] += left.least
                short[float(weights.wished * priority)] += left.wished - left.least
                for skill, low, high in left.skills:
                    levels = skills.setdefault(skill, defaultdict(int))
                    levels[float(weights.skill_least * priority)] += low
                    levels[float(weights.skill_wished)] += high - low
            self._need(mine, short, wished, most - wished)
            for skill, levels in skills.items():
                able = mine[model.holds[self.who[mine], skill]]
                self._need(able, levels, sum(levels.values()), None)

    def _need(self, able: Ints, short: dict[float, int], wished: int, over: int | None) -> None:
        levels = [(cost, many) for cost, many in short.items() if many]
        if not levels and over is None:
            return
        cost = [cost for cost, _ in levels] + ([0.0] if over else [])
        upper = [float(many) for _, many in levels] + ([float(over)] if over else [])
        first = self._new(np.array(cost), np.array(upper))
        column = np.concatenate([able, np.arange(first, self.columns)])
        value = np.ones(len(column))
        if over:
            value[-1] = -1.0
        limit = INFINITE if over is None else float(wished)
        self.rows.block(
            np.zeros(len(column), dtype=np.int64), column, value, np.array([float(wished)]), np.array([limit])
        )

    def _people(self) -> None:
        """What one person can do, and the rising price of each further shift (C6)."""
        limits = Limits(self.table)
        for block in limits.blocks:
            none = np.full(len(block.limit), -INFINITE)
            self.rows.block(block.row, block.column, block.value, none, block.limit)
        fair = self.table.model.weights.fair
        busy = limits.most > 1
        if not fair or not busy.any():
            return
        first, size, further = limits.person_first[busy], limits.person_size[busy], limits.most[busy] - 1
        rank = runs(np.ones(len(further), dtype=np.int64), further)
        extra = self._new(fair * rank.astype(np.float64), np.ones(len(rank)))
        row = np.arange(len(further))
        self.rows.block(
            np.concatenate([np.repeat(row, size), np.repeat(row, further)]),
            np.concatenate([runs(first, size), np.arange(extra, extra + len(rank))]),
            np.concatenate([np.ones(int(size.sum())), -np.ones(len(rank))]),
            np.full(len(further), -INFINITE),
            np.ones(len(further)),
        )

    def _pairs(self) -> None:
        """Credit pairs that meet (C7), and never let those meet who are to be kept apart."""
        model = self.table.model
        weight = model.weights.pair
        for a, b in model.together if weight else ():
            at_a, at_b = self._meetings(a), self._meetings(b)
            shared = sorted(at_a.keys() & at_b.keys())
            if not shared or self._held_together(a, b):
                continue
            meets = []
            for meeting in shared:
                if not at_a[meeting] and not at_b[meeting]:
                    continue
                first = self._new(np.array([-float(weight)]), np.ones(1))
                meets.append(first)
                for mine in filter(None, (at_a[meeting], at_b[meeting])):
                    self.rows.add([first, *mine], [1.0] + [-1.0] * len(mine), -INFINITE, 0.0)
            if len(meets) > 1:
                self.rows.add(meets, [1.0] * len(meets), -INFINITE, 1.0)
        for a, b in model.apart:
            self._apart(a, b)

    def _held_together(self, a: int, b: int) -> bool:
        openings, mine = self.table.model.openings, self.table.mine
        both = {openings[number].meeting for number in mine.get(a, ())}
        return any(openings[number].meeting in both for number in mine.get(b, ()))

    def _apart(self, a: int, b: int) -> None:
        """Keep two people apart where a meeting is one shift; where it is several, the spread does."""
        table = self.table
        at_a, at_b = self._meetings(a), self._meetings(b)
        for meeting in at_a.keys() & at_b.keys():
            members = [
                m for n, bundle in enumerate(table.bundles) if table.meeting[n] == meeting for m in bundle.members
            ]
            if len({table.model.openings[member].meeting for member in members}) > 1:
                continue
            columns = [*at_a[meeting], *at_b[meeting]]
            held = not at_a[meeting] or not at_b[meeting]
            if columns:
                self.rows.add(columns, [1.0] * len(columns), -INFINITE, 0.0 if held else 1.0)

    def _meetings(self, person: int) -> dict[int, list[int]]:
        """Give a person's columns by where they would meet somebody; none where they are held there."""
        table = self.table
        found: dict[int, list[int]] = {}
        for column in range(int(self.person_at[person]), int(self.person_at[person + 1])):
            found.setdefault(table.meeting[self.what[column]], []).append(column)
        for number in table.mine.get(person, ()):
            meeting = table.meeting_of.get(table.model.openings[number].meeting)
            if meeting is not None:
                found[meeting] = []
        return found

    def _caps(self) -> None:
        """Keep openings that share a limit within it."""
        table = self.table
        for members, most in table.model.caps:
            here = {table.bundle_of[member] for member in members if member in table.bundle_of}
            columns = np.flatnonzero(among(len(table.bundles), here)[self.what]).tolist()
            left = most - sum(len(table.heads.get(member, ())) for member in members)
            if len(columns) > left:
                self.rows.add(columns, [1.0] * len(columns), -INFINITE, float(max(0, left)))

    def linear(self) -> Linear:
        """Give the whole of it as arrays."""
        return self.rows.linear(np.concatenate(self.cost), np.concatenate(self.upper), self.x)
