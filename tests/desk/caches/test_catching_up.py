"""Rows of the lists that a write among many left behind: whoever reads next reads the truth."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sound_file import assert_sound

from onewindow.desk.caches import client_caches
from onewindow.desk.clients.rows import ClientFilter, clients_with_stats
from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.queue.today import read_today
from onewindow.desk.reference import health_weights
from onewindow.desk.requests.intake import Intake
from onewindow.desk.requests.registering import register
from onewindow.desk.session.context import Session
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.adoption import Licence, Product, Training
from onewindow.records.cadence import TouchCadence
from onewindow.records.clients import Client, Contact, Promise
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.health import HealthWeights
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Task, Touch
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.changes import Transaction
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import Store, open_store
from onewindow.store.ids import Ids
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ZONE = "Europe/Moscow"
_MILLISECONDS = int(NOW.timestamp() * 1000)
_PROCESSES, _WRITES = 4, 12
_MOST_STATEMENTS = 18
"""In the turn of a new request among others; most of it is worked out before, health and alarms after it."""


def _session(store: Store, me: Staff) -> Session:
    return at_work(store, me, Settings(), lambda: NOW, ZONE)


def _ids(path: Path) -> Ids:
    """Ids of one moment: whatever comes after anything else comes at once after it."""
    return Ids(lambda: _MILLISECONDS, random.Random(path.name + str(os.getpid())).getrandbits)


@pytest.fixture
def mine(tmp_path: Path) -> Iterator[Session]:
    path = tmp_path / "file.db"
    with open_store(path, create=True, ids=_ids(path)) as store:
        me = prepare_new_file(store, Staff(login="ivanova", name="Иванова"), ZONE, utc_text(NOW))
        session = _session(store, me)
        session.change("firm", lambda transaction: _firm(transaction, me))
        yield session


@pytest.fixture
def theirs(mine: Session) -> Iterator[Session]:
    with open_store(mine.store.path, ids=mine.store.ids) as store:
        yield _session(store, mine.me)


def _firm(transaction: Transaction, me: Staff) -> None:
    for name in ("Аврора", "Берег"):
        client = transaction.insert(Client(name=name, owner_id=me.id, tier="A", stage="active"))
        transaction.insert(Touch(client_id=client.id, at="2026-08-02T09:00:00Z", touch_kind="call"))
    transaction.insert(Product(name="Касса"))
    transaction.insert(Survey(title="осень", questions="?"))
    transaction.insert(
        TouchCadence(name="quarter", every_days=30, alarm_days=60, valid_from="2026-01-01", touch_kind="call")
    )


def _client(session: Session, name: str = "Аврора") -> Client:
    return rows.fetch(session.store, Client, f"WHERE name = '{name}'")[0]


def _others_write(session: Session) -> None:
    changing.insert(session, Task(title="звонок", assignee_id=session.me.id))


def _behind(session: Session) -> int:
    """How many rows are behind, asked past all that would bring them up."""
    found = session.store.connection.execute("SELECT COUNT(*) FROM client_stat WHERE behind > 0")
    return found.fetchone()[0]


def _kept(session: Session, client: Client) -> tuple[ClientStat | None, TouchDue | None]:
    return client_stats.find(session.store, client.id), touch_due.find(session.store, client.id)


def _truth(session: Session, client: Client) -> tuple[ClientStat | None, TouchDue | None]:
    client_caches.rebuild(session.store, NOW)
    return _kept(session, client)


_Made = Callable[[Session, int], Record]

_LEFT: dict[str, _Made] = {
    "a request": lambda _, client: Request(
        client_id=client,
        title="сбой",
        priority="urgent",
        opened_at="2026-10-30T09:00:00Z",
        due_at="2026-11-01T09:00:00Z",
    ),
    "a touch": lambda _, client: Touch(client_id=client, at="2026-11-22T09:00:00Z", touch_kind="call"),
    "a touch to come": lambda _, client: Touch(client_id=client, at="2026-11-29T09:00:00Z", text="x"),
    "a promise": lambda _, client: Promise(client_id=client, text="перезвоним", due_on="2026-11-01"),
    "a lesson": lambda _, client: Training(client_id=client, title="Касса", planned_on="2026-11-01"),
    "an answer": lambda session, client: SurveyResponse(
        client_id=client, survey_id=session.store.scalar("SELECT id FROM survey"), score=2, at=utc_text(NOW)
    ),
}
_KEPT_AT_ONCE: dict[str, _Made] = {
    "a contact": lambda _, client: Contact(client_id=client, name="Пётр", birthday="1980-11-25"),
    "a licence": lambda session, client: Licence(
        client_id=client,
        product_id=session.store.scalar("SELECT id FROM product"),
        bought=5,
        starts_on="2026-01-01",
        last_used_on="2026-02-01",
    ),
}


def _insert(session: Session, record: Record) -> None:
    session.change("new", lambda transaction: transaction.insert(record))


@pytest.mark.parametrize("what", _LEFT)
def test_what_is_saved_among_many_is_right_for_who_reads_next(
    mine: Session, theirs: Session, what: str
) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _LEFT[what](mine, client.id))
    assert _behind(mine) == 1
    _assert_no_fault(mine)
    kept = _kept(theirs, client)
    assert _behind(mine) == 0
    assert kept == _truth(mine, client)
    assert_sound(mine)


def _assert_no_fault(session: Session) -> None:
    """A row that is behind is no fault of the file."""
    with open_store(session.store.path) as store:  # where nobody brings up what they read
        assert client_caches.differences(store, NOW) == []
    assert _behind(session)


@pytest.mark.parametrize("what", _KEPT_AT_ONCE)
def test_what_else_is_kept_of_a_client_is_never_left_behind(
    mine: Session, theirs: Session, what: str
) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _KEPT_AT_ONCE[what](mine, client.id))
    assert _behind(mine) == 0
    assert _kept(mine, client) == _truth(mine, client)


def test_others_wait_for_few_statements(mine: Session, theirs: Session) -> None:
    line = Intake(mine, _client(mine).id).understand("не печатает счёт !высокий")
    register(mine, line)
    _others_write(theirs)
    asked: list[str] = []
    mine.store.connection.set_trace_callback(asked.append)
    register(mine, line)
    mine.store.connection.set_trace_callback(None)
    turn = asked[asked.index("BEGIN IMMEDIATE") : asked.index("COMMIT")]
    assert len(turn) <= _MOST_STATEMENTS, turn
    assert_sound(mine)


def test_who_writes_alone_leaves_nothing_behind(mine: Session) -> None:
    for _ in range(3):
        _insert(mine, _LEFT["a request"](mine, _client(mine).id))
        assert _behind(mine) == 0


def test_who_writes_after_a_pause_leaves_nothing_behind(mine: Session, tmp_path: Path) -> None:
    with open_store(tmp_path / "file.db", ids=Ids(lambda: _MILLISECONDS - 5000, lambda _: 1)) as earlier:
        _insert(_session(earlier, mine.me), Task(title="звонок", assignee_id=mine.me.id))
    later = Ids(lambda: _MILLISECONDS + 5000, lambda _: 1)
    with open_store(tmp_path / "file.db", ids=later) as store:
        session = _session(store, mine.me)
        _others_write(mine)
        _insert(session, _LEFT["a request"](session, _client(session).id))
        assert _behind(session) == 0


def test_who_is_waited_for_leaves_it_behind_whenever_others_wrote_last(mine: Session) -> None:
    client = _client(mine)
    others: list[threading.Thread] = []

    def work(transaction: Transaction) -> None:
        transaction.insert(_LEFT["a request"](mine, client.id))
        others.append(threading.Thread(target=_write_of_another, args=(mine,)))
        others[0].start()
        _until(mine.store.is_queued_for)

    mine.change("new", work)
    others[0].join()
    assert _behind(mine) == 1
    assert _kept(mine, client) == _truth(mine, client)


def _write_of_another(session: Session) -> None:
    with session.store.another() as store:
        _others_write(session.beside(store))


def _until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_screens_and_lists_read_rows_that_are_behind_as_they_should_be(
    mine: Session, theirs: Session
) -> None:
    client = _client(mine)

    def late(title: str) -> None:
        _others_write(theirs)
        record = Request(client_id=client.id, title=title, promised_at="2026-11-01T09:00:00Z")
        changing.insert(mine, record)
        assert _behind(mine) == 1

    late("счёт")
    listed = {each.name: stat for each, stat in clients_with_stats(theirs, ClientFilter())}
    found = listed["Аврора"]
    assert found is not None
    assert found.open_count == 1
    late("отчёт")
    snapshot = load_snapshot(theirs, client.id)
    assert not _behind(theirs)
    late("акт")
    read_today(theirs)
    assert not _behind(theirs)
    _insert(mine, Touch(client_id=client.id, at=utc_text(NOW), touch_kind="call"))
    assert snapshot.touch_due is not None
    assert load_snapshot(theirs, client.id).touch_due is None
    assert_sound(theirs)


def test_undo_and_redo_among_many_leave_the_truth(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    before = _kept(mine, client)
    _others_write(theirs)
    _insert(mine, _LEFT["a request"](mine, client.id))
    made = mine.store.connection.execute("SELECT open_count FROM client_stat ORDER BY client_id").fetchall()
    assert made[0] == (1,)
    session = mine
    session.undo()
    assert _kept(theirs, client) == before == _truth(mine, client)
    session.redo()
    assert _kept(theirs, client) == _truth(mine, client)
    assert_sound(mine)


def test_a_change_while_a_row_is_worked_out_is_not_lost(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _LEFT["a promise"](mine, client.id))
    readers: list[threading.Thread] = []

    def work(transaction: Transaction) -> None:
        # A reader works the row out from before this change, and waits to write it down.
        readers.append(threading.Thread(target=_read_of_another, args=(mine, client)))
        readers[0].start()
        _until(theirs.store.is_queued_for)
        transaction.insert(_LEFT["a touch"](theirs, client.id))

    theirs.change("new", work)
    readers[0].join()
    assert _kept(theirs, client) == _truth(mine, client)


def _read_of_another(session: Session, client: Client) -> None:
    with session.store.another() as store:
        client_stats.find(store, client.id)


def test_a_rule_that_changes_while_a_row_is_worked_out_counts(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _LEFT["a promise"](mine, client.id))
    readers: list[threading.Thread] = []

    def work(transaction: Transaction) -> None:
        readers.append(threading.Thread(target=_read_of_another, args=(mine, client)))
        readers[0].start()
        _until(theirs.store.is_queued_for)
        weights = HealthWeights(name="всем").with_changes(dict.fromkeys(health_weights.SIGNALS, 0))
        transaction.insert(weights.with_changes({"promises": 100}))

    theirs.change("weights", work)
    readers[0].join()
    assert _kept(theirs, client) == _truth(mine, client)


def test_who_reads_while_somebody_holds_the_file_is_not_held_up(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _LEFT["a promise"](mine, client.id))
    with theirs.store.exclusive():
        start = time.monotonic()
        for _ in range(20):
            assert client_stats.find(mine.store, client.id) is not None
        assert time.monotonic() - start < 5
    mine.store.bring_up_after = 0.0
    assert _kept(mine, client) == _truth(mine, client)


def test_more_clients_than_a_few_are_kept_at_once(mine: Session, theirs: Session) -> None:
    def work(transaction: Transaction) -> None:
        for client in transaction.insert_many(
            [Client(name=f"Клиент {each}", owner_id=mine.me.id) for each in range(60)]
        ):
            transaction.insert(Touch(client_id=client.id, at=utc_text(NOW), touch_kind="call"))

    _others_write(theirs)
    mine.change("new", work)
    assert _behind(mine) == 0
    assert_sound(mine)


def test_a_client_archived_while_his_row_was_behind_is_on_no_list(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    _others_write(theirs)
    _insert(mine, _LEFT["a promise"](mine, client.id))
    _others_write(theirs)
    mine.change("archive", lambda transaction: transaction.archive(client))
    assert _kept(theirs, client) == (None, None)
    assert_sound(theirs)


def test_who_is_killed_after_his_write_leaves_the_truth_to_the_next(mine: Session, theirs: Session) -> None:
    client = _client(mine)
    killed = multiprocessing.get_context("spawn").Process(
        target=_write_and_die, args=(mine.store.path, mine.me, client.id)
    )
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert _behind(mine) == 1
    kept = _kept(theirs, client)
    assert kept[0] is not None
    assert kept[0].open_count == 1
    assert kept == _truth(mine, client)
    assert_sound(mine)


def _write_and_die(path: Path, me: Staff, client_id: int) -> None:
    store, beside = open_store(path, ids=_ids(path)), open_store(path, ids=_ids(path))
    _others_write(_session(beside, me))
    _insert(_session(store, me), _LEFT["a request"](_session(store, me), client_id))
    os.kill(os.getpid(), signal.SIGKILL)


def test_several_processes_that_write_and_read_leave_the_truth(mine: Session) -> None:
    context = multiprocessing.get_context("spawn")
    clients = [_client(mine).id, _client(mine, "Берег").id]
    crowd = [
        context.Process(target=_write_and_read, args=(mine.store.path, mine.me, clients, each))
        for each in range(_PROCESSES)
    ]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    assert [process.exitcode for process in crowd] == [0] * _PROCESSES
    found = [client_stats.find(mine.store, each) for each in clients]
    assert sum(stat.open_count for stat in found if stat) == _PROCESSES * _WRITES
    assert _behind(mine) == 0
    assert_sound(mine)
    client_caches.rebuild(mine.store, NOW)
    assert [client_stats.find(mine.store, each) for each in clients] == found


def _write_and_read(path: Path, me: Staff, clients: list[int], number: int) -> None:
    chance = random.Random(number)
    with open_store(path, ids=_ids(path)) as store:
        session = _session(store, me)
        for _ in range(_WRITES):
            changing.insert(session, Request(client_id=chance.choice(clients), title="сбой"))
            if chance.random() < 0.3:
                client_stats.alarmed(store, None, client_stats.FIRST, 10)
