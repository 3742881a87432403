"""Texts longer than a cell of a workbook: their rest stands in a sheet of its own, and is put back when read.

A cell is known by what it holds, not by its place: a sheet that somebody sorted still reads back right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

LONG_TEXTS = "long texts"
"""The title of that sheet."""
COLUMNS = ("cell", "part", "row", "column", "text")
"""Its columns: the mark of the cell, the number of the part from 2, where the cell is, the part."""
MAX_TEXT = 32_767
"""The longest text of a cell as Excel counts it, in units of UTF-16."""

_SHORTEST = 8_000
"""A first part is longer: a full cell of rare letters, less the blanks at its end."""


def split_text(text: str) -> list[str]:
    """The text in parts that fit into a cell each, no character and no line end of two signs cut in half.

    No part begins or ends in a blank, which reading would lose.
    """
    if len(text) * 2 <= MAX_TEXT or _units(text) <= MAX_TEXT:
        return [text]
    parts: list[str] = []
    begun = 0
    while begun < len(text):
        end = min(len(text), begun + MAX_TEXT)
        while _units(text[begun:end]) > MAX_TEXT:
            end -= max(1, (_units(text[begun:end]) - MAX_TEXT) // 2)
        cut = end
        while end < len(text) and cut > begun + 1 and (text[cut - 1].isspace() or text[cut].isspace()):
            cut -= 1
        end = end if cut == begun + 1 else cut
        parts.append(text[begun:end])
        begun = end
    return parts


def mark_of(text: str) -> str:
    """What a cell is known by: a fingerprint of the text that stands in it."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]


def continued_texts(rows: Iterable[tuple[int, list[str]]]) -> dict[str, str]:
    """The rest of every long text by the mark of its cell; nothing from a sheet that is not of this kind."""
    numbered = iter(rows)
    head = next(numbered, None)
    if head is None or tuple(head[1]) != COLUMNS:
        return {}
    pieces: dict[str, list[tuple[int, str]]] = {}
    for _, row in numbered:
        if len(row) == len(COLUMNS) and row[1].isdecimal():
            pieces.setdefault(row[0], []).append((int(row[1]), row[4]))
    return {mark: "".join(text for _, text in sorted(parts)) for mark, parts in pieces.items()}


class Continued:
    """Puts the rest of long texts back to the cells where they begin."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._texts = texts

    def rows(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """The rows with whole texts."""
        for number, row in rows:
            if max(map(len, row), default=0) > _SHORTEST:
                row = [self._whole(cell) for cell in row]
            yield number, row

    def _whole(self, cell: str) -> str:
        return cell + self._texts.get(mark_of(cell), "") if len(cell) > _SHORTEST else cell


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
