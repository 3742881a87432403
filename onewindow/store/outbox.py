"""The messages that go out, and every try to hand one over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.rows import build, column_list, fetch

if TYPE_CHECKING:
    from onewindow.records.messages import Message

NO_ANSWER = frozenset(
    {
        *("acknowledge", "who_is_who", "thanks", "congratulation", "check_in", "meeting"),
        *("announcement", "survey", "offer"),
    }
)
"""Templates that do not answer what a client asked: they end no clock."""
_NO_ANSWER = ", ".join(f"'{purpose}'" for purpose in sorted(NO_ANSWER))


@frozen_struct
class MessageTry:
    """One try to hand a message over; outcomes are started, sent, refused, later, unknown; times UTC text."""

    message_id: int
    number: int
    carrier: str
    message_key: str
    login: str
    started_at: str
    ended_at: str | None
    outcome: str
    answer: str


_TRY = "message_id, number, carrier, message_key, login, started_at, ended_at, outcome, answer"


def due(store: Store, now: str, limit: int) -> list[Message]:
    """Queued messages that may go by an instant (UTC text), in the order in which they may."""
    from onewindow.records.messages import Message  # a start reads only when answers go

    return fetch(
        store,
        Message,
        "WHERE state = 'queued' AND queued_at <= :now AND archived_at IS NULL"
        " ORDER BY queued_at, id LIMIT :limit",
        now=now,
        limit=limit,
    )


def in_state(store: Store, state: str, limit: int = 200) -> list[Message]:
    """Messages in one state, the newest first; queued ones in the order in which they may go."""
    if state == "queued":
        return due(store, "9", limit)
    from onewindow.records.messages import Message  # a start reads only when answers go

    return fetch(
        store,
        Message,
        "WHERE state = :state AND state <> 'queued' AND archived_at IS NULL"
        " ORDER BY created_at DESC, id DESC LIMIT :limit",
        state=state,
        limit=limit,
    )


def unsent_to(store: Store, client_id: int) -> list[Message]:
    """The drafts and queued messages to one client, the newest first."""
    from onewindow.records.messages import Message  # a start reads only when answers go

    return fetch(
        store,
        Message,
        "WHERE client_id = :client AND state IN ('draft', 'queued') AND archived_at IS NULL"
        " ORDER BY created_at DESC, id",
        client=client_id,
    )


def queued_answers(store: Store, limit: int = 1000) -> dict[int, str]:
    """When the first queued answer to each request goes (UTC text), by request id; along the queue itself.

    Only what will end a clock counts: no acknowledgement, no letter of another purpose, no advertising.
    """
    rows = store.rows(
        f"SELECT m.request_id, m.queued_at {_QUEUED_ANSWERS} AND m.request_id IS NOT NULL"
        " ORDER BY m.queued_at, m.id LIMIT :limit",
        limit=limit,
    )
    first: dict[int, str] = {}
    for request_id, queued_at in rows:
        first.setdefault(request_id, queued_at)
    return first


def queued_for(store: Store, request_id: int) -> list[Message]:
    """The queued answers to one request, in the order in which they go."""
    from onewindow.records.messages import Message  # a start reads only when answers go

    rows = store.rows(
        f"SELECT {column_list(Message, 'm')} {_QUEUED_ANSWERS} AND m.request_id = :request"
        " AND m.request_id IS NOT NULL ORDER BY m.queued_at, m.id",
        request=request_id,
    )
    return [build(Message, row) for row in rows]


_QUEUED_ANSWERS = (
    "FROM message m LEFT JOIN template t ON t.id = m.template_id"
    " WHERE m.state = 'queued' AND m.purpose = 'service' AND m.archived_at IS NULL"
    f" AND (t.purpose IS NULL OR t.purpose NOT IN ({_NO_ANSWER}))"
)


def tries(store: Store, message_id: int) -> list[MessageTry]:
    """The tries of a message, the first one first."""
    rows = store.rows(
        f"SELECT {_TRY} FROM message_try WHERE message_id = :message ORDER BY number", message=message_id
    )
    return [MessageTry(*row) for row in rows]


def begin_try(store: Store, begun: MessageTry) -> None:
    """Note inside a write that a try begins; a second process that begins the same number is refused."""
    store.execute(
        f"INSERT INTO message_try ({_TRY}) VALUES (:message_id, :number, :carrier, :message_key, :login,"
        " :started_at, :ended_at, :outcome, :answer)",
        message_id=begun.message_id,
        number=begun.number,
        carrier=begun.carrier,
        message_key=begun.message_key,
        login=begun.login,
        started_at=begun.started_at,
        ended_at=begun.ended_at,
        outcome=begun.outcome,
        answer=begun.answer,
    )


def forget_try(store: Store, message_id: int, number: int) -> None:
    """Take back inside a write that a try began: the carrier did not work, and nobody got anything."""
    store.execute(
        "DELETE FROM message_try WHERE message_id = :message AND number = :number",
        message=message_id,
        number=number,
    )


def end_try(store: Store, message_id: int, number: int, at: str, outcome: str, answer: str) -> None:
    """Note inside a write how a try ended."""
    store.execute(
        "UPDATE message_try SET ended_at = :at, outcome = :outcome, answer = :answer"
        " WHERE message_id = :message AND number = :number",
        at=at,
        outcome=outcome,
        answer=answer,
        message=message_id,
        number=number,
    )
