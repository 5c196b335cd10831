"""Our own SQLite: sqlcipher3, under the name that sqlite_utils looks for.

SQLite 3.7.0 to 3.51.2 can lose commits when two connections write and checkpoint a WAL file at the same
moment, and most systems ship one of those. sqlite_utils takes a module called ``pysqlite3`` when there is
one, so this alias must come before its first import; everything of ours imports ``sqlite3`` from here.
"""

from __future__ import annotations

import sys

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules["pysqlite3"] = sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

sqlite3 = sqlcipher3.dbapi2
SAFE_SQLITE = (3, 51, 3)

if sqlite3.sqlite_version_info < SAFE_SQLITE:
    raise ImportError(
        f"RallyApp needs SQLite 3.51.3 or newer and found {sqlite3.sqlite_version}: install sqlcipher3 0.6.4 or newer"
    )
if "sqlite_utils" in sys.modules and sys.modules["sqlite_utils.utils"].sqlite3 is not sqlite3:
    raise ImportError("sqlite_utils was imported before rallyapp.store.driver: import the store first")
