"""What clients answered and said in a period, along the index of its day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from onewindow.store.engine import Store

AT_ONCE = 2000


class AnswerRow(NamedTuple):
    """One mark that a client gave, with the scale on which it was asked."""

    id: int
    at: str
    client_id: int
    score: int
    survey_id: int
    survey: str
    scale_min: int
    scale_max: int
    direction: str
    has_gift: int
    comment: str


def answers(store: Store, metric: str, since: str, till: str) -> Iterator[list[AnswerRow]]:
    """The answers to surveys of a metric from one instant until before another (UTC text), in pages."""
    after_at, after_id = since, 0
    while rows := store.rows(
        "SELECT r.id, r.at, r.client_id, r.score, s.id, s.title, s.scale_min, s.scale_max, s.direction,"
        " CASE WHEN s.incentive = '' THEN 0 ELSE 1 END, r.comment"
        " FROM survey_response r JOIN survey s ON s.id = r.survey_id"
        " WHERE (r.at, r.id) > (:after_at, :after_id) AND r.at < :till AND s.metric = :metric"
        " AND r.archived_at IS NULL ORDER BY r.at, r.id LIMIT :limit",
        after_at=after_at,
        after_id=after_id,
        till=till,
        metric=metric,
        limit=AT_ONCE,
    ):
        yield [AnswerRow(*row) for row in rows]
        after_id, after_at = rows[-1][0], rows[-1][1]


class QuoteRow(NamedTuple):
    """One quote, with the state of the feature to which it is linked; '' without one."""

    id: int
    said_on: str
    client_id: int
    feedback_kind: str
    staff_id: int | None
    product_id: int | None
    told_on: str | None
    feature_state: str
    quote: str


def quotes(store: Store, since: str, till: str) -> Iterator[list[QuoteRow]]:
    """The quotes of the days from `since` to `till`, by day, in pages."""
    after_on, after_id = since, 0
    while rows := store.rows(
        "SELECT f.id, f.said_on, f.client_id, f.feedback_kind, f.staff_id, f.product_id, f.told_on,"
        " COALESCE(x.status, ''), f.quote FROM feedback f LEFT JOIN feature x ON x.id = f.feature_id"
        " WHERE (f.said_on, f.id) > (:after_on, :after_id) AND f.said_on <= :till AND f.archived_at IS NULL"
        " ORDER BY f.said_on, f.id LIMIT :limit",
        after_on=after_on,
        after_id=after_id,
        till=till,
        limit=AT_ONCE,
    ):
        yield [QuoteRow(*row) for row in rows]
        after_id, after_on = rows[-1][0], rows[-1][1]
