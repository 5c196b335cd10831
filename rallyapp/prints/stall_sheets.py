"""A stall's sheet: what a partner charity must know to come, set up, count and go; and a page to count on.

The charity's copy names nobody on the roster: it says for which office to ask, and the duty phone. No copy has
room for a donor's name: what is counted is how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rallyapp.domain import stand_down, tallies
from rallyapp.domain.pickets import Need, Picket, Shift
from rallyapp.domain.places import Pin, Site
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally, TeamRole
from rallyapp.domain.stall_edits import host_of, open_hours, size_words
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState, Tally
from rallyapp.domain.stand_down import Going
from rallyapp.domain.times import day_words, long_day_words, span_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.audience import Audience, Naming
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Form,
    FormField,
    Heading,
    Keep,
    PageBreak,
    Table,
    Words,
    cells,
)
from rallyapp.prints.called import called
from rallyapp.prints.gathering import Gathering, address_words, crew_of, duty_contact
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import DASH, flat, from_day, position_words, unbroken

_STEP = timedelta(minutes=30)
_MOST_ROWS = 12  # as many half-hours as one page has lines for
_LINES_HIGH = 92  # mm, for all of them together
_LEAST, _MOST_HIGH = 9, 24  # mm, for one
_NO_DONORS = "No donors\u2019 names on this sheet."
_STATE_WORDS = {StallState.CONFIRMED: "Bring this sheet with you."}


@dataclass(frozen=True, slots=True)
class _Source:
    """One stall, its charity, and the rally or the picket at which it stands."""

    job: Job
    stall: Stall
    partner: Partner
    host: Rally | Picket
    rally: Gathering | None

    @property
    def starts(self) -> datetime:
        """When its rally or picket starts."""
        return self.host.starts

    def clock(self, when: datetime | None) -> str:
        """Write a time, with its day where that isn't the rally's; nothing for none."""
        return from_day(when, self.starts.date()) if when else ""

    def say(self, text: str) -> str:
        """Give what somebody wrote, on one line, as this copy may."""
        return flat(self.job.say(text))


def write(job: Job) -> Sheet:
    """Write a stall's sheet; raises UserError where the plan has no such stall."""
    stall = job.plan.find(Stall, job.about)
    if stall is None:
        raise UserError("There is nothing to print: the plan has no such stall.")
    host = host_of(job.plan, stall)
    rally = Gathering.of(job) if isinstance(host, Rally) else None
    source = _Source(job, stall, job.plan.get(Partner, stall.partner_id), host, rally)
    word, words, off = _standing(source)
    hours = _hours(stall)
    return Sheet(
        kind="Stall sheet",
        heading=f"{called(job, source.partner.name)} stall",
        owner=job.owner,
        place=_at(source),
        when=long_day_words(source.starts.date()),
        hours=hours,
        note=f"Charity number {number}" if (number := source.say(source.partner.charity_number)) else "",
        status=word,
        status_words=words,
        off=off,
        phone=job.duty_phone,
        phone_of=duty_contact(job),
        foot=job.shred_words() if job.allowed.names is not Naming.NONE else _NO_DONORS,
        blocks=(*_changes(source), *_blocks(source), PageBreak(), *_counting(source)),
    )


def _hours(stall: Stall) -> str:
    return span_words(stall.arrives, stall.leaves) if stall.arrives else ""


def _standing(source: _Source) -> tuple[str, str, bool]:
    """Give the banner: whether the stall is on, and how far it has come."""
    status = stand_down.of_stall(source.job.plan, source.stall)
    why = f"{capital(source.say(status.why)).rstrip('.')}." if status.why and source.job.allowed.remarks else ""
    if status.going is Going.STOOD_DOWN:
        return "STOOD DOWN", why or "This stall does not take place.", True
    if status.going is Going.UNDECIDED:
        word = "YOUR DECISION" if source.job.audience is Audience.CHARITY else "NOT DECIDED"
        return word, why or "The strike is off: say whether you come all the same.", False
    state = source.stall.state
    return state.upper(), _STATE_WORDS.get(state, "Not confirmed yet."), False


def _at(source: _Source) -> str:
    if source.rally is not None:
        return f"At the {source.say(source.rally.rally.title)}, {source.rally.place}"
    picket = source.job.plan.picket_words(source.host) if isinstance(source.host, Picket) else ""
    return source.say(f"At the picket, {picket}") if picket else ""


