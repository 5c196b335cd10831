"""What somebody means who types a shift, a person or a role in plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rallyapp.cli.shell import fail
from rallyapp.domain import stand_down
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Role, Shift
from rallyapp.domain.places import Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.times import clock, day_words, long_day_words, parse_clock, span_words

_LISTED = 6
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc`]")
# Letters that are no letter with a sign on it, and yet are typed as one where there is no such key.
_PLAIN = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n"}
)


def folded(text: str) -> str:
    """Write a text so that it can be compared: words without accents, capitals, apostrophes or hyphens."""
    bare = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text).casefold().translate(_PLAIN))
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in bare if not unicodedata.combining(sign))))


# --------------------------------------------------------------------------------------------------- a shift
def shift_words(plan: Plan, shift: Shift) -> str:
    """Say which shift: its place, day and time."""
    return f"{plan.place_words(shift)}, {day_words(shift.starts.date())} {shift.words}"


def shift_meant(plan: Plan, text: str) -> Shift:
    """Find the one shift that is meant, by id or by words, and make sure that it goes ahead; else fail."""
    found = plan.find(Shift, text.strip())
    if found is None:
        shifts = sorted(plan.all(Shift), key=lambda each: (each.starts, plan.place_words(each), each.id))
        said = _Said.of(text)
        fitting = [each for each in shifts if said.any and said.fits(plan, each)]
        if not fitting:
            fail(_nothing(plan, shifts, said, text))
        if len(fitting) > 1:
            listed = _listed(plan, fitting)
            fail(f"{len(fitting)} shifts fit \u201c{text}\u201d; add the place, date or time: {listed}.")
        found = fitting[0]
    status = stand_down.of_shift(plan, found)
    if not status.on:
        fail(f"{shift_words(plan, found)} does not go ahead ({status.why}): nobody is needed there.")
    return found


def _listed(plan: Plan, shifts: Sequence[Shift]) -> str:
    more = f" and {len(shifts) - _LISTED} more" if len(shifts) > _LISTED else ""
    return f"{'; '.join(shift_words(plan, each) for each in shifts[:_LISTED])}{more}"


_MONTHS = [long_day_words(date(2000, month, 1)).split()[2].casefold() for month in range(1, 13)]
_DAYS = [long_day_words(date(2000, 1, day)).split()[0].casefold() for day in range(3, 10)]
_SMALL = ("at", "on", "the", "of")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d\d))?", re.ASCII)
_NUMBER = re.compile(r"(\d{1,2})(st|nd|rd|th)?", re.ASCII)
_SPAN = re.compile(r"([\d:.]+(?:am|pm)?)[-\u2013]([\d:.]+(?:am|pm)?)", re.ASCII)


@dataclass
class _Said:
    """A shift in somebody's words, sorted: where, which day, when, and numbers that may be any of these."""

    places: list[str] = field(default_factory=list)
    weekdays: list[str] = field(default_factory=list)
    day: int | None = None
    month: int | None = None
    year: int | None = None
    times: list[tuple[str, ...]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> _Said:
        """Read the words from left to right."""
        said = cls()
        words = [word for word in text.casefold().replace(",", " ").split() if word not in _SMALL]
        words = re.sub(r"(\d) (am|pm)\b", r"\1\2", " ".join(words)).split()
        for at, word in enumerate(words):
            said._read(word, words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else "")
        return said

    def _read(self, word: str, before: str, behind: str) -> None:
        number = _NUMBER.fullmatch(word)
        whole = _DATE.fullmatch(word)
        if whole and 1 <= int(whole[2] or whole[5]) <= 12:
            self._read_date(whole)
        elif number and self.day is None and (number[2] or _month(before) or _month(behind)):
            self.day = int(number[1])
        elif number and not number[2]:
            self.numbers.append(int(number[1]))
        elif _month(word) and any(_NUMBER.fullmatch(each) for each in (before, behind)):
            self.month = _month(word)
        elif re.fullmatch(r"(19|20)\d\d", word, re.ASCII) and self.month is not None and self.year is None:
            self.year = int(word)
        elif times := _times(word):
            self.times.append(times)
        elif len(word) > 2 and any(each.startswith(word) for each in _DAYS):
            self.weekdays.append(word)
        else:
            self.places += folded(word).split()

    def _read_date(self, whole: re.Match[str]) -> None:
        if whole[1]:
            self.year, self.month, self.day = int(whole[1]), int(whole[2]), int(whole[3])
        else:
            self.day, self.month = int(whole[4]), int(whole[5])
            self.year = None if whole[6] is None else int(whole[6]) + (2000 if len(whole[6]) == 2 else 0)

    @property
    def any(self) -> bool:
        """Say whether anything was said at all."""
        return bool(self.places or self.weekdays or self.day or self.times or self.numbers)

    def fits(self, plan: Plan, shift: Shift) -> bool:
        """Say whether a shift is one that is meant."""
        if not (self.fits_place(plan, shift) and self.fits_day(shift) and self.fits_time(shift)):
            return False
        known = set(_place_words(plan, shift))
        return all(
            str(number) in known
            or clock(shift.starts) == f"{number:02d}:00"
            or (self.day is None and number == shift.starts.day)
            for number in self.numbers
        )

    def fits_place(self, plan: Plan, shift: Shift) -> bool:
        """Say whether every word is the beginning of one of its place's, or of its month's."""
        known = (*_place_words(plan, shift), _MONTHS[shift.starts.month - 1])
        return all(any(each.startswith(word) for each in known) for word in self.places)

    def fits_day(self, shift: Shift) -> bool:
        """Say whether it starts on a day that is meant."""
        day = shift.starts.date()
        same = self.day in (None, day.day) and self.month in (None, day.month) and self.year in (None, day.year)
        return same and all(_DAYS[day.weekday()].startswith(word) for word in self.weekdays)

    def fits_time(self, shift: Shift) -> bool:
        """Say whether it starts, and where that was said ends, at the time that is meant."""
        times = (clock(shift.starts), clock(shift.ends))
        return all(said == times[: len(said)] for said in self.times)

    @property
    def day_words(self) -> str:
        """Name the day that was said: "9 Dec"."""
        month = _MONTHS[self.month - 1][:3].capitalize() if self.month else ""
        number = f"{self.day} {month}".strip() if self.day else month
        return " ".join([*(word.capitalize() for word in self.weekdays), *([number] if number else [])])


def _month(word: str) -> int | None:
    return next((n for n, month in enumerate(_MONTHS, 1) if len(word) > 2 and f"{month} sept".find(word) == 0), None)


def _times(word: str) -> tuple[str, ...]:
    """Read a time of day such as 8:00, 8.00, 0800 or 8am, or a span of two; nothing where it is none."""
    parts = _SPAN.fullmatch(word)
    try:
        return tuple(clock(parse_clock(each)) for each in (parts.groups() if parts else (word,)))
    except ValueError:
        return ()


def _place_words(plan: Plan, shift: Shift) -> tuple[str, ...]:
    place = plan.place_of(plan.host(shift))
    code = place.code if isinstance(place, Site) else ""
    return tuple(folded(f"{plan.place_words(shift)} {shift.label} {code}").split())


def _nothing(plan: Plan, shifts: Sequence[Shift], said: _Said, text: str) -> str:
    """Say in a sentence that no shift fits, and which are near: at that place, else on that day, else any."""
    if not shifts:
        return f"No shift in this plan fits \u201c{text}\u201d. It has none yet."
    there = [each for each in shifts if said.fits_place(plan, each)] if said.any else []
    if not there:
        names = list(dict.fromkeys(plan.place_words(each) for each in shifts))
        more = f" and {len(names) - _LISTED} more places" if len(names) > _LISTED else ""
        return f"No shift in this plan fits \u201c{text}\u201d. It has: {'; '.join(names[:_LISTED])}{more}."
    that_day = [each for each in there if said.fits_day(each)]
    if that_day:
        return f"No shift in this plan fits \u201c{text}\u201d. Near it: {_listed(plan, that_day)}."
    names = sorted({plan.place_words(each) for each in there})
    where = f"at {names[0]}" if len(names) == 1 else "at the places that fit"
    times = span_words(min(each.starts for each in there), None).removeprefix("from ")
    ends = max(clock(each.ends) for each in there)
    return f"Nothing on {said.day_words} {where}: there are shifts on {_days(there, said)}, {times}\u2013{ends}."


def _days(shifts: Iterable[Shift], said: _Said) -> str:
    """List days, those nearest to the one that was said: "1, 8 and 16 Dec 2015"."""
    days = sorted({each.starts.date() for each in shifts})

    def far(day: date) -> int:
        month, number = said.month or day.month, said.day or day.day
        return abs((day.year - (said.year or day.year)) * 372 + (day.month - month) * 31 + day.day - number)

    near = sorted(sorted(days, key=far)[:_LISTED])
    parts = []
    for at, day in enumerate(near):
        last = at + 1 == len(near) or (near[at + 1].year, near[at + 1].month) != (day.year, day.month)
        parts.append(day_words(day).split(maxsplit=1)[1] if last else str(day.day))
    return listed(parts)


def listed(parts: Sequence[str]) -> str:
    """Join parts in words: "a, b and c"."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


# -------------------------------------------------------------------------------------------------- people
def people_meant(plan: Plan, shift: Shift, texts: Sequence[str]) -> tuple[Person, ...]:
    """Find those who dropped out, by a part of their name or by id; one of them at least is on the shift.

    Of several, those who are not on it are looked for in the whole plan: they are not to be asked.
    """
    rows = [each for each in plan.of(Assignment, "shift_id", shift.id) if each.state.counts]
    on = sorted({each.person_id for each in rows})
    there = [plan.get(Person, id) for id in on]
    if texts and not there:
        fail(f"Nobody is on {shift_words(plan, shift)}: leave \u201c--without\u201d away.")
    some_are_on = any(_named(there, text) for text in texts)
    found: list[Person] = []
    for text in texts:
        fitting = _named(there, text)
        if not fitting and some_are_on:
            fitting = _named((each for each in plan.all(Person) if not each.left), text)
        if not fitting:
            names = ", ".join(sorted(each.name for each in there))
            fail(f"Nobody on {shift_words(plan, shift)} fits \u201c{text}\u201d. On it: {names}.")
        if len(fitting) > 1:
            names = ", ".join(sorted(each.name for each in fitting)[:12])
            where = "on" if fitting[0] in there else "beside"
            fail(
                f"Several {where} {shift_words(plan, shift)} fit \u201c{text}\u201d: {names}. Give the whole name, "
                "or an id."
            )
        found += fitting
    return tuple(dict.fromkeys(found))


def _named(people: Iterable[Person], text: str) -> list[Person]:
    """List those whose id it is; or whose names hold all its words; or at least all of them as parts."""
    known = list(people)
    words = folded(text).split()
    exact = [each for each in known if each.id == text.strip()]
    if exact or not words:
        return exact
    tests: tuple[Callable[[list[str]], bool], ...] = (
        lambda names: names == words,
        lambda names: set(words) <= set(names),
        lambda names: all(any(word in name for name in names) for word in words),
    )
    return next(filter(None, ([each for each in known if test(folded(each.name).split())] for test in tests)), [])


# -------------------------------------------------------------------------------------------------- a role
def role_meant(plan: Plan, shift: Shift, text: str | None) -> Role | None:
    """Find the role that is meant, among those which the shift has, also in the word of that day's law."""
    if text is None:
        return None
    from rallyapp.rota.cover import roles_of
    from rallyapp.rota.wording import role_word

    names = {role: role_word(plan, shift, role) for role in roles_of(plan, shift)}
    fitting = list(_roles(names, folded(text)))
    if len(fitting) != 1:
        has = ", ".join(names.values()) or "none"
        fail(f"No role on {shift_words(plan, shift)} is called \u201c{text}\u201d. It has: {has}.")
    return fitting[0]


def _roles(names: Mapping[Role, str], said: str) -> Iterator[Role]:
    """Give the role of that name, or else those whose name begins so."""
    known = [(role, (folded(role), folded(name))) for role, name in names.items()]
    exact = [role for role, called in known if said in called]
    yield from exact or (role for role, called in known if said and any(each.startswith(said) for each in called))
