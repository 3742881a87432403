"""How late and how long left is one figure: every list, screen and command says the same of a request."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import CommandLine
from made_once import copy_of_demo

from onewindow.desk import opening
from onewindow.desk.opening import at_work
from onewindow.desk.queue.my_day import my_day
from onewindow.desk.queue.rows import machine_row, row_of
from onewindow.desk.queue.rows import moment_of as moment_of_day
from onewindow.desk.queue.team_rows import moment_of, request_row
from onewindow.desk.queue.today import read_today
from onewindow.desk.requests import replies
from onewindow.desk.requests.as_text import request_json, request_text
from onewindow.desk.requests.assignment import read_request
from onewindow.desk.session.context import Session
from onewindow.desk.sla.lateness import lateness_values, read_lateness
from onewindow.desk.window.panels import requests as panel
from onewindow.desk.window.panels.when import when_at
from onewindow.desk.window.show import window_json, window_text
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.metrics.sla.lateness import Lateness
from onewindow.records.requests import CLOSED_STATUSES, Request
from onewindow.settings import Settings
from onewindow.store.engine import open_store
from onewindow.store.listing import listed
from onewindow.store.people import organization
from onewindow.store.queue import team

SUNDAY = datetime(2026, 11, 29, 13, 5, tzinfo=UTC)
"""A day off: what was due on Friday is late by Friday's hours alone."""
WIDE = 10_000


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_demo(tmp_path_factory, tmp_path_factory.mktemp("lateness") / "demo.db", SUNDAY)


@pytest.fixture
def session(firm: Path, tmp_path: Path) -> Iterator[Session]:
    with open_store(Path(shutil.copy(firm, tmp_path / "demo.db"))) as store:
        me = organization.staff_by_login(store, "ivanova")
        assert me is not None
        yield at_work(store, me, Settings(), lambda: SUNDAY, "Europe/Moscow")


@pytest.fixture
def cli(session: Session, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setattr(opening, "system_clock", lambda: SUNDAY)
    monkeypatch.setenv("TZ", "Europe/Moscow")
    return CommandLine(session.store.path, "ivanova")


def open_requests(session: Session) -> list[Request]:
    """Every request that somebody still has to settle, a late and a running one of each sort among them."""
    requests = [
        request for request in listed(session.store, Request) if request.status not in CLOSED_STATUSES
    ]
    assert len(requests) > 30
    return requests


def said(session: Session, lateness: Lateness | None) -> str:
    return when_at(session, SUNDAY).lateness(lateness)


def test_every_screen_says_the_same_of_every_open_request(session: Session) -> None:
    requests = open_requests(session)
    truth = read_lateness(session, requests)
    late = {number for number, lateness in truth.items() if lateness is not None and lateness.is_late}
    assert len(late) > 15
    assert (
        sum(
            lateness is not None and not lateness.is_late and not lateness.is_paused
            for lateness in truth.values()
        )
        > 10
    )
    for client_id in {request.client_id for request in requests}:
        snapshot = load_snapshot(session, client_id)
        rows = {row.key: row for row in panel.view(session, snapshot).rows}
        text = window_text(session, snapshot, WIDE)
        values = {item["id"]: item for item in window_json(session, snapshot)["requests"]}
        for request in snapshot.requests:
            expected, figure = truth[request.id], said(session, truth[request.id])
            row = rows[panel.RecordKey("request", request.id)]
            assert row.cells[2].text == figure
            assert (row.mark == "!") == (request.id in late)
            (line_of_request,) = (line for line in text.splitlines() if f"R-{request.number}; " in line)
            assert f"{request.title}; {figure}" in line_of_request
            assert lateness_values(expected).items() <= values[request.id].items()
    for request in requests:
        expected, figure = truth[request.id], said(session, truth[request.id])
        whole = read_request(session, request.id)
        assert request_json(session, whole)["lateness"] == lateness_values(expected)
        assert figure in request_text(session, whole, WIDE)
        assert replies.why_due(session, request)[-1].endswith(figure)
        assert request_row(session, moment_of(session), request, None, expected).cells[0].text == figure


def test_today_and_the_top_line_count_what_is_late(session: Session) -> None:
    truth = read_lateness(session, open_requests(session))
    today = read_today(session)
    moment, shown = moment_of_day(session, today), (*today.rows, *today.put_off)
    requests = [row for row in shown if row.item.kind == "request"]
    assert len(requests) > 5
    for row in requests:
        expected = truth[row.key.id]
        assert row_of(session, moment, row).cells[0].text == said(session, expected)
        assert lateness_values(expected).items() <= machine_row(session, row).items()
    mine = [row for row in requests if row.item.whose_id == session.me.id or row.item.is_covered]
    assert my_day(session).late == sum(row.item.is_late for row in mine) > 0


def test_the_late_queue_of_the_team_is_what_is_late(session: Session) -> None:
    requests = open_requests(session)
    late = {
        number
        for number, lateness in read_lateness(session, requests).items()
        if lateness and lateness.is_late
    }
    assert {request.id for request in team.late(session.store, session.now_text())} == late
    loads = [
        team.load_of(session.store, colleague, session.now_text(), "9")
        for colleague in (None, *session.directory.staff)
    ]
    assert sum(load.late for load in loads) == len(late)


def test_the_commands_print_the_same_figure(session: Session, cli: CommandLine) -> None:
    requests = {f"R-{request.number}": request for request in open_requests(session)}
    truth = read_lateness(session, requests.values())
    listing = {row["number"]: row for row in cli.data("request", "list")}
    queue = {row["number"]: row for row in cli.data("team", "queue", "late")}
    lines = cli.out("request", "list").splitlines() + cli.out("team", "queue", "late").splitlines()
    for number, request in requests.items():
        expected = lateness_values(truth[request.id])
        assert expected.items() <= listing[request.number].items()
        if expected["is_late"]:
            assert expected.items() <= queue[number].items()
        figure = said(session, truth[request.id])
        matching = [line for line in lines if number in line.split()]
        assert len(matching) == 1 + bool(expected["is_late"])
        assert all(figure in line for line in matching)
    assert len(queue) == sum(bool(lateness and lateness.is_late) for lateness in truth.values())
    late = next(
        number for number, candidate in requests.items() if (stands := truth[candidate.id]) and stands.is_late
    )
    figure = said(session, truth[requests[late].id])
    assert figure in cli.out("request", "show", late)
    assert cli.out("request", "why", late).endswith(figure)
    assert any(late in line and figure in line for line in cli.out("today").splitlines())
