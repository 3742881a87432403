"""Everything that can be wrong with a file, its caches, its backups and what lies around it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from onewindow.desk.caches import client_caches
from onewindow.desk.doctor.damage import examine_pages
from onewindow.desk.doctor.diagnosis import Diagnosis, sized
from onewindow.store import behind, documents, schema
from onewindow.store.doctor import backup, checking
from onewindow.store.engine import Store
from onewindow.store.file import paths
from onewindow.store.file.leftover_files import leftovers
from onewindow.store.people import organization
from onewindow.store.problems import StoreProblem
from onewindow.store.unreadable import Unreadable, unreadable_values
from onewindow.text.names.logins import as_login
from onewindow.text.plural import counted

_PAGE = 500
_TOLD_AT_MOST = 100
_LEFT = {
    "set_aside": ("note", "was set aside by a restore"),
    "part": ("note", "is a copy that was not finished"),
    "log": ("warning", "is a log whose file is gone"),
    "lock": ("note", "is a lock whose file is gone"),
}


def check_file(store: Store, backups: Path, *, thorough: bool = False) -> Iterator[Diagnosis]:
    """Damage first, then caches, documents, backups and leftovers; `thorough` reads every backup whole."""
    copies = backup.backups_in(backups, store.path)
    wrong = checking.check(store, thorough=thorough)
    if any(finding.area == "file" for finding in wrong):
        yield from check_damaged_file(store.path, backups, [finding.message for finding in wrong])
        return
    for finding in wrong:
        yield Diagnosis("fault", finding.area, finding.message, _restore(copies))
    unreadable = list(unreadable_values(store))
    yield from _named(unreadable, store.path)
    yield from _differing_caches(store, is_readable=not unreadable)
    yield from doubled_logins(store)
    yield from missing_documents(store)
    yield from _unreadable(copies, thorough=thorough)
    yield from check_leftover_files(store.path)


def _named(unreadable: list[Unreadable], path: Path) -> Iterator[Diagnosis]:
    """Values that cannot be read, the first hundred; a salvage keeps all others."""
    salvage = f"onewindow db salvage {shlex.quote(str(path))}"
    for value in unreadable[:_TOLD_AT_MOST]:
        yield Diagnosis("fault", "values", f"{value.message()}, which cannot be read.", salvage)
    if len(unreadable) > _TOLD_AT_MOST:
        message = f"{len(unreadable) - _TOLD_AT_MOST} more values cannot be read."
        yield Diagnosis("fault", "values", message, salvage)


def _differing_caches(store: Store, *, is_readable: bool) -> Iterator[Diagnosis]:
    """Caches that differ from the records; values that cannot be read may keep both from being compared."""
    try:
        if waiting := behind.count(store):
            sentence = (
                f"Health, alarms and the next touch of {counted(waiting, 'client')} are older than a change"
                " (of rules, or among many writers); whoever reads them next works them out."
            )
            yield Diagnosis("note", "caches", sentence, "onewindow health snapshot")
        for message in client_caches.differences(store):
            yield Diagnosis("fault", "caches", message, "onewindow db rebuild")
    except (ValueError, LookupError, TypeError, AttributeError):
        if is_readable:
            raise
        sentence = (
            "What lists and search keep could not be compared, because of the values that cannot be read."
        )
        yield Diagnosis("note", "caches", sentence)


def doubled_logins(store: Store) -> Iterator[Diagnosis]:
    """Logins that differ in capitals alone, from before they were one: both work, and one should go."""
    seen: dict[str, str] = {}
    for _, _, login in organization.logins(store):
        first = seen.setdefault(as_login(login), login)
        if first != login:
            message = f"The logins “{first}” and “{login}” differ in capitals only and are easily mistaken."
            remedy = f"onewindow staff edit {shlex.quote(login)} --login NEW"
            yield Diagnosis("warning", "staff", message, remedy)


def check_damaged_file(path: Path, backups: Path, messages: list[str]) -> Iterator[Diagnosis]:
    """Where a file is damaged and what is lost; if no page shows it, what SQLite has `told` of it."""
    restore = _restore(backup.backups_in(backups, path))
    try:
        diagnoses = list(examine_pages(path, restore))
    except OSError as error:
        diagnoses = [
            Diagnosis("fault", "file", f"{path} cannot be read: {(error.strerror or '').lower()}.", restore)
        ]
    yield from diagnoses or [
        Diagnosis("fault", "file", message, _remedy(message, restore)) for message in messages
    ]


def _remedy(message: str, restore: str) -> str:
    """An index that does not agree with its table is made again from it."""
    return "onewindow db rebuild" if " index " in message or "fts" in message.casefold() else restore


def check_missing_file(path: Path, backups: Path) -> Iterator[Diagnosis]:
    """What is wrong where a file ought to be and is not; nothing if there never was one."""
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        yield Diagnosis(
            "fault",
            "file",
            f"{path} is gone, but the log of its newest changes, {log.name}, is still there.",
            _restore(backup.backups_in(backups, path)),
        )


def check_leftover_files(path: Path) -> Iterator[Diagnosis]:
    """Files beside a store's file that nothing needs."""
    for left in leftovers(path):
        level, what = _LEFT[left.kind]
        message = f"{left.path} ({sized(left.size)}) {what}."
        mend = _remove(left.path)
        if left.kind == "set_aside":
            message += " Changes made after the backup may be in it alone; look before you remove it."
            mend = f"onewindow --db {shlex.quote(str(left.path))} db history"
        yield Diagnosis("warning" if level == "warning" else "note", "leftovers", message, mend)


