"""In a file of more clients than one change can look at, lists follow a rule as they do in a small one."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from screen_host import until
from screen_text import screen_text
from sound_file import assert_sound

from onewindow.app import OneWindowApp
from onewindow.desk.caches import client_caches, turn_of_day
from onewindow.desk.clients.rows import ClientFilter, clients_with_stats
from onewindow.desk.doctor.file_check import check_file
from onewindow.desk.editing import changing
from onewindow.desk.health.scoring import client_health
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.reference.health_weights import read_weights
from onewindow.desk.session.context import Session
from onewindow.records.cadence import Holiday, Occasion, TouchCadence
from onewindow.records.clients import Client, Promise
from onewindow.records.health import HealthWeights
from onewindow.records.organization import Staff
from onewindow.records.requests import Touch
from onewindow.settings import Settings
from onewindow.store import behind, rows
from onewindow.store.cadence import due_cache as touch_due
from onewindow.store.cadence.due_cache import TouchDue
from onewindow.store.changes import Transaction
from onewindow.store.clients import client_stats
from onewindow.store.clients.client_stats import ClientStat
from onewindow.store.engine import open_store
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CLIENTS = 510
_ALL = 1 << 62


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "file.db"
    with open_store(path, create=True) as store:
        me = prepare_new_file(
            store, Staff(login="ivanova", name="Иванова"), "Europe/Moscow", utc_text(NOW - timedelta(days=1))
        )
        session = at_work(store, me, Settings(), lambda: NOW - timedelta(days=1), "Europe/Moscow")
        session.change("firm", lambda transaction: _firm(transaction, me))
    return path


def _firm(transaction: Transaction, me: Staff) -> None:
    for number in range(CLIENTS):
        client = transaction.insert(
            Client(
                name=f"Клиент {number:03}",
                owner_id=me.id,
                tier="A",
                stage="active",
                country="RU",
            )
        )
        if number % 3:
            at = utc_text(NOW - timedelta(days=2 + number % 40))
            transaction.insert(Touch(client_id=client.id, at=at, touch_kind="call"))
        transaction.insert(
            Promise(
                client_id=client.id,
                text="доставка",
                due_on="2026-11-10",
                status="kept",
                kept_count=1,
                settled_at="2026-11-10T09:00:00Z",
            )
        )
    transaction.insert(HealthWeights(name="own", relationship=300, promises=300, adoption=60))
    transaction.insert(
        TouchCadence(
            name="quarter", every_days=90, alarm_days=200, valid_from="2026-01-01", touch_kind="call"
        )
    )


@pytest.fixture
def session(large: Path, tmp_path: Path) -> Iterator[Session]:
    shutil.copy(large, tmp_path / "file.db")
    with open_store(tmp_path / "file.db") as store:
        me = rows.fetch(store, Staff, "WHERE login = 'ivanova'")[0]
        yield at_work(store, me, Settings(), lambda: NOW, "Europe/Moscow")


Lists = tuple[dict[int, ClientStat], dict[int, TouchDue]]


def _lists(session: Session) -> Lists:
    """What the lists say, as of no moment; hysteresis holds on to bands, which a rebuild gives anew."""
    found = client_stats.between(session.store, 0, _ALL)
    kept = {each: stat._replace(computed_at="", band="unknown") for each, stat in found.items()}
    return kept, touch_due.between(session.store, 0, _ALL)


def _rebuilt(session: Session) -> Lists:
    client_caches.rebuild(session.store, NOW)
    return _lists(session)


def _weights(session: Session) -> None:
    own = rows.fetch(session.store, HealthWeights, "")[0]
    changing.change(session, own, {"relationship": 900}, "weights")


def _rhythm(session: Session) -> None:
    rhythm = rows.fetch(session.store, TouchCadence, "")[0]
    changing.change(session, rhythm, {"every_days": 25, "alarm_days": 30}, "rhythm")


def _congratulation(session: Session) -> None:
    changing.insert(session, Holiday(name="день склада", day="01.12", country="RU"))
    changing.insert(session, Occasion(name="праздник", reason="holiday", touch_kind="mail"))


@pytest.mark.parametrize("change", [_weights, _rhythm, _congratulation])
def test_a_rule_reaches_all_lists_before_they_are_read(
    session: Session, change: Callable[[Session], None]
) -> None:
    before = _lists(session)
    change(session)
    assert behind.count(session.store) == CLIENTS
    found = _lists(session)
    assert behind.count(session.store) == 0
    assert found != before
    assert found == _rebuilt(session)
    session.undo()
    assert behind.count(session.store) == CLIENTS
    assert _lists(session) == _rebuilt(session)
    assert_sound(session)


def test_the_list_says_the_health_of_the_card(session: Session) -> None:
    _weights(session)
    listed = dict(clients_with_stats(session, ClientFilter()))
    client = rows.fetch(session.store, Client, "WHERE name = 'Клиент 001'")[0]
    stat = next(stat for each, stat in listed.items() if each.id == client.id)
    weights = read_weights(session.store).weights(client)
    card = client_health(session.store, client, NOW, weights)
    assert stat is not None
    assert card.score is not None
    assert (stat.health, stat.band) == (round(card.score), card.band)


def test_the_check_says_how_many_lines_wait_and_compares_all_others(session: Session) -> None:
    _weights(session)
    with open_store(session.store.path) as store:
        found = [
            each for each in check_file(store, session.store.path.parent / "copies") if each.area == "caches"
        ]
        assert [(each.level, each.remedy) for each in found] == [("note", "onewindow health snapshot")]
        assert f"of {CLIENTS} clients" in found[0].message
    _lists(session)
    with open_store(session.store.path) as store:
        assert not list(check_file(store, session.store.path.parent / "copies"))
        with store.exclusive():  # as a program that forgot them would leave it
            store.execute("UPDATE client_stat SET health = 7 WHERE client_id % 2 = 0")
        assert client_caches.differences(store)


def test_who_has_no_time_leaves_many_lines_to_others_and_knows_it(session: Session) -> None:
    store = session.store
    store.bring_up_seconds = 0.0
    _weights(session)
    before = client_stats.between(store, 0, _ALL)
    assert store.is_behind
    assert behind.count(store) == CLIENTS
    client = rows.fetch(store, Client, "WHERE name = 'Клиент 001'")[0]
    assert client_stats.find(store, client.id) != before[client.id]  # of one it is worked out in a moment
    behind.bring_up_all(store)
    assert not store.is_behind
    assert _lists(session) == _rebuilt(session)


def test_a_rhythm_that_begins_on_a_day_counts_from_then_on(session: Session) -> None:
    changing.insert(
        session,
        TouchCadence(name="month", every_days=25, alarm_days=30, valid_from="2026-11-26", touch_kind="visit"),
    )
    assert not any(each.touch_kind == "visit" for each in _lists(session)[1].values())
    assert not session.has_turned()
    later = at_work(
        session.store, session.me, session.settings, lambda: NOW + timedelta(days=3), session.zone
    )
    assert later.has_turned()
    assert turn_of_day.take(later.store, later.now())
    assert behind.count(session.store) == CLIENTS
    session.store.bring_up = later.store.bring_up
    assert any(each.touch_kind == "visit" for each in _lists(later)[1].values())
    assert_sound(later)


async def test_an_open_window_shows_the_new_health_of_its_list_by_itself(session: Session) -> None:
    app = OneWindowApp(session, None)

    def scores() -> list[str]:
        return [found for line in screen_text(app) for found in re.findall(r"Клиент \d+ +(\d+)", line)]

    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: bool(scores()))
        before = scores()
        _weights(session)
        await until(pilot, lambda: not behind.count(session.store))
        await until(pilot, lambda: scores() != before)
        kept = client_stats.between(session.store, 0, _ALL)
        named = rows.fetch(session.store, Client, "ORDER BY name_sort, id LIMIT 20")
        known = [str(kept[each.id].health) for each in named if kept[each.id].health is not None]
        assert scores()[:5] == known[:5]
