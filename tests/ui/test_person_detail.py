"""One person, as the pane shows them: every field written at once, all that is known said, other windows followed."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QLabel

from rallyapp.domain.people import (
    Availability,
    Channel,
    Cover,
    CoverKind,
    Level,
    Liking,
    Pair,
    PersonSkill,
    Preference,
    Skill,
    Standing,
    Workplace,
)
from rallyapp.domain.people import Person as Volunteer
from rallyapp.domain.pickets import Assignment, AssignmentState, Attendance, Role
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import TeamMember, TeamRole
from rallyapp.domain.records import KINDS
from rallyapp.domain.stalls import Partner
from rallyapp.domain.tells import ContactAttempt, Outcome, StandDown, StandDownKind
from rallyapp.store import Store, tables
from rallyapp.store.person_queries import held_about
from rallyapp.ui import theme
from rallyapp.ui.page import Page, PageName
from rallyapp.ui.pages.people.detail import PersonDetail
from rallyapp.ui.pages.people.detail_known import NEVER, known_lines
from rallyapp.ui.pages.people.detail_work import stretch_words
from rallyapp.ui.theme import Appearance
from tests.domain.building import at, between, can, duty, offer, on, person, shift, site, small_plan
from tests.ui.test_look import unnamed

AMIRA = "amira haddad"
LEFT = Qt.MouseButton.LeftButton
Enter = Qt.Key.Key_Return


class Host(Page):
    """A page with nothing but the detail in its pane, as the table of people shows it."""

    reads = PersonDetail.reads

    def __init__(self, desk):
        super().__init__(desk)
        self.inspector = self.detail = PersonDetail(desk)

    def reload(self):
        self.detail.reload()


class Reader:
    """Somebody who looks at Amira and changes what is held about her."""

    def __init__(self, window, qtbot, detail):
        self.window, self.qtbot, self.detail = window, qtbot, detail
        self.store = detail.desk.store

    @property
    def amira(self):
        return self.store.get(Volunteer, AMIRA)

    def all(self, kind):
        return sorted(self.store.where(kind, person_id=AMIRA), key=lambda record: record.id)

    def writes(self, field, text):
        """Type into a field, and leave it with Enter."""
        field.entry.setFocus()
        field.entry.selectAll()
        self.qtbot.keyClick(field.entry, Qt.Key.Key_Delete)
        self.qtbot.keyClicks(field.entry, text)
        self.qtbot.keyClick(field.entry, Enter)

    def picks(self, field, text):
        """Choose from a list."""
        at = field.box.findText(text)
        assert at >= 0, [field.box.itemText(n) for n in range(field.box.count())]
        field.box.setCurrentIndex(at)
        field.box.activated.emit(at)

    @property
    def did(self):
        return self.store.history(limit=1)[0].label

    def undoes(self):
        self.detail.desk.undo()


def plan_of(*more):
    return [each for kind in KINDS for each in small_plan(*more).all(kind)]


@pytest.fixture
def records():
    """Amira, who offered Tuesday morning and is on a shift, and two colleagues."""
    amira = person("Amira Haddad", phone="07700 900123", email="amira@example.org", max_minutes_day=300)
    return plan_of(
        amira,
        person("Bob Brown"),
        person("Bobby Baker", workplace_id=None),
        site("princess", "Princess Anne Hospital"),
        site("royal", "Royal South Hants"),
        shift("late", "13:00-15:00"),
        offer(AMIRA, "08:00-12:15"),
        can(AMIRA, Skill.FIRST_AID),
        on(AMIRA),
        on(AMIRA, "late", Role.PICKET, state=AssignmentState.ASKED),
    )


@pytest.fixture
def path(records, tmp_path):
    file = tmp_path / "small.rally"
    Store.create(file, records, label="Small").close()
    return file


@pytest.fixture
def reader(window, person, path, qtbot):
    """The detail in the pane of an open plan, with Amira in it."""
    person.opens(path)
    frame = window.frame
    host = Host(frame.desk)
    frame._pages[PageName.PEOPLE] = host
    frame.stack.addWidget(host)
    frame._add_inspector(host.inspector)
    frame.go(PageName.PEOPLE)
    host.detail.show_person(AMIRA)
    qtbot.waitUntil(lambda: host.detail.whole)
    return Reader(window, qtbot, host.detail)


# -------------------------------------------------------------------------------------------- the fields
def test_a_telephone_number_is_written_at_once_under_her_name_and_undone(reader):
    phone = reader.detail.reach.phone
    reader.writes(phone, "07700 900999")
    assert reader.amira.phone == "07700 900999"
    assert reader.did == "Change telephone number of Amira Haddad"
    reader.undoes()
    assert phone.value == "07700 900123"
    reader.qtbot.mouseClick(reader.detail.reach.copy_phone, LEFT)
    assert QGuiApplication.clipboard().text() == "07700 900123"


def test_a_partner_s_own_belongs_to_a_charity_until_they_are_something_else(reader):
    detail = reader.detail
    detail.edit_name()
    assert detail.about.partner.isHidden()
    reader.picks(detail.about.standing, "Partner's own")
    assert not detail.about.partner.isHidden()
    reader.picks(detail.about.partner, "Anthony Nolan")
    assert (reader.amira.standing, reader.amira.partner_id) == (Standing.PARTNER, "nolan")
    assert reader.did == "Make Amira Haddad Anthony Nolan\u2019s own"
    assert "Anthony Nolan\u2019s own" in detail.head.line.accessibleName()
    assert "to which charity they belong" in next(known_lines(held_about(reader.store, AMIRA)))
    with reader.store.edit("Rename") as edit:
        edit.save(replace(reader.store.get(Partner, "nolan"), name="Nolan Trust"))
    assert "Nolan Trust" in detail.head.line.accessibleName(), "another window renamed the charity"
    reader.picks(detail.about.partner, "Any: not said")
    assert reader.amira.partner_id is None
    reader.undoes()
    reader.picks(detail.about.standing, "Member")
    assert (reader.amira.standing, reader.amira.partner_id) == (Standing.MEMBER, None)
    assert detail.about.partner.isHidden()
    reader.undoes()
    assert (reader.amira.standing, reader.amira.partner_id) == (Standing.PARTNER, "nolan")


def test_name_standing_and_workplaces_open_with_the_pencil(reader):
    detail = reader.detail
    assert detail.about.isHidden()
    detail.edit_name()
    reader.writes(detail.about.given, "Samira")
    assert detail.head.name.accessibleName() == "Samira Haddad"
    reader.writes(detail.about.given, "")
    assert detail.about.given.wrong.text() == "A person needs a name."
    assert reader.amira.given_name == "Samira"
    reader.writes(detail.about.family, "Haddad-Llewellyn")
    reader.picks(detail.about.standing, "Supporter")
    reader.picks(detail.about.workplace, "Royal South Hants")
    reader.picks(detail.about.another, "Princess Anne Hospital")
    amira = reader.amira
    assert (amira.name, amira.standing, amira.workplace_id) == ("Samira Haddad-Llewellyn", Standing.SUPPORTER, "royal")
    (further,) = reader.all(Workplace)
    assert further.site_id == "princess"
    reader.qtbot.keyClick(detail.about.further.by_id[further.id].remove, Qt.Key.Key_Space)
    assert not reader.all(Workplace)
    detail.about.left.box.click()
    assert reader.amira.left
    assert reader.did == "Mark Samira Haddad-Llewellyn as having left"
    assert "Has left" in detail.head.line.accessibleName()


def test_skills_are_chips_that_are_on_or_off(reader):
    chips = reader.detail.can.skills
    assert [skill for skill, chip in chips.items() if chip.isChecked()] == [Skill.FIRST_AID]
    reader.qtbot.keyClick(chips[Skill.SUPERVISOR], Qt.Key.Key_Space)
    assert {each.skill for each in reader.all(PersonSkill)} == {Skill.FIRST_AID, Skill.SUPERVISOR}
    reader.qtbot.mouseClick(chips[Skill.FIRST_AID], LEFT)
    assert {each.skill for each in reader.all(PersonSkill)} == {Skill.SUPERVISOR}
    reader.undoes()
    assert chips[Skill.FIRST_AID].isChecked()


def test_ticks_say_what_they_change(reader):
    can_do, limits = reader.detail.can, reader.detail.limits
    for field, words in (
        (can_do.adult, "Mark Amira Haddad as not known to be 18 or over"),
        (can_do.access, "Note an access need of Amira Haddad"),
        (can_do.named, "Note that Amira Haddad may be named"),
        (limits.reserve, "Keep Amira Haddad as a reserve"),
    ):
        field.box.click()
        assert reader.did == words
    amira = reader.amira
    assert (amira.adult, amira.access_need, amira.may_be_named, amira.reserve) == (False, True, True, True)
    assert "no health detail" in " ".join(label.text() for label in can_do.findChildren(QLabel))
    reader.picks(reader.detail.reach.channel, "Phone")
    assert reader.amira.channel is Channel.PHONE


def test_limits_are_typed_in_hours_and_kept_in_minutes(reader):
    day, total = reader.detail.limits.day, reader.detail.limits.total
    assert day.value == "5 h"
    reader.writes(day, "7.5")
    assert reader.amira.max_minutes_day == 450
    assert day.text == "7 h 30 min"
    assert reader.did == "Limit Amira Haddad to 7 h 30 min a day"
    reader.writes(total, "lots")
    assert "is not a number of hours" in total.wrong.text()
    reader.writes(total, "12")
    reader.writes(day, "")
    assert (reader.amira.max_minutes_day, reader.amira.max_minutes_total) == (None, 720)
    reader.undoes()
    assert day.text == "7 h 30 min"


def test_tab_goes_from_the_top_to_the_bottom_through_a_row_that_was_added(reader):
    work, can_do = reader.detail.work, reader.detail.can
    reader.writes(work.new_times, "Wed 9-11")
    (row,) = work.rows.by_id.values()
    reader.detail.shifts.rows.by_id[f"{AMIRA} on late"].setFocus()
    wanted = [row.kind.entry, row.remove, row.times.entry, row.by.entry, work.new_kind.entry, work.new_times.entry]
    for widget in (*wanted, can_do.skills[Skill.SUPERVISOR]):
        reader.window.focusNextChild()
        assert reader.window.focusWidget() is widget


# ------------------------------------------------------------------------------------------------ the grid
def offers(reader):
    return [(each.span, each.level) for each in sorted(reader.all(Availability), key=lambda each: each.starts)]


def test_one_stroke_is_one_edit_and_one_undo(reader):
    grid = reader.detail.free.grid
    before = offers(reader)
    canvas = grid.canvas
    canvas.setFocus()
    reader.qtbot.keyClicks(canvas, "3")  # 08:00 to 08:30, where the keys are
    assert offers(reader) == [(between("08:00-08:30"), Level.NOT), (between("08:30-12:15"), Level.FREE)]
    assert reader.did == "Mark Amira Haddad not free Tue 1 Dec 2015 08:00\u201308:30"
    reader.undoes()
    assert offers(reader) == before
    view = canvas.viewport()
    cells = [canvas.visualRect(grid.model.index(row, column)).center() for row, column in ((18, 0), (21, 1))]
    reader.qtbot.mousePress(view, LEFT, pos=cells[0])
    reader.qtbot.mouseMove(view, cells[1])
    reader.qtbot.mouseRelease(view, LEFT, pos=cells[1])
    assert len(offers(reader)) == 3
    reader.undoes()
    assert offers(reader) == before


def test_a_typed_offer_is_painted(reader):
    line = reader.detail.free.grid.line
    reader.qtbot.keyClicks(line, "Wed 8-11, if need be 14-16")
    reader.qtbot.keyClick(line, Enter)
    assert offers(reader)[1:] == [
        (between("08:00-11:00", 2), Level.FREE),
        (between("14:00-16:00", 2), Level.IF_NEED_BE),
    ]


def test_painting_keeps_what_another_window_painted_meanwhile(reader, path):
    with Store.open(path) as other, other.edit("Paint elsewhere") as edit:
        edit.save(offer(AMIRA, "18:00-20:00"))
    canvas = reader.detail.free.grid.canvas
    reader.qtbot.keyClicks(canvas, "2")  # before the window has heard of it
    assert [span for span, _ in offers(reader)] == [
        between("08:00-08:30"),
        between("08:30-12:15"),
        between("18:00-20:00"),
    ]


# -------------------------------------------------------------------------------------------------- work
def test_emergency_cover_is_typed_shown_on_the_grid_and_can_not_be_painted_over(reader):
    work, grid = reader.detail.work, reader.detail.free.grid
    reader.writes(work.new_times, "Tue 9-11")
    (cover,) = reader.all(Cover)
    assert (cover.kind, cover.span) == (CoverKind.EMERGENCY_COVER, between("09:00-11:00"))
    assert reader.did == "Add emergency cover for Amira Haddad, Tue 1 Dec 09:00\u201311:00"
    assert [duty.span for duty in grid.model.week.duties] == [cover.span]
    assert "emergency cover" in grid.canvas.accessibleDescription()
    assert work.new_times.text == ""
    grid.canvas.put(Level.NOT, (0, 33), (0, 0))
    assert offers(reader) == [
        (between("05:00-09:00"), Level.NOT),
        (between("09:00-11:00"), Level.FREE),
        (between("11:00-22:00"), Level.NOT),
    ]


def test_a_duty_is_moved_changed_verified_and_taken_away_by_the_keyboard(reader):
    reader.detail.desk.save("Duty", [duty(AMIRA, "20:00-08:00")])
    (cover,) = reader.all(Cover)
    row = reader.detail.work.rows.by_id[cover.id]
    assert row.times.text == stretch_words(cover.span) == "Tue 1 Dec 20:00 \u2013 Wed 2 Dec 08:00"
    reader.writes(row.times, "1/12 21-7")
    assert reader.all(Cover)[0].span == between("21:00-07:00")
    reader.writes(row.times, "soon")
    assert "can't be read" in row.times.wrong.text()
    reader.writes(row.times, "Tue 1/12 21:00 to Wed 2/12 07:00")
    assert row.times.wrong.isHidden()
    reader.picks(row.kind, "On call")
    reader.writes(row.by, "Duty office")
    (cover,) = reader.all(Cover)
    assert (cover.kind, cover.verified_by) == (CoverKind.ON_CALL, "Duty office")
    assert cover.verified_at == datetime(2015, 11, 20, 12, 0)
    row.remove.setFocus()
    reader.qtbot.keyClick(row.remove, Qt.Key.Key_Space)
    assert not reader.all(Cover)
    assert reader.did == "Take away on call of Amira Haddad"
    reader.undoes()
    assert list(reader.detail.work.rows.by_id) == [cover.id]


def test_a_recall_asks_who_verified_it(reader):
    work = reader.detail.work
    reader.picks(work.new_kind, "Recalled")
    reader.writes(work.new_times, "Wed 9-11")
    assert "who verified the recall" in work.new_by.wrong.text()
    assert not reader.all(Cover)
    reader.writes(work.new_by, "Site manager")
    assert reader.all(Cover)[0].verified_by == "Site manager"


def test_a_change_that_is_refused_is_said_and_shown_as_it_was(reader, path):
    reader.detail.desk.save("Duty", [duty(AMIRA, "20:00-08:00")])
    (cover,) = reader.all(Cover)
    row = reader.detail.work.rows.by_id[cover.id]
    reader.picks(row.kind, "Recalled")  # nobody verified it
    assert "verified the recall is missing" in reader.window.messages.sentence
    assert row.kind.value is CoverKind.EMERGENCY_COVER
    assert reader.all(Cover) == [cover]


# ------------------------------------------------------------------------------------ places and people
def test_a_site_is_liked_and_then_never_wanted(reader):
    places = reader.detail.places
    reader.picks(places.another, "Royal South Hants")
    (said,) = reader.all(Preference)
    assert said.liking is Liking.LIKES
    row = places.rows.by_id[said.id]
    reader.picks(row.choice, "Never")
    assert reader.all(Preference)[0].liking is Liking.NEVER
    assert reader.did == "Note that Amira Haddad will never go to Royal South Hants"
    assert places.another.box.findText("Royal South Hants") == -1
    reader.qtbot.keyClick(row.remove, Qt.Key.Key_Space)
    assert not reader.all(Preference)


def test_a_pair_is_made_by_typing_a_name(reader):
    pairs = reader.detail.pairs
    reader.picks(pairs.kind, "Keep apart from\u2026")
    line, found = pairs.name.line, pairs.name.list
    line.setFocus()
    reader.qtbot.keyClicks(line, "bob")
    offered = [found.item(row).text() for row in range(found.count())]
    assert sorted(offered) == ["Bob Brown \u00b7 Southampton General Hospital", "Bobby Baker"]
    reader.qtbot.keyClick(line, Enter)
    assert "More than one person fits" in pairs.name.wrong.text()
    while found.currentRow() != offered.index("Bobby Baker"):
        reader.qtbot.keyClick(line, Qt.Key.Key_Down)
    assert line.accessibleDescription().startswith("Bobby Baker, ")
    reader.qtbot.keyClick(line, Enter)
    (pair,) = reader.all(Pair)
    assert (pair.other_id, pair.apart) == ("bobby baker", True)
    assert line.text() == ""
    assert found.isHidden()
    reader.picks(pairs.rows.by_id[pair.id].choice, "Together")
    assert reader.did == "Put Amira Haddad and Bobby Baker together"
    reader.detail.show_person("bobby baker")
    assert pairs.rows.by_id[pair.id].name.accessibleName() == "Amira Haddad"
    reader.qtbot.keyClicks(line, "nobody at all")
    reader.qtbot.keyClick(line, Enter)
    assert "Nobody else in this plan is called" in pairs.name.wrong.text()


def test_a_pair_is_made_with_a_whole_name_or_a_click_and_taken_away(reader):
    pairs = reader.detail.pairs
    reader.qtbot.keyClicks(pairs.name.line, "bob brown")
    reader.qtbot.keyClick(pairs.name.line, Enter)
    (pair,) = reader.all(Pair)
    reader.qtbot.keyClicks(pairs.name.line, "bob")
    assert pairs.name.list.count() == 1  # Bob Brown is paired already
    pairs.name.list.itemClicked.emit(pairs.name.list.item(0))
    assert len(reader.all(Pair)) == 2
    reader.qtbot.keyClick(pairs.rows.by_id[pair.id].remove, Qt.Key.Key_Space)
    assert [each.other_id for each in reader.all(Pair)] == ["bobby baker"]
    reader.qtbot.keyClicks(pairs.name.line, "bob")
    reader.qtbot.keyClick(pairs.name.line, Qt.Key.Key_Escape)
    assert pairs.name.line.text() == ""


# ----------------------------------------------------------------------------------------------- shifts
def test_own_shifts_stand_in_order_with_hours_and_lead_to_the_rota(reader, qtbot):
    shifts = reader.detail.shifts
    rows = list(shifts.rows.by_id.values())
    assert [row.accessibleName().partition(". ")[0] for row in rows] == [
        "Tue 1 Dec 2015 08:00\u201311:00, Main entrance, Southampton General Hospital, picket, confirmed",
        "Tue 1 Dec 2015 13:00\u201315:00, Main entrance, Southampton General Hospital, picket, asked",
    ]
    assert [row.accessibleName() for row in shifts.hours.by_id.values()] == [
        "Tue 1 Dec 2015: 5 h of 5 h",
        "In all: 5 h",
    ]
    reader.writes(reader.detail.limits.day, "4")
    assert next(iter(shifts.hours.by_id.values())).accessibleName() == "Tue 1 Dec 2015: 5 h of 4 h, over"
    with qtbot.waitSignal(reader.detail.gone_to) as gone:
        qtbot.keyClick(rows[1], Qt.Key.Key_Space)
    assert gone.args == [Concern("shift", "late")]
    reader.detail.desk.save("Steward", [shift("steward", "16:00-17:00", post_id="post"), on(AMIRA, "steward")])
    with qtbot.waitSignal(reader.detail.gone_to) as gone:
        shifts.rows.by_id["amira haddad on steward"].click()
    assert gone.args == [Concern("post", "post")]


def test_a_shift_that_is_stood_down_stays_in_sight_and_counts_for_nothing(reader):
    (day,) = reader.detail.desk.days()
    reader.detail.desk.save("Call it off", [replace(day, state="called off")])
    shifts = reader.detail.shifts
    assert all("off: the strike day is called off" in row.accessibleName() for row in shifts.rows.by_id.values())
    assert shifts.hours.by_id["total"].accessibleName() == "In all: 0 min"
    assert not reader.detail.free.grid.model.week.shifts


# ------------------------------------------------------------------------------------------ what is known
def test_everything_that_is_held_is_listed_and_nothing_more(reader):
    desk = reader.detail.desk
    told = StandDown(id="off", kind=StandDownKind.CALLED_OFF, decided_by="Committee", at=at("18:00"))
    desk.save(
        "More",
        [
            TeamMember(id="team", rally_id="rally", role=TeamRole.MEDIA, person_id=AMIRA),
            Attendance(id="came", shift_id="shift", person_id=AMIRA, role=Role.PICKET, absent=True),
            told,
            ContactAttempt(id="try", stand_down_id="off", person_id=AMIRA, at=at("18:05"), outcome=Outcome.REACHED),
            Pair(id="pair", person_id="bob brown", other_id=AMIRA),
        ],
    )
    held = reader.detail.known.held
    lines = list(known_lines(held))
    assert lines[0].startswith("Their name, how they stand to the union, their workplace, a telephone number")
    assert lines[1:] == [
        "1 skill",
        "1 stretch of time offered or ruled out",
        "1 pair that somebody has with them",
        "1 role in a rally\u2019s team: media of Regional rally",
        "2 places on shifts",
        "1 mark that they came or were absent (1 absent)",
        "1 try at telling them of a stand-down: Tue 1 Dec 2015 18:05 reached",
        "In the history, their own details once, with what they were before",
    ]
    referring = {(kind.__name__, column.name) for kind, column in tables.referring("person")}
    assert len(held.counts) == len(referring)
    words = reader.detail.known.list.text()
    assert all(line in words for line in lines)
    assert reader.detail.known.never.text() == NEVER
    assert "birth date, home address, member number, grade or health detail" in NEVER
    reader.qtbot.mouseClick(reader.detail.known.copy, LEFT)
    assert "2 places on shifts" in QGuiApplication.clipboard().text()


# ------------------------------------------------------------------------------ other windows, other people
def test_what_another_window_changes_is_followed_and_never_overwritten(reader, path):
    phone = reader.detail.reach.phone
    phone.entry.setFocus()
    phone.entry.selectAll()
    reader.qtbot.keyClicks(phone.entry, "07700 900555")  # half typed
    with Store.open(path) as other, other.edit("Change e-mail elsewhere") as edit:
        edit.save(replace(other.get(Volunteer, AMIRA), email="haddad@example.org"))
    reader.qtbot.waitUntil(lambda: reader.detail.reach.email.value == "haddad@example.org")
    assert phone.text == "07700 900555"
    reader.qtbot.keyClick(phone.entry, Enter)
    assert (reader.amira.phone, reader.amira.email) == ("07700 900555", "haddad@example.org")


def test_somebody_who_is_deleted_elsewhere_is_gone_here(reader, path):
    with Store.open(path) as other, other.edit("Delete elsewhere") as edit:
        edit.delete(other.get(Volunteer, AMIRA))
    reader.qtbot.waitUntil(lambda: reader.detail.person_id is None)
    assert reader.detail.summary.text() == "Not in this plan any more"


def test_nobody_several_and_one(reader):
    detail = reader.detail
    detail.show_people((AMIRA, "bob brown"))
    assert detail.summary.text() == "2 people"
    detail.show_people(("bob brown",))
    assert detail.head.name.accessibleName() == "Bob Brown"
    assert detail.free.unsaid.text() == "Bob has not said yet when they are free."
    assert detail.shifts.none.text() == "Bob is on no shift yet."
    detail.show_people(())
    assert detail.summary.text() == "Nobody is chosen"


def test_what_was_half_typed_for_one_person_is_written_for_them_and_not_for_the_next(reader):
    phone = reader.detail.reach.phone
    phone.entry.setFocus()
    phone.entry.selectAll()
    reader.qtbot.keyClicks(phone.entry, "07700 900111")
    reader.detail.show_person("bob brown")
    phone.entry.clearFocus()
    assert reader.store.get(Volunteer, "bob brown").phone == ""
    assert reader.amira.phone == "07700 900111"


def begun(reader):
    detail = reader.detail
    return {
        "given name": (detail.about.given, "", "the given name of Amira Haddad was left as it was."),
        "hours a day": (detail.limits.day, "4 hourz", "the limit a day of Amira Haddad was left as it was."),
        "hours in all": (detail.limits.total, "lots", "the limit in all of Amira Haddad was left as it was."),
        "new duty": (detail.work.new_times, "soon", "nothing was added for Amira Haddad."),
        "pair": (detail.pairs.name, "zoe", "nobody was put together with or kept apart from Amira Haddad."),
        "free": (detail.free.grid, "soonish", "when Amira Haddad is free was left as it was."),
    }  # fmt: skip


@pytest.mark.parametrize("name", ["given name", "hours a day", "hours in all", "new duty", "pair", "free"])
def test_a_text_that_can_not_be_kept_is_said_where_somebody_else_is_shown(reader, name):
    reader.detail.head.pencil.setChecked(True)
    field, text, sentence = begun(reader)[name]
    line = getattr(field, "line", None) or field.entry
    line.setFocus()
    line.selectAll()
    reader.qtbot.keyClick(line, Qt.Key.Key_Delete)
    reader.qtbot.keyClicks(line, text)
    reader.detail.show_person("bob brown")
    said = reader.window.messages.sentence
    assert said.endswith(sentence)
    assert said.startswith(f"\u201c{text}\u201d " if text else "A person")
    assert line.text() == ("Bob" if name == "given name" else "")
    reader.window.messages.clear()
    reader.detail.show_person(AMIRA)
    assert not reader.window.messages.sentence
    assert (reader.amira.max_minutes_day, reader.amira.given_name) == (300, "Amira")


def test_a_duty_that_can_not_be_moved_there_is_said_where_somebody_else_is_shown(reader):
    with reader.store.edit("Cover") as edit:
        edit.save(duty(AMIRA, "08:00-09:00"))
    row = next(iter(reader.detail.work.rows.by_id.values()))
    reader.writes(row.times, "later")
    reader.detail.show_people((AMIRA, "bob brown"))
    reader.detail.show_person("bob brown")
    assert reader.window.messages.sentence.endswith("emergency cover of Amira Haddad was left as it was.")


def test_a_plan_that_is_only_read_shows_all_and_changes_nothing(window, person, path, qtbot):
    path.chmod(0o444)
    person.opens(path)
    desk = window.frame.desk
    if desk.writable:
        pytest.skip("this account may write to any file")
    detail = PersonDetail(desk)
    qtbot.addWidget(detail)
    detail.show_person(AMIRA)
    qtbot.waitUntil(lambda: detail.whole)
    assert not detail.reach.phone.entry.isEnabled()
    assert detail.reach.copy_phone.isEnabled()


# ------------------------------------------------------------------------------------------ how it looks
LONG = "\u0639\u0628\u062f \u0627\u0644\u0631\u062d\u0645\u0646 \u0627\u0644\u0639\u0628\u062f \u0627\u0644\u0644\u0647"


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("zoom", [100, 150])
def test_it_fits_the_pane_with_any_name_and_every_control_is_named(reader, dressed, appearance, zoom):
    theme.show(dressed, appearance, zoom)
    detail = reader.detail
    for given, family in (("<b>Amira</b> " * 12, "Haddad-Llewellyn-Featherstonehaugh"), (LONG, LONG)):
        reader.detail.desk.edit(
            "Rename", lambda edit, given=given, family=family: edit.save(_renamed(reader.amira, given, family))
        )
        detail.head.pencil.setChecked(True)
        dressed.processEvents()
        assert detail.minimumSizeHint().width() <= theme.px(288)
        assert detail.width() <= reader.window.frame.pane.width()
    assert not unnamed(reader.window)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in detail.findChildren(QLabel))
    assert QAccessible.queryAccessibleInterface(detail.free.grid.canvas).role() == QAccessible.Role.Table


def _renamed(amira, given, family):
    return replace(amira, given_name=given.strip(), family_name=family)


def test_the_days_of_a_night_are_two(reader):
    assert reader.detail.free.grid.model.days == (date(2015, 12, 1), date(2015, 12, 2))
    assert len(reader.all(Assignment)) == 2
