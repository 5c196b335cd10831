"""The picket rota: for each picket (one entrance on one strike day) a sheet to hang up or to carry.

The noticeboard copy has first names with an initial and one number, the duty
phone; the organiser's copy has full names and numbers. Supporters are counted, never named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from rallyapp.domain import law, stand_down
from rallyapp.domain.disputes import Dispute, StrikeDay, StrikeDayMove, StrikeState
from rallyapp.domain.ids import PersonId, ShiftId, SiteId, StrikeDayId
from rallyapp.domain.law import Rules
from rallyapp.domain.people import Person
from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Presence, Role, Shift
from rallyapp.domain.places import Entrance, LandStatus, Site
from rallyapp.domain.plan import Plan
from rallyapp.domain.problems import UserError
from rallyapp.domain.rallies import KitItem
from rallyapp.domain.times import clock, day_words, long_day_words
from rallyapp.domain.words import capital, listed
from rallyapp.prints import typeset
from rallyapp.prints.audience import Audience, Document, Naming, Shown, names_for, shown, without_phones
from rallyapp.prints.rota_sheet import Fact, Place, RotaDocument, RotaSheet, Row
from rallyapp.prints.typeset import one_line
from rallyapp.prints.wording import apart, made_on, moment, position_words, unbroken

# What is listed where the plan names no kit.
USUAL_KIT = (
    "armbands",
    "placards",
    "leaflets",
    "banner",
    "hi-vis",
    "water",
    "first-aid kit",
    "membership forms",
    "bin bags",
)
# More places than this in a row are counted instead of drawn one by one.
MOST_PLACES = 24
# How many places stand beside each other, by the length of the names.
PLACES_A_LINE = {Naming.FULL: 5, Naming.SHORT: 6, Naming.NONE: 6}


def rota_sheets(
    plan: Plan,
    rules: Rules,
    *,
    days: Collection[StrikeDayId] | None,
    sites: Collection[SiteId] | None,
    audience: Audience,
    printed: datetime,
    version: int,
    changed_since: int | None = None,
    changed: Collection[ShiftId] = (),
) -> RotaDocument:
    """Make the rota sheets of the chosen strike days and sites (None: of all), by day, site and entrance.

    ``changed`` are the shifts that are not as they were in version ``changed_since``; a version that is yet to
    come is another file's and counts as None. Raises UserError where there is no picket to print, or where the
    audience gets no rota.
    """
    if changed_since is not None and changed_since > version:
        changed_since = None
    allowed = shown(Document.ROTA, audience)
    chosen = []
    for picket in plan.all(Picket):
        day, site = plan.get(StrikeDay, picket.strike_day_id), plan.site_of(picket)
        if (days is None or day.id in days) and (sites is None or site.id in sites):
            entrance = plan.get(Entrance, picket.entrance_id)
            order = (day.window.start, day.id, site.name, site.id, entrance.position, entrance.name)
            chosen.append(((*order, picket.starts, picket.id), picket))
    if not chosen:
        wider = " for the days and workplaces you chose" if days is not None or sites is not None else ""
        raise UserError(f"There is nothing to print: the plan has no picket{wider}.")
    writer = _Writer(plan, rules, allowed, changed_since, frozenset(changed))
    sheets = tuple(writer.sheet(picket) for _, picket in sorted(chosen, key=lambda pair: pair[0]))
    places = sorted({sheet.site for sheet in sheets})
    dates = list(dict.fromkeys(sheet.date for sheet in sheets))
    return RotaDocument(
        title=f"Picket rota: {listed(places[:2]) if len(places) < 3 else f'{len(places)} workplaces'}, "
        + (dates[0] if len(dates) == 1 else f"{dates[0]} to {dates[-1]}"),
        audience=audience,
        version=version,
        printed=moment(printed),
        made=tuple(made_on(printed)),
        words=rules.words,
        sheets=sheets,
    )


def pdf(document: RotaDocument) -> bytes:
    """Draw the sheets as a PDF, A4 landscape; the same document always gives the same bytes."""
    return typeset.compile_pdf("rota", _values(document), title=document.title)


def png(document: RotaDocument, *, ppi: float = 110) -> list[bytes]:
    """Draw the sheets as pictures, one a page, for a preview."""
    return typeset.compile_png("rota", _values(document), ppi=ppi)


def _values(document: RotaDocument) -> Any:
    # On a sheet each text is a line; only what an organiser wrote below the grid keeps its own.
    return one_line(asdict(document), but={"remarks"})


_MARKS = {
    AssignmentState.PROPOSED: "? to confirm",
    AssignmentState.ASKED: "? asked",
    AssignmentState.RECONFIRM: "? reconfirm",
}
_STATE_ORDER = list(AssignmentState)
# What the banner says of a day that is not stood down.
_BANNERS = {
    StrikeState.PLANNED: ("PLANNED", "Not yet notified to the employer."),
    StrikeState.NOTIFIED: ("ON", "The employer has been notified."),
    StrikeState.ON: ("ON", "This picket goes ahead."),
    StrikeState.HELD: ("HELD", "This strike day is over."),
}
# Takes from a text what may not stand on the copy.
_Say = Callable[[str], str]


class _Writer:
    """Writes sheets from one plan, for one audience."""

    def __init__(
        self, plan: Plan, rules: Rules, allowed: Shown, changed_since: int | None, changed: frozenset[ShiftId]
    ) -> None:
        self.plan = plan
        self.rules = rules
        self.allowed = allowed
        self.changed_since = changed_since
        self.changed = changed if changed_since is not None else frozenset()

    def sheet(self, picket: Picket) -> RotaSheet:
        plan = self.plan
        day = plan.get(StrikeDay, picket.strike_day_id)
        dispute = plan.dispute_of(day)
        entrance = plan.get(Entrance, picket.entrance_id)
        site = plan.get(Site, entrance.site_id)
        employer = plan.employer_of(site)
        shifts = sorted(plan.of(Shift, "picket_id", picket.id), key=lambda s: (s.starts, s.ends, s.id))
        on_sheet = {shift.id: self._assigned(shift) for shift in shifts}
        people = {a.person_id: plan.find(Person, a.person_id) for group in on_sheet.values() for a in group}
        names = names_for((person for person in people.values() if person), self.allowed.names)
        phone = dispute.duty_phone

        def say(text: str) -> str:
            return text if self.allowed.phones else without_phones(text, but=phone)

        status = stand_down.of_picket(plan, picket)
        rows = tuple(self._rows(shifts, on_sheet, names, dispute, entrance, not status.on, say))
        leaders = list(dict.fromkeys(row.leader for row in rows)) or [
            law.supervisor_word(self.rules, dispute.jurisdiction, picket.starts.date())
        ]
        leader = leaders[0] if len(leaders) == 1 else "picket supervisor or organiser"
        said = ("STOOD DOWN", say(self._why_off(day, picket, status.why))) if not status.on else self._going(day, rows)
        columns = self._columns(rows, shifts, entrance)
        lines = -(-columns // PLACES_A_LINE[self.allowed.names])
        return RotaSheet(
            union=dispute.union,
            branch=dispute.branch,
            dispute=dispute.title,
            employer=employer.name if employer else "",
            site=site.name,
            entrance=entrance.name,
            date=long_day_words(picket.starts.date()),
            hours=picket.words,
            strike=f"{capital(day.kind)}{f' by {day.called_out}' if day.called_out else ''}: {day.words}",
            status=said[0],
            status_words=said[1],
            off=not status.on,
            leader=leader,
            duty_phone=phone,
            duty_contact=dispute.duty_contact if self.allowed.remarks else "",
            facts=tuple(self._facts(picket, entrance, site, say)),
            columns=-(-columns // lines),
            lines=lines,
            first_number=max((len(row.supervisors) for row in rows), default=1) + 1,
            with_others=any(row.others for row in rows),
            rows=rows,
            supporters=self._supporters(picket, on_sheet),
            remarks=tuple(self._remarks(picket, on_sheet)) if self.allowed.remarks else (),
            kit=tuple(say(words) for words in self._kit(leader)),
            dos=_dos(leader),
            if_off=_if_off(leader, say(dispute.told_by.strip())),
            footer=self._footer(dispute, picket),
        )

    # ------------------------------------------------------------------------------------ the grid
    def _assigned(self, shift: Shift) -> list[Assignment]:
        found = [a for a in self.plan.of(Assignment, "shift_id", shift.id) if a.state.counts]
        # Those who are sure come first; then by name, so that a sheet printed again looks the same.
        firmest = {AssignmentState.CONFIRMED: -1}
        return sorted(
            found,
            key=lambda a: (
                firmest.get(a.state, _STATE_ORDER.index(a.state)),
                self.plan.name_of(a.person_id).casefold(),
                a.id,
            ),
        )

    def _rows(
        self,
        shifts: list[Shift],
        on_sheet: Mapping[ShiftId, list[Assignment]],
        names: Mapping[PersonId, str],
        dispute: Dispute,
        entrance: Entrance,
        all_off: bool,
        say: _Say,
    ) -> Iterator[Row]:
        for shift, after in zip(shifts, (*shifts[1:], None), strict=False):
            status = stand_down.of_shift(self.plan, shift)
            required = any(law.supervisor_required(self.rules, dispute.jurisdiction, day) for day in shift.span.days())
            needs = self.plan.of(Need, "shift_id", shift.id)
            by_role = {role: [a for a in on_sheet[shift.id] if a.role is role] for role in Role}

            def places(
                role: Role,
                least: int = 0,
                otherwise: int = 0,
                needs: tuple[Need, ...] = needs,
                by_role: Mapping[Role, list[Assignment]] = by_role,
                on: bool = status.on,
            ) -> tuple[Place, ...]:
                asked = [need for need in needs if need.role is role]
                least = max(least, sum(need.least for need in asked))
                wished = max(least, sum(need.wished for need in asked), otherwise)
                people = tuple(self._person(a, names) for a in by_role[role])
                return (*people, *_open(least, wished, len(people))) if on else people

            # Where a shift has no needs, its row has lines to write on, as many as the Code recommends.
            unasked = 0 if needs else max(entrance.official_max - 1, 0)
            others = tuple(
                self._person(a, names, role=True)
                for role in Role
                if role not in (Role.SUPERVISOR, Role.PICKET, Role.STANDBY, Role.SUPPORTER)
                for a in by_role[role]
            )
            yield Row(
                times=shift.words,
                label=say(shift.label),
                leader="picket supervisor" if required else "picket organiser",
                changed=shift.id in self.changed,
                off="" if status.on else say("" if all_off else status.why) or "stood down",
                supervisors=places(Role.SUPERVISOR, least=int(required), otherwise=1),
                pickets=places(Role.PICKET, otherwise=unasked),
                standby=places(Role.STANDBY, otherwise=1),
                others=others,
                handover=self._handover(shift, after, on_sheet, names) if after and status.on else "",
            )

    def _person(self, assignment: Assignment, names: Mapping[PersonId, str], *, role: bool = False) -> Place:
        person = self.plan.find(Person, assignment.person_id)
        marks = [_MARKS.get(assignment.state, "")]
        if role:
            marks.append(str(assignment.role))
        if assignment.presence is Presence.CONTACTABLE:
            marks.append("within call, not on the spot")
        if assignment.overridden and self.allowed.remarks:
            marks.append("see below")
        return Place(
            kind="name",
            words=names.get(assignment.person_id, "(unknown)").strip() or "(not named)",
            mark=", ".join(mark for mark in marks if mark),
            phone=person.phone if person and self.allowed.phones else "",
        )

    def _handover(
        self,
        shift: Shift,
        after: Shift,
        on_sheet: Mapping[ShiftId, list[Assignment]],
        names: Mapping[PersonId, str],
    ) -> str:
        if after.starts == shift.starts or not stand_down.of_shift(self.plan, after).on:
            return ""
        who = [
            listed(names.get(a.person_id, "") for a in on_sheet[one.id] if a.role is Role.SUPERVISOR)
            for one in (shift, after)
        ]
        who = [apart(name) for name in who]
        if who[0] and who[0] == who[1]:
            return f"{clock(after.starts)} {who[0]} stays on"
        return f"{clock(after.starts)} {' to '.join(name or '............' for name in who)}"

    def _columns(self, rows: tuple[Row, ...], shifts: list[Shift], entrance: Entrance) -> int:
        """Give the number of picket columns: with the supervisor, as many as the Code recommends at most."""
        wanted = max((len(row.pickets) for row in rows), default=0)
        most = max(
            (
                sum(need.most for need in self.plan.of(Need, "shift_id", shift.id) if need.role is Role.PICKET)
                for shift in shifts
            ),
            default=0,
        )
        beside = max((len(row.supervisors) for row in rows), default=1)
        return max(1, wanted, min(most, entrance.official_max - beside))

    # ---------------------------------------------------------------------------- around the grid
    def _going(self, day: StrikeDay, rows: tuple[Row, ...]) -> tuple[str, str]:
        """Say where the day stands, and whether something here has changed; a day that was held is over."""
        state, words = _BANNERS[day.state]
        if any(row.changed for row in rows) and day.state is not StrikeState.HELD:
            return (
                f"CHANGED SINCE VERSION {self.changed_since}",
                f"{state.capitalize()}: {words[0].lower()}{words[1:]} The rows that changed have a bar and the word "
                "\u201cchanged\u201d. Take the old sheet down.",
            )
        if self.changed_since and not any(row.changed for row in rows):
            words += f" Nothing here has changed since version {self.changed_since}."
        return state, words

    def _why_off(self, day: StrikeDay, picket: Picket, why: str) -> str:
        words = capital(why).rstrip(".") + "."
        if picket.cancelled:
            return words
        steps = [step for step in self.plan.of(StrikeDayMove, "strike_day_id", day.id) if step.to_state is day.state]
        if steps:
            step = max(steps, key=lambda step: (step.at, step.id))
            by = f" by {step.decided_by}" if step.decided_by and self.allowed.remarks else ""
            words += f" Decided {moment(step.at)}{by}: {step.reason.rstrip('.')}." if step.reason else ""
        return words

    def _facts(self, picket: Picket, entrance: Entrance, site: Site, say: _Say) -> Iterator[Fact]:
        land = {
            LandStatus.UNKNOWN: "land: not known whose",
            LandStatus.HIGHWAY: "public highway",
            LandStatus.PERMITTED: "private land, by permission",
            LandStatus.PRIVATE: "PRIVATE LAND, NO PERMISSION: find the nearest lawful place",
        }[entrance.land_status]
        yield Fact(
            label="Where to stand",
            words=f"{say(entrance.stand_at).rstrip('.')} ({land})" if entrance.stand_at else capital(land),
        )
        if entrance.keep_clear:
            yield Fact(label="Keep clear", words="THIS ENTRANCE: never stand in its way", strong=True)
        else:
            clear = [
                other.name
                for other in sorted(
                    self.plan.of(Entrance, "site_id", site.id), key=lambda other: (other.position, other.name)
                )
                if other.keep_clear
            ]
            yield Fact(label="Keep clear", words=listed(clear) or "Doors, roads and ambulances", strong=True)
        if picket.meet:
            yield Fact(label="Meet", words=say(picket.meet))
        where = entrance.map_reference or " ".join(part for part in (site.address, unbroken(site.postcode)) if part)
        yield Fact(label="Map", words=where or position_words(site.lat, site.lon))
        yield Fact(label="Nearest toilet", words=say(entrance.toilet or site.toilet))
        yield Fact(label="Shelter", words=say(entrance.shelter or site.shelter))
        yield Fact(label="Defibrillator", words=say(entrance.defibrillator or site.defibrillator))

    def _supporters(self, picket: Picket, on_sheet: Mapping[ShiftId, list[Assignment]]) -> str:
        coming = {a.person_id for group in on_sheet.values() for a in group if a.role is Role.SUPPORTER}
        number = max(picket.supporters, len(coming))
        if not number or not stand_down.of_picket(self.plan, picket).on:
            return ""
        return f"{number:,} {'supporter' if number == 1 else 'supporters'} expected"

    def _remarks(self, picket: Picket, on_sheet: Mapping[ShiftId, list[Assignment]]) -> Iterator[str]:
        for shift_id, group in on_sheet.items():
            for a in group:
                if a.overridden:
                    yield (
                        f"{apart(self.plan.name_of(a.person_id))}, {self.plan.get(Shift, shift_id).words}: "
                        f"{a.override_by} decided: {a.override_reason}"
                    )
        if picket.note:
            yield picket.note

    def _kit(self, leader: str) -> Iterator[str]:
        kit = self.plan.of(KitItem, "rally_id", None)
        items = sorted(kit, key=lambda item: (item.position, item.what, item.id))
        if not items:
            yield from USUAL_KIT
        for item in items:
            # Who brings a thing may be somebody's name.
            who = item.brought_by.strip()
            who = capital(leader) if who.casefold() in ("picket supervisor", "picket organiser") else who
            by = f" ({who})" if who and self.allowed.remarks else ""
            yield f"{item.number:,} \u00d7 {item.what}{by}" if item.number > 1 else f"{item.what}{by}"

    def _footer(self, dispute: Dispute, picket: Picket) -> tuple[str, ...]:
        last = max(
            (day.last_date for day in self.plan.of(StrikeDay, "dispute_id", dispute.id)),
            default=picket.starts.date(),
        )
        shred = self.plan.settings.delete_after or last + timedelta(days=7)
        on = picket.starts.date()
        purpose = next(
            (
                rule.say
                for rule in (self.rules.rule("L1"), self.rules.rule("L36"))
                if rule.say and rule.applies(dispute.jurisdiction, on)
            ),
            "",
        )
        return (
            f"Shows who is in a trade union. Do not photograph or post. Shred after {day_words(shred)}.",
            purpose,
        )


def _open(least: int, wished: int, filled: int) -> tuple[Place, ...]:
    gaps = max(0, least - filled)
    free = max(0, wished - max(least, filled))
    if filled + gaps + free > MOST_PLACES:
        many = [Place(kind="gap", words=f"GAP \u00d7 {gaps}", count=gaps)] if gaps else []
        return (*many, *([Place(kind="free")] if free else []))
    return (*[Place(kind="gap", words="GAP")] * gaps, *[Place(kind="free")] * free)


def _dos(leader: str) -> tuple[str, ...]:
    return (
        "Be peaceful and polite, whatever is said to you.",
        "Let people cross: anyone who wants to go in must be allowed to.",
        "Never block a door, a road or an ambulance.",
        f"Send police and press to the {leader}.",
        "No alcohol, before or on the picket.",
    )


def _if_off(leader: str, told_by: str) -> tuple[str, ...]:
    return (
        "You will be told in the way you asked for: by text, telephone or e-mail, or through a rep. "
        "Whoever is on shift is told first, on the spot.",
        "At the latest by:",
        told_by,
        f"In doubt, ask the {leader} or ring the duty phone. Do not go by rumours or the news alone.",
    )
