"""The charts of a metric: which there are, and their lines for a width and a height."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from onewindow.desk.metrics.answers import Answer, FigureRow
from onewindow.desk.metrics.as_text import group_text, spread_text, value_text
from onewindow.desk.metrics.cases import Metric
from onewindow.desk.metrics.views import MetricView
from onewindow.metrics.revenue.survival import Survival
from onewindow.text.charts.canvas import ChartLine
from onewindow.text.charts.curve import TimePoint, curve
from onewindow.text.charts.rows import RowPoint, count_bars, interval_rows
from onewindow.text.charts.survival import Step, survival_steps

Draw = Callable[[int, int, bool], list[ChartLine]]
"""Gives the lines of a chart for a width, a height, and whether they are plain ASCII."""

KINDS = {
    "groups": "groups, each number with its interval",
    "months": "month by month, with the interval of each",
    "distribution": "how the cases lie",
    "survival": "who is still here, with its 95 % band",
}
"""The charts that there are, and what each shows."""


def charts_of(view: MetricView) -> list[str]:
    """The charts that a metric has, by their names in `KINDS`."""
    kinds = ["groups"] if view.groups.rows else []
    if view.months is not None and any(row.figure.value is not None for row in view.months.rows):
        kinds.append("months")
    if view.survival is not None:
        kinds.append("survival")
    if view.distribution:
        kinds.append("distribution")
    return kinds


def drawing(view: MetricView, kind: str, target: float | None = None) -> Draw:
    """How a chart of a metric is drawn; `target` is in the unit of its number."""
    if kind == "months" and view.months is not None:
        return _months(view.months, target)
    if kind == "distribution":
        bars = view.distribution
        return lambda width, height, is_ascii: count_bars(bars, width, is_ascii=is_ascii)[:height]
    if kind == "survival" and view.survival is not None:
        return _survival(view.survival)
    return _groups(view.groups, target)


def of_answer(asked: Answer, target: float | None = None) -> Draw:
    """How the figures of an answer are drawn: months as a curve, other groups as rows on one axis."""
    return _months(asked, target) if asked.by == "month" else _groups(asked, target)


def _groups(asked: Answer, target: float | None) -> Draw:
    metric = asked.metric
    rows = [_row_point(metric, row) for row in asked.rows]
    part = asked.rows[0].part if asked.rows else ""

    def draw(width: int, height: int, is_ascii: bool) -> list[ChartLine]:
        return interval_rows(
            rows[: max(0, height - 1)],
            width,
            lambda value: metric.unit.number(value, part).removesuffix(".0"),
            low=metric.unit.low,
            high=metric.unit.high,
            target=target,
            is_ascii=is_ascii,
        )

    return draw


def _row_point(metric: Metric, row: FigureRow) -> RowPoint:
    figure = row.figure
    return RowPoint(
        label=group_text(row),
        n=figure.n,
        text=value_text(metric, row),
        value=figure.value,
        low=figure.low,
        high=figure.high,
        spread=spread_text(metric, row),
        is_few=figure.is_few,
    )


def _months(asked: Answer, target: float | None) -> Draw:
    # Of several scales or currencies that with most cases: one curve is of one.
    unit, part = asked.metric.unit, _main_part(asked)
    points = [
        TimePoint(row.group, row.figure.value, row.figure.low, row.figure.high)
        for row in asked.rows
        if row.part == part
    ]

    def draw(width: int, height: int, is_ascii: bool) -> list[ChartLine]:
        return curve(
            points,
            width,
            height,
            lambda value: unit.number(value, part).removesuffix(".0"),
            target=target,
            is_ascii=is_ascii,
        )

    return draw


def _main_part(asked: Answer) -> str:
    counts: Counter[str] = Counter()
    for row in asked.rows:
        counts[row.part] += row.figure.n
    return max(counts, key=lambda part: counts[part], default="")


def _survival(found: Survival) -> Draw:
    steps = [Step(point.time, point.share, point.low, point.high) for point in found.points]
    return lambda width, height, is_ascii: survival_steps(
        steps, found.longest, width, height, "months", is_ascii=is_ascii
    )
