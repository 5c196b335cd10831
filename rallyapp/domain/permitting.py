"""What a rally asks leave for or tells somebody of: why, by which day, how it stands, and what was told (R1 to R10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from rallyapp.domain import law
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PermissionId
from rallyapp.domain.law import Jurisdiction, Rule, Rules
from rallyapp.domain.law_table import Certainty
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Permission,
    PermissionKind,
    PermissionState,
    Rally,
    RouteStep,
)
from rallyapp.domain.times import clock, day_words

# Somebody answers these with yes or no; of the others it is enough that they were sent.
ANSWERED = frozenset(
    {
        PermissionKind.LANDOWNER,
        PermissionKind.COUNCIL,
        PermissionKind.ROAD_CLOSURE,
        PermissionKind.LOUDSPEAKER,
        PermissionKind.COLLECTION,
    }
)
SOON = 7  # days
_RULES = {
    PermissionKind.POLICE_VOLUNTARY: "R3",
    PermissionKind.LANDOWNER: "R8",
    PermissionKind.COUNCIL: "R8",
    PermissionKind.LOUDSPEAKER: "R9",
    PermissionKind.INSURANCE: "R10",
    PermissionKind.RISK_ASSESSMENT: "R14",
    PermissionKind.COLLECTION: "R18",
}
_POLICE = re.compile(r"constab|police", re.IGNORECASE)
_ON_ITS_WAY = (PermissionState.SENT, PermissionState.APPLIED, PermissionState.LATE)


class How(StrEnum):
    """How something stands, from good to bad and to what no longer matters."""

    DONE = "done"
    WAITING = "waiting"
    TO_DO = "to do"
    SOON = "due soon"
    LATE = "late"
    WRONG = "wrong"
    OFF = "off"


@frozen
class Due:
    """By which day something must be done; ``rule`` is the law that says so, None for anybody's own lead time."""

    day: date
    why: str
    rule: Rule | None = None


@frozen
class Standing:
    """How something stands today: in a word or two, in a sentence without its capital, and how good that is."""

    word: str
    words: str
    how: How


@frozen
class Told:
    """What a notice said and what the plan says now, in the parts in which they differ ("date", "time", "route")."""

    parts: tuple[str, ...]
    told: str
    now: str


