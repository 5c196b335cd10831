"""Telephone numbers and addresses in what somebody wrote freely."""

from __future__ import annotations

import pytest

from rallyapp.prints.numbers import ADDRESS, NUMBER, without_phones


@pytest.mark.parametrize(
    "number",
    [
        *(
            "07700 900123",
            "07700900123",
            "+44 7700 900123",
            "+ 44 7700 900123",
            "+44 (0)7700 900123",
            "0044 7700 900123",
        ),
        *("(023) 8000 0000", "02380-000000", "0161 496 0000", "[07700] 900123", "07700 (900123)", "(0)7700 900123"),
        *("7700 900123", "44 7700 900123", "447700900123", "447700 900123", "0 7700 900123", "0-7-7-0-0-9-0-0-1-2-3"),
        *("07700/900123", "07700,900123", "07700_900123", "07700.900.123", "07700 - 900123", "07 70 09 00 12 3"),
        *("07700\u2009900123", "07700\u202f900123", "07700\u200b900123", "07700\n900123", "07700\u2013900123"),
        *(
            "\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13",
            "\u0660\u0667\u0667\u0660\u0660900123",
        ),
        *(
            "\ufe0f\u20e3".join("07700900123") + "\ufe0f\u20e3",
            "+33 1 23 45 67 89",
            "01632 960001",
            "0770090012307700900124",
        ),
    ],
)
def test_a_number_is_hidden_however_it_is_written(number: str) -> None:
    assert without_phones(f"Ask Jo {number} then", but="01632 960999") == f"Ask Jo ({NUMBER}) then"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("tel07700900123, v.07700900123", f"tel ({NUMBER}), v.({NUMBER})"),
        ("07700900123a and 07700900123ext5", f"({NUMBER}) a and ({NUMBER}) ext5"),
        ("Ask Jo (07700 900123), now", f"Ask Jo ({NUMBER}), now"),
        ("Ask Jo, (023) 8000 0000.", f"Ask Jo, ({NUMBER})."),
        ("07700 900123, 12 people, 07700 900124 / 07700900125", f"({NUMBER}), 12 people, ({NUMBER}) / ({NUMBER})"),
        ("7, 8 and 9 Dec 07700 900123", f"7, 8 and 9 Dec ({NUMBER})"),
        ("jo.b+x@mail.example.co.uk, <Jo\uff20example.org>.", f"({ADDRESS}), <({ADDRESS})>."),
    ],
)
def test_what_stands_around_a_number_stays(written: str, shown: str) -> None:
    assert without_phones(written) == shown


@pytest.mark.parametrize(
    "words",
    [
        *("SU 3941 1529", "SU 39410 15290", "SU 07410 15290", "TQ0770090012", "51.07412, -1.79123", "SO16 6YD"),
        *("from 08:00 to 11:00", "0700, 0800, 0900", "0700-1100, 1100-1500", "0800\u20131100, 12 people"),
        *("07.00-11.00, 12.00-15.00", "07/12/2015 08:00\u201311:00", "01/12/2015-07/12/2015", "07.12.2015 0800"),
        *("2015-12-07 0800", "07/12, 08/12, 09/12, 10/12", "1 Dec 2015", "7, 8, 9, 10, 11, 12, 13 Dec", "2015/16"),
        *("\u00a37,700,900.50", "\u00a30.75 07", "50p x 200", "7,700,900 people", "rooms 701, 702, 703", "gate 0042"),
        *("0.5 km", "charity 1077009", "8@gate", "@union", "44, 45, 46, 47, 48, 49", "caf\u00e9 2, \u00bd mile"),
    ],
)
def test_other_figures_stay(words: str) -> None:
    assert without_phones(f"See {words}, now") == f"See {words}, now"


def test_the_duty_phone_stays_however_it_is_written() -> None:
    words = "Ring 07700 900001 or +44 (0)7700 900001, never 07700 900123"
    assert without_phones(words, but="07700900001") == words.replace("07700 900123", f"({NUMBER})")
