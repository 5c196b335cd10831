"""Commands that make, load and copy plan files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from rallyapp import carried
from rallyapp.cli.shell import (
    FOUND,
    answer,
    as_json,
    echo,
    fail,
    new_passphrase,
    now,
    on_terminal,
    opened,
    opened_with,
    passphrase_file,
    plan_file,
    progress,
)
from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.new_plan import (
    NewPlan,
    Pattern,
    SiteWanted,
    new_plan,
    parse_span,
    titled,
    without_pickets,
)
from rallyapp.domain.problems import UserError
from rallyapp.domain.records import Record
from rallyapp.domain.tells import PrintRun
from rallyapp.domain.times import clock, long_day_words, parse_day
from rallyapp.domain.typed_days import parse_strike_day
from rallyapp.files import write_whole

T = TypeVar("T")

_PLAIN = "It is not encrypted: whoever has the file can read who is in it (--encrypt)."

encrypt = click.option("--encrypt", is_flag=True, help="Protect the new plan with a passphrase; asks for it twice.")


@click.command()
@plan_file
@click.option("--union", help="The union's name.")
@click.option("--branch", default="", help="The branch.")
@click.option("--title", help="The dispute's title.")
@click.option(
    "--jurisdiction",
    type=click.Choice([each.value for each in Jurisdiction], case_sensitive=False),
    default=Jurisdiction.ENGLAND.value,
    show_default=True,
    help="Whose law holds.",
)
@click.option("--duty-phone", default="", help="The number that is answered on the day; printed on every rota.")
@click.option("--data-contact", default="", help="Who answers for the members' data.")
@click.option("--called-out", default="", help="Who is called out, such as “junior doctors”.")
@click.option("--ballot", "ballot", metavar="DATE", help="The day on which the ballot closed.")
@click.option("--ballot-opened", metavar="DATE", help="The day on which the ballot opened.")
@click.option(
    "--site", "site_texts", multiple=True, metavar="TEXT", help="A hospital, by name, postcode or code; repeat it."
)
@click.option(
    "--own-site",
    "own_sites",
    multiple=True,
    metavar="“SITE, EMPLOYER, POSTCODE”",
    help="A workplace that is not in the hospital list; repeat it.",
)
@click.option("--entrance", "entrances", multiple=True, metavar="NAME", help="An entrance of each site; repeat it.")
@click.option(
    "--day",
    "day_texts",
    multiple=True,
    metavar="“DATE TIME-TIME KIND”",
    help="A strike day, such as “2015-12-08 08:00-17:00 full walkout”; repeat it.",
)
@click.option("--picket", "picket", default="08:00-11:00", show_default=True, help="The pickets' times on each day.")
@click.option("--slot", type=click.IntRange(5, 720), default=60, show_default=True, help="Minutes of a picket shift.")
@encrypt
@passphrase_file
def new(
    plan: Path,
    union: str | None,
    branch: str,
    title: str | None,
    jurisdiction: str,
    duty_phone: str,
    data_contact: str,
    called_out: str,
    ballot: str | None,
    ballot_opened: str | None,
    site_texts: tuple[str, ...],
    own_sites: tuple[str, ...],
    entrances: tuple[str, ...],
    day_texts: tuple[str, ...],
    picket: str,
    slot: int,
    encrypt: bool,
    passphrase_file: str | None,
) -> None:
    """Make a new plan.

    On a terminal it asks for what is missing. Hospitals are found in the list that the program carries; each
    entrance gets a picket on each strike day, cut into shifts that can be filled.
    """
    from rallyapp.store.store import Store, refuse_existing

    refuse_existing(plan)
    asks = on_terminal()
    named = tuple(entrances) or ("Main entrance",)
    try:
        starts, ends = parse_span(picket)
        days = [parse_strike_day(text) for text in day_texts]
        closed = parse_day(ballot) if ballot else None
        opened_on = parse_day(ballot_opened) if ballot_opened else None
    except ValueError as error:
        fail(f"{error}.")
    sites = [_site(text, named, asks) for text in site_texts] + [_own_site(text, named) for text in own_sites]
    if union is None:
        if not asks:
            fail("A new plan needs the union's name: add --union \u201cNAME\u201d.")
        union = str(click.prompt("Union", err=True))
        branch = branch or str(click.prompt("Branch", default="", show_default=False, err=True))
        duty_phone = duty_phone or str(click.prompt("Duty phone", default="", show_default=False, err=True))
        if not (site_texts or own_sites):
            sites = list(
                _ask("Hospital (name, postcode or code; empty to go on)", lambda text: _site(text, named, asks))
            )
        if not day_texts:
            days = list(_ask("Strike day (2015-12-08 08:00-17:00; empty to go on)", parse_strike_day))
    wanted = NewPlan(
        title=title or titled(site.employer for site in sites),
        union=union,
        branch=branch,
        jurisdiction=Jurisdiction(jurisdiction),
        duty_phone=duty_phone,
        data_contact=data_contact,
        ballot_opened=opened_on,
        ballot_closed=closed,
        called_out=called_out,
        sites=tuple(sites),
        days=tuple(days),
        pattern=Pattern(starts=starts, ends=ends, slot=slot),
    )
    _refuse_doubles(wanted)
    key = new_passphrase(encrypt, passphrase_file)
    records = new_plan(wanted)
    with Store.create(plan, records, label=f"New plan: {wanted.title}", passphrase=key) as store:
        shifts = store.rows("SELECT count(*) FROM shift")[0][0]
    counted = ((len(days), "strike day"), (len(sites), "site"), (shifts, "picket shift"))
    echo(f"Made {plan}: {', '.join(f'{n} {each}' + 's' * (n != 1) for n, each in counted)}.")
    for day in without_pickets(records) if sites else ():
        echo(
            f"No picket stands in {day.words}: {clock(starts)}\u2013{clock(ends)} lies outside it; choose other times "
            "with --picket.",
            err=True,
        )
    if not key:
        echo(_PLAIN, err=True)


def _refuse_doubles(wanted: NewPlan) -> None:
    for what, given in (
        ("The site", [site.name for site in wanted.sites]),
        ("The entrance", list(wanted.sites[0].entrances) if wanted.sites else []),
        ("The strike day of", [long_day_words(day.first_date) for day in wanted.days]),
    ):
        for each in given:
            if [other.casefold() for other in given].count(each.casefold()) > 1:
                fail(f"{what} {each} is named twice.")


def _ask(question: str, read: Callable[[str], T]) -> Iterator[T]:
    """Ask until nothing is typed; what can't be read is said at once, and asked for again."""
    while text := str(click.prompt(question, default="", show_default=False, err=True)).strip():
        try:
            yield read(text)
        except (UserError, ValueError) as error:
            echo(f"{str(error).rstrip('.')}.", err=True)


