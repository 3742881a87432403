"""The open requests of one client, however many there are: what presses first."""

from __future__ import annotations

from pathlib import Path

from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store import changes
from onewindow.store.changes import Transaction
from onewindow.store.engine import open_store
from onewindow.store.requests import threads

_AT = "2026-11-23T10:00:00Z"
_DUE = {"soon": "2026-11-24T10:00:00Z", "never": None, "late": "2026-11-20T10:00:00Z", "nor this": None}


def test_what_is_due_comes_first_and_is_never_pushed_out_by_what_is_not(tmp_path: Path) -> None:
    with open_store(tmp_path / "work.db", create=True) as store:

        def make(transaction: Transaction) -> int:
            client = transaction.insert(Client(name="Ромашка", slug="romashka", name_sort="romashka"))
            for number, (title, due_at) in enumerate(_DUE.items(), 1):
                transaction.insert(
                    Request(client_id=client.id, title=title, number=number, opened_at=_AT, due_at=due_at)
                )
            return client.id

        client_id = changes.write(store, make, actor="anna", at=_AT, label="some requests").result
        asked = [
            [each.title for each in threads.open_of_client(store, client_id, limit)] for limit in (1, 3, 9)
        ]
    assert asked == [["late"], ["late", "soon", "never"], ["late", "soon", "never", "nor this"]]
