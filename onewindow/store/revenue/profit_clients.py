"""The clients of a report on profit, with what they are grouped by."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store

_PAGE = 5000


class ProfitClient(NamedTuple):
    """A client as reports name and group them."""

    id: int
    number: int
    name: str
    name_sort: str
    client_class: str
    tier: str
    stage: str
    market: str
    industry: str
    country: str
    owner_id: int | None


def all_clients(store: Store) -> Iterator[ProfitClient]:
    """Every client that is not archived, by id."""
    after = 0
    while page := store.rows(
        "SELECT id, number, name, name_sort, client_class, tier, stage, segment, industry, country, owner_id"
        " FROM client WHERE id > :after AND archived_at IS NULL ORDER BY id LIMIT :limit",
        after=after,
        limit=_PAGE,
    ):
        yield from (ProfitClient(*row) for row in page)
        after = page[-1][0]
