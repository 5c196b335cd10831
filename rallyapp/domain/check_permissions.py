"""The checks of what a rally asks leave for and tells others, and of its risk assessment; see ``checks``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from rallyapp.domain import law, risks
from rallyapp.domain.each_rally import EachRally, each_rally
from rallyapp.domain.law import Deadline
from rallyapp.domain.march_notices import newest
from rallyapp.domain.permission_days import far_day
from rallyapp.domain.permission_states import state_word
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.problems import Concern, Problem, Severity
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState, Risk
from rallyapp.domain.situation import Situation
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.waivers import Waiver

_SAID = (PermissionState.SENT, PermissionState.GRANTED)


def _case(each: EachRally) -> Permitting:
    return Permitting(plan=each.at.plan, rally=each.rally, rules=each.at.rules, where=each.where)


def _marches(at: Situation) -> Iterator[Problem]:
    """Find march notices that are late, or that no longer say what will happen (R1, R2, R4, R5)."""
    for each in each_rally(at):
        case = _case(each)
        deadline = case.notice_law
        if deadline is None:
            continue
        yield from _not_sent(each, case, deadline)
        for sent_on, notice in newest(case.entered(PermissionKind.MARCH_NOTICE)):
            if case.sent_late(notice):
                sentence = f"the {_name(case)} was sent on {day_words(sent_on)}, too late. {deadline.sentence}"
                concern = Concern("permission", notice.id)
                yield each.problem(Severity.RED, "march-notice-late", sentence, "speak to the police now", concern)
            yield from _changed(each, case, notice)


def _not_sent(each: EachRally, case: Permitting, deadline: Deadline) -> Iterator[Problem]:
    """Find the notices that nobody sent; what the council waives is the time, not the notice (R4)."""
    at, on, waived = each.at, case.starts.date(), case.waiver is Waiver.GIVEN
    late = deadline.latest < at.today <= on and not waived
    why = f"The council waived the period; the notice is still owed. {at.rules.words}" if waived else deadline.sentence
    for body, told in case.untold():
        said = [notice for notice in told if notice.state in _SAID]
        what = f"no {_name(case)}{body} has been sent"
        if said:
            what = f"it is not entered when the {_name(case)}{body} was sent"
        yield each.problem(
            Severity.RED if late else Severity.AMBER,
            "march-notice-not-sent",
            f"{what}. {why}",
            "enter when" if said else "send it as soon as you can, and enter when",
            *(Concern("permission", notice.id) for notice in said),
        )


def _name(case: Permitting) -> str:
    """Name the notice in a sentence; of a rally that stands it is that of a protest meeting (R5)."""
    return "march notice" if case.rally.kind.marches else case.called(PermissionKind.MARCH_NOTICE)


def _changed(each: EachRally, case: Permitting, notice: Permission) -> Iterator[Problem]:
    told = case.changed(notice)
    if told is None:
        return
    concern, was, now = Concern("permission", notice.id), notice.sent_for, case.starts
    if was is not None and was != now:
        sentence = (
            f"the {_name(case)} says {day_words(was.date())} {clock(was)}, the plan says "
            f"{day_words(now.date())} {clock(now)}. {each.at.rules.words}"
        )
        yield each.problem(Severity.RED, "march-notice-changed", sentence, "send a new notice", concern)
    if "route" in told.parts:
        sentence = f"the route has changed since the {_name(case)} was sent. {each.at.rules.words}"
        yield each.problem(Severity.RED, "march-route-changed", sentence, "send a new notice", concern)


def _noise(at: Situation) -> Iterator[Problem]:
    """Find loudspeakers at rallies in the hours in which streets must be free of them (R9)."""
    for each in each_rally(at):
        case = _case(each)
        hours = law.hours_words(case.banned)
        if each.rally.loudspeaker and hours and not case.consent:
            idle = [one for one in case.entered(PermissionKind.LOUDSPEAKER) if case.needed(one)]
            entered = "; the consent is entered as not needed" if idle else ""
            sentence = f"no loudspeaker in the street {hours}{entered}. {at.rules.words}"
            mend = f"leave it off {hours}, or ask the council for consent"
            concerns = (Concern("permission", one.id) for one in idle)
            yield each.problem(Severity.RED, "loudspeaker", sentence, mend, *concerns)


def _permissions(at: Situation) -> Iterator[Problem]:
    """Find what is not agreed, refused, late, missing or running out (R8, R10)."""
    for each in each_rally(at):
        case, on = _case(each), each.rally.starts.date()
        for kind, words in (
            (PermissionKind.LANDOWNER, "the landowner has not agreed"),
            (PermissionKind.INSURANCE, "no public liability insurance is entered"),
            (PermissionKind.RISK_ASSESSMENT, "the risk assessment has not been shared"),
        ):
            every = case.entered(kind)
            # One that was refused is said below, by itself.
            open_ = [one for one in every if not _settled(one) and one.state is not PermissionState.REFUSED]
            if open_ or not every:
                concerns = (Concern("permission", permission.id) for permission in open_)
                state = f" ({state_word(kind, open_[0].state)})" if open_ else ""
                if open_ and kind is PermissionKind.INSURANCE:
                    words = "the public liability insurance is not in force yet"
                code = f"no-{kind.name.lower().replace('_', '-')}"
                yield each.problem(Severity.AMBER, code, f"{words}{state}", "enter how far it has come", *concerns)
        for permission in at.plan.of(Permission, "rally_id", each.rally.id):
            concern = Concern("permission", permission.id)
            if permission.expires_on is not None and case.runs_out(permission):
                sentence = f"{permission.kind} runs out on {day_words(permission.expires_on)}, before the rally is over"
                yield each.problem(Severity.AMBER, "runs-out", sentence, "have it renewed", concern)
            wrong = far_day(permission, case.last_day, date.max)
            if wrong and not case.sent_late(permission):  # that is said by itself
                sentence, _, mend = wrong.rstrip(".").rpartition(": ")
                yield each.problem(
                    Severity.AMBER,
                    "day-after-rally",
                    f"{permission.kind}: {sentence[0].lower()}{sentence[1:]}",
                    mend,
                    concern,
                )
            if permission.state is PermissionState.REFUSED:
                sentence = f"{permission.kind} was refused"
                yield each.problem(Severity.AMBER, "refused", sentence, "find another place or way", concern)
            due = _due(case, permission)
            if due is not None and due < at.today <= on:
                sentence = f"{permission.kind} was due by {day_words(due)}"
                yield each.problem(Severity.AMBER, "overdue", sentence, "ask whether late is possible", concern)


def _settled(permission: Permission) -> bool:
    """Say whether nothing more is awaited: a landowner's yes is not there because it was asked for."""
    asked = permission.kind is PermissionKind.LANDOWNER and permission.state is PermissionState.SENT
    return permission.state.settled and not asked


