"""What can be read of an import beside its lists: one row with all that was found, and the whole report."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from onewindow.desk.imports import lists
from onewindow.desk.imports.explanation import full_lines
from onewindow.desk.imports.look import FileLook
from onewindow.desk.imports.reporting.run_report import ImportReport
from onewindow.desk.imports.reporting.window_words import in_window
from onewindow.screens.frame.text_view import TextView
from onewindow.screens.imports.background_work import Going

_REPORT_LINES = 5000


def report_view(report: ImportReport) -> TextView:
    """The report as a text; of a very long one the beginning, and the command that writes all of it."""
    lines = [in_window(line) for line in islice(full_lines(report), _REPORT_LINES)]
    if len(lines) == _REPORT_LINES:
        lines.append("… and more: `onewindow import … --dry-run --report FILE` writes all of it.")
    return TextView(f"Import of {report.file_name}", lines)


def row_view(
    report: ImportReport, row_key: object, records: Mapping[int, Mapping[str, str]], look: FileLook
) -> TextView | None:
    """One row of the file with what is said of it, None where nothing is."""
    row = next((known for known in report.rows if known.row == row_key), None)
    if row is None:
        return None
    lines = lists.row_lines(row, records, look, report.names)
    return TextView(f"Row {row.row}: {row.name or 'no name'}", lines)


def progress_text(going: Going) -> str:
    """How far the work on a file is."""
    count = f" {going.done}" if going.done else ""
    of = f" of {going.total}" if going.total else ""
    return f"{going.phase}{count}{of} …"
