"""The short tables of words that stand in the program's own code, held against those of Babel (CLDR).

They are not read from Babel, because that takes some 30 ms where a day is typed or a letter is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

import pytest
from babel import Locale
from babel.core import get_global

from onewindow.text.date_words import MONTHS, WEEKDAYS
from onewindow.text.money import format_money, is_currency, minor_digits
from onewindow.text.spoken_dates import month_name

LANGUAGES = ("en", "ru", "bg")
_Used = tuple[str, object, object, bool]
"""A currency of a country: its code, since when, until when, and whether one pays with it."""
Names = Mapping[str, Mapping[str, Mapping[int, str]]]


def _spellings(names: Names) -> Iterator[tuple[str, int]]:
    """Each word for a month or a weekday, in full and in short, with its number."""
    for standing in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            yield from (
                (name.casefold().strip("."), number) for number, name in names[standing][width].items()
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_says_months_as_babel_does(language: str) -> None:
    months = cast("Names", Locale(language).months)["format"]["wide"]
    assert [month_name(number, language) for number in range(1, 13)] == [months[n] for n in range(1, 13)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_babel_for_a_month_or_a_weekday_is_read(language: str) -> None:
    spoken = Locale(language)
    months, days = cast("Names", spoken.months), cast("Names", spoken.days)
    assert [each for each in _spellings(months) if MONTHS.get(each[0]) != each[1]] == []
    assert [each for each in _spellings(days) if WEEKDAYS.get(each[0]) != each[1]] == []


def test_every_currency_that_a_country_pays_in_is_known() -> None:
    territories = cast("Mapping[str, list[_Used]]", get_global("territory_currencies"))
    current = {
        code
        for currencies in territories.values()
        for code, _, until, is_paid_with in currencies
        if is_paid_with and until is None
    }
    assert {code for code in current if not is_currency(code)} == set()


def test_minor_units_are_those_of_iso_4217_and_not_those_that_people_still_write() -> None:
    """Babel tells how amounts are written today: a forint without its fillér. What is stored has them."""
    fractions = cast("Mapping[str, tuple[int, int, int, int]]", get_global("currency_fractions"))
    written = {code: digits for code, (digits, *_) in fractions.items() if is_currency(code)}
    assert all(digits <= minor_digits(code) for code, digits in written.items())
    assert (written["HUF"], minor_digits("HUF")) == (0, 2)
    assert format_money(120_050, "HUF") == "1 200,50 HUF"
