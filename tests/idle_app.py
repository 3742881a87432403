"""When an app under test has done what it was asked: told sooner than by the toolkit, which sleeps 20 ms."""

from __future__ import annotations

from asyncio import sleep
from time import monotonic, process_time

import textual.app
import textual.pilot

_LOOK_SECONDS = 0.003
_QUIET_LOOKS = 2
"""So many looks one after the other must find the process idle."""
_IDLE_SHARE = 0.2
_LATE_SHARE = 3
"""A look that took so many times as long was held up by other programs, and says nothing."""


_AFTER_KEY_SECONDS = 0.01
"""A key waits twice so long at least."""
_PAUSE_SECONDS = 0.02
"""A pause lets a frame be drawn, sixty of which make a second."""


async def _until_idle(least: float, most: float) -> None:
    began, quiet = monotonic(), 0
    while (waited := monotonic() - began) < most:
        if quiet >= _QUIET_LOOKS and waited >= least:
            return
        at, busy = monotonic(), process_time()
        await sleep(_LOOK_SECONDS)
        is_idle = process_time() - busy < _LOOK_SECONDS * _IDLE_SHARE
        quiet = quiet + 1 if is_idle and monotonic() - at < _LOOK_SECONDS * _LATE_SHARE else 0


async def _after_key(min_sleep: float = 0, max_sleep: float = 1) -> None:
    await _until_idle(max(min_sleep, _AFTER_KEY_SECONDS), max_sleep)


async def _pause(min_sleep: float = 0, max_sleep: float = 1) -> None:
    await _until_idle(max(min_sleep, _PAUSE_SECONDS), max_sleep)


def take_the_place_of_the_toolkits() -> None:
    """Let keys and pauses of pilots wait so."""
    setattr(textual.app, "wait_for_idle", _after_key)  # noqa: B010
    setattr(textual.pilot, "wait_for_idle", _pause)  # noqa: B010
