"""What somebody has to do, source by source, each along its index and never more than a screen needs.

A source gives at most `LIMIT` records, those due first. What hangs on clients and not on people (documents,
answers to surveys) is found by walking the clients of an owner, so that costs what their portfolio has.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from onewindow.records.adoption import Feature, PlanStep
from onewindow.records.clients import Promise
from onewindow.records.event_order import in_order_of_each
from onewindow.records.feedback import Feedback, SurveyResponse
from onewindow.records.fields import Record
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.requests import Document, HandOff, Request, RequestEvent, Snooze, Task
from onewindow.store.announcements.announcement_records import TOLD_BY_HAND
from onewindow.store.engine import Store, Value
from onewindow.store.listing import by_ids
from onewindow.store.requests.threads import OPEN
from onewindow.store.rows import build, column_list, fetch, in_chunks

R = TypeVar("R", bound=Record)

LIMIT = 200
"""Records of one source at most."""
_FEW = 50
_TOGETHER = 50
"""Ids asked for in one query; a fixed number, so that the statement is prepared once."""


class ClientSeen(NamedTuple):
    """What a row of the day says of its client, and who looks after them."""

    id: int
    number: int
    name: str
    tier: str
    owner_id: int | None
    deputy_id: int | None


def due_requests(store: Store, staff_id: int | None, limit: int = LIMIT) -> list[Request]:
    """Somebody's open requests (None: nobody's) whose time runs, by due time."""
    return fetch(
        store,
        Request,
        f"WHERE {_of(staff_id)} AND {OPEN} AND due_at > '' AND archived_at IS NULL"
        " ORDER BY due_at, id LIMIT :limit",
        **_staff(staff_id),
        limit=limit,
    )


def timeless_requests(store: Store, staff_id: int | None, limit: int = _FEW) -> list[Request]:
    """Somebody's open requests (None: nobody's) without a running time that do not wait for the client."""
    return fetch(
        store,
        Request,
        f"WHERE {_of(staff_id)} AND {OPEN} AND due_at IS NULL AND status <> 'waiting'"
        " AND archived_at IS NULL ORDER BY id LIMIT :limit",
        **_staff(staff_id),
        limit=limit,
    )


def waiting_count(store: Store, staff_id: int) -> int:
    """How many of somebody's open requests rest: they wait for the client and no time runs."""
    return store.scalar(
        f"SELECT COUNT(*) FROM request WHERE assignee_id = :staff AND {OPEN} AND due_at IS NULL"
        " AND status = 'waiting' AND archived_at IS NULL",
        staff=staff_id,
    )


def late_with_others(store: Store, owner_id: int, now: str, limit: int = _FEW) -> list[Request]:
    """Late requests of an owner's clients that a colleague works on, of the latest clients."""
    late = store.rows(
        "SELECT client_id FROM client_stat WHERE owner_id = :owner AND next_due_at < :now"
        " ORDER BY next_due_at, client_id LIMIT :limit",
        owner=owner_id,
        now=now,
        limit=limit,
    )
    requests: list[Request] = []
    for (client_id,) in late:
        requests += fetch(
            store,
            Request,
            f"WHERE client_id = :client AND {OPEN} AND due_at < :now AND assignee_id <> :owner"
            " AND archived_at IS NULL ORDER BY due_at, id LIMIT :limit",
            client=client_id,
            now=now,
            owner=owner_id,
            limit=limit,
        )
    return requests


def promises_due(store: Store, staff_id: int, till: str) -> list[Promise]:
    """Open promises that somebody keeps and that are due by a date, by date."""
    return fetch(
        store,
        Promise,
        "WHERE owner_id = :staff AND status IN ('new', 'acknowledged') AND due_on <= :till"
        " AND archived_at IS NULL ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=LIMIT,
    )


def steps_due(store: Store, staff_id: int, till: str) -> list[PlanStep]:
    """Open steps of plans that somebody does and that are due by a date, by date."""
    return fetch(
        store,
        PlanStep,
        "WHERE assignee_id = :staff AND status = 'open' AND due_on <= :till"
        " AND archived_at IS NULL ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=LIMIT,
    )


