"""Versions of a running order, and what changed between them: new, moved, changed, dropped, in words."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.ids import IssuedLineId, ProgrammeIssueId, ProgrammeItemId, RallyId, SpeakerId
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.programme_issues import (
    Change,
    Kind,
    changes,
    counted,
    draft,
    issue,
    issued_words,
    lines_of,
    next_number,
    refuse_stale,
    since_last,
    standing_words,
    told,
    version_words,
    versions,
)
from rallyapp.domain.rallies import IssuedLine, ProgrammeIssue, ProgrammeItem, Speaker
from rallyapp.domain.records import Record, problems_of
from rallyapp.domain.running_order import running_order
from rallyapp.domain.times import clock
from tests.domain.building import at, example, rally
from tests.domain.test_running_order import NOON, item, items

RALLY = rally()


def named(id: str, position: int, minutes: int, **other: object) -> ProgrammeItem:
    """Make a line with its id for its title, without a speaker."""
    made = replace(item(position, minutes), id=ProgrammeItemId(id), title=id, speaker_id=None)
    return replace(made, **other)  # type: ignore[arg-type]


PROGRAMME = (named("Welcome", 1, 10), named("Speech", 2, 15, who="Ann Lee"), named("Song", 3, 5), named("Close", 4, 5))


def said(found: tuple[Change, ...]) -> tuple[str, ...]:
    """What is told of the changes, in words."""
    return tuple(words for _, words in told(found))


def ids() -> object:
    counting = itertools.count(1)
    return lambda: f"made {next(counting)}"


def plan_of(*programme: Record) -> Plan:
    return Plan([RALLY, *programme])


def issued(plan: Plan, at_: str = "09:00", **other: str) -> Plan:
    """Issue the running order as it stands."""
    made, lines = issue(plan, RALLY, at=at(at_), by=other.get("by", "Ann Archer"), note=other.get("note", ""))
    return plan.changed([made, *lines], [])


def since(*programme: ProgrammeItem) -> tuple[Change, ...]:
    """Say what changed from the programme above to this one."""
    before, after = plan_of(*PROGRAMME), plan_of(*programme)
    return changes(draft(before, RALLY), draft(after, RALLY))


# ------------------------------------------------------------------------------------------- issuing
def test_a_version_holds_every_line_with_its_time() -> None:
    speaker = example(Speaker, name="Dr Ann Lee")
    programme = [
        named("Welcome", 1, 10, stage_note="Lights", cue="Bell"),
        named("Speech", 5, 15, speaker_id=speaker.id, who="never mind"),
        named("Silence", 9, 1, fixed=NOON),
    ]
    made, lines = issue(
        plan_of(speaker, *programme),
        RALLY,
        at=at("18:05"),
        by="Bob",
        note="For the police",
        make_id=ids(),  # type: ignore[arg-type]
    )
    assert made == ProgrammeIssue(
        id=ProgrammeIssueId("made 1"), rally_id=RALLY.id, number=1, at=at("18:05"), by="Bob", note="For the police"
    )
    assert [(line.line, line.position, line.starts, line.minutes, line.title, line.who) for line in lines] == [
        ("Welcome", 1, at("11:30"), 10, "Welcome", ""),
        ("Speech", 2, at("11:40"), 15, "Speech", "Dr Ann Lee"),
        ("Silence", 3, NOON, 1, "Silence", ""),
    ]
    assert (lines[0].stage_note, lines[0].cue) == ("Lights", "Bell")
    assert {line.programme_issue_id for line in lines} == {made.id}
    assert len({line.id for line in lines}) == 3
    assert not any(list(problems_of(record)) for record in (made, *lines))


def test_versions_count_up_and_are_read_as_they_were() -> None:
    plan = plan_of(*PROGRAMME)
    assert (versions(plan, RALLY), next_number(plan, RALLY), since_last(plan, RALLY)) == ((), 1, ())
    assert standing_words(plan, RALLY) == "Draft, never issued"
    assert issued_words(plan, RALLY) == "Draft, never issued"
    plan = issued(plan)
    assert standing_words(plan, RALLY) == (
        "Version 1, issued Tue 1 Dec 2015 09:00 by Ann Archer; changed since: nothing"
    )
    assert issued_words(plan, RALLY) == "Version 1, issued Tue 1 Dec 2015 09:00"
    longer = replace(PROGRAMME[0], minutes=20)
    plan = plan.changed([longer], [])
    assert issued_words(plan, RALLY) == (
        "Draft after version 1, issued Tue 1 Dec 2015 09:00; changed since: 3 moved, 1 changed"
    )
    assert standing_words(plan, RALLY).endswith("; changed since: 3 moved, 1 changed")
    plan = issued(plan, "10:00", by=" ")
    newest, oldest = versions(plan, RALLY)
    assert version_words(newest) == "version 2, issued Tue 1 Dec 2015 10:00"
    assert next_number(plan, RALLY) == 3
    assert [line.minutes for line in lines_of(plan, oldest)] == [10, 15, 5, 5]
    assert [line.minutes for line in lines_of(plan, newest)] == [20, 15, 5, 5]
    assert since_last(plan, RALLY) == ()


def test_what_is_no_longer_what_was_shown_is_not_issued() -> None:
    shown = plan_of(*PROGRAMME)
    refuse_stale(shown, shown.changed([replace(PROGRAMME[0], position=0)], []), RALLY)
    with pytest.raises(UserError, match=r"^Somebody removed this rally"):
        refuse_stale(shown, Plan(), RALLY)
    with pytest.raises(UserError, match=r"^Version 1 was issued or taken back .* then issue version 2"):
        refuse_stale(shown, issued(shown), RALLY)
    with pytest.raises(UserError, match=r"^Somebody changed the running order in another window"):
        refuse_stale(shown, shown.changed([replace(PROGRAMME[0], minutes=20)], []), RALLY)
    with pytest.raises(UserError, match=r"^Somebody changed the running order in another window"):
        refuse_stale(shown, shown.changed([replace(RALLY, starts=at("11:00"))], []), RALLY)


def test_how_much_later_a_line_starts_is_real_time() -> None:
    """From 00:30 to 02:00 on the night on which the clocks go forward is half an hour; nothing else has changed."""
    night = date(2016, 3, 27)
    rally = replace(RALLY, starts=at("00:00", night), ends=at("04:00", night))
    first, second = named("First", 1, 30), named("Second", 2, 10)
    before = draft(Plan([rally, first, second]), rally)
    after = draft(Plan([rally, replace(first, minutes=60), second]), rally)
    assert [change.later for change in changes(before, after)] == [0, 30]


def test_a_version_from_the_hour_that_comes_twice_is_read_again_unchanged() -> None:
    night = date(2015, 10, 25)
    rally = replace(RALLY, starts=at("00:30", night), ends=at("04:00", night))
    lines = draft(Plan([rally, named("First", 1, 60), named("Second", 2, 60), named("Third", 3, 5)]), rally)
    assert [(clock(line.starts), line.starts.fold) for line in lines] == [("00:30", 0), ("01:30", 0), ("01:30", 0)]
    read = [replace(line, starts=datetime.fromisoformat(line.starts.isoformat())) for line in lines]
    assert changes(read, lines) == ()


def test_another_rally_s_versions_are_its_own() -> None:
    other = example(ProgrammeIssue, rally_id=RallyId("other"), number=7)
    assert next_number(plan_of(other), RALLY) == 1


# ------------------------------------------------------------------------------------------ what changed
def test_nothing_changed() -> None:
    assert since(*PROGRAMME) == ()
    assert (counted(()), said(())) == ("", ())


def test_a_new_line_and_a_dropped_one() -> None:
    """The song goes, a poem of the same length comes in its place."""
    welcome, speech, _, close = PROGRAMME
    found = since(welcome, speech, named("Poem", 3, 5, who="Cat"), close)
    assert [(each.kind, each.line) for each in found] == [(Kind.NEW, "Poem"), (Kind.DROPPED, "Song")]
    assert said(found) == ("New at 11:55: Poem, Cat (5 minutes)", "Dropped: Song (was 11:55, 5 minutes)")
    assert counted(found) == "1 new, 1 dropped"
    (gone,) = since(welcome, speech, named("Song", 3, 5))
    assert gone.words == "Dropped: Close (was 12:00, 5 minutes)"
    (new,) = since(*PROGRAMME, named("Coda", 9, 1))
    assert new.words == "New at 12:05: Coda (1 minute)"


def test_lines_that_move_because_one_before_them_grew_are_said_once() -> None:
    welcome, *rest = PROGRAMME
    found = since(replace(welcome, minutes=20), *rest)
    assert [(each.kind, each.later, each.carried) for each in found] == [
        (Kind.CHANGED, 0, False),
        (Kind.MOVED, 10, True),
        (Kind.MOVED, 10, True),
        (Kind.MOVED, 10, True),
    ]
    assert found[1].words == "Moved from 11:40 to 11:50: Speech"
    assert [kind for kind, _ in told(found)] == [Kind.CHANGED, Kind.MOVED]
    assert said(found) == (
        "Changed at 11:30: Welcome: 20 minutes instead of 10 minutes",
        "Moved 10 minutes later: 3 lines, from Speech to Close",
    )
    assert counted(found) == "3 moved, 1 changed"
    assert said(since(replace(welcome, minutes=9), *rest))[1] == (
        "Moved 1 minute earlier: 3 lines, from Speech to Close"
    )


def test_one_line_that_starts_later_is_named() -> None:
    welcome, speech, song, close = PROGRAMME
    found = since(welcome, speech, replace(song, minutes=15), close)
    assert said(found)[1:] == ("Moved from 12:00 to 12:10: Close",)


def test_a_line_that_was_put_elsewhere_is_named_beside_those_that_made_room() -> None:
    """The close goes to the front: it is moved by hand, and the three behind it start 5 minutes later."""
    welcome, speech, song, close = PROGRAMME
    found = since(replace(close, position=0), welcome, speech, song)
    assert [(each.line, each.later, each.carried) for each in found] == [
        ("Close", -30, False),
        ("Welcome", 5, True),
        ("Speech", 5, True),
        ("Song", 5, True),
    ]
    assert said(found) == (
        "Moved from 12:00 to 11:30: Close",
        "Moved 5 minutes later: 3 lines, from Welcome to Song",
    )


def test_a_line_of_no_minutes_that_changes_places_is_moved_too() -> None:
    """Two cues at 11:30 sharp change places: no clock shows it."""
    one, other = (named(name, place, 0) for place, name in enumerate(("Lights", "Sound")))
    before, after = plan_of(one, other), plan_of(replace(one, position=2), other)
    (found,) = changes(draft(before, RALLY), draft(after, RALLY))
    assert found.words in (
        "Moved in the order, still at 11:30: Lights",
        "Moved in the order, still at 11:30: Sound",
    )


def test_everything_else_that_changed_is_said_field_by_field() -> None:
    welcome, speech, song, close = PROGRAMME
    found = since(
        replace(welcome, title="Hello", cue="Bell"),
        replace(speech, who="Bob", stage_note="Chair"),
        song,
        close,
    )
    assert said(found) == (
        "Changed at 11:30: Welcome: now called \u201cHello\u201d; cue is now \u201cBell\u201d",
        "Changed at 11:40: Speech: who is now \u201cBob\u201d, was \u201cAnn Lee\u201d; "
        "stage and PA is now \u201cChair\u201d",
    )
    taken = since(welcome, replace(speech, who=" ", minutes=14), replace(song, title="Hymn"), close)
    assert said(taken) == (
        "Changed at 11:40: Speech: 14 minutes instead of 15 minutes; who taken out",
        "Moved from 11:55 to 11:54: Song: now called \u201cHymn\u201d",
        "Moved from 12:00 to 11:59: Close",
    )


def test_a_speaker_s_new_name_is_a_change_of_who() -> None:
    speaker = example(Speaker, id=SpeakerId("ann"), name="Ann Lee")
    line = named("Speech", 1, 5, speaker_id=speaker.id)
    plan = issued(plan_of(speaker, line))
    plan = plan.changed([replace(speaker, name="Ann Lee-Park")], [])
    assert said(since_last(plan, RALLY)) == (
        "Changed at 11:30: Speech: who is now \u201cAnn Lee-Park\u201d, was \u201cAnn Lee\u201d",
    )


def test_lines_that_another_program_wrote_twice_count_once() -> None:
    line = example(IssuedLine)
    twice = [line, replace(line, id=IssuedLineId("again"))]
    assert changes(twice, [line]) == ()


def test_every_kind_has_a_sign_of_its_own() -> None:
    assert len({kind.sign for kind in Kind}) == len(Kind)


def version(programme: list[ProgrammeItem]) -> list[IssuedLine]:
    return list(draft(plan_of(*(replace(each, rally_id=RALLY.id) for each in programme)), RALLY))


@given(items, st.data())
def test_every_line_is_accounted_for(programme: list[ProgrammeItem], data: st.DataObject) -> None:
    order = data.draw(st.permutations(programme))
    left = data.draw(st.integers(0, len(order)))
    after = [replace(each, position=place) for place, each in enumerate(order[:left])]
    new = [named("new", 99, 5)] if data.draw(st.booleans()) else []
    before_lines, after_lines = version(programme), version([*after, *new])
    found = changes(before_lines, after_lines)
    by_kind = {kind: {each.line for each in found if each.kind is kind} for kind in Kind}
    old, now = ({line.line: line for line in lines} for lines in (before_lines, after_lines))
    assert by_kind[Kind.NEW] == set(now) - set(old)
    assert by_kind[Kind.DROPPED] == set(old) - set(now)
    assert len({each.line for each in found}) == len(found)
    for id in set(old) & set(now):
        if old[id].starts != now[id].starts:
            (change,) = (each for each in found if each.line == id)
            assert change.later == (now[id].starts - old[id].starts).total_seconds() // 60
    assert [each.line for each in found if each.after] == [
        line.line for line in after_lines if any(each.line == line.line for each in found)
    ]
    assert sum(int(part.split()[0]) for part in counted(found).split(", ") if part) == len(found)
    assert len(told(found)) <= len(found)


@given(items)
def test_a_version_keeps_the_running_order_to_the_minute(programme: list[ProgrammeItem]) -> None:
    lines = version(programme)
    worked_out = running_order(programme, RALLY.starts)
    assert [(line.line, line.starts, line.minutes) for line in lines] == [
        (line.item.id, line.starts, line.item.minutes) for line in worked_out
    ]
    assert changes(lines, lines) == ()
