"""The steward briefing: pages for everybody in the order of IIMAC, and a strip for each post to cut off.

Information, Intention, Method, Administration, Communications. What is said aloud and must not be found on
a lost sheet (the code words) is a line to write on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rallyapp.domain import risks
from rallyapp.domain.crowd import crowd_words
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.pickets import Role
from rallyapp.domain.posts import figures, posts_of
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState, Risk, Section, TeamRole
from rallyapp.domain.team import chain, chain_words, team_of
from rallyapp.domain.times import day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Form,
    FormField,
    Heading,
    Keep,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.briefing_strips import Strip, pins_words, strips_of
from rallyapp.prints.gathering import Gathering
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.site_picture import Drawing
from rallyapp.prints.site_plan import drawings_of
from rallyapp.prints.wording import apart, flat, label

_LINED = 4  # people of a shift who have a line each in the table of all posts
_RISKS = 8  # as many as a briefing of a quarter of an hour can say
_DUTIES = (
    "Come to the briefing, sign in, and wear what shows that you are a steward all the time.",
    "Stay at your post until somebody relieves you; tell the chief steward before you leave it.",
    "Welcome people, show them the way, and keep the emergency route and the exits free.",
    "Look around: tell the chief steward at once what is wrong, and also what you are not sure of.",
    "Stay calm and touch nobody. Send police and press to the chief steward.",
    "Sign out, and hand back what you were given.",
)
# What every steward is told whatever was entered: it is in no rule's words alone.
NOT_STEWARDS_WORK = "Stewards do not search anybody, eject anybody or control doors."
_HAND_OUT = "A strip for each post: cut along the lines and hand them out at the briefing"
_KEEP = "A strip for each post, with numbers: keep these, and hand out those of the volunteer copy"
_CODE_WORDS = ("Stop the event", "Everybody leaves", "Somebody is hurt", "Lost child", "Trouble, come quietly")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the five parts; ``changed`` says that it is not as it was on the last print."""

    title: str
    blocks: tuple[Block, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Sheet):
    """The pages for everybody, the site plan, and the posts' strips. ``never`` is what no steward does."""

    parts: tuple[Part, ...]
    drawings: tuple[Drawing, ...]
    strips: tuple[Strip, ...]
    never: str
    briefing: str
    shred: str
    strips_title: str


def write(job: Job) -> Briefing:
    """Write a rally's steward briefing; raises UserError where there is no such rally."""
    g = Gathering.of(job)
    strips = strips_of(g)
    posts = tuple(_posts(g, strips))  # each of their rows is told to have changed by itself
    parts = (
        ("Information", _information(g), ()),
        ("Intention", _intention(g), ()),
        ("Method", _method(g), posts),
        ("Administration", _administration(g), ()),
        ("Communications", _communications(g), ()),
    )
    return Briefing(
        **g.head("Steward briefing"),
        blocks=(),
        foot=job.shred_words(),
        parts=tuple(_part(job, title, tuple(blocks), more) for title, blocks, more in parts),
        drawings=tuple(one for one in drawings_of(job, g, people=False) if one.svg or one.groups),
        strips=strips,
        never=NOT_STEWARDS_WORK,
        briefing=_briefing(g),
        shred=f"shred after {day_words(job.shred_after)}",
        strips_title=_KEEP if job.allowed.phones else _HAND_OUT,
    )


def _part(job: Job, title: str, blocks: tuple[Block, ...], more: tuple[Block, ...]) -> Part:
    return Part(title=title, blocks=(*blocks, *more), changed=job.line(title.lower(), blocks))


# -------------------------------------------------------------------------------------------- information
def _information(g: Gathering) -> Iterator[Block]:
    rally = g.rally
    yield Facts(
        rows=(
            ("What", f"{capital(rally.kind)}: {flat(g.job.say(rally.title))}"),
            ("Where", g.place),
            ("Expected at the peak", f"{rally.expected:,} people" if rally.expected is not None else ""),
            ("Map reference", g.map_reference),
        )
    )
    yield Table(
        columns=(Column(title="Time", share=0, figures=True), Column(title="What happens", share=1)),
        rows=tuple(
            cells(
                Cell(text=g.clock(when), strong=True, struck=g.standing.off),
                Cell(text=what, strong=when in (rally.starts, rally.ends), struck=g.standing.off),
            )
            for what, when in rally.times()
        ),
    )
    yield from _conditions(g)
    yield Heading(text="Who is in charge")
    yield from _team(g)
    yield from _problems(g)


