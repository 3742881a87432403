"""Due times follow every cause: after each kind of change the check is content and the queues are right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from rich_client import Clock

from onewindow.desk.caches import client_caches, turn_of_day
from onewindow.desk.editing import changing
from onewindow.desk.imports import running as importing
from onewindow.desk.imports import undo
from onewindow.desk.policies import calendars
from onewindow.desk.policies import matching as policies
from onewindow.desk.queue import team
from onewindow.desk.reference.policy_book import whom
from onewindow.desk.reports import request_reports
from onewindow.desk.requests import merging, replies
from onewindow.desk.session.context import Session
from onewindow.desk.sla import clocks
from onewindow.desk.sla.lateness import read_lateness
from onewindow.desk.validation import calendar_hours
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.records.clients import Client
from onewindow.records.organization import Segment, SlaPolicy, Staff, WorkingCalendar
from onewindow.records.requests import Request, RequestEvent
from onewindow.store import changes, rows
from onewindow.store.clients import client_stats
from onewindow.store.people import organization
from onewindow.store.requests import threads
from onewindow.text.dates import parse_utc, utc_text
from tests.sound_file import assert_sound

HOUR = timedelta(hours=1)


class Office:
    """One client of tier B with two normal requests, opened at 12:32 in Moscow and due in two hours."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session, self.clock = session, clock
        clock.now -= 2 * HOUR
        self.client = changing.insert(
            session, Client(name="Ромашка", city="Казань", tier="B", owner_id=session.me.id)
        )
        self.segment = changing.insert(session, Segment(name="Казань", filter="city:Казань"))
        self.first = changing.insert(session, Request(client_id=self.client.id, title="Не печатает"))
        self.second = changing.insert(session, Request(client_id=self.client.id, title="Нет доступа"))
        clock.now += timedelta(minutes=90)

    def due(self) -> timedelta | None:
        """How long after its opening the first request is due, by the clock on the wall."""
        request = rows.get(self.session.store, Request, self.first.id)
        return parse_utc(request.due_at) - parse_utc(request.opened_at) if request.due_at else None

    def policy(self, **values: object) -> SlaPolicy:
        """Store a policy of the working week, in force since long ago unless told otherwise."""
        start = SlaPolicy(
            name="x", calendar_id=self.calendar.id, first_response_min=30, valid_from="2026-01-01"
        )
        return changing.insert(self.session, start.with_changes(values))

    @property
    def calendar(self) -> WorkingCalendar:
        """The working week of the file."""
        return organization.calendars(self.session.store)[0]

    @property
    def normal(self) -> SlaPolicy:
        """The version of the policy for normal requests that counts now."""
        known = self.session.directory.policies.policies
        return max((each for each in known if each.priority == "normal"), key=lambda each: each.valid_from)

    def hours(self, **parts: object) -> None:
        """Change parts of the calendar as people type them."""
        change = calendars.CalendarChange(**parts)  # pyright: ignore[reportArgumentType]
        before = calendar_hours.stored_calendar(self.calendar.hours)
        after = calendars.changed(before, change, "Europe/Moscow", self.session.today())
        changing.change(self.session, self.calendar, {"hours": calendar_hours.hours_json(after)})

    def edit(self, **values: str | int | None) -> None:
        """Change the client."""
        changing.change(self.session, rows.get(self.session.store, Client, self.client.id), values)

    def request(self) -> Request:
        """The first request as it is now."""
        return rows.get(self.session.store, Request, self.first.id)

    def bring(self, kind: str, text: str) -> int:
        """Import a file and give its run."""
        report = importing.import_file(self.session, kind, text.encode(), "file.csv")
        assert report.run_id is not None, report
        return report.run_id


@pytest.fixture
def office(session: Session, clock: Clock) -> Office:
    return Office(session, clock)


def _events(office: Office, kind: str, at: str) -> None:
    office.bring("request_event", f"client,request,at,event_kind,text\nРомашка,R-1,{at},{kind},x\n")


