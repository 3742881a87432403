"""Asking a metric for its figures in one go: read, group, compare."""

from __future__ import annotations

from collections.abc import Callable

from onewindow.desk.metrics.answers import Answer, answer, compared
from onewindow.desk.metrics.cases import Metric, Reading
from onewindow.desk.metrics.client_groups import ClientGroups
from onewindow.desk.metrics.periods import Span
from onewindow.desk.session.context import Session
from onewindow.store.engine import Store

OnProgress = Callable[[int, int], None]
"""Hears how many rows of about how many have been read."""


def ask(
    session: Session,
    store: Store,
    metric: Metric,
    span: Span,
    by: str,
    against: Span | None = None,
    on_progress: OnProgress = lambda _done, _total: None,
) -> Answer:
    """The figures of a metric by group, compared with another period if one is given.

    Raises KeyError for a grouping that the metric does not know.
    """
    groups = ClientGroups(session, store, span.last)
    now = answer(metric, span, by, _whole(session, store, metric, span, on_progress), groups)
    if against is None:
        return now
    reading = _whole(session, store, metric, against, on_progress)
    return compared(now, answer(metric, against, by, reading, groups), groups)


def _whole(session: Session, store: Store, metric: Metric, span: Span, on_progress: OnProgress) -> Reading:
    reading = Reading()
    for reading in metric.read(session, store, span):
        on_progress(reading.done, max(reading.total, reading.done))
    return reading
