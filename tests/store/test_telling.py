"""What an operation did, in words that a rep reads."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from rallyapp.demos import DEMOS
from rallyapp.domain.disputes import Dispute, StrikeDay, StrikeState
from rallyapp.domain.ids import new_id
from rallyapp.domain.people import Availability, Person, PersonSkill, Skill, Standing
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Entrance
from rallyapp.domain.rallies import ProgrammeItem, Rally
from rallyapp.domain.stalls import Partner, Stall
from rallyapp.domain.tells import PrintedLine, PrintRun
from rallyapp.store import Store
from rallyapp.store.telling import told


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("telling") / "southampton.rally"
    with Store.create(path, DEMOS["southampton-2015"].records(), label="Demo") as opened:
        yield opened


@pytest.fixture
def store(made):
    before = made.version
    yield made
    while made.version > before and made.undo_label:
        made.undo()


def said(store):
    return told(store, store.history(limit=1)[0])


def first_shift(store):
    return min((each for each in store.all(Shift) if each.picket_id), key=lambda each: (each.starts, each.id))


PLACE = "Main entrance, Southampton General Hospital"


def test_a_shift_that_moved_and_somebody_put_on(store):
    shift, person = first_shift(store), next(each for each in store.all(Person) if each.given_name == "Jodie")
    with store.edit("Move and put on") as edit:
        edit.save(replace(shift, starts=shift.starts.replace(minute=15), batch="other"))
        edit.save(Assignment(id=new_id(), shift_id=shift.id, person_id=person.id, role=Role.PICKET))
    assert said(store) == [
        f"Jodie Marchbank: put on {PLACE}, Tue 1 Dec 2015 08:15\u201309:00, as picket (proposed)",
        f"{PLACE}, Tue 1 Dec 2015 08:15\u201309:00: starts Tue 1 Dec 2015 08:00 \u2192 Tue 1 Dec 2015 08:15",
    ]


def test_whose_own_somebody_is_and_that_they_are_freed_when_the_charity_goes(store):
    jodie = next(each for each in store.all(Person) if each.given_name == "Jodie")
    dkms = Partner(id="dkms", name="DKMS")
    with store.edit("Another charity") as edit:
        edit.save(dkms)
        edit.save(replace(jodie, partner_id=dkms.id), was=jodie)
    assert said(store) == ["Jodie Marchbank: partner Anthony Nolan \u2192 DKMS", "Partner \u201cDKMS\u201d: added"]
    with store.edit("Remove partner DKMS") as edit:
        edit.delete(dkms)
    freed = store.get(Person, jodie.id)
    assert (freed.standing, freed.partner_id) == (Standing.PARTNER, None)
    assert said(store) == ["Jodie Marchbank: partner DKMS \u2192 nothing", "Partner \u201cDKMS\u201d: deleted"]
    store.undo()
    assert store.get(Person, jodie.id).partner_id == "dkms"


def test_states_ticks_and_names(store):
    down = store.all(Assignment)[0]
    name = store.get(Person, down.person_id).name
    with store.edit("Change") as edit:
        edit.save(replace(down, state=AssignmentState.RECONFIRM, pinned=not down.pinned))
    (line,) = said(store)
    assert line.startswith(f"{name} on ")
    assert f"pinned {'yes' if down.pinned else 'no'} \u2192 {'no' if down.pinned else 'yes'}" in line
    assert f"state {down.state} \u2192 to reconfirm" in line


def test_somebody_taken_off_and_everything_of_a_person_deleted(store):
    down = store.all(Assignment)[0]
    person = store.get(Person, down.person_id)
    with store.edit("Take off") as edit:
        edit.delete(down)
    assert said(store)[0].startswith(f"{person.name}: taken off ")
    with store.edit("Delete") as edit:
        edit.delete(person)
    lines = said(store)
    assert f"{person.name}: deleted" in lines
    assert any(
        line == f"Offer of time, {person.name}, Tue 1 Dec 2015 07:00\u201312:00: deleted" for line in lines
    ) or any(line.startswith(f"Offer of time, {person.name}, ") for line in lines)


def test_days_and_empty_values(store):
    dispute, day = store.all(Dispute)[0], store.all(StrikeDay)[0]
    with store.edit("Change") as edit:
        edit.save(replace(dispute, duty_phone="", ballot_opened=date(2015, 11, 6)))
        edit.save(replace(day, state=StrikeState.SUSPENDED))
    lines = "\n".join(said(store))
    assert f"duty phone {dispute.duty_phone} \u2192 nothing" in lines
    assert "Fri 6 Nov 2015" in lines
    assert "state notified \u2192 suspended" in lines


def test_what_belongs_to_something_is_said_with_it(store):
    shift, rally = first_shift(store), store.all(Rally)[0]
    person = next(each for each in store.all(Person) if each.given_name == "Jodie")
    when = datetime(2015, 12, 1, 8)
    with store.edit("Add") as edit:
        edit.save(Need(id="n", shift_id=shift.id, role=Role.STANDBY, least=0, wished=1, most=2, skill=Skill.BSL))
        edit.save(PersonSkill(id="s", person_id=person.id, skill=Skill.DRIVER))
        edit.save(Availability(id="a", person_id=person.id, starts=when, ends=when.replace(hour=9)))
        edit.save(ProgrammeItem(id="i", rally_id=rally.id, position=99, title="Song", minutes=3))
    assert said(store) == [
        "Item of the running order \u201cSong\u201d: added",
        f"Need, {PLACE}, Tue 1 Dec 2015 08:00\u201309:00: added",
        "Offer of time, Jodie Marchbank, Tue 1 Dec 2015 08:00\u201309:00: added",
        "Skill, Jodie Marchbank: added",
    ]


def test_posts_stalls_and_pickets(store):
    rally_shift = next(each for each in store.all(Shift) if each.post_id)
    stall, picket = store.all(Stall)[0], store.all(Picket)[0]
    entrance = store.all(Entrance)[0]
    with store.edit("Change") as edit:
        edit.save(replace(rally_shift, label="Early"))
        edit.save(replace(stall, kits=stall.kits + 1))
        edit.save(replace(picket, ends=None))
        edit.save(replace(entrance, stand_at="x" * 200, position=entrance.position + 1))
    lines = said(store)
    assert any(line.startswith("Stall \u201cAnthony Nolan\u201d: kits ") for line in lines)
    assert any("from 08:00" in line and "ends" in line for line in lines)
    assert any(line.endswith("\u2026") for line in lines), "a long text is cut"
    assert any(line.endswith(": label Early") for line in lines)


def test_a_print_is_named_by_what_it_is_of_and_its_rows_are_counted(store):
    picket = store.all(Picket)[0]
    run = PrintRun(
        id="run", document="sign-in", scope=picket.id, audience="noticeboard", version=1, at=picket.starts, holder="Ann"
    )
    lines = [PrintedLine(id=f"l{n}", print_run_id="run", line=str(n), digest="d", person="ann") for n in range(3)]
    with store.note("Print sign-in sheet") as edit:
        edit.save_all([run, *lines])
    name = f"Print \u201csign in (noticeboard), {PLACE}, Tue 1 Dec 2015 08:00\u201311:00\u201d"
    assert said(store) == [f"{name}: added", "3 printed rows: added"]
    with store.note("Tidy") as edit:
        edit.save_all([replace(run, holder="thrown away", audience=""), replace(lines[0], person="")])
        edit.delete(lines[1])
    changed, *counts = said(store)
    assert changed.endswith("holder Ann \u2192 thrown away, audience noticeboard \u2192 nothing")
    assert counts == ["1 printed row: changed", "1 printed row: deleted"]


def test_of_a_great_many_rows_the_rest_is_counted(store):
    with store.edit("Everybody") as edit:
        edit.save_all([replace(person, reserve=not person.reserve) for person in store.all(Person)])
    lines = told(store, store.history(limit=1)[0], most=10)
    assert len(lines) == 11
    assert lines[-1] == f"and {len(store.all(Person)) - 10} more rows"


def test_why_an_operation_can_no_longer_be_undone(store):
    shift = first_shift(store)
    with store.edit("First") as edit:
        edit.save(replace(shift, label="one"))
    first = store.history(limit=1)[0]
    assert store.why_not_undone(first) == ""
    with store.edit("Second") as edit:
        edit.save(replace(shift, label="two"))
    assert "was changed since" in store.why_not_undone(first)
