"""What somebody had typed into a form that they left, or that was killed under them.

A draft belongs to the window that holds it; whether a window is gone is for the desk to tell.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Row, Store

_WORDS = 60
_ID_DIGITS = 15
_KEPT_THROWN = 50
"""How many drafts of a person that were thrown away can still come back."""
_COLUMNS = "id, form, typed, updated_at, holder, held_at, thrown_after"


@frozen_struct
class Draft:
    """The texts of one unsaved form. `form` names what was being made or edited: 'new request 17'."""

    id: int
    form: str
    typed: dict[str, str]
    updated_at: str
    holder: str = ""
    """The window that has it, '' for none."""
    held_at: str = ""
    """When that window was last alive, UTC text."""
    thrown_after: int | None = None
    """Thrown away after this change set; None while it waits to be gone on with."""

    @property
    def words(self) -> str:
        """Its first text, in one line, cut behind a word: what people know it by."""
        texts = [text for name, text in self.typed.items() if not name.startswith("@") and text.strip()]
        # What was chosen from a list is kept by its id, which says nothing to a person.
        said = next((text for text in texts if not text.isdecimal() or len(text) < _ID_DIGITS), self.form)
        words = " ".join(said[: 4 * _WORDS].split())
        if len(words) <= _WORDS:
            return words
        return (words[:_WORDS].rpartition(" ")[0] or words[: _WORDS - 1]) + "…"


def come_first(store: Store, draft_id: int, at: str) -> None:
    """Let a draft be the next one that its place offers; `at` lies after the time of all others."""
    with store.exclusive(newer_too=True):
        store.execute("UPDATE draft SET updated_at = :at WHERE id = :id", id=draft_id, at=at)


def keep(
    store: Store, draft_id: int | None, login: str, form: str, typed: Mapping[str, str], holder: str, at: str
) -> int:
    """Save a draft over its last state and give its id; it is on the disk when this returns.

    Also in a file that a newer program has brought on: there the draft is gone on with after an update.
    """
    with store.exclusive(newer_too=True):
        text = json.dumps(dict(typed), ensure_ascii=False)
        known = draft_id is not None and store.execute(
            "UPDATE draft SET form = :form, typed = :typed, updated_at = :at, holder = :holder,"
            " held_at = :at, thrown_after = NULL WHERE id = :id",
            id=draft_id,
            form=form,
            typed=text,
            holder=holder,
            at=at,
        )
        if known and draft_id is not None:
            return draft_id
        made = store.ids.new_id()
        store.execute(
            "INSERT INTO draft (id, login, form, typed, updated_at, holder, held_at)"
            " VALUES (:id, :login, :form, :typed, :at, :holder, :at)",
            id=made,
            login=login,
            form=form,
            typed=text,
            holder=holder,
            at=at,
        )
        return made


def take_over(store: Store, draft: Draft, holder: str, at: str) -> bool:
    """Give a draft to a window; False if another window took it first."""
    with store.exclusive():
        return bool(
            store.execute(
                "UPDATE draft SET holder = :holder, held_at = :at WHERE id = :id AND holder = :before",
                id=draft.id,
                holder=holder,
                at=at,
                before=draft.holder,
            )
        )


def drop(store: Store, draft_id: int) -> None:
    """Forget a draft for good, because its form was saved."""
    with store.exclusive():
        store.execute("DELETE FROM draft WHERE id = :id", id=draft_id)


def throw_away(store: Store, login: str, draft_id: int) -> None:
    """Take a draft out of sight; it can come back until many others were thrown away after it."""
    with store.exclusive():
        store.execute(
            "UPDATE draft SET thrown_after = (SELECT COALESCE(MAX(id), 0) FROM change_set) WHERE id = :id",
            id=draft_id,
        )
        thrown = store.rows(
            "SELECT id FROM draft WHERE login = :login AND thrown_after IS NOT NULL"
            " ORDER BY thrown_after DESC, updated_at DESC, id DESC",
            login=login,
        )
        for (old,) in thrown[_KEPT_THROWN:]:
            store.execute("DELETE FROM draft WHERE id = :id", id=old)


def bring_back(store: Store, draft_id: int, holder: str, at: str) -> None:
    """Let a draft that was thrown away be gone on with, in this window."""
    with store.exclusive():
        store.execute(
            "UPDATE draft SET thrown_after = NULL, holder = :holder, held_at = :at WHERE id = :id",
            id=draft_id,
            holder=holder,
            at=at,
        )


def still_here(store: Store, login: str, holder: str, at: str) -> None:
    """Note that a window which holds drafts or work put aside is alive."""
    with store.exclusive():
        for table in ("draft", "interruption"):
            store.execute(
                f"UPDATE {table} SET held_at = :at WHERE login = :login AND holder = :holder",
                login=login,
                at=at,
                holder=holder,
            )


def holds_any(store: Store, login: str, holder: str) -> bool:
    """Whether a window holds a draft or work put aside."""
    return any(
        store.scalar(
            f"SELECT 1 FROM {table} WHERE login = :login AND holder = :holder LIMIT 1",
            login=login,
            holder=holder,
        )
        for table in ("draft", "interruption")
    )


def find(store: Store, login: str, forms: Sequence[str]) -> list[Draft]:
    """The drafts of a form that wait, whoever holds them, the newest first; `forms` are its names."""
    drafts: list[Draft] = []
    for form in forms:
        drafts += _read(
            store.rows(
                f"SELECT {_COLUMNS} FROM draft WHERE login = :login AND form = :form"
                " AND thrown_after IS NULL ORDER BY updated_at DESC",
                login=login,
                form=form,
            )
        )
    return sorted(drafts, key=lambda draft: (draft.updated_at, draft.id), reverse=True)


def all_of(store: Store, login: str) -> list[Draft]:
    """Every draft of a person that waits, whoever holds it, by form and the oldest first."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM draft WHERE login = :login AND thrown_after IS NULL"
        " ORDER BY form, updated_at",
        login=login,
    )
    return _read(rows)


def thrown(store: Store, login: str) -> list[Draft]:
    """The drafts of a person that were thrown away and can come back, the last one first."""
    rows = store.rows(
        f"SELECT {_COLUMNS} FROM draft WHERE login = :login AND thrown_after IS NOT NULL"
        " ORDER BY form, updated_at",
        login=login,
    )
    return sorted(
        _read(rows), key=lambda draft: (draft.thrown_after or 0, draft.updated_at, draft.id), reverse=True
    )


def _read(rows: Sequence[Row]) -> list[Draft]:
    return [Draft(row[0], row[1], json.loads(row[2]), *row[3:]) for row in rows]
