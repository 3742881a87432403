"""Countries are known by any of their names in three languages, and by their codes."""

from __future__ import annotations

import pytest

from onewindow.exchange.values.countries import read_country


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Japan; Япония; JPN; jp; 392", "JP"),
        ("РФ; Россия; Russian Federation (the); Русия; RUS; 643; Российская Федерация", "RU"),
        ("Болгария; България; Република България; BGR; Bulgaria (BG)", "BG"),
        ("U.S.A.; United States of America; США; САЩ; 840", "US"),
        ("UK; Great Britain; Соединённое Королевство; Англия; Обединеното кралство", "GB"),
        ("Moldova, Republic of; Республика Молдова; Молдавия", "MD"),
        ("Côte d’Ivoire; Cote d'Ivoire; Кот-д’Ивуар", "CI"),
        ("Netherlands (the); Нидерланды; Холандия; Нидерландия", "NL"),
        ("Йордания; Иордания", "JO"),
        ("004; 4; AFG", "AF"),
    ],
)
def test_names_and_codes(words: str, code: str) -> None:
    found = {word: read_country(word) for word in words.split("; ")}
    assert found == dict.fromkeys(found, code)


@pytest.mark.parametrize("word", ["Narnia", "XX", "ZZ", "EU", "нет", "4.0", "", "Republic", "Москва"])
def test_what_is_no_country_is_none(word: str) -> None:
    assert read_country(word) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Antigua and Barbuda", "AG"),
        ("Trinidad and Tobago", "TT"),
        ("Bosnia and Herzegovina", "BA"),
        ("Saint Lucia", "LC"),
        ("EIRE", "IE"),
        ("Hong Kong SAR", "HK"),
        ("Macau", "MO"),
        ("РБ", "BY"),
        ("Германія", "DE"),
    ],
)
def test_names_that_other_lists_write_otherwise(name: str, code: str) -> None:
    assert read_country(name) == code


@pytest.mark.parametrize("words", ["World", "Европа", "Western Europe", "419", "ZZ", "unknown region", "EU"])
def test_regions_of_the_world_are_no_countries(words: str) -> None:
    assert read_country(words) is None
