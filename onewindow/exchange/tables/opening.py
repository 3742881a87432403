"""The one door for files that come in: finds out what a file is and gives its rows back as text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO

from onewindow.exchange.encoding.detection import Text, open_text, validate_is_text
from onewindow.exchange.json_files.rows import json_lines_opener, json_opener
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs, RowTable
from onewindow.exchange.tables.delimited import read_delimited
from onewindow.exchange.tables.mail_file import is_mail, read_mails
from onewindow.exchange.vcard.cards import is_calendar, is_vcard, read_vcards
from onewindow.exchange.workbook.sheets import read_workbook
from onewindow.ordinary_file import is_endless

MAX_FILE = 1_000_000_000

_DELIMITED_ENDINGS = {".csv", ".tsv", ".tab", ".txt"}
_AS_IT_IS = ReadAs()
_LINE_END = re.compile(r"[\r\n]+")
_PAGE = re.compile(r"<(?:!doctype html|html|table|meta|style)\b")
_PAGE_HEAD = 4000
_PIECES_LOOKED_AT = 32
"""Of a million characters each: a first line longer than that is no record of its own."""
_JSON_LINES_ENDINGS = {".jsonl", ".ndjson"}


def read_rows(source: str | Path | bytes | BinaryIO, name: str = "", read_as: ReadAs = _AS_IT_IS) -> RowTable:
    """Read CSV, TSV, XLSX, JSON, JSON lines, vCards, mails or text in columns from a path, bytes or a stream.

    The content decides what it is, the ending of the name only between CSV and JSON. Every value is text as
    typed. `read_as` says what need not be found out. Raises `FileProblem` here, or while the rows are read.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "")
    return table_opener(read_source(source, name), name, read_as)()


def table_opener(data: bytes, name: str, read_as: ReadAs = _AS_IT_IS) -> Callable[[], RowTable]:
    """What opens the table of a file, as often as it is asked: for a look at all rows before any is taken.

    What the file is has been found out by then. Raises `FileProblem`, as does what comes back.
    """
    opened = _opener(data, name, read_as)
    if read_as == _AS_IT_IS:
        return opened

    def open_and_tell() -> RowTable:
        table = opened()
        table.notes.passed_over += _passed_over(table.file_format, read_as)
        return table

    return open_and_tell


def _opener(data: bytes, name: str, read_as: ReadAs) -> Callable[[], RowTable]:
    validate_is_text(data, name)
    if data.startswith(b"PK\x03\x04"):
        return partial(read_workbook, data, name, read_as)
    if is_vcard(data):
        return partial(read_vcards, data, name)
    if is_calendar(data):
        what = "it is a calendar with events (.ics), and files of tables, cards and mails can be imported"
        remedy = "export its events as CSV or XLSX and bring them in by `onewindow import meetings`"
        raise FileProblem(name, what, remedy)
    if is_mail(data, name):
        return partial(read_mails, data, name)
    text = open_text(data, name, read_as.encoding)
    _validate_no_page(text, name)
    ending = PurePath(name).suffix.casefold()
    if ending in _JSON_LINES_ENDINGS:
        return json_lines_opener(text, name)
    if ending == ".json" or (ending not in _DELIMITED_ENDINGS and text.first_sign() in ("{", "[")):
        return json_lines_opener(text, name) if _looks_like_lines(text) else json_opener(text, name)
    if ending == ".vcf":
        return partial(read_vcards, data, name)
    if ending in (".tsv", ".tab") and not read_as.delimiter:
        read_as = replace(read_as, delimiter="\t")
    return partial(read_delimited, text, name, read_as)


def _passed_over(file_format: str, read_as: ReadAs) -> list[str]:
    """The options that were given and say nothing of a file of this format."""
    has_cells = file_format in ("csv", "tsv", "txt")
    meant = {
        "--encoding": bool(read_as.encoding) and file_format in ("xlsx", "vcard", "mail"),
        "--sheet": bool(read_as.sheet) and file_format != "xlsx",
        "--header-row": bool(read_as.header_row) and not has_cells and file_format != "xlsx",
        "--delimiter": bool(read_as.delimiter) and not has_cells,
    }
    return [option for option, is_vain in meant.items() if is_vain]


def read_source(source: str | Path | bytes | BinaryIO, name: str) -> bytes:
    """Give back what a path, bytes or a stream hold; raises `FileProblem` when it cannot or is over 1 GB."""
    if isinstance(source, str | Path):
        data = _file_bytes(Path(source), name)
    elif isinstance(source, bytes):
        data = source
    else:
        data = source.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise _too_large(name)
    return data


def _validate_no_page(text: Text, name: str) -> None:
    """Raise FileProblem for a web page or an XML document, which many programs call an export to Excel."""
    if text.first_sign() != "<":
        return
    begun = next(text.pieces(), "").lstrip("\ufeff \t\r\n")[:_PAGE_HEAD].casefold()
    remedy = "open it in Excel or LibreOffice and save it as .xlsx"
    if _PAGE.search(begun):
        raise FileProblem(name, "it is a web page with a table, not a workbook", remedy)
    if begun.startswith("<?xml"):
        raise FileProblem(name, "it is an XML document, not a table", remedy)


def _looks_like_lines(text: Text) -> bool:
    if text.first_sign() != "{":
        return False
    begun = ""
    for piece in islice(text.pieces(), _PIECES_LOOKED_AT):
        begun += piece
        lines = [line for piece in _LINE_END.split(begun) if (line := piece.strip("\ufeff \t"))]
        if len(lines) > 1:
            return lines[0].endswith("}") and lines[1].startswith("{")
    return False


def _file_bytes(path: Path, name: str) -> bytes:
    try:
        if is_endless(path):
            raise FileProblem(name, "it is no ordinary file", "write it to one, or read it with - from stdin")
        if path.stat().st_size > MAX_FILE:
            raise _too_large(name)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileProblem(name, "there is no such file", "check the path") from error
    except IsADirectoryError as error:
        raise FileProblem(name, "it is a directory", "give the path of a file") from error
    except OSError as error:
        why = (error.strerror or "unknown error").casefold()
        raise FileProblem(name, f"it cannot be read ({why})", "check the path and your rights") from error


def _too_large(name: str) -> FileProblem:
    return FileProblem(name, "it is over 1 GB", "split it into smaller files")
