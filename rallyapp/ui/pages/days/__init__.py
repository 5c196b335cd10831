"""Strike days: a list and a calendar, what one day is, what the law asks of it, and what became of it."""

from rallyapp.ui.pages.days.page import DaysPage

__all__ = ["DaysPage"]
