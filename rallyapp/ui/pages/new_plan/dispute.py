"""Step 1: who is in dispute, where, and who answers."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from rallyapp.domain.law import Jurisdiction
from rallyapp.domain.new_plan import NewPlan
from rallyapp.ui.pages.new_plan.step import Fault, Step, fault_of, hinted
from rallyapp.ui.pages.new_plan.suggest import Suggestions
from rallyapp.ui.widgets.fields import ChoiceField, TextField, beside

# The unions of health workers that ballot nationally, by the letters that everybody says and by name.
UNIONS = {
    "BDA": "British Dietetic Association",
    "BMA": "British Medical Association",
    "BOSTU": "British Orthoptic Society Trade Union",
    "CSP": "Chartered Society of Physiotherapy",
    "FCS": "Federation of Clinical Scientists",
    "GMB": "GMB",
    "HCSA": "Hospital Consultants and Specialists Association",
    "MiP": "Managers in Partnership",
    "POA": "POA",
    "PCS": "Public and Commercial Services Union",
    "RCM": "Royal College of Midwives",
    "RCN": "Royal College of Nursing",
    "RCPod": "Royal College of Podiatry",
    "RCOT": "Royal College of Occupational Therapists",
    "SoR": "Society of Radiographers",
    "UNISON": "UNISON",
    "Unite": "Unite the Union",
}


class DisputeStep(Step):
    """Union, branch, whose law holds, the phone that is answered, and who answers for data."""

    def __init__(self) -> None:
        """Begin with nothing but England."""
        super().__init__("Dispute", "Who is in dispute, and who answers on the day.")
        self.union = TextField("Union", placeholder="BMA, Royal College of Nursing, UNISON\u2026")
        self.branch = TextField("Branch", placeholder="such as Wessex junior doctors")
        self.law = ChoiceField("Whose law holds", [(each.words, each) for each in Jurisdiction])
        self.law.show_value(Jurisdiction.ENGLAND)
        self.phone = TextField("Duty phone", placeholder="07\u2026")
        self.contact = TextField("Contact for data protection", placeholder="Name, e-mail or phone")
        self.name = TextField("Title of the dispute")
        for text in (self.union, self.branch, self.phone, self.contact, self.name):
            _line(text).textChanged.connect(lambda: self.changed.emit())
        self.law.committed.connect(lambda: self.changed.emit())
        self.unions = Suggestions(
            _line(self.union), {name if name == short else f"{name} ({short})": name for short, name in UNIONS.items()}
        )
        self.union.committed.connect(self._spell_out)
        self.column.addWidget(beside(self.union, self.branch, gap=16))
        self.column.addWidget(
            beside(
                hinted(self.phone, "The number that is answered on strike days. It stands on every rota."),
                hinted(self.contact, "Whom people ask what is kept about them, or to have it erased."),
                gap=16,
            )
        )
        self.column.addWidget(
            beside(
                hinted(self.law, "Decides notice, mandate and what a picket needs."),
                hinted(self.name, "Stands on every sheet. Left empty, it is as suggested."),
                gap=16,
            )
        )

    @property
    def done(self) -> bool:
        """Whether there is a union."""
        return bool(self.union.text.strip())

    def begin(self) -> None:
        """Begin with the union."""
        self.union.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def suggest_title(self, title: str) -> None:
        """Show the title that the dispute gets if none is typed."""
        _line(self.name).setPlaceholderText(title)

    def faults(self) -> Iterator[Fault]:
        """Only the union is needed."""
        if not self.done:
            yield fault_of(self.union, "Whose dispute is it? Type the union\u2019s name.")

    def described(self, suggested: str) -> NewPlan:
        """Give what was typed, with nothing else in the plan yet."""
        texts = {
            name: field.text.strip()
            for name, field in (
                ("union", self.union),
                ("branch", self.branch),
                ("duty_phone", self.phone),
                ("data_contact", self.contact),
            )
        }
        return NewPlan(title=self.name.text.strip() or suggested, jurisdiction=self.law.value, **texts)

    def _spell_out(self, union: str) -> None:
        for short, name in UNIONS.items():
            if union.casefold() == short.casefold():
                self.union.show_value(name)


def _line(field: TextField) -> QLineEdit:
    entry: QWidget = field.entry
    assert isinstance(entry, QLineEdit)
    return entry
