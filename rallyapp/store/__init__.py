"""The plan file: the only package that imports SQLite, and the only way to write a plan.

``driver`` ships our own SQLite; ``errors`` sorts what it raises into sentences; ``connection`` opens and makes
files; ``migrations`` are their shape over time; ``tables`` turn records into rows and back; ``journal`` keeps
every change for undo, history, other windows and merging; ``store`` is the one door; ``queries`` are the reads
for screens and prints; ``backup`` makes verified copies.
"""

from rallyapp.store.errors import StoreError
from rallyapp.store.store import Edit, Store

__all__ = ["Edit", "Store", "StoreError"]
