"""RallyApp's tests: ``python3 -m tests`` runs them all, without a screen.

The folders mirror the package; ``journeys`` are whole stories told across it, ``bench`` holds the time
budgets and ``files`` the old plans that must open for ever.
"""
