"""The lines of the rota, in order: the entrances of each site, then the posts and the stalls of each rally.

A line is what has shifts, a group the site or the rally to which it belongs, and a scope what is shown at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from rallyapp.domain import stand_down
from rallyapp.domain.ids import EntranceId, LineId, RallyId, SiteId, StrikeDayId
from rallyapp.domain.pickets import Picket, Role
from rallyapp.domain.places import Entrance, Site, Venue
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import Post, Rally
from rallyapp.domain.situation import day_of_rally
from rallyapp.domain.stalls import Stall, StallState
from rallyapp.store import Store
from rallyapp.store.rota_queries import rota_hosts

MOST_ENTRANCES = 60
GroupId = SiteId | RallyId


class Kind(StrEnum):
    """What a line is; its shifts go to others of its kind only."""

    ENTRANCE = "entrance"
    POST = "post"
    STALL = "stall"


_NOUNS = {Kind.ENTRANCE: "picket shift", Kind.POST: "post shift", Kind.STALL: "stall shift"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A site, or a rally of the days that are shown; ``short`` is without the rally's venue."""

    id: GroupId
    name: str
    short: str
    site_id: SiteId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RotaLine:
    """An entrance, a steward post or a stall.

    ``day``, ``starts`` and ``ends`` are those of a post or a stall, and ``off`` says why it is stood down: of an
    entrance its pickets say that. ``role`` is as what most people are there.
    """

    id: LineId
    kind: Kind
    name: str
    group: GroupId
    note: str = ""
    role: Role = Role.PICKET
    day: StrikeDayId | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    on: bool = True
    picket: Picket | None = None  # that of a stall

    @property
    def noun(self) -> str:
        """What one of its shifts is called."""
        return _NOUNS[self.kind]

    @property
    def dates(self) -> tuple[date, ...]:
        """The dates on which a post or a stall is there."""
        return tuple(dict.fromkeys(when.date() for when in (self.starts, self.ends) if when is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A part of the rota that is shown at once: its key, its words, and the lines in order."""

    key: str
    words: str
    lines: tuple[RotaLine, ...]

    @property
    def entrances(self) -> tuple[EntranceId, ...]:
        """The entrances in it."""
        return tuple(EntranceId(line.id) for line in self.lines if line.kind is Kind.ENTRANCE)

    @property
    def others(self) -> dict[LineId, StrikeDayId]:
        """The posts and stalls in it, with the strike day of each."""
        return {line.id: line.day for line in self.lines if line.day is not None}

    @property
    def groups(self) -> tuple[GroupId, ...]:
        """The sites and rallies in it."""
        return tuple(dict.fromkeys(line.group for line in self.lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """All sites and entrances in order of name and position, the rallies of some days, and the scopes to choose from.

    ``by_id`` holds the lines in their order.
    """

    groups: Mapping[GroupId, Group]
    by_id: Mapping[LineId, RotaLine]
    scopes: tuple[Scope, ...]

    def scope(self, key: str) -> Scope:
        """Give the scope of a key, else the first one."""
        return next((scope for scope in self.scopes if scope.key == key), self.scopes[0])

    def scope_of(self, line: LineId, now: Scope) -> Scope:
        """Give a scope in which a line is, the present one if it is in that."""
        for scope in (now, *self.scopes):
            if any(each.id == line for each in scope.lines):
                return scope
        return now

    def line(self, id: LineId) -> RotaLine:
        """Give a line."""
        return self.by_id[id]

    def group_of(self, id: LineId) -> Group:
        """Give the site or the rally of a line."""
        return self.groups[self.by_id[id].group]

    def full_name(self, line: RotaLine) -> str:
        """Name a line with its site or its rally."""
        return f"{line.name}, {self.groups[line.group].short}"


def read_sites(store: Store) -> Places:
    """Read sites and entrances."""
    sites = {site.id: site for site in store.all(Site)}
    groups: dict[GroupId, Group] = {
        site.id: Group(id=site.id, name=site.name, short=site.name, site_id=site.id)
        for site in sorted(sites.values(), key=lambda each: (each.name.casefold(), each.id))
    }
    place = {id: at for at, id in enumerate(groups)}
    entrances = sorted(
        store.all(Entrance), key=lambda each: (place[each.site_id], each.position, each.name.casefold(), each.id)
    )
    return _divided(groups, [_entrance(each) for each in entrances])


def with_rallies(store: Store, sites: Places, days: Collection[StrikeDayId]) -> Places:
    """Add the rallies of some strike days with their posts and stalls, and the stalls at the pickets of these days."""
    plan = rota_hosts(store, days)
    rallies = sorted(plan.all(Rally), key=lambda each: (each.starts, each.title.casefold(), each.id))
    stalls = sorted(plan.all(Stall), key=lambda each: (plan.line_words(each).casefold(), each.id))
    if not rallies and not stalls:
        return sites
    groups = dict(sites.groups)
    at_entrance: dict[LineId, list[RotaLine]] = {}
    for stall in stalls:
        picket = plan.find(Picket, stall.picket_id)
        if picket is not None and picket.entrance_id in sites.by_id:
            line = _stall(plan, stall, sites.line(picket.entrance_id).group, picket.strike_day_id)
            at_entrance.setdefault(picket.entrance_id, []).append(
                replace(line, starts=line.starts or picket.starts, ends=line.ends or picket.ends, picket=picket)
            )
    lines = [each for line in sites.by_id.values() for each in (line, *at_entrance.get(line.id, ()))]
    for rally in rallies:
        day = day_of_rally(plan, rally)
        assert day is not None
        name = f"{rally.title}, {plan.get(Venue, rally.venue_id).name}"
        groups[rally.id] = Group(id=rally.id, name=name, short=rally.title, site_id=None)
        lines += _of_rally(plan, rally, [stall for stall in stalls if stall.rally_id == rally.id], day)
    return _divided(groups, lines)


def _entrance(entrance: Entrance) -> RotaLine:
    stand_at = entrance.stand_at.splitlines()[0] if entrance.stand_at else ""
    return RotaLine(
        id=entrance.id,
        kind=Kind.ENTRANCE,
        name=entrance.name,
        group=entrance.site_id,
        note="Keep clear" if entrance.keep_clear else stand_at,
    )


def _of_rally(plan: Plan, rally: Rally, stalls: Iterable[Stall], day: StrikeDayId) -> Iterator[RotaLine]:
    """Give the posts of a rally in their order, then its stalls."""
    status = stand_down.of_rally(plan, rally)
    for post in plan.of(Post, "rally_id", rally.id):
        yield RotaLine(
            id=post.id,
            kind=Kind.POST,
            name=post.name,
            group=rally.id,
            note=post.where if status.on else "Rally stood down",
            role=post.role,
            day=day,
            starts=rally.briefing or rally.assemble or rally.starts,
            ends=rally.dispersed or rally.ends,
            on=status.on,
        )
    for stall in stalls:
        line = _stall(plan, stall, rally.id, day)
        starts, ends = line.starts or rally.stalls_ready or rally.starts, line.ends or rally.ends
        yield replace(line, starts=starts, ends=ends)


def _stall(plan: Plan, stall: Stall, group: GroupId, day: StrikeDayId) -> RotaLine:
    status = stand_down.of_stall(plan, stall)
    note = stall.pitch
    if not status.on:
        note = "Stall declined" if stall.state is StallState.DECLINED else "Stall stood down"
    elif status.going is stand_down.Going.UNDECIDED:
        note = "Not decided yet"
    elif stall.state is not StallState.CONFIRMED:
        note = str(stall.state).capitalize()
    return RotaLine(
        id=stall.id,
        kind=Kind.STALL,
        name=plan.line_words(stall),
        group=group,
        note=note,
        role=Role.STALL,
        day=day,
        starts=stall.arrives,
        ends=stall.leaves,
        on=status.on,
    )


# ------------------------------------------------------------------------------------------- what is shown at once
def _divided(groups: Mapping[GroupId, Group], lines: Sequence[RotaLine]) -> Places:
    """Divide the lines: all at once where the entrances are few, else 60 entrances at a time, and rallies apart."""
    by_group: dict[GroupId, list[RotaLine]] = {}
    for line in lines:
        by_group.setdefault(line.group, []).append(line)
    sites = {id: own for id, own in by_group.items() if groups[id].site_id is not None}
    rallies = {id: own for id, own in by_group.items() if groups[id].site_id is None}
    many = sum(line.kind is Kind.ENTRANCE for line in lines) > MOST_ENTRANCES
    if many:
        scopes = _parts(groups, sites)
        if len(rallies) > 1:
            scopes.append(Scope(key="rallies", words="All rallies", lines=_together(rallies.values())))
    else:
        words = "All sites and rallies" if rallies else "All sites"
        scopes = [Scope(key="all", words=words, lines=tuple(lines))]
    if len(by_group) > 1:
        single = {**rallies, **sites} if many else by_group
        scopes += [Scope(key=id, words=groups[id].name, lines=tuple(own)) for id, own in single.items()]
    return Places(groups=groups, by_id={line.id: line for line in lines}, scopes=tuple(scopes))


def _parts(groups: Mapping[GroupId, Group], sites: Mapping[GroupId, Sequence[RotaLine]]) -> list[Scope]:
    scopes: list[Scope] = []
    part: list[RotaLine] = []
    count, first, last = 0, "", ""

    def done() -> None:
        scopes.append(Scope(key=f"part {len(scopes)}", words=f"{first} to {last}", lines=tuple(part)))

    for id, own in sites.items():
        entrances = sum(line.kind is Kind.ENTRANCE for line in own)
        if part and count + entrances > MOST_ENTRANCES:
            done()
            part, count = [], 0
        first = first if part else groups[id].name
        last = groups[id].name
        part += own
        count += entrances
    done()
    return scopes


def _together(groups: Iterable[Sequence[RotaLine]]) -> tuple[RotaLine, ...]:
    return tuple(line for own in groups for line in own)
