"""How wide a text is, told without drawing it."""

from __future__ import annotations

import json

import pytest
import typst

from rallyapp.prints import typeset
from rallyapp.prints.text_width import width

NAMES = ("Si\u00e2n Ll\u0177r-Jones", "\u0141ukasz Wi\u015bniewski", "AVAToday", "08:00\u201311:00", "Nguy\u1ec5n")


@pytest.mark.parametrize("weight", [400, 500, 600, 700])
def test_a_text_is_as_wide_as_it_is_drawn_or_a_little_less_wide_for_its_kerning(weight: int) -> None:
    listed = ", ".join(json.dumps(name, ensure_ascii=False) for name in NAMES)
    source = f"""#set text(font: "Inter", size: 10pt, weight: {weight})
    #context [#metadata(({listed}).map(one => measure(one).width / 1pt)) <x>]"""
    found = typst.query(source.encode(), "<x>", font_paths=typeset._fonts())
    for name, drawn in zip(NAMES, json.loads(found)[0]["value"], strict=True):
        told = width(name, 10, weight)
        assert told is not None
        assert drawn <= told * 1.005
        assert told <= drawn * 1.08


def test_a_text_with_a_letter_that_the_font_lacks_can_not_be_told() -> None:
    assert width("\u0645\u062d\u0645\u062f", 10) is None
    assert width("", 10) == 0