# ------------------------------------------------------------------------------------------ what is known
def _rows(source: _Source) -> tuple[tuple[str, str], ...]:
    """Give what the plan knows of the stall's day."""
    stall, rally = source.stall, source.rally
    pins = listed(str(pin.number) for pin in source.job.plan.of(Pin, "stall_id", stall.id))
    furniture = listed(
        (
            counted(stall.tables, "table") if stall.tables else "",
            counted(stall.chairs, "chair") if stall.chairs else "",
        )
    )
    whose = f"{furniture}, from {source.say(stall.furniture_from)}" if stall.furniture_from else furniture
    ready = source.clock(rally.rally.stalls_ready) if rally else ""
    return (
        ("Arrive", source.clock(stall.arrives)),
        ("Ready by", ready),
        ("The rally" if rally else "The picket", source.host.words),
        ("Leave", source.clock(stall.leaves)),
        ("Pitch", source.say(stall.pitch)),
        ("On the site plan", f"Number {pins}" if pins else ""),
        ("Size", size_words(stall.width, stall.depth).replace(" ", "\u00a0")),
        ("Tables and chairs", whose),
        ("Power", capital(source.say(stall.power))),
        ("Shelter", source.say(stall.shelter)),
        ("Ground", "Dry and quiet" if stall.dry_and_quiet else ""),
        ("Vehicle", source.say(stall.vehicle)),
        ("Volunteers", _volunteers(stall)),
        ("Money", _money(stall, source.say(stall.permit))),
        _papers(source),
    )


def _volunteers(stall: Stall) -> str:
    if not stall.volunteers_wanted:
        return ""
    return f"{stall.volunteers_wanted:,}, {'trained' if stall.volunteers_trained else 'NOT TRAINED YET'}"


def _money(stall: Stall, permit: str) -> str:
    if not stall.money_collected:
        return "None is collected"
    return f"Collected; permit {permit}" if permit else "Collected; permit NOT ENTERED"


def _changes(source: _Source) -> Iterator[Block]:
    """Say what is not as it was on the last print."""
    changed = [label for label, value in _rows(source) if source.job.line(label.lower(), (label, value))]
    if source.job.line("decision", (source.stall.if_off, source.stall.state)):
        changed.append("If the strike is off")
    if changed:
        yield Words(
            text=f"Changed since version {source.job.since}: {listed(label.lower() for label in changed)}.", strong=True
        )


def _blocks(source: _Source) -> Iterator[Block]:
    yield Facts(rows=_rows(source), columns=2)
    yield Heading(text="Who to ask for")
    yield Keep(blocks=tuple(_people(source)))
    if bring := tuple(_bring(source)):
        yield Heading(text="What to bring")
        yield Bullets(items=bring, ticks=True)
    if source.partner.usual_needs:
        yield Words(text=f"Usual needs: {source.job.say(source.partner.usual_needs)}", small=True)
    yield from _called_off(source)
    yield Heading(text="The place")
    yield Facts(rows=_place(source), columns=2)


def _people(source: _Source) -> Iterator[Block]:
    stall, job = source.stall, source.job
    yield Facts(rows=(("Ask for", _ask_for(source)), ("Or ring", _or_ring(job))))
    contact = job.outside(stall.on_day_contact or source.partner.contact_name)
    phone = job.outside(unbroken(stall.on_day_phone or source.partner.contact_phone))
    yield Form(
        fields=(
            FormField(label="The charity\u2019s contact on the day", value=flat(contact), share=3),
            FormField(label="Number", value=phone, share=2),
        ),
        columns=5,
    )


def _ask_for(source: _Source) -> str:
    """Say whom the charity asks for: by office, and by name where this copy may have it."""
    if source.rally is None:
        return "Whoever is in charge of the picket, at its entrance"
    who = source.rally.reached(TeamRole.STALLS)
    return f"The stalls lead, at the rally{f': {who}' if who else ''}"


def _or_ring(job: Job) -> str:
    answers = duty_contact(job)
    by = f" ({answers})" if answers else ""
    return f"{job.duty_phone}, the union\u2019s duty phone{by}" if job.duty_phone else ""


def _papers(source: _Source) -> tuple[str, str]:
    """Say which of the charity's papers the union has seen."""
    stall = source.stall
    papers = (("insurance certificate", stall.insurance_seen), ("risk assessment", stall.risk_assessment_seen))
    seen = capital(listed(name for name, has in papers if has))
    return ("Papers seen by us", seen or "None yet")


def _bring(source: _Source) -> Iterator[str]:
    stall = source.stall
    if stall.kits:
        yield counted(stall.kits, "kit")
    if stall.shelter:
        yield f"Shelter: {source.say(stall.shelter)}"
    if not stall.insurance_seen:
        yield "Insurance certificate: we have NOT SEEN it yet"
    if not stall.risk_assessment_seen:
        yield "Risk assessment: we have NOT SEEN it yet"
    if stall.money_collected:
        yield "Collection permit"


def _called_off(source: _Source) -> Iterator[Block]:
    """Say what becomes of the stall when the strike is off: the charity's own go or no-go."""
    stall, job = source.stall, source.job
    told_by = source.say(job.dispute.told_by) if job.dispute else ""
    told = stall.stood_down_told_at
    decided = {
        IfOff.UNDECIDED: "Not decided yet: you say whether the stall comes all the same.",
        IfOff.GOES_AHEAD: "The stall comes all the same, as you decided.",
        IfOff.STANDS_DOWN: "The stall stands down too, as you decided.",
    }
    rows = [("Then", decided[stall.if_off]), ("You are told by", told_by)]
    if told:
        rows.append(("You were told", f"{day_words(told.date())}, {from_day(told, told.date())}"))
    yield Heading(text="If the strike is called off")
    parts: list[Block] = [Facts(rows=tuple(rows))]
    if stall.if_off is IfOff.UNDECIDED:
        parts.append(
            Form(
                fields=(
                    FormField(label="Go or no-go"),
                    FormField(label="Decided by"),
                    FormField(label="When"),
                ),
                columns=3,
            )
        )
    yield Keep(blocks=tuple(parts))


