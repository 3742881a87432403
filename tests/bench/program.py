"""A program in a pseudo-terminal whose bytes are only counted, and what it costs. Linux only."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path

from tests.terminal import Terminal, onewindow

ROOT = Path(__file__).parents[2]
COLUMNS, ROWS = 120, 40
_START_SECONDS = 60.0
_ANSWER_SECONDS = 1.0


class Program(Terminal):
    """A running program; nothing is drawn here, so that reading along costs it no time."""

    sent: bytearray

    def __init__(self, command: list[str], configuration: Path) -> None:
        """Start it with an empty configuration of its own."""
        self.started = time.perf_counter()
        environ = neutral(configuration)
        super().__init__(command, columns=COLUMNS, rows=ROWS, environ=environ, cwd=ROOT)

    def __enter__(self) -> Program:
        """The running program; it is killed at the end."""
        return self

    def read(self, seconds: float) -> None:
        """Take in what the program writes for some time."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if self._is_readable(left):
                self.sent += os.read(self._master, 65536)

    def wait_for_bytes(self, *wanted: str) -> float:
        """Wait until the program has sent all these texts; gives the milliseconds since its start."""
        encoded = [text.encode() for text in wanted]
        end = self.started + _START_SECONDS
        while any(text not in self.sent for text in encoded):
            if time.perf_counter() > end or self.process.poll() is not None:
                raise RuntimeError(
                    f"{wanted} did not come: {bytes(self.sent[-2000:]).decode(errors='replace')}"
                )
            if self._is_readable(0.5):
                self.sent += os.read(self._master, 65536)
        return (time.perf_counter() - self.started) * 1000

    def cost_of(self, key: str, seconds: float) -> tuple[float, int]:
        """Press a key and watch for some time: milliseconds of processor time, and bytes sent."""
        spent, sent = self.processor_ms, len(self.sent)
        self.type(key)
        self.read(seconds)
        return self.processor_ms - spent, len(self.sent) - sent

    def time_of(self, key: str, quiet: float) -> float:
        """Press a key and wait for an answer and then for so many seconds without any.

        Gives milliseconds to the last byte before that silence; 0 where nothing came.
        """
        started = last = time.perf_counter()
        self.type(key)
        is_answered = False
        while self._is_readable(quiet if is_answered else _ANSWER_SECONDS):
            self.sent += os.read(self._master, 65536)
            is_answered, last = True, time.perf_counter()
        return (last - started) * 1000

    @property
    def processor_ms(self) -> float:
        """Processor time of all threads of the program so far."""
        return time.clock_gettime((~self.process.pid << 3) | 2) * 1000

    @property
    def resident_mb(self) -> float:
        """Memory of the program that is in use now, shared libraries included."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def _is_readable(self, seconds: float) -> bool:
        return bool(select.select([self._master], [], [], seconds)[0])


def neutral(configuration: Path) -> dict[str, str]:
    """An environment as after an installation: no settings, and modules compiled once."""
    return {
        "XDG_CONFIG_HOME": str(configuration),
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(configuration / "compiled"),
    }


def floor_program(configuration: Path) -> Program:
    """The empty app."""
    return Program([sys.executable, "-m", "tests.bench.floor_app"], configuration)


def window_program(database: Path, configuration: Path) -> Program:
    """Our window on a file."""
    return Program(onewindow("--db", str(database)), configuration)
