"""What all commands share: opening plans, asking for passphrases, one sentence for an error, JSON, progress."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from rallyapp import __version__
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Malformed, unkeepable
from rallyapp.domain.times import LONDON

FINE, FOUND, FAILED = 0, 1, 2
SHORT = 12  # characters below which a new passphrase gets a word of warning
LONGEST_PASSPHRASE = 1000


class Rally(click.Group):
    """The group of all commands; without one, or with a plan's name, it opens the window."""

    def __init__(self, **settings: Any) -> None:
        """Make the group with its --version."""
        super().__init__(
            invoke_without_command=True,
            no_args_is_help=False,
            callback=_window,
            context_settings={"help_option_names": ["-h", "--help"]},
            **settings,
        )
        self.params.append(click.Option(["--smoke"], is_flag=True, hidden=True))
        click.version_option(__version__, prog_name="RallyApp", message="%(prog)s %(version)s")(self)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the commands in the order in which a plan meets them."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a single plan's name for "open the window on it"."""
        one = args[0] if len(args) == 1 and args[0] not in self.commands and not args[0].startswith("-") else ""
        if one and (one.endswith(".rally") or Path(one).exists()):
            ctx.obj = one
            args = []
        return super().parse_args(ctx, args)


class OfPlan(click.Group):
    """Commands about one kind of thing in a plan, named behind the plan: “rally PLAN show NAME”.

    Without such a command the group itself answers, and its options may stand behind the plan, too.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options that stand right behind the plan before it, as click reads a group."""
        options = [param for param in self.params if isinstance(param, click.Option) and not param.is_flag]
        valued = {name for option in options for name in option.opts}
        if not args or args[0].startswith("-"):
            return super().parse_args(ctx, args)
        end = 1
        while end < len(args) and args[end].startswith("-"):
            end += 2 if args[end] in valued else 1
        return super().parse_args(ctx, [*args[1:end], args[0], *args[end:]])


@click.pass_context
def _window(ctx: click.Context, smoke: bool) -> int | None:
    """Open the window."""
    if ctx.invoked_subcommand is not None:
        return None
    from rallyapp import app  # the only way from here to Qt

    return app.main(ctx.obj, smoke=smoke)


def run(group: click.Group, arguments: list[str]) -> int:
    """Run a command line; gives its exit code. A user's mistake ends in one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError):  # a Windows console may be of another encoding
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        try:
            # Not group.main: it would leave with 1 where nobody reads the answer to its end.
            with group.make_context("rallyapp", list(arguments)) as context:
                code = group.invoke(context)
        except click.exceptions.Exit as left:
            code = left.exit_code
        if sys.stdout is not None:  # as it is for a window's program, or under "rallyapp ... >&-"
            sys.stdout.flush()
        return int(code or 0)
    except Malformed as error:
        return _say(f"Something in the plan is not as it should be ({error}): restore it from a backup.")
    except UserError as error:
        return _say(str(error))
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "rallyapp"
        return _say(f"{error.format_message()} See \u201c{command} --help\u201d.")
    except click.ClickException as error:
        return _say(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped." if on_terminal() else "Stopped.", err=True)  # on a terminal after its "^C"
        # Where Ctrl+C fell into code run from text (the records' methods are written that way), Python remembers
        # it as unhandled and kills itself instead of leaving with 130. Running some, even none, clears that.
        exec("")
        return 130
    except BrokenPipeError:  # "rallyapp history plan.rally | head"
        return _unheard(FINE)
    except OSError as error:  # a name that is too long, an answer onto a full disk
        what = f"\u201c{Path(error.filename).name[:60]}\u201d" if isinstance(error.filename, str) else "The answer"
        return _unheard(_say(f"{what} could not be read or written: {error.strerror or error}."))


def _say(sentence: str) -> int:
    click.echo(f"rallyapp: {' '.join(sentence.split())}", err=True)
    return FAILED


def _unheard(code: int) -> int:
    """Have what nobody reads thrown away, or Python would complain of it on leaving."""
    with contextlib.suppress(AttributeError, OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return code


def on_terminal() -> bool:
    """Say whether somebody sits at the keyboard and reads what standard error says."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def fail(sentence: str) -> NoReturn:
    """Stop with a sentence and exit code 2."""
    raise UserError(sentence)


