"""Which window of a person holds what they typed, and whether that window is still there.

A window is named by its machine, its process and a number in that process. One on this machine is gone when
its process is; of another machine only the sign of life counts that it gives now and then.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from weakref import WeakValueDictionary

from onewindow.store.engine import Store
from onewindow.store.session import drafts
from onewindow.text.dates import utc_text

GONE_SECONDS = 120
"""A window of another machine that gave no sign for so long is gone."""
_ENDED = ("Z", "X")
"""States of a process that has ended and is still listed."""
_numbers = count(1)


class OpenWindow:
    """A window of this process; it is there as long as somebody refers to it."""

    def __init__(self) -> None:
        """Take a name that no other window has."""
        self.name = f"{_machine()} {os.getpid()} {_started(os.getpid())} {next(_numbers)}"
        _here[self.name] = self

    def may_take(self, holder: str, held_at: str, now: datetime) -> bool:
        """Whether it may go on with what `holder` has: it is that window itself, or that one is gone.

        `held_at` is the other's last sign of life, UTC text.
        """
        if holder in ("", self.name):
            return True
        machine, pid, started, _ = holder.split(" ")
        # Windows cannot be asked: `os.kill` with 0 is Ctrl-C there.
        if machine != _machine() or os.name == "nt":
            return holder not in _here and held_at <= utc_text(now - timedelta(seconds=GONE_SECONDS))
        if int(pid) == os.getpid() and started == _started(os.getpid()):
            return holder not in _here
        return not _is_running(int(pid), started)


# Weak, so that a window is gone with the last that refers to it, whatever ended it.
_here: WeakValueDictionary[str, OpenWindow] = WeakValueDictionary()


def give_sign(store: Store, login: str, window: OpenWindow, at: str) -> None:
    """Note that a window is there, if it holds anything; for a thread, which has a store of its own."""
    if drafts.holds_any(store, login, window.name):
        drafts.still_here(store, login, window.name, at)


@cache
def _machine() -> str:
    """Name this machine, and the container in it: process numbers mean nothing in another one."""
    try:
        inside = str(Path("/proc/self/ns/pid").stat().st_ino)
    except OSError:
        inside = "0"
    name = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return f"{'-'.join(name.split())}/{inside}"


def _started(pid: int) -> str:
    """When a process began, as its system counts: '' for one that has ended, '0' where nobody tells."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "0"
    # The name of the program stands in brackets and may hold anything.
    state, *fields = text.rpartition(")")[2].split()
    return "" if state in _ENDED else fields[18]


def _is_running(pid: int, started: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It belongs to somebody else, so it is there.
        pass
    now = _started(pid)
    # A process number is given again after a while; when it began tells the two apart.
    return now == started or (now == "0" or started == "0")
