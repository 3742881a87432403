"""Import of files: rows under our field names, in one transaction, with a run that can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from onewindow.desk.imports.explanation import findings_notes, format_notes
from onewindow.desk.imports.matching.kinds import importable
from onewindow.desk.imports.proposals import proposals, reasons_with_columns
from onewindow.desk.imports.reading.cell_values import FieldFormats
from onewindow.desk.imports.reading.columns import FileColumns, columns_of, formats_of, with_days_of_weeks
from onewindow.desk.imports.reading.invoice_lines import DocumentLines
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
from onewindow.desk.imports.reading.shaping import Shape, shaper
from onewindow.desk.imports.reading.whole_file_values import check_colleagues, check_said
from onewindow.desk.imports.reporting.differences import names_in
from onewindow.desk.imports.reporting.findings import Findings
from onewindow.desk.imports.reporting.proposal import Proposal
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict, Verdicts
from onewindow.desk.imports.reporting.spool import Spool
from onewindow.desk.imports.rows.missing_values import notes_of_missing
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.exchange.columns.dates import DateOrder
from onewindow.exchange.headers.matching import field_named
from onewindow.exchange.rows import ReadAs, RowTable, SourceRow
from onewindow.exchange.tables.opening import read_source, table_opener
from onewindow.records.clients import Client
from onewindow.records.organization import ImportRun
from onewindow.store.bulk import rare_collection, wide_cache
from onewindow.store.changes import Transaction
from onewindow.store.imports.matches import first_names

Progress = Callable[[int, float], None]
"""Called with rows done and seconds passed; what it raises ends the import, and nothing came in."""
Seen = Callable[[Sequence[RowVerdict]], None]
"""Called inside the transaction with what became of further rows."""

_CHUNK = 2000
_LOOKED_AT = 200
"""So many rows are looked at for what columns that are left out may be."""
LINED = frozenset({"document", "revenue"})
"""Kinds of which one record may come as several lines, each so many at a price."""


_AS_IT_IS = Shape()
_READ_AS_IT_IS = ReadAs()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read."""

    mapped: Mapping[str, str] = field(default_factory=dict[str, str])
    """Header → field; an empty field leaves the column out."""
    dates: DateOrder | None = None
    """The order of day and month where a column cannot tell it."""
    create_clients: bool = False
    """Whether clients whom only the file names are made."""
    client: Client | None = None
    """Whose the records are where a row names no client."""
    source: str = ""
    """The program that the file comes from: its ids are those of this program only."""
    shape: Shape = _AS_IT_IS
    """What cells mean, and constants for the whole file."""
    read_as: ReadAs = _READ_AS_IT_IS
    """How the file itself is read."""


class _Importer(Protocol):
    @property
    def findings(self) -> Findings: ...
    @property
    def waiting(self) -> Collection[int]: ...
    def take(self, rows: list[SourceRow]) -> list[RowVerdict]: ...
    def finish(self) -> Mapping[int, str]: ...


@runtime_checkable
class _Gathering(Protocol):
    """An importer that must have seen all rows before it takes any."""

    def gather(self, rows: Iterable[SourceRow]) -> None: ...
    def settle(self) -> None: ...


