"""Typing back what was written on a sign-in sheet, with what was understood beside each line."""

from rallyapp.ui.type_back.view import TypeBack

__all__ = ["TypeBack"]
