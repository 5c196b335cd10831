"""Whole stories, told through the program as a person starts it."""
