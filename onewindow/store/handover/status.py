"""How a client's newest handover stands, in one query: the card is read many times a minute."""

from __future__ import annotations

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store


class HandoverStatus(NamedTuple):
    """The handover, its state, when it was sent (UTC text), and how many answers sales owes."""

    id: int
    state: str
    sent_at: str
    owed: int


def standing(store: Store, client_id: int) -> HandoverStatus | None:
    """The newest handover of a client; None if they were never handed over."""
    row = store.one(
        "SELECT h.id, h.state, COALESCE(h.sent_at, ''), (SELECT COUNT(*) FROM handover_item i"
        " WHERE i.handover_id = h.id AND i.state = 'asked' AND i.archived_at IS NULL)"
        " FROM handover h WHERE h.client_id = :client AND h.archived_at IS NULL"
        " ORDER BY h.sent_on DESC, h.id LIMIT 1",
        client=client_id,
    )
    return HandoverStatus(*row) if row else None
