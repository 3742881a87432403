"""A record as it was at any instant of its life."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import change, new_client, new_store

from onewindow.records.clients import Client
from onewindow.store import history, rows
from onewindow.store.changes import Transaction


def _minute(number: int) -> str:
    return f"2026-11-24T10:{number:02}:00Z"


_edits = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(["update", "update", "update", "archive", "restore", "undo", "redo"]),
        st.sampled_from(["city", "segment", "since"]),
        st.sampled_from(["2026-01-01", "2026-02-02", "2026-03-03"]),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(edits=_edits)
def test_every_past_state_is_told_again(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str, str, str]]
) -> None:
    with new_store(tmp_path_factory.mktemp("past")) as store:
        client = new_client(store, at=_minute(1))
        states: dict[int, Client] = {1: client}
        minute = 1

        def work(transaction: Transaction, op: str, name: str, value: str) -> None:
            now = rows.get(store, Client, client.id)
            if op == "update":
                transaction.update(now, {name: value})
            elif op == "archive":
                transaction.archive(now)
            elif op == "restore":
                transaction.restore(now)
            else:
                find = history.last_undoable if op == "undo" else history.last_redoable
                target = find(store, "anna")
                if target:
                    history.undo(transaction, target)

        for pause, op, name, value in edits:
            minute += pause
            change(store, lambda t, edit=(op, name, value): work(t, *edit), at=_minute(minute))
            states[minute] = rows.get(store, Client, client.id)
        present = rows.get(store, Client, client.id)
        assert history.as_of(store, present, _minute(0)) is None
        last = client
        for at in range(1, minute + 2):
            last = states.get(at, last)
            told = history.as_of(store, present, _minute(at))
            if last.archived_at:
                assert told is None
            else:
                assert told is not None
                assert told.with_changes({"version": 0, "updated_at": ""}) == last.with_changes(
                    {"version": 0, "updated_at": ""}
                )


def test_what_was_erased_is_not_told_of_the_past(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = new_client(store, at=_minute(1))
        noted = change(store, lambda t: t.update(client, {"note": "secret"}), at=_minute(2))
        change(store, lambda t: t.update(noted, {"note": "other"}), at=_minute(3))
        erased = change(store, lambda t: t.erase(client, ["note"]), at=_minute(4))
        past = history.as_of(store, erased, _minute(2))
        assert past is not None
        assert past.note == ""
