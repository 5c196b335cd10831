"""The real window of the tests of the window, for the journeys that run through it."""

from tests.ui.conftest import _live_loop, dressed, live_loop, made, person, plan, window

__all__ = ["_live_loop", "dressed", "live_loop", "made", "person", "plan", "window"]
