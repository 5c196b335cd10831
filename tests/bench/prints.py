"""``python3 -m tests.bench.prints``: a day of 60 entrances on paper, by us and by LibreOffice from the same tables.

Each way is a whole process, in turn, some rounds; machines are noisy, so read the ratios. LibreOffice Writer converts
flat OpenDocument files that hold the rows of our sheets, one file a document, all in one run of it.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

from rallyapp import _bootstrap

ROUNDS = 3
ENTRANCES = 60
DAY = date(2016, 1, 12)
MEMORY = 700  # MB that we may take


def main() -> None:
    """Measure; leaves with 1 where we are slower than LibreOffice or take more memory than we may."""
    if sys.argv[1:2] == ["ours"]:
        return ours(Path(sys.argv[2]), Path(sys.argv[3]))
    if sys.argv[1:2] == ["make"]:
        return prepared(Path(sys.argv[2]), Path(sys.argv[3]))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    from tests.bench import plans

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        plan, tables = home / "day.rally", home / "tables"
        # In a process of its own: a child's memory is counted from that of whoever started it.
        making = [sys.executable, "-m", "tests.bench.prints", "make", str(plan), str(tables)]
        subprocess.run(making, env=plans.environment(), check=True)
        ways: dict[str, Callable[[], list[str]]] = {
            "ours": lambda: [sys.executable, "-m", "tests.bench.prints", "ours", str(plan), str(home / "ours")]
        }
        if office is None:
            print("  LibreOffice is not here: apt-get install libreoffice-writer-nogui brings it. Ours alone:")
        else:
            files = [str(path) for path in sorted(tables.iterdir())]
            profile = f"-env:UserInstallation=file://{home / 'profile'}"
            out = ["--outdir", str(home / "theirs")]
            # Tagged for screen readers and with bookmarks, as ours are.
            kind = 'pdf:writer_pdf_Export:{"PDFUACompliance":{"type":"boolean","value":"true"}}'
            ways["LibreOffice"] = lambda: [office, profile, "--headless", "--convert-to", kind, *out, *files]
        took: dict[str, list[tuple[float, int]]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, command in ways.items():
                took[way].append(process(command(), plans.environment()))
        seconds = {way: statistics.median(each[0] for each in rounds) for way, rounds in took.items()}
        memory = {way: max(each[1] for each in rounds) for way, rounds in took.items()}
        for way in ways:
            ratio = seconds[way] / seconds.get("LibreOffice", seconds["ours"])
            print(f"  {way:14}{seconds[way]:8.2f} s {ratio:6.2f} x {memory[way]:6} MB")
        whole(plan, home / "all", plans.environment())
        one_by_one(plan)
        if memory["ours"] > MEMORY or seconds["ours"] > seconds.get("LibreOffice", float("inf")):
            sys.exit(1)


def process(command: list[str], environment: dict[str, str]) -> tuple[float, int]:
    """Run a whole process; gives its seconds, and the most memory that it or its children took, in MB."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - start, used.ru_maxrss // 1024


# ------------------------------------------------------------------------------------------------------- ours
def ours(plan: Path, to: Path) -> None:
    """Print the day's sheets as the command line does."""
    from rallyapp.cli import print_choices, print_everything
    from rallyapp.store import Store, print_queries

    to.mkdir(exist_ok=True)
    with Store.open(plan) as store:
        orders = orders_of(store)
        part = print_queries.part_for(store, orders[0].per, [about for order in orders for about in order.abouts])
        draw = print_everything.drawer(
            {order.per: part for order in orders}, {order: {} for order in orders}, print_choices.Asked(), store.version
        )
        for ready, data in print_everything.drawn(orders, draw):
            (to / ready.order.file_name("bench", DAY)).write_bytes(data)


def orders_of(store):
    """The documents of which there is a sheet for each entrance, and which are tables."""
    from rallyapp.cli import print_choices
    from rallyapp.prints import press
    from rallyapp.prints.audience import Audience, Document
    from rallyapp.prints.everything import Order

    outline = print_choices.outline(store)
    wanted = (
        (Document.ROTA, Audience.NOTICEBOARD),
        (Document.ROTA, Audience.ORGANISER),
        (Document.DAY_SHEET, Audience.SUPERVISOR),
        (Document.SIGN_IN, Audience.SUPERVISOR),
    )
    orders = (Order(document=kind, audience=who, abouts=press.pieces(outline, kind)) for kind, who in wanted)
    return tuple(part for order in orders for part in order.in_parts())


def one_by_one(plan: Path) -> None:
    """Tell what the first page of a single document takes."""
    from rallyapp import carried
    from rallyapp.prints import press
    from rallyapp.store import Store, print_queries

    print("\nOne sheet of one document, read, written and drawn, in a process that has printed before")
    with Store.open(plan) as store:
        for order in (each for each in orders_of(store) if each.part == 1):
            took = []
            for about in order.abouts[: ROUNDS + 1]:
                start = time.perf_counter()
                part = print_queries.part_for(store, order.per, (about,))
                made = press.batch(
                    part, carried.law(), order.document, order.audience, (about,), printed=at(9), version=store.version
                )
                press.pdf(made)
                took.append(time.perf_counter() - start)
            print(f"  {order.words:42}{statistics.median(took[1:]) * 1000:8.0f} ms")


def whole(plan: Path, to: Path, environment: dict[str, str]) -> None:
    """Tell what the command for everything takes, packs and all."""
    command = [sys.executable, "-m", "rallyapp", "print", str(plan), "everything", "--day", DAY.isoformat()]
    start = time.perf_counter()
    ended = subprocess.run([*command, "--to", str(to)], env=environment, capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"\n{ended.stdout.splitlines()[-1]}\n  {took:.2f} s; no process here took more than {memory} MB")


