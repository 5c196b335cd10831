"""Everything that the page shows, read at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rallyapp.domain.disputes import Dispute, Notice, NoticeDay, Settings, StrikeDay, StrikeDayMove
from rallyapp.domain.places import Employer
from rallyapp.store import Store, queries
from rallyapp.store.queries import DayFill

_ENTRANCES = """SELECT strike_day_id, count(DISTINCT entrance_id), count(*) FROM picket WHERE NOT cancelled
    GROUP BY strike_day_id"""
_MOVES = "SELECT id FROM strike_day_move ORDER BY rowid"
FILL_TABLES = frozenset({"picket", "shift", "need", "assignment"})
_SHIFTS = "SELECT count(*) FROM shift WHERE picket_id IN (SELECT id FROM picket WHERE strike_day_id = ?)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Days in order of time, and what belongs to them; small tables only, whatever the union's size."""

    days: tuple[StrikeDay, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    settings: Settings | None = None
    employers: tuple[Employer, ...] = ()
    notices: Mapping[str, Notice] = field(default_factory=dict)
    links: tuple[NoticeDay, ...] = ()
    fills: Mapping[str, DayFill] = field(default_factory=dict)
    entrances: Mapping[str, int] = field(default_factory=dict)
    pickets: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[str, tuple[StrikeDayMove, ...]] = field(default_factory=dict)

    def day(self, id: str | None) -> StrikeDay | None:
        """Give a day."""
        return next((day for day in self.days if day.id == id), None)

    def dispute(self, id: str | None) -> Dispute | None:
        """Give a dispute."""
        return next((dispute for dispute in self.disputes if dispute.id == id), None)

    def notices_of(self, day: StrikeDay) -> list[Notice]:
        """List the notices that cover a day, the earliest first."""
        found = [self.notices[link.notice_id] for link in self.links if link.strike_day_id == day.id]
        return sorted(found, key=lambda notice: (notice.given_on, self.employer_words(notice), notice.id))

    def covered(self, notice: Notice) -> set[str]:
        """Name the days that a notice covers."""
        return {link.strike_day_id for link in self.links if link.notice_id == notice.id}

    def employer_words(self, notice: Notice) -> str:
        """Say to whom a notice was given."""
        return next((each.name for each in self.employers if each.id == notice.employer_id), "every employer")


def read(store: Store, fills: Mapping[str, DayFill] | None = None) -> Read:
    """Read the days of a plan with what the page shows of them.

    How full they are is counted over all shifts: hand in ``fills`` where none of ``FILL_TABLES`` changed since.
    """
    with store.snapshot():
        moves: dict[str, list[StrikeDayMove]] = defaultdict(list)
        written = {row[0]: place for place, row in enumerate(store.rows(_MOVES))}  # several may be of one minute
        for move in sorted(store.all(StrikeDayMove), key=lambda move: (move.at, written[move.id])):
            moves[move.strike_day_id].append(move)
        settings = store.all(Settings)
        counted = store.rows(_ENTRANCES)
        return Read(
            days=tuple(sorted(store.all(StrikeDay), key=lambda day: (day.window.start, day.id))),
            disputes=store.all(Dispute),
            settings=settings[0] if settings else None,
            employers=tuple(sorted(store.all(Employer), key=lambda each: each.name.casefold())),
            notices={notice.id: notice for notice in store.all(Notice)},
            links=store.all(NoticeDay),
            fills={fill.strike_day_id: fill for fill in queries.fill_by_day(store)} if fills is None else fills,
            entrances={row[0]: row[1] for row in counted},
            pickets={row[0]: row[2] for row in counted},
            moves={day: tuple(steps) for day, steps in moves.items()},
        )


def shifts_on(store: Store, day: str) -> int:
    """Count the picket shifts of a strike day."""
    return int(store.rows(_SHIFTS, (day,))[0][0])
