"""Linear programmes as arrays, and HiGHS to solve them: relaxed, or with whole numbers.

Bounds are counted here from the row prices, whatever the solver says of itself: for any prices at all the number
is one that no solution can be under.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rallyapp.rota.solving.model import Bools, Ints, runs

if TYPE_CHECKING:
    import highspy

Floats = NDArray[np.float64]
INFINITE = float("inf")

#: Values this near to a whole number are one.
NEAR = 1e-6


def can_prove() -> bool:
    """Say whether the library is there that finds the best and proves it; there is none for some systems."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        return False
    return True


@dataclass(slots=True)
class Clock:
    """When to stop: at a moment of ``time.perf_counter``, or when somebody says so; and how many may work till then."""

    until: float
    stop: Callable[[], bool] | None = None
    started: float = field(default_factory=time.perf_counter)
    workers: int = 1

    @property
    def left(self) -> float:
        """The seconds that are left; none once somebody said stop."""
        return 0.0 if self.stop is not None and self.stop() else max(0.0, self.until - time.perf_counter())

    @property
    def seconds(self) -> float:
        """The seconds since the start."""
        return time.perf_counter() - self.started

    def less(self, seconds: float) -> Clock:
        """Give a clock that stops so many seconds earlier."""
        return Clock(self.until - seconds, self.stop, self.started, self.workers)


@dataclass(frozen=True, slots=True)
class Linear:
    """Columns from 0 to ``upper`` at a ``cost``; rows (``starts``, ``column``, ``value``) between low and high.

    The first ``whole`` columns are whole numbers in the end.
    """

    cost: Floats
    upper: Floats
    starts: Ints
    column: Ints
    value: Floats
    low: Floats
    high: Floats
    whole: int

    @property
    def row(self) -> Ints:
        """The row of every entry."""
        return np.repeat(np.arange(len(self.low)), np.diff(self.starts))

    def reduced(self, prices: Floats) -> Floats:
        """Give what a column costs beyond what its rows are worth."""
        worth = np.bincount(self.column, weights=self.value * prices[self.row], minlength=len(self.cost))
        found: Floats = self.cost - worth
        return found

    def tame(self, prices: Floats) -> Floats:
        """Take away prices that a row without that limit can't have."""
        prices = np.where((prices > 0) & np.isneginf(self.low), 0.0, prices)
        return np.where((prices < 0) & np.isposinf(self.high), 0.0, prices)

    def bound(self, prices: Floats) -> float:
        """Give the cost that no solution can be under, by these row prices (Lagrange)."""
        limit = np.where(prices > 0, self.low, self.high)
        rows = float(np.dot(prices[prices != 0], limit[prices != 0]))
        return rows + float(np.dot(np.minimum(self.reduced(prices), 0.0), self.upper))

    def part(self, free: Bools, values: Floats) -> Part:
        """Give the programme of some columns, with the others held at their values.

        Columns that need not be whole come along wherever a row of a free one has them.
        """
        row = self.row
        free = free.copy()
        many = -1
        while many < (many := int(free.sum())):
            touched = np.zeros(len(self.low), dtype=np.bool_)
            touched[row[free[self.column]]] = True
            found = self.column[touched[row]]
            free[found[found >= self.whole]] = True
        held = np.where(free, 0.0, values)
        kept = touched[row]
        taken = np.bincount(row[kept], weights=(self.value * held[self.column])[kept], minlength=len(self.low))
        entries = kept & free[self.column]
        rows, columns = np.flatnonzero(touched), np.flatnonzero(free)
        new_row, new_column = np.cumsum(touched) - 1, np.cumsum(free) - 1
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        np.cumsum(np.bincount(new_row[row[entries]], minlength=len(rows)), out=starts[1:])
        linear = Linear(
            cost=self.cost[columns],
            upper=self.upper[columns],
            starts=starts,
            column=new_column[self.column[entries]],
            value=self.value[entries],
            low=self.low[rows] - taken[rows],
            high=self.high[rows] - taken[rows],
            whole=int(np.searchsorted(columns, self.whole)),
        )
        return Part(linear, columns, float(np.dot(self.cost, held)))

    def islands(self) -> Iterator[Part]:
        """Give the programmes of the columns that hang together by rows, one after the other."""
        mark = self._marks()
        filled = np.flatnonzero(np.diff(self.starts))
        of_row = mark[self.column[self.starts[filled]]]
        rows = filled[np.argsort(of_row, kind="stable")]
        columns = np.argsort(mark, kind="stable")
        marks = mark[columns]
        heads = np.flatnonzero(np.append(True, marks[1:] != marks[:-1])) if len(marks) else np.zeros(0, dtype=np.int64)
        row_at = np.searchsorted(np.sort(of_row), np.append(marks[heads], len(mark)))
        inside = np.zeros(len(self.cost), dtype=np.int64)
        for number, (first, last) in enumerate(zip(heads, np.append(heads, len(columns))[1:], strict=True)):
            mine, own = columns[first:last], np.sort(rows[row_at[number] : row_at[number + 1]])
            inside[mine] = np.arange(len(mine))
            size = self.starts[own + 1] - self.starts[own]
            entries = runs(self.starts[own], size)
            linear = Linear(
                cost=self.cost[mine],
                upper=self.upper[mine],
                starts=np.append(0, np.cumsum(size)),
                column=inside[self.column[entries]],
                value=self.value[entries],
                low=self.low[own],
                high=self.high[own],
                whole=int(np.searchsorted(mine, self.whole)),
            )
            yield Part(linear, mine, 0.0)

    def _marks(self) -> Ints:
        """Give each column the number of the first that it hangs together with."""
        row = self.row
        mark = np.arange(len(self.cost))
        filled = np.flatnonzero(np.diff(self.starts))
        while len(filled):
            least = np.zeros(len(self.low), dtype=np.int64)
            least[filled] = np.minimum.reduceat(mark[self.column], self.starts[filled])
            lower = mark.copy()
            np.minimum.at(lower, self.column, least[row])
            lower = lower[lower]
            if np.array_equal(lower, mark):
                break
            mark = lower
        return mark


