"""Any edits in any order, undone and redone over two windows and restarts, beside a plain dictionary."""

import shutil
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from rallyapp.domain.people import Pair, Person, PersonSkill, Skill
from rallyapp.domain.pickets import Assignment, Attendance, Need, Role, Shift
from rallyapp.domain.records import columns, problems_of, table_of
from rallyapp.store import Store
from rallyapp.store.errors import Refused
from rallyapp.store.tables import referring
from tests.store import sample

WINDOWS = st.sampled_from(["left", "right"])
NUMBERS = st.integers(0, 5)
SKILLS = st.sampled_from([Skill.MC, Skill.BSL])
ROLES = st.sampled_from([Role.PICKET, Role.STEWARD])
TEXTS = st.sampled_from(["", "Siân", "Łukasz", "O’Brien", "x' OR 1", "🎺", "a\nb"])
MADE = {}


def original():
    """A small plan, made once for all runs."""
    if "path" not in MADE:
        MADE["folder"] = tempfile.TemporaryDirectory()
        MADE["path"] = Path(MADE["folder"].name) / "original.rally"
        Store.create(MADE["path"], sample.rota(), label="New plan").close()
    return MADE["path"]


def without(model, key):
    """Delete a row of the model with its parts, as ``Edit.delete`` promises to."""
    table, id = key
    for kind, column in referring(table):
        for child_key, child in list(model.items()):
            if type(child) is kind and getattr(child, column.name) == id and child_key in model:
                freed = replace(child, **{column.name: None}) if column.optional else None
                if freed is None or problems_of(freed):
                    without(model, child_key)
                else:
                    model[child_key] = freed
    model.pop(key, None)


