"""Posts that rallies and marches usually have, in our own words: offered, and added only by whoever wants them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rallyapp.domain.frozen import frozen
from rallyapp.domain.law import Rules
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.posts import STEWARDS, figures
from rallyapp.domain.rallies import Post, Rally, RallyKind, RouteStep
from rallyapp.domain.stalls import Stall, StallState


@frozen
class Offer:
    """A post that could be added. ``number`` is how many people; ``counted`` says that the planning figure has them.

    The numbers of those that are counted add up to what the figure still lacks. ``weight`` is how soon a post gets one
    more where there are more people than posts.
    """

    name: str
    role: Role = Role.STEWARD
    where: str = ""
    duty: str = ""
    number: int = 1
    counted: bool = False
    weight: int = 1


def offers(plan: Plan, rally: Rally, rules: Rules) -> tuple[Offer, ...]:
    """List the posts that a rally of this kind usually has and this one lacks, the most needed first.

    What the planning figures still lack is shared out among them; while no figure is known, each is offered with
    one person, or two at the first-aid point, and none is counted.
    """
    taken = {_plain(post.name) for post in plan.of(Post, "rally_id", rally.id)}
    found = [offer for offer in _usual(plan, rally) if _plain(offer.name) not in taken]
    lacking = figures(plan, rally, rules)
    stewards = [offer for offer in found if offer.role in STEWARDS]
    others = [offer for offer in found if offer.role not in STEWARDS]
    return (
        *_shared(stewards, lacking.stewards.missing),
        *_shared(others, lacking.first_aiders.missing),
    )


def lacking_words(stewards: int, first_aiders: int) -> str:
    """Say how many of each the planning figures still lack: "5 stewards and 2 first aiders"; nothing where nobody."""
    numbers = ((stewards, "steward"), (first_aiders, "first aider"))
    return " and ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in numbers if number)


def _shared(found: list[Offer], lacking: int) -> Iterator[Offer]:
    """Give everybody to the first posts, one to each as far as they go, and then by weight."""
    numbers = [1 if at < lacking else 0 for at in range(len(found))]
    left = lacking - sum(numbers)
    while left > 0 and found:
        more = [at for at, offer in enumerate(found) if offer.role is not Role.CHIEF_STEWARD]
        at = min(more, key=lambda at: (numbers[at] / found[at].weight, at)) if more else 0
        numbers[at] += 1
        left -= 1
    for offer, number in zip(found, numbers, strict=True):
        yield replace(offer, number=number, counted=True) if number else offer


def _plain(name: str) -> str:
    return " ".join(name.replace("-", " ").split()).casefold()


def _usual(plan: Plan, rally: Rally) -> Iterator[Offer]:
    """List the usual posts of such a rally, the most needed first."""
    yield Offer(
        name="Chief steward",
        role=Role.CHIEF_STEWARD,
        duty="Briefs the stewards, hears from every post, speaks with the police, and decides with the event lead.",
    )
    yield from _crossings(plan, rally)
    if rally.kind is not RallyKind.MARCH:
        yield Offer(
            name="Stage front",
            where="In front of the stage",
            duty="Keep a clear strip before the stage, watch for crushing, and wave for help early.",
            weight=3,
        )
    if rally.kind.marches:
        yield Offer(
            name="Head of the march",
            where="In front of the banner",
            duty="Set a slow pace, keep to the agreed route, stop at every crossing until it is held.",
            weight=2,
        )
        yield Offer(
            name="Tail of the march",
            where="Behind the last people",
            duty="Let nobody fall behind, and tell the head when the march stretches or breaks.",
            weight=2,
        )
    yield Offer(
        name="Assembly point",
        duty="Welcome people, keep the pavement free for others, and tell them when and where it goes on.",
        weight=3,
    )
    yield Offer(
        name="Accessible area",
        duty="Keep the level area, the seats and the view to the stage free for those who need them.",
    )
    if any(
        stall.state not in (StallState.DECLINED, StallState.STOOD_DOWN)
        for stall in plan.of(Stall, "rally_id", rally.id)
    ):
        yield Offer(
            name="Stalls",
            where="At the stalls",
            duty="Help them to set up, keep a way past the queue, and look after children who are lost.",
        )
    yield Offer(name="Information point", duty="Answer questions, keep lost property, and know who is where.")
    yield Offer(
        name="Dispersal",
        duty="Show the ways out and the stations, keep people off the road, and stay until the place is empty.",
        weight=2,
    )
    yield Offer(
        name="First-aid point",
        role=Role.FIRST_AIDER,
        duty="Stay at the point in pairs with the kit, ring 999 where in doubt, and write down every case.",
        number=2,
    )


def _crossings(plan: Plan, rally: Rally) -> Iterator[Offer]:
    """List the places where a march crosses a road; one on both routes is one."""
    if not rally.kind.marches:
        return
    steps = [step for step in plan.of(RouteStep, "rally_id", rally.id) if step.crossing]
    steps.sort(key=lambda step: (step.accessible, step.position, step.id))
    places = dict.fromkeys(" ".join(step.instruction.split()) for step in steps)
    for number, place in enumerate(places, start=1):
        yield Offer(
            name=f"Road crossing {number}",
            where=place,
            duty="Let the march pass in one piece, keep gaps short, and leave stopping the traffic to the police.",
            weight=2,
        )