def missing_documents(store: Store) -> Iterator[Diagnosis]:
    """Documents that say where their file lies on this machine, and it does not; the first hundred."""
    after, shown = 0, 0
    while page := documents.located(store, after, _PAGE):
        for document_id, title, location in page:
            path = local_path(location)
            if path is not None and not _exists(path):
                shown += 1
                yield Diagnosis(
                    "fault",
                    "documents",
                    f"The file of the document “{title}” is not there: {path}.",
                    f"onewindow document edit {document_id} --location PATH",
                )
                if shown == _TOLD_AT_MOST:
                    return
        after = page[-1][0]


def local_path(location: str) -> Path | None:
    """The file of this machine that a location names, None for links, network shares and relative paths."""
    if location.startswith("file://"):
        address = urlsplit(location)
        return Path(unquote(address.path)) if address.netloc in ("", "localhost") else None
    try:
        path = Path(location).expanduser()
    except RuntimeError:  # there is no such person
        return None
    return path if path.is_absolute() and "\n" not in location else None


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except PermissionError:  # somebody may be allowed to see it
        return True
    except (OSError, ValueError):
        return False
    return True


def _unreadable(copies: list[Path], *, thorough: bool) -> Iterator[Diagnosis]:
    for place, copy in enumerate(copies):
        problems = backup.verify(copy) if thorough or not place else _glanced(copy)
        if problems:
            yield Diagnosis("fault", "backups", f"{copy} is no good backup: {problems[0]}", _remove(copy))


def _glanced(copy: Path) -> list[str]:
    """What the head of a file tells at once."""
    try:
        header = paths.read_header(copy)
        if header is None:
            return ["it is empty."]
        schema.validate_owner(header.owner, header.version, is_empty=header.is_empty)
    except StoreProblem as problem:
        return [str(problem)]
    except OSError as error:
        return [f"it cannot be read: {error.strerror}."]
    return []


def _restore(copies: list[Path]) -> str:
    return f"onewindow db restore {shlex.quote(str(copies[0])) if copies else 'BACKUP'}"


def _remove(path: Path) -> str:
    return f"{'del' if os.name == 'nt' else 'rm'} {shlex.quote(str(path))}"
