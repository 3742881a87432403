"""What somebody was doing when the telephone rang: a stack of his own, the innermost last."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.records.values import value_class
from onewindow.store.engine import Store


@value_class
class Interruption:
    """One piece of work that waits; `form` is the name of the draft that was open, '' for none."""

    position: int
    client_id: int | None
    place: dict[str, str]
    form: str
    title: str
    at: str


def push(
    store: Store, login: str, client_id: int | None, place: Mapping[str, str], form: str, title: str, at: str
) -> int:
    """Put work on the stack; gives how many pieces wait now. It is on the disk when this returns."""
    with store.exclusive():
        position = _depth(store, login) + 1
        store.execute(
            "INSERT INTO interruption (login, position, client_id, place, form, title, at)"
            " VALUES (:login, :position, :client, :place, :form, :title, :at)",
            login=login,
            position=position,
            client=client_id,
            place=json.dumps(dict(place), ensure_ascii=False),
            form=form,
            title=title,
            at=at,
        )
    return position


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
        "SELECT position, client_id, place, form, title, at FROM interruption WHERE login = :login"
        " ORDER BY position",
        login=login,
    )
    return [
        Interruption(position, client_id, json.loads(place), form, title, at)
        for position, client_id, place, form, title, at in rows
    ]


def _depth(store: Store, login: str) -> int:
    return store.scalar(
        "SELECT COALESCE(MAX(position), 0) FROM interruption WHERE login = :login", login=login
    )
