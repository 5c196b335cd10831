"""The names that were typed into a running order: which of them are no speakers yet, and what makes them some."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import SpeakerId
from rallyapp.domain.plan import Plan, as_read
from rallyapp.domain.programme_edits import ordered
from rallyapp.domain.rallies import ProgrammeItem, Rally, Speaker, TeamRole

# Words that stand for whoever has a task, or for many; "the" before them is passed over.
_NOBODY_BY_NAME = frozenset(
    {"all", "everyone", "everybody", "all of us", "anyone", "anybody", "nobody", "crowd", "audience", "members"}
    | {"open mic", "open mike", "stage", "pa", "dj", "music", "tba", "tbc", "tbd", "to be confirmed"}
    | {"to be announced", "picket", "pickets", "volunteers", "speaker", "speakers", "patient", "patients"}
    | {str(role) for role in TeamRole}
)
# A last word that makes it a task or a group: "Media lead", "Branch chair", "Hospital choir".
_TASKS = frozenset(
    {"mc", "chair", "chairperson", "compere", "host", "lead", "deputy", "steward", "stewards", "organiser"}
    | {"organisers", "supervisor", "supervisors", "secretary", "treasurer", "president", "officer", "rep", "reps"}
    | {"liaison", "team", "committee", "council", "branch", "union", "choir", "band", "singers", "drummers"}
)
# Words that make it many, wherever they stand: "Choir of volunteers".
_GROUPS = frozenset({"choir", "band", "volunteers", "members", "patients", "students", "families", "singers"})
_NO_ONE_NAME = (" and ", "&", "+", ",", ";", "/", ":", "?")


@frozen
class Named:
    """A name in lines of a running order, as it was typed first; ``speaker`` is the one of that name, if any."""

    name: str
    items: tuple[ProgrammeItem, ...]
    speaker: Speaker | None = None


@frozen
class Taken:
    """What is to be written: new speakers, and lines with what they were."""

    speakers: tuple[Speaker, ...]
    lines: tuple[tuple[ProgrammeItem, ProgrammeItem], ...]


def is_one_name(text: str) -> bool:
    """Say whether words may be one person's name: not a task, a group, several people or a number of them."""
    bare = as_read(text).removeprefix("the ")
    if not bare or bare in _NOBODY_BY_NAME or bare.rsplit(" ", 1)[-1] in _TASKS:
        return False
    if _GROUPS.intersection(bare.split()):
        return False
    return not any(sign in f" {bare} " for sign in _NO_ONE_NAME) and not any(sign.isdigit() for sign in bare)


def names_to_take(plan: Plan, rally: Rally) -> tuple[Named, ...]:
    """List the names in a rally's running order that are no speakers of its lines, in the order of the lines.

    A name that two of its speakers have is left out: nobody can tell whom it means.
    """
    typed: dict[str, list[ProgrammeItem]] = {}
    for item in ordered(plan.of(ProgrammeItem, "rally_id", rally.id)):
        if item.speaker_id is None and is_one_name(item.who):
            typed.setdefault(as_read(item.who), []).append(item)
    known: dict[str, list[Speaker]] = {}
    for speaker in plan.of(Speaker, "rally_id", rally.id):
        known.setdefault(as_read(speaker.name), []).append(speaker)
    return tuple(
        Named(name=" ".join(items[0].who.split()), items=tuple(items), speaker=next(iter(known.get(name, ())), None))
        for name, items in typed.items()
        if len(known.get(name, ())) <= 1
    )


def taken(names: Sequence[Named], make_id: Callable[[], str]) -> Taken:
    """Make a speaker of each name that is none yet, and give all of them their lines."""
    speakers: list[Speaker] = []
    lines: list[tuple[ProgrammeItem, ProgrammeItem]] = []
    for each in names:
        speaker = each.speaker
        if speaker is None:
            speaker = Speaker(id=SpeakerId(make_id()), rally_id=each.items[0].rally_id, name=each.name)
            speakers.append(speaker)
        lines += [(replace(item, speaker_id=speaker.id, who=""), item) for item in each.items]
    return Taken(speakers=tuple(speakers), lines=tuple(lines))


def offer_words(names: Sequence[Named]) -> str:
    """Say which names are no speakers yet, or, where all are, that their lines are not theirs yet."""
    new = [each.name for each in names if each.speaker is None]
    shown = new or [each.name for each in names]
    many = "1 name" if len(shown) == 1 else f"{len(shown)} names"
    if new:
        are = "is no speaker" if len(new) == 1 else "are no speakers"
        return f"{many} of the running order {are} yet: {', '.join(shown)}"
    return f"{many} of the running order {'stands' if len(shown) == 1 else 'stand'} among the speakers too, " + (
        f"and the lines are not linked: {', '.join(shown)}"
    )


def take_words(names: Sequence[Named]) -> str:
    """Say what is done with them: "Make Hannah Price a speaker"."""
    new = [each.name for each in names if each.speaker is None]
    if not new:
        return f"Link {names[0].name} with the running order" if len(names) == 1 else f"Link {len(names)} speakers"
    return f"Make {new[0]} a speaker" if len(new) == 1 else f"Make {len(new)} names speakers"
