"""The rally plan on paper: all sections in order, nothing made up, figures that say where they come from."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from dataclasses import asdict, replace
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import programme_issues
from rallyapp.domain.crowd import CrowdWords
from rallyapp.domain.disputes import StrikeState
from rallyapp.domain.ids import (
    ContactId,
    PartnerId,
    PinId,
    PlanNoteId,
    PostId,
    PrintRunId,
    ProgrammeItemId,
    RallyId,
    RiskId,
    RouteStepId,
    ShiftId,
    SitePlanId,
    SpeakerId,
    StallId,
    TeamMemberId,
)
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.places import Pin, PinKind, SitePlan
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    Override,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    RallyKind,
    Risk,
    RouteStep,
    Section,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.stalls import Partner, Stall, StallState
from rallyapp.domain.tells import LastPrint, PrintRun
from rallyapp.prints import press, rally_plan
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.blocks import Block, Bullets, Cards, Facts, Figure, Missing, Table, Words, prose, svg_of
from rallyapp.prints.job import Look, Paper
from rallyapp.prints.rally_plan import RallyPlanDocument
from rallyapp.prints.site_picture import Plate
from tests.prints.building import PRINTED, Southampton, at
from tests.prints.reading import pages, reader, squeezed, text

TITLES = (
    "Document control",
    "Event at a glance",
    "Organiser and event management team",
    "Key contacts",
    "Notifications, permissions and insurance",
    "Timings and running order",
    "Site and site plan",
    "Route",
    "Audience and crowd management",
    "Stewarding",
    "Speakers and MC",
    "Partner charity stalls",
    "Equipment, PA, power and noise",
    "Accessibility and welfare",
    "First aid and medical",
    "Safeguarding, lost children, lost property",
    "Communications",
    "Transport, parking and deliveries",
    "Emergency procedures",
    "Cancellation and stand-down",
    "Risk assessment",
    "Waste and leaving the site",
    "Data protection note and sign-off",
)


def made(b: Southampton, rally: Rally, **more: Any) -> RallyPlanDocument:
    return rally_plan.rally_plan(
        b.plan(),
        carried.law(),
        rally.id,
        **{"audience": Audience.ORGANISER, "printed": PRINTED, "version": 7, **more},
    )


def drawn(b: Southampton, rally: Rally, *, look: Look | None = None, **more: Any) -> bytes:
    """The plan as a PDF, as it is printed."""
    how: dict[str, Any] = {"audience": Audience.ORGANISER, "printed": PRINTED, "version": 7, **more}
    audience = how.pop("audience")
    return press.pdf(press.batch(b.plan(), carried.law(), Document.RALLY_PLAN, audience, (rally.id,), look=look, **how))


@cache
def demo_plan() -> tuple[Plan, Rally]:
    plan = Plan(DEMOS["southampton-2015"].records())
    (rally,) = plan.all(Rally)
    return plan, rally


def demo() -> RallyPlanDocument:
    plan, rally = demo_plan()
    return rally_plan.rally_plan(plan, carried.law(), rally.id, audience=Audience.ORGANISER, printed=PRINTED, version=7)


def demo_batch(**more: Any) -> press.Batch:
    plan, rally = demo_plan()
    how: dict[str, Any] = {"audience": Audience.ORGANISER, "printed": PRINTED, "version": 7, **more}
    audience = how.pop("audience")
    return press.batch(plan, carried.law(), Document.RALLY_PLAN, audience, (rally.id,), **how)


@cache
def demo_pdf() -> bytes:
    return press.pdf(demo_batch())


def section(document: RallyPlanDocument, number: int) -> tuple[Block, ...]:
    return next(part.blocks for part in document.sections if part.number == number)


def words(blocks: tuple[Block, ...]) -> str:
    """All texts of some blocks, for looking for words in them."""
    return json.dumps([asdict(block) for block in blocks], ensure_ascii=False)


def png(width: int = 4, height: int = 3) -> str:
    """A small grey picture as base64 text."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\x00" + b"\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return base64.b64encode(data).decode()


# -------------------------------------------------------------------------------------- the whole of it
def test_all_sections_are_there_in_order_in_the_bookmarks_and_on_paper() -> None:
    for pdf in (demo_pdf(), drawn(b := Southampton(), b.rally())):
        top = [entry.title for entry in reader(pdf).outline if not isinstance(entry, list)]
        assert top == [f"{number} {title}" for number, title in enumerate(TITLES)]


