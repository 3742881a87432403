"""Words for nothing, made-up numbers and shared mailboxes."""

from __future__ import annotations

import pytest

from onewindow.text.empty_words import identifies, is_filler, is_shared_mailbox


@pytest.mark.parametrize(
    "text",
    ["-", "—", "...", "NULL", "n/a", "#N/A", "#Н/Д", "#ССЫЛКА!", "#REF!", "<Пустая ссылка>", " - "],
)
def test_what_says_nothing_in_any_cell(text: str) -> None:
    assert is_filler(text)
    assert not identifies("city", text)


@pytest.mark.parametrize("text", ["0", "нет", "no", "Нетто", "N", "7", "A-1", "Nullmeier", "Тест Драйв"])
def test_words_that_mean_something_somewhere_are_kept(text: str) -> None:
    assert not is_filler(text)
    assert identifies("note", text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("tax_id", text) for text in ("0000000000", "нет", "1111111111", "1234567890", "Без ИНН", "n/a")),
        *(("external_id", text) for text in ("0", "00", "-", "None", "не указано")),
        *(("phone", text) for text in ("нет", "0", "+7 000 000-00-00", "8 (999) 999-99-99")),
        *(("contact.email", text) for text in ("нет", "no@no.no", "noemail@firm.example", "test@test.ru")),
    ],
)
def test_fillers_identify_nobody(field: str, text: str) -> None:
    assert not identifies(field, text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("tax_id", text) for text in ("7707083893", "BG175074752", "0012345678")),
        *(("external_id", text) for text in ("1", "7777", "000-17", "нет-1")),
        *(("phone", text) for text in ("+7 912 345-67-89", "8 800 000 00 07", "105")),
        *(("email", text) for text in ("kim@example.com", "info@firm.ru", "mail@firm.ru", "a@b.ru")),
    ],
)
def test_what_may_be_somebody_identifies(field: str, text: str) -> None:
    assert identifies(field, text)


def test_a_mailbox_that_many_read_is_shared() -> None:
    shared = ("info@r.ru", "Sales@firm.example", "office-2@r.bg", "no-reply@x.y", "buh1@firm.ru")
    assert [is_shared_mailbox(each) for each in shared] == [True] * 5
    assert [is_shared_mailbox(each) for each in ("kim@r.ru", "informer@r.ru", "")] == [False] * 3


@pytest.mark.parametrize(
    ("field", "text", "says_something"),
    [
        ("tax_id", "111", True),
        ("tax_id", "1111", False),
        ("tax_id", "11111", False),
        ("tax_id", "11112", True),
        ("external_id", "77777", True),
    ],
)
def test_one_figure_so_often_is_made_up(field: str, text: str, says_something: bool) -> None:
    assert identifies(field, text) == says_something


@pytest.mark.parametrize(("text", "means_somebody"), [("777", True), ("7777", False), ("77777", False)])
def test_four_times_the_same_sign_is_made_up(text: str, means_somebody: bool) -> None:
    assert identifies("tax_id", text) is means_somebody
