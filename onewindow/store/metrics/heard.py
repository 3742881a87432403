"""What clients answered and said in a period, along the index of its day."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.records.named_tuples import NamedTuple
from onewindow.store.engine import Store

AT_ONCE = 2000


class AnswerRow(NamedTuple):
    """What a client answered to the questions of a survey, in their order; None and '' for no answer."""

    id: int
    at: str
    client_id: int
    survey_id: int
    comment: str
    score: int | None
    answer_2: str
    answer_3: str
    answer_4: str
    answer_5: str


def answers(store: Store, since: str, till: str) -> Iterator[list[AnswerRow]]:
    """The answers to all surveys from one instant until before another (UTC text), in pages."""
    after_at, after_id = since, 0
    while rows := store.rows(
        "SELECT id, at, client_id, survey_id, comment, score, answer_2, answer_3, answer_4, answer_5"
        " FROM survey_response WHERE (at, id) > (:after_at, :after_id) AND at < :till"
        " AND archived_at IS NULL ORDER BY at, id LIMIT :limit",
        after_at=after_at,
        after_id=after_id,
        till=till,
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
