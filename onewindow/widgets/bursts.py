"""Characters that came from the terminal at once: what is pasted without brackets, or typed ahead.

A person presses one key at a time, so a read of the terminal gives one key as a rule. Several at once were
pasted into a terminal that does not say so, or typed while the line or the program stood still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from textual import events
from textual.keys import _character_to_key  # pyright: ignore[reportPrivateUsage]

PASTE_START, PASTE_END = "\x1b[200~", "\x1b[201~"
_SEQUENCE_START = "\x1b["
_LINE_END = re.compile("\r\n|\r|\n")
_RUN = re.compile(r"[^\x00-\x1f\x7f]*(?:[\r\n\t][^\x00-\x1f\x7f]*)*")
_SECOND_LINE = 4
"""Characters behind the first line end that make a paste of it: fewer are keys pressed after an enter."""
_LONG, _VARIED = 8, 5
"""Nobody types so many keys ahead, that many of them different, without seeing what they do."""


def plain_text(text: str) -> str:
    """A text that was pasted, with plain line ends and none around it."""
    return _LINE_END.sub("\n", text).strip("\n")


class KeyBurst(events.Event, bubble=False):
    """Text that came at once, line ends and tabs in it; `is_early`: typed before the window was there."""

    def __init__(self, text: str, *, is_early: bool = False) -> None:
        """Take the text with its line ends made plain."""
        super().__init__()
        self.text = _LINE_END.sub("\n", text)
        self.is_early = is_early
        self.is_rest = False
        """Whether its first keys were run already, so that what is left must be text."""
        self.has_others = False
        """Whether keys came at once with it that were given out already."""

    @property
    def is_paste(self) -> bool:
        """Whether it is text of several lines, and no text with the enter that ends it."""
        _, _, more = self.text.strip("\n").partition("\n")
        return not self.is_early and len(more.strip()) >= _SECOND_LINE

    @property
    def is_long(self) -> bool:
        """Whether it is more than anybody presses without looking."""
        return not self.is_early and len(self.text) >= _LONG and len(set(self.text)) >= _VARIED

    @property
    def first(self) -> events.Key:
        """Its first key."""
        return key_of(self.text[0])

    def split(self, *, rest_is_text: bool) -> list[events.Event]:
        """The first key, and what is left, which may have to be text from there on."""
        rest = self.text[1:]
        first = self.first
        first.time = self.time
        if self.has_others or rest:
            first.at_once = True  # pyright: ignore[reportAttributeAccessIssue]  read by whoever gives keys out
        if not rest:
            return [first]
        left = KeyBurst(rest, is_early=self.is_early)
        left.time = self.time
        left.is_rest = rest_is_text
        left.has_others = True
        return [first, left]

    def pieces(self, keys: str = "\n\t") -> Iterator[events.Event]:
        """Runs of text, each as one paste, and the keys between them: of enter and tab those in `keys`."""
        for piece in re.split(f"([{keys}])", self.text):
            if piece and piece in keys:
                yield key_of(piece)
            elif piece:
                yield events.Paste(piece)


def key_of(character: str) -> events.Key:
    """The key that types a character."""
    if character in ("\n", "\r"):
        return events.Key("enter", "\r")
    return (
        events.Key("tab", "\t") if character == "\t" else events.Key(_character_to_key(character), character)
    )


def is_plain(text: str) -> bool:
    """Whether a read is only characters, line ends and tabs, two at least."""
    return len(text) > 1 and _RUN.fullmatch(text) is not None


class Brackets:
    """Takes out of what a terminal sends the texts that it marks as pasted.

    The toolkit reads them a character at a time, and a megabyte is to be there at once.
    """

    def __init__(self) -> None:
        """Stand outside of a paste."""
        self._inside: list[str] | None = None
        self._held = ""

    def split(self, text: str) -> Iterator[events.Paste | str]:
        """Pasted texts that ended, and between them what is to be read as keys."""
        rest, self._held = self._held + text, ""
        while rest:
            if self._inside is None:
                keys, start, rest = rest.partition(PASTE_START)
                if not start:
                    keys = self._hold(keys)
                if keys:
                    yield keys
                if start:
                    self._inside = []
                continue
            # The end may stand across two reads.
            held = self._inside.pop() + rest if self._inside else rest
            pasted, end, rest = held.partition(PASTE_END)
            self._inside.append(pasted)
            if end:
                yield events.Paste("".join(self._inside).replace("\x00", ""))
                self._inside = None

    def flush(self) -> str:
        """What was held because it may begin a paste, after nothing has come behind it."""
        held, self._held = self._held, ""
        return held

    def _hold(self, text: str) -> str:
        """Hold the end of a read if it may be the beginning of a mark, and give the rest."""
        # The longest beginning first: a shorter one would give away the front of the mark.
        for length in range(min(len(text), len(PASTE_START) - 1), 0, -1):
            if text.endswith(PASTE_START[:length]):
                # Escape alone is a key, and must not wait.
                if length < len(text) or length > len(_SEQUENCE_START):
                    self._held = text[-length:]
                    return text[:-length]
                break
        return text


Lines = Literal["", "one", "many"]


class TakesLetters:
    """Mixed into a widget in which letters are text, or choose a value."""

    takes_letters: ClassVar[bool] = False
    """Whether letters choose a value in it, though nothing is typed there."""

    lines_of_text: ClassVar[Lines] = ""
    """How many lines of text it holds, '' for none."""


def takes_letters(widget: object) -> bool:
    """Whether letters choose a value in a widget, so that no letter may be the key of an action there."""
    return isinstance(widget, TakesLetters) and widget.takes_letters
