"""From a dispute to a plan that can be filled: days, entrances and a pattern of picket times cut into shifts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind
from rallyapp.domain.ids import (
    DisputeId,
    EmployerId,
    EntranceId,
    NeedId,
    PicketId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    new_id,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.times import Span, clock_fault, parse_clock, parse_day, slots, year_fault


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWanted:
    """A site of a new plan: from the carried hospital list, or as somebody entered it."""

    name: str
    employer: str
    code: str = ""
    employer_code: str = ""
    address: str = ""
    postcode: str = ""
    lat: int | None = None
    lon: int | None = None
    entrances: tuple[str, ...] = ("Main entrance",)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayWanted:
    """A strike day of a new plan; times that are None were not stated."""

    kind: StrikeKind
    first_date: date
    start_time: time | None
    last_date: date
    end_time: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """How pickets are cut into shifts: from when to when, how long each, and how many people.

    Lengths are minutes. ``least`` and ``wished`` are pickets beside the picket supervisor; the supervisor and
    the most pickets together keep to six (L4). The usual figures: 08:00-11:00 in hours, three to five people.
    """

    starts: time = time(8, 0)
    ends: time = time(11, 0)
    slot: int = 60
    least: int = 2
    wished: int = 4
    most: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What a new plan is made of."""

    title: str
    union: str
    branch: str = ""
    jurisdiction: Jurisdiction = Jurisdiction.ENGLAND
    duty_phone: str = ""
    data_contact: str = ""
    ballot_opened: date | None = None
    ballot_closed: date | None = None
    called_out: str = ""
    sites: tuple[SiteWanted, ...] = ()
    days: tuple[DayWanted, ...] = ()
    pattern: Pattern = Pattern()


def new_plan(wanted: NewPlan, make_id: Callable[[], str] = new_id) -> list[Record]:
    """Make the records of a new plan, in an order in which they can be stored.

    Each entrance gets a picket on each calendar day of each strike day on which the pattern's times lie in the
    strike day's window.
    """
    dispute = Dispute(
        id=DisputeId(make_id()),
        title=wanted.title,
        union=wanted.union,
        branch=wanted.branch,
        jurisdiction=wanted.jurisdiction,
        duty_phone=wanted.duty_phone,
        data_contact=wanted.data_contact,
        ballot_opened=wanted.ballot_opened,
        ballot_closed=wanted.ballot_closed,
    )
    days = [_strike_day(day, dispute.id, make_id, wanted.called_out) for day in wanted.days]
    employers: dict[str, Employer] = {}
    sites: list[Site] = []
    entrances: list[Entrance] = []
    for site in wanted.sites:
        employer_name = site.employer.strip() or site.name
        employer = employers.setdefault(
            site.employer_code or employer_name,
            Employer(id=EmployerId(make_id()), name=employer_name, code=site.employer_code),
        )
        made = Site(
            id=SiteId(make_id()),
            employer_id=employer.id,
            name=site.name,
            code=site.code,
            address=site.address,
            postcode=site.postcode,
            lat=site.lat,
            lon=site.lon,
        )
        sites.append(made)
        entrances += [
            Entrance(id=EntranceId(make_id()), site_id=made.id, name=name, position=place)
            for place, name in enumerate(site.entrances, start=1)
        ]
    rota: list[Record] = []
    for day in days:
        for entrance in entrances:
            for span in spans_on(day, wanted.pattern):
                rota += picket_with_shifts(day, entrance, span, wanted.pattern, make_id)
    settings = Settings(id=SettingsId(make_id()), title=wanted.title)
    return [settings, dispute, *days, *employers.values(), *sites, *entrances, *rota]


def _strike_day(
    wanted: DayWanted, dispute_id: DisputeId, make_id: Callable[[], str], called_out: str = ""
) -> StrikeDay:
    return StrikeDay(
        id=StrikeDayId(make_id()),
        dispute_id=dispute_id,
        kind=wanted.kind,
        first_date=wanted.first_date,
        start_time=wanted.start_time,
        last_date=wanted.last_date,
        end_time=wanted.end_time,
        called_out=called_out,
    )


def spans_on(day: StrikeDay, pattern: Pattern) -> Iterator[Span]:
    """List the pattern's times on each calendar day of a strike day, as far as they lie in its window."""
    window = day.window
    for each in window.days():
        start = max(_on_the_clock(each, pattern.starts), window.start)
        end = min(_on_the_clock(each, pattern.ends), window.end)
        if start < end:
            yield Span(start, end)


def _on_the_clock(day: date, at: time) -> datetime:
    """Give a time of that day; one that the clocks leave out in March is what they show an hour on."""
    when = datetime.combine(day, at)
    return when + timedelta(hours=1) if clock_fault(when) else when


