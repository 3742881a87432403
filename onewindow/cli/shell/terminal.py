"""What is known of a terminal before any library of the command line is loaded; the streams made steady.

What a terminal in trouble needs is loaded when there is trouble: the window pays for this module too.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

COMPLETION_VARIABLE = "_ONEWINDOW_COMPLETE"
"""The environment variable by which the script of a shell asks what fits; its value begins with the shell."""
_INPUT, _ANSWER, _MESSAGES = 0, 1, 2


class AnswerLost(OSError):
    """The answer cannot be written and nothing was stored yet; the text is the system's reason."""


class _Answer(io.FileIO):
    """The standard output, which knows whether it was lost.

    Before anything is stored, a command ends where its answer cannot be written. Afterwards it goes on to its
    end: half of its work would be worse than an answer that nobody reads.
    """

    lost: OSError | None = None

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what goes; raises AnswerLost."""
        try:
            while (written := super().write(data)) is None:  # pyright: ignore[reportUnnecessaryComparison]
                import select  # most output waits for nobody

                select.select([], [self], [])  # a pipe that somebody made not to wait
            return written
        except OSError as error:
            self.lost = error
            from onewindow.store.stored import newest

            if newest():
                return memoryview(data).nbytes
            raise AnswerLost(error.errno, error.strerror) from error


class _MessageStream(io.FileIO):
    """The error output: what nobody can hear is no reason to stop."""

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what goes; raises nothing."""
        try:
            written: int | None = super().write(data)
        except OSError:
            written = None
        return memoryview(data).nbytes if written is None else written


def settle_streams() -> None:
    """Make all three standard streams exist, and both outputs steady; call it before anything opens a file.

    A stream that was closed is a hole into which the next file falls: the database would be the error output.
    """
    for number, mode in ((_INPUT, os.O_RDONLY), (_ANSWER, os.O_RDONLY), (_MESSAGES, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            # It gets the lowest free number. What was closed for writing goes on refusing what is written.
            os.open(os.devnull, mode)
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]  it was closed
        sys.stdin = open(_INPUT, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = _steady(_Answer(_ANSWER, "w", closefd=False), sys.stdout)
    sys.stderr = _steady(_MessageStream(_MESSAGES, "w", closefd=False), sys.stderr)


def _steady(raw: io.FileIO, before: object) -> io.TextIOWrapper:
    """A text stream over a raw one, in the encoding of the stream that it replaces."""
    encoding = before.encoding if isinstance(before, io.TextIOWrapper) else "utf-8"
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding, "replace", line_buffering=raw.isatty() or raw.fileno() == _MESSAGES
    )


def lost_answer() -> OSError | None:
    """Why the answer could not be written, None if it was."""
    raw: object = getattr(getattr(sys.stdout, "buffer", None), "raw", None)
    return raw.lost if isinstance(raw, _Answer) else None


def has_screen(environ: Mapping[str, str]) -> bool:
    """Whether a window can be drawn: a terminal on both sides that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and environ.get("TERM") != "dumb"


def replace_unknown_letters() -> None:
    """Write “?” for a letter that the terminal's encoding lacks: it must not lose the rest of the answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
