"""The dated rules: what was in force where, on which key date.

The rules are a table that the program carries (``law_table`` reads it), because three of them changed in one
day and one is still moving. Every rule says which date counts for it: the day of the picket, the day the
notice was given, the day the ballot opened, the day of the rally.
What is only remembered, or what the sources disagree about, is never printed as law: such a row has nothing
to ``say``.

Facts for planning, not legal advice: every result that states law ends with the table's own words,
"check with your union".
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import field
from datetime import date, datetime, timedelta

from rallyapp.domain.frozen import frozen
from rallyapp.domain.law_table import EDITIONS, MANDATE, MARCH, NOTICE, Jurisdiction, Rule, Rules, date_words
from rallyapp.domain.times import day_words, long_day_words, span_words

__all__ = ["Jurisdiction", "Rule", "Rules"]


# ------------------------------------------------------------------------------------- on the picket
def supervisor_required(rules: Rules, where: Jurisdiction, day: date) -> bool:
    """Say whether the law requires a picket supervisor on that calendar day.

    L6 to L10, L14 and L36: Trade Union Act 2016 section 10, in Great Britain from 1 March 2017 to
    17 February 2026; never in Northern Ireland. It goes by the day of the picketing, so a picket over
    midnight is asked about for each day that it touches.
    """
    return rules.in_force("L6", where, day)


def supervisor_word(rules: Rules, where: Jurisdiction, day: date) -> str:
    """Give the name of the person in charge of a picket that day: picket supervisor or picket organiser.

    L6 and L15: after the repeal the Code still speaks of a picket organiser; before 2017 and in Northern
    Ireland the same word is used here.
    """
    return "picket supervisor" if supervisor_required(rules, where, day) else "picket organiser"


def official_maximum(rules: Rules) -> int:
    """Give the number of official pickets at one entrance that the Code recommends not to exceed.

    L4: Code of Practice on Picketing, every edition, and Northern Ireland's own code: six, as guidance.
    """
    return rules.rule("L4").figure()


def code_edition(rules: Rules, day: date, where: Jurisdiction = Jurisdiction.ENGLAND) -> str:
    """Name the Code of Practice on Picketing with the edition that counts on a day.

    L13, and L36 for Northern Ireland's own code. It names the day and not the edition, because the sources
    disagree on when the 2026 edition began.
    """
    rule = rules.first_of(EDITIONS, where, day)
    title = rule and rule.value("title")
    if not title:
        raise ValueError(f"The law table names no code of practice for {where.words} on {date_words(day)}.")
    return f"{title} (edition in force on {date_words(day)})"


# --------------------------------------------------------------------------------------- by which day
@frozen
class Deadline:
    """The last day for a notice, and the rule that says so.

    Attributes:
        fact: the sentence alone, for a list that says "check with your union" once for all.
        certain: False where the sources do not answer the very question that was asked.
        warning: what is doubtful or late, as a sentence.
    """

    latest: date
    rule: Rule
    fact: str
    words: str = field(repr=False)
    certain: bool = True
    warning: str | None = None

    @property
    def sentence(self) -> str:
        """The deadline in words, with the reminder to check with the union."""
        return f"{self.fact} {self.words}"


def notice_deadline(
    rules: Rules,
    where: Jurisdiction,
    first_day: date,
    *,
    given_on: date | None = None,
    employer_agreed: bool = False,
) -> Deadline:
    """Find the last day for notice of action to the employer.

    L16 (until 28 February 2017: 7 days), L17 (until 17 February 2026: 14, or 7 if the employer agrees; SI
    2017/139), L18 (from then on: 10; Employment Rights Act 2025), L19 (Northern Ireland: 7; Order of 1995
    article 118). The day of the notice decides which of them applies. Without it, each rule offers its own
    latest day, no later than its own last day in force, and the latest of these is taken.
    """
    choices: list[tuple[date, int, Rule]] = []
    for rule in (rules.rule(id) for id in NOTICE):
        agreed = rule.value("agreed")
        days = agreed if employer_agreed and isinstance(agreed, int) else rule.figure()
        latest = first_day - timedelta(days=days)
        if given_on is None and rule.last_day is not None:
            latest = min(latest, rule.last_day)
        if rule.applies(where, given_on or latest):
            choices.append((latest, days, rule))
    if not choices:
        raise ValueError(f"The law table has no rule on notice to the employer for {where.words}.")
    latest, days, rule = max(choices, key=lambda choice: choice[0])
    if latest == first_day - timedelta(days=days):
        why = f"{days} days before the first day of action, {long_day_words(first_day)}"
    else:
        why = f"the last day of the {days}-day rule, for action from {long_day_words(first_day)}"
    warnings = []
    unsettled = employer_agreed and isinstance(rule.value("agreed"), str)
    if unsettled:
        warnings.append(
            f"The sources do not say whether the employer may still agree to less than {days} days: "
            f"the full {days} days are counted."
        )
    if given_on is not None and given_on > latest:
        warnings.append(f"The notice of {long_day_words(given_on)} is later than that.")
    return Deadline(
        latest=latest,
        rule=rule,
        fact=f"The employer must have the notice by {long_day_words(latest)}: {why}.",
        words=rules.words,
        certain=rule.certainty.printable and not unsettled,
        warning=" ".join(warnings) or None,
    )


def march_deadline(
    rules: Rules, where: Jurisdiction, day: date, *, related_meeting: bool = False, static: bool = False
) -> Deadline | None:
    """Find the last day for notice of a march; None where there is no duty.

    R1 (England and Wales: six clear days; Public Order Act 1986 section 11), R4 (Scotland: 28 days; Civic
    Government (Scotland) Act 1982 section 62), R5 (Northern Ireland: 28 days, and 14 for a protest meeting
    related to a march; Public Processions (Northern Ireland) Act 1998). A static rally has none (R3:
    telling the police is voluntary), and neither has a related meeting outside Northern Ireland.
    """
    if static and not related_meeting:
        return None
    rule = rules.first_of(("R5b",) if related_meeting else MARCH, where, day)
    if rule is None:
        return None
    latest = day - timedelta(days=rule.figure())
    return Deadline(
        latest=latest,
        rule=rule,
        fact=f"{rule.say or rule.title} For {long_day_words(day)} that is by {long_day_words(latest)}.",
        words=rules.words,
        certain=rule.certainty.printable,
    )


# ---------------------------------------------------------------------------------------- the mandate
@frozen
class Mandate:
    """How long a ballot covers action.

    Attributes:
        last_day: the last day of action covered; None where there is no fixed end, or it is not computed.
        begin_by: the last day on which the first action may begin, under the old rule only.
        fact: the sentence alone.
        certain: False where it is not computed, or where two readings differ.
    """

    last_day: date | None
    begin_by: date | None
    rule: Rule
    fact: str
    words: str = field(repr=False)
    certain: bool = True
    warning: str | None = None

    @property
    def sentence(self) -> str:
        """The mandate in words, with the reminder to check with the union."""
        return f"{self.fact} {self.words}"


def mandate(
    rules: Rules,
    where: Jurisdiction,
    *,
    ballot_opened: date,
    ballot_closed: date,
    agreed_months: int | None = None,
) -> Mandate:
    """Find the last day of action that a ballot covers.

    L22 (opened before 1 March 2017: action begins within four weeks, then no fixed end), L23 (until
    17 February 2026: six months beginning with the date of the ballot, up to nine by agreement), L24 (from
    then on: twelve, no extension; Employment Rights Act 2025), L25 (Northern Ireland: not computed). The
    opening day decides which applies; the time runs from the day on which voting closed, that day included.
    Where the month has no such day the earlier reading is taken, with a warning. Raises ValueError for a
    ballot that closes before it opens and for an agreement that the rule can't allow.
    """
    if ballot_closed < ballot_opened:
        raise ValueError("The ballot closes before it opens.")
    rule = rules.first_of(MANDATE, where, ballot_opened)
    if rule is None:
        return Mandate(
            last_day=None,
            begin_by=None,
            rule=rules.rule("L25"),
            fact=f"The end of a mandate is not worked out for {where.words}: ask your union for the expiry date.",
            words=rules.words,
            certain=False,
            warning="Ask your union for the expiry date.",
        )
    closed, warnings, months = long_day_words(ballot_closed), [], rule.figure()
    most = rule.value("agreed")
    if agreed_months is not None and isinstance(most, int):
        if not months <= agreed_months <= most:
            raise ValueError(f"A mandate can be agreed for {months} to {most} months, not {agreed_months}.")
        months = agreed_months
    elif agreed_months is not None:
        warnings.append("This mandate cannot be extended by agreement: the agreement is left out of account.")
    if rule.unit == "weeks":
        begin_by = ballot_closed + timedelta(weeks=months, days=-1)
        return Mandate(
            last_day=None,
            begin_by=begin_by,
            rule=rule,
            fact=f"Action must begin by {long_day_words(begin_by)}, within {months} weeks of the ballot that "
            f"closed on {closed}; after that the mandate has no fixed end.",
            words=rules.words,
            certain=rule.certainty.printable,
            warning=" ".join(warnings) or None,
        )
    end, clamped = _months_on(ballot_closed, months)
    last_day = end - timedelta(days=1)
    if clamped:
        warnings.append(
            f"{months} months from {closed} end in a month without that day: they may end on "
            f"{date_words(last_day)} or {date_words(end)}. The earlier day is taken."
        )
    return Mandate(
        last_day=last_day,
        begin_by=None,
        rule=rule,
        fact=f"The last day of action is {long_day_words(last_day)}: {months} months beginning with the date "
        f"of the ballot, {closed}.",
        words=rules.words,
        certain=rule.certainty.printable and not clamped,
        warning=" ".join(warnings) or None,
    )


def _months_on(day: date, months: int) -> tuple[date, bool]:
    """Give the same day so many months on, or the month's last day; say whether it had to be that."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)), day.day > length


