"""Where somebody's shift is, where they meet before it, and who leads there: at a picket, a rally's post or a stall."""

from __future__ import annotations

from datetime import timedelta

from rallyapp.domain import law
from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.rallies import Post, Rally, TeamMember, TeamRole
from rallyapp.domain.stalls import Stall
from rallyapp.domain.times import clock
from rallyapp.domain.words import capital, listed
from rallyapp.prints.audience import Naming
from rallyapp.prints.called import called
from rallyapp.prints.job import Job


def place_of(job: Job, shift: Shift) -> tuple[str, str, str]:
    """Name the entrance, post or stall, the site or venue, and the spot there; what is not known is empty."""
    plan, host = job.plan, job.plan.host(shift)
    if isinstance(host, Picket):
        entrance = plan.get(Entrance, host.entrance_id)
        spot = entrance.stand_at or entrance.map_reference
    elif isinstance(host, Rally):
        spot = plan.get(Post, shift.post_id).where
    else:
        spot = host.pitch
    where = called(job, plan.place_of(host).name)
    rally = job.say(host.title) if isinstance(host, Rally) else ""
    line = plan.line_name(shift)
    own = called(job, line) if isinstance(plan.line_of(shift), Stall) else job.say(line)
    return own, ", ".join(filter(None, (rally, where))), job.say(spot)


def meeting_of(job: Job, shift: Shift) -> str:
    """Say when and where people meet before a shift: "Meet 07:45 \u00b7 By the bus shelter"; empty where not known."""
    host = job.plan.host(shift)
    early = shift.starts - timedelta(minutes=shift.meet_minutes)
    time = clock(early) if shift.meet_minutes else ""
    if isinstance(host, Rally):
        briefing = clock(host.briefing) if host.briefing else ""
        words = " ".join(filter(None, (briefing, job.say(host.briefing_place))))
        if words:
            return f"Briefing: {words}"
        return f"Meet {time}" if time else ""
    spot = job.say(host.meet) if isinstance(host, Picket) else ""
    if not time:
        return f"Meet: {spot}" if spot else ""
    return f"Meet {time} \u00b7 {spot}" if spot else f"Meet {time}"


def leader_of(job: Job, shift: Shift, own: Assignment) -> str:
    """Say who leads there: "Picket organiser: Tomasz W."; empty where nobody is known, or it is oneself."""
    host = job.plan.host(shift)
    if isinstance(host, Picket):
        return _picket_leader(job, shift, own)
    return _chief(job, host, own) if isinstance(host, Rally) else _stall_contact(job, host)


def _picket_leader(job: Job, shift: Shift, own: Assignment) -> str:
    leads = [
        each
        for each in job.plan.of(Assignment, "shift_id", shift.id)
        if each.role is Role.SUPERVISOR and each.state.counts
    ]
    if own.role is Role.SUPERVISOR:
        return ""
    names = sorted(job.leader_name(each.person_id) for each in leads)
    word = capital(law.supervisor_word(job.rules, job.where, shift.starts.date()))
    return f"{word}: {listed(names)}" if listed(names) else f"{word}: not named yet"


def _chief(job: Job, rally: Rally, own: Assignment) -> str:
    team = job.plan.of(TeamMember, "rally_id", rally.id)
    chief = next((member for member in team if member.role is TeamRole.CHIEF_STEWARD), None)
    if chief is None or chief.person_id == own.person_id:
        return ""
    # A name that is not of a person in the plan can't be shortened.
    free = job.say(chief.name) if job.allowed.leaders is Naming.FULL else ""
    name = job.leader_name(chief.person_id) if chief.person_id else free
    return f"Chief steward: {name}" if name else ""


def _stall_contact(job: Job, stall: Stall) -> str:
    name = job.outside(stall.on_day_contact)
    return f"Ask for: {name}" if name else ""
