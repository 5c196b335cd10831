"""Everything that a day needs: which files, under which names, and in how many parts."""

from datetime import date

from rallyapp.carried import law
from rallyapp.domain.pickets import Role
from rallyapp.domain.plan import Plan
from rallyapp.domain.rallies import ProgrammeItem
from rallyapp.domain.tells import LastPrint
from rallyapp.prints import everything
from rallyapp.prints.audience import Audience, Document
from rallyapp.prints.everything import Order
from rallyapp.prints.job import Look, Paper, Per
from tests.domain import building as b

DAY = date(2015, 12, 1)


def plan(entrances):
    records = [b.dispute(), b.strike_day(), b.employer(), b.site(), b.settings()]
    for n in range(entrances):
        records += [b.entrance(f"gate{n:02}", name=f"Gate {n:02}"), b.picket(f"p{n:02}", entrance_id=f"gate{n:02}")]
    return Plan(records)


def test_a_small_day_has_one_file_of_each_and_a_large_one_parts_of_like_size():
    small = everything.orders_of(plan(3), DAY)
    assert {order.parts for order in small} == {1}
    assert next(order.abouts for order in small if order.per is Per.PICKET) == ("p00", "p01", "p02")
    assert not [order for order in small if order.per in (Per.RALLY, Per.STALL)]
    assert everything.orders_of(plan(3), date(2015, 12, 9)) == ()
    large = everything.orders_of(plan(70), DAY)
    rotas = [order for order in large if (order.document, order.audience) == (Document.ROTA, Audience.NOTICEBOARD)]
    assert [len(order.abouts) for order in rotas] == [24, 24, 22]
    assert [about for order in rotas for about in order.abouts] == [f"p{n:02}" for n in range(70)]
    assert rotas[1].words == "Picket rota (noticeboard), 2 of 3"
    assert rotas[1].file_name("my plan", DAY) == "my plan 2015-12-01 picket rota noticeboard 2 of 3.pdf"
    assert max(len(order.abouts) for order in large if order.document is Document.PACK) == 4
    assert dict(everything.by_per(large))[Per.PICKET] == tuple(f"p{n:02}" for n in range(70))


def test_a_file_is_named_as_every_system_takes_it():
    order = Order(document=Document.CUE_CARDS, audience=Audience.CHAIR, abouts=("r",))
    assert order.file_name("a/b:c*", None) == "a b c chairs cue cards.pdf"
    assert order.words == "Chair\u2019s cue cards"


def test_however_long_a_plan_is_called_its_files_are_told_apart_and_in_order():
    for stem in ("p" * 200, "\u0645" * 200, "Dispute: 2015 / \u201cAll out!\u201d", "CON."):
        orders = everything.orders_of(plan(30), DAY)
        names = list(everything.file_names(orders, stem, DAY).values())
        assert len({name.casefold() for name in names}) == len(orders)
        assert all(len(name.encode()) < 200 for name in names)
        assert [name.split(" 2015-12-01 ")[1][:2] for name in names[:3]] == ["01", "02", "03"]
    assert everything.apart(["Rota.pdf", "rota.pdf", "ROTA.pdf", "x.pdf"]) == [
        "Rota.pdf",
        "rota (2).pdf",
        "ROTA (3).pdf",
        "x.pdf",
    ]


def test_what_the_pack_holds_is_spare_and_a_gaps_list_without_a_gap_is_left_out():
    orders = {(order.document, order.audience): order for order in everything.orders_of(plan(1), DAY)}
    assert [document for document, _ in orders if orders[document, _].spare] == [Document.SIGN_IN]
    gaps = orders[Document.GAPS, Audience.NOTICEBOARD]
    lead, *others = [b.person(name) for name in ("Ann Archer", "Ben Baker", "Carl Cole", "Di Dean")]
    led = [*_all(plan(1)), b.shift(picket_id="p00"), lead, *others, b.on(lead.id, role=Role.SUPERVISOR)]
    short, full = Plan(led), Plan([*led, *(b.on(each.id) for each in others)])
    how = {"printed": b.at("09:00"), "version": 3}
    assert everything.ready(short, law(), gaps, **how).batch.pieces[0].about == gaps.abouts[0]
    none = everything.ready(full, law(), gaps, **how)
    assert (none.batch, none.left_out) == (None, ("Nothing is short: a gaps list is not needed.",))

    pack = orders[Document.PACK, Audience.SUPERVISOR]
    assert everything.handed_to(full, pack, "p00") == "Ann Archer"
    assert everything.handed_to(full, gaps, gaps.abouts[0]) == "noticeboard"
    assert everything.handed_to(full, orders[Document.SLIPS, Audience.VOLUNTEER], "day") == ""


def test_what_has_nothing_to_print_is_left_out_and_the_rest_is_printed():
    rallies = [b.rally(), b.rally("other", "14:00-15:00"), b.rally_day(), b.rally_day("other"), b.venue()]
    item = b.EXAMPLES[ProgrammeItem]
    records = [*rallies, item]
    made = Plan([each for kind in (plan(0),) for each in _all(kind)] + records)
    order = Order(document=Document.CUE_CARDS, audience=Audience.CHAIR, abouts=("rally", "other"))
    how = {"printed": b.at("09:00"), "version": 3, "before": {"rally": LastPrint(since=None, lines={})}}
    ready = everything.ready(made, law(), order, **how)
    assert [piece.about for piece in ready.batch.pieces] == ["rally"]
    assert len(ready.left_out) == 1
    none = everything.ready(
        made, law(), Order(document=order.document, audience=order.audience, abouts=("other",)), **how
    )
    assert none.batch is None
    assert none.left_out == ready.left_out


def test_the_look_comes_as_near_as_a_document_does():
    wanted = Look(paper=Paper.A5, colour=False, large=True)
    assert everything.fitting(wanted, Document.ROTA) == Look(paper=Paper.A4, colour=False, large=True)
    assert everything.fitting(wanted, Document.CUE_CARDS) == Look(paper=Paper.A5, colour=False, large=False)


def _all(made):
    from rallyapp.domain.records import KINDS

    return [each for kind in KINDS for each in made.all(kind)]
