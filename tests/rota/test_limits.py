"""Clashes are covered by sets of which only one can be had: all of them, and nothing else."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from rallyapp.rota.solving.limits import cliques


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])))
def test_every_clash_is_in_a_clique_and_every_pair_of_a_clique_clashes(clashes: set[tuple[int, int]]) -> None:
    near: dict[int, int] = {}
    for one, other in clashes:
        near[one] = near.get(one, 0) | 1 << other
        near[other] = near.get(other, 0) | 1 << one
    found = cliques(near)
    pairs = [pair for clique in found for pair in combinations(clique, 2)]
    assert set(pairs) == clashes
    # Each is as large as it can be: nobody else clashes with all of it.
    for clique in found:
        assert not any(all(near[each] >> other & 1 for each in clique) for other in range(8) if other not in clique)
