"""Every command once as it is meant to be used, with its JSON and its exit codes."""

import itertools
import json
import os
import re
import stat
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rallyapp.cli import rally
from rallyapp.cli.proposal import lines
from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.people import Cover, CoverKind, Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Role, Shift
from rallyapp.domain.places import Site
from rallyapp.domain.tells import PrintRun
from rallyapp.rota.fill import fill, shifts_in
from rallyapp.store import Store
from tests.cli.asking import one_sentence, untouched
from tests.domain.building import can, on, post, shift
from tests.rota.drawing import drawn, need
from tests.store.sample import contents

SMALL = ("southampton-2015", "epsom-st-helier-2016")


def test_every_command_has_a_help_text(rallyapp):
    whole = rallyapp("--help")
    assert whole.code == 0
    assert "Exit codes" in whole.out
    assert re.findall(r"^  ([\w-]+)  ", whole.out.split("Commands:")[1], re.MULTILINE) == list(rally.commands)
    for name, command in rally.commands.items():
        assert re.search(rf"^  {name} ", whole.out, re.MULTILINE)
        told = rallyapp(name, "--help")
        assert (told.code, told.err) == (0, "")
        assert command.help.splitlines()[0].rstrip(".") in " ".join(told.out.split())
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or parameter.help, f"{name} {parameter.name}"
    assert "..." not in whole.out.split("Commands:")[1], "a command's line is cut off"


def test_the_version(rallyapp):
    assert rallyapp("--version").out.startswith("RallyApp")
    assert rallyapp("-h").out == rallyapp("--help").out


@pytest.mark.parametrize("wrong", [["chekc"], ["info"], ["info", "a", "b"], ["info", "a.rally", "--frob"], ["--frob"]])
def test_a_mistyped_command_says_where_help_is(rallyapp, wrong):
    assert "--help" in one_sentence(rallyapp(*wrong))


# ------------------------------------------------------------------------------------------------- demo
def test_the_demos_are_listed(rallyapp):
    told = rallyapp("demo")
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines()] == list(DEMOS)
    assert [each["name"] for each in rallyapp("demo", "--json").json] == list(DEMOS)


@pytest.mark.parametrize("name", SMALL)
def test_a_demo_is_made(rallyapp, folder, name):
    told = rallyapp("demo", name, folder / "x.rally", "--json")
    assert told.code == 0
    assert told.json["demo"] == name
    with Store.open(folder / "x.rally") as store:
        assert set(contents(store).values()) == set(DEMOS[name].records())
    assert told.json["records"] == len(list(DEMOS[name].records()))
    assert sorted(path.name for path in folder.iterdir()) == ["x.rally"]


def test_a_demo_needs_a_name_that_exists_and_a_place(rallyapp, folder, plan):
    with untouched(folder):
        assert "national" in one_sentence(rallyapp("demo", "southhampton", folder / "x.rally"))
        assert "rallyapp demo national national.rally" in one_sentence(rallyapp("demo", "national"))
        assert "already" in one_sentence(rallyapp("demo", "southampton-2015", plan))


# ------------------------------------------------------------------------------------------------- info
@pytest.mark.parametrize("name", SMALL)
def test_info_counts_what_is_there(rallyapp, demos, name):
    plan = demos / f"{name}.rally"
    told = rallyapp("info", plan, "--json")
    assert (told.code, told.err) == (0, "")
    assert set(told.json) == {"plan", "disputes", "strike_days", "counts", "version", "undo", "read_only"}
    with Store.open(plan) as store:
        whole = store.plan()
    assert told.json["counts"]["shift"] == whole.count(Shift)
    assert told.json["counts"]["person"] == whole.count(Person)
    words = rallyapp("info", plan)
    assert words.code == 0
    assert f"{whole.count(Person)} people" in words.out


# ------------------------------------------------------------------------------------------------ check
def test_check_finds_gaps_and_is_content_without_red(rallyapp, plan):
    told = rallyapp("check", plan, "--today", "2015-11-25", "--json")
    assert told.code == 0
    assert set(told.json) == {"plan", "counts", "problems", "words"}
    assert told.json["counts"]["red"] == 0
    assert told.json["counts"]["amber"] > 0
    for problem in told.json["problems"]:
        assert set(problem) == {"severity", "code", "sentence", "mend", "day", "concerns"}
    assert rallyapp("check", plan, "--today", "2015-11-25", "--strict").code == 1
    words = rallyapp("check", plan, "--today", "25/11/2015")
    assert words.code == 0
    assert f"Look at this ({told.json['counts']['amber']})" in words.out
    assert all(f"  {problem['sentence']}\n" in words.out for problem in told.json["problems"])
    assert 1 < words.out.count("fill the rota, or ask somebody") < 5, "said once for all that follow each other"
    assert "check with your union" in words.out


