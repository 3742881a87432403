"""Import of files: rows under our field names, in one transaction, with a run that can be taken back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from onewindow.desk.import_report import ImportReport, RowVerdict
from onewindow.desk.session import Session
from onewindow.exchange.headers import HeaderMatch, match_headers
from onewindow.exchange.rows import RowTable, SourceRow
from onewindow.exchange.tables import read_rows
from onewindow.records.clients import Client
from onewindow.records.department import ImportRun
from onewindow.store.bulk import wide_cache
from onewindow.store.changes import Transaction
from onewindow.store.identity import new_id

ImportKind = Literal["client", "contact"]
Progress = Callable[[int, float], None]
"""Called with rows done and seconds passed."""

_CHUNK = 2000


class _Importer(Protocol):
    def take(self, rows: list[SourceRow]) -> list[RowVerdict]: ...


class _DryRun(Exception):
    """Carries the report out of a transaction that must leave no trace."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def import_file(
    session: Session,
    kind: ImportKind,
    source: str | Path | bytes | BinaryIO,
    name: str = "",
    *,
    mapped: Mapping[str, str] | None = None,
    client: Client | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the rows of a file in and tell what became of each; rejected rows keep no other row out.

    `mapped` names fields for headers; `client` owns contacts whose row names no client. A dry run does all of
    it and leaves no trace. Raises FileProblem or MapProblem, and then nothing was imported.
    """
    table = read_rows(source, name)
    file_name = name or (Path(source).name if isinstance(source, str | Path) else "input")
    fields, left_out = _fields_of(table, kind, mapped or {})
    run_id, started = new_id(), time.monotonic()

    def work(transaction: Transaction) -> ImportReport:
        importer = _importer(session, transaction, kind, client)
        verdicts: list[RowVerdict] = []
        rows = _named(table.rows, fields)
        while chunk := list(islice(rows, _CHUNK)):
            verdicts += importer.take(chunk)
            if progress is not None:
                progress(len(verdicts), time.monotonic() - started)
        report = ImportReport(
            run_id, file_name, kind, tuple(verdicts), fields, left_out, time.monotonic() - started
        )
        if dry_run:
            raise _DryRun(replace(report, run_id=None))
        run = ImportRun(
            id=run_id,
            file_name=file_name,
            record_kind=kind,
            created=report.count("create"),
            updated=report.count("update"),
            skipped=report.count("skip"),
            rejected=report.count("error"),
        )
        transaction.insert(run)
        return report

    try:
        with wide_cache(session.store):
            report = session.change(f"import of {file_name}", work, run_id=run_id).result
    except _DryRun as stopped:
        return stopped.report
    return replace(report, seconds=time.monotonic() - started)


def _importer(
    session: Session, transaction: Transaction, kind: ImportKind, client: Client | None
) -> _Importer:
    if kind == "client":
        from onewindow.desk.import_clients import ClientImporter

        return ClientImporter(session, transaction)
    from onewindow.desk.import_contacts import ContactImporter

    return ContactImporter(session, transaction, client)


def _fields_of(
    table: RowTable, kind: ImportKind, mapped: Mapping[str, str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Header -> field, and the headers that are left out. A file of clients may carry their main contact."""
    match = match_headers(table.headers, kind, mapped)
    fields = dict(match.fields)
    if kind == "client":
        fields.update(_contact_fields(table, match))
    left_out = tuple(header for header in table.headers if header not in fields and mapped.get(header) != "")
    return fields, left_out


def _contact_fields(table: RowTable, match: HeaderMatch) -> dict[str, str]:
    from onewindow.desk.import_clients import CONTACT_FIELDS

    # A vCard of a firm has the firm's name and the person's; in other tables a second name is an alias.
    spare = list(match.unmatched) + (list(match.ambiguous) if table.file_format == "vcard" else [])
    found = match_headers(spare, "contact").fields
    kept = {header: field for header, field in found.items() if field in CONTACT_FIELDS}
    if not any(field in CONTACT_FIELDS[:4] for field in kept.values()):
        return {}
    return {header: f"contact.{field}" for header, field in kept.items()}


def _named(rows: Iterator[SourceRow], fields: Mapping[str, str]) -> Iterator[SourceRow]:
    pairs = list(fields.items())
    for row in rows:
        values = row.values
        yield SourceRow(row.number, {field: _text(values.get(header, "")) for header, field in pairs})


def _text(cell: str) -> str:
    return cell.replace("\x00", "") if "\x00" in cell else cell
