"""Whether the cells of a column can be values of a kind of field: a look at a few, no reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from onewindow.exchange.columns.dates import DATE_ORDERS, is_empty_date, read_date
from onewindow.exchange.values.countries import read_country
from onewindow.records.fields import ValueKind
from onewindow.text.choices import read_currency, read_flag
from onewindow.text.money import parse_number, without_currency

_MOST_CELLS = 0.8
"""So many of the cells fit, of a column that means a field."""
_FEWEST_FIGURES = 5
_CODE_LETTERS = 3


def fits(kind: ValueKind, cells: Sequence[str], *, least: float = _MOST_CELLS) -> bool:
    """Whether so many of some cells, of which none is empty, can be read as a kind of value."""
    if not cells:
        return False
    test = _TESTS.get(kind)
    return test is None or sum(map(test, cells)) >= least * len(cells)


def _is_date(text: str) -> bool:
    if is_empty_date(text):
        return True
    for order in DATE_ORDERS:
        try:
            read_date(text, order)
        except ValueError:
            continue
        return True
    return False


def _is_number(text: str) -> bool:
    try:
        parse_number(without_currency(text)[0])
    except ValueError:
        return False
    return True


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_country(text: str) -> bool:
    """Whether it is the name of a country; two letters, as No and In, say too little."""
    return len(text) > _CODE_LETTERS and _has_letters(text) and read_country(text) is not None


_TESTS: dict[ValueKind, Callable[[str], bool]] = {
    "date": _is_date,
    "time": _is_date,
    "money": _is_number,
    "number": _is_number,
    "week": _is_number,
    "country": _is_country,
    "currency": lambda text: read_currency(text) is not None,
    "flag": lambda text: read_flag(text) is not None,
    "email": lambda text: "@" in text,
    "phone": lambda text: sum(map(str.isdigit, text)) >= _FEWEST_FIGURES,
    "long_text": _has_letters,
}
