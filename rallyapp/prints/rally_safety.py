"""Sections 13 to 22 of the rally plan: people's welfare, what can go wrong, and the end of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rallyapp.domain import law
from rallyapp.domain.pickets import Role
from rallyapp.domain.posts import figures, posts_of, shifts_of
from rallyapp.domain.rallies import Post, Risk, Section, TeamRole
from rallyapp.domain.risks import Band, band
from rallyapp.domain.stand_down import Turn
from rallyapp.domain.times import day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Figure,
    Heading,
    Lines,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.rally_source import Source


def access(source: Source) -> Iterator[Block]:
    """Write section 13: that everybody can come, stay and leave."""
    venue = source.venue
    yield Facts(
        rows=(
            ("Access lead", source.members(TeamRole.ACCESS)),
            ("Step-free", venue.step_free),
            ("Toilets", venue.toilets),
            ("Water", venue.water),
        )
    )
    yield from source.note(Section.ACCESS, "Nothing entered on seating, BSL, a quiet space or the weather.")
    for line in source.law("R17"):
        yield Words(text=line, small=True)


def first_aid(source: Source) -> Iterator[Block]:
    """Write section 14: how many first aiders and why, and where help is."""
    rally, venue = source.rally, source.venue
    known = figures(source.plan, rally, source.rules).first_aiders
    if (figure := known.wanted) is not None:
        yield Figure(number=str(figure.number), label="first aiders", text=capital(figure.sentence))
    else:
        yield Missing(text="No expected number entered, so no number of first aiders is suggested.")
    for line in source.law("R13"):
        yield Words(text=line, small=True)
    lead = source.members(TeamRole.FIRST_AID)
    if not lead:
        yield Missing(text="No first-aid lead entered.")
    posts = [post for post in posts_of(source.plan, rally.id) if post.role is Role.FIRST_AIDER]
    points = []
    for post in posts:
        for shift in shifts_of(source.plan, post.id):
            people, gaps = source.crew(shift)
            who = listed([*people, f"{gaps} \u00d7 GAP" if gaps > 1 else "GAP" if gaps else ""])
            points.append(f"{_place(post)}, {shift.words}: {who or 'nobody yet'}")
    rows = (
        *((("First-aid lead", lead),) if lead else ()),
        ("First-aid point", "\n".join(points)),
        ("Defibrillator", venue.defibrillator),
        ("Nearest A&E", venue.nearest_ae),
        ("Ambulance access", venue.emergency_access),
    )
    yield Facts(rows=rows)
    yield from source.note(Section.FIRST_AID, "Nothing more entered on first aid.")


def _place(post: Post) -> str:
    return f"{post.name} ({post.where})" if post.where else post.name


def safeguarding(source: Source) -> Iterator[Block]:
    """Write section 15."""
    yield from source.note(Section.SAFEGUARDING, "Nothing entered on safeguarding, lost children or lost property.")


def communications(source: Source) -> Iterator[Block]:
    """Write section 16."""
    contact, phone = source.on_the_day()
    yield Facts(
        rows=(
            ("On the day", ", ".join(part for part in (contact, phone) if part)),
            ("Press", source.members(TeamRole.MEDIA)),
        )
    )
    yield from source.note(Section.COMMUNICATIONS, "Nothing entered on radios, call signs or announcements.")


def transport(source: Source) -> Iterator[Block]:
    """Write section 17."""
    yield from source.note(Section.TRANSPORT, "Nothing entered on transport, parking or deliveries.")


def emergency(source: Source) -> Iterator[Block]:
    """Write section 18: what everybody does when something happens."""
    yield Facts(
        rows=(
            ("In an emergency", "Ring 999, then the event lead"),
            ("Emergency vehicles", source.venue.emergency_access),
        )
    )
    yield from source.note(Section.EMERGENCY, "No emergency procedures entered.")
    for line in source.law("R14"):
        yield Words(text=line, small=True)


def cancellation(source: Source) -> Iterator[Block]:
    """Write section 19: when it is off, who says so, and who is told in which order."""
    rally = source.rally
    if why := source.why_off:
        yield Words(text=f"Stood down: {why}.", strong=True)
    elif rally.override_reason:
        by = f", decided by {rally.override_by}: {rally.override_reason}" if source.allowed.remarks else "."
        yield Words(text=f"It {rally.override}{by}", strong=True)
    if source.days:
        yield Facts(
            rows=tuple(
                (
                    "Belongs to",
                    f"{capital(day.kind)}, {day.words}: {day.state}",
                )
                for day in source.days
            )
        )
    yield from source.note(Section.STAND_DOWN, "Nothing entered on what would stand it down, who decides and by when.")
    yield Heading(text="Who is told, in this order")
    leader = law.supervisor_word(source.rules, source.where, source.day)
    turns = (turn.words.replace(str(Role.SUPERVISOR), leader) for turn in Turn)
    yield Bullets(items=tuple(capital(words) for words in turns), numbered=True)


def risks(source: Source) -> Iterator[Block]:
    """Write section 20: the risk assessment, scored before and after what is done about it."""
    found = sorted(
        source.plan.of(Risk, "rally_id", source.rally.id), key=lambda risk: (risk.position, risk.hazard, risk.id)
    )
    if not found:
        yield Missing(text="No risks entered.")
        return
    steps = "; ".join(f"{each.words} from {each.value}" for each in Band)
    yield Words(
        text=f"Likelihood (1 to 5) \u00d7 severity (1 to 5) = score: {steps} (RallyApp\u2019s own bands). "
        "Before and after what is done about it.",
        small=True,
    )
    yield Table(
        columns=(
            Column(title="Hazard", share=5),
            Column(title="Who may be harmed", share=4),
            Column(title="Before", share=0, centre=True, figures=True),
            Column(title="What is done about it", share=8),
            Column(title="After", share=0, centre=True, figures=True),
            Column(title="Owner", share=3),
        ),
        rows=tuple(
            cells(
                Cell(text=risk.hazard, strong=True),
                risk.harmed,
                _score(risk.likelihood, risk.severity),
                risk.control,
                _score(risk.left_likelihood, risk.left_severity),
                risk.owner,
            )
            for risk in found
        ),
    )
    unscored = sum(risk.left_likelihood is None or risk.left_severity is None for risk in found)
    if unscored:
        yield Missing(text=f"Not judged after what is done about it: {counted(unscored, 'hazard')}.")
    unowned = sum(not risk.owner.strip() for risk in found)
    if unowned:
        yield Missing(text=f"Without anybody who sees to it: {counted(unowned, 'hazard')}.")


def _score(likelihood: int | None, severity: int | None) -> Cell:
    if likelihood is None or severity is None:
        return Cell(text="\u2013", muted=True)
    score = likelihood * severity
    found = band(score)
    return Cell(text=str(score), strong=True, shade=found.level, small=f"{likelihood} \u00d7 {severity}\n{found.words}")


def waste(source: Source) -> Iterator[Block]:
    """Write section 21."""
    back = source.rally.handed_back
    yield Facts(rows=(("Site handed back", source.clock(back) if back else ""),))
    yield from source.note(Section.WASTE, "Nothing entered on waste and leaving the site.")


def data(source: Source) -> Iterator[Block]:
    """Write section 22: what becomes of this paper, and who signs it off."""
    yield from source.note(Section.DATA, "")
    ends = [day.last_date for day in source.days] or [source.day]
    shred = source.plan.settings.delete_after or max(ends) + timedelta(days=7)
    shows = "shows who is in a trade union" if source.named else "names nobody but the event team"
    yield Words(
        text=f"This plan {shows}. Keep it with you, give it to nobody who is not on the "
        f"distribution list, and shred it after {day_words(shred)}.",
        strong=True,
    )
    contact = source.dispute.data_contact if source.dispute else ""
    yield Facts(rows=(("Data protection contact", contact),))
    yield Heading(text="Signed off by")
    roles = (TeamRole.EVENT_LEAD, TeamRole.SAFETY, TeamRole.CHIEF_STEWARD)
    yield Lines(
        labels=tuple(
            f"{capital(role)}{f': {names}' if names else ''}"
            for role in roles
            for names in (listed(source.member_name(member) for member in source.team(role)),)
        )
    )
