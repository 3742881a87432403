"""Which paths can be read to their end: a pipe that nobody fills keeps a program waiting for ever."""

from __future__ import annotations

import stat
from pathlib import Path

_STREAMS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""What the shell opened for this process, `<(…)` among it: somebody is at the other end."""


def is_endless(path: Path) -> bool:
    """Whether a path is a pipe, a socket or a device; a missing file and a folder are none.

    Raises OSError if the system does not tell.
    """
    if str(path).startswith(_STREAMS):
        return False
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode) or path == Path("/dev/null"))
