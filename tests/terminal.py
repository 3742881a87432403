"""The program in a real pseudo-terminal: typed keys go in, what a terminal would show comes out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

_KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "pagedown": "\x1b[6~",
    "pageup": "\x1b[5~",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "backspace": "\x7f",
    "ctrl+s": "\x13",
    "ctrl+q": "\x11",
    "ctrl+p": "\x10",
    "space": " ",
}


class Terminal:
    """A running program behind a terminal of a fixed size; `sent` holds every byte that it wrote."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        inherited = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("NO_COLOR", "TEXTUAL", "ONEWINDOW", "COLUMNS", "LINES"))
        }
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**inherited, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(environ or {})},
            cwd=cwd,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def type(self, text: str) -> None:
        """Type text as it is."""
        os.write(self._master, text.encode())

    def type_all(self, text: str) -> None:
        """Type a text that is longer than the terminal holds at once, reading what comes meanwhile."""
        rest = memoryview(text.encode())
        while rest:
            _, ready, _ = select.select([], [self._master], [], 0.05)
            if ready:
                rest = rest[os.write(self._master, rest[:1024]) :]
            self.read(0)

    def press(self, *keys: str) -> None:
        """Press keys by name; a name that is none is typed."""
        for key in keys:
            self.type(_KEYS.get(key, key))
            self.read(0.03)

    def read(self, seconds: float) -> None:
        """Take in what the program writes for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._master], [], [], left)[0]:
                return
            try:
                piece = os.read(self._master, 65536)
            except OSError:
                return
            if not piece:
                return
            self.sent += piece
            self._stream.feed(_understood(piece))

    @property
    def lines(self) -> list[str]:
        """What the terminal shows, line by line."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def text(self) -> str:
        """What the terminal shows."""
        return "\n".join(self.lines)

    def wait_for(self, wanted: str, seconds: float = 20.0) -> None:
        """Wait until the terminal shows a text; fails with the screen otherwise."""
        self.wait_until(lambda: wanted in self.text, f"“{wanted}” did not appear", seconds)

    def wait_gone(self, unwanted: str, seconds: float = 20.0) -> None:
        """Wait until the terminal shows a text no more."""
        self.wait_until(lambda: unwanted not in self.text, f"“{unwanted}” did not go", seconds)

    def wait_end(self, seconds: float = 20.0) -> int:
        """Wait until the program has ended and give its exit code."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.05)
        before = -1
        while len(self.sent) > before:  # what it wrote last may still be on its way
            before = len(self.sent)
            self.read(0.1)
        assert self.process.poll() is not None, f"the program did not end:\n{self.text}"
        return self.process.returncode

    def kill(self) -> None:
        """End the program at once, as a lost power supply would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def wait_until(self, is_so: Callable[[], bool], complaint: str, seconds: float = 20.0) -> None:
        """Wait until something is so, on the screen or in the file; fails with the complaint otherwise."""
        end = time.monotonic() + seconds
        while not is_so():
            if self.process.poll() is not None:
                self.read(0.2)
                assert is_so(), f"{complaint}, the program ended:\n{self.text}"
                return
            assert time.monotonic() < end, f"{complaint} in:\n{self.text}"
            self.read(0.05)


def onewindow(*arguments: str) -> list[str]:
    """The command that starts the program from this tree."""
    return [sys.executable, "-m", "onewindow", *arguments]


_UNKNOWN_TO_PYTE = re.compile(rb"\x1b\[[<>=][0-9;]*[a-z]|\x1b\[\?[0-9;]*\$p")


def _understood(piece: bytes) -> bytes:
    """The bytes without the few queries that the emulator would print as text."""
    return _UNKNOWN_TO_PYTE.sub(b"", piece)
