"""Printing from the command line: one document, everything for a day, and the list of what there is."""

import re
import signal
import subprocess
import time

import pytest

from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.prints.documents import MADE
from rallyapp.store import Store
from tests.cli.asking import PROGRAM, ROOT, one_sentence, picture, screenless, untouched


@pytest.mark.parametrize("document", ["rota", "rally-plan"])
def test_a_document_is_printed_and_noted(rallyapp, folder, plan, document):
    told = rallyapp("print", plan, document, "--to", folder / "x.pdf", "--json", "--holder", "Ann", "--holder", "Wall ")
    assert (told.code, told.err) == (0, "")
    assert set(told.json) == {"plan", "document", "audience", "to", "version", "noted", "bytes", "pages", "sheets"}
    assert told.json["noted"]
    data = (folder / "x.pdf").read_bytes()
    assert data.startswith(b"%PDF")
    assert told.json["bytes"] == len(data)
    assert sorted(path.name for path in folder.iterdir()) == ["s.rally", "x.pdf"]
    with Store.open(plan) as store:
        assert store.history()[0].label == f"Print {document}"
        assert store.undo_label is None, "undo would take a print back"
        runs = store.all(PrintRun)
        assert {run.holder for run in runs} == {"Ann, Wall"}
        assert {run.code for run in runs} == {sheet["code"] for sheet in told.json["sheets"]}
        assert {line.print_run_id for line in store.all(PrintedLine)} == {run.id for run in runs}
    words = rallyapp("print", plan, document, "--to", folder / "x.pdf")
    assert words.code == 0
    assert re.search(r"\(version 1, \d+ pages?\)\.$", words.out)


def test_a_printed_rota_is_of_one_day_one_site_one_audience_one_look(rallyapp, folder, plan):
    made = {}
    for n, more in enumerate(
        [[], ["--day", "2015-12-08"], ["--site", "anne"], ["--audience", "organiser"], ["--audience", "supervisor"],
         ["--paper", "a3"], ["--bw"], ["--large"]]
    ):  # fmt: skip
        one = ["--day", "2015-12-08"] if n > 2 else []
        told = rallyapp("print", plan, "rota", "--to", folder / f"{n}.pdf", *more, *one, "--json")
        assert told.code == 0, told
        made[n] = told.json
    assert len({(folder / f"{n}.pdf").read_bytes() for n in made}) == len(made)
    assert made[1]["pages"] < made[0]["pages"]
    assert made[4]["audience"] == "picket supervisor"
    assert "Nothing in this plan starts on Thu 1 Jan 2015" in one_sentence(
        rallyapp("print", plan, "rota", "--to", folder / "x.pdf", "--day", "2015-01-01")
    )
    assert not (folder / "x.pdf").exists()


def test_a_rally_is_chosen_by_word_or_day(rallyapp, folder, plan, epsom):
    to = folder / "x.pdf"
    assert "Regional rally" in one_sentence(rallyapp("print", plan, "rally-plan", "--to", to, "--rally", "march"))
    assert "It has:" in one_sentence(rallyapp("print", plan, "rally-plan", "--to", to, "--day", "2015-12-08"))
    assert one_sentence(rallyapp("print", epsom, "rally-plan", "--to", to)) == "There is no rally in this plan."
    assert not to.exists()
    assert rallyapp("print", plan, "rally-plan", "--to", to, "--rally", "REGIONAL", "--day", "1/12/2015").code == 0


def test_a_document_may_be_named_in_words_and_of_a_day_a_stall_or_the_plan(rallyapp, folder, plan):
    for n, (words, document) in enumerate(
        [
            (["gaps", "--day", "tuesday 1 dec"], "gaps"),
            (["STALL SHEET", "--stall", "nolan"], "stall-sheets"),
            (["stall-sheets", "--day", "1/12"], "stall-sheets"),
            (["stalls", "--rally", "regional"], "stall-sheets"),
            (["campaign"], "summary"),
        ]
    ):
        told = rallyapp("print", plan, *words, "--to", folder / f"{n}.pdf", "--json")
        assert told.code == 0, told
        assert told.json["document"] == document


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Say which document to print; --list names them all."),
        (["rota"], "Say with --to where to print it."),
        (["rota", "--to", "rota.txt"], "\u201crota.txt\u201d is no name for a PDF: end it in .pdf."),
        (["everything"], "Say with --to where to print it."),
        (["poem", "--to", "x.pdf"], "There is no document \u201cpoem\u201d. There are: rota, day-sheet"),
        (["rally", "--to", "x.pdf", "--site", "x"], "--site chooses nothing of the rally plan"),
        (["sheet", "--to", "x.pdf"], "Several documents fit \u201csheet\u201d: day-sheet, "),
        (["rota", "--to", "x.pdf", "--audience", "press"], "The picket rota is not printed for \u201cpress\u201d"),
        (["rota", "--to", "x.pdf", "--paper", "a5"], "is not printed on A5"),
        (["cue-cards", "--to", "x.pdf", "--large"], "has no large print"),
        (["rota", "--to", "x.pdf", "--issue", "1"], "--issue chooses a running order"),
        (["summary", "--to", "x.pdf", "--day", "1/12"], "there is one of it for the whole plan."),
        (["rota", "--to", "x.pdf", "--rally", "r"], "one of it for each picket, chosen with --day and --site."),
        (["everything", "--to", "out", "--audience", "organiser"], "--audience chooses one document"),
        (["everything", "--to", "out", "--day", "2/1/2015"], "Nothing in this plan starts on Fri 2 Jan 2015"),
        (["everything", "--to", "s.rally", "--day", "1/12"], "is a file: give the name of a folder"),
        (["everything", "--to", "none/out", "--day", "1/12"], "There is no folder"),
        (["everything", "--to", "out"], "Nothing in this plan is yet to come: say with --day which day to print."),
    ],
)
def test_what_is_not_meant_so_is_said_in_a_sentence(rallyapp, folder, plan, monkeypatch, words, said):
    monkeypatch.chdir(folder)
    with untouched(folder):
        assert said in one_sentence(rallyapp("print", plan, *words))


