"""Figures as people and programs read them: rows of text, sentences about change, plain fields."""

from __future__ import annotations

from datetime import date

from onewindow.desk.metrics.answers import Answer, FigureRow, groupings
from onewindow.desk.metrics.cases import Metric
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.units import MONEY, NONE
from onewindow.metrics.figures import Change, Figure
from onewindow.text.dates import format_date

FEW_NOTE = "* fewer than ten cases: too few to compare."
_MONEY_PARTS = frozenset(
    {
        *("in all", "paid", "discount", "cost", "work", "gift", "average payment"),
        *("money before", "money now of the same"),
    }
)
MACHINE_COLUMNS = (
    *(
        "metric",
        "version",
        "by",
        "group",
        "part",
        "from",
        "to",
        "n",
        "value",
        "low",
        "high",
        "unit",
        "is_few",
    ),
    *("before_n", "before_value", "before_low", "before_high"),
    *("difference", "difference_low", "difference_high", "changed", "beside"),
)
"""The field names of `machine_row`; `before_n` to `changed` are empty unless periods are compared."""


def span_text(span: Span, today: date) -> str:
    """The days of a period: `29.11.25 – 29.11`."""
    return " – ".join(format_date(day, today) for day in (span.first, span.last))


def title(answer: Answer, today: date) -> str:
    """What a table of figures is of: `NPS by tier, 29.11.25 – 29.11`."""
    by = "" if answer.by == "all" else f" by {groupings(answer.metric)[answer.by]}"
    return f"{answer.metric.label}{by}, {span_text(answer.span, today)}"


def value_text(metric: Metric, row: FigureRow) -> str:
    """The number of a row: `40.0 %`; `–` where there is none."""
    return metric.unit.text(row.figure.value, row.part)


def spread_text(metric: Metric, row: FigureRow) -> str:
    """The 95 % interval of a row: `34.1–46.2 %`."""
    return metric.unit.spread(row.figure.low, row.figure.high, row.part)


def parts_text(figure: Figure, part: str, metric: Metric) -> str:
    """What stands beside a number, in short: `promoters 10, passives 5, detractors 5`."""
    return ", ".join(f"{name} {_part_text(name, value, part, metric)}" for name, value in figure.parts)


def _part_text(name: str, value: float, part: str, metric: Metric) -> str:
    if name == "9 of 10 within":
        return metric.unit.text(value, part)
    if part and name in _MONEY_PARTS:
        return MONEY.text(value, part)
    return f"{value:g}" if metric.unit.name != "money" or value < 1e6 else f"{value:.0f}"


def change_text(metric: Metric, row: FigureRow) -> str:
    """How a row moved: `+5.2 (-1.0 … +11.4): no evidence of change`; why it cannot be told otherwise."""
    if row.change is None:
        return ""
    moved = difference_text(metric, row)
    return f"{moved}: {verdict(metric, row.change)}" if moved else verdict(metric, row.change)


def difference_text(metric: Metric, row: FigureRow) -> str:
    """By how much a row moved, with the interval of that: `+5.2 (-1.0 … +11.4)`; '' where nobody can tell."""
    found = row.change.difference if row.change is not None else None
    if found is None:
        return ""
    unit, part = metric.unit, row.part
    spread = f"{unit.step(found.low, part)} … {unit.step(found.high, part)}"
    return f"{unit.step(found.value, part)} ({spread})"


def verdict(metric: Metric, change: Change) -> str:
    """What a change comes to in words: `better`, `worse`, `no evidence of change`."""
    if change.difference is None:
        return change.why_not
    if not change.is_evident:
        return "no evidence of change"
    return "better" if (change.difference.value > 0) == (metric.better == "higher") else "worse"


def readable_row(metric: Metric, row: FigureRow, *, is_compared: bool) -> dict[str, object]:
    """A row by the headings that people read."""
    values: dict[str, object] = {
        "group": group_text(row) + (" *" if row.figure.is_few else ""),
        "n": row.figure.n,
        metric.label: value_text(metric, row),
        "95 %": spread_text(metric, row),
    }
    if is_compared:
        before = row.before
        values["before"] = NONE if before is None else metric.unit.text(before.value, row.part)
        values["before n"] = NONE if before is None else before.n
        values["change"] = difference_text(metric, row)
        values["verdict"] = verdict(metric, row.change) if row.change is not None else ""
    values["beside"] = parts_text(row.figure, row.part, metric)
    return values


def headings(metric: Metric, *, is_compared: bool) -> tuple[str, ...]:
    """The headings of `readable_row`."""
    compared = ("before", "before n", "change", "verdict") if is_compared else ()
    return ("group", "n", metric.label, "95 %", *compared, "beside")


def group_text(row: FigureRow) -> str:
    """The name of a group as people read it, with its scale or currency."""
    name = row.group.replace("_", " ")
    return f"{name}, {row.part}" if row.part else name


def about(answer: Answer) -> list[str]:
    """What has to be known of the figures: what is meant, whence it comes, what was left out."""
    metric = answer.metric
    lines = [f"{metric.definition}", f"n: {metric.case_word}. From: {metric.source}."]
    lines += answer.notes
    if any(row.figure.is_few for row in answer.rows):
        lines.append(FEW_NOTE)
    return lines


def machine_row(answer: Answer, row: FigureRow) -> dict[str, object]:
    """A row with stable field names; shares are 0 to 1, money is minor units of the currency in `part`."""
    figure, before, change = row.figure, row.before, row.change
    moved = change.difference if change is not None else None
    values = (
        *(answer.metric.name, answer.metric.version, answer.by, row.group, row.part or None),
        *(answer.span.first, answer.span.last, figure.n),
        *(_rounded(number) for number in (figure.value, figure.low, figure.high)),
        *(answer.metric.unit.name, figure.is_few),
        before.n if before is not None else None,
        *(
            _rounded(number)
            for number in ((before.value, before.low, before.high) if before else (None,) * 3)
        ),
        *(_rounded(number) for number in ((moved.value, moved.low, moved.high) if moved else (None,) * 3)),
        moved.changed if moved is not None else None,
        "; ".join(f"{name} = {value:g}" for name, value in figure.parts) or None,
    )
    return dict(zip(MACHINE_COLUMNS, values, strict=True))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