def test_check_leaves_with_one_for_what_must_be_put_right(rallyapp, plan):
    with Store.open(plan) as store, store.edit("Two places at once") as edit:
        one, other = next(
            (one, other)
            for one, other in itertools.combinations(store.all(Shift), 2)
            if one.starts < other.ends and other.starts < one.ends
        )
        for shift in (one, other):
            edit.save(Assignment(id=shift.id, shift_id=shift.id, person_id=store.all(Person)[0].id, role="picket"))
    told = rallyapp("check", plan, "--today", "2015-11-25")
    assert told.code == 1
    assert "Must be put right" in told.out
    assert rallyapp("check", plan, "--json").json["counts"]["red"] >= 1


def test_check_judges_deadlines_as_on_a_day(rallyapp, plan):
    early = rallyapp("check", plan, "--today", "2015-11-25", "--json").json["problems"]
    late = rallyapp("check", plan, "--today", "2016-07-01", "--json").json["problems"]
    assert {each["code"] for each in late} - {each["code"] for each in early}
    assert "tomorrow" in one_sentence(rallyapp("check", plan, "--today", "tomorrow"))


# ------------------------------------------------------------------------------------------------- fill
def test_fill_puts_people_on_every_short_shift_as_one_edit(rallyapp, epsom):
    told = rallyapp("fill", epsom, "--apply")
    assert (told.code, told.err) == (0, "")
    assert told.out.startswith("Filled 324 places on 54 shifts; 0 were filled before.\n")
    assert re.search(
        r"\nEvery shift has the people that it needs\.\nHours in this rota: .*\.\nNo better rota exists\.\n", told.out
    )
    assert told.out.endswith("\u201crallyapp undo\u201d takes it back.\n")
    with Store.open(epsom) as store:
        assert [each.kind for each in store.history()] == ["edit", "made"]
        assert len(store.all(Assignment)) == 324
        assert store.undo() is not None
        assert store.all(Assignment) == ()


def test_fill_answers_as_json(rallyapp, epsom):
    told = rallyapp("fill", epsom, "--apply", "--json")
    assert told.code == 0
    assert set(told.json) == {
        *("plan", "applied", "shifts", "kept", "cannot", "added", "changed", "dropped", "gaps", "minutes"),
        *("cost", "bound", "how_good"),
    }
    assert told.json["applied"] is True
    assert told.json["gaps"] == []
    assert told.json["cost"] == told.json["bound"]
    assert told.json["cannot"] == []
    assert set(told.json["added"][0]) == {"person", "role", "called", "where", "when"}
    assert sum(each["minutes"] for each in told.json["minutes"]) > 324 * 60
    again = rallyapp("fill", epsom, "--apply", "--json")
    assert (again.code, again.json["applied"], again.json["added"]) == (0, False, [])
    assert again.json["kept"] == len(told.json["added"])
    with Store.open(epsom) as store:
        assert len(store.history()) == 2, "an empty filling is an edit in the history"
    words = rallyapp("fill", epsom, "--apply").out
    assert words.startswith(
        "Nothing to change on 54 shifts; 324 were filled before.\nEvery shift has the people that it needs.\nHours in "
    )


@pytest.mark.parametrize("options", [[], ["--dry-run"]])
def test_without_apply_nothing_is_written(rallyapp, folder, epsom, options):
    with untouched(folder):
        told = rallyapp("fill", epsom, *options)
        assert told.code == 0
        assert told.out.startswith("Would fill 324 places")
        assert told.out.endswith("Nothing is written yet: --apply writes it.\n")
        assert rallyapp("fill", epsom, *options, "--json").json["applied"] is False


