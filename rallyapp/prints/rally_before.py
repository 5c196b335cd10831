"""Sections 2 to 8 of the rally plan: who, what is agreed, when and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rallyapp.domain import stand_down, wanted
from rallyapp.domain.permission_states import state_word
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.programme_issues import issued_words
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    Permission,
    PermissionKind,
    PermissionState,
    Section,
    Speaker,
    TeamRole,
)
from rallyapp.domain.running_order import overrun, running_order_of, who_words
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.team import chain, chain_words
from rallyapp.domain.times import clock, day_words, minutes_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Facts,
    Heading,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.rally_source import ELSEWHERE, Source
from rallyapp.prints.wording import DASH, flat, label

TEAM_ORDER = tuple(TeamRole)
OWN_VERSIONS = "The running order counts its own versions, apart from the plan\u2019s."
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
    found = {role: source.team(role) for role in TEAM_ORDER}
    if any(found.values()):
        yield _team_cards(source) if source.allowed.phones else _team_names(source)
    lacking = [str(role) for role, members in found.items() if not members]
    if lacking:
        yield Missing(
            text=f"No {lacking[0]} entered." if len(lacking) == 1 else f"Nobody entered as {listed(lacking)}."
        )
    known = chain(source.plan, source.rally.id)
    sentences = chain_words(known, source.member_words)
    if known.circle:
        yield Missing(text=sentences[0])
    elif sentences:
        yield Words(text=f"Chain of command: {' '.join(sentences)}")
    if stop := source.may_stop():
        yield Words(text=f"Who may stop the event: {stop}.", strong=True)
    else:
        yield Missing(text="Nobody is named who may stop the event.")


def _team_cards(source: Source) -> Cards:
    return Cards(
        cards=tuple(
            Card(
                over=capital(role),
                name=source.member_name(member),
                phone=source.member_phone(member),
                mark="may stop the event" if member.may_stop else "",
            )
            for role in TEAM_ORDER
            for member in source.team(role)
        )
    )


def _team_names(source: Source) -> Facts:
    """Name the team without numbers: all of it is reached through one."""
    contact, phone = source.on_the_day()
    rows = [(capital(role), source.members(role)) for role in TEAM_ORDER if source.team(role)]
    return Facts(rows=(*rows, ("Reached by", ", ".join(part for part in (contact, phone) if part))))


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
    if not source.allowed.outside:
        yield Cards(cards=(emergency,))
        rows = ((capital(one.kind), one.organisation or ELSEWHERE) for one in found)
        partners = ((capital(ContactKind.CHARITY), one.name) for one in _partners(source, found))
        yield Facts(rows=(*rows, *partners))
        yield Words(text=f"Names and numbers are {ELSEWHERE}.", small=True)
        return
    others = (
        Card(
            over=capital(contact.kind),
            name=contact.name or contact.organisation,
            phone=source.outside_number(contact.phone),
            lines=_contact_lines(contact),
        )
        for contact in found
    )
    yield Cards(cards=(emergency, *others, *_partner_cards(source, found)))
    known = {contact.kind for contact in found}
    lacking = [words for kind, words in _EXPECTED_CONTACTS.items() if kind not in known]
    if lacking:
        yield Missing(text=f"No contact entered for: {listed(lacking)}.")


def _partners(source: Source, found: list[Contact]) -> list[Partner]:
    """List the partner charities that have a stall, where no contact names them already."""
    named = {contact.organisation.casefold() for contact in found if contact.kind is ContactKind.CHARITY}
    stalls = source.plan.of(Stall, "rally_id", source.rally.id)
    partners = {stall.partner_id: source.plan.get(Partner, stall.partner_id) for stall in stalls}
    return sorted(
        (one for one in partners.values() if one.name.casefold() not in named), key=lambda one: (one.name, one.id)
    )


def _partner_cards(source: Source, found: list[Contact]) -> Iterator[Card]:
    for partner in _partners(source, found):
        if partner.contact_name or partner.contact_phone:
            yield Card(
                over=capital(ContactKind.CHARITY),
                name=partner.contact_name or partner.name,
                phone=source.outside_number(partner.contact_phone),
                lines=tuple(filter(None, (partner.name if partner.contact_name else "", partner.contact_email))),
            )


def _contact_lines(contact: Contact) -> tuple[str, ...]:
    lines = (contact.organisation if contact.name else "", contact.email, contact.note)
    return tuple(line for line in lines if line)


# ----------------------------------------------------------------------------------- 4: what is agreed
def permissions(source: Source) -> Iterator[Block]:
    """Write section 4: what was asked of whom, by when, and what came of it."""
    rally = source.rally
    case = Permitting(plan=source.plan, rally=rally, rules=source.rules, where=source.where)
    if rally.kind.marches and case.customary:
        yield Words(text=f"Held to be a customary march, which needs no notice: {rally.customary}")
    elif fact := case.law_words[0]:
        yield Words(text=fact, strong=case.notice_law is not None)
    order = list(PermissionKind)
    found = sorted(
        source.plan.of(Permission, "rally_id", rally.id), key=lambda one: (order.index(one.kind), one.body, one.id)
    )
    if found:
        yield Table(
            columns=(
                Column(title="What", share=4),
                Column(title="To or from", share=4),
                Column(title="By, and sent on", share=0, figures=True),
                Column(title="Reference", share=3),
                Column(title="Status", share=3),
            ),
            rows=tuple(
                cells(
                    Cell(text=label(case.called(one.kind)), strong=True, small=_permission_words(one)),
                    one.body,
                    _dates(case, one),
                    one.reference or DASH,
                    _status(case, one),
                )
                for one in found
            ),
        )
    else:
        yield Missing(text="No notification, permission or insurance entered.")
    for want in wanted.lacking(case) if found else ():
        if want.call is wanted.Call.LAW or want.kind is PermissionKind.INSURANCE:
            to = f" ({want.body})" if want.body else ""
            yield Missing(text=f"No {case.called(want.kind)} entered{to}.")
    conditions = [one for one in found if one.conditions]
    if conditions:
        yield Heading(text="Conditions")
        yield Bullets(items=tuple(f"{_setter(case, one, conditions)}: {one.conditions}" for one in conditions))


def _setter(case: Permitting, one: Permission, every: Iterable[Permission]) -> str:
    """Say with what a condition came: one council may set several; with whom, where that alone tells them apart."""
    several = sum(other.kind is one.kind for other in every) > 1
    needed = "" if one.state is not PermissionState.NOT_NEEDED or case.needed(one) else state_word(one.kind, one.state)
    return ", ".join(part for part in (label(case.called(one.kind)), one.body if several else "", needed) if part)


def _status(case: Permitting, one: Permission) -> Cell:
    """Say how it stands; what is late, runs out, is needed after all or says what is not planned is not settled."""
    if case.replaced(one):
        return Cell(text="Replaced", muted=True)
    if case.changed(one):
        return Cell(text="Plan changed since", strong=True, boxed=True)
    wrong = (
        ("Needed", case.needed(one)),
        ("Sent late", case.sent_late(one)),
        ("Runs out", one.state is PermissionState.GRANTED and case.runs_out(one)),
    )
    if said := next((word for word, found in wrong if found), ""):
        return Cell(text=said, strong=True, boxed=True)
    return Cell(
        text=capital(state_word(one.kind, one.state)),
        strong=not one.state.settled,
        boxed=one.state in (PermissionState.TO_DO, PermissionState.REFUSED),
    )


def _dates(case: Permitting, one: Permission) -> Cell:
    due = case.due(one)
    sent = f"sent {day_words(one.sent_on)}" if one.sent_on else "not sent"
    return Cell(text=f"by {day_words(due.day)}", small=sent) if due else Cell(text=sent if one.sent_on else DASH)


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
    off = not stand_down.of_rally(source.plan, rally).on
    if off:
        yield Words(text="STOOD DOWN: none of these times holds.", strong=True)
    yield Table(
        columns=(Column(title="Time", share=0, figures=True), Column(title="What", share=1)),
        rows=tuple(
            cells(
                Cell(text=source.clock(when), strong=True, struck=off),
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
    lines = running_order_of(source.plan, rally)
    if not lines:
        yield Missing(text="No running order entered.")
        return
    yield Words(text=f"{issued_words(source.plan, rally)}. {OWN_VERSIONS}", small=True)
    rows = []
    for line in lines:
        item = line.item
        speaker = source.plan.find(Speaker, item.speaker_id)
        who = source.outside(who_words(source.plan, item)) or flat(speaker.organisation) if speaker else item.who
        fixed = "fixed" if item.fixed else ""
        if line.slack < 0:
            fixed = f"fixed for {clock(item.fixed) if item.fixed else ''}, {minutes_words(-line.slack)} late"
        elif line.slack > 0:
            fixed = f"fixed, {minutes_words(line.slack)} free before it"
        rows.append(
            cells(
                Cell(text=source.clock(line.starts), strong=True, struck=off),
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
            Cell(text=source.clock(rally.ends), strong=True, struck=off),
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
    ends = lines[-1].ends
    if late > 0:
        yield Words(
            text=f"The running order ends at {source.clock(ends)}, {minutes_words(late)} after the hard finish: "
            "shorten it.",
            strong=True,
        )
    else:
        spare = f"{minutes_words(-late)} before the hard finish" if late else "at the hard finish"
        yield Words(text=f"The running order ends at {source.clock(ends)}, {spare}.", small=True)


# ------------------------------------------------------------------------------------ 8: how many
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
