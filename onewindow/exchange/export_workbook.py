"""XLSX that goes out: typed cells, a bold first row that stays in view, and never a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, BinaryIO

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.writer import is_formula, plain_text
from onewindow.text.width import cell_width

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
"""Rows of a sheet, its head included, and characters of a cell, as Excel has them."""

_FIRST_DAY = dt.date(1900, 3, 1)
"""Excel counts a 29th of February 1900 that never was: days before this would shift."""
_EXACT = 10**15
_SAMPLE = 100
_WIDEST = 60
_SHEET_NAME = 31


def write_workbook(
    rows: Iterable[Mapping[str, object]], columns: Sequence[str], stream: BinaryIO, title: str
) -> None:
    """Write one sheet row by row; texts stay texts, numbers and days are typed.

    Raises FileProblem for more rows than a sheet holds. Control characters, which XLSX cannot carry, go.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet((title or "records")[:_SHEET_NAME])
    sheet.freeze_panes = "A2"
    first, rest = _sample(rows)
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(column, first)
    head = [_cell(sheet, column) for column in columns]
    for cell in head:
        cell.font = Font(bold=True)
    try:
        sheet.append(head)
        for count, row in enumerate(chain(first, rest), start=2):
            if count > MAX_ROWS:
                what = f"there are more than {MAX_ROWS - 1} rows"
                raise FileProblem(title, what, "export CSV or filter them")
            sheet.append([_cell(sheet, row.get(column)) for column in columns])
    except BaseException:
        # The rows so far are in a file of the library's own, which only it can find.
        sheet.close()
        sheet._writer.cleanup()
        raise
    book.save(stream)


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
    if isinstance(value, Decimal):
        return _formatted(sheet, value, "#,##0.00" if value.as_tuple().exponent else "#,##0")
    if isinstance(value, int | float) and abs(value) < _EXACT:
        return value
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime) and value >= _FIRST_DAY:
        return _formatted(sheet, value, "yyyy-mm-dd")
    return _text_cell(sheet, plain_text(value))


def _formatted(sheet: WriteOnlyWorksheet, value: Any, number_format: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell: Any = WriteOnlyCell(sheet, value)
    cell.number_format = number_format
    return cell


def _text_cell(sheet: WriteOnlyWorksheet, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell: Any = WriteOnlyCell(sheet)
    # Given as a value, =1+1 would become a formula and #N/A an error.
    cell._value = ILLEGAL_CHARACTERS_RE.sub("", text)[:MAX_TEXT]
    cell.data_type = "s"
    if is_formula(text):
        cell.quotePrefix = True
    return cell
