"""How full something is, in the three signs that the window gives it: a word, a colour and a pattern."""

from __future__ import annotations

from enum import StrEnum


class Tone(StrEnum):
    """What a colour and a pattern say; each is the name of its token in the theme."""

    MET = "met"
    SHORT = "short"
    NOBODY = "nobody"
    OFF = "muted"


def tone_of(*, heads: int, least: int, missing: int, on: bool) -> Tone:
    """Judge how full a shift is. Nobody is worse than short; what is stood down needs nobody."""
    if not on:
        return Tone.OFF
    if missing and not heads and least:
        return Tone.NOBODY
    return Tone.SHORT if missing else Tone.MET


def state_words(*, heads: int, least: int, wished: int, missing: int, on: bool) -> str:
    """Say it in words: "Nobody yet", "2 short", "Enough", "Full"."""
    match tone_of(heads=heads, least=least, missing=missing, on=on):
        case Tone.OFF:
            return "Stood down"
        case Tone.NOBODY:
            return "Nobody yet"
        case Tone.SHORT:
            return f"{missing} short"
    return "Full" if heads >= wished else "Enough"
