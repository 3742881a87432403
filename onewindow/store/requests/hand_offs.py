"""What was given to other departments, and how requests of a client were passed on."""

from __future__ import annotations

from onewindow.records.requests import OPEN_HAND_OFFS, HandOff, RequestEvent
from onewindow.store.engine import Store
from onewindow.store.rows import fetch


def of_request(store: Store, request_id: int) -> list[HandOff]:
    """Everything that was handed off for a request, the oldest first."""
    return fetch(
        store,
        HandOff,
        "WHERE request_id = :request AND archived_at IS NULL ORDER BY id",
        request=request_id,
    )


def open_of_request(store: Store, request_id: int) -> list[HandOff]:
    """What another department has not settled yet for a request."""
    return [hand_off for hand_off in of_request(store, request_id) if hand_off.state in OPEN_HAND_OFFS]


def count_of_client(store: Store, client_id: int) -> int:
    """How often something of a client was handed off, ever."""
    return store.scalar(
        "SELECT COUNT(*) FROM hand_off WHERE client_id = :client AND archived_at IS NULL", client=client_id
    )


def assignments_of_client(store: Store, client_id: int) -> list[RequestEvent]:
    """Every time a request of a client was given to somebody, the oldest first."""
    return fetch(
        store,
        RequestEvent,
        "WHERE client_id = :client AND event_kind = 'assign' AND archived_at IS NULL ORDER BY at, id",
        client=client_id,
    )


def departments(store: Store) -> list[str]:
    """The departments to which something was given, of which something was asked, or in which staff is.

    The ones used most come first.
    """
    used = "SELECT department FROM {table} WHERE department <> '' AND archived_at IS NULL"
    parts = " UNION ALL ".join(used.format(table=table) for table in ("hand_off", "executor", "staff"))
    return [
        row[0]
        for row in store.rows(
            f"SELECT department, COUNT(*) AS times FROM ({parts}) AS used GROUP BY department"
            " ORDER BY times DESC, department"
        )
    ]
