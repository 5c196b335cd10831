"""The event team, the contacts, the kit and the words of a rally plan are typed where they are read."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from rallyapp.domain.ids import PersonId, PlanNoteId, RallyId, new_id
from rallyapp.domain.people import Person
from rallyapp.domain.problems import Concern
from rallyapp.domain.rallies import (
    Contact,
    ContactKind,
    KitItem,
    Permission,
    PermissionKind,
    PlanNote,
    Rally,
    Section,
    TeamMember,
    TeamRole,
)
from rallyapp.domain.stalls import Partner
from rallyapp.store import Store
from rallyapp.ui.page import PageName
from rallyapp.ui.pages.rallies.team_sheet import ANSWERS, PHONE, ROLE, STOPS, WHO

Ctrl = Qt.KeyboardModifier.ControlModifier
TEAM, CONTACTS, KIT, ACCESS, EMERGENCY, STAND_DOWN, DATA = 2, 3, 12, 13, 18, 19, 22


class Bench:
    """The page of rallies, on a rally of which nothing is entered yet."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot, self.desk = window, qtbot, window.desk
        self.store = self.desk.store
        old = self.store.all(Rally)[0]
        self.old = old
        self.rally = Rally(
            id=RallyId(new_id()), title="Square vigil", venue_id=old.venue_id, starts=old.starts, ends=old.ends
        )
        self.desk.save("Add a rally", [self.rally])
        window.go(PageName.RALLIES)
        self.page = window.frame.page
        self.page.show_rally(self.rally.id)

    def part(self, number):
        self.page.show_section(number)
        return self.page.part

    def mine(self, kind):
        return [each for each in self.store.all(kind) if each.rally_id == self.rally.id]

    @property
    def says(self):
        return self.window.messages.sentence

    def at(self, made, row, column):
        """Put the keyboard into a cell."""
        made.sheet.setFocus()
        model = made.sheet.selectionModel()
        model.setCurrentIndex(made.rows.index(row, column), model.SelectionFlag.ClearAndSelect)

    def press(self, key, held=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, held)

    def types(self, text, key=Qt.Key.Key_Return):
        for letter in text:
            self.qtbot.keyClicks(QApplication.focusWidget(), letter)
        self.press(key)

    def elsewhere(self, write):
        """Write to the plan from another window."""
        with Store.open(self.store.path) as other, other.edit("Elsewhere") as edit:
            write(edit)
        self.store.poll()


@pytest.fixture
def bench(person, window, plan, qtbot):
    """The page of rallies, on a rally of which nothing is entered yet."""
    person.opens(plan)
    return Bench(window, qtbot)


def row_of(made, text, column=0):
    return next(row for row in range(made.rows.rowCount()) if made.rows.text(row, column) == text)


def texts(made, column):
    return [made.rows.text(row, column) for row in range(made.rows.rowCount())]


