"""The tables are what the records say, and the connection is as safe as it can be set."""

import hashlib
import sqlite3 as foreign
from dataclasses import replace

import pytest

from rallyapp import carried
from rallyapp.domain.pickets import Assignment, Role
from rallyapp.domain.records import KINDS, columns, table_of
from rallyapp.store import Store, driver, triggers
from rallyapp.store.errors import Refused
from tests.store import sample

# Of resources/migrations/m0001_start.sql. Until the first release it may change, and this with it; after that
# neither ever: what changes comes as a migration of its own.
START = "868061a6eac499945b65843619e6fb3b95fd53146e7896c672652fff124fbfb8"

JOURNAL = ("operation", "change", "edit_now", "_sqlite_migrations")


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A plan with one record of every kind, open."""
    path = tmp_path_factory.mktemp("shape") / "full.rally"
    with Store.create(path, sample.one_of_each(), label="New plan") as store:
        yield store


def tables(store):
    listed = store.rows("SELECT name, type, strict, wr FROM pragma_table_list WHERE schema = 'main'")
    return {name: strict for name, type, strict, _ in listed if type == "table" and not name.startswith("sqlite_")}


def test_the_first_migration_is_never_edited_after_a_release():
    text = carried.path("migrations", "m0001_start.sql").read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(text).hexdigest() == START


def test_every_table_is_strict(full):
    found = tables(full)
    assert set(found) == {table_of(kind) for kind in KINDS} | set(JOURNAL)
    assert [name for name, strict in found.items() if not strict] == []


def test_every_column_is_text_or_a_whole_number(full):
    types = {row[0] for table in tables(full) for row in full.rows(f"SELECT type FROM pragma_table_info('{table}')")}
    assert types == {"TEXT", "INTEGER"}


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_a_table_has_its_record_s_fields(full, kind):
    query = f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table_of(kind)}')"
    found = {name: (type, bool(notnull)) for name, type, notnull, _ in full.rows(query)}
    if table_of(kind) == "person":
        assert found.pop("n") == ("INTEGER", False)  # the row number by which the search index finds it
    assert list(found) == [column.name for column in columns(kind)]
    for column in columns(kind):
        assert found[column.name] == (column.sql_type, not column.optional), column.what


@pytest.mark.parametrize("kind", KINDS, ids=table_of)
def test_a_table_refers_to_what_its_record_refers_to(full, kind):
    rows = full.rows(
        f'SELECT "from", "table", "to", on_update, on_delete FROM pragma_foreign_key_list(\'{table_of(kind)}\')'
    )
    assert {row[0]: row[1] for row in rows} == {c.name: c.refers_to for c in columns(kind) if c.refers_to}
    assert all(row[2:] == ("id", "NO ACTION", "NO ACTION") for row in rows)  # nothing cascades silently


def test_every_reference_has_an_index(full):
    missing = []
    for table in tables(full):
        leading = {
            full.rows(f"SELECT name FROM pragma_index_info('{name}') WHERE seqno = 0")[0][0]
            for (name,) in full.rows(f"SELECT name FROM pragma_index_list('{table}') WHERE NOT partial")
        }
        referring = {row[0] for row in full.rows(f"SELECT \"from\" FROM pragma_foreign_key_list('{table}')")}
        missing += [f"{table}.{name}" for name in referring - leading if table != "edit_now"]
    assert missing == []


def test_the_id_is_the_key_of_every_kind(full):
    for kind in KINDS:
        record = full.all(kind)[0]
        assert full.get(kind, record.id) == record
        with full.edit("Save it again") as edit:
            edit.save(record)
        assert len(full.all(kind)) == (2 if table_of(kind) == "person" else 1)


def test_one_of_each_kind_reads_as_it_was_written(full):
    assert sample.contents(full) == {(table_of(type(record)), record.id): record for record in sample.one_of_each()}
    assert sample.sound(full)


def test_the_connection_is_set_to_lose_nothing(full):
    wanted = {
        "application_id": 0x52414C59,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "page_size": 4096,
    }
    assert {name: full.rows(f"PRAGMA {name}")[0][0] for name in wanted} == wanted


def test_the_engine_is_one_without_the_lost_commits():
    assert driver.sqlite3.sqlite_version_info >= (3, 51, 3)
    assert driver.sqlite3 is not foreign


def test_the_plain_file_carries_its_mark(full):
    head = full.path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert head[68:72] == b"RALY"


# --------------------------------------------------------------------------------------------- guard triggers
GUARDED = [*(table_of(kind) for kind in KINDS), "operation", "change"]


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A plan with one record of every kind, that no window has open."""
    path = tmp_path_factory.mktemp("guard") / "full.rally"
    Store.create(path, sample.one_of_each(), label="New plan").close()
    return path


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("verb", ["insert", "update", "delete"])
def test_another_program_can_t_write_past_the_journal(filled, table, verb):
    key = "id" if table != "change" else "row"
    other = foreign.connect(filled)
    try:
        count = other.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        assert count[0] > 0
        columns = [row[1] for row in other.execute(f'PRAGMA table_info("{table}")') if row[1] not in ("n", "seq")]
        unique = {"notice_day": "notice_id", "workplace": "site_id", "person_skill": "skill", "rally_day": "rally_id"}
        unique["programme_issue"] = "rally_id"
        new = {key, unique.get(table, "person_id" if table == "assignment" else key)}
        listed = ", ".join(f'"{name}"' for name in columns)
        fresh = ", ".join("'fresh'" if name in new else f'"{name}"' for name in columns)
        statement = {
            "insert": f'INSERT INTO "{table}" ({listed}) SELECT {fresh} FROM "{table}" LIMIT 1',
            "update": f'UPDATE "{table}" SET "{key}" = "{key}"',
            "delete": f'DELETE FROM "{table}"',
        }[verb]
        with pytest.raises(foreign.IntegrityError, match="a plan is changed only inside an edit"):
            other.execute(statement)
        assert other.execute(f'SELECT count(*) FROM "{table}"').fetchone() == count
    finally:
        other.close()


