"""Cells that hold no value in any column: the errors of spreadsheets and a machine's null.

What a person writes for nothing (`нет`, `-`, zeros) depends on the field: text/empty_words.py knows that.
"""

from __future__ import annotations

import re

from onewindow.text.empty_words import ERRORS, NULLS

_OVERFULL = re.compile(r"#{3,}")
"""What a spreadsheet shows of a number too wide for its column, and saves so when it writes text."""
_MIXED_CASE_IS_A_NAME = frozenset(("Null", "Nan", "Nat"))
"""Surnames and first names: a machine writes its nothing in one case."""

EMPTY_CELLS = frozenset(
    spelled
    for word in (*ERRORS, *NULLS, *("#" * length for length in range(3, 256)))
    for spelled in (word, word.upper(), word.capitalize())
    if spelled not in _MIXED_CASE_IS_A_NAME
)
"""Errors and nulls as they are mostly spelled, to look through whole rows at once."""


def is_error_cell(text: str) -> bool:
    """Whether a cell holds the error of a formula (`#N/A`, `#ССЫЛКА!`) or the `####` of a narrow column."""
    if not text.startswith(("#", "E", "e")):
        return False
    return text.casefold() in ERRORS or _OVERFULL.fullmatch(text) is not None
