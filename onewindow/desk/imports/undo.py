"""Taking an import back: everything that nobody touched since, updates too; the rest is kept and listed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field

from onewindow.desk.reference.record_entries import Display, RecordEntry
from onewindow.desk.session import naming
from onewindow.desk.session.context import Session
from onewindow.records.fields import Record, typed_attributes
from onewindow.records.kinds import KINDS
from onewindow.records.organization import ImportRun
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.changes import CACHED, Transaction, record_of
from onewindow.store.engine import Value
from onewindow.store.imports import log
from onewindow.store.problems import NotFound, StoreProblem
from onewindow.text.dates import moment_near, to_local


@frozen_struct
class Kept:
    """A record that was changed since, and what of it stays as it is now (fields; or 'record')."""

    kind: str
    id: int
    title: str
    fields: tuple[str, ...]


@frozen_struct
class UndoReport:
    """How many records went back, and what stayed because people worked on it since."""

    run_id: int
    file_name: str
    archived: int
    reverted: int
    kept: tuple[Kept, ...]
    archived_of: Mapping[str, int] = field(default_factory=dict[str, int])
    """The archived ones by kind of record."""

    @property
    def archived_words(self) -> str:
        """How many of what were archived, in words: `8: 4 clients, 4 requisites`."""
        parts = [
            f"{count} {KINDS[kind].plural if count > 1 else KINDS[kind].display_name}"
            for kind, count in self.archived_of.items()
        ]
        return f"{self.archived}: {', '.join(parts)}" if parts else str(self.archived)


def runs(session: Session, limit: int = 200) -> list[ImportRun]:
    """The imports of this file, the newest first, each with when it was taken back by whatever door."""
    return [as_listed(run) for run in log.runs(session.store, limit)]


def as_listed(run: ImportRun) -> ImportRun:
    """A run as people read it: one that was undone as a change is reverted too."""
    if run.archived_at is None or run.reverted_at is not None:
        return run
    return run.with_changes({"reverted_at": run.archived_at})


IMPORT_RUN = RecordEntry[Session, ImportRun](display=Display(row=as_listed, shows_archived=True))
"""An import that was undone stays in the list of imports."""


def named_run(session: Session, word: str) -> ImportRun:
    """The run that an id means, or `last`, the newest that stands; raises NotFound."""
    if word == "last":
        last = None
        # One that was undone as a change is over too; one that brought nothing in has nothing to take back.
        for run in runs(session):
            stands = run.reverted_at is None and run.created + run.updated
            if stands and log.change_sets(session.store, run.id):
                return run
            last = last or (run if run.created + run.updated else None)
        raise NotFound(_nothing_left(session, last))
    if not word.isdecimal() or len(word) > 19:
        raise NotFound(f"There is no import “{word}”; `onewindow import runs` lists them.")
    return rows.get(session.store, ImportRun, int(word))


def _nothing_left(session: Session, last: ImportRun | None) -> str:
    if last is None:
        return "There is no import to take back."
    return f"{_undone_already(session, last)}; no other is left to take back."


def _undone_already(session: Session, run: ImportRun) -> str:
    at = (
        f" ({moment_near(to_local(run.reverted_at, session.zone), session.local_now())})"
        if run.reverted_at
        else ""
    )
    return f"The import of {run.file_name} was undone already{at}"


def undo_import(session: Session, run: ImportRun) -> UndoReport:
    """Archive what an import made and set back what it changed; raises StoreProblem if that was done before.

    A record that somebody changed since keeps those fields, and a new client to whom work was added stays.
    """

    def work(transaction: Transaction) -> UndoReport:
        return _take_back(session, transaction, rows.get(session.store, ImportRun, run.id))

    return session.change(f"took back the import of {run.file_name}", work).result


def _take_back(session: Session, transaction: Transaction, run: ImportRun) -> UndoReport:
    if run.reverted_at is not None:
        raise StoreProblem(f"{_undone_already(session, run)}.")
    store = transaction.store
    sets = log.change_sets(store, run.id)
    if not sets and not run.created + run.updated:
        raise StoreProblem(
            f"The import of {run.file_name} brought nothing in; there is nothing to take back."
        )
    if not sets:
        raise StoreProblem(f"{_undone_already(session, run)}.")
    touched = log.touched_since(store, sets)
    events = log.events(store, sets)
    staying = _clients_that_stay(run, events, touched)
    archived: Counter[str] = Counter()
    reverted = 0
    kept: dict[tuple[str, int], dict[str, None]] = {}
    transaction.undoes = sets[0]
    for event in events:
        if event.entity == run.kind:
            continue
        key = (event.entity, event.entity_id)
        record = record_of(store, *key)
        if event.op == "insert":
            if key in touched:
                kept.setdefault(key, {}).update(dict.fromkeys(touched[key] or ("record",)))
            elif getattr(record, "client_id", None) in staying:
                kept.setdefault(key, {})["record"] = None  # what tells who a client is stays with the client
            elif not record.archived_at:
                transaction.archive(record)
                archived[record.kind] += 1
        elif event.op == "restore":
            if key in touched:
                kept.setdefault(key, {}).update(dict.fromkeys(touched[key] or ("record",)))
                continue
            transaction.archive(record)
            archived[record.kind] += 1
        elif event.op == "update":
            back, changed = _undone(record, json.loads(event.old or "{}"), json.loads(event.new or "{}"))
            if back:
                transaction.update(record, back)
                reverted += 1
            if changed:
                kept.setdefault(key, {}).update(dict.fromkeys(changed))
    transaction.update(run, {"reverted_at": transaction.at})
    log.mark_undone(transaction, sets)
    stayed = tuple(_kept(record_of(store, *key), fields) for key, fields in kept.items())
    return UndoReport(run.id, run.file_name, archived.total(), reverted, stayed, dict(archived))


def _clients_that_stay(
    run: ImportRun, events: Sequence[log.RunEvent], touched: Mapping[tuple[str, int], object]
) -> set[int]:
    """Clients whom an import of clients made and who were worked on since."""
    if run.record_kind != "client":
        return set()
    return {
        event.entity_id
        for event in events
        if (event.op, event.entity) == ("insert", "client") and ("client", event.entity_id) in touched
    }


def _undone(
    record: Record, old: dict[str, Value], new: dict[str, Value]
) -> tuple[dict[str, Value], list[str]]:
    """The fields that are still as the import left them, with their values before; and those that are not."""
    counted = [name for name in new if name not in CACHED]
    changed = [name for name in counted if getattr(record, name) != new[name]]
    return {name: old[name] for name in counted if name in old and name not in changed}, changed


def _kept(record: Record, fields: dict[str, None]) -> Kept:
    typed = {a.name for a in typed_attributes(type(record))}
    names = tuple(name for name in fields if name in typed or name == "record")
    return Kept(record.kind, record.id, naming.title_of(record), names or tuple(fields))
