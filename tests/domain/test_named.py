"""Where a text names somebody in full, however it is written, and who of a list of holders somebody is."""

import pytest

from rallyapp.domain.named import Names, half_said_in, keys_of, said_in, without_holder, words_of

PEOPLE = {
    "jo": ("Jo", "Bloggs"),
    "jose": ("Jos\u00e9", "N\u00fa\u00f1ez"),
    "sian": ("Si\u00e2n", "O\u2019Neill-Hughes"),
    "mary": ("Mary Ann", "Smith"),
    "luke": ("\u0141ukasz", "W\u00f3jcik"),
    "fatima": ("\u0641\u0627\u0637\u0645\u0629", "\u0627\u0644\u0632\u0647\u0631\u0627\u0621"),
    "cher": ("Cher", ""),
    "whole": ("Ada Lovelace", ""),
    "ann": ("Ann", "Archer"),
    "ann2": ("Ann", "Archer"),
    "long": ("Ann", "Archer Brown"),
}
NAMES = Names((id, *name) for id, name in PEOPLE.items())


def found(text):
    return [(text[each.start : each.end], " ".join(each.people)) for each in NAMES.found_in(text)]


@pytest.mark.parametrize(
    ("text", "named", "who"),
    [
        ("Jo Bloggs\u2019s car", "Jo Bloggs", "jo"),
        ("a Jo Bloggs-led walk", "Jo Bloggs", "jo"),
        ("list: BLOGGS, Jo.", "BLOGGS, Jo", "jo"),
        ("keys with Jo (Bloggs), inside", "Jo (Bloggs)", "jo"),
        ("keys with (Jo) Bloggs", "(Jo) Bloggs", "jo"),
        ("keys (Jo Bloggs)", "Jo Bloggs", "jo"),
        ("Jo \u201cJay\u201d Bloggs", "Jo \u201cJay\u201d Bloggs", "jo"),
        ("Jo_Bloggs", "Jo_Bloggs", "jo"),
        ("Jo\u200b Blo\u00adggs came", "Jo\u200b Blo\u00adggs", "jo"),
        ("Jose Nunez", "Jose Nunez", "jose"),
        ("see Jose\u0301 Nu\u0301n\u0303ez!", "Jose\u0301 Nu\u0301n\u0303ez", "jose"),
        ("SI\u00c2N ONEILL HUGHES", "SI\u00c2N ONEILL HUGHES", "sian"),
        ("Sian O'Neill Hughes\u2019s", "Sian O'Neill Hughes", "sian"),
        ("Mary Smith, Mary  Ann\nSmith", "Mary Smith", "mary"),
        ("Lukasz Wojcik", "Lukasz Wojcik", "luke"),
        ("\u0645\u0639 \u0641\u0627\u0637\u0645\u0629 \u0627\u0644\u0632\u0647\u0631\u0627\u0621", None, "fatima"),
        ("\uff2a\uff4f Bloggs", "\uff2a\uff4f Bloggs", "jo"),
        ("Ada Lovelace", "Ada Lovelace", "whole"),
        ("Ann Archer Brown", "Ann Archer Brown", "long"),
        ("Ann Archer came", "Ann Archer", "ann ann2"),
    ],
)
def test_somebody_is_found_however_their_name_is_written(text, named, who):
    first = found(text)[0]
    assert first[1] == who
    assert named is None or first[0] == named


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jo came; Cher sang",
        "Jo and Bloggs",
        "Jo",
        "Joanne Bloggs",
        "Jo ............ Bloggs",
        'Jo "Jay" Smith',
        "Bloggs",
    ],
)
def test_who_is_not_named_in_full_is_not_found(text):
    assert found(text) == []


def test_all_who_are_named_are_found_in_order():
    assert found("Jo Bloggs, Ann Archer Brown; Jo Bloggs") == [
        ("Jo Bloggs", "jo"),
        ("Ann Archer Brown", "long"),
        ("Jo Bloggs", "jo"),
    ]


def test_who_can_be_named_is_told_by_the_words_alone():
    words = frozenset(word for *_, word in words_of("Keys: O\u2019Neill-Hughes (Si\u00e2n) and Jo"))
    assert said_in(*PEOPLE["sian"], words)
    assert not said_in(*PEOPLE["jo"], words)
    assert [half_said_in(each, words) for each in ("Jo", "Bloggs", "O'Neill-Hughes", "Nu\u0301nez", "")] == [
        True, False, True, False, True,
    ]  # fmt: skip
    assert keys_of("Cher", "") == ()


@pytest.mark.parametrize(
    ("holder", "left"),
    [
        ("Jo Bloggs", ""),
        ("jo BLOGGS, the desk", "the desk"),
        ("Bloggs Jo,, Ann", "Ann"),
        ("Jo B., Jo Bl, Jo C., Jo", "Jo C."),
        ("Joanna, Jo Smith", "Joanna, Jo Smith"),
        ("", ""),
    ],
)
def test_who_holds_a_paper_is_taken_out_of_its_holders(holder, left):
    assert without_holder(holder, "Jo", "Bloggs") == left


def test_a_first_name_that_may_be_somebody_elses_stays():
    assert without_holder("Jo, Jo B., Jo Bl., Jo Bloggs", "Jo", "Bloggs", [("Jo", "Baker")]) == "Jo, Jo B."
    assert without_holder("?", "", "") == "?"
