"""XLSX workbooks: the first sheet that holds anything, every cell as text."""

from __future__ import annotations

import datetime as dt
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any
from xml.etree.ElementTree import ParseError

from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import RowTable, table_of_cells

MAX_UNPACKED = 500_000_000
MAX_RATIO = 200
# A small file of blank cells packs very well; only a large one can hurt.
RATIO_MATTERS_FROM = 20_000_000

_ZEROS = re.compile(r"0{2,}")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
)


def read_workbook(data: bytes, name: str) -> RowTable:
    """Read an XLSX workbook; a row's number is the one Excel shows.

    Whole numbers come without a point or an exponent, dates as ISO text. Raises `FileProblem` before anything
    is unpacked when the workbook would unpack to over 500 MB, and for a damaged or empty one.
    """
    _refuse_bomb(data, name)
    return table_of_cells(_cells(data, name), name, "xlsx")


def read_sheets(data: bytes, name: str) -> list[tuple[str, RowTable]]:
    """Read every sheet of an XLSX workbook that holds anything: its title and its rows. Raises as above."""
    _refuse_bomb(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sheets = _all_sheets(data)
    except _BROKEN as error:
        raise _damaged(name) from error
    if not sheets:
        raise FileProblem(name, "the workbook is empty", "choose a file with records in it")
    return [(title, table_of_cells(rows, name, "xlsx")) for title, rows in sheets]


def cell_text(value: object, number_format: str = "General") -> str:
    """Write a cell as a person would type it; a format of zeros (`0000000000`) keeps its leading zeros."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return _number_text(value, number_format)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat(timespec="seconds")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value).strip()


def _number_text(value: float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    digits = format(Decimal(repr(value)), "f").removesuffix(".0")
    return digits.zfill(len(number_format)) if _ZEROS.fullmatch(number_format) else digits


def _refuse_bomb(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _damaged(name) from error
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and ratio > MAX_RATIO):
        what = f"it would unpack to {unpacked // 1_000_000} MB, {ratio:.0f} times its size"
        raise FileProblem(name, what, "export the table as CSV instead")
    if not any(part.filename.lstrip("/").startswith("xl/") for part in parts):
        raise FileProblem(
            name, "it is an archive but not an Excel workbook", "save the table as .xlsx or CSV"
        )


def _damaged(name: str) -> FileProblem:
    return FileProblem(
        name, "the workbook is damaged", "open it in Excel or LibreOffice and save it again as .xlsx"
    )


def _cells(data: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        # openpyxl warns about styles and validations that it leaves out: none of them is a cell's text.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield from _sheet_rows(data)
    except _BROKEN as error:
        raise _damaged(name) from error


def _sheet_rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = _numbered(sheet.iter_rows())
            first = next((row for row in rows if any(row[1])), None)
            if first is not None:
                yield from chain([first], rows)
                return
    finally:
        book.close()


def _all_sheets(data: bytes) -> list[tuple[str, list[tuple[int, list[str]]]]]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    found: list[tuple[str, list[tuple[int, list[str]]]]] = []
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = [(number, row) for number, row in _numbered(sheet.iter_rows()) if any(row)]
            if rows:
                found.append((str(sheet.title), rows))
    finally:
        book.close()
    return found


def _numbered(rows: Iterable[Iterable[Any]]) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(rows, start=1):
        yield number, [_text_of(cell) for cell in row]


def _text_of(cell: Any) -> str:
    value: object = cell.value
    if type(value) is str:
        return value.strip()
    if type(value) in (int, float):
        return cell_text(value, str(cell.number_format))
    return cell_text(value)
