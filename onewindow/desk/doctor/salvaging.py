"""Saving what a damaged file still holds into a new, sound one, with a list of what could not be saved."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from onewindow.desk.caches import client_caches
from onewindow.records.kinds import KINDS
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.doctor import backup, checking, file_history
from onewindow.store.engine import Progress, open_store
from onewindow.store.failures import explained
from onewindow.store.file import identity, leftover_files, locks, paths
from onewindow.store.problems import StoreProblem
from onewindow.store.salvage.bad_values import Replaced, make_readable
from onewindow.store.salvage.losses import Lost, client_numbers, lost_events, lost_records, unknown_pages
from onewindow.store.salvage.pages import Pages
from onewindow.store.salvage.repair import Dangling, make_whole, note_lost
from onewindow.store.salvage.rescue import Salvage, at_once, extract, unsynced
from onewindow.store.sqlite_library import sqlite
from onewindow.text.dates import utc_text

_OTHERS = {"setting": "settings", "draft": "drafts", "counter": "counters", "change_set": "names of changes"}
"""Tables that are no kinds of records, and what people call them."""


class KindCount(NamedTuple):
    """Of one kind of records: how many were kept, how many are known to be lost, and what cannot be known."""

    kind: str
    kept: int
    lost: int
    unknown: int
    """Pages of which nothing is known, not even whether records stood there."""


@dataclass
class SalvageReport:
    """What a salvage saved and what it could not."""

    path: Path
    counts: list[KindCount] = field(default_factory=list[KindCount])
    lost: list[Lost] = field(default_factory=list[Lost])
    clients: dict[int, int] = field(default_factory=dict[int, int])
    """Numbers of the clients of lost records, by id."""
    dangling: list[Dangling] = field(default_factory=list[Dangling])
    unreadable: list[Replaced] = field(default_factory=list[Replaced])
    """Values that could not be kept as they stood, since no reader would take them."""
    unassigned: int = 0
    """Pages of which nobody can tell what stood in them."""
    problems: list[str] = field(default_factory=list[str])
    """What an examination of the new file finds; nothing is to be expected."""


def salvage(
    source: Path, target: Path | None, now: datetime, actor: str, progress: Progress
) -> SalvageReport:
    """Write what a file still holds into a new one, and tell what it could not; the file itself is only read.

    Without a `target` the new file gets a free name beside the old one. Raises StoreProblem if the file is in
    use, if the target is there already, if nothing can be read or the disk does not take the new file.
    """
    source = source.expanduser().absolute()
    if not source.is_file():
        raise StoreProblem(f"There is no file {source}.")
    if locks.is_in_use(source):
        raise StoreProblem(
            f"{source} is in use; close One Window everywhere first, so that nothing moves in it."
        )
    wanted = target.expanduser().absolute() if target else source.with_name(f"{source.stem}.salvaged.db")
    if target and wanted.exists():
        raise StoreProblem(f"{wanted} is there already; name another file.")
    leftover_files.clear_unfinished(wanted)
    # Under a hidden name first: a file with the wanted name is always whole.
    part = wanted.with_name(f".{wanted.name}.{os.getpid()}.part")
    try:
        paths.create_file(part, paths.mode_of(source))
        report = _written(source, part, now, actor, progress)
        paths.sync(part)
        report.path = backup.placed(part, wanted, is_named=target is not None, mode=paths.mode_of(source))
        # The name itself must survive a power cut, too.
        paths.sync(report.path.parent)
    except sqlite.DatabaseError as error:
        raise explained(error, part, writing=True) or StoreProblem(
            f"{wanted} cannot be written: {error}."
        ) from error
    except OSError as error:
        raise StoreProblem(f"{wanted} cannot be written: {(error.strerror or '').lower()}.") from error
    finally:
        for suffix in ("", "-wal", "-shm", "-journal", ".lock", ".open"):
            with contextlib.suppress(OSError):
                part.with_name(part.name + suffix).unlink()
    return report


def _written(source: Path, part: Path, now: datetime, actor: str, progress: Progress) -> SalvageReport:
    at = utc_text(now)
    with unsynced(part) as connection:
        made = extract(source, connection, progress)
        with Pages(source) as pages:
            lost = lost_records(pages, made, connection)
        report = SalvageReport(part, unassigned=len(made.unassigned) + len(made.found.lost))
        gone = lost_events(connection)
        unknown = {table: unknown_pages(made, connection, table) for table in made.shapes}
        with at_once(connection):
            report.dangling = make_whole(connection, made, lost, at)
            report.unreadable = make_readable(connection, at)
        report.lost = [loss for of_kind in lost.values() for loss in of_kind.values()]
        report.clients = client_numbers(connection)
        report.counts = _counts(made, lost, gone, unknown)
    with open_store(part) as store:
        with store.exclusive():
            note_lost(store.connection, lost, at)
            # The id of the file may be among what was lost.
            identity.give(store.connection)
        store.on_progress = progress
        try:
            client_caches.rebuild(store, now)
        except (ValueError, LookupError, TypeError) as error:
            # Whatever one damaged value does to the lists, the records are saved all the same.
            report.problems.append(
                f"The lists could not be made ({type(error).__name__}): run `onewindow db rebuild`."
            )
        file_history.note(store, actor, at, f"salvaged from {source}: {len(report.lost)} records lost")
        report.problems += [finding.message for finding in checking.check(store, thorough=True)]
        with contextlib.suppress(ValueError, LookupError, TypeError):  # told above already
            report.problems += client_caches.differences(store)
        store.checkpoint()
    return report


def _counts(
    made: Salvage, lost: dict[str, dict[int, Lost]], gone: int, unknown: dict[str, int]
) -> list[KindCount]:
    counts = [
        KindCount(
            kind.display_name,
            made.kept.get(kind.table, 0),
            len(lost.get(kind.name, {})),
            unknown.get(kind.table, 0),
        )
        for kind in KINDS.values()
    ]
    counts.append(KindCount("changes in the log", made.kept.get("event", 0), gone, unknown.get("event", 0)))
    counts += [
        KindCount(spoken, made.kept.get(table, 0), 0, unknown.get(table, 0))
        for table, spoken in _OTHERS.items()
    ]
    return counts
