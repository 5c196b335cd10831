"""The contact cascade: who must be told, in which order, that a strike day is off; to tick by hand.

It is printed before anything is called off, for when the laptop is off, and afterwards with what has been reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rallyapp.domain import stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket
from rallyapp.domain.rallies import Contact, Rally, Speaker
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import Tell
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDownKind
from rallyapp.domain.times import day_words, long_day_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.blocks import Block, Form, FormField, Heading, Words
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.telling import Telling, action_words, what_stands
from rallyapp.prints.wording import apart, flat, from_day, moment

# Room for whom the plan doesn't know.
BLANK_ROWS = 3
# What is filled in by hand.
DOTS = "........................"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A try at telling somebody: when, by whom, in which way."""

    when: str
    by: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Somebody to tell. ``outcome`` is that of the last try, empty where nobody has tried."""

    number: int
    name: str
    why: str
    reach: str
    how: str
    due: str
    outcome: str = ""
    tries: tuple[Try, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Those who are told in one turn."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CascadeSheet(Sheet):
    """The sheet, and under its blocks the list; ``blank`` is the number of empty rows at its end."""

    groups: tuple[Group, ...]
    columns: tuple[str, ...] = tuple(str(outcome) for outcome in Outcome)
    blank: int = BLANK_ROWS
    gone: str = ""


def write(job: Job) -> CascadeSheet:
    """Write the cascade of a strike day; raises UserError where the day is gone or nobody is to be told."""
    telling = Telling.of(job)
    day = telling.day
    groups = tuple(_groups(telling))
    status, words = _status(telling)
    return CascadeSheet(
        kind="Contact cascade",
        heading="Who to tell, in this order",
        owner=job.owner,
        place=action_words(job, day),
        when=long_day_words(day.first_date),
        hours=_hours(day),
        status=status,
        status_words=words,
        off=telling.off,
        phone=job.duty_phone,
        phone_of=job.outside(job.dispute.duty_contact) if job.dispute else "",
        blocks=tuple(_before_the_list(telling)),
        groups=groups,
        gone=_gone(telling),
        foot=job.shred_words(),
        flipped=True,
    )


def _hours(day: StrikeDay) -> str:
    """Give the strike day's times without its first date, which stands above."""
    return day.words.removeprefix(day_words(day.first_date)).strip(", ")


def _status(telling: Telling) -> tuple[str, str]:
    decision, total = telling.decision, len(telling.tells)
    if decision is None:
        return (
            "NOT CALLED OFF",
            f"For when it is, and the laptop is off: {total} to tell. Ring or write in this order and tick what came "
            "of it.",
        )
    reached = sum(tell.reached for tell in telling.tells)
    state = "ON AGAIN" if decision.kind is StandDownKind.REINSTATED else str(telling.day.state).upper()
    when = f"Decided {moment(decision.at)}. " if decision.at else ""
    return state, f"{when}{reached} of {total} reached so far: those with a cross need not be told again."


# ------------------------------------------------------------------------------------- before the list
def _before_the_list(telling: Telling) -> Iterator[Block]:
    decision = telling.decision
    yield Form(
        columns=4,
        fields=(
            FormField(label="Who decided it", value=flat(decision.decided_by) if decision else ""),
            FormField(label="With what authority", value=flat(decision.authority) if decision else ""),
            FormField(label="When", value=moment(decision.at) if decision and decision.at else ""),
            FormField(
                label="What was decided" if decision else "Suspended or called off",
                value=str(decision.kind) if decision else "",
            ),
        ),
    )
    others = [day for day in decision.days if day.id != telling.day.id] if decision else []
    if others:
        yield Words(
            text=f"The same decision is about {listed(day_words(day.first_date) for day in others)}: whoever stands on "
            "more than one of these lists is told once.",
        )
    yield Heading(text="Say this")
    yield Words(text="\n".join(_message(telling)), strong=True)


