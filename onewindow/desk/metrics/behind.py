"""The rows behind a number: what was counted, of which client, on which day."""

from __future__ import annotations

from collections.abc import Iterator

from onewindow.desk.metrics.answers import Answer, FigureRow, cases_of
from onewindow.desk.metrics.cases import Reading
from onewindow.desk.metrics.client_groups import ClientGroups
from onewindow.desk.session.context import Session
from onewindow.store.engine import Store

BEHIND_COLUMNS = ("metric", "on", "client", "client_id", "counted_as", "what", "label", "kind", "id")
"""The field names of `behind_rows`."""


def behind_group(
    session: Session, store: Store, asked: Answer, row: FigureRow | None
) -> list[dict[str, object]]:
    """What a metric counted, read again, the newest first; of one of its groups if one is given."""
    metric, span = asked.metric, asked.span
    reading = Reading()
    for piece in metric.read(session, store, span):
        reading = piece
    groups = ClientGroups(session, store, span.last)
    cases = reading.cases if row is None else cases_of(metric, asked.by, reading.cases, groups, row)
    whole = Answer(metric, span, asked.by, asked.rows, (), tuple(cases))
    return list(behind_rows(session, store, whole))[::-1]


def behind_rows(session: Session, store: Store, answer: Answer) -> Iterator[dict[str, object]]:
    """Each case that a metric counted, by day; those that do not count in the period are left out."""
    groups = ClientGroups(session, store, answer.span.last)
    for case in sorted(answer.cases, key=lambda case: case.on):
        counted_as = answer.metric.behind(case, answer.span)
        if not counted_as:
            continue
        yield {
            "metric": answer.metric.name,
            "on": case.on or None,
            "client": groups.client_name(case.client_id),
            "client_id": case.client_id or None,
            "counted_as": counted_as,
            "what": case.what,
            "label": case.label,
            "kind": case.kind,
            "id": case.record_id,
        }
