"""The segments that choose SLA policies and weights of health, and which of them a client is in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from onewindow.records.organization import Segment
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.people import organization
from onewindow.store.rule_cache import kept

if TYPE_CHECKING:
    from onewindow.desk.filters.conditions import ReadyFilter

_ANY_DAY = date(2000, 1, 1)
"""Filters of the card alone give the same on every day."""


def used(store: Store) -> frozenset[int]:
    """The ids of the segments that choose policies."""
    return kept(store, "segments of policies", lambda: _used(store))


def _used(store: Store) -> frozenset[int]:
    return frozenset(
        policy.segment_id for policy in organization.policies(store) if policy.segment_id is not None
    )


def of_client(store: Store, client_id: int) -> frozenset[int]:
    """The ids of the segments that choose policies and that a client is in now."""
    chosen = used(store)
    return CardSegments(store, chosen).of(client_id) if chosen else frozenset()


def between(store: Store, chosen: Collection[int], low: int, high: int) -> dict[int, set[int]]:
    """The ids of those of some segments that the clients of a range of ids are in, by client."""
    return CardSegments(store, chosen).between(low, high)


def as_term(segment_ids: Collection[int]) -> str:
    """Segments as the terms of a request have them: their ids with spaces between."""
    return " ".join(map(str, sorted(segment_ids)))


class CardSegments:
    """Some segments whose filters look at the card alone; read when a client is first asked about."""

    def __init__(self, store: Store, segment_ids: Collection[int]) -> None:
        """Take the store of this thread."""
        self._store = store
        self._ids = segment_ids

    def of(self, client_id: int) -> frozenset[int]:
        """The ids of those that a client is in."""
        return frozenset(
            segment_id
            for segment_id, ready in self._ready.items()
            if ready.lets_through(self._store, client_id, _ANY_DAY)
        )

    def between(self, low: int, high: int) -> dict[int, set[int]]:
        """The ids of those that the clients of a range of ids are in, by client."""
        by_client: dict[int, set[int]] = {}
        for segment_id, ready in self._ready.items():
            for client_id in ready.ids(self._store, _ANY_DAY, low - 1, high):
                by_client.setdefault(client_id, set()).add(segment_id)
        return by_client

    @cached_property
    def _ready(self) -> dict[int, ReadyFilter]:
        """The filters; one that cannot be read any more lets nobody through."""
        # Few files have such segments, and the language of filters costs a start 6 ms.
        from onewindow.desk.filters.conditions import ReadyFilter
        from onewindow.desk.filters.names import Names
        from onewindow.desk.filters.words import FilterProblem, parse

        filters: dict[int, ReadyFilter] = {}
        for segment_id in self._ids:
            segment = rows.find(self._store, Segment, segment_id)
            if segment is None or segment.archived_at is not None:
                continue
            try:
                filters[segment_id] = ReadyFilter(parse(segment.filter), Names(self._store, 0))
            except FilterProblem:
                continue
        return filters
