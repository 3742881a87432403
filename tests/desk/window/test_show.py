"""The window as text and as values, and the arithmetic behind its parts."""

from __future__ import annotations

import json

import pytest
from rich_client import HOSTILE, RichClient

from onewindow.desk.editing.changing import insert
from onewindow.desk.session.context import Session
from onewindow.desk.why import why
from onewindow.desk.window.panels.registry import PANELS
from onewindow.desk.window.panels.view import RecordKey
from onewindow.desk.window.show import window_json, window_text
from onewindow.desk.window.snapshot import load_snapshot
from onewindow.records.clients import Client
from onewindow.records.feedback import SurveyResponse
from onewindow.records.requests import Touch
from onewindow.store.problems import NotFound
from onewindow.text.layout.width import cell_width


def test_the_text_names_everything_one_item_a_line(session: Session, rich_client: RichClient):
    text = window_text(session, load_snapshot(session, rich_client.id))
    lines = text.splitlines()
    assert lines[:7] == [
        "Ромашка ООО, C-1",
        "tier A, regular, active, client since 01.03.21, Казань",
        "health 49 red, 99 % known, at most 49: an urgent request is open and breached",
        "owner Иванова Мария, deputy Петров Олег",
        "ООО «Ромашка», ИНН 7707083893 ok",
        "no invoice yet: legal address",
        "paid till 31.10 (finance)",
    ]
    for line in (
        "PROMISES: 2",
        "- ? 25.11; отчёт по внедрению; Иванова → Анна Ким, письмо 12.11; in 2 d",
        "- ! R-1; отчёт не открывается; 8 h late, Fr 15:02; me",
        "- ! акт, 2026-10; missing; 23 d late; act; 31.10",
        "- Склад; 48/50; users 46 (+4); used 1 d ago",
        "- control point 8. приёмка; Петров; in 22 d; by 15.12",
        "- pinned; 20.01; note; не ставить на обед; 15:00",
    ):
        assert line in lines
    headings = [
        line.partition(":")[0] for line in lines if line.isupper() or line.partition(":")[0].isupper()
    ]
    assert headings[0] == "PROMISES"
    assert headings[1:] == [name.upper() for name in PANELS if name != "promises"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked_nor_draws_anything(
    session: Session, rich_client: RichClient, width: int
):
    rich_client.add(Touch(text=f"{HOSTILE} {'долгий разговор ' * 20}", at="2026-11-23T10:00:00Z"))
    text = window_text(session, load_snapshot(session, rich_client.id), width)
    assert max(cell_width(line) for line in text.splitlines()) <= width
    assert not set(text) & set("─│┌▌▁▂▃▄▅▆▇█\x1b\u202e◆")


def test_an_empty_client_is_shown_without_holes(session: Session):
    empty = insert(session, Client(name="Пусто"))
    text = window_text(session, load_snapshot(session, empty.id))
    assert "REQUESTS: none" in text
    assert "owner nobody, deputy nobody" in text
    assert "health unknown, 0 % known" in text


def test_the_values_are_raw_and_hold_what_was_computed(session: Session, rich_client: RichClient):
    values = json.loads(json.dumps(window_json(session, load_snapshot(session, rich_client.id))))
    assert values["read_at"] == "2026-11-23T11:32:00Z"
    assert values["client"]["number"] == 1
    assert values["owner"] == "Иванова Мария"
    assert (values["health"]["score"], values["health"]["band"]) == (49, "red")
    assert values["health"]["caps"][0]["limit"] == 49
    late = next(request for request in values["requests"] if request["number"] == 1)
    assert late["is_late"] is True
    clock = late["clocks"][late["pressing_clock"]]
    assert clock["state"] == "breached"
    assert clock["remaining_seconds"] == clock["target_seconds"] - clock["elapsed_seconds"] < 0
    missing = [document for document in values["documents"] if document["is_missing"]]
    assert [document["period"] for document in missing] == ["2026-10"]
    assert [document["number"] for document in values["documents"] if document["is_expiring"]] == ["17/21"]
    licence = values["licences"][0]
    assert (licence["product"], licence["users_change"], licence["weekly_users"][-1]) == ("Склад", 4, 46)
    assert [step["title"] for step in values["plans"][0]["steps"] if step["is_late"]] == ["обучение склада"]
    assert [quote["is_to_tell"] for quote in values["feedback"]] == [False, True]
    amounts = {opportunity["state"]: opportunity["amount"] for opportunity in values["opportunities"]}
    assert amounts == {"accepted": 64_000_000, "suggested": 12_000_000, "dismissed": None}
    assert values["ready_to_invoice"] is False
    assert values["gaps"][0]["field"] == "legal_address"


def test_private_facts_are_not_exported(session: Session, rich_client: RichClient):
    rich_client.change(rich_client.main, birthday="1980-05-05")
    snapshot = load_snapshot(session, rich_client.id)
    for text in (
        json.dumps(window_json(session, snapshot), ensure_ascii=False),
        window_text(session, snapshot),
    ):
        assert "1980-05-05" not in text
        assert "болеет за Рубин" not in text


def lines_of(session: Session, rich_client: RichClient, kind: str, place: int = 0) -> list[str]:
    record = rich_client.made[kind][place]
    return why(session, load_snapshot(session, rich_client.id), RecordKey(kind, record.id))


def test_why_of_a_late_request_ends_in_its_lateness(session: Session, rich_client: RichClient):
    lines = lines_of(session, rich_client, "request")
    assert lines[0] == "R-1 отчёт не открывается"
    assert lines[2] == "next: me"
    assert "First response within 30 m of working time" in lines[3]
    assert lines[-1] == "First response: 8 h late, Fr 15:02"


def test_why_of_a_closed_request_reads_its_events(session: Session, rich_client: RichClient):
    lines = lines_of(session, rich_client, "request", 3)
    assert lines[1] == "normal problem, resolved"
    assert any("Resolved" in line for line in lines)


def test_why_of_health_adds_up(session: Session, rich_client: RichClient):
    snapshot = load_snapshot(session, rich_client.id)
    lines = why(session, snapshot, "health")
    assert "at most 49: an urgent request is open and breached" in lines
    assert "health 49 red" in lines
    raw = snapshot.health.raw
    assert raw is not None
    assert abs(sum(part.points for part in snapshot.health.contributions) - raw) < 1e-9


def test_why_of_completeness_lists_what_is_missing(session: Session, rich_client: RichClient):
    lines = why(session, load_snapshot(session, rich_client.id), "completeness")
    assert lines[0] == "missing: legal address – an invoice needs it"
    assert lines[-1] == "card 58 % complete"


def test_why_of_a_licence_is_its_use_week_by_week(session: Session, rich_client: RichClient):
    lines = lines_of(session, rich_client, "licence")
    assert lines[:2] == ["Склад", "48 of 50 licences in use = 96 %"]
    assert "week from 23.11: 46 users" in lines
    assert "week from 26.10: 42 users" in lines
    assert "week from 07.09: not reported" in lines
    assert "change in 4 weeks: 46 − 42 = +4" in lines


def test_why_of_a_document_counts_the_days(session: Session, rich_client: RichClient):
    lines = lines_of(session, rich_client, "document", 1)
    assert "valid till 02.01.27, today is 23.11: in 40 d" in lines
    assert "marked from 60 days before its end on: 40 <= 60? yes" in lines


def test_why_of_the_others(session: Session, rich_client: RichClient):
    assert lines_of(session, rich_client, "promise")[1] == "Иванова → Анна Ким, письмо 12.11"
    assert lines_of(session, rich_client, "promise", 1)[-1] == "acknowledged: kept 14/14"
    assert lines_of(session, rich_client, "opportunity", 1)[:3] == [
        "+ 5 лицензий",
        "suggested by the rule “licences”",
        "evidence: 48/50 заняты 21 д",
    ]
    assert lines_of(session, rich_client, "opportunity", 2)[-1] == "dismissed: нет кассиров"
    assert lines_of(session, rich_client, "feedback")[-1].startswith("the client does not know it yet")
    assert any("control point" in line for line in lines_of(session, rich_client, "plan_step", 7))
    assert "kind: note" in lines_of(session, rich_client, "touch", 2)


def test_why_of_a_detractor_asks_for_an_answer(session: Session, rich_client: RichClient):
    survey = rich_client.made["survey"][0]
    rich_client.add(SurveyResponse(survey_id=survey.id, score=3, at="2026-11-22T08:00:00Z"))
    assert lines_of(session, rich_client, "survey_response", 1)[-1].startswith("a detractor needs an answer")
    assert not lines_of(session, rich_client, "survey_response", 0)[-1].startswith("a detractor")
    marks = [
        row.mark
        for row in PANELS["timeline"].view(session, load_snapshot(session, rich_client.id), "surveys").rows
    ]
    assert marks == ["!", " "]


def test_why_of_nothing_on_file_says_so(session: Session, rich_client: RichClient):
    with pytest.raises(NotFound):
        why(session, load_snapshot(session, rich_client.id), RecordKey("request", 1))
