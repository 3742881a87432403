"""What a write reads before its turn: nothing that others do meanwhile is missed, little is asked later."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onewindow.desk import caches, editing, intake
from onewindow.desk.intake import Intake
from onewindow.desk.opening import prepare_new_file
from onewindow.desk.session import Session
from onewindow.records.adoption import Licence, Product, Training
from onewindow.records.clients import Client, Contact, Promise, Requisites
from onewindow.records.department import SlaPolicy, Staff
from onewindow.records.fields import Record
from onewindow.records.touching import TouchCadence
from onewindow.records.work import Request, Touch
from onewindow.settings import Settings
from onewindow.store import client_stats, requests, rows
from onewindow.store.changes import Transaction, write
from onewindow.store.engine import Store, open_store
from onewindow.store.foresight import worked_out
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = "Europe/Moscow"
_MOST_STATEMENTS = 30
"""In the turn of a new request while others write; without foresight there were 57."""


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Session]:
    with open_store(tmp_path / "file.db", create=True) as store:
        me = prepare_new_file(store, Staff(login="ivanova", name="Иванова"), ZONE, utc_text(NOW))
        session = _session(store, me)
        session.change("firm", lambda transaction: _firm(transaction, me))
        # A first write is always foreseen, later ones where others write just then.
        with store.another() as mine:
            yield _session(mine, me)


@pytest.fixture
def theirs(mine: Session) -> Iterator[Session]:
    with open_store(mine.store.path) as store:
        yield _session(store, mine.me)


def _session(store: Store, me: Staff) -> Session:
    return Session(store, me, Settings(), lambda: NOW, ZONE)


def _firm(transaction: Transaction, me: Staff) -> None:
    client = transaction.insert(Client(name="Аврора", owner_id=me.id, tier="A", stage="active"))
    transaction.insert(Product(name="Касса"))
    transaction.insert(Touch(client_id=client.id, at="2026-11-02T09:00:00Z", touch_kind="call"))
    transaction.insert(
        TouchCadence(name="quarter", every_days=30, alarm_days=60, valid_from="2026-01-01", touch_kind="call")
    )


def _client(session: Session) -> Client:
    return rows.fetch(session.store, Client, "WHERE name = 'Аврора'")[0]


def _line(session: Session) -> intake.Understood:
    return Intake(session, _client(session).id).understand("не печатает счёт !высокий")


_Record = Callable[[Session, int], Record]

_MEANWHILE: dict[str, _Record] = {
    "a contact": lambda _, client: Contact(client_id=client, name="Пётр", birthday="1980-11-25"),
    "requisites": lambda _, client: Requisites(client_id=client, legal_name="ООО Аврора"),
    "a touch": lambda _, client: Touch(client_id=client, at="2026-11-22T09:00:00Z", touch_kind="call"),
    "a licence": lambda session, client: Licence(
        client_id=client,
        product_id=session.store.scalar("SELECT id FROM product"),
        bought=5,
        starts_on="2026-01-01",
        last_used_on="2026-02-01",
    ),
    "a lesson": lambda _, client: Training(client_id=client, title="Касса", planned_on="2026-11-01"),
    "a promise": lambda _, client: Promise(client_id=client, text="перезвоним", due_on="2026-11-01"),
    "a request": lambda _, client: Request(client_id=client, title="сбой", opened_at="2026-11-01T09:00:00Z"),
    "a policy": lambda _session, _client: SlaPolicy(
        name="A", tier="A", valid_from="2026-01-01", resolution_min=60
    ),
    "a cadence": lambda _session, _client: TouchCadence(
        name="week", every_days=7, alarm_days=7, valid_from="2026-11-01", touch_kind="visit"
    ),
}


@pytest.mark.parametrize("what", _MEANWHILE)
def test_what_others_save_before_the_turn_counts_in_it(mine: Session, theirs: Session, what: str) -> None:
    client = _client(mine)

    def others_write() -> None:
        editing.insert(theirs, _MEANWHILE[what](theirs, client.id))

    made = mine.change(
        "new request",
        lambda transaction: editing.insert_in(mine, transaction, Request(client_id=client.id, title="счёт")),
        about=client.id,
        foresee=others_write,
    ).result
    assert caches.differences(mine.store, NOW) == []
    stat = client_stats.find(mine.store, client.id)
    assert stat is not None
    assert stat.open_count == (2 if what == "a request" else 1)
    if what == "a policy":
        assert made.due_at is not None
        assert made.due_at == rows.get(mine.store, Request, made.id).due_at


def test_a_client_who_changes_hands_before_the_turn_is_kept_as_he_is(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    petrov = theirs.change("", lambda transaction: transaction.insert(Staff(login="p", name="Петров"))).result

    def others_write() -> None:
        editing.change(theirs, _client(theirs), {"owner_id": petrov.id, "stage": "leaving"})

    mine.change(
        "new touch",
        lambda transaction: editing.insert_in(mine, transaction, Touch(client_id=client.id, text="звонок")),
        about=client.id,
        foresee=others_write,
    )
    stat = client_stats.find(mine.store, client.id)
    assert stat is not None
    assert (stat.owner_id, stat.stage) == (petrov.id, "leaving")
    assert caches.differences(mine.store, NOW) == []


def test_a_due_time_that_moves_without_an_event_is_read_again(mine: Session, theirs: Session) -> None:
    made = editing.insert(theirs, Request(client_id=_client(theirs).id, title="счёт"))

    def others_write() -> None:
        with theirs.store.exclusive():
            kept = requests.KeptTimes("2026-11-24T08:00:00Z", "2026-11-24T08:00:00Z")
            requests.keep_times(theirs.store, [(kept, made.id)])

    call = Touch(client_id=made.client_id, text="звонок")
    mine.change(
        "new touch",
        lambda transaction: editing.insert_in(mine, transaction, call),
        about=made.client_id,
        foresee=others_write,
    )
    stat = client_stats.find(mine.store, made.client_id)
    assert stat is not None
    assert stat.next_due_at == "2026-11-24T08:00:00Z"


def test_a_write_sees_what_it_wrote_itself(mine: Session) -> None:
    store, client = mine.store, _client(mine)
    asked = "SELECT COUNT(*) FROM touch WHERE client_id = :client"

    def count() -> int:
        return worked_out(store, "touches", client.id, lambda: store.scalar(asked, client=client.id))

    def work(transaction: Transaction) -> list[int]:
        found = [count(), count()]
        transaction.insert(Touch(client_id=client.id, at=transaction.at))
        found.append(count())
        store.execute("UPDATE touch SET archived_at = created_at WHERE client_id = :client", client=client.id)
        living = store.scalar(f"{asked} AND archived_at IS NULL", client=client.id)
        return [*found, count(), living]

    found = write(store, work, actor="a", at=utc_text(NOW), label="", foresee=lambda: None).result
    assert found == [1, 1, 2, 2, 0]


def test_a_new_request_asks_little_in_its_turn_while_others_write(mine: Session, theirs: Session) -> None:
    line = _line(mine)
    statements: list[str] = []

    def others_write() -> None:
        intake.register(theirs, _line(theirs))
        mine.store.connection.set_trace_callback(statements.append)

    def work(transaction: Transaction) -> None:
        intake.register_in(mine, transaction, line)

    mine.change("new request", work, about=_client(mine).id, foresee=others_write)
    mine.store.connection.set_trace_callback(None)
    turn = statements[statements.index("BEGIN IMMEDIATE") : statements.index("COMMIT")]
    assert len(turn) <= _MOST_STATEMENTS, turn
    assert caches.differences(mine.store, NOW) == []


def test_what_is_wrong_with_a_record_is_told_in_the_turn(mine: Session) -> None:
    with pytest.raises(editing.FieldProblems):
        editing.insert(mine, Request(client_id=_client(mine).id, title=""))
    assert mine.store.scalar("SELECT COUNT(*) FROM request") == 0
