"""Who remembers an archived client finds it, marked so, and never in place of one in daily view."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_samples import NOW, change, new_store

from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.requests import Request
from onewindow.store.changes import Transaction
from onewindow.store.engine import Store
from onewindow.store.search import docs
from onewindow.store.search.archived_hits import find_all


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)

    def fill(transaction: Transaction) -> list[int]:
        gone = transaction.insert(Client(name="Ландыш ООО", name_sort="ландыш", aliases="Цветы севера"))
        here = transaction.insert(Client(name="Ландшафт Плюс", name_sort="ландшафт плюс"))
        transaction.insert(Contact(client_id=gone.id, name="Вера Лист", phone="+79035550101"))
        transaction.insert(BillingDetails(client_id=gone.id, legal_name="ООО «Ландыш»", tax_id="7701234567"))
        transaction.insert(Contact(client_id=here.id, name="Олег Ландышев", phone="+79030000000"))
        transaction.insert(Request(number=7, client_id=gone.id, title="x", opened_at=NOW))
        transaction.archive(transaction.insert(Client(name="Ирис", name_sort="ирис")))
        transaction.archive(gone)
        docs.refresh(transaction.store, [gone.id, here.id])
        return [gone.id, here.id]

    change(store, fill)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("C-1", "archived, C-1"),
        ("R-7", "archived, R-7"),
        ("8 903 555-01-01", "archived, phone …0101"),
        ("555-01-01", "archived, phone …0101"),
        ("цветы", "archived, also called Цветы севера"),
        ("Вера Лист", "archived, contact Вера Лист"),
        ("7701234567", "archived, tax id 7701234567"),
        ("kfylsi jjj", "archived, name"),
        ("landysh ооо", "archived, name"),
    ],
)
def test_every_way_to_a_client_leads_to_the_archived_one(store: Store, query: str, why: str) -> None:
    hits = find_all(store, query)
    assert [(hit.name, hit.why) for hit in hits if hit.archived_at] == [("Ландыш ООО", why)]


def test_one_in_daily_view_stands_first_and_a_number_in_full_means_one_client(store: Store) -> None:
    assert [(hit.name, bool(hit.archived_at)) for hit in find_all(store, "ланд")] == [
        ("Ландшафт Плюс", False),
        ("Ландыш ООО", True),
    ]
    assert [hit.name for hit in find_all(store, "C-1")] == ["Ландыш ООО"]
    assert [hit.name for hit in find_all(store, "л")] == ["Ландшафт Плюс"], "one letter means too many"
    assert find_all(store, "C-99") == []