def picket_with_shifts(
    day: StrikeDay, entrance: Entrance, span: Span, pattern: Pattern, make_id: Callable[[], str] = new_id
) -> list[Record]:
    """Make a picket and cut it into shifts with their needs; the shifts remember their batch."""
    picket = Picket(
        id=PicketId(make_id()),
        strike_day_id=day.id,
        entrance_id=entrance.id,
        starts=span.start,
        ends=span.end,
    )
    batch = make_id()
    shifts = [
        Shift(id=ShiftId(make_id()), picket_id=picket.id, starts=slot.start, ends=slot.end, batch=batch)
        for slot in slots(span, pattern.slot)
    ]
    needs = [
        Need(id=NeedId(make_id()), shift_id=shift.id, role=role, least=least, wished=wished, most=most)
        for shift in shifts
        for role, least, wished, most in (
            (Role.SUPERVISOR, 1, 1, 1),
            (Role.PICKET, pattern.least, pattern.wished, pattern.most),
            (Role.STANDBY, 0, 1, 2),
        )
    ]
    return [picket, *shifts, *needs]


_DATE = r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{4}"
_TIME = r"\d{1,2}(?:[:.]?\d\d)?\s*(?:am|pm)?"
_DAY = re.compile(
    rf"(?P<first>{_DATE})(?:\s+(?P<start>{_TIME}))?"
    rf"(?:\s*(?:to|till|until|-|\u2013)\s*(?=\d)(?:(?P<last>{_DATE})\b\s*)?(?P<end>{_TIME})?)?"
    r"(?:[\s,]+(?P<kind>[A-Za-z][A-Za-z -]*))?",
    re.IGNORECASE | re.ASCII,
)


def parse_strike_day(text: str) -> DayWanted:
    """Read a strike day as somebody types it; raises ValueError with a sentence.

    "2015-12-08 08:00-17:00", "2015-12-01 08:00 to 2015-12-02 08:00 emergency care only", "16/12/2015". The
    kind is a full walkout where none is said.
    """
    found = _DAY.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError(
            f"\u201c{text}\u201d is not a strike day: write it as \u201c2015-12-08 08:00-17:00\u201d or "
            "\u201c2015-12-01 08:00 to 2015-12-02 08:00 emergency care only\u201d"
        )
    first = _day(found["first"])
    start = parse_clock(found["start"]) if found["start"] else None
    end = parse_clock(found["end"]) if found["end"] else None
    last = _day(found["last"]) if found["last"] else first
    if not found["last"] and start is not None and end is not None and end <= start:
        last = first + timedelta(days=1)  # 20:00-08:00 ends the next morning
    day = DayWanted(
        kind=_kind(found["kind"] or str(StrikeKind.FULL_WALKOUT)),
        first_date=first,
        start_time=start,
        last_date=last,
        end_time=end,
    )
    for problem in problems_of(_strike_day(day, DisputeId("-"), lambda: "-")):
        raise ValueError(f"\u201c{text}\u201d: {problem.sentence[0].lower()}{problem.sentence[1:]}")
    return day


def _day(text: str) -> date:
    day = parse_day(text)
    if fault := year_fault(day):
        raise ValueError(fault)
    return day


def _kind(text: str) -> StrikeKind:
    wanted = re.sub(r"[\s-]+", " ", text).strip().casefold()
    for kind in StrikeKind:
        if kind.value.casefold() == wanted or (len(wanted) >= 4 and kind.value.casefold().startswith(wanted)):
            return kind
    known = ", ".join(f"\u201c{kind}\u201d" for kind in StrikeKind)
    raise ValueError(f"\u201c{text}\u201d is not a kind of strike day: choose from {known}")


def parse_span(text: str) -> tuple[time, time]:
    """Read a stretch of a day such as 08:00-11:00 or "8am to 11am"; raises ValueError with a sentence."""
    parts = re.split(r"\s*(?:-|\u2013|\bto\b|\btill\b|\buntil\b)\s*", text.strip(), flags=re.IGNORECASE)
    if len(parts) != 2:
        raise ValueError(f"\u201c{text}\u201d is not a stretch of time: write it as 08:00-11:00")
    starts, ends = parse_clock(parts[0]), parse_clock(parts[1])
    if ends <= starts:
        raise ValueError(f"\u201c{text}\u201d ends before it starts")
    return starts, ends


def titled(employers: Iterable[str]) -> str:
    """Suggest a title for a dispute that was given none: it stands on every sheet of every employer."""
    names = sorted(set(employers))
    if len(names) == 1:
        return f"Dispute with {names[0]}"
    return f"Dispute with {len(names)} employers" if names else "Dispute"


def without_pickets(records: Iterable[Record]) -> list[StrikeDay]:
    """List the strike days on which no picket stands: the pattern's times lie outside their windows."""
    known = list(records)
    picketed = {record.strike_day_id for record in known if isinstance(record, Picket)}
    return [record for record in known if isinstance(record, StrikeDay) and record.id not in picketed]
