"""Whether a rally's loudspeaker may be used, said in one sentence."""

from dataclasses import replace
from datetime import date

import pytest

from rallyapp import carried
from rallyapp.domain.ids import PermissionId, RallyId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.noise import Loud, noise_of
from rallyapp.domain.permitting import Permitting
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState
from tests.domain.building import at, rally

ENGLAND, NORTH = Jurisdiction.ENGLAND, Jurisdiction.NORTHERN_IRELAND


def consent(state, body=""):
    kind = PermissionKind.LOUDSPEAKER
    return Permission(id=PermissionId("c"), rally_id=RallyId("rally"), kind=kind, state=state, body=body)


@pytest.mark.parametrize(
    ("held", "where", "consents", "loud", "said"),
    [
        (rally(), ENGLAND, [], Loud.NONE, "No loudspeaker is planned."),
        (
            rally(assemble=at("07:30")),
            ENGLAND,
            [],
            Loud.NONE,
            "No loudspeaker is planned. In a street one would need the council\u2019s consent 07:30\u201308:00.",
        ),
        (
            rally(loudspeaker=True, assemble=at("11:00")),
            ENGLAND,
            [],
            Loud.ALLOWED,
            "The rally\u2019s hours, 11:00\u201313:30, are outside the banned ones.",
        ),
        (
            rally(loudspeaker=True),
            NORTH,
            [],
            Loud.ALLOWED,
            "The law that bans loudspeakers at night does not apply there.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [],
            Loud.BANNED,
            "Not allowed in a street 07:00\u201308:00, which is within the rally\u2019s 07:00\u201309:00. No consent "
            "is entered.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [consent(PermissionState.SENT)],
            Loud.BANNED,
            "Not allowed in a street 07:00\u201308:00, which is within the rally\u2019s 07:00\u201309:00. The consent "
            "that is entered: sent.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [consent(PermissionState.GRANTED, "City council")],
            Loud.CONSENTED,
            "In a street 07:00\u201308:00 it needs consent. City council: granted.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [consent(PermissionState.GRANTED), replace(consent(PermissionState.REFUSED, "A"), id=PermissionId("d"))],
            Loud.CONSENTED,
            "In a street 07:00\u201308:00 it needs consent. Consent: granted.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [consent(PermissionState.NOT_NEEDED, "City council")],
            Loud.BANNED,
            "Not allowed in a street 07:00\u201308:00, which is within the rally\u2019s 07:00\u201309:00. The consent "
            "that is entered: not needed, but at these hours it is needed.",
        ),
        (
            rally(times="07:00-09:00", loudspeaker=True),
            ENGLAND,
            [replace(consent(PermissionState.GRANTED), expires_on=date(2015, 11, 30))],
            Loud.BANNED,
            "Not allowed in a street 07:00\u201308:00, which is within the rally\u2019s 07:00\u201309:00. The consent "
            "that is entered: granted, runs out on Mon 30 Nov 2015, before the rally is over.",
        ),
        (
            rally(times="07:00-22:30", loudspeaker=True),
            ENGLAND,
            [],
            Loud.BANNED,
            "Not allowed in a street 07:00\u201308:00 and 21:00\u201322:30, which are within the rally\u2019s "
            "07:00\u201322:30. No consent is entered.",
        ),
    ],
)
def test_the_hours_of_the_loudspeaker(held, where, consents, loud, said):
    noise = noise_of(Permitting(plan=Plan([held, *consents]), rally=held, rules=carried.law(), where=where))
    assert (noise.loud, noise.sentence) == (loud, said)
