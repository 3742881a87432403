"""Checks of what identifies a company or a person: tax ids, bank accounts, e-mail addresses, phones.

A check only gives a reason; the value itself is kept as typed, because the world is richer than any rule.
The library's rules for a number are loaded when such a number is checked: most cards need none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import mul
from typing import Literal

from onewindow.text.patterns import pattern

EU_COUNTRIES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)

_NOT_SIGNIFICANT = pattern(r"[\s\u00a0./-]+")
_VAT_PREFIX = pattern(r"[A-Z]{2}(?=[0-9A-Z+*]*[0-9])")
_FRACTION = pattern(r"([0-9]{6,})[.,]0+")
_LENGTHS: dict[str, dict[str, tuple[int, ...]]] = {
    "tax_id": {"RU": (10, 12), "BG": (9, 13)},
    "kpp": {"RU": (9,)},
    "bik": {"RU": (9,)},
}
_MOST_ZEROS = {False: 1, True: 3}
"""Regions of Russia begin with one zero at most, numbers of Bulgarian authorities with three."""
_KPP = pattern(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_SWIFT = pattern(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_KEY_WEIGHTS = (7, 1, 3)
_CHECKED_PLACES = {10: (9,), 12: (10, 11)}
_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_CHECKS = {
    length: [(_INN_WEIGHTS[-place:], place) for place in places] for length, places in _CHECKED_PLACES.items()
}
"""Weights of the figures before a check digit, and its place, by the length of an INN."""
# Accounts in settlement centres are keyed by the region, as accounts of banks in the Bank of Russia are.
_CENTRE_ENDINGS = ("000", "001", "002")

AccountKind = Literal["account", "corr_account"]


def check_identifiers(values: Mapping[str, str], country: str) -> dict[str, str]:
    """Give the fields whose value looks wrong, each with the reason in one clause; an empty one never is.

    `country` is two letters or empty. Fields looked at: tax_id, kpp, ogrn, bik, account, corr_account, iban,
    swift, email, email_2, phone, phone_2.
    """
    country = country.strip().upper()
    reasons: dict[str, str | None] = {}
    for field, check in _CHECKS.items():
        if field in values and (value := values[field].strip()):
            reasons[field] = check(value, country)
    if "account" in values or "corr_account" in values:
        reasons.update(_account_reasons(values, country))
    return {field: reason for field, reason in reasons.items() if reason}


@lru_cache(maxsize=8192)  # an import asks for one row a dozen times
def compact(value: str) -> str:
    """Drop what people put between digits (spaces, dots, dashes, slashes), and write letters large."""
    return (value if value.isalnum() else _NOT_SIGNIFICANT.sub("", value)).upper()


def with_lost_zeros(field: str, value: str, country: str) -> str:
    """An identifier with the zeros before it that a spreadsheet took, told by its length and check digits.

    Also without the `.0` that makes it a number with a fraction. Any other value, and one that is right as it
    is, comes back as it was. Knows tax_id (INN, EIK), kpp and bik; `country` is two letters or empty.
    """
    lengths = _LENGTHS.get(field, {}).get(country.upper() or "RU", ())
    if len(value) in lengths and _is_ascii_number(value):
        return value
    number = _FRACTION.sub(r"\1", value.strip())
    figures = compact(number)
    if not lengths or not _is_ascii_number(figures) or len(figures) in lengths:
        return number if number != value.strip() else value
    for length in lengths:
        whole = figures.zfill(length)
        if 0 < length - len(figures) <= _MOST_ZEROS[country.upper() == "BG"] and _is_right(
            field, whole, country
        ):
            return whole
    return number if number != value.strip() else value


def _is_right(field: str, figures: str, country: str) -> bool:
    if field == "tax_id":
        return (_eik_problem if country.upper() == "BG" else _inn_problem)(figures) is None
    return field == "kpp" or figures.startswith("04")


@lru_cache(maxsize=4096)  # an import asks once for the row and once for the lists
def tax_id_problem(value: str, country: str) -> str | None:
    """Check an INN, an EIK or a VAT number: by the prefix in it, else by `country`, else by its length."""
    number = compact(value)
    prefix = _VAT_PREFIX.match(number)
    if prefix and prefix[0].replace("EL", "GR") in EU_COUNTRIES:
        return _eu_vat_problem(number)
    if country == "RU":
        return _inn_problem(number)
    if country == "BG":
        return _eik_problem(number)
    if country in EU_COUNTRIES:
        return _eu_vat_problem(country.replace("GR", "EL") + number)
    if country or not number.isdecimal():
        return None
    checks = {9: _eik_problem, 10: _inn_problem, 12: _inn_problem, 13: _eik_problem}
    return checks.get(len(number), _no_length)(number)


def account_key_is_right(account: str, bik: str, kind: AccountKind) -> bool:
    """Check the control key of a Russian account against its bank's BIK (Bank of Russia, order 515 of 1997).

    Of three digits of the bank and the twenty of the account, weighted 7, 1, 3, …, the sum must end in 0.
    """
    of_region = kind == "corr_account" or bik.endswith(_CENTRE_ENDINGS)
    keyed = (f"0{bik[4:6]}" if of_region else bik[-3:]) + account
    return sum(int(digit) * _KEY_WEIGHTS[place % 3] for place, digit in enumerate(keyed)) % 10 == 0


def _inn_problem(number: str) -> str | None:
    """Check an INN as the order MMV-7-6/435 of 2012 says; every card shows one, so it must be quick."""
    if len(number) not in (10, 12) or not _is_ascii_number(number):
        return "an INN has 10 digits, or 12 for a person"
    figures = list(map(int, number))
    for weights, place in _INN_CHECKS[len(number)]:
        if sum(map(mul, weights, figures)) % 11 % 10 != figures[place]:
            return "the check digits of the INN do not match"
    return None


def _eik_problem(number: str) -> str | None:
    """Check an EIK (BULSTAT): 9 digits, 13 for a branch, 10 for a person."""
    number = number.removeprefix("BG")
    if not _is_ascii_number(number) or len(number) not in (9, 10, 13):
        return "an EIK has 9 digits, 13 for a branch, or 10 for a person"
    if len(number) == 10:
        from stdnum.bg import vat  # as all of stdnum here: a start checks no number, an import loads it once

        is_right = vat.is_valid(number)
    else:
        is_right = _eik_digit(number) == number[8]
    if not is_right:
        return "the check digit of the EIK does not match"
    if len(number) == 13 and _branch_digit(number) != number[12]:
        return "the check digit of the branch's EIK does not match"
    return None


def _eik_digit(number: str) -> str:
    """Compute the ninth digit of a BULSTAT number from 8 before it (weights 1 to 8, then 3 to 10)."""
    digits = [int(digit) for digit in number[:8]]
    for first in (1, 3):
        rest = sum(digit * weight for weight, digit in enumerate(digits, first)) % 11
        if rest < 10:
            return str(rest)
    return "0"


def _branch_digit(number: str) -> str:
    """Compute the thirteenth digit of a BULSTAT number from 4 before it (weights 2735, then 4957)."""
    digits = [int(digit) for digit in number[8:12]]
    for weights in ((2, 7, 3, 5), (4, 9, 5, 7)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return str(rest)
    return "0"


def _eu_vat_problem(number: str) -> str | None:
    from stdnum.eu import vat

    if number.startswith("BG"):
        return _eik_problem(number)
    return None if vat.is_valid(number) else "it is not a valid VAT number of that country"


def _no_length(number: str) -> str:
    return f"no tax id we know has {len(number)} digits"


def _ogrn_problem(value: str, country: str) -> str | None:
    from stdnum.ru import ogrn

    number = compact(value)
    if country not in ("", "RU") or ogrn.is_valid(number):
        return None
    if len(number) not in (13, 15) or not number.isdecimal():
        return "an OGRN has 13 digits, or 15 for a sole trader"
    return "the check digit of the OGRN does not match"


def _kpp_problem(value: str, country: str) -> str | None:
    if country not in ("", "RU") or _KPP.fullmatch(compact(value)):
        return None
    return "a KPP has 9 characters: digits, and letters only in the fifth and sixth place"


def _bik_problem(value: str, country: str) -> str | None:
    number = compact(value)
    is_shaped = len(number) == 9 and number.isdecimal()
    return None if is_shaped or country not in ("", "RU") else "a BIK has 9 digits"


def _account_reasons(values: Mapping[str, str], country: str) -> dict[str, str | None]:
    bik = compact(values.get("bik", ""))
    if country not in ("", "RU") and not bik:
        return {}
    kinds: tuple[AccountKind, ...] = ("account", "corr_account")
    accounts = {kind: compact(values.get(kind, "")) for kind in kinds}
    return {kind: _account_problem(accounts[kind], bik, kind) for kind in kinds if accounts[kind]}


def _account_problem(number: str, bik: str, kind: AccountKind) -> str | None:
    if len(number) != 20 or not _is_ascii_number(number):
        return "an account has 20 digits"
    if len(bik) == 9 and _is_ascii_number(bik) and not account_key_is_right(number, bik, kind):
        return "its control key does not match the BIK"
    return None


def _is_ascii_number(text: str) -> bool:
    return text.isascii() and text.isdecimal()


def _iban_problem(value: str, _country: str) -> str | None:
    from stdnum import iban

    return (
        None if iban.is_valid(compact(value)) else "the length or the check digits of the IBAN do not match"
    )


def _swift_problem(value: str, _country: str) -> str | None:
    return (
        None
        if _SWIFT.fullmatch(compact(value))
        else "a SWIFT code has 8 or 11 characters, the first 6 letters"
    )


def _email_problem(value: str, _country: str) -> str | None:
    from onewindow.text.identifiers.mail_addresses import email_problem  # a start checks none

    problem = email_problem(value)
    return f"it is not an e-mail address: {problem}" if problem else None


def _phone_problem(value: str, country: str) -> str | None:
    from onewindow.text.identifiers.phones import normalise_phone  # nor telephones

    if normalise_phone(value, country or "RU") is not None:
        return None
    return "it is not a full phone number"


_CHECKS: dict[str, Callable[[str, str], str | None]] = {
    "tax_id": tax_id_problem,
    "kpp": _kpp_problem,
    "ogrn": _ogrn_problem,
    "bik": _bik_problem,
    "iban": _iban_problem,
    "swift": _swift_problem,
    "email": _email_problem,
    "email_2": _email_problem,
    "phone": _phone_problem,
    "phone_2": _phone_problem,
}
CHECKED = frozenset((*_CHECKS, "account", "corr_account"))
"""The fields that a check is known for."""
