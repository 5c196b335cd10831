"""RallyApp: picket lines, rallies and their rotas, planned on one laptop and printed for the wall.

The rooms, from the street down to the cellar; imports go downwards only and a test says so:

- ``__main__``: the door: sets the program up on its first start (``_bootstrap``) and calls the command line.
- ``cli``: every command; runs without Qt.
- ``app``: puts the window together, as planner or as kiosk.
- ``ui``: the window: a thin Qt skin that asks again when told that something changed.
- ``store``: the file; the one way to write, and the journal that feeds undo, refresh and merging.
- ``rota``: the rota builder: fills shifts, and says why a gap is a gap.
- ``sheets``: spreadsheets and calendars, in and out.
- ``prints``: what goes on paper: a record in, a PDF out.
- ``demos``: plans to try things on.
- ``carried``: finds what the program carries with it: layouts, fonts, law tables, demo plans.
- ``domain``: nouns and rules; knows no SQL, no Qt and no files.

``rota``, ``sheets``, ``prints``, ``demos`` and ``store`` do not know each other.
"""

__version__ = "0.1.0"
