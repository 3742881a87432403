"""What was late once counts as late in a client's health, whatever was changed since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich_client import Clock

from onewindow.desk.caches import client_caches
from onewindow.desk.editing import changing
from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.imports import running as importing
from onewindow.desk.imports.undo import named_run, undo_import
from onewindow.desk.opening import take_turn
from onewindow.desk.policies import calendars
from onewindow.desk.policies import matching as policies
from onewindow.desk.reference.policy_book import whom
from onewindow.desk.reports.request_reports import read_measures, report
from onewindow.desk.requests import merging, replies
from onewindow.desk.session.context import Session
from onewindow.desk.sla import settled_lateness
from onewindow.desk.validation import calendar_hours
from onewindow.metrics.health.signals import signals_of
from onewindow.records.clients import Client
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import Request
from onewindow.store import rows, schema
from onewindow.store.engine import open_store
from onewindow.store.people import organization
from onewindow.text.dates import utc_text
from tests.sound_file import assert_sound

HOUR = timedelta(hours=1)


class Late:
    """Two requests of Monday 11:32 in Moscow; one is unanswered at 14:32, an hour after its time."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        clock.now -= 3 * HOUR
        self.client = changing.insert(session, Client(name="Ромашка", tier="B", owner_id=session.me.id))
        self.request = changing.insert(session, Request(client_id=self.client.id, title="Не печатает"))
        self.other = changing.insert(session, Request(client_id=self.client.id, title="Нет доступа"))
        replies.reply_to(session, self.other, "смотрим")
        clock.now += 3 * HOUR

    def now(self) -> Request:
        """The late request as it is on file."""
        return rows.get(self.session.store, Request, self.request.id)

    def support(self) -> str:
        """What the health says of support."""
        client_id = self.client.id
        store, now = self.session.store, self.session.now()
        facts = next(health_inputs(store, client_id, client_id, utc_text(now)))
        client = rows.get(store, Client, client_id)
        return next(each.note for each in signals_of(facts, client.stage, now) if each.name == "support")

    def policy(self, **values: object) -> SlaPolicy:
        """One more policy by the hours of the office."""
        week = organization.calendars(self.session.store)[0]
        made = SlaPolicy(name="x", calendar_id=week.id, first_response_min=2000, valid_from="2026-01-01")
        return changing.insert(self.session, made.with_changes(values))

    def close(self, *days: str) -> None:
        """Close days of the calendar, as people type them."""
        week = organization.calendars(self.session.store)[0]
        before = calendar_hours.stored_calendar(week.hours)
        change = calendars.CalendarChange(close=days)
        after = calendars.changed(before, change, "Europe/Moscow", self.session.today())
        changing.change(self.session, week, {"hours": calendar_hours.hours_json(after)})

    def bring(self, kind: str, text: str) -> None:
        """Import a file."""
        report = importing.import_file(self.session, kind, text.encode(), "file.csv")
        assert report.run_id is not None, [row.reason for row in report.rows]


@pytest.fixture
def late(session: Session, clock: Clock) -> Late:
    return Late(session, clock)


def _normal(late: Late) -> SlaPolicy:
    known = late.session.directory.policies.policies
    return next(each for each in known if each.priority == "normal")


