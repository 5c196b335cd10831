"""Partner charities and their stalls: asked, planned, staffed, and counted on the day."""

from rallyapp.ui.pages.stalls.page import StallsPage

__all__ = ["StallsPage"]