def _conditions(g: Gathering) -> Iterator[Block]:
    """Give the conditions that the police, the council or the landowner set (R6)."""
    yield Heading(text="Conditions that we must keep to")
    off = (PermissionState.NOT_NEEDED, PermissionState.REFUSED)
    order = list(PermissionKind)
    case = Permitting(plan=g.job.plan, rally=g.rally, rules=g.job.rules, where=g.job.where)
    found = sorted(
        (
            one
            for one in g.job.plan.of(Permission, "rally_id", g.rally.id)
            if one.conditions and one.state not in off and not case.replaced(one)
        ),
        key=lambda one: (order.index(one.kind), one.body, one.id),
    )
    if found:
        yield Bullets(
            items=tuple(
                f"{flat(g.job.say(one.body)) or label(case.called(one.kind))}: {g.job.say(one.conditions)}"
                for one in found
            )
        )
    else:
        yield Missing(text="None entered. The police may set some on the day: ask at the briefing.")
    for line in g.job.rule_words(("R6a", "R6b"), g.day):
        yield Words(text=line, small=True)


def _team(g: Gathering) -> Iterator[Block]:
    rows = []
    lacking = []
    for role in TeamRole:
        known = [member for member in team_of(g.job.plan, g.rally.id, role) if g.leader(member)]
        if not known:
            lacking.append(str(role))
        for member in known:
            row = [Cell(text=capital(role), muted=True), Cell(text=g.leader(member), strong=True)]
            if g.job.allowed.phones:
                row.append(Cell(text=g.leader_phone(member)))
            rows.append((*row, Cell(text="may stop the event" if member.may_stop else "", strong=True)))
    if rows:
        yield Table(
            columns=(
                Column(title="Role", share=4),
                Column(title="Name", share=6),
                *((Column(title="Number", share=0, figures=True),) if g.job.allowed.phones else ()),
                Column(title="", share=4),
            ),
            rows=tuple(rows),
        )
    if lacking:
        yield Missing(text=f"Nobody entered as {listed(lacking)}.")
    known_chain = chain(g.job.plan, g.rally.id)
    sentences = () if known_chain.circle else chain_words(known_chain, g.leader)
    if sentences:
        yield Words(text=f"Chain of command: {' '.join(sentences)}")


def _problems(g: Gathering) -> Iterator[Block]:
    """Give the hazards that are left highest, and what is done about them."""
    yield Heading(text="What may go wrong")
    found = sorted(
        g.job.plan.of(Risk, "rally_id", g.rally.id), key=lambda risk: (-risks.now(risk), risk.position, risk.id)
    )
    if not found:
        yield Missing(text="No risks entered.")
        return
    yield Table(
        columns=(
            Column(title="What", share=4),
            Column(title="What is done about it", share=8),
            Column(title="Tell", share=3),
        ),
        rows=tuple(
            cells(Cell(text=g.job.say(risk.hazard), strong=True), g.job.say(risk.control), g.job.say(risk.owner))
            for risk in found[:_RISKS]
        ),
    )
    if len(found) > _RISKS:
        yield Words(text=f"And {counted(len(found) - _RISKS, 'more', 'more')} in the rally plan.", small=True)


# ------------------------------------------------------------------------------------ intention and method
def _intention(g: Gathering) -> Iterator[Block]:
    if g.rally.purpose.strip():
        yield Words(text=g.job.say(g.rally.purpose), strong=True)
    else:
        yield Missing(text="What the rally is for is not entered.")
    yield Words(text="Stewards are there so that everybody can come, take part and go home safely.")


def _method(g: Gathering) -> Iterator[Block]:
    yield Heading(text="Your duties")
    for line in g.job.rule_words(("R12",), g.day):
        yield Words(text=line)
    yield Bullets(items=_DUTIES, numbered=True)
    yield Words(text=NOT_STEWARDS_WORK, strong=True)
    yield from g.prose(Section.STEWARDING)
    levels = [level for level in crowd_words([g.written(Section.CROWD)]).levels if level]
    if levels:
        yield Heading(text="When so many have come")
        yield Bullets(items=tuple(levels))
    yield Heading(text="If something happens")
    if g.written(Section.EMERGENCY):
        yield from g.prose(Section.EMERGENCY)
    else:
        yield Missing(text="No emergency procedures entered.")
    stop = g.may_stop()
    yield Facts(
        rows=(
            ("In an emergency", "Ring 999, then tell the chief steward"),
            ("May stop the event", stop),
            ("First aid", _first_aid(g)),
            ("Defibrillator", g.job.say(g.venue.defibrillator)),
            ("Nearest A&E", g.job.say(g.venue.nearest_ae)),
            ("Emergency vehicles", g.job.say(g.venue.emergency_access)),
        )
    )


def _first_aid(g: Gathering) -> str:
    """Say where first aid is: its posts, with their numbers on the site plan."""
    places = []
    for post in posts_of(g.job.plan, g.rally.id):
        if post.role is Role.FIRST_AIDER:
            pin = pins_words(g, post)
            inside = ", ".join(
                part for part in (flat(g.job.say(post.where)), f"{pin} on the plan" if pin else "") if part
            )
            places.append(f"{flat(g.job.say(post.name))}{f' ({inside})' if inside else ''}")
    return listed(places)


