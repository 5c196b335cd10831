"""A plan of a whole union for the queries: how many people, shifts and assignments can be chosen."""

from datetime import date, timedelta

from rallyapp.domain.disputes import Dispute, Settings, StrikeDay, StrikeKind
from rallyapp.domain.people import Availability, Cover, CoverKind, Level, Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from tests.store.sample import MORNING

GIVEN = ("Siân", "Łukasz", "Aoife", "Zoë", "Mohammed", "Priya", "Seán", "Chloë", "Oluwaseun", "Wei", "Anna", "Bjørn")
FAMILY = ("O’Brien", "Hughes", "Nowak", "Adeyemi", "Patel", "Khan", "Smith", "Jones", "Evans", "MacLeod", "Åberg")
STATES = tuple(AssignmentState)


def national(people=50_000, shifts=10_000, assignments=100_000):
    """Make a national plan: 10 days, sites of one entrance each, a need of two roles for every shift."""
    sites = max(2, shifts // 25)
    yield Settings(id="plan", title="National")
    yield Dispute(id="dispute", title="Contracts", union="BMA")
    for n in range(10):
        day = date(2016, 1, 12) + timedelta(days=n)
        yield StrikeDay(id=f"day{n}", dispute_id="dispute", kind=StrikeKind.FULL_WALKOUT, first_date=day, last_date=day)
    yield Employer(id="trust", name="University Hospital")
    for n in range(sites):
        yield Site(id=f"site{n}", employer_id="trust", name=f"Hospital {n}")
    for n in range(sites):
        yield Entrance(id=f"gate{n}", site_id=f"site{n}", name="Main entrance")
    for n in range(people):
        yield Person(
            id=f"person{n:06}",
            given_name=f"{GIVEN[n % 12]}{n // 9973}",
            family_name=f"{FAMILY[n % 11]}{n // 97}",
            workplace_id=f"site{n % sites}",
            phone=f"07700 {n:06}",
            email=f"p{n}@example.org",
        )
    for n in range(people):
        start = MORNING.replace(year=2016, month=1, day=12 + n % 10)
        yield Availability(
            id=f"v{n}",
            person_id=f"person{n:06}",
            starts=start - timedelta(hours=1),
            ends=start + timedelta(hours=8),
            level=(Level.FREE, Level.IF_NEED_BE, Level.NOT)[n % 3],
        )
    for n in range(0, people, 4):
        start = MORNING.replace(year=2016, month=1, day=12 + n % 10)
        kind = (CoverKind.ON_CALL, CoverKind.STRIKING)[n % 8 == 0]
        yield Cover(id=f"c{n}", person_id=f"person{n:06}", kind=kind, starts=start, ends=start + timedelta(hours=4))
    for n in range(10 * sites):
        yield Picket(
            id=f"picket{n}",
            strike_day_id=f"day{n % 10}",
            entrance_id=f"gate{n // 10}",
            starts=MORNING.replace(year=2016, month=1, day=12 + n % 10),
        )
    for n in range(shifts):
        start = MORNING.replace(year=2016, month=1, day=12 + n % 10) + timedelta(hours=2 * (n // (10 * sites)))
        yield Shift(
            id=f"shift{n:06}", picket_id=f"picket{n % (10 * sites)}", starts=start, ends=start + timedelta(hours=2)
        )
    for n in range(shifts):
        yield Need(id=f"n{n}", shift_id=f"shift{n:06}", role=Role.PICKET, least=1 + n % 6, wished=6, most=6)
        yield Need(id=f"m{n}", shift_id=f"shift{n:06}", role=Role.SUPERVISOR, least=n % 2, wished=1, most=1)
    for n in range(assignments):
        yield Assignment(
            id=f"a{n}",
            shift_id=f"shift{n % shifts:06}",
            person_id=f"person{(n * 7919 + n // shifts) % people:06}",
            role=(Role.PICKET, Role.PICKET, Role.SUPERVISOR)[n // shifts % 3],
            state=STATES[n // 3 % len(STATES)],
        )
