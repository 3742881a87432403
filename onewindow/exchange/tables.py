"""The one door for files that come in: finds out what a file is and gives its rows back as text."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO

from onewindow.exchange.delimited import read_delimited
from onewindow.exchange.encoding import Text, open_text, refuse_other_files
from onewindow.exchange.json_rows import read_json, read_json_lines
from onewindow.exchange.mail_file import is_mail, read_mails
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import ReadAs, RowTable
from onewindow.exchange.vcard import is_vcard, read_vcards
from onewindow.exchange.workbook import read_workbook
from onewindow.ordinary_file import is_endless

MAX_FILE = 1_000_000_000

_DELIMITED_ENDINGS = {".csv", ".tsv", ".tab", ".txt"}
_AS_IT_IS = ReadAs()
_JSON_LINES_ENDINGS = {".jsonl", ".ndjson"}


def read_rows(source: str | Path | bytes | BinaryIO, name: str = "", read_as: ReadAs = _AS_IT_IS) -> RowTable:
    """Read CSV, TSV, XLSX, JSON, JSON lines, vCards, mails or text in columns from a path, bytes or a stream.

    The content decides what it is, the ending of the name only between CSV and JSON. Every value is text as
    typed. `read_as` says what need not be found out. Raises `FileProblem` here, or while the rows are read.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "")
    return _read_bytes(read_source(source, name), name, read_as)


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


def _read_bytes(data: bytes, name: str, read_as: ReadAs) -> RowTable:
    refuse_other_files(data, name)
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, name, read_as)
    if is_vcard(data):
        return read_vcards(data, name)
    if is_mail(data, name):
        return read_mails(data, name)
    text = open_text(data, name, read_as.encoding)
    ending = PurePath(name).suffix.casefold()
    first = next((line.lstrip() for line in text.lines() if line.strip()), "")
    if ending in _JSON_LINES_ENDINGS:
        return read_json_lines(text, name)
    if ending == ".json" or (ending not in _DELIMITED_ENDINGS and first[:1] in ("{", "[")):
        return read_json_lines(text, name) if _looks_like_lines(text) else read_json(text, name)
    if ending == ".vcf":
        return read_vcards(data, name)
    if ending in (".tsv", ".tab") and not read_as.delimiter:
        read_as = replace(read_as, delimiter="\t")
    return read_delimited(text, name, read_as)


def _looks_like_lines(text: Text) -> bool:
    lines = [*islice((line.strip() for line in text.lines() if line.strip()), 2)]
    return (
        len(lines) == 2 and lines[0].startswith("{") and lines[0].endswith("}") and lines[1].startswith("{")
    )


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
