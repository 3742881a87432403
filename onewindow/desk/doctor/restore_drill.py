"""A fire drill: the newest backup is restored beside everything, examined whole, and thrown away."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onewindow.desk.caches import client_caches
from onewindow.desk.doctor.diagnosis import Diagnosis, sized
from onewindow.store.doctor import backup, checking, restoring
from onewindow.store.engine import open_store
from onewindow.store.problems import StoreProblem


def drill(path: Path, backups: Path, now: str) -> Iterator[Diagnosis]:
    """Restore the newest backup of a file into a temporary one and compare both; `now` is UTC text."""
    newest = next(iter(backup.backups_in(backups, path)), None)
    if newest is None:
        yield Diagnosis("fault", "drill", f"There is no backup in {backups}.", "onewindow db backup")
        return
    with tempfile.TemporaryDirectory(prefix="onewindow-drill-") as folder:
        needed, free = 2 * newest.stat().st_size, shutil.disk_usage(folder).free
        if free < needed:
            message = f"A drill needs {sized(needed)} in {folder}, there are {sized(free)}."
            yield Diagnosis("warning", "drill", message, "export TMPDIR=LARGER_FOLDER")
            return
        try:
            yield from _restored(path, newest, Path(folder) / "onewindow.db", now)
        except StoreProblem as problem:
            yield Diagnosis("fault", "drill", f"{newest}: {problem}", "onewindow db backup")


def _restored(path: Path, newest: Path, target: Path, now: str) -> Iterator[Diagnosis]:
    restoring.restore(target, newest, now)
    with open_store(target) as store:
        wrong = [finding.message for finding in checking.check(store, thorough=True)]
        wrong += client_caches.differences(store)
    for message in wrong:
        yield Diagnosis("fault", "drill", f"{newest.name} restored: {message}", "onewindow db backup")
    if not wrong:
        yield Diagnosis("ok", "drill", f"{newest.name} was restored and is sound.")
    if path.exists():
        yield _compared(path, target)


def _compared(path: Path, target: Path) -> Diagnosis:
    restored, now = backup.last_change(target), backup.last_change(path)
    if backup.last_change(path, upto=restored[0]) != restored:
        return Diagnosis(
            "fault",
            "drill",
            "The newest backup has changes that the file has not: was an older one restored since?",
        )
    later = now[0] - restored[0]
    since_then = f"{later} changes were made since" if later else "nothing was changed since"
    return Diagnosis(
        "ok", "drill", f"Its last change is number {restored[0]}, of {restored[1]}; {since_then}."
    )
