"""Somebody waits for the window on their plan: nothing that it does without is loaded before it is painted."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CODE = """
import json, sys
sys.argv = ["rallyapp", sys.argv[1]]
from rallyapp import app
shown = app.shown
def noted(plan):
    window = shown(plan)
    page = window.frame.page
    json.dump(
        {
            "modules": sorted(sys.modules),
            "page": window.frame.name,
            "rows": page.shift_table.model().rowCount(),
            "painted": page.isVisible() and not page.visibleRegion().isEmpty(),
            "title": window.windowTitle(),
        },
        sys.stdout,
    )
    sys.stdout.flush()
    window.close()
    sys.exit(0)
app.shown = noted
from rallyapp import __main__
__main__.main()
"""
LATE = {
    *("sqlite_utils", "numpy", "highspy", "pypdfium2", "typst", "click"),
    *("asyncio", "qasync", "importlib.metadata", "http", "email", "xml"),
    *("rallyapp.cli", "rallyapp.rota", "rallyapp.prints", "rallyapp.sheets", "rallyapp.domain.checks"),
    *("rallyapp.ui.pages.start", "rallyapp.ui.pages.rota", "rallyapp.ui.pages.people", "rallyapp.ui.widgets.palette"),
}


def test_a_plan_is_painted_before_anything_else_is_loaded(plan, tmp_path):
    ended = subprocess.run(
        [sys.executable, "-c", CODE, str(plan)],
        cwd=ROOT,
        env={**os.environ, "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert (told["page"], told["title"]) == ("Today", "southampton.rally \u2013 RallyApp")
    assert told["rows"]
    assert told["painted"]
    assert not LATE.intersection(told["modules"])
    assert not {name.partition(".")[0] for name in told["modules"]} & {"sqlite3", "PIL", "setuptools", "pkg_resources"}
