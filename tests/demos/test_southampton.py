"""The facts of the Southampton demo, one by one."""

from datetime import date, datetime
from itertools import groupby, pairwise

import pytest

from rallyapp import carried
from rallyapp.demos import DEMOS
from rallyapp.domain import law
from rallyapp.domain.disputes import Dispute, Notice, NoticeDay, StrikeDay, StrikeDayMove, StrikeKind, StrikeState
from rallyapp.domain.eligibility import Book
from rallyapp.domain.people import Availability, Cover, CoverKind, Level, Person, PersonSkill, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, LandStatus, Pin, Site, SitePlan, Venue
from rallyapp.domain.plan import Plan, short_names
from rallyapp.domain.rallies import (
    Permission,
    PermissionKind,
    PermissionState,
    PlanNote,
    Post,
    ProgrammeItem,
    Rally,
    RallyDay,
    RallyKind,
    Risk,
    RouteStep,
    Section,
    Speaker,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.running_order import overrun, running_order
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState
from rallyapp.domain.times import Span

FIRST = date(2015, 12, 1)


@pytest.fixture(scope="module")
def plan():
    return Plan(DEMOS["southampton-2015"].records())


@pytest.fixture(scope="module")
def rally(plan):
    (rally,) = plan.all(Rally)
    return rally


def _one(plan, kind, /, **fields):
    (found,) = (
        record for record in plan.all(kind) if all(getattr(record, key) == value for key, value in fields.items())
    )
    return found


def _at(clock, day=FIRST):
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time())


# ------------------------------------------------------------------------------------- dispute and days
def test_one_dispute_of_the_british_medical_association(plan):
    (dispute,) = plan.all(Dispute)
    assert (dispute.union, dispute.branch) == ("British Medical Association", "Wessex junior doctors (demo)")
    assert dispute.title == "Junior doctors’ contract, 2015"
    assert dispute.jurisdiction is law.Jurisdiction.ENGLAND
    assert dispute.duty_phone
    assert dispute.data_contact
    assert "from memory" in dispute.note


def test_the_three_strike_days_have_their_hours_and_kinds(plan):
    assert [(day.kind, day.window) for day in plan.all(StrikeDay)] == [
        (StrikeKind.EMERGENCY_CARE_ONLY, Span(datetime(2015, 12, 1, 8), datetime(2015, 12, 2, 8))),
        (StrikeKind.FULL_WALKOUT, Span(datetime(2015, 12, 8, 8), datetime(2015, 12, 8, 17))),
        (StrikeKind.FULL_WALKOUT, Span(datetime(2015, 12, 16, 8), datetime(2015, 12, 16, 17))),
    ]
    assert {day.called_out for day in plan.all(StrikeDay)} == {"junior doctors"}


def test_the_strike_days_agree_with_the_list_that_the_program_carries(plan):
    carried_days = {
        (window.date_start, window.time_start, window.date_end, window.time_end)
        for window in carried.strike_windows()
        if window.date_start.startswith("2015-12")
    }
    assert carried_days == {
        (
            day.first_date.isoformat(),
            f"{day.start_time:%H:%M}",
            day.last_date.isoformat(),
            f"{day.end_time:%H:%M}",
        )
        for day in plan.all(StrikeDay)
    }


def test_each_day_was_planned_then_notified_before_the_eve(plan):
    for day in plan.all(StrikeDay):
        assert day.state is StrikeState.NOTIFIED
        moves = sorted(plan.of(StrikeDayMove, "strike_day_id", day.id), key=lambda move: move.at)
        assert [(move.from_state, move.to_state) for move in moves] == [
            (None, StrikeState.PLANNED),
            (StrikeState.PLANNED, StrikeState.NOTIFIED),
        ]
        assert moves[-1].at < datetime(2015, 11, 30)


def test_the_notice_covers_every_day_and_came_in_time(plan):
    (notice,) = plan.all(Notice)
    assert {link.strike_day_id for link in plan.all(NoticeDay)} == {day.id for day in plan.all(StrikeDay)}
    deadline = law.notice_deadline(carried.law(), law.Jurisdiction.ENGLAND, FIRST, given_on=notice.given_on)
    assert deadline.latest == date(2015, 11, 24)
    assert notice.given_on <= notice.received_on <= deadline.latest
    assert "invented" in notice.note


def test_the_mandate_allows_the_first_day(plan):
    (dispute,) = plan.all(Dispute)
    mandate = law.mandate(
        carried.law(),
        dispute.jurisdiction,
        ballot_opened=dispute.ballot_opened,
        ballot_closed=dispute.ballot_closed,
    )
    assert mandate.begin_by >= FIRST
    assert mandate.last_day is None