def _posts(g: Gathering, strips: Sequence[Strip]) -> Iterator[Block]:
    """List all posts: who is where tells everybody whom to look for."""
    yield Heading(text="All posts")
    if not strips:
        yield Missing(text="No steward posts entered.")
        return
    rows, changed = [], []
    for strip in strips:
        first, again = Cell(text=strip.post, strong=True, small=strip.where), Cell(text=strip.post, muted=True)
        if not strip.shifts:
            rows.append(cells(strip.pin, first, "", Cell(text="No shift entered.", muted=True)))
        for at, shift in enumerate(strip.shifts):
            if shift.changed:
                changed.append(len(rows))
            who = "\n".join((*_together(g, shift.who), *_gap_words(shift.gaps)))
            rows.append(
                cells(
                    strip.pin,
                    first if at == 0 else again,
                    Cell(text=shift.times, struck=bool(shift.off)),
                    Cell(text=who, struck=bool(shift.off), small="" if g.standing.off else shift.off),
                )
            )
    yield Table(
        columns=(
            Column(title="On plan", share=0, centre=True, figures=True),
            Column(title="Post", share=6),
            Column(title="Time", share=0, figures=True),
            Column(title="Who", share=6),
        ),
        rows=tuple(rows),
        changed=tuple(changed),
    )
    wanted = figures(g.job.plan, g.rally, g.job.rules).stewards
    if g.job.allowed.remarks and wanted.wanted is not None and wanted.people < wanted.wanted.number:
        yield Words(
            text=f"{counted(wanted.people, 'steward')} on the list so far, {wanted.wanted.number:,} wanted: "
            f"{wanted.wanted.sentence}",
            small=True,
        )


def _together(g: Gathering, who: Sequence[str]) -> Sequence[str]:
    """Give a few people a line each, and many a paragraph; who has a number keeps a line with it."""
    return who if len(who) <= _LINED or g.job.allowed.phones else ("; ".join(map(apart, who)),)


def _gap_words(gaps: int) -> tuple[str, ...]:
    return (*["GAP"] * min(gaps, 4), *([f"and {gaps - 4} more"] if gaps > 4 else []))


# ------------------------------------------------------------------------ administration, communications
def _briefing(g: Gathering) -> str:
    """Say when and where stewards are briefed."""
    at = g.clock(g.rally.briefing) if g.rally.briefing else ""
    return ", ".join(part for part in (at, flat(g.job.say(g.rally.briefing_place))) if part)


def _administration(g: Gathering) -> Iterator[Block]:
    yield Facts(
        rows=(
            ("Briefing and sign-in", _briefing(g)),
            ("What you wear", g.job.say(g.rally.steward_dress)),
            ("Toilets", g.job.say(g.venue.toilets)),
            ("Water", g.job.say(g.venue.water)),
            ("Step-free", g.job.say(g.venue.step_free)),
            ("Site handed back", g.clock(g.rally.handed_back) if g.rally.handed_back else ""),
        )
    )
    yield Form(fields=(FormField(label="Breaks: when, who relieves you"), FormField(label="Food and drink: where")))
    for section, title in (
        (Section.ACCESS, "Access and welfare"),
        (Section.SAFEGUARDING, "Lost children, adults at risk, lost property"),
        (Section.WASTE, "At the end"),
    ):
        if g.written(section):
            yield Heading(text=title)
            yield from g.prose(section)
    yield Heading(text="If it is called off")
    told_by = g.job.say(g.job.dispute.told_by) if g.job.dispute else ""
    yield Facts(rows=(("You are told by", flat(told_by)),))
    yield from g.prose(Section.STAND_DOWN)


def _communications(g: Gathering) -> Iterator[Block]:
    chief = g.reached(TeamRole.CHIEF_STEWARD)
    yield Facts(
        rows=(
            ("Chief steward", chief),
            ("Duty phone", g.job.duty_phone),
            ("Press goes to", g.named(TeamRole.MEDIA)),
            ("Police liaison", g.named(TeamRole.POLICE_LIAISON)),
        )
    )
    if g.written(Section.COMMUNICATIONS):
        yield from g.prose(Section.COMMUNICATIONS)
    else:
        yield Missing(text="Nothing entered on radios, channels or call signs.")
    yield Heading(text="Code words")
    yield Keep(
        blocks=(
            Words(text="They are said at the briefing. Write them here, and say them to nobody who is not a steward."),
            Form(fields=tuple(FormField(label=each) for each in (*_CODE_WORDS, "Channel, or number to ring"))),
        )
    )
