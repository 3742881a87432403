"""What an import would do, tried on a copy by the same import, with the first records at hand."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from onewindow.desk.import_report import ImportReport, RowVerdict
from onewindow.desk.importing import ImportOptions, Progress, import_file
from onewindow.desk.session import Session
from onewindow.desk.typing_in import shown_text
from onewindow.records.fields import attributes
from onewindow.records.kinds import KINDS
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.problems import StoreProblem
from onewindow.store.trial import trial_of

_UNTOLD = frozenset({"flags", "name_sort", "slug", "note", "number"})
_SHOWN = 100
"""So many new records are read to be shown as they would come in."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The report of a dry run, and the first new records as people would read them: row → field → value."""

    report: ImportReport
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
) -> Trial:
    """Do all of an import and leave no trace; raises as `import_file` does."""
    records: dict[int, Mapping[str, str]] = {}

    def seen(verdicts: Sequence[RowVerdict]) -> None:
        for verdict in verdicts:
            if len(records) >= _SHOWN:
                return
            if verdict.verdict == "create" and verdict.record_id is not None:
                records[verdict.row] = _shown(session, kind, verdict.record_id)

    report = import_file(session, kind, data, name, options, dry_run=True, progress=progress, seen=seen)
    return Trial(report, records)


def _shown(session: Session, kind: str, record_id: int) -> dict[str, str]:
    """What a new record has that was not there by itself."""
    found = rows.find(session.store, KINDS[kind].record, record_id)
    told: dict[str, str] = {}
    if found is None:
        return told
    for described in attributes(type(found)):
        value = getattr(found, described.name)
        if described.name in _UNTOLD or value in (None, "", 0, described.default):
            continue
        with contextlib.suppress(StoreProblem, ValueError):
            told[described.name.removesuffix("_id")] = shown_text(session, found, described)
    return told