# --------------------------------------------------------------------------------- hospitals and pickets
def test_the_hospitals_are_those_of_the_nhs_list(plan):
    (trust,) = plan.all(Employer)
    assert (trust.name, trust.code) == ("University Hospital Southampton NHS Foundation Trust", "RHM")
    known = {hospital.code: hospital for hospital in carried.hospitals()}
    for site in plan.all(Site):
        hospital = known[site.code]
        assert (site.name, site.postcode, trust.code) == (hospital.name, hospital.postcode, hospital.trust_code)
        assert abs(site.lat - hospital.lat * 1e6) < 10
        assert abs(site.lon - hospital.lon * 1e6) < 10


def test_southampton_general_is_rhm01(plan):
    general = _one(plan, Site, code="RHM01")
    assert (general.name, general.postcode) == ("Southampton General Hospital", "SO16 6YD")


def test_the_general_has_a_main_entrance_another_and_one_that_is_kept_clear(plan):
    general = _one(plan, Site, code="RHM01")
    main, other, emergency = sorted(plan.of(Entrance, "site_id", general.id), key=lambda one: one.position)
    assert (main.name, main.land_status, main.keep_clear) == ("Main entrance", LandStatus.HIGHWAY, False)
    assert not other.keep_clear
    assert emergency.keep_clear
    assert not plan.of(Picket, "entrance_id", emergency.id)


def test_the_main_entrance_is_picketed_from_eight_to_eleven_on_all_three_days(plan):
    general = _one(plan, Site, code="RHM01")
    main = _one(plan, Entrance, site_id=general.id, name="Main entrance")
    pickets = plan.of(Picket, "entrance_id", main.id)
    assert {picket.starts.date() for picket in pickets} == {FIRST, date(2015, 12, 8), date(2015, 12, 16)}
    assert {picket.words for picket in pickets} == {"08:00–11:00"}
    assert {picket.supporters for picket in pickets} == {40}


def test_princess_anne_is_picketed_on_the_walkout_days_only(plan):
    anne = _one(plan, Site, name="Princess Anne Hospital")
    (entrance,) = plan.of(Entrance, "site_id", anne.id)
    days = {plan.get(StrikeDay, picket.strike_day_id).kind for picket in plan.of(Picket, "entrance_id", entrance.id)}
    assert days == {StrikeKind.FULL_WALKOUT}


def test_every_picket_lies_in_its_strike_day_and_is_cut_into_hours(plan):
    for picket in plan.all(Picket):
        span = Span(picket.starts, picket.ends)
        assert plan.get(StrikeDay, picket.strike_day_id).window.contains(span)
        shifts = plan.of(Shift, "picket_id", picket.id)
        assert [shift.span.minutes for shift in shifts] == [60, 60, 60]
        assert len({shift.batch for shift in shifts}) == 1
        assert shifts[0].batch


def test_a_picket_shift_asks_for_a_supervisor_pickets_and_a_standby(plan):
    for shift in plan.all(Shift):
        if shift.picket_id:
            assert {
                need.role: (need.least, need.wished, need.most) for need in plan.of(Need, "shift_id", shift.id)
            } == {Role.SUPERVISOR: (1, 1, 1), Role.PICKET: (3, 4, 5), Role.STANDBY: (0, 1, 2)}


def test_only_three_supervisors_are_on_the_rota_pinned_and_confirmed(plan):
    assert len(plan.all(Assignment)) == 3
    for assignment in plan.all(Assignment):
        assert assignment.pinned
        assert (assignment.role, assignment.state) == (Role.SUPERVISOR, AssignmentState.CONFIRMED)


# ------------------------------------------------------------------------------------------- the rally
def test_the_rally_is_outside_the_guildhall_from_half_past_eleven(plan, rally):
    assert (rally.title, rally.kind) == ("Regional rally", RallyKind.STATIC)
    assert (rally.starts, rally.ends) == (_at("11:30"), _at("13:30"))
    assert rally.expected == 500
    venue = plan.get(Venue, rally.venue_id)
    assert (venue.name, venue.postcode) == ("Southampton Guildhall", "SO14")
    assert (venue.lat, venue.lon) == (50_908_100, -1_405_800)
    assert "from memory" in venue.note


def test_the_rally_s_times_are_in_order(rally):
    assert [f"{when:%H:%M}" for _, when in rally.times()] == [
        "10:00",
        "10:45",
        "11:00",
        "11:15",
        "11:30",
        "13:30",
        "14:00",
        "14:30",
    ]


