"""What one person can do together, as rows of a linear programme: overlap, travel, rest and minutes.

Built for everybody at once. Rows are as tight as they come cheaply: all that run at one moment are one row, and
of shifts of at least so many minutes only so many whole ones fit into somebody's day.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from rallyapp.rota.solving.linear import Floats
from rallyapp.rota.solving.model import Bools, Ints, groups, runs
from rallyapp.rota.solving.table import Table

#: Pairs of columns that are looked at together.
PAIRS = 500_000


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows, each at most its limit: entries by row (from 0), column and value."""

    row: Ints
    column: Ints
    value: Floats
    limit: Floats


class _Loose:
    """Rows that are found one by one."""

    def __init__(self) -> None:
        self.row, self.column = array("q"), array("q")
        self.value, self.limit = array("d"), array("d")

    def add(self, columns: list[int], limit: float, values: list[float] | None = None) -> None:
        self.row.extend([len(self.limit)] * len(columns))
        self.column.extend(columns)
        self.value.extend([1.0] * len(columns) if values is None else values)
        self.limit.append(limit)

    def block(self) -> Block:
        ints, floats = np.dtype(np.int64), np.dtype(np.float64)
        return Block(
            np.frombuffer(self.row, dtype=ints),
            np.frombuffer(self.column, dtype=ints),
            np.frombuffer(self.value, dtype=floats),
            np.frombuffer(self.limit, dtype=floats),
        )


