"""Clients as metrics see them: since when, until when, whose, and in which groups."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store
from onewindow.store.rows import in_chunks

AT_ONCE = 2000


class ClientRow(NamedTuple):
    """What groups and the time of a stay need of a client; days as stored, None where nobody told one."""

    id: int
    number: int
    name: str
    since: str | None
    stage: str
    lost_on: str | None
    created_at: str
    is_archived: int
    owner_id: int | None
    tier: str
    client_class: str
    country: str
    industry: str


def clients(store: Store) -> Iterator[list[ClientRow]]:
    """Every client, archived ones too, by id, in pages."""
    after = 0
    while rows := store.rows(
        "SELECT id, number, name, since, stage, lost_on, created_at,"
        " CASE WHEN archived_at IS NULL THEN 0 ELSE 1 END, owner_id, tier, client_class, country, industry"
        " FROM client WHERE id > :after ORDER BY id LIMIT :limit",
        after=after,
        limit=AT_ONCE,
    ):
        yield [ClientRow(*row) for row in rows]
        after = rows[-1][0]


def count_clients(store: Store) -> int:
    """How many clients `clients` gives."""
    return store.scalar("SELECT COUNT(*) FROM client")


def became_lost(store: Store, client_ids: Sequence[int]) -> dict[int, str]:
    """When each of some clients was last noted as lost (UTC text); without those whom the log does not know.

    That is for clients whose card tells no day: they were lost before it had a place for one.
    """
    found: dict[int, str] = {}
    for names, values in in_chunks(client_ids, 500):
        rows = store.rows(
            f"SELECT entity_id, at, new FROM event WHERE entity = 'client' AND entity_id IN ({names})"
            " AND op IN ('insert', 'update') AND new IS NOT NULL ORDER BY entity_id, seq",
            **values,
        )
        # Of several the last one stands.
        found |= {client_id: at for client_id, at, new in rows if json.loads(new).get("stage") == "lost"}
    return found
