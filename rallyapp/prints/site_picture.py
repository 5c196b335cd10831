"""A site plan as it is drawn: the picture, its numbered signs, and their legend in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rallyapp.domain import site_plans
from rallyapp.domain.pickets import Assignment
from rallyapp.domain.places import Pin, PinKind, SitePlan
from rallyapp.domain.posts import shifts_of
from rallyapp.domain.rallies import Post
from rallyapp.domain.stalls import Stall
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.audience import Audience, Naming
from rallyapp.prints.blocks import Block, grid_svg, svg_of
from rallyapp.prints.job import Job
from rallyapp.prints.wording import flat

# The legend's groups in order; what helps somebody in need stands first.
_GROUPS = (
    ("First aid and emergencies", (PinKind.FIRST_AID, PinKind.EMERGENCY)),
    ("For everybody", (PinKind.STAGE, PinKind.ASSEMBLY, PinKind.INFORMATION, PinKind.ENTRANCE)),
    ("Toilets and water", (PinKind.TOILETS, PinKind.WATER)),
    ("Stalls", (PinKind.STALL,)),
    ("Stewards\u2019 posts", (PinKind.POST,)),
    ("Also marked", (PinKind.OTHER,)),
)
# How a sign is drawn, so that its group is seen in black and white too; circles where nothing is said.
_SHAPES = {
    PinKind.FIRST_AID: "dark circle",
    PinKind.EMERGENCY: "dark square",
    PinKind.STALL: "grey circle",
    PinKind.POST: "square",
}
# What everybody must find before they look at anything else.
_FIRST = (
    ("First aid", (PinKind.FIRST_AID,)),
    ("Keep clear for emergency vehicles", (PinKind.EMERGENCY,)),
    ("Where to meet, where to ask", (PinKind.ASSEMBLY, PinKind.INFORMATION)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A numbered sign at thousandths of the picture's width and height, and its line of the legend."""

    number: int
    name: str
    words: str
    x: int
    y: int
    shape: str
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Signs of one sort, in order of their numbers."""

    title: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What must be found first, and the numbers under which it is; none where it is not marked."""

    what: str
    numbers: tuple[int, ...]
    names: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A site plan with everything on it. ``svg`` is empty where there is no picture; ``note`` says what is lacking."""

    title: str
    alt: str
    svg: str
    width: int
    height: int
    groups: tuple[Group, ...]
    first: tuple[Find, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate(Block):
    """A site plan as a part of a longer document."""

    drawing: Drawing
    kind: str = "plate"


def drawing_of(job: Job, one: SitePlan, pins: Sequence[Pin], *, people: bool = True, rows: bool = True) -> Drawing:
    """Draw a site plan for an audience; ``pins`` have the names of what they mark; ``rows`` notes each as a row.

    The public is not shown where stewards stand; the numbers stay those of every other copy.
    """
    shown = [pin for pin in pins if job.audience is not Audience.PUBLIC or pin.kind is not PinKind.POST]
    width, height = (one.width, one.height) if one.width > 0 < one.height else site_plans.BLANK
    sketch = not one.picture and bool(pins)
    svg = grid_svg(width, height) if sketch else svg_of(one.picture, width, height)
    signs = {pin.id: _sign(job, pin, people, rows) for pin in shown}
    marked = f" with {counted(len(signs), 'numbered sign')}, listed in the legend" if signs else ""
    title = flat(job.say(one.title))
    return Drawing(
        title=title,
        alt=f"{'Sketch on a grid' if sketch else 'Site plan'}: {title}{marked}",
        svg=svg,
        width=width,
        height=height,
        groups=tuple(
            Group(title=words, signs=found)
            for words, kinds in _GROUPS
            if (found := tuple(signs[pin.id] for pin in shown if pin.kind in kinds))
        ),
        first=tuple(_find(words, [signs[pin.id] for pin in shown if pin.kind in kinds]) for words, kinds in _FIRST),
        note=_note(sketch, svg, one),
    )


def _find(what: str, signs: Iterable[Sign]) -> Find:
    known = list(signs)
    names = listed(f"{sign.number} {sign.name}" if len(known) > 1 else sign.name for sign in known)
    return Find(what=what, numbers=tuple(sign.number for sign in known), names=names)


def _note(sketch: bool, svg: str, one: SitePlan) -> str:
    if sketch:
        return "Sketched on a grid and not to scale: no picture of the place was added."
    if svg:
        return "Not to a stated scale."
    if one.picture:
        return "The picture of this site plan can\u2019t be read as PNG, JPEG, GIF or WebP."
    return "The picture of this site plan has not been added, and nothing is marked on it."


def _sign(job: Job, pin: Pin, people: bool, rows: bool) -> Sign:
    name = flat(job.say(pin.label)) or capital(pin.kind)
    words = str(pin.kind)
    if pin.post_id:
        words = _post_words(job, job.plan.get(Post, pin.post_id), people)
    elif pin.stall_id:
        words = flat(job.say(job.plan.get(Stall, pin.stall_id).pitch))
    if words.casefold() == name.casefold():
        words = ""
    shape = _SHAPES.get(pin.kind, "circle")
    changed = rows and job.line(pin.id, (pin.number, pin.kind, name, words, pin.x, pin.y))
    return Sign(number=pin.number, name=name, words=words, x=pin.x, y=pin.y, shape=shape, changed=changed)


def _post_words(job: Job, post: Post, people: bool) -> str:
    """Say where a post is, and who holds it where the copy may name them."""
    where = flat(job.say(post.where))
    if not people or job.allowed.names is Naming.NONE:
        return where
    held = (
        each.person_id
        for shift in shifts_of(job.plan, post.id)
        for each in job.plan.of(Assignment, "shift_id", shift.id)
        if each.state.counts
    )
    who = listed(job.name(person) for person in dict.fromkeys(held))
    return "; ".join(part for part in (where, who) if part)
