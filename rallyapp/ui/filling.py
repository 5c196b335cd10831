"""Fill rota, from the click to one edit that can be undone; the builder runs off the main thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.rota.fill import Proposal, fill, shifts_in
from rallyapp.ui.desk import Desk
from rallyapp.ui.printing import PAINT
from rallyapp.ui.tasks import Cancelled, Progress, in_thread


async def fill_rota(desk: Desk, over: Callable[[], None]) -> None:
    """Put people on the shifts that are short, as one edit; ``over`` is told when it has ended."""
    store, jobs, messages = desk.store, desk.jobs, desk.messages

    def stop() -> None:
        jobs.cancel("fill")

    words = "Filling the rota\u2026"
    told = jobs.progress("fill", lambda per_cent: messages.working(f"{words} {per_cent} %", stop))
    messages.working(words, stop)
    try:
        await asyncio.sleep(PAINT)
        version = store.version
        proposal, example = await in_thread(_proposed, await desk.picture.ready(), told)
        if store.version != version:
            raise UserError("The plan was changed while the rota was being filled: nothing was written. Fill it again.")
        if not proposal.any:
            messages.news(_nothing_to_fill(proposal, example))
            return
        count = len(proposal.saved)
        messages.working(f"Writing {count:,} {'place' if count == 1 else 'places'}\u2026")
        await asyncio.sleep(PAINT)
        with store.edit(proposal.label) as edit:
            for gone in proposal.dropped:
                edit.delete(gone)
            edit.save_all(proposal.saved)
        done = edit.operation.id
        messages.news(_filled(proposal), "Undo", lambda: desk.undo(done), about=done)
    except Cancelled:
        messages.news("Cancelled: nothing was written.")
    finally:
        asyncio.get_running_loop().call_soon(over)


def _proposed(plan: Plan, told: Progress) -> tuple[Proposal, str]:
    """Build the rota, and explain its first gap while that keeps nobody waiting."""
    proposal = fill(plan, shifts_in(plan), progress=told)
    return proposal, proposal.why(proposal.gaps[0]).words if proposal.gaps else ""


def _filled(proposal: Proposal) -> str:
    count, gone = len(proposal.saved), len(proposal.dropped)
    missing = sum(gap.missing for gap in proposal.gaps)
    said = f"Filled {count:,} {'place' if count == 1 else 'places'}"
    if gone:
        said += f" and took {gone:,} earlier {'proposal' if gone == 1 else 'proposals'} back"
    said += f".{_absent(proposal)}"
    if not missing:
        return f"{said} Every shift has the people that it needs. {proposal.sentence}"
    return f"{said} {missing:,} {'place is' if missing == 1 else 'places are'} still empty. {proposal.sentence}"


def _absent(proposal: Proposal) -> str:
    """Say how many stay on a shift and can't be there; they are named by the checks and by ``fill``."""
    people = len({each.assignment.person_id for each in proposal.absent})
    if not people:
        return ""
    return (
        f" {people:,} {'person who stays' if people == 1 else 'people who stay'} can\u2019t be there: see the checks."
    )


def _nothing_to_fill(proposal: Proposal, example: str) -> str:
    if not proposal.gaps:
        return f"There is nothing to fill: every shift has the people that it needs.{_absent(proposal)}"
    return f"Nobody could be added. For example: {example}.{_absent(proposal)}"
