"""The file of rejected rows: the columns as they came and the reason, to be mended and imported again."""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import BinaryIO, cast

from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.exchange.export.writer import write_table
from onewindow.exchange.headers.matching import IGNORED_HEADER
from onewindow.exchange.rows import SourceRow
from onewindow.settings import default_database
from onewindow.store.file.paths import write_private

_IN_MEMORY = 8 << 20
_PIECE = 1 << 20
_FOLDER = "rejected"
"""Of the folder where this person's own file lies."""


def keep_rejected(report: ImportReport, source: str) -> Path:
    """Write the rejected rows as NAME.rejected.csv and give back where they are.

    It stands beside the source (here for a pipe) where that folder is this person's own, else in the folder
    of data. A file that exists is never replaced, because somebody may mend it; if it says the same, it stays
    the only one. Raises OSError if nothing can be written.
    """
    with _content(report) as content:
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
    with _content(report) as content:
        write_private(path, content, is_new=not force and not path.is_char_device())


@contextmanager
def _content(report: ImportReport) -> Generator[BinaryIO]:
    """The file itself, in memory while it is small; rows and their reasons come in one order."""
    headers = [header for header in report.headers if header != IGNORED_HEADER]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as content:
        stream = io.TextIOWrapper(content, "utf-8-sig", "replace", newline="")
        rows = ({**row.values, IGNORED_HEADER: reason} for row, reason in _with_reasons(report))
        write_table(rows, [*headers, IGNORED_HEADER], "csv", stream)
        stream.detach()
        yield cast("BinaryIO", content)


def _with_reasons(report: ImportReport) -> Iterator[tuple[SourceRow, str]]:
    """The rejected rows with the reasons that their verdicts, in the same order, have."""
    verdicts = (row for row in report.rows if row.verdict == "error")
    for row in report.rejected:
        yield row, next((verdict.reason for verdict in verdicts if verdict.row == row.number), "")


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


def _says(path: Path, content: BinaryIO) -> bool:
    size = content.seek(0, os.SEEK_END)
    content.seek(0)
    try:
        if not path.is_file() or path.stat().st_size != size:
            return False
        with path.open("rb") as file:
            return all(piece == content.read(_PIECE) for piece in iter(partial(file.read, _PIECE), b""))
    except OSError:
        return False
