"""Every command on a plan, to be tried on whatever is not as it should be."""

READING = (
    ("info",),
    ("info", "--json"),
    ("check",),
    ("check", "--json"),
    ("history",),
    ("fill",),
    ("fill", "--json"),
    ("export", "--to", "out.json"),
    ("print", "rota", "--to", "out.pdf"),
    ("print", "rally-plan", "--to", "out.pdf"),
    ("backup", "--to", "copy.rally"),
)
WRITING = (("fill", "--apply"), ("fill", "--apply", "--json"), ("undo",), ("redo",))
ALL = READING + WRITING


def on(plan, command, out):
    """Write a command's arguments: on this plan, with what it writes in that folder."""
    name, *more = command
    places = [str(out / part) if part.startswith(("out.", "copy.")) else part for part in more]
    return [name, str(plan), *places]


def words(command):
    """Name a command for a test's id."""
    return " ".join(part for part in command if part != "--to")
