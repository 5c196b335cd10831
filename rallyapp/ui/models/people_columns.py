"""The columns of the table of people: what stands in each, by what it is ordered, and what may be typed into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from rallyapp.domain.ids import SiteId
from rallyapp.domain.people import Channel, Person, Skill, Standing
from rallyapp.domain.times import minutes_words
from rallyapp.domain.typed_lengths import typed_minutes
from rallyapp.store.people_queries import FIELDS, PeopleFacts, Row, folded_text
from rallyapp.ui.models.sheet import Column

E = TypeVar("E", bound=StrEnum)
COLUMNS: tuple[Column, ...] = (
    Column(key="name", title="Name", width=184, grows=2, fixed=True),
    Column(key="workplace", title="Workplace", width=176, grows=2),
    Column(key="phone", title="Phone", width=128),
    Column(key="skills", title="Skills", width=132, grows=2),
    Column(key="offered", title="Offered", width=104, figures=True, tip="How long they offered to come, in all"),
    Column(key="shifts", title="Shifts", width=72, figures=True),
    Column(key="minutes", title="Hours so far", width=108, figures=True),
    Column(key="cover", title="Work that day", width=136, tip="What their work asks on the strike day that is chosen"),
    Column(key="standing", title="Standing", width=116),
    Column(key="channel", title="Reach by", width=112),
    Column(key="email", title="E-mail", width=208, shown=False),
    Column(key="max_minutes_day", title="At most a day", width=116, figures=True, shown=False),
    Column(key="max_minutes_total", title="At most in all", width=116, figures=True, shown=False),
    Column(key="reserve", title="Reserve", width=88, shown=False),
    Column(key="adult", title="18 or over", width=96, shown=False),
    Column(key="left", title="Left", width=72, shown=False),
    Column(key="partner", title="Charity", width=144, shown=False, tip="The partner charity to which they belong"),
)
PLACE = {column.key: place for place, column in enumerate(COLUMNS)}
TICKS = ("reserve", "adult", "left")
CONTACT = ("phone", "email")
CHOICES: Mapping[str, type[StrEnum]] = {"standing": Standing, "channel": Channel}
LIMITS = {"max_minutes_day": 1440, "max_minutes_total": 100_000}
WRITABLE = frozenset({"name", "workplace", "skills", *CONTACT, *CHOICES, *LIMITS, *TICKS})
_SET = "set in the person's details, or by their answers"
# What a column may be called at the head of a list that somebody kept elsewhere.
HEADINGS: Mapping[str, str] = {
    "name": "name", "full name": "name", "given name": "given", "first name": "given", "forename": "given",
    "family name": "family", "last name": "family", "surname": "family", "workplace": "workplace",
    "site": "workplace", "hospital": "workplace", "phone": "phone", "mobile": "phone", "telephone": "phone",
    "phone number": "phone", "mobile number": "phone", "e-mail": "email", "email": "email",
    "email address": "email", "skills": "skills", "standing": "standing", "reach by": "channel",
    "at most a day": "max_minutes_day", "at most in all": "max_minutes_total", "reserve": "reserve",
    "18 or over": "adult", "adult": "adult", "left": "left",
}  # fmt: skip


def _field(name: str) -> Callable[[Row, PeopleFacts], Any]:
    place = FIELDS[name]
    return lambda row, facts: row[place]


def name_of(row: Row) -> str:
    """Write a person's name."""
    return f"{row[1]} {row[2]}".strip()


def _first_big(text: str) -> str:
    return text[:1].upper() + text[1:]


def _site(row: Row, facts: PeopleFacts) -> str:
    site = row[FIELDS["workplace_id"]]
    return facts.sites.get(site, "") if site else ""


def _partner(row: Row, facts: PeopleFacts) -> str:
    partner = row[FIELDS["partner_id"]]
    return facts.partners.get(partner, "") if partner else ""


