"""Partner charities' stalls: what is wrong in them by themselves, and how far they have come."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

import pytest

from rallyapp.domain.ids import PicketId
from rallyapp.domain.records import Record
from rallyapp.domain.stalls import STALL_MOVES, Partner, Stall, StallState, Tally
from tests.domain.building import at, example, said

SECONDS = datetime(2015, 12, 1, 8, 0, 1)
WHOLE = "times in a plan are whole minutes"


@pytest.mark.parametrize(
    ("kind", "changes", "sentences"),
    [
        (Partner, {}, []),
        (Partner, {"name": ""}, ["The partner's name is missing"]),
        (Stall, {}, []),
        (Stall, {"rally_id": None, "picket_id": PicketId("picket")}, []),
        (Stall, {"rally_id": None}, ["A stall is at one rally or at one picket"]),
        (Stall, {"picket_id": PicketId("picket")}, ["A stall is at one rally or at one picket"]),
        (Stall, {"width": 300, "depth": 300, "tables": 2, "chairs": 4}, []),
        (Stall, {"width": -1}, ["The width (centimetres) is -1; it must be from 0 to 1000000"]),
        (Stall, {"depth": -1}, ["The depth (centimetres) is -1; it must be from 0 to 1000000"]),
        (Stall, {"tables": -1}, ["The number of tables is -1; it must be from 0 to 1000000"]),
        (Stall, {"chairs": -1}, ["The number of chairs is -1; it must be from 0 to 1000000"]),
        (Stall, {"volunteers_wanted": -1}, ["The number of volunteers wanted is -1; it must be from 0 to 1000000"]),
        (Stall, {"kits": -1}, ["The number of kits is -1; it must be from 0 to 1000000"]),
        (Stall, {"target": 1_000_001}, ["The target is 1000001; it must be from 0 to 1000000"]),
        (Stall, {"stood_down_told_at": SECONDS}, [f"When the stall was told: {WHOLE}"]),
        (Stall, {"arrives": at("10:00"), "leaves": at("15:00")}, []),
        (Stall, {"arrives": at("10:00")}, []),
        (Stall, {"leaves": at("15:00")}, []),
        (
            Stall,
            {"arrives": at("15:00"), "leaves": at("10:00")},
            ["The stall's stay 15:00–10:00 ends before it starts"],
        ),
        (Stall, {"arrives": SECONDS}, [f"The stall's stay: {WHOLE}"]),
        (Stall, {"leaves": SECONDS}, [f"When the stall leaves: {WHOLE}"]),
        (Tally, {}, []),
        (Tally, {"count": -2}, []),
        (Tally, {"count": 100_001}, ["The tally is 100001; it must be from -100000 to 100000"]),
        (Tally, {"at": SECONDS}, [f"The time of the tally: {WHOLE}"]),
    ],
)
def test_what_is_wrong_by_itself(kind: type[Record], changes: dict[str, object], sentences: list[str]) -> None:
    assert said(example(kind, **changes)) == sentences


def test_every_state_of_a_stall_can_be_left_and_never_for_itself() -> None:
    assert set(STALL_MOVES) == set(StallState)
    for state, moves in STALL_MOVES.items():
        assert moves
        assert state not in moves


def test_a_tally_counts_and_never_names_a_donor() -> None:
    assert {field.name for field in fields(Tally)} == {"id", "stall_id", "at", "count"}
