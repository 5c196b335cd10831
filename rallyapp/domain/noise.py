"""Whether a rally's loudspeaker may be used at its hours, in one sentence (R9)."""

from __future__ import annotations

from enum import StrEnum

from rallyapp.domain import law
from rallyapp.domain.frozen import frozen
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.rallies import PermissionKind, PermissionState
from rallyapp.domain.times import day_words, span_words


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
    hours, quiet = span_words(rally.assemble or rally.starts, rally.ends), law.hours_words(banned)
    if not rally.loudspeaker:
        sentence = "No loudspeaker is planned."
        if banned:
            sentence += f" In a street one would need the council\u2019s consent {quiet}."
        return Noise(loud=Loud.NONE, sentence=sentence)
    if not case.rules.rule("R9").applies(case.where, rally.starts.date()):
        return Noise(loud=Loud.ALLOWED, sentence="The law that bans loudspeakers at night does not apply there.")
    if not banned:
        return Noise(loud=Loud.ALLOWED, sentence=f"The rally\u2019s hours, {hours}, are outside the banned ones.")
    if consent := case.consent:
        whose = consent.body.strip() or "Consent"
        return Noise(loud=Loud.CONSENTED, sentence=f"In a street {quiet} it needs consent. {whose}: {consent.state}.")
    which = "which is" if len(banned) == 1 else "which are"
    sentence = f"Not allowed in a street {quiet}, {which} within the rally\u2019s {hours}. {_without(case)}"
    return Noise(loud=Loud.BANNED, sentence=sentence)


def _without(case: Permitting) -> str:
    """Say what is entered in place of a consent that counts."""
    consents = case.entered(PermissionKind.LOUDSPEAKER)
    if not consents:
        return "No consent is entered."
    state, until = consents[0].state, consents[0].expires_on
    words = str(state)
    if state is PermissionState.NOT_NEEDED:
        words += ", but at these hours it is needed"
    elif state is PermissionState.GRANTED and until is not None:
        words += f", runs out on {day_words(until)}, before the rally is over"
    return f"The consent that is entered: {words}."
