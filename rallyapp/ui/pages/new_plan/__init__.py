"""The page on which a new plan is described: dispute, sites, strike days, and the pattern of the pickets."""

from rallyapp.ui.pages.new_plan.page import NewPlanPage

__all__ = ["NewPlanPage"]
