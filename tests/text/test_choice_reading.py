"""The words of choices: declared once, read wherever one types or a file is read."""

from __future__ import annotations

import pytest

from onewindow.records.choice_words import words_of
from onewindow.records.fields import Attribute, attribute_of, attributes
from onewindow.records.kinds import KINDS
from onewindow.text.choices import read_choice, read_currency, read_flag, read_word, spellings

_CHOICES = [
    described
    for kind in KINDS.values()
    for described in attributes(kind.record)
    if described.kind == "choice"
]


def _named(described: Attribute) -> str:
    return f"{described.record}.{described.name}"


@pytest.mark.parametrize(
    ("field", "words", "value"),
    [
        ("client.client_class", "reseller Посредник дилър РЕСЕЛЛЕР", "reseller"),
        ("client.client_class", "one_off One-off разовый еднократен", "one_off"),
        ("client.tier", "A а VIP 1", "A"),
        ("client.tier", "C С с", "C"),
        ("client.stage", "active Активный активен", "active"),
        ("client.stage", "lost ушёл загубен", "lost"),
        ("client.payment_state", "overdue просрочено дълг", "overdue"),
        ("contact.preferred_channel", "e-mail почта имейл", "email"),
        ("client.language", "ru Русский RU-ru", "ru"),
        ("request.priority", "urgent срочно СПЕШНО critical p1 srochno", "urgent"),
        ("policy.priority", "низкий minor нисък", "low"),
        ("request.request_kind", "доступ access парола пользователь", "access"),
        ("request.status", "open открыт отворена started", "open"),
        ("training.state", "прошло attended проведен", "done"),
        ("plan.plan_kind", "проект project", "project"),
        ("attendance.state", "был attended присъствал", "attended"),
        ("hand_off.target", "бухгалтерия finance финанси", "finance"),
        ("opportunity.state", "идея suggested", "suggested"),
    ],
)
def test_words_of_three_languages(field: str, words: str, value: str) -> None:
    kind, _, name = field.partition(".")
    described = attribute_of(KINDS[kind].record, name)

    assert [read_choice(described, word) for word in words.split()] == [value] * len(words.split())


@pytest.mark.parametrize("described", _CHOICES, ids=_named)
def test_every_choice_has_words_and_each_word_means_one_choice(described: Attribute) -> None:
    words = words_of(described.record, described.name)

    assert {choice for choice in described.choices if choice} <= words.keys()
    for choice in filter(None, described.choices):
        for word in (choice, choice.upper(), *words[choice].split(";")):
            assert read_choice(described, word) == choice, word
    assert read_choice(described, "марсианский") is None
    assert read_choice(described, "") is None


def test_a_word_of_a_choice_that_is_not_offered_means_nothing() -> None:
    assert read_word("message", "channel", ("email", "messenger", "sms"), "звонок") is None
    assert read_word("message", "channel", ("email", "messenger", "sms"), "почта") == "email"


def test_a_letter_of_another_alphabet_is_another_letter() -> None:
    tier = attribute_of(KINDS["client"].record, "tier")

    assert read_choice(tier, "В") == "B"
    assert read_choice(tier, "V") is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("yes да + ✓ 1 TRUE Истина x х", 1), ("no нет не - 0 няма", 0), ("возможно 2 ?", None)],
)
def test_yes_and_no(words: str, value: int | None) -> None:
    assert [read_flag(word) for word in words.split()] == [value] * len(words.split())


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("RUB rub руб. ₽ рубли 643", "RUB"),
        ("€ евро EUR", "EUR"),
        ("лв лева BGN", "BGN"),
        ("тугрики XQX", None),
    ],
)
def test_currencies(words: str, value: str | None) -> None:
    assert [read_currency(word) for word in words.split()] == [value] * len(words.split())


def test_a_stage_of_a_pipeline_tells_by_its_last_words() -> None:
    state = attribute_of(KINDS["opportunity"].record, "state")

    assert read_choice(state, "Закрыто (не реализовано)") == "lost"
    assert read_choice(state, "Сделка 2: успешно закрыта") == "won"


def test_spellings_are_folded_as_search_folds_them() -> None:
    known = spellings("request", "priority")

    assert (known["srochno"], known["urgent"], known["p2"]) == ("urgent", "urgent", "high")
    assert spellings("client", "name") == {}
