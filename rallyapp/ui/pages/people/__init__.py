"""People: who can be asked, in a table that behaves like a spreadsheet, and what is known about each of them."""

from rallyapp.ui.pages.people.page import PeoplePage

__all__ = ["PeoplePage"]