def test_the_list_says_what_there_is_and_what_was_printed(rallyapp, folder, plan):
    rallyapp("print", plan, "rota", "--to", folder / "x.pdf", "--holder", "Ann")
    told = {row["document"]: row for row in rallyapp("print", plan, "--list", "--json").json["documents"]}
    assert set(told) == {str(document) for document in MADE}
    assert told["rota"]["printed"]["version"] == 1
    assert told["rota"]["for"] == ["noticeboard", "picket supervisor", "organiser"]
    assert (told["rota"]["sheets"], told["gaps"]["sheets"], told["summary"]["sheets"]) == (5, 3, 1)
    words = rallyapp("print", plan, "--list").out
    assert told["rota"]["held_by"] == ["Ann"]
    assert "one for each picket: 5 sheets, for noticeboard or picket supervisor or organiser\n" in words
    assert re.search(r"^ +last printed .*, version 1; held by Ann$", words, re.MULTILINE)
    assert len(words.splitlines()) == 2 * len(MADE) + 1


def test_a_print_of_a_plan_that_can_only_be_read_says_that_it_is_not_noted(rallyapp, folder, plan):
    plan.chmod(0o444)
    told = rallyapp("print", plan, "rota", "--to", folder / "x.pdf")
    assert told.out.endswith("The plan can only be read here: the print is not noted in it.\n")
    assert not rallyapp("print", plan, "rota", "--to", folder / "x.pdf", "--json").json["noted"]


def test_everything_for_a_day_is_printed_into_a_folder(rallyapp, folder, plan):
    to = folder / "out"
    told = rallyapp("print", plan, "everything", "--day", "1 Dec", "--to", to, "--bw", "--holder", "Ann")
    assert (told.code, told.err) == (0, ""), told
    names = sorted(path.name for path in to.iterdir())
    assert names[0] == "s 2015-12-01 01 picket rota noticeboard.pdf"  # numbered as they are handed out
    assert [name for name in names if name.endswith(" rally plan organiser.pdf")]
    assert not [name for name in names if "sign-in" in name], "it stands in the pack"
    assert all((to / name).read_bytes().startswith(b"%PDF") for name in names)
    assert told.out.splitlines()[-1].startswith(
        f"Printed everything for Tue 1 Dec 2015 into {to} ({len(names)} files, "
    )
    with Store.open(plan) as store:
        assert {run.holder for run in store.all(PrintRun)} == {"Ann"}
        assert len({run.code for run in store.all(PrintRun)}) == len(store.all(PrintRun)) >= len(names)
    again = rallyapp("print", plan, "everything", "--day", "8 Dec", "--to", to, "--json").json
    assert again["day"] == "Tue 8 Dec 2015"
    assert not [file for file in again["files"] if file["document"] == "rally-plan"], "there is no rally on that day"


def test_nothing_of_everything_is_printed_over_what_is_no_pdf(rallyapp, folder, plan):
    to = folder / "out"
    to.mkdir()
    (to / "s 2015-12-01 02 picket rota organiser.pdf").write_text("my own notes")
    with untouched(folder):
        assert "is no PDF" in one_sentence(rallyapp("print", plan, "everything", "--day", "1 Dec", "--to", to))


def test_a_plan_without_anything_says_so(rallyapp, folder):
    rallyapp("new", folder / "n.rally", "--union", "BMA")
    for words in (["rota"], ["gaps"], ["stall-sheets"], ["everything"]):
        said = one_sentence(rallyapp("print", folder / "n.rally", *words, "--to", folder / "x.pdf"))
        assert "othing" in said


def test_ctrl_c_leaves_whole_files_only(folder, plan):
    to = folder / "out"
    command = [*PROGRAM, "print", str(plan), "everything", "--day", "1 Dec", "--to", str(to)]
    started = subprocess.Popen(command, cwd=ROOT, env=screenless(), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    while started.poll() is None and not list(to.glob("*.pdf")):
        time.sleep(0.01)
    started.send_signal(signal.SIGINT)
    _, err = started.communicate(timeout=60)
    assert started.returncode in (0, 130), err
    assert "Traceback" not in err.decode()
    made = picture(to)
    assert made
    assert all(name.endswith(".pdf") and data.rstrip().endswith(b"%%EOF") for name, data in made.items())
    with Store.open(plan) as store:
        assert len({(run.document, run.audience) for run in store.all(PrintRun)}) == len(made), "each of them is noted"
