"""The linear programme of a few needs: everybody who could count towards them, under all hard rules between those."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.limits import cliques
from rallyapp.rota.solving.linear import Floats
from rallyapp.rota.solving.model import Bools, Ints, Model
from rallyapp.rota.why.lineup import Lineup
from rallyapp.rota.why.proof import Need

#: Prices are rounded to whole parts of this before they are checked.
PARTS: Final = 1 << 30
#: A search for whole people that branches more often than this is given up.
BRANCHES: Final = 200
TINY: Final = 1e-6
OPTIONS: Final[Mapping[str, object]] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",
    "mip_rel_gap": 0.0,
    "mip_max_nodes": BRANCHES,
}


@dataclass(frozen=True, slots=True)
class Row:
    """At most (of a need: at least) so much of these columns, each so many times."""

    columns: list[int]
    times: list[int]
    limit: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What a programme found: each column by how much, the places that stay open of each need asked, and prices."""

    amounts: Floats
    open: Floats
    prices: Floats

    @property
    def short(self) -> float:
        """How many places stay open in all."""
        return float(self.open.sum())

    @property
    def whole(self) -> bool:
        """Say whether everybody is either there or not."""
        return bool((np.abs(self.amounts - np.round(self.amounts)) < TINY).all())


class Programme:
    """Columns are places (``person``, ``opening``); rows are first the needs, then what people may not do."""

    def __init__(self, lineup: Lineup, needs: Sequence[Need], pins: Iterable[Place], patterns: Patterns) -> None:
        self.needs = list(needs)
        pinned = sorted(pins)
        openings = sorted({need.opening for need in needs} | {number for _, number in pinned})
        people: list[Ints] = []
        for number in openings:
            some = [lineup.who(number, need.skill) for need in needs if need.opening == number]
            fixed = np.array([person for person, where in pinned if where == number], dtype=np.int64)
            people.append(np.unique(np.concatenate([*some, fixed])))
        ends = np.cumsum([0, *(len(each) for each in people)])
        self.slices = {number: (int(ends[n]), int(ends[n + 1])) for n, number in enumerate(openings)}
        self.person = np.concatenate(people) if people else np.empty(0, dtype=np.int64)
        self.opening = np.repeat(np.array(openings, dtype=np.int64), np.diff(ends))
        self.pinned = [self.column(person, number) for person, number in pinned]
        holds = lineup.model.holds
        self.rows = [self._of_need(need, holds) for need in needs]
        self.rows += self._of_heads(lineup)
        self.rows += self._of_people(lineup.model, patterns)
        self.rows += self._kept_apart(lineup.model)

    def column(self, person: int, number: int) -> int:
        """Give the column of a place that has one."""
        start, end = self.slices[number]
        return start + int(np.searchsorted(self.person[start:end], person))

    def _of_need(self, need: Need, holds: Bools) -> Row:
        start, end = self.slices[need.opening]
        found = np.arange(start, end)
        if need.skill is not None:
            found = found[holds[self.person[start:end], need.skill]]
        return Row(found.tolist(), [1] * len(found), need.least)

    def _of_heads(self, lineup: Lineup) -> Iterator[Row]:
        """Give the rows of heads: an opening's most, and the caps over several."""
        limits = [((number,), lineup.model.openings[number].most) for number in self.slices]
        caps = sorted({cap for number in self.slices for cap in lineup.caps.get(number, ())})
        for members, most in [*limits, *(lineup.model.caps[cap] for cap in caps)]:
            found = [column for number in members for column in range(*self.slices.get(number, (0, 0)))]
            if len(found) > most:
                yield Row(found, [1] * len(found), most)

    def _of_people(self, model: Model, patterns: Patterns) -> Iterator[Row]:
        order = np.lexsort((self.opening, self.person))
        edges = np.flatnonzero(np.diff(self.person[order])) + 1
        # Whoever has one column could take it by itself.
        for columns in np.split(order, edges):
            if len(columns) > 1:
                person = int(self.person[columns[0]])
                for chosen, times, limit in patterns.of(person, tuple(self.opening[columns].tolist())):
                    yield Row(columns[chosen].tolist(), times, limit)

    def _kept_apart(self, model: Model) -> Iterator[Row]:
        there = set(self.person.tolist()) if model.apart else set()
        for a, b in model.apart:
            if a in there and b in there:
                for one in np.flatnonzero(self.person == a).tolist():
                    for other in np.flatnonzero(self.person == b).tolist():
                        first, second = (model.openings[int(self.opening[each])] for each in (one, other))
                        if first.meeting == second.meeting:
                            yield Row([one, other], [1, 1], 1)

    def start(
        self,
        *,
        goal: Need | None,
        costs: Floats | None = None,
        weights: Sequence[float] | None = None,
        whole: bool = False,
    ) -> Solving:
        """Set out to find how few places stay open, of the goal alone or (None) of all needs, by ``weights`` if given.

        With ``costs`` of the columns: of those ways, the cheapest. ``whole``: nobody is there in part.
        """
        import highspy

        slack = [place for place, need in enumerate(self.needs) if goal is None or need == goal]
        size = len(self.person)
        many = size + len(slack)
        starts, index, value = [0], list[int](), list[int]()
        for place, row in enumerate(self.rows):
            index += row.columns
            value += row.times
            if place in slack:
                index.append(size + slack.index(place))
                value.append(1)
            starts.append(len(index))
        lower, upper, cost = np.zeros(many), np.ones(many), np.zeros(many)
        upper[size:] = [self.needs[place].least for place in slack]
        lower[self.pinned] = 1
        cost[:size] = 0 if costs is None else costs
        cost[size:] = (1.0 if costs is None else 1.0 + 2 * float(costs.sum())) if weights is None else weights
        limits = np.array([row.limit for row in self.rows], dtype=np.float64)
        needed = np.arange(len(self.rows)) < len(self.needs)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = many, len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = cost, lower, upper
        lp.row_lower_ = np.where(needed, limits, -highspy.kHighsInf)
        lp.row_upper_ = np.where(needed, highspy.kHighsInf, limits)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(value, dtype=np.float64)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * many
        return Solving(lp, size)

    def solve(
        self,
        *,
        goal: Need | None,
        costs: Floats | None = None,
        weights: Sequence[float] | None = None,
        whole: bool = False,
    ) -> Answer | None:
        """Find it, once: see ``start``; None where the other needs can't be met, or a search was given up."""
        return self.start(goal=goal, costs=costs, weights=weights, whole=whole).answer()

    def impossible(self, prices: Floats) -> bool:
        """Say whether these prices of the rows prove that the needs can't all be met; exact, in whole numbers.

        Any prices may be tried: adding up the rows, each so many times, must leave more wanted than there can be.
        """
        worth = [0] * len(self.person)
        left = 0
        for place, (row, price) in enumerate(zip(self.rows, prices.tolist(), strict=True)):
            part = round(abs(price) * PARTS) * (1 if place < len(self.needs) else -1)
            if part:
                left += part * row.limit
                for column, times in zip(row.columns, row.times, strict=True):
                    worth[column] += part * times
        pinned = set(self.pinned)
        return left > sum(gain if column in pinned else max(0, gain) for column, gain in enumerate(worth))


