"""A new plan: from options, and from questions on a terminal."""

from datetime import date, time

import pytest

from rallyapp.domain.disputes import Dispute, StrikeDay, StrikeKind
from rallyapp.domain.pickets import Need, Picket, Role, Shift
from rallyapp.domain.places import Employer, Entrance, Site
from rallyapp.store import Store
from tests.cli.asking import Terminal, one_sentence, untouched


@pytest.fixture
def made(rallyapp, folder):
    """Make a plan with these options and open it."""
    stores = []

    def make(*options):
        told = rallyapp("new", folder / "n.rally", "--union", "British Medical Association", *options)
        assert told.code == 0, told
        assert "Made " in told.out
        assert "It is not encrypted" in told.err
        stores.append(Store.open(folder / "n.rally"))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


def test_only_a_union_is_needed(made):
    store = made()
    assert [each.union for each in store.all(Dispute)] == ["British Medical Association"]
    assert store.all(Shift) == ()


def test_a_dispute_with_everything(made):
    store = made(
        *("--branch", "Wessex", "--title", "The contract", "--jurisdiction", "Wales", "--duty-phone", "07700 900123"),
        *("--data-contact", "Siân", "--called-out", "junior doctors", "--ballot", "2015-11-18"),
        *("--ballot-opened", "5/11/2015", "--day", "16/12/2015"),
    )
    (dispute,) = store.all(Dispute)
    assert (dispute.title, dispute.branch, dispute.jurisdiction) == ("The contract", "Wessex", "wales")
    assert (dispute.duty_phone, dispute.data_contact) == ("07700 900123", "Siân")
    assert (dispute.ballot_opened, dispute.ballot_closed) == (date(2015, 11, 5), date(2015, 11, 18))
    (day,) = store.all(StrikeDay)
    assert (day.called_out, day.first_date, day.start_time) == ("junior doctors", date(2015, 12, 16), None)


def test_days_sites_and_entrances_make_pickets_and_shifts(made):
    store = made(
        *("--site", "RHM01", "--site", "princess anne southampton", "--entrance", "Main", "--entrance", "Car park"),
        *("--day", "2015-12-08 08:00-17:00", "--day", "2015-12-16 08:00-17:00 full walkout", "--slot", "90"),
    )
    assert {site.name for site in store.all(Site)} == {"Southampton General Hospital", "Princess Anne Hospital"}
    assert len(store.all(Employer)) == 1
    assert len(store.all(Entrance)) == 4
    assert len(store.all(Picket)) == 8
    assert len(store.all(Shift)) == 16
    assert {shift.span.minutes for shift in store.all(Shift)} == {90}
    for shift in store.all(Shift):
        assert {need.role for need in store.where(Need, shift_id=shift.id)} == {
            Role.SUPERVISOR,
            Role.PICKET,
            Role.STANDBY,
        }


def test_a_day_of_24_hours_has_a_picket_on_the_morning_in_it(made):
    store = made("--site", "RHM01", "--day", "2015-12-01 08:00 to 2015-12-02 08:00 emergency care only")
    (day,) = store.all(StrikeDay)
    assert (day.kind, day.last_date, day.end_time) == (StrikeKind.EMERGENCY_CARE_ONLY, date(2015, 12, 2), time(8))
    assert [picket.words for picket in store.all(Picket)] == ["08:00–11:00"]


def test_the_pickets_times_can_be_said(made):
    store = made("--site", "RHM01", "--day", "2015-12-08", "--picket", "7.30am to 10am", "--slot", "30")
    assert [picket.words for picket in store.all(Picket)] == ["07:30–10:00"]
    assert len(store.all(Shift)) == 5


def test_a_site_of_ones_own(made):
    store = made(
        "--own-site", "The Depot, Acme Ltd, SO16 6YD", "--own-site", "The Yard,Acme Ltd", "--day", "2015-12-08"
    )
    depot, yard = sorted(store.all(Site), key=lambda site: site.name)
    assert (depot.name, depot.postcode, yard.postcode) == ("The Depot", "SO16 6YD", "")
    assert depot.lat is not None
    assert [each.name for each in store.all(Employer)] == ["Acme Ltd"]
    assert len(store.all(Picket)) == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--site", "zzzz"], "--own-site"),
        (["--site", ""], "--own-site"),
        (["--site", "southampton"], "RHM01 Southampton General Hospital"),
        (["--own-site", "Depot"], "SITE, EMPLOYER"),
        (["--own-site", "Depot, Acme, ZZ99 9ZZ"], "postcode"),
        (["--day", "tomorrow"], "2015-12-08 08:00-17:00"),
        (["--day", "2015-02-30"], "2015-02-30"),
        (["--day", "2015-12-08 25:00-26:00"], "25:00"),
        (["--day", "2015-12-08 08:00 to 2015-12-07 09:00"], "ends before it starts"),
        (["--day", "2015-12-08 08:00-17:00 sit-in"], "full walkout"),
        (["--day", "0001-01-01"], "year"),
        (["--day", "2015-12-08 08:00 to 2017-12-08 08:00"], "longer"),
        (["--picket", "08:00"], "08:00-11:00"),
        (["--picket", "11:00-08:00"], "ends before"),
        (["--slot", "1"], "5<=x<=720"),
        (["--slot", "x"], "--slot"),
        (["--ballot", "32/1/2015"], "32/1/2015"),
        (["--ballot", "2015-11-18", "--ballot-opened", "2015-11-19"], "ballot"),
        (["--jurisdiction", "france"], "northern ireland"),
        (["--union", ""], "union"),
        (["--union", "x" * 30_000], "20,000"),
        (["--union", "a\x07b"], "U+0007"),
        (["--entrance", ""], "entrance"),
        (["--branch", "\udcff"], "U+DCFF"),
    ],
)
def test_what_can_t_be_is_refused_in_a_sentence(rallyapp, folder, options, says):
    with untouched(folder):
        sites = [] if {"--site", "--own-site"} & set(options) else ["--site", "RHM01"]
        told = rallyapp("new", folder / "n.rally", "--union", "BMA", "--day", "2015-12-08", *sites, *options)
        assert says.lower() in one_sentence(told).lower()


