"""A new plan, from the start page to a rota that can be filled."""

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.store import Store
from rallyapp.store.errors import NeedsPassphrase
from rallyapp.ui import theme
from rallyapp.ui.dialogs.passphrase import PassphraseDialog
from rallyapp.ui.making import file_name
from rallyapp.ui.page import PageName
from rallyapp.ui.theme import Appearance
from tests.ui.test_look import unnamed

CTRL, ALT, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier


class Keys:
    """Somebody who uses nothing but the keyboard, and counts: a word or a number typed is one action."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot, self.actions = window, qtbot, 0

    @property
    def at(self):
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def press(self, key, with_=NONE):
        self.actions += 1
        self.qtbot.keyClick(self.at, key, with_)

    def type(self, text):
        self.actions += 1
        for letter in text:
            self.qtbot.keyClicks(self.at, letter)


@pytest.fixture
def keys(window, qtbot):
    return Keys(window, qtbot)


@pytest.fixture
def page(window):
    """The page of a new plan, just opened."""
    window.new_plan()
    return window.describing


def described(page, *days):
    """Describe a small plan."""
    page.dispute.union.entry.setText("UNISON")
    page.places.open_form("The Depot")
    page.places.form.employer.entry.setText("Acme Ltd")
    page.places.form.add_button.click()
    for day in days or ("1/12 8-5",):
        page.days.line.setText(day)
        assert page.days.take()


def saves(window, person, path):
    """Create the plan in that file."""
    window.describing.create()
    person.types(path)


# ------------------------------------------------------------------------------------------ the whole way
def test_from_the_start_page_to_a_rota_by_keyboard_alone(window, person, keys, qtbot, tmp_path):
    """One hospital, two entrances, three strike days: 24 actions, of which 9 are words, days or times typed."""
    keys.press(Qt.Key.Key_N, CTRL)
    page = window.describing
    keys.type("BMA")
    keys.press(Qt.Key.Key_Tab)
    keys.type("Wessex")
    keys.press(Qt.Key.Key_Tab)
    keys.type("07700 900123")
    keys.press(Qt.Key.Key_2, ALT)
    keys.type("southampton general")
    keys.press(Qt.Key.Key_Return)
    assert [card.site.name for card in page.places.cards] == ["Southampton General Hospital"]
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_Tab)
    keys.type("Ambulance entrance")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_3, ALT)
    keys.type("Tue 1 Dec 8am to Wed 8am emergency care only")
    keys.press(Qt.Key.Key_Return)
    keys.type("8 and 16 Dec 8am-5pm")
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_4, ALT)
    keys.type("8-11")
    assert page.pattern.count.text() == "2 entrances on 3 days: 18 shifts of 1 h, 72 places, 18 picket organisers"
    keys.press(Qt.Key.Key_Return, CTRL)
    dialog = person.sees(QFileDialog)
    name = dialog.findChild(QLineEdit, "fileNameEdit")
    assert name.text() == "Dispute with University Hospital Southampton NHS Foundation Trust.rally"
    person.types(tmp_path / "ours.rally")
    assert keys.actions + len(["the file\u2019s name", "Enter"]) == 24

    assert window.frame.page is window.page(PageName.ROTA)
    assert person.reads == "Plan made: 18 shifts to fill. Add people, then fill the rota."
    assert window.windowTitle() == "ours.rally \u2013 RallyApp"
    assert window.describing is None
    store = window.store
    (dispute,) = store.all(Dispute)
    assert (dispute.union, dispute.branch) == ("British Medical Association", "Wessex")
    assert (dispute.duty_phone, dispute.jurisdiction) == ("07700 900123", Jurisdiction.ENGLAND)
    assert dispute.title == store.all(Settings)[0].title
    assert dispute.title == "Dispute with University Hospital Southampton NHS Foundation Trust"
    (site,) = store.all(Site)
    assert (site.code, site.postcode, site.lat is not None) == ("RHM01", "SO16 6YD", True)
    assert store.all(Employer)[0].code == "RHM"
    assert [each.name for each in sorted(store.all(Entrance), key=lambda each: each.position)] == [
        "Main entrance",
        "Ambulance entrance",
    ]
    days = sorted(store.all(StrikeDay), key=lambda day: day.first_date)
    assert [day.words for day in days] == [
        "Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015)",
        "Tue 8 Dec 2015, 08:00\u201317:00",
        "Wed 16 Dec 2015, 08:00\u201317:00",
    ]
    assert [day.kind for day in days] == [StrikeKind.EMERGENCY_CARE_ONLY, *[StrikeKind.FULL_WALKOUT] * 2]
    assert window.desk.day == days[0].id
    assert (len(store.all(Picket)), len(store.all(Shift))) == (6, 18)
    needs = {(need.role, need.least, need.wished, need.most) for need in store.all(Need)}
    assert needs == {(Role.SUPERVISOR, 1, 1, 1), (Role.PICKET, 2, 4, 5), (Role.STANDBY, 0, 1, 2)}


def test_a_plan_with_a_passphrase_opens_with_it_and_not_without(window, person, page, qtbot, tmp_path):
    described(page)
    page.safety.wanted.click()
    qtbot.keyClicks(page.safety.first.entry, "ten green bottles")
    qtbot.keyClicks(page.safety.second.entry, "ten green battles")
    page.create()
    assert page.safety.second.wrong.text() == "The two passphrases are not the same: type it again."
    assert QApplication.focusWidget() is page.safety.second.entry
    page.safety.second.entry.setText("ten green bottles")
    path = tmp_path / "secret.rally"
    saves(window, person, path)
    assert window.store.all(Dispute)[0].union == "UNISON"
    window.close_plan()
    assert b"UNISON" not in path.read_bytes()
    with pytest.raises(NeedsPassphrase):
        Store.open(path)
    window.open_plan(path)
    dialog = person.sees(PassphraseDialog)
    qtbot.keyClicks(dialog.field, "ten green bottles")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    person.waits()
    assert window.store.path == path


def test_giving_up_in_the_file_dialog_writes_nothing_and_loses_nothing(window, person, page, tmp_path):
    described(page)
    page.create()
    person.sees(QFileDialog).reject()
    person.waits()
    assert window.store is None
    assert not list(tmp_path.iterdir())
    assert page.isVisible()
    assert page.places.sites[0].name == "The Depot"


def test_a_file_that_is_there_is_never_replaced(window, person, page, plan):
    before = plan.read_bytes()
    described(page)
    saves(window, person, plan)
    assert "There is already a file" in person.reads
    assert plan.read_bytes() == before
    assert page.isVisible()


def test_cancelling_sets_the_plan_aside_and_ctrl_n_brings_it_back(window, person, page, qtbot):
    described(page)
    page.safety.wanted.click()
    page.safety.first.entry.setText("secret")
    page.cancel_button.click()
    assert window.start.isVisible()
    assert person.reads == "The new plan is set aside: Ctrl+N brings it back."
    window.new_plan()
    assert window.describing is page
    assert page.safety.first.text == ""
    page.cancel_button.click()
    window.messages._action.click()
    window.new_plan()
    assert not window.describing.places.cards


def test_a_plan_that_is_open_stays_open_behind_the_new_one(window, person, plan):
    person.opens(plan)
    window.new_plan()
    assert window.windowTitle() == "RallyApp"
    assert not window.fill_action.isEnabled()
    window.describing.leave()
    assert window.frame.isVisible()
    assert window.store.path == plan
    assert window.fill_action.isEnabled()


# --------------------------------------------------------------------------------------- what stands in the way
def test_what_is_missing_is_said_where_it_is_and_only_the_union_is_insisted_on(window, person, page, tmp_path):
    assert page.summary.needed.text() == "Still needed: the union, a site, a strike day."
    page.create()
    assert page.dispute.union.wrong.text() == "Whose dispute is it? Type the union\u2019s name."
    assert QApplication.focusWidget() is page.dispute.union.entry
    assert "There is no site yet" in page.places._wrong.text()
    page.dispute.union.entry.setText("GMB")
    saves(window, person, tmp_path / "bare.rally")
    assert window.store.all(Dispute)[0].title == "Dispute"
    assert window.frame.page is window.page(PageName.SITES)
    assert person.reads == "Plan made. Add the sites and entrances that are to be picketed next."


def test_the_first_of_what_is_missing_is_brought_to_sight(window, page, qtbot):
    page.dispute.union.entry.setText("GMB")
    page.go_to(page.safety)
    page.create()
    assert QApplication.focusWidget() is page.places.field.line
    qtbot.waitUntil(lambda: page.places.field.line.visibleRegion().boundingRect().height() > 20)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Wed 1 Dec", "1/12/2015 is a Tuesday, not a Wednesday."),
        ("1 Dec 25:00", "is not a time of day"),
        ("soon", "\u201csoon\u201d has no date in it: write it as Tue 8 Dec 8am to 5pm."),
        ("31/11/2015", "is not a date"),
    ],
)
def test_a_wrong_day_is_said_in_a_sentence_and_stays_to_be_mended(page, qtbot, typed, says):
    page.days.begin()
    qtbot.keyClicks(page.days.line, typed)
    qtbot.keyClick(page.days.line, Qt.Key.Key_Return)
    assert says in page.days._wrong.text()
    assert page.days._wrong.isVisible()
    assert page.days.line.text() == typed
    assert not page.days.rows
    page.days.line.clear()
    qtbot.keyClicks(page.days.line, "1 dec 8-5")
    assert not page.days._wrong.isVisible()
    assert page.days.reading.text() == "Enter adds Tue 1 Dec 2015, 08:00\u201317:00, full walkout"


def test_a_day_that_is_typed_but_not_added_is_added_on_create(window, person, page, tmp_path):
    described(page)
    page.days.line.setText("8 Dec 8-5")
    page.places.cards[0].entrances.line.setText("Back gate")
    saves(window, person, tmp_path / "x.rally")
    assert len(window.store.all(StrikeDay)) == 2
    assert len(window.store.all(Entrance)) == 2


def test_a_hospital_that_is_typed_but_not_chosen_stops_the_plan(page):
    described(page)
    page.places.field.line.setText("southam")
    page.create()
    assert page.places._wrong.text() == (
        "\u201csoutham\u201d is not added yet: choose it from the list, or enter it by hand."
    )


def test_a_site_without_entrance_and_one_that_is_twice_there(page, qtbot):
    described(page)
    chip = page.places.cards[0].entrances._chips[0]
    chip.setFocus()
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert QApplication.focusWidget() is page.places.cards[0].entrances.line
    page.create()
    assert page.places._wrong.text() == "The Depot has no entrance: type one, such as Main entrance."
    page.places.open_form("the depot")
    page.places.form.employer.entry.setText("Other")
    page.places.form.add_button.click()
    assert page.places._wrong.text() == "the depot is on the list already."
    assert len(page.places.cards) == 1


def test_a_name_that_is_in_no_list_opens_the_form_with_it(page, qtbot):
    page.places.begin()
    qtbot.keyClicks(page.places.field.line, "zzz surgery")
    qtbot.keyClick(page.places.field.line, Qt.Key.Key_Return)
    form = page.places.form
    assert form.name.text == "zzz surgery"
    assert QApplication.focusWidget() is form.employer.entry
    qtbot.keyClick(form.employer.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(form.employer.wrong.isVisible)
    assert form.employer.wrong.text() == "Whose site is it? Type the employer\u2019s name."
    qtbot.keyClicks(form.employer.entry, "The partners")
    qtbot.keyClicks(form.postcode.entry, "XX99")
    qtbot.keyClick(form.postcode.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(form.postcode.wrong.isVisible)
    assert form.postcode.wrong.text() == "\u201cXX99\u201d is not a postcode in the United Kingdom."
    form.postcode.entry.setText("so16 6yd")
    qtbot.keyClick(form.postcode.entry, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.places.sites))
    (site,) = page.places.sites
    assert (site.name, site.employer, site.postcode, site.lat is not None) == (
        "zzz surgery",
        "The partners",
        "SO16 6YD",
        True,
    )


def test_unions_and_entrances_are_suggested_while_somebody_types(page, qtbot):
    union, offered = page.dispute.union.entry, page.dispute.unions
    qtbot.keyClicks(union, "midw")
    assert [offered.model().index(row, 0).data() for row in range(offered.model().rowCount())] == [
        "Royal College of Midwives (RCM)"
    ]
    qtbot.keyClick(union, Qt.Key.Key_Escape)
    assert not offered.isVisible()
    assert page.isVisible()
    qtbot.keyClicks(union, "i")
    qtbot.keyClick(union, Qt.Key.Key_Down)
    qtbot.keyClick(union, Qt.Key.Key_Return)
    assert union.text() == "Royal College of Midwives"
    union.clear()
    qtbot.keyClicks(union, "rcn")
    qtbot.keyClick(union, Qt.Key.Key_Tab)
    assert page.wanted.union == "Royal College of Nursing"
    described(page)
    line = page.places.cards[0].entrances.line
    line.setFocus()
    qtbot.keyClicks(line, "amb")
    qtbot.keyClick(line, Qt.Key.Key_Down)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.keyClicks(line, "main entrance")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert page.places.sites[0].entrances == ("Main entrance", "Ambulance entrance")
    assert line.text() == ""


# ---------------------------------------------------------------------------------------------- days and law
def test_days_stand_in_order_with_their_notice_and_what_is_late(page):
    described(page, "8/12 8-5", "1/12 8-5", "22/11 17:00-20:00", "1/11/2015")
    assert [row.day.bare.words for row in page.days.rows] == [
        "Sun 1 Nov 2015",
        "Sun 22 Nov 2015, 17:00\u201320:00",
        "Tue 1 Dec 2015, 08:00\u201317:00",
        "Tue 8 Dec 2015, 08:00\u201317:00",
    ]
    over, late, due, _ = page.days.rows
    assert over.warned.words.text() == "This day is over."
    assert late.warned.words.text().startswith("The employer should have had the notice by Sun 15 Nov 2015.")
    assert "check with your union" in late.warned.words.text()
    assert "No picket: 08:00\u201311:00 lies outside this day\u2019s hours." in late.warned.words.text()
    assert due.notice.text() == "Notice to the employer by Tue 24 Nov 2015"
    assert not due.warned.isVisible()
    assert page.days.advice.text().endswith("check with your union.")


def test_a_day_is_changed_by_typing_it_anew_and_taken_away(page, qtbot):
    described(page, "1/12 8am to 2/12 8am emergency", "8/12 8-5")
    page.days.rows[0].amend.click()
    assert page.days.line.text() == "Tue 1 Dec 2015, 08:00\u201308:00 (Wed 2 Dec 2015) emergency care only"
    assert len(page.days.rows) == 1
    qtbot.keyClick(page.days.line, Qt.Key.Key_Return)
    assert [row.day.kind for row in page.days.rows] == [StrikeKind.EMERGENCY_CARE_ONLY, StrikeKind.FULL_WALKOUT]
    page.days.line.setText("8 Dec 8am-5pm")
    assert page.days.take()
    assert len(page.days.rows) == 2
    assert page.days.reading.text() == "Tue 8 Dec 2015, 08:00\u201317:00 is on the list already."
    page.days.rows[1].kind.setCurrentIndex(0)
    page.days.rows[1].kind.activated.emit(0)
    assert page.wanted.days[1].kind is StrikeKind.EMERGENCY_CARE_ONLY
    page.days.rows[0].remove.click()
    assert len(page.wanted.days) == 1
    assert QApplication.focusWidget() is page.days.rows[0].remove


def test_in_scotland_and_in_2020_other_words_hold(page):
    described(page, "1/12/2020 8-5")
    assert "picket supervisors" in page.pattern.count.text()
    page.dispute.law.show_value(Jurisdiction.NORTHERN_IRELAND)
    page.dispute.law.committed.emit(Jurisdiction.NORTHERN_IRELAND)
    assert "picket organisers" in page.pattern.count.text()
    assert page.wanted.jurisdiction is Jurisdiction.NORTHERN_IRELAND


# --------------------------------------------------------------------------------------------------- pattern
def entered(field, text):
    """Type into a field and leave it."""
    field.line.setText(text)
    field.line.editingFinished.emit()


def test_the_numbers_stay_in_order_and_too_many_are_warned_of(page):
    described(page)
    entered(page.pattern.least, "5")
    pattern = page.wanted.pattern
    assert (pattern.least, pattern.wished, pattern.most) == (5, 5, 5)
    entered(page.pattern.most, "3")
    pattern = page.wanted.pattern
    assert (pattern.least, pattern.wished, pattern.most) == (3, 3, 3)
    assert not page.pattern.warned.isVisible()
    entered(page.pattern.wished, "8")
    assert page.wanted.pattern.most == 8
    assert page.pattern.warned.words.text() == (
        "With the picket organiser that is up to 9 at one entrance. The Code of Practice on Picketing recommends "
        "no more than 6: check with your union."
    )


def test_figures_that_followed_go_back_with_the_one_that_led(page):
    usual = page.wanted.pattern
    entered(page.pattern.least, "9")
    assert (page.wanted.pattern.wished, page.wanted.pattern.most) == (9, 9)
    entered(page.pattern.least, str(usual.least))
    assert page.wanted.pattern == usual
    entered(page.pattern.wished, "7")
    entered(page.pattern.least, "9")
    entered(page.pattern.least, "2")
    assert (page.wanted.pattern.least, page.wanted.pattern.wished) == (2, 7)  # what was typed stays


def ticked(page, step):
    return page.rail.buttons[step].accessibleName().endswith("has what it needs")


@pytest.mark.parametrize(("field", "typed"), [("hours", "25:00"), ("hours", "lots"), ("least", "lots")])
def test_a_pattern_that_can_not_be_read_is_not_ready_and_stops_the_plan(page, field, typed):
    described(page)
    assert page.summary.needed.text() == "Ready to be made."
    wrong = getattr(page.pattern, field)
    entered(wrong, typed)
    assert page.summary.needed.text() == wrong.wrong.text() != ""
    assert not ticked(page, page.pattern)
    made = []
    page.create_wanted.connect(lambda *plan: made.append(plan))
    page.create()
    assert not made
    assert not wrong.wrong.isHidden()
    entered(wrong, "8-11" if field == "hours" else "3")
    assert page.summary.needed.text() == "Ready to be made."
    assert ticked(page, page.pattern)
    page.create()
    assert made


def test_a_site_by_hand_is_offered_as_a_choice_and_does_not_look_like_a_fault(page):
    by_hand = page.places.by_hand
    assert by_hand.text() == "Enter a site by hand"
    assert not by_hand.property("link"), "links are red here"


def test_what_is_typed_by_half_is_not_ready(page, qtbot):
    described(page)
    page.days.line.setText("banana")
    assert page.summary.needed.text() == "\u201cbanana\u201d has no date in it: write it as Tue 8 Dec 8am to 5pm."
    assert not ticked(page, page.days)
    page.days.line.setText("8 dec 8-5")  # Create adds it
    assert page.summary.needed.text() == "Ready to be made."
    page.places.field.line.setText("Sou")
    assert page.summary.needed.text() == "\u201cSou\u201d is not added yet."
    page.places.field.line.setText("")
    page.places.open_form("The Shed")
    assert page.summary.needed.text() == "The site that is entered by hand is not added yet."
    page.places.form.name.entry.clear()
    page.safety.wanted.click()
    assert page.summary.needed.text() == "Type a passphrase, or take the tick away."
    assert not ticked(page, page.safety)


def test_a_weekday_alone_comes_after_the_last_day_and_the_new_row_is_brought_to_sight(window, page, qtbot):
    window.resize(1100, 640)
    described(page, "8/12 8-5", "9/12 8-5", "10/12 8-5", "11/12 8-5")
    page.days.begin()
    qtbot.keyClicks(page.days.line, "next Wednesday 8am to 5pm")
    assert page.days.reading.text() == "Enter adds Wed 16 Dec 2015, 08:00\u201317:00, full walkout"
    qtbot.keyClick(page.days.line, Qt.Key.Key_Return)
    row = page.days.rows[-1]
    assert row.day.first_date == date(2015, 12, 16)
    qtbot.waitUntil(lambda: row.visibleRegion().boundingRect().height() == row.height())
    assert page.days.line.visibleRegion().boundingRect().height() == page.days.line.height()


def test_a_day_that_is_there_already_does_not_stop_the_plan(page):
    described(page, "8/12 8-5")
    made = []
    page.create_wanted.connect(lambda *plan: made.append(plan))
    page.days.line.setText("8 Dec 8am-5pm")
    page.create()
    assert len(made) == 1
    assert page.days.line.text() == ""
    assert page.days.reading.text() == "Tue 8 Dec 2015, 08:00\u201317:00 is on the list already."


def test_the_preview_says_how_the_pickets_lie_in_each_day(page):
    assert page.pattern.preview.spoken == "Any day: 08:00\u201309:00, 09:00\u201310:00, 10:00\u201311:00"
    described(page, "1/12 9am-5pm", "2/12 6pm-10pm")
    entered(page.pattern.hours, "8 to noon")
    page.pattern.slot.show_value(90)
    page.pattern.slot.committed.emit(90)
    assert page.wanted.pattern.ends == time(12)
    assert page.pattern.preview.spoken == "Tue 1 Dec: 09:00\u201310:30, 10:30\u201312:00; Wed 2 Dec: no picket"
    assert page.pattern.count.text() == "1 entrance on 1 day: 2 shifts of 1\u00bd h, 8 places, 2 picket organisers"
    assert page.summary.shifts.text() == "2"


# ------------------------------------------------------------------------------------------------- the look
def test_every_control_has_a_name_and_the_page_fits(window, page, qtbot, dressed):
    described(page)
    page.safety.wanted.click()
    page.places.open_form()
    assert not unnamed(window)
    window.resize(1024, 640)
    qtbot.waitUntil(lambda: window.width() == 1024)
    assert page.scroll.widget().minimumSizeHint().width() <= page.scroll.viewport().width()
    theme.show(dressed, Appearance.DARK, 150)
    qtbot.waitUntil(lambda: not page.summary.isVisible())
    assert window.width() == 1024
    theme.show(dressed, Appearance.LIGHT, 100)
    window.resize(1366, 768)
    qtbot.waitUntil(page.summary.isVisible)


def test_a_title_becomes_a_files_name_that_every_disk_takes():
    assert file_name("Dispute: 9/11 \u201cA&E\u201d?") == "Dispute 9 11 \u201cA&E\u201d.rally"
    assert file_name("..") == "New plan.rally"
    assert len(file_name("\u0645" * 300).encode()) < 130
