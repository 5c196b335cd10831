"""How the commands of rallies say a rally, in words and as JSON, and read what was typed of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from rallyapp.cli.shell import fail
from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.places import Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import ProgrammeItem, Rally, RallyDay, Speaker
from rallyapp.domain.records import to_plain
from rallyapp.domain.running_order import Line, overrun, running_order
from rallyapp.domain.times import day_words

T = TypeVar("T")


def small_part(store: Any) -> Plan:
    """Read what the standing and the place of every rally follow from."""
    return Plan([*store.all(StrikeDay), *store.all(Venue), *store.all(Rally), *store.all(RallyDay)])


def words_of(plan: Plan, each: Rally) -> str:
    """Say a rally, where it is and when."""
    venue = plan.get(Venue, each.venue_id).name
    return f"{each.title}, {venue}, {day_words(each.starts.date())} {each.words}"


def read(what: str, reader: Callable[[], T]) -> T:
    """Read something typed; what is wrong with it is said with the option's name."""
    try:
        return reader()
    except ValueError as error:
        fail(f"{what}: {str(error).rstrip('.')}.")


def plain_rally(plan: Plan, each: Rally) -> dict[str, Any]:
    """Give a rally as JSON, with its venue, its strike days and how it stands."""
    status = stand_down.of_rally(plan, each)
    return {
        **to_plain(each),
        "venue": plan.get(Venue, each.venue_id).name,
        "strike_days": [link.strike_day_id for link in plan.of(RallyDay, "rally_id", each.id)],
        "going": str(status.going),
        "why": status.why or None,
    }


def speaker_words(plan: Plan, line: Line) -> str:
    """Say who speaks on a line of the running order."""
    speaker = plan.find(Speaker, line.item.speaker_id)
    return speaker.name if speaker else line.item.who


def plain_order(plan: Plan, found: Rally) -> dict[str, Any]:
    """Give a running order as JSON, by the clock."""
    lines = running_order(plan.of(ProgrammeItem, "rally_id", found.id), found.starts)
    return {
        "lines": [
            {
                "starts": line.starts.isoformat("T", "minutes"),
                "ends": line.ends.isoformat("T", "minutes"),
                "title": line.item.title,
                "minutes": line.item.minutes,
                "fixed": line.item.fixed is not None,
                "who": speaker_words(plan, line),
                "stage_note": line.item.stage_note,
                "cue": line.item.cue,
                "slack": line.slack,
            }
            for line in lines
        ],
        "hard_finish": found.ends.isoformat("T", "minutes"),
        "over_by": max(0, overrun(lines, found.ends)),
    }