def test_a_union_must_be_named_where_nobody_can_be_asked(rallyapp, folder):
    with untouched(folder):
        assert "--union" in one_sentence(rallyapp("new", folder / "n.rally"))


def test_a_plan_is_never_replaced(rallyapp, folder, plan):
    with untouched(folder):
        assert "already" in one_sentence(rallyapp("new", plan, "--union", "BMA"))
        assert "folder" in one_sentence(rallyapp("new", folder, "--union", "BMA"))
        assert "no folder" in one_sentence(rallyapp("new", folder / "x" / "n.rally", "--union", "BMA"))


# ------------------------------------------------------------------------------------------ on a terminal
def test_a_rep_is_asked_for_what_is_missing(folder):
    terminal = Terminal("new", "n.rally", cwd=folder)
    terminal.until("Union")
    terminal.types("BMA")
    terminal.until("Branch")
    terminal.types("")
    terminal.until("Duty phone")
    terminal.types("07700 900123")
    terminal.until("Hospital")
    terminal.types("southampton")
    listed = terminal.until("Which one")
    assert "1  Southampton General Hospital, Southampton (RHM01)" in listed
    terminal.types("99")
    terminal.until("Which one")
    terminal.types("1")
    terminal.until("Hospital")
    terminal.types("")
    terminal.until("Strike day")
    terminal.types("2015-12-08 08:00-17:00")
    terminal.until("Strike day")
    terminal.types("")
    told = terminal.answers()
    assert told.code == 0, told
    assert told.out == "Made n.rally: 1 strike day, 1 site, 3 picket shifts.\n"
    with Store.open(folder / "n.rally") as store:
        assert [site.code for site in store.all(Site)] == ["RHM01"]
        assert store.all(Dispute)[0].duty_phone == "07700 900123"


def test_a_mistyped_answer_is_asked_again(folder):
    """Nothing that was typed before is lost by a slip."""
    terminal = Terminal("new", "n.rally", cwd=folder)
    for question, answer in [("Union", "BMA"), ("Branch", ""), ("Duty phone", ""), ("Hospital", "sowthampton")]:
        terminal.until(question)
        terminal.types(answer)
    terminal.until("No hospital in the list fits")
    for question, answer in [("Hospital", "RHM01"), ("Hospital", ""), ("Strike day", "8 December")]:
        terminal.until(question)
        terminal.types(answer)
    terminal.until("is not a strike day")
    for question, answer in [("Strike day", "8/12/2015"), ("Strike day", "")]:
        terminal.until(question)
        terminal.types(answer)
    told = terminal.answers()
    assert told.code == 0, told
    assert told.out == "Made n.rally: 1 strike day, 1 site, 3 picket shifts.\n"


def test_somebody_who_thinks_better_of_it_leaves_nothing(folder):
    terminal = Terminal("new", "n.rally", cwd=folder)
    terminal.until("Union")
    terminal.interrupt()
    told = terminal.answers()
    assert told.code == 130
    assert "Stopped." in told.err
    assert "Traceback" not in told.err
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--site", "RHM01"], "The site Southampton General Hospital is named twice."),
        (["--entrance", "Gate", "--entrance", "gate"], "The entrance Gate is named twice."),
        (["--day", "8/12/2026 09:00-17:00"], "The strike day of Tuesday 8 December 2026 is named twice."),
    ],
)
def test_what_is_named_twice_is_a_slip(rallyapp, folder, more, said):
    usual = ["--union", "BMA", "--site", "RHM01", "--day", "2026-12-08 08:00-17:00"]
    assert one_sentence(rallyapp("new", folder / "x.rally", *usual, *more)) == said
    assert not (folder / "x.rally").exists()


def test_pickets_that_miss_the_strike_are_told_of(rallyapp, folder):
    made = rallyapp("new", folder / "x.rally", "--union", "BMA", "--site", "RHM01", "--day", "2026-12-08 12:00-17:00")
    assert made.code == 0
    assert "No picket stands in Tue 8 Dec 2026, 12:00–17:00: 08:00–11:00 lies outside it" in made.err
    assert "There is no shift to fill there." in rallyapp("fill", folder / "x.rally").out