def _hospitals(text: str, limit: int = 8) -> tuple[carried.Hospital, ...]:
    """Find hospitals; a code names one."""
    wanted = text.strip().casefold()
    coded = tuple(each for each in carried.hospitals() if each.code.casefold() == wanted)
    return coded or carried.find_hospitals(text, limit=limit)


def _site(text: str, entrances: tuple[str, ...], asks: bool) -> SiteWanted:
    found = _hospitals(text)
    wanted = text.strip().casefold()
    exact = [each for each in found if wanted in (each.code.casefold(), each.name.casefold())]
    if not found:
        fail(
            f"No hospital in the list fits \u201c{text}\u201d: try fewer words or a postcode, "
            "or enter it with --own-site."
        )
    if len(exact) == 1:
        found = (exact[0],)
    if len(found) > 1:
        listed = [f"{each.name}, {each.city} ({each.code}), {each.trust}" for each in found]
        if not asks:
            fail(
                f"\u201c{text}\u201d fits several hospitals; give the code of one: "
                + "; ".join(f"{each.code} {each.name}" for each in found)
                + "."
            )
        for number, line in enumerate(listed, start=1):
            echo(f"  {number}  {line}", err=True)
        number = click.prompt("Which one", type=click.IntRange(1, len(found)), default=1, err=True)
        found = (found[number - 1],)
    hospital = found[0]
    place = [None if part is None else round(part * 1_000_000) for part in (hospital.lat, hospital.lon)]
    return SiteWanted(
        name=hospital.name,
        employer=hospital.trust,
        code=hospital.code,
        employer_code=hospital.trust_code,
        address=", ".join(part for part in (hospital.address, hospital.city) if part),
        postcode=hospital.postcode,
        lat=place[0],
        lon=place[1],
        entrances=entrances,
    )


def _own_site(text: str, entrances: tuple[str, ...]) -> SiteWanted:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 2 or not all(parts[:2]):
        fail(
            f"\u201c{text}\u201d is not a site: write \u201cSITE, EMPLOYER\u201d "
            "or \u201cSITE, EMPLOYER, POSTCODE\u201d."
        )
    postcode = parts[2] if len(parts) > 2 else ""
    place = carried.outcode(postcode) if postcode else None
    if postcode and place is None:
        fail(f"\u201c{postcode}\u201d is not a postcode in the United Kingdom.")
    return SiteWanted(
        name=parts[0],
        employer=parts[1],
        postcode=postcode,
        lat=round(place.lat * 1_000_000) if place else None,
        lon=round(place.lon * 1_000_000) if place else None,
        entrances=entrances,
    )


