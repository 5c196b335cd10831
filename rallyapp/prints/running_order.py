"""The running order alone: line by line with times that add up, as it stands now or as a version was issued."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, cast

from rallyapp.domain import stand_down
from rallyapp.domain.problems import UserError
from rallyapp.domain.programme_issues import counted as counted_changes
from rallyapp.domain.programme_issues import lines_of, since_last, versions
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue, ProgrammeItem, Speaker, TeamRole
from rallyapp.domain.running_order import Line, running_order_of
from rallyapp.domain.times import after_minutes, clock, long_day_words, minutes_words, real_minutes
from rallyapp.domain.words import capital, counted, listed
from rallyapp.prints import typeset
from rallyapp.prints.audience import Audience
from rallyapp.prints.called import called
from rallyapp.prints.gathering import address_words
from rallyapp.prints.job import Job
from rallyapp.prints.rally_source import ELSEWHERE, Source
from rallyapp.prints.wording import flat, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """A line: its time, what, who, its minutes and the total; ``free`` and ``fixed`` say what a fixed time does.

    ``mark`` is "new" or "changed" where it is not as on the last print.
    """

    time: str
    title: str
    who: str
    of: str = ""
    contact: str = ""
    minutes: str = ""
    total: str = ""
    fixed: str = ""
    late: bool = False
    stage: str = ""
    cue: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOrder:
    """A running order in plain values; ``whole`` ones have stage notes, cues and room to write."""

    heading: str
    owner: tuple[str, ...]
    place: str
    when: str
    hours: str
    status: str
    status_words: str
    off: bool
    whole: bool
    contact: str
    phone: str
    rows: tuple[OrderRow, ...]
    finish: str
    finish_total: str
    ends: str
    over: bool
    gone: str
    foot: str

    def plain(self) -> dict[str, Any]:
        """Give its plain values, notes with their own lines."""
        return cast(dict[str, Any], typeset.one_line(asdict(self), but=("stage", "cue")))


# ------------------------------------------------------------------------------------------ what is read
@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of a running order before it is worded: of the draft, or as it was issued."""

    key: str
    starts: datetime
    ends: datetime
    minutes: int
    total: int
    title: str
    who: str
    of: str = ""
    speaker: Speaker | None = None
    slack: int = 0
    fixed: datetime | None = None
    stage: str = ""
    cue: str = ""


def items_of(source: Source, issue: ProgrammeIssue | None) -> tuple[Item, ...]:
    """List the lines as they stand now, or as a version was issued; raises UserError where there are none."""
    plan, rally = source.plan, source.rally
    if issue is None:
        found = tuple(_draft(source, line) for line in running_order_of(plan, rally))
    else:
        found = tuple(_issued(source, line) for line in lines_of(plan, issue))
    if not found:
        raise UserError(
            f"There is nothing to print: the running order of \u201c{flat(rally.title)}\u201d has no lines yet; "
            "enter them on the Rallies page."
        )
    return found


def chosen_issue(job: Job, source: Source) -> ProgrammeIssue | None:
    """Find the issued version that was chosen, or None for the draft; raises UserError where there is no such one."""
    if not job.choice.strip():
        return None
    issues = versions(source.plan, source.rally)
    found = next((one for one in issues if str(one.number) == job.choice.strip()), None)
    if found is None:
        numbers = " or ".join(str(one.number) for one in reversed(issues))
        instead = f"choose {numbers}, or none for the running order as it is now" if issues else "none was issued yet"
        raise UserError(
            f"The running order of \u201c{flat(source.rally.title)}\u201d has no version {job.choice}; {instead}."
        )
    return found


def _draft(source: Source, line: Line) -> Item:
    item = line.item
    speaker = source.plan.find(Speaker, item.speaker_id)
    return Item(
        key=item.id, starts=line.starts, ends=line.ends, minutes=item.minutes, total=line.total, title=item.title,
        who=speaker.name if speaker else item.who, of=speaker.organisation if speaker else "", speaker=speaker,
        slack=line.slack, fixed=item.fixed, stage=item.stage_note, cue=item.cue,
    )  # fmt: skip


def _issued(source: Source, line: IssuedLine) -> Item:
    """Read a line as it was issued; who speaks is looked up for the copies that may not name everybody."""
    ends = after_minutes(line.starts, line.minutes)
    item = source.plan.find(ProgrammeItem, line.line)
    speaker = source.plan.find(Speaker, item.speaker_id) if item else None
    return Item(
        key=line.line, starts=line.starts, ends=ends, minutes=line.minutes,
        total=real_minutes(source.rally.starts, ends), title=line.title, who=line.who,
        speaker=speaker if speaker and speaker.name == line.who else None, stage=line.stage_note, cue=line.cue,
    )  # fmt: skip


def who_of(source: Source, item: Item) -> tuple[str, str]:
    """Say who has a line and for whom they speak, as this copy may; who is not confirmed is not announced."""
    public = source.job.audience is Audience.PUBLIC
    speaker = item.speaker
    if speaker is None:
        return flat(source.cleaned(item.who)), ""
    organisation = flat(source.cleaned(item.of))
    if public and not speaker.confirmed:
        return organisation or "To be confirmed", ""
    name = called(source.job, source.outside(item.who)) or organisation or f"Name {ELSEWHERE}"
    words = (organisation if name != organisation else "", "" if speaker.confirmed else "TO CONFIRM")
    return name, "; ".join(word for word in words if word)


