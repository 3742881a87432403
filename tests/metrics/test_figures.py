"""Figures, their change, and the estimates of ratios, means and products that they are made of."""

from __future__ import annotations

import pytest

from onewindow.metrics.feedback.csat import csat
from onewindow.metrics.feedback.nps import nps_of_counts
from onewindow.metrics.figures import Figure, change, figure_of
from onewindow.metrics.intervals import wilson
from onewindow.metrics.ratios import OpenEstimate, average, product, ratio
from onewindow.metrics.revenue.churn import churn
from onewindow.metrics.revenue.repeat import repeat
from onewindow.metrics.revenue.retention import kept_revenue


def test_known_numbers_of_public_data() -> None:
    assert round(100 * churn(7043, 7043 - 1869, 1).share.value, 2) == 26.54
    score = nps_of_counts(9, 7, 23).score
    assert score is not None
    assert (score.n, round(score.value, 1)) == (39, -35.9)
    satisfied = csat([5] * 1087 + [3] * (2769 - 1087))
    assert satisfied is not None
    assert (satisfied.n, round(satisfied.value, 4)) == (2769, 0.3926)
    assert round(wilson(4238, 4238 + 2473).value, 4) == 0.6315


@pytest.mark.parametrize(("n", "is_few"), [(9, True), (10, False), (11, False)])
def test_fewer_than_ten_are_few(n: int, is_few: bool) -> None:
    assert Figure(n).is_few is is_few


def test_a_change_is_evident_only_if_its_interval_leaves_out_nothing() -> None:
    now, then = figure_of(wilson(80, 100)), figure_of(wilson(40, 100))
    moved = change(now, then)
    assert moved.is_evident
    assert moved.difference is not None
    assert round(moved.difference.value, 2) == 0.4
    assert not change(figure_of(wilson(4, 10)), figure_of(wilson(5, 10))).is_evident
    assert change(now, Figure(3)).why_not == "there is no number then"
    assert change(Figure(3), now).why_not == "there is no number now"
    assert change(now, Figure(1, 0.5)).why_not == "there is no interval then"
    assert not change(now, Figure(3)).is_evident


def test_a_mean_of_any_numbers() -> None:
    found = average([1, 2, 3, 4, 5])
    assert (found.value, found.n) == (3, 5)
    assert found.low is not None
    assert round(found.low, 4) == 1.0368  # t(4) = 2.776, s = 1.5811
    assert average([7]) == OpenEstimate(7, 1, None, None)
    with pytest.raises(ValueError, match="mean"):
        average([])


def test_a_ratio_of_sums_varies_with_the_cases() -> None:
    same = ratio([1, 2, 3], [2, 4, 6])
    assert (same.value, same.low, same.high) == (0.5, 0.5, 0.5)
    assert ratio([1], [4]) == OpenEstimate(0.25, 1, None, None)
    nothing: list[float] = []
    for wrong in (([1], [1, 2]), ([1], [0]), (nothing, nothing)):
        with pytest.raises(ValueError, match="ratio"):
            ratio(*wrong)


def test_a_product_has_the_bounds_that_both_have() -> None:
    found = product(OpenEstimate(10, 5, 5, 20), OpenEstimate(3, 9, 3, 3))
    assert (found.value, found.n) == (30, 5)
    assert found.low is not None
    assert found.high is not None
    assert (round(found.low, 9), round(found.high, 9)) == (15, 60)
    assert product(OpenEstimate(10, 5, -1, 20), OpenEstimate(3, 9, 2, None)) == OpenEstimate(
        30, 5, None, None
    )


def test_revenue_kept_is_cut_to_what_was_paid() -> None:
    found = kept_revenue({1: 100, 2: 100, 3: 0}, {1: 150, 2: 50, 3: 70, 4: 9})
    assert found is not None
    assert (found.grr.n, found.grr.value, found.nrr.value) == (2, 0.75, 1.0)
    assert found.grr.low is not None
    assert found.grr.low >= 0
    assert (found.grr.high or 0) <= 1
    assert kept_revenue({1: 0}, {1: 5}) is None


def test_purchases_of_one_day_are_one_and_the_first_is_no_repeat() -> None:
    first = {1: "2026-01-05", 2: "2026-01-05", 3: "2025-12-01"}
    days = [(1, "2026-01-05"), (1, "2026-01-05"), (1, "2026-01-09"), (1, "2026-01-09"), (1, "2026-02-01")]
    days += [(2, "2026-01-05"), (3, "2026-01-07")]
    found = repeat((client, day, first[client]) for client, day in days)
    assert (found.buyers, found.repeaters, found.transactions) == (3, 2, 3)
    assert found.share is not None
    assert (found.share.n, round(found.share.value, 3)) == (3, 0.667)
    assert repeat([]).share is None
