"""Values that two clients in daily view share and that only one of them can have."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

from onewindow.store.engine import Row, Store

SharedField = Literal["tax_id", "phone", "email"]

SHARED_FIELDS: tuple[SharedField, ...] = ("tax_id", "phone", "email")
"""What can be shared, the strongest sign of a double first."""
_PLACES: dict[SharedField, tuple[tuple[str, str], ...]] = {
    "tax_id": (("requisites", "tax_id"),),
    "phone": (("contact", "phone"), ("contact", "phone_2"), ("requisites", "phone")),
    "email": (("contact", "email"), ("contact", "email_2"), ("requisites", "email")),
}
_SHORTEST: dict[SharedField, int] = {"tax_id": 5, "phone": 7, "email": 5}
"""Shorter values are notes or extensions and tell nobody apart."""


def shared_values(store: Store, field: SharedField) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each value that several clients have, with their ids in ascending order."""
    values = " UNION ALL ".join(
        f"SELECT LOWER({column}) AS value, client_id FROM {table}"
        f" WHERE {column} <> '' AND LENGTH({column}) >= :shortest AND archived_at IS NULL"
        for table, column in _PLACES[field]
    )
    pairs = store.rows(
        f"WITH shared AS ({values}) SELECT DISTINCT s.value, s.client_id FROM shared s"
        " JOIN (SELECT value FROM shared GROUP BY value HAVING MIN(client_id) < MAX(client_id)) d"
        " ON d.value = s.value JOIN client c ON c.id = s.client_id"
        " WHERE c.archived_at IS NULL ORDER BY s.value, s.client_id",
        shortest=_SHORTEST[field],
    )
    for value, group in groupby(pairs, key=lambda pair: pair[0]):
        ids = tuple(client_id for _, client_id in group)
        if len(ids) > 1:
            yield value, ids


def names(store: Store, after: int, limit: int) -> list[Row]:
    """Id, number, name and owner of clients in daily view behind an id, in the order of their ids."""
    return store.rows(
        "SELECT id, number, name, owner_id FROM client WHERE id > :after AND archived_at IS NULL"
        " ORDER BY id LIMIT :limit",
        after=after,
        limit=limit,
    )
