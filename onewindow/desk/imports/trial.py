"""What an import would do, tried on a copy by the same import, with the first records at hand."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from onewindow.desk.editing.parsing import shown_text
from onewindow.desk.imports.options import ImportOptions
from onewindow.desk.imports.reporting.run_report import ImportReport, RowVerdict
from onewindow.desk.imports.running import Progress, import_file
from onewindow.desk.session.context import Session
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.imports.trial import trial_of
from onewindow.store.problems import StoreProblem

_UNTOLD = frozenset({"flags", "name_sort", "slug", "note", "number"})
_SHOWN = 100
"""So many new records are read to be shown as they would come in."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The report of a dry run, and the first new records as people would read them: row → field → value."""

    report: ImportReport
    is_whole: bool = True
    """Whether the report is of all rows; else it has the first ones, and no word on how the file was read."""
    records: Mapping[int, Mapping[str, str]] = field(default_factory=dict[int, Mapping[str, str]])


@contextmanager
def copy_of(session: Session, store: Store) -> Generator[Session]:
    """The person at work on a copy, so that nobody waits; on the file itself if it is too large."""
    copy = trial_of(store)
    if copy is None:
        yield session.beside(store)
        return
    with copy:
        beside = session.beside(copy)
        # What is behind stays so in the copy: bringing it up is work for the file.
        copy.bring_up = None
        yield beside


def try_import(
    session: Session,
    kind: str,
    data: bytes,
    name: str,
    options: ImportOptions,
    progress: Progress | None = None,
    first: Callable[[Trial], object] | None = None,
) -> Trial:
    """Do all of an import and leave no trace; raises as `import_file` does.

    `first` is called with what becomes of the first rows, while the others are still to come.
    """
    records: dict[int, Mapping[str, str]] = {}
    has_begun = False

    def seen(verdicts: Sequence[RowVerdict]) -> None:
        nonlocal has_begun
        new = (
            verdict for verdict in verdicts if verdict.verdict == "create" and verdict.record_id is not None
        )
        for verdict in islice(new, _SHOWN - len(records)):
            records[verdict.row] = _shown(session, kind, verdict.record_id or 0)
        # The window shows the first rows while a large file is still being tried.
        if first is not None and not has_begun:
            has_begun = True
            first(Trial(_begun(kind, name, verdicts), False, dict(records)))

    report = import_file(session, kind, data, name, options, dry_run=True, progress=progress, seen=seen)
    return Trial(report, True, records)


def _begun(kind: str, name: str, verdicts: Sequence[RowVerdict]) -> ImportReport:
    """A report of the first rows."""
    return ImportReport(
        run_id=None,
        file_name=name,
        record_kind=kind,
        rows=tuple(verdicts),
        fields={},
        left_out=(),
        seconds=0.0,
    )


def _shown(session: Session, kind: str, record_id: int) -> dict[str, str]:
    """What a new record has that was not there by itself."""
    record = rows.find(session.store, KINDS[kind].record, record_id)
    texts: dict[str, str] = {}
    if record is None:
        return texts
    for described in attributes(type(record)):
        value = getattr(record, described.name)
        if described.name in _UNTOLD or value in (None, "", 0, described.default):
            continue
        with contextlib.suppress(StoreProblem, ValueError):
            texts[described.name.removesuffix("_id")] = shown_text(session, record, described)
    return texts
