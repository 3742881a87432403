"""XLSX workbooks: the first sheet that can be seen and holds anything, or a named one, every cell as text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain, islice
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import ExpatError

from onewindow.exchange.headers.header_row import is_header_known
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.reading_notes import ReadingNotes
from onewindow.exchange.rows import ReadAs, RowTable, table_of_cells
from onewindow.exchange.workbook.cells import RowTooFar, read_cells
from onewindow.exchange.workbook.long_texts import LONG_TEXTS, Continued, continued_texts
from onewindow.exchange.workbook.parts import Book, Parts, Sheet, read_book

MAX_UNPACKED = 2_000_000_000
MAX_RATIO = 200
# A small file of blank cells packs very well; only a large one can hurt.
RATIO_MATTERS_FROM = 20_000_000

_MOST_SHARED = 500_000_000
"""Bytes of the texts that cells share: unlike cells they are kept in memory."""
_LOOKED_AT = 30
_SHOWN = 5
_AS_IT_IS = ReadAs()
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    ExpatError,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    RuntimeError,
)
_OTHERS = (
    ("content.xml", "it is an OpenDocument file"),
    ("xl/workbook.bin", "it is a binary Excel workbook"),
    ("word/document.xml", "it is a Word document"),
    ("index/document.iwa", "it is an Apple Numbers or Pages document"),
)

_Rows = Iterator[tuple[int, list[str]]]


def read_workbook(data: bytes, name: str, read_as: ReadAs = _AS_IT_IS) -> RowTable:
    """Read an XLSX workbook; a row's number is the one Excel shows.

    Whole numbers come without a point or an exponent, dates as ISO text. Raises `FileProblem` before anything
    is unpacked when the workbook would unpack to over 2 GB, and for a damaged or empty one.
    """
    _validate_unpacked_size(data, name)
    notes = ReadingNotes()
    try:
        parts = Parts(zipfile.ZipFile(io.BytesIO(data)))
        book = read_book(parts)
        rows = _chosen(parts, book, notes, name, read_as.sheet)
    except _BROKEN as error:
        raise _damaged(name, error) from error
    return table_of_cells(_guarded(rows, name), name, "xlsx", notes, header_row=read_as.header_row)


def read_sheets(data: bytes, name: str) -> list[tuple[str, RowTable]]:
    """Read every sheet of an XLSX workbook that can be seen and holds anything: its title and its rows.

    Raises as above.
    """
    _validate_unpacked_size(data, name)
    tables: list[tuple[str, RowTable]] = []
    try:
        parts = Parts(zipfile.ZipFile(io.BytesIO(data)))
        book = read_book(parts)
        for sheet in book.sheets:
            notes = ReadingNotes(sheet=sheet.title)
            rows = [] if sheet.is_hidden else [*_held(read_cells(parts, sheet.part, book, notes))]
            if rows:
                tables.append((sheet.title, table_of_cells(rows, name, "xlsx", notes)))
    except _BROKEN as error:
        raise _damaged(name, error) from error
    if not tables:
        raise FileProblem(name, "the workbook is empty", "choose a file with records in it")
    return tables


def _chosen(parts: Parts, book: Book, notes: ReadingNotes, name: str, title: str) -> _Rows:
    """The rows of the sheet that is wanted, else of the first that can be seen and holds anything."""
    seen = [sheet for sheet in book.sheets if not sheet.is_hidden]
    sheets = [_named(book, seen, title, name)] if title else seen
    rows_of_sheet: _Rows = iter(())
    if not title:
        sheets = _tables_first(parts, book, seen)
    for sheet in sheets:
        rows = _held(read_cells(parts, sheet.part, book, notes))
        first = next(rows, None)
        if first is not None:
            notes.sheet = sheet.title
            rows_of_sheet = chain([first], rows)
            break
    if not notes.sheet and not title:
        _validate_shown(parts, book, name)
    notes.hidden_sheets += [
        sheet.title for sheet in book.sheets if sheet.is_hidden and sheet.title != LONG_TEXTS
    ]
    others = (sheet for sheet in seen if sheet.title not in (notes.sheet, LONG_TEXTS))
    notes.other_sheets += [sheet.title for sheet in others if _holds_anything(parts, book, sheet)]
    rest = next((sheet for sheet in book.sheets if sheet.title == LONG_TEXTS), None)
    if rest is not None and notes.sheet != LONG_TEXTS:
        texts = continued_texts(read_cells(parts, rest.part, book, ReadingNotes()))
        return Continued(texts).rows(rows_of_sheet) if texts else rows_of_sheet
    return rows_of_sheet


def _tables_first(parts: Parts, book: Book, seen: list[Sheet]) -> list[Sheet]:
    """The sheets in their order, but a cover, on which only single cells stand, behind one with a table."""
    if len(seen) < 2:
        return seen
    for place, sheet in enumerate(seen):
        rows = [
            row for _, row in islice(_held(read_cells(parts, sheet.part, book, ReadingNotes())), _LOOKED_AT)
        ]
        widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
        if max(widths, default=0) > 1 or (rows and any(map(is_header_known, rows))):
            return [sheet, *seen[:place], *seen[place + 1 :]]
    return seen


def _validate_shown(parts: Parts, book: Book, name: str) -> None:
    """Raise FileProblem where only sheets that cannot be seen hold anything."""
    hidden = [sheet for sheet in book.sheets if sheet.is_hidden and _holds_anything(parts, book, sheet)]
    if hidden:
        titles = ", ".join(f"“{sheet.title}”" for sheet in hidden[:_SHOWN])
        what = "all sheets that hold anything are hidden"
        raise FileProblem(name, what, f"name one with --sheet: {titles}")


def _named(book: Book, seen: list[Sheet], title: str, name: str) -> Sheet:
    plain = title.strip().casefold()
    by_title = next((sheet for sheet in book.sheets if sheet.title.strip().casefold() == plain), None)
    if by_title is not None:
        return by_title
    if plain.isdecimal() and 1 <= int(plain) <= len(seen):
        return seen[int(plain) - 1]
    titles = ", ".join(sheet.title for sheet in book.sheets)
    raise FileProblem(name, f"there is no sheet “{title}”", f"its sheets are {titles}")


def _holds_anything(parts: Parts, book: Book, sheet: Sheet) -> bool:
    return next(_held(read_cells(parts, sheet.part, book, ReadingNotes())), None) is not None


def _held(rows: _Rows) -> _Rows:
    return (row for row in rows if any(map(str.strip, row[1])))


def _guarded(rows: _Rows, name: str) -> _Rows:
    try:
        yield from rows
    except _BROKEN as error:
        raise _damaged(name, error) from error


def _validate_unpacked_size(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise _damaged(name, error) from error
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_MATTERS_FROM and ratio > MAX_RATIO):
        what = f"it would unpack to {unpacked // 1_000_000} MB, {ratio:.0f} times its size"
        raise FileProblem(name, what, "export the table as CSV instead")
    shared = sum(part.file_size for part in parts if part.filename.casefold().endswith("sharedstrings.xml"))
    if shared > _MOST_SHARED:
        what = f"its texts would take {shared // 1_000_000} MB"
        raise FileProblem(name, what, "export the table as CSV instead")
    names = {part.filename.replace("\\", "/").lstrip("/").casefold() for part in parts}
    for part, what in _OTHERS:
        if part in names:
            raise FileProblem(name, what, "save the table as .xlsx or CSV")
    if not any(name.startswith("xl/") for name in names):
        raise FileProblem(
            name, "it is an archive but not an Excel workbook", "save the table as .xlsx or CSV"
        )


def _damaged(name: str, error: Exception) -> FileProblem:
    remedy = "open it in Excel or LibreOffice and save it again as .xlsx"
    if isinstance(error, RowTooFar):
        return FileProblem(
            name, "a cell says that it stands beyond the last row or column of a sheet", remedy
        )
    return FileProblem(name, "the workbook is damaged", remedy)
