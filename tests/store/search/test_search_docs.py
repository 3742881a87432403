"""What search keeps of the clients: right after any change, and the same when it is made anew."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import change, new_store

from onewindow.records.clients import BillingDetails, Client, Contact
from onewindow.records.fields import Record
from onewindow.store import rows
from onewindow.store.changes import Transaction, write
from onewindow.store.engine import Row, Store
from onewindow.store.search import docs
from onewindow.store.search.finding import find_clients

T = "2026-11-23T09:15:00Z"


def _saved(store: Store, work: Callable[[Transaction], object]) -> None:
    def keep_search(transaction: Transaction) -> None:
        docs.refresh(transaction.store, transaction.touched_clients)

    write(store, work, actor="anna", at=T, label="change", finish=keep_search)


def _kept(store: Store) -> tuple[list[Row], list[Row]]:
    return (
        store.rows("SELECT client_id, name, people, ids FROM search_doc ORDER BY client_id"),
        store.rows("SELECT word, skeleton, reversed, n FROM search_word ORDER BY word"),
    )


def _a_client(transaction: Transaction) -> Client:
    client = transaction.insert(Client(name="АО «Вектор»", aliases="Вектор Плюс", external_id="X-7"))
    transaction.insert(
        Contact(client_id=client.id, name="Юлия Ким", phone="+79123456789", email="Yu.Kim@v.example")
    )
    transaction.insert(BillingDetails(client_id=client.id, legal_name="АО «Вектор-М»", tax_id="77 01"))
    return client


def test_a_document_has_names_people_and_numbers_each_word_once(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _saved(store, _a_client)
        ((_, name, people, ids),) = _kept(store)[0]
        assert (name, people) == ("vektor ao plyus m", "yuliya kim")
        assert ids == "79123456789 7701 x7 yu kim v example"
        assert ("vektor", "vektor", "rotkev", 1) in _kept(store)[1]


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        ("+7 912 345-67-89", ["79123456789"]),
        ("8 (912) 345-67-89", ["79123456789"]),
        ("8 912 345 67 89 доб. 15; 345-67-80", ["79123456789", "15", "3456780"]),
        ("00359 88 123 45 67", ["359881234567"]),
        ("+81234567890", ["81234567890"]),
        ("нет", []),
    ],
)
def test_phones_are_kept_as_digits_of_the_international_number(field: str, keys: list[str]) -> None:
    assert docs.phone_keys(field) == keys


def test_a_change_that_search_does_not_see_writes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = change(store, _a_client)
        with store.exclusive():
            assert docs.refresh(store, [client.id]) == 1
            assert docs.refresh(store, [client.id, client.id]) == 0
            assert docs.refresh(store, []) == 0


def test_an_archived_client_is_forgotten_and_comes_back(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = change(store, _a_client)
        _saved(store, lambda t: t.archive(client))
        assert _kept(store) == ([], [])
        assert find_clients(store, "вектор") == []
        _saved(store, lambda t: t.restore(client))
        assert [hit.client_id for hit in find_clients(store, "вектор")] == [client.id]


def test_an_old_name_is_not_found_after_a_rename(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        client = change(store, _a_client)
        _saved(store, lambda t: t.update(client, {"name": "Сигма", "aliases": ""}))
        contact = rows.fetch(store, Contact, "")[0]
        _saved(store, lambda t: t.archive(contact))
        assert [hit.name for hit in find_clients(store, "сигма")] == ["Сигма"]
        assert find_clients(store, "плюс") == []
        assert find_clients(store, "юлия ким") == []


def test_rebuild_mends_a_search_that_lost_its_rows(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        _saved(store, _a_client)
        before = _kept(store)
        with store.exclusive():
            store.execute("DELETE FROM search_doc")
            store.execute("DELETE FROM search_word")
        assert docs.rebuild(store) == 1
        assert _kept(store) == before
        assert docs.check(store) == []
        client = rows.fetch(store, Client, "")[0]
        _saved(store, lambda t: t.update(client, {"name": "Дельта"}))
        assert [hit.why for hit in find_clients(store, "дельта")] == ["name"]
        assert docs.check(store) == []


def test_rebuild_works_inside_a_write_and_goes_with_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:

        def work(transaction: Transaction) -> None:
            _a_client(transaction)
            docs.rebuild(transaction.store)
            raise ValueError

        with pytest.raises(ValueError):  # noqa: PT011  our own, just above
            change(store, work)
        assert _kept(store) == ([], [])
        _saved(store, _a_client)
        assert len(find_clients(store, "вектор")) == 1


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE search_doc SET name = 'other'", "Search knows old data of the client with the id {id}."),
        ("DELETE FROM search_doc", "Search does not know the client with the id {id}."),
        (
            "UPDATE client SET archived_at = created_at",
            "Search still finds the client with the id {id}, who is not there.",
        ),
        (
            "UPDATE search_word SET n = 5 WHERE word = 'kim'",
            "Search counts the word “kim” 5 times instead of 1.",
        ),
        (
            "INSERT INTO search_trigram (search_trigram) VALUES ('delete-all')",
            "The search index does not match its texts; `onewindow db rebuild` makes it anew.",
        ),
    ],
)
def test_check_tells_each_way_in_which_search_can_be_wrong(tmp_path: Path, damage: str, told: str) -> None:
    with new_store(tmp_path) as store:
        client = change(store, _a_client)
        with store.exclusive():
            docs.refresh(store, [client.id])
        assert docs.check(store) == []
        with store.exclusive():
            store.execute(damage)
        assert told.format(id=client.id) in docs.check(store)


_WORDS = st.sampled_from(["Ромашка", "Вектор", "ООО", "Анна", "Ким", "Ёж", "Plus", "1С", "“»", ""])
_TEXTS = st.lists(_WORDS, max_size=3).map(" ".join)
_STEPS = st.lists(
    st.tuples(st.sampled_from(["client", "contact", "requisites", "rename", "archive", "restore"]), _TEXTS),
    max_size=12,
)


def _step(transaction: Transaction, kind: str, text: str) -> None:
    store = transaction.store
    clients = rows.fetch(store, Client, "ORDER BY id")
    picked = clients[len(text) % len(clients)] if clients else None
    if kind == "client" or picked is None:
        transaction.insert(Client(name=text or "x", aliases=text[::-1]))
    elif kind == "contact":
        transaction.insert(Contact(client_id=picked.id, name=text, phone="8" + "9" * 10))
    elif kind == "requisites":
        transaction.insert(BillingDetails(client_id=picked.id, legal_name=text, tax_id="1"))
    elif kind == "rename":
        transaction.update(picked, {"name": text})
    else:
        victims: list[Record] = [picked, *rows.fetch(store, Contact, "ORDER BY id LIMIT 1")]
        victim = victims[len(text) % len(victims)]
        (transaction.archive if kind == "archive" else transaction.restore)(victim)


@settings(max_examples=25)
@given(_STEPS)
def test_search_kept_change_by_change_equals_search_made_anew(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as directory, new_store(Path(directory)) as store:
        for kind, text in steps:
            _saved(store, lambda t, kind=kind, text=text: _step(t, kind, text))
        kept = _kept(store)
        assert docs.check(store) == []
        docs.rebuild(store)
        assert _kept(store) == kept
