"""The day timeline: entrances, posts and stalls down, time across, shifts as bars, people on the line beneath."""

from rallyapp.ui.widgets.timeline.person_drop import PERSON_MIME
from rallyapp.ui.widgets.timeline.records import Bar, Coverage, DayView, Mark, Moved, Resized, Row
from rallyapp.ui.widgets.timeline.timeline import Timeline

__all__ = ["PERSON_MIME", "Bar", "Coverage", "DayView", "Mark", "Moved", "Resized", "Row", "Timeline"]
