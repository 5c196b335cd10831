"""How far each kind of permission or notice can come, and what that is called: an insurance is never "granted"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState

_S = PermissionState
_KIND = PermissionKind
_TOLD = (_S.TO_DO, _S.SENT, _S.NOT_NEEDED)
_ASKED = (_S.TO_DO, _S.APPLIED, _S.LATE, _S.GRANTED, _S.REFUSED, _S.NOT_NEEDED)
_STATES = {
    _KIND.MARCH_NOTICE: (_S.TO_DO, _S.SENT, _S.REFUSED, _S.NOT_NEEDED),
    _KIND.POLICE_VOLUNTARY: _TOLD,
    _KIND.RISK_ASSESSMENT: _TOLD,
    _KIND.INSURANCE: (_S.TO_DO, _S.APPLIED, _S.GRANTED, _S.REFUSED, _S.NOT_NEEDED),
    _KIND.OTHER: tuple(_S),
}
_WORDS = {
    (_KIND.INSURANCE, _S.GRANTED): "in force",
    (_KIND.INSURANCE, _S.APPLIED): "applied for",
    (_KIND.RISK_ASSESSMENT, _S.SENT): "shared",
    (_KIND.RISK_ASSESSMENT, _S.GRANTED): "shared and agreed",
}
_SENT = {_KIND.INSURANCE: "applied for", _KIND.RISK_ASSESSMENT: "shared"}


def states_of(permission: Permission) -> tuple[PermissionState, ...]:
    """List the states that make sense for its kind, and the one that it is in."""
    states = _STATES.get(permission.kind, _ASKED)
    return states if permission.state in states else (*states, permission.state)


def state_word(kind: PermissionKind, state: PermissionState) -> str:
    """Name a state of a kind: an insurance is "in force", a risk assessment "shared"."""
    return _WORDS.get((kind, state), str(state))


def sent_word(kind: PermissionKind) -> str:
    """Say what was done on the day of sending: a risk assessment was "shared"."""
    return _SENT.get(kind, "sent")


def taken_out(permission: Permission, last_day: date) -> Permission:
    """Give an insurance whose last day is entered as one in force, if it was open and holds until the rally's end."""
    expires, open_ = permission.expires_on, permission.state in (_S.TO_DO, _S.APPLIED)
    if permission.kind is not _KIND.INSURANCE or not open_ or expires is None or expires < last_day:
        return permission
    return replace(permission, state=_S.GRANTED)
