"""Which time of a request a column tells by the words of its name, however a program puts them together."""

from __future__ import annotations

import pytest

from onewindow.exchange.headers.time_words import time_of_request

_DONE = {
    "opened_at": """
        Создан Открыта Зарегистрировано Заведены Поступил Получена Принято Подан Оформлена Добавлено
        Заявлен Създадена Отворено Регистриран Постъпила Приет Приети Подадена Заявено
        Opened Created Submitted Logged Raised Reported Registered Received Requested Filed Entered
        Arrived Lodged
    """,
    "responded_at": "Отвечен Отвечена Отговорено Answered Responded Replied",
    "resolved_at": """
        Решён Решена Закрыто Завершены Выполнена Исполнено Устранён Затворена Приключено Завършен Изпълнена
        Отстранено Resolved Solved Closed Completed Finished Fixed
    """,
    "changed_at": "Изменён Изменена Обновлено Обновлена Променен Променена Обновен Changed Updated Modified",
}
_DOING = {
    "opened_at": """
        создание открытие регистрация поступление получение создания открытия регистрации заведения
        поступления получения приёма подачи оформления добавления създаване отваряне регистрация регистриране
        постъпване получаване приемане подаване завеждане заявяване
        open opening create creation submit submission log report registration receipt intake arrival
    """,
    "responded_at": "ответ реакция ответа реакции отговор answer response reply reaction",
    "resolved_at": """
        решение закрытие завершение выполнение исполнение устранение решения закрытия завершения выполнения
        исполнения устранения решаване затваряне приключване завършване изпълнение отстраняване
        resolution solution close closing closure completion finish
    """,
    "changed_at": "изменения обновления промяна обновяване update modification change",
}
_WHEN = """
    дата дату даты время времена момент день час когда сроки ден време кога
    date dates time times day datetime timestamp when at on
"""
_THINGS = """
    ticket case request issue incident заявка заявки заявке обращение обращения тикет тикета инцидент
    инцидента запрос запроса задача задачи заявката запитване запитването
"""
_BETWEEN = "of the and и в на за е по is was actual sys system фактическая фактическое UTC MSK МСК"
_OF_THE_FIRST = "first initial первый первого первая первой първи първия първата първа"
_OF_THE_LAST = "last latest последнее последнего последний последна последно последната"


def test_what_was_done_tells_it_alone_and_what_is_done_beside_a_day() -> None:
    for field in _DONE:
        done, doing = _DONE[field].split(), _DOING[field].split()
        assert [word for word in done if time_of_request(word) != field] == []
        assert [word for word in done if time_of_request(f"Дата и время {word}") != field] == []
        assert [word for word in doing if time_of_request(f"Дата {word}") != field] == []
        assert [word for word in doing if time_of_request(word) != ""] == []


def test_words_for_days_and_times() -> None:
    words = _WHEN.split()
    assert [word for word in words if time_of_request(f"{word} создания") != "opened_at"] == []
    assert [word for word in words if time_of_request(f"{word} заявки") != "opened_at"] == []


def test_words_that_may_stand_beside() -> None:
    beside = f"{_WHEN} {_THINGS} {_BETWEEN}".split()
    assert [word for word in beside if time_of_request(f"Создан {word}") != "opened_at"] == []
    assert [word for word in _THINGS.split() if time_of_request(f"Дата {word}") != "opened_at"] == []
    first, last = _OF_THE_FIRST.split(), _OF_THE_LAST.split()
    assert [word for word in first if time_of_request(f"{word} ответ дата") != "responded_at"] == []
    assert [word for word in last if time_of_request(f"{word} дата обновления") != "changed_at"] == []
    assert [word for word in (*first, *last) if time_of_request(f"{word} дата создания")] == []


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ticket opened at", "opened_at"),
        ("OpenDate", "opened_at"),
        ("CREATED_DATE", "opened_at"),
        ("sys_created_on", "opened_at"),
        ("ДатаСозданияЗаявки", "opened_at"),
        ("Заявка: дата и время", "opened_at"),
        ("Дата на затваряне на заявката (UTC)", "resolved_at"),
        ("Фактическое время решения", "resolved_at"),
        # Two times in one name, no time at all, a word that is not known: none of ours.
        *(("Дата создания и закрытия", ""), ("Created or closed", ""), ("Response", ""), ("Заявка", "")),
        *(
            ("Дата", ""),
            ("Дата договора", ""),
            ("Кем создан", ""),
            ("Created by", ""),
            ("", ""),
            ("2026", ""),
        ),
        *(("Плановая дата решения", ""), ("Ответ заявки", ""), ("Заявка решение", "")),
    ],
)
def test_names_as_programs_put_them_together(header: str, field: str) -> None:
    assert time_of_request(header) == field
