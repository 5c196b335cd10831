"""The rally plan: everything about one rally in the order that professionals expect, sections 0 to 22.

Nothing is made up: what was not entered prints one quiet line that says what is missing. ``rally_before`` writes
the sections 2 to 5 and 8, ``rally_place`` 6 and 7, ``rally_staffing`` 9 to 12, ``rally_safety`` the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, cast

from rallyapp.domain.ids import RallyId
from rallyapp.domain.law import Rules
from rallyapp.domain.plan import Plan
from rallyapp.domain.programme_issues import counted as counted_changes
from rallyapp.domain.programme_issues import since_last, versions
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints import rally_before, rally_place, rally_safety, rally_staffing, typeset
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Block
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.rally_source import Source
from rallyapp.prints.wording import flat, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A time on the line of the day; ``live`` ones are between the start and the hard finish."""

    time: str
    what: str
    live: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """Section 1: the rally on half a page."""

    kind: str
    date: str
    times: str
    venue: str
    address: str
    expected: str
    capacity: str
    purpose: str
    contact: str
    phone: str
    stop: str
    steps: tuple[Step, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A numbered section and its parts."""

    number: int
    title: str
    blocks: tuple[Block, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A version that was printed: its number, when, for whose eyes, and who holds it."""

    version: str
    printed: str
    copy: str
    holders: str
    this: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyPlanDocument:
    """A rally plan in plain values. ``cover`` is section 0, document control; ``off`` says that it is stood down."""

    heading: str
    owner: tuple[str, ...]
    date: str
    day: str
    place: str
    status: str
    status_words: str
    off: bool
    confidential: str
    cover: tuple[tuple[str, str], ...]
    revisions: tuple[Revision, ...]
    glance: Glance
    sections: tuple[PlanSection, ...]

    def plain(self) -> dict[str, Any]:
        """Give its plain values: names and titles on one line each, notes and lists of people with theirs."""
        return cast(dict[str, Any], typeset.one_line(asdict(self), only=_LINES))


_LINES = frozenset(
    {"title", "heading", "place", "status_words", "venue", "kind", "contact", "phone", "stop", "over"}
    | {"name", "mark", "number", "label", "holders"}
)


_SECTIONS: tuple[tuple[int, str, Callable[[Source], Iterable[Block]]], ...] = (
    (2, "Organiser and event management team", rally_before.team),
    (3, "Key contacts", rally_before.contacts),
    (4, "Notifications, permissions and insurance", rally_before.permissions),
    (5, "Timings and running order", rally_before.timings),
    (6, "Site and site plan", rally_place.site),
    (7, "Route", rally_place.route),
    (8, "Audience and crowd management", rally_before.crowd),
    (9, "Stewarding", rally_staffing.stewarding),
    (10, "Speakers and MC", rally_staffing.speakers),
    (11, "Partner charity stalls", rally_staffing.stalls),
    (12, "Equipment, PA, power and noise", rally_staffing.equipment),
    (13, "Accessibility and welfare", rally_safety.access),
    (14, "First aid and medical", rally_safety.first_aid),
    (15, "Safeguarding, lost children, lost property", rally_safety.safeguarding),
    (16, "Communications", rally_safety.communications),
    (17, "Transport, parking and deliveries", rally_safety.transport),
    (18, "Emergency procedures", rally_safety.emergency),
    (19, "Cancellation and stand-down", rally_safety.cancellation),
    (20, "Risk assessment", rally_safety.risks),
    (21, "Waste and leaving the site", rally_safety.waste),
    (22, "Data protection note and sign-off", rally_safety.data),
)


def write(job: Job) -> RallyPlanDocument:
    """Write the plan of one rally; raises UserError where there is no such rally or the audience gets no plan."""
    source = Source.of_job(job)
    rally = source.rally
    said = _status(source)
    glance = source.cleaned(_glance(source))
    glance = replace(glance, changed=job.line("section-1", glance))
    sections = tuple(_section(source, number, title, write) for number, title, write in _SECTIONS)
    changed = [str(1)] if glance.changed else []
    changed += [str(section.number) for section in sections if section.changed]
    return RallyPlanDocument(
        heading=flat(source.cleaned(rally.title)),
        owner=tuple(map(flat, job.owner)),
        date=long_day_words(source.day),
        day=day_words(source.day),
        place=called(source.job, source.venue.name),
        status=said[0],
        status_words=said[1],
        off=said[0] == _OFF,
        confidential=_CONFIDENTIAL if source.named else _OUTSIDE,
        cover=tuple(_cover(source, said, changed)),
        revisions=tuple(_revisions(source)),
        glance=glance,
        sections=sections,
    )


def rally_plan(
    plan: Plan, rules: Rules, rally_id: RallyId, *, audience: Audience, printed: datetime, version: int
) -> RallyPlanDocument:
    """Make the plan of one rally to look into, as it would be printed for the first time; raises like ``write``."""
    job = Job(
        plan=plan, rules=rules, document=Document.RALLY_PLAN, audience=audience, about=rally_id,
        printed=printed, version=version, code="",
    )  # fmt: skip
    return write(job)


def _section(source: Source, number: int, title: str, write: Callable[[Source], Iterable[Block]]) -> PlanSection:
    blocks = source.cleaned(tuple(write(source)))
    return PlanSection(number=number, title=title, blocks=blocks, changed=source.job.line(f"section-{number}", blocks))


_OFF = "STOOD DOWN"
_CONFIDENTIAL = (
    "Confidential: it holds names and telephone numbers and shows who is in a trade union. "
    "Only for those on the distribution list. Do not photograph, post or forward it."
)
_OUTSIDE = (
    "For the police, the council and the landowner. It names the event team, who agreed to it, and nobody else. "
    "Do not post or forward it."
)


def _status(source: Source) -> tuple[str, str]:
    """Say whether the rally is on, and whether its plan was issued: a word and a sentence."""
    rally = source.rally
    if why := source.why_off:
        return _OFF, source.cleaned(capital(why).rstrip(".") + ".")
    if rally.issued_on:
        return "ISSUED", f"Issued on {_issued(source)}."
    return "DRAFT", "Not issued yet: check everything before you rely on it."


def _issued(source: Source) -> str:
    rally = source.rally
    if not rally.issued_on:
        return "Not issued."
    by = f" by {source.cleaned(rally.issued_by)}" if rally.issued_by else ""
    return f"{day_words(rally.issued_on)}{by}"


def _cover(source: Source, said: tuple[str, str], changed: list[str]) -> Iterator[tuple[str, str]]:
    job, rally = source.job, source.rally
    yield "Rally", flat(source.cleaned(rally.title))
    yield "Status", f"{said[0].capitalize()}. {said[1]}"
    yield "This copy", f"{capital(job.audience)} copy"
    yield "Plan version", str(job.version)
    yield "Running order", _order_words(source)
    yield "Issued", _issued(source)
    if job.since is not None:
        many = "section" if len(changed) == 1 else "sections"
        yield f"Since version {job.since}", f"Changed: {many} {listed(changed)}." if changed else "Nothing has changed."
    runs = _runs(source)
    earlier = sorted({run.version for run in runs if run.version < job.version})
    last = f"; the last one printed was version {earlier[-1]}" if earlier else ""
    yield "Replaces", f"Every earlier version{last}. Destroy older copies."
    if source.named:
        holders = dict.fromkeys(flat(run.holder) for run in runs if run.holder and run.version == job.version)
        yield "Distribution", listed(holders) or "No distribution list entered."


def _order_words(source: Source) -> str:
    """Say which version of the running order is in the plan: it counts its own, apart from the plan's."""
    last = next(iter(versions(source.plan, source.rally)), None)
    if last is None:
        return "Draft, never issued"
    changes = counted_changes(since_last(source.plan, source.rally))
    issued = f"Its own version {last.number}, issued {moment(last.at)}"
    return f"{issued}; changed since: {changes}" if changes else issued


def _runs(source: Source) -> list[PrintRun]:
    """List when this plan was printed, the oldest first; one of a version to come was of another file."""
    runs = source.plan.of(PrintRun, "document", str(Document.RALLY_PLAN))
    found = [run for run in runs if run.scope in ("", source.rally.id) and run.version <= source.job.version]
    return sorted(found, key=lambda run: (run.at, run.id))


_MOST_REVISIONS = 5


def _revisions(source: Source) -> Iterator[Revision]:
    """List this print and those before it, the newest first; only an organiser's copy says who holds them."""
    job = source.job
    yield Revision(version=str(job.version), printed=moment(job.printed), copy=str(job.audience), holders="", this=True)
    if not source.named:
        return
    found: dict[tuple[int, str, datetime], list[str]] = {}
    for run in reversed(_runs(source)):
        found.setdefault((run.version, run.audience, run.at), []).append(flat(run.holder))
    for (version, audience, at), holders in list(found.items())[:_MOST_REVISIONS]:
        yield Revision(
            version=str(version),
            printed=moment(at),
            copy=audience or str(Audience.ORGANISER),
            holders=listed(dict.fromkeys(reversed(holders))),
        )
    if len(found) > _MOST_REVISIONS:
        yield Revision(
            version="", printed="", copy="", holders=f"and {counted(len(found) - _MOST_REVISIONS, 'earlier print')}"
        )


def _glance(source: Source) -> Glance:
    rally, venue = source.rally, source.venue
    contact, phone = source.on_the_day()
    return Glance(
        kind=capital(rally.kind),
        date=long_day_words(source.day),
        times=rally.words,
        venue=venue.name,
        address=", ".join(part for part in (venue.address, venue.postcode) if part),
        expected=f"{rally.expected:,}" if rally.expected is not None else "",
        capacity=f"{venue.capacity:,}" if venue.capacity is not None else "",
        purpose=rally.purpose,
        contact=contact,
        phone=phone,
        stop=source.may_stop(),
        steps=tuple(
            Step(
                time=clock(when) if when.date() == source.day else f"{day_words(when.date())} {clock(when)}",
                what=what,
                live=rally.starts <= when <= rally.ends,
            )
            for what, when in rally.times()
        ),
    )
