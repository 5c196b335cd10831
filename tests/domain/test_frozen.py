"""Frozen records that are written late are what the library's would be."""

import copy
import inspect
import pickle
import threading
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace

import pytest

from rallyapp.domain.frozen import frozen

STANDARD = dataclass(frozen=True, slots=True, kw_only=True)


def written_with(decorator):
    class Banner:
        """A banner."""

        words: str
        height: int = 2
        poles: list[str] = field(default_factory=list)

        @property
        def loud(self):
            return self.words.upper()

    return decorator(Banner)


@pytest.fixture
def Banner():
    return written_with(frozen)


def test_it_is_made_shown_and_compared_like_the_librarys(Banner):
    standard = written_with(STANDARD)
    made, theirs = Banner(words="Fair pay"), standard(words="Fair pay")
    assert repr(made) == repr(theirs)
    assert inspect.signature(Banner) == inspect.signature(standard)
    assert Banner.__slots__ == standard.__slots__
    assert Banner.__doc__ == "A banner."
    assert [each.name for each in fields(Banner)] == [each.name for each in fields(standard)]
    assert asdict(made) == asdict(theirs)
    assert is_dataclass(made)
    assert made == Banner(words="Fair pay")
    assert made != replace(made, height=3)
    assert made.loud == "FAIR PAY"


def test_it_can_be_a_key_where_its_values_can():
    @frozen
    class Place:
        """A place."""

        name: str

    assert {Place(name="Main entrance"): 1}[Place(name="Main entrance")] == 1


@pytest.mark.parametrize("wrong", [{}, {"words": "x", "colour": "red"}])
def test_a_field_too_few_or_too_many_is_refused_by_its_name(Banner, wrong):
    with pytest.raises(TypeError, match=r"Banner\.__init__\(\)"):
        Banner(**wrong)


def test_its_fields_have_names_unless_they_are_wanted_in_their_order():
    @frozen(kw_only=False)
    class Pin:
        """A pin."""

        x: int
        y: int = 0

    assert Pin(1, 2) == Pin(x=1, y=2)
    assert Pin.__match_args__ == ("x", "y")


def test_it_stays_as_it_was_made(Banner):
    made = Banner(words="Fair pay")
    with pytest.raises(FrozenInstanceError):
        made.words = "Fairer pay"
    with pytest.raises(FrozenInstanceError):
        del made.words
    assert made.words == "Fair pay"


class Tally:
    """Counted heads."""

    heads: int

    def __post_init__(self):
        if self.heads < 0:
            raise ValueError("heads")

    def __repr__(self):
        return f"{self.heads} heads"


Tally = frozen(Tally)


def test_what_the_class_says_itself_stands():
    assert repr(Tally(heads=3)) == "3 heads"
    with pytest.raises(ValueError, match="heads"):
        Tally(heads=-1)


def test_it_goes_to_another_process_and_back():
    made = Tally(heads=3)
    assert pickle.loads(pickle.dumps(made)) == made
    assert copy.deepcopy(made) == made


def test_one_that_is_made_of_another_has_its_fields_too(Banner):
    @frozen
    class Lit(Banner):
        """One with lamps."""

        lamps: int = 4

    assert Lit(words="Fair pay") == Lit(words="Fair pay", height=2, lamps=4)
    assert Lit(words="Fair pay") != Banner(words="Fair pay")


def test_two_threads_may_make_the_first_one_at_the_same_moment():
    for _ in range(20):
        kind, made, gate = written_with(frozen), [], threading.Barrier(4)

        def make(kind=kind, made=made, gate=gate):
            gate.wait()
            made.append(kind(words="Fair pay"))

        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert made == [kind(words="Fair pay")] * 4
