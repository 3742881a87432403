"""The order of a review: what speaks for a look adds up, is explained, and only grows as things get worse."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.review_order import ReviewInputs, explain, is_overdue, rank, risk

CALM = ReviewInputs(
    alarm=0,
    band="green",
    fall=0,
    is_late=False,
    value=0,
    median_value=100,
    days_since=0,
    standard_days=30,
    tier="B",
)
STANDINGS = st.builds(
    ReviewInputs,
    alarm=st.integers(0, 99),
    band=st.sampled_from(["red", "amber", "green", "unknown"]),
    fall=st.integers(-40, 60),
    is_late=st.booleans(),
    value=st.integers(0, 10_000),
    median_value=st.integers(0, 1000),
    days_since=st.none() | st.integers(0, 900),
    standard_days=st.sampled_from([0, 30, 90]),
    tier=st.sampled_from("ABCD"),
)


def test_a_calm_client_has_no_points() -> None:
    assert risk(CALM).points == 0
    assert explain(risk(CALM)) == ["nothing speaks for a look", "  0.0  in all"]


def test_the_parts_are_explained_and_add_up() -> None:
    found = risk(replace(CALM, alarm=70, band="red", fall=12, is_late=True, value=400, days_since=60))
    assert dict(found.parts) == {
        "gravest alarm": 70,
        "health red": 40,
        "health fell by 12 in four weeks": 12,
        "a request is late": 30,
        "pays 4.0 × the median": 20,
        "reviewed 60 days ago, standard 30": 20,
    }
    assert found.points == 192
    assert explain(found)[-1] == "192.0  in all"


@pytest.mark.parametrize(
    ("days", "standard", "overdue"),
    [(None, 30, True), (31, 30, True), (30, 30, False), (400, 0, False), (None, 0, False)],
)
def test_a_review_is_overdue_by_the_standard(days: int | None, standard: int, overdue: bool) -> None:
    assert is_overdue(replace(CALM, days_since=days, standard_days=standard)) is overdue


@given(STANDINGS)
def test_worse_is_never_later(standing: ReviewInputs) -> None:
    before = risk(standing)
    assert abs(before.points - sum(points for _, points in before.parts)) < 0.05
    worse = [
        replace(standing, alarm=99),
        replace(standing, band="red"),
        replace(standing, fall=standing.fall + 5),
        replace(standing, is_late=True),
        replace(standing, value=standing.value + 100),
    ]
    assert all(risk(each).points >= before.points for each in worse)


@given(STANDINGS, STANDINGS)
def test_the_order_is_total(first: ReviewInputs, second: ReviewInputs) -> None:
    places = [
        rank(risk(each), each, name, at) for at, (each, name) in enumerate([(first, "а"), (second, "б")])
    ]
    assert places[0] != places[1]
    if risk(first).points > risk(second).points:
        assert places[0] < places[1]
