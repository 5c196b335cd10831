"""The door: ``python3 -m rallyapp [command | plan.rally]``.

On a first start the program sets itself up before anything else is imported (see ``_bootstrap``); after
that this costs a few milliseconds. The installed program and the frozen one come in here too, already
set up.
"""

import os
import sys

from rallyapp import _bootstrap


def opens_window(arguments: "list[str]") -> bool:
    """Whether these arguments ask for the window: none at all, or one plan to open."""
    if not arguments:
        return True
    return len(arguments) == 1 and arguments[0].endswith(".rally") and os.path.isfile(arguments[0])


def main() -> None:
    """Set up if need be, then run what the arguments ask for."""
    window = opens_window(sys.argv[1:])
    _bootstrap.ensure("rallyapp", lock="requirements.lock", window=window)
    if window:  # somebody waits for it: without the commands and what they bring
        from rallyapp import app

        sys.exit(app.start(*sys.argv[1:]))
    from rallyapp import cli

    cli.main()


if __name__ == "__main__":
    main()
