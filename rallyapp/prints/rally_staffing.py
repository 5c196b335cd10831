"""Sections 9 to 12 of the rally plan: stewards, speakers, stalls, and with what."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import stand_down
from rallyapp.domain.noise import Loud, noise_of
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.pickets import Shift
from rallyapp.domain.places import Pin
from rallyapp.domain.posts import Staffing, figures, pins_of, posts_of, shifts_of
from rallyapp.domain.rallies import (
    KitItem,
    ProgrammeItem,
    Section,
    Speaker,
    TeamRole,
)
from rallyapp.domain.running_order import running_order
from rallyapp.domain.stall_edits import size_words
from rallyapp.domain.stalls import Partner, Stall, StallState
from rallyapp.domain.times import span_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Figure,
    Heading,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.rally_source import ELSEWHERE, Source
from rallyapp.prints.wording import DASH, flat


# ---------------------------------------------------------------------------------- 9, 10, 11: people
def stewarding(source: Source) -> Iterator[Block]:
    """Write section 9: how many stewards and why, and who stands where."""
    rally = source.rally
    posts = posts_of(source.plan, rally.id)
    known = figures(source.plan, rally, source.rules).stewards
    if known.wanted is not None:
        yield Figure(number=str(known.wanted.number), label="stewards", text=capital(known.wanted.sentence))
    else:
        yield Missing(text="No expected number entered, so no number of stewards is suggested.")
    for line in source.law("R11", "R12"):
        yield Words(text=line, small=True)
    yield Facts(
        rows=(
            ("Chief steward", source.members(TeamRole.CHIEF_STEWARD)),
            ("Dress", rally.steward_dress),
            ("Briefing", _briefing(source)),
            ("Stewards planned", _planned(known) if posts else ""),
        )
    )
    yield from source.note(Section.STEWARDING, "")
    if not posts:
        yield Missing(text="No steward posts entered.")
        return
    rows = []
    for post in posts:
        shifts = shifts_of(source.plan, post.id)
        pins = " and ".join(map(str, pins_of(source.plan, post.id)))
        told = (post.where, str(post.role), f"number {pins} on the plan" if pins else "")
        first = Cell(text=flat(post.name), strong=True, small="; ".join(part for part in told if part))
        if not shifts:
            rows.append(cells(first, Cell(text=post.duty), DASH, Cell(text="No shift entered.", muted=True)))
        for number, shift in enumerate(shifts):
            people, gaps = source.crew(shift)
            status = stand_down.of_shift(source.plan, shift)
            who = "\n".join(people)
            if gaps and status.on:
                who = "\n".join([*people, *["GAP"] * min(gaps, 6), *([f"and {gaps - 6} more"] if gaps > 6 else [])])
            rows.append(
                cells(
                    first if number == 0 else Cell(text=flat(post.name), muted=True),
                    Cell(text=post.duty if number == 0 else ""),
                    Cell(text=shift.words, struck=not status.on),
                    Cell(
                        text=who or DASH,
                        struck=not status.on,
                        small=source.shift_off(shift),
                    ),
                )
            )
    yield Table(
        columns=(
            Column(title="Post", share=4),
            Column(title="Duty", share=5),
            Column(title="Time", share=0, figures=True),
            Column(title="Who", share=5),
        ),
        rows=tuple(rows),
    )
    if known.wanted is not None and known.people < known.wanted.number:
        yield Words(text=f"{counted(known.people, 'steward')} on the list so far.", strong=True)


def _planned(known: Staffing) -> str:
    """Say how many stewards the posts' shifts ask for, beside how many are wanted."""
    if known.wanted is None or known.during is None:
        return capital(f"{known.words}.")
    most = f"{known.planned:,} at the busiest moment, {span_words(known.during.start, known.during.end)}"
    return f"{most}; {known.wanted.number:,} wanted."


def _briefing(source: Source) -> str:
    """Say when and where stewards are briefed."""
    at = source.clock(source.rally.briefing) if source.rally.briefing else ""
    return ", ".join(part for part in (at, source.rally.briefing_place) if part)


