"""When clients spoke: requests they made, and what they began or came to themselves."""

from __future__ import annotations

from onewindow.store.engine import Row, Store


def between(store: Store, low: int, high: int, since: str, now: str) -> list[Row]:
    """Client id and UTC text of each sign of life of the clients with an id from `low` to `high`.

    Requests; calls, mail, messages of theirs that belong to no request; meetings and visits. What machines
    write and our own notes are none. The order is that of the index that begins with the client: without it
    an engine might read a year of everybody.
    """
    given = {"low": low, "high": high, "since": since, "now": now}
    asked = store.rows(
        "SELECT client_id, opened_at FROM request WHERE client_id BETWEEN :low AND :high"
        " AND opened_at BETWEEN :since AND :now AND archived_at IS NULL ORDER BY client_id, opened_at DESC",
        **given,
    )
    spoke = store.rows(
        "SELECT client_id, at FROM touch WHERE client_id BETWEEN :low AND :high"
        " AND at BETWEEN :since AND :now AND is_automatic = 0 AND request_id IS NULL AND archived_at IS NULL"
        " AND (direction = 'in' AND touch_kind <> 'note' OR touch_kind IN ('meeting', 'visit'))"
        " ORDER BY client_id, at DESC",
        **given,
    )
    return asked + spoke
