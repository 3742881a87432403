"""Whether a file can be trusted where it lies: disk, rights, schema, space, backups. Nothing is written."""

from __future__ import annotations

import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onewindow.desk.doctor.diagnosis import Diagnosis, sized
from onewindow.desk.doctor.file_check import check_damaged_file, check_leftover_files, check_missing_file
from onewindow.store import schema
from onewindow.store.doctor import backup
from onewindow.store.file import paths
from onewindow.store.problems import Damaged, StoreProblem
from onewindow.text.dates import parse_utc

OLD_BACKUP = timedelta(days=3)
"""A backup from before the weekend is still a good one."""
_AHEAD = timedelta(minutes=5)
"""What two clocks may differ."""
_GLANCE_SECONDS = 3.0
_LEAST_FREE = 50 * 1000**2
_COMFORTABLE_FREE = 500 * 1000**2
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})


def examine_file(path: Path, backups: Path, now: datetime) -> Iterator[Diagnosis]:
    """Everything about the file and its backups, what is right too."""
    path = path.expanduser().absolute()
    yield from _disk(path)
    if not path.exists():
        lost = list(check_missing_file(path, backups))
        yield from lost or [
            Diagnosis("warning", "file", f"There is no file {path} yet.", "onewindow client add NAME")
        ]
        return
    yield from _rights(path)
    yield from _schema(path)
    yield from _content(path, backups)
    yield from _clock(path, now)
    yield from examine_backups(path, backups, now)
    yield from check_leftover_files(path)


def examine_backups(path: Path, backups: Path, now: datetime) -> Iterator[Diagnosis]:
    """Whether there is a good and fresh backup, and on another disk."""
    copies = backup.backups_in(backups, path)
    if not copies:
        yield Diagnosis("warning", "backup", f"There is no backup in {backups}.", "onewindow db backup")
        return
    newest = copies[0]
    problems = backup.verify(newest)
    if problems:
        yield Diagnosis(
            "fault", "backup", f"The newest backup is not good: {problems[0]}", "onewindow db backup"
        )
        return
    made = datetime.fromtimestamp(newest.stat().st_mtime, UTC)
    message = f"The newest backup, {newest.name}, is good and {_age(now - made)} old"
    if now - made > OLD_BACKUP:
        yield Diagnosis("warning", "backup", f"{message}.", "onewindow db backup")
    else:
        yield Diagnosis("ok", "backup", f"{message}; there are {len(copies)} in {backups}.")
    if newest.stat().st_dev == path.stat().st_dev:
        yield Diagnosis(
            "note",
            "backup",
            "The backups lie on the disk of the file and would be lost with it.",
            "onewindow db backup /OTHER/DISK/",
        )


def _age(passed: timedelta) -> str:
    if passed.days:
        return f"{passed.days} day{'s' * (passed.days != 1)}"
    hours = max(0, passed.seconds) // 3600
    return f"{hours} h" if hours else "less than an hour"


def _disk(path: Path) -> Iterator[Diagnosis]:
    place = next(folder for folder in (path, *path.parents) if folder.exists())
    system = paths.file_system_type(place)
    if paths.is_network_type(system):
        yield Diagnosis(
            "fault",
            "disk",
            f"{path} lies on a network mount ({system}), where changes get lost.",
            f"mv {shlex.quote(str(path))} LOCAL_FOLDER",
        )
    elif system in _IN_MEMORY:
        yield Diagnosis(
            "warning",
            "disk",
            f"{path} lies in memory ({system}): it is gone after a restart.",
            "onewindow db backup ~/backups/",
        )
    else:
        yield Diagnosis("ok", "disk", f"{path} lies on a local disk{f' ({system})' if system else ''}.")
    free = shutil.disk_usage(place).free
    needed = path.stat().st_size if path.exists() else 0
    message = f"{sized(free)} free; the file has {sized(needed)}, a backup needs as much again."
    clear = f"du -ah {shlex.quote(str(path.parent))} | sort -h | tail"
    if free < _LEAST_FREE:
        yield Diagnosis("fault", "space", message, clear)
    elif free < max(_COMFORTABLE_FREE, 2 * needed):
        yield Diagnosis("warning", "space", message, clear)
    else:
        yield Diagnosis("ok", "space", f"{sized(free)} free.")


