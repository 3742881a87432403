"""Who has which record before their eyes. No history: rows are renewed while a record is open, and swept."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store


class Onlooker(NamedTuple):
    """Somebody who has a record open since an instant (UTC text), perhaps writing an answer in it."""

    login: str
    since: str
    is_claimed: bool


def look(
    store: Store, login: str, entity: str, entity_id: int, at: str, stale: str, *, is_claimed: bool
) -> None:
    """Note or renew that somebody has a record open, and forget all that was seen last before `stale`."""
    with store.exclusive():
        store.execute("DELETE FROM presence WHERE seen_at < :stale", stale=stale)
        store.execute(
            "INSERT INTO presence (login, entity, entity_id, is_claimed, since, seen_at)"
            " VALUES (:login, :entity, :id, :claimed, :at, :at)"
            " ON CONFLICT (login, entity, entity_id)"
            " DO UPDATE SET is_claimed = excluded.is_claimed, seen_at = excluded.seen_at",
            login=login,
            entity=entity,
            id=entity_id,
            claimed=int(is_claimed),
            at=at,
        )


def leave(store: Store, login: str, entity: str, entity_id: int) -> None:
    """Forget that somebody has a record open."""
    with store.exclusive():
        store.execute(
            "DELETE FROM presence WHERE login = :login AND entity = :entity AND entity_id = :id",
            login=login,
            entity=entity,
            id=entity_id,
        )


def onlookers(store: Store, entity: str, entity_id: int, login: str, fresh: str) -> list[Onlooker]:
    """Who else was seen at a record since `fresh`, the longest there first; `login` is who asks."""
    rows = store.rows(
        "SELECT login, since, is_claimed FROM presence"
        " WHERE entity = :entity AND entity_id = :id AND seen_at >= :fresh AND login <> :login",
        entity=entity,
        id=entity_id,
        fresh=fresh,
        login=login,
    )
    present = [Onlooker(login, since, bool(claimed)) for login, since, claimed in rows]
    return sorted(present, key=lambda onlooker: (onlooker.since, onlooker.login))
