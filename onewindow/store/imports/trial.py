"""A copy of a file in memory, on which one sees what a large write would do while nobody waits for it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator

from onewindow.store.engine import Store
from onewindow.store.sqlite_library import sqlite

LARGEST_COPY = 400_000_000
"""Bytes; a larger file is no guest of the memory."""


class TrialStore(Store):
    """Holds what another store holds now. What is written is never kept, and takes no turn in the queue."""

    @contextlib.contextmanager
    def exclusive(self, *, newer_too: bool = False, patience: float | None = None) -> Generator[None]:  # noqa: ARG002
        """Write, see what comes of it, and take it back."""
        self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")

    def is_queued_for(self) -> bool:
        """Nobody waits for a copy."""
        return False

    def close(self) -> None:
        """Forget the copy."""
        self.connection.close()


def trial_of(store: Store) -> TrialStore | None:
    """Copy a file as it is at this moment; None where it is too large for that. Close the copy afterwards."""
    if store.scalar("PRAGMA page_count") * store.scalar("PRAGMA page_size") > LARGEST_COPY:
        return None
    memory = sqlite.connect(":memory:", isolation_level=None, cached_statements=256)
    try:
        store.connection.backup(memory)
        memory.execute("PRAGMA foreign_keys=ON")
        memory.execute("PRAGMA temp_store=MEMORY")
        return TrialStore(store.path, memory, store.ids)
    except BaseException:
        memory.close()
        raise
