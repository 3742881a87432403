"""Periods: their bounds, months and the ones before, on the edges of months, years and changes of clocks."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.desk.metrics.periods import Span


def span(since: str, till: str, zone: str = "Europe/Moscow") -> Span:
    return Span(date.fromisoformat(since), date.fromisoformat(till), zone)


def test_days_begin_at_midnight_of_the_zone() -> None:
    days = span("2026-03-29", "2026-03-29", "Europe/Sofia")
    assert (days.begin, days.end, days.days) == ("2026-03-28T22:00:00Z", "2026-03-29T21:00:00Z", 1)


@pytest.mark.parametrize(
    ("since", "till", "months"),
    [
        ("2026-01-01", "2026-12-31", 12),
        ("2025-12-01", "2026-11-30", 12),
        ("2026-01-15", "2026-02-14", 1),
        ("2026-02-01", "2026-02-28", 1),
        ("2026-01-31", "2026-02-27", 1),
        ("2026-04-01", "2026-04-15", 0.5),
        ("2026-04-01", "2026-05-31", 2),
    ],
)
def test_months_are_those_of_the_calendar(since: str, till: str, months: float) -> None:
    assert span(since, till).months == months


def test_before_whole_months_lie_whole_months_and_before_days_as_many_days() -> None:
    assert span("2026-03-01", "2026-03-31").before == span("2026-02-01", "2026-02-28")
    assert span("2026-01-01", "2026-12-31").before == span("2025-01-01", "2025-12-31")
    assert span("2026-03-02", "2026-03-31").before == span("2026-01-31", "2026-03-01")


def test_the_same_days_a_year_ago_keep_the_end_of_a_month() -> None:
    assert span("2028-02-01", "2028-02-29").year_before == span("2027-02-01", "2027-02-28")
    assert span("2029-02-01", "2029-02-28").year_before == span("2028-02-01", "2028-02-29")
    assert span("2026-05-03", "2026-06-02").year_before == span("2025-05-03", "2025-06-02")


def test_the_months_of_a_period_are_cut_at_its_ends() -> None:
    months = [(part.first, part.last) for part in span("2025-12-30", "2026-02-03").by_month()]
    assert months == [
        ("2025-12-30", "2025-12-31"),
        ("2026-01-01", "2026-01-31"),
        ("2026-02-01", "2026-02-03"),
    ]
