"""Countries as files write them: names in Russian, Bulgarian and English, codes of letters or figures."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import cast

from onewindow.text.fold import bare_letters

_LANGUAGES = ("en", "ru", "bg")
# What people write and Babel's names do not have, or may lose when a country is renamed: short and old names,
# the country's own.
_ALSO = {
    "RU": "рф; российская федерация; руска федерация; russian federation; russian fed",
    "BG": "bul; бг",
    "IE": "eire; éire",
    "MO": "macau; macao",
    "BY": "рб; белоруссия; belorussia; rb",
    "KZ": "рк",
    "KG": "киргизия; киргизская республика; kyrgyz republic",
    "MD": "молдавия; молдавия республика",
    "GR": "el; hellas; ελλάδα",
    "TR": "turkey; турецкая республика",
    "MK": "macedonia; македония; republic of macedonia; fyrom",
    "DE": "германія; deutschland; фрг; federal republic of germany; гфр",
    "AT": "osterreich; österreich",
    "IT": "italia",
    "ES": "españa; espana",
    "PL": "polska",
    "CZ": "czech republic; чешская республика; чешка република; česko",
    "NL": "holland; голландия; холандия",
    "GB": """
        great britain; britain; england; scotland; wales;
        northern ireland; англия; шотландия; соединенное королевство; обединено кралство
    """,
    "US": "united states of america; america; сша; соединенные штаты америки; америка; сащ",
    "CN": "prc; peoples republic of china; кнр; китайская народная республика",
    "HK": "hong kong sar; hong kong; хонконг",
    "KR": "korea; republic of korea; южная корея; корея; корея республика",
    "KP": "северная корея; кндр",
    "AE": "uae; emirates; эмираты; оае; емирства",
    "IR": "islamic republic of iran",
    "SY": "syrian arab republic",
    "LA": "lao pdr",
    "MM": "burma; бирма",
    "CD": "dr congo; drc; дрк",
    "CI": "ivory coast",
    "ZA": "юар",
    "SZ": "swaziland; свазиленд",
    "VA": "vatican; holy see",
    "PS": "palestine; палестина",
    "BA": "bosnia; босния",
}
_NO_COUNTRIES = frozenset(
    {"EU", "EZ", "UN", "ZZ", "QO", "XA", "XB", "AC", "CP", "DG", "EA", "IC", "TA", "CQ"}
)
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FORM_OF_STATE = re.compile(
    r"\b(?:republic|kingdom|state|commonwealth|federation|of|the|республика|респ|република|королевство|кралство)\b",
    re.IGNORECASE,
)


def read_country(text: str) -> str | None:
    """The two letters of a country for its name, code or number (`Япония`, `JPN`, `392`), else None."""
    if any(map(str.isdecimal, text)):
        plain = text.strip()
        return _names().get(plain.lstrip("0")) if plain.isdecimal() else None
    bare = _IN_BRACKETS.sub(" ", text)
    # `Moldova, Republic of` and `Республика Молдова` say what the short name does.
    spellings = (text, bare, bare.partition(",")[0], _FORM_OF_STATE.sub(" ", bare))
    for word in dict.fromkeys(map(_key, spellings)):
        code = _usual().get(word) or (_names().get(word) if word else None)
        if code is not None:
            return code
    inside = next((word for part in _IN_BRACKETS.findall(text) if (word := _key(part))), "")
    return _names().get(inside) if inside else None


def _key(text: str) -> str:
    """The letters of a name without their accents: Côte d’Ivoire is Cote d'Ivoire."""
    split = unicodedata.normalize("NFD", text.casefold().replace("й", "\ue000"))
    plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    return bare_letters(plain.replace("\ue000", "й"))


@cache
def _usual() -> dict[str, str]:
    """Names that need no long list, which takes some 40 ms to read."""
    known = {_key(word): code for code, words in _ALSO.items() for word in words.split(";")}
    known |= {code.casefold(): code for code in _ALSO}
    known |= {
        "россия": "RU",
        "russia": "RU",
        "русия": "RU",
        "bulgaria": "BG",
        "болгария": "BG",
        "българия": "BG",
    }
    known.pop("", None)
    return known


@cache
def _names() -> dict[str, str]:
    # Most files name only countries of the short list.
    from babel import Locale
    from babel.core import get_global

    known: dict[str, str] = {}
    codes: set[str] = set()
    for language in _LANGUAGES:
        names = cast("Mapping[str, str]", Locale(language).territories)
        for code, name in names.items():
            if len(code) == len("RU") and code.isalpha() and code not in _NO_COUNTRIES:
                codes.add(code)
                for spelling in (name, name.replace("&", "and").replace("St.", "Saint")):
                    known.setdefault(_key(spelling), code)
                # `Мьянма (Бирма)`, `Hong Kong SAR China`: what stands before the bracket is a name too.
                known.setdefault(_key(_IN_BRACKETS.sub("", name)), code)
    for alias, meant in get_global("territory_aliases").items():
        if meant and meant[0] in codes:
            known.setdefault(alias.casefold(), meant[0])
            known.setdefault(alias.lstrip("0"), meant[0])
    known |= {code.casefold(): code for code in codes}
    known.pop("", None)
    return known
