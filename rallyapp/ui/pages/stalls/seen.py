"""What the page knows: all stalls with where they are, and how each stands, in the words and tones of the window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rallyapp.domain import stand_down
from rallyapp.domain.pickets import Picket
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Rally
from rallyapp.domain.stall_edits import host_status, size_words, starts_of, where_words
from rallyapp.domain.stalls import Partner, Stall, StallState
from rallyapp.domain.stand_down import Going, Status
from rallyapp.domain.times import day_words
from rallyapp.ui.models.fill import Tone
from rallyapp.ui.pages.stalls.stall_list import Row

_TONES = {
    StallState.CONFIRMED: Tone.MET,
    StallState.OFFERED: Tone.SHORT,
    StallState.ENQUIRY: Tone.SHORT,
    StallState.DECLINED: Tone.OFF,
    StallState.STOOD_DOWN: Tone.NOBODY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A stall with its partner, its place and whether it goes ahead."""

    plan: Plan
    stall: Stall
    partner: Partner
    where: str
    host: Status
    status: Status

    @property
    def state(self) -> tuple[str, Tone]:
        """How far it has come, or that it is off, or open whether it is."""
        return state_of(self.stall, self.status.going)


def state_of(stall: Stall, going: Going) -> tuple[str, Tone]:
    """Say how far a stall has come, or that it is off, or open whether it is."""
    if stall.state is StallState.DECLINED:
        return "Declined", Tone.OFF
    if going is Going.STOOD_DOWN:
        return "Stood down", Tone.NOBODY
    if going is Going.UNDECIDED:
        return "Not decided", Tone.SHORT
    return stall.state[0].upper() + stall.state[1:], _TONES[stall.state]


def see(plan: Plan, id: str) -> Seen | None:
    """Give a stall by its id; None where it is gone."""
    stall = plan.find(Stall, id)
    if stall is None:
        return None
    return Seen(
        plan=plan,
        stall=stall,
        partner=plan.get(Partner, stall.partner_id),
        where=where_words(plan, stall),
        host=host_status(plan, stall),
        status=stand_down.of_stall(plan, stall),
    )


def stall_rows(plan: Plan) -> Iterator[Row]:
    """List the stalls in order of time, below the rally or the picket at which they are."""
    shown = ""
    for stall in sorted(plan.all(Stall), key=lambda each: _order(plan, each)):
        host = stall.rally_id or stall.picket_id or ""
        if host != shown:
            shown = host
            yield _heading(plan, stall)
        state, tone = state_of(stall, stand_down.of_stall(plan, stall).going)
        size = size_words(stall.width, stall.depth)
        pitch = ", ".join(filter(None, (stall.pitch, size)))
        yield Row(
            id=stall.id,
            title=plan.get(Partner, stall.partner_id).name,
            note=pitch or "No pitch yet",
            state=state,
            tone=tone,
        )


def _order(plan: Plan, stall: Stall) -> tuple[object, ...]:
    host = stall.rally_id or stall.picket_id or ""
    return starts_of(plan, stall), host, plan.get(Partner, stall.partner_id).name.casefold(), stall.id


def _heading(plan: Plan, stall: Stall) -> Row:
    if stall.rally_id:
        rally = plan.get(Rally, stall.rally_id)
        when, title = f"{day_words(rally.starts.date())}, {rally.words}", rally.title
    else:
        picket = plan.get(Picket, stall.picket_id)
        when = f"{day_words(picket.starts.date())}, {picket.words}"
        title = f"Picket: {plan.picket_words(picket).split(f', {day_words(picket.starts.date())}')[0]}"
    return Row(id=f"at {stall.rally_id or stall.picket_id}", title=title, note=when, heading=True)


def partner_rows(plan: Plan) -> Iterator[Row]:
    """List the partners by name, with how many stalls each has."""
    for partner in sorted(plan.all(Partner), key=lambda each: (each.name.casefold(), each.id)):
        number = len(plan.of(Stall, "partner_id", partner.id))
        stalls = f"{number} {'stall' if number == 1 else 'stalls'}" if number else "No stall yet"
        yield Row(id=partner.id, title=partner.name, note=", ".join(filter(None, (stalls, partner.contact_name))))
