"""The command line: everything that a plan needs on a machine without a screen.

``shell`` opens plans and says what went wrong in one sentence; ``plans`` makes, loads and copies plan files;
``look`` reports; ``rota`` fills; ``print_`` prints and
``type_back`` reads what comes back on paper; ``cover`` finds somebody for a shift; ``rally`` and ``stall`` list,
show and change rallies and stalls; ``solve`` builds the rota of a problem file. Exit codes: 0 fine, 1 problems
found, 2 could not be done.
"""

from __future__ import annotations

import sys

from rallyapp.cli import cover, look, plans, print_, rota, solve, stall, type_back
from rallyapp.cli import rally as rallies
from rallyapp.cli.shell import Rally, run

rally = Rally(
    name="rallyapp",
    help="""Plan picket lines, rallies and their rotas, and print what goes on paper.

    Without a command the window opens; with a plan's name, on that plan. A plan is one file, such as
    southampton.rally. Commands that report can answer as JSON (--json). Exit codes: 0 fine, 1 problems
    found, 2 could not be done.
    """,
    commands={
        command.name or "": command
        for command in (
            plans.new,
            plans.demo,
            plans.sites,
            look.info,
            look.check,
            rota.fill,
            cover.cover,
            stall.stall,
            rallies.rally,
            print_.print_,
            type_back.type_back,
            solve.solve,
            plans.export,
            plans.load,
            look.undo,
            look.redo,
            look.history,
            plans.backup,
        )
    },
)


def main() -> None:
    """Run what the arguments ask for and leave with its exit code."""
    sys.exit(run(rally, sys.argv[1:]))