def tasks_due(store: Store, staff_id: int, till: str) -> list[Task]:
    """Somebody's open tasks that are due by a date, by date, then some of those without one."""
    where = "WHERE assignee_id = :staff AND status = 'open' AND archived_at IS NULL"
    dated = fetch(
        store,
        Task,
        f"{where} AND due_on <= :till ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        till=till,
        limit=LIMIT,
    )
    return dated + fetch(
        store, Task, f"{where} AND due_on IS NULL ORDER BY id LIMIT :limit", staff=staff_id, limit=_FEW
    )


def coming(store: Store, staff_id: int) -> Task | Promise | None:
    """Somebody's next open task or promise that has a date, the nearer of both."""
    tasks = fetch(
        store,
        Task,
        "WHERE assignee_id = :staff AND status = 'open' AND due_on > '' AND archived_at IS NULL"
        " ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        limit=1,
    )
    promises = fetch(
        store,
        Promise,
        "WHERE owner_id = :staff AND status IN ('new', 'acknowledged') AND due_on > ''"
        " AND archived_at IS NULL ORDER BY due_on, id LIMIT :limit",
        staff=staff_id,
        limit=1,
    )
    return min([*tasks, *promises], key=lambda record: record.due_on or "", default=None)


def hand_offs_for(store: Store, staff_id: int) -> list[HandOff]:
    """What colleagues gave somebody to do, the oldest first."""
    return fetch(
        store,
        HandOff,
        "WHERE assignee_id = :staff AND state IN ('asked', 'accepted') AND archived_at IS NULL"
        " ORDER BY asked_at, id LIMIT :limit",
        staff=staff_id,
        limit=LIMIT,
    )


def hand_offs_answered(store: Store, staff_id: int) -> list[HandOff]:
    """What somebody gave to others and got back, done or returned, the oldest first."""
    return fetch(
        store,
        HandOff,
        "WHERE asked_by_id = :staff AND state IN ('asked', 'accepted', 'ready', 'returned')"
        " AND state IN ('ready', 'returned') AND archived_at IS NULL ORDER BY asked_at, id LIMIT :limit",
        staff=staff_id,
        limit=LIMIT,
    )


def documents_missing(store: Store, owner_id: int, till: str) -> list[Document]:
    """Documents that are missing at an owner's clients and needed by a date."""
    return _of_portfolio(
        store, Document, "x.state = 'missing' AND x.due_on <= :till", owner=owner_id, till=till
    )


def documents_ending(store: Store, owner_id: int, since: str, till: str) -> list[Document]:
    """Documents in force of an owner's clients that end between two dates."""
    return _of_portfolio(
        store,
        Document,
        "x.expires_on IS NOT NULL AND x.expires_on BETWEEN :since AND :till"
        " AND x.state NOT IN ('missing', 'expired', 'cancelled')",
        owner=owner_id,
        since=since,
        till=till,
    )


def detractors_unanswered(store: Store, owner_id: int, since: str) -> list[SurveyResponse]:
    """Answers of 0 to 6 to an NPS survey since an instant, of an owner's clients, that nobody follows up."""
    return _of_portfolio(
        store,
        SurveyResponse,
        "x.at >= :since AND x.score <= 6 AND x.task_id IS NULL"
        " AND (SELECT s.metric FROM survey s WHERE s.id = x.survey_id) = 'nps'",
        owner=owner_id,
        since=since,
    )


