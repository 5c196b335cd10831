"""The picket rota: a strike day on a time axis, a week and a list as sheets, and what is chosen in them."""

from rallyapp.ui.pages.rota.page import RotaPage

__all__ = ["RotaPage"]
