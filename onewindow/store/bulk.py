"""Room for one large write."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

from onewindow.store.engine import Store

_CACHE_KIB = 262_144


@contextlib.contextmanager
def wide_cache(store: Store) -> Generator[None]:
    """Keep up to 256 MB of pages in memory meanwhile: a large write must not spill its pages again and again.

    Nothing is traded for it: the commit is as durable as any other.
    """
    before = store.scalar("PRAGMA cache_size")
    store.rows(f"PRAGMA cache_size = -{_CACHE_KIB}")
    try:
        yield
    finally:
        store.rows(f"PRAGMA cache_size = {int(before)}")
