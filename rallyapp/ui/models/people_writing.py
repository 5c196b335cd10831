"""What is written of people who were typed over or added: the records, and the words for it."""

from __future__ import annotations

from collections.abc import Sequence

from rallyapp.domain.ids import PersonSkillId, new_id
from rallyapp.domain.people import Person, PersonSkill, Skill
from rallyapp.store import Edit, Store
from rallyapp.store.triggers import dialled
from rallyapp.ui.models.people_columns import COLUMNS, PLACE, Typed


def label_of(
    changes: Sequence[tuple[Typed | None, Typed]],
    typed: Sequence[tuple[str, Sequence[tuple[str, str]]]],
    label: str,
) -> str:
    """Say what was done: who was added, or which column was changed of whom."""
    new = sum(was is None for was, _ in changes)
    was, new_one = changes[0]  # whoever looks for a change of name later knows the person by the old one
    who = (was or new_one).person.name if len(changes) == 1 else f"{len(changes):,} people"
    if new:
        return f"Add {who}" if new == len(changes) else f"Add {new:,} people and change {len(changes) - new:,}"
    keys = {key for _, pairs in typed for key, _ in pairs}
    if label and len(keys) > 1:
        return f"{label}, {who}"
    titles = [COLUMNS[PLACE[key]].title.lower() for key in keys if key in PLACE]
    return f"Change {titles[0] if len(titles) == 1 else 'details'}, {who}"


def same_person(one: Person, other: Person) -> bool:
    """Say whether two people of one name may well be the same."""
    phones = not (one.phone and other.phone) or dialled(one.phone) == dialled(other.phone)
    emails = not (one.email and other.email) or one.email.lower() == other.email.lower()
    return phones and emails


def wrong_words(typed: Sequence[object], done: int, person: Person, key: str, sentence: str) -> str:
    """Say what is wrong in which column of whom."""
    title = COLUMNS[PLACE[key]].title if key in PLACE else f"{key.capitalize()} name"
    where = person.name or f"row {done + 1}"
    return f"{where}, {title.lower()}: {sentence}. Nothing was changed."


def save_all(store: Store, edit: Edit, changes: Sequence[tuple[Typed | None, Typed]]) -> None:
    """Save people with what they can do, each as it was and as it is to be; None before is a new one."""
    for was, new in changes:
        if was is None or was.person != new.person:
            edit.save(new.person, was=was.person if was else None)
        before = was.skills if was else frozenset()
        for skill in Skill:
            if skill in new.skills - before:
                edit.save(PersonSkill(id=PersonSkillId(new_id()), person_id=new.person.id, skill=skill))
            elif skill in before - new.skills:
                for record in store.where(PersonSkill, person_id=new.person.id, skill=skill.value):
                    edit.delete(record)
