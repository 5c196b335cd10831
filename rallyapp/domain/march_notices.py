"""Which march notices count: the last to each body, and in Scotland those to the council and to the police."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from rallyapp.domain.rallies import Permission

_POLICE = re.compile(r"constab|police", re.IGNORECASE)


def newest(notices: Iterable[Permission]) -> list[tuple[date, Permission]]:
    """List the last notice sent to each body: in Scotland there are two, and a changed march needs a new one."""
    sent = [(notice.sent_on, notice) for notice in notices if notice.sent_on is not None]
    sent.sort(key=lambda pair: (pair[0], pair[1].id))
    last = {" ".join(notice.body.split()).casefold(): (on, notice) for on, notice in sent}
    return list(last.values())


def both_told(notices: Iterable[Permission]) -> tuple[tuple[Permission, ...], tuple[Permission, ...]]:
    """Sort march notices in Scotland into those to the council and those to the chief constable (R4).

    One that does not say to whom it goes counts for whichever has none.
    """
    council: list[Permission] = []
    police: list[Permission] = []
    unnamed: list[Permission] = []
    for notice in notices:
        (police if _POLICE.search(notice.body) else council if notice.body.strip() else unnamed).append(notice)
    for notice in unnamed:
        (police if council and not police else council).append(notice)
    return tuple(council), tuple(police)
