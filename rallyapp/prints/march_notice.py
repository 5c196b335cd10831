"""The notice of a march that the law asks for, or a voluntary one of a rally that stands.

It states the facts that are asked for and no more. What the plan lacks is a line to write on. Below a cut line
is the organiser's own record: by which day, to whom, how and when it went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rallyapp.domain import stand_down
from rallyapp.domain.ids import PermissionId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.notice_facts import Fact, facts_of
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.posts import figures
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState, Section, TeamRole
from rallyapp.domain.team import team_of
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.waivers import Waiver
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import (
    Block,
    Cell,
    Column,
    Cut,
    Form,
    FormField,
    Heading,
    Keep,
    Lines,
    Missing,
    Table,
    Words,
    cells,
)
from rallyapp.prints.gathering import Gathering
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.wording import flat

_THIRDS = 3  # columns of the form
# How many of them a fact takes: of the others, all.
_SHARES = {
    "Date": 1,
    "Start time": 2,
    "Name of one organiser": 3,
    "Organiser\u2019s name": 2,
    "Phone": 1,
    "Expected numbers": 1,
    "Likely numbers": 1,
    "Location": 2,
    "Start": 1,
    "Finish": 2,
}
_PARTS = ("Phone", "Address")  # of the fact before them
_ORGANISERS = ("Name of one organiser", "Organiser\u2019s name")
_LINE, _HAND = 12, 18  # mm: one line, and room to write an address or a route by hand
_ROUTE_LINES = 24  # a longer way runs on in one paragraph


def write(job: Job) -> Sheet:
    """Write the notice of a rally; raises UserError where there is no such rally."""
    g = Gathering.of(job)
    case = Permitting(plan=job.plan, rally=g.rally, rules=job.rules, where=job.where)
    sent = _notices(case)
    facts = tuple(_facts(g, case, sent))
    changed = [fact.label for fact in facts if job.line(fact.label, (fact.label, fact.value))]
    return Sheet(
        **{**g.head(_kind(case), banner=False), "hours": _hours(case), "note": ""},
        blocks=(
            *_changes(job, case, sent, changed),
            *_to(job, case, sent),
            _form(facts),
            Lines(labels=(_signer(facts),)),
            Keep(blocks=(Cut(), *_record(job, case, sent, facts))),
        ),
    )


def _hours(case: Permitting) -> str:
    if case.rally.kind.marches and case.rally.move_off:
        return f"moves off {clock(case.rally.move_off)}"
    return case.rally.words


def _asked(case: Permitting) -> bool:
    """Say whether it is the notice that the law asks for, or that of a march in any case."""
    return case.rally.kind.marches or case.notice_law is not None


def _kind(case: Permitting) -> str:
    if not _asked(case):
        return "Voluntary notice of a rally"
    if not case.rally.kind.marches:
        return capital(case.called(PermissionKind.MARCH_NOTICE))
    return "Notice of a march" if case.notice_law is not None else "Voluntary notice of a march"


def _notices(case: Permitting) -> tuple[Permission, ...]:
    """List the notices that count: those that are meant and were not replaced by a later one to the same body."""
    kind = PermissionKind.MARCH_NOTICE if _asked(case) else PermissionKind.POLICE_VOLUNTARY
    found = [
        one
        for one in case.entered(kind)
        if (one.state is not PermissionState.NOT_NEEDED or case.needed(one)) and not case.replaced(one)
    ]
    return tuple(found) or (Permission(id=PermissionId("-"), rally_id=case.rally.id, kind=kind),)


# ---------------------------------------------------------------------------------------------- the facts
def _facts(g: Gathering, case: Permitting, sent: Sequence[Permission]) -> Iterator[Fact]:
    """Give the facts that are asked for; the organiser is named as this copy may, and reached by the duty phone."""
    said = next((one for one in sent if one.note.strip()), sent[0])
    names = [name for member in team_of(g.job.plan, g.rally.id, TeamRole.EVENT_LEAD) if (name := g.leader(member))]
    name = names[0] if names else ""
    for fact in facts_of(case, said):
        if fact.home == "team_member":
            lacks = "" if name else "the name of one organiser who may be named"
            if _asked(case):
                yield replace(fact, value=name, lacks=lacks)
            else:
                yield Fact(label="Organiser\u2019s name", value=name, lacks=lacks)
                phone = g.job.duty_phone
                yield Fact(label="Phone", value=phone, lacks="" if phone else "a telephone number")
                yield Fact(label="Address")
        elif fact.label == "Arrangements for control":
            yield replace(fact, value=_control(g), lacks="" if _control(g) else "how the march is kept in order")
        elif fact.label == "Route":
            yield replace(fact, value=_route(g, case), lacks="" if case.route else "the route")
        else:
            value = g.job.say(fact.value)
            yield replace(fact, value=value, lacks=fact.label.lower() if fact.lacks else "")


def _control(g: Gathering) -> str:
    """Say how many stewards are planned, and what the organiser wrote about them."""
    stewards = figures(g.job.plan, g.rally, g.job.rules).stewards
    planned = f"{counted(stewards.planned, 'steward')} at the busiest moment." if stewards.planned else ""
    return " ".join(part for part in (planned, " ".join(g.written(Section.STEWARDING).split())) if part)


def _route(g: Gathering, case: Permitting) -> str:
    steps = [flat(g.job.say(step)) for step in case.route.splitlines() if step.strip()]
    if len(steps) > _ROUTE_LINES:
        return "; ".join(steps)
    return "\n".join(f"{number}. {step}" for number, step in enumerate(steps, start=1))


def _form(facts: Sequence[Fact]) -> Form:
    """Give each fact a box and its number; the further parts of a fact have none of their own."""
    fields: list[FormField] = []
    number, taken = 0, 0
    for fact in facts:
        own = fact.label not in _PARTS
        number += own
        share = _SHARES.get(fact.label, _THIRDS)
        if taken + share > _THIRDS:
            # What does not fit beside the last box starts a line, and that box has the rest of its own.
            if taken < _THIRDS:
                fields[-1] = replace(fields[-1], share=fields[-1].share + _THIRDS - taken)
            taken = 0
        taken += share
        fields.append(
            FormField(
                label=f"{number}. {fact.label}" if own else fact.label,
                value=fact.value,
                share=share,
                tall=_LINE if share < _THIRDS or fact.value else _HAND,
            )
        )
    fields[-1] = replace(fields[-1], share=fields[-1].share + _THIRDS - taken)
    return Form(fields=tuple(fields), columns=_THIRDS)


# ------------------------------------------------------------------------------------------ around them
def _signer(facts: Sequence[Fact]) -> str:
    name = next((fact.value for fact in facts if fact.label in _ORGANISERS and fact.value), "")
    return f"Organiser: {name}" if name else "Organiser"


def _lacking(job: Job, case: Permitting, sent: Sequence[Permission], facts: Sequence[Fact]) -> Iterator[Block]:
    """Say on the organiser's own part what the notice lacks; nothing where the rally is off and none goes."""
    if not stand_down.of_rally(job.plan, case.rally).on:
        return
    lacking = [] if any(one.body.strip() for one in sent) else ["to whom it goes"]
    lacking += [fact.lacks for fact in facts if fact.lacks]
    if lacking:
        yield Missing(text=f"Missing before it can go: {listed(lacking)}. Enter it in the plan, or write it by hand.")
    yield Missing(text="The organiser\u2019s address is not kept in the plan: write it by hand.")


