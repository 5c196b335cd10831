"""The rota builder: pure. A plan goes in, a proposal comes out; nothing here writes or waits.

- ``problem`` (with ``candidates``) turns a plan into a rota problem, asking ``domain.eligibility`` about everybody.
- ``fill`` proposes the best rota for shifts; ``absent`` finds who stays on one and can't be there.
- ``reasons``, ``mends``, ``joint`` and ``official`` say why a gap is one, in the words of ``wording``.
- ``suggest`` (with ``known``) ranks the people for one shift; ``cover`` mends the rota when somebody drops out.
- ``solving`` is the solver, ``why`` explains gaps of any rota problem, ``problem_file`` reads one from JSON.
"""
