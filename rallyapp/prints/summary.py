"""The campaign summary: every strike day, workplace, rally and stall in numbers, and what nobody wrote down.

It names nobody; the public copy leaves out what concerns the organisers alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rallyapp.domain import campaign, tallies
from rallyapp.domain.campaign import Campaign, DayNumbers, Lines, SiteNumbers, Stage
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Standing
from rallyapp.domain.pickets import Picket
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import day_words, minutes_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import Block, Bullets, Cell, Column, Heading, Missing, Table, Words, cells
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.telling import action_words
from rallyapp.prints.wording import apart, flat, moment

NOT_KNOWN = "not known"
_DASH = "\u2013"
_COUNTED = (
    "Each person is counted once in each line, so the lines together may come to more than all. The largest "
    "head-counts of each picket are added up; whoever stood at two entrances is in both."
)
_DAYS_THAT_WERE = (Stage.HELD, Stage.UNDER_WAY, Stage.OVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number that matters: what it counts, and a note on it."""

    number: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers(Block):
    """Numbers side by side."""

    numbers: tuple[Number, ...]
    kind: str = "numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of a chart: ``value`` is its length, None where that is not known; ``words`` stand at its end."""

    value: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Block):
    """A chart: for each row a label and a bar of each series; ``off`` rows have their words instead of bars."""

    series: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[Bar, ...]], ...]
    kind: str = "bars"


def write(job: Job) -> Sheet:
    """Write the summary of the whole plan; raises nothing: an empty plan has a summary of noughts."""
    numbers = campaign.counted(job.plan, job.printed)
    return Sheet(
        kind="Campaign summary",
        heading=flat(job.say(job.plan.settings.title)),
        owner=job.owner,
        place=_so_far(numbers),
        when=_dates([each.day for each in numbers.days]),
        note=f"as of {moment(job.printed)}",
        blocks=tuple(_blocks(job, numbers)),
        foot="Numbers only: it names nobody.",
    )


def _dates(days: list[StrikeDay]) -> str:
    if not days:
        return ""
    first, last = min(day.first_date for day in days), max(day.first_date for day in days)
    return day_words(first) if first == last else f"{_short(first, last)} {_DASH} {day_words(last)}"


def _short(day: date, other: date) -> str:
    """Write a day without its year where the other is in the same one."""
    words = day_words(day)
    return words.removesuffix(f" {day.year}") if day.year == other.year else words


def _so_far(numbers: Campaign) -> str:
    stages = [(stage, numbers.days_that_are(stage)) for stage in Stage]
    known = [f"{number} {stage}" for stage, number in stages if number]
    return f"{counted(len(numbers.days), 'strike day')}: {listed(known)}" if known else "No strike day has been planned"


def _blocks(job: Job, numbers: Campaign) -> Iterator[Block]:
    yield _figures(numbers)
    yield Heading(text="Strike days")
    if numbers.days:
        yield _days(job, numbers)
        chart = _chart(numbers)
        # Before the first day has been it would say what the table says.
        bars = [each for *_, of_day in chart.rows if len(of_day) > 1 for each in of_day]
        if any(bar.value for bar in bars):
            yield chart
        yield Words(text=" ".join((_COUNTED, *_rota_hours(numbers.total))), small=True)
    else:
        yield Missing(text="No strike day has been planned.")
    if len(numbers.sites) > 1:
        yield Heading(text="Workplaces")
        yield _sites(job, numbers.sites)
    yield Heading(text="Rallies")
    yield _rallies(job, numbers) if numbers.rallies else Missing(text="No rally has been planned.")
    yield Heading(text="Stalls of partner charities")
    yield _stalls(job, numbers) if numbers.stalls else Missing(text="No stall has been agreed.")
    if job.allowed.remarks:
        yield Heading(text="People, incidents and the police")
        yield Bullets(items=tuple(_for_organisers(numbers)))
    unknown = tuple(_not_known(job, numbers))
    if unknown:
        yield Heading(text="What is not known")
        yield Bullets(items=unknown)


