"""Invented volunteers written as a table: one line a person, codes for skills, free times and duties."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rallyapp.demos.making import Keys, at, drama_mobile
from rallyapp.domain.ids import AvailabilityId, CoverId, PersonId, PersonSkillId, SiteId, WorkplaceId
from rallyapp.domain.people import (
    Availability,
    Channel,
    Cover,
    CoverKind,
    Level,
    Person,
    PersonSkill,
    Skill,
    Standing,
    Workplace,
)
from rallyapp.domain.records import Record

SKILLS: Mapping[str, Skill] = {
    "S": Skill.SUPERVISOR,
    "F": Skill.FIRST_AID,
    "W": Skill.STEWARD,
    "C": Skill.CHIEF_STEWARD,
    "M": Skill.MC,
    "B": Skill.BSL,
    "P": Skill.MEDIA,
    "D": Skill.DRIVER,
    "T": Skill.STALL,
}

# What somebody offered for one day; a dot stands for having said nothing.
OFFERS: Mapping[str, tuple[tuple[str, str, Level], ...]] = {
    "A": (("07:30", "17:30", Level.FREE),),
    "M": (("07:30", "14:00", Level.FREE),),
    "E": (("07:30", "11:15", Level.FREE),),
    "F": (("07:30", "10:00", Level.FREE),),
    "L": (("09:00", "14:00", Level.FREE),),
    "P": (("11:30", "17:30", Level.FREE),),
    "R": (("10:30", "14:15", Level.FREE),),
    "i": (("07:30", "12:00", Level.IF_NEED_BE),),
    "j": (("07:30", "10:00", Level.FREE), ("10:00", "14:00", Level.IF_NEED_BE)),
    "n": (("07:00", "18:00", Level.NOT),),
    ".": (),
}

# A duty: its kind, how many days after the strike day it starts and when, and the same for its end.
DUTIES: Mapping[str, tuple[CoverKind, int, str, int, str]] = {
    "d": (CoverKind.EMERGENCY_COVER, 0, "08:00", 0, "17:00"),
    "e": (CoverKind.EMERGENCY_COVER, 0, "08:00", 0, "20:30"),
    "l": (CoverKind.EMERGENCY_COVER, 0, "13:00", 0, "21:30"),
    "n": (CoverKind.EMERGENCY_COVER, 0, "20:00", 1, "08:30"),
    "o": (CoverKind.ON_CALL, -1, "20:00", 0, "08:00"),
    "f": (CoverKind.FINISHING, -1, "21:00", 0, "09:30"),
    "s": (CoverKind.STRIKING, 0, "08:00", 0, "17:00"),
    "x": (CoverKind.NOT_ROSTERED, 0, "08:00", 0, "17:00"),
    "v": (CoverKind.LEAVE, 0, "00:00", 1, "00:00"),
}

STANDINGS = {"": Standing.MEMBER, "official": Standing.OFFICIAL, "supporter": Standing.SUPPORTER}
_CHANNELS = (Channel.TEXT, Channel.TEXT, Channel.EMAIL, Channel.TEXT, Channel.PHONE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table, read: see ``lines`` for how it is written."""

    given: str
    family: str
    places: tuple[str, ...]
    skills: tuple[Skill, ...]
    offers: str
    duties: str
    limit: int | None
    flags: frozenset[str]


def lines(table: str) -> Iterator[Line]:
    """Read a table.

    Each line is: given name | family name | letters of the workplaces, their own first | letters of the
    skills | a letter of OFFERS for each strike day | a letter of DUTIES for each, or a dot | most minutes a
    day | flags (official, supporter, young, access, reserve, named).
    """
    for text in table.strip().splitlines():
        given, family, places, skills, offers, duties, limit, flags = (part.strip() for part in text.split("|"))
        yield Line(
            given=given,
            family=family,
            places=tuple(places),
            skills=tuple(SKILLS[letter] for letter in skills),
            offers=offers,
            duties=duties or "." * len(offers),
            limit=int(limit) if limit else None,
            flags=frozenset(flags.split()),
        )


def people(
    keys: Keys,
    known: Iterable[Line],
    sites: Mapping[str, SiteId],
    days: Sequence[date],
    *,
    first_phone: int = 100,
) -> Iterator[Record]:
    """Make people with their skills, offers and duties; phone numbers and addresses are for drama only."""
    for number, line in enumerate(known):
        id = PersonId(keys("person", line.given, line.family))
        standing = next((STANDINGS[flag] for flag in sorted(line.flags) if flag in STANDINGS), Standing.MEMBER)
        places = [sites[letter] for letter in line.places]
        yield Person(
            id=id,
            given_name=line.given,
            family_name=line.family,
            standing=standing,
            workplace_id=places[0] if places else None,
            phone=drama_mobile(first_phone + number),
            email=f"{address_name(line.given, line.family) or f'volunteer{number + 1}'}@example.org",
            channel=_CHANNELS[number % len(_CHANNELS)],
            adult="young" not in line.flags,
            access_need="access" in line.flags,
            may_be_named=Skill.SUPERVISOR in line.skills or "named" in line.flags,
            max_minutes_day=line.limit,
            max_minutes_total=line.limit * 2 if line.limit and number % 4 == 0 else None,
            reserve="reserve" in line.flags,
        )
        for place in places[1:]:
            yield Workplace(id=WorkplaceId(keys("workplace", id, place)), person_id=id, site_id=place)
        for skill in line.skills:
            yield PersonSkill(id=PersonSkillId(keys("skill", id, skill)), person_id=id, skill=skill)
        yield from _offers(keys, id, line.offers, days)
        yield from _duties(keys, id, line.duties, days)


def _offers(keys: Keys, person: PersonId, letters: str, days: Iterable[date]) -> Iterator[Availability]:
    for day, letter in zip(days, letters, strict=True):
        for start, end, level in OFFERS[letter]:
            yield Availability(
                id=AvailabilityId(keys("availability", person, day.isoformat(), start)),
                person_id=person,
                starts=at(day, start),
                ends=at(day, end),
                level=level,
            )


def _duties(keys: Keys, person: PersonId, letters: str, days: Iterable[date]) -> Iterator[Cover]:
    for day, letter in zip(days, letters, strict=True):
        if letter == ".":
            continue
        kind, first, start, last, end = DUTIES[letter]
        yield Cover(
            id=CoverId(keys("cover", person, day.isoformat())),
            person_id=person,
            kind=kind,
            starts=at(day + timedelta(days=first), start),
            ends=at(day + timedelta(days=last), end),
        )


_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o", "Ø": "O", "ß": "ss", "æ": "ae"})


def address_name(given: str, family: str) -> str:
    """Spell a name with plain letters for an e-mail address; empty for one in another script."""
    plain = unicodedata.normalize("NFKD", f"{given}.{family}".translate(_PLAIN)).encode("ascii", "ignore").decode()
    return "".join(c for c in plain.lower() if c.isalnum() or c in ".-").strip(".-")
