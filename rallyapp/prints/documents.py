"""The catalogue of documents: what each is about, on which paper it comes, and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, cast

from rallyapp.domain.words import capital
from rallyapp.prints.audience import Document
from rallyapp.prints.job import Job, Paper, Per


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How a document is made.

    Attributes:
        per: what one piece is about.
        module: the module of this package whose ``write`` makes a piece.
        layout: the layout that draws it.
        words: what it is for, in one sentence.
        papers: on which paper it can be printed, the usual one first.
        large: whether it comes in large print.
        back: whether its rows are typed back.
    """

    document: Document
    per: Per
    module: str
    words: str
    layout: str = "sheet"
    papers: tuple[Paper, ...] = (Paper.A4, Paper.A5, Paper.A3)
    large: bool = True
    back: bool = False

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return capital(self.document.words)

    def write(self, job: Job) -> Any:
        """Write one piece: a dataclass of plain values; raises UserError where there is nothing to print."""
        module = import_module(f"rallyapp.prints.{self.module}")  # late: a print needs one of twenty
        return cast(Callable[[Job], Any], module.write)(job)


_WALL = (Paper.A4, Paper.A3)
_ALL = (
    Made(
        document=Document.ROTA,
        per=Per.PICKET,
        module="rota",
        layout="rota",
        papers=_WALL,
        words="Who is at an entrance when, to hang up or to carry.",
    ),
    Made(
        document=Document.DAY_SHEET,
        per=Per.PICKET,
        module="day_sheet",
        layout="day-sheet",
        papers=_WALL,
        words="An entrance\u2019s day to write on: who came, handovers, head-counts.",
    ),
    Made(
        document=Document.SIGN_IN,
        per=Per.PICKET,
        module="sign_in",
        layout="sign-in",
        papers=_WALL,
        back=True,
        words="Who came and went, row by row; typed back with its code.",
    ),
    Made(
        document=Document.PACK,
        per=Per.PICKET,
        module="pack",
        layout="pack",
        papers=(Paper.A4,),
        back=True,
        words="Everything that a picket supervisor carries, in fifteen sections.",
    ),
    Made(
        document=Document.LETTER,
        per=Per.PICKET,
        module="letter",
        words="The union\u2019s approval of the picket, to show to the employer or somebody acting for it.",
    ),
    Made(
        document=Document.POLICE,
        per=Per.PICKET,
        module="police_notification",
        words="What the police are told of a picket, and a record that they were.",
    ),
    Made(
        document=Document.INCIDENT,
        per=Per.PICKET,
        module="incident_sheet",
        words="To write down what happened, while it is fresh.",
    ),
    Made(
        document=Document.ARREST,
        per=Per.PICKET,
        module="arrest_sheet",
        words="To write down who was arrested, where to and by whom.",
    ),
    Made(
        document=Document.REPORT,
        per=Per.PICKET,
        module="shift_report",
        words="Head-counts, incidents, press and kit, handed back at the end.",
    ),
    Made(
        document=Document.SLIPS,
        per=Per.DAY,
        module="slips",
        layout="slips",
        papers=(Paper.A4,),
        words="A slip for each person with all their shifts of the day, to cut apart.",
    ),
    Made(
        document=Document.GAPS,
        per=Per.DAY,
        module="gaps",
        layout="gaps",
        papers=_WALL,
        words="Where and when somebody is still needed.",
    ),
    Made(
        document=Document.CASCADE,
        per=Per.DAY,
        module="cascade",
        layout="cascade",
        papers=_WALL,
        words="Who must be told, in which order, if the day is called off: to tick by hand.",
    ),
    Made(
        document=Document.STAND_DOWN,
        per=Per.DAY,
        module="stand_down_notice",
        words="That the action is off: what exactly, who decided, what remains.",
    ),
    Made(
        document=Document.RALLY_PLAN,
        per=Per.RALLY,
        module="rally_plan",
        layout="rally-plan",
        words="Everything about a rally, in the order that professionals expect.",
    ),
    Made(
        document=Document.RUNNING_ORDER,
        per=Per.RALLY,
        module="running_order",
        layout="running-order",
        words="The programme line by line, with the running total and the hard finish.",
    ),
    Made(
        document=Document.CUE_CARDS,
        per=Per.RALLY,
        module="cue_cards",
        layout="cue-cards",
        papers=(Paper.A5, Paper.A4),
        large=False,
        words="A card for each item, to hold on the stage.",
    ),
    Made(
        document=Document.BRIEFING,
        per=Per.RALLY,
        module="briefing",
        layout="briefing",
        words="What every steward must know, and what each post does.",
    ),
    Made(
        document=Document.SITE_PLAN,
        per=Per.RALLY,
        module="site_plan",
        layout="site-plan",
        papers=_WALL,
        words="The site on one page, with a legend.",
    ),
    Made(
        document=Document.MARCH,
        per=Per.RALLY,
        module="march_notice",
        words="The notice of a march that the law asks for, or a voluntary one of a rally.",
    ),
    Made(
        document=Document.STALLS,
        per=Per.STALL,
        module="stall_sheets",
        words="What a partner charity needs to know about its stall.",
    ),
    Made(
        document=Document.SUMMARY,
        per=Per.PLAN,
        module="summary",
        layout="summary",
        words="The whole campaign in numbers.",
    ),
)

MADE: Mapping[Document, Made] = MappingProxyType({made.document: made for made in _ALL})