def speakers(source: Source) -> Iterator[Block]:
    """Write section 10: who speaks, in the order of the programme."""
    lines = running_order(source.plan.of(ProgrammeItem, "rally_id", source.rally.id), source.rally.starts)
    place = {line.item.speaker_id: line for line in reversed(lines) if line.item.speaker_id}
    found = sorted(
        source.plan.of(Speaker, "rally_id", source.rally.id),
        key=lambda one: (place[one.id].starts if one.id in place else source.rally.ends, one.id not in place, one.name),
    )
    yield Facts(rows=(("Stage and MC", source.members(TeamRole.STAGE)),))
    if not found:
        yield Missing(text="No speakers entered.")
        return
    off = not stand_down.of_rally(source.plan, source.rally).on
    # Who has access needs, and where somebody is reached, is for those alone who see to it.
    whole = source.allowed.outside and source.allowed.phones
    yield Table(
        columns=(
            Column(title="", share=0, right=True, figures=True),
            Column(title="Name", share=6),
            Column(title="At", share=0, figures=True),
            Column(title="Min", share=0, right=True, figures=True),
            Column(title="Arrives by", share=0, figures=True),
            *((Column(title="Contact", share=5), Column(title="Access needs", share=4)) if whole else ()),
        ),
        rows=tuple(
            cells(
                Cell(text=str(number)),
                _speaker(source, one),
                Cell(text=source.clock(place[one.id].starts) if one.id in place else DASH, struck=off),
                str(place[one.id].item.minutes) if one.id in place else DASH,
                Cell(text=source.clock(one.arrives) if one.arrives else DASH, struck=off and one.arrives is not None),
                *((source.outside_number(one.contact) or DASH, one.access_needs or DASH) if whole else ()),
            )
            for number, one in enumerate(found, start=1)
        ),
    )


def _speaker(source: Source, one: Speaker) -> Cell:
    """Name a speaker; a copy that names nobody outside gives the organisation."""
    name, organisation = flat(source.outside(one.name)), flat(one.organisation)
    confirm = "" if one.confirmed else "TO CONFIRM"
    if not name:
        return Cell(text=organisation or f"Name {ELSEWHERE}", strong=bool(organisation), small=confirm)
    return Cell(text=name, strong=True, small="; ".join(part for part in (organisation, confirm) if part))


