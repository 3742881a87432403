"""The window at a real terminal: what it draws on, what it survives, and how it gives the terminal back."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "onewindow"]
_ESCAPE = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[0-9;:?<>=$!]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b."
)
_SECONDS = 20.0


def environment(home: Path) -> dict[str, str]:
    """The environment of a person with that home."""
    foreign = ("TEXTUAL", "ONEWINDOW", "NO_COLOR", "COLUMNS", "LINES")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return kept | {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "ONEWINDOW_DB": str(home / "t.db"),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }


class Shell:
    """A shell with job control at a terminal of its own; `sent` is what came to the terminal."""

    def __init__(self, home: Path, columns: int = 100, rows: int = 30) -> None:
        self.sent = bytearray()
        self.begin = 0
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            kept = {
                k: v for k, v in os.environ.items() if not k.startswith(("TEXTUAL", "ONEWINDOW", "NO_COLOR"))
            }
            kept |= {
                "HOME": str(home),
                "XDG_CONFIG_HOME": str(home / "config"),
                "XDG_STATE_HOME": str(home / "state"),
                "ONEWINDOW_DB": str(home / "t.db"),
                "TERM": "xterm-256color",
                "PS1": "sh> ",
                "LC_ALL": "C.UTF-8",
            }
            os.execvpe("bash", ["bash", "--norc", "--noprofile", "+o", "history", "-i"], kept)  # noqa: S606
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.type("bind 'set enable-bracketed-paste off'; stty cols 100 rows 30\r")
        self.until("rows 30")

    def run(self, end: str = "") -> None:
        """Start the window and wait until it is there."""
        self.mark()
        self.type(f"{shlex.join(PROGRAM)} {end}\r")
        self.until("? help")
        self.read(0.6)

    def type(self, text: str | bytes) -> None:
        """Send bytes to the terminal."""
        os.write(self.master, text.encode() if isinstance(text, str) else text)

    def mark(self) -> None:
        """Forget what was shown."""
        self.begin = len(self.sent)

    @property
    def shown(self) -> str:
        """What was written to the terminal since the mark, without escapes."""
        return _ESCAPE.sub(b"", bytes(self.sent[self.begin :])).decode("utf-8", "replace")

    def read(self, seconds: float) -> None:
        """Take in what comes for some time."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and select.select([self.master], [], [], left)[0]:
            try:
                self.sent += os.read(self.master, 65536)
            except OSError:
                return

    def until(self, wanted: str, seconds: float = _SECONDS) -> None:
        """Wait until a text was written since the mark."""
        end = time.monotonic() + seconds
        while wanted not in self.shown:
            assert time.monotonic() < end, f"no “{wanted}” in {self.shown[-2000:]!r}"
            self.read(0.05)

    def child(self) -> int:
        """The process of the window."""
        found = subprocess.run(["pgrep", "-P", str(self.pid)], capture_output=True, text=True, check=False)
        return int(found.stdout.split()[0])

    def mode(self, number: int) -> bool:
        """Whether a private mode of the terminal is on."""
        found = re.findall(rb"\x1b\[\?%d([hl])" % number, bytes(self.sent))
        return bool(found) and found[-1] == b"h"

    def assert_given_back(self) -> None:
        """The terminal is as a shell wants it."""
        on = {mode: self.mode(mode) for mode in (1049, 1000, 1003, 1006, 1015, 1016, 1004, 2004, 2048)}
        assert not any(on.values()), on
        assert self.mode(25)
        assert self.sent.count(b"\x1b[<u") == len(re.findall(rb"\x1b\[>\d+u", bytes(self.sent)))
        flags = termios.tcgetattr(self.master)[3]
        assert flags & termios.ISIG

    def close(self) -> None:
        """End all."""
        with contextlib.suppress(OSError):
            os.close(self.master)
        with contextlib.suppress(OSError):
            os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.waitpid(self.pid, 0)