def test_the_team_is_typed_role_by_role(bench, qtbot):
    """People of the plan and others, more than one in a role, who may stop, and who answers to whom."""
    part = bench.part(TEAM)
    made = part.sheet
    assert texts(made, ROLE)[:3] == ["Event lead", "Deputy", "Chief steward"]
    assert set(texts(made, WHO)) == {"nobody yet"}
    assert part.words.text() == "Nobody leads the event yet."
    assert part.stop.text() == "Nobody may stop the event yet."
    people = [each for each in bench.store.all(Person) if each.phone and not each.left and each.name.isascii()]
    ann = people[0]
    bench.at(made, 0, WHO)
    bench.types(ann.name)
    assert bench.says == f"Add {ann.name} as event lead."
    assert bench.mine(TeamMember)[0].person_id == ann.id
    assert made.rows.text(0, PHONE) == ann.phone
    assert made.rows.ink(0, PHONE) == "muted", "their own number"
    assert made.rows.edited(0, PHONE) == ""
    bench.at(made, 0, STOPS)
    bench.press(Qt.Key.Key_Space)
    assert bench.says == f"Let {ann.name} stop the event."
    assert part.stop.text() == f"May stop the event: {ann.name}."
    bench.at(made, 0, ANSWERS)
    bench.types("Deputy")
    assert made.sheet.editor is None, "the event lead answers to nobody"

    chief = row_of(made, "Chief steward")
    bench.at(made, chief, PHONE)
    bench.types("1")
    assert made.sheet.editor is None, "first comes who it is"
    bench.at(made, chief, WHO)
    bench.types("Ola Nwosu-Brandt")  # nobody in the plan
    chief = row_of(made, "Chief steward")
    assert made.rows.tip(chief, WHO) == "Nobody in this plan: a name only"
    bench.at(made, chief, PHONE)
    bench.types("07700 900999")
    assert bench.says == "Change the phone of Ola Nwosu-Brandt."
    bench.at(made, chief, WHO)
    assert part.another.text() == "Add another: chief steward"
    part.another.click()
    bench.types("Second Chief")
    chiefs = [each for each in bench.mine(TeamMember) if each.role is TeamRole.CHIEF_STEWARD]
    assert {each.name for each in chiefs} == {"Ola Nwosu-Brandt", "Second Chief"}

    safety = row_of(made, "Safety lead")
    bench.at(made, safety, WHO)
    bench.types("Bo Safe")
    bench.at(made, row_of(made, "Ola Nwosu-Brandt", WHO), ANSWERS)
    bench.types("safety")
    assert bench.says == "Let the chief steward answer to the safety lead."
    chiefs = [each for each in bench.mine(TeamMember) if each.role is TeamRole.CHIEF_STEWARD]
    assert {each.answers_to for each in chiefs} == {TeamRole.SAFETY}, "all who hold the role"
    assert "through them to the safety lead" in part.words.text()
    assert [(depth, role) for depth, role, _ in part.tree.lines] == [
        (0, "Event lead"),
        (1, "Safety lead"),
        (2, "Chief steward"),
    ]
    bench.at(made, row_of(made, "Bo Safe", WHO), ANSWERS)
    bench.types("chief")
    assert made.sheet.editor.offers.sentence == (
        "The chain of command would go in a circle: the chief steward answers to the safety lead, who answers to the "
        "chief steward."
    )
    bench.press(Qt.Key.Key_Escape)
    bench.at(made, row_of(made, "Bo Safe", WHO), ANSWERS)
    bench.types("queen")
    assert "is not a role of the team" in made.sheet.editor.offers.sentence
    bench.press(Qt.Key.Key_Escape)

    bench.at(made, row_of(made, "Ola Nwosu-Brandt", WHO), WHO)
    bench.types(people[1].name)
    assert bench.says == f"Make {people[1].name} chief steward in place of Ola Nwosu-Brandt."
    assert not any(each.phone for each in bench.mine(TeamMember)), "the number was of the one before"
    bench.at(made, row_of(made, "Bo Safe", WHO), WHO)
    bench.press(Qt.Key.Key_Delete)
    assert bench.says == "Remove Bo Safe as safety lead."
    assert made.rows.text(row_of(made, "Safety lead"), WHO) == "nobody yet"
    bench.at(made, row_of(made, "Second Chief", WHO), WHO)
    bench.press(Qt.Key.Key_Backspace)
    assert bench.says == "Remove Second Chief as chief steward."
    bench.at(made, len(texts(made, ROLE)) - 1, WHO)
    QGuiApplication.clipboard().setText("One\nTwo")
    bench.press(Qt.Key.Key_V, Ctrl)
    assert bench.says == "The team ends with its last role. Nothing was written."