def _offered(row: Row, facts: PeopleFacts) -> str:
    offered = facts.offered.get(row[0])
    if offered is None:
        return "has not said"
    return minutes_words(offered) if offered else "can\u2019t come"


def _limit(name: str) -> Callable[[Row, PeopleFacts], str]:
    place = FIELDS[name]
    return lambda row, facts: "" if row[place] is None else minutes_words(row[place])


def _tick(name: str) -> Callable[[Row, PeopleFacts], str]:
    place = FIELDS[name]
    return lambda row, facts: "yes" if row[place] else ""


TEXTS: Mapping[str, Callable[[Row, PeopleFacts], str]] = {
    "name": lambda row, facts: name_of(row),
    "workplace": _site,
    "phone": _field("phone"),
    "skills": lambda row, facts: _first_big(", ".join(facts.skills.get(row[0], ()))),
    "offered": _offered,
    "shifts": lambda row, facts: str(facts.shifts.get(row[0], "")),
    "minutes": lambda row, facts: minutes_words(facts.minutes[row[0]]) if row[0] in facts.minutes else "",
    "cover": lambda row, facts: _first_big(facts.cover.get(row[0], "")),
    "standing": lambda row, facts: _first_big(row[FIELDS["standing"]]),
    "channel": lambda row, facts: _first_big(row[FIELDS["channel"]]),
    "email": _field("email"),
    "partner": _partner,
    **{name: _limit(name) for name in LIMITS},
    **{name: _tick(name) for name in TICKS},
}


def _counted(name: str) -> Callable[[Row, PeopleFacts], int]:
    return lambda row, facts: getattr(facts, name).get(row[0], -1)


def _ranked(kind: type[StrEnum], name: str) -> Callable[[Row, PeopleFacts], int]:
    rank, place = {member.value: at for at, member in enumerate(kind)}, FIELDS[name]
    return lambda row, facts: rank[row[place]]


def _number(name: str, sign: int) -> Callable[[Row, PeopleFacts], int]:
    place = FIELDS[name]
    return lambda row, facts: -1 if row[place] is None else sign * row[place]


def _or_last(text: Callable[[Row, PeopleFacts], str]) -> Callable[[Row, PeopleFacts], str]:
    return lambda row, facts: text(row, facts) or _LAST


_LAST = "~~~~"  # after every text; within the letters that Python compares quickest


@lru_cache(maxsize=4096)
def _folded_site(name: str) -> str:
    return folded_text(name)


# What each column is ordered by: all keys of a column are of one type, because those are compared quickly, and
# text comes before nothing.
KEYS: Mapping[str, Callable[[Row, PeopleFacts], Any]] = {
    "name": lambda row, facts: name_key(row),
    "workplace": lambda row, facts: _folded_site(_site(row, facts)) or _LAST,
    "skills": _or_last(TEXTS["skills"]),
    "partner": lambda row, facts: _folded_site(_partner(row, facts)) or _LAST,
    "cover": _or_last(lambda row, facts: facts.cover.get(row[0], "")),
    **{name: _or_last(_field(name)) for name in CONTACT},
    **{name: _counted(name) for name in ("offered", "shifts", "minutes")},
    **{name: _ranked(kind, name) for name, kind in CHOICES.items()},
    **{name: _number(name, 1) for name in LIMITS},
    **{name: _number(name, -1) for name in TICKS},
}


def name_key(row: Row) -> str:
    """Give what a person is ordered by: the family name, then the given one."""
    return folded_text(f"{row[2] or row[1]}\x1f{row[1]}")


# ------------------------------------------------------------------------------------------- what is typed
@dataclass(frozen=True, slots=True)
class Typed:
    """A person while cells are being typed over: the record and what they can do."""

    person: Person
    skills: frozenset[Skill]


