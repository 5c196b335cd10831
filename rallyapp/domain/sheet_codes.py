"""The short code of a printed sheet: what somebody reads off paper and types, so that a slip is noticed.

Seven signs in two groups, ``K7M2-P4X``: digits and capitals without I, L, O and U, which are misread (Crockford's
letters). Six of them tell the sheet, the last one checks those: one sign that was misread, or two neighbours
among the six that were swapped, give a code that is no code.
"""

from __future__ import annotations

import hashlib

from rallyapp.domain.problems import UserError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 7
_READ_AS = str.maketrans("OIL", "011")
# All different modulo the prime.
_WEIGHTS = (1, 3, 5, 7, 9, 11)
_PRIME = 31  # Z is never in a code: with a prime number of signs each slip and each swap shows


def sheet_code(*parts: str) -> str:
    """Make the code of a sheet from what it is: the same parts always give the same code."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    number = int.from_bytes(digest[:8])
    signs = ""
    for _ in range(LENGTH - 1):
        number, sign = divmod(number, _PRIME)
        signs += SIGNS[sign]
    return shown_code(signs + _check(signs))


def shown_code(code: str) -> str:
    """Write a code's signs in its two groups."""
    return f"{code[:4]}-{code[4:]}"


def read_code(text: str) -> str:
    """Read a code as somebody typed it, in any case and with any spaces; raises UserError with a sentence."""
    typed = "".join(sign for sign in text.upper() if sign.isalnum()).translate(_READ_AS)
    if not typed:
        raise UserError("Type the sheet\u2019s code: it stands at the sheet\u2019s head, like K7M2-P4X.")
    if len(typed) != LENGTH:
        many = "sign" if len(typed) == 1 else "signs"
        raise UserError(f"\u201c{text.strip()}\u201d has {len(typed)} {many}; a sheet\u2019s code has {LENGTH}.")
    strange = [sign for sign in typed if sign not in SIGNS[:_PRIME]]
    if strange:
        raise UserError(f"No sheet\u2019s code has \u201c{strange[0]}\u201d in it; look at the sheet again.")
    if typed[-1] != _check(typed[:-1]):
        raise UserError(f"\u201c{shown_code(typed)}\u201d can\u2019t be right: a sign is misread, or two are swapped.")
    return shown_code(typed)


def _check(signs: str) -> str:
    # Modulo a prime, so that each single slip and each swap of neighbours changes the sum.
    return SIGNS[sum(weight * SIGNS.index(sign) for weight, sign in zip(_WEIGHTS, signs, strict=True)) % _PRIME]
