"""Money in integer minor units (ISO 4217), and the numbers people type with any separators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onewindow.text.clean import clean
from onewindow.text.patterns import pattern

if TYPE_CHECKING:
    from decimal import Decimal

_SYMBOLS = {
    "RUB": "₽", "EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "UAH": "₴", "KZT": "₸", "TRY": "₺",
    "BGN": "лв", "ILS": "₪", "INR": "₹", "GEL": "₾", "AMD": "֏", "PLN": "zł",
}  # fmt: skip
_NAMES = {
    "RUB": "руб рублей рубля рубль рубли р rur",
    "BGN": "лева лев",
    "EUR": "евро euro euros",
    "USD": "доллар доллара долларов долл dollars",
    "GBP": "pounds",
}
# The currencies without and with three decimals; all the others have two.
_NO_DECIMALS = "JPY KRW VND CLP ISK UGX XAF XOF XPF PYG RWF GNF KMF DJF BIF VUV"
_THREE_DECIMALS = "KWD BHD OMR JOD TND IQD LYD"
_TWO_DECIMALS = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
    "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG "
    "HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR "
    "MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK "
    "SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD "
    "XCG YER ZAR ZMW ZWG"
)  # ANG and HRK are no more; amounts of their years are.
_MINOR_DIGITS = {
    code: digits
    for digits, codes in ((0, _NO_DECIMALS), (2, _TWO_DECIMALS), (3, _THREE_DECIMALS))
    for code in codes.split()
}
_CURRENCY = (
    {code.casefold(): code for code in _MINOR_DIGITS}
    | {symbol.casefold(): code for code, symbol in _SYMBOLS.items()}
    | {name: code for code, names in _NAMES.items() for name in names.split()}
)
_POWERS = {
    3: "k к т тыс тысяч тысячи тысяча хил хиляди хиляда",
    6: "m mln млн миллион миллиона миллионов милион милиона",
    9: "bn bln млрд миллиард миллиарда миллиардов милиард милиарда",
}
_POWER = {word: power for power, words in _POWERS.items() for word in words.split()}

_SIGNED = pattern(r"(?P<before>[^0-9]*)(?P<number>[0-9](?:[0-9 .,'’_]*[0-9])?)(?P<after>[^0-9]*)")
_NOT_A_DIGIT = pattern("[^0-9]+")
_SPACES = pattern(r"\s+")
_GROUPED = pattern(r"[0-9]{1,3}(?:([ '’_.,])[0-9]{3})(?:\1[0-9]{3})*")
_PLAIN = pattern(r"[0-9]+")
_WORD = pattern(r"[^\W\d_]+|[^\s.]")
_OF_DOLLARS = {
    "us": "usd", "a": "aud", "au": "aud", "c": "cad", "ca": "cad", "nz": "nzd", "hk": "hkd", "s": "sgd",
    "r": "brl",
}  # fmt: skip
_DOLLARS = pattern(r"(?i)(?<![^\W\d_])(us|au?|ca?|nz|hk|s|r)\$")
"""US$ and others: which dollar it is."""
_SIGNS = frozenset("+-")
_MAX_DIGITS = 15


def _bad(text: str, reason: str) -> ValueError:
    return ValueError(f"“{clean(text)[:40]}” {reason}")


def _whole(text: str, whole: str) -> str:
    """Return the digits before the decimal mark, grouped correctly or not at all."""
    if _PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole):
        return _NOT_A_DIGIT.sub("", whole)
    raise _bad(text, "has digits in groups that are not thousands: write 1 200,50")


def _decimal(text: str, number: str, decimals: int) -> Decimal:
    """Return the value of digits with separators; ValueError when they can be read in two ways.

    Three digits behind the only mark are decimals of what has three of them, as amounts in it are written.
    """
    from decimal import Decimal  # what is only shown is never read

    mark = max(number.rfind("."), number.rfind(","))
    # The same mark twice groups thousands, and only the last of two different marks is decimal.
    if mark < 0 or number.count(number[mark]) > 1:
        whole, fraction = number, ""
    else:
        whole, fraction = number[:mark], number[mark + 1 :]
        if (
            len(fraction) == 3
            and decimals != 3
            and _PLAIN.fullmatch(whole)
            and len(whole) <= 3
            and whole.strip("0")
        ):
            raise _bad(
                text, f"can be a thousand or a fraction: write {whole}{fraction} or {whole},{fraction[:2]}"
            )
        if not _PLAIN.fullmatch(fraction):
            raise _bad(text, "has a space after the decimal mark: write 1 200,50")
    return Decimal(f"{_whole(text, whole)}.{fraction or '0'}")


def _one_name(text: str) -> str:
    """An amount with the code of its currency in place of `US$`, `A$` and other signs that name a country."""
    if "$" not in text:
        return text
    return _DOLLARS.sub(lambda sign: f" {_OF_DOLLARS[sign[1].casefold()]} ", text)


def _read(text: str, currency: str = "") -> tuple[Decimal, list[str]]:
    """Return the value, multiplied by its thousands word, and the other words around it.

    An amount is of `currency` where no word around it names another one.
    """
    plain = _SPACES.sub(" ", text.strip()).replace("−", "-")
    match = _SIGNED.fullmatch(_one_name(plain))
    if not match or len(text) > 60:
        raise _bad(text, "is not a number: write 1 200,50")
    if len(_NOT_A_DIGIT.sub("", match["number"])) > _MAX_DIGITS:
        raise _bad(text, f"has too many digits: write at most {_MAX_DIGITS}")
    before, after = _WORD.findall(match["before"].casefold()), _WORD.findall(match["after"].casefold())
    named = [_CURRENCY[word] for word in before + after if word in _CURRENCY]
    value = _decimal(text, match["number"], minor_digits((named or [currency])[0]))
    # 1С and SAP write the sign behind the number; a plus says nothing.
    signed = before if _SIGNS.intersection(before) else after
    sign = next((word for word in signed if word in _SIGNS), "")
    if sign:
        signed.remove(sign)
    value = -value if sign == "-" else value
    powers = [word for word in after if word in _POWER]
    if len(powers) > 1:
        raise _bad(text, "has two words for thousands: write 12 тыс")
    if powers:
        after.remove(powers[0])
        value = value.scaleb(_POWER[powers[0]])
    return value, before + after


def parse_number(text: str) -> Decimal:
    """Return the number typed with any separators and `тыс`, `млн`, `k`; ValueError when unclear."""
    value, words = _read(text)
    if words:
        raise _bad(text, f"has a word that is not a number: {clean(words[0])[:20]}")
    return value


def without_currency(text: str) -> tuple[str, str]:
    """A number without the sign or name of a currency around it, and that currency's code, '' for none."""
    match = _SIGNED.fullmatch(_SPACES.sub(" ", _one_name(text.strip())))
    if match is None:
        return text, ""
    for part in ("before", "after"):
        for word in _WORD.findall(match[part].casefold()):
            if word in _CURRENCY:
                around = match["before"] + match["after"]
                bare = "-" if "-" in around or "−" in around else ""
                return f"{bare}{match['number']}", _CURRENCY[word]
    return text, ""


