"""The code of a printed sheet: read as people type it, and a slip is noticed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallyapp.domain.problems import UserError
from rallyapp.domain.sheet_codes import LENGTH, SIGNS, read_code, sheet_code

CODES = st.builds(sheet_code, st.text(), st.text())


@given(CODES)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    plain = code.replace("-", "")
    assert len(plain) == LENGTH
    assert not set(plain) & set("ILOUZ")
    misread = plain.replace("0", "o").replace("1", "l")
    for typed in (code, code.lower(), plain, f" {plain[:3]} {plain[3:]} ", misread, misread.upper()):
        assert read_code(typed) == code


@given(CODES, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS[:-1]))
def test_one_sign_that_was_misread_is_noticed(code: str, at: int, sign: str) -> None:
    plain = code.replace("-", "")
    slip = plain[:at] + sign + plain[at + 1 :]
    if slip != plain:
        with pytest.raises(UserError, match="a sign is misread"):
            read_code(slip)


@given(CODES, st.integers(0, LENGTH - 3))
def test_two_neighbours_that_were_swapped_are_noticed(code: str, at: int) -> None:
    plain = code.replace("-", "")
    swapped = plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :]
    if swapped != plain:
        with pytest.raises(UserError, match="two are swapped"):
            read_code(swapped)


def test_the_same_sheet_has_the_same_code_and_another_has_another() -> None:
    assert sheet_code("plan", "rota", "1") == sheet_code("plan", "rota", "1")
    assert len({sheet_code("plan", "rota", str(n)) for n in range(2000)}) == 2000


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("  ", "Type the sheet\u2019s code: it stands at the sheet\u2019s head, like K7M2-P4X."),
        ("K7M", "\u201cK7M\u201d has 3 signs; a sheet\u2019s code has 7."),
        ("K", "\u201cK\u201d has 1 sign; a sheet\u2019s code has 7."),
        ("K7M2-P4U", "No sheet\u2019s code has \u201cU\u201d in it; look at the sheet again."),
    ],
)
def test_what_is_no_code_is_said(typed: str, sentence: str) -> None:
    with pytest.raises(UserError) as raised:
        read_code(typed)
    assert str(raised.value) == sentence