@frozen
class Permitting:
    """The permissions and notices of one rally under the law of its place."""

    plan: Plan
    rally: Rally
    rules: Rules
    where: Jurisdiction

    # --------------------------------------------------------------------------------------- the facts
    @property
    def starts(self) -> datetime:
        """When it moves off; a rally that stands, when it starts."""
        return (self.rally.move_off if self.rally.kind.marches else None) or self.rally.starts

    @property
    def route(self) -> str:
        """The way of the march, a step a line; the shorter accessible one is not what the police are told."""
        steps = sorted(self.plan.of(RouteStep, "rally_id", self.rally.id), key=lambda step: (step.position, step.id))
        return "\n".join(step.instruction for step in steps if not step.accessible)

    def entered(self, kind: PermissionKind) -> list[Permission]:
        """List what is entered of a kind, in order of whom it goes to."""
        every = self.plan.of(Permission, "rally_id", self.rally.id)
        return sorted((one for one in every if one.kind is kind), key=lambda one: (one.body.casefold(), one.id))

    # ----------------------------------------------------------------------------------------- the law
    @property
    def customary(self) -> bool:
        """Say whether it needs no notice because such a march is always held: in England and Wales only (R2)."""
        on = self.starts.date()
        return bool(self.rally.customary.strip()) and self.rules.in_force("R2", self.where, on)

    @property
    def notice_law(self) -> law.Deadline | None:
        """Give the law's last day for the notice; None where there is no duty.

        R1, R2, R4, R5. That a rally that stands is a protest meeting related to somebody's march (Northern Ireland)
        is known by its having a march notice: nothing else in a plan says so.
        """
        on = self.starts.date()
        if self.rally.kind.marches:
            return None if self.customary else law.march_deadline(self.rules, self.where, on)
        meant = any(one.state is not PermissionState.NOT_NEEDED for one in self.entered(PermissionKind.MARCH_NOTICE))
        return law.march_deadline(self.rules, self.where, on, related_meeting=True, static=True) if meant else None

    @property
    def law_words(self) -> tuple[str, Rule | None]:
        """Say what the law asks of this rally, and the rule that says so; nothing where no rule is known."""
        on = self.starts.date()
        if (found := self.notice_law) is not None:
            return found.fact, found.rule
        id = "R2" if self.rally.kind.marches else "R3"
        rule = self.rules.rule(id)
        if not rule.applies(self.where, on) or not rule.say:
            return "", None
        return rule.say, rule

    def called(self, kind: PermissionKind) -> str:
        """Name a kind as this rally has it: in Scotland a march notice goes to the council too."""
        if kind is not PermissionKind.MARCH_NOTICE or self.where in (Jurisdiction.ENGLAND, Jurisdiction.WALES):
            return str(kind)
        if not self.rally.kind.marches:
            return "notice of a protest meeting"
        return "march notice" if self.where is Jurisdiction.SCOTLAND else str(kind)

    @property
    def waived(self) -> bool:
        """Say whether the council has waived the period of notice (R4)."""
        found = self.notice_law
        notices = self.entered(PermissionKind.MARCH_NOTICE)
        return found is not None and found.rule.id == "R4" and any(one.waiver.strip() for one in notices)

    def rule(self, kind: PermissionKind) -> Rule | None:
        """Give the rule behind a kind, if it is in force there and may be printed."""
        if kind is PermissionKind.MARCH_NOTICE:
            found = self.notice_law
            return found.rule if found else None
        rule = self.rules.rule(_RULES[kind]) if kind in _RULES else None
        if rule is None or rule.certainty is Certainty.FROM_MEMORY or not rule.say:
            return None
        return rule if rule.applies(self.where, self.rally.starts.date()) else None

    # ------------------------------------------------------------------------------ by when, how it stands
    def due(self, permission: Permission) -> Due | None:
        """Say by which day it must be done: by law, by a day that was entered, or by somebody's lead time (R8)."""
        own = permission.deadline
        found = self.notice_law if permission.kind is PermissionKind.MARCH_NOTICE else None
        if found is not None and (own is None or own >= found.latest):
            return Due(day=found.latest, why=found.fact, rule=found.rule)
        if own is not None:
            return Due(day=own, why=f"By {day_words(own)}, the day that you entered.")
        if permission.lead_days is None:
            return None
        day = self.rally.starts.date() - timedelta(days=permission.lead_days)
        return Due(day=day, why=f"They ask for {_days(permission.lead_days)}: that is by {day_words(day)}.")

    def standing(self, permission: Permission, today: date) -> Standing:
        """Say how it stands today."""
        state, expires = permission.state, permission.expires_on
        if state is PermissionState.NOT_NEEDED:
            return Standing(word="not needed", words="not needed", how=How.OFF)
        if state is PermissionState.REFUSED:
            return Standing(word="refused", words=_dated("refused", permission.answered_on), how=How.WRONG)
        if expires is not None and expires < self.rally.ends.date():
            words = f"runs out on {day_words(expires)}, before the rally is over"
            return Standing(word="runs out", words=words, how=How.WRONG)
        if self.replaced(permission):
            words = f"{_dated('sent', permission.sent_on)}, replaced by a later notice"
            return Standing(word="replaced", words=words, how=How.OFF)
        if self.changed(permission):
            words = f"{_dated('sent', permission.sent_on)}; the plan has changed since"
            return Standing(word="plan changed", words=words, how=How.WRONG)
        if state is PermissionState.GRANTED:
            reference = f", {permission.reference}" if permission.reference else ""
            words = f"{_dated('granted', permission.answered_on)}{reference}"
            return Standing(word="granted", words=words, how=How.DONE)
        if state in _ON_ITS_WAY or permission.sent_on is not None:
            return self._on_its_way(permission)
        return self._to_do(permission, today)

    def _on_its_way(self, permission: Permission) -> Standing:
        words = _dated("sent", permission.sent_on)
        due = self.due(permission)
        late = due is not None and permission.sent_on is not None and permission.sent_on > due.day
        if permission.kind in ANSWERED or permission.state in (PermissionState.APPLIED, PermissionState.LATE):
            if late or permission.state is PermissionState.LATE:
                words = f"late application, {words}"
            return Standing(word="awaiting answer", words=f"{words}, awaiting answer", how=How.WAITING)
        if late and due is not None and due.rule is not None:
            if self.waived:
                return Standing(word="sent", words=f"{words}, the period was waived", how=How.DONE)
            words = f"{words}, too late: it was due {day_words(due.day)}"
            return Standing(word="sent late", words=words, how=How.WRONG)
        return Standing(word="sent", words=words, how=How.DONE)

    def _to_do(self, permission: Permission, today: date) -> Standing:
        due = self.due(permission)
        if today > self.rally.ends.date():
            return Standing(word="not done", words="was not done", how=How.OFF)
        if due is None:
            return Standing(word="to do", words="to do; no last day is known", how=How.TO_DO)
        if due.rule is not None and self.waived:
            return Standing(word="to do", words="to do; the period was waived", how=How.TO_DO)
        left = (due.day - today).days
        if left < 0:
            ask = "send it as soon as you can" if due.rule else "ask whether late is possible"
            how = How.WRONG if due.rule else How.LATE
            return Standing(word="late", words=f"late: it was due {day_words(due.day)}; {ask}", how=how)
        words = f"due by {day_words(due.day)} ({f'{_days(left)} left' if left else 'today'})"
        if left <= SOON:
            return Standing(word="due soon", words=words, how=How.SOON)
        return Standing(word="to do", words=words, how=How.TO_DO)

    # ------------------------------------------------------------------------------------- what was told
    def replaced(self, permission: Permission) -> bool:
        """Say whether a later march notice to the same body was sent."""
        notices = self.entered(PermissionKind.MARCH_NOTICE)
        gone = {one.id for one in notices if one.sent_on is not None} - {one.id for _, one in newest(notices)}
        return permission.id in gone

    def changed(self, permission: Permission) -> Told | None:
        """Say in what the plan differs from what a march notice said (R1); None where it does not, or did not say."""
        if permission.kind is not PermissionKind.MARCH_NOTICE or self.replaced(permission):
            return None
        was, now = permission.sent_for, self.starts
        parts, told, says = [], [], []
        if was is not None and was != now:
            parts += [
                part
                for part, same in (("date", was.date() == now.date()), ("time", was.time() == now.time()))
                if not same
            ]
            told.append(f"{day_words(was.date())} {clock(was)}")
            says.append(f"{day_words(now.date())} {clock(now)}")
        if permission.sent_route.strip() and _lines(permission.sent_route) != _lines(self.route):
            parts.append("route")
            told.append(f"via {'; '.join(_lines(permission.sent_route))}")
            says.append(f"via {'; '.join(_lines(self.route))}" if _lines(self.route) else "no route")
        return Told(parts=tuple(parts), told=", ".join(told), now=", ".join(says)) if parts else None

    def sent(self, permission: Permission, on: date) -> Permission:
        """Give it as sent that day; a march notice keeps what it said, as the plan has it now."""
        due = self.due(permission)
        state = PermissionState.SENT
        if permission.state is PermissionState.GRANTED:
            state = permission.state
        elif permission.kind in ANSWERED:
            state = PermissionState.LATE if due is not None and on > due.day else PermissionState.APPLIED
        return self.said_so(replace(permission, sent_on=on, state=state))

    def said_so(self, permission: Permission) -> Permission:
        """Give a march notice as one that said what the plan says now."""
        if permission.kind is not PermissionKind.MARCH_NOTICE:
            return permission
        return replace(permission, sent_for=self.starts, sent_route=self.route)

    def sent_anew(self, notice: Permission, on: date, id: PermissionId) -> Permission:
        """Give the new notice that takes the place of one which says something else; of the same day it is the same."""
        if notice.sent_on is None or notice.sent_on >= on:
            return self.sent(notice, on)
        new = replace(
            notice,
            id=id,
            state=PermissionState.TO_DO,
            reference="",
            answered_on=None,
            conditions="",
            waiver="",
            note="",
        )
        return self.sent(new, on)

    def dated(self, permission: Permission, on: date | None) -> Permission:
        """Give it with another day of sending: the first one freezes what was told, none takes it back."""
        if on is None:
            state = PermissionState.TO_DO if permission.state in _ON_ITS_WAY else permission.state
            return replace(permission, sent_on=None, sent_for=None, sent_route="", state=state)
        return self.sent(permission, on) if permission.sent_on is None else replace(permission, sent_on=on)

    @property
    def banned(self) -> tuple[datetime, datetime] | None:
        """Give the first part of the rally in which no loudspeaker may be used in a street (R9)."""
        start = self.rally.assemble or self.rally.starts
        return law.loudspeaker_banned(self.rules, self.where, start, self.rally.ends)


