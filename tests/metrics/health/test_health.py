"""Health: the weighted mean, coverage, caps, sticky bands and its own explanation; and silence."""

from __future__ import annotations

from dataclasses import replace
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.health.score import (
    ACTIVE_WEIGHTS,
    BREACHED_URGENT,
    BROKEN_PROMISE,
    ONBOARDING_WEIGHTS,
    SURVEY_HALF_LIFE_DAYS,
    UNANSWERED_DETRACTOR,
    UNUSED_LICENCES,
    Band,
    Cap,
    Signal,
    band_of,
    explain,
    health,
    moved,
    points_of,
)
from onewindow.metrics.health.silence import radar, silence


def level(value: float | None) -> list[Signal]:
    return [Signal(name, value, weight) for name, weight in ACTIVE_WEIGHTS.items()]


def test_the_weights_add_up_to_a_hundred() -> None:
    assert sum(ACTIVE_WEIGHTS.values()) == sum(ONBOARDING_WEIGHTS.values()) == 100
    assert set(ACTIVE_WEIGHTS) == set(ONBOARDING_WEIGHTS)


def test_a_missing_signal_takes_no_part_and_lowers_coverage() -> None:
    found = health([Signal("a", 0.8, 60), Signal("b", 0.4, 20), Signal("c", None, 20)])
    assert round(found.score or 0, 9) == 70
    assert (found.coverage, found.band) == (0.8, "amber")


def test_an_aged_signal_counts_for_less() -> None:
    fresh, aged = Signal("a", 1, 50), Signal("b", 0, 50, 120, SURVEY_HALF_LIFE_DAYS)
    found = health([fresh, aged])
    assert round(found.score or 0, 2) == 66.67
    assert found.coverage == 0.75


@pytest.mark.parametrize(("known", "band"), [(49, "unknown"), (50, "green")])
def test_less_than_half_covered_is_unknown(known: float, band: Band) -> None:
    found = health([Signal("a", 1, known), Signal("b", None, 100 - known)])
    assert found.band == band
    assert (found.score is None) == (band == "unknown")


def test_without_signals_or_weights_health_is_unknown() -> None:
    for signals in ([], [Signal("a", 1, 0)], level(None)):
        found = health(signals, [BROKEN_PROMISE])
        assert (found.score, found.coverage, found.band) == (None, 0, "unknown")


@pytest.mark.parametrize(
    ("cap", "limit", "band"),
    [(BREACHED_URGENT, 49, "red"), (BROKEN_PROMISE, 49, "red"), (UNANSWERED_DETRACTOR, 59, "amber")],
)
def test_a_cap_holds_health_down_and_is_named(cap: Cap, limit: float, band: Band) -> None:
    found = health(level(0.9), [UNUSED_LICENCES, cap], previous_band="green")
    assert (found.score, found.band) == (limit, band)
    assert round(found.raw or 0, 9) == 90
    assert cap in found.caps
    assert f"at most {limit:.0f}: {cap.reason}" in explain(found)


def test_a_cap_above_the_score_does_nothing() -> None:
    found = health(level(0.4), [BROKEN_PROMISE])
    assert round(found.score or 0, 9) == 40
    assert found.caps == ()


def test_a_sticky_band_does_not_soften_a_cap() -> None:
    assert health(level(0.48), previous_band="amber").band == "amber"
    assert health(level(0.48), [BROKEN_PROMISE], previous_band="amber").band == "red"


@pytest.mark.parametrize(
    ("score", "previous", "band"),
    [
        (50, None, "red"),
        (50.1, None, "amber"),
        (75, None, "amber"),
        (75.1, "unknown", "green"),
        (53, "red", "red"),
        (53.1, "red", "amber"),
        (78, "red", "amber"),
        (78.1, "red", "green"),
        (47, "amber", "red"),
        (47.1, "amber", "amber"),
        (78, "amber", "amber"),
        (78.1, "amber", "green"),
        (72, "green", "amber"),
        (72.1, "green", "green"),
        (48, "green", "amber"),
        (47, "green", "red"),
    ],
)
def test_bands_hold_for_three_points(score: float, previous: Band | None, band: Band) -> None:
    assert band_of(score, previous) == band


def test_what_moved_since_the_last_snapshot() -> None:
    before = health([Signal("adoption", 0.8, 50), Signal("support", 0.5, 50), Signal("gone", 1, 0)])
    after = health([Signal("adoption", 0.5, 50), Signal("support", 0.6, 50)])
    assert [(name, round(change, 9)) for name, change in moved(points_of(before), after)] == [
        ("adoption", -15),
        ("support", 5),
    ]


