"""``rallyapp solve``: a rota problem goes in, the best rota comes out, and a program can rely on how it ends."""

import json
import os
import signal
import stat
import subprocess
import sys

import pytest

from rallyapp.cli.stopping import stoppable
from tests import rota_check
from tests.cli.asking import PROGRAM, ROOT, one_sentence, program, screenless, untouched

KEYS = ["rota", "cost", "bound", "optimal", "gaps", "seconds"]


@pytest.fixture(scope="module")
def problem():
    return rota_check.generate("S", 12)


@pytest.fixture
def file(folder, problem):
    path = folder / "problem.json"
    path.write_text(json.dumps(problem))
    return path


@pytest.fixture(scope="module")
def small():
    """Two shifts and three people: one shift nobody is free for, and one that is fully staffed."""
    whole = rota_check.generate("S", 12)
    shift, people = whole["shifts"][0], [each for each in whole["volunteers"] if each["available"]][:3]
    row = dict(shift, id="day", day=0, start=420, end=600, min=2, desired=2, max=2, skills={"first_aid": [1, 1]})
    night = dict(row, id="night", start=60, end=180, min=1, desired=1, skills={})
    for person in people:
        person |= {"available": [[400, 700]], "duties": [], "skills": [], "max_minutes_day": 480}
    return whole | {"shifts": [row, night], "volunteers": people, "pairs": [], "pinned": [], "planted": {}}


def progress_of(answer):
    return [json.loads(line) for line in answer.err.splitlines()]


# ----------------------------------------------------------------------------------------------- as it is meant
def test_a_program_pipes_a_problem_in_and_gets_the_rota_that_the_checker_agrees_with(problem, tmp_path):
    source = tmp_path / "problem.json"
    source.write_text(json.dumps(problem))
    with source.open("rb") as pipe:
        told = program("solve", stdin=pipe)
    assert told.code == 0
    found = told.json
    assert list(found) == KEYS
    judged = rota_check.evaluate(problem, found["rota"])
    assert judged["violations"] == []
    assert judged["cost"] == found["cost"] >= found["bound"]
    assert found["optimal"] == (found["cost"] == found["bound"])
    assert found["seconds"] > 0
    missing = [[each["shift"], each["missing"]] for each in found["gaps"] if each["need"] == "heads"]
    assert missing == judged["short_min"]
    skills = [[each["shift"], each["need"], each["missing"]] for each in found["gaps"] if each["need"] != "heads"]
    assert sorted(skills) == sorted(judged["short_skill"])
    assert all(isinstance(each["why"], dict) for each in found["gaps"])
    last = progress_of(told)[-1]
    assert (last["cost"], last["bound"]) == (found["cost"], found["bound"])


def test_progress_is_a_json_object_a_line(rallyapp, file):
    lines = progress_of(rallyapp("solve", "--in", file))
    assert lines
    for line in lines:
        assert list(line) == ["cost", "bound", "seconds"]
        assert line["cost"] is None or line["cost"] >= line["bound"]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_seed_gives_the_same_answer_however_many_workers_there_are(rallyapp, file, workers):
    first = rallyapp("solve", "--in", file, "--workers", 1, "--seed", 5).json
    second = rallyapp("solve", "--in", file, "--workers", workers, "--seed", 5).json
    assert first.pop("seconds")
    assert second.pop("seconds")
    assert first == second


def test_what_was_planted_changes_nothing(rallyapp, folder, file, problem):
    (folder / "other.json").write_text(json.dumps(problem | {"planted": ["rubbish"]}))
    one, other = (rallyapp("solve", "--in", each, "--workers", 1).json for each in (file, folder / "other.json"))
    assert one | {"seconds": 0} == other | {"seconds": 0}


def test_a_gap_says_the_shift_the_need_and_how_many_and_is_no_failure(rallyapp, folder, small):
    (folder / "p.json").write_text(json.dumps(small))
    told = rallyapp("solve", "--in", folder / "p.json")
    assert told.code == 0
    assert [{key: gap[key] for key in ("shift", "need", "missing")} for gap in told.json["gaps"]] == [
        {"shift": "day", "need": "first_aid", "missing": 1},
        {"shift": "night", "need": "heads", "missing": 1},
    ]
    assert sorted(shift for _, shift in told.json["rota"]) == ["day", "day"]


def test_the_rota_goes_into_a_file_that_only_its_owner_reads(rallyapp, folder, file, problem):
    told = rallyapp("solve", "--in", file, "--out", folder / "rota.json")
    assert (told.code, told.out) == (0, "")
    found = json.loads((folder / "rota.json").read_text())
    assert rota_check.evaluate(problem, found["rota"])["cost"] == found["cost"]
    assert os.name == "nt" or stat.S_IMODE((folder / "rota.json").stat().st_mode) == 0o600
    assert rallyapp("solve", "--in", file, "--out", folder / "rota.json", "--seed", 2).code == 0  # its own sort
    assert sorted(path.name for path in folder.iterdir()) == ["problem.json", "rota.json"]


def test_ids_of_any_letters_come_back_as_they_were(rallyapp, folder, small):
    odd = "Zo\u00eb \u202e\ud800 \U0001f600\n"
    changed = json.loads(json.dumps(small).replace("V000001", "V1"))
    changed["volunteers"][0]["id"] = odd
    changed["pinned"] = [[odd, "day"]]
    (folder / "p.json").write_text(json.dumps(changed))
    assert [odd, "day"] in rallyapp("solve", "--in", folder / "p.json").json["rota"]


