"""A total volume divided among phases, and what is still owed of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.volumes import Progress, divided

parts = st.lists(st.integers(0, 10_000), min_size=1, max_size=20)


@given(st.integers(0, 1_000_000), parts)
def test_nothing_is_lost_and_no_phase_is_off_by_one_unit(total: int, weights: list[int]) -> None:
    shares = divided(total, weights)
    assert sum(shares) == total
    whole = sum(weights) or len(weights)
    for share, weight in zip(shares, weights if any(weights) else [1] * len(weights), strict=True):
        assert abs(share - total * weight / whole) < 1


@given(parts)
def test_the_playbooks_own_total_is_divided_as_it_stands(weights: list[int]) -> None:
    if any(weights):
        assert divided(sum(weights), weights) == weights


def test_largest_remainders_go_up() -> None:
    assert divided(100, [1, 1, 1]) == [34, 33, 33]
    assert divided(10, [2, 1]) == [7, 3]
    assert divided(3, [0, 0]) == [2, 1]


def test_impossible_volumes_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        divided(-1, [1])
    with pytest.raises(ValueError, match="nothing to divide"):
        divided(1, [])


def test_what_is_owed() -> None:
    assert (Progress(40, 14).remaining, Progress(40, 14).share) == (26, 0.35)
    assert (Progress(40, 50).remaining, Progress(40, 50).share) == (0, 1.25)
    assert Progress(0, 0).share is None
