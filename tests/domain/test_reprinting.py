"""Which copies are held, what changed on them in words, and for whom to print again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rallyapp.carried import law
from rallyapp.domain import reprinting
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import NeedId, PrintRunId, ShiftId, StallId
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Presence, Role, Shift
from rallyapp.domain.plan import Plan
from rallyapp.domain.reprinting import Copy, Image, Rows
from rallyapp.domain.stalls import StallState
from rallyapp.domain.tells import PrintRun
from tests.domain import building as b

NINE = datetime(2015, 11, 28, 9, 0)


def run(id="run", version=5, holder="", about="picket", audience="noticeboard", document="rota", choice=""):
    return PrintRun(
        id=PrintRunId(id), document=document, scope=about, audience=audience, version=version,
        at=NINE + timedelta(minutes=version), holder=holder, choice=choice,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ()),
        ("  ;, \n", ()),
        ("Ann Archer", ("Ann Archer",)),
        ("Ann Archer, noticeboard;Ben Ode\nAnn Archer", ("Ann Archer", "noticeboard", "Ben Ode")),
    ],
)
def test_who_holds_a_print(text, names):
    assert reprinting.holders(text) == names


def test_a_newer_print_takes_the_older_one_out_of_the_same_hands_only():
    copies = reprinting.copies_held(
        [
            run("newer", 8, "noticeboard"),
            run("old", 5, "Noticeboard, Ann Archer"),
            run("organiser's", 6, "", audience="organiser"),
            run("organiser's again", 7, "", audience="organiser"),
            run("another picket", 4, "Ann Archer", about="other"),
        ]
    )
    assert [(copy.run.id, copy.holder) for copy in copies] == [
        ("newer", "noticeboard"),
        ("organiser's again", ""),
        ("old", "Ann Archer"),
        ("another picket", "Ann Archer"),
    ]
    assert copies[0].piece == ("rota", "noticeboard", "picket", "")


def test_a_copy_that_is_out_of_somebodys_hands_brings_no_older_one_back():
    old, ours = run("old", 5, "Noticeboard, Ann Archer"), run("new", 8, "ann archer, Noticeboard")
    unknown, newest = run("unknown", 6), run("newest", 9, "Ann Archer")
    other = run("other", 5, "Ann Archer", about="elsewhere")
    runs = [old, unknown, ours, newest, other]
    anns = Copy(run=ours, holder="ann archer")
    away = reprinting.out_of_hands(anns, runs, reprinting.THROWN_AWAY)
    assert [(each.id, each.holder) for each in away] == [("old", "Noticeboard"), ("new", "Noticeboard")]
    boards = Copy(run=away[1], holder="Noticeboard")
    replaced = reprinting.out_of_hands(boards, [*away, unknown], reprinting.REPLACED)
    assert [(each.id, each.holder) for each in replaced] == [("old", "replaced"), ("new", "replaced")]
    assert reprinting.copies_held(replaced) == ()
    assert reprinting.in_hands(replaced[0]) == ()
    assert reprinting.holders("Ann, Thrown away") == ("Ann",)
    (nobodys,) = reprinting.out_of_hands(Copy(run=unknown), runs, reprinting.THROWN_AWAY)
    assert (nobodys.id, nobodys.holder) == ("unknown", "thrown away")
    assert reprinting.in_hands(unknown) == ("",)


def test_a_later_version_of_a_running_order_takes_the_place_of_an_earlier_one_but_no_site_that_of_another():
    issues = [run("first", 5, document="running-order", choice="1"), run("second", 6, document="running-order")]
    sites = [run("here", 5, document="slips", choice="here"), run("there", 6, document="slips", choice="there")]
    assert [copy.run.id for copy in reprinting.copies_held(issues + sites)] == ["there", "second", "here"]


def test_rows_are_compared_by_their_digests():
    rows = reprinting.compare({"a": "1", "b": "1", "c": "1"}, {"d": "1", "b": "2", "a": "1"})
    assert rows == Rows(new=("d",), changed=("b",), gone=("c",))
    assert rows.any
    assert rows.words == "1 row changed, 1 new row and 1 row no longer there"
    assert Rows(changed=("a", "b")).words == "2 rows changed"
    assert not reprinting.compare({"a": "1"}, {"a": "1"}).any
    assert Rows().words == ""


# ------------------------------------------------------------------------------------------------ in words
def plan(*more):
    return Plan([
        b.dispute(), b.strike_day(), b.employer(), b.site(), b.entrance(), b.picket(), b.shift(), b.person(),
        b.person("Ben Ode"), b.person("Cai Dee"), b.on("ann archer", role=Role.SUPERVISOR), b.on("ben ode"),
        Need(id=NeedId("need"), shift_id=ShiftId("shift"), role=Role.PICKET, least=2, wished=4, most=6), *more,
    ])  # fmt: skip


def said(then, now, shift="shift"):
    return reprinting.shift_changes(then, now, ShiftId(shift), law())


def test_nothing_shows_where_nothing_changed():
    assert said(plan(), plan()) == ()
    assert said(plan(), plan(), "never was") == ()
    assert reprinting.change_sentences(plan(), plan(), [ShiftId("shift")], law()) == ()
    assert reprinting.sentence(()) == ""


def test_who_came_and_went_is_said_by_name_and_role():
    then = plan(b.on("cai dee", state=AssignmentState.DECLINED))
    now = then.changed(
        [
            b.on("cai dee", role=Role.STANDBY),
            b.on("ann archer", role=Role.PICKET, state=AssignmentState.RECONFIRM, presence=Presence.CONTACTABLE),
        ],
        [(Assignment, "ben ode on shift")],
    )
    assert said(then, now) == (
        "Cai Dee added as standby",
        "Ben Ode taken off",
        "Ann Archer now picket, was picket organiser",
        "Ann Archer to reconfirm, was confirmed",
        "Ann Archer contactable, was present",
    )
    assert reprinting.sentence(said(then, now)[:2]) == "Cai Dee added as standby; Ben Ode taken off."


def test_another_name_and_another_number_are_said_too():
    then = plan(b.person("Ben Ode", phone="07700 900001"))
    renamed = b.person("Ben Ode", given_name="Benjamin", phone="07700 900002")
    assert said(then, then.changed([renamed], [])) == (
        "Benjamin Ode is the new name of Ben Ode",
        "Benjamin Ode has another number",
    )
    assert said(then, then.changed([b.person("Ben Ode")], [])) == ("Ben Ode has no number any more",)
    assert said(then.changed([], [(type(renamed), "ben ode")]), then) == (), "nobody knew them"


def test_times_cancelling_labels_and_needs_are_said():
    then = plan(
        Need(id=NeedId("bsl"), shift_id=ShiftId("shift"), role=Role.STEWARD, least=1, wished=1, most=1, skill=Skill.BSL)
    )
    now = then.changed(
        [
            b.shift(times="09:00-12:00", label="banner", meet_minutes=15, cancelled=True, reason="No crew"),
            replace(then.get(Need, "need"), least=4, most=4),
            Need(id=NeedId("lead"), shift_id=ShiftId("shift"), role=Role.SUPERVISOR, least=1, wished=1, most=1),
        ],
        [(Need, "bsl")],
    )
    assert said(then, now) == (
        "now 09:00\u201312:00, was 08:00\u201311:00",
        "cancelled: No crew",
        "4 needed as picket, was 2 to 6",
        "1 needed as picket organiser",
        "no steward with BSL needed any more",
        "labelled \u201cbanner\u201d",
        "meet 15 min before",
    )
    assert said(now, then)[:2] == ("now 08:00\u201311:00, was 09:00\u201312:00", "on again")
    assert "no longer labelled \u201cbanner\u201d" in said(now, then)
    other_day = then.changed([b.shift(day=2)], [])
    assert said(then, other_day) == ("now Wed 2 Dec 2015 08:00\u201311:00, was Tue 1 Dec 2015 08:00\u201311:00",)


def test_a_picket_and_its_day_say_whether_they_go_ahead_and_when():
    then = plan()
    now = then.changed([b.picket(times="08:00-12:00", meet="the bus stop"), b.dispute(duty_phone="07700 900123")], [])
    assert reprinting.piece_changes(then, now, "picket") == (
        "now 08:00\u201312:00, was 08:00\u201311:00",
        "meet at \u201cthe bus stop\u201d",
        "the duty phone is now 07700 900123",
    )
    assert reprinting.piece_changes(now, then, "day") == ("there is no duty phone any more",)
    off = then.changed([b.strike_day(state=StrikeState.SUSPENDED)], [])
    assert reprinting.piece_changes(then, off, "picket")[0].startswith("stood down: the strike day is suspended")
    assert reprinting.piece_changes(off, then, "day") == ("goes ahead again",)
    assert reprinting.piece_changes(then, then, "picket") == ()
    assert reprinting.piece_changes(then, now, "elsewhere") == ("no longer in the plan",)
    assert reprinting.piece_changes(then, now, "") == ()
    assert reprinting.piece_changes(then, now.changed([b.picket("new")], []), "new") == ("new",)


def test_a_rally_and_a_stall_say_so_too():
    then = plan(b.rally(), b.rally_day(), b.venue(), b.partner(), b.stall())
    now = then.changed([b.rally(times="12:00-14:00", venue_id="park"), b.venue("park", name="The park")], [])
    assert reprinting.piece_changes(then, now, "rally") == (
        "now 12:00\u201314:00, was 11:30\u201313:30",
        "now at The park",
    )
    now = then.changed([b.stall(state=StallState.DECLINED), b.rally(times="11:30-14:00")], [])
    assert reprinting.piece_changes(then, now, "rally") == ("now 11:30\u201314:00, was 11:30\u201313:30",)
    assert reprinting.piece_changes(then, now, "stall") == ("stood down: the stall is declined",)


def test_the_plan_as_it_was_names_what_is_gone_and_what_is_new():
    now = plan(
        b.shift("late", "11:00-14:00"), b.partner(), b.rally(), b.venue(), b.stall(),
        b.shift("at stall", stall_id=StallId("stall")),
    )  # fmt: skip
    then = reprinting.as_it_was(
        now,
        [
            Image(Shift, "early", b.shift("early", "07:00-08:00")),
            Image(Shift, "late", None),
            Image(Shift, "at stall", None),
            Image(Assignment, "ben ode on shift", None),
        ],
    )
    ids = [ShiftId(id) for id in ("late", "shift", "at stall", "early", "late")]
    assert reprinting.change_sentences(then, now, ids, law()) == (
        "Anthony Nolan stall, Tue 1 Dec 2015 08:00\u201311:00: new",
        "Main entrance, 07:00\u201308:00: no longer there",
        "Main entrance, 08:00\u201311:00: Ben Ode added as picket",
        "Main entrance, 11:00\u201314:00: new",
    )
    later = now.changed([b.shift(times="09:00-11:00")], [])
    assert reprinting.change_sentences(now, later, [ShiftId("shift")], law()) == (
        "Main entrance, 08:00\u201311:00: now 09:00\u201311:00",
    )