@pytest.fixture(scope="module")
def one_client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that has one client."""
    path = tmp_path_factory.mktemp("made") / "t.db"
    subprocess.run([*PROGRAM, "--db", str(path), "client", "add", "Ромашка"], check=True, capture_output=True)
    return path


@pytest.fixture
def home(one_client: Path, tmp_path: Path) -> Path:
    """A home with a copy of it."""
    shutil.copy(one_client, tmp_path / "t.db")
    return tmp_path


@pytest.fixture
def shell(home: Path) -> Iterator[Shell]:
    made = Shell(home)
    yield made
    made.close()


def drafts(home: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(home / "t.db")) as file:
        return [row[0] for row in file.execute("SELECT typed FROM draft")]


@pytest.mark.parametrize("name", ["TERM", "HUP", "QUIT", "INT", "USR1"])
def test_a_signal_leaves_the_terminal_as_it_was_and_keeps_what_was_typed(
    name: str, shell: Shell, home: Path
) -> None:
    shell.run("; echo code $?.")
    shell.type("n")
    shell.until("new client")
    shell.type(f"письмо {name}")
    shell.until(f"письмо {name}")  # a busy machine may take its time for keys
    os.kill(shell.child(), getattr(signal, f"SIG{name}"))
    shell.until(f"code {128 + getattr(signal, f'SIG{name}')}.")
    shell.assert_given_back()
    assert any(f"письмо {name}" in typed for typed in drafts(home))


@pytest.mark.parametrize("is_form_open", [False, True])
def test_ctrl_z_stops_and_fg_draws_anew(is_form_open: bool, shell: Shell) -> None:
    shell.run()
    if is_form_open:
        shell.type("n")
        shell.until("new client")
        shell.type("вопрос")
        shell.until("вопрос")
    shell.mark()
    shell.type("\x1a")
    shell.until("Stopped")
    shell.assert_given_back()
    shell.mark()
    shell.type("fg\r")
    shell.until("вопрос" if is_form_open else "? help")
    assert shell.mode(1049)
    assert "Ромашка" in shell.shown
    assert "fg" not in shell.shown.split("\n", 1)[1].replace("fg\r", "")


def test_a_program_that_was_stopped_from_outside_draws_anew_too(shell: Shell) -> None:
    shell.run()
    for name in ("SIGTSTP", "SIGSTOP"):
        shell.mark()
        os.kill(shell.child(), getattr(signal, name))
        shell.until("Stopped")
        shell.mark()
        shell.type("fg\r")
        shell.until("? help")
        shell.read(0.3)


@pytest.mark.parametrize("sent_away", ["2>/dev/null", "2>>$HOME/errors.txt", "2>&-"])
def test_with_the_error_output_sent_away_the_window_is_still_seen(sent_away: str, shell: Shell) -> None:
    shell.run(sent_away)
    assert "Ромашка" in shell.shown
    shell.type("Q")
    shell.until("sh> ")
    shell.assert_given_back()


def test_where_no_shell_could_continue_it_ctrl_z_says_so(home: Path) -> None:
    pid, master = pty.fork()
    if pid == 0:
        os.execve(sys.executable, PROGRAM, environment(home))  # noqa: S606
    sent = b""

    def until(wanted: bytes) -> None:
        nonlocal sent
        end = time.monotonic() + _SECONDS
        while wanted not in _ESCAPE.sub(b"", sent):
            assert time.monotonic() < end, _ESCAPE.sub(b"", sent)[-2000:]
            if select.select([master], [], [], 0.1)[0]:
                sent += os.read(master, 65536)

    try:
        until(b"? help")
        # This terminal does not tell its size; a size that is made up twice was drawn without an end.
        before = len(sent)
        settle = time.monotonic() + 1
        while time.monotonic() < settle:
            if select.select([master], [], [], 0.1)[0]:
                sent += os.read(master, 65536)
        assert len(sent) - before < 50_000
        os.write(master, b"\x1a")
        until(b"No shell is here")
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(master)


def test_a_terminal_that_is_closed_ends_the_program(home: Path) -> None:
    shell = Shell(home)
    shell.run()
    window = shell.child()
    # The shell must not pass on the hang-up: only the terminal is gone.
    os.kill(shell.pid, signal.SIGKILL)
    os.waitpid(shell.pid, 0)
    os.close(shell.master)
    end = time.monotonic() + _SECONDS
    while Path(f"/proc/{window}").exists() and time.monotonic() < end:
        time.sleep(0.05)
    assert not Path(f"/proc/{window}").exists()


HOSTILE = [
    *(bytes([byte]) for byte in range(32) if byte not in (0x11, 0x1A, 0x04)),
    *(b"\xc2" + bytes([byte]) for byte in range(0x80, 0xA0)),
    *(bytes([byte]) for byte in range(0x7F, 0x100, 7)),
    b"\x1b[1099::115;5u",
    b"\x1b[1099;5u",
    b"\x1b[55296u",
    b"\x1b[99999999999u",
    b"\x1b[;;;;;u",
    b"\x1b[:::;:;:u",
    b"\x1b[<0;99999999999999;99999999999M",
    b"\x1b[<65;1;1M\x1b[<999;-5;-5m\x1b[<M\x1b[<;;M",
    b"\x1b[M\xff\xff\xff",
    b"\x1b[48;0;0;0;0t",
    b"\x1b[48;99999;99999;99999;99999t",
    b"\x1b[48;30;100;600;1000t\x1b[<0;5;5M",
    b"\x1b[?2048;1$y\x1b[?2048;9$y\x1b[?2026;1$y",
    b"\x1b[999999999;99999999R",
    b"\x1b[200~\x00\xff\xed\xa0\x80\x1b[31m\x1b[201~",
    b"\x1b]52;c;AAAA\x07\x1bP+q\x1b\\",
    b"\x1b[" + b"9" * 300 + b"m",
    b"\x1b" * 40,
]


@pytest.mark.parametrize("is_form_open", [False, True])
def test_no_byte_of_the_terminal_ends_the_program(is_form_open: bool, shell: Shell, home: Path) -> None:
    shell.run()
    window = shell.child()
    if is_form_open:
        shell.type("n")
        shell.until("new client")
    for piece in HOSTILE:
        shell.type(piece)
        shell.read(0.02)
        assert Path(f"/proc/{window}").exists(), f"{piece!r} ended it: {shell.shown[-1500:]}"
    shell.read(0.5)
    for _ in range(6):
        shell.type("\x1b")
        shell.read(0.25)
    shell.mark()
    shell.type("\x11")
    shell.until("sh> ")
    shell.assert_given_back()
    assert not list(home.glob("state/**/fault-*.txt")), [
        path.read_text() for path in home.glob("state/**/fault-*.txt")
    ]
