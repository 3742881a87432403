"""How somebody looks at metrics: the period, the grouping, the comparison; and what is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from onewindow.desk.metrics.answers import groupings
from onewindow.desk.metrics.cases import Metric
from onewindow.desk.metrics.client_groups import ClientGroups
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.views import Piece, view
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.metrics import baselines

PERIODS = {"30 days": 30, "90 days": 90, "year": 365, "2 years": 730}
BEFORE, YEAR_AGO = "the period before", "a year ago"


@frozen_struct
class Look:
    """What is asked of every metric at once."""

    period: str = "year"
    by: str = "person"
    compare: str = ""
    """Nothing, `BEFORE`, `YEAR_AGO` or the name of a baseline."""

    def span(self, session: Session) -> Span:
        """The days of the period, today the last."""
        today = session.today()
        return Span(today - timedelta(days=PERIODS[self.period]), today, office_zone(session))

    def by_for(self, metric: Metric) -> str:
        """The grouping for a metric: the one that is looked at, or none where it does not know that."""
        return self.by if self.by in groupings(metric) else "all"

    def against(self, span: Span) -> Span | None:
        """The period that is compared with; None for none and for a baseline."""
        return {BEFORE: span.before, YEAR_AGO: span.year_before}.get(self.compare)

    def next_period(self) -> Look:
        """The same with the next period."""
        return replace(self, period=_after(list(PERIODS), self.period))

    def next_by(self, metric: Metric) -> Look:
        """The same by the next grouping of a metric; single clients come by the command line alone."""
        known = [name for name in groupings(metric) if name != "client"]
        return replace(self, by=_after(known, self.by_for(metric)))

    def next_compare(self, store: Store, metric: Metric) -> Look:
        """The same compared with the next thing: nothing, before, a year ago, the metric's baselines."""
        frozen = [baseline.name for baseline in baselines.of_metric(store, metric.name)]
        known = ["", BEFORE, YEAR_AGO, *dict.fromkeys(frozen)]
        return replace(self, compare=_after(known, self.compare if self.compare in known else ""))


def look_at(
    session: Session, store: Store, metrics: Iterable[Metric], look: Look, span: Span
) -> Iterator[Piece]:
    """Read metrics one after another, each with its progress and then as it is shown."""
    groups = ClientGroups(session, store, span.last)
    for metric in metrics:
        by = look.by_for(metric)
        yield from view(session, store, metric, span, by, groups, look.against(span), look.compare)


def _after(order: list[str], current: str) -> str:
    return order[(order.index(current) + 1) % len(order)] if current in order else order[0]
