"""Time to value, control points in time and what departments owe, on figures worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest

from onewindow.metrics.health.score import weight_shares
from onewindow.metrics.licence_use import Licences, group_use
from onewindow.metrics.plan_times import (
    OnboardingReport,
    Point,
    can_be_judged,
    days_to_value,
    in_time,
    readiness_rows,
)
from onewindow.metrics.policies.working_days import shift_working_days
from onewindow.metrics.review_order import median_value
from onewindow.metrics.sla.response_times import shares_in_time
from onewindow.text.dates import is_within


def report(*days: int, points: int = 0, in_time_count: int = 0) -> OnboardingReport:
    return OnboardingReport(len(days), len(days), 0, 0, days, points, in_time_count)


def test_value_is_counted_from_what_came_first_the_signature_or_the_start() -> None:
    assert days_to_value("2026-01-01", "2026-01-10", "2026-02-01") == 31
    assert days_to_value("2026-01-20", "2026-01-10", "2026-02-01") == 22
    assert days_to_value(None, "2026-01-10", "2026-02-01") == 22


def test_a_median_is_told_from_five_plans_on_and_its_interval_from_six() -> None:
    assert report(1, 2, 3, 4).median_days is None
    five = report(1, 2, 3, 4, 9)
    assert (five.median_days, five.median_interval) == (3, None)
    assert report(1, 2, 3, 5, 6, 9).median_days == 4
    # Of six 1/64 lie below the smallest of them, of nine 10/512 below the second.
    assert report(1, 2, 3, 5, 6, 9).median_interval == (1, 9)
    assert report(1, 2, 3, 4, 5, 6, 7, 8, 9).median_interval == (2, 8)
    assert report().median_interval is None


def test_the_share_in_time_has_its_interval() -> None:
    assert report().in_time is None
    found = report(points=10, in_time_count=8).in_time
    assert found is not None
    assert (found.value, round(found.low, 3), round(found.high, 3)) == (0.8, 0.490, 0.943)


@pytest.mark.parametrize(
    ("point", "judged", "met"),
    [
        (Point("done", "2026-02-01", "2026-02-01"), True, True),
        (Point("done", "2026-02-01", "2026-02-02"), True, False),
        (Point("done", "2026-02-01", None), True, False),
        (Point("open", "2026-02-28", None), True, False),
        (Point("open", "2026-03-01", None), False, False),
        (Point("skipped", "2026-02-01", None), False, False),
        (Point("done", None, "2026-02-01"), False, False),
    ],
)
def test_a_control_point_is_judged_by_its_first_date(point: Point, judged: bool, met: bool) -> None:
    assert (can_be_judged(point, "2026-03-01"), in_time(point)) == (judged, met)


def test_departments_with_most_late_come_first() -> None:
    rows = readiness_rows(
        [
            ("Склад", "asked", "2026-03-05"),
            ("Склад", "ready", "2026-03-01"),
            ("Монтаж", "late", "2026-02-20"),
            ("Монтаж", "dropped", "2026-01-01"),
        ]
    )
    assert [(each.department, each.asked, each.late, each.ready, each.latest_on) for each in rows] == [
        ("Монтаж", 1, 1, 0, "2026-02-20"),
        ("Склад", 1, 0, 1, "2026-03-05"),
    ]


def test_working_days_are_shifted_both_ways() -> None:
    friday = date(2026, 11, 27)
    assert shift_working_days(None, friday, 1) == date(2026, 11, 30)
    assert shift_working_days(None, friday, -5) == date(2026, 11, 20)
    assert shift_working_days(None, date(2026, 11, 29), -1) == friday
    with pytest.raises(ValueError, match="does not have that many working days before"):
        shift_working_days(None, friday, -4000)


def test_weights_count_by_their_share_of_all() -> None:
    assert weight_shares({"a": 3, "b": 1, "c": 0}) == {"a": 0.75, "b": 0.25, "c": 0}
    assert weight_shares({"a": 0}) == {"a": 0}


def test_half_of_the_clients_paid_the_median_at_most() -> None:
    assert [median_value(each) for each in ([], [5], [1, 4], [9, 1, 2])] == [0, 5, 2, 2]


def test_licences_are_added_up_and_a_client_with_two_products_counts_twice() -> None:
    found = group_use("A", [Licences(2, 1, 10, 4), Licences(1, 0, 10, 10)])
    assert (found.clients, found.idle_clients, found.bought, found.active, found.unused) == (3, 1, 20, 14, 6)
    assert (found.share.value, found.share.n) == (0.7, 20)


def test_what_follows_begins_on_the_day_after_and_ends_with_the_last_day() -> None:
    days = ("2026-03-01", "2026-03-02", "2026-03-31", "2026-04-01")
    assert [is_within(date(2026, 3, 1), day, 30) for day in days] == [False, True, True, False]


def test_clients_with_fewer_than_three_judged_requests_say_nothing() -> None:
    assert shares_in_time([([True, False, True, True], True), ([True, True], False)]) == [(0.75, True)]
