"""What a header says beside its word: in which currency, unit of time, size or zone its cells are."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from onewindow.exchange.values.zone_words import zone_of
from onewindow.text.choices import read_currency

TimeUnit = Literal["second", "minute", "hour", "day"]


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """The unit of a column; what the header does not say is empty."""

    currency: str = ""
    """Three letters."""
    time: TimeUnit | Literal[""] = ""
    power: str = ""
    """A word for thousands or millions, as amounts have it behind them."""
    zone: str = ""
    """As `zone_of` reads it."""
    tax: Literal["", "with", "without"] = ""
    """Whether amounts have the tax in them."""

    @property
    def factor(self) -> int:
        """How much a whole one of a cell is."""
        return _FACTORS.get(self.power, 1)


NO_UNIT = HeaderUnit()
_PARTS = tuple(field.name for field in fields(HeaderUnit))

_TIMES: dict[TimeUnit, str] = {
    "second": "s sec secs second seconds сек секунд секунды секундах секунди",
    "minute": "m min mins minute minutes м мин минут минуты минутах минути",
    "hour": "h hr hrs hour hours ч час часов часах часа часове",
    "day": "d day days д дн дней дни днях дня ден",
}
_TIME: dict[str, TimeUnit] = {word: unit for unit, words in _TIMES.items() for word in words.split()}
_POWERS = {
    "тыс": "тыс тысяч тысячах thousand thousands k к хил хиляди",
    "млн": "млн миллионов миллионах million millions mln милиона",
}
_FACTORS = {"тыс": 1000, "млн": 1_000_000}
_POWER = {word: power for power, words in _POWERS.items() for word in words.split()}
_CURRENCIES = {
    "RUB": "рублях рублей rubles roubles rub rur",
    "BGN": "левове левах bgn leva",
    "EUR": "euros eur",
    "USD": "долларах долларов dollars долара usd",
    "GBP": "фунтах pounds gbp",
    "UAH": "грн гривен гривнах uah ₴",
    "KZT": "kzt",
    "BYN": "byn",
}
_CURRENCY = {word: code for code, words in _CURRENCIES.items() for word in words.split()}
_COUNTED = frozenset(
    (
        *(
            "шт",
            "штук",
            "штука",
            "штуки",
            "ед",
            "бр",
            "броя",
            "бройки",
            "лицензий",
            "лицензии",
            "мест",
            "коп",
        ),
        *("pcs", "pc", "pieces", "units", "seats", "users", "licences"),
    )
)
"""Words that say what is counted, and nothing of how to read it."""
_HOW_MANY = re.compile(r"\s*(-?\d[\d\s.,'’]*?)\s*([^\W\d_]+)\.?\s*")
_OF_ONE = frozenset({"за", "per", "a"})
_WITH = "с|с учетом|включая|в т ч|в том числе|вкл|с включен|включително|incl|including|inc|with"
_WITHOUT = "без|excl|excluding|ex|without|net of|before"
_TAX = "ндс|ддс|vat|tax|gst"
_OF_TAX = re.compile(rf"(?:(?P<with>{_WITH})|(?P<without>{_WITHOUT})) (?:{_TAX})")
_TAX_FIRST = re.compile(rf"(?:{_TAX}) (?:(?P<with>incl|included|включен)|(?P<without>excl|excluded))")
_INSIDE = re.compile(r"(?:^|(?<= ))(?:in|в|във) (\S+)(?= |$)")
_PREPOSITIONS = frozenset({"in", "в", "във"})
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_APART = re.compile(r"[,;:/|]")
_WORD = re.compile(r"[^\W\d_]+|\d+|[$€£¥₽₴₸₺₪₹₾֏]")
_CAMEL = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")


@cache
def split_unit(header: str) -> tuple[str, HeaderUnit]:
    """A header without its unit, and the unit; the header as it is, and none, where it names none.

    A unit stands in brackets, behind a comma, behind `in`, or at the end: “Сумма, тыс. руб.”, “Amount EUR”.
    """
    text = _CAMEL.sub(" ", header)
    apart = [last_unit[1] or last_unit[2] or "" for last_unit in _BRACKETS.finditer(text)]
    head, *behind = _APART.split(_BRACKETS.sub(" ", text))
    units = [_unit_of(part) for part in (*apart, *(part for part in behind if part.strip()))]
    if any(unit is None for unit in units):
        return header, NO_UNIT
    rest, last_unit = _ended(head)
    unit = _both([part for part in (*units, last_unit) if part is not None])
    return (rest, unit) if rest and (units or last_unit is not None) else (header, NO_UNIT)


def without_counted(text: str) -> str:
    """A number without what it counts: `50` of `50 шт.`."""
    match = _HOW_MANY.fullmatch(text)
    return match[1] if match is not None and match[2].casefold() in _COUNTED else text


def _unit_of(text: str) -> HeaderUnit | None:
    """The unit that words set apart are, None where they are anything else."""
    words = [word for word in _words(text) if word not in _PREPOSITIONS]
    if not words:
        return None
    try:
        if any(word.isalpha() for word in words) and zone_of(text) is not None and not _one(words[0], ""):
            return HeaderUnit(zone=text.strip())
    except ValueError:
        pass
    plain = " ".join(words)
    if match := _OF_TAX.fullmatch(plain) or _TAX_FIRST.fullmatch(plain):
        return HeaderUnit(tax="with" if match["with"] else "without")
    rest, unit = _ended(text, is_apart=True)
    return unit if not rest else None


def _ended(text: str, *, is_apart: bool = False) -> tuple[str, HeaderUnit | None]:
    """Words without the units at their end or behind `in`, and these; None for none."""
    units: list[HeaderUnit] = []
    as_written = {word.casefold().replace("ё", "е"): word for word in _WORD.findall(text)}
    plain = " ".join(_words(text))
    for inner in list(_INSIDE.finditer(plain)):
        if (unit := _one(inner[1], as_written.get(inner[1], ""))) is not None:
            units.append(unit)
            plain = plain.replace(inner[0], "", 1)
    words = plain.split()
    while words:
        tail = " ".join(words[-4:])
        tax = next(
            (m for m in (*_OF_TAX.finditer(tail), *_TAX_FIRST.finditer(tail)) if m.end() == len(tail)), None
        )
        if tax is not None and (tax.start() == 0 or tail[tax.start() - 1] == " "):
            units.append(HeaderUnit(tax="with" if tax["with"] else "without"))
            words = words[: len(words) - len(tax[0].split())]
            continue
        last = words[-1]
        unit = _one(last, as_written.get(last, ""), is_apart=is_apart)
        is_price_of_one = last in _COUNTED and words[-2:-1] and words[-2] in _OF_ONE
        if unit is None or is_price_of_one or (len(words) == 1 and not is_apart):
            break
        units.append(unit)
        words.pop()
    return " ".join(words), _both(units) if units else None


def _one(word: str, written: str, *, is_apart: bool = True) -> HeaderUnit | None:
    """The unit that a single word is; letters alone are one only where they are set apart."""
    if len(word) == 1 and word.isalpha() and not is_apart:
        return None
    if word in _TIME:
        return HeaderUnit(time=_TIME[word])
    if word in _POWER:
        return HeaderUnit(power=_POWER[word])
    if word in _COUNTED:
        return NO_UNIT
    # Codes of currencies are words of several languages: CUP, TOP, ALL.
    is_plain_code = word.isascii() and word.isalpha() and len(word) == 3 and not written.isupper()
    code = _CURRENCY.get(word) or ("" if is_plain_code else read_currency(word))
    return HeaderUnit(currency=code) if code else None


def _words(text: str) -> list[str]:
    return [word.casefold().replace("ё", "е") for word in _WORD.findall(text)]


def _both(units: list[HeaderUnit]) -> HeaderUnit:
    """What several parts of a header say together, the first of each kind."""
    parts: dict[str, Any] = {}
    for unit in units:
        for name in _PARTS:
            if said := getattr(unit, name):
                parts.setdefault(name, said)
    return HeaderUnit(**parts)
