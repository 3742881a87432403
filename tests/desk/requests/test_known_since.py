"""A card as of a day tells nothing that happened later, and says where its history begins later."""

from __future__ import annotations

import pytest
from rich_client import Clock

from onewindow.desk.editing import changing
from onewindow.desk.editing.as_of import card_as_of
from onewindow.desk.requests import replies
from onewindow.desk.session.context import Session
from onewindow.records.adoption import Licence, Product
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store import rows
from onewindow.store.problems import NotFound


@pytest.fixture
def client(session: Session, clock: Clock) -> Client:
    """A client whose licence was used on the 20th, then on the 25th, and whose request is solved then."""
    made = changing.insert(session, Client(name="Ромашка", city="Казань"))
    product = changing.insert(session, Product(name="Склад"))
    bought = Licence(client_id=made.id, product_id=product.id, bought=5, active=1)
    licence = changing.insert(session, bought.with_changes({"last_used_on": "2026-11-20"}))
    request = changing.insert(session, Request(client_id=made.id, title="вход"))
    clock.now = clock.now.replace(day=26)
    changing.change(session, licence, {"active": 4, "last_used_on": "2026-11-25"})
    replies.resolve_with(session, request, "сделано")
    solved = rows.get(session.store, Request, request.id)
    changing.change(session, solved, {"cause": "права", "minutes": 20})
    return made


def test_what_has_a_history_is_told_as_it_was_without_a_mark(session: Session, client: Client) -> None:
    card = card_as_of(session, client, "2026-11-24")
    (past,), (request,) = card.records["licence"], card.records["request"]
    assert (card.client.known_since, past.known_since, past.not_known) == ("", "", frozenset())
    assert isinstance(past.record, Licence)
    assert (past.record.active, past.record.last_used_on) == (1, "2026-11-20")
    assert isinstance(request.record, Request)
    assert (request.record.status, request.record.result) == ("new", "")


def test_what_came_without_its_history_is_marked_and_tells_no_later_day(
    session: Session, client: Client, clock: Clock
) -> None:
    """As a file that was brought over: records with dates of their own, and one change set of now."""
    with session.store.exclusive():
        session.store.execute("DELETE FROM event")
        session.store.execute("UPDATE change_set SET at = '2026-11-26T11:32:00Z'")
    clock.now = clock.now.replace(day=30)
    card = card_as_of(session, client, "2026-11-24")
    assert card.client.known_since == "2026-11-26T11:32:00Z"
    (past,), (request,) = card.records["licence"], card.records["request"]
    assert past.known_since == "2026-11-26T11:32:00Z"
    assert past.not_known == {"last_used_on", "active"}
    assert {"status", "result", "cause", "minutes", "resolved_at", "responded_at"} <= request.not_known
    assert "opened_at" not in request.not_known
    today = card_as_of(session, client, "2026-11-27")
    assert [licence.known_since for licence in today.records["licence"]] == [""]


def test_a_client_of_long_ago_is_said_to_be_on_file_only_since_then(session: Session) -> None:
    made = changing.insert(session, Client(name="Старый", since="2021-06-18"))
    with pytest.raises(NotFound, match=r"Старый is not on file before 23\.11\.2026 14:32; on 2024-12-01"):
        card_as_of(session, made, "2024-12-01")


def test_a_client_who_was_archived_then_is_said_to_be(session: Session, client: Client, clock: Clock) -> None:
    changing.archive(session, rows.get(session.store, Client, client.id))
    clock.now = clock.now.replace(day=29)
    with pytest.raises(NotFound, match=r"Ромашка was archived on 2026-11-27\."):
        card_as_of(session, rows.get(session.store, Client, client.id), "2026-11-27")