def test_an_empty_plan_says_what_is_missing_and_makes_nothing_up() -> None:
    b = Southampton()
    shown = text(drawn(b, b.rally()))
    for sentence in (
        "No distribution list entered.",
        "Nobody entered as event lead, deputy, chief steward, safety lead",
        "Nobody is named who may stop the event.",
        "No contact entered for: police, council, landowner, ambulance, union duty officer and legal line.",
        "No notification, permission or insurance entered.",
        "No time entered for: set-up, steward briefing, assemble, dispersed and site handed back.",
        "No running order entered.",
        "No site plan entered.",
        "Left out: this is a static rally, without a march.",
        "No crowd management entered.",
        "No expected number entered, so no number of stewards is suggested.",
        "No steward posts entered.",
        "No speakers entered.",
        "No stalls entered.",
        "No equipment entered.",
        "No first-aid lead entered.",
        "No emergency procedures entered.",
        "No risks entered.",
    ):
        assert sentence in shown, sentence
    assert not re.search(r"\d{5} \d{6}", shown.replace(b.dispute.duty_phone, ""))


def test_every_section_of_an_empty_plan_has_something_to_say() -> None:
    b = Southampton()
    for part in made(b, b.rally()).sections:
        assert part.blocks, part.title


def test_there_is_a_contents_list_only_in_a_long_plan() -> None:
    assert len(reader(demo_pdf()).pages) > 6
    assert "Contents" in pages(demo_pdf())[1]
    short = drawn(b := Southampton(), b.rally())
    assert len(reader(short).pages) <= 6
    assert "Contents" not in text(short)


def test_every_page_has_its_number_its_status_and_the_rules_date() -> None:
    shown = pages(demo_pdf())
    for number, page in enumerate(shown, start=1):
        assert f"Page {number} of {len(shown)}" in page
        assert carried.law().words in page
        assert "DRAFT" in page
        assert demo_batch().pieces[0].code in page


def test_the_same_plan_gives_the_same_bytes_and_plain_values() -> None:
    document = demo()
    assert json.loads(json.dumps(asdict(document)))["heading"] == "Regional rally"
    assert press.pdf(demo_batch()) == demo_pdf()


def test_no_person_is_named_in_the_properties_of_the_pdf() -> None:
    pdf = reader(demo_pdf())
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Rally plan: Regional rally, Tue 1 Dec 2015"
    properties = json.dumps({key: str(value) for key, value in pdf.metadata.items()})
    properties += pdf.xmp_metadata.stream.get_data().decode() if pdf.xmp_metadata else ""
    for name in ("Tansley", "Rosalind", "Cadwaladr"):
        assert name not in properties


def test_a_rally_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(UserError, match=r"^There is nothing to print: the plan has no such rally\.$"):
        made(b := Southampton(), replace(b.rally(), id=RallyId("no")))


def test_it_is_not_made_for_a_noticeboard() -> None:
    b = Southampton()
    with pytest.raises(UserError, match="not printed for the noticeboard"):
        made(b, b.rally(), audience=Audience.NOTICEBOARD)


# ---------------------------------------------------------------------------------- cover and at a glance
def test_the_cover_says_draft_issued_or_stood_down() -> None:
    b = Southampton()
    assert made(b, b.rally()).status == "DRAFT"
    b = Southampton()
    issued = made(b, b.rally(issued_on=date(2015, 11, 28), issued_by="Wessex committee"))
    assert (issued.status, issued.status_words) == ("ISSUED", "Issued on Sat 28 Nov 2015 by Wessex committee.")
    b = Southampton(state=StrikeState.CALLED_OFF)
    rally = b.rally(issued_on=date(2015, 11, 28))
    off = made(b, rally)
    assert (off.status, off.status_words) == ("STOOD DOWN", "The strike day is called off.")
    assert all("STOOD DOWN" in page for page in pages(drawn(b, rally)))
    steps, times = section(off, 5)[:2]
    assert isinstance(steps, Words)
    assert steps.text == "STOOD DOWN: none of these times holds."
    assert isinstance(times, Table)
    assert all(row[0].struck for row in times.rows)
    b = Southampton(state=StrikeState.CALLED_OFF)
    goes = made(b, b.rally(override=Override.GOES_AHEAD, override_by="Committee", override_reason="We meet anyway"))
    assert goes.status == "DRAFT"
    assert "goes ahead anyway, decided by Committee: We meet anyway" in words(section(goes, 19))


def test_what_an_organiser_wrote_on_a_decision_stays_on_the_organisers_copy() -> None:
    b = Southampton()
    decided = {"override_by": "Ottoline", "override_reason": "The stage is broken"}
    rally = b.rally(override=Override.STOOD_DOWN, **decided)
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Stage front"))
    b.add(Shift(id=ShiftId("s"), post_id=PostId("post"), starts=at("11:00"), ends=at("13:45")))
    partner = b.add(Partner(id=PartnerId("p"), name="Anthony Nolan"))
    b.add(Stall(id=StallId("stall"), partner_id=partner.id, rally_id=rally.id))
    own, police = text(drawn(b, rally)), text(drawn(b, rally, audience=Audience.POLICE))
    # Once at its head, in document control, at a glance and where it is told: not again beside every shift.
    assert own.count("tage is broken") == 5
    assert "tage is broken" not in police
    assert "Stood down: this rally does not take place." in police
    b = Southampton()
    goes = made(b, b.rally(override=Override.GOES_AHEAD, **decided), audience=Audience.POLICE)
    assert 'It goes ahead anyway."' in words(section(goes, 19))