def test_the_rally_belongs_to_the_first_day_and_is_only_a_draft(plan, rally):
    (link,) = plan.of(RallyDay, "rally_id", rally.id)
    assert plan.get(StrikeDay, link.strike_day_id).first_date == FIRST
    assert rally.issued_on is None


def test_the_loudspeaker_is_used_in_permitted_hours(rally):
    assert rally.loudspeaker
    assert not law.loudspeaker_banned(carried.law(), law.Jurisdiction.ENGLAND, rally.set_up, rally.dispersed)


def test_the_running_order_fits_and_no_fixed_line_is_late(plan, rally):
    lines = running_order(plan.of(ProgrammeItem, "rally_id", rally.id), rally.starts)
    assert len(lines) >= 10
    assert lines[-1].ends == _at("13:30")
    assert overrun(lines, rally.ends) <= 0
    assert all(line.slack >= 0 for line in lines)


def test_every_speaker_has_a_line_and_arrives_before_it(plan, rally):
    lines = running_order(plan.of(ProgrammeItem, "rally_id", rally.id), rally.starts)
    on = {line.item.speaker_id: line.starts for line in lines if line.item.speaker_id}
    assert set(on) == {speaker.id for speaker in plan.all(Speaker)}
    assert all(speaker.arrives < on[speaker.id] for speaker in plan.all(Speaker))
    assert "speakers" in rally.note
    assert "invented" in rally.note


def test_the_team_has_every_role_and_somebody_may_stop_it(plan):
    team = plan.all(TeamMember)
    assert {member.role for member in team} == set(TeamRole)
    assert any(member.may_stop for member in team)
    chief = _one(plan, TeamMember, role=TeamRole.CHIEF_STEWARD)
    assert Skill.CHIEF_STEWARD in Book(plan).skills_of(chief.person_id)


def test_there_are_stewards_enough_and_two_first_aiders(plan, rally):
    needs = [
        need
        for post in plan.of(Post, "rally_id", rally.id)
        for shift in plan.of(Shift, "post_id", post.id)
        for need in plan.of(Need, "shift_id", shift.id)
    ]
    stewards = sum(need.least for need in needs if need.role is Role.STEWARD)
    suggested = law.stewards_suggested(carried.law(), rally.expected, "static", one_per=rally.steward_ratio)
    assert stewards >= suggested.number == 5
    assert sum(need.least for need in needs if need.role is Role.FIRST_AIDER) == 2
    assert sum(need.least for need in needs if need.role is Role.CHIEF_STEWARD) == 1
    for post in plan.of(Post, "rally_id", rally.id):
        (shift,) = plan.of(Shift, "post_id", post.id)
        assert shift.starts in (_at("10:45"), _at("11:00"))
        assert shift.ends == _at("13:45")


def test_the_permissions_say_honestly_how_far_they_are(plan):
    states = {permission.kind: permission.state for permission in plan.all(Permission)}
    assert states[PermissionKind.LANDOWNER] is PermissionState.LATE
    assert states[PermissionKind.COUNCIL] is PermissionState.APPLIED
    assert states[PermissionKind.POLICE_VOLUNTARY] is PermissionState.SENT
    assert PermissionState.REFUSED not in states.values()
    insurance = _one(plan, Permission, kind=PermissionKind.INSURANCE)
    assert insurance.state is PermissionState.GRANTED
    assert insurance.expires_on > FIRST


def test_the_plan_has_words_for_every_section_risks_and_no_route(plan):
    assert {note.section for note in plan.all(PlanNote)} == set(Section)
    assert 8 <= len(plan.all(Risk)) <= 10
    for risk in plan.all(Risk):
        assert risk.control
        assert risk.left_likelihood * risk.left_severity < risk.likelihood * risk.severity
    assert not plan.all(RouteStep)


def test_the_site_plan_has_pins_but_no_picture(plan):
    (site_plan,) = plan.all(SitePlan)
    assert not site_plan.picture
    assert [pin.number for pin in plan.all(Pin)] == list(range(1, len(plan.all(Pin)) + 1))


def test_anthony_nolan_has_a_confirmed_stall_at_the_rally(plan, rally):
    (partner,) = plan.all(Partner)
    (stall,) = plan.all(Stall)
    assert (partner.name, partner.charity_number) == ("Anthony Nolan", "803716")
    assert "16 to 30" in partner.eligibility
    assert "saliva" in partner.eligibility
    assert (stall.partner_id, stall.rally_id) == (partner.id, rally.id)
    assert (stall.state, stall.if_off) == (StallState.CONFIRMED, IfOff.UNDECIDED)
    assert (stall.tables, stall.chairs, stall.volunteers_wanted, stall.kits, stall.target) == (2, 4, 4, 100, 60)
    assert stall.insurance_seen
    assert stall.pitch
    assert "invented" in stall.note


