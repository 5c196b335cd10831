"""What is raised for a file that can't be taken as a site plan."""

from __future__ import annotations

from rallyapp.domain.problems import UserError


class NoPicture(UserError):
    """A file that can't be taken as a site plan; says why, without the file's name where that is not known yet."""
