"""Rows of a file as text: what every reader of this room gives back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onewindow.exchange.problems import FileProblem

MAX_COLUMNS = 1_000
MAX_CELL = 1_000_000
MAX_HEADER = 1_000

# Longer than any phone or address: the search for one must not run through a megabyte of text.
_LONGEST_DATA_CELL = 120
_DATA_CELL = re.compile(r"\S+@\S+\.\S+|[+(\d][\d\s().,:/+-]{5,}")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: where it begins in the file (1-based) and its cells by header, as typed."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowTable:
    """The headers of a file and its rows, read as they are asked for; reading may raise `FileProblem`."""

    headers: list[str]
    rows: Iterator[SourceRow]
    file_format: str


def table_of_cells(cells: Iterable[tuple[int, list[str]]], name: str, file_format: str) -> RowTable:
    """Take the first row that is not blank as the headers, and give the rest back as rows.

    Raises `FileProblem` when there is no row of column names, and while reading when a row does not fit it.
    """
    numbered = iter(cells)
    for number, row in numbered:
        headers = _without_empty_end(row)
        if headers:
            _check_headers(headers, number, name)
            unique = unique_headers(headers)
            return RowTable(unique, _rows(numbered, unique, name), file_format)
    raise FileProblem(name, "there is no row of column names", "put the column names into the first row")


def unique_headers(headers: list[str]) -> list[str]:
    """Give every column a name of its own: an empty one becomes `column N`, a repeated one gets a number."""
    taken: set[str] = set()
    unique: list[str] = []
    for position, header in enumerate(headers, start=1):
        wanted = header or f"column {position}"
        name, copy = wanted, 1
        while name in taken:
            copy += 1
            name = f"{wanted} {copy}"
        taken.add(name)
        unique.append(name)
    return unique


def check_cell(text: str, name: str, row: int, column: str) -> str:
    """Give back the cell, or raise `FileProblem` when it is over 1 MB."""
    if len(text) > MAX_CELL:
        raise FileProblem(name, "the cell is over 1 MB", "shorten it", row=row, column=column)
    return text


def _check_headers(headers: list[str], number: int, name: str) -> None:
    if len(headers) > MAX_COLUMNS:
        what = f"there are {len(headers)} columns, more than {MAX_COLUMNS}"
        raise FileProblem(name, what, "delete the columns that are not needed", row=number)
    if max(map(len, headers)) > MAX_HEADER:
        what = f"a column name is over {MAX_HEADER} characters"
        raise FileProblem(name, what, "put the column names into the first row", row=number)
    short = (header for header in headers if len(header) <= _LONGEST_DATA_CELL)
    data = next((header for header in short if _DATA_CELL.fullmatch(header)), None)
    if data is not None or not any(character.isalpha() for header in headers for character in header):
        shown = (data or headers[0])[:40]
        what = f"the first row looks like data ({shown}), not like column names"
        raise FileProblem(name, what, "put a row of column names above it", row=number)


def _rows(numbered: Iterator[tuple[int, list[str]]], headers: list[str], name: str) -> Iterator[SourceRow]:
    width = len(headers)
    padding = [""] * width
    for number, row in numbered:
        if not any(row):
            continue
        if len(row) > width:
            _refuse_extra_cells(row, width, number, name)
        if max(map(len, row)) > MAX_CELL:
            for header, cell in zip(headers, row, strict=False):
                check_cell(cell, name, number, header)
        yield SourceRow(number, dict(zip(headers, row + padding[len(row) :], strict=False)))


def _refuse_extra_cells(row: list[str], width: int, number: int, name: str) -> None:
    cells = len(_without_empty_end(row))
    if cells > width:
        what = f"it has {cells} cells but there are {width} column names"
        raise FileProblem(
            name, what, "quote a cell that holds the delimiter, or name the extra columns", row=number
        )


def _without_empty_end(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