def test_neither_can_we(plan):
    for statement in ("DELETE FROM assignment", "UPDATE person SET left = 1", "DELETE FROM change"):
        with pytest.raises(driver.sqlite3.IntegrityError, match="only inside an edit"):
            plan.rows(statement)


def test_a_door_that_another_program_left_open_is_shut_by_the_next_edit(closed):
    other = foreign.connect(closed)
    other.execute("INSERT INTO edit_now VALUES (1)")
    other.commit()
    other.close()
    with Store.open(closed) as store:
        with store.edit("Rename") as edit:
            edit.save(sample.person(1))
        assert store.rows("SELECT count(*) FROM change WHERE row = 'x1'") == [(1,)]
        assert sample.sound(store)


def test_triggers_that_another_program_dropped_are_back_when_the_plan_is_opened(plan):
    path = plan.path
    plan.close()
    other = foreign.connect(path)
    for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        if "person" in name or "shift" in name:
            other.execute(f'DROP TRIGGER "{name}"')
    other.execute("CREATE TRIGGER cuckoo AFTER INSERT ON person BEGIN DELETE FROM pair; END")
    other.commit()
    other.close()
    with Store.open(path) as store:
        assert triggers.standing(store._connection) == triggers.expected(store._connection)
        with store.edit("Add") as edit:
            edit.save(sample.person(1))
        assert sample.sound(store)


def test_a_search_index_that_missed_something_is_made_anew_with_its_triggers(plan):
    from rallyapp.store import queries

    path = plan.path
    plan.close()
    other = foreign.connect(path)
    for name in ("search_person_update", "journal_person_update"):
        other.execute(f"DROP TRIGGER {name}")
    other.execute("UPDATE person SET given_name = 'Rhiannon' WHERE id = 'p0'")
    other.commit()
    other.close()
    with Store.open(path) as store:
        assert [person.id for person in queries.search_people(store, "rhian")] == ["p0"]
        assert queries.search_people(store, "sian") == ()


def test_a_record_that_its_table_could_not_hold_is_refused_with_a_sentence(plan):
    again = Assignment(id="again", shift_id="s0", person_id="p0", role=Role.STANDBY)
    twice = "There is one like it already: this assignment can't be entered twice"
    with pytest.raises(Refused, match=twice), plan.edit("Twice") as edit:
        edit.save(again)
    nowhere = "an assignment would refer to a shift that is not there"
    with pytest.raises(Refused, match=nowhere), plan.edit("Nowhere") as edit:
        edit.save(replace(again, shift_id="none"))
    assert plan.undo_label is None