def test_the_sign_off_stands_with_its_section_and_a_condition_says_with_what_it_came() -> None:
    plan, rally = demo_plan()
    for look in (Look(), Look(large=True)):
        made_so = press.batch(
            plan,
            carried.law(),
            Document.RALLY_PLAN,
            Audience.ORGANISER,
            (rally.id,),
            printed=PRINTED,
            version=7,
            look=look,
        )
        last = pages(press.pdf(made_so))[-1]
        assert "Signed off by" in last
        assert "22 Data protection note and sign-off" in last
    conditions = words(section(demo(), 4))
    assert "Road closure, not needed: The rally stays on the square." in conditions
    assert "Council events team: The written agreement must be shown on demand." in conditions


def test_the_cover_lists_who_holds_this_version() -> None:
    b = Southampton()
    rally = b.rally()
    for number, (version, holder) in enumerate(((5, "Old Holder"), (7, "Chief steward"), (7, "Police liaison"))):
        b.add(
            PrintRun(
                id=PrintRunId(f"run{number}"), document="rally-plan", scope=rally.id, version=version, at=PRINTED,
                holder=holder,
            )
        )  # fmt: skip
    cover = dict(made(b, rally).cover)
    assert cover["Distribution"] == "Chief steward and Police liaison"
    assert cover["Replaces"] == "Every earlier version; the last one printed was version 5. Destroy older copies."
    assert "who is in a trade union" in pages(drawn(b, rally))[0]


def test_the_section_at_a_glance_follows_the_contents_on_their_page() -> None:
    shown = pages(demo_pdf())[1]
    assert shown.index("Contents") < shown.index("To support the junior doctors")
    assert "Organiser and event management team EVENT LEAD" not in shown


