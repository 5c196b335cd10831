"""A verified copy of a plan, or none: written beside its place, read back in full, then given its name."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from rallyapp.store.connection import Connection, connect, quoted
from rallyapp.store.errors import (
    AlreadyThere,
    Damaged,
    DiskFull,
    NeedsPassphrase,
    ReadOnly,
    StoreError,
    WrongPassphrase,
    clear_errors,
    shown,
)

LEFT_FOR_GOOD = 3600  # seconds


def copy(connection: Connection, source: Path, target: Path, passphrase: str | None) -> Path:
    """Copy an open plan to a new file, consistent and compact while others write, encrypted if it is.

    Raises AlreadyThere, Damaged where the copy can't be read back, and StoreError for a disk that is full or
    read-only.
    """
    if connection.in_transaction:
        raise RuntimeError("a copy can't be made inside an edit or a snapshot")
    made = unfinished(target)
    try:
        make_private(made)
        with clear_errors(target):
            # As a URI: a plain name would be read as one if it began with "file:".
            connection.execute(f"VACUUM INTO {quoted(made.as_uri())}")
        _verify(made, passphrase, source)
        publish(made, target)
    except PermissionError:
        raise ReadOnly(f"You are not allowed to write into \u201c{target.parent}\u201d.") from None
    except OSError as error:
        raise DiskFull(f"The backup {shown(target)} could not be written: {error.strerror}.") from None
    finally:
        remove(made)
    return target


def keep(connection: Connection, source: Path, target: Path, passphrase: str | None) -> Path:
    """Make a copy under that name or, since no copy is ever replaced, under that name with a number."""
    number, free = 1, target
    while True:
        if not free.exists() and not free.is_symlink():
            with contextlib.suppress(AlreadyThere):  # another window keeps one, too
                return copy(connection, source, free, passphrase)
        number += 1
        free = target.with_name(f"{target.name}-{number}")


def _verify(path: Path, passphrase: str | None, source: Path) -> None:
    try:
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
    except (NeedsPassphrase, WrongPassphrase):
        raise WrongPassphrase(
            f"No backup was made: that is not the passphrase of {shown(source)}, so it could not be read back."
        ) from None
    except StoreError:
        checks = [False]
    if not all(checks):
        raise Damaged(f"The backup could not be read back, so none was kept: {shown(source)} may be damaged.")


# ------------------------------------------------------------------------------------------- unfinished files
def unfinished(path: Path) -> Path:
    """Name a file to be made beside a path, and clear away what a kill left of such files there.

    They hold people's names, so none may lie about for good; a younger one may be another program's work.
    """
    for left in path.parent.glob(".rallyapp-*.new*"):
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_FOR_GOOD:
                left.unlink()
    import uuid

    return path.absolute().with_name(f".rallyapp-{uuid.uuid4().hex[:12]}.new")


def make_private(made: Path) -> None:
    """Make an empty file that only its owner may read: who is in a trade union is nobody else's business."""
    os.close(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def publish(made: Path, path: Path) -> None:
    """Give a finished file its name, for good; raises AlreadyThere where a file has appeared there meanwhile."""
    _settle(made, os.O_RDWR)
    try:
        try:
            os.link(made, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            _rename(made, path)
    except FileExistsError:
        raise AlreadyThere(f"There is already a file {shown(path)}: choose another name.") from None
    made.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # Windows opens no folders
        _settle(path.parent, os.O_RDONLY)


def _rename(made: Path, path: Path) -> None:
    path.open("xb").close()  # a rename alone would replace what has appeared there
    try:
        os.replace(made, path)
    except BaseException:
        path.unlink()
        raise


def remove(path: Path) -> None:
    """Remove a file, if it is there, with all that SQLite puts beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _settle(path: Path, flags: int) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    number = os.open(path, flags)
    try:
        os.fsync(number)
    finally:
        os.close(number)
