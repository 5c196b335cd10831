"""Opening and making plan files, plain or encrypted, and leaving whatever is not a plan exactly as it is."""

from __future__ import annotations

import os
import stat
import unicodedata
from pathlib import Path
from typing import Any

from rallyapp.store.driver import sqlite3
from rallyapp.store.errors import (
    Damaged,
    NeedsPassphrase,
    NotAPlan,
    NotFound,
    ReadOnly,
    WrongPassphrase,
    clear_errors,
    shown,
)

APPLICATION_ID = 0x52414C59  # "RALY", at byte 68 of a plain file
PAGE = 4096
BUSY_SECONDS = 5.0
_MAGIC = b"SQLite format 3\x00"
Connection = Any  # sqlcipher3 has no types of its own


def look(path: Path) -> bool:
    """Look at a file before SQLite does, without changing it; say whether it seems encrypted.

    Raises NotFound, NotAPlan, Damaged or ReadOnly (no permission) with a sentence.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise NotFound(f"There is no folder \u201c{path.parent}\u201d.") from None
        raise NotFound(f"There is no plan {shown(path)} in that folder.") from None
    except (IsADirectoryError, NotADirectoryError):
        raise NotAPlan(f"{shown(path)} is a folder, not a plan.") from None
    except PermissionError:
        if path.is_dir():  # what Windows says of a folder
            raise NotAPlan(f"{shown(path)} is a folder, not a plan.") from None
        raise ReadOnly(f"You are not allowed to read {shown(path)}.") from None
    except OSError as error:
        raise NotFound(f"{shown(path)} can't be read: {error.strerror}.") from None
    if not size:
        raise Damaged(f"{shown(path)} is empty: nothing of a plan is left in it. Restore it from a backup.")
    if not head.startswith(_MAGIC):
        if size % PAGE:
            raise NotAPlan(f"{shown(path)} is not a RallyApp plan, or it is damaged.")
        return True
    if size < 512:
        raise Damaged(f"{shown(path)} is damaged: it was cut off. Restore it from a backup.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise NotAPlan(f"{shown(path)} is a database of another program, not a RallyApp plan.")
    pages = int.from_bytes(head[28:32], "big")
    wal = path.with_name(path.name + "-wal")
    if pages * PAGE > size and not (wal.exists() and wal.stat().st_size):
        raise Damaged(f"{shown(path)} is damaged: it was cut off. Restore it from a backup.")
    return False


def quoted(text: str) -> str:
    """Quote a text for SQL where no parameter can stand."""
    return "'" + text.replace("'", "''") + "'"


def writable(path: Path) -> bool:
    """Say whether a file may be written to: not marked read-only (root ignores the mark, we don't), folder too."""
    marked = not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    return not marked and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, passphrase: str | None, *, create: bool = False, read_only: bool = False) -> Connection:
    """Open a connection to a plan, or make an empty one, and try its key.

    With ``read_only`` nothing at all is written, not even beside the file. Raises StoreError with a sentence.
    """
    encrypted = passphrase is not None if create else look(path)
    if encrypted and passphrase is None:
        raise NeedsPassphrase(
            f"{shown(path)} is encrypted, or it is not a RallyApp plan. If it is encrypted, give its passphrase."
        )
    if passphrase == "" and encrypted:
        raise WrongPassphrase("The passphrase is empty.")
    mode = "rwc" if create else "ro" if read_only else "rw"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    wal = path.with_name(path.name + "-wal")
    if read_only and not (wal.exists() and wal.stat().st_size):
        uri += "&immutable=1"  # a read-only folder can't hold the -shm file that WAL readers need
    with clear_errors(path):
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")  # no library chatter on stderr
            if encrypted:
                key = unicodedata.normalize("NFC", passphrase or "")  # else a Mac and a PC differ on an umlaut
                connection.execute(f"PRAGMA key = {quoted(key)}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key is tried here
            if not create and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise NotAPlan(f"{shown(path)} is a database of another program, not a RallyApp plan.")
            _prepare(connection, create=create, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: Connection, *, create: bool, read_only: bool) -> None:
    pragmas = [
        "synchronous = FULL",  # NORMAL loses commits in a power cut (1,650 simulated ones: FULL lost none)
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",  # no person's name in a temporary file
        "cache_size = -65536",
    ]
    if create:
        pragmas.insert(0, f"page_size = {PAGE}")
        pragmas.append(f"application_id = {APPLICATION_ID}")
    if not read_only:
        pragmas.append("journal_mode = WAL")
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