def wishes_to_notify(store: Store, owner_id: int) -> list[tuple[Feedback, Feature]]:
    """Quotes of an owner's clients who were not told what became of their wish, one for each client and wish.

    They are told of each state but the first, see `desk/feedback/notifying.py`; where an announcement of the
    release is to be told to the client by hand, that one stands for it.
    """
    channels = ", ".join(f"'{channel}'" for channel in TOLD_BY_HAND)
    quotes = _of_portfolio(
        store,
        Feedback,
        "x.feature_id IS NOT NULL AND x.outcome <> 'declined' AND (x.told_on IS NULL OR x.told_status <> '')"
        " AND EXISTS (SELECT 1 FROM feature f WHERE f.id = x.feature_id AND f.archived_at IS NULL"
        " AND f.status <> x.told_status AND (f.status = 'released'"
        " OR f.status IN ('planned', 'in_work', 'declined') AND x.said_on <= f.status_on))"
        " AND NOT EXISTS (SELECT 1 FROM delivery d JOIN announcement a ON a.id = d.announcement_id"
        " WHERE d.client_id = x.client_id AND d.state = 'queued' AND d.archived_at IS NULL"
        f" AND a.channel IN ({channels}) AND a.release_id ="
        " (SELECT g.release_id FROM feature g WHERE g.id = x.feature_id AND g.status = 'released'))",
        owner=owner_id,
    )
    once: dict[tuple[int, int | None], Feedback] = {}
    for quote in sorted(quotes, key=lambda one: one.id):
        once.setdefault((quote.client_id, quote.feature_id), quote)
    features = by_ids(store, Feature, [quote.feature_id or 0 for quote in once.values()])
    return [(quote, features[quote.feature_id or 0]) for quote in once.values()]


def snoozes(store: Store, staff_id: int, now: str) -> list[Snooze]:
    """What somebody has put off beyond an instant, the nearest first."""
    return fetch(
        store,
        Snooze,
        "WHERE staff_id = :staff AND till > :now AND archived_at IS NULL ORDER BY till, id LIMIT :limit",
        staff=staff_id,
        now=now,
        limit=LIMIT,
    )


def snoozes_of(store: Store, subject_kind: str, subject_id: int, now: str) -> list[Snooze]:
    """Who has put off one record beyond an instant."""
    return fetch(
        store,
        Snooze,
        "WHERE subject_kind = :kind AND subject_id = :subject AND till > :now AND archived_at IS NULL"
        " ORDER BY till, id LIMIT :limit",
        kind=subject_kind,
        subject=subject_id,
        now=now,
        limit=_FEW,
    )


def clients_seen(store: Store, ids: Iterable[int]) -> dict[int, ClientSeen]:
    """What rows of the day say of some clients, by id."""
    seen: dict[int, ClientSeen] = {}
    for names, parameters in in_chunks(sorted(ids), _TOGETHER):
        sql = f"SELECT id, number, name, tier, owner_id, deputy_id FROM client WHERE id IN ({names})"
        seen |= {row[0]: ClientSeen(*row) for row in store.rows(sql, **parameters)}
    return seen


def events_of(store: Store, request_ids: Iterable[int]) -> list[RequestEvent]:
    """What happened to some requests, causes before effects within each."""
    events: list[RequestEvent] = []
    for names, parameters in in_chunks(sorted(request_ids), _TOGETHER):
        events += fetch(
            store, RequestEvent, f"WHERE request_id IN ({names}) AND archived_at IS NULL", **parameters
        )
    return in_order_of_each(events)


def stands_in_for(store: Store, owner_id: int, deputy_id: int) -> bool:
    """Whether somebody is the deputy named on the card of any client of an owner."""
    return bool(
        store.rows(
            "SELECT id FROM client WHERE deputy_id = :deputy AND owner_id = :owner AND archived_at IS NULL"
            " LIMIT 1",
            deputy=deputy_id,
            owner=owner_id,
        )
    )


def _of(staff_id: int | None) -> str:
    return "assignee_id IS NULL" if staff_id is None else "assignee_id = :staff"


def _staff(staff_id: int | None) -> dict[str, Value]:
    return {} if staff_id is None else {"staff": staff_id}


def _of_portfolio(store: Store, record: type[R], condition: str, **parameters: Value) -> list[R]:
    """Records of an owner's clients; the clients are walked, and of each only what fits is read."""
    rows = store.rows(
        f"SELECT {column_list(record, 'x')} FROM client c CROSS JOIN {record.kind} x"
        f" WHERE c.owner_id = :owner AND c.archived_at IS NULL AND x.client_id = c.id"
        f" AND {condition} AND x.archived_at IS NULL LIMIT :limit",
        **parameters,
        limit=LIMIT,
    )
    return [build(record, row) for row in rows]
