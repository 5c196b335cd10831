"""Section 4 of the printed rally plan: what is lacking by law, what was told, and what has changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from rallyapp import carried
from rallyapp.domain.ids import PermissionId
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Permission, PermissionKind, PermissionState, Rally, RallyKind
from rallyapp.prints import rally_before
from rallyapp.prints.audience import Audience
from rallyapp.prints.blocks import Missing, Table, Words
from rallyapp.prints.rally_source import Source
from tests.domain.building import at, dispute, rally, rally_day, settings, strike_day, venue

KIND, STATE = PermissionKind, PermissionState
MARCH = {"kind": RallyKind.MARCH, "move_off": at("11:45")}


def section(*papers: Permission, where: Jurisdiction = Jurisdiction.ENGLAND, **other: Any) -> list[Any]:
    """Write section 4 of a rally with these papers."""
    made: Rally = rally(**other)
    plan = Plan([settings(), dispute(jurisdiction=where), strike_day(), venue(), made, rally_day(), *papers])
    return list(rally_before.permissions(Source.of(plan, carried.law(), made.id, Audience.ORGANISER)))


def paper(kind: PermissionKind, id: str, **other: Any) -> Permission:
    """Make a paper of the rally."""
    return Permission(id=PermissionId(id), rally_id=rally().id, kind=kind, **other)


def missing(blocks: list[Any]) -> list[str]:
    """Give what is said to be missing."""
    return [block.text for block in blocks if isinstance(block, Missing)]


def rows(blocks: list[Any]) -> list[list[str]]:
    """Give the table's texts."""
    table = next(block for block in blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


def test_what_the_law_asks_and_nobody_entered_is_missing() -> None:
    owner = paper(KIND.LANDOWNER, "owner", body="City council", lead_days=28)
    assert missing(section()) == ["No notification, permission or insurance entered."]
    assert missing(section(owner)) == ["No public liability insurance entered."]
    blocks = section(owner, **MARCH)
    assert missing(blocks) == ["No march notice to the police entered.", "No public liability insurance entered."]
    assert rows(blocks)[0][:3] == ["Landowner\u2019s permission", "City council", "by Tue 3 Nov 2015"]
    scotland = missing(section(owner, where=Jurisdiction.SCOTLAND, **MARCH))
    assert scotland[:2] == [
        "No march notice entered (The council).",
        "No march notice entered (The chief constable).",
    ]


def test_customary_frees_in_england_and_wales_only() -> None:
    def said(where: Jurisdiction) -> str:
        return next(
            block.text for block in section(where=where, customary="every May Day", **MARCH) if isinstance(block, Words)
        )

    assert said(Jurisdiction.WALES) == "Held to be a customary march, which needs no notice: every May Day"
    assert "28 days" in said(Jurisdiction.SCOTLAND)


def test_a_notice_that_says_something_else_is_not_settled() -> None:
    first = paper(
        KIND.MARCH_NOTICE, "a", state=STATE.SENT, sent_on=date(2015, 11, 20), sent_for=at("11:30"), body="Police"
    )
    blocks = section(first, **MARCH)
    assert rows(blocks)[0][-1] == "Plan changed since"
    second = paper(
        KIND.MARCH_NOTICE, "b", state=STATE.SENT, sent_on=date(2015, 11, 23), sent_for=at("11:45"), body="Police"
    )
    assert [row[-1] for row in rows(section(first, second, **MARCH))] == ["Replaced", "Sent"]


def test_what_is_late_runs_out_or_is_needed_after_all_is_not_settled() -> None:
    """A yes that no longer holds is not printed as one."""

    def printed(one: Permission, **other: Any) -> tuple[str, bool]:
        table = next(block for block in section(one, **other) if isinstance(block, Table))
        return table.rows[0][-1].text, table.rows[0][-1].boxed

    late = paper(
        KIND.MARCH_NOTICE, "a", state=STATE.SENT, sent_on=date(2015, 11, 28), deadline=date(2015, 11, 10), body="Police"
    )
    assert printed(late, **MARCH) == ("Sent late", True)
    assert printed(replace(late, sent_on=date(2015, 11, 24)), **MARCH) == ("Sent", False)
    scotland = {"where": Jurisdiction.SCOTLAND, **MARCH}
    assert printed(replace(late, waiver="applied for on 3 November"), **scotland) == ("Sent late", True)
    assert printed(replace(late, waiver="given on 9 November"), **scotland) == ("Sent", False)
    consent = paper(KIND.LOUDSPEAKER, "c", state=STATE.NOT_NEEDED)
    assert printed(consent, loudspeaker=True) == ("Not needed", False)
    assert printed(consent, loudspeaker=True, times="07:15-09:30") == ("Needed", True)
    insurance = paper(KIND.INSURANCE, "i", state=STATE.GRANTED, expires_on=date(2015, 11, 30))
    assert printed(insurance) == ("Runs out", True)
    assert printed(replace(insurance, expires_on=date(2015, 12, 1))) == ("In force", False)
    assert printed(paper(KIND.RISK_ASSESSMENT, "r", state=STATE.SENT)) == ("Shared", False)
