"""What the program carries with it: the law table, hazards, hospitals and trusts, postcode districts, bank holidays.

In a checkout the folder ``resources`` stands beside the package; in an installed wheel and in the packed
program it lies inside it. Everything here only reads, reads once, and reads late:
importing this module opens no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from rallyapp.domain.frozen import frozen
from rallyapp.domain.law import Jurisdiction, Rules

if TYPE_CHECKING:
    from rallyapp.domain.rally_prompts import Prompts
    from rallyapp.domain.risks import Starter


@cache
def _root() -> Path:
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def path(*parts: str) -> Path:
    """Find a file or folder that the program carries: ``path("fonts")``, ``path("data", "trusts.csv")``."""
    return _root().joinpath(*parts)


@cache
def law() -> Rules:
    """Read the table of dated rules."""
    import json

    return Rules.of(json.loads(path("law.json").read_text(encoding="utf-8")))


@cache
def hazards() -> tuple[Starter, ...]:
    """List the starter hazards that a risk assessment may be begun with."""
    import json

    from rallyapp.domain.risks import starters

    return starters(json.loads(path("risks.json").read_text(encoding="utf-8")))


@cache
def rally_prompts() -> Prompts:
    """Read what may be worth a line in a rally plan, by its sections, and the kit that rallies often bring."""
    import json

    from rallyapp.domain.rally_prompts import prompts_of

    return prompts_of(json.loads(path("rally_prompts.json").read_text(encoding="utf-8")))


def _rows(name: str) -> list[dict[str, str]]:
    import csv

    with path("data", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _degrees(text: str) -> float | None:
    return float(text) if text else None


# ------------------------------------------------------------------------------- hospitals and trusts
@frozen
class Hospital:
    """A hospital of the list of late 2014, as a place to picket.

    Attributes:
        code: the site's code in the list; RHM01 is Southampton General.
        kind: "Hospital", "Mental Health Hospital", or empty where the list does not say.
        sector: "NHS Sector" or "Independent Sector".
        lat: degrees north; None, like ``lon``, for the one hospital without a postcode.
        trust_code: the employer's code; ``trust`` is its name.
    """

    code: str
    name: str
    kind: str
    sector: str
    address: str
    city: str
    postcode: str
    lat: float | None
    lon: float | None
    trust_code: str
    trust: str


@frozen
class Trust:
    """An NHS trust of the same list: the employer of a hospital's staff."""

    code: str
    name: str
    kind: str
    address: str
    city: str
    postcode: str
    lat: float | None
    lon: float | None


@cache
def hospitals() -> tuple[Hospital, ...]:
    """List the hospitals, in the order of the published list."""
    return tuple(
        Hospital(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            sector=row["sector"],
            address=row["address"],
            city=row["city"],
            postcode=row["postcode"],
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
            trust_code=row["trust_code"],
            trust=row["trust"],
        )
        for row in _rows("hospitals.csv")
    )


@cache
def trusts() -> tuple[Trust, ...]:
    """List the trusts, in the order of the published list."""
    return tuple(
        Trust(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            address=row["address"],
            city=row["city"],
            postcode=row["postcode"],
            lat=_degrees(row["lat"]),
            lon=_degrees(row["lon"]),
        )
        for row in _rows("trusts.csv")
    )


_APOSTROPHES = "['\u2018\u2019\u02bc`]"
_BREAKS = r"[\W_]+"


