"""Values as people and other programs dress them: words with more around them, amounts, phones, dates."""

from __future__ import annotations

import pytest
from test_imported_values import bring, on_file

from onewindow.desk.editing import changing
from onewindow.desk.session.context import Session
from onewindow.exchange.values.countries import read_country
from onewindow.records.clients import Client, Promise
from onewindow.records.feedback import Revenue, Survey, SurveyResponse
from onewindow.records.requests import Request, Touch
from onewindow.text.identifiers.phones import split_phones


def test_a_known_word_with_more_around_it_counts_and_is_told(session: Session) -> None:
    report = bring(
        session,
        "request",
        "Клиент;Тема;Статус;Приоритет;Тип;Канал\n"
        "А;1;В работе у специалиста;Высокий (2);Ошибка в программе;WhatsApp Business\n"
        "А;2;Закрыто (решено);P1 - Critical;Консультация по работе;Телефон/звонок\n"
        "А;3;Ожидание ответа от клиента;Средний приоритет;Вопрос;веб-форма\n",
    )
    assert on_file(session, Request, "status", "priority", "request_kind", "channel") == [
        ("open", "high", "fault", "messenger"),
        ("resolved", "urgent", "question", "phone"),
        ("waiting", "normal", "question", "portal"),
    ]
    (note,) = (note for note in report.notes if note.startswith("Read by a word"))
    assert "“Высокий (2)” as high" in note
    assert "--value COLUMN:WORD=value" in note


@pytest.mark.parametrize("status", ["Не решено", "Open, resolved earlier", "not solved", "на складе"])
def test_a_denied_word_and_words_that_differ_are_not_guessed(session: Session, status: str) -> None:
    report = bring(session, "request", f"Клиент;Тема;Статус\nА;1;{status}\n".replace("; res", " res"))
    assert on_file(session, Request, "status") == [("new",)]
    assert f"“{status}” is not one of" in report.rows[0].reason


def test_short_directions_and_times_with_a_dot(session: Session) -> None:
    bring(
        session,
        "touch",
        "Клиент;Дата;Тип;Описание\nА;пт, 20.11.2026 9.30;исх. звонок;а\nА;20.11.2026 14:30;вх. письмо;б\n",
    )
    assert on_file(session, Touch, "at", "touch_kind", "direction") == [
        ("2026-11-20T06:30:00Z", "call", "out"),
        ("2026-11-20T11:30:00Z", "mail", "in"),
    ]


@pytest.mark.parametrize(
    ("cell", "minor", "currency"),
    [
        ("100 р. 50 коп.", 10_050, "RUB"),
        ("1 234-50", 123_450, "RUB"),
        ("12 лв. 5 ст.", 1205, "BGN"),
        ("12 тыс. руб.", 1_200_000, "RUB"),
        ("RUB 100", 10_000, "RUB"),
    ],
)
def test_amounts_as_papers_write_them(session: Session, cell: str, minor: int, currency: str) -> None:
    bring(session, "revenue", f"Дата;Клиент;Сумма\n1.11.2026;А;{cell}\n")
    assert on_file(session, Revenue, "amount", "currency") == [(minor, currency)]


def test_a_client_since_a_year(session: Session) -> None:
    bring(session, "client", "Название;Клиент с\nА;2019\nБ;2020 г.\n")
    assert on_file(session, Client, "since") == [("2019-01-01",), ("2020-01-01",)]


def test_numbers_that_differ_in_their_last_figures() -> None:
    assert split_phones("+7-912-345-67-89/90", "RU") == (["+79123456789", "+79123456790"], [])


def test_a_short_word_for_a_republic() -> None:
    assert read_country("Респ. Казахстан") == "KZ"


@pytest.mark.parametrize(
    ("headers", "cells"),
    [
        ("Дата;Время", "20.11.2026;14:30"),
        ("Время;Дата", "14:30;20.11.2026"),
        ("Дата;Время", "2026-11-20 00:00:00;14:30:00"),
        ("Дата звонка;Время звонка", "20.11.2026;14.30"),
    ],
)
def test_a_time_of_day_in_a_column_of_its_own(session: Session, headers: str, cells: str) -> None:
    bring(session, "touch", f"Клиент;{headers};Тип;Описание\nА;{cells};звонок;а\n")
    assert on_file(session, Touch, "at") == [("2026-11-20T11:30:00Z",)]


def test_the_time_of_an_opening_beside_its_day(session: Session) -> None:
    bring(
        session,
        "request",
        "Клиент;Тема;Дата создания;Время создания;Решено\nА;1;20.11.2026;14:30;\nА;2;20.11.2026;;\n",
    )
    assert on_file(session, Request, "opened_at") == [("2026-11-20T11:30:00Z",), ("2026-11-20T06:00:00Z",)]


def test_a_deadline_with_a_word_before_it(session: Session) -> None:
    bring(session, "promise", "Клиент;Обещание;Срок\nА;Позвонить;до 15.12.2026\nА;Прислать;by 2026-12-16\n")
    assert on_file(session, Promise, "due_on") == [("2026-12-15",), ("2026-12-16",)]


def test_marks_out_of_ten_and_in_stars(session: Session) -> None:
    survey = changing.insert(session, Survey(title="Оценка", metric="nps", questions="Порекомендуете нас?"))
    rows = f"А;{survey.title};9/10;1.11.2026\nБ;{survey.title};★★★★☆;1.11.2026\n"
    bring(session, "survey_response", f"Клиент;Опрос;Оценка;Дата\n{rows}")
    assert on_file(session, SurveyResponse, "score") == [(9,), (4,)]
