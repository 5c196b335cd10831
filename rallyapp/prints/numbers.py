"""Telephone numbers and e-mail addresses in what somebody wrote freely: a copy for many eyes holds none.

Whoever writes a number down writes it as they please. What has nine figures or more and begins as numbers do is
taken for one; dates, times, prices and map references are known by their form and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

NUMBER = "number on the organiser\u2019s copy"
ADDRESS = "e\u2011mail address on the organiser\u2019s copy"

_Span = tuple[int, int, str]

_THIN = "\u200b"
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7\u2022\ufe58\ufe63\uff0d")
_RUN = re.compile(rf"\d+(?:[ ()\[\]{{}}/._,+{_THIN}-]{{1,5}}\d+)*")
_SPACE = re.compile(r"\s")
_GROUP = re.compile(r"\d+")
_NO_ADDRESS = r"\s@<>()\[\],;:\"'/"
_IN_ADDRESS = rf"[^{_NO_ADDRESS}]"
_MAIL = re.compile(rf"(?<!{_IN_ADDRESS}){_IN_ADDRESS}+@{_IN_ADDRESS}+\.[^\W\d_](?:{_IN_ADDRESS}*[^{_NO_ADDRESS}.])?")

_DAY, _MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_CLOCK = r"(?:[01]\d|2[0-4])[0-5]\d(?!\d)"
_MORE = rf"(?: ?[,;&/] ?{_CLOCK}(?: ?- ?{_CLOCK})?)"
_GRID = r"(?: ?\d{10}| ?\d{8}| ?\d{6}| ?\d{5} \d{5}| ?\d{4} \d{4})"
_NO_NUMBER = re.compile(
    "|".join(
        (
            rf"(?<!\d)(?:19|20)\d\d-{_MONTH}-{_DAY}(?!\d)",  # 2015-12-01
            rf"(?<![\d/.-]){_DAY}(?P<parted>[/.-]){_MONTH}(?P=parted)(?:19|20)?\d\d(?![\d/.])",  # 01/12/2015, 1.12.15
            rf"(?<![\d/]){_DAY}/{_MONTH}(?![\d/])",  # 1/12
            r"(?<![\d.])(?:[01]?\d|2[0-4])\.[0-5]\d(?!\d|\.\d)",  # 07.30
            rf"(?<!\d)(?<!\d[ .-])(?:{_CLOCK} ?- ?{_CLOCK}|{_CLOCK}{_MORE}){_MORE}*+(?![ .,-]?\d)",  # 0700-1100, 1200
            r"[\u00a3$\u20ac] ?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,5}|0)(?:\.\d\d)?(?!\d|,\d)",  # £7,700,900.50
            r"(?<![\d.])(?:49|5\d|6[01])\.\d{3,}[, ]+-?[0-8]\.\d{3,}(?![\d.])",  # 51.07412, -1.79123
            rf"(?<![^\W\d_])[HNOSTJ][A-HJ-Z]{_GRID}(?![ -]?\d)",  # SU 07410 15290
        )
    )
)
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}


def without_phones(text: str, *, but: str = "") -> str:
    """Take telephone numbers and e-mail addresses out of a text; ``but`` is the one number that may stay."""
    if not any(sign.isdigit() or sign in "@\uff20\ufe6b" for sign in text):
        return text
    parts, at = [], 0
    for start, end, said in _hidden(text, _national(_digits(_shadow(but)))):
        # Brackets that stand around it anyway are its own.
        inside = start and _CLOSED_BY.get(text[start - 1]) == text[end : end + 1]
        before = " " if text[:start][-1:].isalpha() else ""
        after = " " if text[end : end + 1].isalnum() else ""
        parts += [text[at:start], said if inside else f"{before}({said}){after}"]
        at = end
    return "".join((*parts, text[at:]))


def _hidden(text: str, kept: str) -> list[_Span]:
    shadow = _shadow(text)
    found: list[_Span] = []
    for match in _MAIL.finditer(shadow):
        found.append((match.start(), match.end(), ADDRESS))
        shadow = shadow[: match.start()] + "x" * len(match[0]) + shadow[match.end() :]
    shadow = _NO_NUMBER.sub(lambda match: "x" * len(match[0]), shadow)
    for run in _RUN.finditer(shadow):
        for start, end in _numbers(shadow, [match.span() for match in _GROUP.finditer(shadow, *run.span())]):
            if not kept or _national(_digits(shadow[start:end])) != kept:
                found.append((start, end, NUMBER))
    return sorted(found)


def _shadow(text: str) -> str:
    """Write a text, sign by sign, with plain figures, spaces, dashes and brackets, in which numbers are looked for."""
    if text.isascii():
        return _SPACE.sub(" ", text)
    return "".join(map(_plain, text))


def _plain(sign: str) -> str:
    if sign.isspace():
        return " "
    if sign.isascii():
        return sign
    if sign in _DASHES:
        return "-"
    figure = unicodedata.digit(sign, None)
    if figure is not None:
        return str(figure)
    if unicodedata.category(sign) in ("Cf", "Mn", "Me", "Cc"):
        return _THIN
    wide = unicodedata.normalize("NFKC", sign)  # of East Asian keyboards
    return wide if len(wide) == 1 and wide.isascii() else sign


def _numbers(shadow: str, groups: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find the numbers in groups of figures with nothing but spaces and signs between them."""
    at = 0
    while at < len(groups):
        plus = shadow[: groups[at][0]].rstrip(f" {_THIN}([").endswith("+")
        many = _groups_taken([shadow[start:end] for start, end in groups[at:]], plus)
        if many:
            start, end = groups[at][0], groups[at + many - 1][1]
            yield _whole(shadow, start, end)
        at += many or 1


