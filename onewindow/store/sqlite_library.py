"""The one place that chooses which SQLite the process uses.

SQLite before 3.51.3 can corrupt a shared WAL file when a checkpoint meets a commit (sqlite.org/wal.html,
"WAL-reset bug"), so the fixed library is taken where a wheel exists. Two copies of the library must never
open one file in one process, therefore nobody else imports sqlite3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3 as sqlite
else:
    try:
        import pysqlite3 as sqlite
    except ImportError:
        import sqlite3 as sqlite

__all__ = ["has_wal_reset_bug", "sqlite"]

_FIXED_BRANCHES = ((3, 44, 6), (3, 50, 7))


def has_wal_reset_bug(version: tuple[int, ...] = sqlite.sqlite_version_info) -> bool:
    """Whether this SQLite needs the safe checkpoint policy: only TRUNCATE, under the writer's lock."""
    if version >= (3, 51, 3):
        return False
    return not any(version[:2] == fixed[:2] and version >= fixed for fixed in _FIXED_BRANCHES)
