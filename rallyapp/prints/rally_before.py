"""Sections 2 to 8 of the rally plan: who, what is agreed, when and where."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain import law
from rallyapp.domain.places import Pin, SitePlan
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    Permission,
    PermissionKind,
    PermissionState,
    ProgrammeItem,
    RouteStep,
    Section,
    Speaker,
    TeamRole,
)
from rallyapp.domain.running_order import overrun, running_order
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import clock, day_words, minutes_words
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Facts,
    Heading,
    Mark,
    Missing,
    Picture,
    Table,
    Words,
    cells,
    svg_of,
)
from rallyapp.prints.rally_source import Source
from rallyapp.prints.wording import DASH, capital, counted, flat, label, listed, metres_words, position_words, unbroken

TEAM_ORDER = tuple(TeamRole)
_EXPECTED_CONTACTS = {
    ContactKind.POLICE: "police",
    ContactKind.COUNCIL: "council",
    ContactKind.LANDOWNER: "landowner",
    ContactKind.AMBULANCE: "ambulance",
    ContactKind.UNION: "union duty officer",
    ContactKind.LEGAL: "legal line",
}


# ------------------------------------------------------------------------------------ 2 and 3: who
def team(source: Source) -> Iterator[Block]:
    """Write section 2: the event team, who is in charge, who may stop the event."""
    cards = []
    lacking = []
    for role in TEAM_ORDER:
        members = source.team(role)
        if not members:
            lacking.append(str(role))
        for member in members:
            cards.append(
                Card(
                    over=capital(role),
                    name=source.member_name(member),
                    phone=source.member_phone(member),
                    mark="may stop the event" if member.may_stop else "",
                )
            )
    if cards:
        yield Cards(cards=tuple(cards))
    if lacking:
        yield Missing(
            text=f"No {lacking[0]} entered." if len(lacking) == 1 else f"Nobody entered as {listed(lacking)}."
        )
    lead = [source.member_name(member) for member in source.team(TeamRole.EVENT_LEAD)]
    deputy = [source.member_name(member) for member in source.team(TeamRole.DEPUTY)]
    stewards = [source.member_name(member) for member in source.team(TeamRole.CHIEF_STEWARD)]
    if lead:
        words = f"Chain of command: {listed(lead)} leads the event"
        if deputy:
            words += f"; {listed(deputy)} stands in"
        if stewards:
            words += f". Stewards answer to {listed(stewards)}, and through them to the event lead"
        yield Words(text=f"{words}.")
    stop = listed(
        dict.fromkeys(
            source.member_name(member) for role in TEAM_ORDER for member in source.team(role) if member.may_stop
        )
    )
    if stop:
        yield Words(text=f"Who may stop the event: {stop}.", strong=True)
    else:
        yield Missing(text="Nobody is named who may stop the event.")


def contacts(source: Source) -> Iterator[Block]:
    """Write section 3: everybody outside the team who must be within reach."""
    found = [
        contact
        for contact in source.plan.all(Contact)
        if contact.rally_id == source.rally.id or contact.rally_id is None
    ]
    order = list(ContactKind)
    found.sort(key=lambda contact: (order.index(contact.kind), contact.rally_id is None, contact.name, contact.id))
    # What is rung first stands first, and is not left over for the next page.
    emergency = Card(
        over="Emergency",
        name="Ambulance, fire, police",
        phone="999",
        lines=(f"Nearest A&E: {source.venue.nearest_ae or 'not entered'}",),
    )
    others = (
        Card(
            over=capital(contact.kind),
            name=contact.name or contact.organisation,
            phone=unbroken(contact.phone) if source.allowed.phones else "",
            lines=_contact_lines(contact),
        )
        for contact in found
    )
    yield Cards(cards=(emergency, *others))
    known = {contact.kind for contact in found}
    lacking = [words for kind, words in _EXPECTED_CONTACTS.items() if kind not in known]
    if lacking:
        yield Missing(text=f"No contact entered for: {listed(lacking)}.")


def _contact_lines(contact: Contact) -> tuple[str, ...]:
    lines = (contact.organisation if contact.name else "", contact.email, contact.note)
    return tuple(line for line in lines if line)


# ----------------------------------------------------------------------------------- 4: what is agreed
def permissions(source: Source) -> Iterator[Block]:
    """Write section 4: what was asked of whom, by when, and what came of it."""
    rally = source.rally
    marches = rally.kind.marches
    deadline = law.march_deadline(source.rules, source.where, source.day, static=not marches)
    if marches and rally.customary:
        yield Words(text=f"Held to be a customary march, which needs no notice: {rally.customary}")
    elif deadline:
        yield Words(text=deadline.fact, strong=True)
    else:
        for line in source.say("R3"):
            yield Words(text=line)
    order = list(PermissionKind)
    found = sorted(
        source.plan.of(Permission, "rally_id", rally.id), key=lambda one: (order.index(one.kind), one.body, one.id)
    )
    if found:
        yield Table(
            columns=(
                Column(title="What", share=4),
                Column(title="To or from", share=4),
                Column(title="By", share=0, figures=True),
                Column(title="Sent", share=0, figures=True),
                Column(title="Reference", share=3),
                Column(title="Status", share=3),
            ),
            rows=tuple(
                cells(
                    Cell(text=label(one.kind), strong=True, small=_permission_words(one)),
                    one.body,
                    day_words(one.deadline)
                    if one.deadline
                    else day_words(deadline.latest)
                    if deadline and one.kind is PermissionKind.MARCH_NOTICE
                    else DASH,
                    day_words(one.sent_on) if one.sent_on else DASH,
                    one.reference or DASH,
                    Cell(
                        text=capital(one.state),
                        strong=not one.state.settled,
                        boxed=one.state in (PermissionState.TO_DO, PermissionState.REFUSED),
                    ),
                )
                for one in found
            ),
        )
    else:
        yield Missing(text="No notification, permission or insurance entered.")
    if not any(one.kind is PermissionKind.INSURANCE for one in found) and found:
        yield Missing(text="No public liability insurance entered.")
    conditions = [one for one in found if one.conditions]
    if conditions:
        yield Heading(text="Conditions")
        yield Bullets(items=tuple(f"{one.body or label(one.kind)}: {one.conditions}" for one in conditions))


def _permission_words(one: Permission) -> str:
    words = []
    if one.cover is not None:
        words.append(f"cover \u00a3{one.cover:,}")
    if one.expires_on:
        words.append(f"until {day_words(one.expires_on)}")
    if one.lead_days is not None:
        words.append(f"their lead time is {counted(one.lead_days, 'day')}")
    if one.waiver:
        words.append(f"waiver: {one.waiver}")
    return ", ".join(words)


# ------------------------------------------------------------------------------------------- 5: when
def timings(source: Source) -> Iterator[Block]:
    """Write section 5: the times of the day, and the running order line by line."""
    rally = source.rally
    known = rally.times()
    yield Table(
        columns=(Column(title="Time", share=0, figures=True), Column(title="What", share=1)),
        rows=tuple(
            cells(
                Cell(text=source.clock(when), strong=True),
                Cell(text=what, strong=what in ("Start", "Hard finish")),
            )
            for what, when in known
        ),
    )
    said = {what for what, _ in known}
    wanted = ["Set-up", "Steward briefing", "Stalls ready", "Assemble", "Move off", "Dispersed", "Site handed back"]
    if not rally.kind.marches:
        wanted.remove("Move off")
    if not source.plan.of(Stall, "rally_id", rally.id):
        wanted.remove("Stalls ready")
    lacking = [what.lower() for what in wanted if what not in said]
    if lacking:
        yield Missing(text=f"No time entered for: {listed(lacking)}.")
    yield Heading(text="Running order")
    lines = running_order(source.plan.of(ProgrammeItem, "rally_id", rally.id), rally.starts)
    if not lines:
        yield Missing(text="No running order entered.")
        return
    rows = []
    for line in lines:
        item = line.item
        speaker = source.plan.find(Speaker, item.speaker_id)
        who = speaker.name if speaker else item.who
        fixed = "fixed" if item.fixed else ""
        if line.slack < 0:
            fixed = f"fixed for {clock(item.fixed) if item.fixed else ''}, {minutes_words(-line.slack)} late"
        elif line.slack > 0:
            fixed = f"fixed, {minutes_words(line.slack)} free before it"
        rows.append(
            cells(
                Cell(text=source.clock(line.starts), strong=True),
                Cell(text=flat(item.title), strong=True, small=fixed),
                who,
                Cell(text=str(item.minutes)),
                Cell(text=str(line.total), muted=True),
                Cell(text=item.stage_note),
                Cell(text=item.cue),
            )
        )
    rows.append(
        cells(
            Cell(text=source.clock(rally.ends), strong=True),
            Cell(text="Hard finish", strong=True),
            "",
            "",
            Cell(text=str(rally.span.minutes), muted=True),
            "",
            "",
        )
    )
    yield Table(
        columns=(
            Column(title="Time", share=0, figures=True),
            Column(title="Item", share=5),
            Column(title="Who", share=4),
            Column(title="Min", share=0, right=True, figures=True),
            Column(title="Total", share=0, right=True, figures=True),
            Column(title="Stage and PA", share=4),
            Column(title="Cue", share=4),
        ),
        rows=tuple(rows),
        last_strong=True,
    )
    late = overrun(lines, rally.ends)
    ends = max(line.ends for line in lines)
    if late > 0:
        yield Words(
            text=f"The running order ends at {source.clock(ends)}, {minutes_words(late)} after the hard finish: "
            "shorten it.",
            strong=True,
        )
    else:
        spare = f"{minutes_words(-late)} before the hard finish" if late else "at the hard finish"
        yield Words(text=f"The running order ends at {source.clock(ends)}, {spare}.", small=True)


# ------------------------------------------------------------------------------------ 6, 7, 8: where
def site(source: Source) -> Iterator[Block]:
    """Write section 6: the place and its plan."""
    venue = source.venue
    yield Facts(
        rows=(
            ("Place", flat(venue.name)),
            ("Address", ", ".join(part for part in (venue.address, venue.postcode) if part)),
            ("Map reference", venue.map_reference or position_words(venue.lat, venue.lon)),
            ("Landowner", venue.landowner),
            ("Toilets", venue.toilets),
            ("Water", venue.water),
            ("Emergency vehicles", venue.emergency_access),
        )
    )
    yield from source.note(Section.SITE, "")
    plans = sorted(source.plan.of(SitePlan, "rally_id", source.rally.id), key=lambda one: (one.title, one.id))
    if not plans:
        yield Missing(text="No site plan entered.")
    for one in plans:
        pins = sorted(source.plan.of(Pin, "site_plan_id", one.id), key=lambda pin: (pin.number, pin.id))
        svg = svg_of(one.picture, one.width, one.height)
        marked = f" with {counted(len(pins), 'numbered mark')}, listed below it" if pins else ""
        yield Picture(
            title=one.title,
            alt=f"Site plan: {one.title}{marked}",
            svg=svg,
            width=max(one.width, 1),
            height=max(one.height, 1),
            marks=tuple(
                Mark(number=pin.number, what=capital(pin.kind), label=pin.label, x=pin.x, y=pin.y) for pin in pins
            ),
        )
        if not svg:
            what = "can\u2019t be read as PNG, JPEG, GIF or WebP" if one.picture else "has not been added"
            yield Missing(text=f"The picture of this site plan {what}.")


def route(source: Source) -> Iterator[Block]:
    """Write section 7: the way of a march, and the shorter accessible one."""
    if not source.rally.kind.marches:
        yield Words(text="Left out: this is a static rally, without a march.")
        return
    steps = sorted(source.plan.of(RouteStep, "rally_id", source.rally.id), key=lambda s: (s.position, s.id))
    for accessible, title, missing in (
        (False, "The march", "No route entered."),
        (True, "Shorter accessible route", "No accessible route entered."),
    ):
        part = [step for step in steps if step.accessible is accessible]
        yield Heading(text=title)
        if not part:
            yield Missing(text=missing)
            continue
        length = sum(step.metres or 0 for step in part)
        known = all(step.metres is not None for step in part)
        rows = [
            cells(
                Cell(text=str(number)),
                Cell(text=step.instruction),
                Cell(text="crossing" if step.crossing else "", strong=True),
                Cell(text=metres_words(step.metres) if step.metres is not None else DASH),
            )
            for number, step in enumerate(part, start=1)
        ]
        rows.append(
            cells(
                "",
                Cell(text="Length" if known else "Length of the steps that were measured", strong=True),
                "",
                Cell(text=metres_words(length), strong=True),
            )
        )
        yield Table(
            columns=(
                Column(title="", share=0, right=True, figures=True),
                Column(title="Way", share=8),
                Column(title="", share=0),
                Column(title="Length", share=0, right=True, figures=True),
            ),
            rows=tuple(rows),
            last_strong=True,
        )


def crowd(source: Source) -> Iterator[Block]:
    """Write section 8: how many, and what is done as they become more."""
    rally, venue = source.rally, source.venue
    yield Facts(
        rows=(
            ("Expected at the peak", f"{rally.expected:,}" if rally.expected is not None else ""),
            ("Capacity of the place", f"{venue.capacity:,}" if venue.capacity is not None else ""),
        )
    )
    if rally.expected is not None and venue.capacity is not None and rally.expected > venue.capacity:
        yield Words(text="More people are expected than the place holds.", strong=True)
    yield from source.note(Section.CROWD, "No crowd management entered.")
    if rally.entry_checks and rally.expected is not None and rally.expected >= source.rules.rule("R16").figure():
        note = source.rules.rule("R16").say
        if note:
            yield Words(text=note, small=True)