# ------------------------------------------------------------------------------------------- the day, the tables
def prepared(plan: Path, tables: Path) -> None:
    """Make the plan, and LibreOffice's files with the rows of our sheets."""
    from rallyapp import carried
    from rallyapp.cli.print_ import pages_of
    from rallyapp.domain.disputes import Settings
    from rallyapp.domain.ids import SettingsId
    from rallyapp.prints import press
    from rallyapp.store import Store, print_queries

    tables.mkdir()
    settings = Settings(id=SettingsId("settings"), title="Bench")
    pages = 0
    with Store.create(plan, [settings, *day()], label="Bench") as store:
        orders = orders_of(store)
        part = print_queries.part_for(store, orders[0].per, [about for order in orders for about in order.abouts])
        for order in orders:
            made = press.batch(
                part, carried.law(), order.document, order.audience, order.abouts, printed=at(9), version=store.version
            )
            pages += pages_of(press.pdf(made))
            name = order.file_name("bench", DAY).removesuffix(".pdf")
            (tables / f"{name}.fodt").write_text(flat_document([asdict(piece.values) for piece in made.pieces]))
    print(f"\n{ENTRANCES} entrances: {pages} pages of rotas, day sheets and sign-in sheets")


def at(hour: int) -> datetime:
    return datetime.combine(DAY, datetime.min.time()) + timedelta(hours=hour)


def day() -> Iterator[object]:
    """Make one strike day at 60 entrances of 30 sites: four shifts each, with six people and a supervisor."""
    from rallyapp.domain.disputes import Dispute, StrikeDay, StrikeKind
    from rallyapp.domain.ids import new_id
    from rallyapp.domain.pickets import Assignment, AssignmentState, Need, Picket, Role, Shift
    from rallyapp.domain.places import Employer, Entrance, Site
    from tests.bench import plans

    dispute = Dispute(id=new_id(), title="Bench", union="Bench", duty_phone="07700 900123")
    strike = StrikeDay(id=new_id(), dispute_id=dispute.id, kind=StrikeKind.FULL_WALKOUT, first_date=DAY, last_date=DAY)
    employer = Employer(id=new_id(), name="Bench trust")
    yield from (dispute, strike, employer)
    everybody = list(plans.people(ENTRANCES * 28))
    yield from everybody
    people = iter(everybody)
    for number in range(ENTRANCES // 2):
        site = Site(id=new_id(), employer_id=employer.id, name=f"Hospital {number}")
        yield site
        for gate in range(2):
            entrance = Entrance(id=new_id(), site_id=site.id, name=f"Gate {gate}", position=gate)
            picket = Picket(id=new_id(), strike_day_id=strike.id, entrance_id=entrance.id, starts=at(7), ends=at(11))
            yield from (entrance, picket)
            for hour in range(7, 11):
                shift = Shift(id=new_id(), picket_id=picket.id, starts=at(hour), ends=at(hour + 1))
                yield shift
                for role, least in ((Role.SUPERVISOR, 1), (Role.PICKET, 6)):
                    yield Need(id=new_id(), shift_id=shift.id, role=role, least=least, wished=least, most=least + 2)
                    for _ in range(least):
                        person = next(people)
                        state = AssignmentState.CONFIRMED
                        yield Assignment(id=new_id(), shift_id=shift.id, person_id=person.id, role=role, state=state)


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles><style:style style:name="New" style:family="paragraph">
<style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000"/>
</style:style></office:automatic-styles><office:body><office:text>"""


def flat_document(sheets: list[dict[str, object]]) -> str:
    """Write sheets as a flat OpenDocument text: a list of records becomes a table with a heading row, all else a line.

    What stands below each other in a cell of ours does so in theirs.
    """
    parts = [_HEAD]
    for sheet in sheets:
        parts.append('<text:p text:style-name="New"/>')
        for key, value in sheet.items():
            rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list | tuple) else []
            if not rows:
                parts.append(f"<text:p>{escape(words(value))}</text:p>")
                continue
            parts.append(f'<table:table table:name="{escape(key)}">')
            parts.append(f'<table:table-column table:number-columns-repeated="{len(rows[0])}"/>')
            titles = "".join(
                f"<table:table-cell><text:p>{escape(name)}</text:p></table:table-cell>" for name in rows[0]
            )
            parts.append(
                f"<table:table-header-rows><table:table-row>{titles}</table:table-row></table:table-header-rows>"
            )
            for row in rows:
                texts = ("".join(f"<text:p>{escape(line)}</text:p>" for line in lines(cell)) for cell in row.values())
                cells = "".join(
                    f'<table:table-cell table:style-name="Cell">{text}</table:table-cell>' for text in texts
                )
                parts.append(f"<table:table-row>{cells}</table:table-row>")
            parts.append("</table:table>")
    return "".join([*parts, "</office:text></office:body></office:document>"])


def lines(value: object) -> list[str]:
    """Write a cell as lines: one for each item of a list."""
    return [words(item) for item in value] if isinstance(value, list | tuple) else [words(value)]


_SIZES = ("normal", "large")  # how large a sheet is drawn: no words on it


def words(value: object) -> str:
    """Write any value of a sheet as one text."""
    if is_dataclass(value) and not isinstance(value, type):
        value = asdict(value)
    if isinstance(value, dict):
        return " ".join(filter(None, (words(part) for key, part in value.items() if key not in _SIZES)))
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(words, value)))
    return "" if value is None or isinstance(value, bool | float) else str(value)


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.prints", lock="requirements-tests.lock", window=False)
    main()
