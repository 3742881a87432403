"""Templates, scripts with their steps, and the marks that say which steps were done."""

from __future__ import annotations

from onewindow.records.messages import Script, ScriptMark, ScriptStep, Template
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def templates(store: Store) -> list[Template]:
    """Every template in daily view, by purpose, language and name."""
    return fetch(store, Template, "WHERE archived_at IS NULL ORDER BY purpose, language, name, id LIMIT 2000")


def scripts(store: Store) -> list[Script]:
    """Every script in daily view, the oldest first."""
    return fetch(store, Script, "WHERE archived_at IS NULL ORDER BY id LIMIT 1000")


def steps(store: Store, script_id: int) -> list[ScriptStep]:
    """The steps of a script in their order."""
    return fetch(
        store,
        ScriptStep,
        "WHERE script_id = :script AND archived_at IS NULL ORDER BY position, id",
        script=script_id,
    )


def marks_of_request(store: Store, request_id: int) -> list[ScriptMark]:
    """The marks of a request, oldest first."""
    return fetch(
        store,
        ScriptMark,
        "WHERE request_id = :request AND request_id IS NOT NULL AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def marks_of_touch(store: Store, touch_id: int) -> list[ScriptMark]:
    """The marks of a talk, oldest first."""
    return fetch(
        store,
        ScriptMark,
        "WHERE touch_id = :touch AND touch_id IS NOT NULL AND archived_at IS NULL ORDER BY id",
        touch=touch_id,
    )


def marks_between(store: Store, since: str, till: str) -> list[ScriptMark]:
    """The marks made from one instant until another (UTC text), oldest first."""
    return fetch(
        store,
        ScriptMark,
        "WHERE at >= :since AND at < :till AND archived_at IS NULL ORDER BY at, id",
        since=since,
        till=till,
    )