@dataclass(frozen=True, slots=True)
class Part:
    """A programme of some ``columns`` of another, and what the held ones cost."""

    linear: Linear
    columns: Ints
    held: float


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The best with fractions: values, what columns cost beyond their worth, and the bound; or how far it came."""

    values: Floats
    reduced: Floats
    bound: float
    finished: bool


@dataclass(frozen=True, slots=True)
class Whole:
    """The best in whole numbers that was found (None: nothing under the limit), and the bound."""

    values: Floats | None
    cost: float
    bound: float


def relax(linear: Linear, clock: Clock) -> Relaxed:
    """Solve with fractions."""
    import highspy

    solver = _solver(linear, clock)
    solver.setOptionValue("presolve", "off")  # little to take away, and its copies cost more than they save
    solver.run()
    solution = solver.getSolution()
    finished = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    prices = np.zeros(len(linear.low))
    if solution.dual_valid or len(solution.row_dual) == len(linear.low):
        prices = linear.tame(np.array(solution.row_dual))
    values = np.array(solution.col_value) if len(solution.col_value) == len(linear.cost) else np.zeros(len(linear.cost))
    return Relaxed(values, linear.reduced(prices), linear.bound(prices), finished)


def whole(linear: Linear, clock: Clock, *, seed: int = 1) -> Whole:
    """Solve with whole numbers, for costs that differ by 1 at least."""
    import highspy

    solver = _solver(linear, clock)
    solver.setOptionValue("random_seed", seed)
    solver.setOptionValue("mip_abs_gap", 0.999)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_max_nodes", 5000)  # an end that does not hang on the machine's speed
    kinds = np.full(linear.whole, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    solver.changeColsIntegrality(linear.whole, np.arange(linear.whole, dtype=np.int32), kinds)
    solver.run()
    status, info = solver.getModelStatus(), solver.getInfo()
    bound = INFINITE if status == highspy.HighsModelStatus.kInfeasible else float(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Whole(None, INFINITE, bound)
    values, cost = np.array(solver.getSolution().col_value), float(info.objective_function_value)
    return Whole(values, cost, cost if status == highspy.HighsModelStatus.kOptimal else min(bound, cost))


def _solver(linear: Linear, clock: Clock) -> highspy.Highs:
    import highspy

    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(linear.cost), len(linear.low)
    lp.col_cost_ = linear.cost
    lp.col_lower_ = np.zeros(len(linear.cost))
    lp.col_upper_ = linear.upper
    lp.row_lower_, lp.row_upper_ = linear.low, linear.high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = linear.starts, linear.column, linear.value
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # the same answer every time
    solver.setOptionValue("time_limit", max(0.01, clock.left))
    solver.passModel(lp)
    if clock.stop is not None:
        stop = clock.stop

        def ask(event: Any) -> None:
            if stop():
                event.interrupt()

        solver.cbSimplexInterrupt += ask
        solver.cbMipInterrupt += ask
    return solver


def up(bound: float) -> int:
    """Give the least whole number that a bound allows, with room for the rounding of long sums."""
    return math.ceil(bound - 1e-6 * math.sqrt(max(1.0, abs(bound))) - 1e-4)
