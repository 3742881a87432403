"""Closing documents month by month: which months of service lack an invoice or a signed act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from onewindow.records.structs import frozen_struct

Paper = Literal["invoice", "act"]
PAPERS: tuple[Paper, ...] = ("invoice", "act")
"""What closes a month, in the order in which it is written."""


@frozen_struct
class Closing:
    """A document of a month (YYYY-MM): whether it is there, and whether it counts as closed (signed)."""

    paper: Paper
    month: str
    is_closed: bool


@frozen_struct
class Month:
    """One month of service and what it lacks; `unsigned` is there and waits for its signature."""

    month: str
    missing: tuple[Paper, ...]
    unsigned: tuple[Paper, ...]

    @property
    def is_closed(self) -> bool:
        """Whether nothing is missing and nothing waits."""
        return not self.missing and not self.unsigned


def months_between(start: date, today: date, at_most: int = 24) -> list[str]:
    """The last full months of service (YYYY-MM), from the one of `start` till the one before today's.

    The first month counts whole; a month is due when it is over.
    """
    first, last = start.year * 12 + start.month - 1, today.year * 12 + today.month - 2
    months = range(max(first, last - at_most + 1), last + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in months]


def closing_checklist(months: Sequence[str], papers: Iterable[Closing]) -> list[Month]:
    """How each month stands; of several documents of one kind in a month the best counts."""
    best: dict[tuple[str, str], bool] = {}
    for paper in papers:
        key = (paper.month, paper.paper)
        best[key] = best.get(key, False) or paper.is_closed
    return [
        Month(
            month,
            tuple(paper for paper in PAPERS if (month, paper) not in best),
            tuple(paper for paper in PAPERS if best.get((month, paper)) is False),
        )
        for month in months
    ]
