"""The rally plan: everything about one rally in the order that professionals expect, sections 0 to 22.

Nothing is made up: what was not entered prints one quiet line that says what is missing. ``rally_before`` writes
the sections 2 to 5 and 8, ``rally_place`` 6 and 7, ``rally_staffing`` 9 to 12, ``rally_safety`` the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from rallyapp.domain import stand_down
from rallyapp.domain.ids import RallyId
from rallyapp.domain.law import Rules
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import Rally
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.domain.words import capital, listed
from rallyapp.prints import rally_before, rally_place, rally_safety, rally_staffing, typeset
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Block
from rallyapp.prints.rally_source import Source
from rallyapp.prints.wording import flat, made_on, moment


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSection:
    """A numbered section and its parts."""

    number: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RallyPlanDocument:
    """A rally plan in plain values. ``cover`` is section 0, document control."""

    title: str
    heading: str
    union: str
    branch: str
    dispute: str
    date: str
    place: str
    status: str
    status_words: str
    audience: Audience
    version: int
    printed: str
    made: tuple[int, ...]
    confidential: str
    words: str
    cover: tuple[tuple[str, str], ...]
    glance: Glance
    sections: tuple[PlanSection, ...]


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


def rally_plan(
    plan: Plan, rules: Rules, rally_id: RallyId, *, audience: Audience, printed: datetime, version: int
) -> RallyPlanDocument:
    """Make the plan of one rally; raises UserError where there is no such rally or the audience gets no plan."""
    if plan.find(Rally, rally_id) is None:
        raise UserError("There is nothing to print: the plan has no such rally.")
    source = Source.of(plan, rules, rally_id, audience)
    rally, venue, dispute = source.rally, source.venue, source.dispute
    status = stand_down.of_rally(plan, rally)
    if not status.on:
        said = "STOOD DOWN", capital(status.why).rstrip(".") + "."
    elif rally.issued_on:
        said = "ISSUED", f"Issued on {day_words(rally.issued_on)}{f' by {rally.issued_by}' if rally.issued_by else ''}."
    else:
        said = "DRAFT", "Not issued yet: check everything before you rely on it."
    return RallyPlanDocument(
        title=f"Rally plan: {rally.title}, {long_day_words(source.day)}",
        heading=rally.title,
        union=dispute.union if dispute else "",
        branch=dispute.branch if dispute else "",
        dispute=dispute.title if dispute else "",
        date=long_day_words(source.day),
        place=venue.name,
        status=said[0],
        status_words=said[1],
        audience=audience,
        version=version,
        printed=moment(printed),
        made=tuple(made_on(printed)),
        confidential="Confidential: it holds names and telephone numbers and shows who is in a trade union. "
        "Only for those on the distribution list. Do not photograph, post or forward it.",
        words=rules.words,
        cover=tuple(_cover(source, said, version, printed)),
        glance=_glance(source),
        sections=tuple(
            PlanSection(number=number, title=title, blocks=tuple(write(source))) for number, title, write in _SECTIONS
        ),
    )


def pdf(document: RallyPlanDocument) -> bytes:
    """Draw the plan as a PDF, A4 portrait; the same document always gives the same bytes."""
    return typeset.compile_pdf("rally-plan", _values(document), title=document.title)


def png(document: RallyPlanDocument, *, ppi: float = 110) -> list[bytes]:
    """Draw the plan as pictures, one a page, for a preview."""
    return typeset.compile_png("rally-plan", _values(document), ppi=ppi)


# Names and titles: each is a line. Notes and lists of people keep theirs.
_LINES = frozenset(
    [
        "title",
        "heading",
        "union",
        "branch",
        "dispute",
        "place",
        "status_words",
        "venue",
        "kind",
        "contact",
        "phone",
        "stop",
        "over",
        "name",
        "mark",
        "number",
        "label",
        "owner",
    ]
)


def _values(document: RallyPlanDocument) -> Any:
    return typeset.one_line(asdict(document), only=_LINES)


def _cover(source: Source, said: tuple[str, str], version: int, printed: datetime) -> Iterator[tuple[str, str]]:
    rally = source.rally
    runs = [
        run for run in source.plan.of(PrintRun, "document", str(Document.RALLY_PLAN)) if run.scope in ("", rally.id)
    ]
    earlier = sorted({run.version for run in runs if run.version < version})
    holders = dict.fromkeys(
        run.holder for run in sorted(runs, key=lambda run: (run.at, run.id)) if run.holder and run.version == version
    )
    yield "Event", flat(rally.title)
    yield "Date", long_day_words(source.day)
    yield "Place", flat(source.venue.name)
    yield "Status", f"{said[0].capitalize()}. {said[1]}"
    yield "Version", str(version)
    if rally.issued_on:
        by = f" by {rally.issued_by}" if rally.issued_by else ""
        yield "Issued", f"{day_words(rally.issued_on)}{by}"
    else:
        yield "Issued", "Not issued."
    last = f"; the last one printed was version {earlier[-1]}" if earlier else ""
    yield "Replaces", f"Every earlier version{last}. Destroy older copies."
    yield "Printed", moment(printed)
    yield "Distribution", listed(holders) or "No distribution list entered."


def _glance(source: Source) -> Glance:
    rally, venue = source.rally, source.venue
    contact, phone = source.on_the_day()
    stop = [
        source.member_name(member)
        for role in rally_before.TEAM_ORDER
        for member in source.team(role)
        if member.may_stop
    ]
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
        stop=listed(dict.fromkeys(stop)),
        steps=tuple(
            Step(
                time=clock(when) if when.date() == source.day else f"{day_words(when.date())} {clock(when)}",
                what=what,
                live=rally.starts <= when <= rally.ends,
            )
            for what, when in rally.times()
        ),
    )
