"""Places on the map as people copy them."""

import pytest

from rallyapp.domain.typed_positions import parse_position, position_words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("50.93302, -1.43509", (50_933_020, -1_435_090)),
        ("50.93302 N 1.43509 W", (50_933_020, -1_435_090)),
        ("51 0", (51_000_000, 0)),
        ("33.9 S, 18.4 E", (-33_900_000, 18_400_000)),
        ("", None),
    ],
)
def test_places_on_the_map_are_read_as_people_copy_them(typed, found):
    assert parse_position(typed) == found
    if found:
        assert parse_position(position_words(*found)) == found
    assert position_words(None, None) == ""


@pytest.mark.parametrize("typed", ["50.9", "1.4 W, 50.9 N", "95, 0", "50.9, 200"])
def test_what_is_no_place_on_the_map_is_refused(typed):
    with pytest.raises(ValueError, match=r"map|north"):
        parse_position(typed)
