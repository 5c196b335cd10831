"""What the plan knows already of a section that is written in words: read where it was entered, never typed twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from rallyapp.domain.pickets import Role
from rallyapp.domain.rallies import Post, Section, TeamRole
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import Turn
from rallyapp.domain.times import day_words
from rallyapp.domain.words import capital, listed
from rallyapp.prints.audience import Audience
from rallyapp.prints.rally_source import Source
from rallyapp.prints.wording import label
from rallyapp.ui.pages.rallies.part import Seen

NOT_YET = "not entered yet"
_TEAM, _GLANCE, _SITE, _STALLS, _FIRST_AID = 2, 1, 6, 11, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known: labels with values, where each is entered (sections by number), and lines in order."""

    rows: tuple[tuple[str, str], ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    listed: tuple[str, ...] = ()
    list_title: str = ""


def known_of(section: Section, seen: Seen) -> Known:
    """Say what the plan knows of a section already."""
    source = Source.of(seen.plan, seen.rules, seen.rally.id, Audience.ORGANISER)
    venue = seen.venue
    match section:
        case Section.ACCESS:
            return _known(
                ("Access lead", _team(source, TeamRole.ACCESS)),
                ("Step-free", venue.step_free),
                ("Toilets", venue.toilets),
                ("Water", venue.water),
                sections=(("Team", _TEAM), ("Site and plan", _SITE)),
            )
        case Section.SAFEGUARDING:
            posts = [each for each in seen.plan.of(Post, "rally_id", seen.rally.id) if each.role is Role.FIRST_AIDER]
            return _known(
                ("First-aid point", listed(f"{each.name}{f', {each.where}' if each.where else ''}" for each in posts)),
                ("Chief steward", _team(source, TeamRole.CHIEF_STEWARD)),
                sections=(("Team", _TEAM), ("First aid", _FIRST_AID)),
            )
        case Section.COMMUNICATIONS:
            return _known(
                ("On the day", ", ".join(part for part in source.on_the_day() if part)),
                ("Press", _team(source, TeamRole.MEDIA)),
                ("Police liaison", _team(source, TeamRole.POLICE_LIAISON)),
                sections=(("Team", _TEAM),),
            )
        case Section.TRANSPORT:
            set_up = seen.rally.set_up
            stalls = seen.plan.of(Stall, "rally_id", seen.rally.id)
            vehicles = listed(dict.fromkeys(each.vehicle for each in stalls if each.vehicle))
            rows = [("Set-up from", source.clock(set_up) if set_up else "")]
            rows += [("Stalls\u2019 vehicles", vehicles)] if stalls else []
            links = (("At a glance", _GLANCE), *((("Stalls", _STALLS),) if stalls else ()))
            return _known(*rows, ("Emergency vehicles", venue.emergency_access), sections=(*links, ("Site", _SITE)))
        case Section.EMERGENCY:
            stop = (each for role in TeamRole for each in source.team(role) if each.may_stop)
            return _known(
                ("May stop the event", listed(dict.fromkeys(map(source.member_name, stop)))),
                ("Emergency vehicles", venue.emergency_access),
                ("Nearest A&E", venue.nearest_ae),
                ("Defibrillator", venue.defibrillator),
                sections=(("Team", _TEAM), ("Site and plan", _SITE)),
            )
        case Section.STAND_DOWN:
            return _stand_down(source, seen)
        case Section.WASTE:
            back = seen.rally.handed_back
            return _known(
                ("Site handed back", source.clock(back) if back else ""),
                ("Landowner", venue.landowner),
                sections=(("At a glance", _GLANCE), ("Site and plan", _SITE)),
            )
        case Section.DATA:
            ends = [day.last_date for day in source.days] or [source.day]
            shred = seen.plan.settings.delete_after or max(ends) + timedelta(days=7)
            contact = source.dispute.data_contact if source.dispute else ""
            return _known(("Shred after", day_words(shred)), ("Data protection", contact))
    return Known()


def _known(*rows: tuple[str, str], sections: tuple[tuple[str, int], ...] = ()) -> Known:
    return Known(rows=tuple((name, value or NOT_YET) for name, value in rows), sections=sections)


def _team(source: Source, role: TeamRole) -> str:
    return listed(
        ", ".join(part for part in (source.member_name(each), source.member_phone(each)) if part)
        for each in source.team(role)
    )


def _stand_down(source: Source, seen: Seen) -> Known:
    rally, status = seen.rally, seen.status
    if not status.on:
        going = f"Stood down: {status.why}"
    elif rally.override_reason:
        going = f"{capital(rally.override)}, decided by {rally.override_by}: {rally.override_reason}"
    else:
        going = "Goes ahead while one of its strike days does" if source.days else "Belongs to no strike day"
    days = (("Belongs to", f"{capital(day.kind)}, {day.words}: {day.state}") for day in source.days)
    return Known(
        rows=(("This rally", going), *days),
        sections=(("At a glance", _GLANCE),),
        listed=tuple(label(turn.words) for turn in Turn),
        list_title="Who is told, in this order",
    )