def test_of_two_of_one_name_the_workplace_says_which(bench):
    """Completion tells apart people who share a name, and offers the name by itself."""
    made = bench.part(TEAM).sheet
    ann, bob, *_ = [
        each for each in bench.store.all(Person) if each.workplace_id and not each.left and each.name.isascii()
    ]
    other = next(each for each in bench.store.all(Person) if each.workplace_id not in (None, ann.workplace_id))
    twin = replace(ann, id=PersonId(new_id()), workplace_id=other.workplace_id, phone="", email="")
    bench.desk.save("Add", [twin])
    found = made.rows.people.completions(ann.name)
    assert len(found) == 3
    assert all(" (" in each for each in found[:2])
    assert found[2] == f"{ann.name}, not in this plan"
    assert made.rows.people.completions("  ") == []
    bench.at(made, 1, WHO)
    bench.press(Qt.Key.Key_F2)
    made.sheet.editor.setText(ann.name)
    made.sheet.editor.typed = True
    bench.press(Qt.Key.Key_Return)
    assert "people are called" in made.sheet.editor.offers.sentence
    made.sheet.editor.take(found[0])
    assert bench.mine(TeamMember)[0].person_id in (ann.id, twin.id)
    bench.at(made, 2, WHO)
    bench.press(Qt.Key.Key_F2)
    made.sheet.editor.take(f"{bob.given_name} Quite-Else, not in this plan")
    assert bench.mine(TeamMember)[-1].person_id is None
    bench.page.show_record(Concern("team_member", bench.mine(TeamMember)[-1].id))
    assert made.record == bench.mine(TeamMember)[-1]


def test_contacts_are_offered_filled_and_moved(bench):
    """Whom a plan should name stands there to be filled; a contact is moved between this rally and the whole plan."""
    part = bench.part(CONTACTS)
    made = part.sheet
    whole = [each for each in bench.store.all(Contact) if each.rally_id is None]
    kinds = texts(made, 0)[:-1]
    assert kinds[:4] == ["Police", "Council", "Landowner", "Ambulance and A&E"]
    assert {"Union duty officer", "Legal line"} <= set(kinds)
    bench.at(made, 0, 1)
    bench.types("Sgt Reed", Qt.Key.Key_Tab)
    assert bench.says == "Add Sgt Reed."
    assert (made.sheet.currentIndex().row(), made.sheet.currentIndex().column()) == (0, 2)
    bench.types("Hampshire Police", Qt.Key.Key_Tab)
    bench.types("101", Qt.Key.Key_Tab)
    police = next(each for each in bench.mine(Contact) if each.kind is ContactKind.POLICE)
    assert (police.name, police.organisation, police.phone) == ("Sgt Reed", "Hampshire Police", "101")
    bench.at(made, 0, 5)
    bench.types("whole")
    assert bench.says == "Change the place of Sgt Reed."
    assert bench.store.get(Contact, police.id).rally_id is None
    bench.at(made, 0, 5)
    bench.types("nowhere")
    assert "is neither" in made.sheet.editor.offers.sentence
    bench.press(Qt.Key.Key_Escape)
    made.type_next()
    bench.types("Van hire")
    assert bench.mine(Contact)[-1].kind is ContactKind.OTHER
    bench.page.show_record(Concern("contact", bench.mine(Contact)[-1].id))
    bench.at(made, made.sheet.currentIndex().row(), 0)
    bench.types("supp")
    assert bench.mine(Contact)[-1].kind is ContactKind.SUPPLIER
    assert len(whole) + 1 == len([each for each in bench.store.all(Contact) if each.rally_id is None])
    assert part._partners.isHidden()

    bench.page.show_rally(bench.old.id)
    partner = bench.store.all(Partner)[0]
    assert partner.name in [line.name for line in part.partners.lines]
    part.partners.wanted.emit(part.partners.lines[0].stall)
    assert bench.window.frame.page is bench.window.page(PageName.STALLS)