def _whole(shadow: str, start: int, end: int) -> tuple[int, int]:
    """Take in the plus before a number, and the bracket of which it holds the other half."""
    plus = len(shadow[:start].rstrip(f" {_THIN}(["))
    if plus and shadow[plus - 1] == "+":
        start = plus - 1
    for opens, closes in _CLOSED_BY.items():
        inside = shadow[start:end]
        if inside.count(closes) > inside.count(opens) and shadow[start - 1 : start] == opens:
            start -= 1
        elif inside.count(opens) > inside.count(closes) and shadow[end : end + 1] == closes:
            end += 1
    while shadow[end : end + 1] == _THIN:
        end += 1
    return start, end


def _groups_taken(groups: list[str], plus: bool) -> int:
    """Say how many of the first groups make up a number; 0 where none begins there."""
    long, totals = 0, []
    for group in groups:
        long += len(group)
        totals.append(long)
    figures = "".join(groups[:15])
    if plus or figures.startswith("00"):
        lengths, least = _abroad(figures.removeprefix("00"), 0 if plus else 2), 8
    elif figures.startswith("0"):
        lengths, least = [11, 10], 9
    else:
        return _without_nought(groups, totals, figures)
    for length in lengths:
        if length in totals:
            return totals.index(length) + 1
    fitting = [n for n, total in enumerate(totals, start=1) if least <= total <= 15]
    if fitting:
        return fitting[-1]
    return next((n for n, total in enumerate(totals, start=1) if total > 15), 0)


def _abroad(figures: str, before: int) -> list[int]:
    if not figures.startswith("44"):
        return []
    return [before + length for length in ((13, 12) if figures[2:3] == "0" else (12, 11))]


def _without_nought(groups: list[str], totals: list[int], figures: str) -> int:
    """Look for 7700 900123 and 44 7700 900123: of that length exactly, and no list of small figures."""
    lengths: tuple[int, ...] = ()
    if figures.startswith("44"):
        lengths = (13,) if figures[2:3] == "0" else (12, 11)
    elif figures.startswith("7"):
        lengths = (10,)
    for length in lengths:
        if length in totals:
            many = totals.index(length) + 1
            return many if max(map(len, groups[:many])) > 2 else 0
    return 0


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


def _national(figures: str) -> str:
    """Write a number as it is dialled at home, so that two ways of writing it are equal."""
    bare = figures.removeprefix("00").removeprefix("44") if figures.startswith(("0044", "44")) else figures
    return f"0{bare.lstrip('0')}" if bare else ""
