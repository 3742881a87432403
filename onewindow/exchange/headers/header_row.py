"""Which row of a sheet names the columns, and which rows only add up the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from onewindow.exchange.headers.matching import UNDER, is_known, known_words, normalise_header
from onewindow.exchange.headers.time_words import time_of_request

HEADER_WINDOW = 30
"""So many rows are looked at before the header is chosen."""

# Longer than any phone or address: the search for one must not run through a megabyte of text.
_LONGEST_DATA_CELL = 120
_DATA_CELL = re.compile(r"\S+@\S+\.\S+|[+(\d][\d\s().,:/+-]{5,}")
_TITLES_LEAST = 3
"""A line above is a title if a row below has so many times its cells."""

_LONGEST_SUM = 80
_SUM = re.compile(
    r"(?:итого|всего|общо|всичко|сума общо|общий итог|итоги|total|totals|grand total|subtotal|sub-total|sum"
    r"|общая сумма|подытог|междинна сума|row labels total)\s*[:.=]?",
    re.IGNORECASE,
)
_SUM_BEGINS = frozenset(
    spelled
    for two in "ит вс об по су то me su gr nu co to re за ст ко бр ме ro".split()  # noqa: SIM905
    for spelled in (two, two.upper(), two.capitalize())
)
"""The first two letters of such rows, by which nearly all others are passed over."""
_SUM_OF = re.compile(
    r"(?:итого|всего|общо|total|subtotal|number of|count of|количество|брой|records|записей|строк)\b"
    r"[^:=]{0,60}[:=]\s*[\d\s.,]+\S{0,4}"
    r"|(?:итого|всего|общо) (?:по|за|от|на|записей|строк|к)\b.*"
    r"|(?:total|subtotal|grand total) (?:for|of|by|in)\b.*",
    re.IGNORECASE,
)
# Without a plus before it: a phone is more than a figure.
_FIGURES = re.compile(
    r"[-−(]?[^\W\d_]{0,3}\.?[$€₽£]?\s?[\d\s.,\u00a0\u202f'’]+\)?\s?%?[^\W\d_]{0,4}\.?[$€₽£]?"
)


def is_data(cell: str) -> bool:
    """Whether a cell can be no column name: an address, a phone, a date, a number of six digits."""
    return len(cell) <= _LONGEST_DATA_CELL and _DATA_CELL.fullmatch(cell) is not None


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """The place of the column names among the first rows of a table, none of them blank.

    It is the first one, unless above a wider row with more of the words that columns are called stand only
    titles: a name of the report, its period, names of groups of columns.
    """
    best = 0
    for place in range(1, len(rows)):
        row, above = rows[place], rows[best]
        if _filled(row) <= max(map(_filled, rows[best:place])) or any(map(is_data, filter(None, row))):
            continue
        known, known_above = _known(row), _known(above)
        if known > max(1, known_above) or (
            not known_above and _titles_only(rows[best:place], row) and _has_likes(rows[place + 1 :], row)
        ):
            best = place
    return best


def names_of_two_rows(rows: Sequence[Sequence[str]], place: int) -> tuple[int, int, list[str]]:
    """The first and the last row of the column names, and the names themselves.

    Where groups of columns stand above (`Документ` over `Номер` and `Дата`), a column is called by both,
    unless its own name says enough. `place` is where the names are, or the upper ones of them.
    """
    for upper, lower in ((place, place + 1), (place - 1, place)):
        if upper >= 0 and lower < len(rows) and _are_groups(rows[upper], rows[lower], rows[lower + 1 :]):
            names = list(rows[lower])
            is_whole = all(name or not above for above, name in zip_longest(rows[upper], names, fillvalue=""))
            if is_whole and len(set(filter(None, names))) == _filled(names):
                return lower, lower, names
            return upper, lower, _grouped_names(rows[upper], names)
    return place, place, list(rows[place])


def _are_groups(upper: Sequence[str], lower: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    width = max(len(upper), len(lower))
    above, names = _padded(upper, width), _padded(lower, width)
    own = [name for name, group in zip(names, above, strict=True) if name and name != group]
    in_gaps = sum(bool(name) and not group for name, group in zip(names, above, strict=True))
    if not in_gaps or not below or any(map(is_data, filter(None, names))):
        return False
    if _known(own) * 2 < len(own) or any(any(map(str.isdigit, name)) for name in own):
        return False
    # A title is no group, nor is the day of a report beside it.
    return _filled(above) > 1 and _known(above) > 0 and not any(map(is_data, filter(None, above)))


def _grouped_names(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    width = max(len(upper), len(lower))
    names, group = list[str](), ""
    words = known_words()
    own = [name for name in lower if name]
    for above, name in zip(_padded(upper, width), _padded(lower, width), strict=True):
        group = above or (group if name else "")
        if not name or name == group:
            names.append(above)
        elif not group:
            names.append(name)
        elif normalise_header(f"{group} {name}") in words:
            names.append(f"{group} {name}")
        elif time_of_request(f"{group} {name}"):
            names.append(f"{group}{UNDER}{name}")  # `Ответ` under `Даты` is no text
        elif is_known(name) and own.count(name) == 1:
            names.append(name)
        else:
            names.append(f"{group}{UNDER}{name}")
    return names


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def is_header_known(row: Sequence[str]) -> bool:
    """Whether a row has words that columns are called."""
    return _known(row) > 0


def is_sum(row: Sequence[str], width: int) -> bool:
    """Whether a row only adds up others: `Итого` and figures, `Total`, `Всего записей: 25`.

    A firm called Total has more than figures beside its name, and in a table of one column it is a name.
    """
    if width == 1:
        return False
    first = row[0] or next(filter(None, row))
    if first[:2] not in _SUM_BEGINS or len(first) > _LONGEST_SUM:
        return False
    if not (_SUM.fullmatch(first) or _SUM_OF.fullmatch(first)):
        return False
    others = [cell for cell in row if cell and cell is not first]
    return all(_FIGURES.fullmatch(cell) or _SUM.fullmatch(cell) for cell in others)


def _titles_only(above: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    wide = _filled(row)
    return all(
        (_filled(other) == 1 and wide > 1) or _filled(other) * _TITLES_LEAST <= wide for other in above
    )


def _has_likes(below: Sequence[Sequence[str]], row: Sequence[str]) -> bool:
    return any(_filled(other) * 2 >= _filled(row) > 1 for other in below)


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _known(row: Sequence[str]) -> int:
    return sum(is_known(cell) for cell in row if cell and len(cell) <= _LONGEST_DATA_CELL)
