"""Alarms: who is silent by their own past, for whom nobody is there; lists, card and day say the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from rich_client import Clock

from onewindow.desk.alarms import ranked
from onewindow.desk.caches import client_caches
from onewindow.desk.clients.client_lists import ClientLists
from onewindow.desk.editing import changing
from onewindow.desk.health.alarm import Alarm, pack, unpack
from onewindow.desk.opening import at_work
from onewindow.desk.queue.today import read_today
from onewindow.desk.registry import REGISTRY
from onewindow.desk.session.context import Session
from onewindow.desk.why import why
from onewindow.desk.window.show import window_json, window_text
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client
from onewindow.records.organization import Staff
from onewindow.records.requests import Request, Touch
from onewindow.store import behind, rows
from onewindow.store.clients import client_stats
from onewindow.store.health import activity
from onewindow.text.dates import short_day, utc_text


def client_of(session: Session, name: str = "Вектор", **values: object) -> Client:
    return changing.insert(session, Client(name=name, owner_id=session.me.id).with_changes(values))


def spoke(session: Session, client: Client, days_ago: Sequence[int]) -> None:
    """Put a request on file for each of some days ago."""

    def work(transaction: object) -> None:
        for ago in days_ago:
            at = utc_text(session.now() - timedelta(days=ago))
            request = Request(client_id=client.id, title="x", opened_at=at, status="resolved", resolved_at=at)
            changing.insert_in(session, transaction, request)  # pyright: ignore[reportArgumentType]

    session.change("history", work)


def found(session: Session, kind: str = "") -> list[tuple[str, str]]:
    kinds = frozenset({kind}) if kind else frozenset[str]()
    return [(alarmed.client.name, alarmed.alarm.kind) for alarmed in ranked.alarms(session, kinds)]


WEEKLY = range(57, 400, 7)
"""A client who asked every week and has not for eight weeks."""


def test_a_client_who_used_to_ask_and_fell_silent_is_an_alarm_with_its_numbers(session: Session) -> None:
    client = client_of(session)
    spoke(session, client, WEEKLY)
    (alarm,) = load_snapshot(session, client.id).alarms
    assert alarm.kind == "silence"
    assert alarm.text == "expected 8.0 signs of life in 8 weeks, seen 0; under 0.1 % likely"
    assert alarm.since == (session.now() - timedelta(days=57)).date().isoformat()
    spoke(session, client, [1])
    assert load_snapshot(session, client.id).alarms  # one of eight is still too few
    spoke(session, client, [2, 3, 4, 5, 6])
    assert load_snapshot(session, client.id).alarms == ()


def test_who_asks_seldom_is_judged_by_more_weeks(session: Session) -> None:
    client = client_of(session)
    spoke(session, client, range(60, 420, 28))
    assert load_snapshot(session, client.id).alarms == ()
    other = client_of(session, "Ромашка")
    spoke(session, other, range(113, 480, 28))
    (alarm,) = load_snapshot(session, other.id).alarms
    assert "in 16 weeks, seen 0" in alarm.text


def test_a_meeting_is_a_sign_of_life_and_what_machines_and_we_write_is_none(session: Session) -> None:
    client = client_of(session)
    spoke(session, client, WEEKLY)
    at = utc_text(session.now())
    for touch in (
        Touch(client_id=client.id, text="счёт", touch_kind="mail", direction="out", at=at),
        Touch(client_id=client.id, text="заметка", touch_kind="note", direction="in", at=at),
        Touch(client_id=client.id, text="опрос", touch_kind="mail", direction="in", is_automatic=1, at=at),
    ):
        for _ in range(6):
            changing.insert(session, touch)
    assert load_snapshot(session, client.id).alarms
    meeting = Touch(client_id=client.id, text="у нас", touch_kind="meeting", direction="out", at=at)
    for _ in range(6):
        changing.insert(session, meeting)
    assert load_snapshot(session, client.id).alarms == ()


@pytest.mark.parametrize("stage", ["leaving", "lost"])
def test_who_leaves_or_is_lost_is_silent_with_a_reason(session: Session, stage: str) -> None:
    values = {"stage": stage, "loss_reason": "цена"} if stage == "lost" else {"stage": stage}
    client = client_of(session, **values)
    spoke(session, client, WEEKLY)
    snapshot = load_snapshot(session, client.id)
    assert snapshot.alarms == ()
    assert any("leaves out" in line for line in why(session, snapshot, "health"))


def test_a_new_client_says_that_his_history_is_too_short(session: Session) -> None:
    client = client_of(session)
    spoke(session, client, range(57, 150, 7))
    snapshot = load_snapshot(session, client.id)
    assert snapshot.alarms == ()
    assert any("too little history: 5 whole periods" in line for line in why(session, snapshot, "health"))


def test_an_absence_without_a_deputy_is_told_three_days_before_and_ends_with_one(session: Session) -> None:
    client = client_of(session)
    deputy = next(person for person in session.directory.staff.values() if person.login == "petrov")

    def away(first: int, last: int) -> None:
        mine = rows.get(session.store, Staff, session.me.id)
        values = {"away_from": day(session, first), "away_till": day(session, last)}
        changing.change(session, mine, values, "away")

    away(4, 9)
    assert load_snapshot(session, client.id).alarms == ()
    away(3, 9)
    (alarm,) = load_snapshot(session, client.id).alarms
    today = session.today()
    assert (alarm.kind, alarm.since) == ("uncovered", day(session, 3))
    assert (
        f"will be away from {short_day(day(session, 3), today)} till {short_day(day(session, 9), today)}"
        in alarm.text
    )
    away(0, 9)
    (now,) = load_snapshot(session, client.id).alarms
    assert now.weight > alarm.weight
    assert "is away till" in now.text
    changing.change(session, rows.get(session.store, Client, client.id), {"deputy_id": deputy.id}, "deputy")
    assert load_snapshot(session, client.id).alarms == ()
    # The deputy goes too: their clients are looked at again with that change, not a day later.
    changing.change(
        session,
        rows.get(session.store, Staff, deputy.id),
        {"away_from": day(session, 0), "away_till": day(session, 1)},
        "away",
    )
    assert [alarm.kind for alarm in load_snapshot(session, client.id).alarms] == ["uncovered"]
    session.undo()
    assert load_snapshot(session, client.id).alarms == ()
    assert client_caches.differences(session.store) == []


def test_nobody_is_there_without_an_owner_and_after_he_has_left(session: Session) -> None:
    nobodys = client_of(session, "Ничей", owner_id=None)
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    client_of(session, "Петрова", owner_id=petrov.id)
    assert found(session) == [("Ничей", "uncovered")]
    changing.archive(session, petrov)
    assert found(session, "uncovered") == [("Ничей", "uncovered"), ("Петрова", "uncovered")]
    changing.change(session, nobodys, {"stage": "lost", "loss_reason": "цена"}, "lost")
    assert found(session, "uncovered") == [("Петрова", "uncovered")]


def test_clients_beyond_what_one_change_can_look_at_are_renewed_before_they_are_read(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    concerned = REGISTRY.of("staff").concerned
    assert concerned is not None
    monkeypatch.setitem(vars(concerned), "at_once", 2)
    petrov = next(person for person in session.directory.staff.values() if person.login == "petrov")
    for number in range(5):
        client_of(session, f"к{number}", owner_id=petrov.id)
    changing.archive(session, petrov)
    assert behind.count(session.store) == 3
    assert len(found(session)) == 5
    assert client_caches.differences(session.store) == []


def test_time_alone_brings_an_alarm_with_the_renewal(session: Session, clock: Clock) -> None:
    client = client_of(session)
    spoke(session, client, range(1, 340, 7))
    assert found(session) == []
    clock.now += timedelta(days=70)
    client_caches.catch_up(session.store, session.now())
    assert found(session) == [("Вектор", "silence")]
    assert client_caches.differences(session.store) == []


def test_list_card_text_and_day_say_the_same(session: Session) -> None:
    client = client_of(session)
    spoke(session, client, WEEKLY)
    client_of(session, "Тихий")
    lists = ClientLists(session)
    names: dict[str, list[str]] = {}
    for _ in range(7):
        names[lists.title()] = [row.cells[0].text for row in lists.source().rows(0, 9)]
        lists.next_filter()
    assert names["alarms"] == names["silent"] == ["Вектор"]
    source = ClientLists(session).source()
    assert {row.cells[0].text: row.mark for row in source.rows(0, 9)} == {"Вектор": "?", "Тихий": " "}
    snapshot = load_snapshot(session, client.id)
    expected = "silent: expected 8.0 signs of life in 8 weeks, seen 0"
    assert f"alarm: {expected}" in window_text(session, snapshot, 200)
    assert window_json(session, snapshot)["alarms"][0]["weight"] == 50
    assert any(expected in line for line in why(session, snapshot, "health"))
    day_rows = [row for row in read_today(session).rows if row.item.group == "alarms"]
    assert [(row.item.title, row.item.client_id) for row in day_rows] == [("silent", client.id)]


def test_a_lead_sees_clients_for_whom_nobody_is_there_in_his_day(session: Session) -> None:
    client_of(session, "Ничей", owner_id=None)
    assert not [row for row in read_today(session).rows if row.item.group == "alarms"] or (
        session.me.role in ("lead", "admin")
    )
    lead = session.me.with_changes({"role": "lead"})
    of_lead = at_work(session.store, lead, session.settings, session.clock, session.zone)
    day_rows = [row for row in read_today(of_lead).rows if row.item.group == "alarms"]
    assert [(row.item.title, row.item.whose_id) for row in day_rows] == [("nobody is there", None)]


def test_packing_keeps_every_text_and_the_gravest_first() -> None:
    some = [Alarm("silence", 'он молчит "\n[', "2026-01-01", 40), Alarm("uncovered", "", None, 70)]
    assert unpack(pack(some)) == (some[1], some[0])
    assert (pack(()), unpack("")) == ("", ())


def test_what_came_before_the_migration_is_renewed_and_no_difference(session: Session) -> None:
    client_of(session, "Ничей", owner_id=None)
    with session.store.exclusive():
        session.store.execute(
            "UPDATE client_stat SET calm = 100, is_uncovered = 0, alarms = '', computed_at = :old",
            old=client_stats.OUT_OF_DATE,
        )
    assert client_caches.differences(session.store) == []
    client_caches.catch_up(session.store, datetime(2026, 11, 23, tzinfo=UTC))
    assert found(session) == [("Ничей", "uncovered")]


def day(session: Session, ahead: int) -> str:
    return (session.now() + timedelta(days=ahead)).date().isoformat()


def test_one_client_is_read_along_his_own_indexes_and_not_through_a_year_of_everybody(
    session: Session,
) -> None:
    store, asked = session.store, list[str]()
    store.connection.set_trace_callback(asked.append)
    activity.between(store, 1, 1, "2025-06-01T00:00:00Z", session.now_text())
    store.connection.set_trace_callback(None)
    plans = [row[3] for sql in asked for row in store.rows(f"EXPLAIN QUERY PLAN {sql}")]
    assert plans
    assert all("(client_id>? AND client_id<?)" in plan for plan in plans)
