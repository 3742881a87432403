"""XLSX that goes out: typed cells, a bold first row that stays in view, and never a formula."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

# Costly (100 ms and more): this module is loaded only when somebody writes a workbook.
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from onewindow.exchange.export.writer import is_formula, plain_text
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.workbook.long_texts import COLUMNS, LONG_TEXTS, MAX_TEXT, mark_of, split_text
from onewindow.text.clean import sound
from onewindow.text.layout.width import cell_width

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MAX_ROWS = 1_048_576
"""Rows of a sheet, its head included, as Excel has them."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts a 29th of February 1900 that never was: days before this would shift."""
_EXACT = 10**15
_SAMPLE = 100
_WIDEST = 60
_SHEET_NAME = 31
_SHOWN = 5
_TITLES = ("name", "title", "subject", "number", "id")
_LONGEST_TITLE = 60
_ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
"""Characters that XML has not, or would change, and texts that Excel would take for such a one."""


def write_workbook(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], stream: BinaryIO, title: str
) -> list[str]:
    """Write one sheet row by row; texts stay texts, numbers and days are typed.

    A text that is too long for a cell goes on in a second sheet, from which reading puts it back: the
    sentences that come back say of which records. Characters that XML cannot carry are escaped as Excel
    does it. Raises FileProblem for more rows than a sheet holds.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet((title or "records")[:_SHEET_NAME])
    sheet.freeze_panes = "A2"
    first, others = _sample(rows)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column, first)
    head = [_cell(sheet, column) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    rest = _Rest()
    try:
        sheet.append(head)
        for count, row in enumerate(chain(first, others), start=2):
            if count > MAX_ROWS:
                what = f"there are more than {MAX_ROWS - 1} rows"
                raise FileProblem(title, what, "export CSV or filter them")
            sheet.append([_cell(sheet, rest.begun(row, column, count)) for column in columns])
    except BaseException:
        # The rows so far are in a file of the library's own, which only it can find.
        sheet.close()
        sheet._writer.cleanup()
        raise
    rest.write(book)
    book.save(stream)
    return rest.sentences()


class _Rest:
    """What did not fit into cells: the further parts of long texts, and whose they are."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, int, int, str, str]] = []
        self._whose: list[str] = []

    def begun(self, row: Mapping[str, object], column: str, number: int) -> object:
        """The value of a cell, only the first part of a text that is too long."""
        value = row.get(column)
        if not isinstance(value, str) or len(value) * 2 <= MAX_TEXT:
            return value
        first, *others = split_text(value)
        mark = mark_of(first)
        self._lines += [(mark, part, number, column, text) for part, text in enumerate(others, start=2)]
        if others:
            self._whose.append(f"{column} of {_title(row)}")
        return first

    def write(self, book: Workbook) -> None:
        """A sheet of what is left, if anything is."""
        if not self._lines:
            return
        sheet = book.create_sheet(LONG_TEXTS)
        sheet.append(list(COLUMNS))
        for line in self._lines:
            sheet.append([_cell(sheet, value) for value in line])

    def sentences(self) -> list[str]:
        """Which texts go on in the second sheet."""
        if not self._whose:
            return []
        count = len(self._whose)
        shown = ", ".join(self._whose[:_SHOWN]) + (f" and {count - _SHOWN} more" if count > _SHOWN else "")
        many = "1 text is" if count == 1 else f"{count} texts are"
        return [
            f"{many} longer than the {MAX_TEXT} characters of a cell and not cut: the rest stands in the "
            f"sheet “{LONG_TEXTS}”, and an import puts it back ({shown})."
        ]


def _title(row: Mapping[str, object]) -> str:
    title = next((str(row[name]) for name in _TITLES if row.get(name)), "a record without a name")
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1]}…"


def _sample(
    rows: Iterable[Mapping[str, object]],
) -> tuple[list[Mapping[str, object]], Iterator[Mapping[str, object]]]:
    remaining = iter(rows)
    return list(islice(remaining, _SAMPLE)), remaining


def _width(column: str, rows: Iterable[Mapping[str, object]]) -> int:
    widest = max((cell_width(plain_text(row.get(column))) for row in rows), default=0)
    return min(_WIDEST, max(widest, cell_width(column)) + 2)


def _cell(sheet: WriteOnlyWorksheet, value: object) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal) and abs(value) < _EXACT:
        return _formatted(sheet, value, "#,##0.00" if value.as_tuple().exponent else "#,##0")
    if isinstance(value, int | float) and abs(value) < _EXACT:
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
        return _formatted(sheet, value, "yyyy-mm-dd")
    return _text_cell(sheet, plain_text(value))


def _formatted(sheet: WriteOnlyWorksheet, value: Any, number_format: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    # Given as a value, =1+1 would become a formula and #N/A an error.
    cell._value = _ESCAPED.sub(_escape, sound(text))
    cell.data_type = "s"
    if is_formula(text):
        cell.quotePrefix = True
    return cell


def _escape(match: re.Match[str]) -> str:
    return f"_x{ord(match[0]):04X}_"
