"""63-bit time-ordered ids made by the application: a retried write is safe, files can be merged."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

_EPOCH_MS = 1_735_689_600_000
"""2025-01-01T00:00:00Z in milliseconds: leaves room until the year 2303."""
_LATEST_MS = 1 << 42
"""Milliseconds since then, in the year 2164: a clock beyond it is wrong, and its ids would leave no room."""
_RANDOM_BITS = 20
_FOREIGN_DIGITS = 15
"""Ids that we make are longer; those of other programs are shorter or have letters."""


class Ids:
    """A maker of ids, each above every one that it made before; safe in several threads."""

    def __init__(self, milliseconds: Callable[[], int], chance: Callable[[int], int]) -> None:
        """`milliseconds` gives the present since 1970, `chance(n)` a random number of n bits."""
        self._milliseconds = milliseconds
        self._chance = chance
        self._lock = threading.Lock()
        self._last = 0

    def new_id(self) -> int:
        """One id."""
        return self.new_ids(1)[0]

    def new_ids(self, count: int) -> range:
        """That many ids in a row."""
        with self._lock:
            since, chance = self._since(), self._chance(_RANDOM_BITS)
            is_behind = since < self._last >> _RANDOM_BITS
            # Behind the last id chance goes on top of it: another process may go on from the same one.
            first = max(self._last + 1 + chance * is_behind, (since << _RANDOM_BITS) | chance)
            self._last = first + count - 1
            return range(first, first + count)

    def is_behind(self, last: int) -> bool:
        """Whether the clock stands before the time of an id: it was set back, or was ahead before."""
        return self._since() <= last >> _RANDOM_BITS

    def is_fresh(self, last: int, milliseconds: int) -> bool:
        """Whether an id is so new at most; one of a time to come is not."""
        return 0 <= self._since() - (last >> _RANDOM_BITS) < milliseconds

    def keep_above(self, last: int) -> None:
        """Make no id from now on that is not above this one, unless it is of no time that could be."""
        with self._lock:
            if last >> _RANDOM_BITS < _LATEST_MS:
                self._last = max(self._last, last)

    def _since(self) -> int:
        since = self._milliseconds() - _EPOCH_MS
        return since if 0 <= since < _LATEST_MS else 0


def is_own_id(word: str) -> bool:
    """Whether a word can only be an id that a One Window made."""
    return len(word) > _FOREIGN_DIGITS and read_id(word) is not None


def read_id(word: str) -> int | None:
    """The id that a typed word may be, None for one that is no number, or one that no file can hold."""
    is_id = word.isdecimal() and len(word) < 20 and int(word) < 2**63
    return int(word) if is_id else None


def _system_milliseconds() -> int:
    return int(time.time() * 1000)


def _system_chance(bits: int) -> int:
    # Not the library of secrets: it loads OpenSSL, and these bits need no secrecy.
    return int.from_bytes(os.urandom(4)) >> (32 - bits)


SYSTEM_IDS = Ids(_system_milliseconds, _system_chance)
"""Ids of this process by the system's clock; what every store takes that is given no other."""
