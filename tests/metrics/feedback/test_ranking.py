"""What wishes are worth."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.feedback.ranking import Opinion, latest, ranking, recency, relative_values, weight

TODAY = date(2026, 11, 25)
OPINIONS = st.lists(
    st.builds(
        Opinion,
        client_id=st.integers(1, 6),
        feature_id=st.integers(1, 5),
        importance=st.integers(0, 3),
        said_on=st.integers(0, 1500).map(lambda days: TODAY - timedelta(days=days)),
    ),
    max_size=30,
)
WEIGHTS = st.dictionaries(st.integers(1, 6), st.floats(0.5, 3.0))


@pytest.mark.parametrize(
    ("relative", "expected"), [(0, 0.5), (-1, 0.5), (0.25, 0.5), (1, 1), (4, 2), (9, 3), (10_000, 3)]
)
def test_weight_is_the_root_between_a_half_and_three(relative: float, expected: float) -> None:
    assert weight(relative) == expected


@pytest.mark.parametrize(("days", "expected"), [(0, 1), (365, 0.5), (730, 0.25), (-30, 1)])
def test_an_opinion_halves_every_year(days: int, expected: float) -> None:
    assert recency(TODAY - timedelta(days=days), TODAY) == expected


def test_values_are_compared_with_the_median_of_their_currency() -> None:
    values = {1: {"RUB": 100}, 2: {"RUB": 300}, 3: {"RUB": 200, "EUR": 50}, 4: {}, 5: {"RUB": -20}}
    assert relative_values(values) == {1: 0.5, 2: 1.5, 3: 2.0, 4: 0.0, 5: 0.0}


def test_a_heavy_client_lifts_a_feature_that_more_clients_want() -> None:
    opinions = [Opinion(1, 10, 3, TODAY), *(Opinion(client, 20, 2, TODAY) for client in (2, 3))]
    first, second = ranking(opinions, {1: 3.0, 2: 1.0, 3: 0.5}, TODAY)
    assert (first.feature_id, first.impact, first.rank, first.plain_rank) == (10, 9.0, 1, 2)
    assert (second.feature_id, second.impact, second.clients, second.importance) == (20, 3.0, 2, 4)


def test_equal_impacts_share_a_place_and_the_next_one_is_left_out() -> None:
    opinions = [Opinion(1, 10, 1, TODAY), Opinion(1, 20, 1, TODAY), Opinion(1, 30, 0, TODAY)]
    assert [each.rank for each in ranking(opinions, {1: 1.0}, TODAY)] == [1, 1, 3]


def test_the_latest_importance_of_a_client_wins() -> None:
    old, new = Opinion(1, 10, 3, TODAY - timedelta(days=9)), Opinion(1, 10, 1, TODAY)
    assert latest([new, old]) == [new]
    assert latest([Opinion(1, 10, 2, TODAY), new]) == [new]


@given(OPINIONS, WEIGHTS)
def test_every_feature_that_somebody_spoke_of_has_one_place(
    opinions: list[Opinion], weights: dict[int, float]
) -> None:
    ranks = ranking(opinions, weights, TODAY)
    assert sorted(each.feature_id for each in ranks) == sorted({each.feature_id for each in opinions})
    assert [each.impact for each in ranks] == sorted((each.impact for each in ranks), reverse=True)
    for each in ranks:
        assert each.rank == 1 + sum(other.impact > each.impact for other in ranks)
        assert each.plain_rank == 1 + sum(other.plain_impact > each.plain_impact for other in ranks)
        assert 0.5 * each.plain_impact <= each.impact + 1e-9
        assert each.impact <= 3 * each.plain_impact + 1e-9


@given(OPINIONS, st.integers(1, 6))
def test_who_repeats_himself_does_not_count_twice(opinions: list[Opinion], times: int) -> None:
    once = ranking(opinions, {}, TODAY)
    assert ranking(opinions * times, {}, TODAY) == once


@given(OPINIONS, WEIGHTS, st.integers(1, 800))
def test_time_alone_changes_no_order(opinions: list[Opinion], weights: dict[int, float], days: int) -> None:
    now = {each.feature_id: each.impact for each in ranking(opinions, weights, TODAY)}
    later = ranking(opinions, weights, TODAY + timedelta(days=days))
    shrunk = 2 ** (-days / 365)
    assert all(math.isclose(each.impact, now[each.feature_id] * shrunk, abs_tol=1e-9) for each in later)


@given(OPINIONS, WEIGHTS)
def test_all_weights_one_give_the_plain_places(opinions: list[Opinion], weights: dict[int, float]) -> None:
    plain = {each.feature_id: each.plain_rank for each in ranking(opinions, weights, TODAY)}
    even = ranking(opinions, dict.fromkeys(range(1, 7), 1.0), TODAY)
    assert {each.feature_id: each.rank for each in even} == plain