CHANGES: dict[str, Callable[[Office], object]] = {
    "a target is edited": lambda o: changing.change(o.session, o.normal, {"first_response_min": 480}),
    "a target is taken away": lambda o: changing.change(o.session, o.normal, {"first_response_min": None}),
    "a version from today": lambda o: policies.add_version(
        o.session, o.normal, {"first_response_min": 15}, o.session.today()
    ),
    "a version from a past day": lambda o: policies.add_version(
        o.session, o.normal, {"first_response_min": 300}, date(2026, 11, 2)
    ),
    "a version from tomorrow": lambda o: policies.add_version(
        o.session, o.normal, {"first_response_min": 15}, o.session.today() + timedelta(days=1)
    ),
    "the policy ends": lambda o: policies.add_version(
        o.session, o.normal, dict.fromkeys(policies.TARGETS), o.session.today()
    ),
    "the policy is for others": lambda o: changing.change(o.session, o.normal, {"tier": "C"}),
    "the policy is archived": lambda o: changing.archive(o.session, o.normal),
    "a policy is added": lambda o: o.policy(tier="B", priority="normal"),
    "a policy of a segment is added": lambda o: o.policy(segment_id=o.segment.id),
    "the segment lets others in": lambda o: (
        o.policy(segment_id=o.segment.id),
        changing.change(o.session, o.segment, {"filter": "city:Уфа"}),
    ),
    "the client leaves the segment": lambda o: (o.policy(segment_id=o.segment.id), o.edit(city="Уфа")),
    "the segment is archived": lambda o: (
        o.policy(segment_id=o.segment.id),
        changing.archive(o.session, o.segment),
    ),
    "the tier changes": lambda o: (o.policy(tier="D", priority="normal"), o.edit(tier="D")),
    "the client is archived": lambda o: changing.archive(o.session, o.client),
    "other hours": lambda o: o.hours(hours="mon-sun 0-24"),
    "hours from a day on": lambda o: o.hours(hours="mon-fri 10-12", since="2026-11-24"),
    "today is closed": lambda o: o.hours(close=("2026-11-23",)),
    "tomorrow is closed": lambda o: o.hours(close=("2026-11-24 inventory",)),
    "holidays": lambda o: o.hours(holidays="RU"),
    "another zone": lambda o: o.hours(zone="Europe/Sofia"),
    "another priority": lambda o: changing.change(o.session, o.request(), {"priority": "low"}),
    "waiting": lambda o: replies.wait_for_client(o.session, o.request()),
    "waiting and going on": lambda o: (
        replies.wait_for_client(o.session, o.request()),
        replies.client_wrote(o.session, o.request(), "вот"),
    ),
    "an answer": lambda o: replies.reply_to(o.session, o.request(), "сейчас"),
    "a promised date": lambda o: replies.promise_for(
        o.session, o.request(), utc_text(o.clock.now + timedelta(minutes=5))
    ),
    "solved": lambda o: replies.resolve_with(o.session, o.request(), "готово"),
    "solved and opened again": lambda o: (
        replies.resolve_with(o.session, o.request(), "готово"),
        replies.open_again(o.session, o.request()),
    ),
    "merged": lambda o: merging.merge(o.session, o.first, o.second),
    "split": lambda o: merging.split(o.session, o.request(), "часть"),
    "archived": lambda o: changing.archive(o.session, o.request()),
    "to another client": lambda o: changing.change(
        o.session,
        o.request(),
        {"client_id": changing.insert(o.session, Client(name="Вектор", tier="A")).id},
    ),
    "an absence": lambda o: team.set_absence(o.session, o.session.me, "24.11 – 30.11"),
    "an imported request": lambda o: o.bring(
        "request", "client,title,opened_at,priority\nРомашка,старое,2026-11-20 10:00,normal\n"
    ),
    "an imported tier": lambda o: (
        o.policy(tier="D", priority="normal"),
        o.bring("client", "name,tier\nРомашка,D\n"),
    ),
    "an imported policy": lambda o: o.bring(
        "policy",
        "name,calendar,tier,priority,first_response_min,valid_from\nB,working week,B,normal,20,2026-01-01\n",
    ),
    "an imported answer": lambda o: _events(o, "reply", "2026-11-23 14:00"),
    "an imported wait": lambda o: _events(o, "wait_client", "2026-11-23 14:00"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_caches_follow_a_change_its_undo_and_its_redo(office: Office, what: str) -> None:
    session = office.session
    CHANGES[what](office)
    assert_sound(session)
    office.clock.now += timedelta(minutes=7)
    session.undo()
    assert_sound(session)
    office.clock.now += timedelta(minutes=7)
    session.redo()
    assert_sound(session)
    office.clock.now += timedelta(days=3)
    turn_of_day.take(session.store, office.clock.now)
    assert_sound(session)


def test_an_import_that_is_taken_back_takes_due_times_back(office: Office) -> None:
    before = office.due()
    office.policy(tier="D", priority="normal", first_response_min=10)
    run = office.bring("client", "name,tier\nРомашка,D\n")
    assert office.due() == timedelta(minutes=10)
    assert_sound(office.session)
    undo.undo_import(office.session, undo.named_run(office.session, str(run)))
    assert office.due() == before == 2 * HOUR
    assert_sound(office.session)


def test_a_changed_target_counts_from_now_on_and_used_time_stays(office: Office) -> None:
    changing.change(office.session, office.normal, {"first_response_min": 180})
    assert office.due() == 3 * HOUR
    assert [
        each.valid_from for each in policies.versions(office.session.directory.policies, whom(office.normal))
    ] == ["2026-11-23", "2000-01-01"]
    changing.change(office.session, office.normal, {"first_response_min": 60})
    office.clock.now += timedelta(minutes=1)
    found = read_lateness(office.session, [office.request()])[office.first.id]
    assert found is not None
    assert found.is_late
    office.session.undo()
    office.session.undo()
    assert office.due() == 2 * HOUR


@pytest.mark.parametrize(
    "how", ["target", "hours", "closed", "archived", "ended", "moved", "tier", "backdated"]
)
def test_what_was_late_stays_late_whatever_changes_later(office: Office, how: str) -> None:
    session = office.session
    office.clock.now += HOUR
    replies.reply_to(session, office.second, "поздно")
    office.clock.now += timedelta(minutes=1)
    assert _in_target(office) == 0
    match how:
        case "target":
            changing.change(session, office.normal, {"first_response_min": 480})
        case "hours":
            office.hours(hours="fri 9-10")
        case "closed":
            office.hours(close=("2026-11-23",))
        case "archived":
            changing.archive(session, office.normal)
        case "ended":
            policies.add_version(session, office.normal, dict.fromkeys(policies.TARGETS), session.today())
        case "moved":
            changing.change(session, office.normal, {"priority": "low"})
        case "tier":
            office.policy(tier="D", priority="normal", first_response_min=900)
            office.edit(tier="D")
        case _:
            policies.add_version(session, office.normal, {"first_response_min": 480}, date(2026, 1, 1))
    assert _in_target(office) == 0
    events = threads.events(session.store, office.first.id)
    found = clocks.request_clocks(session.directory.policies, office.request(), "B", events, session.now())
    assert found is not None
    assert found.first_response.breached
    assert_sound(session)


def _in_target(office: Office) -> float:
    """The share of requests answered in target, as the metrics say it."""
    day = office.session.today()
    *_, facts = request_reports.read_measures(office.session, office.session.store, day, day)
    (row,) = request_reports.report(facts.requests, "response", "all")
    assert row.times.within is not None
    assert row.times.within.n == 2
    return row.times.within.value


def test_a_day_that_was_closed_is_closed_and_other_hours_hold_from_now_on(office: Office) -> None:
    # Opened on Monday at 12:32, 90 minutes used at 14:02: half an hour is left.
    office.hours(hours="mon-sun 0-24")
    assert office.due() == 2 * HOUR
    office.hours(close=("2026-11-23",))
    assert (
        office.due() == timedelta(hours=11, minutes=28) + 2 * HOUR
    )  # all two hours on Tuesday, from midnight
    assert_sound(office.session)


def test_a_version_takes_effect_on_its_day_for_whoever_has_the_file_open(office: Office) -> None:
    session, clock = office.session, office.clock
    clock.now += timedelta(hours=3)  # 17:02, after an hour and a half too late
    made = changing.insert(session, Request(client_id=office.client.id, title="ещё", priority="low"))
    low = next(each for each in session.directory.policies.policies if each.priority == "low")
    policies.add_version(session, low, {"first_response_min": 90}, date(2026, 11, 24))
    team.set_absence(session, session.me, "27.11 – 30.11")
    before = rows.get(session.store, Request, made.id).due_at
    assert not session.has_turned()
    assert not turn_of_day.take(session.store, session.now())
    clock.now = parse_utc("2026-11-23T21:00:00Z")  # midnight in Moscow
    assert session.has_turned()
    assert turn_of_day.take(session.store, session.now())
    session.note_turn()
    assert not session.has_turned()
    after = rows.get(session.store, Request, made.id).due_at
    # 58 minutes were used on Monday, 32 of the 90 are left on Tuesday; the first answer had 4 h before.
    assert (before, after) == ("2026-11-24T09:02:00Z", "2026-11-24T06:32:00Z")
    assert_sound(session)
    # Nobody is there for the client from Friday on: that is told three days ahead.
    stat = client_stats.find(session.store, office.client.id)
    assert stat is not None
    assert not stat.is_uncovered
    clock.now = parse_utc("2026-11-24T00:00:00Z")
    assert turn_of_day.take(session.store, session.now())
    stat = client_stats.find(session.store, office.client.id)
    assert stat is not None
    assert stat.is_uncovered


def test_a_change_of_the_rules_leaves_what_has_come_and_was_not_taken(office: Office) -> None:
    """Somebody closes a policy in the moment after midnight in which another one began."""
    session = office.session
    low, urgent = (
        next(each for each in session.directory.policies.policies if each.priority == name)
        for name in ("low", "urgent")
    )
    made = changing.insert(session, Request(client_id=office.client.id, title="ещё", priority="low"))
    policies.add_version(session, low, {"first_response_min": 90}, date(2026, 11, 24))
    office.clock.now = parse_utc("2026-11-23T21:00:00Z")  # midnight in Moscow
    policies.add_version(session, urgent, {"first_response_min": 5}, date(2026, 12, 1))
    assert session.has_turned()
    assert turn_of_day.take(session.store, session.now())
    assert rows.get(session.store, Request, made.id).due_at == "2026-11-23T12:32:00Z"
    assert organization.turns_at(session.store) == "2026-11-30T21:00:00Z"
    assert_sound(session)


def test_the_check_names_the_request_and_a_rebuild_mends_just_that(office: Office) -> None:
    store = office.session.store
    store.execute("UPDATE request SET due_at = '2030-01-01T00:00:00Z' WHERE id = :id", id=office.first.id)
    found = client_caches.differences(store, office.session.now())
    assert found[0] == ("R-1: kept as due 2030-01-01T00:00:00Z, its history says 2026-11-23T11:32:00Z.")
    version = office.request().version
    client_caches.rebuild(store, office.session.now())
    assert office.due() == 2 * HOUR
    assert office.request().version == version
    assert_sound(office.session)


@pytest.mark.parametrize("minutes", [0, -5])
def test_no_target_is_zero_or_less(office: Office, minutes: int) -> None:
    with pytest.raises(FieldProblems, match="write none for no target"):
        office.policy(first_response_min=minutes)
    with pytest.raises(FieldProblems, match="write none for no target"):
        changing.change(office.session, office.normal, {"resolution_min": minutes})
    row = f"name,calendar,priority,first_response_min\nx,working week,urgent,{minutes}\n"
    (verdict,) = importing.import_file(office.session, "policy", row.encode(), "file.csv").rows
    assert verdict.verdict == "error"


def test_a_calendar_that_closes_for_good_is_refused(office: Office) -> None:
    with pytest.raises(FieldProblems, match="closed for good"):
        changing.change(
            office.session,
            office.calendar,
            {"hours": '{"zone": "UTC", "weekly": {}, "exceptions": {"2020-01-01": ["09:00-10:00"]}}'},
        )


def test_the_log_of_a_change_of_rules_grows_by_that_change_alone(office: Office) -> None:
    before = changes.last_seq(office.session.store)
    changing.change(office.session, office.normal, {"first_response_min": 480})
    assert changes.last_seq(office.session.store) == before + 1


def test_a_file_of_rows_brings_its_request_after_what_they_say(office: Office) -> None:
    _events(office, "wait_client", "2026-11-23 14:00")
    waiting = office.request()
    assert (waiting.status, waiting.next_actor) == ("waiting", "client")
    _events(office, "client_message", "2026-11-23 14:01")
    assert (office.request().status, office.request().next_actor) == ("open", "us")
    _events(office, "resolve", "2026-11-23 14:02")
    solved = office.request()
    assert (solved.status, solved.resolved_at, solved.responded_at) == (
        "resolved",
        "2026-11-23T11:02:00Z",
        "2026-11-23T11:02:00Z",
    )
    _events(office, "reply", "2026-11-23 13:00")
    assert office.request().status == "resolved"  # what came earlier changes nothing
    assert office.request().responded_at == "2026-11-23T10:00:00Z"
    assert_sound(office.session)
    assert rows.fetch(office.session.store, RequestEvent, "WHERE event_kind = 'resolve'")


def test_a_rule_among_staff_is_no_absence(session: Session) -> None:
    changing.insert(session, Staff(login="sidorov", name="Сидоров"))
    assert organization.turns_at(session.store) == organization.NO_TURN
