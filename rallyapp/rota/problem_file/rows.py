"""Take a problem file's records apart, a column at a time, and refuse what is not as it should be.

A column of 45,000 values is judged at once; only where something is wrong with it is the culprit looked for, so
that the sentence can name it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, compress
from operator import itemgetter
from typing import Any, NoReturn

import numpy as np

from rallyapp.domain.problems import UserError
from rallyapp.rota.solving.model import Ints

#: No number in a problem file is larger, so that no sum of products of two can outgrow 64 bits.
LARGEST = 10**9
#: So many spans or places of one person make sense; more would only fill the memory.
LONGEST_LIST = 1000


class ProblemError(UserError, ValueError):
    """The rota problem can't be worked on; the text is one sentence that says what is wrong and where."""


def refuse(sentence: str) -> NoReturn:
    """Stop with a sentence about the rota problem."""
    raise ProblemError(sentence)


def shown(value: object) -> str:
    """Write what a file says for a sentence: on one line, not long, and of letters that can be shown."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and abs(value) > LARGEST:
        return "a number that is too large" if value > 0 else "a number that is too small"
    if isinstance(value, int | float):
        return f"{value}"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a record"
    text = str(value)
    cut = "\u2026" if len(text) > 40 else ""
    return f"\u201c{''.join(c if c.isprintable() else chr(0xFFFD) for c in text[:40])}{cut}\u201d"


def is_whole(value: object, low: int = 0, high: int = LARGEST) -> bool:
    """Say whether a value is a whole number (and not true or 420.0) within these bounds."""
    return type(value) is int and low <= value <= high


def wanted(low: int, high: int) -> str:
    """Say which whole numbers would do."""
    return f"it must be a whole number from {low:,} to {high:,}"


def whole(values: Mapping[str, Any], key: str, where: str, low: int = 0, high: int = LARGEST) -> int:
    """Take one number out of a record that stands alone; ``where`` names that record in a sentence."""
    if key not in values:
        refuse(f"The rota problem has no {shown(key)} in its {where}.")
    value = values[key]
    if not is_whole(value, low, high):
        refuse(f"The rota problem's {where} say {shown(value)} for {shown(key)}: {wanted(low, high)}.")
    number: int = value
    return number


def all_of(values: Iterable[Any], kind: type) -> bool:
    """Say whether all values are of exactly this type."""
    return set(map(type, values)) <= {kind}


class Rows:
    """The records of one list of a problem file, such as its shifts: ``word`` is what one of them is called.

    Every record must have an id of its own and all of ``keys``.
    """

    def __init__(self, problem: Mapping[str, Any], name: str, word: str, keys: Sequence[str], most: int) -> None:
        self.word = word
        if name not in problem:
            refuse(f"The rota problem has no list of {shown(name)}.")
        self.rows: list[dict[str, Any]] = problem[name]
        if type(self.rows) is not list:
            refuse(f"The rota problem's {shown(name)} must be a list, not {shown(self.rows)}.")
        if len(self.rows) > most:
            refuse(f"The rota problem has {len(self.rows):,} {name}; a rota is built for at most {most:,}.")
        if not all_of(self.rows, dict):
            number = next(n for n, row in enumerate(self.rows) if type(row) is not dict)
            refuse(f"{word.capitalize()} {number + 1} of the rota problem is {shown(self.rows[number])}, not a record.")
        try:
            columns = list(zip(*map(itemgetter("id", *keys), self.rows), strict=True)) or [()] * (len(keys) + 1)
        except KeyError:
            self._refuse_missing(("id", *keys))
        self.columns = dict(zip(("id", *keys), columns, strict=True))
        self.ids: Sequence[str] = self.columns["id"]
        self._check_ids()
        self.number = {id: number for number, id in enumerate(self.ids)}

    def __len__(self) -> int:
        return len(self.rows)

    def _refuse_missing(self, keys: Sequence[str]) -> NoReturn:
        number, key = next((n, key) for n, row in enumerate(self.rows) for key in keys if key not in row)
        id = self.rows[number].get("id")
        name = shown(id) if type(id) is str else f"{number + 1}"
        refuse(f"The rota problem's {self.word} {name} has no {shown(key)}.")

    def _check_ids(self) -> None:
        if not all_of(self.ids, str):
            number = next(n for n, id in enumerate(self.ids) if type(id) is not str)
            refuse(
                f"The rota problem's {self.word} {number + 1} has the id {shown(self.ids[number])}: it must be text."
            )
        if len(set(self.ids)) < len(self.ids):
            seen: set[str] = set()
            double = next(id for id in self.ids if id in seen or seen.add(id))  # type: ignore[func-returns-value]
            refuse(f"The rota problem has two {self.word}s with the id {shown(double)}.")

    def name(self, number: int) -> str:
        """Name a record in a sentence."""
        return f"{self.word} {shown(self.ids[number])}"

    def refuse(self, number: int, what: str) -> NoReturn:
        """Stop with what is wrong with a record."""
        refuse(f"The rota problem's {self.name(number)} {what}.")

    def whole(self, key: str, low: int = 0, high: int = LARGEST) -> Ints:
        """Take a column of whole numbers."""
        values = self.columns[key]
        if not all_of(values, int) or (values and not (low <= min(values) and max(values) <= high)):
            number = next(n for n, value in enumerate(values) if not is_whole(value, low, high))
            self.refuse(number, f"says {shown(values[number])} for {shown(key)}: {wanted(low, high)}")
        return np.array(values, dtype=np.int64)

    def texts(self, key: str) -> Sequence[str]:
        """Take a column of texts."""
        values = self.columns[key]
        if not all_of(values, str):
            number = next(n for n, value in enumerate(values) if type(value) is not str)
            self.refuse(number, f"says {shown(values[number])} for {shown(key)}: it must be text")
        return values

    def known(self, key: str, others: Rows) -> list[int]:
        """Take a column of ids of other records; gives their positions."""
        values = self.texts(key)
        found = list(map(others.number.get, values))
        if None in found:
            self._refuse_unknown(found.index(None), values[found.index(None)], others)
        return found  # type: ignore[return-value]

    def _refuse_unknown(self, number: int, id: str, others: Rows) -> NoReturn:
        self.refuse(number, f"names {shown(id)}, and there is no {others.word} of that id")

    def optional(self, key: str) -> list[tuple[int, Any]]:
        """Take what only some records have: their position and what they say."""
        has = [key in row for row in self.rows]
        return [(number, self.rows[number][key]) for number in compress(range(len(has)), has)]

    def optional_ids(self, key: str, others: Rows) -> list[tuple[int, int]]:
        """Take lists of others' ids that only some records have: positions, one after the other."""
        found = []
        for number, ids in self.optional(key):
            self._check_texts(number, key, ids)
            for id in ids:
                if id not in others.number:
                    self._refuse_unknown(number, id, others)
                found.append((number, others.number[id]))
        return found

    def optional_texts(self, key: str) -> list[tuple[int, str]]:
        """Take lists of texts that only some records have."""
        found = []
        for number, texts in self.optional(key):
            self._check_texts(number, key, texts)
            found += [(number, text) for text in texts]
        return found

    def _check_texts(self, number: int, key: str, texts: object) -> None:
        if type(texts) is not list or not all_of(texts, str):
            self.refuse(number, f"must have a list of texts for {shown(key)}")
        if len(texts) > LONGEST_LIST:
            self.refuse(number, f"lists {len(texts):,} values for {shown(key)}: at most {LONGEST_LIST:,} make sense")

    def _lists(self, key: str) -> tuple[Ints, list[Any]]:
        """Take a column of lists: how long each is, and all their values."""
        values = self.columns[key]
        if not all_of(values, list):
            number = next(n for n, value in enumerate(values) if type(value) is not list)
            self.refuse(number, f"says {shown(values[number])} for {shown(key)}: it must be a list")
        counts = np.fromiter(map(len, values), dtype=np.int64, count=len(values))
        if len(counts) and counts.max() > LONGEST_LIST:
            number = int(counts.argmax())
            self.refuse(
                number, f"lists {counts[number]:,} values for {shown(key)}: at most {LONGEST_LIST:,} make sense"
            )
        return counts, list(chain.from_iterable(values))

    def text_lists(self, key: str) -> tuple[Ints, list[str]]:
        """Take a column of lists of texts: the record's position of each text, and the texts."""
        counts, flat = self._lists(key)
        if not all_of(flat, str):
            number = next(n for n, texts in enumerate(self.columns[key]) if not all_of(texts, str))
            self.refuse(number, f"must have a list of texts for {shown(key)}")
        return np.repeat(np.arange(len(counts)), counts), flat

    def id_lists(self, key: str, others: Rows) -> tuple[Ints, Ints]:
        """Take a column of lists of others' ids: the record's position of each, and the other's."""
        owner, flat = self.text_lists(key)
        found = list(map(others.number.get, flat))
        if None in found:
            at = found.index(None)
            self._refuse_unknown(int(owner[at]), flat[at], others)
        return owner, np.array(found, dtype=np.int64)

    def spans(self, key: str) -> tuple[Ints, Ints, Ints]:
        """Take a column of lists of [from, to]: how many each record has, all the starts and all the ends."""
        counts, flat = self._lists(key)
        if not all_of(flat, list) or not set(map(len, flat)) <= {2}:
            self._refuse_span(key, lambda span: type(span) is list and len(span) == 2, "each must be [from, to]")
        ends = list(chain.from_iterable(flat))
        if not all_of(ends, int) or (ends and not (min(ends) >= 0 and max(ends) <= LARGEST)):
            self._refuse_span(key, lambda span: all(map(is_whole, span)), f"{wanted(0, LARGEST)} (minutes)")
        pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
        if (pairs[:, 1] < pairs[:, 0]).any():
            self._refuse_span(key, lambda span: span[0] <= span[1], "it ends before it starts")
        return counts, pairs[:, 0].copy(), pairs[:, 1].copy()

    def _refuse_span(self, key: str, good: Callable[[Any], bool], rule: str) -> NoReturn:
        number, at = next(
            (n, at) for n, spans in enumerate(self.columns[key]) for at, span in enumerate(spans) if not good(span)
        )
        span = self.columns[key][number][at]
        said = f"[{', '.join(map(shown, span))}]" if type(span) is list and len(span) <= 4 else shown(span)
        self.refuse(number, f"says {said} among {shown(key)}: {rule}")


def id_pairs(problem: Mapping[str, Any], key: str, one: Rows, other: Rows) -> list[tuple[int, int]]:
    """Take a list of pairs of ids, such as [volunteer, shift]; gives their positions."""
    if key not in problem:
        refuse(f"The rota problem has no list of {shown(key)}.")
    pairs = problem[key]
    if type(pairs) is not list:
        refuse(f"The rota problem's {shown(key)} must be a list, not {shown(pairs)}.")
    found = []
    for number, pair in enumerate(pairs, start=1):
        if type(pair) is not list or len(pair) != 2 or not all_of(pair, str):
            refuse(f"Entry {number} of {shown(key)} in the rota problem must be [{one.word}, {other.word}], both ids.")
        for id, rows in zip(pair, (one, other), strict=True):
            if id not in rows.number:
                refuse(f"The rota problem names {shown(id)} in {shown(key)}, and there is no {rows.word} of that id.")
        found.append((one.number[pair[0]], other.number[pair[1]]))
    return found
