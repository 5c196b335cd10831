"""What all demos are made with: ids that are the same every time, times, and the order of writing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from hashlib import sha256
from uuid import NAMESPACE_URL, uuid5

from rallyapp.demos import Progress
from rallyapp.domain.ids import NeedId, ShiftId
from rallyapp.domain.pickets import Need, Role
from rallyapp.domain.records import KINDS, Record

_ORDER = {kind: number for number, kind in enumerate(KINDS)}


class Keys:
    """Ids of one demo, each made of a readable key: the same key gives the same id on every laptop."""

    def __init__(self, demo: str) -> None:
        """Take the demo's name, so that two demos never share an id."""
        self._namespace = uuid5(NAMESPACE_URL, f"https://example.org/rallyapp/demos/{demo}")

    def __call__(self, *parts: str | int) -> str:
        """Make the id of a key such as ("person", 17)."""
        return str(uuid5(self._namespace, "/".join(map(str, parts))))


def at(day: date, clock: str) -> datetime:
    """Give a time of day, written as 08:00, on a day."""
    return datetime.combine(day, time.fromisoformat(clock))


def in_order(records: Iterable[Record], progress: Progress | None = None) -> Iterator[Record]:
    """Give the records in the order in which they can be written; those of one kind stay as they are."""
    ordered = sorted(records, key=lambda record: _ORDER[type(record)])
    for number, record in enumerate(ordered, start=1):
        yield record
        if progress and (number % 100 == 0 or number == len(ordered)):
            progress(number, len(ordered))


def drama_mobile(number: int) -> str:
    """Give a mobile number that Ofcom keeps for drama: 07700 900000 to 900999."""
    return f"07700 900{number % 1000:03d}"


def drama_landline(number: int) -> str:
    """Give a landline number that Ofcom keeps for drama: 01632 960000 to 960999."""
    return f"01632 960{number % 1000:03d}"


def picket_needs(keys: Keys, shift: ShiftId, *key: str | int) -> Iterator[Need]:
    """Give what a picket shift needs: one supervisor, three to five pickets, somebody on standby if possible.

    Supervisor and pickets together are never more than the six of the Code (L4).
    """
    for role, least, wished, most in (
        (Role.SUPERVISOR, 1, 1, 1),
        (Role.PICKET, 3, 4, 5),
        (Role.STANDBY, 0, 1, 2),
    ):
        id = NeedId(keys("need", *key, role))
        yield Need(id=id, shift_id=shift, role=role, least=least, wished=wished, most=most)


_ODD = 0x9E3779B97F4A7C15


def quick_ids(demo: str, kind: str) -> Callable[[int], str]:
    """Give a maker of ids of one kind by number, for demos of hundreds of thousands of records.

    They have the shape of UUIDs (version 8: of one's own making) and come scattered, as real ids do, so that
    a file full of them behaves like a real one. Multiplying by an odd number never gives two the same.
    """
    tag = sha256(f"{demo}/{kind}".encode()).hexdigest()
    middle = f"-8{tag[:3]}-8{tag[3:6]}-{tag[6:14]}"

    def make(number: int) -> str:
        scattered = "%016x" % ((number * _ODD) & 0xFFFFFFFFFFFFFFFF)
        return f"{scattered[:8]}-{scattered[8:12]}{middle}{scattered[12:]}"

    return make
