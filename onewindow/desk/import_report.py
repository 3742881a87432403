"""What an import did, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from onewindow.exchange.rows import SourceRow
from onewindow.records.values import value_class
from onewindow.store.engine import Value

Verdict = Literal["create", "update", "skip", "error"]
Difference = tuple[Value, Value]
"""A value before and after."""


@value_class
class RowVerdict:
    """What became of one row of the file."""

    row: int
    """Where it begins in the file, from 1."""
    verdict: Verdict
    name: str
    record_id: int | None = None
    reason: str = ""
    """Why a row was rejected, or which values look wrong and were kept as they were typed."""
    differences: Mapping[str, Difference] = field(default_factory=dict[str, Difference])
    """Changed fields of an update; those of another record carry its kind: `requisites.tax_id`."""


@value_class
class ImportReport:
    """One import: its run (None after a dry run), its rows, and the columns that were left out."""

    run_id: int | None
    file_name: str
    record_kind: str
    rows: tuple[RowVerdict, ...]
    fields: Mapping[str, str]
    """Header of the file -> field that it filled."""
    left_out: tuple[str, ...]
    """Headers that no field was found for, or whose field another column had taken."""
    seconds: float
    headers: tuple[str, ...] = ()
    """All headers of the file."""
    rejected: tuple[SourceRow, ...] = ()
    """The rows with the verdict `error` as they stand in the file."""
    notes: tuple[str, ...] = ()
    """How the file was read, in sentences: its encoding, sheet, column names, order of dates, zone."""
    more: tuple[tuple[str, str], ...] = ()
    """Further fields of columns that filled several, as header and field."""

    @property
    def flagged(self) -> list[RowVerdict]:
        """The rows that came in, or are on file, and look wrong."""
        return [row for row in self.rows if row.reason and row.verdict != "error" and row.record_id]

    @property
    def passed_over(self) -> list[RowVerdict]:
        """The rows that make no record of their own: deleted ones, lines that were added to another."""
        return [row for row in self.rows if row.verdict == "skip" and not row.record_id]

    @property
    def is_refused(self) -> bool:
        """Whether there were rows and every one of them was refused, so that no run was stored."""
        return bool(self.rows) and all(row.verdict == "error" for row in self.rows)

    def count(self, verdict: Verdict) -> int:
        """How many rows had this verdict."""
        return [row.verdict for row in self.rows].count(verdict)
