"""``python3 -m tests.bench.suggest``: whom to ask for one shift, at 5,000 people and at 45,000.

Each shift is asked about once for each role that it needs, against asking ``why_not`` about everybody. A
``Suggester`` is made once for a plan, as a window would. In the hardest plan everybody offered the day of a rally
and is on another shift then.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Iterator

from rallyapp import _bootstrap

PEOPLE = 5_000
QUESTIONS = 400


def main() -> None:
    from rallyapp.demos import DEMOS
    from rallyapp.domain.plan import Plan

    whole = list(DEMOS["national"].records())
    measure(f"{PEOPLE:,} people of the national demo, half filled", half_filled(Plan(cut(whole, PEOPLE))))
    measure(f"{PEOPLE:,} who are all free for a rally but on a picket then", busy(Plan(cut(whole, PEOPLE))))
    measure("the whole national demo, half filled", half_filled(Plan(whole)))


def cut(records: Iterable[object], people: int) -> Iterator[object]:
    """Keep so many people and the pickets of their sites, with all rallies."""
    from rallyapp.domain.people import Person
    from rallyapp.domain.pickets import Need, Picket, Shift
    from rallyapp.domain.places import Entrance

    listed = list(records)
    persons = [each for each in listed if isinstance(each, Person)][:people]
    kept = {each.id for each in persons}
    sites = {each.workplace_id for each in persons}
    doors = {each.id for each in listed if isinstance(each, Entrance) and each.site_id in sites}
    pickets = {each.id for each in listed if isinstance(each, Picket) and each.entrance_id in doors}
    shifts = {
        each.id for each in listed if isinstance(each, Shift) and (each.picket_id is None or each.picket_id in pickets)
    }
    for each in listed:
        if isinstance(each, Picket | Shift):
            if each.id in pickets | shifts:
                yield each
        elif isinstance(each, Need):
            if each.shift_id in shifts:
                yield each
        elif (each.id if isinstance(each, Person) else getattr(each, "person_id", None) or persons[0].id) in kept:
            yield each


def half_filled(plan):
    """Put four of its own people on every second picket shift, so that hours and clashes have to be looked at."""
    from rallyapp.domain.ids import AssignmentId
    from rallyapp.domain.people import Person
    from rallyapp.domain.pickets import Assignment, Picket, Role, Shift
    from rallyapp.domain.plan import Plan

    made = []
    for number, shift in enumerate([each for each in plan.all(Shift) if each.picket_id][::2]):
        site = plan.site_of(plan.get(Picket, shift.picket_id))
        there = plan.of(Person, "workplace_id", site.id)
        for person in {there[(number * 4 + n) % len(there)].id for n in range(4) if there}:
            id = AssignmentId(f"{shift.id} {person}")
            made.append(Assignment(id=id, person_id=person, shift_id=shift.id, role=Role.PICKET))
    return Plan([*everything(plan), *made])


def busy(plan):
    """Let everybody be free on the day of a rally, and on a picket at that time."""
    from dataclasses import replace

    from rallyapp.domain.ids import AssignmentId, AvailabilityId
    from rallyapp.domain.people import Availability, Person
    from rallyapp.domain.pickets import Assignment, Role, Shift
    from rallyapp.domain.plan import Plan

    rally = next(each for each in plan.all(Shift) if each.post_id)
    first = next(each for each in plan.all(Shift) if each.picket_id)
    other = replace(first, starts=rally.starts, ends=rally.ends)
    day = rally.starts.replace(hour=0, minute=0)
    more = []
    for person in plan.all(Person):
        offer = AvailabilityId(f"busy {person.id}")
        more.append(Availability(id=offer, person_id=person.id, starts=day, ends=day.replace(hour=23)))
        id = AssignmentId(f"busy {person.id}")
        more.append(Assignment(id=id, person_id=person.id, shift_id=other.id, role=Role.PICKET))
    return Plan([*everything(plan), other, *more])


def everything(plan) -> list[object]:
    from rallyapp.domain.records import KINDS

    return [each for kind in KINDS for each in plan.all(kind)]


def measure(label: str, plan) -> None:
    """Ask about shifts of both kinds, and tell the median and the worst against asking about everybody."""
    from rallyapp.domain.eligibility import Book, why_not
    from rallyapp.domain.people import Person
    from rallyapp.domain.pickets import Need, Shift
    from rallyapp.rota.suggest import Suggester

    start = time.perf_counter()
    ready = Suggester(plan)
    made = time.perf_counter() - start
    print(f"\n{label}: {plan.count(Person):,} people, {plan.count(Shift):,} shifts; made ready in {made:.2f} s")
    book, people = Book(plan), plan.all(Person)
    for host in ("picket", "post"):
        shifts = [each for each in plan.all(Shift) if getattr(each, f"{host}_id")]
        asked = [(each, need) for each in shifts for need in plan.of(Need, "shift_id", each.id)]
        asked = asked[:: max(1, len(asked) // QUESTIONS)]
        plain = rounds(
            asked[:3],
            lambda shift, need: [why_not(each, shift, book, role=need.role, skill=need.skill) for each in people],
        )
        row(f"{host}: why_not of everybody", plain, plain)
        for what, limit in (("the first 20", 20), ("the first 50", 50), ("all worth a look", None)):
            took = rounds(
                asked,
                lambda shift, need, limit=limit: ready.suggest(shift, role=need.role, skill=need.skill, limit=limit),
            )
            row(f"{host}: {what}", took, plain)


def rounds(asked, work: Callable[..., object]) -> list[float]:
    took = []
    for shift, need in asked:
        start = time.perf_counter()
        work(shift, need)
        took.append(time.perf_counter() - start)
    return took


def row(label: str, took: list[float], against: list[float]) -> None:
    median = statistics.median(took)
    ratio = median / statistics.median(against)
    high = statistics.quantiles(took, n=20)[-1] if len(took) > 20 else max(took)
    print(
        f"  {label:32}{len(took):5} questions: median {median * 1000:8.2f} ms {ratio:6.3f} x; "
        f"19 of 20 under {high * 1000:8.2f} ms, worst {max(took) * 1000:8.2f} ms"
    )


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.suggest", lock="requirements-tests.lock", window=False)
    main()
