"""Opening and making plan files, plain or encrypted, and leaving whatever is not a plan exactly as it is."""

from __future__ import annotations

import contextlib
import os
import stat
import threading
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
LOOKED_THROUGH = 64_000_000  # bytes; a larger file is not read in full beside a log that a crash left
_MAGIC = b"SQLite format 3\x00"
Connection = Any  # sqlcipher3 has no types of its own


class _Open:
    """The plans that this process has open, by what the system knows a file by: how often, and whether encrypted.

    On Linux and macOS a process that closes a file, however it came by it, gives up all its locks on it. The
    next program to close the plan would then take itself for the last one and remove the log from under us,
    and what we save after that would go nowhere. So an open plan is never opened past SQLite.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[tuple[int, int], list[bool]] = {}

    def encrypted(self, path: Path) -> bool | None:
        """Say whether an open plan is encrypted; None for a file that is not open."""
        try:
            found = path.stat()
        except (OSError, ValueError):
            return None
        with self._lock:
            known = self._files.get((found.st_dev, found.st_ino))
        return known[0] if known else None

    def add(self, path: Path, encrypted: bool) -> tuple[int, int]:
        found = path.stat()
        with self._lock:
            self._files.setdefault((found.st_dev, found.st_ino), []).append(encrypted)
        return found.st_dev, found.st_ino

    def remove(self, file: tuple[int, int]) -> None:
        with self._lock:
            self._files[file].pop()
            if not self._files[file]:
                del self._files[file]


_open = _Open()


class _Counted(sqlite3.Connection):  # type: ignore[misc]
    """A connection that is known to be open until it is closed."""

    file: tuple[int, int] | None = None
    stamp: tuple[int, int] | None = None  # of a file that is read without locks: see ``overtaken``

    def close(self) -> None:
        super().close()
        if self.file:
            _open.remove(self.file)
            self.file = None


def look(path: Path) -> bool:
    """Look at a file before SQLite does, without changing it; say whether it seems encrypted.

    Raises NotFound, NotAPlan, Damaged or ReadOnly (no permission) with a sentence.
    """
    if (encrypted := _open.encrypted(path)) is not None:
        return encrypted
    try:
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise NotAPlan(f"{shown(path)} is not a file.")  # reading from a pipe would wait for ever
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
        with contextlib.suppress(PermissionError):  # the folder around it may be barred as well
            if path.is_dir():  # what Windows says of a folder
                raise NotAPlan(f"{shown(path)} is a folder, not a plan.") from None
        raise ReadOnly(f"You are not allowed to read {shown(path)}.") from None
    except OSError as error:
        raise NotFound(f"{shown(path)} can't be read: {error.strerror}.") from None
    except ValueError:  # a NUL
        raise NotFound("That can't be the name of a file.") from None
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

    With ``read_only`` nothing at all is written, not even beside the file. While nobody else has it open it is
    then read without locks, and the connection has a ``stamp``. Raises StoreError with a sentence.
    """
    encrypted = passphrase is not None if create else look(path)
    if encrypted and passphrase is None:
        raise NeedsPassphrase(
            f"{shown(path)} is encrypted, or it is not a RallyApp plan. If it is encrypted, give its passphrase."
        )
    if passphrase == "" and encrypted:
        raise WrongPassphrase("The passphrase is empty.")
    key = unicodedata.normalize("NFC", passphrase or "")  # else a Mac and a PC differ on an umlaut
    if encrypted and any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in key):
        raise WrongPassphrase("The passphrase holds a character that can't be typed.")
    mode, stamp = "rwc", None
    if not create:
        left = _size(path, "-wal") > 0  # by a crash, or by a window that is open
        if not read_only:
            if left:
                _refuse_foreign_log(path, key if encrypted else None)
            mode = "rw"
        elif in_use(path):
            mode = "ro"
        else:  # with locks it would leave a -wal and a -shm behind, which a full disk or a read-only folder can't hold
            mode, stamp = "ro&immutable=1", _stamp(path)
    connection = _connect(path, key if encrypted else None, mode)
    connection.stamp = stamp
    try:
        with clear_errors(path):
            if not create and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise NotAPlan(f"{shown(path)} is a database of another program, not a RallyApp plan.")
            _prepare(connection, create=create)
    except BaseException:
        connection.close()
        raise
    return connection


def _size(path: Path, suffix: str) -> int:
    """Give the size of the file beside a plan; -1 where there is none."""
    try:
        return path.with_name(path.name + suffix).stat().st_size
    except OSError:
        return -1


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def in_use(path: Path) -> bool:
    """Say whether somebody has a plan open to write, or was killed having it."""
    log = _size(path, "-wal")
    return log > 0 or (log == 0 and _size(path, "-shm") >= 0)


def overtaken(path: Path, connection: Connection) -> bool:
    """Say whether somebody may have written since a connection without locks was opened."""
    try:
        return connection.stamp is not None and (in_use(path) or _stamp(path) != connection.stamp)
    except OSError:
        return False


def _connect(path: Path, key: str | None, mode: str) -> Connection:
    with clear_errors(path):
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        connection: Connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=512, factory=_Counted
        )
        try:
            connection.file = _open.add(path, key is not None)
            connection.execute("PRAGMA cipher_log_level = NONE")  # no library chatter on stderr
            if key is not None:
                connection.execute(f"PRAGMA key = {quoted(key)}")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key is tried here
        except BaseException:
            connection.close()
            raise
    return connection


def _refuse_foreign_log(path: Path, key: str | None) -> None:
    """Look through a write-ahead log that lies beside a file, without writing: it may be another file's.

    That happens when a backup is copied over a plan whose program was killed. SQLite would apply it, and write
    the mixture into the file on closing.
    """
    try:
        connection = _connect(path, key, "ro")
        try:
            with clear_errors(path):
                sound = path.stat().st_size > LOOKED_THROUGH or (
                    connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
                )
        finally:
            connection.close()
    except (Damaged, NotAPlan):
        sound = False
    except WrongPassphrase:  # or the right one, and a first page in the log that is another file's
        _connect(path, key, "ro&immutable=1").close()
        sound = False
    if not sound:
        raise Damaged(
            f"{shown(path)} is damaged, or the file \u201c{path.name}-wal\u201d beside it belongs to another plan. "
            "Nothing was changed; restore it from a backup, under another name."
        )


def use_log(connection: Connection) -> None:
    """Let others read while one writes (a write-ahead log): a file that is only read must not be switched to it."""
    connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _prepare(connection: Connection, *, create: bool) -> None:
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
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if create:
        use_log(connection)
