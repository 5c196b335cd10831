"""What stands where there is no site plan yet: drop a picture, choose one, or take a blank grid."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rallyapp.ui import theme
from rallyapp.ui.icons import IconButton
from rallyapp.ui.widgets.words import Words, button


class NoPlan(QWidget):
    """A place to drop a picture on."""

    picture_wanted = Signal()
    blank_wanted = Signal()
    dropped = Signal(str)  # the path of a file

    def __init__(self) -> None:
        """Make it."""
        super().__init__()
        self.setAcceptDrops(True)
        self.words = Words(
            "Drop a picture of the place here (PNG, JPEG, SVG or a PDF page), or take a blank grid to put pins on.",
            ink="muted",
            wrap=True,
        )
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose = IconButton("image", "Choose a picture", text="Choose a picture\u2026")
        self.blank = button("Blank grid")
        self.choose.clicked.connect(self.picture_wanted)
        self.blank.clicked.connect(self.blank_wanted)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addStretch(1)
        row.addWidget(self.choose)
        row.addWidget(self.blank)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(24), theme.px(24), theme.px(24))
        column.setSpacing(theme.px(16))
        column.addStretch(2)
        column.addWidget(self.words)
        column.addLayout(row)
        column.addStretch(3)

    def set_writable(self, writable: bool) -> None:
        """Offer to make one, or only say that there is none."""
        for each in (self.choose, self.blank):
            each.setVisible(writable)
        self.setAcceptDrops(writable)
        if not writable:
            self.words.setText("There is no plan of this place.")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a broken line round the place to drop on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(7), theme.px(7))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file that is dragged here."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which file was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                event.acceptProposedAction()
                self.dropped.emit(url.toLocalFile())
                return
