"""The columns of the table of a running order."""

from __future__ import annotations

from rallyapp.ui.models.sheet import Column

GRIP, START, TITLE, MINUTES, WHO, STAGE, CUE, TOTAL, SINCE = range(9)
COLUMNS = (
    Column(key="grip", title="", width=32, fixed=True),
    Column(
        key="start", title="Starts", width=88, fixed=True, tip="Type a time to fix a line to it, clear it to free it"
    ),
    Column(key="title", title="What", width=160, grows=3, fixed=True),
    Column(key="minutes", title="Min", width=52, figures=True, fixed=True),
    Column(key="who", title="Who", width=128, grows=2),
    Column(key="stage", title="Stage and PA", width=116, grows=2),
    Column(key="cue", title="Cue", width=88, grows=2),
    Column(key="total", title="Total", width=60, figures=True, tip="Minutes from the start to the end of the line"),
    Column(key="since", title="Since", width=112),
)
TYPED = frozenset({START, TITLE, MINUTES, WHO, STAGE, CUE})