def _words(text: str) -> tuple[str, ...]:
    """Cut a text into words to search by: no accents, no apostrophes, no capitals, "saint" as "st"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    split = re.split(_BREAKS, re.sub(_APOSTROPHES, "", plain).casefold())
    return tuple("st" if word == "saint" else word for word in split if word)


@frozen(kw_only=False)
class _Entry:
    hospital: Hospital
    name: tuple[str, ...]
    place: tuple[str, ...]
    trust: tuple[str, ...]
    standing: tuple[bool, bool, bool, str]


@cache
def _entries() -> tuple[_Entry, ...]:
    trust_of = {trust.code: trust for trust in trusts()}
    found = []
    for hospital in hospitals():
        trust = trust_of.get(hospital.trust_code)
        postcode = hospital.postcode.replace(" ", "").lower()
        # Between equals: the trust's own address first, then the NHS, then acute hospitals.
        standing = (
            trust is None or not hospital.postcode or trust.postcode != hospital.postcode,
            hospital.sector != "NHS Sector",
            trust is None or trust.kind != "Acute",
            hospital.name,
        )
        place = (*_words(hospital.city), *_words(hospital.postcode), postcode)
        found.append(_Entry(hospital, _words(hospital.name), place, _words(hospital.trust), standing))
    return tuple(found)


def find_hospitals(text: str, limit: int = 8) -> tuple[Hospital, ...]:
    """Find hospitals by the beginnings of words of their name, town, postcode or trust, best first.

    Every word must be found; capitals, accents and apostrophes do not matter. A name goes before a place
    and a place before a trust; then names that begin with what was typed, then whole words, then a trust's
    own address.
    """
    wanted = _words(text)
    if not wanted:
        return ()
    ranked = []
    for entry in _entries():
        ever_more = (entry.name, entry.name + entry.place, entry.name + entry.place + entry.trust)
        for rank, words in enumerate(ever_more):
            if all(any(word.startswith(part) for word in words) for part in wanted):
                in_front = entry.name[: len(wanted) - 1] == wanted[:-1] and any(
                    word.startswith(wanted[-1]) for word in entry.name[len(wanted) - 1 : len(wanted)]
                )
                cut_short = sum(part not in words for part in wanted)
                ranked.append(((rank, not in_front, cut_short, *entry.standing), entry.hospital))
                break
    ranked.sort(key=lambda pair: pair[0])
    return tuple(hospital for _, hospital in ranked[:limit])


# ----------------------------------------------------------------------------------- postcode districts
@frozen
class Outcode:
    """A postcode district, such as SO16, with the middle of it on the map.

    Attributes:
        town: the town, or the district council where the list names no town.
        country: "England", "Scotland", "Wales", "Northern Ireland", "Guernsey", "Jersey" or "Isle of Man".
    """

    outcode: str
    lat: float
    lon: float
    town: str
    country: str


@cache
def _outcodes() -> Mapping[str, Outcode]:
    return {
        row["outcode"]: Outcode(
            outcode=row["outcode"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            town=row["town"],
            country=row["country"],
        )
        for row in _rows("outcodes.csv")
    }


_POSTCODE = r"([A-Z]{1,2}[0-9][A-Z0-9]?)[0-9][A-Z]{2}"
_OUTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?"


def outcode(postcode: str) -> Outcode | None:
    """Find the district of a UK postcode, however it is written: SO16 6YD, so166yd, SO16; None if unknown."""
    bare = re.sub(r"[\W_]+", "", postcode).upper()
    whole = re.fullmatch(_POSTCODE, bare)
    if whole:
        first = whole[1]
    else:
        # The first half alone, or with a part of the second as it is being typed.
        half = re.split(_BREAKS, postcode.strip())[0].upper()
        first = half if re.fullmatch(_OUTCODE, half) else bare
    known = _outcodes()
    # Districts such as W1A are not all in the list; the wider W1 is.
    return known.get(first) or (known.get(first[:-1]) if first[-1:].isalpha() else None)


# ------------------------------------------------------------------------ past strikes and bank holidays
@frozen
class StrikeWindow:
    """One window of the doctors' strikes in England since 2015, as the list has it: text, None where empty."""

    date_start: str
    time_start: str | None
    date_end: str
    time_end: str | None
    kind: str
    status: str
    source: str
    group: str
    nation: str
    announced: str | None
    status_date: str | None
    weekday_start: str
    hours: str | None
    notes: str | None


@cache
def strike_windows() -> tuple[StrikeWindow, ...]:
    """List the doctors' strikes, in order of time; called off, suspended and superseded ones too."""
    names = [field.name for field in fields(StrikeWindow)]
    return tuple(
        StrikeWindow(**{name: row[name] or None for name in names})  # type: ignore[arg-type]
        for row in _rows("strike_windows.csv")
    )


_DIVISIONS = {
    Jurisdiction.ENGLAND: "england-and-wales",
    Jurisdiction.WALES: "england-and-wales",
    Jurisdiction.SCOTLAND: "scotland",
    Jurisdiction.NORTHERN_IRELAND: "northern-ireland",
}


@cache
def bank_holidays(where: Jurisdiction) -> Mapping[date, str]:
    """Name the bank holidays of 2012 to 2028 there, by day: "Boxing Day (substitute day)"."""
    return MappingProxyType(
        {
            date.fromisoformat(row["date"]): f"{row['title']} ({row['notes'].lower()})"
            if row["notes"]
            else row["title"]
            for row in _rows("bank_holidays.csv")
            if row["division"] == _DIVISIONS[where]
        }
    )
