"""The terminal that the window is drawn on: read so that no byte ends the program, given back as it was."""

from __future__ import annotations

import os
import selectors
import signal
import sys
import termios
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from types import FrameType
from typing import IO, TYPE_CHECKING, Any, Protocol, cast, runtime_checkable

from textual import constants, events
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from onewindow.widgets.bursts import Brackets, KeyBurst, is_plain
from onewindow.widgets.terminal_keys import TELL_PLACES, KeyParser

if TYPE_CHECKING:
    from textual.app import App

_POLL_SECONDS = 0.1
"""How long the reading thread waits before it looks whether it should end."""
_READ_BYTES = 4096
_MORE_SECONDS = 0.004
"""How long the next piece of a long text may take to be one with it."""
_EARLY_SECONDS = 0.5
"""What is read first and so soon was typed before the program was there."""
_SEQUENCE = 32
"""More characters than the longest sequence of a key has."""
_MOST_COLUMNS, _MOST_ROWS = 1000, 400
"""A larger terminal is drawn in part: some report nonsense, and every cell costs memory."""
_MOST_PIXELS = 100_000
_GIVE_BACK = (
    b"\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l"
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1004l"
)
"""Everything off that the window switches on, the alternate screen and the hidden cursor too."""


@runtime_checkable
class _LeavesInOrder(Protocol):
    """A program that can end because of a signal, and keeps what was typed."""

    def leave_for(self, number: int) -> None:
        """End because of the signal with this number."""
        ...


