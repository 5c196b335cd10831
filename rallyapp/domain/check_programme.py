"""The checks of running orders and speakers; see ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from rallyapp.domain.each_rally import EachRally, each_rally
from rallyapp.domain.frozen import frozen
from rallyapp.domain.plan import as_read
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.programme_issues import counted, since_last, versions
from rallyapp.domain.rallies import Speaker
from rallyapp.domain.running_order import Line, overrun, running_order_of
from rallyapp.domain.situation import Situation
from rallyapp.domain.times import Span, clock, day_words, minutes_words


def _programme(at: Situation) -> Iterator[Problem]:
    """Find running orders that don't fit before the hard finish, lines late for a fixed time, and old versions."""
    for each in each_rally(at):
        lines = running_order_of(at.plan, each.rally)
        late = overrun(lines, each.rally.ends)
        if late > 0:
            sentence = f"the running order ends {minutes_words(late)} after the hard finish ({clock(each.rally.ends)})"
            yield each.problem(Severity.AMBER, "programme-too-long", sentence, "shorten or drop a line")
        for line in lines:
            if line.slack < 0:
                sentence = f"\u201c{line.item.title}\u201d is fixed but starts {minutes_words(-line.slack)} late"
                concern = Concern("programme_item", line.item.id)
                yield each.problem(Severity.AMBER, "fixed-line-late", sentence, "shorten a line before it", concern)
        if changed := counted(since_last(at.plan, each.rally)):
            last = versions(at.plan, each.rally)[0]
            sentence = f"the running order has changed since version {last.number}: {changed}"
            concern = Concern("programme_issue", last.id)
            yield each.problem(Severity.INFO, "programme-not-issued", sentence, "issue it anew", concern)


@frozen
class Speaking:
    """A speaker of a rally that goes ahead, and the lines in which they speak."""

    each: EachRally
    speaker: Speaker
    lines: tuple[Line, ...]

    @property
    def concern(self) -> Concern:
        """The speaker, as what a problem is about."""
        return Concern("speaker", self.speaker.id)

    @property
    def times(self) -> tuple[Span, ...]:
        """When they speak; one without a line may be called at any time of the rally."""
        lines = [line for line in self.lines if line.ends > line.starts]
        return tuple(Span(line.starts, line.ends) for line in lines) or (self.each.rally.span,)

    @property
    def words(self) -> str:
        """Say where and when they speak."""
        title = self.each.rally.title
        return f"{title} {clock(self.lines[0].starts)}" if self.lines else f"{title} {self.each.rally.words}"


def speaking(at: Situation) -> Iterator[Speaking]:
    """List the speakers of all rallies that go ahead."""
    for each in each_rally(at):
        lines = running_order_of(at.plan, each.rally)
        for speaker in at.plan.of(Speaker, "rally_id", each.rally.id):
            theirs = tuple(line for line in lines if line.item.speaker_id == speaker.id)
            yield Speaking(each=each, speaker=speaker, lines=theirs)


def _speakers(at: Situation) -> Iterator[Problem]:
    """Find speakers who come too late for their line, who have none, and who are wanted in two places at once."""
    every = list(speaking(at))
    for one in every:
        yield from _late(one)
        if not one.lines and running_order_of(at.plan, one.each.rally):
            sentence = f"{one.speaker.name} is a speaker and has no line in the running order"
            yield one.each.problem(
                Severity.INFO, "speaker-without-line", sentence, "give them a line, or take them out", one.concern
            )
    alike: dict[str, list[Speaking]] = {}
    for one in every:
        alike.setdefault(as_read(one.speaker.name), []).append(one)
    for same in alike.values():
        for one, other in combinations(same, 2):
            yield from _twice(one, other)


def _late(one: Speaking) -> Iterator[Problem]:
    arrives = one.speaker.arrives
    if arrives is None or not one.lines or arrives <= one.lines[0].starts:
        return
    starts = one.lines[0].starts
    on = "" if arrives.date() == starts.date() else f"{day_words(arrives.date())} "
    sentence = f"{one.speaker.name} arrives at {on}{clock(arrives)}, after their line begins ({clock(starts)})"
    concern = Concern("programme_item", one.lines[0].item.id)
    mend = "move the line, or ask them to come sooner"
    yield one.each.problem(Severity.AMBER, "speaker-late", sentence, mend, one.concern, concern)


def _twice(one: Speaking, other: Speaking) -> Iterator[Problem]:
    """Find one name in two places at once; two of one name at one rally who are told apart are two people."""
    if one.each.rally.id == other.each.rally.id:
        organisations = {as_read(each.speaker.organisation) for each in (one, other)} - {""}
        if len(organisations) > 1:
            return
        sentence = f"{one.speaker.name} is in the list of speakers twice"
        mend = "take one out, or say which organisation each speaks for"
    elif any(mine.overlaps(theirs) for mine in one.times for theirs in other.times):
        sentence = f"{one.speaker.name} is wanted in two places at once: {one.words} and {other.words}"
        mend = "ask which they can come to, or move a line"
    else:
        return
    yield one.each.problem(Severity.AMBER, "speaker-twice", sentence, mend, one.concern, other.concern)


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (_programme, _speakers)