def test_absurd_lengths_keep_to_their_pages() -> None:
    b = Southampton()
    title = "Rally\nof " + "all the regions " * 18 + "end"
    rally = b.rally(title=title, purpose="Why we come together. " * 55 + "The end.", expected=500)
    b.change(b.venue, name="The square\nof " + "many names " * 26 + "end", address="A road " * 30)
    b.add(
        TeamMember(id=TeamMemberId("t"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, name="Lead", phone="0770 " * 40)
    )
    shown = pages(drawn(b, rally))
    assert "Rally of all the regions" in shown[0]
    assert "regions end" in shown[0]
    assert "Document control" in shown[0]
    glance = " ".join(shown[1:3])
    assert "many names end" in glance
    assert "The end." in glance
    for page in shown[1:]:
        assert "regions end" not in page.replace("Event", "")[:400]
        assert "\u2026, Tue 1 Dec 2015" in page


def test_our_own_labels_have_curled_apostrophes_and_verbs() -> None:
    section_4 = words(section(demo(), 4))
    assert "Landowner\u2019s permission" in section_4
    assert "their lead time is 28 days" in section_4
    assert "r's" not in section_4


def test_at_a_glance_names_the_event_lead_or_else_the_duty_phone() -> None:
    b = Southampton()
    rally = b.rally(expected=500, purpose="To say thank you", set_up=at("10:00"))
    glance = made(b, rally).glance
    assert (glance.expected, glance.times, glance.phone) == ("500", "11:30\u201313:30", "07700\u00a0900001")
    assert [(step.time, step.live) for step in glance.steps] == [("10:00", False), ("11:30", True), ("13:30", True)]
    lead = b.person("Rosalind", "Tansley", phone="07700\u00a0900155")
    b.add(
        TeamMember(
            id=TeamMemberId("lead"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, person_id=lead.id, may_stop=True
        )
    )
    glance = made(b, rally).glance
    assert (glance.contact, glance.phone) == ("Rosalind Tansley, event lead", "07700\u00a0900155")
    assert glance.stop == "Rosalind Tansley"


# -------------------------------------------------------------------------------------- section by section
def test_the_team_and_the_contacts_are_cards_with_numbers() -> None:
    document = demo()
    team = next(block for block in section(document, 2) if isinstance(block, Cards))
    assert [card.over for card in team.cards] == [str(role)[0].upper() + str(role)[1:] for role in TeamRole]
    assert all(card.phone for card in team.cards)
    contacts = next(block for block in section(document, 3) if isinstance(block, Cards))
    assert [card.over for card in contacts.cards][:3] == ["Emergency", "Police", "Council"]
    assert contacts.cards[0].phone == "999"
    assert contacts.cards[0].lines == ("Nearest A&E: Southampton General Hospital, Tremona Road, SO16 6YD",)
    assert not any(isinstance(block, Missing) for block in (*section(document, 2), *section(document, 3)))


def test_the_chain_of_command_is_said_as_it_was_entered() -> None:
    b = Southampton()
    rally = b.rally()
    roles = (TeamRole.EVENT_LEAD, TeamRole.SAFETY, TeamRole.FIRST_AID)
    lead, safety, aid = (
        TeamMember(id=TeamMemberId(role), rally_id=rally.id, role=role, name=name)
        for role, name in zip(roles, ("Ann", "Bob", "Flo"), strict=True)
    )
    b.add(lead)
    b.add(safety)
    b.add(replace(aid, answers_to=TeamRole.SAFETY))
    assert (
        "Chain of command: Ann leads the event. The first-aid lead answers to the safety lead. Everybody else "
        "answers to the event lead."
    ) in words(section(made(b, rally), 2))
    b.add(replace(safety, answers_to=TeamRole.FIRST_AID))
    missing = [block.text for block in section(made(b, rally), 2) if isinstance(block, Missing)]
    assert any(text.startswith("The chain of command would go in a circle: the safety lead") for text in missing)


def test_partner_charities_with_a_stall_are_contacts_too() -> None:
    b = Southampton()
    rally = b.rally()
    b.add(Partner(id=PartnerId("blood"), name="Blood Trust", contact_name="Bea", contact_phone="01632 960400"))
    b.add(Partner(id=PartnerId("no"), name="Nobody Known"))
    for partner in ("blood", "no"):
        b.add(Stall(id=StallId(partner), partner_id=PartnerId(partner), rally_id=rally.id))
    cards = next(block for block in section(made(b, rally), 3) if isinstance(block, Cards)).cards
    assert [(card.over, card.name, card.lines) for card in cards[1:]] == [("Partner charity", "Bea", ("Blood Trust",))]
    b.add(Contact(id=ContactId("c"), kind=ContactKind.CHARITY, name="Desk", organisation="Blood trust"))
    cards = next(block for block in section(made(b, rally), 3) if isinstance(block, Cards)).cards
    assert [card.name for card in cards[1:]] == ["Desk"]


def test_contacts_of_another_rally_stay_out() -> None:
    b = Southampton()
    mine, other = b.rally(), b.rally(title="Another")
    for id, rally_id in (("mine", mine.id), ("theirs", other.id), ("everybody", None)):
        b.add(Contact(id=ContactId(id), rally_id=rally_id, kind=ContactKind.POLICE, name=id))
    shown = words(section(made(b, mine), 3))
    assert ("mine" in shown, "theirs" in shown, "everybody" in shown) == (True, False, True)


def test_a_march_prints_its_notice_deadline_and_both_routes() -> None:
    b = Southampton(first=date(2026, 12, 5))
    rally = b.rally(kind=RallyKind.MARCH)
    for number, accessible in enumerate((False, False, True)):
        b.add(
            RouteStep(
                id=RouteStepId(f"step{number}"), rally_id=rally.id, position=number, instruction=f"Go on {number}",
                metres=700, crossing=number == 1, accessible=accessible,
            )
        )  # fmt: skip
    document = made(b, rally)
    assert "that is by Saturday 28 November 2026" in words(section(document, 4))
    way, shorter = (block for block in section(document, 7) if isinstance(block, Table))
    assert [[cell.text for cell in row] for row in way.rows] == [
        ["1", "Go on 0", "", "700 m"],
        ["2", "Go on 1", "crossing", "700 m"],
        ["", "Length, about 28 min", "1 crossing", "1.4 km"],
    ]
    assert shorter.rows[0][1].text == "Go on 2"
    assert "front arrives about 11:58: 1 h 32 min before the hard finish" in words(section(document, 7))
    b.add(
        RouteStep(
            id=RouteStepId("step0"), rally_id=rally.id, position=0, instruction="Go on", map_reference="SU 418 122"
        )
    )
    (way, _) = (block for block in section(made(b, rally), 7) if isinstance(block, Table))
    assert [cell.text for cell in way.rows[0]] == ["1", "Go on", "SU 418 122", "", "\u2013"]
    assert [cell.text for cell in way.rows[-1]] == [
        "", "Length of the steps that were measured, at least 14 min", "", "1 crossing", "700 m",
    ]  # fmt: skip
    assert "Shorter accessible route" in text(drawn(b, rally))


def test_the_running_order_adds_up_and_says_when_it_runs_over() -> None:
    b = Southampton()
    rally = b.rally()
    speaker = b.add(Speaker(id=SpeakerId("s"), rally_id=rally.id, name="Dr Penhallow", confirmed=False))
    for number, (title, minutes) in enumerate((("Welcome", 5), ("Speech", 100), ("Close", 25))):
        b.add(
            ProgrammeItem(
                id=ProgrammeItemId(f"item{number}"), rally_id=rally.id, position=number, title=title, minutes=minutes,
                speaker_id=speaker.id if number == 1 else None,
            )
        )  # fmt: skip
    table = [block for block in section(made(b, rally), 5) if isinstance(block, Table)][1]
    assert [[cell.text for cell in row[:5]] for row in table.rows] == [
        ["11:30", "Welcome", "", "5", "5"],
        ["11:35", "Speech", "Dr Penhallow", "100", "105"],
        ["13:15", "Close", "", "25", "130"],
        ["13:30", "Hard finish", "", "", "120"],
    ]
    assert "ends at 13:40, 10 min after the hard finish: shorten it." in words(section(made(b, rally), 5))
    assert "TO CONFIRM" in words(section(made(b, rally), 10))
    assert "Draft, never issued." in words(section(made(b, rally), 5))
    issue, lines = programme_issues.issue(b.plan(), rally, at=at("09:00"), by="Ann")
    b.records += [issue, *lines]
    assert "Version 1, issued Tue 1 Dec 2015 09:00." in words(section(made(b, rally), 5))
    b.change(next(one for one in b.records if isinstance(one, ProgrammeItem)), minutes=7)
    assert "Draft after version 1, issued Tue 1 Dec 2015 09:00; changed since: 2 moved, 1 changed." in words(
        section(made(b, rally), 5)
    )


def test_stewards_and_first_aiders_are_planning_figures_with_their_source() -> None:
    b = Southampton()
    document = made(b, b.rally(expected=500))
    (stewards,) = (block for block in section(document, 9) if isinstance(block, Figure))
    (aiders,) = (block for block in section(document, 14) if isinstance(block, Figure))
    assert (stewards.number, aiders.number) == ("5", "2")
    for figure in (stewards, aiders):
        assert "planning figure, not law" in figure.text
    assert "IOSH forum" in stewards.text
    assert "Bute Park" in aiders.text


def test_posts_list_who_stands_there_and_gaps_in_words() -> None:
    b = Southampton()
    rally = b.rally(expected=100)
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Stage front", where="By the steps"))
    shift = b.add(Shift(id=ShiftId("s"), post_id=PostId("post"), starts=at("11:00"), ends=at("13:45")))
    b.need(shift, Role.STEWARD, 3, 3, 3)
    b.put(b.person("Noor", "Hashemi", phone="07700 900400"), shift, Role.STEWARD)
    table = next(block for block in section(made(b, rally), 9) if isinstance(block, Table))
    assert table.rows[0][3].text == "Noor Hashemi, 07700\u00a0900400\nGAP\nGAP"
    assert table.rows[0][0].small == "By the steps; steward"


def test_the_briefing_says_where_and_a_post_its_number_on_the_plan() -> None:
    b = Southampton()
    rally = b.rally(expected=100, briefing=at("10:45"), briefing_place="Beside the stage")
    b.add(Post(id=PostId("post"), rally_id=rally.id, name="Stage front", where="By the steps"))
    shift = b.add(Shift(id=ShiftId("s"), post_id=PostId("post"), starts=at("11:00"), ends=at("13:45")))
    b.need(shift, Role.STEWARD, 1, 1, 1)
    plan = b.add(SitePlan(id=SitePlanId("plan"), title="Square", rally_id=rally.id))
    b.add(Pin(id=PinId("pin"), site_plan_id=plan.id, number=4, kind=PinKind.POST, post_id=PostId("post")))
    found = section(made(b, rally), 9)
    facts = dict(next(block for block in found if isinstance(block, Facts)).rows)
    assert facts["Briefing"] == "10:45, Beside the stage"
    assert facts["Stewards planned"] == "1 at the busiest moment, 11:00\u201313:45; 1 wanted."
    table = next(block for block in found if isinstance(block, Table))
    assert table.rows[0][0].small == "By the steps; steward; number 4 on the plan"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("11:30", "13:30", "are outside the banned ones"),
        ("07:00", "09:00", "Not allowed in a street 07:00\u201308:00"),
        ("20:00", "22:00", "Not allowed in a street 21:00\u201322:00"),
        ("07:00", "22:30", "Not allowed in a street 07:00\u201308:00 and 21:00\u201322:30"),
    ],
)
def test_loudspeaker_hours(start: str, end: str, said: str) -> None:
    b = Southampton()
    assert said in words(section(made(b, b.rally(starts=at(start), ends=at(end), loudspeaker=True)), 12))


