"""The caches: whatever happens to the records, they say what a rebuild of the whole file would say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onewindow.desk.caches import client_caches
from onewindow.desk.health.scoring import client_health
from onewindow.desk.registry import REGISTRY
from onewindow.metrics.health.score import BREACHED_URGENT
from onewindow.records.adoption import Licence, Plan, PlanStep, Product
from onewindow.records.clients import BillingDetails, Client, Contact, Promise
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.organization import Staff
from onewindow.records.requests import Document, Request, Task, Touch
from onewindow.store import changes, history, rows
from onewindow.store.changes import Transaction
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Row, Store, Value, open_store
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Firm:
    """A file in which every write keeps the caches; `now` stands still until a test moves it."""

    store: Store
    now: datetime = NOW

    def change(self, work: Callable[[Transaction], object]) -> None:
        """Do some work in one write."""
        changes.write(
            self.store,
            work,
            actor="ivanova",
            at=utc_text(self.now),
            label="test",
            finish=lambda transaction: client_caches.refresh(transaction, self.now, REGISTRY),
        )

    def add(self, *records: Record) -> None:
        """Store new records in one write."""
        self.change(lambda transaction: [transaction.insert(record) for record in records])

    def stats(self) -> dict[int, ClientStat]:
        """All cache rows by client."""
        return client_stats.between(self.store, 0, 2**63 - 1)

    def documents(self) -> list[Row]:
        """What search knows, by client."""
        return self.store.rows("SELECT client_id, name, people, ids FROM search_doc ORDER BY client_id")

    def live(self, record: type[Record]) -> list[Record]:
        """The records of a kind that are not archived."""
        return [*rows.fetch(self.store, record, "WHERE archived_at IS NULL ORDER BY id")]


def new_firm(path: Path) -> Firm:
    firm = Firm(open_store(path, create=True))
    firm.add(
        Staff(id=1, login="ivanova", name="Иванова"),
        Staff(id=2, login="petrov", name="Петров"),
        Product(id=1, name="Склад"),
        Survey(id=1, title="осень", questions="?"),
    )
    firm.add(*(Client(id=10 * each, name=f"клиент {each}") for each in range(1, 6)))
    return firm


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    made = new_firm(tmp_path / "caches.db")
    yield made
    made.store.close()


def day(ago: int) -> str:
    return (NOW - timedelta(days=ago)).date().isoformat()


def moment(ago: int) -> str:
    return utc_text(NOW - timedelta(days=ago))


def made_of(kind: int, client: int, ago: int) -> Record:
    """Some record of a client, dated some days ago (or ahead, below 0)."""
    return (
        Request(client_id=client, title="x", priority="urgent", opened_at=moment(90), due_at=moment(ago)),
        Request(client_id=client, title="x", opened_at=moment(ago), due_at=None),
        Touch(client_id=client, text="x", mood="angry" if ago % 2 else "glad", at=moment(ago)),
        Touch(client_id=client, text="x", touch_kind="meeting", at=moment(ago)),
        Promise(client_id=client, text="x", due_on=day(ago)),
        Licence(client_id=client, product_id=1, bought=9, active=max(0, ago), last_used_on=day(ago)),
        Contact(client_id=client, name=f"Анна {ago}", phone="+79123456789"),
        BillingDetails(client_id=client, legal_name=f"ООО {ago}", tax_id="7707083893"),
        SurveyResponse(client_id=client, survey_id=1, score=ago % 11, at=moment(ago)),
        Document(client_id=client, title="акт"),
    )[kind]


MADE = 10
KINDS: tuple[type[Record], ...] = (
    Request,
    Touch,
    Promise,
    Licence,
    Contact,
    BillingDetails,
    SurveyResponse,
    Client,
)
UPDATES: dict[str, tuple[dict[str, Value], ...]] = {
    "request": ({"status": "resolved", "resolved_at": moment(0)}, {"client_id": 20}, {"due_at": None}),
    "touch": ({"mood": ""}, {"client_id": 30}, {"is_automatic": 1}),
    "promise": ({"status": "kept"}, {"status": "broken", "settled_at": moment(1)}, {"client_id": 10}),
    "licence": ({"active": 9}, {"ends_on": day(1)}, {"client_id": 50}),
    "contact": ({"name": "Борис"}, {"left_on": day(1)}, {"client_id": 40}),
    "requisites": ({"legal_address": "Казань"}, {"tax_id": "1"}, {"client_id": 10}),
    "survey_response": ({"score": 10}, {"score": 0}, {"client_id": 20}),
    "client": ({"owner_id": 2, "goal": "x"}, {"stage": "onboarding"}, {"name": "новое имя", "stage": "lost"}),
}

steps = st.one_of(
    st.tuples(st.just("add"), st.integers(0, MADE - 1), st.integers(1, 5), st.integers(-20, 120)),
    st.tuples(st.just("update"), st.integers(0, len(KINDS) - 1), st.integers(0, 9), st.integers(0, 2)),
    st.tuples(st.just("archive"), st.integers(0, len(KINDS) - 1), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0)),
)


def act(firm: Firm, step: tuple[str, int, int, int]) -> None:
    action, first, second, third = step
    if action == "add":
        firm.add(made_of(first, 10 * second, third))
        return
    if action == "undo":
        last = history.last_undoable(firm.store, "ivanova")
        if last is not None and last.label == "test":
            firm.change(lambda transaction: history.undo(transaction, last))
        return
    found = firm.live(KINDS[first])
    if not found:
        return
    record = found[second % len(found)]
    if action == "archive":
        firm.change(lambda transaction: transaction.archive(record))
    else:
        firm.change(lambda transaction: transaction.update(record, UPDATES[record.kind][third]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("random")


@given(taken=st.lists(steps, max_size=25), data=st.data())
@settings(max_examples=40, deadline=None)
def test_after_any_changes_the_caches_say_what_a_rebuild_says(
    folder: Path, taken: list[tuple[str, int, int, int]], data: st.DataObject
) -> None:
    path = folder / f"{len(list(folder.iterdir()))}.db"
    firm = new_firm(path)
    try:
        for step in taken:
            act(firm, step)
        assert client_caches.differences(firm.store) == []
        stats, documents = firm.stats(), firm.documents()
        listed = {client.id for client in firm.live(Client)}
        assert set(stats) == listed
        with firm.store.exclusive():
            for broken in data.draw(st.sets(st.sampled_from(sorted(stats)))) if stats else ():
                firm.store.execute(
                    "UPDATE client_stat SET open_count = open_count + 1 WHERE client_id = :id", id=broken
                )
        client_caches.rebuild(firm.store, firm.now)
        assert (firm.stats(), firm.documents()) == (stats, documents)
    finally:
        firm.store.close()


def test_a_row_says_what_the_records_say(firm: Firm) -> None:
    client = rows.get(firm.store, Client, 10)
    firm.change(lambda transaction: transaction.update(client, {"owner_id": 2}))
    firm.add(
        Request(client_id=10, title="x", priority="urgent", opened_at=moment(3), due_at=moment(1)),
        Request(client_id=10, title="x", opened_at=moment(3), due_at=moment(-1)),
        Touch(client_id=10, text="x", touch_kind="meeting", mood="glad", at=moment(0)),
        Licence(client_id=10, product_id=1, bought=10, active=10, last_used_on=day(1)),
    )
    stat = firm.stats()[10]
    assert stat == ClientStat(
        client_id=10,
        owner_id=2,
        stage="active",
        health=49,
        band="red",
        coverage=85,
        open_count=2,
        next_due_at=moment(1),
        last_touch_at=moment(0),
        completeness=stat.completeness,
        computed_at=moment(0),
    )
    found = client_health(firm.store, rows.get(firm.store, Client, 10), NOW)
    assert (found.score, found.caps) == (49, (BREACHED_URGENT,))


def test_an_archived_client_leaves_the_lists_and_comes_back(firm: Firm) -> None:
    client = rows.get(firm.store, Client, 20)
    firm.change(lambda transaction: transaction.archive(client))
    assert 20 not in firm.stats()
    firm.change(lambda transaction: transaction.restore(client))
    assert 20 in firm.stats()


def test_a_plan_and_a_task_count_too(firm: Firm) -> None:
    firm.add(Task(id=5, client_id=10, title="перезвонить"))
    firm.add(SurveyResponse(client_id=10, survey_id=1, score=2, at=moment(1), task_id=5))
    firm.add(Plan(id=6, client_id=10, title="x", started_on=day(30)))
    firm.add(PlanStep(plan_id=6, client_id=10, title="x", status="done", due_on=day(3)))
    firm.add(Touch(client_id=10, text="x", touch_kind="meeting", at=moment(0)))
    firm.add(Licence(client_id=10, product_id=1, bought=10, active=10, last_used_on=day(1)))
    assert firm.stats()[10].health == 59
    task = rows.get(firm.store, Task, 5)
    firm.change(lambda transaction: transaction.update(task, {"status": "done"}))
    assert (firm.stats()[10].health or 0) > 59


def test_a_change_that_no_cache_is_made_of_writes_none(firm: Firm) -> None:
    before = firm.stats()[10]
    firm.now += timedelta(hours=1)
    firm.add(Document(client_id=10, title="акт"))
    assert firm.stats()[10] == before
    firm.add(Touch(client_id=10, text="x", at=moment(0)))
    assert firm.stats()[10].computed_at == utc_text(firm.now)


def test_health_that_has_aged_is_renewed_piece_by_piece(firm: Firm) -> None:
    firm.add(
        Licence(client_id=10, product_id=1, bought=10, active=10, last_used_on=day(1)),
        Touch(client_id=10, text="x", touch_kind="meeting", mood="glad", at=moment(0)),
    )
    fresh = firm.stats()[10]
    firm.now += timedelta(hours=19)
    assert client_caches.catch_up(firm.store, firm.now) is None
    assert firm.stats()[10] == fresh
    firm.now += timedelta(days=40)
    assert client_caches.catch_up(firm.store, firm.now) is None
    aged = firm.stats()
    assert {stat.computed_at for stat in aged.values()} == {utc_text(firm.now)}
    assert (fresh.health, aged[10].health) == (100, 59)
    assert aged[10].coverage < fresh.coverage
    assert client_caches.differences(firm.store) == []


def test_many_clients_written_at_once_are_counted_like_one(firm: Firm) -> None:
    firm.add(*(Client(id=1000 + each, name=f"новый {each}") for each in range(1200)))
    firm.add(*(Request(client_id=1000 + 7 * each, title="x", opened_at=moment(1)) for each in range(100)))
    stats = firm.stats()
    assert len(stats) == 1205
    assert sum(stat.open_count for stat in stats.values()) == 100
    assert client_caches.differences(firm.store) == []


def test_every_difference_is_told_with_its_client(firm: Firm) -> None:
    with firm.store.exclusive():
        firm.store.execute("UPDATE client_stat SET health = 3, band = 'red' WHERE client_id = 10")
        firm.store.execute("UPDATE client_stat SET next_due_at = :at WHERE client_id = 20", at=moment(0))
        client_stats.forget(firm.store, [30])
        firm.store.execute("UPDATE client SET archived_at = :at WHERE id = 40", at=moment(0))
    told = client_caches.differences(firm.store)
    assert "Client 10: the lists say health 3, the records say None." in told
    assert "Client 10: the lists say band red, the records say unknown." in told
    assert f"Client 20: the lists say next_due_at {moment(0)}, the records say None." in told
    assert "The client with the id 30 is missing in the lists." in told
    assert "The archived client with the id 40 is still in the lists." in told
    client_caches.rebuild(firm.store, firm.now)
    assert client_caches.differences(firm.store) == []
