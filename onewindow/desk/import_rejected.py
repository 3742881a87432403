"""The file of rejected rows: the columns as they came and the reason, to be mended and imported again."""

from __future__ import annotations

import io
from itertools import count
from pathlib import Path

from onewindow.desk.import_report import ImportReport
from onewindow.exchange.headers import IGNORED_HEADER
from onewindow.exchange.writer import write_table
from onewindow.store.files import write_private


def free_rejected_path(source: str, file_name: str) -> Path:
    """NAME.rejected.csv beside the source, here for a pipe; never one that exists: somebody may mend it."""
    directory = Path() if source == "-" else Path(source).parent
    stem = Path(file_name).stem.removesuffix(".rejected")
    names = (f"{stem}.rejected{'' if number == 1 else f'-{number}'}.csv" for number in count(1))
    return next(directory / name for name in names if not (directory / name).exists())


def write_rejected(report: ImportReport, path: Path) -> None:
    """Write the rejected rows as CSV that spreadsheets open; raises OSError if it cannot be written."""
    reasons = {row.row: row.reason for row in report.rows if row.verdict == "error"}
    headers = [header for header in report.headers if header != IGNORED_HEADER]
    stream = io.StringIO()
    write_table(
        ({**row.values, IGNORED_HEADER: reasons[row.number]} for row in report.rejected),
        [*headers, IGNORED_HEADER],
        "csv",
        stream,
    )
    write_private(path, stream.getvalue().encode("utf-8-sig", "replace"))
