"""Rallies: one rally at a time, section by section in the order and with the numbers of the printed plan.

``page`` chooses the rally and reads it; ``outline`` lists the sections and how each stands; ``parts`` says which
module edits which section; ``part`` is what those are given and must do.
"""

from rallyapp.ui.pages.rallies.page import RalliesPage

__all__ = ["RalliesPage"]
