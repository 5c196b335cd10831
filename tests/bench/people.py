"""``python3 -m tests.bench.people``: a key in the table of people, against a sorting and filtering proxy of Qt's.

50,000 people in a real plan, and both tables show the same columns of the same rows, side by side in one run. A key
is measured from the change of the text until the rows are painted into a picture. Two proxies stand beside ours:
an ordinary one, which looks in every column, small letters or big; and one in its best case, which is given one
folded text for each person, worked out before. Both paint with Qt's own delegate, which is the quicker one. All get
the same keys. Read the ratios: machines are noisy.
"""

import functools
import gc
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from rallyapp import _bootstrap

PEOPLE = 50_000
TYPED = ("wil", "nair", "hospital 14", "07700900", "\u0142ukasz wi", "chidi okafor hosp")
BOUND_MS, TIMES = 33, 50


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from rallyapp.ui import theme
    from tests.bench import plans

    app = QApplication.instance() or QApplication(["bench"])
    theme.dress(app)
    with tempfile.TemporaryDirectory() as folder, plans.large(Path(folder) / "large.rally", persons=PEOPLE) as store:
        print(f"\n{PEOPLE:,} people, {len(keys())} keys typed and taken back")
        measure(store)


def keys() -> list[str]:
    """List what stands in the search after each key: typed letter by letter, and taken back from the end."""
    found: list[str] = []
    for text in TYPED:
        found += [text[:length] for length in range(1, len(text) + 1)]
        found += [text[:length] for length in range(len(text) - 1, -1, -1)]
    return found


def measure(store) -> None:
    ours = our_table(store)
    print(f"\n{'each to its painted result':30}{'ours':>20}{'proxy':>22}{'ratio':>16}")
    print(f"{'':30}{'median  worst ms':>20}{'median   worst ms':>22}{'median  worst':>16}")
    worst = max(took(lambda text=text: ours.search.setText(text), ours.sheet) for text in keys())
    few = keys()[::6]  # a proxy takes up to some seconds for each
    mine = [took(lambda text=text: ours.search.setText(text), ours.sheet) for text in few]
    for what, best in (("a key, ordinary proxy", False), ("a key, proxy at its best", True)):
        theirs = proxy_table(store, best=best)
        wanted = [folded(text) if best else text for text in few]
        search = theirs.model().setFilterFixedString
        other = [took(functools.partial(search, text), theirs) for text in wanted]
        show(what, [*mine, worst], other)
        if best:
            assert len(ours.model.index_.shown) == theirs.model().rowCount(), "both must find the same people"
    ours.search.setText("")
    theirs.model().setFilterFixedString("")
    columns = [column for column in ours.sheet.shown_columns() if column]
    mine = [took(lambda c=c, o=o: ours.sheet.sortByColumn(c, o), ours.sheet) for c in columns for o in orders()]
    other = [took(lambda o=o: theirs.sortByColumn(1, o), theirs) for o in orders()]
    show("a heading", mine, other)
    chips = [took(chip.toggle, ours.sheet) for chip in ours.chips.values() for _ in range(2)]
    print(f"{'a filter chip':30}{statistics.median(chips):12.1f}{max(chips):8.1f}")


def orders():
    from PySide6.QtCore import Qt

    return Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def folded(text: str) -> str:
    from rallyapp.store.people_queries import needles

    return " ".join(needles(text))


def took(do: Callable[[], object], view) -> float:
    """Give the milliseconds of something until its result is painted."""
    start = time.perf_counter()
    do()
    view.viewport().grab()
    return (time.perf_counter() - start) * 1000


def show(what: str, ours: list[float], theirs: list[float]) -> None:
    one, two = (statistics.median(ours), max(ours)), (statistics.median(theirs), max(theirs))
    ratio = two[0] / one[0]
    print(
        f"{what:30}{one[0]:12.1f}{one[1]:8.1f}{two[0]:14.1f}{two[1]:8.1f}{ratio:9.0f}{two[1] / one[1]:7.0f}"
        f"   {'under' if one[1] < BOUND_MS else 'OVER'} {BOUND_MS} ms, "
        f"{'more' if ratio >= TIMES else 'LESS'} than {TIMES} times faster"
    )


def our_table(store):
    """Show the table of people as the page does."""
    from rallyapp.domain.disputes import StrikeDay
    from rallyapp.store import people_queries as queries
    from rallyapp.ui.models.people import PeopleModel
    from rallyapp.ui.models.people_index import PeopleIndex
    from rallyapp.ui.pages.people.table import PeopleTable

    def timed(label: str, work: Callable[[], object]):
        start = time.perf_counter()
        found = work()
        print(f"  {label:42}{(time.perf_counter() - start) * 1000:8.0f} ms")
        return found

    day = min(store.all(StrikeDay), key=lambda each: each.window.start)
    assert day.window.start > datetime(2000, 1, 1)
    print("Once, off the main thread:")
    rows = timed("read everybody", lambda: queries.people_rows(store))
    facts = timed("read what other tables say of them", lambda: queries.people_facts(store, day.id))
    index = timed("fold texts, sort by name", lambda: PeopleIndex(rows, facts))
    lacking = index.lacking()
    index.take_orders(lacking, timed("work out the other orders", lacking.work_out))
    gc.freeze()  # as the page does, once everybody is read
    model = PeopleModel(store, lambda label, write: "", writable=False)
    made = PeopleTable(model)
    made.resize(810, 640)
    made.show()
    model.show_index(index)
    made.say_empty(ready=True)
    return made


def proxy_table(store, *, best: bool):
    """Show the same rows and columns through a QSortFilterProxyModel."""
    from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
    from PySide6.QtWidgets import QHeaderView, QTableView

    from rallyapp.store import people_queries as queries
    from rallyapp.ui.models.people_columns import COLUMNS, TEXTS

    rows = queries.people_rows(store)
    facts = queries.people_facts(store, None)
    cells = [[TEXTS[column.key](row, facts) for column in COLUMNS] for row in rows]
    folded = [queries.haystack(row, facts) for row in rows]

    top = QModelIndex()

    class Plain(QAbstractTableModel):
        def rowCount(self, parent=top):
            return 0 if parent.isValid() else len(cells)

        def columnCount(self, parent=top):
            return 0 if parent.isValid() else len(COLUMNS)

        def data(self, index, role=Qt.ItemDataRole.DisplayRole):
            if role == Qt.ItemDataRole.DisplayRole:
                return cells[index.row()][index.column()]
            if role == Qt.ItemDataRole.UserRole:
                return folded[index.row()]
            return None

    view = QTableView()
    view.plain = Plain()
    proxy = QSortFilterProxyModel(view)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseSensitive if best else Qt.CaseSensitivity.CaseInsensitive)
    proxy.setFilterRole(Qt.ItemDataRole.UserRole if best else Qt.ItemDataRole.DisplayRole)
    proxy.setFilterKeyColumn(0 if best else -1)
    proxy.setSourceModel(view.plain)
    view.setModel(proxy)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.resize(810, 560)
    view.show()
    return view


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.people", lock="requirements-tests.lock", window=False)
    main()
