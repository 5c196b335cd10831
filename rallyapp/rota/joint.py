"""Shortages that no place has alone: shifts that could each be filled and can't be filled together, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rallyapp import carried
from rallyapp.domain.people import Skill
from rallyapp.domain.pickets import Role, Shift
from rallyapp.domain.situation import counted_words, need_words
from rallyapp.domain.times import clock, day_words
from rallyapp.rota.candidates import SKILLS
from rallyapp.rota.problem import PlanProblem
from rallyapp.rota.why.lineup import Lineup
from rallyapp.rota.why.proof import Matching, Need, Proof
from rallyapp.rota.why.proof_lp import Prover
from rallyapp.rota.wording import listed

MOST_NAMES = MOST_SHIFTS = 4
WIDEST = 200  # openings that are looked at together; what is proven of them holds, there may be more


class Joint:
    """A filled rota, asked which of its gaps are proven to be joint ones; what one cause leaves open is one proof."""

    def __init__(self, problem: PlanProblem, placed: Iterable[tuple[int, int]]) -> None:
        """Take a problem and the places of a rota of it."""
        self.problem = problem
        self.lineup = Lineup(problem.model, placed)
        self._prover = Prover(self.lineup)
        self._at_once: list[Proof] = []

    def words(self, shift: Shift, role: Role, skill: Skill | None) -> str:
        """Say which shifts can't be filled together, each with what it needs, and by whom; else nothing."""
        for number in self.problem.openings_of.get(shift.id, ()):
            place = self.problem.places[number]
            if place.role is role and place.skill in (skill, None):
                wanted = None if place.skill is skill else SKILLS.index(skill) if skill else None
                proof = self._proof(number, wanted)
                return self._said(proof) if proof is not None else ""
        return ""

    def _proof(self, number: int, skill: int | None) -> Proof | None:
        least = dict(self.lineup.needs(number)).get(skill)
        if least is None or len(self.lineup.who(number, skill)) < least:
            return None  # there are too few by themselves, and that is said already
        for known in self._at_once:
            if Need(number, skill, least) in known.needs:
                return known
        proof = self._prover.joint(number, skill)
        if proof is None or not proof.one_time:
            return proof
        whole = self._whole(number, skill) or proof
        self._at_once.append(whole)
        return whole

    def _whole(self, number: int, skill: int | None) -> Proof | None:
        """Widen a proof at one time to all that compete there, so that it counts all who are missing.

        A matching leaves as few places open as can be. Those, with all needs from whom they could take somebody,
        are what too few people must share, and only they.
        """
        needs = [Need(each, skill, self.lineup.least(each, skill)) for each in self._around(number, skill)]
        candidates: list[list[int]] = [self.lineup.who(need.opening, skill).tolist() for need in needs]
        matching = Matching(candidates)
        missing = [sum(not matching.fill(at, 1) for _ in range(need.least)) for at, need in enumerate(needs)]
        reached = {at for at, short in enumerate(missing) if short}
        queue = list(reached)
        for at in queue:
            found = {matching.taken[person] for person in candidates[at] if person in matching.taken} - reached
            reached |= found
            queue += sorted(found)
        chosen = _connected(0, candidates, reached)
        if not chosen:
            return None  # the rota leaves open what need not be: other rules are the cause
        return Proof(
            needs=tuple(sorted((needs[at] for at in chosen), key=lambda need: need.opening)),
            people=tuple(sorted({person for at in chosen for person in candidates[at]})),
            short=sum(missing[at] for at in chosen),
            one_time=True,
        )

    def _around(self, number: int, skill: int | None) -> list[int]:
        """List an opening, and others that compete with it or with each other, and of which nobody can do two."""
        model = self.lineup.model
        found = [number]
        seen = {number}
        for at in found:
            mine = model.openings[at]

            def near(each: int, start: int = mine.start, end: int = mine.end) -> tuple[int, bool, int]:
                return abs(model.openings[each].start - start), model.openings[each].end != end, each

            for each in sorted(set(self.lineup.sharing(at, skill).tolist()) - seen, key=near):
                seen.add(each)
                if len(found) < WIDEST and all(self.lineup.clash(each, other) for other in found):
                    found.append(each)
        return found

    def _said(self, proof: Proof) -> str:
        wanted: dict[Shift, list[str]] = {}
        for need in proof.needs:
            wanted.setdefault(self.problem.places[need.opening].shift, []).append(self._wanted(need))
        days = {shift.starts.date() for shift in wanted}
        asked = {" and ".join(what) for what in wanted.values()}
        names = sorted(self.problem.people[person].name for person in proof.people)
        stays = self._stays(proof)
        who = f"only {listed(names, MOST_NAMES)} can come" if names else "nobody can come"
        starts = max(shift.starts for shift in wanted)
        if proof.one_time and starts < min(shift.ends for shift in wanted):
            return (
                f"{day_words(starts.date())} {clock(starts)}: {self._at_once_words(proof, len(asked))}, {who}: {stays}"
            )
        on = f"{day_words(min(days))}: " if len(days) == 1 else ""
        needs = self._needs(wanted, day=len(days) > 1)
        if proof.one_time:
            return f"{on}{needs}; nobody can have two of these places, and {who}: {stays}"
        return f"{on}{needs}, and {who}: with their other shifts, walks, rest and hours, {stays}"

    def _stays(self, proof: Proof) -> str:
        """Say how many places stay open: those of the proof, which is at least so many where the rota has more."""
        still = (max(0, need.least - self.lineup.filled(need.opening, need.skill)) for need in proof.needs)
        least = "at least " if sum(still) > proof.short else ""
        return f"{least}{proof.short} {'stays' if proof.short == 1 else 'stay'} empty"

    def _at_once_words(self, proof: Proof, kinds: int) -> str:
        """Say what shifts of one time need: each of them where that is the same, or else together."""
        shifts = list(dict.fromkeys(self.problem.places[need.opening].shift for need in proof.needs))
        places = sorted({self.problem.plan.place_words(shift) for shift in shifts})
        if len(places) < len(shifts):
            where = f"{len(shifts)} shifts at {listed(places, MOST_SHIFTS)}"
        else:
            where = f"{len(places)} {_kind(shifts)}" if len(places) > 2 else listed(places)
        verb = "needs" if len(shifts) == 1 else "each need" if kinds == 1 else "together need"
        asked: Counter[tuple[bool, str]] = Counter()
        for need in proof.needs:
            asked[self._word(need)] += need.least
        if kinds == 1:
            asked = Counter({word: number // len(shifts) for word, number in asked.items()})
        return f"{where} {verb} {listed([_counted(number, *word) for word, number in asked.items()])}"

    def _needs(self, wanted: Mapping[Shift, Sequence[str]], *, day: bool) -> str:
        """Say which shifts need what; ``day`` says whether with their day."""
        where = [self._where(shift, day=day) for shift in wanted]
        asked = [" and ".join(what) for what in wanted.values()]
        if len(set(asked)) > 1:
            each = [f"{there} needs {what}" for there, what in zip(where, asked, strict=True)]
            return "; ".join((*each[:MOST_SHIFTS], *(["and others"] if len(each) > MOST_SHIFTS else [])))
        return f"{listed(where, MOST_SHIFTS)} {'each need' if len(where) > 1 else 'needs'} {asked[0]}"

    def _wanted(self, need: Need) -> str:
        return _counted(need.least, *self._word(need))

    def _word(self, need: Need) -> tuple[bool, str]:
        """Name what a need asks for, and whether that is beside people who are fixed there."""
        place = self.problem.places[need.opening]
        skill = place.skill if need.skill is None else SKILLS[need.skill]
        asked = next((each for each in place.needs if each.skill is skill), place.needs[0])
        word = need_words(self.problem.plan, carried.law(), place.shift, asked)
        return any(row.shift_id == place.shift.id and row.role is place.role for row in self.problem.counted), word

    def _where(self, shift: Shift, *, day: bool) -> str:
        when = f"{day_words(shift.starts.date())} {shift.words}" if day else shift.words
        return f"{self.problem.plan.place_words(shift)}, {when}"


def _counted(number: int, more: bool, word: str) -> str:
    said = counted_words(number, word)
    return said.replace(" ", " more ", 1) if more else said


def _kind(shifts: Iterable[Shift]) -> str:
    """Name what these shifts are at: "entrances", "posts" or "stalls"; "places" where they differ."""
    kinds = {"entrances" if each.picket_id else "posts" if each.post_id else "stalls" for each in shifts}
    return kinds.pop() if len(kinds) == 1 else "places"


def _connected(first: int, candidates: list[list[int]], among: set[int]) -> set[int]:
    """Give those of some needs that share people with the first, or with one that does; none if it is not of them."""
    if first not in among:
        return set()
    found, queue = {first}, [first]
    for at in queue:
        people = set(candidates[at])
        new = {each for each in among - found if people.intersection(candidates[each])}
        found |= new
        queue += sorted(new)
    return found