def test_the_proposal_says_who_comes_where(rallyapp, epsom):
    lines = rallyapp("fill", epsom, "--day", "26/4/2016", "--site", "epsom").out.splitlines()
    told = rallyapp("fill", epsom, "--day", "26/4/2016", "--site", "epsom", "--json").json
    assert told["added"]
    for each in told["added"]:
        day, _, times = each["when"].rpartition(" ")
        under = lines[lines.index(day) + 1 :]  # by day, then shift, then role
        shift = under[under.index(f"  {times}  {each['where']}") + 1 :]
        role = next(line for line in shift if line.startswith(f"      + {each['called']}: "))
        assert each["person"] in role.partition(": ")[2].split(", ")
    starts = [line for line in lines if line.startswith("  ") and not line.startswith("   ")]
    assert starts == sorted(starts, key=lambda line: line[:7])


def test_a_long_proposal_is_cut(rallyapp, epsom):
    out = rallyapp("fill", epsom).out
    told, more, _ = out.partition("  \u2026 and ")
    assert len(told.splitlines()) == 201  # and the sum above them
    assert more
    assert "more lines; --json lists them all\n" in out


def test_fill_one_day_and_one_site(rallyapp, epsom):
    told = rallyapp("fill", epsom, "--day", "26/4/2016", "--site", "epsom", "--json")
    assert told.code == 0
    assert told.json["added"]
    assert {each["when"][:14] for each in told.json["added"]} == {"Tue 26 Apr 201"}
    assert all("Epsom" in each["where"] for each in told.json["added"])


def test_fill_one_rally(rallyapp, plan, epsom):
    told = rallyapp("fill", plan, "--rally", "rally", "--json").json
    assert told["shifts"] > 0
    assert {each["role"] for each in told["added"]} <= {
        *("steward", "chief steward", "first aider", "MC", "stall volunteer"),
    }
    assert rallyapp("fill", plan, "--rally", "guildhall", "--json").json == told, "by its venue"
    assert "no rally" in one_sentence(rallyapp("fill", epsom, "--rally", "rally"))
    assert "No rally" in one_sentence(rallyapp("fill", plan, "--rally", "nowhere"))


@pytest.mark.parametrize("options", [["--time-limit", "0"], ["--seed", "-1"], ["--time-limit", "nan"]])
def test_limits_are_checked(rallyapp, folder, epsom, options):
    with untouched(folder):
        assert options[0] in one_sentence(rallyapp("fill", epsom, *options))


def test_what_work_overtakes_is_taken_back_in_the_same_edit(rallyapp, epsom):
    rallyapp("fill", epsom, "--apply")
    with Store.open(epsom) as store:
        first = min(store.all(Shift), key=lambda shift: (shift.starts, shift.id))
        row = store.where(Assignment, shift_id=first.id)[0]
        name = store.get(Person, row.person_id).name
        with store.edit("Call to emergency cover") as edit:
            edit.save(
                Cover(
                    id="new",
                    person_id=row.person_id,
                    kind=CoverKind.EMERGENCY_COVER,
                    starts=first.starts - timedelta(hours=1),
                    ends=first.ends,
                )
            )
    told = rallyapp("fill", epsom, "--apply")
    assert f"      \u2212 {row.role}: {name} (on emergency cover)\n" in told.out
    assert "took 1 earlier proposal back" in told.out
    with Store.open(epsom) as store:
        assert store.find(Assignment, row.id) is None
        assert next(each.label for each in store.history()).endswith("1 taken back")
        assert store.undo() is not None
        assert store.get(Assignment, row.id) == row


def test_fill_says_which_days_and_sites_there_are(rallyapp, folder, epsom):
    with untouched(folder):
        assert "Tue 26 Apr 2016" in one_sentence(rallyapp("fill", epsom, "--day", "2016-05-26"))
        assert "Epsom" in one_sentence(rallyapp("fill", epsom, "--site", "Southampton"))
        assert "2015-12-01" in one_sentence(rallyapp("fill", epsom, "--day", "Doomsday"))
        assert "Nothing in this plan starts on \u201c3 May\u201d" in one_sentence(
            rallyapp("fill", epsom, "--day", "3 May")
        )


@pytest.mark.parametrize("day", ["26 Apr", "26th april", "Tue 26 Apr 2016", "26/4", "Tuesday", "2016-04-26"])
def test_a_day_may_be_written_as_the_program_prints_it(rallyapp, epsom, day):
    assert rallyapp("fill", epsom, "--day", day, "--json").json["shifts"] == 27


