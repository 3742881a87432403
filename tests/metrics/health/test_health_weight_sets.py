"""Published sets of weights give the right score, whatever they sum to.

Sources: the program's own sets (active and onboarding); “Customer health score calculator” of
saastainednumbers.com, whose weights are shares that sum to 1 (usage 0.35, NPS 0.25, support 0.20, engagement
0.20); “Health Score Calculation”, a model of points in a public Notion page (usage 40, support 30, NPS 30).
The sets of 90 and 110 are the same with the slips that people make: a signal left out of the sheet, and one
added without taking from the others. Each expected score is worked out by hand as sum(w s) / sum(w).
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.metrics.health.score import (
    ACTIVE_WEIGHTS,
    BREACHED_URGENT,
    HYSTERESIS,
    MIN_COVERAGE,
    ONBOARDING_WEIGHTS,
    UNUSED_LICENCES,
    Band,
    Health,
    Signal,
    band_of,
    health,
)

VALUES = {
    "adoption": 0.8,
    "support": 0.5,
    "sentiment": 0.4,
    "relationship": 0.6,
    "promises": 1.0,
    "onboarding": 0.9,
    "usage": 0.8,
    "nps": 0.5,
    "engagement": 0.4,
}
SHARES = {"usage": 0.35, "nps": 0.25, "support": 0.20, "engagement": 0.20}
POINTS = {"usage": 40.0, "support": 30.0, "nps": 30.0}
SETS: dict[str, tuple[Mapping[str, float], float]] = {
    # 35·.8 + 20·.5 + 15·.4 + 15·.6 + 10·1 + 5·.9 = 67.5 of 100
    "active, 100": (ACTIVE_WEIGHTS, 67.5),
    # 25·.8 + 15·.5 + 5·.4 + 15·.6 + 0·1 + 40·.9 = 74.5 of 100
    "onboarding, 100": (ONBOARDING_WEIGHTS, 74.5),
    # .35·.8 + .25·.5 + .2·.5 + .2·.4 = .585 of 1
    "shares, 1.0": (SHARES, 58.5),
    # 40·.8 + 30·.5 + 30·.5 = 62 of 100
    "points, 100": (POINTS, 62.0),
    # without the promises: 57.5 of 90
    "active without promises, 90": ({**ACTIVE_WEIGHTS, "promises": 0}, 57.5 / 0.9),
    # with ten points for engagement: 66 of 110
    "points and engagement, 110": ({**POINTS, "engagement": 10}, 66 / 1.1),
}


def judged(weights: Mapping[str, float], scale: float = 1.0, **missing: None) -> Health:
    return health(
        Signal(name, None if name in missing else VALUES[name], weight * scale)
        for name, weight in weights.items()
    )


@pytest.mark.parametrize("name", SETS)
def test_a_published_set_gives_the_weighted_mean(name: str) -> None:
    weights, score = SETS[name]
    found = judged(weights)
    assert found.score is not None
    assert isclose(found.score, score)
    assert (found.coverage, found.band) == (1.0, band_of(score))
    assert isclose(sum(part.points for part in found.contributions), score)


def test_the_sets_sum_to_what_they_are_called() -> None:
    for name, (weights, _) in SETS.items():
        assert isclose(sum(weights.values()), float(name.rpartition(" ")[2]))


@pytest.mark.parametrize("name", SETS)
def test_a_missing_signal_leaves_the_mean_of_the_others(name: str) -> None:
    weights, _ = SETS[name]
    found = judged(weights, support=None)
    rest = {each: weight for each, weight in weights.items() if each != "support"}
    left = sum(rest.values())
    assert found.score is not None
    assert isclose(found.score, 100 * sum(w * VALUES[each] for each, w in rest.items()) / left)
    assert isclose(found.coverage, left / sum(weights.values()))


@given(name=st.sampled_from(sorted(SETS)), scale=st.floats(1e-6, 1e6))
def test_only_the_ratio_of_weights_counts(name: str, scale: float) -> None:
    weights, score = SETS[name]
    found = judged(weights, scale)
    assert found.score is not None
    assert isclose(found.score, score, rel_tol=1e-9)
    assert found.band == judged(weights).band


parts = st.lists(
    st.tuples(st.floats(0, 1), st.floats(0.01, 1000), st.floats(0, 400), st.booleans()),
    min_size=1,
    max_size=6,
)


@given(parts)
def test_the_raw_score_lies_between_the_worst_and_the_best_signal(
    found: list[tuple[float, float, float, bool]],
) -> None:
    signals = [
        Signal(str(place), None if is_missing else value, weight, age, 60.0)
        for place, (value, weight, age, is_missing) in enumerate(found)
    ]
    known = [signal.value for signal in signals if signal.value is not None]
    result = health(signals)
    assert (result.score is not None) == (bool(known) and result.coverage >= MIN_COVERAGE)
    if result.score is not None:
        assert 100 * min(known) - 1e-6 <= result.score <= 100 * max(known) + 1e-6


@given(parts, st.sets(st.sampled_from((BREACHED_URGENT, UNUSED_LICENCES))))
def test_a_cap_never_raises_and_always_holds(
    found: list[tuple[float, float, float, bool]], caps: set[object]
) -> None:
    signals = [Signal(str(place), value, weight) for place, (value, weight, _, _) in enumerate(found)]
    limits = [cap for cap in (BREACHED_URGENT, UNUSED_LICENCES) if cap in caps]
    free, held = health(signals), health(signals, limits)
    assert free.score is not None
    assert held.score == min([free.score, *(cap.limit for cap in limits)])


@given(st.floats(0, 100), st.sampled_from(("red", "amber", "green")))
def test_a_band_changes_only_beyond_the_mercy_and_then_for_good(score: float, before: Band) -> None:
    after = band_of(score, before)
    if after != before:
        assert band_of(score, after) == after
        border = {"red": 50.0, "green": 75.0}.get(before, 50.0 if score < 62 else 75.0)
        assert abs(score - border) >= HYSTERESIS
