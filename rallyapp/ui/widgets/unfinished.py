"""What somebody has typed and not finished: kept while they type, and said where it goes without being written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from rallyapp.ui.messages import Messages
from rallyapp.ui.widgets.fields import Field


def typed_in(field: Field) -> str:
    """Give what stands in a field's entry now; nothing for a choice or a tick."""
    entry = field.entry
    if isinstance(entry, QLineEdit):
        return entry.text()
    return entry.toPlainText() if isinstance(entry, QPlainTextEdit) else ""


def left_of(fields: Iterable[tuple[Field, str]]) -> Iterator[str]:
    """Give a sentence for each field whose text can't be kept.

    Each comes with what that means: "the limit of Amira Haddad was left as it was".
    """
    for field, so in fields:
        if not field.wrong.isHidden():
            yield left_words(typed_in(field), so, wrong=field.wrong.text())


def left_words(text: str, so: str, *, wrong: str = "") -> str:
    """Say that a text was not kept, what was wrong with it, without how to mend that, and what it means."""
    why = wrong.split(": ")[0].rstrip(".")
    if text.strip() not in why or not why:
        why = f"\u201c{text.strip()}\u201d was not kept"
    return f"{why}: {so}."


def say_left(messages: Messages, sentences: Iterable[str]) -> None:
    """Say what goes unwritten, because another record is about to be shown in its place."""
    if said := " ".join(sentences):
        messages.trouble(said)
