"""Whether a rally's loudspeaker may be used at its hours, in one sentence (R9)."""

from __future__ import annotations

from enum import StrEnum

from rallyapp.domain.frozen import frozen
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.rallies import PermissionKind, PermissionState
from rallyapp.domain.times import span_words


class Loud(StrEnum):
    """How a rally stands with its loudspeaker."""

    NONE = "none is planned"
    ALLOWED = "allowed"
    CONSENTED = "allowed by a consent"
    BANNED = "banned"


@frozen
class Noise:
    """How it stands, and the sentence that says so."""

    loud: Loud
    sentence: str


def noise_of(case: Permitting) -> Noise:
    """Say whether the loudspeaker may be used from when people assemble to the end."""
    rally, banned = case.rally, case.banned
    hours = span_words(rally.assemble or rally.starts, rally.ends)
    if not rally.loudspeaker:
        sentence = "No loudspeaker is planned."
        if banned:
            sentence += f" In a street one would need the council\u2019s consent {span_words(*banned)}."
        return Noise(loud=Loud.NONE, sentence=sentence)
    if not case.rules.rule("R9").applies(case.where, rally.starts.date()):
        return Noise(loud=Loud.ALLOWED, sentence="The law that bans loudspeakers at night does not apply there.")
    if banned is None:
        return Noise(loud=Loud.ALLOWED, sentence=f"The rally\u2019s hours, {hours}, are outside the banned ones.")
    consents = case.entered(PermissionKind.LOUDSPEAKER)
    for consent in consents:
        if consent.state in (PermissionState.GRANTED, PermissionState.NOT_NEEDED):
            whose = consent.body.strip() or "Consent"
            sentence = f"In a street {span_words(*banned)} it needs consent. {whose}: {consent.state}."
            return Noise(loud=Loud.CONSENTED, sentence=sentence)
    state = f"The consent that is entered: {consents[0].state}." if consents else "No consent is entered."
    sentence = f"Not allowed in a street {span_words(*banned)}, which is within the rally\u2019s {hours}. {state}"
    return Noise(loud=Loud.BANNED, sentence=sentence)
