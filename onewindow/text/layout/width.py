"""Widths in terminal cells: measuring, cutting, padding and wrapping, in agreement with what is painted."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"

# Latin, Greek, Cyrillic, general punctuation, currency signs, box drawing: one cell each, nothing combining.
_ONE_CELL_EACH = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u20a0-\u20bf\u2116\u2500-\u25fc]*"
).fullmatch
_ZERO = {"Mn", "Mc", "Me", "Cc", "Cf", "Zl", "Zp"}

# Where the painter departs from the East Asian Width property: (first, last, cells).
_EXCEPTIONS = (
    (0x00AD, 0x00AD, 1),
    (0x0600, 0x0605, 1),
    (0x06DD, 0x06DD, 1),
    (0x070F, 0x070F, 1),
    (0x1160, 0x11FF, 0),
    (0x2630, 0x2637, 2),
    (0x268A, 0x268F, 2),
    (0x3164, 0x3164, 0),
    (0x4DC0, 0x4DFF, 2),
    (0xD7B0, 0xD7FB, 0),
    (0xFFA0, 0xFFA0, 0),
    (0x1D300, 0x1D376, 2),
    (0x1F3FB, 0x1F3FF, 0),
)


@lru_cache(maxsize=4096)
def _char_width(char: str) -> int:
    code = ord(char)
    for first, last, cells in _EXCEPTIONS:
        if first <= code <= last:
            return cells
    if unicodedata.category(char) in _ZERO:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _widened_by_style(char: str) -> bool:
    """Whether the emoji variation selector makes this narrow character two cells wide."""
    if char in "#*0123456789©®‼⁉™ℹ":
        return True
    return (
        "\u2194" <= char != "\ufffd" and unicodedata.category(char) in {"So", "Sm"} and _char_width(char) == 1
    )


def _clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what must not be cut apart (a character with its marks and joined emoji) and its cells."""
    cluster, cells, measured, joined = "", 0, "", False
    for char in text:
        if joined or char == _JOINER:
            cluster, joined = cluster + char, not joined
        elif char == _EMOJI_STYLE:
            cluster += char
            if measured and _widened_by_style(measured):
                cells += 1
            measured = ""
        elif width := _char_width(char):
            if cluster:
                yield cluster, cells
            cluster, cells, measured = char, width, char
        else:
            cluster += char
    if cluster:
        yield cluster, cells


@lru_cache(maxsize=4096)
def _measured_width(text: str) -> int:
    return sum(cells for _, cells in _clusters(text))


def cell_width(text: str) -> int:
    """Return how many terminal cells one line of text takes."""
    # Nearly all text: a regular expression in C is much faster than a look at each character.
    if _ONE_CELL_EACH(text):
        return len(text)
    return _measured_width(text)


def _take(text: str, width: int) -> tuple[str, int]:
    """Return the longest beginning of the text that fits into the cells, and the cells it takes."""
    taken, used = "", 0
    for cluster, cells in _clusters(text):
        if used + cells > width:
            break
        taken, used = taken + cluster, used + cells
    return taken, used


def fit(text: str, width: int, align: Literal["left", "right"] = "left", ellipsis: str = "…") -> str:
    """Return the text padded or cut, with the ellipsis at the cut, to exactly `width` cells."""
    if width <= 0:
        return ""
    # A joiner at the end would swallow the first space of the padding.
    text = text.rstrip(_JOINER)
    used = cell_width(text)
    if used > width:
        tail = ellipsis if cell_width(ellipsis) <= width else ""
        head, used = _take(text, width - cell_width(tail))
        text = head.rstrip(_JOINER) + tail
        used += cell_width(tail)
    padding = " " * (width - used)
    return padding + text if align == "right" else text + padding


def _wrap_line(line: str, width: int) -> Iterator[str]:
    current, used = "", 0
    for word in filter(None, line.split(" ")):
        cells = cell_width(word)
        if current and used + 1 + cells <= width:
            current, used = f"{current} {word}", used + 1 + cells
            continue
        if current:
            yield current
        while cells > width:
            # A character wider than the line still has to go somewhere.
            head = _take(word, width)[0] or next(_clusters(word))[0]
            yield head
            word = word[len(head) :]
            cells = cell_width(word)
        current, used = word, cells
    yield current


def wrap(text: str, width: int) -> list[str]:
    """Return the text as lines of at most `width` cells, broken between words, or inside words too long."""
    room = max(width, 1)
    return [piece for line in text.split("\n") for piece in _wrap_line(line, room)]
