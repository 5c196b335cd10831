"""The chair's cue cards: one for each item, to hold on a stage in the wind, and cards with the words to have ready."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from rallyapp.domain import stand_down
from rallyapp.domain.rallies import Section
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.prints import typeset
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.rally_source import Source
from rallyapp.prints.running_order import (
    Item,
    chosen_issue,
    fixed_words,
    items_of,
    leaders_words,
    status_of,
    who_of,
)
from rallyapp.prints.wording import flat


@dataclass(frozen=True, slots=True, kw_only=True)
class CueCard:
    """A card for one item: when, what, who, how long, by when it is over, and what comes next."""

    time: str
    minutes: str
    title: str
    who: str
    of: str
    fixed: str
    late: bool
    cue: str
    stage: str
    ends: str
    next_time: str
    next_title: str
    next_who: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCard:
    """A card with words to have ready."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CueCards:
    """The cards of one rally in plain values; the first shows the whole order and whom to turn to."""

    heading: str
    owner: tuple[str, ...]
    place: str
    date: str
    day: str
    hours: str
    finish: str
    status: str
    status_words: str
    off: bool
    leaders: tuple[tuple[str, str], ...]
    may_stop: str
    phone: str
    cards: tuple[CueCard, ...]
    words: tuple[WordCard, ...]

    def plain(self) -> dict[str, Any]:
        """Give its plain values, notes with their own lines."""
        return cast(dict[str, Any], typeset.one_line(asdict(self), but=("stage", "cue")))


def write(job: Job) -> CueCards:
    """Write a chair's cards; raises UserError where there is no running order, or not the version that was chosen."""
    source = Source.of_job(job)
    rally = source.rally
    issue = chosen_issue(job, source)
    items = items_of(source, issue)
    status, status_words = status_of(source, issue)
    after = [*items[1:], None]
    return CueCards(
        heading=flat(source.cleaned(rally.title)),
        owner=job.owner,
        place=called(job, source.venue.name),
        date=long_day_words(source.day),
        day=day_words(source.day),
        hours=rally.words,
        finish=source.clock(rally.ends),
        status=status,
        status_words=status_words,
        off=not stand_down.of_rally(source.plan, rally).on,
        leaders=leaders_words(source),
        may_stop=source.may_stop(),
        phone=job.duty_phone,
        cards=tuple(_card(source, item, then) for item, then in zip(items, after, strict=True)),
        words=(
            *_words(source, Section.EMERGENCY, "If something happens"),
            *_words(source, Section.COMMUNICATIONS, "Announcements and radio"),
        ),
    )


def _card(source: Source, item: Item, then: Item | None) -> CueCard:
    who, of = who_of(source, item)
    card = CueCard(
        time=source.clock(item.starts),
        minutes=str(item.minutes),
        title=flat(source.cleaned(item.title)),
        who=who,
        of=of,
        fixed=fixed_words(item),
        late=item.slack < 0,
        cue=source.cleaned(item.cue),
        stage=source.cleaned(item.stage),
        ends=clock(item.ends),
        next_time=source.clock(then.starts if then else source.rally.ends),
        next_title=flat(source.cleaned(then.title)) if then else "Hard finish",
        next_who=who_of(source, then)[0] if then else "",
    )
    job = source.job
    changed = job.line(item.key, card)
    return replace(card, mark=("changed" if item.key in job.before else "new") if changed else "")


_LINES_A_CARD = 8
_SIGNS_A_CARD = 560


def _words(source: Source, section: Section, title: str) -> Iterator[WordCard]:
    """Put what the organiser wrote for a section on as many cards as it needs; no card where nothing was."""
    lines = [line.strip() for text in source.notes(section) for line in text.splitlines() if line.strip()]
    parts: list[list[str]] = []
    for line in lines:
        if not parts or len(parts[-1]) == _LINES_A_CARD or sum(map(len, parts[-1])) + len(line) > _SIGNS_A_CARD:
            parts.append([])
        parts[-1].append(line)
    for number, part in enumerate(parts, start=1):
        yield WordCard(title=f"{title} ({number} of {len(parts)})" if len(parts) > 1 else title, lines=tuple(part))
