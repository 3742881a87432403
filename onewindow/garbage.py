"""When garbage is looked for: not while the program starts."""

from __future__ import annotations

import gc

_STARTING = (200_000, 10, 10)
_WORKING = (20_000, 10, 10)


def expect_start() -> None:
    """Look for garbage seldom for now.

    A start makes some two hundred thousand objects that stay; walking through them again and again as they
    grow takes a tenth of the time to the first frame.
    """
    gc.set_threshold(*_STARTING)


def settle_memory() -> None:
    """After `expect_start`: take all objects of now for lasting, and look among the others.

    A client of a thousand records makes some ten thousand objects, none of them garbage yet.
    """
    if gc.get_threshold() == _STARTING:
        gc.freeze()
        gc.set_threshold(*_WORKING)
