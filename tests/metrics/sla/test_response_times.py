"""Times of answers: percentiles as spreadsheets give them, intervals that hold what they promise."""

from __future__ import annotations

from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.sla.response_times import loss_by_response, median_rank, percentile, times

CENT = 1e-9


def close(value: float) -> object:
    """Equal up to what adding floats loses."""
    return pytest.approx(value, abs=CENT)  # pyright: ignore[reportUnknownMemberType]


durations = st.lists(st.integers(0, 10**6), min_size=1, max_size=400)


def test_percentiles_are_those_of_a_spreadsheet() -> None:
    ordered = [15, 20, 35, 40, 50]
    assert percentile(ordered, 0.4) == close(29.0)  # PERCENTILE.INC of these values
    assert percentile(ordered, 0.9) == close(46.0)
    assert percentile(ordered, 0) == 15
    assert percentile(ordered, 1) == 50


@pytest.mark.parametrize(
    ("n", "rank"),
    [(1, 0), (5, 0), (6, 1), (8, 1), (9, 2), (10, 2), (20, 6), (50, 18), (100, 40)],
)
def test_the_rank_of_the_median_is_that_of_the_tables(n: int, rank: int) -> None:
    # Conover, Practical Nonparametric Statistics, table of the sign test, 95 % two-sided.
    assert median_rank(n) == rank


def test_the_approximate_rank_joins_the_exact_one() -> None:
    assert abs(median_rank(201) - median_rank(200)) <= 1


@given(durations)
def test_the_median_lies_in_its_interval(values: list[int]) -> None:
    found = times(values, 0, 0)
    assert found.n == len(values)
    assert found.median == close(median(values))
    assert found.within is None
    if found.low is None or found.high is None:
        assert len(values) < 6
        return
    assert found.median is not None
    assert found.p90 is not None
    assert min(values) <= found.low <= found.median <= found.high <= max(values)
    assert found.median <= found.p90 <= max(values)


def test_the_interval_holds_the_true_median_as_often_as_it_says() -> None:
    chance = Random(7)
    held = 0
    for _ in range(2000):
        drawn = times([chance.expovariate(1) for _ in range(25)], 0, 0)
        assert drawn.low is not None
        assert drawn.high is not None
        held += drawn.low <= 0.6931471805599453 <= drawn.high
    assert 0.94 <= held / 2000 <= 0.99


def test_what_is_late_and_not_ended_counts_in_the_share_only() -> None:
    found = times([60, 120], met=2, judged=3)
    assert found.n == 2
    assert found.within is not None
    assert found.within.value == close(2 / 3)
    assert found.is_few


def test_nothing_says_nothing() -> None:
    found = times([], 0, 0)
    assert (found.n, found.median, found.p90, found.within) == (0, None, None, None)


def test_losses_differ_only_where_the_interval_says_so() -> None:
    alike = loss_by_response([(0.9, left) for left in (True, *[False] * 9)] + [(0.5, False)] * 10)
    assert alike.in_time is not None
    assert alike.in_time.value == close(0.1)
    assert alike.gap is not None
    assert not alike.gap.changed
    apart = loss_by_response([(1.0, False)] * 60 + [(0.2, place < 30) for place in range(60)])
    assert apart.gap is not None
    assert apart.gap.changed
    assert apart.gap.value == close(0.5)


def test_one_group_alone_is_not_compared() -> None:
    assert loss_by_response([(1.0, False)]).gap is None
    assert loss_by_response([]).in_time is None


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_a_share_outside_0_to_1_has_no_percentile(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        percentile([1.0, 2.0], share)
    with pytest.raises(ValueError, match="needs values"):
        percentile([], 0.5)
