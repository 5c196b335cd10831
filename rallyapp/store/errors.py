"""What can go wrong with a file, each with a sentence for the person at the keyboard."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from rallyapp.domain.problems import UserError
from rallyapp.store.driver import sqlite3


class StoreError(UserError):
    """Something about the plan file; the text is the sentence to show."""


class NotFound(StoreError):
    """There is no file, or no folder, of that name."""


class NotAPlan(StoreError):
    """The file is not a RallyApp plan."""


class NeedsPassphrase(StoreError):
    """The file seems to be encrypted and no passphrase was given."""


class WrongPassphrase(StoreError):
    """The passphrase does not open the file, or its first page is damaged; SQLite can't tell which."""


class Damaged(StoreError):
    """The file is a plan and can't be read in full."""


class TooNew(StoreError):
    """The file was made by a newer program than this one."""


class InUse(StoreError):
    """Another program is writing to the file and did not finish in time."""


class DiskFull(StoreError):
    """There is no room left on the disk."""


class ReadOnly(StoreError):
    """The file, or its folder, can't be written to."""


class DeviceFailed(StoreError):
    """The disk reported an error."""


class Vanished(StoreError):
    """The file was deleted, renamed or replaced while it was open."""


class Refused(StoreError):
    """The write would have broken the plan; nothing of the edit was kept."""


class AlreadyThere(StoreError):
    """There is a file of that name already."""


def shown(path: Path) -> str:
    """Write a path for a sentence: its name in quotes, without the folders above it."""
    name = path.name or str(path)
    return f"\u201c{name if len(name) <= 80 else name[:79] + chr(0x2026)}\u201d"


def a(table: str) -> str:
    """Name a row's kind in a sentence: an assignment, a strike day."""
    return f"a{'n' if table[0] in 'aeio' else ''} {table.replace('_', ' ')}"


# Message texts, because sqlcipher3 reports primary error names only. The first that fits counts.
_SENTENCES: tuple[tuple[str, type[StoreError], str], ...] = (
    ("not a database", WrongPassphrase, "{file} can't be opened: the passphrase is not right, or the file is damaged."),
    ("malformed", Damaged, "{file} is damaged and can't be read in full. Restore it from a backup."),
    ("hmac check failed", Damaged, "{file} is damaged and can't be read in full. Restore it from a backup."),
    (
        "disk is full",
        DiskFull,
        "The disk is full: nothing of this change was saved in {file}. Make room and try again.",
    ),
    ("locked", InUse, "Another window or program is writing to {file}. Nothing was changed; try again in a moment."),
    ("readonly", ReadOnly, "{file} or its folder can't be written to. Nothing was changed."),
    ("unable to open", NotFound, "{file} can't be opened: it, or its folder, can't be reached."),
    ("disk I/O error", DeviceFailed, "The disk reported an error (or is full): {file} was not changed by this."),
    ("no such column", TooNew, "{file} has another shape than this version of RallyApp knows: use a newer version."),
    ("no such table", TooNew, "{file} has another shape than this version of RallyApp knows: use a newer version."),
)


def translate(error: Exception, path: Path) -> StoreError:
    """Turn SQLite's error into one of ours, with a sentence that names the file."""
    text = str(error)
    for part, kind, sentence in _SENTENCES:
        if part in text:
            return kind(sentence.format(file=shown(path)))
    return StoreError(f"{shown(path)} can't be used: something in it is not as it should be. Restore it from a backup.")


@contextlib.contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Let no SQLite error out but as a sentence, except our own bugs.

    Those are a broken constraint that the store did not refuse first, the use of a closed store, and a query
    that is none.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except UnicodeDecodeError:  # SQLite's own words quote the bytes of a damaged file
        raise Damaged(f"{shown(path)} is damaged and can't be read in full. Restore it from a backup.") from None
    except sqlite3.DatabaseError as error:
        if "syntax error" in str(error) and "malformed" not in str(error):  # else it is the schema that is damaged
            raise
        raise translate(error, path) from error
