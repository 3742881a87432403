"""What a client is told of their requests: plain words, their own time, and nothing internal."""

from __future__ import annotations

import pytest
from rich_client import HOSTILE, RichClient

from onewindow.desk.editing import changing
from onewindow.desk.opening import at_work
from onewindow.desk.requests import replies
from onewindow.desk.requests.client_status import client_zone, status_lines, status_of, statuses_of
from onewindow.desk.requests.status_page import FORMATS, page
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client
from onewindow.records.requests import Request
from onewindow.store import rows


def test_a_request_is_told_in_plain_words(session: Session, rich_client: RichClient) -> None:
    request = rich_client.add(
        Request(title="не печатает", contact_id=rich_client.main.id, promised_at="2026-11-25T09:00:00Z"),
        days=1,
    )
    answered = replies.reply_to(session, request, "Проверяем сервер у Сидорова")
    replies.wait_for_client(session, answered, "он опять не прислал скан, клиент трудный")
    lines = status_lines(status_of(session, changing.change(session, answered, {"cause": "наш сбой"})))
    assert lines[1] == "  ждём вашего ответа; обещано к 25 ноября, 12:00; следующий шаг за вами"
    assert lines[2:] == [
        "  22 ноября, 14:32  принято",
        "  23 ноября, 14:32  мы ответили",
        "  23 ноября, 14:32  ждём вашего ответа",
    ]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kamchatka", "Europe/Moscow"])
def test_hours_are_those_of_the_office_wherever_the_program_runs(
    session: Session, rich_client: RichClient, zone: str
) -> None:
    promised = Request(title="не печатает", promised_at="2026-11-25T09:00:00Z")
    request = rich_client.add(promised, days=1)
    server = at_work(session.store, session.me, session.settings, session.clock, zone)
    status = status_of(server, request, "ru")
    assert status.promised == "обещано к 25 ноября, 12:00"
    assert status.stages[0].at == "22 ноября, 14:32"
    assert client_zone(server, rich_client.client) == "Europe/Moscow"
    there = changing.change(session, rich_client.client, {"time_zone": "Asia/Yekaterinburg"})
    assert client_zone(server, there) == "Asia/Yekaterinburg"
    assert status_of(server, request, "ru").promised == "обещано к 25 ноября, 14:00"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_internal_is_on_the_page(session: Session, rich_client: RichClient, form: str) -> None:
    internal = "ТАЙНА"
    fields = dict.fromkeys(("text", "cause", "corrective_action", "department", "tags"), internal)
    request = rich_client.add(Request(title="вопрос", **fields))  # pyright: ignore[reportArgumentType]
    request = replies.reply_to(session, request, internal)
    request = replies.wait_for_client(session, request, internal)
    assert "вопрос" in page(statuses_of(session, rich_client.client), form)
    assert internal not in page(statuses_of(session, rich_client.client), form)


def test_the_result_is_told_when_it_is_over(session: Session, rich_client: RichClient) -> None:
    request = rich_client.add(Request(title="вопрос"))
    replies.resolve_with(session, request, "Обновили драйвер")
    done = status_of(session, rows.get(session.store, Request, request.id), "en")
    assert (done.now, done.result, done.next_step) == ("done", "Обновили драйвер", "")


def test_hostile_text_stays_text_on_the_page(session: Session, rich_client: RichClient) -> None:
    rich_client.add(Request(title=f"<script>alert(1)</script> *b* [x](y) {HOSTILE}"))
    status = statuses_of(session, rich_client.client)
    html = page(status, "html")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html
    assert r"\*b\* \[x\](y)" in page(status, "md")
    assert html.startswith('<!DOCTYPE html>\n<html lang="ru">')


def test_the_page_says_who_answers_and_when_there_is_nothing(
    session: Session, rich_client: RichClient
) -> None:
    client = rich_client.client
    assert "Вам отвечает: Иванова Мария" in page(statuses_of(session, client), "txt")
    for request in rich_client.made["request"]:
        fresh = rows.get(session.store, Request, request.id)
        if fresh.status != "resolved":
            replies.resolve_with(session, fresh, "готово")
    assert "There are no open requests." in page(statuses_of(session, client, "en"), "txt")


def test_a_client_without_a_zone_reads_the_hours_of_our_office_and_not_of_the_machine(
    session: Session, rich_client: RichClient
) -> None:
    client = rows.get(session.store, Client, rich_client.client.id)
    assert client.time_zone == ""
    session.zone = "Asia/Kamchatka"
    assert client_zone(session, client) == "Europe/Moscow"
    there = changing.change(session, client, {"time_zone": "Europe/Sofia"})
    assert client_zone(session, there) == "Europe/Sofia"
