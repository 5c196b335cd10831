"""People are changed as in a spreadsheet: typed over, pasted, several at once, entered, deleted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from rallyapp.domain.people import Channel, Person, PersonSkill, Skill, Standing
from rallyapp.domain.places import Site
from rallyapp.ui.models.people_columns import Typed, split_name, typed_over, typed_site
from rallyapp.ui.models.people_index import Mark
from rallyapp.ui.models.people_pasting import read_people
from tests.ui.people_desk import Ctrl, Shift, at, cell, choose, edits, line, named, names, people, settled

__all__ = ["people"]


# ------------------------------------------------------------------------------------------------ changing
def test_a_cell_is_typed_over_and_taken_back(people, window, qtbot):
    at(people, "Aoife Byrne", "phone")
    qtbot.keyClick(people.sheet, Qt.Key.Key_F2)
    line(people).selectAll()
    qtbot.keyClicks(line(people), "020 7946 0000")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert cell(people, "Aoife Byrne", "phone") == named(people, "Aoife Byrne").phone == "020 7946 0000"
    assert edits(people)[0] == "Change phone, Aoife Byrne"
    window.undo()
    assert cell(people, "Aoife Byrne", "phone") == "07700 900101"


def test_a_change_of_name_is_told_of_who_it_was(people, qtbot):
    at(people, "Aoife Byrne", "name")
    qtbot.keyClick(people.sheet, Qt.Key.Key_F2)
    line(people).selectAll()
    qtbot.keyClicks(line(people), "Whenever Byrne")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert edits(people)[0] == "Change name, Aoife Byrne"


def test_a_workplace_is_typed_by_its_beginning(people, qtbot):
    at(people, "Aoife Byrne", "workplace")
    qtbot.keyClicks(people.sheet, "p")
    qtbot.keyClicks(line(people), "rin")
    assert line(people).offers.chosen == "Princess Anne Hospital"
    qtbot.keyClick(line(people), Qt.Key.Key_Tab)
    assert cell(people, "Aoife Byrne", "workplace") == "Princess Anne Hospital"


def test_what_is_wrong_is_said_where_it_is_typed(people, qtbot):
    at(people, "Aoife Byrne", "phone")
    qtbot.keyClick(people.sheet, Qt.Key.Key_F2)
    qtbot.keyClicks(line(people), "ask her")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert "is no telephone number." in line(people).offers.sentence
    qtbot.keyClick(line(people), Qt.Key.Key_Escape)
    assert named(people, "Aoife Byrne").phone == "07700 900101"


def test_whoever_is_typed_to_be_a_member_belongs_to_no_charity_any_more(people, qtbot):
    people.table.search.setText("anthony")
    qtbot.waitUntil(lambda: "Jodie Marchbank" in names(people))
    assert {cell(people, name, "partner") for name in names(people)} == {"Anthony Nolan"}, "found by their charity"
    at(people, "Jodie Marchbank", "standing")
    QGuiApplication.clipboard().setText("member")
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl)
    jodie = named(people, "Jodie Marchbank")
    assert (jodie.standing, jodie.partner_id) == (Standing.MEMBER, None)
    people.desk.undo()
    jodie = named(people, "Jodie Marchbank")
    assert (jodie.standing, cell(people, jodie.name, "partner")) == (Standing.PARTNER, "Anthony Nolan")


def test_a_block_with_one_wrong_value_writes_nothing_and_says_where(people, person, qtbot):
    before = people.desk.store.all(Person)
    at(people, "Aoife Brennan", "workplace")
    lines = [
        "Princess Anne Hospital\t020 7946 0001\tfirst aid",
        "Princess Anne Hospital\tno number\tMC",
        "\t020 7946 0003\t",
    ]
    QGuiApplication.clipboard().setText("\n".join(lines))
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl)
    assert people.desk.store.all(Person) == before
    assert edits(people) == []
    assert person.reads == "Aoife Byrne, phone: \u201cno number\u201d is no telephone number. Nothing was changed."
    QGuiApplication.clipboard().setText("\n".join(lines).replace("no number", "020 7946 0002"))
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl)
    assert cell(people, "Aoife Byrne", "phone") == "020 7946 0002"
    assert cell(people, "Aoife Byrne", "skills") == "MC"
    assert len(edits(people)) == 1


def test_copying_gives_text_with_tabs(people, qtbot):
    at(people, "Aoife Brennan")
    qtbot.keyClick(people.sheet, Qt.Key.Key_Down, Shift)
    for _ in range(2):
        qtbot.keyClick(people.sheet, Qt.Key.Key_Right, Shift)
    qtbot.keyClick(people.sheet, Qt.Key.Key_C, Ctrl)
    hospital = "Southampton General Hospital"
    assert QGuiApplication.clipboard().text() == (
        f"Aoife Brennan\t{hospital}\t07700 900102\nAoife Byrne\t{hospital}\t07700 900101"
    )


def test_twelve_people_are_changed_in_one_step(people, window, qtbot):
    choose(people, 0, 11)
    settled(window, people, qtbot)
    pane = people.several
    assert pane.isVisible()
    assert pane.title.text() == "12 people chosen"
    assert not pane.apply.isEnabled()
    pane.workplace.entry.setText("Royal South Hants Hospital")
    pane.workplace.entry.editingFinished.emit()
    for field, value in ((pane.standing, "supporter"), (pane.channel, "phone"), (pane.add_skill, "MC")):
        field.show_value(value)
        field.committed.emit(value)
    pane.take_skill.show_value("picket supervisor")
    pane.ticks["reserve"].show_value("yes")
    pane.limits["max_minutes_day"].show_value("7.5")
    chosen = people.chosen
    qtbot.mouseClick(pane.apply, Qt.MouseButton.LeftButton)
    store = people.desk.store
    site = next(site.id for site in store.all(Site) if site.name == "Royal South Hants Hospital")
    changed = store.these(Person, chosen)
    assert len(changed) == 12
    for each in changed:
        assert (each.workplace_id, each.standing, each.channel) == (site, Standing.SUPPORTER, Channel.PHONE)
        assert (each.reserve, each.max_minutes_day) == (True, 450)
        skills = {record.skill for record in store.where(PersonSkill, person_id=each.id)}
        assert Skill.MC in skills
        assert Skill.SUPERVISOR not in skills
    assert edits(people) == ["Change details, 12 people"]
    assert people.chosen == chosen
    window.undo()
    assert store.these(Person, chosen)[0].standing is Standing.MEMBER
    assert not pane.apply.isEnabled()  # what was set is not set again by a second press


def test_what_is_set_wrongly_for_several_is_said_below_the_field(people, window, qtbot):
    choose(people, 0, 2)
    settled(window, people, qtbot)
    pane = people.several
    pane.workplace.show_value("Atlantis General")
    pane._check()
    assert "there is no workplace" in pane.workplace.wrong.text().lower()
    qtbot.mouseClick(pane.apply, Qt.MouseButton.LeftButton)
    assert edits(people) == []


def test_a_new_person_is_typed_by_keyboard_alone(people, window, qtbot):
    people.table.search.setText("aoife")
    people.sheet.setFocus()
    qtbot.keyClick(people.sheet, Qt.Key.Key_N, Ctrl | Shift)
    assert people.model.text(2, 0) == "New person: type a name"
    qtbot.keyClicks(line(people), "Bronwen Prys")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert names(people) == ["Aoife Brennan", "Aoife Byrne", "Bronwen Prys"]  # shown, although nobody asked for her
    assert named(people, "Bronwen Prys").family_name == "Prys"
    settled(window, people, qtbot)
    assert people.detail.person_id == named(people, "Bronwen Prys").id
    assert edits(people) == ["Add Bronwen Prys"]
    people.table.search.clear()
    row = names(people).index("Bronwen Prys")
    assert "Puw" in names(people)[row - 1] or "Puw" in names(people)[row + 1] or 0 < row < 63  # in her place by name


def test_a_new_person_whose_name_is_not_typed_is_none(people, qtbot):
    people.new_person()
    assert people.model.rowCount() == 64
    qtbot.keyClick(line(people), Qt.Key.Key_Escape)
    assert people.model.rowCount() == 63
    assert edits(people) == []


def test_a_list_is_pasted_as_new_people_without_those_who_are_there(people, person, qtbot):
    people.sheet.setFocus()
    QGuiApplication.clipboard().setText(
        "First name\tSurname\tMobile\tShoe size\n"
        "Zainab\tMalik\t020 7946 0011\t38\n"
        "Aoife\tByrne\t07700900101\t37\n"
        "Zainab\tMalik\t020 7946 0011\t38\n"
    )
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl | Shift)
    assert person.reads == (
        "Zainab Malik added, without a workplace: the rota can\u2019t put them on a picket. 2 were in the plan already."
    )
    assert named(people, "Zainab Malik").phone == "020 7946 0011"
    assert len(names(people)) == 64
    QGuiApplication.clipboard().setText("Name\tPhone\nYusuf Khan\tsome day\n")
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl | Shift)
    assert person.reads == "Yusuf Khan, phone: \u201csome day\u201d is no telephone number. Nothing was changed."
    assert len(names(people)) == 64


def test_new_people_without_a_workplace_get_the_only_one_there_is(people, person, window, qtbot):
    first, *rest = people.desk.store.all(Site)
    with people.desk.store.edit("One hospital") as edit:
        for site in rest:
            edit.delete(site)
    settled(window, people, qtbot)
    people.sheet.setFocus()
    QGuiApplication.clipboard().setText("Name\tPhone\nZainab Malik\t020 7946 0011\nYusuf Khan\t\n")
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl | Shift)
    assert person.reads == f"2 people added, all at {first.name}."
    assert {named(people, each).workplace_id for each in ("Zainab Malik", "Yusuf Khan")} == {first.id}
    people.new_action.trigger()
    qtbot.keyClicks(line(people), "Iola Pugh")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert person.reads == f"Iola Pugh added, at {first.name}."
    settled(window, people, qtbot)
    window.desk.undo()
    assert not [each for each in people.desk.store.all(Person) if each.name == "Iola Pugh"]
    settled(window, people, qtbot)


def test_new_people_without_a_workplace_are_said_where_there_are_several(people, person, window, qtbot):
    site = people.desk.store.all(Site)[0]
    people.sheet.setFocus()
    QGuiApplication.clipboard().setText(f"Name\tWorkplace\nZainab Malik\t{site.name}\nYusuf Khan\t\nIola Pugh\t\n")
    qtbot.keyClick(people.sheet, Qt.Key.Key_V, Ctrl | Shift)
    assert person.reads == "3 people added. 2 of them have no workplace: the rota can\u2019t put them on a picket."
    assert named(people, "Yusuf Khan").workplace_id is None
    people.new_action.trigger()
    qtbot.keyClicks(line(people), "Ioan Rees")
    qtbot.keyClick(line(people), Qt.Key.Key_Return)
    assert person.reads == "Ioan Rees added, without a workplace: the rota can\u2019t put them on a picket."
    settled(window, people, qtbot)


def test_having_left_and_coming_back(people, window, qtbot):
    at(people, "Aoife Byrne")
    qtbot.keyClick(people.sheet, Qt.Key.Key_L, Ctrl)
    assert named(people, "Aoife Byrne").left
    assert people.count.text() == "62 people"
    people.table.chips[Mark.LEFT].click()
    assert names(people) == ["Aoife Byrne"]
    at(people, "Aoife Byrne")
    qtbot.keyClick(people.sheet, Qt.Key.Key_L, Ctrl)
    assert not named(people, "Aoife Byrne").left


def test_space_turns_a_tick_over(people, qtbot):
    at(people, "Aoife Byrne", "adult")
    before = named(people, "Aoife Byrne").adult
    qtbot.keyClick(people.sheet, Qt.Key.Key_Space)
    assert named(people, "Aoife Byrne").adult is not before


def test_people_are_deleted_and_brought_back(people, window, qtbot):
    at(people, "Aoife Byrne")
    qtbot.keyClick(people.sheet, Qt.Key.Key_Delete, Ctrl)
    assert "Aoife Byrne" not in names(people)
    assert people.sheet.currentIndex().isValid()
    window.undo()
    assert "Aoife Byrne" in names(people)


# ------------------------------------------------------------------------------------------ what is typed
SITES = {"s1": "St Mary\u2019s", "s2": "Queen\u2019s, North", "s3": "Queen\u2019s, South"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Mary Jones", ("Mary", "Jones")), ("Jones, Mary Ann", ("Mary Ann", "Jones")), ("Wulandari", ("Wulandari", ""))],
)
def test_names_are_parted(typed, found):
    assert split_name(typed) == found


def test_a_given_name_of_two_words_stays_whole():
    was = Person(id="p", given_name="Mary Ann", family_name="Jones")
    assert split_name("Mary Ann Evans", was) == ("Mary Ann", "Evans")


def test_workplaces_are_found_by_part_of_their_name():
    assert typed_site("st marys", SITES) == "s1"
    assert typed_site("", SITES) is None
    with pytest.raises(ValueError, match="one of 2 workplaces"):
        typed_site("queens", SITES)
    with pytest.raises(ValueError, match="add it under Sites and entrances"):
        typed_site("Atlantis", SITES)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("name", ""),
        ("email", "somebody"),
        ("adult", "perhaps"),
        ("standing", "boss"),
        ("skills", "juggling"),
        ("max_minutes_day", "25"),
        ("offered", "5"),
    ],
)
def test_what_can_not_be_meant_is_refused_in_words(key, text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        typed_over(Typed(Person(id="p", given_name="Ann"), frozenset()), key, text, SITES)


def test_lists_without_headings_are_understood():
    read = read_people([["Ann", "Lee", "ann@example.org", "020 7946 0001"], ["Bo", "Ek", "", ""]], SITES)
    assert read[0] == [("given", "Ann"), ("family", "Lee"), ("email", "ann@example.org"), ("phone", "020 7946 0001")]
    assert read_people([["Ann Lee", "St Mary's"]], SITES) == [[("name", "Ann Lee"), ("workplace", "St Mary's")]]
    for nothing in ([], [["Name", "Phone"]], [["020 7946 0001"]], [["a", "b", "c"], ["d", "e", "f"]]):
        with pytest.raises(ValueError, match=r"\.$"):
            read_people(nothing, SITES)
