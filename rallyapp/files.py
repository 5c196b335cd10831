"""Writing a finished file whole or not at all, and never over something that is not of its own sort."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from rallyapp.domain.problems import UserError


def is_pdf(head: bytes) -> bool:
    """Say whether a file that starts like this is a PDF."""
    return head.startswith(b"%PDF")


def check_target(target: Path, *, ours: Callable[[bytes], bool], what: str, open_plan: Path | None = None) -> None:
    """Refuse a name under which ``write_whole`` would not write: worth asking before long work.

    The arguments are those of ``write_whole``. Raises UserError with a sentence.
    """
    try:
        if target.is_dir():
            raise UserError(f"\u201c{target.name}\u201d is a folder: give the name of a file.")
        if target.exists() and not target.is_file():  # /dev/null would be replaced, a pipe would wait for ever
            raise UserError(f"\u201c{target.name}\u201d is not a file: give the name of one.")
        if target.exists():
            same = open_plan is not None and target.samefile(open_plan)
            if same or not _is_ours(target, ours):
                raise UserError(f"\u201c{target.name}\u201d is there already and is no {what}: it was left alone.")
        if not target.parent.is_dir():
            raise UserError(f"There is no folder \u201c{target.parent}\u201d.")
    except OSError as error:
        raise UserError(f"\u201c{target.name}\u201d could not be written: {error.strerror}.") from None


def write_whole(
    target: Path,
    data: bytes,
    *,
    ours: Callable[[bytes], bool],
    what: str,
    open_plan: Path | None = None,
    private: bool = False,
) -> None:
    """Write a file whole or not at all, replacing only a file of its own sort. Runs in any thread.

    ``ours`` judges the first bytes of a file that is there already: a plan, or anything else that is not a
    ``what``, is never overwritten. ``open_plan`` is a plan that this process has open: it is not even looked
    into, because closing it again would take away its locks. A ``private`` file may be read by its owner
    only. Raises UserError with a sentence.
    """
    check_target(target, ours=ours, what=what, open_plan=open_plan)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".new", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if not private:
                mask = os.umask(0)
                os.umask(mask)
                os.chmod(name, 0o666 & ~mask)
            os.replace(name, target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(f"\u201c{target.name}\u201d could not be written: {error.strerror}.") from None


def _is_ours(target: Path, ours: Callable[[bytes], bool]) -> bool:
    with target.open("rb") as there:
        head = there.read(200)
    return not head or ours(head)
