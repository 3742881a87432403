"""A standing term goes on when it is kept or broken, is counted alike everywhere, changes with evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest
from rich_client import Clock, RichClient

from onewindow.desk import why
from onewindow.desk.clients import promise_keeping
from onewindow.desk.editing import changing
from onewindow.desk.handover.acknowledging import acknowledge
from onewindow.desk.health.scoring import health_inputs
from onewindow.desk.meetings import brief as meeting_brief
from onewindow.desk.meetings import call_entry
from onewindow.desk.session.context import Session
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.desk.window.panels import promises as panel
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.metrics.promises import tally
from onewindow.records.clients import Promise
from onewindow.store import rows
from onewindow.store.handover import promises
from onewindow.store.problems import StoreProblem

TERM = "счета до пятого числа"


@pytest.fixture
def term(session: Session, rich_client: RichClient) -> Promise:
    for old in promises.of_client(session.store, rich_client.id):
        changing.archive(session, old)
    typed = {"text": TERM, "promise_kind": "term", "evidence": "договор п. 4", "kept_count": "13"}
    made = changing.add(session, "promise", typed, rich_client.id)
    assert isinstance(made, Promise)
    return made


def _now(session: Session, promise: Promise) -> Promise:
    return rows.get(session.store, Promise, promise.id)


def _state(session: Session, client_id: int) -> str:
    view = panel.view(session, load_snapshot(session, client_id))
    return next(row.cells[3].text for row in view.rows if TERM in row.cells[1].text)


def test_a_kept_term_stays_and_is_counted_alike_everywhere(
    session: Session, rich_client: RichClient, term: Promise
) -> None:
    acknowledge(session, term)
    promise_keeping.mark(session, _now(session, term), "kept")
    after = _now(session, term)
    assert (after.status, after.kept_count, after.broken_count) == ("acknowledged", 14, 0)
    assert [event.happened_on for event in promises.events(session.store, term.id)] == ["2026-11-23"]
    snapshot = load_snapshot(session, rich_client.id)
    assert _state(session, rich_client.id) == "kept 14/14"
    assert "kept 14 times of 14" in why.why(session, snapshot, RecordKey("promise", term.id))
    assert f"{TERM}, always, kept 14/14" in "\n".join(
        meeting_brief.lines(meeting_brief.brief_of(session, snapshot))
    )
    call = call_entry.CallEntry(session, rich_client.id)
    assert ("promise", f"{TERM}, always, kept 14/14", False) in call.known()
    (facts,) = health_inputs(session.store, rich_client.id, rich_client.id, session.now_text())
    assert (facts.promises_kept, facts.promises_broken, facts.promises_broken_lately) == (14, 0, 0)


def test_a_broken_term_burns_until_it_is_kept_again(
    session: Session, rich_client: RichClient, term: Promise, clock: Clock
) -> None:
    promise_keeping.mark(session, term, "broken", note="опоздали на день")
    assert _now(session, term).status == "new"
    assert _state(session, rich_client.id) == "broken, kept 13/14, new"
    (facts,) = health_inputs(session.store, rich_client.id, rich_client.id, session.now_text())
    assert (facts.promises_broken, facts.promises_broken_lately) == (1, 1)
    clock.now += timedelta(days=7)
    promise_keeping.mark(session, _now(session, term), "kept")
    assert _state(session, rich_client.id) == "kept 14/15, new"
    (facts,) = health_inputs(session.store, rich_client.id, rich_client.id, session.now_text())
    assert facts.promises_broken_lately == 0


@pytest.mark.parametrize("outcome", ["kept", "broken"])
def test_the_state_typed_in_a_form_is_an_event_too(session: Session, term: Promise, outcome: str) -> None:
    edited = changing.edit(session, term, {"status": outcome})
    assert edited.status == "new"
    again = changing.edit(session, edited, {"status": outcome})
    assert [event.outcome for event in promises.events(session.store, term.id)] == [outcome, outcome]
    assert tally(again) == ((15, 0) if outcome == "kept" else (13, 2))


def test_a_promise_with_a_date_is_settled_and_counted_once(session: Session, rich_client: RichClient) -> None:
    made = changing.add(session, "promise", {"text": "акт", "due_on": "2026-11-25"}, rich_client.id)
    done = changing.mark_done(session, made)
    assert isinstance(done, Promise)
    assert (done.status, tally(done)) == ("kept", (1, 0))
    with pytest.raises(StoreProblem, match="is kept already"):
        promise_keeping.mark(session, done, "broken")


def test_undo_takes_event_and_count_back_together(session: Session, term: Promise) -> None:
    promise_keeping.mark(session, term, "kept")
    session.undo()
    assert _now(session, term).kept_count == 13
    assert promises.events(session.store, term.id) == []


def test_a_term_closed_by_an_older_program_is_seen_again(
    session: Session, rich_client: RichClient, term: Promise
) -> None:
    session.change("as it was", lambda write: write.update(term, {"status": "kept", "kept_count": 14}))
    assert _state(session, rich_client.id) == "kept 14/14"
    promise_keeping.mark(session, _now(session, term), "kept")
    assert (_now(session, term).status, _now(session, term).kept_count) == ("acknowledged", 15)


def test_acknowledging_twice_leaves_the_first_day(session: Session, term: Promise, clock: Clock) -> None:
    first = acknowledge(session, term)
    clock.now += timedelta(days=3)
    with pytest.raises(StoreProblem, match=r"Иванова Мария acknowledged .* on 23\.11\."):
        acknowledge(session, _now(session, term))
    assert _now(session, term).acknowledged_at == first.acknowledged_at


def test_a_day_to_come_is_refused_and_one_that_was_is_taken(session: Session, term: Promise) -> None:
    with pytest.raises(StoreProblem, match="has not come yet"):
        promise_keeping.mark(session, term, "kept", "2026-11-24")
    promise_keeping.mark(session, term, "kept", "2026-11-22")
    assert promises.events(session.store, term.id)[0].happened_on == "2026-11-22"


@pytest.mark.parametrize("field", ["text", "deliverable", "acceptance", "due_on", "valid_till"])
def test_a_changed_term_needs_new_evidence(session: Session, term: Promise, field: str) -> None:
    value = "2026-12-01" if field in ("due_on", "valid_till") else "иначе"
    with pytest.raises(FieldProblems) as refused:
        changing.edit(session, term, {field: value})
    assert "say where that was agreed" in refused.value.errors["evidence"]
    with pytest.raises(FieldProblems):
        changing.edit(session, term, {field: value, "evidence": ""})
    changed = changing.edit(session, term, {field: value, "evidence": "письмо 20.11"})
    assert getattr(changed, field) == value
    assert changing.edit(session, changed, {"owner_id": "petrov"}).owner_id != term.owner_id
