"""The page of paper: choosing and previewing, everything for a day, what was printed, typing back."""

from rallyapp.ui.pages.print.page import PrintPage

__all__ = ["PrintPage"]
