"""Baselines: a metric frozen with its definition, and what came since compared with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from onewindow.desk.metrics.answers import Answer, compared_with_frozen, groupings
from onewindow.desk.metrics.asking import ask
from onewindow.desk.metrics.client_groups import ClientGroups
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.requests import request_metrics
from onewindow.desk.metrics.table import METRICS
from onewindow.desk.reference.record_entries import Context, RecordEntry, RecordRules
from onewindow.desk.session.context import Session
from onewindow.desk.sla.shown_zone import office_zone
from onewindow.desk.validation.field_problems import FieldProblems
from onewindow.metrics.figures import Figure
from onewindow.records.baselines import Baseline
from onewindow.store import rows
from onewindow.store.engine import Store
from onewindow.store.metrics import baselines as store_baselines
from onewindow.store.problems import StoreProblem

_FIXED = ("metric", "grouping", "since", "till")
"""What a baseline is of: another of these makes another baseline."""


def _completed(session: Session, record: Baseline) -> Baseline:
    """Freeze the figures of a baseline that was typed; one that is frozen already stays as it was."""
    if record.figures:
        return record
    known = METRICS | request_metrics()
    metric = known.get(record.metric)
    if metric is None:
        raise FieldProblems({"metric": f"there is no such metric; there are {', '.join(known)}."})
    if record.grouping not in groupings(metric):
        raise FieldProblems({"grouping": f"{metric.name} goes by {', '.join(groupings(metric))}."})
    if record.since > record.till:
        raise FieldProblems({"till": "it ends before it begins."})
    span = Span(date.fromisoformat(record.since), date.fromisoformat(record.till), office_zone(session))
    found = ask(session, session.store, metric, span, record.grouping)
    return record.with_changes(
        {
            "definition": metric.definition,
            "edition": metric.version,
            "frozen_on": session.today().isoformat(),
            "figures": _as_json(found),
        }
    )


def _problems(context: Context, record: Baseline) -> dict[str, str]:
    before = rows.find(context.store, Baseline, record.id) if record.id else None
    if before is None:
        return {}
    return {
        name: "a baseline stays as it was frozen; freeze another one."
        for name in _FIXED
        if getattr(before, name) != getattr(record, name)
    }


BASELINE = RecordEntry[Session, Baseline](RecordRules(problems=_problems, completed_when_typed=_completed))


def _as_json(found: Answer) -> str:
    figures = [
        {
            "group": row.group,
            "part": row.part,
            "n": row.figure.n,
            "value": row.figure.value,
            "low": row.figure.low,
            "high": row.figure.high,
            "parts": dict(row.figure.parts),
        }
        for row in found.rows
    ]
    return json.dumps(figures, ensure_ascii=False)


def figures_of(baseline: Baseline) -> Mapping[tuple[str, str], Figure]:
    """The frozen figures by group and part."""
    return {
        (frozen["group"], frozen["part"]): Figure(
            frozen["n"],
            frozen["value"],
            frozen["low"],
            frozen["high"],
            parts=tuple(frozen["parts"].items()),
        )
        for frozen in json.loads(baseline.figures or "[]")
    }


def named(store: Store, metric: str, name: str) -> Baseline:
    """The baseline of a metric by its name, the newest of that name; raises StoreProblem without one."""
    known = store_baselines.of_metric(store, metric)
    same = [baseline for baseline in known if baseline.name.casefold() == name.strip().casefold()]
    if not same:
        names = ", ".join(f"“{baseline.name}”" for baseline in known)
        raise StoreProblem(
            f"There is no baseline “{name}” of {metric}"
            + (f"; there are {names}." if names else "; `onewindow baseline add` freezes one.")
        )
    return same[-1]


def since_baseline(session: Session, store: Store, now: Answer, baseline: Baseline) -> Answer:
    """The figures with their change since a baseline of the same grouping.

    Raises StoreProblem where the definition has changed since, or the groups are others.
    """
    metric = now.metric
    if baseline.edition != metric.version:
        raise StoreProblem(
            f"“{baseline.name}” was frozen by version {baseline.edition} of the definition of"
            f" {metric.name}; now version {metric.version} holds. Two definitions are not compared: freeze"
            " another one."
        )
    if baseline.grouping != now.by:
        raise StoreProblem(
            f"“{baseline.name}” was frozen by {baseline.grouping}; compare it with --by {baseline.grouping}."
        )
    return compared_with_frozen(now, figures_of(baseline), ClientGroups(session, store, now.span.last))
