"""The event team's chain of command: the usual one, others, circles, and what is said of each."""

from dataclasses import replace

from rallyapp.domain.ids import RallyId, TeamMemberId
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import TeamMember, TeamRole
from rallyapp.domain.team import chain, chain_words, circle_of, circle_words, superior, team_of

LEAD, DEPUTY, CHIEF, SAFETY, FIRST_AID = list(TeamRole)[:5]
RALLY = RallyId("rally")


def member(role, name, **other):
    return TeamMember(id=TeamMemberId(f"{role} {name}"), rally_id=RALLY, role=role, name=name, **other)


def words(*members):
    return chain_words(chain(Plan(members), RALLY), lambda each: each.name)


def test_usually_everybody_answers_to_the_event_lead():
    known = chain(Plan(), RALLY)
    assert [link.role for link in known.links] == list(TeamRole)
    assert [link.depth for link in known.links] == [0] + [1] * 9
    assert all(link.usual and not link.members for link in known.links)
    assert words() == ()
    assert words(member(SAFETY, "Bob")) == ()
    assert words(member(LEAD, "Ann")) == ("Ann leads the event.",)
    assert words(member(LEAD, "Ann"), member(DEPUTY, "Dee")) == ("Ann leads the event; Dee stands in.",)
    assert words(
        member(LEAD, "Ann"),
        member(LEAD, "Amy"),
        member(DEPUTY, "Dee"),
        member(DEPUTY, "Dan"),
        member(DEPUTY, "Di"),
        member(CHIEF, "Cy"),
        member(SAFETY, "Bob"),
    ) == (
        "Amy and Ann lead the event; Dan, Dee and Di stand in.",
        "Stewards answer to Cy, and through them to the event lead.",
        "Everybody else answers to the event lead.",
    )


def test_a_role_may_answer_to_another():
    lead, chief = member(LEAD, "Ann"), member(CHIEF, "Cy", answers_to=SAFETY)
    safety, aid = member(SAFETY, "Bob"), member(FIRST_AID, "Flo", answers_to=SAFETY)
    plan = Plan([lead, chief, safety, aid, member(FIRST_AID, "Gus")])
    known = chain(plan, RALLY)
    assert [(link.role, link.depth) for link in known.links][:5] == [
        (LEAD, 0),
        (DEPUTY, 1),
        (SAFETY, 1),
        (CHIEF, 2),
        (FIRST_AID, 2),
    ]
    assert [each.name for each in team_of(plan, RALLY, FIRST_AID)] == ["Flo", "Gus"]
    assert not known.circle
    assert words(lead, chief, aid) == (
        "Ann leads the event.",
        "Stewards answer to Cy, and through them to the safety lead.",
        "The first-aid lead answers to the safety lead.",
    )
    assert superior([replace(aid, answers_to=None)], FIRST_AID) is LEAD
    assert superior([], LEAD) is None


def test_a_circle_is_found_and_said():
    chief, safety = member(CHIEF, "Cy", answers_to=SAFETY), member(SAFETY, "Bob", answers_to=CHIEF)
    assert circle_of([chief, safety]) == (CHIEF, SAFETY)
    assert circle_words((CHIEF, SAFETY)) == (
        "The chain of command would go in a circle: the chief steward answers to the safety lead, who answers "
        "to the chief steward."
    )
    known = chain(Plan([chief, safety]), RALLY)
    assert known.circle == (CHIEF, SAFETY)
    assert [link.depth for link in known.links] == [0] * 10
    assert words(chief, safety) == (circle_words(known.circle),)
    assert circle_of([member(LEAD, "Ann", answers_to=SAFETY)]) == (LEAD, SAFETY), "the top answers to nobody below"
