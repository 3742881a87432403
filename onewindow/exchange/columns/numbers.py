"""Numbers with marks of several countries: 1 200,50 and 1,200.50 and 1.200,50; decided for a whole column."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

DecimalMark = Literal[",", "."]

_NUMBER = re.compile(r"\d(?:[\d\s.,'’\u00a0\u202f_]*\d)?")
_SPACES = re.compile(r"[\s'’\u00a0\u202f_]")
_IN_BRACKETS = re.compile(r"\(\s*([^()]*\d[^()]*)\s*\)")

_SCIENTIFIC = re.compile(r"[-+]?\d{1,15}(?:[.,]\d{1,15})?[eE][-+]?\d{1,2}")
"""1e3 and 1,2E+06: so spreadsheets write what is large."""
_ROUBLES = re.compile(
    r"(?i)([\d\s\u00a0]*\d)\s*(?:р|руб|рублей|рубля|рубль|лв|лева)\.?\s*(\d\d?)\s*(?:к|коп|ст)[а-я]*\.?"
)
_DASHED = re.compile(r"(\d[\d \u00a0]*)[-=](\d\d)")
"""100 руб. 50 коп., and 1 234-50, as papers write amounts."""


@dataclass(slots=True)
class MarkEvidence:
    """What the cells of one column tell of its decimal mark."""

    comma: bool = False
    point: bool = False

    def see(self, text: str) -> None:
        """Look at one more cell."""
        match = _NUMBER.search(text)
        if match is None:
            return
        mark = _mark_of(_SPACES.sub("", match[0]))
        self.comma |= mark == ","
        self.point |= mark == "."

    @property
    def mark(self) -> DecimalMark | None:
        """The decimal mark that the column shows; None where no cell has decimals, or cells disagree."""
        if self.comma == self.point:
            return None
        return "," if self.comma else "."


def with_minor_units(text: str) -> str:
    """An amount as a number where it tells its minor units apart from the whole ones."""
    if match := _ROUBLES.fullmatch(text.strip()):
        name = "лв" if "лв" in text.casefold() or "лев" in text.casefold() else "руб"
        return f"{match[1]},{match[2]:>02} {name}"
    match = _DASHED.fullmatch(text.strip())
    return f"{match[1]},{match[2]}" if match else text


def plain_number(text: str, decimal: DecimalMark | None) -> str:
    """Write the number of a text without groups and with a decimal point; words around it stay.

    Without a decimal mark of the column a single mark before three digits groups thousands.
    """
    text = _IN_BRACKETS.sub(r"-\1", text) if "(" in text else text
    if _SCIENTIFIC.fullmatch(text.strip()):
        return f"{Decimal(text.strip().replace(',', '.')):.4f}"
    match = _NUMBER.search(text)
    if match is None:
        return text
    figures = _SPACES.sub("", match[0])
    mark = _mark_of(figures) or (decimal if decimal and figures.count(decimal) == 1 else None)
    if mark is None:
        written = figures.replace(",", "").replace(".", "")
    else:
        whole, _, part = figures.rpartition(mark)
        # Four decimals cannot be taken for thousands by anybody who reads the number after us.
        written = f"{whole.replace(',', '').replace('.', '')}.{part.rstrip('0').ljust(4, '0')}"
    return f"{text[: match.start()]}{written}{text[match.end() :]}"


def _mark_of(figures: str) -> DecimalMark | None:
    """The decimal mark that a number shows by itself."""
    last = max(figures.rfind(","), figures.rfind("."))
    if last < 0:
        return None
    mark: DecimalMark = "," if figures[last] == "," else "."
    if figures.count(mark) > 1:
        return None
    other = "." if mark == "," else ","
    whole, part = figures[:last], figures[last + 1 :]
    if other in whole or len(part) != 3 or len(whole) > 3 or not whole.strip("0"):
        return mark
    return None
