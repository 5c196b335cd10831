"""The rota builder: pure. A plan goes in, a proposal comes out; nothing here writes or waits.

``fill`` puts people on the shifts that are short, asking ``domain.eligibility`` about each of them.
"""
