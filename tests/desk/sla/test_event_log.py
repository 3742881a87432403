"""What the log of a request has of its opening: that it was opened, and what it was already then."""

from __future__ import annotations

import pytest
from rich_client import RichClient

from onewindow.desk.editing import changing
from onewindow.records.requests import Request, RequestStatus
from onewindow.store.requests import threads


@pytest.mark.parametrize(
    ("status", "kinds"),
    [
        ("new", ["opened"]),
        ("open", ["opened"]),
        ("waiting", ["opened", "wait_client"]),
        ("resolved", ["opened", "resolve"]),
        ("declined", ["opened", "decline"]),
    ],
)
def test_a_request_tells_what_it_was_when_it_was_written_down(
    rich_client: RichClient, status: RequestStatus, kinds: list[str]
) -> None:
    session = rich_client.session
    wanted = Request(
        client_id=rich_client.id, title="x", status=status, next_actor="client", result="сделано"
    )
    made = changing.insert(session, wanted)
    assert [event.event_kind for event in threads.events(session.store, made.id)] == kinds
