"""What the records say of a client's health, as few numbers a client: the input of the health score.

One client and a whole file take the same way: a range of client ids, read by one aggregated query a table,
each along the index that begins with the client.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from onewindow.records.values import value_class
from onewindow.store.engine import Row, Store, Value

WINDOW_DAYS = 90
"""How far back requests and broken promises are looked at."""

CLIENTS_AT_ONCE = 1000


@value_class
class SurveyAnswer:
    """The newest answer to a survey, with the scale of that survey."""

    at: str
    metric: str
    score: int
    scale_min: int
    scale_max: int
    lower_is_better: bool


@value_class
class HealthFacts:
    """Facts of one client. Counts are 0 and times None where there is nothing."""

    client_id: int
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
    survey: SurveyAnswer | None = None
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


_BLANK = HealthFacts(0)


def facts(store: Store, low: int, high: int, now: str) -> Iterator[HealthFacts]:
    """The facts of all clients with an id from `low` to `high`, by id; `now` is UTC text.

    Clients are read a thousand at a time, so memory does not grow with the file.
    """
    after = low - 1
    while True:
        ids = store.rows(
            "SELECT id FROM client WHERE id > :after AND id <= :high ORDER BY id LIMIT :limit",
            after=after,
            high=high,
            limit=CLIENTS_AT_ONCE,
        )
        if not ids:
            return
        yield from _facts_of([row[0] for row in ids], store, now)
        if len(ids) < CLIENTS_AT_ONCE:
            return
        after = ids[-1][0]


def _facts_of(ids: list[int], store: Store, now: str) -> Iterator[HealthFacts]:
    today = now[:10]
    since = (date.fromisoformat(today) - timedelta(days=WINDOW_DAYS)).isoformat()
    parameters: dict[str, Value] = {
        "low": ids[0],
        "high": ids[-1],
        "now": now,
        "today": today,
        "since": since,
    }
    licences, opened, recent, answers, touches, promises, steps = (
        {row[0]: row for row in store.rows(sql, **parameters)} for sql in QUERIES.values()
    )
    found = {*licences, *opened, *recent, *answers, *touches, *promises, *steps}
    for client_id in ids:
        if client_id not in found:
            yield HealthFacts(client_id)
            continue
        licence = licences.get(client_id, _NO_LICENCE)
        open_requests = opened.get(client_id, _NO_OPEN_REQUEST)
        lately = recent.get(client_id, _NO_RECENT_REQUEST)
        answer = answers.get(client_id, _NO_ANSWER)
        touch = touches.get(client_id, _NO_TOUCH)
        promise = promises.get(client_id, _NO_PROMISE)
        step = steps.get(client_id, _NO_STEP)
        mood_at, _, mood = (touch[1] or "").partition(" ")
        values: Row = (
            *licence[1:],
            *open_requests[1:],
            *lately[1:],
            _answer(answer[1]),
            answer[2],
            mood,
            mood_at[:10] or None,
            touch[2][:10] if touch[2] else None,
            touch[3],
            *promise[1:],
            *step[1:],
        )
        yield HealthFacts(client_id, *values)


def _answer(packed: str | None) -> SurveyAnswer | None:
    """Take apart the newest answer, packed behind its time so that MAX finds it and brings the rest along."""
    if not packed:
        return None
    at, metric, score, scale_min, scale_max, direction = packed.split(" ")
    return SurveyAnswer(
        at, metric, int(score), int(scale_min), int(scale_max), direction == "lower_is_better"
    )


_NO_LICENCE: Row = (0, 0, 0, None)
_NO_OPEN_REQUEST: Row = (0, 0, 0, 0, None)
_NO_RECENT_REQUEST: Row = (0, 0, 0)
_NO_ANSWER: Row = (0, None, 0)
_NO_TOUCH: Row = (0, None, None, None)
_NO_PROMISE: Row = (0, 0, 0, 0, 0)
_NO_STEP: Row = (0, 0, 0, 0)

QUERIES = {
    "licences": """
        SELECT client_id, CAST(SUM(bought) AS BIGINT), CAST(SUM(active) AS BIGINT), MAX(last_used_on)
        FROM licence
        WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL
            AND (starts_on IS NULL OR starts_on <= :today) AND (ends_on IS NULL OR ends_on >= :today)
        GROUP BY client_id ORDER BY client_id""",
    "open requests": """
        SELECT client_id, COUNT(*), COUNT(*) FILTER (WHERE due_at < :now),
            COUNT(*) FILTER (WHERE due_at < :now AND priority = 'urgent'), MIN(due_at)
        FROM request
        WHERE client_id BETWEEN :low AND :high AND status NOT IN ('resolved', 'declined')
            AND archived_at IS NULL
        GROUP BY client_id ORDER BY client_id""",
    "recent requests": """
        SELECT client_id, COUNT(*),
            COUNT(*) FILTER (WHERE CASE WHEN status IN ('resolved', 'declined') THEN late_from IS NOT NULL
                ELSE late_from < :now OR due_at < :now END)
        FROM request
        WHERE client_id BETWEEN :low AND :high AND opened_at >= :since AND archived_at IS NULL
            AND merged_into_id IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM request_event e WHERE e.request_id = request.id AND e.event_kind = 'opened'
                    AND e.detail LIKE '%"opening"%')
        GROUP BY client_id ORDER BY client_id""",
    "survey answers": """
        SELECT r.client_id,
            MAX(r.at || ' ' || s.metric || ' ' || r.score || ' ' || s.scale_min || ' ' || s.scale_max
                || ' ' || s.direction) FILTER (WHERE s.metric <> 'other'),
            COUNT(*) FILTER (
                WHERE s.metric = 'nps' AND r.score <= 6 AND (r.task_id IS NULL OR t.status = 'open'))
        FROM survey_response r JOIN survey s ON s.id = r.survey_id LEFT JOIN task t ON t.id = r.task_id
        WHERE r.client_id BETWEEN :low AND :high AND r.archived_at IS NULL
        GROUP BY r.client_id ORDER BY r.client_id""",
    "touches": """
        SELECT client_id, MAX(at || ' ' || mood) FILTER (WHERE mood <> ''),
            MAX(at) FILTER (WHERE touch_kind IN ('meeting', 'visit')),
            MAX(at) FILTER (WHERE direction <> 'internal' AND touch_kind <> 'note' AND is_automatic = 0)
        FROM touch
        WHERE client_id BETWEEN :low AND :high AND at <= :now AND archived_at IS NULL
        GROUP BY client_id ORDER BY client_id""",
    "promises": """
        SELECT client_id,
            CAST(SUM(kept_count) AS BIGINT) + COUNT(*) FILTER (WHERE status = 'kept' AND kept_count = 0),
            CAST(SUM(broken_count) AS BIGINT)
                + COUNT(*) FILTER (WHERE status = 'broken' AND broken_count = 0),
            COUNT(*) FILTER (WHERE status IN ('new', 'acknowledged') AND due_on < :today),
            COUNT(*) FILTER (WHERE (status = 'broken' AND (settled_at IS NULL OR settled_at >= :since))
                OR (due_on IS NULL AND status IN ('new', 'acknowledged') AND settled_at >= :since))
        FROM promise
        WHERE client_id BETWEEN :low AND :high AND archived_at IS NULL
        GROUP BY client_id ORDER BY client_id""",
    "plan steps": """
        SELECT p.client_id, COUNT(*) FILTER (WHERE s.status <> 'skipped'),
            COUNT(*) FILTER (WHERE s.status = 'done'),
            COUNT(*) FILTER (WHERE s.status = 'open' AND s.due_on < :today)
        FROM plan p JOIN plan_step s ON s.plan_id = p.id
        WHERE p.client_id BETWEEN :low AND :high AND p.status = 'running' AND p.archived_at IS NULL
            AND s.archived_at IS NULL
        GROUP BY p.client_id ORDER BY p.client_id""",
}
"""One query a table, in the order of the fields above."""
