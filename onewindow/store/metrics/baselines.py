"""Frozen figures of metrics."""

from __future__ import annotations

from onewindow.records.baselines import Baseline
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def of_metric(store: Store, metric: str) -> list[Baseline]:
    """The baselines of a metric that stand, the oldest first."""
    return fetch(
        store, Baseline, "WHERE metric = :metric AND archived_at IS NULL ORDER BY metric, id", metric=metric
    )
