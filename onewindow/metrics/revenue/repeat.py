"""Repeat purchases: who bought again, and how often. Purchases of one client on one day are one purchase."""

from __future__ import annotations

from collections.abc import Iterable

from onewindow.metrics.intervals import Estimate, wilson
from onewindow.records.structs import frozen_struct


@frozen_struct
class Repeat:
    """The clients who bought, their purchases that were not the first, and the share who made one."""

    buyers: int
    repeaters: int
    transactions: int
    """Repeat purchases: the days of purchase behind a client's first one."""
    share: Estimate | None
    """Repeaters of buyers; None without any purchase."""


def repeat(purchases: Iterable[tuple[int, str, str]]) -> Repeat:
    """Give the repeat purchases among purchases, each a client, its day and the client's first day ever.

    Days are dates as stored, so that they compare as texts.
    """
    days: dict[int, set[str]] = {}
    for client_id, day, first_day in purchases:
        again = days.setdefault(client_id, set())
        if day > first_day:
            again.add(day)
    repeaters = sum(bool(again) for again in days.values())
    share = wilson(repeaters, len(days)) if days else None
    return Repeat(len(days), repeaters, sum(map(len, days.values())), share)
