"""Surveys and what people answered: whole surveys for their results, marks of a period for reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from onewindow.records.clients import Contact
from onewindow.records.feedback import PublicReview, Survey, SurveyInvitation, SurveyResponse
from onewindow.records.requests import Task
from onewindow.records.structs import frozen_struct
from onewindow.store import rows
from onewindow.store.engine import Store

_PAGE = 2000
_CLIENTS_AT_ONCE = 500
_REVIEWS_AT_ONCE = 100


@frozen_struct
class ResponseLine:
    """A response with what results name and group by; of a task that follows it state, due day and end."""

    response: SurveyResponse
    client: str
    tier: str
    client_class: str
    owner_id: int | None
    contact: str
    language: str
    task_status: str | None
    task_due_on: str | None
    task_done_at: str | None


def surveys(store: Store) -> list[Survey]:
    """All surveys that are not archived, the newest first."""
    return rows.fetch(store, Survey, "WHERE archived_at IS NULL ORDER BY id DESC")


def response_lines(store: Store, survey_id: int, since: str, till: str) -> Iterator[ResponseLine]:
    """The responses to a survey from an instant until before another, by time, read a page at a time."""
    after_at, after_id = since, 0
    while page := _page(store, survey_id, after_at, after_id, till):
        yield from page
        after_at, after_id = page[-1].response.at, page[-1].response.id


def _page(store: Store, survey_id: int, at: str, after: int, till: str) -> list[ResponseLine]:
    found = store.rows(
        f"SELECT c.name, c.tier, c.client_class, c.owner_id, COALESCE(p.name, ''),"
        f" COALESCE(p.language, c.language), t.status, t.due_on, t.done_at,"
        f" {rows.column_list(SurveyResponse, 'r')}"
        " FROM survey_response r JOIN client c ON c.id = r.client_id"
        " LEFT JOIN contact p ON p.id = r.contact_id LEFT JOIN task t ON t.id = r.task_id"
        " WHERE r.survey_id = :survey AND (r.at, r.id) > (:at, :after) AND r.at < :till"
        " AND r.archived_at IS NULL ORDER BY r.at, r.id LIMIT :limit",
        survey=survey_id,
        at=at,
        after=after,
        till=till,
        limit=_PAGE,
    )
    return [ResponseLine(rows.build(SurveyResponse, row[9:]), *row[:9]) for row in found]


class AnswerRow(NamedTuple):
    """The answers of one client to the questions of a survey; `at` is UTC text."""

    client_id: int
    at: str
    score: int | None
    answer_2: str
    answer_3: str
    answer_4: str
    answer_5: str


def answers_between(store: Store, survey_id: int, since: str, till: str) -> list[AnswerRow]:
    """The answers to a survey from an instant until before another, by time."""
    found = store.rows(
        "SELECT client_id, at, score, answer_2, answer_3, answer_4, answer_5 FROM survey_response"
        " WHERE survey_id = :survey AND at >= :since AND at < :till AND archived_at IS NULL ORDER BY at, id",
        survey=survey_id,
        since=since,
        till=till,
    )
    return [AnswerRow(*row) for row in found]


def answer_since(
    store: Store, survey_id: int, client_id: int, contact_id: int | None, since: str
) -> SurveyResponse | None:
    """The first answer of a person, or of somebody unnamed of the client, since an instant (UTC text)."""
    found = rows.fetch(
        store,
        SurveyResponse,
        "WHERE survey_id = :survey AND client_id = :client AND COALESCE(contact_id, 0) = :contact"
        " AND at >= :since AND archived_at IS NULL ORDER BY at, id LIMIT 1",
        survey=survey_id,
        client=client_id,
        contact=contact_id or 0,
        since=since,
    )
    return found[0] if found else None


def people_with_email(store: Store, address: str) -> list[Contact]:
    """The people who are still there and have a mail address, in any case; two at most."""
    return rows.fetch(
        store,
        Contact,
        "WHERE (LOWER(email) = :address OR LOWER(email_2) = :address) AND left_on IS NULL"
        " AND archived_at IS NULL ORDER BY id LIMIT 2",
        address=address.casefold(),
    )


class AskedRow(NamedTuple):
    """Once when a person was asked: by an invitation that was not kept back, or by answering; UTC text."""

    client_id: int
    contact_id: int | None
    survey_id: int
    survey_kind: str
    at: str
    has_answered: int


def asked_of(store: Store, client_ids: Sequence[int]) -> list[AskedRow]:
    """When the people of some clients were asked by surveys, in no order."""
    asked: list[AskedRow] = []
    for places, values in rows.in_chunks(client_ids, _CLIENTS_AT_ONCE):
        found = store.rows(
            "SELECT i.client_id, i.contact_id, i.survey_id, s.survey_kind, i.at, 0 FROM survey_invitation i"
            " JOIN survey s ON s.id = i.survey_id LEFT JOIN message m ON m.id = i.message_id"
            f" WHERE i.client_id IN ({places}) AND i.archived_at IS NULL AND m.archived_at IS NULL"
            " AND COALESCE(m.state, 'sent') NOT IN ('cancelled', 'failed')"
            " UNION ALL SELECT r.client_id, r.contact_id, r.survey_id, s.survey_kind, r.at, 1"
            " FROM survey_response r JOIN survey s ON s.id = r.survey_id"
            f" WHERE r.client_id IN ({places}) AND r.archived_at IS NULL",
            **values,
        )
        asked += [AskedRow(*row) for row in found]
    return asked


@frozen_struct
class InvitationLine:
    """An invitation with its client and person, the state of its message, and when the person answered."""

    invitation: SurveyInvitation
    client: str
    contact: str
    message_state: str
    answered_at: str | None


def invitation_lines(store: Store, survey_id: int) -> list[InvitationLine]:
    """The invitations to a survey, the oldest first."""
    found = store.rows(
        "SELECT c.name, COALESCE(p.name, ''), COALESCE(m.state, ''),"
        " (SELECT MIN(r.at) FROM survey_response r WHERE r.client_id = i.client_id"
        " AND r.survey_id = i.survey_id AND r.at >= i.at AND r.archived_at IS NULL"
        " AND COALESCE(r.contact_id, i.contact_id) = i.contact_id),"
        f" {rows.column_list(SurveyInvitation, 'i')}"
        " FROM survey_invitation i JOIN client c ON c.id = i.client_id"
        " LEFT JOIN contact p ON p.id = i.contact_id LEFT JOIN message m ON m.id = i.message_id"
        " WHERE i.survey_id = :survey AND i.archived_at IS NULL ORDER BY i.id",
        survey=survey_id,
    )
    return [InvitationLine(rows.build(SurveyInvitation, row[4:]), *row[:4]) for row in found]


def reviews_due(store: Store, staff_id: int, till: str) -> list[PublicReview]:
    """Public reviews to which somebody is to react by a day, by that day."""
    return rows.fetch(
        store,
        PublicReview,
        "WHERE assignee_id = :staff AND due_on <= :till AND reacted_on IS NULL AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=_REVIEWS_AT_ONCE,
    )


def response_of_task(store: Store, task_id: int) -> SurveyResponse | None:
    """The response that a task follows."""
    found = rows.fetch(store, SurveyResponse, "WHERE task_id = :task ORDER BY id LIMIT 1", task=task_id)
    return found[0] if found else None


def closer_of(store: Store, task_id: int) -> str:
    """The login of whoever finished a task last, '' where the log does not say."""
    found = store.one(
        "SELECT actor FROM event WHERE entity = :kind AND entity_id = :task AND op = 'update'"
        " AND new LIKE '%\"status\"%' ORDER BY seq DESC LIMIT 1",
        kind=Task.kind,
        task=task_id,
    )
    return found[0] if found else ""
