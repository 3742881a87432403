"""Tax ids and bank accounts with right check digits: published arithmetic on invented digits."""

from __future__ import annotations

from random import Random

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_KEY_WEIGHTS = (7, 1, 3)
_ACCOUNT_KEY_PLACE = 8
REGIONS = {
    "Москва": "77",
    "Казань": "16",
    "Альметьевск": "16",
    "Набережные Челны": "16",
    "Самара": "63",
    "Нижний Новгород": "52",
    "Санкт-Петербург": "78",
    "Екатеринбург": "66",
}
"""The tax office's two digits of the larger cities; the others take the Moscow region's."""


def _digits(random: Random, count: int) -> str:
    return f"{random.randrange(10**count):0{count}}"


def _weighted(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def inn(random: Random, region: str, *, person: bool = False) -> str:
    """An INN of a company (10 digits) or of a person (12)."""
    if not person:
        body = f"{region}{random.randrange(1, 52):02}{_digits(random, 5)}"
        return body + _weighted(body, _INN_10)
    body = f"{region}{random.randrange(1, 52):02}{_digits(random, 6)}"
    body += _weighted(body, _INN_11)
    return body + _weighted(body, _INN_12)


def ogrn(random: Random, region: str, year: int, *, person: bool = False) -> str:
    """An OGRN of a company (13 digits), or an OGRNIP of a sole trader (15)."""
    if person:
        # Readers disagree on remainders of two digits, so numbers that have one are not used.
        while True:
            body = f"3{year % 100:02}{region}{_digits(random, 9)}"
            if (rest := int(body) % 13) < 10:
                return f"{body}{rest}"
    body = f"1{year % 100:02}{region}{_digits(random, 7)}"
    return f"{body}{int(body) % 11 % 10}"


def kpp(inn_number: str) -> str:
    """The KPP of a company at the tax office of its INN."""
    return f"{inn_number[:4]}01001"


def eik(random: Random) -> str:
    """A Bulgarian EIK of nine digits."""
    body = f"{random.choice(('1', '2'))}{_digits(random, 7)}"
    rest = sum(int(digit) * weight for weight, digit in enumerate(body, 1)) % 11
    if rest == 10:
        rest = sum(int(digit) * weight for weight, digit in enumerate(body, 3)) % 11 % 10
    return f"{body}{rest}"


def account(random: Random, bik: str, prefix: str = "40702810") -> str:
    """A Russian account of twenty digits whose control key fits the bank."""
    return _keyed(bik[-3:], f"{prefix}0{_digits(random, 11)}")


def corr_account(bik: str) -> str:
    """The bank's own account at the Bank of Russia."""
    return _keyed(f"0{bik[4:6]}", f"301018100{'0' * 8}{bik[-3:]}")


def _keyed(bank: str, number: str) -> str:
    total = sum(int(digit) * _KEY_WEIGHTS[place % 3] for place, digit in enumerate(bank + number))
    # The key's own weight is 3, and 7 is the inverse of 3 modulo 10.
    key = -total * 7 % 10
    return f"{number[:_ACCOUNT_KEY_PLACE]}{key}{number[_ACCOUNT_KEY_PLACE + 1 :]}"


def iban(random: Random, bank: str) -> str:
    """A Bulgarian IBAN at a bank of four letters."""
    body = f"{bank}{random.randrange(1000, 9999)}10{_digits(random, 8)}"
    number = int("".join(str(int(char, 36)) for char in f"{body}BG00"))
    return f"BG{98 - number % 97:02}{body}"
