"""CSV and its relatives: cells between `;`, `,`, tab or `|`, with quotes and newlines inside quotes."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from onewindow.exchange.encoding.detection import Text
from onewindow.exchange.headers.header_row import HEADER_WINDOW, header_place, is_header_known
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import MAX_OWN_CELL, ReadAs, RowTable, table_of_cells
from onewindow.exchange.tables.fixed_width import are_apart, column_starts, cut, is_rule, named_places

_AS_IT_IS = ReadAs()
DELIMITERS = ";,\t|"
_SIGNS = 10
"""Room for what the writer puts around a cell that is as long as may be."""
# A delimiter that no text holds: a file of one column then keeps its commas.
_NO_DELIMITER = "\x1f"
_RULES = frozenset("-=+|_")
"""How a line begins that parts the names of columns from the rows, as databases print it."""
_SAMPLE_CHARACTERS = 64_000
_SAMPLE_ROWS = 50
_DECLARED = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# The exact inverse of the apostrophe that the writer puts before a would-be formula.
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read_delimited(text: Text, name: str, read_as: ReadAs = _AS_IT_IS) -> RowTable:
    """Read a delimited text; the delimiter is found out unless given, or declared by a first line `sep=;`.

    A row's number is the line it begins on. Raises `FileProblem` here or while the rows are read.
    """
    sample = _sample(text)
    declared = _DECLARED.match(sample)
    skipped = 0
    delimiter = read_as.delimiter
    if declared:
        delimiter, skipped, sample = delimiter or declared[1], 1, sample[declared.end() :]
    used = delimiter or sniff_delimiter(sample)
    notes = ReadingNotes(
        encoding=text.encoding.label, encoding_is_told_by_letters=text.encoding.is_told_by_letters
    )
    if used == _NO_DELIMITER:
        fixed = _fixed_width(text, sample, name, notes, read_as)
        if fixed is not None:
            return fixed
    else:
        notes.delimiter = used
    return table_of_cells(
        _cells(text, used, name, skipped),
        name,
        "tsv" if used == "\t" else "csv",
        notes,
        header_row=read_as.header_row,
        is_ragged=True,
        typed=_typed_row,
    )


def _fixed_width(text: Text, sample: str, name: str, notes: ReadingNotes, read_as: ReadAs) -> RowTable | None:
    """A text of columns parted by blanks, None for one column; raises FileProblem if they do not line up."""
    lines = sample.splitlines()
    # The last line of a full sample is cut anywhere and would seem not to line up.
    complete = lines if len(sample) < _SAMPLE_CHARACTERS else lines[:-1]
    from_header = complete[max(0, read_as.header_row - 1) :]
    for place, line in enumerate(from_header[:HEADER_WINDOW]):
        names = named_places(line)
        if len(names) < 2 or not is_header_known([line[begin:end] for begin, end in names]):
            continue
        starts = column_starts(from_header[place:])
        if starts is None and len(names) > 2:
            what = "its columns are parted by blanks and do not stand under their names"
            raise FileProblem(name, what, "export it as CSV or XLSX, or name the sign with --delimiter")
        if starts is None:
            return None
        notes.is_fixed_width = True
        header = max(1, read_as.header_row) + place
        are_odd_told = are_apart(from_header[place:], starts)
        run_over = notes.run_over if are_odd_told else set[int]()
        cells = cut((line.rstrip("\r\n") for line in text.lines()), starts, run_over)
        return table_of_cells(cells, name, "txt", notes, header_row=header)
    return None


def sniff_delimiter(sample: str) -> str:
    """Find the delimiter: the one that splits most rows into as many cells as the header has.

    Lines of a title may stand above the header; a text that nothing splits is one column.
    """
    best, best_score = _NO_DELIMITER, (0.0, 0)
    for candidate in DELIMITERS:
        widths = [len(row) for row in _rows(sample, candidate)]
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        # Rows of one width count before many columns: commas in texts split some rows often.
        if (alike, widths[0]) > best_score:
            best, best_score = candidate, (alike, widths[0])
    return _delimiter_under_titles(sample) if best == _NO_DELIMITER else best


def _delimiter_under_titles(sample: str) -> str:
    best, best_score = _NO_DELIMITER, (0, 0)
    for candidate in DELIMITERS:
        rows = [row for row in _rows(sample, candidate) if any(row)]
        place = header_place([[cell.strip() for cell in row] for row in rows[:HEADER_WINDOW]]) if rows else 0
        width = len(rows[place]) if rows else 0
        if place and width > 1 and is_header_known(rows[place]):
            alike = sum(len(row) == width for row in rows)
            best, best_score = max(
                (best, best_score), (candidate, (alike, width)), key=lambda scored: scored[1]
            )
    return best


def _sample(text: Text) -> str:
    pieces: list[str] = []
    size = 0
    for line in text.lines():
        pieces.append(line)
        size += len(line)
        if size > _SAMPLE_CHARACTERS:
            break
    return "".join(pieces)


def _rows(sample: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(MAX_OWN_CELL + _SIGNS)
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    with contextlib.suppress(csv.Error):  # a cell over the limit: told when the file is read
        rows += islice((row for row in reader if row), _SAMPLE_ROWS)
    return rows


def _cells(text: Text, delimiter: str, name: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    consumed: list[str] = []
    lines = _remembered(islice(text.lines(), skipped, None), consumed)
    csv.field_size_limit(MAX_OWN_CELL + _SIGNS)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + skipped + 1
        consumed.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            row = _row_with_stray_quotes(consumed, delimiter, name, number, error)
        lines_read = consumed[0] if len(consumed) == 1 else "".join(consumed)
        if lines_read[:1] in _RULES and number > 1 and is_rule(lines_read):
            continue
        yield number, row


def _remembered(lines: Iterable[str], consumed: list[str]) -> Iterator[str]:
    for line in lines:
        consumed.append(line)
        yield line


def _row_with_stray_quotes(
    consumed: list[str], delimiter: str, name: str, number: int, error: csv.Error
) -> list[str]:
    """Split a row such as `"Daisy" Ltd;Sofia`, whose quotes are text; refuse a quote that runs over lines."""
    if "limit" in str(error):
        remedy = "shorten it, or close the quote that opens it"
        raise FileProblem(
            name, f"a cell is over {MAX_OWN_CELL // 1_000_000} MB", remedy, row=number
        ) from error
    row = _literal_cells(consumed[0].rstrip("\r\n"), delimiter) if len(consumed) == 1 else None
    if row is None or any(cell.startswith('"') and cell.count('"') % 2 for cell in row):
        what = "a quote that begins in this row is not closed"
        raise FileProblem(name, what, "close it, or double the quotes inside the cell", row=number) from error
    return row


def _literal_cells(line: str, delimiter: str) -> list[str]:
    """Split one line, taking a cell as quoted only when its quotes embrace the whole of it."""
    mark = re.escape(delimiter)
    cell = re.compile(rf'"((?:[^"]|"")*)"(?={mark}|$)|([^{mark}]*)')
    row: list[str] = []
    position = 0
    while position <= len(line):
        match = cell.match(line, position)
        if match is None:
            break
        quoted: str | None = match[1]
        row.append(match[2] if quoted is None else quoted.replace('""', '"'))
        position = match.end() + 1
    return row


def _typed_row(row: list[str], is_own: bool) -> list[str]:
    """What was typed into the cells of a row, of which spreadsheets were told not to run any."""
    cells = row if is_own else [*map(str.strip, row)]
    line = "\n".join(cells)
    return [_typed(cell) for cell in cells] if "'" in line or '="' in line else cells


def _typed(text: str) -> str:
    sign = text[:1]
    if sign == "'" and _ESCAPED_FORMULA.match(text):
        return text[1:]
    if sign == "=" and text.startswith('="'):
        wrapped = _EXCEL_TEXT.fullmatch(text)
        return wrapped[1] if wrapped else text
    return text