def _figures(numbers: Campaign) -> Numbers:
    total, stalls = numbers.total, [each for each in numbers.stalls if each.counted is not None]
    signed = numbers.turnout.signed_in
    off = numbers.days_that_are(Stage.STOOD_DOWN)
    return Numbers(
        numbers=(
            Number(
                number=f"{numbers.days_that_are(Stage.HELD)} of {len(numbers.days)}",
                label="strike days held",
                note=f"{off} stood down" if off else "",
            ),
            Number(number=f"{total.pickets:,}", label="pickets", note=_hours(total)),
            Number(
                number=f"{numbers.turnout.people:,}",
                label="on the rota",
                note=_elsewhere(numbers.turnout.people, total.turnout.people),
            ),
            Number(
                number=f"{signed:,}" if numbers.turnout.known else _DASH,
                label="signed in",
                note=_signed_in(numbers) if numbers.turnout.known else NOT_KNOWN,
            ),
            Number(
                number=f"{total.heads.all:,}" if total.heads else _DASH,
                label="largest head-counts",
                note=f"{total.heads.supporters:,} supporters among them" if total.heads else "nobody counted",
            ),
            Number(
                number=tallies.total_words(sum(each.counted or 0 for each in stalls)) if stalls else _DASH,
                label="sign-ups at stalls",
                note="" if stalls else "nobody counted",
            ),
        )
    )


def _elsewhere(people: int, at_pickets: int) -> str:
    """Say how many of the people are at pickets, whom the tables count; nothing where they all are, or none is."""
    others = people - at_pickets
    return f"{at_pickets:,} at pickets, {others:,} only at rallies and stalls" if others and at_pickets else ""


def _signed_in(numbers: Campaign) -> str:
    turnout = numbers.turnout
    walked = f"{counted(turnout.walk_ins, 'walk-in')} among them" if turnout.walk_ins else ""
    return "; ".join(part for part in (_elsewhere(turnout.signed_in, numbers.total.turnout.signed_in), walked) if part)


def _hours(lines: Lines) -> str:
    return f"{_round(lines.minutes)} of picketing" if lines.minutes else ""


def _round(minutes: int) -> str:
    """Write a long time in full hours, a short one as it is."""
    return minutes_words(minutes) if minutes < 600 else f"{round(minutes / 60):,} h"


def _rota_hours(total: Lines) -> Iterator[str]:
    if total.rota_minutes:
        yield f"Everybody\u2019s shifts at pickets come to {_round(total.rota_minutes)} together."


# ------------------------------------------------------------------------------------------- the days
def _days(job: Job, numbers: Campaign) -> Table:
    rows: list[tuple[Cell, ...]] = []
    changed = []
    for each in numbers.days:
        if job.line(each.day.id, each):
            changed.append(len(rows))
        rows.append(_day_row(job, each))
    if len(numbers.days) > 1:
        rows.append(
            cells(
                "All pickets, without what was stood down",
                "",
                *_counts(numbers.total),
            )
        )
    return Table(
        columns=(
            Column(title="Strike day", share=6),
            Column(title="State", share=3),
            *(Column(title=title, share=2, right=True, figures=True) for title in _COUNTS),
        ),
        rows=tuple(rows),
        last_strong=len(numbers.days) > 1,
        changed=tuple(changed),
    )


_COUNTS = ("Pickets", "On the rota", "Signed in", "Not marked", "Head-count")


def _day_row(job: Job, each: DayNumbers) -> tuple[Cell, ...]:
    off = each.stage is Stage.STOOD_DOWN
    state = str(each.day.state).upper() if off else capital(each.stage)
    counts = [Cell(text=words, struck=off and words != _DASH, muted=off) for words in _counts(each.lines)]
    return cells(
        Cell(text=each.day.words.replace(", ", "\n", 1), strong=True, struck=off, small=action_words(job, each.day)),
        Cell(text=state, strong=off),
        *counts,
    )


