"""What was done, deleted, declined or lost in other programs comes in as that, with day and reason."""

from __future__ import annotations

import json

import pytest
from rich_client import Clock
from test_imported_values import bring, on_file

from onewindow.desk.imports.running import import_file
from onewindow.desk.session.context import Session
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Opportunity
from onewindow.records.requests import Request, Task


def test_a_task_that_is_done_is_no_open_one(session: Session) -> None:
    report = bring(
        session,
        "task",
        "Задача;Срок;Клиент;Выполнено\nа;01.11.2026;А;да\nб;01.11.2026;А;нет\nв;01.11.2026;А;05.11.2026\n"
        "г;01.11.2026;А;Завершено\nд;01.11.2026;А;да, 06.11.2026\nе;01.11.2026;А;\n",
    )
    assert report.left_out == ()
    assert on_file(session, Task, "status") == [
        (each,) for each in ("done", "open", "done", "done", "done", "open")
    ]
    done = [str(at)[:10] for (at,) in on_file(session, Task, "done_at")]
    assert (done[2], done[4], done[5]) == ("2026-11-05", "2026-11-06", "None")


def test_a_day_without_its_year_is_the_next_one_and_is_said(session: Session, clock: Clock) -> None:
    today = clock().date()
    report = bring(session, "task", "Задача;Срок;Клиент\nа;15.12;А\nб;31.02;А\nв;1.1;А\n")
    assert on_file(session, Task, "due_on") == [
        (f"{today.year}-12-15",),
        (None,),
        (f"{today.year + 1}-01-01",),
    ]
    assert [row.reason for row in report.rows] == ["", "due_on: “31.02” is not a date", ""]
    assert any(f"“15.12” as {today.year}-12-15" in note for note in report.notes)


def test_a_promise_keeps_its_day_and_the_day_on_which_it_was_kept(session: Session, clock: Clock) -> None:
    year = clock().date().year
    report = bring(
        session,
        "promise",
        "Клиент;Обещание;До;Выполнено\nА;акт;до 05.12;\n"
        "А;скидка;15.11.2026;да, 14.11.2026\nА;обзвон;завтра;нет\n",
    )
    assert report.left_out == ()
    assert on_file(session, Promise, "promise_kind", "due_on", "status") == [
        ("spoken", f"{year}-12-05", "new"),
        ("spoken", "2026-11-15", "kept"),
    ]
    assert str(on_file(session, Promise, "settled_at")[1][0]).startswith("2026-11-14T")
    assert [row.reason for row in report.rows] == ["", "", "due_on: “завтра” is not a date"]


def test_what_is_archived_in_the_other_program_stays_there(session: Session) -> None:
    rows = [
        {"id": "1", "properties": {"name": "Nova"}, "archived": False},
        {"id": "2", "properties": {"name": "Nova 2"}, "archived": True},
    ]
    data = json.dumps({"results": [{"name": each["properties"]["name"], **each} for each in rows]})  # type: ignore[index]
    report = import_file(session, "client", data.encode(), "hs.json")
    assert on_file(session, Client, "name") == [("Nova",)]
    assert report.rows[1].reason == "the other program holds it as “archived: true”"


def test_a_lost_deal_keeps_its_reason_beside_the_column_of_won_ones(session: Session) -> None:
    report = bring(
        session,
        "opportunity",
        "Deal Name,Deal Stage,Company,Close Date,Closed Won Reason,Closed Lost Reason\n"
        "a,Closed lost,А,2026-10-05,,too dear\nb,Closed won,А,2026-10-05,price,\n",
    )
    assert report.left_out == ()
    assert on_file(session, Opportunity, "state", "reason") == [("lost", "too dear"), ("won", "price")]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Решён", "resolved"),
        ("Решены", "resolved"),
        ("Выполнена", "resolved"),
        ("Завершена", "resolved"),
        ("Отклонены", "declined"),
        ("Передана", "handed_off"),
        ("Отложена", "waiting"),
        ("Назначено", "open"),
        ("Затворен", "resolved"),
        ("Отворено", "open"),
    ],
)
def test_words_of_status_are_known_in_every_gender(session: Session, word: str, status: str) -> None:
    report = bring(session, "request", f"Клиент;Тема;Создано;Статус\nА;б;10.11.2026 10:00;{word}\n")
    assert on_file(session, Request, "status") == [(status,)]
    assert "status" not in report.rows[0].reason
