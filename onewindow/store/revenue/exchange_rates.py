"""Exchange rates on file."""

from __future__ import annotations

from onewindow.records.organization import ExchangeRate
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def all_rates(store: Store) -> list[ExchangeRate]:
    """Every rate that stands, the oldest day first."""
    return fetch(store, ExchangeRate, "WHERE archived_at IS NULL ORDER BY valid_from, id")


def of_day(store: Store, rate: ExchangeRate) -> ExchangeRate | None:
    """Another rate on file of the same two currencies and the same day."""
    found = fetch(
        store,
        ExchangeRate,
        "WHERE currency = :currency AND base_currency = :base AND valid_from = :day AND id <> :id"
        " AND archived_at IS NULL LIMIT 1",
        currency=rate.currency,
        base=rate.base_currency,
        day=rate.valid_from,
        id=rate.id,
    )
    return found[0] if found else None
