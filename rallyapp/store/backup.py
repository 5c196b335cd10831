"""A verified copy of a plan, or none: written beside its place, read back in full, then renamed."""

from __future__ import annotations

import os
from pathlib import Path

from rallyapp.store.connection import Connection, connect, quoted
from rallyapp.store.errors import Damaged, DiskFull, ReadOnly, clear_errors, shown


def copy(connection: Connection, source: Path, target: Path, passphrase: str | None) -> Path:
    """Copy an open plan to a new file, consistent and compact while others write, encrypted if it is.

    Raises Damaged where the copy can't be read back, and StoreError for a disk that is full or read-only.
    """
    made = target.with_name(f".{target.name}.{os.getpid()}.new")
    made.unlink(missing_ok=True)
    try:
        with clear_errors(target):
            connection.execute(f"VACUUM INTO {quoted(str(made))}")
        _verify(made, passphrase, source)
        settle(made)
        os.replace(made, target)
    except PermissionError:
        raise ReadOnly(f"You are not allowed to write into \u201c{target.parent}\u201d.") from None
    except OSError as error:
        raise DiskFull(f"The backup {shown(target)} could not be written: {error.strerror}.") from None
    finally:
        made.unlink(missing_ok=True)
    return target


def _verify(path: Path, passphrase: str | None, source: Path) -> None:
    copied = connect(path, passphrase, read_only=True)
    try:
        with clear_errors(path):
            checks = [
                copied.execute("PRAGMA integrity_check").fetchone()[0] == "ok",
                not copied.execute("PRAGMA foreign_key_check").fetchall(),
                not copied.execute("PRAGMA cipher_integrity_check").fetchall(),
            ]
    finally:
        copied.close()
    if not all(checks):
        raise Damaged(f"The backup could not be read back, so none was kept: {shown(source)} may be damaged.")


def settle(path: Path) -> None:
    """Wait until a finished file, and its name in its folder, are on the disk."""
    for place in (path, path.parent):
        try:
            number = os.open(place, os.O_RDONLY)
        except PermissionError:  # Windows opens no folders
            continue
        try:
            os.fsync(number)
        finally:
            os.close(number)
