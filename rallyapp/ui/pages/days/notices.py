"""Notices of action to the employers, and what the dated rules say of a day's notice and mandate."""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.domain.disputes import Notice, NoticeDay, StrikeDay
from rallyapp.domain.ids import NoticeDayId, NoticeId, StrikeDayId, new_id
from rallyapp.domain.times import day_words
from rallyapp.store import Edit
from rallyapp.ui import theme
from rallyapp.ui.desk import Desk
from rallyapp.ui.pages.days.days_read import Read
from rallyapp.ui.pages.days.law_words import Said, mandate_said, notice_said
from rallyapp.ui.pages.days.lines import Lines
from rallyapp.ui.record_form import RecordForm
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import ChoiceField, DateField, TextField, TickField
from rallyapp.ui.widgets.folding import Folding, bring_to_sight
from rallyapp.ui.widgets.parts import Section
from rallyapp.ui.widgets.words import Words, button

MOST = 4  # more than these are shown only on request: a national plan has a notice for every employer


class LawWords(QWidget):
    """A rule's answer, its source below it, and what is doubtful."""

    def __init__(self, said: Said) -> None:
        """Show it."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(Words(said.fact, wrap=True))
        if said.warning:
            column.addWidget(Words(said.warning, ink="nobody", wrap=True))
        column.addWidget(Words(said.source, Type.SMALL, ink="muted", wrap=True))


class Law(Section):
    """By when the employer must know, how long the ballot covers action, and the notices that were given."""

    ballot_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_day`` says of which day."""
        super().__init__("Notice and mandate")
        self._desk = desk
        self._day: StrikeDay | None = None
        self._read = Read()
        self._all = False
        self.said = Lines(LawWords)
        self.ballot = button("Enter when the ballot closed")
        self.ballot.setProperty("link", True)
        self.ballot.clicked.connect(self.ballot_wanted)
        self.words = Words(carried.law().words, Type.SMALL, ink="muted", wrap=True)
        self.notices = Lines(self._row)
        self.none = Words("No notice in this plan covers this day yet.", ink="muted", wrap=True)
        self.more = button("")
        self.more.setProperty("link", True)
        self.more.clicked.connect(self._show_more)
        self.cover = Lines(self._offer, gap=4)
        self.add_button = button("Add notice\u2026", name="Add a notice that covers this day")
        self.add_button.setEnabled(desk.writable)
        self.add_button.clicked.connect(self.add_notice)
        for widget in (
            self.said,
            self.ballot,
            self.words,
            self.none,
            self.notices,
            self.more,
            self.cover,
            self.add_button,
        ):
            self.add(widget)

    @functools.cached_property
    def form(self) -> NoticeForm:
        """The facts of a notice; made when they are first wanted."""
        made = NoticeForm(self._desk)
        made.closed.connect(lambda: self.add_button.setFocus(Qt.FocusReason.OtherFocusReason))
        self.column.insertWidget(self.column.indexOf(self.add_button), made)
        return made

    @property
    def _editing(self) -> bool:
        return "form" in vars(self) and not self.form.isHidden()

    def show_day(self, day: StrikeDay, read: Read) -> None:
        """Show the rules and the notices of a day."""
        if self._day is None or self._day.id != day.id:
            if self._editing:
                self.form.hide()
            self._all = False
        self._day, self._read = day, read
        self._show()

    def _show(self) -> None:
        day, read = self._day, self._read
        assert day is not None
        notices = read.notices_of(day)
        dispute = read.dispute(day.dispute_id)
        said = [notice_said(dispute, day, notices), mandate_said(dispute)] if dispute else []
        self.said.show_values([each for each in said if each])
        self.ballot.setVisible(bool(said) and said[-1] is None)
        shown = notices if self._all else notices[:MOST]
        self.notices.show_values([(notice, read.employer_words(notice), len(read.covered(notice))) for notice in shown])
        self.none.setVisible(not notices)
        self.more.setVisible(len(shown) < len(notices))
        self.more.setText(f"Show all {len(notices):,} notices")
        self.more.setAccessibleName(self.more.text())
        others = [notice for notice in read.notices.values() if notice.dispute_id == day.dispute_id and not notices]
        others.sort(key=lambda notice: notice.given_on, reverse=True)
        self.cover.show_values([(each, read.employer_words(each)) for each in others[:3]])
        if self._editing:
            found = read.notices.get(self.form.record.id)
            self.form.setVisible(found is not None)
            if found is not None:
                self.form.show_notice(found, read)

    def _show_more(self) -> None:
        self._all = True
        self._show()

    def _row(self, what: tuple[Notice, str, int]) -> QWidget:
        notice, employer, days = what
        made = QWidget()
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(Words(f"To {employer}", wrap=True))
        words.addWidget(Words(_facts(notice, days), Type.SMALL, ink="muted", wrap=True))
        edit = button("Edit", name=f"Edit the notice to {employer}")
        edit.setProperty("link", True)
        edit.clicked.connect(lambda: self.edit_notice(notice.id))
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(edit)
        return made

    def _offer(self, what: tuple[Notice, str]) -> QWidget:
        notice, employer = what
        made = button(f"The notice of {day_words(notice.given_on)} covers it too")
        made.setProperty("link", True)
        made.setAccessibleName(f"The notice of {day_words(notice.given_on)} to {employer} covers this day too")
        made.setEnabled(self._desk.writable)
        made.clicked.connect(lambda: self._cover(notice))
        return made

    def _cover(self, notice: Notice) -> None:
        day = self._day
        assert day is not None
        link = _link(notice, day.id)
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._desk.save(f"Let the notice of {day_words(notice.given_on)} cover {day_words(day.first_date)}", [link])

    def add_notice(self) -> None:
        """Add a notice of today that covers the day, and let its facts be entered."""
        day, read = self._day, self._read
        if day is None or not self._desk.writable:
            return
        notice = Notice(
            id=NoticeId(new_id()),
            dispute_id=day.dispute_id,
            employer_id=read.employers[0].id if len(read.employers) == 1 else None,
            given_on=self._desk.today(),
        )
        if self._desk.save(f"Add notice for {day_words(day.first_date)}", [notice, _link(notice, day.id)]):
            self.edit_notice(notice.id)

    def edit_notice(self, id: str) -> None:
        """Open the form of a notice."""
        notice = self._read.notices.get(id) or self._desk.store.find(Notice, id)
        if notice is not None:
            self.form.show_notice(notice, self._read)
            self.form.show()
            self.form.fields["given_on"].setFocus()
            bring_to_sight(self.form)


