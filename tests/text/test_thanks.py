"""A bare thank you is told from a message that wants something."""

from __future__ import annotations

import pytest

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
