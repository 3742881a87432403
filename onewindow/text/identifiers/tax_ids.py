"""One tax id in its several spellings: with and without the country before it, with a word before it."""

from __future__ import annotations

from functools import lru_cache

from onewindow.text.identifiers.checks import EU_COUNTRIES, compact
from onewindow.text.patterns import pattern

_COUNTRIES = EU_COUNTRIES | {
    "EL",
    "RU",
    "BY",
    "KZ",
    "UA",
    "GB",
    "XI",
    "CH",
    "NO",
    "TR",
    "RS",
    "MK",
    "GE",
    "AM",
}
_PREFIX = pattern(r"([A-Z]{2})(?=[0-9A-Z]{7,13}$)(?=[0-9A-Z]*[0-9]{6})")
_LABEL = pattern(
    r"(?i)^(?:(?:инн|кио|еик|булстат|унп|бин|иин|едрпоу|єдрпоу|огрн|ддс|ндс|по|ин|идентификационен|данъчен|inn|eik|bulstat|"
    r"vat|tax|tin|unp|bin|ust|idnr|id|reg|number|no|nr|номер|код)\b[\s.:№#/-]*)+(?=[0-9A-Z])"
)
_FRACTION = pattern(r"([0-9][0-9 ]{5,})[.,]0+$")
_FIGURES = pattern(r"[0-9]{8,13}")
_COMMON = ("BG", "RU", "DE")


def tidy_tax_id(typed: str) -> str:
    """A tax id without words before it and what people put between its digits; any other text as typed."""
    if typed.isdecimal():
        return typed
    plain = _FRACTION.sub(r"\1", _LABEL.sub("", typed.strip()))
    digits = compact(plain)
    return digits if digits.isalnum() and any(map(str.isdecimal, digits)) else typed


def country_in(tax_id: str) -> str:
    """The country whose letters stand before a tax id: BG of BG831650349; '' for none."""
    if not tax_id or tax_id[0].isdecimal():
        return ""
    match = _PREFIX.match(compact(tax_id))
    return match[1].replace("EL", "GR") if match is not None and match[1] in _COUNTRIES else ""


@lru_cache(maxsize=8192)
def without_country(tax_id: str) -> str:
    """A tax id without the letters of its country, by which it is looked for."""
    plain = compact(tax_id)
    return plain[2:] if country_in(plain) else plain


def is_same_tax_id(one: str, other: str) -> bool:
    """Whether two tax ids are one number, of one country where both say of which."""
    if compact(one) == compact(other):
        return True
    countries = {country for tax_id in (one, other) if (country := country_in(tax_id))}
    return len(countries) == 1 and without_country(one) == without_country(other)


def spellings(tax_id: str, country: str = "") -> list[str]:
    """How a tax id may stand on file, as typed first."""
    number = without_country(tax_id)
    named = country_in(tax_id)
    prefixes = (country, *_COMMON) if not named and _FIGURES.fullmatch(number) else (named,)
    forms = (tax_id, compact(tax_id), number, *(f"{prefix}{number}" for prefix in prefixes if prefix))
    return list(dict.fromkeys(forms))
