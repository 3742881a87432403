"""A metric as it stood: frozen with its definition, so that what comes later is compared with it."""

from __future__ import annotations

from typing import ClassVar

from onewindow.records.fields import Record, attribute, record


@record
class Baseline(Record):
    """The figures of a metric in a period, kept as they were when somebody froze them."""

    kind: ClassVar[str] = "baseline"

    name: str = attribute("name", required=True, help="before the service, at entry: by it one compares")
    metric: str = attribute("metric", required=True, help="as the metrics call it: nps, churn, sla")
    grouping: str = attribute("by", default="all", help="all, month, manager, segment, tier …")
    since: str = attribute("from", "date", when="behind", required=True)
    till: str = attribute("to", "date", when="behind", required=True)
    note: str = attribute("note", "long_text")
    definition: str = attribute("definition", "long_text", derived=True)
    """How the metric was defined when it was frozen."""
    edition: int = attribute("version of the definition", "number", default=1, derived=True)
    frozen_on: str | None = attribute("frozen on", "date", default=None, derived=True)
    figures: str = attribute("figures", "json", limit=1_000_000, derived=True)
    """Each group with its part, n, number, interval and what stood beside it."""
