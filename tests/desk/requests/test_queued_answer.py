"""A reply that waits in the outbox is told as queued; the clock runs on until it is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich_client import Clock

from onewindow.desk.editing import changing
from onewindow.desk.messages import sending
from onewindow.desk.outbox import drafting
from onewindow.desk.queue.today import read_today
from onewindow.desk.requests.as_text import request_json, request_text
from onewindow.desk.requests.assignment import read_request
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import lateness_values, read_lateness
from onewindow.desk.window.panels import requests as panel
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client
from onewindow.records.messages import Message, Template
from onewindow.records.requests import Request


@pytest.fixture
def request_(session: Session, clock: Clock, tmp_path: Path) -> Request:
    """A request of this noon, and a folder that takes mail."""
    session.settings = replace(session.settings, outbox_folder=tmp_path / "out")
    clock.now = clock.now.replace(hour=9, minute=4, second=0)
    client = changing.insert(session, Client(name="Ромашка", owner_id=session.me.id, tier="A"))
    return changing.insert(session, Request(client_id=client.id, title="вопрос", assignee_id=session.me.id))


def queued(session: Session, request: Request, **values: object) -> Message:
    mail = Message(
        client_id=request.client_id, request_id=request.id, recipient="a@b.ru", subject="R-1", text="готово"
    ).with_changes({"staff_id": session.me.id, **values})
    return drafting.queue(session, drafting.draft(session, mail))


def test_row_thread_clocks_and_today_say_that_an_answer_is_queued(
    session: Session, request_: Request
) -> None:
    queued(session, request_)
    (row,) = panel.view(session, load_snapshot(session, request_.client_id)).rows
    assert [cell.text for cell in row.cells[:4]] == [
        "R-1",
        "вопрос",
        "2 h left, Mo 14:04",
        "answer queued 12:04",
    ]
    text = request_text(session, read_request(session, request_.id))
    assert "Иванова: answer queued 12:04: готово" in text
    assert "first answer 2 h left, Mo 14:04, answered when sent" in text
    (item,) = [row.item for row in read_today(session).rows]
    assert item.reason == "no answer yet, answer queued 12:04"
    values = request_json(session, read_request(session, request_.id))
    assert values["lateness"] == lateness_values(read_lateness(session, [request_])[request_.id])
    assert values["lateness"]["answer_queued_at"] == "2026-11-23T09:04:00Z"


def test_sending_ends_the_clock_and_the_mark(session: Session, request_: Request, clock: Clock) -> None:
    message = queued(session, request_)
    clock.now = clock.now.replace(minute=30)
    assert sending.send_now(session, message).result == "sent"
    text = request_text(session, read_request(session, request_.id))
    assert "queued" not in text
    assert "first answer in time" in text


def test_what_answers_nothing_is_no_answer(session: Session, request_: Request) -> None:
    thanks = changing.insert(session, Template(name="спасибо", purpose="thanks", text="спасибо"))
    queued(session, request_, template_id=thanks.id)
    drafting.draft(session, Message(client_id=request_.client_id, request_id=request_.id, text="черновик"))
    (row,) = panel.view(session, load_snapshot(session, request_.client_id)).rows
    assert row.cells[1].text == "вопрос"
    assert not read_request(session, request_.id).queued
