"""A number with the ends of its interval as fields, and a report as a table for eyes."""

from __future__ import annotations

from onewindow.cli.shell.printing import print_table, print_text
from onewindow.desk.revenue.report_tables import ReportTable
from onewindow.metrics.intervals import Difference, Estimate


def bounds(name: str, found: Estimate | Difference | None) -> dict[str, float | None]:
    """A number and the ends of its interval as fields; None for none."""
    if found is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def print_report(report: ReportTable, limit: int | None = None) -> None:
    """Print a report for people, the last column going on in further lines, with what must be known of it."""
    if not report.lines:
        print_text(report.empty)
        return
    rows = [dict(zip(report.columns, line.cells, strict=True)) for line in report.lines[:limit]]
    print_table(rows, report.columns, "table", wrapped=report.columns[-1:])
    for note in report.notes:
        print_text(note)