def test_risks_are_scored_and_shaded_by_their_score() -> None:
    b = Southampton()
    rally = b.rally()
    for number, (likelihood, severity) in enumerate(((1, 4), (1, 5), (2, 5), (3, 5))):
        b.add(
            Risk(
                id=RiskId(f"risk{number}"), rally_id=rally.id, position=number, hazard="Cold",
                likelihood=likelihood, severity=severity,
            )
        )  # fmt: skip
    table = next(block for block in section(made(b, rally), 20) if isinstance(block, Table))
    assert [(row[2].text, row[2].shade) for row in table.rows] == [("4", 0), ("5", 1), ("10", 2), ("15", 3)]
    assert all(row[4].text == "\u2013" for row in table.rows)


def test_stalls_say_what_was_seen_and_declined_ones_stay_out() -> None:
    b = Southampton(state=StrikeState.CALLED_OFF)
    rally = b.rally()
    for name, state in (("Anthony Nolan", StallState.CONFIRMED), ("Not Coming", StallState.DECLINED)):
        b.add(Partner(id=PartnerId(name), name=name, charity_number="803716"))
        b.add(
            Stall(
                id=StallId(name), partner_id=PartnerId(name), rally_id=rally.id, state=state, width=300, depth=250,
                dry_and_quiet=True, volunteers_wanted=4, kits=100, target=60, stood_down_told_at=at("18:20"),
            )
        )  # fmt: skip
    b.add(SitePlan(id=SitePlanId("plan"), title="Square", rally_id=rally.id))
    b.add(Pin(id=PinId("pin"), site_plan_id=SitePlanId("plan"), number=7, stall_id=StallId("Anthony Nolan")))
    shown = words(section(made(b, rally), 11))
    for said in ("pin 7", "Dry and quiet", "4, NOT TRAINED YET", "60 sign-ups", "18:20", "100"):
        assert said in shown
    assert "Not Coming" not in shown
    assert "3\u00a0\u00d7\u00a02.5\u00a0m" in shown
    assert "NOT SEEN" in shown
    assert "Anthony Nolan: not decided" in shown


