"""The plans that the benchmarks measure."""

import os
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind
from rallyapp.domain.ids import (
    AssignmentId,
    AvailabilityId,
    DisputeId,
    EmployerId,
    EntranceId,
    NeedId,
    PersonId,
    PicketId,
    SettingsId,
    ShiftId,
    SiteId,
    StrikeDayId,
    new_id,
)
from rallyapp.domain.people import Availability, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.domain.records import Record, columns, table_of
from rallyapp.store import Store, tables
from rallyapp.store.driver import sqlite3

CLI = ["-m", "rallyapp"]
FAMILY = ("Williams", "Okafor", "Wiśniewski", "Llŷr-Jones", "Nair", "Khan", "O’Sullivan", "Nguyen", "Smith", "Begum")
GIVEN = ("Aisha", "Tomasz", "Siân", "Łukasz", "Priya", "Mary", "Owen", "Chidi", "Elif", "João", "Mei", "Rhys")


def environment() -> dict[str, str]:
    """Give the environment in which a command finds the package from any folder."""
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


def people(count: int) -> Iterator[Person]:
    """Make people with names that are like each other."""
    chance = random.Random(7)
    for number in range(count):
        yield Person(
            id=PersonId(new_id()),
            given_name=chance.choice(GIVEN),
            family_name=f"{chance.choice(FAMILY)}{number % 977}",
            phone=f"07700 {900000 + number % 1000}",
            email=f"volunteer{number}@example.org",
            adult=True,
        )


def bare_insert(path: Path, count: int) -> None:
    """Write people into a table of the same columns, without key lookups, journal or search index."""
    rows = [tables.row_of(person) for person in people(count)]
    connection = sqlite3.connect(str(path))
    columns_sql = ", ".join(f'"{column.name}" {column.sql_type}' for column in columns(Person))
    connection.execute(f"CREATE TABLE person ({columns_sql}, PRIMARY KEY (id)) STRICT")
    connection.executemany(f"INSERT INTO person VALUES ({', '.join('?' * len(columns(Person)))})", rows)
    connection.commit()
    connection.close()


def edit_insert(home: Path, number: int, passphrase: str | None) -> None:
    """Write people into a new plan in one edit."""
    settings = Settings(id=SettingsId(new_id()), title="Bench")
    store = Store.create(home / f"{number}.rally", [settings], label="Bench", passphrase=passphrase)
    with store, store.edit("Add people") as edit:
        edit.save_all(people(20_000))


def large(path: Path, *, persons: int = 50_000, shifts: int = 10_000, assignments: int = 100_000) -> Store:
    """Make and open a plan of the largest size that the program promises to be quick with."""
    return Store.create(path, _large(persons, shifts, assignments), label="Bench")


def _large(persons: int, shifts: int, assignments: int) -> Iterator[Record]:
    chance = random.Random(11)
    yield Settings(id=SettingsId(new_id()), title="Bench")
    dispute = Dispute(id=DisputeId(new_id()), title="Bench", union="Bench")
    yield dispute
    first = date(2016, 1, 12)
    days = [
        StrikeDay(
            id=StrikeDayId(new_id()),
            dispute_id=dispute.id,
            kind=StrikeKind.FULL_WALKOUT,
            first_date=first + timedelta(days=7 * week),
            last_date=first + timedelta(days=7 * week),
        )
        for week in range(3)
    ]
    yield from days
    employer = Employer(id=EmployerId(new_id()), name="Bench trust")
    yield employer
    sites = [
        Site(id=SiteId(new_id()), employer_id=employer.id, name=f"Hospital {number}", lat=51_000_000, lon=-100_000)
        for number in range(150)
    ]
    yield from sites
    entrances = [
        Entrance(id=EntranceId(new_id()), site_id=site.id, name=f"Gate {number}", position=number)
        for site in sites
        for number in range(3)
    ]
    yield from entrances
    everybody = [
        Person(
            id=person.id,
            given_name=person.given_name,
            family_name=person.family_name,
            phone=person.phone,
            email=person.email,
            workplace_id=sites[number % len(sites)].id,
        )
        for number, person in enumerate(people(persons))
    ]
    yield from everybody
    for person in everybody:
        start = datetime.combine(chance.choice(days).first_date, datetime.min.time()) + timedelta(hours=7)
        ends = start + timedelta(hours=8)
        yield Availability(id=AvailabilityId(new_id()), person_id=person.id, starts=start, ends=ends)
    pickets = [
        Picket(
            id=PicketId(new_id()),
            strike_day_id=day.id,
            entrance_id=entrance.id,
            starts=datetime.combine(day.first_date, datetime.min.time()) + timedelta(hours=7),
        )
        for day in days
        for entrance in entrances
    ]
    yield from pickets
    made = []
    for number in range(shifts):
        picket = pickets[number % len(pickets)]
        start = picket.starts + timedelta(hours=number // len(pickets))
        made.append(Shift(id=ShiftId(new_id()), picket_id=picket.id, starts=start, ends=start + timedelta(hours=1)))
    yield from made
    for shift in made:
        for role, least, wished, most in ((Role.SUPERVISOR, 1, 1, 1), (Role.PICKET, 5, 9, 12)):
            yield Need(id=NeedId(new_id()), shift_id=shift.id, role=role, least=least, wished=wished, most=most)
    for number in range(assignments):
        shift = made[number % shifts]
        person = everybody[(number * 7919 + number // shifts) % persons]
        role = Role.SUPERVISOR if number < shifts else Role.PICKET
        yield Assignment(
            id=AssignmentId(new_id()),
            shift_id=shift.id,
            person_id=person.id,
            role=role,
            state=AssignmentState.CONFIRMED,
        )


def some(store: Store) -> tuple[StrikeDayId, Person, SiteId]:
    """Pick a strike day, a person in the middle of the list and a site."""
    table = table_of(Person)
    (middle,) = store.rows(f"SELECT id FROM {table} ORDER BY family_name, given_name, id LIMIT 1 OFFSET 25000")[0]
    return store.all(StrikeDay)[0].id, store.get(Person, middle), store.all(Site)[0].id
