"""Cells that hold no value: the errors of spreadsheets, a machine's null, a person's word for nothing."""

from __future__ import annotations

import re

_ERRORS = frozenset(
    """
    #n/a #na #ref! #div/0! #value! #name? #num! #null! #spill! #calc! #field! #getting_data #blocked!
    #unknown! #connect! #busy! #python! #n/d #н/д #ссылка! #дел/0! #знач! #имя? #число! #пусто! #перенос!
    #вычисл! #поле! #сслыка! #препр! #ст-ст! #име? #чис! #err! #error! #error #ошибка! #арг!
    err:502 err:504 err:508 err:509 err:511 err:512 err:519 err:520 err:522 err:523
    """.split()  # noqa: SIM905  a page of words reads better than a page of quotes
)
_OVERFULL = re.compile(r"#{3,}")
"""What a spreadsheet shows of a number too wide for its column, and saves so when it writes text."""
_NULLS = frozenset(
    ("null", "<null>", "(null)", "[null]", "{null}", r"\n", "n/a", "n\\a", "<n/a>", "nan", "<na>", "n.a.",
     "undefined", "(blank)", "(пусто)", "(blanks)", "nat", "<none>", "#null", "n/д")
)  # fmt: skip
_MIXED_CASE_IS_A_NAME = frozenset(("Null", "Nan", "Nat"))
"""Surnames and first names: a machine writes its nothing in one case."""
_FILLERS = frozenset(
    """
    нет не неизвестно неизвестен неизвестна отсутствует отсутствуют пусто нету б/н бн б.н. н/д нд н/у
    нетданных неуказано неуказан неуказана незаполнено безинн неприменимо уточнить уточняется тест
    няма неизвестен липсва липсват неепосочено непосочено незнам непопълнено
    no none nil na n/a n.a. unknown notavailable notapplicable notset notspecified empty missing tbd tba todo
    nodata noemail nophone nomail noname test dummy xx xxx xxxx ххх хх null nan undefined default
    """.split()  # noqa: SIM905
)
_NO_LETTERS = re.compile(r"[\W_]*")
_SAME_DIGIT = re.compile(r"(\d)\1*")
_COUNTED = ("123456789", "1234567890", "12345678", "0123456789", "012345678", "123456789012")


EMPTY_CELLS = frozenset(
    spelled
    for word in (*_ERRORS, *_NULLS, *("#" * length for length in range(3, 256)))
    for spelled in (word, word.upper(), word.capitalize())
    if spelled not in _MIXED_CASE_IS_A_NAME
)
"""Errors and nulls as they are mostly spelled, to look through whole rows at once."""


def is_error_cell(text: str) -> bool:
    """Whether a cell holds the error of a formula (`#N/A`, `#ССЫЛКА!`) or the `####` of a narrow column."""
    if not text.startswith(("#", "E", "e")):
        return False
    return text.casefold() in _ERRORS or _OVERFULL.fullmatch(text) is not None


def is_null_word(text: str) -> bool:
    r"""Whether a cell holds what programs write for nothing: `NULL`, `\N`, `n/a`, `NaN`, `(blank)`."""
    return len(text) <= 11 and text.casefold() in _NULLS and text not in _MIXED_CASE_IS_A_NAME


def is_filler(text: str) -> bool:
    """Whether a text that should name or identify something says only that there is nothing.

    So are empty texts, signs alone (`-`, `?`), words for none in three languages, and numbers that somebody
    made up to get past a form: zeros, one digit again and again, `1234567890`. In a flag `нет` and `-` mean
    no: ask this only of names, ids, addresses and phones.
    """
    plain = "".join(text.casefold().split())
    if _NO_LETTERS.fullmatch(plain) or is_error_cell(plain) or is_null_word(plain):
        return True
    digits = re.sub(r"[\s().+-]", "", plain)
    if digits.isdecimal():
        # One digit may be a real id of a short list: only nought is none.
        repeated = _SAME_DIGIT.fullmatch(digits) is not None
        return not digits.strip("0") or (repeated and len(digits) >= 7) or digits in _COUNTED
    return plain.strip(".,;:!?-–—()[]<>\"'«»_*") in _FILLERS
