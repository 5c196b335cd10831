"""Between rotas that cost the same, the one in which the hours are shared more evenly.

The cost counts shifts (C6), so of two people with one shift each it does not matter to it whose is three hours long
when a further one is given out. To those who stand there it does.
"""

from __future__ import annotations

from collections.abc import Iterable

from rallyapp.rota.solving.cost import Place
from rallyapp.rota.solving.model import Model
from rallyapp.rota.solving.state import State

#: Exchanges that are looked at, so that a national rota takes a second or two.
MOST_LOOKS = 300_000
ROUNDS = 4


def level(model: Model, places: Iterable[Place]) -> tuple[Place, ...]:
    """Hand shifts from those with many minutes to those with few, where it costs the same and keeps every rule."""
    return _Levelling(model, places).run()


class _Levelling:
    def __init__(self, model: Model, places: Iterable[Place]) -> None:
        self.state = State(model, places)
        self.length = [each.minutes for each in model.openings]
        spent = model.spent_in_all
        self.minutes = [
            spent.get(person, 0) + sum(self.length[opening] for opening in mine)
            for person, mine in enumerate(self.state.mine)
        ]
        self.looks = MOST_LOOKS

    def run(self) -> tuple[Place, ...]:
        """Go round until nothing changes."""
        for _ in range(ROUNDS):
            handed = [self._hand_over(opening) for opening in range(len(self.length))]
            if not any(handed) or self.looks <= 0:
                break
        return self.state.places()

    def _hand_over(self, opening: int) -> bool:
        state, length, minutes = self.state, self.length[opening], self.minutes
        found = False
        for busy in sorted(state.there[opening], key=lambda person: (-minutes[person], person)):
            if (busy, opening) in state.pinned or self.looks <= 0:
                continue
            # Only to somebody who then has less than the first had: so it ends.
            idle = [p for p in state.offered(opening) if minutes[p] + length < minutes[busy]]
            taker = self._taker(opening, busy, sorted(idle, key=lambda person: (minutes[person], person)))
            if taker is not None:
                minutes[busy] -= length
                minutes[taker] += length
                found = True
        return found

    def _taker(self, opening: int, busy: int, idle: list[int]) -> int | None:
        """Put the first on it who may take it at no cost, instead of the one who is there; None if nobody may."""
        state = self.state
        before = state.cost
        state.drop(busy, opening)
        for person in idle:
            self.looks -= 1
            if state.may(person, opening) and state.cost + state.adding(person, opening) == before:
                state.add(person, opening)
                return person
        state.add(busy, opening)
        return None
