"""What an import did, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import Literal

from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.spool import Chosen, Spool
from onewindow.exchange.rows import SourceRow
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Value

Verdict = Literal["create", "update", "skip", "error"]
PLAIN_KEPT = 100_000
"""So many rows that simply came in, or were on file already, a report lists at most."""
Difference = tuple[Value, Value]
"""A value before and after."""


@frozen_struct
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

    def saying(self, more: str) -> RowVerdict:
        """The same verdict with more to its reason; itself where there is no more."""
        return replace(self, reason=f"{self.reason}; {more}" if self.reason else more) if more else self


@frozen_struct
class ImportReport:
    """One import: its run (None after a dry run), its rows, and the columns that were left out."""

    run_id: int | None
    file_name: str
    record_kind: str
    rows: Sequence[RowVerdict]
    """What became of each row; of a huge file not of those that simply came in or were on file already.

    Very many stand in a temporary file: go through them, and keep no list of them."""
    fields: Mapping[str, str]
    """Header of the file -> field that it filled."""
    left_out: tuple[str, ...]
    """Headers that no field was found for, or whose field another column had taken."""
    seconds: float
    headers: tuple[str, ...] = ()
    """All headers of the file."""
    rejected: Sequence[SourceRow] = ()
    """The rows with the verdict `error` as they stand in the file."""
    notes: tuple[str, ...] = ()
    """How the file was read, in sentences: its encoding, sheet, column names, order of dates, zone."""
    more: tuple[tuple[str, str], ...] = ()
    """Further fields of columns that filled several, as header and field."""

    proposals: tuple[Proposal, ...] = ()
    """What may be said so that more comes in: after a dry run, or where rows or columns stayed out."""
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    """Names of the records that changed references mean, by id."""
    counts: Mapping[Verdict, int] = field(default_factory=dict[Verdict, int])
    """How many rows had each verdict, where `rows` has not all of them."""

    @property
    def total(self) -> int:
        """How many rows there were."""
        return sum(self.counts.values()) or len(self.rows)

    @property
    def flagged(self) -> Sequence[RowVerdict]:
        """The rows that came in, or are on file, and look wrong."""
        return self._chosen(lambda row: bool(row.reason and row.verdict != "error" and row.record_id))

    @property
    def passed_over(self) -> Sequence[RowVerdict]:
        """The rows that make no record of their own: deleted ones, lines that were added to another."""
        return self._chosen(lambda row: row.verdict == "skip" and not row.record_id)

    @property
    def is_refused(self) -> bool:
        """Whether there were rows and every one of them was refused or left out: no run was stored."""
        return self.total > 0 and self.count("error") + len(self.passed_over) == self.total

    @property
    def unchanged(self) -> int:
        """How many rows were on file already, just as they are."""
        return self.count("skip") - len(self.passed_over)

    def _chosen(self, fits: Callable[[RowVerdict], bool]) -> Sequence[RowVerdict]:
        chosen = Chosen(self.rows, fits)
        return chosen if isinstance(self.rows, Spool) else list(chosen)

    def count(self, verdict: Verdict) -> int:
        """How many rows had this verdict."""
        return self.counts.get(verdict, 0) if self.counts else [r.verdict for r in self.rows].count(verdict)


class Verdicts:
    """Gathers what became of rows: all that a person may want to see, and counts of the others."""

    def __init__(self, plain_kept: int = PLAIN_KEPT) -> None:
        """Keep so many rows of which there is nothing to say but that they came in."""
        self._plain_left = plain_kept
        self._counts: Counter[Verdict] = Counter()
        self.rows: Spool[RowVerdict] = Spool()
        self.left_out = 0
        """Rows that are only counted."""

    def add(self, verdicts: Iterable[RowVerdict], waiting: Collection[int]) -> None:
        """Take the verdicts of some rows; of those `waiting` by number more may be said at the end."""
        for verdict in verdicts:
            self._counts[verdict.verdict] += 1
            if not (verdict.reason or verdict.differences or verdict.row in waiting):
                if not self._plain_left:
                    self.left_out += 1
                    continue
                self._plain_left -= 1
            self.rows.append(verdict)

    @property
    def total(self) -> int:
        """How many rows there were so far."""
        return self._counts.total()

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many rows had each verdict."""
        return dict(self._counts)

    def notes(self) -> list[str]:
        """What the list of rows does not have, as a sentence."""
        text = "came in without anything to say of them, or were on file already, and are not listed"
        return [f"{self.left_out} more rows {text}."] if self.left_out else []

    def say_more(self, reasons: Mapping[str, str]) -> None:
        """Add to the reasons of refused rows, by reason, what the end of the file brought."""
        if reasons:
            self.rows.change_each(
                lambda row: (
                    row.saying(reasons[row.reason])
                    if row.verdict == "error" and row.reason in reasons
                    else row
                )
            )

    def say(self, reasons: Mapping[int, str]) -> None:
        """Give rows, by number, the reasons that the end of the file brought."""
        if reasons:
            self.rows.change_each(lambda row: replace(row, reason=reasons.get(row.row, row.reason)))
