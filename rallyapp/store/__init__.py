"""The plan file: the only package that imports SQLite, and the only way to write a plan.

``driver`` ships our own SQLite; ``errors`` sorts what it raises into sentences; ``connection`` opens and makes
files; ``migrations`` are their shape over time; ``tables`` turn records into rows and back; ``triggers`` and
``journal`` keep every change for undo, history, other windows and merging; ``store`` is the one door and
``edit`` what it lets in; ``queries`` are the reads for screens and prints; ``backup`` makes verified copies.
"""

from rallyapp.store.edit import Edit
from rallyapp.store.errors import StoreError
from rallyapp.store.store import Store

__all__ = ["Edit", "Store", "StoreError"]