def test_kit_is_ticked_in_typed_and_held_against_the_hours(bench, qtbot):
    """Usual kit is added by a click and offered no more; the loudspeaker is said to be banned, or consented to."""
    part = bench.part(KIT)
    assert part.usual.buttons["Tape"].isVisible()
    part.usual.buttons["Tape"].click()
    assert bench.says == "Add Tape."
    assert part.usual.buttons["Tape"].isHidden()
    part.sheet.type_next()
    bench.types("Megaphone")
    assert part.usual.buttons["Loudhailer or megaphone"].isHidden()
    assert [(item.what, item.position) for item in bench.mine(KitItem)] == [("Tape", 1), ("Megaphone", 2)]
    part.sheet.choose(bench.mine(KitItem)[1].id)
    bench.at(part.sheet, 1, 2)
    bench.types("Branch")
    bench.at(part.sheet, 1, 0)
    part.sheet.move_chosen(-1)
    assert bench.says == "Move Megaphone up."
    bench.page.show_record(Concern("kit_item", bench.mine(KitItem)[0].id))
    assert part.sheet.record.what == "Tape"

    assert part.noise.says.text() == "No loudspeaker is planned."
    part.noise.tick.box.click()
    assert bench.says == "Change the loudspeaker of Square vigil."
    assert "outside the banned ones" in part.noise.says.text()
    early = bench.store.get(Rally, bench.rally.id)
    bench.desk.save("Earlier", [replace(early, assemble=early.starts.replace(hour=7, minute=0))])
    assert part.noise.says.text().startswith("Not allowed in a street 07:00\u201308:00")
    assert part.noise.says.property("ink") == "nobody"
    part.noise.link.click()
    assert bench.page.part is not part
    bench.part(KIT)
    granted = next(each for each in bench.store.all(Permission))
    consent = replace(granted, id=new_id(), rally_id=bench.rally.id, kind=PermissionKind.LOUDSPEAKER, state="granted")
    consent = replace(consent, state=type(granted.state).GRANTED)
    bench.desk.save("Consent", [replace(consent, state=type(granted.state).NOT_NEEDED)])
    assert part.noise.says.text().endswith("not needed, but at these hours it is needed.")
    assert part.noise.says.property("ink") == "nobody"
    bench.desk.save("Consent", [consent])
    assert "needs consent" in part.noise.says.text()


def test_words_are_kept_when_they_are_left(bench, qtbot):
    """A text is made, changed and removed, one edit each; prompts begin lines and are ticked."""
    part = bench.part(ACCESS)
    block = part.blocks[0]
    paper, lines = block.paper, {line.prompt.title: line for line in block.prompts.lines}
    paper.setFocus()
    qtbot.keyClicks(paper, "All on the level.")
    assert bench.mine(PlanNote) == []
    qtbot.mouseClick(lines["Quiet space"].button, Qt.MouseButton.LeftButton)
    assert paper.toPlainText() == "All on the level.\n- Quiet space: "
    assert paper.hasFocus()
    assert "Not finished yet: Quiet space" in block.told.text()
    assert not lines["Quiet space"].button.isHidden()
    qtbot.keyClicks(paper, "behind the stall")
    assert lines["Quiet space"].button.isHidden()
    bench.press(Qt.Key.Key_Return)
    qtbot.keyClicks(paper, "12 chairs")
    bench.press(Qt.Key.Key_Return)
    bench.press(Qt.Key.Key_Return)  # the list is over
    bench.press(Qt.Key.Key_Return, Ctrl)
    assert bench.says == "Write on accessibility and welfare."
    text = "All on the level.\n- Quiet space: behind the stall\n- 12 chairs"
    assert [note.text for note in bench.mine(PlanNote)] == [text]
    qtbot.keyClicks(paper, "Tea.")
    lines["Weather"].button.setFocus(Qt.FocusReason.TabFocusReason)
    assert bench.says == "Change the text on accessibility and welfare."
    assert bench.mine(PlanNote)[0].text == f"{text}\nTea."
    paper.setFocus()
    qtbot.keyClicks(paper, "no")
    bench.press(Qt.Key.Key_Escape)
    assert paper.toPlainText() == f"{text}\nTea."
    paper.selectAll()
    bench.press(Qt.Key.Key_Backspace)
    bench.page.outline.setFocus()
    assert bench.says == "Remove the text on accessibility and welfare."
    assert bench.mine(PlanNote) == []
    bench.desk.undo()
    assert paper.toPlainText() == f"{text}\nTea."
    part.show_record(Concern("plan_note", bench.mine(PlanNote)[0].id))
    assert paper.hasFocus()
    paper.setPlainText("x" * 20_001)
    bench.press(Qt.Key.Key_Return, Ctrl)
    assert "longer than 20,000 characters" in block.told.text()