def test_a_day_that_several_fit_is_asked_for_again(rallyapp, plan):
    assert "Tue 1 Dec 2015, Tue 8 Dec 2015" in one_sentence(rallyapp("fill", plan, "--day", "tuesday"))


def test_gaps_are_told_with_reasons_and_leave_one(rallyapp, epsom):
    with Store.open(epsom) as store:
        whole = store.plan()
        first = min(whole.all(Shift), key=lambda shift: (shift.starts, shift.id))
        (need,) = (each for each in whole.of(Need, "shift_id", first.id) if each.role == "standby")
        with store.edit("More") as edit:
            edit.save(Need(id=need.id, shift_id=first.id, role=need.role, least=90, wished=90, most=90))
    told = rallyapp("fill", epsom, "--json")
    assert told.code == 1
    gap = next(each for each in told.json["gaps"] if each["role"] == "standby")
    assert set(gap) == {
        *("shift", "where", "when", "role", "skill", "missing", "why", "words", "joint", "changes"),
    }
    assert gap["missing"] > 0
    assert gap["why"]
    assert gap["changes"]
    words = rallyapp("fill", epsom)
    assert words.code == 1
    assert gap["words"] in words.out
    for each in gap["changes"]:
        assert each["person"] in each["words"]
        assert f"    would help: {each['words']}\n" in words.out
    assert words.out.index(gap["words"]) < words.out.index("\n      + "), "the gaps come first"


def test_gaps_that_are_alike_are_told_in_one_line_and_what_causes_them_once(rallyapp, plan):
    added = rallyapp("fill", plan, "--rally", "guildhall", "--json").json["added"]
    stewards = {each["person"] for each in added if each["role"] == "steward" and "Access" not in each["where"]}
    assert len(stewards) == 5
    with Store.open(plan) as store, store.edit("Two adults") as edit:
        signing = {each.person_id for each in store.all(PersonSkill) if each.skill is Skill.BSL}  # wanted elsewhere
        adults = sorted(each.name for each in store.all(Person) if each.name in stewards and each.id not in signing)[:2]
        edit.save_all(replace(each, adult=each.name in adults) for each in store.all(Person))
    out = rallyapp("fill", plan, "--rally", "guildhall").out
    cause = (
        f"    Tue 1 Dec 2015 10:45: 5 posts each need 1 steward, only {adults[0]} and {adults[1]} can come: "
        "3 stay empty.\n      Tue 1 Dec 2015 10:45\u201313:45  3 places: 1 steward short at each of them ("
    )
    assert out.count(cause) == 1
    assert out.count("Too few people for these together:\n") == 1
    assert out.index(cause) < out.index("\n      + "), "the gaps come first"


@pytest.mark.parametrize("state", [AssignmentState.CONFIRMED, AssignmentState.ASKED])
def test_whoever_stays_and_can_t_come_is_named_and_leaves_one(rallyapp, epsom, state):
    rallyapp("fill", epsom, "--apply")
    with Store.open(epsom) as store:
        first = min(store.all(Shift), key=lambda shift: (shift.starts, shift.id))
        row = min(store.where(Assignment, shift_id=first.id), key=lambda row: row.id)
        name = store.get(Person, row.person_id).name
        span = {"starts": first.starts - timedelta(hours=1), "ends": first.ends}
        with store.edit("Call to emergency cover") as edit:
            edit.save(replace(row, state=state))
            edit.save(Cover(id="new", person_id=row.person_id, kind=CoverKind.EMERGENCY_COVER, **span))
    told = rallyapp("fill", epsom, "--json")
    assert told.code == 1
    (cannot,) = told.json["cannot"]
    assert (cannot["person"], cannot["standing"], cannot["why"]) == (name, str(state), "is on emergency cover")
    assert [each["where"] for each in told.json["added"]] == [cannot["where"]], "somebody else is proposed"
    words = rallyapp("fill", epsom, "--apply")
    assert words.code == 1
    assert "1 person who stays can\u2019t be there. Nothing is short without them" in words.out
    assert f"{name} ({cannot['called']}, {state}) is on emergency cover\n" in words.out
    again = rallyapp("fill", epsom, "--apply")
    assert again.code == 1
    assert again.out.startswith("Nothing to change on 54 shifts; 324 were filled before.\n")


