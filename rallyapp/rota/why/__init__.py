"""Why a place stays empty: counts of what keeps people away, proofs that a few shifts can't be met together.

- ``explain``: every gap of a rota with its reason. ``lineup``: who could, who is idle, what is in the way.
- ``proof``: shifts of one time, by matching. ``proof_lp`` and ``programme``: all others, by linear programmes.
- ``changes``: the smallest changes that would fill a gap, each tried. ``reason_words``: the sentences.
"""