def _counts(lines: Lines) -> tuple[str, ...]:
    turnout = lines.turnout
    return (
        f"{lines.pickets:,}",
        f"{turnout.people:,}",
        f"{turnout.signed_in:,}" if turnout.known else _DASH,
        f"{turnout.not_marked:,}" if turnout.known else _DASH,
        f"{lines.heads.all:,}" if lines.heads else _DASH,
    )


def _chart(numbers: Campaign) -> Bars:
    series = ("on the rota", "signed in", "head-count")
    rows: list[tuple[str, str, tuple[Bar, ...]]] = []
    for each in numbers.days:
        day = day_words(each.day.first_date)
        if each.stage is Stage.STOOD_DOWN:
            rows.append((day, str(each.day.state), ()))
            continue
        turnout, heads = each.lines.turnout, each.lines.heads
        known: tuple[int | None, ...] = (turnout.people,)
        if each.stage is not Stage.TO_COME or turnout.known or heads:
            known = (turnout.people, turnout.signed_in if turnout.known else None, heads.all if heads else None)
        rows.append(
            (
                day,
                "",
                tuple(
                    Bar(value=value, words=f"{value:,} {name}" if value is not None else f"{name}: {NOT_KNOWN}")
                    for value, name in zip(known, series, strict=False)
                ),
            )
        )
    return Bars(series=series, rows=tuple(rows))


def _sites(job: Job, sites: tuple[SiteNumbers, ...]) -> Table:
    return Table(
        columns=(
            Column(title="Workplace", share=6),
            *(Column(title=title, share=2, right=True, figures=True) for title in ("Strike days", *_COUNTS)),
        ),
        rows=tuple(
            cells(Cell(text=apart(called(job, each.site.name)), strong=True), f"{each.days:,}", *_counts(each.lines))
            for each in sites
        ),
    )


# ------------------------------------------------------------------------------------ rallies and stalls
_GOING = {Going.STOOD_DOWN: "STOOD DOWN", Going.UNDECIDED: "NOT DECIDED YET"}


def _rallies(job: Job, numbers: Campaign) -> Table:
    rows = []
    for each in numbers.rallies:
        off = not each.status.on
        turnout = each.turnout
        came = f"{turnout.signed_in:,} of {turnout.people:,}" if turnout.known else f"{_DASH} of {turnout.people:,}"
        state = _GOING.get(each.status.going, "Held" if each.over else "To come")
        rows.append(
            cells(
                Cell(
                    text=apart(flat(job.say(each.rally.title))),
                    strong=True,
                    struck=off,
                    small=f"{day_words(each.rally.starts.date())}, {each.rally.words}",
                ),
                Cell(text=state, strong=off),
                f"{each.rally.expected:,}" if each.rally.expected is not None else _DASH,
                came,
                f"{each.stalls:,}",
            )
        )
    return Table(
        columns=(
            Column(title="Rally", share=6),
            Column(title="State", share=3),
            Column(title="Expected", share=2, right=True, figures=True),
            Column(title="Stewards signed in", share=3, right=True, figures=True),
            Column(title="Stalls", share=2, right=True, figures=True),
        ),
        rows=tuple(rows),
    )


def _stalls(job: Job, numbers: Campaign) -> Table:
    rows = []
    for each in numbers.stalls:
        off = not each.status.on
        state = _GOING.get(each.status.going, "Over" if _past(job, numbers, each.stall) else "To come")
        rows.append(
            cells(
                Cell(text=apart(called(job, job.plan.line_words(each.stall))), strong=True, struck=off),
                apart(called(job, job.plan.place_of(each.stall).name)),
                Cell(text=state, strong=off),
                tallies.total_words(each.counted) if each.counted is not None else _DASH,
                f"{each.target:,}" if each.target else _DASH,
            )
        )
    return Table(
        columns=(
            Column(title="Stall", share=5),
            Column(title="Where", share=5),
            Column(title="State", share=3),
            Column(title="Sign-ups", share=2, right=True, figures=True),
            Column(title="Target", share=2, right=True, figures=True),
        ),
        rows=tuple(rows),
    )


