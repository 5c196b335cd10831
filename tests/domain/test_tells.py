"""Stand-downs, contact attempts and print runs: what is wrong in each by itself."""

from __future__ import annotations

from datetime import datetime

import pytest

from rallyapp.domain.ids import ContactId, SpeakerId, StallId
from rallyapp.domain.records import Record
from rallyapp.domain.tells import ContactAttempt, LastPrint, LastPrints, PrintedLine, PrintRun, StandDown, StandDownDay
from tests.domain.building import example, said

SECONDS = datetime(2015, 12, 1, 8, 0, 1)
WHOLE = "times in a plan are whole minutes"
ONE = "An attempt is to tell exactly one person, contact or stall"


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (StandDown, {}, []),
        (StandDown, {"decided_by": ""}, ["Who decided is missing"]),
        (StandDown, {"at": SECONDS}, [f"The time of the decision: {WHOLE}"]),
        (StandDownDay, {}, []),
        (ContactAttempt, {}, []),
        (ContactAttempt, {"person_id": None, "contact_id": ContactId("police")}, []),
        (ContactAttempt, {"person_id": None, "speaker_id": SpeakerId("sam")}, []),
        (ContactAttempt, {"person_id": None, "stall_id": StallId("stall")}, []),
        (ContactAttempt, {"person_id": None, "name": "Kim"}, []),
        (ContactAttempt, {"person_id": None}, [ONE]),
        (ContactAttempt, {"person_id": None, "name": "  "}, [ONE]),
        (ContactAttempt, {"name": "Kim"}, [ONE]),
        (ContactAttempt, {"stall_id": StallId("stall")}, [ONE]),
        (ContactAttempt, {"at": SECONDS}, [f"The time of the attempt: {WHOLE}"]),
        (PrintRun, {}, []),
        (PrintRun, {"document": " "}, ["The document's name is missing"]),
        (PrintRun, {"at": SECONDS}, [f"The time of printing: {WHOLE}"]),
        (PrintedLine, {}, []),
        (PrintedLine, {"line": ""}, ["What tells the row from others is missing"]),
        (PrintedLine, {"number": -1}, ["The row's number is -1; it must be from 0 to 100000"]),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


def test_last_prints_tell_which_sheet_has_a_code() -> None:
    """Prints of one sheet at different times may have one code; another choice of it is another sheet."""
    sheet = LastPrints.sheet("running-order", "chair", "rally", "")
    assert sheet != LastPrints.sheet("running-order", "chair", "rally", "1")
    found = LastPrints({"rally": LastPrint(since=3)}, {"K7M2-P4X": sheet})
    assert (found["rally"].since, found["rally"].choice, found.codes["K7M2-P4X"]) == (3, "", sheet)
