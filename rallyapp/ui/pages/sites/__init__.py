"""Sites and entrances: where is picketed, on whose ground, with what, and a plan of each site with pins."""

from rallyapp.ui.pages.sites.page import SitesPage

__all__ = ["SitesPage"]
