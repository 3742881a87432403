"""What somebody was doing when the telephone rang: a stack of their own, the innermost last."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store


@frozen_struct
class Interruption:
    """One piece of work that waits; `form` is the name of the draft that was open, '' for none."""

    position: int
    client_id: int | None
    place: dict[str, str]
    form: str
    title: str
    at: str
    holder: str = ""
    """The window that has it, '' for none."""
    held_at: str = ""
    """When that window was last alive, UTC text."""


def push(
    store: Store,
    login: str,
    client_id: int | None,
    place: Mapping[str, str],
    form: str,
    title: str,
    at: str,
    holder: str = "",
) -> int:
    """Put work on the stack and give its place there. It is on the disk when this returns."""
    with store.exclusive():
        position = _depth(store, login) + 1
        store.execute(
            "INSERT INTO interruption (login, position, client_id, place, form, title, at, holder, held_at)"
            " VALUES (:login, :position, :client, :place, :form, :title, :at, :holder, :at)",
            login=login,
            position=position,
            client=client_id,
            place=json.dumps(dict(place), ensure_ascii=False),
            form=form,
            title=title,
            at=at,
            holder=holder,
        )
    return position


def take_over(store: Store, login: str, work: Interruption, holder: str, at: str) -> bool:
    """Give a piece of work to a window; False if another window took it first."""
    with store.exclusive():
        return bool(
            store.execute(
                "UPDATE interruption SET holder = :holder, held_at = :at"
                " WHERE login = :login AND position = :position AND holder = :before",
                login=login,
                position=work.position,
                holder=holder,
                at=at,
                before=work.holder,
            )
        )


def drop(store: Store, login: str, position: int) -> None:
    """Take a piece of work off the stack; those above it stay."""
    with store.exclusive():
        store.execute(
            "DELETE FROM interruption WHERE login = :login AND position = :position",
            login=login,
            position=position,
        )


def waiting(store: Store, login: str) -> list[Interruption]:
    """Everything that waits for a person, the innermost last."""
    rows = store.rows(
        "SELECT position, client_id, place, form, title, at, holder, held_at FROM interruption"
        " WHERE login = :login ORDER BY position",
        login=login,
    )
    return [
        Interruption(position, client_id, json.loads(place), *more)
        for position, client_id, place, *more in rows
    ]


def _depth(store: Store, login: str) -> int:
    return store.scalar(
        "SELECT COALESCE(MAX(position), 0) FROM interruption WHERE login = :login", login=login
    )
