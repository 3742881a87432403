"""The file of rejected rows: the columns as they came and the reason, to be mended and imported again."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from onewindow.desk.import_report import ImportReport
from onewindow.exchange.headers import IGNORED_HEADER
from onewindow.exchange.writer import write_table
from onewindow.settings import default_database
from onewindow.store.files import write_private

_FOLDER = "rejected"
"""Of the folder where this person's own file lies."""


def keep_rejected(report: ImportReport, source: str) -> Path:
    """Write the rejected rows as NAME.rejected.csv and give back where they are.

    It stands beside the source (here for a pipe) where that folder is this person's own, else in the folder
    of data. A file that exists is never replaced, because somebody may mend it; if it says the same, it stays
    the only one. Raises OSError if nothing can be written.
    """
    content = _content(report)
    for path in _paths(source, report.file_name):
        try:
            write_private(path, content, is_new=True)
        except FileExistsError:
            if not _says(path, content):
                continue
        return path
    raise AssertionError  # there is always one more number


def write_rejected(report: ImportReport, path: Path, *, force: bool = False) -> None:
    """Write the rejected rows as CSV that spreadsheets open; raises OSError if it cannot be written.

    One that exists is replaced only with `force` (FileExistsError); what takes anything, /dev/null, is none.
    """
    write_private(path, _content(report), is_new=not force and not path.is_char_device())


def _content(report: ImportReport) -> bytes:
    reasons = {row.row: row.reason for row in report.rows if row.verdict == "error"}
    headers = [header for header in report.headers if header != IGNORED_HEADER]
    stream = io.StringIO()
    write_table(
        ({**row.values, IGNORED_HEADER: reasons[row.number]} for row in report.rejected),
        [*headers, IGNORED_HEADER],
        "csv",
        stream,
    )
    return stream.getvalue().encode("utf-8-sig", "replace")


def _paths(source: str, file_name: str) -> Iterator[Path]:
    folder = Path() if source == "-" else Path(source).parent
    if not _is_own(folder):
        folder = default_database().parent / _FOLDER
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stem = Path(file_name).stem.removesuffix(".rejected")
    for number in count(1):
        yield folder / f"{stem}.rejected{'' if number == 1 else f'-{number}'}.csv"


def _is_own(folder: Path) -> bool:
    """Whether a folder belongs to this person, who may write into it."""
    try:
        is_mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return False
    return is_mine and os.access(folder, os.W_OK | os.X_OK)


def _says(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
