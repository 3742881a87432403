"""Whether a file is sound, and what it is: for `onewindow db check` and `onewindow db info`.

What lists and search keep beside the records is checked by the desk, which knows how it is made.
"""

from __future__ import annotations

from pathlib import Path

from onewindow.records.kinds import KINDS
from onewindow.records.structs import frozen_struct
from onewindow.store import schema
from onewindow.store.doctor.backup import file_problems, reference_problems
from onewindow.store.engine import Store
from onewindow.store.file import locks, paths
from onewindow.store.problems import Damaged, StoreProblem
from onewindow.store.sqlite_library import has_wal_reset_bug, sqlite

_NAMED_AT_MOST = 20


@frozen_struct
class Finding:
    """One thing that is wrong. `area`: file, references, schema, history or numbers."""

    area: str
    message: str


def check(store: Store, *, thorough: bool = False) -> list[Finding]:
    """Everything that is wrong with a file, one sentence each; empty when it is sound.

    `thorough` also compares every index with its table, which takes about twice as long.
    """
    with store.read():
        damage = file_problems(store.connection, "integrity_check" if thorough else "quick_check")
        if damage:  # what else is asked of such a file would be answered wrongly or not at all
            return [Finding("file", message) for message in damage]
        areas = {
            "references": reference_problems(store.connection),
            "schema": _schema_problems(store),
            "history": _history_problems(store),
            "numbers": _number_problems(store),
        }
    return [Finding(area, message) for area, messages in areas.items() for message in messages]


def make_indexes(store: Store) -> None:
    """Make every index again from its rows; inside a write."""
    store.execute("REINDEX")


def info(store: Store) -> dict[str, object]:
    """What a file is: place, sizes in bytes, versions, rows by kind, the last change and who has it open."""
    log = store.path.with_name(store.path.name + "-wal")
    last = _last_change(store)
    return {
        "path": str(store.path),
        "bytes": store.path.stat().st_size,
        "log_bytes": log.stat().st_size if log.exists() else 0,
        "schema_version": store.scalar("PRAGMA user_version"),
        "sqlite_version": sqlite.sqlite_version,
        "checkpoints": "by writers only" if has_wal_reset_bug() else "automatic",
        "records": {kind.name: _count(store, kind.table) for kind in KINDS.values()},
        "last_change": dict(zip(("at", "actor", "label"), last, strict=True)) if last else None,
        "others_present": store.others_present,
        "open_in": [{"process": number, "user": _user(number)} for number in locks.process_ids(store.path)],
    }


def info_of_damaged(path: Path) -> dict[str, object]:
    """What can be told of a file that does not open: place, sizes in bytes and versions."""
    log = path.with_name(path.name + "-wal")
    try:
        version: int | None = header.version if (header := paths.read_header(path)) else None
    except (OSError, StoreProblem):
        version = None
    return {
        "path": str(path),
        "bytes": path.stat().st_size,
        "log_bytes": log.stat().st_size if log.exists() else 0,
        "schema_version": version,
        "sqlite_version": sqlite.sqlite_version,
        "open_in": [{"process": number, "user": _user(number)} for number in locks.process_ids(path)],
    }


def _count(store: Store, table: str) -> int | None:
    """How many rows a table has, None where damage does not let them be counted."""
    try:
        return store.scalar(f"SELECT COUNT(*) FROM {table}")
    except Damaged:
        return None


def _last_change(store: Store) -> tuple[str, str, str] | None:
    try:
        return store.one("SELECT at, actor, label FROM change_set ORDER BY id DESC LIMIT 1")
    except Damaged:
        return None


def _schema_problems(store: Store) -> list[str]:
    fresh = sqlite.connect(":memory:", isolation_level=None)
    try:
        schema.migrate(fresh)
        expected = dict(fresh.execute(_OBJECTS).fetchall())
    finally:
        fresh.close()
    present = dict(store.rows(_OBJECTS))
    missing = [f"{name} is missing." for name in expected.keys() - present.keys()]
    unknown = [f"{name} is none of ours." for name in present.keys() - expected.keys()]
    other = [
        f"{name} is not as this program makes it."
        for name in expected.keys() & present.keys()
        if expected[name] != present[name]
    ]
    return sorted(missing) + sorted(other) + sorted(unknown)


_OBJECTS = (
    "SELECT type || ' ' || name, sql FROM sqlite_master"
    " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
)


def _history_problems(store: Store) -> list[str]:
    """Events of rows that are not there, and rows that are older than the log says."""
    problems: list[str] = []
    kinds = {name for (name,) in store.rows("SELECT DISTINCT entity FROM event")}
    problems += [
        f"The log has events of {name}, which is no kind of record." for name in kinds - KINDS.keys()
    ]
    for kind in KINDS.values():
        behind = store.rows(
            "SELECT e.entity_id, e.changes, t.version FROM ("
            " SELECT entity_id, COUNT(*) FILTER (WHERE op <> 'insert') AS changes FROM event"
            " WHERE entity = :kind GROUP BY entity_id) e"
            f" LEFT JOIN {kind.table} t ON t.id = e.entity_id"
            " LEFT JOIN lost_record l ON l.entity = :kind AND l.entity_id = e.entity_id"
            " WHERE (t.id IS NULL AND l.entity_id IS NULL) OR t.version < e.changes + 1 LIMIT :most",
            kind=kind.name,
            most=_NAMED_AT_MOST,
        )
        problems += [
            f"The {kind.display_name} {record_id} is in the log, but not in the file."
            if version is None
            else f"The {kind.display_name} {record_id} has version {version} after {changes} changes."
            for record_id, changes, version in behind
        ]
    return problems


def _number_problems(store: Store) -> list[str]:
    problems: list[str] = []
    for kind in KINDS.values():
        if kind.prefix:
            highest = store.scalar(f"SELECT COALESCE(MAX(number), 0) FROM {kind.table}")
            counted = store.scalar("SELECT n FROM counter WHERE name = :name", name=kind.name) or 0
            if counted < highest:
                problems.append(
                    f"The next {kind.display_name} would get the number {counted + 1},"
                    f" but {highest} is given."
                )
    return problems


def _user(process: int) -> str:
    try:
        return Path(f"/proc/{process}").owner()
    except (OSError, KeyError):
        return ""