def is_currency(code: str) -> bool:
    """Whether a text is the three capital letters of a currency (ISO 4217)."""
    return code in _MINOR_DIGITS


def minor_digits(currency: str) -> int:
    """Return how many decimals the currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _MINOR_DIGITS.get(currency, 2)


def parse_money(text: str, default_currency: str) -> tuple[int, str]:
    """Return the amount in minor units and its currency code, `default_currency` when none is typed.

    ValueError, one sentence, when the amount can be read in two ways, is finer than the currency or names an
    unknown one.
    """
    value, words = _read(text, default_currency)
    currencies: set[str] = set()
    for word in words:
        if word not in _CURRENCY:
            raise _bad(text, f"has an unknown currency {clean(word)[:20]}: write 1 200,50 EUR")
        currencies.add(_CURRENCY[word])
    if len(currencies) > 1:
        raise _bad(text, "names two currencies: write 1 200,50 EUR")
    currency = currencies.pop() if currencies else default_currency
    minor = value.scaleb(minor_digits(currency))
    if minor != minor.to_integral_value():
        raise _bad(text, f"is finer than {currency} goes: give at most {minor_digits(currency)} decimals")
    if abs(minor) >= 10**17:
        raise _bad(text, "is too large an amount")
    return int(minor), currency


def format_money(minor: int, currency: str) -> str:
    """Return minor units as `120 000 ₽` or `1 200,50 €`: decimals only when there are any."""
    digits = minor_digits(currency)
    whole, fraction = divmod(abs(minor), 10**digits)
    sign = "-" if minor < 0 else ""
    decimals = f",{fraction:0{digits}}" if fraction else ""
    return f"{sign}{whole:,}".replace(",", " ") + f"{decimals} {_SYMBOLS.get(currency, currency)}"