class Windows(RuleBasedStateMachine):
    """Two windows on one file: ``model`` is what must be in it, ``past`` the operations with before and after."""

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "plan.rally"
        shutil.copy(original(), self.path)
        self.stores = {}
        self.heard = {"left": [], "right": []}
        for name in ("left", "right"):
            self.open_window(name)
        self.model = sample.contents(self.stores["left"])
        self.start = dict(self.model)
        self.past = []  # (kind, before, after, index of what it takes back)
        self.changed = True

    def open_window(self, name):
        self.stores[name] = Store.open(self.path, who=name)
        self.stores[name].listeners.append(self.heard[name].append)

    def teardown(self):
        if not hasattr(self, "stores"):
            return
        # All the way back: whatever still stands is taken back, and the plan is what it was.
        store = self.stores["right"]
        while store.undo():
            pass
        assert sample.contents(store) == self.start
        assert sample.sound(store)
        for window in self.stores.values():
            window.poll()
            window.close()
        for told in self.heard.values():
            numbers = [change_set.operation.seq for change_set in told]
            assert len(set(numbers)) == len(numbers)  # nothing was told twice
        self.folder.cleanup()

    # ------------------------------------------------------------------------------------------------ the edits
    def edit(self, window, change):
        """Do a change to the plan and to the model; neither keeps anything of one that is refused."""
        store, model = self.stores[window], dict(self.model)
        try:
            with store.edit("Change") as edit:
                change(edit, model)
        except Refused:
            return
        if model != self.model or self.wrote(store):
            self.past.append(["edit", self.model, model, None])
        self.model, self.changed = model, True

    def wrote(self, store):
        """An edit there and back again is kept, too."""
        return len(store.history(limit=10_000)) > len(self.past) + 1

    def save(self, edit, model, record):
        edit.save(record)
        model[table_of(type(record)), record.id] = record

    @rule(window=WINDOWS, number=NUMBERS, given=TEXTS, family=TEXTS, phone=TEXTS)
    def save_a_person(self, window, number, given, family, phone):
        somebody = Person(id=f"p{number}", given_name=given, family_name=family, phone=phone)
        self.edit(window, lambda edit, model: self.save(edit, model, somebody))

    @rule(window=WINDOWS, number=NUMBERS, email=TEXTS)
    def change_one_column_of_a_person(self, window, number, email):
        def change(edit, model):
            was = self.stores[window].find(Person, f"p{number}")
            if was:
                model["person", was.id] = edit.save(replace(was, email=email), was=was)

        self.edit(window, change)

    @rule(window=WINDOWS, number=NUMBERS, minutes=st.integers(0, 3))
    def save_a_shift(self, window, number, minutes):
        shift = Shift(
            id=f"s{number}",
            picket_id="picket",
            starts=sample.MORNING,
            ends=sample.MORNING + timedelta(hours=2),
            meet_minutes=minutes,
        )
        self.edit(window, lambda edit, model: self.save(edit, model, shift))

    @rule(window=WINDOWS, number=NUMBERS, shift=NUMBERS, person=NUMBERS, role=ROLES)
    def assign(self, window, number, shift, person, role):
        """Refused where the shift or the person is not there, and where they are on it already."""
        record = Assignment(id=f"a{number}", shift_id=f"s{shift}", person_id=f"p{person}", role=role)
        self.edit(window, lambda edit, model: self.save(edit, model, record))

    @rule(window=WINDOWS, shift=NUMBERS, people=st.lists(NUMBERS, min_size=2, max_size=4, unique=True))
    def change_places(self, window, shift, people):
        def change(edit, model):
            rows = sorted(
                (r for r in model.values() if isinstance(r, Assignment) and r.shift_id == f"s{shift}"),
                key=lambda r: r.id,
            )
            for row in rows:
                edit.delete(row)
                del model["assignment", row.id]
            for row, person in zip(rows, people, strict=False):
                self.save(edit, model, replace(row, person_id=f"p{person}"))

        self.edit(window, change)

    @rule(window=WINDOWS, skill=SKILLS, numbers=st.lists(NUMBERS, min_size=1, max_size=6))
    def save_many(self, window, skill, numbers):
        def change(edit, model):
            records = [PersonSkill(id=f"k{n}{skill}", person_id=f"p{n}", skill=skill) for n in numbers]
            records += [
                Need(id=f"m{n}", shift_id=f"s{n}", role=Role.PICKET, least=n, wished=n, most=9) for n in numbers
            ]
            records += [Attendance(id=f"t{n}", shift_id=f"s{n}", person_id=f"p{n}", role=Role.PICKET) for n in numbers]
            edit.save_all(records)
            model.update({(table_of(type(record)), record.id): record for record in records})

        self.edit(window, change)

    @rule(window=WINDOWS, one=NUMBERS, other=NUMBERS)
    def pair(self, window, one, other):
        self.edit(
            window, lambda e, m: self.save(e, m, Pair(id=f"{one}{other}", person_id=f"p{one}", other_id=f"p{other}"))
        )

    @rule(window=WINDOWS, data=st.data(), count=st.integers(1, 3))
    def delete_with_parts(self, window, data, count):
        def change(edit, model):
            for _ in range(count):
                key = data.draw(st.sampled_from(sorted(model)))
                edit.delete(model[key])
                without(model, key)
                if not model:
                    break

        if self.model:
            self.edit(window, change)

    @rule(window=WINDOWS, number=NUMBERS)
    def an_edit_that_fails(self, window, number):
        with pytest.raises(ZeroDivisionError), self.stores[window].edit("Fails") as edit:  # noqa: PT012
            edit.save(Person(id=f"p{number}", given_name="Nobody"))
            raise ZeroDivisionError

    # --------------------------------------------------------------------------------------------- back and forth
    def standing(self, *kinds):
        taken = {of for *_, of in self.past if of is not None}
        return [n for n, (kind, *_) in enumerate(self.past) if kind in kinds and n not in taken]

    @rule(window=WINDOWS, times=st.integers(1, 4))
    def undo(self, window, times):
        for _ in range(times):
            candidates = self.standing("edit", "redo")
            done = self.stores[window].undo()
            assert (done is None) == (not candidates)
            if done:
                self.take_back("undo", candidates[-1])

    @rule(window=WINDOWS, times=st.integers(1, 4))
    def redo(self, window, times):
        for _ in range(times):
            last_edit = max((n for n, (kind, *_) in enumerate(self.past) if kind == "edit"), default=-1)
            candidates = [n for n in self.standing("undo") if n > last_edit]
            done = self.stores[window].redo()
            assert (done is None) == (not candidates)
            if done:
                self.take_back("redo", candidates[-1])

    def take_back(self, kind, index):
        """Only rows that the operation touched go back; in order of time, that is the whole plan."""
        _, before, after, _ = self.past[index]
        model = dict(self.model)
        for key in before.keys() | after.keys():
            if before.get(key) != after.get(key):
                assert model.get(key) == after.get(key)
                model.pop(key, None)
                if key in before:
                    model[key] = before[key]
        self.past.append([kind, self.model, model, index])
        self.model, self.changed = model, True

    @precondition(lambda self: len(self.past) > 1)
    @rule(window=WINDOWS, data=st.data())
    def undo_an_older_one(self, window, data):
        candidates = self.standing("edit", "redo")
        if not candidates:
            return
        index = data.draw(st.sampled_from(candidates))
        store = self.stores[window]
        operation = store.history(limit=10_000)[-(index + 2)]
        _, before, after, _ = self.past[index]
        touched = [key for key in before.keys() | after.keys() if before.get(key) != after.get(key)]
        clash = any(self.model.get(key) != after.get(key) for key in touched)
        try:
            store.undo(operation.id)
        except Refused:
            wanted = {key: row for key, row in self.model.items() if key not in touched}
            wanted.update({key: before[key] for key in touched if key in before})
            assert clash or dangling(wanted) or twice(wanted)
            return
        assert not clash
        self.take_back("undo", index)

    @rule(window=WINDOWS)
    def close_and_open(self, window):
        self.stores[window].poll()
        self.stores[window].close()
        self.open_window(window)

    @rule(window=WINDOWS)
    def poll(self, window):
        told = self.stores[window].poll()
        assert all(change_set.operation.who != window for change_set in told)
        assert self.stores[window].poll() == []

    # ------------------------------------------------------------------------------------------- what always holds
    @invariant()
    def both_windows_show_the_model(self):
        if not getattr(self, "changed", False):
            return
        self.changed = False
        for store in self.stores.values():
            assert sample.contents(store) == self.model
        assert sample.replayed(store) == self.model
        assert store.rows("PRAGMA foreign_key_check") == []
        assert store.rows("SELECT count(*) FROM edit_now") == [(0,)]
        assert len(store.history(limit=10_000)) == len(self.past) + 1
        found = store.rows("SELECT rowid FROM person_search ORDER BY rowid")
        assert found == store.rows("SELECT n FROM person ORDER BY n")


def dangling(model):
    return any(
        getattr(record, column.name) is not None and (column.refers_to, getattr(record, column.name)) not in model
        for record in model.values()
        for column in columns(type(record))
        if column.refers_to
    )


def twice(model):
    seen = set()
    for record in model.values():
        for kind, key in ((Assignment, ("shift_id", "person_id")), (PersonSkill, ("person_id", "skill"))):
            if type(record) is kind:
                value = (kind, *(getattr(record, name) for name in key))
                if value in seen:
                    return True
                seen.add(value)
    return False


TestWindows = Windows.TestCase
TestWindows.settings = settings(
    max_examples=45,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
