"""Which policy counts: the most particular one, by the version whose day has begun in its calendar's zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.desk.sla import clocks
from onewindow.desk.sla.clocks import PolicyBook
from onewindow.metrics.policies.working_time import calendar
from onewindow.metrics.sla.clocks import KINDS
from onewindow.records.organization import SlaPolicy
from onewindow.records.requests import Request, RequestEvent

HOUR = 3600
OFFICE = calendar("Europe/Moscow", dict.fromkeys(range(5), ((9 * HOUR, 18 * HOUR),)))


def policy(
    number: int,
    since: str = "2020-01-01",
    *,
    tier: str = "",
    priority: str = "",
    kind: str = "",
    first: int | None = 60,
) -> SlaPolicy:
    return SlaPolicy(
        id=number,
        name=str(number),
        calendar_id=1,
        tier=tier,
        priority=priority,
        request_kind=kind,
        first_response_min=first,
        valid_from=since,
    )


def counts(*policies: SlaPolicy, at: str = "2026-11-25T09:00:00Z", kind: str = "problem") -> int | None:
    found = PolicyBook(policies, {1: OFFICE}).record_for("A", "high", kind, at)
    return found.id if found else None


def test_priority_beats_kind_beats_tier_beats_any() -> None:
    any_one, tier = policy(1), policy(2, tier="A")
    kind, priority = policy(3, kind="problem"), policy(4, priority="high")
    assert counts(any_one, policy(9, tier="B")) == 1
    assert counts(tier, any_one) == 2
    assert counts(any_one, kind, tier) == 3
    assert counts(kind, priority, policy(5, tier="A", kind="problem")) == 4
    assert counts(priority, policy(6, tier="A", priority="high")) == 6
    assert counts(kind, kind="access") is None


def test_a_new_version_counts_from_midnight_where_its_calendar_lies() -> None:
    versions = policy(1), policy(2, "2027-01-01")
    assert counts(*versions, at="2026-12-31T20:59:59Z") == 1
    assert counts(*versions, at="2026-12-31T21:00:00Z") == 2


def test_a_version_without_targets_ends_its_policy_and_a_general_one_counts_again() -> None:
    policies = policy(1), policy(2, tier="A"), policy(3, "2026-06-01", tier="A", first=None)
    assert counts(*policies, at="2026-05-31T09:00:00Z") == 2
    assert counts(*policies, at="2026-06-01T09:00:00Z") == 1
    assert counts(policy(1), policy(2, "2026-01-01", first=None)) is None


EVENTS = st.lists(
    st.tuples(st.integers(0, 59), st.integers(0, 23), st.sampled_from(sorted(KINDS - {"opened"}))), max_size=7
)


@given(EVENTS, st.integers(18, 30))
def test_the_pressing_clock_is_the_same_whichever_way_it_is_found(
    told: list[tuple[int, int, str]], day: int
) -> None:
    book = PolicyBook((policy(1), policy(2, tier="A", priority="low")), {1: OFFICE})
    request = Request(id=7, priority="high", request_kind="problem", opened_at="2026-11-16T08:00:00Z")
    events = [RequestEvent(at=request.opened_at, event_kind="opened", detail='{"tier": "A"}')]
    for place, (minute, hour, kind) in enumerate(sorted(told, key=lambda each: each[:2])):
        at = f"2026-11-{17 + place}T{hour:02}:{minute:02}:00Z"
        detail = {"policy": '{"priority": "low"}', "promise": '{"promised_at": "2026-11-24T15:00:00Z"}'}
        events.append(RequestEvent(at=at, event_kind=kind, detail=detail.get(kind, "")))  # pyright: ignore[reportArgumentType]
    now = datetime(2026, 11, day, 12, tzinfo=UTC)
    found = clocks.request_clocks(book, request, "B", events, now)
    assert found is not None
    assert clocks.request_pressing(book, request, "B", events, now) == clocks.pressing_clock(found)


@pytest.mark.parametrize("at", ["1999-12-31T23:59:59Z", "2026-02-28T00:00:01Z", "2400-02-29T12:30:30Z"])
def test_stored_times_are_read_to_the_second(at: str) -> None:
    assert clocks.second_of(at) == int(datetime.fromisoformat(at).timestamp())


def test_what_may_count_stands_by_rank_then_by_what_began_later_then_by_what_was_made_later() -> None:
    policies = (
        policy(1),
        policy(2, "2026-01-01"),
        policy(3, "2026-01-01"),
        policy(4, tier="A"),
        policy(5, "2019-01-01", priority="high"),
        policy(6, tier="B"),
        policy(7, priority="low"),
        policy(8, kind="access"),
    )
    book = PolicyBook(policies, {1: OFFICE})
    assert [each.id for _, _, each in book.matching("A", "high", "problem")] == [5, 4, 3, 2, 1]
