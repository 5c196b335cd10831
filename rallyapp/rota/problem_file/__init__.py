"""A rota problem as a JSON file: all of it is checked, what is broken is refused with one sentence.

- ``reading``: the file's shape and the way to a model; ``rows`` and ``pins`` are its checks.
- ``offers``: who may take which shift at what price, by the file's rules, for tens of thousands at once.
"""
