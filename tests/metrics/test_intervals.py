"""Intervals against published and tabulated values."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.intervals import adjusted_wald, difference, mean, student_t95, wilson


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (100, 250, 0.341, 0.462),
        (0, 20, 0.0, 0.161),
        (8, 10, 0.490, 0.943),
        (45, 50, 0.786, 0.957),
        (7, 7, 0.646, 1),
    ],
)
def test_wilson(hits: int, n: int, low: float, high: float) -> None:
    found = wilson(hits, n)
    assert (found.value, found.n) == (hits / n, n)
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


@pytest.mark.parametrize(("hits", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_a_share_of_nothing_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="share"):
        wilson(hits, n)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share_within_0_and_1(case: tuple[int, int]) -> None:
    found = wilson(*case)
    assert 0 <= found.low <= found.value <= found.high <= 1
    mirror = wilson(case[1] - case[0], case[1])
    assert isclose(mirror.low, 1 - found.high, abs_tol=1e-12)


def test_a_net_score_needs_counts_that_fit() -> None:
    for plus, minus, n in ((0, 0, 0), (3, 3, 5), (-1, 0, 5)):
        with pytest.raises(ValueError, match="net score"):
            adjusted_wald(plus, minus, n)


@pytest.mark.parametrize(
    ("freedom", "expected"),
    [
        (1, 12.7062),
        (2, 4.3027),
        (3, 3.1824),
        (4, 2.7764),
        (5, 2.5706),
        (10, 2.2281),
        (30, 2.0423),
        (31, 2.0395),
    ],
)
def test_student_table(freedom: int, expected: float) -> None:
    assert round(student_t95(freedom), 4) == expected


def test_student_comes_near_the_normal() -> None:
    assert round(student_t95(120), 4) == 1.9799
    with pytest.raises(ValueError, match="degree"):
        student_t95(0)


def test_a_mean_has_students_interval_inside_its_scale() -> None:
    found = mean([2, 4, 4, 6], 0, 10)
    assert (found.value, found.n) == (4, 4)
    assert (round(found.low, 3), round(found.high, 3)) == (1.402, 6.598)
    assert mean([0, 5], 0, 5).low == 0
    alone = mean([3], 0, 5)
    assert (alone.low, alone.high) == (0, 5)
    for wrong in ([], [6]):
        with pytest.raises(ValueError, match="mean"):
            mean(wrong, 0, 5)


def test_newcombes_example_of_a_difference() -> None:
    """Newcombe 1998, method 10: 56/70 against 48/80 gives 0.0524 to 0.3339."""
    found = difference(wilson(56, 70), wilson(48, 80))
    assert [round(x, 4) for x in (found.value, found.low, found.high)] == [0.2, 0.0524, 0.3339]
    assert found.changed


def test_a_difference_that_holds_0_is_no_evidence() -> None:
    assert not difference(wilson(8, 10), wilson(5, 10)).changed
    assert difference(wilson(10, 100), wilson(60, 100)).changed


@given(st.integers(1, 500), st.integers(1, 500), st.data())
def test_a_difference_turned_round_changes_its_sign(n: int, m: int, data: st.DataObject) -> None:
    one, other = wilson(data.draw(st.integers(0, n)), n), wilson(data.draw(st.integers(0, m)), m)
    there, back = difference(one, other), difference(other, one)
    assert isclose(there.low, -back.high, abs_tol=1e-12)
    assert isclose(there.high, -back.low, abs_tol=1e-12)
    assert there.low <= there.value <= there.high
