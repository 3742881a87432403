"""The facts of a client's health: what counts, what does not, and one way for one client and for all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onewindow.desk.health.scoring import health_inputs as facts
from onewindow.metrics.health.signals import HealthInputs, SurveyAnswer
from onewindow.records.adoption import Licence, Plan, PlanStep, Product
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Survey, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.requests import Request, Task, Touch
from onewindow.records.structs import field_names
from onewindow.store import rows
from onewindow.store.engine import Store, open_store
from onewindow.store.health import inputs

NOW = "2026-11-23T12:00:00Z"
FULL, EMPTY, OTHER = 10, 20, 30


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.db", create=True) as opened:
        put(opened, *(Client(id=each, number=each, name="x") for each in (FULL, EMPTY, OTHER)))
        put(opened, Product(id=1, name="Склад"))
        yield opened


_ids = iter(range(100, 10_000))


def put(store: Store, *records: Record) -> None:
    """Store records as they are, of the full client unless they say otherwise."""
    with store.exclusive():
        for record in records:
            filled = record.with_changes(
                {"created_at": NOW, "updated_at": NOW, "id": record.id or next(_ids)}
            )
            if vars(filled).get("client_id", 1) == 0:
                filled = filled.with_changes({"client_id": FULL})
            store.execute_many(rows.insert_sql(type(filled)), [rows.row_of(filled)])


def of(store: Store, client_id: int = FULL) -> HealthInputs:
    return next(facts(store, client_id, client_id, NOW))


def test_licences_count_while_they_run(store: Store) -> None:
    put(
        store,
        Licence(product_id=1, bought=10, active=8, last_used_on="2026-11-20"),
        Licence(product_id=1, bought=5, active=1, last_used_on="2026-11-22", ends_on="2026-11-23"),
        Licence(product_id=1, bought=99, active=9, ends_on="2026-11-22"),
        Licence(product_id=1, bought=99, active=9, starts_on="2026-11-24"),
        Licence(product_id=1, bought=99, active=9, archived_at=NOW),
    )
    found = of(store)
    assert (found.licences_bought, found.licences_active, found.last_used_on) == (15, 9, "2026-11-22")


def request(number: int, **values: object) -> Request:
    return Request(number=number, title="x", opened_at="2026-11-01T00:00:00Z").with_changes(values)


def test_open_requests_late_ones_and_the_nearest_due_time(store: Store) -> None:
    late, later = "2026-11-23T11:59:59Z", "2026-11-23T12:00:01Z"
    put(
        store,
        request(1, due_at=late, priority="urgent"),
        request(2, due_at="2026-11-22T00:00:00Z", status="waiting"),
        request(3, due_at=later),
        request(4, due_at=None),
        request(5, due_at=NOW),
        request(6, due_at=late, status="resolved", resolved_at="2026-11-23T11:00:00Z"),
        request(7, due_at="2026-01-01T00:00:00Z", archived_at=NOW),
    )
    found = of(store)
    assert (found.open_requests, found.late_requests, found.late_urgent_requests) == (5, 2, 1)
    assert found.next_due_at == "2026-11-22T00:00:00Z"


def test_breaches_of_90_days(store: Store) -> None:
    """A missed time counts whatever became of the request since; what comes next does not yet."""
    done = {"status": "resolved", "resolved_at": "2026-11-11T00:00:00Z"}
    missed = {"late_from": "2026-11-10T00:00:00Z"}
    put(
        store,
        request(1, **done),
        request(2, **done, **missed),
        request(3, late_from="2026-11-22T00:00:00Z", due_at="2026-12-22T00:00:00Z"),
        request(4, late_from="2026-12-22T00:00:00Z", due_at="2026-12-22T00:00:00Z"),
        request(5, status="waiting", **missed),
        request(6, late_from=NOW, due_at=NOW),
        request(7, late_from="2026-11-23T11:59:59Z", due_at="2026-11-23T11:59:59Z"),
        request(8, **done, **missed, opened_at="2026-08-24T23:59:59Z"),
        request(9, **done, **missed, archived_at=NOW),
        request(10, id=1010, **done, **missed),
        request(11, **done, **missed, merged_into_id=1010),
    )
    found = of(store)
    assert (found.recent_requests, found.recent_breaches) == (8, 5)


def test_the_newest_answer_brings_its_scale(store: Store) -> None:
    put(
        store,
        Survey(id=1, title="a", metric="nps", questions="?"),
        Survey(id=2, title="b", metric="ces", scale_max=5, direction="lower_is_better", questions="?"),
        Survey(id=3, title="c", metric="other", questions="?"),
        SurveyResponse(survey_id=1, score=10, at="2026-10-01T00:00:00Z"),
        SurveyResponse(survey_id=2, score=4, at="2026-10-02T00:00:00Z"),
        SurveyResponse(survey_id=3, score=1, at="2026-10-03T00:00:00Z"),
        SurveyResponse(survey_id=1, score=1, at="2026-10-04T00:00:00Z", archived_at=NOW),
    )
    assert of(store).survey == SurveyAnswer("2026-10-02T00:00:00Z", "ces", 4, 0, 5, True)


def test_a_detractor_is_answered_when_his_task_is_no_longer_open(store: Store) -> None:
    put(
        store,
        Survey(id=1, title="a", metric="nps", questions="?"),
        Survey(id=2, title="b", metric="csat", scale_max=5, questions="?"),
        Task(id=1, client_id=FULL, title="x"),
        Task(id=2, client_id=FULL, title="x", status="done"),
        SurveyResponse(survey_id=1, score=6, at=NOW),
        SurveyResponse(survey_id=1, score=0, at=NOW, task_id=1),
        SurveyResponse(survey_id=1, score=0, at=NOW, task_id=2),
        SurveyResponse(survey_id=1, score=7, at=NOW),
        SurveyResponse(survey_id=2, score=0, at=NOW),
    )
    assert of(store).unanswered_detractors == 2


def test_touches_give_mood_meeting_and_the_last_contact(store: Store) -> None:
    def touch(kind: str, at: str, **values: object) -> Touch:
        return Touch(text="x", at=at).with_changes({"touch_kind": kind, **values})

    put(
        store,
        touch("call", "2026-11-01T10:00:00Z", mood="angry"),
        touch("call", "2026-11-05T10:00:00Z", mood="calm"),
        touch("meeting", "2026-10-01T10:00:00Z"),
        touch("visit", "2026-10-05T10:00:00Z"),
        touch("mail", "2026-11-06T10:00:00Z", direction="out"),
        touch("mail", "2026-11-07T10:00:00Z", is_automatic=1),
        touch("note", "2026-11-08T10:00:00Z"),
        touch("call", "2026-11-09T10:00:00Z", direction="internal"),
        touch("meeting", "2026-12-24T10:00:00Z", mood="glad"),
        touch("meeting", "2026-11-10T10:00:00Z", mood="glad", archived_at=NOW),
    )
    found = of(store)
    assert (found.mood, found.mood_on) == ("calm", "2026-11-05")
    assert (found.met_on, found.last_touch_at) == ("2026-10-05", "2026-11-06T10:00:00Z")


def test_promises_kept_broken_overdue_and_broken_lately(store: Store) -> None:
    put(
        store,
        Promise(text="x", status="acknowledged", promise_kind="term", kept_count=14, broken_count=1),
        Promise(text="x", status="kept", due_on="2026-01-01"),
        Promise(text="x", status="broken", settled_at="2026-11-01T00:00:00Z"),
        Promise(text="x", status="broken"),
        Promise(text="x", status="broken", settled_at="2026-01-01T00:00:00Z"),
        Promise(text="x", status="new", due_on="2026-11-22"),
        Promise(text="x", status="new", due_on="2026-11-23"),
        Promise(text="x", status="withdrawn", due_on="2026-01-01"),
    )
    found = of(store)
    assert (found.promises_kept, found.promises_broken, found.promises_overdue) == (15, 4, 1)
    assert found.promises_broken_lately == 2


def test_steps_of_running_plans_only(store: Store) -> None:
    put(
        store,
        Plan(id=1, client_id=FULL, title="x", started_on="2026-10-01"),
        Plan(id=2, client_id=FULL, title="x", started_on="2026-10-01", status="done"),
        PlanStep(plan_id=1, client_id=FULL, title="x", status="done", due_on="2026-10-02"),
        PlanStep(plan_id=1, client_id=FULL, title="x", due_on="2026-11-22"),
        PlanStep(plan_id=1, client_id=FULL, title="x", due_on="2026-11-23"),
        PlanStep(plan_id=1, client_id=FULL, title="x", status="skipped", due_on="2026-11-22"),
        PlanStep(plan_id=2, client_id=FULL, title="x", due_on="2026-11-22"),
    )
    found = of(store)
    assert (found.plan_steps, found.plan_steps_done, found.plan_steps_overdue) == (3, 1, 1)


def test_all_clients_of_a_range_come_by_id_each_as_if_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(
        store,
        request(1, due_at=NOW),
        request(2, due_at=NOW, client_id=OTHER),
        Touch(text="x", at=NOW, client_id=OTHER),
        Licence(product_id=1, bought=3),
    )
    alone = [of(store, each) for each in (FULL, EMPTY, OTHER)]
    assert alone[1] == HealthInputs(EMPTY)
    assert list(facts(store, 0, 10_000, NOW)) == alone
    assert list(facts(store, EMPTY, OTHER, NOW)) == alone[1:]
    assert list(facts(store, 11, 19, NOW)) == []
    monkeypatch.setattr(inputs, "CLIENTS_AT_ONCE", 1)
    assert list(facts(store, 0, 10_000, NOW)) == alone


@pytest.mark.parametrize("table", inputs.QUERIES)
def test_every_query_runs_along_an_index_of_the_client(store: Store, table: str) -> None:
    plan = store.rows(
        f"EXPLAIN QUERY PLAN {inputs.QUERIES[table]}",
        low=1,
        high=9,
        now=NOW,
        today=NOW[:10],
        since="2026",
    )
    assert "(client_id>? AND client_id<?)" in plan[0][3]
    assert not [row for row in plan if "SCAN" in row[3] or "TEMP B-TREE" in row[3]]


def test_the_store_gives_what_health_asks_for_in_its_order():
    assert ("client_id", "survey", *inputs.FIELDS) == field_names(HealthInputs)


def test_facts_are_blank_while_no_record_says_anything():
    assert HealthInputs(7).are_blank
    assert not HealthInputs(7, promises_kept=1).are_blank
