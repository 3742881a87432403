"""Rows of a file as text: what every reader of this room gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, dropwhile, islice

from onewindow.exchange.headers.header_row import (
    HEADER_WINDOW,
    header_place,
    is_data,
    is_sum,
    names_of_two_rows,
)
from onewindow.exchange.own_files import FIRST_ROWS, has_own_columns, has_own_rows
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.values.no_values import EMPTY_CELLS, is_error_cell

MAX_COLUMNS = 1_000
MAX_CELL = 1_000_000
MAX_OWN_CELL = 2_000_000
"""The longest text of a cell, in characters; in a file of ours it is that of a long text."""
MAX_HEADER = 1_000


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a person said of how a file is to be read; empty where it is to be found out."""

    encoding: str = ""
    sheet: str = ""
    """The title of a sheet, or its place from 1."""
    header_row: int = 0
    """The number of the row with the column names, as the file shows it."""
    delimiter: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row: where it begins in the file (1-based) and its cells by header, as typed."""

    number: int
    values: dict[str, str]
    flags: tuple[str, ...] = ()
    """What is odd of the row as a whole."""
    left_out: str = ""
    """Why no record is to be made of it, as a clause: a card of a group is no person."""
    refused: str = ""
    """Why it cannot be read though the others can, as a clause."""


@dataclass(frozen=True, slots=True)
class RowTable:
    """The headers of a file and its rows, read as they are asked for; reading may raise `FileProblem`."""

    headers: list[str]
    rows: Iterator[SourceRow]
    file_format: str
    notes: ReadingNotes = field(default_factory=ReadingNotes)
    is_literal: bool = False
    """Whether a One Window wrote it, though without the columns that tell: cells are what they say."""
    is_own: bool = False
    """Whether a One Window wrote it, with ids of ours."""


def without_blanks(row: list[str], is_own: bool) -> list[str]:
    """A row of cells without blanks around them, unless a One Window wrote it."""
    return row if is_own else [*map(str.strip, row)]


def table_of_cells(
    cells: Iterable[tuple[int, list[str]]],
    name: str,
    file_format: str,
    notes: ReadingNotes | None = None,
    *,
    header_row: int = 0,
    is_ragged: bool = False,
    typed: Callable[[list[str], bool], list[str]] = without_blanks,
) -> RowTable:
    """Take the first row that reads like column names as the headers, and give what follows back as rows.

    `header_row` names the row instead. Rows shorter than the header are flagged where `is_ragged`: in a
    format that writes empty cells too. `typed` makes of the cells of a row what was typed there; its second
    argument is whether a One Window wrote the file. Errors of formulas, programs' words for nothing and sums
    are left out and noted, except from a file of our own. Raises `FileProblem` when there is no row of column
    names, and while reading when a row does not fit it.
    """
    notes = ReadingNotes() if notes is None else notes
    numbered = iter(cells)
    if header_row:
        numbered = dropwhile(lambda line: line[0] < header_row, numbered)
    window: list[tuple[int, list[str]]] = []
    shown: list[list[str]] = []
    for number, cells_of_row in numbered:
        clean = typed(cells_of_row, False)
        if any(clean):
            window.append((number, cells_of_row))
            shown.append(clean)
            if len(window) == HEADER_WINDOW:
                break
    if not window:
        if header_row:
            remedy = "give --header-row the number of the row with the column names"
            raise FileProblem(name, f"there is no row {header_row}", remedy)
        raise FileProblem(name, "there is no row of column names", "put the column names into the first row")
    if header_row:
        first, place, names = 0, 0, shown[0]
    else:
        first, place, names = names_of_two_rows(shown, header_place(shown))
    number = window[first][0]
    headers = _without_empty_end(names)
    _check_headers(headers, number, name)
    unique = unique_headers(headers)
    notes.header_row = number
    notes.second_header_row = window[place][0] if place > first else 0
    notes.titles_above += [" ".join(filter(None, above)) for above in shown[:first]]
    rest = chain(window[place + 1 :], numbered)
    is_own = False
    if has_own_columns(unique):
        looked_at = list(islice(rest, FIRST_ROWS))
        is_own = has_own_rows(dict(zip(unique, row, strict=False)) for _, row in looked_at if any(row))
        rest = chain(looked_at, rest)
    is_misnamed = _are_too_wide(shown[place + 1 :], len(unique))
    rows = _Rows(unique, name, notes, typed, is_ragged=is_ragged, is_own=is_own, is_misnamed=is_misnamed)
    return RowTable(unique, rows.read(rest), file_format, notes, is_own=is_own)


def whole_rows(table: RowTable, name: str) -> Iterator[SourceRow]:
    """The rows of a file that comes in whole or not at all; raises FileProblem for a refused one."""
    for row in table.rows:
        if row.refused:
            raise FileProblem(name, row.refused, "mend that row", row=row.number)
        yield row


def unique_headers(headers: list[str]) -> list[str]:
    """Give every column a name of its own: an empty one becomes `column N`, a repeated one gets a number."""
    taken: set[str] = set()
    unique: list[str] = []
    for position, header in enumerate(headers, start=1):
        own = header or f"column {position}"
        name, copy = own, 1
        while name in taken:
            copy += 1
            name = f"{own} {copy}"
        taken.add(name)
        unique.append(name)
    return unique


def check_cell(text: str, name: str, row: int, column: str, most: int = MAX_CELL) -> str:
    """Give back the cell, or raise `FileProblem` when it is too long."""
    if len(text) > most:
        raise FileProblem(
            name, f"the cell is over {most // 1_000_000} MB", "shorten it", row=row, column=column
        )
    return text


def _check_headers(headers: list[str], number: int, name: str) -> None:
    if len(headers) > MAX_COLUMNS:
        what = f"there are {len(headers)} columns, more than {MAX_COLUMNS}"
        raise FileProblem(name, what, "delete the columns that are not needed", row=number)
    if max(map(len, headers)) > MAX_HEADER:
        what = f"a column name is over {MAX_HEADER} characters"
        raise FileProblem(name, what, "put the column names into the first row", row=number)
    data = next(filter(is_data, headers), None)
    if data is not None or not any(character.isalpha() for header in headers for character in header):
        shown = (data or headers[0])[:40]
        where = "the first row" if number == 1 else f"row {number}"
        what = f"{where} looks like data ({shown}), not like column names"
        raise FileProblem(name, what, "put a row of column names above it", row=number)


class _Rows:
    """Gives rows of cells back under their headers."""

    def __init__(
        self,
        headers: list[str],
        name: str,
        notes: ReadingNotes,
        typed: Callable[[list[str], bool], list[str]],
        *,
        is_ragged: bool,
        is_own: bool,
        is_misnamed: bool,
    ) -> None:
        self._headers = headers
        self._name = name
        self._notes = notes
        self._is_ragged = is_ragged
        self._typed = typed
        self._is_own = is_own
        self._is_misnamed = is_misnamed

    def read(self, numbered: Iterable[tuple[int, list[str]]]) -> Iterator[SourceRow]:
        headers, name, notes = self._headers, self._name, self._notes
        width = len(headers)
        padding = [""] * width
        is_own, is_foreign, typed = self._is_own, not self._is_own, self._typed
        most = MAX_OWN_CELL if is_own else MAX_CELL
        for number, typed_cells in numbered:
            row = typed(typed_cells, is_own)
            if is_foreign and not EMPTY_CELLS.isdisjoint(row):
                row = self._without_nothings(row)
            if not any(row):
                continue
            refused = self._too_wide(row, number) if len(row) > width else ""
            if max(map(len, row)) > most:
                for header, cell in zip(headers, row, strict=False):
                    check_cell(cell, name, number, header, most)
            if is_foreign and is_sum(row, width):
                notes.totals.append(number)
                continue
            notes.rows += 1
            flags = self._flags(number, len(row)) if self._is_ragged and len(row) < width else ()
            if number in notes.run_over:
                flags = (*flags, "a cell runs over its column")
            cells = dict(zip(headers, row + padding[len(row) :], strict=False))
            yield SourceRow(number, cells, flags, refused=refused)
        notes.is_finished = True

    def _without_nothings(self, row: list[str]) -> list[str]:
        cleaned = list(row)
        for place, cell in enumerate(row):
            if cell in EMPTY_CELLS:
                cleaned[place] = ""
                if is_error_cell(cell):
                    self._notes.errors += 1
                else:
                    self._notes.nulls += 1
        return cleaned

    def _too_wide(self, row: list[str], number: int) -> str:
        """Why a row with too many cells is refused; raises FileProblem where the others are so too."""
        width = len(self._headers)
        kept = _without_empty_end(row)
        if len(kept) <= width:
            return ""
        what = f"it has {len(kept)} cells but there are {width} column names"
        if self._is_misnamed:
            remedy = "quote a cell that holds the delimiter, " if self._is_ragged else ""
            remedy += "name the extra columns, or say with --header-row which row has the column names"
            raise FileProblem(self._name, what, remedy, row=number)
        extra = ", ".join(f"“{cell[:40]}”" for cell in kept[width : width + 3])
        return f"{what}; {extra} stands behind the last one"

    def _flags(self, number: int, cells: int) -> tuple[str, ...]:
        self._notes.short_rows.append(number)
        return (f"the row has {cells} cell{'s' * (cells > 1)} under {len(self._headers)} column names",)


def _are_too_wide(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether most of the first rows have more cells than there are column names: these are others then."""
    wide = sum(len(_without_empty_end(list(row))) > width for row in rows)
    return wide * 2 > len(rows)


def _without_empty_end(row: list[str]) -> list[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]
