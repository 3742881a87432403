"""Records made while the clock stands anywhere: stored, with ids of their own, in the order of making."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from onewindow.records.clients import Client
from onewindow.store import changes, rows
from onewindow.store.changes import Transaction
from onewindow.store.engine import open_store
from onewindow.store.ids import Ids

_YEAR_MS = 31_556_952_000
_NOW_MS = 57 * _YEAR_MS
"""In 2026."""


def _add(path: Path, name: str, milliseconds: int, seed: int) -> None:
    """What another process does, whose clock stands there: two clients in one change."""

    def work(transaction: Transaction) -> None:
        for end in ("a", "b"):
            transaction.insert(Client(name=name + end))

    ids = Ids(lambda: milliseconds, Random(seed).getrandbits)
    with open_store(path, create=True, ids=ids) as store:
        changes.write(store, work, actor="anna", at="2026-11-23T08:00:00Z", label=f"new client: {name}")


@pytest.mark.parametrize(
    "years",
    [
        (-57, -57, -57),  # the clock was never set
        (0, -2, -57, 0),
        (0, 5, 0, 0),
        (0, 120, 8000, 0),
    ],
)
def test_every_record_is_stored_above_the_one_before(years: tuple[int, ...], tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    for place, year in enumerate(years):
        _add(path, f"{place}", _NOW_MS + year * _YEAR_MS, place)
    with open_store(path) as store:
        found = rows.fetch(store, Client, "ORDER BY number")
        assert [client.name for client in found] == [f"{n}{end}" for n in range(len(years)) for end in "ab"]
        ids = [client.id for client in found]
        assert ids == sorted(set(ids))


def test_records_stand_behind_those_of_a_clock_that_was_ahead(tmp_path: Path) -> None:
    path = tmp_path / "onewindow.db"
    for seed, years in enumerate((0, 5, 0, 1)):
        _add(path, f"{seed}", _NOW_MS + years * _YEAR_MS, seed)
    with open_store(path) as store:
        names = [client.name for client in rows.fetch(store, Client, "ORDER BY id")]
    assert names == ["0a", "0b", "1a", "1b", "2a", "2b", "3a", "3b"]
