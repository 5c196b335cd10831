"""The national demo's volunteers with their skills, offers and duties: invented, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from rallyapp.demos.making import at, drama_mobile, quick_ids
from rallyapp.demos.names import name
from rallyapp.demos.people_table import DUTIES, OFFERS, SKILLS
from rallyapp.domain.ids import AvailabilityId, CoverId, PersonId, PersonSkillId, SiteId
from rallyapp.domain.people import Availability, Channel, Cover, CoverKind, Level, Person, PersonSkill, Skill, Standing
from rallyapp.domain.records import Record

NAME = "national"

_person_id = quick_ids(NAME, "person")

_OFFER_LETTERS = "MMMMMEEEEAAFFLLRjjin...."
# A third or so of the people's duties are known: emergency cover on the first day only.
_DUTY_LETTERS = ("deelno" + "ssxv" + "." * 26, "fssx" + "." * 30, "fssxv" + "." * 30)
_SKILL_CHANCES = (("S", 0.14), ("F", 0.2), ("W", 0.2), ("C", 0.02), ("M", 0.01), ("B", 0.02), ("P", 0.02), ("T", 0.06))
_LIMITS = (120, 180, 180, 240, 240, 300, 360, None, None)
_CHANNELS = (Channel.TEXT, Channel.TEXT, Channel.EMAIL, Channel.TEXT, Channel.PHONE, Channel.REP)


def records(sites: Sequence[tuple[SiteId, int]], days: Sequence[date]) -> Iterator[Record]:
    """Make so many volunteers at each site, and what is known of each: people first, then skills, and so on."""
    yield from _persons(sites)
    sizes = [size for _, size in sites]
    yield from _skills(sizes)
    yield from _availability(sizes, days)
    yield from _covers(sum(sizes), days)


def _persons(sites: Sequence[tuple[SiteId, int]]) -> Iterator[Record]:
    rng = Random(f"{NAME} people")
    roll, number = rng.random, 0
    for site, size in sites:
        for _ in range(size):
            given, family = name(rng)
            chance = roll()
            supporter, official = chance < 0.03, chance > 0.995
            limit = _LIMITS[int(roll() * len(_LIMITS))]
            yield Person(
                id=PersonId(_person_id(number)),
                given_name=given,
                family_name=family,
                standing=Standing.SUPPORTER if supporter else Standing.OFFICIAL if official else Standing.MEMBER,
                workplace_id=None if supporter or official else site,
                phone=drama_mobile(number),
                email=f"volunteer{number}@example.org",
                channel=_CHANNELS[number % 6],
                adult=number % 50 != 49,
                access_need=number % 33 == 7,
                may_be_named=number % 7 == 0,
                max_minutes_day=limit,
                max_minutes_total=limit * 2 if limit and number % 5 == 0 else None,
                reserve=number % 20 == 11,
            )
            number += 1


def _skills(sizes: Sequence[int]) -> Iterator[Record]:
    roll, make, number, person = Random(f"{NAME} skills").random, quick_ids(NAME, "person skill"), 0, 0
    chances = [(SKILLS[letter], chance) for letter, chance in _SKILL_CHANCES]
    for size in sizes:
        for rank in range(size):
            id = PersonId(_person_id(person))
            for skill, chance in chances:
                # The first three of each hospital can always supervise, so that no picket need be without.
                if roll() < chance or (rank < 3 and skill is Skill.SUPERVISOR):
                    yield PersonSkill(id=PersonSkillId(make(number)), person_id=id, skill=skill)
                    number += 1
            person += 1


def _offered(days: Sequence[date]) -> list[dict[str, list[tuple[datetime, datetime, Level]]]]:
    return [
        {
            letter: [(at(day, start), at(day, end), level) for start, end, level in offers]
            for letter, offers in OFFERS.items()
        }
        for day in days
    ]


def _availability(sizes: Sequence[int], days: Sequence[date]) -> Iterator[Record]:
    roll, make, number, person = Random(f"{NAME} availability").random, quick_ids(NAME, "availability"), 0, 0
    offered = _offered(days)
    for size in sizes:
        for rank in range(size):
            id = PersonId(_person_id(person))
            for day in offered:
                letter = _OFFER_LETTERS[int(roll() * len(_OFFER_LETTERS))]
                for starts, ends, level in day["M" if rank < 3 else letter]:
                    yield Availability(
                        id=AvailabilityId(make(number)), person_id=id, starts=starts, ends=ends, level=level
                    )
                    number += 1
            person += 1


def _covers(people: int, days: Sequence[date]) -> Iterator[Record]:
    roll, make, number = Random(f"{NAME} covers").random, quick_ids(NAME, "cover"), 0
    duties: list[dict[str, tuple[CoverKind, datetime, datetime]]] = [
        {
            letter: (kind, at(day + timedelta(days=first), start), at(day + timedelta(days=last), end))
            for letter, (kind, first, start, last, end) in DUTIES.items()
        }
        for day in days
    ]
    for person in range(people):
        for day, letters in zip(duties, _DUTY_LETTERS, strict=True):
            letter = letters[int(roll() * len(letters))]
            if letter == ".":
                continue
            kind, starts, ends = day[letter]
            yield Cover(
                id=CoverId(make(number)), person_id=PersonId(_person_id(person)), kind=kind, starts=starts, ends=ends
            )
            number += 1
