"""What records of prints keep of a person: nothing after the person is deleted."""

from __future__ import annotations

from rallyapp.domain.named import without_holder
from rallyapp.domain.people import Person
from rallyapp.store.connection import Connection

# A digest tells no name, but somebody who guesses the name could see in it that they were right.
_ROWS = """UPDATE printed_line SET person = CASE WHEN person = :person THEN '' ELSE person END, digest = '',
    line = CASE WHEN instr(line, :person) THEN 'row ' || id ELSE line END
    WHERE id IN (
        SELECT id FROM printed_line WHERE person = :person AND person <> ''
        UNION SELECT id FROM printed_line WHERE shift <> '' AND shift IN (
            SELECT shift_id FROM assignment WHERE person_id = :person
            UNION SELECT shift_id FROM attendance WHERE person_id = :person))"""


def forget(connection: Connection, person: Person) -> None:
    """Take a person out of the records of prints: who held a copy, and whose rows stood on it.

    It is done while the person's assignments are still there: the rows of their shifts no longer tell what stood
    there either, and read as changed.
    """
    connection.execute(_ROWS, {"person": person.id})
    others = connection.execute(
        "SELECT given_name, family_name FROM person WHERE given_name = ? AND id <> ?", (person.given_name, person.id)
    ).fetchall()
    for id, holder in connection.execute("SELECT id, holder FROM print_run WHERE holder <> ''").fetchall():
        left = without_holder(holder, person.given_name, person.family_name, others)
        if left != ", ".join(part.strip() for part in holder.split(",") if part.strip()):
            connection.execute("UPDATE print_run SET holder = ? WHERE id = ?", (left, id))