def test_the_stall_is_staffed_over_the_whole_rally(plan, rally):
    (stall,) = plan.all(Stall)
    shifts = plan.of(Shift, "stall_id", stall.id)
    assert shifts[0].starts == rally.stalls_ready
    assert shifts[-1].ends == rally.ends
    assert all(first.ends == second.starts for first, second in pairwise(shifts))
    assert {need.role for shift in shifts for need in plan.of(Need, "shift_id", shift.id)} == {Role.STALL}


# -------------------------------------------------------------------------------------------- the people
def test_sixty_volunteers_of_every_standing_and_the_partner_s_own(plan):
    standings = [person.standing for person in plan.all(Person)]
    assert standings.count(Standing.MEMBER) == 55
    assert standings.count(Standing.OFFICIAL) == 2
    assert standings.count(Standing.SUPPORTER) == 3
    assert standings.count(Standing.PARTNER) == 3
    (nolan,) = plan.all(Partner)
    assert {(each.standing, each.partner_id) for each in plan.all(Person) if each.partner_id} == {
        (Standing.PARTNER, nolan.id)
    }
    assert not [each for each in plan.all(Person) if each.standing is Standing.PARTNER and not each.partner_id]


def test_most_members_work_at_the_general(plan):
    general = _one(plan, Site, code="RHM01")
    members = [person for person in plan.all(Person) if person.standing is Standing.MEMBER]
    assert len([person for person in members if person.workplace_id == general.id]) > len(members) * 2 / 3
    assert len({person.workplace_id for person in members}) == 3


def test_names_of_many_scripts_and_lengths_are_there(plan):
    names = [person.name for person in plan.all(Person)]
    for letters in ("ŵ", "ŷ", "áéíóú", "łżćśń", "ğışçİ", "șțăȚ", "ươđứ", "ãçê", "ř", "ọṣ"):
        assert any(letter in name for name in names for letter in letters), letters
    assert len([name for name in names if any("\u0600" <= letter <= "\u06ff" for letter in name)]) == 3
    assert max(map(len, names)) > 45
    assert [person.given_name for person in plan.all(Person) if not person.family_name] == ["Wulandari"]


def test_two_share_first_name_and_initial_and_are_told_apart(plan):
    people = plan.all(Person)
    alike = [
        [person.name for person in group]
        for _, group in groupby(sorted(people, key=lambda one: one.short_name), key=lambda one: one.short_name)
    ]
    assert [sorted(group) for group in alike if len(group) > 1] == [["Aoife Brennan", "Aoife Byrne"]]
    names = short_names(people)
    assert len(set(names.values())) == len(people)


def test_there_are_supervisors_enough(plan):
    held = [one.skill for one in plan.all(PersonSkill)]
    assert held.count(Skill.SUPERVISOR) >= 8
    assert set(held) == set(Skill)


def test_duties_keep_about_fifteen_on_the_first_day(plan):
    window = Span(datetime(2015, 12, 1, 8), datetime(2015, 12, 2, 8))
    covers = plan.all(Cover)
    kept = [one for one in covers if one.kind is CoverKind.EMERGENCY_COVER and one.span.overlaps(window)]
    assert 12 <= len(kept) <= 16
    on_call = [one for one in covers if one.kind is CoverKind.ON_CALL]
    assert {(one.starts, one.ends) for one in on_call} == {(datetime(2015, 11, 30, 20), datetime(2015, 12, 1, 8))}
    (finishing,) = (one for one in covers if one.kind is CoverKind.FINISHING)
    assert finishing.ends == datetime(2015, 12, 8, 9, 30)


def test_nobody_offered_a_time_at_which_work_keeps_them(plan):
    for cover in plan.all(Cover):
        if cover.kind is CoverKind.EMERGENCY_COVER:
            offers = plan.of(Availability, "person_id", cover.person_id)
            assert not [one for one in offers if one.level is not Level.NOT and one.span.overlaps(cover.span)], (
                plan.name_of(cover.person_id)
            )


def test_offers_are_of_every_level_and_limits_are_set_for_many(plan):
    assert {offer.level for offer in plan.all(Availability)} == set(Level)
    limits = [person.max_minutes_day for person in plan.all(Person) if person.max_minutes_day]
    assert len(limits) > 30
    assert 180 in limits
    assert 360 in limits


def test_stewards_and_nearly_everybody_are_marked_as_adults(plan):
    young = [person for person in plan.all(Person) if not person.adult]
    assert 1 <= len(young) <= 3