def test_a_day_that_is_called_off_has_nothing_to_fill(rallyapp, plan):
    with Store.open(plan) as store, store.edit("Suspend") as edit:
        day = next(each for each in store.all(StrikeDay) if each.first_date.day == 8)
        edit.save(replace(day, state=StrikeState.SUSPENDED))
    told = rallyapp("fill", plan, "--day", "8 Dec")
    assert told.out == "Nothing to fill on Tue 8 Dec 2015: no shift goes ahead (the strike day is suspended).\n"
    assert told.code == 0


def test_a_change_of_role_is_called_that():
    plan = drawn("ann |%%", need("s8", Role.SUPERVISOR), extra=[can("ann", Skill.SUPERVISOR)])
    told = [*lines(plan, fill(plan, shifts_in(plan)), applied=False, nowhere="")]
    assert told[0] == "Would change 1 role on 1 shift; 0 were filled before."
    assert "      ~ picket organiser: Ann" in told, "in the word of that day's law"
    assert "Hours in this rota: 1 person 1 h." in told
    told = [*lines(plan, fill(plan, shifts_in(plan)), applied=True, nowhere="")]
    assert told[0] == "Changed 1 role on 1 shift; 0 were filled before."


def test_a_plan_without_people_or_shifts_says_so():
    plan = drawn("", need("s8"))
    told = [*lines(plan, fill(plan, shifts_in(plan)), applied=False, nowhere="Nothing.")]
    assert told[0].startswith("There is nobody in this plan yet.")
    assert "No better rota exists." not in told
    assert [*lines(plan, fill(plan, ()), applied=False, nowhere="Nothing.")][1:] == ["Nothing."]


def test_the_hours_of_many_are_summed_up():
    picture = "\n".join(f"p{n} |.." for n in range(1, 9))
    long = [shift(f"x{n}", f"10:00-1{n}:00", picket_id=None, post_id=f"x{n}") for n in range(1, 9)]
    rows = [on(f"p{n}", f"x{n}", Role.STEWARD) for n in range(1, 9)]
    posts = [post(f"x{n}", name=f"Post {n}") for n in range(1, 9)]
    plan = drawn(picture, extra=[*long, *rows, *posts])
    told = [*lines(plan, fill(plan, shifts_in(plan)), applied=False, nowhere="")]
    assert "Hours in this rota: 8 people 1 h to 8 h, half of them 5 h or more, the most P8." in told


def test_fill_is_refused_when_somebody_writes_meanwhile(rallyapp, epsom, monkeypatch):
    """Somebody else commits while people are being chosen, or just before the result is written."""
    from rallyapp.rota import fill as filling

    real = filling.fill

    def interrupted(*arguments, **named):
        proposal = real(*arguments, **named)
        with Store.open(epsom) as other, other.edit("Meanwhile") as edit:
            edit.save(Person(id="new", given_name="New"))
        return proposal

    with monkeypatch.context() as patch:
        patch.setattr(filling, "fill", interrupted)
        assert "Somebody changed the plan" in one_sentence(rallyapp("fill", epsom, "--apply"))
    with Store.open(epsom) as store:
        assert store.all(Assignment) == ()
        assert next(each.label for each in store.history()) == "Meanwhile"


def test_fill_is_refused_when_somebody_writes_at_the_last_moment(rallyapp, epsom, monkeypatch):
    real = Store.edit

    def late(store, label):
        with Store.open(epsom) as other, real(other, "Meanwhile") as edit:
            edit.save(Person(id="new", given_name="New"))
        return real(store, label)

    with monkeypatch.context() as patch:
        patch.setattr(Store, "edit", late)
        assert "Somebody changed the plan" in one_sentence(rallyapp("fill", epsom, "--apply"))
    with Store.open(epsom) as store:
        assert store.all(Assignment) == ()


def test_fill_passes_over_who_withdrew(rallyapp, epsom):
    """Who has withdrawn from a shift is in the plan with it already: they are not put on it again."""
    assert rallyapp("fill", epsom, "--apply").code == 0
    with Store.open(epsom) as store, store.edit("Withdraw") as edit:
        gone = [each for each in store.all(Assignment) if each.role == "picket"][:20]
        edit.save_all(replace(each, state=AssignmentState.WITHDRAWN) for each in gone)
    told = rallyapp("fill", epsom, "--apply")
    assert told.code in (0, 1), told
    with Store.open(epsom) as store:
        assert all(store.get(Assignment, each.id).state is AssignmentState.WITHDRAWN for each in gone)


