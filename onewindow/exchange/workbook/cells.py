"""The cells of one sheet of an XLSX file, row by row as they are asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice, pairwise
from typing import IO
from xml.parsers.expat import ParserCreate

from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.workbook.parts import Book, Parts, local, unescape

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CHUNK = 1 << 18
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})"')
_MOST_PIECES = 10_000
"""Pieces of the text of a cell, of up to 8 KB each, far over what a cell may hold."""
_LONGEST_MERGE = 300
_SORTED_AT_MOST = 2000
_MOST_MERGES = 100_000
_EXACT_DIGITS = 15
_DAY_MILLISECONDS = 86_400_000
_LAST_DAY = 2_958_466
"""Days from 1900 to the end of the year 9999."""
_SINCE_1900 = dt.datetime(1899, 12, 30)  # noqa: DTZ001  cells have no zone
_SINCE_1904 = dt.datetime(1904, 1, 1)  # noqa: DTZ001
_FALSE_LEAP_DAY = 60
"""Excel counts a 29th of February 1900 that never was."""
_PRINTED = frozenset(("v", "t"))


class RowTooFar(ValueError):
    """A cell that says it stands beyond the end of a sheet."""


def read_cells(parts: Parts, part: str, book: Book, notes: ReadingNotes) -> Iterator[tuple[int, list[str]]]:
    """The rows of a sheet with their numbers, every cell as text; rows that are not written are left out.

    Notes errors, formulas without a result and merged areas. Raises RowTooFar, ValueError, ExpatError.
    """
    with parts.open(part) as stream:
        merges = _merges(stream)
    with parts.open(part) as stream:
        rows = _in_order(_Sheet(book, notes).rows(stream))
        yield from _filled(rows, merges, notes) if merges else rows


def _in_order(rows: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows by their numbers: small programs write them in any order, and large files come in order."""
    head = list(islice(rows, _SORTED_AT_MOST))
    if any(earlier[0] > later[0] for earlier, later in pairwise(head)):
        head.sort(key=lambda row: row[0])
    yield from head
    yield from rows


class _Sheet:
    """Takes the events of the parser and makes rows of them."""

    def __init__(self, book: Book, notes: ReadingNotes) -> None:
        self._book = book
        self._notes = notes
        self._ready: list[tuple[int, list[str]]] = []
        self._names: dict[str, str] = {}
        self._columns: dict[str, int] = {}
        self._number = 0
        self._row: list[str] = []
        self._column = -1
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._is_printed = self._is_formula = self._is_spoken = False

    def rows(self, stream: IO[bytes]) -> Iterator[tuple[int, list[str]]]:
        parser = ParserCreate()
        # One call for a text instead of one for each of its entities and line ends.
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _no_doctype
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from self._ready
            self._ready.clear()
        parser.Parse(b"", True)
        yield from self._ready

    def _local(self, name: str) -> str:
        known = self._names.get(name)
        if known is None:
            known = self._names[name] = local(name)
        return known

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = self._local(name)
        if name == "c":
            place = attributes.get("r")
            self._column = self._column_of(place) if place else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s", "")
            self._pieces = []
            self._is_formula = False
        elif name in _PRINTED:
            self._is_printed = not self._is_spoken
        elif name == "row":
            said = attributes.get("r", "")
            self._number = int(said) if said else self._number + 1
            if self._number > LAST_ROW:
                raise RowTooFar
            self._row, self._column = [], -1
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":
            self._is_spoken = True

    def _text(self, text: str) -> None:
        if self._is_printed:
            self._pieces.append(text)
            if len(self._pieces) > _MOST_PIECES:
                raise ValueError

    def _end(self, name: str) -> None:
        name = self._local(name)
        if name in _PRINTED:
            self._is_printed = False
        elif name == "c":
            text = self._cell()
            if text:
                row = self._row
                # Empty cells are not in the file: a cell names its column, and the gap is filled.
                if self._column > len(row):
                    row += [""] * (self._column - len(row))
                row[self._column : self._column + 1] = [text]
        elif name == "row":
            self._ready.append((self._number, self._row))
        elif name == "rPh":
            self._is_spoken = False

    def _column_of(self, place: str) -> int:
        letters = place.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = self._columns[letters] = column_number(letters) - 1
        return known

    def _cell(self) -> str:
        raw = "".join(self._pieces)
        kind = self._type
        if not raw:
            if self._is_formula and kind != "str":
                self._notes.formulas_without_result += 1
            return ""
        if kind == "s":
            return self._book.strings[int(raw)]
        if kind == "n":
            return self._number_text(raw)
        if kind in ("str", "inlineStr"):
            return unescape(raw)
        if kind == "b":
            return "true" if raw.strip() in ("1", "true") else "false"
        if kind == "e":
            self._notes.errors += 1
            return ""
        return _iso(raw)

    def _number_text(self, raw: str) -> str:
        style = self._book.styles[int(self._style)] if self._style and self._book.styles else ""
        if not style:
            return number_text(raw)
        if style in ("date", "elapsed"):
            return moment_text(float(raw), is_elapsed=style == "elapsed", since_1904=self._book.is_since_1904)
        return number_text(raw).zfill(len(style))


