"""A client's health from his records: which fact becomes which signal, and what caps the score.

| signal | value from 0 (bad) to 1 (good) | ages with |
|---|---|---|
| adoption | active users / licences bought, 1 at most; missing until some use is recorded | no |
| support | (requests of 90 days − breached ones) / (requests of 90 days + open late ones) | no |
| sentiment | mood: angry 0, worried 0.35, calm 0.75, glad 1 | 45 days |
|  | or survey: the mark on its own scale, turned round where low is better | 120 days |
|  | the fresher of the two | |
| relationship | a meeting or visit 1, any other touch 0.6; the better of the two after ageing | 60 days |
| promises | kept / (kept + broken + overdue) | no |
| onboarding | steps done / (steps done + overdue), of the running plans; 1 while nothing was due yet | no |

A signal without any such record is missing: it takes no part in the mean and lowers the coverage. The
weights are those of an onboarding client in the stages handover and onboarding, else those of an active one;
a department may have sets of its own for each tier (`desk/health/weights.py`).
Lost clients have no health.

| cap | limit | while |
|---|---|---|
| breached urgent request | 49 | an urgent request is open and late |
| broken promise | 49 | one was broken in the last 90 days, or at a time nobody wrote down |
| unanswered detractor | 59 | an NPS mark of 6 or less has no follow-up task, or the task is open |
| unused licences | 59 | licences are paid and their last recorded use is 30 days ago or more |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from onewindow.metrics.health.score import (
    ACTIVE_WEIGHTS,
    BREACHED_URGENT,
    BROKEN_PROMISE,
    MEETING_HALF_LIFE_DAYS,
    MOOD_HALF_LIFE_DAYS,
    ONBOARDING_WEIGHTS,
    SURVEY_HALF_LIFE_DAYS,
    UNANSWERED_DETRACTOR,
    UNUSED_LICENCES,
    Band,
    Cap,
    Health,
    Signal,
    health,
)
from onewindow.records.clients import Client, Stage
from onewindow.store.engine import Store
from onewindow.store.health import inputs, snapshots
from onewindow.store.health.inputs import HealthFacts, SurveyAnswer
from onewindow.text.dates import utc_text

UNUSED_AFTER_DAYS = 30
MOOD_VALUES: Mapping[str, float] = {"angry": 0.0, "worried": 0.35, "calm": 0.75, "glad": 1.0}
MEETING_VALUE = 1.0
TOUCH_VALUE = 0.6


def client_health(
    store: Store,
    client: Client,
    now: datetime,
    weights: Mapping[str, float] | None = None,
) -> Health:
    """The health of one client now; the band of the week before is held on to by hysteresis."""
    at = utc_text(now)
    found = next(inputs.facts(store, client.id, client.id, at), HealthFacts(client.id))
    before = snapshots.bands_between(store, client.id, client.id, at)
    return health_of(found, client.stage, now, before.get(client.id), weights)


def health_of(
    facts: HealthFacts,
    stage: Stage,
    now: datetime,
    previous_band: Band | None = None,
    weights: Mapping[str, float] | None = None,
) -> Health:
    """The health that some facts give in a stage; None takes the program's own weights."""
    if stage == "lost":
        return health(())
    return health(signals_of(facts, stage, now, weights), caps_of(facts, now), previous_band)


def signals_of(
    facts: HealthFacts, stage: Stage, now: datetime, weights: Mapping[str, float] | None = None
) -> list[Signal]:
    """The six signals of a client in the order of their weights, missing ones too."""
    if weights is None:
        weights = ONBOARDING_WEIGHTS if stage in ("handover", "onboarding") else ACTIVE_WEIGHTS
    today = now.date()
    return [
        _adoption(facts, weights["adoption"]),
        _support(facts, weights["support"]),
        _sentiment(facts, weights["sentiment"], today),
        _relationship(facts, weights["relationship"], today),
        _promises(facts, weights["promises"]),
        _onboarding(facts, weights["onboarding"]),
    ]


def caps_of(facts: HealthFacts, now: datetime) -> list[Cap]:
    """The caps that hold for a client now."""
    return list(_caps(facts, now.date()))