# ------------------------------------------------------------------------------------- export and load
@pytest.mark.parametrize("name", SMALL)
def test_a_plan_goes_out_and_in_without_loss(rallyapp, folder, demos, name):
    told = rallyapp("export", demos / f"{name}.rally", "--to", folder / "1.json")
    assert told.code == 0
    assert "not encrypted" in told.out
    assert rallyapp("load", folder / "1.json", folder / "x.rally").code == 0
    assert rallyapp("export", folder / "x.rally", "--to", folder / "2.json").code == 0
    assert (folder / "1.json").read_bytes() == (folder / "2.json").read_bytes()
    assert rallyapp("export", folder / "x.rally", "--to", folder / "2.json").code == 0, "an export may be replaced"
    with Store.open(demos / f"{name}.rally") as one, Store.open(folder / "x.rally") as two:
        assert contents(one) == contents(two)
        assert [each.label for each in two.history()] == ["Load 1.json"]


def test_load_says_what_is_wrong(rallyapp, folder, plan, demos):
    (folder / "x.json").write_text("{}")
    with untouched(folder):
        assert "format" in one_sentence(rallyapp("load", folder / "x.json", folder / "x.rally"))
        assert "no file" in one_sentence(rallyapp("load", folder / "none.json", folder / "x.rally"))
        assert "directory" in one_sentence(rallyapp("load", folder, folder / "x.rally"))
        assert "already" in one_sentence(rallyapp("load", demos / "southampton.json", plan))


def test_load_says_which_record_is_there_twice_in_meaning(rallyapp, folder, demos):
    found = json.loads((demos / "southampton.json").read_text())
    found["records"]["person_skill"].append({**found["records"]["person_skill"][0], "id": "again"})
    (folder / "x.json").write_text(json.dumps(found))
    with untouched(folder):
        assert "person skill" in one_sentence(rallyapp("load", folder / "x.json", folder / "x.rally"))


# ------------------------------------------------------------------------------- undo, redo and history
def test_undo_redo_and_history(rallyapp, epsom):
    assert rallyapp("undo", epsom).code == 1
    assert rallyapp("redo", epsom).out == "Nothing to redo.\n"
    rallyapp("fill", epsom, "--apply")
    undone = rallyapp("undo", epsom)
    assert (undone.code, undone.out) == (0, "Undone: Fill rota: 324 places (324 rows).\n")
    assert rallyapp("info", epsom, "--json").json["counts"].get("assignment") is None
    assert rallyapp("redo", epsom).out == "Done again: Fill rota: 324 places (324 rows).\n"
    assert rallyapp("info", epsom, "--json").json["counts"]["assignment"] == 324
    told = rallyapp("history", epsom, "--json")
    assert told.code == 0
    assert [each["kind"] for each in told.json] == ["redo", "undo", "edit", "made"]
    assert set(told.json[0]) == {"version", "id", "kind", "label", "who", "at", "rows", "stands"}
    assert [each["stands"] for each in told.json] == [True, False, False, True]
    assert [each["version"] for each in rallyapp("history", epsom, "--json", "--limit", "2").json] == [4, 3]
    words = rallyapp("history", epsom)
    assert words.code == 0
    assert len(words.out.splitlines()) == 4
    assert "(taken back)" in words.out
    one_sentence(rallyapp("history", epsom, "--limit", "0"))


# ----------------------------------------------------------------------------------------------- backup
def test_a_backup_opens_and_holds_the_same(rallyapp, folder, plan):
    told = rallyapp("backup", plan, "--to", folder / "b.rally")
    assert told.code == 0
    with Store.open(plan) as one, Store.open(folder / "b.rally") as two:
        assert contents(one) == contents(two)
        assert one.history() == two.history()
    assert "already" in one_sentence(rallyapp("backup", plan, "--to", folder / "b.rally"))
    assert "already" in one_sentence(rallyapp("backup", plan, "--to", plan))
    assert "folder" in one_sentence(rallyapp("backup", plan, "--to", folder))


def test_backups_name_themselves_beside_the_plan(rallyapp, folder, plan):
    for _ in range(3):
        assert rallyapp("backup", plan).code == 0
    names = sorted(path.name for path in folder.iterdir() if path.name != "s.rally")
    assert len(names) == 3
    assert all(re.fullmatch(r"s backup \d{4}-\d\d-\d\d \d{4}( \(\d\))?\.rally", name) for name in names), names