def test_notes_become_paragraphs_and_lists() -> None:
    assert tuple(prose("One\ntwo\n- a\n- b\n\nThree\n-not a list")) == (
        Words(text="One\ntwo"),
        Bullets(items=("a", "b")),
        Words(text="Three\n-not a list"),
    )
    b = Southampton()
    rally = b.rally()
    b.add(PlanNote(id=PlanNoteId("n"), rally_id=rally.id, section=Section.WASTE, text="- *Take* a <b>bag</b>"))
    assert "\u2013 *Take* a <b>bag</b>" in text(drawn(b, rally))


def test_a_list_of_who_comes_and_the_trigger_levels_are_printed_apart() -> None:
    b = Southampton()
    rally = b.rally()
    words = CrowdWords(profile="Who comes:\n- families\n- students", levels=("400: all to posts", "", "700: ring"))
    b.add(PlanNote(id=PlanNoteId("n"), rally_id=rally.id, section=Section.CROWD, text=words.text))
    (crowd,) = (section for section in made(b, rally).sections if section.number == 8)
    assert list(crowd.blocks[1:]) == [
        Words(text="Who comes:"),
        Bullets(items=("families", "students")),
        Words(text="Trigger levels:"),
        Bullets(items=("400: all to posts", "700: ring")),
    ]


# ----------------------------------------------------------------------------------------------- pictures
def test_a_site_plan_shows_its_picture_with_marks_and_legend() -> None:
    b = Southampton()
    rally = b.rally()
    plan = SitePlanId("plan")
    b.add(SitePlan(id=plan, title="The square", rally_id=rally.id, picture=png(), width=400, height=300))
    b.add(Pin(id=PinId("1"), site_plan_id=plan, number=1, kind=PinKind.STAGE, label="Big stage", x=0, y=0))
    b.add(Pin(id=PinId("2"), site_plan_id=plan, number=2, kind=PinKind.TOILETS, x=1000, y=1000))
    document = made(b, rally)
    (picture,) = (block.drawing for block in section(document, 6) if isinstance(block, Plate))
    assert picture.alt == "Site plan: The square with 2 numbered signs, listed in the legend"
    pdf = reader(drawn(b, rally))
    assert sum(len(page.images) for page in pdf.pages) == 1
    shown = text(drawn(b, rally))
    assert "Big stage, stage" in shown
    assert "Toilets and water" in shown


def test_a_sketch_on_the_grid_names_what_its_pins_mark() -> None:
    b = Southampton()
    rally = b.rally()
    plan = SitePlanId("plan")
    post = b.add(Post(id=PostId("front"), rally_id=rally.id, name="Stage front"))
    partner = b.add(Partner(id=PartnerId("p"), name="Anthony Nolan"))
    stall = b.add(Stall(id=StallId("s"), partner_id=partner.id, rally_id=rally.id))
    b.add(SitePlan(id=plan, title="The square", rally_id=rally.id))
    for number, other in enumerate(
        (
            {"kind": PinKind.EMERGENCY},
            {"kind": PinKind.STALL, "stall_id": stall.id},
            {"kind": PinKind.POST, "post_id": post.id},
        ),
        start=1,
    ):
        b.add(Pin(id=PinId(f"{9 - number}"), site_plan_id=plan, number=number, **other))  # type: ignore[arg-type]
    document = made(b, rally)
    (picture,) = (block.drawing for block in section(document, 6) if isinstance(block, Plate))
    # As on the site plan alone: an emergency route is dark, a post a square, a stall grey.
    assert [(sign.number, sign.name, sign.shape) for group in picture.groups for sign in group.signs] == [
        (1, "Emergency route", "dark square"),
        (2, "Anthony Nolan", "grey circle"),
        (3, "Stage front", "square"),
    ]
    assert (picture.width, picture.height, picture.alt.startswith("Sketch on a grid")) == (1200, 800, True)
    assert not any(isinstance(block, Missing) for block in section(document, 6))
    assert "Sketched on a grid and not to scale" in text(drawn(b, rally))


