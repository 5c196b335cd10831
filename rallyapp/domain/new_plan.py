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
from rallyapp.domain.records import Record
from rallyapp.domain.times import MIDNIGHT, Span, clock_fault, parse_clock, slots


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

    def record(self, id: StrikeDayId, dispute_id: DisputeId, called_out: str = "") -> StrikeDay:
        """Make the strike day of a dispute."""
        return StrikeDay(
            id=id,
            dispute_id=dispute_id,
            kind=self.kind,
            first_date=self.first_date,
            start_time=self.start_time,
            last_date=self.last_date,
            end_time=self.end_time,
            called_out=called_out,
        )

    @property
    def bare(self) -> StrikeDay:
        """The strike day by itself, to be asked for its window and its words."""
        return self.record(StrikeDayId("-"), DisputeId("-"))


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
    days = [day.record(StrikeDayId(make_id()), dispute.id, wanted.called_out) for day in wanted.days]
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


def spans_on(day: StrikeDay, pattern: Pattern) -> Iterator[Span]:
    """List the pattern's times on each calendar day of a strike day, as far as they lie in its window."""
    window = day.window
    for each in window.days():
        start = max(_on_the_clock(each, pattern.starts), window.start)
        end = min(_on_the_clock(each, pattern.ends), window.end)
        if start < end:
            yield Span(start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a new plan would hold, counted; ``places`` are the wished pickets beside the supervisors."""

    entrances: int
    days: int
    pickets: int
    shifts: int
    places: int


def outline(wanted: NewPlan) -> Outline:
    """Count what ``new_plan`` would make, without making it."""
    entrances = sum(len(site.entrances) for site in wanted.sites)
    spans = [span for day in wanted.days for span in spans_on(day.bare, wanted.pattern)]
    shifts = entrances * sum(len(slots(span, wanted.pattern.slot)) for span in spans)
    return Outline(
        entrances=entrances,
        days=len(wanted.days),
        pickets=entrances * len(spans),
        shifts=shifts,
        places=shifts * wanted.pattern.wished,
    )


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


_BETWEEN = re.compile(r"\s*(?:-|\u2013|\u2014|\b(?:to|til|till|until|untill)\b|\u2019til\b|'til\b)\s*", re.IGNORECASE)
_HALF = re.compile(r"(?:am|pm)\s*$", re.IGNORECASE)
_BARE_HOUR = re.compile(r"\s*[1-9](?:[:.]\d\d)?\s*", re.ASCII)
_TWELVE = re.compile(r"\s*12\s*")
_HALF_A_DAY = 12
_LONGEST_NIGHT = 16 * 60  # minutes; beyond that somebody has mistyped


def parse_span(text: str, *, nights: bool = False) -> tuple[time, time]:
    """Read a stretch of a day as people write it; raises ValueError with a sentence.

    "08:00-11:00", "10am to 6pm", "0900 til 1700", "8-11", "noon until 2". Where one of the two leaves it open
    whether morning or afternoon is meant, it is read so that the stretch ends after it starts: "9-5" is until
    17:00, "2-5pm" starts at 14:00. With ``nights`` one of up to sixteen hours may end the next morning: "22-6".
    """
    parts = _BETWEEN.split(re.sub(r"^\s*from\b", "", text, flags=re.IGNORECASE).strip())
    if len(parts) != 2:
        raise ValueError(f"\u201c{text}\u201d is not a stretch of time: write it as 08:00-11:00")
    starts, ends = parse_clock(parts[0]), parse_clock(parts[1])
    half = _HALF.search(parts[1])
    if half and half[0].strip().lower() == "pm" and _BARE_HOUR.fullmatch(parts[0]):
        later = starts.replace(hour=starts.hour + _HALF_A_DAY)
        starts = later if later < ends else starts
    morning = night_end(*parts)
    if ends <= starts and _BARE_HOUR.fullmatch(parts[1]):
        ends = ends.replace(hour=ends.hour + _HALF_A_DAY)
    if ends <= starts and nights and 24 * 60 - _minutes(starts) + _minutes(morning) <= _LONGEST_NIGHT:
        return starts, morning
    if ends <= starts:
        raise ValueError(f"\u201c{text}\u201d ends {'when' if ends == starts else 'before'} it starts")
    return starts, ends


def night_end(starts: str, ends: str) -> time:
    """Read the end of a stretch that goes over midnight: a bare 12 after an afternoon's start is midnight, "8pm-12".

    Raises ValueError with a sentence for what is no time of day.
    """
    end = parse_clock(ends)
    bare = _TWELVE.fullmatch(ends) is not None and parse_clock(starts) > end
    return MIDNIGHT if bare else end


def _minutes(of: time) -> int:
    return of.hour * 60 + of.minute


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