# ------------------------------------------------------------------------------------------- the document
def write(job: Job) -> RunningOrder:
    """Write a rally's running order; raises UserError where there is none, or not the version that was chosen."""
    source = Source.of_job(job)
    rally = source.rally
    issue = chosen_issue(job, source)
    items = items_of(source, issue)
    public = job.audience is Audience.PUBLIC
    rows = tuple(_row(source, item) for item in items)
    status, words = _announced(*status_of(source, issue)) if public else status_of(source, issue)
    late = max(real_minutes(rally.ends, item.ends) for item in items)
    contact, phone = ("", "") if public else source.on_the_day()
    return RunningOrder(
        heading=flat(source.cleaned(rally.title)),
        owner=job.owner,
        place=", ".join(part for part in (called(job, source.venue.name), address_words(job, source.venue)) if part),
        when=long_day_words(source.day),
        hours=rally.words,
        status=status,
        status_words=words,
        off=not stand_down.of_rally(source.plan, rally).on,
        whole=not public,
        contact=contact,
        phone=phone,
        rows=rows,
        finish=source.clock(rally.ends),
        finish_total="" if public else str(rally.span.minutes),
        ends="" if public else _ends(source, items[-1].ends, late),
        over=late > 0,
        gone=_gone(job),
        foot=_foot(job, public),
    )


def status_of(source: Source, issue: ProgrammeIssue | None) -> tuple[str, str]:
    """Say which version a running order is, in a word and a sentence: its own versions, not the plan's."""
    word, words = _version(source, issue)
    if why := source.why_off:
        return "STOOD DOWN", f"{source.cleaned(capital(why)).rstrip('.')}. {capital(word.lower())}."
    return word, words


def _version(source: Source, issue: ProgrammeIssue | None) -> tuple[str, str]:
    last = next(iter(versions(source.plan, source.rally)), None)
    if last is None:
        return "DRAFT", "Never issued: check it before you rely on it."
    changes = counted_changes(since_last(source.plan, source.rally))
    if issue is None and changes:
        return f"DRAFT AFTER VERSION {last.number}", f"Changed since it was issued on {moment(last.at)}: {changes}."
    this = issue or last
    issued = f"Issued on {moment(this.at)}."
    if this.number != last.number:
        return f"ISSUED VERSION {this.number}", f"{issued} Version {last.number} has been issued since."
    return (
        f"ISSUED VERSION {this.number}",
        f"{issued} {f'Changed since: {changes}.' if changes else 'Nothing has changed since.'}",
    )


def _announced(status: str, words: str) -> tuple[str, str]:
    """Say it to everybody: what changed since when is for those who work with it."""
    if status.startswith("DRAFT"):
        return "DRAFT", "Not issued yet: times and speakers may still change."
    return ("STOOD DOWN", words.split(". ")[0] + ".") if status == "STOOD DOWN" else ("", "")


def _row(source: Source, item: Item) -> OrderRow:
    job = source.job
    public = job.audience is Audience.PUBLIC
    who, of = who_of(source, item)
    row = OrderRow(
        time=source.clock(item.starts),
        title=flat(source.cleaned(item.title)),
        who=who,
        of=of,
        contact=source.outside_number(item.speaker.contact) if item.speaker else "",
        minutes="" if public else str(item.minutes),
        total="" if public else str(item.total),
        fixed="" if public else fixed_words(item),
        late=item.slack < 0 and not public,
        stage="" if public else source.cleaned(item.stage),
        cue="" if public else source.cleaned(item.cue),
    )
    changed = job.line(item.key, row)
    return replace(row, mark=("changed" if item.key in job.before else "new") if changed else "")


def fixed_words(item: Item) -> str:
    """Say what a fixed time does: nothing, time free before it, or that it can't be kept."""
    if item.fixed is None:
        return ""
    if item.slack < 0:
        return f"fixed for {clock(item.fixed)}, {minutes_words(-item.slack)} late"
    return f"fixed, {minutes_words(item.slack)} free before it" if item.slack else "fixed"


def _ends(source: Source, ends: datetime, late: int) -> str:
    if late > 0:
        return f"Ends {source.clock(ends)}, {minutes_words(late)} after the hard finish: shorten it."
    return f"Ends {source.clock(ends)}, {f'{minutes_words(-late)} before' if late else 'at'} the hard finish."


def _gone(job: Job) -> str:
    """Say how many lines of the last print are no longer there, and their titles where an issued version has them."""
    gone = job.gone()
    if not gone:
        return ""
    titles = {line.line: flat(line.title) for line in job.plan.all(IssuedLine)}
    known = listed(f"\u201c{titles[key]}\u201d" for key in gone if key in titles)
    return f"No longer on it: {counted(len(gone), 'line')}{f' ({known})' if known else ''}."


def _foot(job: Job, public: bool) -> str:
    if public:
        return f"Times as planned on {moment(job.printed)}; they may still move."
    return job.shred_words()


def leaders_words(source: Source) -> tuple[tuple[str, str], ...]:
    """Name those whom a chair turns to: their role and their name, where they are entered and may be named."""
    roles = (TeamRole.EVENT_LEAD, TeamRole.SAFETY, TeamRole.CHIEF_STEWARD, TeamRole.FIRST_AID, TeamRole.STAGE)
    named = ((capital(role), listed(source.member_name(one) for one in source.team(role))) for role in roles)
    return tuple((role, name) for role, name in named if name)