class Limits:
    """The rows for a table's columns, ordered by person, then time; and the most that anybody can do."""

    def __init__(self, table: Table) -> None:
        self.table = table
        who, what = self.who, self.what = table.who, table.what
        self.minutes = table.minutes[what]
        self.loose = _Loose()
        self.blocks: list[Block] = []
        day = table.day[what]
        first, size = groups(who, day)
        left = table.day_left(who[first], day[first])
        fit = self._budgets(first, size, left)
        self.person_first, self.person_size = groups(who)
        several = size > 1
        fit = np.minimum(fit, self._overlaps(first[several], size[several], fit, several))
        days, _ = groups(who[first])
        by_days = np.add.reduceat(fit, days) if len(days) else np.zeros(0, dtype=np.int64)
        all_left = table.all_left(who[self.person_first])
        in_all = self._budgets(self.person_first, self.person_size, all_left, enough=by_days)
        self.most = np.minimum(by_days, in_all)
        self._over_night()
        if self.loose.limit:
            self.blocks.append(self.loose.block())

    def _budgets(self, first: Ints, size: Ints, left: Ints, enough: Ints | None = None) -> Ints:
        """Add rows for minutes of groups of neighbouring columns; return how many of each group can fit.

        A group of which no more than ``enough`` can be had anyway needs no row that allows as many.
        """
        if not len(first):
            return np.zeros(0, dtype=np.int64)
        low = np.minimum.reduceat(self.minutes, first)
        high = np.maximum.reduceat(self.minutes, first)
        fit: Ints = np.minimum(size, left // low)
        reach = size if enough is None else np.minimum(size, enough)
        tight = (low == high) & (fit < reach)
        self._same(first[tight], size[tight], fit[tight])
        total = np.add.reduceat(self.minutes, first)
        for group in np.flatnonzero((low != high) & (total > left)).tolist():
            self._mixed(int(first[group]), int(size[group]), int(left[group]))
        return fit

    def _same(self, first: Ints, size: Ints, limit: Ints) -> None:
        """Add one row per group of columns of one length."""
        if len(first):
            column = runs(first, size)
            row = np.repeat(np.arange(len(first)), size)
            self.blocks.append(Block(row, column, np.ones(len(column)), limit.astype(np.float64)))

    def _mixed(self, first: int, size: int, left: int) -> None:
        columns = list(range(first, first + size))
        lengths = self.minutes[first : first + size].tolist()
        fewest = size
        for length in sorted(set(lengths)):
            long = [column for column, minutes in zip(columns, lengths, strict=True) if minutes >= length]
            fit = left // length
            if fit < min(len(long), fewest):  # else a shorter length's row says as much already
                self.loose.add(long, float(fit))
                fewest = fit
        self.loose.add(columns, float(left), [float(minutes) for minutes in lengths])

    def _overlaps(self, first: Ints, size: Ints, fit: Ints, several: Bools) -> Ints:
        """Add rows for columns of one person and day that overlap or are too far apart; give how many can fit."""
        most = fit.copy()
        if not len(first):
            return most
        spots = self.table.spot[self.what]
        here = runs(first, size)
        single = np.ones(len(first), dtype=np.bool_)
        mixed = spots[here] != np.repeat(spots[first], size)
        single[np.repeat(np.arange(len(first)), size)[mixed]] = False
        alone = fit[several] == 1  # one a day: that row stands already
        for row, column in self._pairs_of(first[single & ~alone], size[single & ~alone]):
            start, end = self.table.start[self.what], self.table.end[self.what]
            at_once = (start[column] <= start[row]) & (start[row] < end[column])
            self._moments(row[at_once], column[at_once])
        for row, column in self._pairs_of(first[~single & ~alone], size[~single & ~alone]):
            self._far(row, column)
        most[several] = np.minimum(most[several], self._chain(first, size))
        return most

    def _pairs_of(self, first: Ints, size: Ints) -> Iterator[tuple[Ints, Ints]]:
        """Give all pairs of columns within groups, some groups at a time: all at once would take too much room."""
        part = np.cumsum(size * size) // PAIRS
        for each in np.split(np.arange(len(first)), np.flatnonzero(np.diff(part)) + 1):
            start, many = first[each], size[each]
            row = np.repeat(runs(start, many), np.repeat(many, many))
            yield row, runs(np.repeat(start, many), np.repeat(many, many))

    def _moments(self, row: Ints, column: Ints) -> None:
        """Add a row for the columns that run when one starts, unless a later start has them all and more."""
        if not len(row):
            return
        first, size = groups(row)
        key = row[first]
        start, end = self.table.start[self.what], self.table.end[self.what]
        ends = np.minimum.reduceat(end[column], first)
        # The next column of the same person and day in order of time; of those that start together the last counts.
        later = np.full(len(key), np.iinfo(np.int64).max)
        same = self.who[key[1:]] == self.who[key[:-1]]
        same &= self.table.day[self.what[key[1:]]] == self.table.day[self.what[key[:-1]]]
        later[:-1][same] = start[key[1:]][same]
        wanted = (size > 1) & (ends <= later)
        keep = np.repeat(wanted, size)
        number = np.cumsum(wanted) - 1
        kept = np.repeat(number, size)[keep]
        self.blocks.append(
            Block(kept, column[keep], np.ones(int(keep.sum())), np.ones(int(wanted.sum()), dtype=np.float64))
        )

    def _chain(self, first: Ints, size: Ints) -> Ints:
        """Give the most columns of each group that follow one another without overlap."""
        most = np.zeros(len(first), dtype=np.int64)
        last_end = np.full(len(first), np.iinfo(np.int64).min)
        end, start = self.table.end[self.what], self.table.start[self.what]
        # Earliest end first, group by group: the longest chain.
        here = runs(first, size)
        group = np.repeat(np.arange(len(first)), size)
        order = np.lexsort((end[here], group))
        at = np.cumsum(size) - size
        for step in range(int(size.max())):
            going = np.flatnonzero(size > step)
            column = here[order[at[going] + step]]
            free = start[column] >= last_end[going]
            most[going[free]] += 1
            last_end[going[free]] = end[column[free]]
        return most

    def _far(self, row: Ints, column: Ints) -> None:
        """Add rows for people's days at several sites: all pairs of their columns."""
        first = self.table.first[self.what]
        self._apart(row, column, self.table.model.clash(first[row], first[column]) & (row != column))

    def _over_night(self) -> None:
        """Add rows for one person's shifts of different days with too little rest (or way) between."""
        for row, column in self._pairs_of(self.person_first, self.person_size):
            day, place = self.table.day[self.what], self.table.first[self.what]
            other = day[row] != day[column]
            row, column = row[other], column[other]
            self._apart(row, column, self.table.model.clash(place[row], place[column]))

    def _apart(self, row: Ints, column: Ints, clash: Bools) -> None:
        """Add rows for pairs of one person's columns that clash."""
        base = np.repeat(self.person_first, self.person_size)
        row, column = row[clash], column[clash]
        near: dict[int, dict[int, int]] = {}
        for first, one, bit in zip(base[row].tolist(), row.tolist(), (column - base[row]).tolist(), strict=True):
            mine = near.setdefault(first, {})
            one -= first
            mine[one] = mine.get(one, 0) | 1 << bit
        for first, mine in near.items():
            for clique in cliques(mine):
                self.loose.add([first + each for each in clique], 1.0)


def cliques(near: Mapping[int, int]) -> list[list[int]]:
    """Cover all clashes with sets of which only one can be had, each as large as it comes out.

    ``near`` says of each (0, 1, ...) with which it clashes, a bit for each.
    """
    found: list[list[int]] = []
    covered: dict[int, int] = {}
    for one in sorted(near):
        todo = near[one] >> one << one & ~covered.get(one, 0)
        while todo:
            bit = todo & -todo
            clique, members, common = [one], 1 << one | bit, near[one] & near[bit.bit_length() - 1]
            clique.append(bit.bit_length() - 1)
            while common:
                bit = common & -common
                further = bit.bit_length() - 1
                clique.append(further)
                members |= bit
                common &= near[further]
            for member in clique:
                covered[member] = covered.get(member, 0) | members
            found.append(sorted(clique))
            todo &= ~covered[one]
    return found
