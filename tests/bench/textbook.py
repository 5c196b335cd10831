"""The rota problem as a textbook writes it down: one 0/1 variable per person and opening, every rule a row.

Nothing is merged, left out or added later; the solver library does the rest by itself. Slow, plain, and right:
the measure of the builder, and where it ends in time a judge of what is best.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import highspy
import numpy as np

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model

INFINITE = highspy.kHighsInf


@dataclass
class Programme:
    """A linear programme being written: what each variable costs, between what it lies, and the rows."""

    costs: list[float] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[float, float]] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    factors: list[float] = field(default_factory=list)

    def variable(self, cost: float, least: float, most: float, *, whole: bool = False) -> int:
        self.costs.append(cost)
        self.least.append(least)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.costs) - 1

    def row(self, least: float, most: float, *terms: Iterable[tuple[int, float]]) -> None:
        for each in terms:
            for column, factor in each:
                self.columns.append(column)
                self.factors.append(factor)
        self.rows.append((least, most))
        self.starts.append(len(self.columns))

    def lp(self) -> highspy.HighsLp:
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.costs), len(self.rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = map(np.array, (self.costs, self.least, self.most))
        lp.row_lower_, lp.row_upper_ = np.array(self.rows, dtype=float).reshape(-1, 2).T.copy()
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.factors, dtype=float)
        kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
        lp.integrality_ = [kinds[each] for each in self.whole]
        return lp


@dataclass(frozen=True)
class Answer:
    """The rota that was found, if any was, and a cost below which none is."""

    places: tuple[Place, ...] | None
    bound: float


def solve(model: Model, time_limit: float) -> Answer:
    """Have the library solve the textbook's model with its own settings."""
    programme = Programme()
    place = _write_places(programme, model)
    _write_openings(programme, model, place)
    _write_people(programme, model, place)
    _write_pairs(programme, model, place)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("time_limit", time_limit)
    # The settings' own tolerance is a hundredth of a percent: more than a step in price on a national rota.
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(programme.lp())
    solver.run()
    info = solver.getInfo()
    gone = 0 if model.previous is None else model.weights.drop * len(model.previous)
    # Where nobody may take anything the model has no whole numbers, and the library no bound.
    bound = gone + (info.mip_dual_bound if place else info.objective_function_value)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(None, bound)
    values = solver.getSolution().col_value
    return Answer(tuple(sorted(each for each, column in place.items() if values[column] > 0.5)), bound)


def _write_places(programme: Programme, model: Model) -> dict[Place, int]:
    pinned = set(model.pinned)
    place: dict[Place, int] = {}
    for number, opening in enumerate(model.openings):
        for person, price in zip(*(each.tolist() for each in model.offers.of(opening)), strict=True):
            if (person, number) not in model.barred:
                change = 0
                if model.previous is not None:
                    change = -model.weights.drop if (person, number) in model.previous else model.weights.add
                stays = (person, number) in pinned
                place[person, number] = programme.variable(price + change, float(stays), 1.0, whole=True)
    return place


def _write_openings(programme: Programme, model: Model, place: dict[Place, int]) -> None:
    weights, there = model.weights, _by(place, 1)
    for number, opening in enumerate(model.openings):
        heads = there.get(number, {})
        short = programme.variable(weights.least * opening.priority, 0, opening.least)
        unmet = programme.variable(weights.wished * opening.priority, 0, max(0, opening.wished - opening.least))
        everyone = [(column, 1.0) for column in heads.values()]
        programme.row(max(opening.least, opening.wished), INFINITE, everyone, [(short, 1), (unmet, 1)])
        programme.row(-INFINITE, opening.most, everyone)
        for skill, least, wished in opening.skills:
            short = programme.variable(weights.skill_least * opening.priority, 0, least)
            unmet = programme.variable(weights.skill_wished, 0, wished - least)
            holders = [(column, 1.0) for person, column in heads.items() if model.holds[person, skill]]
            programme.row(wished, INFINITE, holders, [(short, 1), (unmet, 1)])
    for members, most in model.caps:
        programme.row(-INFINITE, most, [(n, 1.0) for each in set(members) for n in there.get(each, {}).values()])


def _write_people(programme: Programme, model: Model, place: dict[Place, int]) -> None:
    fair = model.weights.fair
    for person, mine in _by(place, 0).items():
        numbers = np.array(list(mine))
        one, other = np.triu_indices(len(numbers), 1)
        clashing = model.clash(numbers[one], numbers[other])
        for a, b in zip(numbers[one[clashing]].tolist(), numbers[other[clashing]].tolist(), strict=True):
            programme.row(-INFINITE, 1, [(mine[a], 1), (mine[b], 1)])
        minutes = {number: (column, float(model.openings[number].minutes)) for number, column in mine.items()}
        for day in {model.openings[number].day for number in mine}:
            that_day = [each for number, each in minutes.items() if model.openings[number].day == day]
            left = int(model.day_limit[person]) - model.spent.get((person, day), 0)
            programme.row(-INFINITE, max(0, left), that_day)
        in_all = max(0, int(model.total_limit[person]) - model.spent_in_all.get(person, 0))
        programme.row(-INFINITE, in_all, minutes.values())
        most = min(len(mine), in_all // max(1, min(int(each) for _, each in minutes.values())))
        steps = [programme.variable(fair * (int(model.prior[person]) + n), 0, 1) for n in range(most)]
        programme.row(0, 0, [(column, 1) for column in mine.values()], [(step, -1) for step in steps])


def _write_pairs(programme: Programme, model: Model, place: dict[Place, int]) -> None:
    of_person = _by(place, 0)
    at: dict[int, dict[str, list[int]]] = {}
    for person in {each for pair in (*model.together, *model.apart) for each in pair}:
        meetings = at[person] = defaultdict(list)
        for number, column in of_person.get(person, {}).items():
            meetings[model.openings[number].meeting].append(column)
    for a, b in model.together:
        alone = programme.variable(model.weights.pair, 0, 1)
        met = []
        for meeting in at[a].keys() & at[b].keys():
            both = programme.variable(0, 0, 1)
            met.append((both, 1.0))
            for each in (a, b):
                programme.row(-INFINITE, 0, [(both, 1)], [(column, -1) for column in at[each][meeting]])
        programme.row(1, INFINITE, [(alone, 1)], met)
    for a, b in model.apart:
        for meeting in at[a].keys() & at[b].keys():
            for one in at[a][meeting]:
                for other in at[b][meeting]:
                    programme.row(-INFINITE, 1, [(one, 1), (other, 1)])


def _by(place: dict[Place, int], part: int) -> dict[int, dict[int, int]]:
    """Sort the columns by person (part 0) or by opening (part 1)."""
    found: dict[int, dict[int, int]] = {}
    for each, column in place.items():
        found.setdefault(each[part], {})[each[1 - part]] = column
    return found