# Signs that turn a terminal's line round or move its cursor; names in a plan may hold them.
_UNSEEN = dict.fromkeys([*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN |= {ord("\n"): "\n", ord("\t"): " ", 0x1B: "\x1b"}


def echo(text: str, *, err: bool = False) -> None:
    """Write a line to the terminal without the signs that would garble what stands beside it."""
    click.echo(text.translate(_UNSEEN), err=err)


def answer(value: Any) -> None:
    """Write a report as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def now() -> datetime:
    """Tell the local wall-clock time in whole minutes."""
    return datetime.now(LONDON).replace(tzinfo=None, second=0, microsecond=0)


# ----------------------------------------------------------------------------------------- plans and keys
plan_file = click.argument("plan", metavar="PLAN", type=click.Path(path_type=Path))


def _json_wanted(context: click.Context, _: click.Parameter, value: bool) -> bool:
    """Hear --json that stands before the command of a group, too."""
    return value or bool(context.parent is not None and context.parent.params.get("json_"))


def one_line(_: click.Context, option: click.Parameter, value: str | None) -> str | None:
    """Read a text that is one line: what is between its words is one blank; refuses what no plan can keep."""
    if value is None:
        return None
    text = " ".join(value.split())
    if bad := unkeepable(text):
        fail(f"{option.opts[0]} {bad}.")
    return text


as_json = click.option("--json", "json_", is_flag=True, callback=_json_wanted, help="Answer as JSON.")
passphrase_file = click.option(
    "--passphrase-file",
    metavar="FILE",
    help="Read the plan's passphrase from the first line of this file (- for standard input).",
)


def read_passphrase(file: str | None) -> str | None:
    """Read a passphrase from a file's first line, or None where no file is named."""
    if file is None:
        return None
    try:
        if file == "-":
            text = sys.stdin.readline(LONGEST_PASSPHRASE + 2) if sys.stdin is not None else ""
        else:
            with open(file, encoding="utf-8-sig") as source:  # Notepad begins a file with a mark
                text = source.readline(LONGEST_PASSPHRASE + 2)
    except UnicodeDecodeError:
        fail(f"The passphrase file \u201c{file}\u201d is not text in UTF-8.")
    except OSError as error:
        fail(f"The passphrase file \u201c{file}\u201d can't be read: {error.strerror}.")
    passphrase = text.rstrip("\r\n")
    if not passphrase:
        fail(f"The passphrase file \u201c{file}\u201d has an empty first line.")
    if len(passphrase) > LONGEST_PASSPHRASE:
        fail(f"The first line of the passphrase file \u201c{file}\u201d is too long for a passphrase.")
    return passphrase


def opened(plan: Path, passphrase_file: str | None) -> Any:
    """Open a plan; on a terminal an encrypted one is asked for its passphrase, three times at most."""
    return opened_with(plan, passphrase_file)[0]


def opened_with(plan: Path, passphrase_file: str | None) -> tuple[Any, str | None]:
    """Open a plan as \u201copened\u201d does; give its passphrase, too."""
    from rallyapp.store import Store
    from rallyapp.store.errors import NeedsPassphrase, WrongPassphrase

    passphrase = read_passphrase(passphrase_file)
    try:
        return Store.open(plan, passphrase=passphrase), passphrase
    except NeedsPassphrase as error:
        if not on_terminal():
            fail(f"{error} Use --passphrase-file.")
    for tries_left in (2, 1, 0):
        try:
            given = click.prompt(f"Passphrase of {plan.name}", hide_input=True, err=True)
            return Store.open(plan, passphrase=given), given
        except WrongPassphrase as error:
            if not tries_left:
                raise
            click.echo(str(error), err=True)
    raise AssertionError


def new_passphrase(encrypt: bool, passphrase_file: str | None) -> str | None:
    """Give the passphrase for a new file: from a file, asked twice on a terminal, or None for a plain one."""
    if passphrase_file is not None:
        given = read_passphrase(passphrase_file) or ""
    elif not encrypt:
        return None
    elif not on_terminal():
        fail("To encrypt a plan without a terminal, give its passphrase with --passphrase-file.")
    else:
        given = str(click.prompt("Passphrase for the new plan", hide_input=True, confirmation_prompt=True, err=True))
    if len(given) < SHORT:
        echo("That passphrase is short and soon guessed: five or six random words are not.", err=True)
    return given


@contextlib.contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while something long runs; call it with what is done. Silent off a terminal."""
    out: IO[str] | None = sys.stderr
    if out is None or not out.isatty():
        yield lambda done: None
        return
    with click.progressbar(length=length, label=label, file=out) as bar:
        yield lambda done: bar.update(max(0, done - bar.pos))
