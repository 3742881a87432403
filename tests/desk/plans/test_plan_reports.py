"""What the plans of the department say: the middle of the days to value, and between which days it lies."""

from __future__ import annotations

import pytest

from onewindow.desk.plans.reports import OnboardingReport


def report(*days: int, points: int = 0, in_time: int = 0) -> OnboardingReport:
    return OnboardingReport(len(days), len(days), 0, 0, tuple(sorted(days)), points, in_time)


@pytest.mark.parametrize(
    ("days", "middle"), [((1, 2, 3, 4), None), ((1, 2, 3, 4, 9), 3), ((9, 1, 3, 2, 4, 6), 3.5)]
)
def test_a_median_needs_five_plans(days: tuple[int, ...], middle: float | None) -> None:
    assert report(*days).median_days == middle


@pytest.mark.parametrize(
    ("n", "ranks"),
    [(5, None), (6, (1, 6)), (8, (1, 8)), (9, (2, 8)), (12, (3, 10)), (20, (6, 15)), (30, (10, 21))],
)
def test_the_interval_of_a_median_has_the_ranks_of_the_tables(n: int, ranks: tuple[int, int] | None) -> None:
    """Conover, Practical Nonparametric Statistics, table of 95 % intervals: rank is day here."""
    assert report(*range(1, n + 1)).median_interval == ranks


def test_the_share_in_time_comes_with_its_interval_and_of_nothing_there_is_none() -> None:
    in_time = report(points=8, in_time=6).in_time

    assert in_time is not None
    assert (in_time.n, in_time.value) == (8, 0.75)
    assert in_time.low < 0.75 < in_time.high
    assert report().in_time is None
