"""The register of standards and the checks that close the states of their cycles."""

from __future__ import annotations

from onewindow.records.standards import Standard, StandardCheck
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def register(store: Store, limit: int = 500) -> list[Standard]:
    """All standards, those to be looked at first first."""
    return fetch(
        store,
        Standard,
        "WHERE archived_at IS NULL ORDER BY review_on, id LIMIT :limit",
        limit=limit,
    )


def to_review(store: Store, owner_id: int, till: str, limit: int = 50) -> list[Standard]:
    """The standards of one of us that are to be looked at by a date, by date."""
    return fetch(
        store,
        Standard,
        "WHERE owner_id = :owner AND review_on <= :till AND archived_at IS NULL"
        " ORDER BY review_on, id LIMIT :limit",
        owner=owner_id,
        till=till,
        limit=limit,
    )


def checks(store: Store, standard_id: int, limit: int = 200) -> list[StandardCheck]:
    """The checks of a standard, the newest first."""
    return fetch(
        store,
        StandardCheck,
        "WHERE standard_id = :standard AND archived_at IS NULL"
        " ORDER BY checked_on DESC, id DESC LIMIT :limit",
        standard=standard_id,
        limit=limit,
    )


def last_check(store: Store, standard_id: int, cycle: str) -> StandardCheck | None:
    """The newest check of one state of a standard's cycle, if there was any."""
    return next((check for check in checks(store, standard_id) if check.cycle == cycle), None)