def test_words_that_two_people_write_are_never_lost(bench, qtbot):
    """What is half typed stays when the plan changes; where both wrote, the one who types says which is kept."""
    block = bench.part(EMERGENCY).blocks[0]
    note = PlanNote(id=PlanNoteId(new_id()), rally_id=bench.rally.id, section=Section.EMERGENCY, text="Ring 999.")
    bench.desk.save("Write", [note])
    paper = block.paper
    paper.setFocus()
    paper.moveCursor(paper.textCursor().MoveOperation.End)
    qtbot.keyClicks(paper, " Mine.")
    bench.elsewhere(lambda edit: edit.save(replace(bench.rally, purpose="Something else")))
    assert paper.toPlainText() == "Ring 999. Mine."
    assert "Somebody else" not in block.told.text()
    bench.elsewhere(lambda edit: edit.save(replace(note, text="Ring 999. Theirs.")))
    assert paper.toPlainText() == "Ring 999. Mine."
    assert block.told.text().startswith("Somebody else changed this text meanwhile.")
    bench.page.outline.setFocus()  # leaving it decides nothing
    assert bench.mine(PlanNote)[0].text == "Ring 999. Theirs."
    paper.setFocus()
    bench.press(Qt.Key.Key_Escape)
    assert paper.toPlainText() == "Ring 999. Theirs."
    qtbot.keyClicks(paper, "A")
    bench.elsewhere(lambda edit: edit.save(replace(note, text="Ring 999. Theirs again.")))
    bench.press(Qt.Key.Key_Return, Ctrl)
    assert "A" in bench.mine(PlanNote)[0].text
    qtbot.keyClicks(paper, "Half")
    bench.page.show_rally(bench.old.id)  # without leaving the paper
    qtbot.waitUntil(lambda: "Half" in bench.mine(PlanNote)[0].text)
    bench.page.show_rally(bench.rally.id)
    paper.setFocus()
    qtbot.keyClicks(paper, "Next")
    bench.press(Qt.Key.Key_PageDown, Ctrl)  # to the next section
    assert bench.page.part is bench.part(STAND_DOWN)
    assert "Next" in bench.mine(PlanNote)[0].text
    bench.part(EMERGENCY)
    paper.setFocus()
    qtbot.keyClicks(paper, "Mine")
    bench.elsewhere(lambda edit: edit.save(replace(note, text="Theirs once more.")))
    bench.page.show_rally(bench.old.id)
    assert "what Square vigil says on emergency procedures was left as it was" in bench.says


def test_what_is_known_already_is_read_beside_the_words(bench):
    """Access, emergencies, stand-down and data say what the plan knows, and lead to where it is entered."""
    bench.page.show_rally(bench.old.id)

    def known(number):
        return dict(bench.part(number).known[0]._known.rows)

    assert "not entered yet" not in known(ACCESS)["Step-free"]
    assert "Rosalind Tansley" in known(EMERGENCY)["May stop the event"]
    assert "Tue 1 Dec 2015" in known(STAND_DOWN)["Belongs to"]
    assert bench.page.part.known[0]._known.listed[6] == "Police"
    assert known(DATA)["Shred after"]
    for number in (15, 16, 17, 21):
        assert known(number)
    part = bench.part(ACCESS)
    part.known[0].section_wanted.emit(TEAM)
    assert bench.page.part is bench.part(TEAM)
    bench.page.show_rally(bench.rally.id)
    assert known(EMERGENCY)["May stop the event"] == "not entered yet"
    assert known(STAND_DOWN)["This rally"] == "Belongs to no strike day"
    kept = bench.page.settings()
    bench.page.take_settings(kept)
    assert bench.page.settings() == kept
