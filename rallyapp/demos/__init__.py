"""Plans to try things on: real disputes, hospitals and hours, with invented people.

Ids and contents are the same every time a demo is made. Records come in an order in which they can be
written: nothing refers to a later one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from types import MappingProxyType

from rallyapp.domain.frozen import frozen
from rallyapp.domain.records import Record

# Called with how many records are made and how many there will be in all, about.
Progress = Callable[[int, int], None]


@frozen(kw_only=False)
class Demo:
    """A plan to try things on: its name on the command line, and a line that says what is in it."""

    name: str
    description: str
    _make: Callable[[Progress | None], Iterator[Record]] = field(repr=False)

    def records(self, progress: Progress | None = None) -> Iterable[Record]:
        """Make the plan's records one after the other, telling ``progress`` how far it has come."""
        return self._make(progress)


def _southampton(progress: Progress | None) -> Iterator[Record]:
    from rallyapp.demos import southampton

    return southampton.records(progress)


def _epsom(progress: Progress | None) -> Iterator[Record]:
    from rallyapp.demos import epsom

    return epsom.records(progress)


def _national(progress: Progress | None) -> Iterator[Record]:
    from rallyapp.demos import national

    return national.records(progress)


DEMOS: Mapping[str, Demo] = MappingProxyType(
    {
        demo.name: demo
        for demo in (
            Demo(
                "southampton-2015",
                "Southampton, December 2015: three strike days, a picket, the Guildhall rally and a charity stall.",
                _southampton,
            ),
            Demo(
                "epsom-st-helier-2016",
                "Epsom and St Helier, 26 and 27 April 2016: two full walkouts at two hospitals, 120 volunteers.",
                _epsom,
            ),
            Demo(
                "national",
                "All England, December 2015: 150 trusts, three strike days, about 5,000 shifts, 45,000 volunteers.",
                _national,
            ),
        )
    }
)
