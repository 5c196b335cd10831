"""The stand-down notice: that a strike day is off (or on again), what exactly, who decided it, and what to do now.

Before anything is called off it is a draft with lines to write on, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import StrikeDay
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Picket
from rallyapp.domain.plan import Plan, as_read
from rallyapp.domain.rallies import Contact, ContactKind, Rally
from rallyapp.domain.stalls import Stall
from rallyapp.domain.stand_down import Going, Status
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDownKind
from rallyapp.domain.times import clock, day_words, long_day_words, span_words
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints.audience import Naming
from rallyapp.prints.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Facts,
    Form,
    FormField,
    Heading,
    Keep,
    Missing,
    PageBreak,
    Table,
    Words,
    cells,
)
from rallyapp.prints.called import called
from rallyapp.prints.job import Job
from rallyapp.prints.sheet import Sheet
from rallyapp.prints.telling import Reach, Telling, action_words, what_stands
from rallyapp.prints.wording import apart, flat, from_day, moment

_HEADINGS = {
    None: "INDUSTRIAL ACTION SUSPENDED / CALLED OFF",
    StandDownKind.SUSPENDED: "INDUSTRIAL ACTION SUSPENDED",
    StandDownKind.CALLED_OFF: "INDUSTRIAL ACTION CALLED OFF",
    StandDownKind.SUPERSEDED: "INDUSTRIAL ACTION REPLACED BY OTHER ACTION",
    StandDownKind.REINSTATED: "INDUSTRIAL ACTION GOES AHEAD AFTER ALL",
}
_GOING = {Going.ON: "GOES AHEAD", Going.STOOD_DOWN: "STOOD DOWN", Going.UNDECIDED: "NOT DECIDED YET"}
# More workplaces than this are counted.
_MOST_PLACES = 6
_TICK = Cell(text="", tick=True)
# Who outside hears of it, and as what they are entered.
_OUTSIDE = (
    ("Employer", (ContactKind.EMPLOYER,)),
    ("Police", (ContactKind.POLICE,)),
    ("Council, landowner", (ContactKind.COUNCIL, ContactKind.LANDOWNER)),
    ("Suppliers", (ContactKind.SUPPLIER,)),
    ("Press", (ContactKind.PRESS,)),
)


def write(job: Job) -> Sheet:
    """Write the notice of a strike day; raises UserError where the day is gone."""
    notice = _Notice(Telling.of(job))
    day, kind = notice.day, notice.kind
    called_out = flat(job.say(day.called_out))
    return Sheet(
        kind="Stand-down notice",
        heading=_HEADINGS[kind],
        owner=job.owner,
        place=f"Strike on {long_day_words(day.first_date)}{f': {called_out}' if called_out else ''}",
        when=f"Issued {day_words(job.printed.date())}" if kind else "",
        hours=clock(job.printed) if kind else "",
        status=_status(notice)[0],
        status_words=_status(notice)[1],
        off=day.stood_down,
        phone=job.duty_phone,
        blocks=tuple(notice.blocks()),
        foot=job.shred_words() if job.allowed.remarks else "",
    )


def _status(notice: _Notice) -> tuple[str, str]:
    day = notice.day
    if notice.kind is None:
        return "DRAFT", "Nothing has been called off. Fill in the lines, and give it out only once it has been decided."
    if notice.kind is StandDownKind.REINSTATED:
        return "ON AGAIN", f"The strike of {day.words} goes ahead."
    return str(day.state).upper(), f"The strike of {day.words} does not take place."


class _Notice:
    """Writes the parts of one notice in their order."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling
        self.job: Job = telling.job
        self.plan: Plan = telling.job.plan
        self.day: StrikeDay = telling.day
        self.decision = telling.decision
        self.kind = telling.decision.kind if telling.decision else None
        self.days = telling.decision.days if telling.decision else (telling.day,)

    def blocks(self) -> Iterator[Block]:
        yield from self._decided()
        yield from self._what()
        yield from self._meaning()
        yield from self._now()
        yield from self._places()
        yield from self._told()
        yield from self._genuine()
        if self.job.allowed.remarks:
            yield from self._tick_list()

    # ------------------------------------------------------------------------------ who decided, and what
    def _decided(self) -> Iterator[Block]:
        decision = self.decision
        if decision is None:
            labels = ("Decided by (name, office)", "With what authority", "When it was decided", "Issued at")
            yield Form(fields=tuple(FormField(label=words) for words in labels), columns=4)
            return
        rows = [
            ("Decided by", self._decider(decision.decided_by)),
            ("Authority", flat(self.job.say(decision.authority))),
            ("When", moment(decision.at) if decision.at else ""),
        ]
        if self.job.allowed.remarks and decision.reason:
            rows.append(("Why", decision.reason))
        yield Facts(rows=tuple(rows), columns=2)

    def _decider(self, name: str) -> str:
        """Name who decided: they stand for it, but somebody on the roster only where they agreed to be named."""
        if self.job.allowed.names is not Naming.FULL:
            known = [person for person in self.plan.all(Person) if as_read(person.name) in as_read(name)]
            if any(not person.may_be_named for person in known):
                return ""
        return apart(flat(self.job.say(name)))

    def _what(self) -> Iterator[Block]:
        off = self.kind is not StandDownKind.REINSTATED
        yield Heading(text="What is off" if off else "What goes ahead")
        yield Table(
            columns=(
                Column(title="Strike day", share=4),
                Column(title="Action", share=4),
                Column(title="Workplaces", share=5),
            ),
            rows=tuple(
                cells(Cell(text=day.words, strong=True), action_words(self.job, day), self._workplaces(day))
                for day in self.days
            ),
        )
        if not off:
            return
        left = [
            day
            for day in sorted(
                self.plan.of(StrikeDay, "dispute_id", self.day.dispute_id), key=lambda day: (day.window.start, day.id)
            )
            if day not in self.days and not day.stood_down and day.window.end > self.job.printed
        ]
        if left:
            which = listed(f"{day.words} ({day.kind})" for day in left)
            yield Words(text=f"The remaining programme stays in place: {which}.", strong=True)
        else:
            yield Words(text="No other strike day of this dispute is planned.", strong=True)

    def _workplaces(self, day: StrikeDay) -> str:
        sites = {self.plan.site_of(each).name for each in self.plan.of(Picket, "strike_day_id", day.id)}
        names = sorted(called(self.job, name) for name in sites)
        if len(names) > _MOST_PLACES:
            return f"{listed(names[:_MOST_PLACES])}, and {counted(len(names) - _MOST_PLACES, 'more workplace')}"
        return listed(names) or "All workplaces where it was called"

    def _meaning(self) -> Iterator[Block]:
        items = []
        if self.kind is StandDownKind.SUSPENDED:
            items.append("It is suspended until further notice. It may go on again on another day: you will be told.")
        elif self.kind is StandDownKind.CALLED_OFF:
            items.append("It is called off: it does not take place unless it is called again.")
        elif self.kind is StandDownKind.SUPERSEDED:
            instead = self.plan.find(StrikeDay, self.day.replaced_by_id)
            items.append(f"Other action takes its place: {instead.words if instead else '................'}.")
        elif self.kind is StandDownKind.REINSTATED:
            agreed = " The employer has agreed to it." if self.decision and self.decision.agreed else ""
            order = " to obey a court order" if self.decision and self.decision.by_order else ""
            items.append(f"It had been stood down{order} and goes ahead after all.{agreed}")
        else:
            items.append("Suspended until further notice / called off / replaced by other action (strike out two).")
        items.append(self._mandate())
        yield Bullets(items=tuple(items))

    def _mandate(self) -> str:
        dispute = self.job.dispute
        if dispute is not None and dispute.mandate_until is not None:
            return f"The mandate for action lasts until {long_day_words(dispute.mandate_until)}."
        if dispute is not None and dispute.ballot_opened and dispute.ballot_closed:
            found = law.mandate(
                self.job.rules,
                dispute.jurisdiction,
                ballot_opened=dispute.ballot_opened,
                ballot_closed=dispute.ballot_closed,
            )
            return f"The mandate: {found.fact}"
        return "Whether the dispute and its mandate go on: ................................"

    # ------------------------------------------------------------------------------------- what to do now
    def _now(self) -> Iterator[Block]:
        yield Heading(text="What to do now")
        if self.kind is StandDownKind.REINSTATED:
            yield Bullets(
                items=(
                    "Come as you were asked to. Say at once if you can\u2019t any more.",
                    "Whoever had said yes is asked again: answer, so that no place stays empty.",
                ),
                numbered=True,
            )
            return
        leader = law.supervisor_word(self.job.rules, self.job.where, self.day.first_date)
        yield Keep(
            blocks=(
                Bullets(
                    items=(
                        "Do not come, unless the table below says that something goes ahead.",
                        "If you are on the line now: leave it together, sign out, and hand armband and kit to the "
                        f"{leader}.",
                    ),
                    numbered=True,
                ),
                Form(
                    fields=(
                        FormField(label="Work as normal from", tall=11),
                        FormField(label="If your shift at work has begun", tall=11),
                    ),
                ),
            )
        )

    def _places(self) -> Iterator[Block]:
        found = [each for day in self.days for each in what_stands(self.plan, day)]
        yield Heading(text="Pickets, rallies and stalls")
        if not found:
            yield Missing(text="No picket, rally or stall was planned for it.")
            return
        rows: list[tuple[Cell, ...]] = []
        changed = []
        for each in dict.fromkeys(found):
            row = self._place(each)
            if self.job.line(each.id, row):
                changed.append(len(rows))
            rows.append(row)
        yield Table(
            columns=(
                Column(title="What", share=5),
                Column(title="Where", share=5),
                Column(title="When", share=4),
                Column(title="Now" if self.kind else "Stood down or goes ahead", share=4),
            ),
            rows=tuple(rows),
            tall=0 if self.kind else 8.5,
            boxes=not self.kind,
            changed=tuple(changed),
        )

    def _place(self, each: Picket | Rally | Stall) -> tuple[Cell, ...]:
        plan = self.plan
        if isinstance(each, Picket):
            what, status = "Picket", stand_down.of_picket(plan, each)
            where = self.job.say(plan.picket_words(each).rsplit(", ", 1)[0])
            when = self._when(each.starts, each.ends)
        elif isinstance(each, Rally):
            what, status = self.job.say(each.title), stand_down.of_rally(plan, each)
            where = called(self.job, plan.place_of(each).name)
            when = self._when(each.starts, each.ends)
        else:
            what, status = called(self.job, capital(plan.line_words(each))), stand_down.of_stall(plan, each)
            where = called(self.job, plan.place_of(each).name)
            when = self._when(each.arrives, each.leaves) if each.arrives else ""
        off = bool(self.kind) and not status.on
        return cells(
            Cell(text=apart(flat(what)), strong=True, struck=off),
            apart(flat(where)),
            Cell(text=when, struck=off),
            self._going(status),
        )

    def _when(self, starts: datetime, ends: datetime | None) -> str:
        """Give the times; with their day where the notice is about more than one."""
        span = span_words(starts, ends)
        if len(self.days) == 1 and starts.date() == self.day.first_date:
            return span
        return f"{day_words(starts.date())}\n{span}"

    def _going(self, status: Status) -> Cell:
        if not self.kind:
            return Cell(text="")
        own = status.going is not Going.ON and self.job.allowed.remarks and "strike day is" not in status.why
        return Cell(text=_GOING[status.going], strong=True, small=flat(status.why) if own else "")

    # ------------------------------------------------------------------------------------- who was told
    def _told(self) -> Iterator[Block]:
        yield Heading(text="Who has been told, and when")
        by = self.job.allowed.remarks
        yield Form(
            fields=tuple(
                FormField(label=who, value=f"{when}\nby {name}" if by and name else when, tall=11)
                for who, when, name in self._told_rows()
            ),
            columns=4,
        )

    def _told_rows(self) -> Iterator[tuple[str, str, str]]:
        for who, kinds in _OUTSIDE:
            ids = {contact.id for contact in self.plan.all(Contact) if contact.kind in kinds}
            yield (who, *self._first([each for each in self._reached() if each.contact_id in ids]))
        yield ("Partner charities", *self._first([each for each in self._reached() if each.stall_id]))
        yield ("Speakers", *self._first([each for each in self._reached() if each.speaker_id]))
        people = [tell for tell in self.telling.tells if tell.person_id]
        done = sum(tell.reached for tell in people)
        told = f"{done} of {len(people)}" if people and self.kind else ""
        yield "Pickets and stewards", told, ""

    def _reached(self) -> list[ContactAttempt]:
        id = self.decision.stand_down_id if self.decision else None
        if id is None:
            return []
        found = self.plan.of(ContactAttempt, "stand_down_id", id)
        return sorted((each for each in found if each.outcome is Outcome.REACHED), key=lambda each: (each.at, each.id))

    def _first(self, tried: list[ContactAttempt]) -> tuple[str, str]:
        if not tried:
            return "", ""
        return self._at(tried[0].at), apart(flat(tried[0].tried_by))

    def _at(self, when: datetime) -> str:
        decided = self.decision.at if self.decision else None
        return from_day(when, (decided or self.job.printed).date())

    # --------------------------------------------------------------------------------- is it genuine
    def _genuine(self) -> Iterator[Block]:
        dispute, phone = self.job.dispute, self.job.duty_phone
        answers = flat(dispute.duty_contact) if dispute and self.job.allowed.remarks else ""
        ring = f"Ring the duty phone, {phone or '................'}{f' ({answers})' if answers else ''},"
        yield Heading(text="Is this genuine? Whom to ask")
        yield Words(
            text=f"{ring} or look at the union\u2019s own pages. Do not go by the news, a post or a forwarded message."
        )

    def _tick_list(self) -> Iterator[Block]:
        if not self.telling.tells:
            return
        yield PageBreak()
        yield Heading(text="Whom to tell, in this order")
        rows = []
        for count, (turn, tells) in enumerate(groupby(self.telling.tells, key=lambda tell: tell.turn), start=1):
            words = f"{count}. {capital(self.telling.said(turn.words))}".replace("'", "\u2019")
            for place, tell in enumerate(tells):
                reach, tries = self.telling.reach(tell), self.telling.tries(tell)
                told = next((each for each in tries if each.outcome is Outcome.REACHED), None)
                rows.append(
                    cells(
                        words if place == 0 else Cell(text=f"{count}.", muted=True),
                        Cell(text=reach.name, strong=True),
                        _reached_by(reach),
                        f"{self._at(told.at)} {apart(flat(told.tried_by))}" if told else _TICK,
                    )
                )
        yield Table(
            columns=(
                Column(title="Turn", share=4),
                Column(title="Who", share=5),
                Column(title="Number or address", share=6),
                Column(title="Reached: time, by whom", share=5),
            ),
            rows=tuple(rows),
            tall=8,
            boxes=True,
        )


def _reached_by(reach: Reach) -> Cell:
    """Give a number or an address and how it is used, on one line where that is one word."""
    if reach.number and reach.how.isalpha():
        return Cell(text=f"{reach.number}, {reach.how}")
    return Cell(text=reach.number, small=reach.how)
