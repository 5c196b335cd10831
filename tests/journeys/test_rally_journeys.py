"""An organiser's journeys: the Southampton rally and its stall from nothing to paper, counted, and off and on again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from rallyapp.domain.disputes import StrikeDay, StrikeState
from rallyapp.domain.pickets import Assignment, AssignmentState, Picket, Shift
from rallyapp.domain.places import Pin, SitePlan, Venue
from rallyapp.domain.rallies import Contact, KitItem, Permission, ProgrammeItem, Rally, RallyDay, TeamMember
from rallyapp.domain.stalls import IfOff, Partner, Stall, StallState
from rallyapp.domain.stand_down import Going, of_picket, of_rally, of_stall
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.running_order_columns import START, TITLE
from rallyapp.ui.pages.rallies.team_sheet import WHO

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ORDER = (
    "Welcome and safety words\t5\tMC\n"
    "Why we are here\t10\tDr Marged Penhallow\n"
    "What my doctors did for me\t8\tWinifred Ashgrove\n"
    "How to join the stem cell register\t5\tKwesi Thornbury\n"
    "Open microphone\t60\tMC\n"
    "Photograph of everybody\t7\tMedia\n"
    "Thanks, litter and the way home\t5\tMC\n"
)


class Organiser:
    """Somebody at keyboard and mouse, each of whose actions counts: a click, a key, a text typed or pasted."""

    def __init__(self, window, person, qtbot):
        self.window, self.person, self.qtbot = window, person, qtbot
        self.actions = 0

    def settles(self):
        self.qtbot.waitUntil(lambda: not self.window.jobs.busy and not self.window.plan_jobs.busy, timeout=20_000)

    def clicks(self, widget, at=None, *, then=None):
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        self.actions += 1
        self.qtbot.mouseClick(widget, LEFT, NONE, *([at] if at is not None else []))
        (then or self.settles)()

    def types(self, text, key=None):
        self.actions += 1
        for letter in text:  # the first may open an editor
            self.qtbot.keyClicks(self.window.focusWidget(), letter)
        if key is not None:
            self.presses(key)

    def presses(self, key, held=NONE):
        self.actions += 1
        self.qtbot.keyClick(self.window.focusWidget(), key, held)
        self.settles()

    def pastes(self, text):
        QGuiApplication.clipboard().setText(text)
        self.presses(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def fills(self, field, text, key=None):
        self.clicks(field.entry)
        self.types(text, key)

    def goes(self, page, number):
        outline = page.outline
        row = next(n for n, line in enumerate(outline.lines.rows.all) if line.id == str(number))
        self.clicks(outline.viewport(), outline.visualRect(outline.lines.index(row, 0)).center())
        return page.part


@pytest.fixture
def bare(plan):
    """The Southampton plan before anybody thought of a rally."""
    with Store.open(plan) as store, store.edit("No rally yet") as edit:
        for kind in (Rally, Partner, Contact, KitItem):
            for record in store.all(kind):
                edit.delete(record)
        for venue in store.all(Venue):
            edit.delete(venue)
    return plan


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_the_rally_and_its_stall_are_entered_from_nothing_and_printed_in_under_forty_actions(
    window, person, bare, qtbot, tmp_path
):
    me = Organiser(window, person, qtbot)
    person.opens(bare)
    me.settles()
    store = window.store
    assert not store.all(Rally) + store.all(Stall) + store.all(Venue)

    window.go(PageName.RALLIES)  # a click in the sidebar
    me.actions += 1
    page = window.page(PageName.RALLIES)
    me.clicks(page.empty.button)
    new = page.new_rally
    me.types("Regional rally")
    me.fills(new.place, "The Guildhall")
    me.fills(new.expected, "500")
    me.fills(new.span, "11.30am-1.30pm", Qt.Key.Key_Return)
    (rally,) = store.all(Rally)
    assert (rally.title, rally.expected, rally.words) == ("Regional rally", 500, "11:30\u201313:30")
    glance = page.part
    me.clicks(glance.usual)
    me.fills(glance.address.address, "Guildhall Square, Southampton", Qt.Key.Key_Tab)
    me.types("SO14 7LP", Qt.Key.Key_Return)
    me.clicks(glance.address.unplaced.link)
    (venue,) = store.all(Venue)
    assert (venue.name, venue.postcode, venue.lat is None) == ("The Guildhall", "SO14 7LP", False)

    team = me.goes(page, 2)
    sheet = team.sheet.sheet
    me.clicks(sheet.viewport(), sheet.visualRect(sheet.model().index(0, WHO)).center())
    me.types("Rosalind Tansley", Qt.Key.Key_Return)
    assert [member.role for member in store.all(TeamMember)] == ["event lead"]

    permissions = me.goes(page, 4)
    me.clicks(permissions.all_button)
    assert {str(each.kind) for each in store.all(Permission)} >= {
        "landowner's permission",
        "public liability insurance",
    }

    order = me.goes(page, 5)
    me.clicks(order.sheet.viewport(), order.sheet.visualRect(order.sheet.model().index(0, TITLE)).center())
    me.pastes(ORDER)
    assert len(store.all(ProgrammeItem)) == 7
    assert order.sheet.editor is None, "a block goes into the cells, not into the one that was clicked"
    me.clicks(order.sheet.viewport(), order.sheet.visualRect(order.sheet.model().index(5, START)).center())
    me.types("13:10", Qt.Key.Key_Return)
    fixed = next(item for item in store.all(ProgrammeItem) if item.fixed)
    assert (fixed.title, fixed.fixed.hour, fixed.fixed.minute) == ("Photograph of everybody", 13, 10)

    stalls = me.goes(page, 11)
    me.fills(stalls.name, "Anthony Nolan", Qt.Key.Key_Return)
    (stall,) = store.all(Stall)
    me.clicks(stalls.rows[stall.id].link)
    view = window.page(PageName.STALLS).view
    me.clicks(view.standing.state.buttons[StallState.CONFIRMED])
    me.clicks(view.standing.if_off.buttons[IfOff.GOES_AHEAD])
    me.fills(view.form.fields["target"], "60", Qt.Key.Key_Return)
    stall = store.get(Stall, stall.id)
    assert (stall.state, stall.if_off, stall.target) == (StallState.CONFIRMED, IfOff.GOES_AHEAD, 60)

    assert me.actions == 39, "entered, with every key, click and text counted"
    me.clicks(view.to_host)
    me.clicks(page.print_button)
    me.settles()
    me.clicks(window.frame.page.save_button, then=lambda: person.sees(QFileDialog))
    person.types(tmp_path / "rally.pdf")
    me.settles()
    assert (tmp_path / "rally.pdf").read_bytes().startswith(b"%PDF")
    assert not store.all(Pin) + store.all(SitePlan), "nothing was invented"


def test_calling_the_first_day_off_leaves_the_others_and_reinstating_brings_all_back(window, person, plan, qtbot):
    me = Organiser(window, person, qtbot)
    person.opens(plan)
    me.settles()
    store = window.store
    with store.edit("Somebody everywhere") as edit:
        people = sorted(store.rows("SELECT id FROM person"))
        for number, shift in enumerate(sorted(store.all(Shift), key=lambda each: each.id)):
            if not store.where(Assignment, shift_id=shift.id):
                who = people[number % len(people)][0]
                edit.save(
                    Assignment(id=f"a{number}", shift_id=shift.id, person_id=who, role="steward", state="confirmed")
                )
    first, *others = window.desk.days()
    before = {each.id: each for each in store.all(Assignment)}

    days = window.go(PageName.DAYS) or window.page(PageName.DAYS)
    days.ask_move(StrikeState.SUSPENDED)
    question = days.day_pane.state.question
    question.reason.entry.setFocus()
    QTest.keyClicks(question.reason.entry, "Talks at ACAS")
    me.clicks(question.yes)
    whole = store.plan()
    (rally,), (stall,) = whole.all(Rally), whole.all(Stall)
    assert of_rally(whole, rally).why == "the strike day is suspended"
    assert of_stall(whole, stall).going is Going.UNDECIDED, "its own choice"
    assert {store.get(StrikeDay, day.id) for day in others} == set(others), "untouched"
    on = {picket.strike_day_id for picket in whole.all(Picket) if of_picket(whole, picket).on}
    assert on == {day.id for day in others}
    assert {each.id: each for each in store.all(Assignment)} == before, "nobody lost a place"

    window.go(PageName.DAYS)
    days.ask_move(StrikeState.ON)
    question.joint.box.click()
    me.clicks(question.yes)
    whole = store.plan()
    assert of_rally(whole, rally).on
    assert of_stall(whole, stall).going is Going.ON
    first_day = {link.rally_id for link in whole.all(RallyDay) if link.strike_day_id == first.id}
    assert first_day == {rally.id}
    for each in whole.all(Assignment):
        on_the_first = whole.get(Shift, each.shift_id).starts.date() == first.first_date
        wanted = AssignmentState.RECONFIRM if on_the_first else before[each.id].state
        assert each.state is wanted, whole.place_words(whole.get(Shift, each.shift_id))
