"""What the records say of a client's health, as few numbers a client: the input of the health score.

One client and a whole file take the same way: a range of client ids, read by one aggregated query a table,
each along the index that begins with the client.
"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.requests import UNTOLD_OPENING
from onewindow.store.engine import Row, Store, Value

CLIENTS_AT_ONCE = 1000


Answer = tuple[str, str, int, int, int, bool]
"""The newest answer to a survey: when, metric, mark, the ends of its scale, whether a low mark is good."""

FIELDS = (
    *("licences_bought", "licences_active", "last_used_on"),
    *("open_requests", "late_requests", "late_urgent_requests", "next_due_at"),
    *("recent_requests", "recent_breaches"),
    *("unanswered_detractors", "mood", "mood_on", "met_on", "last_touch_at"),
    *("promises_kept", "promises_broken", "promises_overdue", "promises_broken_lately"),
    *("plan_steps", "plan_steps_done", "plan_steps_overdue"),
)
"""What the facts of a client are, in their order."""


def facts(
    store: Store, low: int, high: int, now: str, since: str
) -> Iterator[tuple[int, Answer | None, Row]]:
    """Of all clients with an id from `low` to `high`, by id: the id, the newest answer, and `FIELDS`.

    There are no fields for a client without any record. `now` is UTC text; requests and broken promises count
    from the day `since` on. Clients are read a thousand at a time, so memory does not grow with the file.
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
        yield from _facts_of([row[0] for row in ids], store, now, since)
        if len(ids) < CLIENTS_AT_ONCE:
            return
        after = ids[-1][0]


def _facts_of(ids: list[int], store: Store, now: str, since: str) -> Iterator[tuple[int, Answer | None, Row]]:
    today = now[:10]
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
    client_ids = {*licences, *opened, *recent, *answers, *touches, *promises, *steps}
    for client_id in ids:
        if client_id not in client_ids:
            yield client_id, None, ()
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
            answer[2],
            mood,
            mood_at[:10] or None,
            touch[2][:10] if touch[2] else None,
            touch[3],
            *promise[1:],
            *step[1:],
        )
        yield client_id, _answer(answer[1]), values


def _answer(packed: str | None) -> Answer | None:
    """Take apart the newest answer, packed behind its time so that MAX finds it and brings the rest along."""
    if not packed:
        return None
    at, metric, score, scale_min, scale_max, direction = packed.split(" ")
    return at, metric, int(score), int(scale_min), int(scale_max), direction == "lower_is_better"


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
    "recent requests": f"""
        SELECT client_id, COUNT(*),
            COUNT(*) FILTER (WHERE CASE WHEN status IN ('resolved', 'declined') THEN late_from IS NOT NULL
                ELSE late_from < :now OR due_at < :now END)
        FROM request
        WHERE client_id BETWEEN :low AND :high AND opened_at >= :since AND archived_at IS NULL
            AND merged_into_id IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM request_event e WHERE e.request_id = request.id AND e.event_kind = 'opened'
                    AND e.detail LIKE '%"{UNTOLD_OPENING}"%')
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