@pytest.mark.parametrize("picture", ["", "not base64 <x>", base64.b64encode(b"<svg/>").decode(), "AAAA"])
def test_a_picture_that_can_t_be_drawn_is_said_and_nothing_fails(picture: str) -> None:
    b = Southampton()
    rally = b.rally()
    b.add(SitePlan(id=SitePlanId("p"), title="The square", rally_id=rally.id, picture=picture, width=4, height=3))
    shown = text(drawn(b, rally))
    assert "The picture of this site plan " in shown
    assert svg_of(picture, 4, 3) == ""


def test_a_picture_that_is_cut_off_does_not_fail() -> None:
    b = Southampton()
    rally = b.rally()
    half = base64.b64encode(base64.b64decode(png())[:30]).decode()
    b.add(SitePlan(id=SitePlanId("p"), title="The square", rally_id=rally.id, picture=half, width=4, height=3))
    assert drawn(b, rally).startswith(b"%PDF")


# ------------------------------------------------------------------------------------ versions and copies
def test_what_has_changed_since_the_last_print_is_marked_at_its_section_and_on_the_cover() -> None:
    b = Southampton()
    rally = b.rally()
    item = b.add(ProgrammeItem(id=ProgrammeItemId("i"), rally_id=rally.id, position=1, title="Welcome", minutes=5))
    first = press.batch(
        b.plan(), carried.law(), Document.RALLY_PLAN, Audience.ORGANISER, (rally.id,), printed=PRINTED, version=7
    )
    last = LastPrint(since=7, lines={line.key: line.digest for line in first.pieces[0].lines})
    (again,) = demo_like(b, rally, before=last).pieces
    assert again.changed == ()
    assert dict(again.values.cover)["Since version 7"] == "Nothing has changed."
    b.change(item, minutes=9)
    b.change(rally, expected=400)
    batch = demo_like(b, rally, before=last)
    (piece,) = batch.pieces
    assert piece.changed == ("section-1", "section-5", "section-8", "section-9", "section-14")
    assert dict(piece.values.cover)["Since version 7"] == "Changed: sections 1, 5, 8, 9 and 14."
    shown = pages(press.pdf(batch))
    assert "Changed: sections 1, 5, 8, 9 and 14." in shown[0]
    assert text(press.pdf(batch)).count("changed since version 7") == 5


def demo_like(b: Southampton, rally: Rally, *, before: LastPrint) -> press.Batch:
    return press.batch(
        b.plan(), carried.law(), Document.RALLY_PLAN, Audience.ORGANISER, (rally.id,),
        printed=PRINTED, version=9, before={rally.id: before},
    )  # fmt: skip


def test_the_plan_and_its_running_order_count_apart_and_older_prints_are_listed_with_their_holders() -> None:
    b = Southampton()
    rally = b.rally()
    b.add(ProgrammeItem(id=ProgrammeItemId("i"), rally_id=rally.id, position=1, title="Welcome", minutes=5))
    issue, lines = programme_issues.issue(b.plan(), rally, at=at("09:00"), by="Ann")
    b.records += [issue, *lines]
    for number in range(8):
        b.add(
            PrintRun(
                id=PrintRunId(f"run{number}"), document="rally-plan", scope=rally.id, version=number // 2,
                at=datetime(2015, 11, 20 + number, 18, 5), holder=f"Holder {number}",
                audience="police and landowner" if number == 5 else "organiser",
            )
        )  # fmt: skip
    document = made(b, rally)
    cover = dict(document.cover)
    assert (cover["Plan version"], cover["This copy"]) == ("7", "Organiser copy")
    assert cover["Running order"] == "Its own version 1, issued Tue 1 Dec 2015, 09:00"
    rows = [(one.version, one.copy, one.holders) for one in document.revisions]
    assert rows[0] == ("7", "organiser", "")
    assert rows[1:4] == [
        ("3", "organiser", "Holder 7"), ("3", "organiser", "Holder 6"), ("2", "police and landowner", "Holder 5"),
    ]  # fmt: skip
    assert rows[-1] == ("", "", "and 3 earlier prints")
    assert "Held by" in pages(drawn(b, rally))[0]
    # Who holds a copy is nobody else's business.
    outside = made(b, rally, audience=Audience.POLICE)
    assert len(outside.revisions) == 1
    assert "Distribution" not in dict(outside.cover)