def _caps(facts: HealthFacts, today: date) -> Iterator[Cap]:
    if facts.late_urgent_requests:
        yield BREACHED_URGENT
    if facts.promises_broken_lately:
        yield BROKEN_PROMISE
    if facts.unanswered_detractors:
        yield UNANSWERED_DETRACTOR
    last_used = facts.last_used_on
    if facts.licences_bought and last_used and _days_since(last_used, today) >= UNUSED_AFTER_DAYS:
        yield UNUSED_LICENCES


def _adoption(facts: HealthFacts, weight: float) -> Signal:
    if facts.licences_bought <= 0 or (not facts.licences_active and facts.last_used_on is None):
        return Signal("adoption", None, weight, note="no use of licences is recorded")
    value = min(1.0, max(0, facts.licences_active) / facts.licences_bought)
    note = f"{facts.licences_active} of {facts.licences_bought} licences in use"
    return Signal("adoption", value, weight, note=note)


def _support(facts: HealthFacts, weight: float) -> Signal:
    asked = facts.recent_requests + facts.late_requests
    if not asked:
        return Signal("support", None, weight, note="no requests in 90 days")
    note = (
        f"{facts.recent_breaches} of {facts.recent_requests} late in 90 days, {facts.late_requests} late now"
    )
    return Signal("support", (facts.recent_requests - facts.recent_breaches) / asked, weight, note=note)


def _sentiment(facts: HealthFacts, weight: float, today: date) -> Signal:
    found: list[Signal] = []
    if facts.mood in MOOD_VALUES and facts.mood_on:
        age = _days_since(facts.mood_on, today)
        note = f"mood {facts.mood} {age} d ago"
        found.append(Signal("sentiment", MOOD_VALUES[facts.mood], weight, age, MOOD_HALF_LIFE_DAYS, note))
    answer = facts.survey
    if answer is not None and answer.scale_max > answer.scale_min:
        age = _days_since(answer.at, today)
        note = f"{answer.metric.upper()} {answer.score} of {answer.scale_max} {age} d ago"
        found.append(Signal("sentiment", survey_value(answer), weight, age, SURVEY_HALF_LIFE_DAYS, note))
    missing = Signal("sentiment", None, weight, note="no mood noted and no survey answered")
    return max(found, key=lambda signal: signal.freshness, default=missing)


def survey_value(answer: SurveyAnswer) -> float:
    """An answer as a share of its own scale, 1 for the best mark."""
    share = (answer.score - answer.scale_min) / (answer.scale_max - answer.scale_min)
    share = min(1.0, max(0.0, share))
    return 1 - share if answer.lower_is_better else share


def _relationship(facts: HealthFacts, weight: float, today: date) -> Signal:
    found: list[Signal] = []
    for what, at, value in (
        ("met", facts.met_on, MEETING_VALUE),
        ("in touch", facts.last_touch_at, TOUCH_VALUE),
    ):
        if at:
            age = _days_since(at, today)
            note = f"{what} {age} d ago"
            found.append(Signal("relationship", value, weight, age, MEETING_HALF_LIFE_DAYS, note))
    missing = Signal("relationship", None, weight, note="no meeting and no touch yet")
    return max(found, key=lambda signal: (signal.value or 0) * signal.freshness, default=missing)


def _promises(facts: HealthFacts, weight: float) -> Signal:
    given = facts.promises_kept + facts.promises_broken + facts.promises_overdue
    if not given:
        return Signal("promises", None, weight, note="no promise is due or settled yet")
    note = f"{facts.promises_kept} kept, {facts.promises_broken} broken, {facts.promises_overdue} overdue"
    return Signal("promises", facts.promises_kept / given, weight, note=note)


def _onboarding(facts: HealthFacts, weight: float) -> Signal:
    if not facts.plan_steps:
        return Signal("onboarding", None, weight, note="no plan is running")
    due = facts.plan_steps_done + facts.plan_steps_overdue
    note = f"{facts.plan_steps_done} of {facts.plan_steps} steps done, {facts.plan_steps_overdue} overdue"
    return Signal("onboarding", facts.plan_steps_done / due if due else 1.0, weight, note=note)


def _days_since(stored: str, today: date) -> int:
    """Whole days since a stored date or time, 0 for one in the future."""
    return max(0, (today - date.fromisoformat(stored[:10])).days)