def test_it_explains_itself() -> None:
    before = health([Signal("adoption", 1, 60), Signal("mood", 0.5, 20)])
    found = health(
        [
            Signal("adoption", 0.8, 60, note="48 of 50 licences used"),
            Signal("mood", 0.5, 20, 45, 45),
            Signal("survey", None, 20),
        ],
        [UNUSED_LICENCES],
    )
    assert explain(found, points_of(before)) == [
        "adoption: 68.6 of 85.7 points, value 0.80, weight 60, 48 of 50 licences used",
        "mood: 7.1 of 14.3 points, value 0.50, weight 20 x freshness 0.50",
        "survey: no data, weight 20",
        "coverage 70 %",
        "since the last snapshot: adoption -6.4",
        "since the last snapshot: mood -5.4",
        "before caps 76",
        "at most 59: paid licences unused for 30 days",
        "health 59 amber",
    ]
    assert explain(health([Signal("adoption", 0.5, 60)])) == [
        "adoption: 50.0 of 100.0 points, value 0.50, weight 60",
        "coverage 100 %",
        "health 50 red",
    ]
    assert explain(health(level(None)))[-1] == "health unknown: less than 50 % of the weight is covered"


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": 1.1},
        {"value": -0.1},
        {"value": float("nan")},
        {"weight": -1},
        {"weight": float("inf")},
        {"age_days": -1},
        {"half_life_days": 0},
    ],
)
def test_a_senseless_signal_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="mood"):
        replace(Signal("mood", 0.5, 1), **wrong)


signals = st.lists(
    st.builds(
        Signal,
        st.sampled_from(("a", "b", "c")),
        st.none() | st.floats(0, 1),
        st.floats(0, 1e308),
        st.floats(0, 1000),
        st.none() | st.floats(1, 400),
    ),
    max_size=6,
)
some_caps = st.lists(st.sampled_from((BREACHED_URGENT, UNANSWERED_DETRACTOR)), max_size=2)
bands = st.sampled_from((None, "red", "amber", "green", "unknown"))


@given(signals, some_caps, bands)
def test_health_stays_within_its_scale(parts: list[Signal], caps: list[Cap], previous: Band | None) -> None:
    found = health(parts, caps, previous)
    assert 0 <= found.coverage <= 1 + 1e-9
    assert (found.score is None) == (found.band == "unknown")
    if found.score is None:
        return
    assert 0 <= found.score <= min([100, *(cap.limit for cap in caps)])
    assert isclose(sum(part.possible for part in found.contributions), 100)
    assert found.band != "green" or not caps


def test_silence_of_a_talkative_client_is_a_warning() -> None:
    quiet = silence([4, 5, 3, 6, 4, 5], 0)
    assert quiet is not None
    assert (quiet.expected, quiet.warning) == (4.5, True)
    usual = silence([4, 5, 3, 6, 4, 5], 3)
    assert usual is not None
    assert not usual.warning


def test_a_client_who_was_always_quiet_is_no_warning() -> None:
    found = silence([0, 1, 0, 0, 1, 0], 0)
    assert found is not None
    assert not found.warning


def test_the_prediction_follows_the_part_of_the_period_that_is_over() -> None:
    early, late = silence([4] * 12, 0, 0.1), silence([4] * 12, 0, 1.0)
    assert early is not None
    assert late is not None
    assert isclose(early.expected, 0.4)
    assert (early.warning, late.warning) == (False, True)


def test_the_chance_of_none_is_that_of_the_negative_binomial() -> None:
    found = silence([2] * 10, 0)
    assert found is not None
    assert isclose(found.probability, (10 / 11) ** 20.5)


def test_too_short_a_history_predicts_nothing() -> None:
    assert silence([4] * 5, 0) is None
    assert silence([4] * 6, 0, 0) is None
    assert radar([0, 0, *[4] * 5]) is None
    with pytest.raises(ValueError, match="negative"):
        silence([4] * 6, -1)


@given(st.lists(st.integers(0, 50), min_size=6, max_size=30), st.integers(0, 60))
def test_fewer_is_never_more_likely(history: list[int], seen: int) -> None:
    fewer, more = silence(history, seen), silence(history, seen + 1)
    assert fewer is not None
    assert more is not None
    assert 0 <= fewer.probability <= more.probability <= 1
