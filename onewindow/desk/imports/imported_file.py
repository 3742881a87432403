"""A file that comes in, as far as it is known before any row is taken: its columns, formats and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from onewindow.desk.imports.explanation import findings_notes, format_notes
from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.proposals import proposals
from onewindow.desk.imports.reading.columns import columns_of, formats_of, with_days_of_weeks
from onewindow.desk.imports.reading.meaningful_headers import (
    id_country_of,
    implied_by_headers,
    unread_opening_of,
    usual_country_of,
    with_ids_of_clients_first,
    with_meant_accounts,
    with_named_ids,
    without_deleted,
    without_firms,
)
from onewindow.desk.imports.reading.shaping import shaper
from onewindow.desk.imports.reading.whole_file_values import check_said
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.run_report import Verdicts
from onewindow.desk.imports.rows.missing_values import notes_of_missing
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.exchange.headers.matching import field_named
from onewindow.exchange.rows import RowTable, SourceRow
from onewindow.exchange.tables.opening import read_source, table_opener
from onewindow.store.imports.matches import first_names

_LOOKED_AT = 200
"""So many rows are looked at for what columns that are left out may be."""
LINED = frozenset({"document", "revenue"})
"""Kinds of which one record may come as several lines, each so many at a price."""


class ImportedFile:
    """A file of rows of one kind; it can be read from its beginning as often as somebody needs to."""

    def __init__(
        self,
        session: Session,
        kind: str,
        source: str | Path | bytes | BinaryIO,
        name: str,
        options: ImportOptions,
        *,
        counted_every: int,
    ) -> None:
        """Look how the file is written; after so many rows somebody hears how many there were.

        Raises FileProblem or MapProblem.
        """
        self._counted_every = counted_every
        self.kind = kind
        self.options = options
        self.name = name or (Path(source).name if isinstance(source, str | Path) else "input")
        self._session = session
        self._tell = session.store.on_progress
        self._reopen = table_opener(read_source(source, self.name), self.name, options.read_as)
        self.table = self._reopen()
        self._know_columns()
        headers, shape = self.table.headers, options.shape
        self.shape = shaper(kind, self.columns, shape, self.formats, headers)
        check_said(session, kind, self.columns, shape, self.formats, headers)

    def _know_columns(self) -> None:
        """Which fields the columns fill, and how their dates and numbers are written."""
        kind, mapped, reopen = self.kind, self.options.mapped, self._reopen
        columns = with_days_of_weeks(columns_of(self.table, kind, mapped), kind, reopen)
        columns = with_meant_accounts(columns, kind, mapped, reopen)
        columns = with_named_ids(columns, kind, mapped, reopen)
        self.columns, client_ids = with_ids_of_clients_first(kind, columns, mapped)
        formats = formats_of(
            self._reopen_counted, self.table, self.name, kind, self.columns, self.options.dates
        )
        self.formats = replace(
            formats,
            implied=implied_by_headers(kind, self.columns),
            client_ids=client_ids,
            id_country=id_country_of(kind, self.columns, self._session.settings.region),
            usual_country=usual_country_of(kind, self.columns, reopen),
            unread_opening=unread_opening_of(kind, self.columns, reopen),
        )

    @property
    def has_lines(self) -> bool:
        """Whether several rows may be lines of one record."""
        return self.columns.has_lines and self.kind in LINED

    def rows(self) -> Iterator[SourceRow]:
        """The rows as they stand in the file, once; those of no meaning say so themselves."""
        rows = without_deleted(
            self.table.rows, self.table.headers, self.kind, self.columns, self.options.mapped
        )
        return without_firms(rows, self.kind, self.table.file_format)

    def all_shaped(self, phase: str) -> Iterator[SourceRow]:
        """All rows of the file before any is taken: what belongs together may stand far apart."""
        again = self._counted(self._reopen().rows, phase)
        again = without_deleted(again, self.table.headers, self.kind, self.columns, self.options.mapped)
        return (self.shape(row) for row in again if not (row.left_out or row.refused))

    def proposals(self, findings: Findings) -> tuple[Proposal, ...]:
        """What a person could say so that more of the file comes in."""
        cells = [row.values for row in islice(self._reopen().rows, _LOOKED_AT)]
        names = partial(first_names, self._session.store)
        return proposals(self.kind, self.columns, self.table.headers, cells, findings, names)

    def notes(self, findings: Findings, verdicts: Verdicts) -> tuple[str, ...]:
        """How the file was read and what it leaves out, once its rows were taken; one sentence each."""
        has_new = bool(verdicts.counts.get("create"))
        return (
            *self.table.notes.sentences(),
            *format_notes(self.columns, self.formats, office_zone(self._session)),
            *verdicts.notes(),
            *findings_notes(findings),
            *(notes_of_missing(self.kind, self._filled()) if has_new else ()),
        )

    def _filled(self) -> set[str]:
        """The fields that columns fill, or constants; of a file of ours all of them."""
        if self.columns.is_own:
            return set(importable(self.kind))
        constants = {field_named(self.kind, name) for name in self.options.shape.constants}
        return {field for _, field in self.columns.pairs} | constants

    def _reopen_counted(self) -> RowTable:
        again = self._reopen()
        rows = self._counted(again.rows, "looking how dates and numbers are written")
        return replace(again, rows=rows)

    def _counted(self, rows: Iterator[SourceRow], phase: str) -> Iterator[SourceRow]:
        """The rows, of which somebody hears now and then how many there were."""
        for number, row in enumerate(rows, 1):
            if not number % self._counted_every:
                self._tell(phase, number, 0)
            yield row
