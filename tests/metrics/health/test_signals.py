"""Which fact becomes which signal of health, and which caps it: each on its boundary, with its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from onewindow.metrics.health.score import (
    ACTIVE_WEIGHTS,
    BREACHED_URGENT,
    BROKEN_PROMISE,
    ONBOARDING_WEIGHTS,
    UNANSWERED_DETRACTOR,
    UNUSED_LICENCES,
    Cap,
)
from onewindow.metrics.health.signals import (
    HealthInputs,
    SurveyAnswer,
    caps_of,
    health_of,
    signals_of,
    survey_value,
)

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=UTC)
MISSING = {
    "adoption": "no use of licences is recorded",
    "support": "no requests in 90 days",
    "sentiment": "no mood noted and no survey answered",
    "relationship": "no meeting and no touch yet",
    "promises": "no promise is due or settled yet",
    "onboarding": "no plan is running",
}
NPS_3 = SurveyAnswer("2026-11-20T10:00:00Z", "nps", 3, 0, 10, lower_is_better=False)
CES_1 = SurveyAnswer("2026-07-26T10:00:00Z", "ces", 1, 0, 5, lower_is_better=True)

Told = tuple[str, float | None, float, float | None, str]


def told(facts: HealthInputs, stage: str = "active") -> dict[str, Told]:
    return {
        each.name: (each.name, each.value, each.age_days, each.half_life_days, each.note)
        for each in signals_of(facts, stage, NOW)  # pyright: ignore[reportArgumentType]
    }


def test_without_any_record_every_signal_is_missing_and_says_why() -> None:
    assert told(HealthInputs(1)) == {name: (name, None, 0.0, None, note) for name, note in MISSING.items()}
    assert caps_of(HealthInputs(1), NOW) == []


@pytest.mark.parametrize(
    ("facts", "value", "age", "half_life", "note"),
    [
        (HealthInputs(1, licences_bought=4, licences_active=3), 0.75, 0, None, "3 of 4 licences in use"),
        (HealthInputs(1, licences_bought=4, licences_active=5), 1.0, 0, None, "5 of 4 licences in use"),
        (HealthInputs(1, licences_bought=4, licences_active=-1), 0.0, 0, None, "-1 of 4 licences in use"),
        (HealthInputs(1, licences_bought=1, last_used_on="2026-11-01"), 0, 0, None, "0 of 1 licences in use"),
        (HealthInputs(1, licences_bought=1), None, 0, None, MISSING["adoption"]),
        (HealthInputs(1, licences_active=2), None, 0, None, MISSING["adoption"]),
    ],
)
def test_adoption_is_what_is_used_of_what_was_bought(
    facts: HealthInputs, value: float | None, age: float, half_life: float | None, note: str
) -> None:
    assert told(facts)["adoption"] == ("adoption", value, age, half_life, note)


@pytest.mark.parametrize(
    ("recent", "breaches", "late", "value", "note"),
    [
        (4, 1, 0, 0.75, "1 of 4 late in 90 days, 0 late now"),
        (4, 1, 2, 0.5, "1 of 4 late in 90 days, 2 late now"),
        (0, 0, 1, 0.0, "0 of 0 late in 90 days, 1 late now"),
        (1, 0, 0, 1.0, "0 of 1 late in 90 days, 0 late now"),
    ],
)
def test_support_is_what_was_in_time_of_all_asked_and_of_what_is_late_now(
    recent: int, breaches: int, late: int, value: float, note: str
) -> None:
    facts = HealthInputs(1, recent_requests=recent, recent_breaches=breaches, late_requests=late)
    assert told(facts)["support"] == ("support", value, 0, None, note)


@pytest.mark.parametrize(
    ("mood", "value"), [("angry", 0.0), ("worried", 0.35), ("calm", 0.75), ("glad", 1.0)]
)
def test_each_mood_has_its_value_and_ages_by_45_days(mood: str, value: float) -> None:
    facts = HealthInputs(1, mood=mood, mood_on="2026-11-13")
    assert told(facts)["sentiment"] == ("sentiment", value, 10, 45, f"mood {mood} 10 d ago")
    assert told(replace(facts, mood_on=None))["sentiment"][1] is None
    assert told(replace(facts, mood=""))["sentiment"][1] is None
    # A day that is still to come has no age.
    assert told(replace(facts, mood_on="2026-12-01"))["sentiment"][2] == 0


def test_the_fresher_of_mood_and_survey_counts_each_by_its_own_half_life() -> None:
    survey = told(HealthInputs(1, survey=NPS_3))["sentiment"]
    assert survey == ("sentiment", 0.3, 3, 120, "NPS 3 of 10 3 d ago")
    old = told(HealthInputs(1, survey=CES_1))["sentiment"]
    assert old == ("sentiment", 0.8, 120, 120, "CES 1 of 5 120 d ago")
    # After 120 days an answer is half as fresh, a mood is so after 45.
    for mood_on, expected in (("2026-10-10", "mood calm 44 d ago"), ("2026-10-08", "CES 1 of 5 120 d ago")):
        facts = HealthInputs(1, survey=CES_1, mood="calm", mood_on=mood_on)
        assert told(facts)["sentiment"][4] == expected


@pytest.mark.parametrize(
    ("score", "lowest", "highest", "lower_is_better", "value"),
    [
        (0, 0, 10, False, 0.0),
        (10, 0, 10, False, 1.0),
        (4, 1, 7, False, 0.5),
        (0, 0, 5, True, 1.0),
        (5, 0, 5, True, 0.0),
        (2, 1, 5, True, 0.75),
        (12, 0, 10, False, 1.0),
        (-1, 0, 10, False, 0.0),
    ],
)
def test_an_answer_is_a_share_of_its_own_scale(
    score: int, lowest: int, highest: int, lower_is_better: bool, value: float
) -> None:
    answer = SurveyAnswer("2026-11-20", "csat", score, lowest, highest, lower_is_better)
    assert survey_value(answer) == value


def test_an_answer_on_a_scale_of_one_point_says_nothing() -> None:
    facts = HealthInputs(1, survey=replace(NPS_3, scale_max=0))
    assert told(facts)["sentiment"][4] == MISSING["sentiment"]


def test_a_meeting_counts_more_than_a_touch_until_it_is_much_older() -> None:
    met = HealthInputs(1, met_on="2026-09-24")
    assert told(met)["relationship"] == ("relationship", 1.0, 60, 60, "met 60 d ago")
    touched = HealthInputs(1, last_touch_at="2026-11-22T23:00:00Z")
    assert told(touched)["relationship"] == ("relationship", 0.6, 1, 60, "in touch 1 d ago")
    both = replace(met, last_touch_at="2026-11-22T23:00:00Z")
    assert told(both)["relationship"][4] == "in touch 1 d ago"
    assert told(replace(both, met_on="2026-10-24"))["relationship"][4] == "met 30 d ago"


def test_promises_kept_of_all_that_are_settled_or_over() -> None:
    facts = HealthInputs(1, promises_kept=3, promises_broken=2, promises_overdue=1)
    assert told(facts)["promises"] == ("promises", 0.5, 0, None, "3 kept, 2 broken, 1 overdue")
    for one in ("promises_kept", "promises_broken", "promises_overdue"):
        kept = told(HealthInputs(1, **{one: 1}))["promises"][1]  # pyright: ignore[reportArgumentType]
        assert kept == (one == "promises_kept")


def test_steps_done_of_what_was_due_and_all_well_while_nothing_is() -> None:
    facts = HealthInputs(1, plan_steps=8, plan_steps_done=3, plan_steps_overdue=1)
    assert told(facts)["onboarding"] == ("onboarding", 0.75, 0, None, "3 of 8 steps done, 1 overdue")
    waiting = told(HealthInputs(1, plan_steps=8))["onboarding"]
    assert waiting == ("onboarding", 1.0, 0, None, "0 of 8 steps done, 0 overdue")


@pytest.mark.parametrize(
    ("stage", "weights"),
    [
        ("handover", ONBOARDING_WEIGHTS),
        ("onboarding", ONBOARDING_WEIGHTS),
        ("active", ACTIVE_WEIGHTS),
        ("leaving", ACTIVE_WEIGHTS),
    ],
)
def test_a_stage_decides_the_weights_in_their_order(stage: str, weights: dict[str, float]) -> None:
    signals = signals_of(HealthInputs(1), stage, NOW)  # pyright: ignore[reportArgumentType]
    assert [(each.name, each.weight) for each in signals] == list(weights.items())
    own = signals_of(HealthInputs(1), "active", NOW, dict.fromkeys(weights, 7))
    assert [each.weight for each in own] == [7] * 6


def test_the_weights_of_a_client_add_up_to_a_hundred() -> None:
    assert list(ACTIVE_WEIGHTS.values()) == [35, 20, 15, 15, 10, 5]
    assert list(ONBOARDING_WEIGHTS.values()) == [25, 15, 5, 15, 0, 40]


@pytest.mark.parametrize(
    ("facts", "caps"),
    [
        (HealthInputs(1, late_urgent_requests=1), [BREACHED_URGENT]),
        (HealthInputs(1, promises_broken_lately=1), [BROKEN_PROMISE]),
        (HealthInputs(1, promises_broken=1), []),
        (HealthInputs(1, unanswered_detractors=1), [UNANSWERED_DETRACTOR]),
        (HealthInputs(1, licences_bought=1, last_used_on="2026-10-25"), []),
        (HealthInputs(1, licences_bought=1, last_used_on="2026-10-24"), [UNUSED_LICENCES]),
        (HealthInputs(1, last_used_on="2026-10-24"), []),
        (HealthInputs(1, licences_bought=1), []),
        (
            HealthInputs(1, late_urgent_requests=1, promises_broken_lately=1, unanswered_detractors=2),
            [BREACHED_URGENT, BROKEN_PROMISE, UNANSWERED_DETRACTOR],
        ),
    ],
)
def test_what_caps_health(facts: HealthInputs, caps: list[Cap]) -> None:
    assert caps_of(facts, NOW) == caps


def test_each_cap_has_its_limit_and_its_words() -> None:
    caps = (BREACHED_URGENT, BROKEN_PROMISE, UNANSWERED_DETRACTOR, UNUSED_LICENCES)
    assert [(cap.limit, cap.reason) for cap in caps] == [
        (49, "an urgent request is open and breached"),
        (49, "a promise is broken"),
        (59, "a detractor has no answer yet"),
        (59, "paid licences unused for 30 days"),
    ]


def test_a_lost_client_has_no_health() -> None:
    facts = HealthInputs(1, licences_bought=4, licences_active=4, late_urgent_requests=1)
    lost = health_of(facts, "lost", NOW)
    assert (lost.score, lost.band, lost.contributions, lost.caps) == (None, "unknown", (), ())


@pytest.mark.parametrize(("previous", "band"), [("green", "green"), ("amber", "amber"), (None, "green")])
def test_the_band_of_before_is_kept_near_its_border(previous: str | None, band: str) -> None:
    facts = HealthInputs(1, licences_bought=100, licences_active=77, last_touch_at=None)
    even = dict.fromkeys(ACTIVE_WEIGHTS, 0) | {"adoption": 1}
    health = health_of(facts, "active", NOW, previous, even)  # pyright: ignore[reportArgumentType]
    assert (health.score, health.band) == (77, band)


def test_a_client_without_any_record_is_blank() -> None:
    assert HealthInputs(7).are_blank
    assert not HealthInputs(7, plan_steps=1).are_blank
