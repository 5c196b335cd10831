"""``python3 -m tests.bench.timeline``: what a frame of the day timeline costs with 60 entrances and 300 shifts.

Everything is on screen at once, on a canvas as high as all rows, which is more than any laptop shows; then once more
on the shared laptop's. A frame is painted into a picture, without a screen. Figures are medians.
"""

import os
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from rallyapp import _bootstrap

ROWS, SHIFTS, ROUNDS = 60, 5, 40
FRAME = 1000 / 60
NIGHT = datetime(2015, 12, 1)


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from rallyapp.ui import theme

    app = QApplication.instance() or QApplication(["bench"])
    theme.dress(app)
    print(f"\n{ROWS} entrances, {ROWS * SHIFTS} shifts; a frame at 60 Hz is {FRAME:.1f} ms")
    for width, height, what in ((1920, 2340, "all on screen"), (1100, 600, "the shared laptop")):
        print(f"\n{what}: {width} x {height}")
        measure(width, height)


def day():
    """Make a day with all four tones."""
    from rallyapp.ui.models.fill import Tone
    from rallyapp.ui.widgets.timeline import Bar, Coverage, DayView, Row

    first = NIGHT + timedelta(hours=6)
    length = timedelta(minutes=144)
    rows = [
        Row(
            id=f"row {n}",
            title=f"Entrance {n}",
            note="Keep clear",
            site=f"Site {n // 10}",
            starts=first,
            ends=first + SHIFTS * length,
        )
        for n in range(ROWS)
    ]
    tones = (("6/6", "Full", Tone.MET), ("3/4", "1 short", Tone.SHORT), ("0/3", "Nobody yet", Tone.NOBODY))
    bars = []
    for number in range(ROWS * SHIFTS):
        row, at = divmod(number, SHIFTS)
        count, state, tone = tones[number % 3]
        starts = first + at * length
        names = "Naomi B., Iona K., Jaspal K., Theo W., Anastasia P., محمد ع." if tone is not Tone.NOBODY else state
        bars.append(
            Bar(
                id=f"shift {number}",
                row=f"row {row}",
                starts=starts,
                ends=starts + length,
                count=count,
                names=names,
                state=state,
                tone=tone,
                on=True,
            )
        )
    cover = [Coverage(at=first + n * timedelta(minutes=30), minutes=30, counted=140 + n, needed=160) for n in range(24)]
    return DayView(
        first=first - timedelta(hours=1),
        last=first + timedelta(hours=13),
        rows=tuple(rows),
        bars=tuple(bars),
        coverage=tuple(cover),
        now=first + timedelta(hours=4),
    )


def measure(width: int, height: int) -> None:
    """Time showing, painting, scrolling, dragging and zooming."""
    from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
    from PySide6.QtGui import QMouseEvent, QPixmap
    from PySide6.QtWidgets import QApplication

    from rallyapp.ui.widgets.timeline import Timeline

    shown = Timeline()
    shown.resize(width, height)
    view = day()
    picture = QPixmap(width, height)
    row("lay the day out (show_day)", lambda n: shown.show_day(view))

    def paint(n: int = 0) -> None:
        shown.render(picture)

    start = time.perf_counter()
    paint()
    print(f"  {'the first frame, nothing kept':44}{(time.perf_counter() - start) * 1000:8.2f} ms")
    row("paint it all again", paint)

    def scroll(n: int) -> None:
        shown._down.setValue(n * 7 % max(1, shown._down.maximum()))
        paint()

    row("scroll down and paint", scroll)
    shown._down.setValue(0)
    held = {"one shift": ["shift 6"], "50 shifts": [f"shift {n}" for n in range(50)]}

    def mouse(kind: QEvent.Type, at: QPoint, button: Qt.MouseButton) -> None:
        where = QPointF(at)
        event = QMouseEvent(kind, where, where, button, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(shown, event)

    for what, shifts in held.items():
        shown.select(shifts)
        place = shown.at.rect(shown.at.layout.by_id["shift 6"]).center()
        mouse(QEvent.Type.MouseButtonPress, place, Qt.MouseButton.LeftButton)

        def drag(n: int, place: QPoint = place) -> None:
            mouse(QEvent.Type.MouseMove, place + QPoint(n * 5, n % 3), Qt.MouseButton.NoButton)
            paint()

        row(f"drag {what} and paint", drag)
        mouse(QEvent.Type.MouseButtonRelease, place, Qt.MouseButton.LeftButton)

    def zoom(n: int) -> None:
        shown.show_stretch(1 + n / 20)
        paint()

    row("zoom and paint, every shift anew", zoom)


def row(label: str, work: Callable[[int], None]) -> None:
    took = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        work(number)
        took.append((time.perf_counter() - start) * 1000)
    median, worst = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    print(f"  {label:44}{median:8.2f} ms {median / FRAME:6.2f} frames; 19 of 20 under {worst:8.2f} ms")


if __name__ == "__main__":
    _bootstrap.ensure("tests.bench.timeline", lock="requirements-tests.lock", window=False)
    main()