# --------------------------------------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"hello", "not a JSON object"),
        (b"\0" * 200_000, "not a JSON object"),
        (b'{"format": "picket-rota-problem", "version": NaN}', "NaN"),
        (b'{"format": "rallyapp-plan"}', "picket-rota-problem"),
    ],
)
def test_what_is_no_problem_gets_one_sentence(rallyapp, folder, data, words):
    (folder / "p.json").write_bytes(data)
    with untouched(folder):
        assert words in one_sentence(rallyapp("solve", "--in", folder / "p.json", "--out", folder / "rota.json"))


def test_a_plan_is_no_problem(rallyapp, plan):
    assert "rota problem" in one_sentence(rallyapp("solve", "--in", plan))


def test_the_person_and_the_shift_of_an_impossible_pin_are_named(rallyapp, folder, small):
    (folder / "p.json").write_text(json.dumps(small | {"pinned": [[small["volunteers"][1]["id"], "night"]]}))
    sentence = one_sentence(rallyapp("solve", "--in", folder / "p.json"))
    assert "\u201cnight\u201d" in sentence
    assert small["volunteers"][1]["id"] in sentence


@pytest.mark.parametrize(
    "wrong",
    [
        *(["--time-limit", each] for each in ("0", "-1", "nan", "inf", "1e99", "soon", "")),
        *(["--workers", each] for each in ("0", "-2", "10000", "1.5", "nan")),
        *(["--seed", each] for each in ("-1", "99999999999", "x", "0.5")),
        ["--json"],
        ["problem.json"],
    ],
    ids=" ".join,
)
def test_options_out_of_their_range_are_refused(rallyapp, folder, file, wrong):
    with untouched(folder):
        one_sentence(rallyapp("solve", "--in", file, "--out", folder / "rota.json", *wrong))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["--time-limit", "abc"], "--time-limit must be more than 0 and at most 86,400 seconds, not \u201cabc\u201d."),
        (["--time-limit", "nan"], "--time-limit must be more than 0 and at most 86,400 seconds, not \u201cnan\u201d."),
        (["--seed", "0.5"], "--seed must be a whole number from 0 to 2,147,483,647, not \u201c0.5\u201d."),
        (["--workers", "65"], "--workers must be a whole number from 1 to 64, not \u201c65\u201d."),
    ],
)
def test_what_a_number_must_be_is_said_plainly(rallyapp, file, wrong, says):
    assert one_sentence(rallyapp("solve", "--in", file, *wrong)).startswith(says)


def test_a_file_that_can_not_be_read_is_named(rallyapp, folder):
    assert "\u201cplans\u201d is a folder" in one_sentence(rallyapp("solve", "--in", folder))
    assert "nowhere.json" in one_sentence(rallyapp("solve", "--in", folder / "nowhere.json"))
    one_sentence(rallyapp("solve", "--in", folder / ("x" * 5000)))
    one_sentence(rallyapp("solve", "--in", ""))


@pytest.mark.skipif(not os.path.exists("/proc/self/mem"), reason="only Linux has a file that opens and can't be read")
def test_a_file_that_fails_while_it_is_read_is_one_sentence(rallyapp):
    assert "can't be read" in one_sentence(rallyapp("solve", "--in", "/proc/self/mem"))


def test_where_the_rota_can_not_go_is_said_before_anything_is_read(rallyapp, folder, file):
    (folder / "letter.txt").write_text("Dear all")
    with untouched(folder):
        assert "no folder" in one_sentence(rallyapp("solve", "--in", "-", "--out", folder / "none" / "rota.json"))
        assert "is a folder" in one_sentence(rallyapp("solve", "--in", "-", "--out", folder))
        assert "no rota" in one_sentence(rallyapp("solve", "--in", "-", "--out", folder / "letter.txt"))
        assert "no rota" in one_sentence(rallyapp("solve", "--in", file, "--out", file))


def test_without_a_standard_input_the_way_in_is_named():
    closed = program("solve", stdin=None, preexec_fn=lambda: os.close(0))
    assert "--in" in one_sentence(closed)


# ------------------------------------------------------------------------------------------ how else it may end
def started(*arguments):
    return subprocess.Popen(
        [*PROGRAM, "solve", *arguments],
        cwd=ROOT,
        env=screenless(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_reader_who_leaves_early_is_no_trouble(file):
    running = started("--in", str(file))
    running.stdout.close()
    told = running.stderr.read().decode()
    running.stderr.close()
    running.stdin.close()
    assert running.wait(30) == 0
    assert all(line.startswith("{") for line in told.splitlines()), told


READING = """
import sys
from rallyapp.cli import main, solve
class Told:
    def read(self, size):
        print("reading", flush=True)
        return sys.__stdin__.buffer.read(size)
class Input:
    buffer = Told()
    def isatty(self):
        return False
sys.stdin = Input()
main()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_stopped_while_it_reads_it_says_no_more_than_that_and_leaves_nothing(folder, number, code):
    with untouched(folder):
        running = subprocess.Popen(
            [sys.executable, "-c", READING, "solve", "--out", str(folder / "rota.json")],
            cwd=ROOT,
            env=screenless(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert running.stdout.readline() == b"reading\n"
        running.send_signal(number)
        out, err = running.communicate(timeout=30)
    assert running.returncode == code
    assert (out, err) == (b"", b"Stopped.\n" if number == signal.SIGINT else b"")


def test_ctrl_c_is_heard_while_a_solver_computes_and_the_solver_hears_of_it():
    heard = []

    def work(stop):
        signal.raise_signal(signal.SIGINT)
        while not stop():
            pass
        heard.append("stop")

    with pytest.raises(KeyboardInterrupt):
        stoppable(work)
    assert heard == ["stop"]


def test_a_fault_of_the_solver_comes_out_as_it_is():
    def work(stop):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stoppable(work)
    assert stoppable(lambda stop: "answer") == "answer"