class TerminalDriver(LinuxDriver):
    """Draws on the terminal behind the standard output, whatever became of the error output."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take the terminal of this process; `size` is for programs without one."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)  # pyright: ignore[reportUnknownMemberType]
        self._file = cast("IO[str]", _Output())
        self._is_drawing = False
        self._was_continued = False
        signal.signal(signal.SIGTSTP, self._asked_to_stop)
        signal.signal(signal.SIGCONT, self._continued)

    # drawing

    def start_application_mode(self) -> None:
        """Take the terminal: alternate screen, raw keys, mouse."""
        super().start_application_mode()
        if not constants.DISABLE_KITTY_KEY:
            self.write(TELL_PLACES)
            self.flush()
        self._is_drawing = True

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self._mouse_pixels:
            self.write("\x1b[?1016l")
        super().stop_application_mode()
        self._is_drawing = False

    def give_back_at_once(self) -> None:
        """Give the terminal back without the driver's threads, for a program that cannot end in order."""
        if not self._is_drawing:
            return
        with suppress(OSError, ValueError):
            os.set_blocking(self._file.fileno(), False)
            os.write(self._file.fileno(), _GIVE_BACK)
        if self.attrs_before is not None:
            with suppress(termios.error, OSError):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        # Kept where the app looks too: it would ask by itself, and a terminal that does not tell its size
        # gets two answers, between which the window would be laid out for ever.
        self._size = (min(columns, _MOST_COLUMNS), min(rows, _MOST_ROWS))
        return self._size

    # stopping, as ctrl+z does

    def stop_here(self) -> bool:
        """Give the terminal back and stop until somebody continues the program, then take the terminal again.

        False: there is no shell that could continue it, so it was not stopped.
        """
        self._was_continued = False
        self.suspend_application_mode()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        try:
            # The whole job, as the terminal would do it; the system ignores it where no shell controls jobs.
            os.killpg(os.getpgrp(), signal.SIGTSTP)
            self._wait_for_the_foreground()
        finally:
            signal.signal(signal.SIGTSTP, self._asked_to_stop)
            self.resume_application_mode()
        return self._was_continued

    def _wait_for_the_foreground(self) -> None:
        """Stop again as long as the program was continued in the background only."""
        with suppress(OSError):
            while os.tcgetpgrp(self.fileno) != os.getpgrp():
                self._was_continued = False
                os.killpg(os.getpgrp(), signal.SIGTTIN)
                if not self._was_continued:
                    return

    def _asked_to_stop(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._loop.call_soon_threadsafe(self._app.call_later, self._app.action_suspend_process)

    def _continued(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        self._was_continued = True
        if self._is_drawing:
            # Stopped by a signal that cannot be caught: the shell has taken the terminal meanwhile.
            self._loop.call_soon_threadsafe(self._app.call_later, self._take_again)

    def _take_again(self) -> None:
        if self._is_drawing:
            self.suspend_application_mode()
            self.resume_application_mode()
            self._app.refresh(layout=True)

    # reading

    def run_input_thread(self) -> None:
        """Read keys until the driver ends; a terminal that is gone ends the program."""
        decode = getincrementaldecoder("utf-8")("ignore").decode
        reader = Reader()
        begun = monotonic()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(_POLL_SECONDS):
                    data = self._read_whole(selector)
                    if data is None:
                        continue
                    if not data:
                        self._loop.call_soon_threadsafe(self._gone)
                        return
                    is_early = monotonic() - begun < _EARLY_SECONDS
                    # Only the first read can be early: what comes later was typed at the window.
                    begun = 0.0
                    self._pass_on(reader.understood(decode(data), is_early=is_early))
                else:
                    self._pass_on(reader.rested())
                self._pass_on(reader.ticked())

    def _read_whole(self, selector: selectors.BaseSelector) -> bytes | None:
        """What was typed; of a long text, or one of several lines, all that comes right behind it."""
        data = piece = self._read()
        while piece and data and (len(piece) == _READ_BYTES or _has_lines(data)):
            if not selector.select(_MORE_SECONDS):
                break
            piece = self._read()
            data += piece or b""
        return data

    def _read(self) -> bytes | None:
        """What was typed, None for nothing now, nothing at all if the terminal is gone."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except (InterruptedError, BlockingIOError):
            return None
        except OSError:
            return b""

    def _pass_on(self, messages: Iterator[Message]) -> None:
        for message in messages:
            sound = self._sound(message)
            if sound is not None:
                with suppress(Exception):
                    self.process_message(sound)

    def _sound(self, message: Message) -> Message | None:
        """A message that the window can take: a size that the terminal has, characters that are text."""
        if isinstance(message, events.Resize):
            size = Size(*self._get_terminal_size())
            pixels = message.pixel_size
            is_possible = pixels is not None and all(0 < pixel < _MOST_PIXELS for pixel in pixels)
            return events.Resize(size, size, pixel_size=pixels if is_possible else None)
        if isinstance(message, events.Key) and not _is_text(message.character or ""):
            return None
        return message

    def _gone(self) -> None:
        if isinstance(self._app, _LeavesInOrder):
            self._app.leave_for(signal.SIGHUP)
        else:
            self._app.exit(return_code=1)


class Reader:
    """Makes messages of what a terminal sends: its parser is replaced where a sequence breaks it."""

    def __init__(self) -> None:
        """Begin to read."""
        self._parser = KeyParser()
        self._brackets = Brackets()
        self._is_in_sequence = False

    def understood(self, text: str, *, is_early: bool = False) -> Iterator[Message]:
        """The messages that are complete with this text; raises nothing.

        `is_early`: it was typed before the program was there.
        """
        for part in self._brackets.split(text):
            if isinstance(part, events.Paste):
                yield part
            elif is_plain(part) and not self._is_in_sequence:
                yield KeyBurst(part, is_early=is_early)
            else:
                yield from self._fed(part)
        self._is_in_sequence = "\x1b" in text[-_SEQUENCE:]

    def rested(self) -> Iterator[Message]:
        """The messages that are complete because nothing came for a moment; raises nothing."""
        self._is_in_sequence = False
        yield from self._fed(self._brackets.flush())

    def _fed(self, text: str) -> Iterator[Message]:
        # One by one: what a broken sequence leaves behind is read on.
        for character in text:
            try:
                yield from list(self._parser.feed(character))
            except Exception:
                self._begin_again()

    def ticked(self) -> Iterator[Message]:
        """The messages that are complete because nothing followed for a while; raises nothing."""
        try:
            yield from list(self._parser.tick())
        except Exception:
            self._begin_again()

    def _begin_again(self) -> None:
        before, self._parser = self._parser, KeyParser()
        size, pixels = before.terminal_size, before.terminal_pixel_size
        if size and pixels and all((*size, *pixels)):
            self._parser.mouse_pixels = before.mouse_pixels
            self._parser.terminal_size, self._parser.terminal_pixel_size = size, pixels


class _Output:
    """The terminal as a text file of its own; after it is gone, what is written to it is lost in silence."""

    def __init__(self) -> None:
        standard = sys.__stdout__ if sys.__stdout__ and sys.__stdout__.isatty() else sys.__stderr__
        assert standard is not None  # noqa: S101  no window is opened without a terminal
        self._stream = open(  # noqa: SIM115, PTH123  it lives as long as the window
            os.dup(standard.fileno()), "w", encoding=standard.encoding, errors="replace", newline=""
        )

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            return self._stream.write(text)
        return 0

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return True


def _has_lines(data: bytes) -> bool:
    """Whether it is more than the one key that ends a line."""
    return len(data) > 1 and (b"\r" in data or b"\n" in data)


def _is_text(text: str) -> bool:
    """Whether characters can be kept: half of one (a lone surrogate) cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
