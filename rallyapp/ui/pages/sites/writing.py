"""What is done to sites and entrances as a whole: added, put in order, removed, and their pickets moved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rallyapp.domain.ids import EmployerId, EntranceId, SiteId, new_id
from rallyapp.domain.pickets import Picket
from rallyapp.domain.places import Employer, Entrance, LandStatus, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.relocation import CannotMove, Relocation, moment_in, relocate
from rallyapp.domain.times import clock, day_words
from rallyapp.domain.words import counted
from rallyapp.store import Store, site_queries
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.sites.forms import NEW_EMPLOYER
from rallyapp.ui.pages.sites.moving import Wanted


class InUse(UserError):
    """A place that can't be removed, because people were told to come there."""


def add_site(desk: Desk, employer: Employer | None) -> SiteId:
    """Add a site with one entrance to an employer, or to a new one; gives the site's id."""
    owner = employer or Employer(id=EmployerId(new_id()), name=NEW_EMPLOYER)
    site = Site(id=SiteId(new_id()), employer_id=owner.id, name="New site")
    entrance = Entrance(id=EntranceId(new_id()), site_id=site.id, name="Main entrance", position=1)
    desk.save("Add a site", [*([] if employer else [owner]), site, entrance])
    return site.id


def add_entrance(desk: Desk, site: Site, name: str) -> EntranceId:
    """Add an entrance behind a site's others; gives its id."""
    others = desk.store.where(Entrance, site_id=site.id)
    place = 1 + max((each.position for each in others), default=0)
    made = Entrance(id=EntranceId(new_id()), site_id=site.id, name=name, position=place)
    desk.save(f"Add entrance {name}", [made], said=f"Added {name}, {site.name}.")
    return made.id


def put_in_order(desk: Desk, entrance: Entrance, by: int) -> None:
    """Move an entrance up or down among those of its site; at an end nothing happens."""
    row = sorted(
        desk.store.where(Entrance, site_id=entrance.site_id), key=lambda each: (each.position, each.name, each.id)
    )
    at = [each.id for each in row].index(entrance.id)
    to = at + by
    if not 0 <= to < len(row):
        return
    row.insert(to, row.pop(at))
    label = f"Move {entrance.name} {'up' if by < 0 else 'down'}"
    desk.edit(
        label, lambda edit: [edit.save(replace(each, position=at), was=each) for at, each in enumerate(row, start=1)]
    )


def remove(desk: Desk, record: Employer | Site | Entrance, *, before: Callable[[], object]) -> None:
    """Remove a place with all that is part of it; raises InUse where pickets stand there on notified days.

    ``before`` is called once it is sure to go.
    """
    entrances = _entrances(desk.store, record)
    fixed = site_queries.fixed_pickets(desk.store, [each.id for each in entrances])
    if fixed:
        named = next(each for each in entrances if each.id in fixed)
        first = min(when for when, _ in fixed.values())
        number = sum(count for _, count in fixed.values())
        where = named.name if isinstance(record, Entrance) else record.name
        raise InUse(
            f"{where} has {counted(number, 'picket')} on strike days that the employer was told of, from "
            f"{day_words(first)}: move or cancel them first."
        )
    before()
    desk.edit(f"Remove {record.name}", lambda edit: edit.delete(record))


def _entrances(store: Store, record: Employer | Site | Entrance) -> Sequence[Entrance]:
    if isinstance(record, Entrance):
        return (record,)
    sites = (record,) if isinstance(record, Site) else store.where(Site, employer_id=record.id)
    return [each for site in sites for each in store.where(Entrance, site_id=site.id)]


def move_picket(desk: Desk, here: Entrance, wanted: Wanted) -> tuple[Relocation, str] | None:
    """Move a picket as somebody asked; gives the move and where to, None where it could not be written.

    Raises CannotMove with a sentence.
    """
    part = site_queries.relocation_part(desk.store, wanted.picket, here.site_id)
    picket = part.find(Picket, wanted.picket)
    if picket is None or picket.entrance_id != here.id:
        if desk.store.find(Picket, wanted.picket) is None:
            raise CannotMove("The picket that was chosen is gone: choose another one.")
        raise CannotMove("This picket stands elsewhere by now: look at it again in the rota.")
    to, new = _target(part, here, wanted)
    since = moment_in(part, picket, wanted.since) if wanted.since is not None else None
    move = relocate(part, picket, to, since=since, reason=wanted.reason)
    records = [*([to] if new else []), *move.records]
    label = f"Move picket of {here.name} to {to.name} from {clock(move.since)}, {day_words(move.since.date())}"
    done = desk.edit(label, lambda edit: [edit.save(each, was=part.find(type(each), each.id)) for each in records])
    return (move, to.name) if done else None


def _target(part: Plan, here: Entrance, wanted: Wanted) -> tuple[Entrance, bool]:
    if wanted.to is not None:
        found = part.find(Entrance, wanted.to)
        if found is None:
            raise CannotMove("The entrance that was chosen is gone: choose another one.")
        return found, False
    place = 1 + max(each.position for each in part.all(Entrance))
    made = Entrance(
        id=EntranceId(new_id()),
        site_id=here.site_id,
        name=wanted.new_name,
        position=place,
        land_status=LandStatus.UNKNOWN,
    )
    return made, True