def _changes(job: Job, case: Permitting, sent: Sequence[Permission], changed: Sequence[str]) -> Iterator[Block]:
    for one in sent:
        if told := case.changed(one):
            to = f" to {flat(job.say(one.body))}" if one.body else ""
            on = f" on {day_words(one.sent_on)}" if one.sent_on else ""
            yield Words(
                text=f"The plan has changed since the notice{to} was sent{on} ({listed(told.parts)}): send this one.",
                strong=True,
            )
    if changed:
        yield Words(text=f"Changed since version {job.since}: {listed(changed)}.", strong=True)


def _to(job: Job, case: Permitting, sent: Sequence[Permission]) -> Iterator[Block]:
    """Say to whom it goes; in Scotland to the council and to the chief constable."""
    bodies = [flat(job.say(one.body)) for one in sent]
    found = case.notice_law
    if found is not None and found.rule.id == "R4":
        lacking = [words.removeprefix(" to the ") for words, told in case.untold() if words and not told]
        fields = [FormField(label="To", value=body) for body in bodies if body]
        fields += [FormField(label=f"To the {words}") for words in lacking]
        if (not case.untold() and not fields) or len(fields) < 2:
            labels = ("To the council", "To the chief constable")
            fields = [
                FormField(label=each, value=next(iter(bodies[at : at + 1]), "")) for at, each in enumerate(labels)
            ]
        yield Form(fields=tuple(fields))
        return
    yield Form(fields=tuple(FormField(label="To", value=body) for body in bodies), columns=1)


def _record(job: Job, case: Permitting, sent: Sequence[Permission], facts: Sequence[Fact]) -> Iterator[Block]:
    """Give the organiser's own part: what the notice lacks, what the law says, by which day, and how it went."""
    yield Heading(text="Record of delivery: cut off and keep")
    yield from _lacking(job, case, sent, facts)
    if words := case.law_words[0]:
        yield Words(text=words)
    if case.where is Jurisdiction.NORTHERN_IRELAND and case.notice_law is not None:
        yield Words(text="This sheet is not the form itself: copy the facts onto the form, which may ask for more.")
    if case.waiver is not Waiver.NONE:
        yield Words(text=f"{capital(case.waiver)}.")
    yield Table(
        columns=(
            Column(title="To", share=5),
            Column(title="Sent", share=4, figures=True),
            Column(title="How, and by whom", share=5),
            Column(title="Taken by, at", share=5),
            Column(title="Reference", share=4),
        ),
        rows=tuple(
            cells(
                Cell(text=flat(job.say(one.body))),
                day_words(one.sent_on) if one.sent_on else "",
                "",
                "",
                flat(job.say(one.reference)),
            )
            for one in sent
        ),
        tall=10,
        blank=1,
        boxes=True,
    )
