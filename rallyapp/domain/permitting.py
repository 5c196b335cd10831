"""What a rally asks leave for or tells somebody of: why, by which day, how it stands, and what was told (R1 to R10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from rallyapp.domain import law
from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PermissionId
from rallyapp.domain.law import Jurisdiction, Rule, Rules
from rallyapp.domain.law_table import Certainty
from rallyapp.domain.march_notices import both_told, newest
from rallyapp.domain.permission_days import far_day
from rallyapp.domain.permission_states import sent_word, state_word
from rallyapp.domain.permission_words import Due, How, Standing, Told
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import (
    Permission,
    PermissionKind,
    PermissionState,
    Rally,
    RouteStep,
)
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.waivers import Waiver, furthest, waiver_read

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
_ON_ITS_WAY = (PermissionState.SENT, PermissionState.APPLIED, PermissionState.LATE)


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

    @property
    def last_day(self) -> date:
        """The day on which the rally ends: one that ends at midnight ends on the day before."""
        return (self.rally.ends - timedelta(microseconds=1)).date()

    def runs_out(self, permission: Permission) -> bool:
        """Say whether it runs out before the rally is over; it holds to the end of its last day."""
        return permission.expires_on is not None and permission.expires_on < self.last_day

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
        if self.where is Jurisdiction.SCOTLAND:
            return "march notice"
        return str(kind) if self.rally.kind.marches else "notice of a protest meeting"

    @property
    def waiver(self) -> Waiver:
        """Say how far the council's waiver of the period of notice has come; there is none outside Scotland (R4)."""
        found = self.notice_law
        if found is None or found.rule.id != "R4":
            return Waiver.NONE
        return furthest(waiver_read(one.waiver) for one in self.entered(PermissionKind.MARCH_NOTICE))

    def sent_late(self, permission: Permission) -> law.Deadline | None:
        """Give the law's last day for a march notice that was sent after it, whatever own day is entered.

        A waiver puts the day of the march in its place: the notice itself is not waived.
        """
        found = self._law_of(permission)
        if found is None or permission.sent_on is None:
            return None
        last = self.starts.date() if self.waiver is Waiver.GIVEN else found.latest
        return found if permission.sent_on > last else None

    def untold(self) -> list[tuple[str, tuple[Permission, ...]]]:
        """List to whom the law wants a march notice and none was sent, with what is entered of that.

        In Scotland the council and the chief constable are both told (R4): " to the council".
        """
        notices = tuple(self.entered(PermissionKind.MARCH_NOTICE))
        if self.notice_law is not None and not any(notice.sent_on for notice in notices):
            return [("", notices)]
        return self._owed()

    def _owed(self) -> list[tuple[str, tuple[Permission, ...]]]:
        found, notices = self.notice_law, self.entered(PermissionKind.MARCH_NOTICE)
        if found is None:
            return []
        bodies = [("", tuple(notices))]
        if found.rule.id == "R4":
            council, police = both_told(notices)
            bodies = [(" to the council", council), (" to the chief constable", police)]
        return [(words, told) for words, told in bodies if not any(notice.sent_on for notice in told)]

    def needed(self, permission: Permission) -> str:
        """Say why something that is entered as not needed is needed; nothing where it is not."""
        if permission.state is not PermissionState.NOT_NEEDED:
            return ""
        if permission.kind is PermissionKind.LOUDSPEAKER and self.rally.loudspeaker and not self.consent:
            return f"a loudspeaker is to be used {law.hours_words(self.banned)}" if self.banned else ""
        owed = any(
            permission in told and all(one.state is PermissionState.NOT_NEEDED for one in told)
            for _, told in self._owed()
        )
        return "the law asks for it" if owed else ""

    def _law_of(self, permission: Permission) -> law.Deadline | None:
        return self.notice_law if permission.kind is PermissionKind.MARCH_NOTICE else None

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
        found = self._law_of(permission)
        if found is not None and (own is None or (own >= found.latest and self.waiver is not Waiver.GIVEN)):
            return Due(day=found.latest, why=found.fact, rule=found.rule)
        if own is not None:
            why = f"By {day_words(own)}, the day that you entered."
            return Due(day=own, why=f"{why} {found.fact}" if found else why, rule=found.rule if found else None)
        if permission.lead_days is None:
            return None
        day = self.rally.starts.date() - timedelta(days=permission.lead_days)
        return Due(day=day, why=f"They ask for {_days(permission.lead_days)}: that is by {day_words(day)}.")

    def standing(self, permission: Permission, today: date) -> Standing:
        """Say how it stands today."""
        state, expires = permission.state, permission.expires_on
        if why := self.needed(permission):
            return Standing(word="needed", words=f"entered as not needed, but {why}", how=How.WRONG)
        if state is PermissionState.NOT_NEEDED:
            return Standing(word="not needed", words="not needed", how=How.OFF)
        if state is PermissionState.REFUSED:
            return Standing(word="refused", words=_dated("refused", permission.answered_on), how=How.WRONG)
        if expires is not None and self.runs_out(permission):
            words = f"runs out on {day_words(expires)}, before the rally is over"
            return Standing(word="runs out", words=words, how=How.WRONG)
        if self.replaced(permission):
            words = f"{_dated('sent', permission.sent_on)}, replaced by a later notice"
            return Standing(word="replaced", words=words, how=How.OFF)
        if self.changed(permission):
            words = f"{_dated('sent', permission.sent_on)}; the plan has changed since"
            return Standing(word="plan changed", words=words, how=How.WRONG)
        if late := self.sent_late(permission):
            words = f"{_dated('sent', permission.sent_on)}, too late: it was due {day_words(late.latest)}"
            return Standing(word="sent late", words=self._with_waiver(words), how=How.WRONG)
        if state is PermissionState.GRANTED:
            found = self._granted(permission)
        elif state in _ON_ITS_WAY or permission.sent_on is not None:
            found = self._on_its_way(permission)
        else:
            return self._to_do(permission, today)
        if found.how is How.DONE and far_day(permission, self.last_day, today):
            return replace(found, word="check the day", how=How.SOON)
        return found

    @staticmethod
    def _granted(permission: Permission) -> Standing:
        word = state_word(permission.kind, PermissionState.GRANTED)
        words = _dated(word, permission.answered_on)
        if permission.kind is PermissionKind.INSURANCE:
            words = f"{word} until {day_words(permission.expires_on)}" if permission.expires_on else word
        reference = f", {permission.reference}" if permission.reference else ""
        return Standing(word=word, words=f"{words}{reference}", how=How.DONE)

    def _on_its_way(self, permission: Permission) -> Standing:
        word = sent_word(permission.kind)
        words = _dated(word, permission.sent_on)
        found = self._law_of(permission)
        if found is not None and permission.sent_on is not None and permission.sent_on > found.latest:
            return Standing(word="sent", words=f"{words}, {Waiver.GIVEN}", how=How.DONE)
        if permission.kind in ANSWERED or permission.state in (PermissionState.APPLIED, PermissionState.LATE):
            due = None if found else self.due(permission)
            late = due is not None and permission.sent_on is not None and permission.sent_on > due.day
            if late or permission.state is PermissionState.LATE:
                words = f"late application, {words}"
            return Standing(word="awaiting answer", words=f"{words}, awaiting answer", how=How.WAITING)
        return Standing(word=word, words=words, how=How.DONE)

    def _to_do(self, permission: Permission, today: date) -> Standing:
        due, found = self.due(permission), self._law_of(permission)
        if today > self.last_day:
            return Standing(word="not done", words="was not done", how=How.OFF)
        if due is None:
            return Standing(word="to do", words="to do; no last day is known", how=How.TO_DO)
        if found is not None and self.waiver is Waiver.GIVEN:
            return Standing(word="to do", words=f"to do; {Waiver.GIVEN}, the notice is still owed", how=How.SOON)
        last = found.latest if found else due.day
        if last < today:
            words = f"late: it was due {day_words(last)}; "
            if found is None:
                return Standing(word="late", words=f"{words}ask whether late is possible", how=How.LATE)
            return Standing(word="late", words=self._with_waiver(f"{words}send it as soon as you can"), how=How.WRONG)
        if due.day < today:
            words = f"your own day, {day_words(due.day)}, has passed; by law {_countdown(last, today)}"
            return Standing(word="due soon", words=words, how=How.SOON)
        words = _countdown(due.day, today)
        if (due.day - today).days <= SOON:
            return Standing(word="due soon", words=words, how=How.SOON)
        return Standing(word="to do", words=words, how=How.TO_DO)

    def _with_waiver(self, words: str) -> str:
        """Add how far a waiver has come that would have made it less late."""
        return f"{words}; {self.waiver}" if self.waiver in (Waiver.APPLIED, Waiver.REFUSED) else words

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
        elif permission.kind is PermissionKind.INSURANCE:
            state = PermissionState.APPLIED
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

    # -------------------------------------------------------------------------------------- loudspeakers
    @property
    def banned(self) -> law.Hours:
        """Give every part of the rally in which no loudspeaker may be used in a street (R9)."""
        start = self.rally.assemble or self.rally.starts
        return law.loudspeaker_banned(self.rules, self.where, start, self.rally.ends)

    @property
    def consent(self) -> Permission | None:
        """Give the council's consent to a loudspeaker in those hours: one that is granted and does not run out."""
        every = self.entered(PermissionKind.LOUDSPEAKER)
        return next((one for one in every if one.state is PermissionState.GRANTED and not self.runs_out(one)), None)


def _lines(text: str) -> list[str]:
    return [words for line in text.splitlines() if (words := " ".join(line.split()))]


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def _countdown(day: date, today: date) -> str:
    left = (day - today).days
    return f"due by {day_words(day)} ({f'{_days(left)} left' if left else 'today'})"


def _dated(word: str, day: date | None) -> str:
    return f"{word} {day_words(day)}" if day else word
