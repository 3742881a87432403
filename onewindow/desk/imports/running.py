"""Import of files: rows under our field names, in one transaction, with a run that can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from onewindow.desk.imports.imported_file import ImportedFile
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.proposals import reasons_with_columns
from onewindow.desk.imports.reading.invoice_lines import DocumentLines
from onewindow.desk.imports.reading.whole_file_values import check_colleagues
from onewindow.desk.imports.reporting.differences import names_in
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict, Verdicts
from onewindow.desk.imports.reporting.spool import Spool
from onewindow.desk.imports.writing.importer import Gathering, Importer, ImportTask
from onewindow.desk.session.context import Session
from onewindow.exchange.rows import SourceRow
from onewindow.records.organization import ImportRun
from onewindow.store.bulk import rare_collection, wide_cache
from onewindow.store.changes import Transaction

Progress = Callable[[int, float], None]
"""Called with rows done and seconds passed; what it raises ends the import, and nothing came in."""
Seen = Callable[[Sequence[RowVerdict]], None]
"""Called inside the transaction with what became of further rows."""

_CHUNK = 2000
"""Rows taken at a time: one question to the store serves many of them, and memory holds them all."""


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
    file = ImportedFile(session, kind, source, name, options or ImportOptions(), counted_every=_CHUNK)
    run_id, started = session.store.ids.new_id(), time.monotonic()

    def work(transaction: Transaction) -> ImportReport:
        check_colleagues(transaction, kind, file.columns, file.options.shape, file.table.headers)
        importer = _importer(session, transaction, file)
        verdicts = Verdicts()
        rejected = _take_file(importer, file, verdicts, started, progress, seen)
        is_proposing = dry_run or rejected or file.columns.left_out
        proposed = file.proposals(importer.findings) if is_proposing else ()
        verdicts.say_more(reasons_with_columns(kind, proposed))
        report = ImportReport(
            run_id=run_id,
            file_name=file.name,
            record_kind=kind,
            rows=verdicts.rows.settled(),
            counts=verdicts.counts,
            fields=file.columns.fields,
            left_out=file.columns.left_out,
            seconds=time.monotonic() - started,
            headers=tuple(file.table.headers),
            rejected=rejected.settled(),
            notes=file.notes(importer.findings, verdicts),
            more=file.columns.more,
            proposals=proposed,
            names=names_in(session.store, kind, verdicts.rows),
        )
        # An exception is what leaves no trace: the transaction is rolled back, the report is kept.
        if dry_run or not report.total or report.is_refused:
            raise _DryRun(replace(report, run_id=None))
        transaction.insert(_run_of(report, run_id))
        return report

    try:
        with wide_cache(session.store), rare_collection():
            report = session.change(f"import of {file.name}", work, run_id=run_id).result
    except _DryRun as stopped:
        return stopped.report
    return replace(report, seconds=time.monotonic() - started)


def _take_file(
    importer: Importer,
    file: ImportedFile,
    verdicts: Verdicts,
    started: float,
    progress: Progress | None,
    seen: Seen | None,
) -> Spool[SourceRow]:
    """Take all rows of a file, lines of documents as one; gives back those that were refused."""
    with DocumentLines() if file.has_lines else nullcontext() as lines:
        take = importer.take
        if lines is not None:
            lines.gather(file.all_shaped("lines of documents"), file.formats.dates)
            take = partial(lines.take, take=importer.take)
        if isinstance(importer, Gathering):
            whole = file.all_shaped("rows read")
            while chunk := list(islice(whole, _CHUNK)):
                importer.gather(chunk)
            importer.settle()
        return _take_all(importer, take, file.rows(), file.shape, progress, started, seen, verdicts)


def _take_all(
    importer: Importer,
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


def _importer(session: Session, transaction: Transaction, file: ImportedFile) -> Importer:
    # A look at a file imports this module too; what writes rows takes 100 ms more, which only a run needs.
    from onewindow.desk.imports.writing.importers import importer_of

    options = file.options
    return importer_of(
        ImportTask(
            session,
            transaction,
            file.kind,
            file.formats,
            client=options.client,
            create_clients=options.create_clients,
            source=options.source,
            is_own=file.columns.is_own,
            has_lines=file.has_lines,
        )
    )


def _flagged(verdicts: list[RowVerdict], rows: Sequence[SourceRow]) -> list[RowVerdict]:
    """The verdicts with what is odd of the rows as wholes."""
    odd = {row.number: "; ".join(row.flags) for row in rows if row.flags}
    return [verdict.saying(odd.get(verdict.row, "")) for verdict in verdicts] if odd else verdicts
