"""Step 2: the sites, found in the hospital list or entered by hand, with their entrances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rallyapp import carried
from rallyapp.carried import Hospital
from rallyapp.domain.new_plan import SiteWanted
from rallyapp.domain.places import DEGREE
from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.pages.new_plan.entrances import Entrances
from rallyapp.ui.pages.new_plan.step import Fault, Step, fault_of, in_order
from rallyapp.ui.pages.new_plan.suggest import Suggestions
from rallyapp.ui.theme import Type
from rallyapp.ui.widgets.fields import TextField, beside
from rallyapp.ui.widgets.hospital_field import HospitalField
from rallyapp.ui.widgets.words import CutWords, button


class PlacesStep(Step):
    """The sites that are picketed."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__("Sites and entrances", "Each entrance gets its own picket on every strike day.")
        self.field = HospitalField("Hospital", placeholder="Type its name, town or postcode, then Enter")
        self.field.picked.connect(self._picked)
        self.field.entered.connect(self._entered)
        self.field.line.textEdited.connect(self._first_is_chosen)
        self.field.line.textChanged.connect(lambda: self.touched.emit())
        self.by_hand = button("Enter a site by hand", tip="For a site that the list of hospitals does not have")
        self.by_hand.clicked.connect(lambda: self.open_form(self.field.text))
        self.form = ByHand()
        self.form.entered.connect(self.add)
        self.form.typed.connect(lambda: self.touched.emit())
        self.form.hide()
        self.cards: list[SiteCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(8))
        self.column.addWidget(self.field)
        self.column.addWidget(self._wrong)
        self.column.addWidget(self.by_hand, alignment=Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.form)
        self.column.addLayout(self._list)

    @property
    def sites(self) -> tuple[SiteWanted, ...]:
        """The sites with their entrances."""
        return tuple(card.site for card in self.cards)

    @property
    def done(self) -> bool:
        """Whether there is a site, and each has an entrance."""
        return bool(self.cards) and all(card.entrances.names for card in self.cards)

    @property
    def unfinished(self) -> str:
        """What is typed and not added."""
        if self.field.text:
            return f"\u201c{self.field.text}\u201d is not added yet."
        return "The site that is entered by hand is not added yet." if self.form.begun else ""

    def begin(self) -> None:
        """Begin with the hospital's name."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add(self, site: SiteWanted) -> None:
        """Add a site, unless it is there already."""
        self.field.show_text("")
        known = [(card.site.code or card.site.name).casefold() for card in self.cards]
        if (site.code or site.name).casefold() in known:
            self.say_wrong(f"{site.name} is on the list already.")
            return
        self.say_wrong("")
        card = SiteCard(site)
        card.removed.connect(lambda: self._remove(card))
        card.entrances.changed.connect(self._order_stops)
        card.entrances.changed.connect(lambda: self.changed.emit())
        self.cards.append(card)
        self._list.addWidget(card)
        card.show()  # at once, so that Tab finds it
        self._order_stops()
        self.changed.emit()

    def open_form(self, name: str = "") -> None:
        """Let a site be entered that is not in the list."""
        self.field.show_text("")
        self.say_wrong("")
        self.form.begin(name)

    def faults(self) -> Iterator[Fault]:
        """There should be a site, and nothing typed by half."""
        if self.field.text:
            found = f"\u201c{self.field.text}\u201d is not added yet: choose it from the list, or enter it by hand."
            yield Fault(found, self.field, self.say_wrong)
        elif self.form.begun:
            yield fault_of(self.form.missing, "This site is not added yet: fill in the rest, then press Add site.")
        elif not self.cards:
            yield Fault(
                "There is no site yet, so there is nothing to picket. Add one, or press Create plan again to go on "
                "without.",
                self.field,
                self.say_wrong,
                soft=True,
            )
        for card in self.cards:
            card.entrances.take()
            if not card.entrances.names:
                sentence = f"{card.site.name} has no entrance: type one, such as Main entrance."
                yield Fault(sentence, card.entrances.line, self.say_wrong)

    # ------------------------------------------------------------------------------------ what was typed
    def _first_is_chosen(self, text: str) -> None:
        """Let Enter take the best of the hospitals that fit."""
        self.say_wrong("")
        if self.field.popup.isVisible():
            self.field.popup.setCurrentIndex(self.field.offers.index(0, 0))

    def _picked(self, hospital: Hospital) -> None:
        self.add(site_of(hospital))

    def _entered(self, text: str) -> None:
        if text and self.field.line.hasFocus():  # Enter, not leaving the line
            found = carried.find_hospitals(text, limit=2)
            if len(found) == 1:
                self.add(site_of(found[0]))
            elif not found:
                self.open_form(text)

    def _order_stops(self) -> None:
        """Let Tab go through the cards as they stand, before it goes to the next step."""
        in_order(self.form.add_button, *(stop for card in self.cards for stop in (*card.entrances.stops, card.remove)))

    def _remove(self, card: SiteCard) -> None:
        place = self.cards.index(card)
        self.cards.remove(card)
        self._list.removeWidget(card)
        after: QWidget = self.cards[min(place, len(self.cards) - 1)].remove if self.cards else self.field
        after.setFocus(Qt.FocusReason.OtherFocusReason)
        card.hide()
        card.deleteLater()
        self.say_wrong("")
        self.changed.emit()


def site_of(hospital: Hospital) -> SiteWanted:
    """Make a site of a hospital of the carried list."""
    return SiteWanted(
        name=hospital.name,
        employer=hospital.trust,
        code=hospital.code,
        employer_code=hospital.trust_code,
        address=", ".join(filter(None, (hospital.address, hospital.city))),
        postcode=hospital.postcode,
        lat=_millionths(hospital.lat),
        lon=_millionths(hospital.lon),
    )


def _millionths(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * DEGREE)


class SiteCard(QFrame):
    """A site: its name, whose and where it is, and its entrances."""

    removed = Signal()

    def __init__(self, site: SiteWanted) -> None:
        """Show a site."""
        super().__init__()
        self.setObjectName("card")
        self._site = site
        self.entrances = Entrances(site.name, site.entrances)
        self.remove = IconButton("x", f"Take {site.name} away", tip="Take this site away", flat=True, size=14)
        self.remove.clicked.connect(lambda: self.removed.emit())
        name = CutWords("", Type.STRONG)
        name.say(site.name)
        where = CutWords("", Type.SMALL, ink="muted")
        where.say(" \u00b7 ".join(filter(None, (site.employer, site.address, site.postcode))))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(name)
        words.addWidget(where)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addLayout(words, 1)
        head.addWidget(self.remove, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(14), theme.px(10), theme.px(10), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addLayout(head)
        column.addWidget(self.entrances)

    @property
    def site(self) -> SiteWanted:
        """The site with its entrances as they are now."""
        return replace(self._site, entrances=self.entrances.names)


class ByHand(QWidget):
    """A site that is not in the list: its name, its employer, and where it is."""

    entered = Signal(object)  # a SiteWanted
    typed = Signal()

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.name = TextField("Name of the site")
        self.employer = TextField("Employer")
        self.postcode = TextField("Postcode (if known)")
        self.add_button = button("Add site")
        self.add_button.clicked.connect(self._take)
        self._employers = Suggestions(self.employer.entry, {})  # type: ignore[arg-type]
        for field in (self.name, self.employer, self.postcode):
            # Queued: what the field itself does on Enter takes away what is said of it.
            queued = Qt.ConnectionType.QueuedConnection
            field.entry.returnPressed.connect(self._take, queued)  # type: ignore[attr-defined]
            field.entry.textChanged.connect(lambda: self.typed.emit())  # type: ignore[attr-defined]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        column.addWidget(self.name)
        column.addWidget(beside(self.employer, self.postcode, gap=16))
        column.addWidget(self.add_button, alignment=Qt.AlignmentFlag.AlignLeft)

    @property
    def begun(self) -> bool:
        """Whether something is typed."""
        return not self.isHidden() and any(field.text.strip() for field in (self.name, self.employer, self.postcode))

    @property
    def missing(self) -> TextField:
        """The first field that is still empty, or else the first."""
        return next((field for field in (self.name, self.employer) if not field.text.strip()), self.name)

    def begin(self, name: str) -> None:
        """Open the form with a name in it."""
        self._employers.suggest({name: name for name in sorted({trust.name for trust in carried.trusts()})})
        self.name.show_value(name)
        self.show()
        self.typed.emit()
        self.missing.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        for field, sentence in (
            (self.name, "What is the site called?"),
            (self.employer, "Whose site is it? Type the employer\u2019s name."),
        ):
            if not field.text.strip():
                if field.entry.isVisible() and self.focusWidget() is not field.entry:
                    field.setFocus(Qt.FocusReason.OtherFocusReason)
                field.say_wrong(sentence)
                return
        postcode = self.postcode.text.strip().upper()
        district = carried.outcode(postcode) if postcode else None
        if postcode and district is None:
            self.postcode.say_wrong(f"\u201c{postcode}\u201d is not a postcode in the United Kingdom.")
            self.postcode.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        site = SiteWanted(
            name=self.name.text.strip(),
            employer=self.employer.text.strip(),
            postcode=postcode,
            lat=_millionths(district.lat) if district else None,
            lon=_millionths(district.lon) if district else None,
        )
        for field in (self.name, self.employer, self.postcode):
            field.show_value("")
        self.hide()
        self.entered.emit(site)
