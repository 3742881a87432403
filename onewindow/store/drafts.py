"""What somebody had typed into a form that he left, or that was killed under him."""

from __future__ import annotations

import json
from collections.abc import Mapping

from onewindow.records.values import value_class
from onewindow.store.engine import Store


@value_class
class Draft:
    """The texts of one unsaved form. `form` names what was being made or edited: 'new request 17'."""

    form: str
    typed: dict[str, str]
    updated_at: str


def keep(store: Store, login: str, form: str, typed: Mapping[str, str], at: str) -> None:
    """Save a draft over the one before; it is on the disk when this returns."""
    with store.exclusive():
        store.execute(
            "INSERT INTO draft (login, form, typed, updated_at) VALUES (:login, :form, :typed, :at)"
            " ON CONFLICT (login, form)"
            " DO UPDATE SET typed = excluded.typed, updated_at = excluded.updated_at",
            login=login,
            form=form,
            typed=json.dumps(dict(typed), ensure_ascii=False),
            at=at,
        )


def drop(store: Store, login: str, form: str) -> None:
    """Forget a draft, if there is one."""
    if find(store, login, form) is not None:
        with store.exclusive():
            store.execute("DELETE FROM draft WHERE login = :login AND form = :form", login=login, form=form)


def find(store: Store, login: str, form: str) -> Draft | None:
    """The draft of a form, or None."""
    row = store.one(
        "SELECT form, typed, updated_at FROM draft WHERE login = :login AND form = :form",
        login=login,
        form=form,
    )
    return Draft(row[0], json.loads(row[1]), row[2]) if row else None


def all_of(store: Store, login: str) -> list[Draft]:
    """Every draft of a person, by form."""
    rows = store.rows(
        "SELECT form, typed, updated_at FROM draft WHERE login = :login ORDER BY form", login=login
    )
    return [Draft(form, json.loads(typed), at) for form, typed, at in rows]