_LONGER = {"first_response_min": 3000, "resolution_min": 3000}
CAUSES: dict[str, Callable[[Late], object]] = {
    "nothing of it": lambda it: changing.insert(it.session, Client(name="Вектор")),
    "an answer": lambda it: replies.reply_to(it.session, it.now(), "сейчас"),
    "waiting": lambda it: (
        replies.reply_to(it.session, it.now(), "какая модель?"),
        replies.wait_for_client(it.session, it.now()),
    ),
    "waiting without an answer": lambda it: replies.wait_for_client(it.session, it.now()),
    "another tier": lambda it: (
        it.policy(tier="D", priority="normal"),
        changing.change(it.session, rows.get(it.session.store, Client, it.client.id), {"tier": "D"}),
    ),
    "another priority": lambda it: changing.change(it.session, it.now(), {"priority": "low"}),
    "a closed day": lambda it: it.close("2026-11-23 авария"),
    "a longer target": lambda it: policies.add_version(it.session, _normal(it), _LONGER, it.session.today()),
    "a longer target of a past day": lambda it: policies.add_version(
        it.session, _normal(it), _LONGER, date(2026, 1, 1)
    ),
    "no target": lambda it: policies.add_version(
        it.session, _normal(it), dict.fromkeys(policies.TARGETS), it.session.today()
    ),
    "an imported policy": lambda it: it.bring(
        "policy",
        "name,calendar,priority,tier,first_response_min,valid_from\n"
        "B,working week,normal,B,3000,2026-01-01\n",
    ),
    "an imported tier": lambda it: (
        it.policy(tier="D", priority="normal"),
        it.bring("client", "name,tier\nРомашка,D\n"),
    ),
    "solved": lambda it: replies.resolve_with(it.session, it.now(), "готово"),
    "solved and opened again": lambda it: (
        replies.resolve_with(it.session, it.now(), "готово"),
        replies.open_again(it.session, it.now()),
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_a_missed_time_stays_in_the_health_whatever_is_changed(late: Late, cause: str) -> None:
    assert late.support().startswith("1 of 2 late in 90 days, 1 late now")
    CAUSES[cause](late)
    assert late.support().startswith("1 of 2 late in 90 days")
    assert_sound(late.session)
    late.clock.now += timedelta(minutes=5)
    late.session.undo()
    assert late.support().startswith("1 of 2 late in 90 days")
    late.session.redo()
    assert late.support().startswith("1 of 2 late in 90 days")
    assert_sound(late.session)


def test_a_moved_promise_that_was_missed_stays_missed_with_and_without_a_policy(late: Late) -> None:
    for each in late.session.directory.policies.policies:
        changing.archive(late.session, each)
    made = changing.insert(late.session, Request(client_id=late.client.id, title="Акт"))
    replies.promise_for(late.session, made, utc_text(late.clock.now + HOUR))
    late.clock.now += 2 * HOUR
    assert late.support().startswith("2 of 3 late")
    promised = utc_text(late.clock.now + 48 * HOUR)
    moved = replies.promise_for(
        late.session, rows.get(late.session.store, Request, made.id), promised, "нет подписи"
    )
    assert (moved.due_at, moved.late_from) == (promised, "2026-11-23T12:32:00Z")
    assert late.support() == "2 of 3 late in 90 days, 0 late now"
    assert_sound(late.session)


def test_a_merged_duplicate_is_told_once_and_the_whole_keeps_what_it_missed(late: Late) -> None:
    merging.merge(late.session, late.other, late.request)
    assert late.support() == "1 of 1 late in 90 days, 1 late now"
    late.session.undo()
    assert late.support() == "1 of 2 late in 90 days, 1 late now"
    assert_sound(late.session)


def test_what_a_merged_duplicate_missed_the_other_one_has_missed(late: Late) -> None:
    """R-1 was late and R-2 was not: one request is left, late once, in health and in reports."""
    store, day = late.session.store, date(2026, 11, 23)

    def answered() -> list[tuple[int, float]]:
        *_, facts = read_measures(late.session, store, day, day)
        found = [each.times.within for each in report(facts.requests, "response", "all")]
        return [(each.n, each.value) for each in found if each is not None]

    before, kept = answered(), late.now().late_from
    whole = merging.merge(late.session, late.now(), rows.get(store, Request, late.other.id))
    assert late.support() == "1 of 1 late in 90 days, 0 late now"
    assert whole.late_from == kept == "2026-11-23T10:32:00Z"
    assert answered() == [(1, 0.0)]
    assert_sound(late.session)
    third = changing.insert(late.session, Request(client_id=late.client.id, title="Снова"))
    last = merging.merge(late.session, whole, third)
    assert (last.late_from, late.support()) == (kept, "1 of 1 late in 90 days, 0 late now")
    replies.reply_to(late.session, last, "смотрим")
    replies.resolve_with(late.session, rows.get(store, Request, last.id), "готово")
    assert rows.get(store, Request, last.id).late_from == kept
    assert answered() == [(1, 0.0)]
    assert_sound(late.session)
    for _ in range(5):
        late.session.undo()
    assert (answered(), late.support()) == (before, "1 of 2 late in 90 days, 1 late now")
    assert rows.get(store, Request, late.other.id).late_from != kept
    assert_sound(late.session)


def test_a_promise_that_a_merged_duplicate_missed_stays_missed_without_a_policy(late: Late) -> None:
    for each in late.session.directory.policies.policies:
        changing.archive(late.session, each)
    made = changing.insert(late.session, Request(client_id=late.client.id, title="Акт"))
    replies.promise_for(late.session, made, utc_text(late.clock.now + HOUR))
    target = changing.insert(late.session, Request(client_id=late.client.id, title="Акт снова"))
    late.clock.now += 2 * HOUR
    before = late.support()
    whole = merging.merge(late.session, rows.get(late.session.store, Request, made.id), target)
    assert (before, whole.late_from) == ("2 of 4 late in 90 days, 1 late now", "2026-11-23T12:32:00Z")
    assert late.support().startswith("2 of 3 late in 90 days")
    assert_sound(late.session)


def test_an_undone_late_solution_is_late_by_what_is_left_of_the_story(late: Late) -> None:
    """Solved after its sixteen hours, and taken back: late all the same."""
    late.clock.now += timedelta(days=7)
    replies.resolve_with(late.session, rows.get(late.session.store, Request, late.other.id), "готово")
    solved = rows.get(late.session.store, Request, late.other.id)
    assert solved.late_from == "2026-11-25T06:32:00Z"
    assert late.support() == "2 of 2 late in 90 days, 1 late now"
    late.session.undo()
    assert late.support() == "2 of 2 late in 90 days, 2 late now"
    assert_sound(late.session)


def test_settled_requests_of_a_file_count_by_the_times_that_it_tells(late: Late) -> None:
    late.bring(
        "request",
        "client,title,opened_at,responded_at,resolved_at,status,priority\n"
        "Ромашка,поздно отвечено,2026-11-18 10:00,2026-11-18 15:00,2026-11-18 16:00,resolved,normal\n"
        "Ромашка,вовремя,2026-11-18 10:00,2026-11-18 11:00,2026-11-18 16:00,resolved,normal\n"
        "Ромашка,поздно решено,2026-11-16 10:00,2026-11-16 11:00,2026-11-20 16:00,resolved,normal\n",
    )
    assert late.support() == "3 of 5 late in 90 days, 1 late now"
    assert_sound(late.session)


def test_policies_that_a_file_brings_for_a_time_without_any_judge_what_was_settled_then(late: Late) -> None:
    """Where nothing was agreed on file, the first policies count that know of that time."""
    for each in late.session.directory.policies.policies:
        changing.archive(late.session, each)
    late.bring(
        "request",
        "client,title,opened_at,responded_at,resolved_at,status,priority\n"
        "Ромашка,старое,2026-11-18 10:00,2026-11-18 15:00,2026-11-18 16:00,resolved,high\n",
    )
    assert late.support() == "1 of 3 late in 90 days, 0 late now"
    late.clock.now += HOUR
    late.policy(priority="high", first_response_min=60)
    assert late.support() == "2 of 3 late in 90 days, 0 late now"
    assert_sound(late.session)
    late.session.undo()
    assert late.support() == "1 of 3 late in 90 days, 0 late now"
    assert_sound(late.session)


def test_a_large_file_is_looked_at_client_by_client(late: Late, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settled_lateness, "_AT_ONCE", 1)
    store = late.session.store
    replies.resolve_with(late.session, late.now(), "готово")
    late.policy(priority="high")
    assert settled_lateness.known_to(store) == 0
    store.execute("UPDATE request SET late_from = NULL WHERE id = :id", id=late.request.id)
    assert (
        client_caches.differences(store, late.session.now()) == []
    )  # not looked at yet, and not called wrong
    following: int | None = 0
    while following is not None:
        following = client_caches.catch_up(store, late.session.now(), following)
    assert settled_lateness.known_to(store) is None
    assert late.now().late_from == "2026-11-23T10:32:00Z"
    assert late.support().startswith("1 of 2 late in 90 days")
    assert_sound(late.session)


def test_the_check_names_a_lateness_that_is_kept_wrong_and_a_rebuild_mends_it(late: Late) -> None:
    store = late.session.store
    replies.resolve_with(late.session, late.now(), "готово")
    store.execute("UPDATE request SET late_from = NULL WHERE id = :id", id=late.request.id)
    found = client_caches.differences(store, late.session.now())
    assert found[0] == "R-1: kept as late from never, its history says 2026-11-23T10:32:00Z."
    client_caches.rebuild(store, late.session.now())
    assert late.support().startswith("1 of 2 late in 90 days")
    assert_sound(late.session)


def test_a_file_from_before_the_column_is_filled_from_the_stories_of_its_requests(
    late: Late, tmp_path: Path
) -> None:
    """An answer that came late is not told by the due time that a solved request was left with."""
    replies.reply_to(late.session, late.now(), "сейчас")
    replies.resolve_with(late.session, late.now(), "готово")
    store, now = late.session.store, late.session.now()
    assert late.now().due_at == "2026-11-25T06:32:00Z"  # that of the solution, which was in time
    with store.exclusive():
        store.execute("UPDATE request SET late_from = NULL")
        for statement in schema.statements(schema.script_of("0021_late_from.sql"))[1:]:
            store.execute(statement)
    store.close()
    with open_store(tmp_path / "test.db") as opened:
        take_turn(opened, now)
        assert client_caches.differences(opened, now) == []
        assert rows.get(opened, Request, late.request.id).late_from == "2026-11-23T10:32:00Z"
        assert rows.get(opened, Request, late.other.id).late_from == "2026-11-25T06:32:00Z"


def test_a_policy_that_a_file_tells_otherwise_is_a_version_from_now_on(late: Late) -> None:
    """The past keeps what counted then; the same file again changes nothing; undo takes it back."""
    normal, store = _normal(late), late.session.store
    whose = f"{normal.name},{normal.tier},{normal.priority}"

    def versions() -> list[tuple[str, int | None]]:
        found = [each for each in organization.policies(store) if whom(each) == whom(normal)]
        found = [each for each in found if each.archived_at is None]
        return sorted((each.valid_from, each.resolution_min) for each in found)

    before, today = versions(), late.session.today().isoformat()
    head = "id,name,tier,priority,resolution_min,calendar,valid_from"
    file = f"{head}\n{normal.id},{whose},6000,working week,{normal.valid_from}\n"
    late.bring("policy", file)
    assert versions() == [*before, (today, 6000)]
    again = importing.import_file(late.session, "policy", file.encode(), "again.csv")
    assert [row.verdict for row in again.rows] == ["skip"]
    late.clock.now += timedelta(days=1)
    again = importing.import_file(late.session, "policy", file.encode(), "again.csv")
    assert [row.verdict for row in again.rows] == ["skip"]
    undo_import(late.session, named_run(late.session, "last"))
    assert versions() == before
