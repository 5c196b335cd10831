"""A picture of a place with numbered pins on it, for sites and for rallies."""

from rallyapp.ui.widgets.site_plan.panel import SitePlanPanel
from rallyapp.ui.widgets.site_plan.pictures import (
    Found,
    Picture,
    blank_picture,
    find_file,
    picture_of,
    take_picture,
)
from rallyapp.ui.widgets.site_plan.refused import NoPicture
from rallyapp.ui.widgets.site_plan.view import SitePlanView

__all__ = [
    "Found",
    "NoPicture",
    "Picture",
    "SitePlanPanel",
    "SitePlanView",
    "blank_picture",
    "find_file",
    "picture_of",
    "take_picture",
]