class Solving:
    """A programme with HiGHS. Needs can be left out and put back, which costs much less than to start again."""

    def __init__(self, lp: Any, size: int) -> None:
        import highspy

        self.size = size
        self.solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        self.best = highspy.HighsModelStatus.kOptimal
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_rel_gap", 0.0),
            ("mip_max_nodes", BRANCHES),
        ):
            self.solver.setOptionValue(option, value)
        self.solver.passModel(lp)

    def need(self, place: int, least: float) -> None:
        """Ask another least of a need (-inf: leave it out)."""
        self.solver.changeRowBounds(place, least, np.inf)

    def answer(self) -> Answer | None:
        """Solve it as it is now; None where there is no best answer."""
        self.solver.run()
        if self.solver.getModelStatus() != self.best:
            return None
        found = self.solver.getSolution()
        amounts = np.array(found.col_value)
        return Answer(amounts[: self.size], amounts[self.size :], np.array(found.row_dual))


Pattern = tuple[Ints, list[int], int]
"""Positions in a list of openings, how often each counts, and the most that may come of it."""


class Patterns:
    """What one person may do of some openings, as rows; many people are alike, so each sort is worked out once."""

    def __init__(self, lineup: Lineup) -> None:
        self.lineup = lineup
        self._known: dict[tuple[object, ...], list[Pattern]] = {}

    def of(self, person: int, numbers: tuple[int, ...]) -> list[Pattern]:
        """Give the rows over these openings (ascending) for somebody."""
        model = self.lineup.model
        days = tuple(sorted({model.openings[number].day for number in numbers}))
        limits = [int(model.day_limit[person])] * len(days)
        in_all = int(model.total_limit[person]) - model.spent_in_all.get(person, 0)
        if model.spent:
            limits = [limit - model.spent.get((person, day), 0) for limit, day in zip(limits, days, strict=True)]
        key = (numbers, *limits, in_all)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = list(self._rows(numbers, dict(zip(days, limits, strict=True)), in_all))
        return found

    def _rows(self, numbers: tuple[int, ...], limits: dict[int, int], in_all: int) -> Iterator[Pattern]:
        openings = [self.lineup.model.openings[number] for number in numbers]
        minutes = [each.minutes for each in openings]
        groups = [([n for n, each in enumerate(openings) if each.day == day], limit) for day, limit in limits.items()]
        groups.append((list(range(len(numbers))), in_all))
        there = np.array(numbers)
        edges = self.lineup.model.clash(*np.meshgrid(there, there))
        for members, limit in groups:
            long = np.array([minutes[each] for each in members])
            edges[np.ix_(members, members)] |= long[:, None] + long[None, :] > limit
        np.fill_diagonal(edges, False)
        near = {one: sum(1 << other for other in np.flatnonzero(row).tolist()) for one, row in enumerate(edges)}
        for clique in cliques(near):
            yield np.array(clique), [1] * len(clique), 1
        for members, limit in groups:
            yield from _minutes(members, minutes, limit)


def _minutes(members: list[int], minutes: list[int], limit: int) -> Iterator[Pattern]:
    """Give the rows of a limit of minutes: the minutes themselves, and how many of the longer openings can fit."""
    if sum(minutes[each] for each in members) <= limit:
        return
    lengths = sorted({minutes[each] for each in members})
    if len(lengths) > 1:
        yield np.array(members), [minutes[each] for each in members], max(limit, 0)
    for shortest in lengths:
        longer = sorted((each for each in members if minutes[each] >= shortest), key=lambda each: minutes[each])
        fitting = int((np.cumsum([minutes[each] for each in longer]) <= limit).sum())
        if fitting < len(longer):
            yield np.array(sorted(longer)), [1] * len(longer), fitting
