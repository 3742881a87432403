"""Words of a file as our values."""

from __future__ import annotations

from typing import get_args

import pytest

from onewindow.exchange.values import CHOICE_FIELDS, person_name, read_choice
from onewindow.records import clients


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("client_class", "reseller Посредник дилър РЕСЕЛЛЕР", "reseller"),
        ("client_class", "one_off One-off разовый еднократен", "one_off"),
        ("tier", "A а VIP 1", "A"),
        ("tier", "C С с", "C"),
        ("stage", "active Активный активен", "active"),
        ("stage", "lost ушёл загубен", "lost"),
        ("payment_state", "overdue просрочено дълг", "overdue"),
        ("preferred_channel", "e-mail почта имейл", "email"),
        ("language", "ru Русский RU-ru", "ru"),
        ("is_main", "yes да + ✓ 1 TRUE Истина", "1"),
        ("is_main", "no нет не - 0", "0"),
        ("country", "Россия RU ru РФ Русия", "RU"),
        ("country", "българия Bulgaria bg", "BG"),
        ("country", "PT pt", "PT"),
    ],
)
def test_words_of_three_languages(field: str, words: str, value: str) -> None:
    assert [read_choice(field, word) for word in words.split()] == [value] * len(words.split())


@pytest.mark.parametrize("field", list(CHOICE_FIELDS))
def test_unknown_word_is_none_so_that_it_can_be_flagged(field: str) -> None:
    assert read_choice(field, "марсианский") is None


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("client_class", get_args(clients.ClientClass)),
        ("tier", clients.TIERS),
        ("stage", clients.STAGES),
        ("payment_state", get_args(clients.PaymentState)),
        ("preferred_channel", clients.CHANNELS),
    ],
)
def test_every_choice_of_the_records_can_be_typed(field: str, choices: tuple[str, ...]) -> None:
    assert tuple(read_choice(field, choice) for choice in choices) == choices


def test_name_is_whole_or_put_together_by_the_custom_of_the_language() -> None:
    parts = {"last_name": "Петрова", "first_name": "Анна", "middle_name": ""}
    assert person_name(parts, "ru") == "Петрова Анна"
    assert person_name(parts, "bg") == "Анна Петрова"
    assert person_name({**parts, "name": " Анна М. Петрова "}, "ru") == "Анна М. Петрова"
    assert (
        person_name({**parts, "name": "Анна", "middle_name": "Сергеевна"}, "ru") == "Петрова Анна Сергеевна"
    )