def column_number(letters: str) -> int:
    """The place of a column from 1; raises RowTooFar for one that no sheet has."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= LAST_COLUMN:
        raise RowTooFar
    return number


def number_text(raw: str) -> str:
    """A number as a person would type it: no exponent, no empty fraction, no dust behind the 15th digit."""
    raw = raw.strip()
    if raw.removeprefix("-").isdecimal():
        return raw
    value = float(raw)
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    # A spreadsheet shows 15 digits; those behind are the binary fraction (0.1 + 0.2).
    exact = Decimal(repr(value))
    if not value.is_integer():
        exact = Decimal(f"{value:.{_EXACT_DIGITS}g}")
    return format(exact, "f").removesuffix(".0")


def moment_text(serial: float, *, is_elapsed: bool = False, since_1904: bool = False) -> str:
    """A number of days as ISO text: a day, a time of day, both, or hours that went by."""
    milliseconds = round(serial * _DAY_MILLISECONDS)
    if is_elapsed:
        minutes, seconds = divmod(abs(milliseconds) // 1000, 60)
        return f"{'-' * (serial < 0)}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if not 0 <= serial < _LAST_DAY:
        return number_text(repr(serial))
    start = _SINCE_1904 if since_1904 else _SINCE_1900
    if milliseconds < _DAY_MILLISECONDS and not since_1904:
        return (start + dt.timedelta(milliseconds=milliseconds)).time().isoformat("seconds")
    if not since_1904 and serial < _FALSE_LEAP_DAY:
        milliseconds += _DAY_MILLISECONDS
    try:
        # Half a second of the binary fraction is no second of the clock.
        moment = start + dt.timedelta(seconds=round(milliseconds / 1000))
    except OverflowError:
        return number_text(repr(serial))
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(timespec="seconds")


def _iso(raw: str) -> str:
    text = raw.strip()
    return text.removesuffix("Z").removesuffix(".000").removesuffix("T00:00:00")


def _no_doctype(*_: object) -> None:
    """No workbook declares entities: who does so means harm."""
    raise ValueError


_Merges = dict[int, list[tuple[int, int]]]
"""The first row of an area → its first column, from 0, and its last row."""


def _merges(stream: IO[bytes]) -> _Merges:
    """Merged areas of several rows. They stand behind all cells, so the whole part is looked through."""
    merges: _Merges = {}
    count, carried = 0, b""
    while chunk := stream.read(_CHUNK):
        seen = carried + chunk
        carried = seen[-_LONGEST_MERGE:]
        if b"mergeCell" not in seen:
            continue
        end = 0
        for match in _MERGE.finditer(seen):
            end = match.end()
            first, last = int(match[2]), int(match[3])
            count += 1
            if first < last <= LAST_ROW and count <= _MOST_MERGES:
                merges.setdefault(first, []).append((column_number(match[1].decode()) - 1, last))
        carried = seen[max(end, len(seen) - _LONGEST_MERGE) :]
    return merges


def _filled(
    rows: Iterator[tuple[int, list[str]]], merges: _Merges, notes: ReadingNotes
) -> Iterator[tuple[int, list[str]]]:
    """Rows whose cells under a merged one have its value, if they hold anything of their own."""
    open_areas: dict[int, tuple[int, str]] = {}
    for number, row in rows:
        open_areas = {column: area for column, area in open_areas.items() if area[0] >= number}
        if any(map(str.strip, row)):
            for column, (_, text) in open_areas.items():
                row += [""] * (column + 1 - len(row))
                row[column] = row[column] or text
        for column, last in merges.get(number, ()):
            if column < len(row) and row[column]:
                open_areas[column] = (last, row[column])
                notes.merged += 1
        yield number, row
