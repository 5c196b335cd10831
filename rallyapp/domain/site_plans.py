"""Pins on site plans: what they are called, what is not on the plan yet, and their numbers.

A pin may mark a post or a stall of its rally; it is then called what that is called, whatever that becomes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PostId, RallyId, StallId
from rallyapp.domain.pickets import Role
from rallyapp.domain.places import Pin, PinKind
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post
from rallyapp.domain.stalls import Partner, Stall, StallState
from rallyapp.domain.words import listed

BLANK = (1200, 800)  # the size of a sketch without a picture, in pixels
_ROW = 90  # thousandths of the height: pins that lie no further down than this stand in one row
_NOT_COMING = (StallState.DECLINED, StallState.STOOD_DOWN)
_KIND_OF_ROLE = {Role.FIRST_AIDER: PinKind.FIRST_AID, Role.MC: PinKind.STAGE}
_POST_KINDS = (PinKind.POST, *_KIND_OF_ROLE.values())


@frozen
class Thing:
    """A post or a stall, which one pin can mark; ``id`` is its own, ``coming`` says whether it needs a place.

    ``kind`` is that of its pin: a first-aid post is marked as first aid, the stage's as the stage.
    """

    kind: PinKind
    id: str
    name: str
    coming: bool = True

    @property
    def words(self) -> str:
        """Say what it is: "Post: Stage front"."""
        return f"{self.kind[0].upper()}{self.kind[1:]}: {self.name}"


def things_of(plan: Plan, rally: RallyId) -> tuple[Thing, ...]:
    """List a rally's posts in their order, then its stalls by name; a partner's second stall is told by its pitch."""
    posts = sorted(plan.of(Post, "rally_id", rally), key=lambda post: (post.position, post.id))
    stalls = [(_stall_name(plan, stall), stall) for stall in plan.of(Stall, "rally_id", rally)]
    same = Counter(name for name, _ in stalls)
    named = [(f"{name}, {stall.pitch}" if same[name] > 1 and stall.pitch else name, stall) for name, stall in stalls]
    named.sort(key=lambda pair: (pair[0].casefold(), pair[1].id))
    return (
        *(Thing(kind=_KIND_OF_ROLE.get(post.role, PinKind.POST), id=post.id, name=post.name) for post in posts),
        *(
            Thing(kind=PinKind.STALL, id=stall.id, name=name, coming=stall.state not in _NOT_COMING)
            for name, stall in named
        ),
    )


def _stall_name(plan: Plan, stall: Stall) -> str:
    partner = plan.find(Partner, stall.partner_id)
    return partner.name if partner else "Stall"


def pins_marking(plan: Plan, ids: Iterable[PostId | StallId]) -> tuple[Pin, ...]:
    """List the pins that mark some posts or stalls, in order of their numbers; without these they have no name."""
    found = {pin.id: pin for id in ids for field in ("post_id", "stall_id") for pin in plan.of(Pin, field, id)}
    return tuple(sorted(found.values(), key=lambda pin: (pin.number, pin.id)))


def with_pins(what: str, pins: Sequence[Pin], whose: str = "its") -> str:
    """Say that pins go with what they mark: "post Arrivals and its pin 6", "the stall and its pins 2 and 5"."""
    numbers = [str(number) for number in dict.fromkeys(pin.number for pin in pins)]
    if not numbers:
        return what
    return f"{what} and {whose} pin{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def marked_by(pin: Pin) -> str:
    """Give the id of the post or stall that a pin marks; nothing where it marks none."""
    return pin.post_id or pin.stall_id or ""


def marking(pin: Pin, thing: Thing | None) -> Pin:
    """Give a pin that marks a post or a stall, whose name it then has; or none, and then it keeps its own label."""
    if thing is None:
        return replace(pin, post_id=None, stall_id=None)
    is_post = thing.kind is not PinKind.STALL
    return replace(
        pin,
        kind=thing.kind,
        label="",
        post_id=PostId(thing.id) if is_post else None,
        stall_id=None if is_post else StallId(thing.id),
    )


def of_kind(pin: Pin, kind: PinKind) -> Pin:
    """Give a pin that is of another kind; it marks no longer what that kind can't mark."""
    return replace(
        pin,
        kind=kind,
        post_id=pin.post_id if kind in _POST_KINDS else None,
        stall_id=pin.stall_id if kind is PinKind.STALL else None,
    )


def fitting(pin: Pin, things: Iterable[Thing]) -> tuple[Thing, ...]:
    """List what a pin of its kind can mark, and what it marks."""
    mine = marked_by(pin)
    return tuple(
        thing
        for thing in things
        if thing.kind is pin.kind or thing.id == mine or (pin.kind is PinKind.POST and thing.kind in _POST_KINDS)
    )


def named(pins: Iterable[Pin], things: Iterable[Thing]) -> tuple[Pin, ...]:
    """Give pins as they are shown and printed, in order of their numbers: with the names of what they mark."""
    names = {thing.id: thing.name for thing in things}
    shown = (replace(pin, label=names.get(marked_by(pin), pin.label)) for pin in pins)
    return tuple(sorted(shown, key=lambda pin: (pin.number, pin.id)))


def not_placed(things: Iterable[Thing], pins: Iterable[Pin]) -> tuple[Thing, ...]:
    """List what needs a place on the plan and has no pin yet."""
    placed = {marked_by(pin) for pin in pins}
    return tuple(thing for thing in things if thing.coming and thing.id not in placed)


def meant_by(pin: Pin, things: Iterable[Thing], pins: Iterable[Pin]) -> tuple[Thing, ...]:
    """List the stalls or posts of which a pin of that kind may be the missing one; none where it says what it is."""
    if pin.kind not in (PinKind.STALL, PinKind.POST) or marked_by(pin) or pin.label:
        return ()
    return tuple(thing for thing in not_placed(things, pins) if thing.kind is pin.kind)


def next_number(pins: Iterable[Pin]) -> int:
    """Give the number of the next pin."""
    return 1 + max((pin.number for pin in pins), default=0)


def renumbered(pins: Sequence[Pin]) -> tuple[Pin, ...]:
    """Number pins by rows from the top left; gives those whose number changes."""
    rows: list[list[Pin]] = []
    for pin in sorted(pins, key=lambda pin: (pin.y, pin.x, pin.id)):
        if rows and pin.y - rows[-1][0].y <= _ROW:
            rows[-1].append(pin)
        else:
            rows.append([pin])
    read = [pin for row in rows for pin in sorted(row, key=lambda pin: (pin.x, pin.y, pin.id))]
    return tuple(replace(pin, number=number) for number, pin in enumerate(read, start=1) if pin.number != number)
