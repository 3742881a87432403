"""Cells that hold no value in any column: the errors of spreadsheets and a machine's null.

What a person writes for nothing (`нет`, `-`, zeros) depends on the field: text/fillers.py knows that.
"""

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