# --------------------------------------------------------------------------------------- in words
_STANDINGS = {
    Standing.MEMBER: ("member", "members"),
    Standing.OFFICIAL: ("union official", "union officials"),
    Standing.SUPPORTER: ("supporter", "supporters"),
    Standing.PARTNER: ("from a partner charity", "from partner charities"),
}


def _for_organisers(numbers: Campaign) -> Iterator[str]:
    people = sum(number for _, number in numbers.people)
    kinds = listed(counted(number, *_STANDINGS[standing]) for standing, number in numbers.people)
    yield f"{counted(people, 'person is', 'people are')} on the roster{f': {kinds}' if kinds else ''}."
    turnout = numbers.turnout
    if turnout.known:
        yield (
            f"Of {counted(turnout.people, 'person', 'people')} on the rota {turnout.came:,} came, {turnout.absent:,} "
            f"did not, and of {turnout.not_marked:,} nobody wrote it down; "
            f"{counted(turnout.walk_ins, 'walk-in')} came besides."
        )
    total = numbers.total
    yield (
        f"Written down: {counted(total.incidents, 'incident')} at pickets, "
        f"{counted(sum(each.incidents for each in numbers.rallies), 'incident')} at rallies and "
        f"{counted(total.directions, 'direction')} by the police."
    )
    if total.cancelled:
        yield f"{counted(total.cancelled, 'picket was', 'pickets were')} cancelled apart from the strike day."


def _past(job: Job, numbers: Campaign, stall: Stall) -> bool:
    """Say whether the rally or the strike day at which a stall stands is over."""
    picket = job.plan.find(Picket, stall.picket_id)
    if picket is None:
        return any(each.over for each in numbers.rallies if each.rally.id == stall.rally_id)
    return any(each.stage in _DAYS_THAT_WERE for each in numbers.days if each.day.id == picket.strike_day_id)


def _not_known(job: Job, numbers: Campaign) -> Iterator[str]:
    over = [each.day for each in numbers.days if each.stage is Stage.OVER]
    if over:
        yield (
            f"{listed(day_words(day.first_date) for day in over)} {'is' if len(over) == 1 else 'are'} over and not "
            "marked as held: nobody has said whether the strike took place."
        )
    since = [each for each in numbers.days if each.stage in _DAYS_THAT_WERE]
    pickets = sum(each.lines.pickets for each in since)
    heads = sum(each.lines.heads.counted_at for each in since if each.lines.heads)
    if heads < pickets:
        yield f"At {pickets - heads:,} of {counted(pickets, 'picket')} nobody counted heads."
    people = sum(each.lines.turnout.people for each in since)
    unmarked = sum(each.lines.turnout.not_marked for each in since)
    if unmarked:
        days = sum(each.lines.turnout.people > 0 for each in since)
        each_day = ", each day by itself," if days > 1 else ""
        yield f"Of {unmarked:,} of the {people:,} on the rota{each_day} nobody wrote down whether they came."
    if numbers.total.open_ended:
        pickets_have = counted(numbers.total.open_ended, "picket has", "pickets have")
        yield f"{pickets_have} no end: the hours are those of the shifts."
    held = [each for each in numbers.rallies if each.over and each.status.on]
    if held:
        which = "the rally" if len(held) == 1 else f"the {len(held):,} rallies"
        yield f"How many came to {which} is not kept in this plan."
    silent = sum(each.counted is None for each in numbers.stalls if each.status.on and _past(job, numbers, each.stall))
    if silent:
        yield f"At {counted(silent, 'stall')} nobody counted sign-ups."
