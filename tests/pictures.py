"""``python3 -m tests.pictures FOLDER``: every page of the window as a picture, to be looked at.

Light and dark, at 1366x768 and 1920x1080, with each of the demo plans; the start page and the new-plan page too.
``--plan`` takes one demo only, ``--page`` one page. The national demo takes half a minute to make.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from rallyapp import _bootstrap

SIZES = ((1366, 768), (1920, 1080))
NOW = {
    "southampton-2015": datetime(2015, 12, 1, 9, 20),
    "epsom-st-helier-2016": datetime(2016, 4, 26, 9, 20),
    "national": datetime(2015, 12, 1, 9, 20),
}


def main() -> None:
    asked = argparse.ArgumentParser(prog="python3 -m tests.pictures", description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--plan", choices=NOW, action="append", help="one demo plan; all where none is named")
    asked.add_argument("--page", action="append", help='one page, such as "Picket rota"; all where none is named')
    wanted = asked.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_API"] = "pyside6"
    wanted.folder.mkdir(parents=True, exist_ok=True)
    import qasync
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from rallyapp.ui import theme

    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    with tempfile.TemporaryDirectory() as home:
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, home)
        theme.dress(app)
        qasync.run(_all(wanted, Path(home)))


async def _all(wanted: argparse.Namespace, home: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from rallyapp.ui import theme
    from rallyapp.ui.frame import PAGES
    from rallyapp.ui.main_window import MainWindow

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    pages = [name for name in PAGES if not wanted.page or str(name) in wanted.page]
    for plan in wanted.plan or NOW:
        window = MainWindow(now=lambda plan=plan: NOW[plan])
        window.show()
        if not wanted.page and plan == next(iter(wanted.plan or NOW)):
            await _picture(app, window, wanted.folder / "start")
            window.new_plan()
            await _picture(app, window, wanted.folder / "new-plan")
            window.close_plan()
        await window.make_demo(plan, home / f"{plan}.rally")
        for name in pages:
            window.go(name)
            await _settled(window)
            window.messages.clear()
            await _picture(app, window, wanted.folder / f"{plan} {str(name).lower()}")
        window.close()
        theme.show(app, theme.Appearance.SYSTEM, 100)
        print(f"{plan}: {len(pages)} pages")


async def _settled(window: object) -> None:
    """Wait until nothing runs any more for this plan."""
    jobs = window.plan_jobs  # type: ignore[attr-defined]
    await asyncio.sleep(0.3)
    while jobs.busy:
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.1)


async def _picture(app: object, window: object, stem: Path) -> None:
    from rallyapp.ui import theme

    for width, height in SIZES:
        for appearance in (theme.Appearance.LIGHT, theme.Appearance.DARK):
            theme.show(app, appearance, 100)  # type: ignore[arg-type]
            window.resize(width, height)  # type: ignore[attr-defined]
            await asyncio.sleep(0.15)
            name = stem.with_name(f"{stem.name} {width} {appearance}.png".replace(" ", "-"))
            window.grab().save(str(name))  # type: ignore[attr-defined]


if __name__ == "__main__":
    _bootstrap.ensure("tests.pictures", lock="requirements-tests.lock", window=True)
    main()
