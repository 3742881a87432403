"""63-bit time-ordered ids made by the application: a retried write is safe, files can be merged."""

from __future__ import annotations

import os
import threading
import time

_EPOCH_MS = 1_735_689_600_000
"""2025-01-01T00:00:00Z in milliseconds: leaves room until the year 2303."""
_RANDOM_BITS = 20

_lock = threading.Lock()
_last = 0


def _chance() -> int:
    # Not the library of secrets: it loads OpenSSL, and these bits need no secrecy.
    return int.from_bytes(os.urandom(4)) >> (32 - _RANDOM_BITS)


def new_id() -> int:
    """An id above every id that this process made before."""
    return new_ids(1)[0]


def new_ids(count: int) -> range:
    """That many ids in a row, above every id that this process made before."""
    global _last
    with _lock:
        milliseconds = int(time.time() * 1000) - _EPOCH_MS
        first = max(_last + 1, (milliseconds << _RANDOM_BITS) | _chance())
        _last = first + count - 1
        return range(first, first + count)