class _DryRun(Exception):
    """Carries the report out of a transaction that must leave no trace."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def import_file(
    session: Session,
    kind: str,
    source: str | Path | bytes | BinaryIO,
    name: str = "",
    options: ImportOptions | None = None,
    *,
    dry_run: bool = False,
    progress: Progress | None = None,
    seen: Seen | None = None,
) -> ImportReport:
    """Bring the rows of a file in and tell what became of each; rejected rows keep no other row out.

    A dry run does all of it and leaves no trace. Raises FileProblem or MapProblem; then nothing came in.
    """
    options = options or ImportOptions()
    file_name = name or (Path(source).name if isinstance(source, str | Path) else "input")
    data = read_source(source, file_name)
    reopen = table_opener(data, file_name, options.read_as)
    table = reopen()
    columns = with_days_of_weeks(columns_of(table, kind, options.mapped), kind, reopen)
    columns = with_meant_accounts(columns, kind, options.mapped, reopen)
    columns = with_named_ids(columns, kind, options.mapped, reopen)
    tell = session.store.on_progress

    def reopen_counted() -> RowTable:
        again = reopen()
        return replace(again, rows=_counted(again.rows, "looking how dates and numbers are written", tell))

    columns, client_ids = with_ids_of_clients_first(kind, columns, options.mapped)
    formats = formats_of(reopen_counted, table, file_name, kind, columns, options.dates)
    formats = replace(
        formats,
        implied=implied_by_headers(kind, columns),
        client_ids=client_ids,
        id_country=id_country_of(kind, columns, session.settings.region),
        usual_country=usual_country_of(kind, columns, reopen),
        unread_opening=unread_opening_of(kind, columns, reopen),
    )
    shape = shaper(kind, columns, options.shape, formats, table.headers)
    check_said(session, kind, columns, options.shape, formats, table.headers)
    run_id, started = session.store.ids.new_id(), time.monotonic()

    def _proposals(findings: Findings) -> tuple[Proposal, ...]:
        cells = [row.values for row in islice(reopen().rows, _LOOKED_AT)]
        return proposals(kind, columns, table.headers, cells, findings, partial(first_names, session.store))

    def all_shaped(phase: str) -> Iterator[SourceRow]:
        """All rows of the file before any is taken: what belongs together may stand far apart."""
        again = _counted(reopen().rows, phase, tell)
        again = without_deleted(again, table.headers, kind, columns, options.mapped)
        return (shape(row) for row in again if not (row.left_out or row.refused))

    def work(transaction: Transaction) -> ImportReport:
        check_colleagues(transaction, kind, columns, options.shape, table.headers)
        importer = _importer(session, transaction, kind, columns, formats, options)
        rows = without_deleted(table.rows, table.headers, kind, columns, options.mapped)
        rows = without_firms(rows, kind, table.file_format)
        verdicts = Verdicts()
        with DocumentLines() if columns.has_lines and kind in LINED else nullcontext() as lines:
            take = importer.take
            if lines is not None:
                lines.gather(all_shaped("lines of documents"), formats.dates)
                take = partial(lines.take, take=importer.take)
            if isinstance(importer, _Gathering):
                whole = all_shaped("rows read")
                while chunk := list(islice(whole, _CHUNK)):
                    importer.gather(chunk)
                importer.settle()
            rejected = _take_all(importer, take, rows, shape, progress, started, seen, verdicts)
        proposed = _proposals(importer.findings) if dry_run or rejected or columns.left_out else ()
        verdicts.say_more(reasons_with_columns(kind, proposed))
        report = ImportReport(
            run_id=run_id,
            file_name=file_name,
            record_kind=kind,
            rows=verdicts.rows.settled(),
            counts=verdicts.counts,
            fields=columns.fields,
            left_out=columns.left_out,
            seconds=time.monotonic() - started,
            headers=tuple(table.headers),
            rejected=rejected.settled(),
            notes=(
                *table.notes.sentences(),
                *format_notes(columns, formats, office_zone(session)),
                *verdicts.notes(),
                *findings_notes(importer.findings),
                *(
                    notes_of_missing(kind, _filled(kind, columns, options))
                    if verdicts.counts.get("create")
                    else ()
                ),
            ),
            more=columns.more,
            proposals=proposed,
            names=names_in(session.store, kind, verdicts.rows),
        )
        if dry_run or not report.total or report.is_refused:
            raise _DryRun(replace(report, run_id=None))
        transaction.insert(_run_of(report, run_id))
        return report

    try:
        with wide_cache(session.store), rare_collection():
            report = session.change(f"import of {file_name}", work, run_id=run_id).result
    except _DryRun as stopped:
        return stopped.report
    return replace(report, seconds=time.monotonic() - started)


def _filled(kind: str, columns: FileColumns, options: ImportOptions) -> set[str]:
    """The fields that columns fill, or constants; of a file of ours all of them."""
    if columns.is_own:
        return set(importable(kind))
    return {field for _, field in columns.pairs} | {
        field_named(kind, name) for name in options.shape.constants
    }


def _take_all(
    importer: _Importer,
    take: Callable[[list[SourceRow]], list[RowVerdict]],
    rows: Iterator[SourceRow],
    shape: Callable[[SourceRow], SourceRow],
    progress: Progress | None,
    started: float,
    seen: Seen | None,
    verdicts: Verdicts,
) -> Spool[SourceRow]:
    """Take the rows into verdicts, and give back those that were refused, as they stand in the file."""
    rejected: Spool[SourceRow] = Spool()
    while chunk := list(islice(rows, _CHUNK)):
        became = [RowVerdict(row.number, "skip", "", reason=row.left_out) for row in chunk if row.left_out]
        became += [RowVerdict(row.number, "error", "", reason=row.refused) for row in chunk if row.refused]
        shaped = [shape(row) for row in chunk if not (row.left_out or row.refused)]
        became += take(shaped)
        became = sorted(_flagged(became, [*chunk, *shaped]), key=lambda verdict: verdict.row)
        refused = {verdict.row for verdict in became if verdict.verdict == "error"}
        rejected.extend(row for row in chunk if row.number in refused)
        verdicts.add(became, importer.waiting)
        if seen is not None:
            seen(became)
        if progress is not None:
            progress(verdicts.total, time.monotonic() - started)
    verdicts.say(importer.finish())
    return rejected


def _counted(
    rows: Iterator[SourceRow], phase: str, tell: Callable[[str, int, int], None]
) -> Iterator[SourceRow]:
    """The rows, of which somebody hears now and then how many there were."""
    for number, row in enumerate(rows, 1):
        if not number % _CHUNK:
            tell(phase, number, 0)
        yield row


def _run_of(report: ImportReport, run_id: int) -> ImportRun:
    return ImportRun(
        id=run_id,
        file_name=report.file_name,
        record_kind=report.record_kind,
        created=report.count("create"),
        updated=report.count("update"),
        skipped=report.unchanged,
        rejected=report.count("error"),
    )


def _importer(
    session: Session,
    transaction: Transaction,
    kind: str,
    columns: FileColumns,
    formats: FieldFormats,
    options: ImportOptions,
) -> _Importer:
    if kind == "usage":
        from onewindow.desk.imports.writing.usage import UsageImporter

        return UsageImporter(
            session,
            transaction,
            formats,
            client=options.client,
            create_clients=options.create_clients,
            moves_licences=not columns.is_own,
            source=options.source,
        )
    from onewindow.desk.imports.writing.records import RecordImporter

    return RecordImporter(
        session,
        transaction,
        kind,
        formats,
        client=options.client,
        create_clients=options.create_clients,
        source=options.source,
        has_lines=columns.has_lines and kind in LINED,
    )


def _flagged(verdicts: list[RowVerdict], rows: Sequence[SourceRow]) -> list[RowVerdict]:
    """The verdicts with what is odd of the rows as wholes."""
    odd = {row.number: "; ".join(row.flags) for row in rows if row.flags}
    if not odd:
        return verdicts
    return [
        replace(verdict, reason="; ".join(filter(None, (verdict.reason, odd[verdict.row]))))
        if verdict.row in odd
        else verdict
        for verdict in verdicts
    ]
