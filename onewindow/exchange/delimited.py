"""CSV and its relatives: cells between `;`, `,`, tab or `|`, with quotes and newlines inside quotes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import MAX_CELL, RowTable, table_of_cells

DELIMITERS = ";,\t|"
# A delimiter that no text holds: a file of one column then keeps its commas.
_NO_DELIMITER = "\x1f"
_SAMPLE_CHARACTERS = 64_000
_SAMPLE_ROWS = 50
_DECLARED = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
_EXCEL_TEXT = re.compile(r'="(.*)"', re.DOTALL)
# The exact inverse of the apostrophe that the writer puts before a would-be formula.
_ESCAPED_FORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def read_delimited(text: str, name: str, *, delimiter: str | None = None) -> RowTable:
    """Read a delimited text; the delimiter is found out unless given, or declared by a first line `sep=;`.

    A row's number is the line it begins on. Raises `FileProblem` here or while the rows are read.
    """
    declared = _DECLARED.match(text)
    skipped = 0
    if declared:
        delimiter, skipped, text = declared[1], 1, text[declared.end() :]
    used = delimiter or sniff_delimiter(text)
    return table_of_cells(_cells(text, used, name, skipped), name, "tsv" if used == "\t" else "csv")


def sniff_delimiter(text: str) -> str:
    """Find the delimiter: the one that splits most rows into as many cells as the header has."""
    sample = text[:_SAMPLE_CHARACTERS]
    if len(sample) < len(text):
        sample = sample[: sample.rfind("\n") + 1] or sample
    best, best_score = _NO_DELIMITER, (0.0, 0)
    for candidate in DELIMITERS:
        widths = _widths(sample, candidate)
        if not widths or widths[0] < 2:
            continue
        alike = sum(width == widths[0] for width in widths) / len(widths)
        if (alike, widths[0]) > best_score:
            best, best_score = candidate, (alike, widths[0])
    return best


def _widths(sample: str, delimiter: str) -> list[int]:
    csv.field_size_limit(MAX_CELL)
    widths: list[int] = []
    for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
        if row:
            widths.append(len(row))
        if len(widths) == _SAMPLE_ROWS:
            break
    return widths


def _cells(text: str, delimiter: str, name: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    consumed: list[str] = []
    lines = _remembered(io.StringIO(text, newline=""), consumed)
    csv.field_size_limit(MAX_CELL)
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
        has_signs = any("'" in line or '="' in line for line in consumed)
        yield number, [_typed(cell) for cell in row] if has_signs else [*map(str.strip, row)]


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
        raise FileProblem(name, "a cell is over 1 MB", remedy, row=number) from error
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
        found = cell.match(line, position)
        if found is None:
            break
        quoted: str | None = found[1]
        row.append(found[2] if quoted is None else quoted.replace('""', '"'))
        position = found.end() + 1
    return row


def _typed(cell: str) -> str:
    text = cell.strip()
    if text.startswith("'") and _ESCAPED_FORMULA.match(text):
        return text[1:]
    if text.startswith('="'):
        wrapped = _EXCEL_TEXT.fullmatch(text)
        return wrapped[1] if wrapped else text
    return text
