"""Warnings: the worst clock speaks, in working hours only, to the first who is here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.policies.working_time import calendar, open_seconds
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.metrics.sla.warnings import alert_of, first_who_is_here, held_till

HOUR = 3600
OFFICE = calendar("UTC", dict.fromkeys(range(5), ((9 * HOUR, 13 * HOUR), (14 * HOUR, 17 * HOUR))))
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def clock(elapsed: int, target: int = 100, name: str = "resolution") -> Clock:
    state = "breached" if elapsed > target else "running"
    return Clock(name, state, None, target, elapsed, target - elapsed)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(("elapsed", "level"), [(74, 0), (75, 75), (89, 75), (90, 90), (100, 90), (101, 100)])
def test_somebody_is_warned_at_75_and_90_percent_and_at_the_breach(elapsed: int, level: int) -> None:
    found = alert_of([clock(10), clock(elapsed)], OFFICE, MONDAY)
    assert (found.level if found else 0) == level


def test_the_worst_clock_speaks() -> None:
    found = alert_of([clock(80, name="first_response"), clock(95), clock(20)], OFFICE, MONDAY)
    assert found is not None
    assert (found.clock.name, found.level, found.is_due) == ("resolution", 90, True)


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2026-11-23 13:30", "2026-11-23 14:00"),
        ("2026-11-23 23:00", "2026-11-24 09:00"),
        ("2026-11-27 17:00", "2026-11-30 09:00"),
        ("2026-11-23 09:00", None),
        ("2026-11-23 16:59:59", None),
    ],
)
def test_outside_working_hours_a_warning_is_held_until_they_begin(now: str, opening: str | None) -> None:
    at = datetime.fromisoformat(f"{now}+00:00")
    wanted = datetime.fromisoformat(f"{opening}+00:00") if opening else None
    assert held_till(OFFICE, at) == wanted
    found = alert_of([clock(95)], OFFICE, at)
    assert found is not None
    assert (found.held_till, found.is_due) == (wanted, opening is None)


@given(st.integers(0, 14 * 86_400))
def test_no_open_second_lies_before_the_end_of_a_hold(seconds: int) -> None:
    now = MONDAY + timedelta(seconds=seconds)
    held = held_till(OFFICE, now)
    assert open_seconds(OFFICE, now, held or now) == 0
    assert open_seconds(OFFICE, held or now, (held or now) + timedelta(seconds=1)) == 1


def test_owner_then_deputy_then_lead() -> None:
    assert first_who_is_here([(1, True), (2, True), (3, True)]) == 1
    assert first_who_is_here([(1, False), (None, True), (2, True), (3, True)]) == 2
    assert first_who_is_here([(1, False), (2, False), (3, True)]) == 3
    assert first_who_is_here([(1, False)]) is None
