"""People in what somebody wrote freely: where a text names one of them in full, however it is written.

"Jo Bloggs's car", "BLOGGS, Jo" and "Jo (Bloggs)" all name Jo Bloggs; so does "Jose Nunez" José Núñez. Words are
runs of letters and figures without their marks; what stands between the words of a name does not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import product

from rallyapp.domain.frozen import frozen
from rallyapp.domain.ids import PersonId

_WORD = re.compile(r"[^\W_]+")
# Letters that are no plain one with a mark.
_PLAIN = str.maketrans("\u0142\u00f8\u0111\u0131\u00e6\u0153\u00f0", "lodiaod")
# What joins the parts of one name, and is often left out.
_APOSTROPHES, _HYPHENS = "'`\u2019\u2018\u02bc", "-\u2010\u2011"
_LEFT_OUT = tuple(str.maketrans("", "", signs) for signs in (_APOSTROPHES, _HYPHENS, _APOSTROPHES + _HYPHENS))
_WIDEST = 6  # signs between two words of a name
_PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "\u201c": "\u201d", "\u2018": "\u2019", "'": "'"}

Key = tuple[str, ...]


@frozen
class Named:
    """A place in a text where somebody is named in full; several where the name alone does not tell them apart."""

    start: int
    end: int
    people: tuple[PersonId, ...]


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the words of a text in order: where each begins and ends, and the word without capitals and marks."""
    if text.isascii():
        for match in _WORD.finditer(text):
            yield match.start(), match.end(), match[0].lower()
        return
    start = end = 0
    for at, sign in enumerate(f"{text} "):
        if sign.isalnum() and sign not in _APOSTROPHES:
            start = at if start == end else start
            end = at + 1
        elif start < end and unicodedata.category(sign) in ("Mn", "Mc", "Me", "Cf"):
            end = at + 1  # an accent on its own, or a sign without width
        elif start < end:
            yield start, end, _folded(text[start:end])
            start = end = 0


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).casefold())
    return "".join(sign for sign in apart if sign.isalnum()).translate(_PLAIN)


@lru_cache(maxsize=200_000)
def _forms(part: str) -> tuple[Key, ...]:
    """Give the ways in which one half of a name is written: as it is, and without its apostrophes and hyphens."""
    ways = (part, *(part.translate(signs) for signs in _LEFT_OUT))
    return tuple(dict.fromkeys(tuple(word for *_, word in words_of(way)) for way in dict.fromkeys(ways)))


def keys_of(given: str, family: str) -> tuple[Key, ...]:
    """Give the words by which a text names somebody in full; none where they have only one name.

    The family name may stand first, and of several first names the first alone may stand.
    """
    firsts, families = _forms(given), _forms(family)
    whole = dict.fromkeys(first for form in firsts for first in (form, form[:1]))
    found = dict.fromkeys(
        key for first, last in product(whole, families) if first and last for key in (first + last, last + first)
    )
    if not found:  # all of it may have been written into one field
        found = dict.fromkeys(form for form in (*firsts, *families) if len(form) > 1)
    return tuple(found)


def half_said_in(part: str, words: frozenset[str]) -> bool:
    """Say whether all words of one half of a name are among these; of an empty half they are."""
    if part.isascii() and part.isalpha():
        return part.lower() in words
    return any(words.issuperset(form) for form in _forms(part))


def said_in(given: str, family: str, words: frozenset[str]) -> bool:
    """Say whether somebody can be named in a text of these words: all words of their name are among them."""
    return any(words.issuperset(key) for key in keys_of(given, family))


def without_holder(holder: str, given: str, family: str, others: Collection[tuple[str, str]] = ()) -> str:
    """Take somebody out of the names, parted by commas, of those who hold a paper.

    A first name, alone or with an initial, may be that of one of the ``others`` (given and family names): then it
    stays.
    """
    kept = []
    for name in holder.split(","):
        words = tuple(word for *_, word in words_of(name))
        if words in keys_of(given, family):
            continue
        if not _is_short(words, given, family) or any(_is_short(words, *other) for other in others):
            kept.append(name.strip())
    return ", ".join(name for name in kept if name)


def _is_short(words: Key, given: str, family: str) -> bool:
    """Say whether words are somebody's first name, alone or with the first letters of the family name."""
    first, rest = next(iter(_forms(given))), "".join(next(iter(_forms(family))))
    return bool(first) and words[: len(first)] == first and rest.startswith("".join(words[len(first) :]))


class Names:
    """The full names of many people, to be found in texts."""

    def __init__(self, people: Iterable[tuple[PersonId, str, str]]) -> None:
        """Take each one's id, given name and family name."""
        known: dict[Key, list[PersonId]] = {}
        for id, given, family in people:
            for key in keys_of(given, family):
                known.setdefault(key, []).append(id)
        self._known = known
        by_first: defaultdict[str, list[Key]] = defaultdict(list)
        for key in known:
            by_first[key[0]].append(key)
        self._by_first = {first: sorted(keys, key=len, reverse=True) for first, keys in by_first.items()}

    def found_in(self, text: str) -> Iterator[Named]:
        """Give the places where a text names somebody, in order; of two that overlap the longer or the first one."""
        words = list(words_of(text)) if text else []
        at = 0
        while at < len(words):
            step = 1
            for key in self._by_first.get(words[at][2], ()):
                last = _last_of(text, words, at, key)
                if last:
                    start, end = _with_brackets(text, words[at][0], words[last][1])
                    yield Named(start=start, end=end, people=tuple(sorted(self._known[key])))
                    step = last - at + 1
                    break
            at += step


def _last_of(text: str, words: list[tuple[int, int, str]], at: int, key: Key) -> int:
    """Find the word with which a name ends that begins at a word of the text; 0 where it does not stand there."""
    here = at
    for word in key[1:]:
        after = here + 1
        if after + 1 < len(words) and words[after][2] != word and _set_apart(text, words[after]):
            after += 1  # Jo "Jay" Bloggs
        if after >= len(words) or words[after][2] != word:
            return 0
        if words[after][0] - words[here][1] > _WIDEST and after == here + 1:
            return 0
        here = after
    return here


def _set_apart(text: str, word: tuple[int, int, str]) -> bool:
    """Say whether a word stands in brackets or quotation marks."""
    before, after = text[word[0] - 1], text[word[1] : word[1] + 1]
    return _PAIRS.get(before) == after


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """Take in a bracket that would be left without its other half: Jo (Bloggs), (Jo) Bloggs."""
    for opens, closes in _PAIRS.items():
        if opens == closes:
            continue
        inside = text[start:end]
        if inside.count(opens) > inside.count(closes) and text[end : end + 1] == closes:
            end += 1
        elif inside.count(closes) > inside.count(opens) and text[start - 1 : start] == opens:
            start -= 1
    return start, end