def test_a_backup_of_an_encrypted_plan(rallyapp, folder, secret, words):
    told = rallyapp("backup", secret, "--to", folder / "b.rally", "--passphrase-file", words)
    assert told.code == 0, told
    assert rallyapp("info", folder / "b.rally", "--passphrase-file", words).code == 0
    assert "encrypted" in one_sentence(rallyapp("info", folder / "b.rally"))


# ------------------------------------------------------------------------------------------------ sites
def test_hospitals_are_found(rallyapp):
    told = rallyapp("sites", "southampton", "general", "--json")
    assert told.code == 0
    assert told.json[0]["code"] == "RHM01"
    assert set(told.json[0]) == {"code", "name", "address", "city", "postcode", "employer", "employer_code"}
    assert rallyapp("sites", "SO16 6YD").out.startswith("RHM01 ")
    assert rallyapp("sites", "rhm01").out.startswith("RHM01 ")
    none = rallyapp("sites", "xyzzy")
    assert (none.code, none.out) == (1, "")
    assert (rallyapp("sites", "xyzzy", "--json").code, rallyapp("sites", "xyzzy", "--json").json) == (1, [])


def test_the_same_plan_exports_to_the_same_bytes_whoever_made_it(rallyapp, folder):
    for name in ("a", "b"):
        rallyapp("demo", "southampton-2015", folder / f"{name}.rally")
        rallyapp("export", folder / f"{name}.rally", "--to", folder / f"{name}.json")
    assert Path(folder / "a.json").read_bytes() == Path(folder / "b.json").read_bytes()


# --------------------------------------------------------------------------------------- days, versions, privacy
def test_a_strike_of_two_days_is_filled_and_printed_a_day_at_a_time(rallyapp, folder):
    path = folder / "two.rally"
    assert (
        rallyapp("new", path, "--union", "BMA", "--site", "RHM01", "--day", "2027-02-24 07:00-2027-02-26 07:00").code
        == 0
    )
    every, one = (rallyapp("fill", path, *more, "--json").json["shifts"] for more in ([], ["--day", "25/2/2027"]))
    assert (every, one) == (6, 3)
    for more, pages in (([], 2), (["--day", "2027-02-24"], 1)):
        assert f", {pages} page" in rallyapp("print", path, "rota", "--to", folder / "r.pdf", *more).out
    for command in (["fill", path], ["print", path, "rota", "--to", folder / "r.pdf"]):
        said = one_sentence(rallyapp(*command, "--day", "2027-02-26"))
        assert said == "Nothing in this plan starts on Fri 26 Feb 2027. It has: Wed 24 Feb 2027, Thu 25 Feb 2027."


def test_versions_go_on_when_a_printed_plan_is_loaded_into_a_new_file(rallyapp, folder, plan):
    """Else the sheet on the wall would have the higher number, and the new one would say that nothing has changed."""
    rallyapp("fill", plan, "--apply")
    assert rallyapp("print", plan, "rota", "--to", folder / "r.pdf", "--json").json["version"] == 2
    rallyapp("export", plan, "--to", folder / "s.json")
    assert rallyapp("load", folder / "s.json", folder / "again.rally").code == 0
    assert rallyapp("print", folder / "again.rally", "rota", "--to", folder / "r.pdf", "--json").json["version"] == 3
    with Store.open(folder / "again.rally") as store:
        assert max(run.version for run in store.all(PrintRun)) == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_what_shows_who_is_in_a_union_can_be_read_by_its_owner_only(rallyapp, folder, plan):
    rallyapp("export", plan, "--to", folder / "s.json")
    rallyapp("load", folder / "s.json", folder / "again.rally")
    rallyapp("backup", folder / "again.rally", "--to", folder / "copy.rally")
    for name in ("s.json", "again.rally", "copy.rally"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name


def test_signs_that_turn_a_line_round_do_not_reach_the_terminal(rallyapp, folder, plan):
    with Store.open(plan) as store, store.edit("Rename") as edit:
        edit.save(replace(store.all(Site)[0], name="Gate \u202etset"))
    assert "\u202e" not in rallyapp("check", plan).out
    assert "Gate tset" in rallyapp("check", plan).out
