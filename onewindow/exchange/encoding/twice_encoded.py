"""UTF-8 that was taken for a code page and saved as UTF-8 once more: `РќР°Р·РІР°РЅРёРµ` for `Название`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from onewindow.exchange.problems import FileProblem

_PAGES = ("cp1251", "cp1252", "mac_cyrillic", "cp866", "koi8_r")
_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f\u0400-\u045f\u0490\u0491№«»–—’“”„…€\u00a0]")
_ENOUGH = 2
"""Letters that a text must give back: one may be a matter of chance."""


def twice_through(text: str) -> str:
    """The code page through which a text was encoded twice, '' for one that was not."""
    lines = [line for line in text.splitlines()[:2_000] if not line.isascii()]
    return next((page for page in _PAGES if lines and _is_through(lines, page)), "")


def _is_through(lines: Sequence[str], page: str) -> bool:
    """Whether half of the lines at least, and letters enough, come back from a code page."""
    allowed = len(lines) // 2
    letters = 0
    for line in lines:
        won = _letters_won(line, page)
        letters += won
        allowed -= not won
        if allowed < 0:
            return False
    return letters >= _ENOUGH


def undo_twice(line: str, page: str, name: str, number: int) -> str:
    """The line as it was before the second encoding, or as it is if it was encoded once.

    Raises FileProblem for one of which letters were lost on the way.
    """
    try:
        return _bytes(line, page).decode("utf-8")
    except UnicodeError:
        if not _letters_won(line, page):
            return line
    what = "its text was encoded twice, and letters were lost on the way"
    raise FileProblem(name, what, "export it again as UTF-8", row=number)


def _letters_won(line: str, page: str) -> int:
    """How many letters two or three signs make each, if the line is read back; 0 if it makes no sense."""
    once = _bytes(line, page, errors="replace").decode("utf-8", errors="replace")
    won = [sign for sign in once if not sign.isascii() and sign != "\ufffd"]
    lost = once.count("\ufffd") + once.count("?") - line.count("?") - line.count("\ufffd")
    good = sum(1 for sign in won if _LETTERS.match(sign))
    return good if good >= len(won) * 0.9 and good >= lost * 3 else 0


def _bytes(line: str, page: str, errors: str = "strict") -> bytes:
    return line.translate(_table(page)).encode("latin-1", errors)


@cache
def _table(page: str) -> dict[int, int]:
    """Each sign of a code page → its byte as a character; a byte that the page lacks stands for itself."""
    table: dict[int, int] = {}
    for byte in range(0x80, 0x100):
        sign = bytes([byte]).decode(page, errors="ignore")
        if sign:
            table[ord(sign)] = byte
    return table
