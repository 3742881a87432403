"""Amounts read back as they are shown, and unclear ones are refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.money import format_money, is_currency, minor_digits, parse_money, parse_number


@pytest.mark.parametrize(
    ("typed", "minor", "currency"),
    [
        ("1 200,50", 120050, "RUB"),
        ("1,200.50", 120050, "RUB"),
        ("1.200,50", 120050, "RUB"),
        ("1'200.50", 120050, "RUB"),
        ("1200", 120000, "RUB"),
        ("1\u00a0200\u202f000 ₽", 120000000, "RUB"),
        ("€ 99.90", 9990, "EUR"),
        ("-€5", -500, "EUR"),
        ("−5 eur", -500, "EUR"),
        ("1 000−", -100000, "RUB"),
        ("250,00-", -25000, "RUB"),
        ("1 000 руб-", -100000, "RUB"),
        ("+500", 50000, "RUB"),
        ("US$ 10", 1000, "USD"),
        ("10 US$", 1000, "USD"),
        ("A$7", 700, "AUD"),
        ("99 лв.", 9900, "BGN"),
        ("100 руб.", 10000, "RUB"),
        ("12 тыс", 1200000, "RUB"),
        ("12 т.р.", 1200000, "RUB"),
        ("$12k", 1200000, "USD"),
        ("1.5 млн евро", 150000000, "EUR"),
        ("1.200.300", 120030000, "RUB"),
        ("1200 ¥", 1200, "JPY"),
        ("1234,567 KWD", 1234567, "KWD"),
    ],
)
def test_amounts_as_people_type_them(typed: str, minor: int, currency: str) -> None:
    assert parse_money(typed, "RUB") == (minor, currency)


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("1,200", "thousand or a fraction"),
        ("1.200", "thousand or a fraction"),
        ("0,005", "finer than RUB"),
        ("99,5 JPY", "finer than JPY"),
        ("12 34", "not thousands"),
        ("1 2,00,5", "not"),
        ("5 € $", "two currencies"),
        ("5 XYZ", "unknown currency"),
        ("5²", "unknown currency"),
        ("--5", "unknown currency"),
        ("1e5", "not a number"),
        ("", "not a number"),
        ("много", "not a number"),
        ("12 тыс млн", "two words"),
        ("9" * 16, "too many digits"),
        ("999999999 млрд", "too large"),
    ],
)
def test_unclear_amounts_are_refused_in_one_sentence(typed: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as refusal:
        parse_money(typed, "RUB")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (12000000, "RUB", "120 000 ₽"),
        (120050, "EUR", "1 200,50 €"),
        (5, "EUR", "0,05 €"),
        (-120000, "BGN", "-1 200 лв"),
        (1200, "JPY", "1 200 ¥"),
        (120000, "CHF", "1 200 CHF"),
        (0, "RUB", "0 ₽"),
    ],
)
def test_amounts_as_people_read_them(minor: int, currency: str, shown: str) -> None:
    assert format_money(minor, currency) == shown


@given(st.integers(-(10**14), 10**14), st.sampled_from(["RUB", "EUR", "BGN", "USD", "JPY", "CHF", "PLN"]))
def test_what_is_shown_reads_back_the_same(minor: int, currency: str) -> None:
    assert parse_money(format_money(minor, currency), "GBP") == (minor, currency)


@given(st.text(max_size=30))
def test_any_text_gives_an_amount_or_a_sentence(text: str) -> None:
    minor, complaint = 0, "“"
    try:
        minor, _ = parse_money(text, "RUB")
    except ValueError as refusal:
        complaint = str(refusal)
    assert complaint.startswith("“")
    assert abs(minor) < 10**17


def test_numbers_have_no_currency() -> None:
    assert parse_number("1 234,5") == Decimal("1234.5")
    assert parse_number("48") == 48
    assert parse_number("2 млн") == 2_000_000
    with pytest.raises(ValueError, match="not a number"):
        parse_number("5 €")


def test_minor_digits_follow_the_currency() -> None:
    assert [minor_digits(code) for code in ("EUR", "JPY", "KWD")] == [2, 0, 3]


def test_three_digits_behind_the_mark_are_decimals_of_a_currency_that_has_three() -> None:
    assert parse_money("1,234", "KWD") == (1234, "KWD")
    assert parse_money("1.234 KWD", "RUB") == (1234, "KWD")
    assert parse_money(format_money(1_234_567, "KWD"), "RUB") == (1_234_567, "KWD")
    with pytest.raises(ValueError, match="write 1234 or 1,23"):
        parse_money("1,234 EUR", "KWD")


def test_a_code_that_names_no_currency_is_none() -> None:
    assert [is_currency(code) for code in ("RUB", "KWD", "UYU", "ZZZ", "XXX", "RUR", "rub", "")] == [
        *(True, True, True),
        *(False, False, False, False, False),
    ]
