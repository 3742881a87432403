"""What identifiers look wrong, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onewindow.text.identifiers.checks import account_key_is_right, check_identifiers, tax_id_problem

GOOD_RU = {
    "tax_id": "7707083893",
    "kpp": "773601001",
    "ogrn": "1027700132195",
    "bik": "044525225",
    "corr_account": "30101810400000000225",
    "account": "",
    "email": "info@пример.рф",
    "phone": "8 (495) 123-45-67",
}


def test_good_values_and_empty_ones_have_no_reasons() -> None:
    assert check_identifiers(GOOD_RU, "RU") == {}
    assert check_identifiers(dict.fromkeys(GOOD_RU, ""), "RU") == {}


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("tax_id", "7707083894", "check digits of the INN"),
        ("tax_id", "77070838", "10 digits, or 12"),
        ("tax_id", "нет", "10 digits, or 12"),
        ("kpp", "77360100", "9 characters"),
        ("ogrn", "1027700132196", "check digit of the OGRN"),
        ("ogrn", "10277001321", "13 digits, or 15"),
        ("bik", "04452522", "9 digits"),
        ("corr_account", "30101810400000000224", "control key"),
        ("account", "4070281", "20 digits"),
        ("account", "40702810000000000001", "control key"),
        ("iban", "BG80BNBG96611020345679", "IBAN"),
        ("swift", "SABR", "8 or 11"),
        ("email", "info@", "e-mail"),
        ("email_2", "two@a.ru, b@a.ru", "e-mail"),
        ("phone", "12-34", "phone"),
    ],
)
def test_wrong_value_is_flagged_alone_with_its_reason(field: str, value: str, reason: str) -> None:
    found = check_identifiers({**GOOD_RU, field: value}, "RU")
    assert list(found) == [field]
    assert reason in found[field]


@pytest.mark.parametrize(
    ("value", "country"),
    [
        ("7707083893", ""),
        ("500100732259", "RU"),
        ("77 07 083893", "RU"),
        ("175074752", "BG"),
        ("BG175074752", ""),
        ("BG 175 074 752", "RU"),
        ("1750747520107", "BG"),
        ("1213961230342", "BG"),
        ("DE136695976", ""),
        ("136695976", "DE"),
        ("anything at all", "KZ"),
        ("abc", ""),
    ],
)
def test_tax_ids_that_are_right_or_unknown_to_us(value: str, country: str) -> None:
    assert tax_id_problem(value, country) is None


@pytest.mark.parametrize(
    ("value", "country", "reason"),
    [
        ("175074753", "BG", "check digit of the EIK"),
        ("1750747520108", "BG", "branch"),
        ("17507475", "BG", "an EIK has 9 digits"),
        ("BG175074753", "RU", "check digit of the EIK"),
        ("DE136695977", "", "VAT"),
        ("12345", "", "5 digits"),
    ],
)
def test_tax_ids_that_are_wrong(value: str, country: str, reason: str) -> None:
    assert reason in (tax_id_problem(value, country) or "")


def test_good_iban_and_swift_pass() -> None:
    assert check_identifiers({"iban": "BG80 BNBG 9661 1020 3456 78", "swift": "BNBGBGSD"}, "BG") == {}


def test_russian_shapes_are_not_asked_of_other_countries() -> None:
    assert check_identifiers({"kpp": "-", "account": "123", "ogrn": "HRB 123"}, "DE") == {}


def test_account_key_catches_every_single_wrong_digit() -> None:
    account, bik = "30101810400000000225", "044525225"
    assert account_key_is_right(account, bik, "corr_account")
    for place in range(20):
        for digit in "0123456789":
            changed = account[:place] + digit + account[place + 1 :]
            assert account_key_is_right(changed, bik, "corr_account") == (changed == account)


def test_digits_of_other_scripts_do_not_break_the_key() -> None:
    found = check_identifiers({"account": "٤" * 20, "bik": "²" * 9}, "RU")
    assert set(found) == {"account", "bik"}


@given(st.text("0123456789", min_size=9, max_size=12), st.booleans())
def test_the_quick_checks_agree_with_the_library(number: str, is_completed: bool) -> None:
    from stdnum.bg import vat
    from stdnum.ru import inn

    if is_completed and len(number) == 10:
        number = number[:9] + inn.calc_company_check_digit(number[:9])
    elif is_completed and len(number) == 12:
        number = number[:10] + inn.calc_personal_check_digits(number[:10])
    elif is_completed and len(number) == 9:
        number = number[:8] + vat.calc_check_digit_legal(number[:8])
    assert (tax_id_problem(number, "RU") is None) == inn.is_valid(number)
    if len(number) == 9:
        assert (tax_id_problem(number, "BG") is None) == vat.is_valid(number)