def stalls(source: Source) -> Iterator[Block]:
    """Write section 11: the partner charities' stalls."""
    found = [
        stall for stall in source.plan.of(Stall, "rally_id", source.rally.id) if stall.state is not StallState.DECLINED
    ]
    if not found:
        yield Missing(text="No stalls entered.")
    else:
        yield Words(
            text="Donors\u2019 forms are the charity\u2019s own: nobody else sees, copies or keeps them.", small=True
        )
    for stall in sorted(found, key=lambda one: (one.pitch, one.id)):
        partner = source.plan.get(Partner, stall.partner_id)
        status = stand_down.of_stall(source.plan, stall)
        on_as_planned = status.going is stand_down.Going.ON
        yield Heading(text=partner.name if on_as_planned else f"{partner.name}: {status.going}")
        if why := source.stall_why(stall):
            yield Words(text=f"{capital(why).rstrip('.')}.", strong=True)
        size = size_words(stall.width, stall.depth).replace(" ", "\u00a0")
        pins = listed(str(pin.number) for pin in source.plan.of(Pin, "stall_id", stall.id))
        told = stall.stood_down_told_at
        contact = [source.outside(stall.on_day_contact or partner.contact_name)]
        contact.append(source.outside_number(stall.on_day_phone or partner.contact_phone))
        furniture = listed(
            (
                counted(stall.tables, "table") if stall.tables else "",
                counted(stall.chairs, "chair") if stall.chairs else "",
            )
        )
        stay = ""
        if stall.arrives:
            stay = span_words(stall.arrives, stall.leaves)
        yes = {True: "seen", False: "NOT SEEN"}
        yield Facts(
            rows=(
                ("Status", capital(stall.state)),
                ("If the strike is off", capital(stall.if_off)),
                ("Charity number", partner.charity_number),
                *((("Told that it is off", source.clock(told) if told else ""),) if told or not on_as_planned else ()),
                (
                    "Pitch",
                    ", ".join(part for part in (stall.pitch, size, f"pin {pins}" if pins else "") if part),
                ),
                *((("On the day", ", ".join(part for part in contact if part)),) if source.allowed.outside else ()),
                ("There", stay),
                ("Vehicle", stall.vehicle),
                (
                    "Furniture",
                    f"{furniture} from {stall.furniture_from}" if furniture and stall.furniture_from else furniture,
                ),
                ("Power", stall.power),
                ("Shelter", stall.shelter),
                ("Surface", "Dry and quiet" if stall.dry_and_quiet else ""),
                ("Volunteers", _volunteers(stall)),
                ("Kits", f"{stall.kits:,}" if stall.kits else ""),
                ("Target", f"{stall.target:,} sign-ups" if stall.target else ""),
                ("Insurance", yes[stall.insurance_seen]),
                ("Risk assessment", yes[stall.risk_assessment_seen]),
                ("Collects money", (f"Yes; permit {stall.permit or 'NOT ENTERED'}" if stall.money_collected else "No")),
            ),
            columns=2,
        )
        if partner.eligibility:
            yield Words(text=partner.eligibility)
        shifts = sorted(source.plan.of(Shift, "stall_id", stall.id), key=lambda shift: (shift.starts, shift.id))
        if shifts:
            rows = []
            for shift in shifts:
                people, gaps = source.crew(shift)
                on = stand_down.of_shift(source.plan, shift)
                who = "\n".join([*people, *["GAP"] * (min(gaps, 12) if on.on else 0)]) or DASH
                rows.append(
                    cells(
                        Cell(text=shift.words, strong=True, struck=not on.on),
                        Cell(text=who, struck=not on.on, small=source.shift_off(shift)),
                    )
                )
            yield Table(
                columns=(Column(title="Shift", share=0, figures=True), Column(title="Who", share=1)), rows=tuple(rows)
            )


def _volunteers(stall: Stall) -> str:
    """Say how many volunteers a stall wants, and whether they are trained."""
    if not stall.volunteers_wanted:
        return ""
    return f"{stall.volunteers_wanted:,}, {'trained' if stall.volunteers_trained else 'NOT TRAINED YET'}"


# ---------------------------------------------------------------------------------------- 12: with what
def equipment(source: Source) -> Iterator[Block]:
    """Write section 12: what is brought, power, and the hours of the loudspeaker."""
    rally = source.rally
    items = sorted(source.plan.of(KitItem, "rally_id", rally.id), key=lambda item: (item.position, item.what, item.id))
    if items:
        yield Table(
            columns=(
                Column(title="Number", share=0, right=True, figures=True),
                Column(title="What", share=6),
                Column(title="Brought by", share=4),
                Column(title="Power", share=3),
                Column(title="Checked", share=4),
            ),
            rows=tuple(
                cells(
                    f"{item.number:,}",
                    Cell(text=item.what, strong=True),
                    item.brought_by,
                    item.power,
                    item.checked,
                )
                for item in items
            ),
        )
    else:
        yield Missing(text="No equipment entered.")
    yield Facts(rows=(("Power at the place", source.venue.power),))
    yield Heading(text="Loudspeaker hours")
    for line in source.law("R9"):
        yield Words(text=f"{line} {source.rules.words}", small=True)
    noise = noise_of(Permitting(plan=source.plan, rally=rally, rules=source.rules, where=source.where))
    yield Words(text=noise.sentence, strong=noise.loud is not Loud.NONE)
    yield from source.note(Section.POWER_AND_NOISE, "")
