"""What was done to a file as a whole: restored, rebuilt, salvaged; change sets without events tell it."""

from __future__ import annotations

from pathlib import Path

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.doctor.backup import reading
from onewindow.store.engine import Store, Value
from onewindow.store.sqlite_library import sqlite

INSERT = (
    "INSERT INTO change_set (id, at, actor, label)"
    " SELECT MAX(:id, COALESCE(MAX(id), 0) + 1), :at, :actor, :label FROM change_set"
)
"""Notes one action; its id is above all others, whatever the clock did."""


class FileAction(NamedTuple):
    """One action on a file: when (UTC text), by whom (login), and what."""

    at: str
    actor: str
    what: str


def note(store: Store, actor: str, at: str, what: str) -> None:
    """Write into the history of an open file what was done to it."""
    values: dict[str, Value] = {"id": store.ids.new_id(), "at": at, "actor": actor, "label": what}
    with store.exclusive():
        store.execute(INSERT, **values)


def actions(store: Store, limit: int) -> list[FileAction]:
    """What was done to an open file as a whole, the newest first."""
    rows = store.rows(
        "SELECT c.at, c.actor, c.label FROM change_set c"
        " WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.change_set_id = c.id)"
        " ORDER BY c.id DESC LIMIT :limit",
        limit=limit,
    )
    return [FileAction(*row) for row in rows]


def role_in(path: Path, login: str) -> str:
    """The role that a file gives to a login, '' for nobody there and where the file cannot be read."""
    try:
        if not path.is_file() or not path.stat().st_size:
            return ""
        with reading(path) as connection:
            row = connection.execute(
                "SELECT role FROM staff WHERE login = :login", {"login": login}
            ).fetchone()
    except (sqlite.DatabaseError, OSError):
        return ""
    return row[0] if row else ""
