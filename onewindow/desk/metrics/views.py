"""What a screen or a report shows of one metric: its number, its groups, its months, how its cases lie.

All of it is made of one reading, so that nothing is read twice and no case is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.metrics.answers import Answer, FigureRow, answer, compared, without_cases
from onewindow.desk.metrics.baselines import named, since_baseline
from onewindow.desk.metrics.cases import Metric, Reading
from onewindow.desk.metrics.client_groups import ClientGroups
from onewindow.desk.metrics.periods import Span
from onewindow.desk.session.context import Session
from onewindow.metrics.revenue.survival import Survival
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.metrics.baselines import of_metric
from onewindow.store.problems import StoreProblem


@frozen_struct
class Progress:
    """How many rows of about how many have been read for which metric."""

    metric: Metric
    done: int
    total: int


@frozen_struct
class Headline:
    """The number by which a metric is known, before its groups are: None where there is none."""

    metric: Metric
    row: FigureRow | None


@frozen_struct
class MetricView:
    """One metric as it is looked at. `overall` has one row for each scale or currency, the largest first."""

    overall: Answer
    groups: Answer
    months: Answer | None
    distribution: tuple[tuple[str, int], ...]
    survival: Survival | None

    @property
    def headline(self) -> FigureRow | None:
        """The number by which the metric is known: that of the scale or currency with most cases."""
        return _largest(self.overall)


Piece = Progress | Headline | MetricView
"""What comes of reading a metric: how far it is, its number, and all that is shown of it."""


def view(
    session: Session,
    store: Store,
    metric: Metric,
    span: Span,
    by: str,
    groups: ClientGroups,
    against: Span | None = None,
    baseline: str = "",
) -> Iterator[Piece]:
    """Read a metric and compute all that is shown of it: its number comes first, the view last.

    It is compared with another period if one is given, else with the baseline of that name if it has one and
    they may be compared. Raises KeyError for a grouping that the metric does not know.
    """
    reading = Reading()
    for reading in metric.read(session, store, span):
        yield Progress(metric, reading.done, max(reading.done, reading.total))
    overall = answer(metric, span, "all", reading, groups)
    yield Headline(metric, _largest(overall))
    rows = overall if by == "all" else answer(metric, span, by, reading, groups)
    months = answer(metric, span, "month", reading, groups) if metric.has_months else None
    if against is not None:
        earlier = Reading()
        for earlier in metric.read(session, store, against):
            yield Progress(metric, earlier.done, max(earlier.done, earlier.total))
        rows = compared(rows, answer(metric, against, by, earlier, groups), groups)
    elif baseline and any(frozen.name == baseline for frozen in of_metric(store, metric.name)):
        rows = _since(session, store, rows, baseline)
    yield MetricView(
        without_cases(overall),
        without_cases(rows),
        without_cases(months) if months is not None else None,
        tuple(metric.distribution(reading.cases, span)) if metric.distribution and reading.cases else (),
        metric.survival(reading.cases, span) if metric.survival else None,
    )


def _largest(asked: Answer) -> FigureRow | None:
    return max(asked.rows, key=lambda row: row.figure.n, default=None)


def _since(session: Session, store: Store, rows: Answer, baseline: str) -> Answer:
    try:
        return since_baseline(session, store, rows, named(store, rows.metric.name, baseline))
    except StoreProblem as problem:
        return Answer(rows.metric, rows.span, rows.by, rows.rows, (*rows.notes, str(problem)), rows.cases)
