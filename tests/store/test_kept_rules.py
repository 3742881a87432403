"""What is worked out from rules is kept, and forgotten as soon as anybody changes one."""

from __future__ import annotations

import contextlib
from pathlib import Path

from store_samples import change, new_client, new_store

from onewindow.records.cadence import Holiday
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.rule_cache import kept


def _names(store: Store) -> list[str]:
    """The holidays' names, as something that is worked out from rules."""
    return kept(
        store, "names", lambda: [name for (name,) in store.rows("SELECT name FROM holiday ORDER BY id")]
    )


def _add(transaction: Transaction, name: str) -> None:
    transaction.insert(Holiday(name=name, day="01-01"))


def test_it_is_worked_out_once_while_other_records_change(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        change(store, lambda t: _add(t, "a"))
        first = _names(store)
        new_client(store)
        assert _names(store) is first
        assert first == ["a"]


def test_a_rule_of_another_connection_counts_at_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.another() as second:
        assert _names(store) == _names(second) == []
        change(second, lambda t: _add(t, "a"))
        assert _names(store) == ["a"]
        change(store, lambda t: t.insert_many([Holiday(name="b", day="02-02")]) and None)
        assert _names(second) == ["a", "b"]


def test_each_change_inside_a_transaction_counts(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def work(transaction: Transaction) -> None:
        for name in "ab":
            _add(transaction, name)
            seen.append(_names(transaction.store))

    with new_store(tmp_path) as store:
        change(store, work)
        assert seen == [["a"], ["a", "b"]]


def test_what_a_failed_change_saw_is_forgotten(tmp_path: Path) -> None:
    def fail(transaction: Transaction) -> None:
        _add(transaction, "never")
        assert _names(transaction.store) == ["a", "never"]
        raise KeyError

    with new_store(tmp_path) as store:
        change(store, lambda t: _add(t, "a"))
        assert _names(store) == ["a"]
        with contextlib.suppress(KeyError):
            change(store, fail)
        assert _names(store) == ["a"]
        change(store, lambda t: _add(t, "b"))
        assert _names(store) == ["a", "b"]