# ------------------------------------------------------------------------------------- noise and people
Hours = tuple[tuple[datetime, datetime], ...]


def loudspeaker_banned(rules: Rules, where: Jurisdiction, start: datetime, end: datetime) -> Hours:
    """Find every part of a span in which no loudspeaker may be used in a street, by time; none for a day's rally.

    R9: Control of Pollution Act 1974 section 62, 21:00 to 08:00, in England, Wales and Scotland. Times are
    local wall-clock times; the span may cross midnight or several days.
    """
    rule = rules.rule("R9")
    quiet_from, quiet_to = rule.clock("from"), rule.clock("to")
    evening = start.date() - timedelta(days=1)
    found = []
    while datetime.combine(evening, quiet_from) < end:
        morning = evening + timedelta(days=1)
        first = max(start, datetime.combine(evening, quiet_from))
        last = min(end, datetime.combine(morning, quiet_to))
        if first < last and rule.applies(where, first.date()):
            found.append((first, last))
        evening = morning
    return tuple(found)


def hours_words(hours: Hours) -> str:
    """Join parts of a span in words: "07:00-08:00 and 21:00-22:30"; one on another day than the first names it."""
    words = []
    for first, last in hours:
        later = first.date() == last.date() != hours[0][0].date()
        words.append(span_words(first, last) + (f" ({day_words(first)})" if later else ""))
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


