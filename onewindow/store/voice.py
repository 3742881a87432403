"""What a client said and may buy again: feedback, features, opportunities, survey responses."""

from __future__ import annotations

from onewindow.records.adoption import Feature
from onewindow.records.voice import Feedback, Opportunity
from onewindow.store.engine import Row, Store
from onewindow.store.rows import fetch


def feedback(store: Store, client_id: int, limit: int = 200) -> list[Feedback]:
    """A client's quotes, newest first."""
    return fetch(
        store,
        Feedback,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY said_on DESC, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def features_asked_by(store: Store, client_id: int) -> dict[int, Feature]:
    """The features that a client's quotes are linked to, by id."""
    found = fetch(
        store,
        Feature,
        "WHERE id IN (SELECT feature_id FROM feedback WHERE client_id = :client"
        " AND feature_id IS NOT NULL AND archived_at IS NULL) LIMIT 200",
        client=client_id,
    )
    return {feature.id: feature for feature in found}


def opportunities(store: Store, client_id: int, limit: int = 200) -> list[Opportunity]:
    """Repeat sales of a client by the end of their window."""
    return fetch(
        store,
        Opportunity,
        "WHERE client_id = :client AND archived_at IS NULL ORDER BY window_till, id LIMIT :limit",
        client=client_id,
        limit=limit,
    )


def answers(store: Store, client_id: int, limit: int = 50) -> list[Row]:
    """Survey answers, newest first.

    (id, at, metric, score, scale max, comment, contact id, title, followed up); the last is 1 when the task
    that the answer led to is settled, and 0 otherwise.
    """
    return store.rows(
        "SELECT r.id, r.at, s.metric, r.score, s.scale_max, r.comment, r.contact_id, s.title,"
        " CASE WHEN t.status <> 'open' THEN 1 ELSE 0 END"
        " FROM survey_response r JOIN survey s ON s.id = r.survey_id LEFT JOIN task t ON t.id = r.task_id"
        " WHERE r.client_id = :client AND r.archived_at IS NULL ORDER BY r.at DESC, r.id LIMIT :limit",
        client=client_id,
        limit=limit,
    )
