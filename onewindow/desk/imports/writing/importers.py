"""Which importer takes the rows of a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from onewindow.desk.imports.writing.importer import Importer, ImportTask
from onewindow.desk.imports.writing.records import RecordImporter
from onewindow.desk.imports.writing.usage import UsageImporter


def importer_of(task: ImportTask) -> Importer:
    """The importer of a kind, at its beginning."""
    return _IMPORTERS.get(task.kind, _records)(task)


def _records(task: ImportTask) -> Importer:
    return RecordImporter(
        task.session,
        task.transaction,
        task.kind,
        task.formats,
        client=task.client,
        create_clients=task.create_clients,
        source=task.source,
        has_lines=task.has_lines,
    )


def _usage(task: ImportTask) -> Importer:
    return UsageImporter(
        task.session,
        task.transaction,
        task.formats,
        client=task.client,
        create_clients=task.create_clients,
        moves_licences=not task.is_own,
        source=task.source,
    )


_IMPORTERS: Mapping[str, Callable[[ImportTask], Importer]] = {"usage": _usage}
"""Kinds whose rows are not taken one by one as records."""
