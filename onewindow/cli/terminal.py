"""What is known of a terminal before any library of the command line is loaded."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping

COMPLETION_VARIABLE = "_ONEWINDOW_COMPLETE"
"""The environment variable by which the script of a shell asks what fits; its value begins with the shell."""


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be drawn: a terminal on both sides that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and environ.get("TERM") != "dumb"


def replace_unknown_letters() -> None:
    """Write “?” for a letter that the terminal's encoding lacks: it must not lose the rest of the answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
