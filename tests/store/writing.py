"""A program of its own that edits plans for as long as it is let: ``python -m tests.store.writing``.

It reads one line for each writer, "name number path passphrase", and forks one that edits the plan until its
line of input says stop or it is killed; every edit that was committed is acknowledged with a line on the
standard output: "name acknowledged ID". Starting a Python for each would take a hundred times longer.
"""

import os
import select
import sys
from dataclasses import replace

from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.domain.pickets import Shift
from rallyapp.store import Store
from rallyapp.store.errors import Refused


def write(name, number, path, passphrase, stop):
    """Edit a plan until something can be read from ``stop``: additions, changes, deletions and undoing."""
    with Store.open(path, passphrase=passphrase or None, who=name) as store:
        say(f"{name} opened {os.getpid()}")
        while not select.select([stop], [], [], 0)[0]:
            number += 1
            one(store, name, number)
            (operation,) = store.history(limit=1)
            if operation.who != name:  # the other writer was quicker, between our edit and our look
                operation = next(found for found in store.history(limit=50) if found.who == name)
            say(f"{name} acknowledged {operation.id}")


def one(store, name, number):
    """Make one edit that is several rows; its label says how many."""
    if number % 7 == 0:
        own = next((found for found in store.history(limit=20) if found.who == name and found.kind == "edit"), None)
        if own and store.stands(own):
            try:
                store.undo(own.id)
                return
            except Refused:  # the shift's label was changed since, by the undo of a later one
                pass
    person = Person(id=f"{name}-{number}", given_name=f"{name} {number}", phone=str(number))
    doomed = store.find(Person, f"{name}-{number - 3}") if number % 5 == 0 else None
    with store.edit(f"Write {8 if doomed else 5}") as edit:
        edit.save(person)
        edit.save_all(PersonSkill(id=f"{person.id}-{skill}", person_id=person.id, skill=skill) for skill in FEW)
        shift = store.get(Shift, "s0" if name == "first" else "s1")
        edit.save(replace(shift, label=f"{name} {number}"), was=shift)
        edit.save(replace(store.get(Shift, "s2"), label=f"{name} {number}"))
        if doomed:
            edit.delete(doomed)


FEW = (Skill.MC, Skill.MEDIA)


def say(text):
    os.write(1, f"{text}\n".encode())  # one write, so that the lines of two writers never mix


def main():
    say("ready")
    stops = {}
    for line in sys.stdin:
        name, number, path, passphrase = line.rstrip("\n").split("\t")
        if number == "stop":
            os.close(stops.pop(name)[1])
            _, status = os.wait()
            say(f"{name} ended {os.waitstatus_to_exitcode(status)}")
            continue
        stops[name] = os.pipe()
        if os.fork() == 0:
            try:
                for _, other in stops.values():
                    os.close(other)
                write(name, int(number), path, passphrase, stops[name][0])
                os._exit(0)
            except BaseException as error:
                say(f"{name} failed {type(error).__name__} {error}")
                os._exit(1)


if __name__ == "__main__":
    main()
