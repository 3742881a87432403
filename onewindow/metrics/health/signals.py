"""What is known of a client as signals of health: which fact becomes which signal, and what caps the score.

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
a department may have sets of its own for each tier (`desk/reference/health_weights.py`).
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
from onewindow.records.clients import Stage
from onewindow.records.structs import frozen_struct

WINDOW_DAYS = 90
"""How far back requests and broken promises are looked at."""
UNUSED_AFTER_DAYS = 30
"""So many days after their last use paid licences count as unused."""
MOOD_VALUES: Mapping[str, float] = {"angry": 0.0, "worried": 0.35, "calm": 0.75, "glad": 1.0}
MEETING_VALUE = 1.0
TOUCH_VALUE = 0.6


@frozen_struct
class SurveyAnswer:
    """The newest answer to a survey, with the scale of that survey."""

    at: str
    metric: str
    score: int
    scale_min: int
    scale_max: int
    lower_is_better: bool


@frozen_struct
class HealthInputs:
    """What is known of one client. Counts are 0 and times None where there is nothing.

    Days are dates, moments UTC text, as they are stored. What lists show beside health comes with it: open
    requests, and when the next one is due.
    """

    client_id: int
    survey: SurveyAnswer | None = None
    licences_bought: int = 0
    licences_active: int = 0
    last_used_on: str | None = None
    open_requests: int = 0
    late_requests: int = 0
    """Open ones that are past their due time."""
    late_urgent_requests: int = 0
    next_due_at: str | None = None
    recent_requests: int = 0
    """Opened in the last 90 days; a merged duplicate is told by the request that it was merged into."""
    recent_breaches: int = 0
    """Those of them that missed a time, an answer too, whatever was changed since."""
    unanswered_detractors: int = 0
    mood: str = ""
    mood_on: str | None = None
    met_on: str | None = None
    """Date of the last meeting or visit."""
    last_touch_at: str | None = None
    """The last time that one of us and the client spoke or wrote; notes and automatic mail do not count."""
    promises_kept: int = 0
    promises_broken: int = 0
    promises_overdue: int = 0
    promises_broken_lately: int = 0
    """Broken within the last 90 days, or broken with no date of it."""
    plan_steps: int = 0
    """Steps of running plans; skipped ones are left out."""
    plan_steps_done: int = 0
    plan_steps_overdue: int = 0

    @property
    def are_blank(self) -> bool:
        """Whether the client has no record that says anything."""
        return {**vars(self), "client_id": 0} == vars(_BLANK)


_BLANK = HealthInputs(0)


def health_of(
    facts: HealthInputs,
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
    facts: HealthInputs, stage: Stage, now: datetime, weights: Mapping[str, float] | None = None
) -> list[Signal]:
    """The six signals of a client in the order of their weights, missing ones too; ages are whole days."""
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


def caps_of(facts: HealthInputs, now: datetime) -> list[Cap]:
    """The caps that hold for a client now."""
    return list(_caps(facts, now.date()))


def _caps(facts: HealthInputs, today: date) -> Iterator[Cap]:
    if facts.late_urgent_requests:
        yield BREACHED_URGENT
    if facts.promises_broken_lately:
        yield BROKEN_PROMISE
    if facts.unanswered_detractors:
        yield UNANSWERED_DETRACTOR
    last_used = facts.last_used_on
    if facts.licences_bought and last_used and _days_since(last_used, today) >= UNUSED_AFTER_DAYS:
        yield UNUSED_LICENCES


def _adoption(facts: HealthInputs, weight: float) -> Signal:
    if facts.licences_bought <= 0 or (not facts.licences_active and facts.last_used_on is None):
        return Signal("adoption", None, weight, note="no use of licences is recorded")
    value = min(1.0, max(0, facts.licences_active) / facts.licences_bought)
    note = f"{facts.licences_active} of {facts.licences_bought} licences in use"
    return Signal("adoption", value, weight, note=note)


def _support(facts: HealthInputs, weight: float) -> Signal:
    asked = facts.recent_requests + facts.late_requests
    if not asked:
        return Signal("support", None, weight, note="no requests in 90 days")
    note = (
        f"{facts.recent_breaches} of {facts.recent_requests} late in 90 days, {facts.late_requests} late now"
    )
    return Signal("support", (facts.recent_requests - facts.recent_breaches) / asked, weight, note=note)


def _sentiment(facts: HealthInputs, weight: float, today: date) -> Signal:
    signals: list[Signal] = []
    if facts.mood in MOOD_VALUES and facts.mood_on:
        age = _days_since(facts.mood_on, today)
        note = f"mood {facts.mood} {age} d ago"
        signals.append(Signal("sentiment", MOOD_VALUES[facts.mood], weight, age, MOOD_HALF_LIFE_DAYS, note))
    answer = facts.survey
    if answer is not None and answer.scale_max > answer.scale_min:
        age = _days_since(answer.at, today)
        note = f"{answer.metric.upper()} {answer.score} of {answer.scale_max} {age} d ago"
        signals.append(Signal("sentiment", survey_value(answer), weight, age, SURVEY_HALF_LIFE_DAYS, note))
    missing = Signal("sentiment", None, weight, note="no mood noted and no survey answered")
    return max(signals, key=lambda signal: signal.freshness, default=missing)


def survey_value(answer: SurveyAnswer) -> float:
    """An answer as a share of its own scale, 1 for the best mark."""
    share = (answer.score - answer.scale_min) / (answer.scale_max - answer.scale_min)
    share = min(1.0, max(0.0, share))
    return 1 - share if answer.lower_is_better else share


def _relationship(facts: HealthInputs, weight: float, today: date) -> Signal:
    signals: list[Signal] = []
    for what, at, value in (
        ("met", facts.met_on, MEETING_VALUE),
        ("in touch", facts.last_touch_at, TOUCH_VALUE),
    ):
        if at:
            age = _days_since(at, today)
            note = f"{what} {age} d ago"
            signals.append(Signal("relationship", value, weight, age, MEETING_HALF_LIFE_DAYS, note))
    missing = Signal("relationship", None, weight, note="no meeting and no touch yet")
    return max(signals, key=lambda signal: (signal.value or 0) * signal.freshness, default=missing)


def _promises(facts: HealthInputs, weight: float) -> Signal:
    given = facts.promises_kept + facts.promises_broken + facts.promises_overdue
    if not given:
        return Signal("promises", None, weight, note="no promise is due or settled yet")
    note = f"{facts.promises_kept} kept, {facts.promises_broken} broken, {facts.promises_overdue} overdue"
    return Signal("promises", facts.promises_kept / given, weight, note=note)


def _onboarding(facts: HealthInputs, weight: float) -> Signal:
    if not facts.plan_steps:
        return Signal("onboarding", None, weight, note="no plan is running")
    due = facts.plan_steps_done + facts.plan_steps_overdue
    note = f"{facts.plan_steps_done} of {facts.plan_steps} steps done, {facts.plan_steps_overdue} overdue"
    return Signal("onboarding", facts.plan_steps_done / due if due else 1.0, weight, note=note)


def _days_since(stored: str, today: date) -> int:
    """Whole days since a stored date or time, 0 for one in the future."""
    return max(0, (today - date.fromisoformat(stored[:10])).days)
