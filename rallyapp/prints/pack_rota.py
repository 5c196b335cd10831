"""Section 7 and 14 of a picket supervisor's pack: the rota, who to ring, and the card for when it is called off."""

from __future__ import annotations

from collections.abc import Iterator

from rallyapp.domain.ids import PersonId
from rallyapp.domain.pickets import Role
from rallyapp.domain.words import capital
from rallyapp.prints import picket_head
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Card,
    Cards,
    Cell,
    Column,
    Form,
    FormField,
    Heading,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.pack_source import Source
from rallyapp.prints.rota_rows import Grid
from rallyapp.prints.wording import flat, unbroken

_TICK = Cell(text="", tick=True)
_MOST_OTHERS = 12  # rows for whoever the rota doesn't know


# ------------------------------------------------------------------------------------------ 7: the rota
def under_rota(source: Source, grid: Grid) -> Iterator[Block]:
    """Write what stands under the rows of section 7: what is gone from the rota, supporters, who to ring."""
    if not grid.rows:
        yield Missing(text="No shifts have been entered for this picket.")
    if grid.gone:
        yield Words(text=f"No longer on the rota: {', '.join(grid.gone)}.", strong=True)
    if grid.supporters:
        yield Words(text=f"{grid.supporters}: they stand apart and are counted, not named.")
    yield from ring(source)


def ring(source: Source) -> Iterator[Block]:
    """List who is rung in need: emergency, the duty phone, those in charge, and those outside the roster."""
    job, dispute = source.job, source.job.dispute
    cards = [
        Card(over="Emergency", name="Ambulance, fire, police", phone="999"),
        Card(
            over="Duty phone",
            name=dispute.duty_contact if dispute and dispute.duty_contact and source.full else "The union",
            phone=job.duty_phone,
        ),
    ]
    hours: dict[PersonId, list[str]] = {}
    for watch in source.watches():
        for one in watch.leaders:
            within = ", within call" if source.within_call(one) else ""
            hours.setdefault(one.person_id, []).append(watch.words + within)
    cards += [
        Card(over=capital(source.leader), name=job.leader_name(id), phone=job.phone(id), lines=tuple(times))
        for id, times in hours.items()
    ]
    for contact in source.contacts():
        cards.append(
            Card(
                over=capital(contact.kind),
                name=flat(contact.name or contact.organisation),
                phone=unbroken(contact.phone),
                lines=tuple(flat(part) for part in (contact.organisation,) if part and contact.name),
            )
        )
    yield Heading(text="Who to ring")
    yield Cards(cards=tuple(cards))


# ------------------------------------------------------------------------------------ 14: stand-down card
def stand_down_card(source: Source, grid: Grid) -> Iterator[Block]:
    """Write section 14: what to say if the picket is called off, and whom to tell, to tick by hand."""
    if_off = picket_head.if_off(source.job, source.leader)
    yield Words(
        text="Act on this card only when the duty phone or the organiser has told you, not on news or rumours.",
        strong=True,
    )
    yield Form(
        fields=(
            FormField(label="Who told me", tall=12),
            FormField(label="Day and time", tall=12),
            FormField(label="What is off (which day, which hours)", tall=12, share=2),
            FormField(label="Checked with the duty phone (time, by whom)", tall=12, share=2),
        )
    )
    yield Heading(text="What to say")
    yield Bullets(
        items=(
            "\u201cThe union has called off this action. This picket ends now. Thank you for coming.\u201d",
            "\u201cThe union itself tells you from when to work as normal; in doubt, ring the duty phone.\u201d",
            "To police and press: \u201cThe union has called it off; our duty phone can tell you more.\u201d",
            "Then sign everybody out, count armbands and kit, and leave nothing behind.",
        )
    )
    latest = if_off[2] or "not entered"
    yield Words(text=f"People were promised to be told at the latest by: {latest}.")
    yield Heading(text="Tell these people, in this order, and tick")
    rows = tuple(_to_tell(source, grid))
    yield Table(
        columns=(
            Column(title="Who", share=6),
            Column(title="Number", share=4),
            Column(title="Reached", share=3, centre=True),
            Column(title="Message", share=3, centre=True),
            Column(title="Time, by whom", share=4),
        ),
        rows=rows,
        tall=8.5,
        blank=_MOST_OTHERS,
        boxes=True,
        fills=True,
    )


def _to_tell(source: Source, grid: Grid) -> Iterator[tuple[Cell, ...]]:
    """List everybody on the picket once, with their first shift: those in charge first, then by time."""
    seen = set()
    on = [(shift, one) for shift in grid.shifts if source.off or source.going(shift) for one in grid.on[shift.id]]
    on.sort(key=lambda pair: pair[1].role is not Role.SUPERVISOR)
    for shift, one in on:
        if one.person_id in seen:
            continue
        seen.add(one.person_id)
        role = source.leader if one.role is Role.SUPERVISOR else str(one.role)
        yield cells(
            Cell(text=grid.name(one), strong=one.role is Role.SUPERVISOR, small=f"{shift.words}, {role}"),
            source.job.phone(one.person_id),
            _TICK,
            _TICK,
            "",
        )