def _due(case: Permitting, permission: Permission) -> date | None:
    """Give the day by which something not yet asked for was to be; a march notice is judged by the law."""
    waits = permission.state is PermissionState.TO_DO and permission.sent_on is None
    if permission.kind is PermissionKind.MARCH_NOTICE or not waits:
        return None
    due = case.due(permission)
    return due.day if due else None


def _risks(at: Situation) -> Iterator[Problem]:
    """Find lines of the risk assessment that can't be meant, and what is left very high after all that is done."""
    for each in each_rally(at):
        for risk in risks.in_order(at.plan.of(Risk, "rally_id", each.rally.id)):
            concern, after = Concern("risk", risk.id), risks.after(risk)
            if wrong := risks.fault(risk):
                sentence = f"\u201c{risk.hazard}\u201d: {wrong[0].lower()}{wrong[1:]}"
                yield each.problem(Severity.AMBER, "risk-figures", sentence, "judge both figures again", concern)
            elif after is not None and risks.band(after) is risks.Band.VERY_HIGH:
                sentence = f"\u201c{risk.hazard}\u201d is still very high ({after}) after what is done about it"
                yield each.problem(Severity.AMBER, "risk-very-high", sentence, "do more, or leave it out", concern)


CHECKS: tuple[Callable[[Situation], Iterable[Problem]], ...] = (_marches, _noise, _permissions, _risks)
