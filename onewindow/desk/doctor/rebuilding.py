"""Making again what is made from the records: lists, search, and indexes, damaged ones too."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from onewindow.desk.caches import client_caches
from onewindow.desk.doctor import damage
from onewindow.desk.doctor.salvaging import salvage
from onewindow.records.named_tuples import NamedTuple
from onewindow.store.doctor import checking, file_history, restoring
from onewindow.store.doctor.backup import file_problems
from onewindow.store.engine import Progress, open_store
from onewindow.store.file import paths
from onewindow.store.problems import Damaged
from onewindow.text.dates import utc_text


class Rebuilt(NamedTuple):
    """How many clients there are, and where the old file is if a new one had to be made."""

    clients: int
    set_aside: Path | None


def rebuild(path: Path, now: datetime, actor: str, progress: Progress) -> Rebuilt:
    """Make lists, search and damaged indexes again; the history says who did so.

    Where damage does not let that be done in place, a new file is made from the records, all of which can be
    read, and the old one is set aside. Raises Damaged if records are hurt; nothing is changed then.
    """
    path = path.expanduser().resolve()
    try:
        return Rebuilt(_in_place(path, now, actor, progress), None)
    except Damaged as problem:
        try:
            is_hurt = damage.hurts_records(path)
        except OSError:
            raise problem from None
        if is_hurt:
            raise
    return _made_new(path, now, actor, progress)


def _in_place(path: Path, now: datetime, actor: str, progress: Progress) -> int:
    with open_store(path) as store:
        problems = file_problems(store.connection, "integrity_check")
        if problems:
            with store.exclusive():
                checking.make_indexes(store)
        store.on_progress = progress
        clients = client_caches.rebuild(store, now)
        # Before anything is called mended: some damage lets itself be written over and is still there.
        if problems and (left := file_problems(store.connection, "integrity_check")):
            raise Damaged(left[0])
        file_history.note(store, actor, utc_text(now), "lists, search and indexes made again")
    return clients


def _made_new(path: Path, now: datetime, actor: str, progress: Progress) -> Rebuilt:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        report = salvage(path, part, now, actor, progress)
        if report.lost or report.problems:
            raise Damaged(
                f"{path} is damaged in its records: nothing was changed; restore a backup with "
                "`onewindow db restore`, or save what it still holds with `onewindow db salvage`."
            )
        clients = next(count.kept for count in report.counts if count.kind == "client")
        part.chmod(paths.mode_of(path))
        what = "made again from its records, all of them"
        return Rebuilt(clients, restoring.put_in_place(part, path, utc_text(now), actor=actor, what=what))
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