def _message(telling: Telling) -> Iterator[str]:
    """Say what whoever rings or writes says, word for word."""
    day, decision, phone = telling.day, telling.decision, telling.job.duty_phone
    when = long_day_words(day.first_date)
    check = f"To check that this is true, ring {phone or DOTS}."
    if decision is not None and decision.kind is StandDownKind.REINSTATED:
        yield f"\u201cThe strike on {when} goes ahead after all. Come as you were asked to, or say now that you cannot."
        yield f"{check}\u201d"
        return
    what = str(decision.kind) if decision is not None else DOTS
    yield (
        f"\u201cThe strike on {when} is {what}. Do not come to the picket; if you are there, hand back what you were "
        "given."
    )
    going = [
        _named(telling, each) for each in what_stands(telling.job.plan, day) if telling.off and _goes(telling, each)
    ]
    if going:
        yield f"{capital(listed(going))} {'goes' if len(going) == 1 else 'go'} ahead all the same."
    yield f"Work as normal from {DOTS}. {check}\u201d"


def _goes(telling: Telling, what: Picket | Rally | Stall) -> bool:
    plan = telling.job.plan
    if isinstance(what, Rally):
        return stand_down.of_rally(plan, what).on
    return isinstance(what, Stall) and stand_down.of_stall(plan, what).going is stand_down.Going.ON


def _named(telling: Telling, what: Picket | Rally | Stall) -> str:
    if isinstance(what, Rally):
        return apart(flat(what.title))
    return f"the {apart(flat(telling.job.plan.line_words(what)))}" if isinstance(what, Stall) else ""


# -------------------------------------------------------------------------------------------- the list
def _groups(telling: Telling) -> Iterator[Group]:
    number = 0
    for count, (turn, tells) in enumerate(groupby(telling.tells, key=lambda tell: tell.turn), start=1):
        rows = []
        for tell in tells:
            number += 1
            rows.append(_row(telling, tell, number))
        left = sum(row.outcome != Outcome.REACHED for row in rows)
        title = f"{count}. {capital(telling.said(turn.words))}".replace("'", "\u2019")
        yield Group(title=f"{title}: {left if left else 'all reached, none'} to tell", rows=tuple(rows))


def _row(telling: Telling, tell: Tell, number: int) -> Row:
    job = telling.job
    reach = telling.reach(tell)
    tries = telling.tries(tell)
    outcome = Outcome.REACHED if tell.reached else tries[-1].outcome if tries else ""
    values = (reach.name, reach.of, tell.why, reach.number, reach.how)
    return Row(
        number=number,
        name=reach.name,
        why=", ".join(part for part in (capital(telling.said(flat(job.say(tell.why)))), reach.of) if part),
        reach=reach.number,
        how=reach.how,
        due=from_day(tell.first_due, telling.day.first_date) if tell.first_due else "",
        outcome=outcome,
        tries=tuple(_try(job, each) for each in tries[-2:]),
        changed=job.line(_key(tell), values, person=tell.person_id or ""),
    )


def _try(job: Job, tried: ContactAttempt) -> Try:
    when = from_day(tried.at, job.printed.date())
    return Try(when=when, by=apart(flat(job.outside(tried.tried_by))), how=flat(tried.channel))


def _key(tell: Tell) -> str:
    return next((id for id in (tell.person_id, tell.contact_id, tell.speaker_id, tell.stall_id) if id), tell.name)


def _gone(telling: Telling) -> str:
    """Say who stood on the last print and does not any more."""
    gone = telling.job.gone()
    if not gone:
        return ""
    plan = telling.job.plan
    names = []
    for key in gone:
        person = plan.find(Person, key)
        other = plan.find(Contact, key) or plan.find(Speaker, key)
        stall = plan.find(Stall, key)
        if person is not None:
            names.append(telling.job.name(person.id))
        elif other is not None:
            names.append(other.name or getattr(other, "organisation", ""))
        elif stall is not None:
            names.append(f"{plan.line_words(stall)}")
    unknown = len(gone) - len(names)
    whom = listed((*names, counted(unknown, "other") if unknown else ""))
    return f"No longer on this list since version {telling.job.since}: {whom}."
