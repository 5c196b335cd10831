"""The solver: a rota problem as numbers goes in, the best rota and its proof come out.

- ``model``: openings, people, offers, rules and prices. ``cost``: what a rota costs and whether it is legal.
- ``solve``: the way from one to the other; ``table`` (what is left to decide, like openings merged), ``relax`` and
  ``limits`` (the linear programme), ``linear`` (HiGHS, and bounds that can't be wrong), ``rounding`` (whole
  numbers), ``spread`` (who stands at which entrance), ``repair`` (a part anew while the rest stays).
- ``mend``: people dropped out. ``greedy``, ``improve``, ``state``: a quick rota, and a good one without HiGHS.
"""
