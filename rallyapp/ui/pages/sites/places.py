"""Employers, sites and entrances as the rows of one list, found by typing."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from rallyapp.domain.ids import EntranceId
from rallyapp.domain.places import Employer, Entrance, LandStatus, Site
from rallyapp.domain.problems import Concern
from rallyapp.domain.words import counted
from rallyapp.store import Store, site_queries
from rallyapp.store.site_queries import Planned
from rallyapp.ui.models.keyed import Rows

Index = QModelIndex | QPersistentModelIndex
PLACE = Qt.ItemDataRole.UserRole
EMPLOYER, SITE, ENTRANCE = "employer", "site", "entrance"
_NOTHING = Planned(pickets=0, shifts=0)
_FEW = 40  # so many entrances are all shown; of more, only those of the opened sites

GROUND = {
    LandStatus.UNKNOWN: "Ground not known",
    LandStatus.HIGHWAY: "Public highway",
    LandStatus.PERMITTED: "Private, by permission",
    LandStatus.PRIVATE: "Private, no permission",
}


def planned_words(planned: Planned) -> str:
    """Say what is planned at an entrance."""
    if not planned.pickets:
        return "no picket yet"
    return f"{counted(planned.pickets, 'picket')}, {counted(planned.shifts, 'shift')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow:
    """One row of the list; ``opened`` is None for what can't be opened, ``ground`` warns of private ground."""

    id: str
    kind: str
    title: str
    below: str = ""
    most: str = ""
    opened: bool | None = None
    warns: bool = False

    @property
    def concern(self) -> Concern:
        """The record that it shows."""
        return Concern(self.kind, self.id)

    @property
    def spoken(self) -> str:
        """The whole row as one sentence."""
        state = {True: ", opened", False: ", closed", None: ""}[self.opened]
        return ", ".join(filter(None, (self.title, self.kind, self.below, self.most))) + state


@dataclass(frozen=True, slots=True)
class Places:
    """All employers, sites and entrances of a plan, in the order in which they are listed."""

    employers: tuple[Employer, ...] = ()
    sites: Mapping[str, tuple[Site, ...]] = field(default_factory=dict)
    entrances: Mapping[str, tuple[Entrance, ...]] = field(default_factory=dict)
    planned: Mapping[EntranceId, Planned] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store) -> Places:
        """Read them: some milliseconds in a national plan."""
        with store.snapshot():
            employers = sorted(store.all(Employer), key=lambda each: (_sorting(each.name), each.id))
            sites: dict[str, list[Site]] = {}
            for site in sorted(store.all(Site), key=lambda each: (_sorting(each.name), each.id)):
                sites.setdefault(site.employer_id, []).append(site)
            entrances: dict[str, list[Entrance]] = {}
            for entrance in sorted(store.all(Entrance), key=lambda each: (each.position, each.name, each.id)):
                entrances.setdefault(entrance.site_id, []).append(entrance)
            planned = site_queries.planned(store)
        return cls(
            tuple(employers),
            {key: tuple(found) for key, found in sites.items()},
            {key: tuple(found) for key, found in entrances.items()},
            planned,
        )

    def at(self, site: str) -> tuple[Entrance, ...]:
        """List a site's entrances in their order."""
        return self.entrances.get(site, ())

    def planned_at(self, entrance: Entrance) -> Planned:
        """Tell what is planned at an entrance."""
        return self.planned.get(entrance.id, _NOTHING)

    @property
    def words(self) -> str:
        """Count them, in words."""
        sites = sum(map(len, self.sites.values()))
        entrances = sum(map(len, self.entrances.values()))
        return " \u00b7 ".join(
            (counted(len(self.employers), "employer"), counted(sites, "site"), counted(entrances, "entrance"))
        )

    def rows(self, text: str, opened: Collection[str], closed: Collection[str]) -> Iterator[PlaceRow]:
        """List the rows that fit what was typed; ``opened`` and ``closed`` are the sites that somebody opened or shut.

        Where a site or its employer fits, all its entrances are there; where only an entrance fits, that one is.
        """
        wanted = _folded(text).split()
        few = sum(map(len, self.entrances.values())) <= _FEW
        for employer in self.employers:
            sites = self.sites.get(employer.id, ())
            shown = [row for site in sites for row in self._site(site, employer, wanted, few, opened, closed)]
            if shown or _fits(wanted, employer.name, employer.code):
                yield PlaceRow(
                    id=employer.id,
                    kind=EMPLOYER,
                    title=employer.name,
                    below="" if sites else "no site yet",
                )
                yield from shown

    def _site(
        self,
        site: Site,
        employer: Employer,
        wanted: Sequence[str],
        few: bool,
        opened: Collection[str],
        closed: Collection[str],
    ) -> Iterator[PlaceRow]:
        entrances = self.at(site.id)
        whole = (site.name, site.code, site.postcode, employer.name, employer.code)
        if wanted and not _fits(wanted, *whole):
            entrances = tuple(each for each in entrances if _fits(wanted, each.name, *whole))
            if not entrances:
                return
            is_open = True
        else:
            is_open = site.id in opened or (few and site.id not in closed)
        words = counted(len(self.at(site.id)), "entrance")
        yield PlaceRow(
            id=site.id,
            kind=SITE,
            title=site.name,
            below=" \u00b7 ".join(filter(None, (site.postcode, words))),
            opened=is_open if entrances else None,
        )
        for each in entrances if is_open else ():
            yield entrance_row(each, self.planned_at(each))


def entrance_row(entrance: Entrance, planned: Planned) -> PlaceRow:
    """Make the row of an entrance."""
    parts = (GROUND[entrance.land_status], planned_words(planned))
    return PlaceRow(
        id=entrance.id,
        kind=ENTRANCE,
        title=entrance.name,
        below=" \u00b7 ".join(parts),
        most=f"max {entrance.official_max}",
        warns=entrance.land_status is LandStatus.PRIVATE,
    )


@cache
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _sorting(name: str) -> str:
    return _folded(name)


def _fits(wanted: Sequence[str], *texts: str) -> bool:
    return all(any(part in _folded(text) for text in texts) for part in wanted)


class PlaceModel(QAbstractListModel):
    """The rows of the list."""

    def __init__(self) -> None:
        """Make the model, empty."""
        super().__init__()
        self.rows: Rows[PlaceRow] = Rows(self)

    def show(self, rows: Sequence[PlaceRow]) -> None:
        """Show these rows."""
        self.rows.show(rows)

    def find(self, id: str) -> QModelIndex:
        """Give where a record stands in the list; an invalid index where it is not shown."""
        for place, row in enumerate(self.rows.all):
            if row.id == id:
                return self.index(place)
        return QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the rows."""
        return 0 if parent.isValid() else len(self.rows.all)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a row, or what it says."""
        if not index.isValid():
            return None
        row = self.rows.all[index.row()]
        if role == PLACE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None
