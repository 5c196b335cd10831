"""The main job, told through the program as a rep starts it on a machine without a screen."""

import json
import re
import subprocess
import sys

import pytest

from tests.cli.asking import ROOT, picture, program, screenless

# Started in place of "python -m rallyapp": the same, and then the name of every module that came along.
WATCHED = """
import runpy, sys
sys.argv[0] = "rallyapp"
try:
    runpy.run_module("rallyapp", run_name="__main__", alter_sys=True)
finally:
    print(*sorted(sys.modules), file=open("modules.txt", "w"))
"""


@pytest.fixture
def rallyapp(tmp_path):
    """Run a command in a folder of its own; no command may bring Qt along."""

    def run(*arguments, code=0):
        ended = subprocess.run(
            [sys.executable, "-c", WATCHED, *arguments],
            cwd=tmp_path,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            env=screenless(),
            timeout=60,
            check=False,
        )
        assert ended.returncode == code, ended
        modules = (tmp_path / "modules.txt").read_text().split()
        (tmp_path / "modules.txt").unlink()
        assert "rallyapp.cli" in modules
        assert not [name for name in modules if name.startswith(("PySide6", "shiboken6", "qasync"))]
        return ended.stdout.decode()

    return run


def test_from_a_demo_to_paper_and_back(rallyapp, tmp_path):
    rallyapp("demo", "southampton-2015", "s.rally")
    before = json.loads(rallyapp("check", "s.rally", "--json"))
    assert before["counts"]["red"] == 0
    assert any(problem["code"] == "short" for problem in before["problems"]) or before["counts"]["amber"]

    assert "Every shift has the people that it needs." in rallyapp("fill", "--apply", "s.rally")
    after = json.loads(rallyapp("check", "s.rally", "--json"))
    assert after["counts"]["red"] == 0
    assert not [problem["sentence"] for problem in after["problems"] if problem["sentence"].endswith("short")]
    assert after["counts"]["amber"] < before["counts"]["amber"]

    for document in ("rally-plan", "rota"):
        assert re.search(r"\d+ pages?", rallyapp("print", "s.rally", document, "--to", f"{document}.pdf"))
        assert (tmp_path / f"{document}.pdf").read_bytes().startswith(b"%PDF")

    assert rallyapp("undo", "s.rally").startswith("Undone: Fill rota")
    assert json.loads(rallyapp("check", "s.rally", "--json"))["problems"] == before["problems"]
    assert rallyapp("redo", "s.rally").startswith("Done again: Fill rota")
    assert json.loads(rallyapp("check", "s.rally", "--json"))["problems"] == after["problems"]
    labels = [each["label"] for each in json.loads(rallyapp("history", "s.rally", "--json"))]
    assert labels == [
        "Redo: Fill rota: 105 places",
        "Undo: Fill rota: 105 places",
        "Print rota",
        "Print rally-plan",
        "Fill rota: 105 places",
        "Demo: southampton-2015",
    ]
    assert sorted(picture(tmp_path)) == ["rally-plan.pdf", "rota.pdf", "s.rally"]


def test_a_second_print_says_what_has_changed_and_the_paper_says_names(rallyapp, tmp_path):
    pypdf = pytest.importorskip("pypdf")
    rallyapp("demo", "southampton-2015", "s.rally")
    rallyapp("print", "s.rally", "rota", "--to", "1.pdf")
    rallyapp("fill", "--apply", "s.rally")
    rallyapp("print", "s.rally", "rota", "--to", "2.pdf")
    one, two = (" ".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / f"{n}.pdf").pages) for n in (1, 2))
    assert "Southampton General" in one
    assert one != two


def test_a_real_dispute_from_nothing(rallyapp, tmp_path):
    made = rallyapp(
        *(
            "new",
            "p.rally",
            "--union",
            "British Medical Association",
            "--site",
            "RHM12",
            "--duty-phone",
            "07700 900123",
        ),
        *("--day", "2015-12-08 08:00-17:00", "--called-out", "junior doctors", "--ballot", "2015-11-18"),
    )
    assert made == "Made p.rally: 1 strike day, 1 site, 3 picket shifts.\n"
    assert "nobody else is in the plan" in rallyapp("fill", "p.rally", code=1)

    rallyapp("export", "p.rally", "--to", "p.json")
    plan = json.loads((tmp_path / "p.json").read_text())
    site = plan["records"]["site"][0]["id"]
    names = [("Siân", "Hughes"), ("Łukasz", "Nowak"), ("Aoife", "O’Brien"), ("Zoë", "Adeyemi"), ("João", "Pires")]
    plan["records"]["person"] = [
        {"id": f"p{n}", "given_name": given, "family_name": family, "workplace_id": site}
        for n, (given, family) in enumerate(names)
    ]
    plan["records"]["availability"] = [
        {"id": f"a{n}", "person_id": f"p{n}", "starts": "2015-12-08T07:30", "ends": "2015-12-08T12:00"}
        for n in range(len(names))
    ]
    plan["records"]["person_skill"] = [
        {"id": f"k{n}", "person_id": f"p{n}", "skill": "picket supervisor"} for n in (0, 1)
    ]
    (tmp_path / "p.json").write_text(json.dumps(plan))
    assert "records" in rallyapp("load", "p.json", "q.rally")

    told = json.loads(rallyapp("fill", "q.rally", "--apply", "--json"))
    assert told["gaps"] == []
    assert {each["person"] for each in told["added"]} == {f"{given} {family}" for given, family in names}
    found = json.loads(rallyapp("check", "q.rally", "--json", "--today", "2015-12-01"))
    assert found["counts"]["red"] == 0
    assert not [problem for problem in found["problems"] if problem["sentence"].endswith(" short")]
    rallyapp("print", "q.rally", "rota", "--to", "q.pdf")


def test_the_installed_command_is_the_same_program():
    assert (
        program("--version").out
        == subprocess.run(
            [
                sys.executable,
                "-c",
                "from rallyapp.__main__ import main; import sys; sys.argv[1:] = ['--version']; main()",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
            env=screenless(),
            check=True,
        ).stdout
    )