def _rights(path: Path) -> Iterator[Diagnosis]:
    file, directory = shlex.quote(str(path)), shlex.quote(str(path.parent))
    has_fault = False
    if not os.access(path, os.R_OK | os.W_OK):
        has_fault = True
        yield Diagnosis("fault", "rights", f"You may not read and write {path}.", f"sudo chmod g+rw {file}")
    if not os.access(path.parent, os.W_OK | os.X_OK):
        has_fault = True
        yield Diagnosis(
            "fault",
            "rights",
            f"You may not write in {path.parent}, where the log of changes must lie.",
            f"sudo chmod g+rwx {directory}",
        )
    if os.name != "nt" and path.stat().st_mode & stat.S_IRWXO:
        has_fault = True
        yield Diagnosis(
            "warning", "rights", f"Everybody on this machine may open {path}.", f"chmod o-rwx {file}"
        )
    if path.parent.stat().st_mode & stat.S_IWOTH:
        has_fault = True
        message = (
            f"Everybody on this machine may write in {path.parent}; a file of data does not belong there."
        )
        yield Diagnosis("warning", "rights", message, f"mv {file} OTHER_FOLDER")
    else:
        for command in paths.sharing_advice(path):
            has_fault = True
            yield Diagnosis("warning", "rights", "The folder is shared, but not safely for a team.", command)
    if not has_fault:
        yield Diagnosis("ok", "rights", "You may read and write the file, strangers may not.")


def _schema(path: Path) -> Iterator[Diagnosis]:
    restore = "onewindow db restore BACKUP"
    try:
        header = paths.read_header(path)
        if header is None:
            yield Diagnosis("fault", "file", f"{path} is empty.", restore)
            return
        schema.validate_owner(header.owner, header.version, is_empty=header.is_empty)
    except StoreProblem as problem:
        is_newer = "newer" in str(problem)
        remedy = "python -m pip install --upgrade onewindow" if is_newer else restore
        yield Diagnosis("fault", "file", str(problem), remedy)
    except OSError as error:
        yield Diagnosis("fault", "file", f"{path} cannot be read: {error.strerror}.")
    else:
        if header.version < schema.SCHEMA_VERSION:
            versions = f"The file has schema {header.version}, this program {schema.SCHEMA_VERSION}."
            yield Diagnosis("note", "file", versions, "onewindow db migrate")
        else:
            yield Diagnosis("ok", "file", f"The file has schema {header.version}, as this program.")


def _content(path: Path, backups: Path) -> Iterator[Diagnosis]:
    """Whether the pages of the file are sound, as far as a few seconds of looking go."""
    if not _is_ours(path):
        return
    problems = backup.glance_through(path, _GLANCE_SECONDS)
    if problems is None:
        message = f"{path} is too large to be looked through here."
        yield Diagnosis("note", "pages", message, "onewindow db check")
    elif problems:
        yield from check_damaged_file(path, backups, problems)
    else:
        yield Diagnosis("ok", "pages", "Every page of the file can be read.")


def _is_ours(path: Path) -> bool:
    """Whether a file is, or was before it was damaged, one that this program can read."""
    try:
        header = paths.read_header(path)
        if header is not None:
            schema.validate_owner(header.owner, header.version, is_empty=header.is_empty)
    except Damaged:
        return True
    except (StoreProblem, OSError):
        return False
    return header is not None


def _clock(path: Path, now: datetime) -> Iterator[Diagnosis]:
    try:
        _, at, actor = backup.last_change(path)
    except StoreProblem:
        return
    if at and parse_utc(at) > now + _AHEAD:
        yield Diagnosis(
            "warning",
            "clock",
            f"{actor} changed the file at {at}, which has not come yet by the clock of this machine.",
            "sudo timedatectl set-ntp true",
        )
    else:
        yield Diagnosis("ok", "clock", f"The clock says {now:%Y-%m-%d %H:%M} UTC, after the last change.")