def _place(source: _Source) -> tuple[tuple[str, str], ...]:
    place = source.job.plan.place_of(source.host)
    address = address_words(source.job, place)
    if isinstance(place, Site):
        return (
            ("Address", address),
            ("Map reference", position_words(place.lat, place.lon)),
            ("Toilet", source.say(place.toilet)),
            ("Defibrillator", source.say(place.defibrillator)),
        )
    return (
        ("Address", address),
        ("Map reference", source.say(place.map_reference) or position_words(place.lat, place.lon)),
        ("Step-free", source.say(place.step_free)),
        ("Toilets", source.say(place.toilets)),
        ("Water", source.say(place.water)),
        ("Nearest A&E", source.say(place.nearest_ae)),
    )


# --------------------------------------------------------------------------------------------- to count on
def _counting(source: _Source) -> Iterator[Block]:
    """Give the page for the table: who is there, who may join, and half-hour by half-hour how many signed up."""
    yield from _shifts(source)
    if source.partner.eligibility:
        yield Heading(text="Who may join")
        yield Words(text=source.job.say(source.partner.eligibility))
    yield Heading(text="Sign-ups, counted")
    # In one piece: the totals are of no use on another page.
    yield Keep(blocks=tuple(_tally(source)))


def _tally(source: _Source) -> Iterator[Block]:
    stall = source.stall
    yield Words(text=f"One stroke for each sign-up. {_NO_DONORS} Their forms are the charity\u2019s own.", strong=True)
    if known := source.job.plan.of(Tally, "stall_id", stall.id):
        yield Words(text=f"Counted in the plan so far: {tallies.words(known, stall.target)}.")
    times = _half_hours(source)
    yield Table(
        columns=(
            Column(title="From", share=0, figures=True),
            Column(title="Strokes", share=8),
            Column(title="Number", share=2),
            Column(title="So far", share=2),
        ),
        rows=tuple(cells(Cell(text=source.clock(when), strong=True), "", "", "") for when in times),
        tall=max(_LEAST, min(_MOST_HIGH, _LINES_HIGH // len(times))),
        boxes=True,
    )
    yield Form(
        fields=(
            FormField(label="All sign-ups"),
            FormField(label="Target", value=f"{stall.target:,}" if stall.target else ""),
            FormField(label="Kits left over"),
            FormField(label="Number given to, at"),
        ),
        columns=4,
    )


def _shifts(source: _Source) -> Iterator[Block]:
    """List the shifts: how many volunteers each wants, and who they are where the copy may name them."""
    job = source.job
    shifts = _shifts_at(source)
    if not shifts:
        return
    named = job.allowed.names is not Naming.NONE
    rows: list[tuple[Cell, ...]] = []
    changed = []
    for shift in shifts:
        people, gaps = crew_of(job, shift)
        wished = sum(need.wished for need in job.plan.of(Need, "shift_id", shift.id))
        on = stand_down.of_shift(job.plan, shift).on
        who = (*people, *["GAP"] * min(gaps, 6), *([f"and {gaps - 6} more"] if gaps > 6 else []))
        row = [
            Cell(text=shift.words, strong=True, struck=not on, small="" if on else "stood down"),
            Cell(text=f"{wished:,}" if wished else DASH),
        ]
        if named:
            row.append(Cell(text="\n".join(who) or DASH, struck=not on))
        if job.line(shift.id, tuple(row), shift=shift.id):
            changed.append(len(rows))
        rows.append(tuple(row))
    width = 0 if named else 1
    yield Heading(text="Shifts")
    yield Table(
        columns=(
            Column(title="Time", share=width, figures=True),
            Column(title="Volunteers", share=width, figures=True),
            *((Column(title="Who", share=1),) if named else ()),
        ),
        rows=tuple(rows),
        changed=tuple(changed),
    )


def _shifts_at(source: _Source) -> list[Shift]:
    """List a stall's shifts by time."""
    return sorted(source.job.plan.of(Shift, "stall_id", source.stall.id), key=lambda shift: (shift.starts, shift.id))


def _half_hours(source: _Source) -> tuple[datetime, ...]:
    """List the half-hours in which people may sign up, as many as a page has room for."""
    _, closes = open_hours(source.job.plan, source.stall)
    shifts = _shifts_at(source)
    starts = min((source.starts, *(shift.starts for shift in shifts)))
    ends = max((source.host.ends or closes, *(shift.ends for shift in shifts)))
    first = starts.replace(minute=starts.minute // 30 * 30)
    many = min(_MOST_ROWS, max(1, -((first - ends) // _STEP)))
    return tuple(first + n * _STEP for n in range(many))