def typed_over(of: Typed, key: str, text: str, sites: Mapping[SiteId, str]) -> Typed:
    """Read what was typed into one column; raises ValueError with a sentence."""
    text = " ".join(text.split())
    person = of.person
    if key not in WRITABLE and key not in ("given", "family"):
        raise ValueError(f"this is {_SET}, not in the table")
    if key == "skills":
        return replace(of, skills=typed_skills(text))
    if key == "standing":
        return replace(of, person=person.standing_as(typed_choice(Standing, text)))
    changes: dict[str, Any] = {}
    if key == "name":
        changes["given_name"], changes["family_name"] = split_name(text, person)
    elif key in ("given", "family"):
        changes[f"{key}_name"] = text
    elif key == "workplace":
        changes["workplace_id"] = typed_site(text, sites)
    elif key in CHOICES:
        changes[key] = typed_choice(CHOICES[key], text)
    elif key in LIMITS:
        changes[key] = typed_minutes(text, most=LIMITS[key])
    elif key in TICKS:
        changes[key] = typed_tick(text)
    elif key == "phone":
        changes["phone"] = typed_phone(text)
    else:
        changes["email"] = typed_email(text)
    return replace(of, person=replace(person, **changes))


def split_name(text: str, was: Person | None = None) -> tuple[str, str]:
    """Part a name into given and family name; "Pryce, Bronwen" is turned round, a known given name stays whole."""
    if not text:
        raise ValueError("a person needs a name")
    if text.count(",") == 1:
        family, given = (part.strip() for part in text.split(","))
        if family and given:
            return given, family
    if was is not None and was.given_name and f"{text} ".startswith(f"{was.given_name} "):
        return was.given_name, text[len(was.given_name) :].strip()
    given, _, family = text.partition(" ")
    return given, family


def typed_site(text: str, sites: Mapping[SiteId, str]) -> SiteId | None:
    """Find the workplace of that name; nothing typed is none."""
    if not text:
        return None
    wanted = folded_text(text)
    found = [site for site, name in sites.items() if folded_text(name) == wanted]
    found = found or [site for site, name in sites.items() if wanted in folded_text(name)]
    if len(found) == 1 or (found and folded_text(sites[found[0]]) == wanted):
        return found[0]
    if found:
        raise ValueError(f"\u201c{text}\u201d may be one of {len(found)} workplaces: write its whole name")
    raise ValueError(f"there is no workplace \u201c{text}\u201d: add it under Sites and entrances first")


def typed_choice(kind: type[E], text: str) -> E:
    """Find which of a few words is meant by its beginning; nothing typed is the first."""
    wanted = folded_text(text)
    if not wanted:
        return next(iter(kind))
    for member in kind:
        if folded_text(member.value) == wanted:
            return member
    found = [member for member in kind if folded_text(member.value).startswith(wanted)]
    if len(found) == 1:
        return found[0]
    raise ValueError(f"\u201c{text}\u201d is none of {', '.join(member.value for member in kind)}")


def typed_tick(text: str) -> bool:
    """Read yes or no; nothing typed is no."""
    wanted = text.lower()
    if wanted in ("yes", "y", "true", "1", "x", "\u2713", "\u2714"):
        return True
    if wanted in ("", "no", "n", "false", "0", "-"):
        return False
    raise ValueError(f"\u201c{text}\u201d is neither yes nor no")


def typed_skills(text: str) -> frozenset[Skill]:
    """Read skills parted by commas."""
    return frozenset(typed_choice(Skill, part.strip()) for part in re.split(r"[,;]", text) if part.strip())


def typed_phone(text: str) -> str:
    """Read a telephone number as it was written."""
    digits = sum(sign.isdigit() for sign in text)
    if text and (digits < 3 or not re.fullmatch(r"[-+0-9 ().\u2011\u2013/]+(?:\s*(?:x|ext\.?)\s*\d+)?", text)):
        raise ValueError(f"\u201c{text}\u201d is no telephone number")
    return text


def typed_email(text: str) -> str:
    """Read an e-mail address."""
    if text and not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", text):
        raise ValueError(f"\u201c{text}\u201d is no e-mail address")
    return text
