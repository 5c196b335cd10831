"""Small plans for the store's tests: one record of every kind there is, and quick ways to single ones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.records import KINDS, columns, from_plain, problems_of, table_of

MORNING = datetime(2015, 12, 1, 8, 0)
# What the fields of some kinds must hold beside what their types ask for.
FILLED = {
    "pair": {"other_id": "person-2"},
    "site_plan": {"site_id": "site-1"},
    "stall": {"rally_id": "rally-1"},
    "shift": {"picket_id": "picket-1"},
    "attendance": {"person_id": "person-1"},
    "team_member": {"person_id": "person-1"},
    "incident": {"picket_id": "picket-1"},
    "contact": {"name": "Duty officer"},
    "contact_attempt": {"person_id": "person-1"},
    "need": {"least": 1, "wished": 2, "most": 3},
    "person": {"workplace_id": "site-1", "phone": "07700 900123", "email": "sian@example.org"},
}


def made_up(kind, number=1):
    """Make a record of a kind that has no problem, whatever its fields are."""
    table = table_of(kind)
    values = {}
    for column in columns(kind):
        if column.name == "id":
            values["id"] = f"{table}-{number}"
        elif column.required:
            values[column.name] = f"{column.refers_to}-1" if column.refers_to else _value(column)
    values.update(FILLED.get(table, {}))
    record = from_plain(kind, values)
    assert not problems_of(record), problems_of(record)
    return record


def _value(column):
    if column.holds is datetime:
        return (MORNING + timedelta(hours=3 if column.name == "ends" else 0)).isoformat("T", "minutes")
    if column.holds is date:
        return "2015-12-01"
    if column.holds is time:
        return "08:00"
    if column.holds in (int, bool):
        return 1
    return next(iter(column.holds)).value if column.holds is not str else f"{column.name} in words"


def one_of_each():
    """One record of every kind, in an order in which they can be written; and a second person for the pair."""
    records = []
    for kind in KINDS:
        records.append(made_up(kind))
        if kind is Person:
            records.append(made_up(Person, 2))
    return records


def rota():
    """A picket of one morning: two shifts with a need for two each, and four people, the first assigned twice."""
    day = date(2015, 12, 1)
    people = [
        Person(id=f"p{n}", given_name=given, family_name=family, workplace_id="site")
        for n, (given, family) in enumerate(
            [("Siân", "Hughes"), ("Łukasz", "Nowak"), ("Aoife", "O’Brien"), ("Zoë", "Adeyemi")]
        )
    ]
    shifts = [
        Shift(
            id=f"s{n}",
            picket_id="picket",
            starts=MORNING + timedelta(hours=2 * n),
            ends=MORNING + timedelta(hours=2 * n + 2),
        )
        for n in range(2)
    ]
    return [
        Settings(id="plan", title="Southampton"),
        Dispute(id="dispute", title="Contracts", union="BMA"),
        StrikeDay(id="day", dispute_id="dispute", kind=StrikeKind.FULL_WALKOUT, first_date=day, last_date=day),
        Employer(id="trust", name="University Hospital"),
        Site(id="site", employer_id="trust", name="Southampton General"),
        Entrance(id="gate", site_id="site", name="Main entrance"),
        *people,
        Picket(id="picket", strike_day_id="day", entrance_id="gate", starts=MORNING),
        *shifts,
        *(Need(id=f"n{n}", shift_id=f"s{n}", role=Role.PICKET, least=2, wished=2, most=6) for n in range(2)),
        Assignment(id="a0", shift_id="s0", person_id="p0", role=Role.PICKET),
        Assignment(id="a1", shift_id="s1", person_id="p0", role=Role.PICKET),
    ]


def person(number, **fields):
    """A person with a number for an id."""
    return replace(Person(id=f"x{number}", given_name=f"Person {number}"), **fields)


class Clock:
    """A clock that a test can set; it goes on by a minute each time it is asked."""

    def __init__(self):
        self.at = datetime(2015, 12, 1, 8, 0, tzinfo=UTC)

    def __call__(self):
        self.at += timedelta(minutes=1)
        return self.at


def contents(store):
    """All rows of all kinds, by table and id: what two equal plans have equal."""
    return {(table_of(kind), record.id): record for kind in KINDS for record in store.all(kind)}


def replayed(store):
    """What the journal's own images say is in the plan, when they are applied in order to nothing."""
    import json

    rows = {}
    for table, row, after in store.rows("SELECT kind, row, after FROM change ORDER BY seq"):
        if after is None:
            del rows[table, row]
        else:
            rows[table, row] = json.loads(after)
    kinds = {table_of(kind): kind for kind in KINDS}
    return {key: from_plain(kinds[key[0]], image) for key, image in rows.items()}


def sound(store):
    """Nothing is broken in the file: pages, references, search index, and the journal says what is there."""
    assert store.rows("PRAGMA integrity_check") == [("ok",)]
    assert store.rows("PRAGMA foreign_key_check") == []
    assert store.rows("PRAGMA cipher_integrity_check") == []
    assert store.rows("SELECT count(*) FROM edit_now") == [(0,)]
    indexed = store.rows("SELECT rowid FROM person_search ORDER BY rowid")
    assert indexed == store.rows("SELECT n FROM person ORDER BY n")
    assert replayed(store) == contents(store)
    return True