def _link(notice: Notice, day: str) -> NoticeDay:
    return NoticeDay(id=NoticeDayId(new_id()), notice_id=notice.id, strike_day_id=StrikeDayId(day))


def _facts(notice: Notice, days: int) -> str:
    said = [f"given {day_words(notice.given_on)}"]
    said.append(f"received {day_words(notice.received_on)}" if notice.received_on else "receipt not entered")
    said.append("continuous action" if notice.continuous else "")
    said.append(f"covers {days} strike days" if days > 1 else "")
    words = ", ".join(filter(None, said))
    return words[0].upper() + words[1:]


def _label(notice: Notice, what: str) -> str:
    return f"Change {what} of the notice of {day_words(notice.given_on)}"


class NoticeForm(Folding):
    """The facts of one notice: to whom, when, of what, and the days that it covers."""

    def __init__(self, desk: Desk) -> None:
        """Make it; ``show_notice`` fills it."""
        super().__init__()
        self._desk = desk
        self._read = Read()
        self.record: Notice = Notice(id=NoticeId("-"), dispute_id="-", given_on=desk.today())  # type: ignore[arg-type]
        self._form = RecordForm(
            desk, lambda notice, what: f"Change {what} of the notice of {day_words(notice.given_on)}"
        )
        self.fields = self._form.fields
        put, column = self._form.put, self._form.column
        self._employer = ChoiceField("To")
        column.addWidget(put("employer_id", self._employer, "the employer"))
        column.addWidget(put("given_on", DateField("Given on", near=desk.today, needed=True), "the day of giving"))
        column.addWidget(put("received_on", DateField("Received on", near=desk.today), "the day of receipt"))
        column.addWidget(put("continuous", TickField("Continuous action"), "the kind of action"))
        column.addWidget(
            put(
                "employer_agreed_shorter",
                TickField("Employer agreed to less"),
                "the employer\u2019s agreement",
            )
        )
        column.addWidget(put("note", TextField("Note", lines=2), "the note"))
        self.ticks: dict[str, TickField] = {}
        self.days = Lines(self._tick, gap=2)
        self._remove = button("Remove", name="Remove this notice")
        self._remove.setEnabled(desk.writable)
        self._remove.clicked.connect(self.remove)
        self._done = button("Done")
        self._done.clicked.connect(self.close_it)
        row = QHBoxLayout()
        row.addWidget(self._remove)
        row.addStretch(1)
        row.addWidget(self._done)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        inside.setSpacing(theme.px(12))
        inside.addWidget(self._form)
        inside.addWidget(Words("Covers", Type.SMALL, ink="muted"))
        inside.addWidget(self.days)
        inside.addLayout(row)

    def show_notice(self, notice: Notice, read: Read) -> None:
        """Show a notice."""
        self._read, self.record = read, notice
        everybody = ("Every employer", None)
        self._employer.offer([everybody, *((each.name, each.id) for each in read.employers)])
        self._form.show_record(notice)
        covered = read.covered(notice)
        days = [day for day in read.days if day.dispute_id == notice.dispute_id]
        self.ticks = {day.id: tick for day in days if (tick := self.ticks.get(day.id)) is not None}
        self.days.show_values([(day.id, day_words(day.first_date)) for day in days])
        for id, tick in self.ticks.items():
            tick.show_value(id in covered)

    def _tick(self, what: tuple[str, str]) -> QWidget:
        day, words = what
        made = self.ticks[day] = TickField(words)
        made.set_writable(self._desk.writable)
        made.committed.connect(lambda on: self._covers(day, words, on))
        return made

    def _covers(self, day: str, words: str, on: bool) -> None:
        notice = self.record
        label = f"{'Add' if on else 'Take'} {words} {'to' if on else 'from'} the notice of {day_words(notice.given_on)}"
        if on:
            self._desk.save(label, [_link(notice, day)])
            return
        gone = [link for link in self._read.links if link.notice_id == notice.id and link.strike_day_id == day]
        self._desk.edit(label, lambda edit: _delete(edit, gone))

    def remove(self) -> None:
        """Remove the notice, with the days that it covers."""
        notice = self.record
        if self._desk.edit(f"Remove the notice of {day_words(notice.given_on)}", lambda edit: edit.delete(notice)):
            self.close_it()


def _delete(edit: Edit, links: list[NoticeDay]) -> None:
    for link in links:
        edit.delete(link)