@click.command()
@click.argument("name", required=False)
@click.argument("plan", metavar="[PLAN]", type=click.Path(path_type=Path), required=False)
@encrypt
@passphrase_file
@as_json
def demo(name: str | None, plan: Path | None, encrypt: bool, passphrase_file: str | None, json_: bool) -> None:
    """Make a demo plan from real facts; without a name, list them.

    The people in it are invented.
    """
    from rallyapp.demos import DEMOS

    if name is None:
        if json_:
            answer([{"name": each.name, "description": each.description} for each in DEMOS.values()])
            return
        for each in DEMOS.values():
            echo(f"{each.name:24}{each.description}")
        return
    chosen = DEMOS.get(name)
    if chosen is None:
        fail(f"There is no demo \u201c{name}\u201d: choose from {', '.join(DEMOS)}.")
    if plan is None:
        fail(f"Where to? Add a file name: \u201crallyapp demo {name} {name}.rally\u201d.")
    from rallyapp.store.store import Store, refuse_existing

    refuse_existing(plan)
    key = new_passphrase(encrypt, passphrase_file)
    records: list[Record] = []
    with progress("Making it up", 100) as tell:
        records = list(chosen.records(lambda done, total: tell(100 * done // max(total, 1))))
    with progress("Writing", len(records)) as tell:
        Store.create(plan, records, label=f"Demo: {name}", passphrase=key, progress=tell).close()
    if json_:
        answer({"plan": str(plan), "demo": name, "records": len(records)})
    else:
        echo(f"Made {plan} from the demo {name}.")


@click.command(short_help="Find hospitals in the list that the program carries.")
@click.argument("text", nargs=-1, required=True)
@as_json
def sites(text: tuple[str, ...], json_: bool) -> int:
    """Find hospitals in the list that the program carries, by name, town, postcode, trust or code."""
    found = _hospitals(" ".join(text), limit=20)
    if json_:
        answer(
            [
                {
                    "code": each.code,
                    "name": each.name,
                    "address": each.address,
                    "city": each.city,
                    "postcode": each.postcode,
                    "employer": each.trust,
                    "employer_code": each.trust_code,
                }
                for each in found
            ]
        )
    for each in () if json_ else found:
        echo(f"{each.code:8}{each.name}, {each.city} {each.postcode} \u2013 {each.trust}")
    if not found and not json_:
        echo("No hospital in the list fits. Try fewer words, or a postcode.", err=True)
    return 0 if found else FOUND


@click.command(short_help="Write the whole plan as JSON.")
@plan_file
@click.option("--to", "to", metavar="OUT.json", type=click.Path(path_type=Path), required=True, help="Where to.")
@passphrase_file
def export(plan: Path, to: Path, passphrase_file: str | None) -> None:
    """Write the whole plan as JSON, in a documented form that loads again without loss.

    The JSON is not encrypted, whatever the plan is.
    """
    from rallyapp.domain.records import KINDS
    from rallyapp.sheets import plan_json

    with opened(plan, passphrase_file) as store:
        whole = store.plan()
    text = plan_json.dump(record for kind in KINDS for record in whole.all(kind))
    write_whole(to, text.encode(), ours=_is_export, what="exported plan", private=True)
    echo(f"Wrote {to}. It is not encrypted: it shows who is in a trade union.")


def _is_export(head: bytes) -> bool:
    return b'"format": "rallyapp-plan"' in head or b'"format":"rallyapp-plan"' in head


@click.command(short_help="Make a new plan from an exported JSON file.")
@click.argument("source", metavar="IN.json", type=click.Path(path_type=Path))
@plan_file
@encrypt
@passphrase_file
def load(source: Path, plan: Path, encrypt: bool, passphrase_file: str | None) -> None:
    """Make a new plan from a JSON file that \u201cexport\u201d wrote, or that follows its form."""
    from rallyapp.sheets import plan_json
    from rallyapp.store.store import Store, refuse_existing

    refuse_existing(plan)
    try:
        if source.stat().st_size > plan_json.LONGEST:
            fail(f"\u201c{source.name}\u201d is larger than {plan_json.LONGEST // 1_000_000} MB: too large for a plan.")
        data = source.read_bytes()
    except FileNotFoundError:
        fail(f"There is no file \u201c{source}\u201d.")
    except OSError as error:
        fail(f"\u201c{source.name}\u201d can't be read: {error.strerror}.")
    records = plan_json.load(data, name=source.name)
    key = new_passphrase(encrypt, passphrase_file)
    with progress("Writing", len(records)) as tell:
        printed = max((each.version for each in records if isinstance(each, PrintRun)), default=0)
        label = f"Load {source.name}"
        Store.create(plan, records, label=label, passphrase=key, progress=tell, after_version=printed).close()
    echo(f"Made {plan} from {source.name}: {len(records):,} {'record' if len(records) == 1 else 'records'}.")
    if not key:
        echo(_PLAIN, err=True)


@click.command(short_help="Make a verified copy of a plan.")
@plan_file
@click.option(
    "--to", "to", metavar="FILE", type=click.Path(path_type=Path), help="Where to; beside the plan if not said."
)
@passphrase_file
def backup(plan: Path, to: Path | None, passphrase_file: str | None) -> None:
    """Make a verified copy of a plan, also while it is open elsewhere; encrypted if the plan is."""
    stamp = f"{now():%Y-%m-%d %H%M}"
    target = to or plan.with_name(f"{plan.stem} backup {stamp}{plan.suffix}")
    number = 2
    while to is None and target.exists():  # two in one minute
        target = plan.with_name(f"{plan.stem} backup {stamp} ({number}){plan.suffix}")
        number += 1
    store, passphrase = opened_with(plan, passphrase_file)
    with store:
        store.backup(target, passphrase=passphrase)
    echo(f"Made {target}: read back and found whole.")
