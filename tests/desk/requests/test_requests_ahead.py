"""A request that is worked out before its turn to write, and what others change until that comes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sound_file import assert_sound

from onewindow.desk.editing import changing
from onewindow.desk.editing.parsing import FieldProblems
from onewindow.desk.opening import at_work, prepare_new_file
from onewindow.desk.registry import REGISTRY
from onewindow.desk.session.context import Session
from onewindow.desk.validation.record_rules import context_of, filled, problems
from onewindow.records.clients import Client
from onewindow.records.kinds import KINDS
from onewindow.records.organization import SlaPolicy, Staff
from onewindow.records.requests import Request
from onewindow.settings import Settings
from onewindow.store import rows
from onewindow.store.engine import Store, open_store
from onewindow.store.people import organization
from onewindow.store.requests import threads
from onewindow.text.dates import utc_text

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ZONE = "Europe/Moscow"


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with open_store(tmp_path / "file.db", create=True) as store:
        me = prepare_new_file(store, Staff(login="ivanova", name="Иванова"), ZONE, utc_text(NOW))
        mine = _session(store, me)
        changing.insert(mine, Client(name="Аврора", owner_id=me.id, tier="B", stage="active"))
        changing.insert(mine, Staff(login="petrov", name="Петров"))
        _promise(mine, tier="A", resolution_min=60)
        _promise(mine, tier="B", resolution_min=120)
        yield mine


def _session(store: Store, me: Staff) -> Session:
    return at_work(store, me, Settings(), lambda: NOW, ZONE)


def _promise(session: Session, *, tier: str, resolution_min: int, request_kind: str = "") -> None:
    calendar = organization.calendars(session.store)[0]
    policy = SlaPolicy(
        name=f"{tier} {request_kind}",
        calendar_id=calendar.id,
        tier=tier,
        priority="urgent",
        request_kind=request_kind,
        resolution_min=resolution_min,
        valid_from="2026-01-01",
    )
    changing.insert(session, policy)


def _registered(session: Session, meanwhile: Callable[[], object]) -> Request:
    """A request of Аврора for Петров, whose turn to write comes after something else."""
    asked = Request(
        client_id=_aurora(session).id, title="сбой", priority="urgent", assignee_id=_petrov(session).id
    )
    ready = changing.checked_ahead(session, asked)
    assert ready.prepared is not None
    meanwhile()
    stored = session.change("new", lambda transaction: changing.insert_checked(session, transaction, ready))
    return rows.get(session.store, Request, stored.result.id)


def _aurora(session: Session) -> Client:
    return rows.fetch(session.store, Client, "WHERE name = 'Аврора'")[0]


def _petrov(session: Session) -> Staff:
    return rows.fetch(session.store, Staff, "WHERE login = 'petrov'")[0]


def _tier_told(session: Session, request: Request) -> str:
    return json.loads(threads.events(session.store, request.id)[0].detail)["tier"]


def test_what_was_worked_out_before_is_what_comes_of_it(session: Session) -> None:
    request = _registered(session, lambda: None)
    assert (request.due_at, request.late_from) == ("2026-11-24T11:00:00Z", "2026-11-24T11:00:00Z")
    assert request.number == 1
    assert _tier_told(session, request) == "B"
    assert [event.event_kind for event in threads.events(session.store, request.id)] == ["opened"]
    assert_sound(session)


def test_a_tier_that_changed_meanwhile_counts(session: Session) -> None:
    request = _registered(session, lambda: changing.change(session, _aurora(session), {"tier": "A"}))
    assert request.due_at == "2026-11-24T10:00:00Z"
    assert _tier_told(session, request) == "A"
    assert_sound(session)


def test_a_policy_that_came_meanwhile_counts(session: Session) -> None:
    request = _registered(
        session, lambda: _promise(session, tier="B", resolution_min=30, request_kind="problem")
    )
    assert request.due_at == "2026-11-24T09:30:00Z"
    assert_sound(session)


def test_a_policy_of_another_process_counts_too(session: Session) -> None:
    def meanwhile() -> None:
        with open_store(session.store.path) as store:
            _promise(_session(store, session.me), tier="B", resolution_min=30, request_kind="problem")

    assert _registered(session, meanwhile).due_at == "2026-11-24T09:30:00Z"
    assert_sound(session)


def test_nothing_is_given_to_somebody_who_left_meanwhile(session: Session) -> None:
    with pytest.raises(FieldProblems, match="works here no more"):
        _registered(session, lambda: changing.archive(session, _petrov(session)))
    assert rows.fetch(session.store, Request, "") == []
    assert_sound(session)


@pytest.mark.parametrize(
    "kind", sorted(kind for kind in REGISTRY.kinds if REGISTRY.of(kind).rules.is_judged_alone)
)
def test_a_kind_that_is_judged_alone_reads_nothing_else(session: Session, kind: str) -> None:
    record = changing.blank(session, kind, _aurora(session).id)
    assert isinstance(record, KINDS[kind].record)
    asked: list[str] = []
    context = context_of(session)
    session.store.connection.set_trace_callback(asked.append)
    filled(context, record)
    problems(context, record)
    session.store.connection.set_trace_callback(None)
    assert [sql for sql in asked if "FROM staff" not in sql] == []
