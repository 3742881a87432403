"""Whether more clients speak of something than before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.feedback.ranking import sums_of
from onewindow.metrics.feedback.trend import Trend, trend
from onewindow.metrics.intervals import wilson

TODAY = date(2026, 11, 25)
SPOKEN = st.lists(
    st.tuples(st.integers(1, 9), st.integers(-5, 400).map(lambda days: TODAY - timedelta(days=days))),
    max_size=40,
)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(-1, (0, 0)), (0, (1, 0)), (89, (1, 0)), (90, (0, 1)), (179, (0, 1)), (180, (0, 0))],
)
def test_two_windows_of_ninety_days_lie_side_by_side(days: int, expected: tuple[int, int]) -> None:
    assert trend([(1, TODAY - timedelta(days=days))], TODAY) == expected


@pytest.mark.parametrize(
    ("recent", "before", "direction"),
    [
        (0, 0, "none"),
        (3, 0, "no evidence of change"),
        (4, 0, "rising"),
        (0, 4, "falling"),
        (8, 3, "no evidence of change"),
        (9, 2, "rising"),
    ],
)
def test_a_direction_needs_an_interval_without_one_half(recent: int, before: int, direction: str) -> None:
    assert Trend(recent, before).direction == direction


@given(SPOKEN)
def test_who_repeats_counts_once_in_a_window(spoken: list[tuple[int, date]]) -> None:
    once = trend(spoken, TODAY)
    assert trend(spoken * 3, TODAY) == once
    assert max(once) <= len({client for client, _ in spoken})
    if (share := once.share) is not None:
        assert share == wilson(once.recent, once.recent + once.before)


VALUES = st.dictionaries(
    st.integers(1, 6), st.dictionaries(st.sampled_from(["RUB", "EUR", "BGN"]), st.integers(-99, 9999))
)


@given(st.lists(st.integers(1, 8)), VALUES, st.sets(st.integers(1, 8)))
def test_what_clients_pay_is_summed_once_for_each(
    clients: list[int], values: dict[int, dict[str, int]], at_risk: set[int]
) -> None:
    sums = sums_of(clients, values)
    for currency, amount in sums.items():
        assert amount == sum(values.get(client, {}).get(currency, 0) for client in set(clients))
    assert list(sums.values()) == sorted(sums.values(), reverse=True)
    part, rest = sums_of(clients, values, at_risk), sums_of(set(clients) - at_risk, values)
    assert all(part.get(each, 0) + rest.get(each, 0) == amount for each, amount in sums.items())