def test_the_copy_for_the_police_names_the_event_team_and_nobody_else() -> None:
    b = Southampton()
    rally = b.rally(expected=300, issued_by="Ottoline Duty-Officer")
    lead = b.person("Rosalind", "Tansley", phone="07700 900155", may_be_named=True)
    deputy = b.person("Nobody", "Askedyet", phone="07700 900188")
    b.add(TeamMember(id=TeamMemberId("d"), rally_id=rally.id, role=TeamRole.DEPUTY, person_id=deputy.id, may_stop=True))
    steward = b.person("Zebedee", "Quillfeather", phone="07700 900166")
    b.add(
        TeamMember(id=TeamMemberId("t"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, person_id=lead.id, may_stop=True)
    )
    post = b.add(Post(id=PostId("p"), rally_id=rally.id, name="Kerb"))
    shift = b.add(Shift(id=ShiftId("s"), post_id=post.id, starts=at("11:00"), ends=at("14:00")))
    b.need(shift, Role.STEWARD, 2, 2, 2)
    b.put(steward, shift, Role.STEWARD)
    speaker = Speaker(
        id=SpeakerId("sp"), rally_id=rally.id, name="Dr Hyacinth Penhallow", organisation="Royal College",
        contact="07700 900177", access_needs="A chair with arms",
    )  # fmt: skip
    b.add(speaker)
    b.add(
        ProgrammeItem(
            id=ProgrammeItemId("i"), rally_id=rally.id, position=1, title="Hyacinth speaks", minutes=5,
            speaker_id=speaker.id, cue="zebedee  quillfeather waves, or ring 07700 900166",
        )
    )  # fmt: skip
    b.add(
        Contact(
            id=ContactId("c"), rally_id=rally.id, kind=ContactKind.SUPPLIER, name="Barnaby Loudhailer",
            organisation="Silent Sound", phone="01632 960214", email="b@sound.example", note="Owes Zebedee a favour",
        )
    )  # fmt: skip
    b.add(Contact(id=ContactId("d"), rally_id=rally.id, kind=ContactKind.COUNCIL, name="Events team"))
    b.add(
        PlanNote(
            id=PlanNoteId("n"), rally_id=rally.id, section=Section.EMERGENCY,
            text="- Ask Zebedee Quillfeather (07700 900166) or Barnaby Loudhailer.\n- The events team helps.",
        )
    )  # fmt: skip
    private = ("Quillfeather", "900155", "900166", "900177", "960214", "Penhallow", "Loudhailer", "@sound")
    private += ("with arms", "Askedyet", "900188")
    whole, outside = text(drawn(b, rally)), text(drawn(b, rally, audience=Audience.POLICE))
    for words in private:
        assert words in whole, words
        assert words.casefold() not in outside.casefold(), words
    for words in (
        "Rosalind Tansley, event lead, through the duty phone",
        "Deputy Name on the organiser\u2019s copy",
        "Who may stop the event: Rosalind Tansley and the deputy.",
        "Silent Sound",
        "Royal College",
        "1 person",
        "Ask (name on the organiser\u2019s copy)",
        "The events team helps.",
        "police and landowner copy",
    ):
        assert words in outside, words


def test_it_is_drawn_on_small_paper_in_large_print_and_without_colour_and_loses_nothing() -> None:
    pdf = press.pdf(demo_batch(look=Look(paper=Paper.A5, colour=False, large=True)))
    found = reader(pdf)
    box = found.pages[0].mediabox
    assert (round(float(box.width)), round(float(box.height))) == (420, 595)
    assert len(found.pages) > len(reader(demo_pdf()).pages)
    usual, shown = squeezed(text(demo_pdf())), squeezed(text(pdf))
    for words in ("Rosalind Tansley", "Photograph of everybody", "Rendezvous point", "07700 900155", "litter"):
        assert squeezed(words) in usual
        assert squeezed(words) in shown


def test_what_leads_to_a_list_or_a_table_stays_with_it() -> None:
    for page in pages(demo_pdf()):
        if "Trigger levels:" in page:
            assert "400: all road-edge stewards" in page
        if "Draft, never issued." in page and "Welcome and safety words" not in page:
            assert "Running order Draft, never issued" not in page
        if "Welcome and safety words" in page:
            assert "A shift in the emergency department" in page


# ----------------------------------------------------------------------------------------------- any text
@settings(max_examples=8, deadline=None)
@given(st.text(min_size=1, max_size=40).filter(str.strip))
def test_any_text_can_be_printed(words: str) -> None:
    b = Southampton()
    rally = b.rally(title=words, purpose=words, expected=200, steward_dress=words, issued_by=words)
    b.change(b.venue, name=words, address=words, emergency_access=words)
    b.add(TeamMember(id=TeamMemberId("t"), rally_id=rally.id, role=TeamRole.EVENT_LEAD, name=words, phone=words))
    b.add(Contact(id=ContactId("c"), kind=ContactKind.PRESS, name=words, phone=words, note=words))
    b.add(Speaker(id=SpeakerId("s"), rally_id=rally.id, name=words, organisation=words, contact=words))
    b.add(ProgrammeItem(id=ProgrammeItemId("i"), rally_id=rally.id, position=1, title=words, minutes=5, cue=words))
    b.add(Risk(id=RiskId("r"), rally_id=rally.id, hazard=words, control=words, owner=words))
    for section in Section:
        b.add(PlanNote(id=PlanNoteId(section), rally_id=rally.id, section=section, text=f"{words}\n- {words}"))
    assert drawn(b, rally).startswith(b"%PDF")