def noun(kind: PermissionKind) -> str:
    """Name a kind in the middle of a sentence: "request to the council events team"."""
    if kind is PermissionKind.COUNCIL:
        return f"request to the {kind}"
    return {PermissionKind.RISK_ASSESSMENT: "shared risk assessment", PermissionKind.OTHER: "permission"}.get(
        kind, kind
    )


def with_article(kind: PermissionKind) -> str:
    """Name one of a kind: "a landowner's permission", "public liability insurance"."""
    bare = kind in (PermissionKind.INSURANCE, PermissionKind.LOUDSPEAKER)
    return noun(kind) if bare else f"a {noun(kind)}"


def newest(notices: Iterable[Permission]) -> list[tuple[date, Permission]]:
    """List the last notice sent to each body: in Scotland there are two, and a changed march needs a new one."""
    sent = [(notice.sent_on, notice) for notice in notices if notice.sent_on is not None]
    sent.sort(key=lambda pair: (pair[0], pair[1].id))
    last = {" ".join(notice.body.split()).casefold(): (on, notice) for on, notice in sent}
    return list(last.values())


def both_told(notices: Iterable[Permission]) -> tuple[tuple[Permission, ...], tuple[Permission, ...]]:
    """Sort march notices in Scotland into those to the council and those to the chief constable (R4).

    One that does not say to whom it goes counts for whichever has none.
    """
    council: list[Permission] = []
    police: list[Permission] = []
    unnamed: list[Permission] = []
    for notice in notices:
        (police if _POLICE.search(notice.body) else council if notice.body.strip() else unnamed).append(notice)
    for notice in unnamed:
        (police if council and not police else council).append(notice)
    return tuple(council), tuple(police)


def _lines(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _dated(word: str, day: date | None) -> str:
    return f"{word} {day_words(day)}" if day else word
