"""How the columns of one file write dates and numbers: looked at as a whole before any cell is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from onewindow.exchange.columns.dates import DateOrder, OrderEvidence
from onewindow.exchange.columns.numbers import DecimalMark, MarkEvidence
from onewindow.exchange.problems import FileProblem
from onewindow.exchange.rows import SourceRow

_WITH_POINT = frozenset({"json", "jsonl", "xlsx"})
"""Formats that carry numbers as numbers, which our readers write with a point."""


@dataclass(frozen=True, slots=True)
class ColumnFormats:
    """The order of dates and the decimal mark by header; where a header is missing it does not matter."""

    dates: Mapping[str, DateOrder] = field(default_factory=dict[str, DateOrder])
    marks: Mapping[str, DecimalMark] = field(default_factory=dict[str, DecimalMark])


def survey_columns(
    rows: Iterable[SourceRow],
    name: str,
    *,
    dates: Iterable[str],
    numbers: Iterable[str],
    file_format: str,
    order: DateOrder | None = None,
) -> ColumnFormats:
    """Find out how the named headers write dates and numbers; `order` decides for all dates.

    Raises `FileProblem` for a column of dates that can be read both ways.
    """
    orders = {header: OrderEvidence() for header in dates} if order is None else {}
    marks = {header: MarkEvidence() for header in numbers}
    if orders or marks:
        for row in rows:
            for header, evidence in orders.items():
                evidence.see(row.values.get(header, "").strip())
            for header, evidence in marks.items():
                evidence.see(row.values.get(header, ""))
    date_orders: dict[str, DateOrder] = dict.fromkeys(dates, order) if order is not None else {}
    for header, evidence in orders.items():
        if evidence.order is None:
            raise _unclear(name, header, evidence)
        if evidence.day_first or evidence.month_first:
            date_orders[header] = evidence.order
    fallback: DecimalMark | None = "." if file_format in _WITH_POINT else None
    known: dict[str, DecimalMark] = {}
    for header, evidence in marks.items():
        mark = evidence.mark or fallback
        if mark is not None:
            known[header] = mark
    return ColumnFormats(date_orders, known)


def _unclear(name: str, header: str, evidence: OrderEvidence) -> FileProblem:
    both = evidence.day_first and evidence.month_first
    what = "some dates have the day first, others the month" if both else "day or month may come first"
    return FileProblem(
        name,
        f"{what} ({evidence.unclear})",
        "say which with --dates dmy or --dates mdy",
        column=header,
    )
