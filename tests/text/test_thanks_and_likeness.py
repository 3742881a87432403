"""A bare thank you is told from a message, and texts about one thing from others."""

from __future__ import annotations

import pytest

from onewindow.text.likeness import is_alike, likeness
from onewindow.text.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "спасибо",
        "Спасибо большое, Мария!",
        "Благодаря ви!",
        "Благодаря, всичко работи",
        "thanks, all works now",
        "Thank you very much for your help",
        "Спасибо, всё получилось\n> Обновили драйвер в 15 кабинете",
    ],
)
def test_a_bare_thank_you(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ок",
        "спасибо, но не работает",
        "Спасибо. А когда будет отчёт?",
        "спасибо, жду",
        "Спасибо. Ещё вопрос по счёту",
        "thanks, printer broken again",
        "Благодаря, но пак няма достъп",
        "спасибо, пришлите счёт на 5 лицензий",
        "Спасибо, принтер теперь печатает полосами и мнёт бумагу",
    ],
)
def test_thanks_that_want_something(text: str) -> None:
    assert not is_thanks(text)


def test_words_with_other_endings_are_alike() -> None:
    assert is_alike("отчёт не открывается", "отчёты снова не открываются")
    assert is_alike("Врач не может войти", "врачи не могут войти: не может")
    assert not is_alike("отчёт не открывается", "счёт на обучение")
    assert likeness("", "") == 0
    assert likeness("в 1С", "в 1С") == 0