@frozen
class Figure:
    """A number to plan with, and where it comes from: never law."""

    number: int
    sentence: str


def stewards_suggested(rules: Rules, expected: int, kind: str, *, one_per: int | None = None) -> Figure:
    """Suggest how many stewards a rally needs; a planning figure, not law.

    R11: 1 per 50 at a march (TUC practice, 2011), 1 per 100 at a static rally (at the careful end of 1 per
    100 to 300, IOSH forum); the risk assessment decides. ``kind`` is "march" or "static"; ``one_per`` is
    the planner's own ratio in place of these.
    """
    rule = rules.rule("R11")
    if expected < 0 or (one_per is not None and one_per < 1):
        raise ValueError("The number expected can't be less than 0, nor the ratio of stewards less than 1.")
    if kind not in ("march", "static"):
        raise ValueError(f"A rally is a march or static, not \u201c{kind}\u201d.")
    ratio = one_per or rule.figure(kind)
    source = "your own ratio" if one_per else rule.value(f"{kind} source") or rule.source
    number = -(-expected // ratio)
    return Figure(
        number=number,
        sentence=f"{number} for {expected:,} expected, 1 per {ratio} ({source}): planning figure, not law.",
    )


def first_aiders_suggested(rules: Rules, expected: int) -> Figure:
    """Suggest how many first aiders a rally needs; a planning figure, not law.

    R13: never fewer than 2, which is enough up to 1,000; beyond that 2 per 1,000 (local event guides). The
    rule of thumb stops at 3,000; the current Purple Guide asks for a needs assessment in its place.
    """
    rule = rules.rule("R13")
    if expected < 0:
        raise ValueError("The number expected can't be less than 0.")
    least, enough_for, thousandth = rule.figure(), rule.figure("up to"), rule.figure("per thousand")
    number = least if expected <= enough_for else max(least, thousandth * -(-expected // 1000))
    sentence = (
        f"{number} for {expected:,} expected: {least} up to {enough_for:,}, then {thousandth} per 1,000 "
        f"({rule.source}): planning figure, not law."
    )
    if expected > rule.figure("stops at"):
        sentence += f" The rule of thumb ends at {rule.figure('stops at'):,}: make a needs assessment."
    return Figure(number=number, sentence=sentence)
