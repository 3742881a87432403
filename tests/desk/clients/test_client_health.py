"""Which records make which signal of a client's health, and what caps it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import isclose

import pytest

from onewindow.metrics.health.score import (
    ACTIVE_WEIGHTS,
    BREACHED_URGENT,
    BROKEN_PROMISE,
    ONBOARDING_WEIGHTS,
    UNANSWERED_DETRACTOR,
    UNUSED_LICENCES,
    Signal,
    explain,
)
from onewindow.metrics.health.signals import (
    HealthInputs,
    SurveyAnswer,
    caps_of,
    health_of,
    signals_of,
    survey_value,
)
from onewindow.records.clients import STAGES

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOTHING = HealthInputs(1)
GOOD = HealthInputs(
    1,
    licences_bought=50,
    licences_active=48,
    last_used_on="2026-11-22",
    recent_requests=10,
    recent_breaches=1,
    survey=SurveyAnswer("2026-11-20T08:00:00Z", "nps", 9, 0, 10, False),
    met_on="2026-11-20",
    last_touch_at="2026-11-22T08:00:00Z",
    promises_kept=5,
)


def signal(facts: HealthInputs, name: str) -> Signal:
    return next(candidate for candidate in signals_of(facts, "active", NOW) if candidate.name == name)


def days_ago(days: int) -> str:
    return (NOW - timedelta(days=days)).date().isoformat()


def test_without_records_every_signal_is_missing_and_says_so() -> None:
    signals = signals_of(NOTHING, "active", NOW)
    assert {missing.name: missing.weight for missing in signals} == ACTIVE_WEIGHTS
    assert all(missing.value is None and missing.note for missing in signals)
    assert health_of(NOTHING, "active", NOW).band == "unknown"
    assert caps_of(NOTHING, NOW) == []


@pytest.mark.parametrize("stage", STAGES)
def test_the_weights_follow_the_stage(stage: str) -> None:
    weights = {weighted.name: weighted.weight for weighted in signals_of(GOOD, stage, NOW)}  # pyright: ignore[reportArgumentType]
    assert weights == (ONBOARDING_WEIGHTS if stage in ("handover", "onboarding") else ACTIVE_WEIGHTS)


@pytest.mark.parametrize(
    ("bought", "active", "used", "value"),
    [
        (50, 25, None, 0.5),
        (50, 60, None, 1.0),
        (50, 0, "2026-11-01", 0.0),
        (50, 0, None, None),
        (0, 5, None, None),
    ],
)
def test_adoption_is_active_of_bought(
    bought: int, active: int, used: str | None, value: float | None
) -> None:
    facts = HealthInputs(1, licences_bought=bought, licences_active=active, last_used_on=used)
    assert signal(facts, "adoption").value == value


@pytest.mark.parametrize(
    ("recent", "breached", "late", "value"),
    [(10, 0, 0, 1.0), (10, 2, 0, 0.8), (3, 1, 1, 0.5), (0, 0, 1, 0.0), (0, 0, 0, None)],
)
def test_support_counts_breaches_and_once_more_what_is_late_now(
    recent: int, breached: int, late: int, value: float | None
) -> None:
    facts = HealthInputs(1, recent_requests=recent, recent_breaches=breached, late_requests=late)
    assert signal(facts, "support").value == value


@pytest.mark.parametrize(("mood", "value"), [("angry", 0), ("worried", 0.35), ("calm", 0.75), ("glad", 1)])
def test_a_mood_ages_by_45_days(mood: str, value: float) -> None:
    sentiment = signal(HealthInputs(1, mood=mood, mood_on=days_ago(45)), "sentiment")
    assert (sentiment.value, sentiment.freshness) == (value, 0.5)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (SurveyAnswer("2026-07-26T00:00:00Z", "nps", 9, 0, 10, False), 0.9),
        (SurveyAnswer("2026-07-26T00:00:00Z", "csat", 4, 0, 5, False), 0.8),
        (SurveyAnswer("2026-07-26T00:00:00Z", "ces", 1, 0, 5, True), 0.8),
        (SurveyAnswer("2026-07-26T00:00:00Z", "ces", 1, 1, 7, True), 1.0),
        (SurveyAnswer("2026-07-26T00:00:00Z", "nps", 99, 0, 10, False), 1.0),
    ],
)
def test_a_survey_counts_on_its_own_scale_and_ages_by_120_days(answer: SurveyAnswer, value: float) -> None:
    assert isclose(survey_value(answer), value)
    sentiment = signal(HealthInputs(1, survey=answer), "sentiment")
    assert sentiment.value is not None
    assert isclose(sentiment.value, value)
    assert isclose(sentiment.freshness, 0.5)


def test_the_fresher_of_mood_and_survey_counts() -> None:
    answer = SurveyAnswer(f"{days_ago(60)}T00:00:00Z", "nps", 10, 0, 10, False)
    assert signal(HealthInputs(1, survey=answer, mood="angry", mood_on=days_ago(10)), "sentiment").value == 0
    # 30 days halve a mood by a third of a step and a survey by a quarter: now the answer is the fresher one.
    assert signal(HealthInputs(1, survey=answer, mood="angry", mood_on=days_ago(30)), "sentiment").value == 1


def test_a_scale_of_one_mark_says_nothing() -> None:
    answer = SurveyAnswer("2026-11-20T00:00:00Z", "nps", 3, 3, 3, False)
    assert signal(HealthInputs(1, survey=answer), "sentiment").value is None


def test_relationship_takes_the_better_of_meeting_and_touch() -> None:
    def both(met: int, touched: int) -> Signal:
        facts = HealthInputs(1, met_on=days_ago(met), last_touch_at=f"{days_ago(touched)}T08:00:00Z")
        return signal(facts, "relationship")

    assert (both(10, 1).value, both(10, 1).age_days) == (1.0, 10)
    assert (both(200, 1).value, both(200, 1).age_days) == (0.6, 1)
    assert both(60, 60).freshness == 0.5


def test_promises_are_the_kept_share_of_those_that_came_to_an_end() -> None:
    facts = HealthInputs(1, promises_kept=6, promises_broken=1, promises_overdue=1)
    assert signal(facts, "promises").value == 0.75


@pytest.mark.parametrize(("done", "overdue", "value"), [(6, 2, 0.75), (0, 0, 1.0), (0, 3, 0.0)])
def test_onboarding_is_what_is_done_of_what_was_due(done: int, overdue: int, value: float) -> None:
    facts = HealthInputs(1, plan_steps=8, plan_steps_done=done, plan_steps_overdue=overdue)
    assert signal(facts, "onboarding").value == value


def test_each_cap_has_its_cause() -> None:
    assert caps_of(replace(NOTHING, late_urgent_requests=1), NOW) == [BREACHED_URGENT]
    assert caps_of(replace(NOTHING, promises_broken_lately=1), NOW) == [BROKEN_PROMISE]
    assert caps_of(replace(NOTHING, promises_broken=3), NOW) == []
    assert caps_of(replace(NOTHING, unanswered_detractors=1), NOW) == [UNANSWERED_DETRACTOR]
    assert caps_of(replace(GOOD, last_used_on=days_ago(30)), NOW) == [UNUSED_LICENCES]
    assert caps_of(replace(GOOD, last_used_on=days_ago(29)), NOW) == []
    assert caps_of(replace(GOOD, last_used_on=days_ago(90), licences_bought=0), NOW) == []


def test_a_good_client_is_green_and_one_broken_promise_makes_him_red() -> None:
    good = health_of(GOOD, "active", NOW)
    assert good.band == "green"
    assert good.coverage > 0.9
    broken = health_of(replace(GOOD, promises_broken=1, promises_broken_lately=1), "active", NOW)
    assert (broken.score, broken.band, broken.caps) == (49, "red", (BROKEN_PROMISE,))
    assert any("a promise is broken" in line for line in explain(broken))


def test_a_band_is_held_by_the_one_before() -> None:
    facts = replace(GOOD, licences_active=23, recent_breaches=3)
    free = health_of(facts, "active", NOW)
    held = health_of(facts, "active", NOW, "green")
    assert free.score is not None
    assert 72 < free.score <= 75
    assert (free.band, held.band) == ("amber", "green")


def test_a_lost_client_has_no_health() -> None:
    assert health_of(GOOD, "lost", NOW).score is None


def test_something_dated_in_the_future_is_as_fresh_as_today() -> None:
    assert signal(HealthInputs(1, mood="glad", mood_on="2027-01-01"), "sentiment").freshness == 1
