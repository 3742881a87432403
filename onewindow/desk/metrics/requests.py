"""The measures of requests as metrics: how fast we answer and solve, how often a request changes hands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from onewindow.desk.metrics.cases import Case, Metric, Reading
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.units import Unit
from onewindow.desk.reports.measures import MEASURES, Judged, Measure
from onewindow.desk.reports.request_reports import PeriodMeasures, RequestMeasures, read_measures
from onewindow.desk.session.context import Session
from onewindow.metrics.figures import Figure
from onewindow.metrics.sla.response_times import times
from onewindow.store import changes
from onewindow.store.engine import Store

_Key = tuple[int, str, str, str]
_LATEST: WeakKeyDictionary[Store, tuple[_Key, PeriodMeasures]] = WeakKeyDictionary()
"""The requests of a period that were read last on a connection: several metrics ask for the same ones."""


def read_requests(session: Session, store: Store, span: Span) -> Iterator[PeriodMeasures]:
    """The requests of a period with what is measured of them; once more only after something changed.

    What is late now may not have been a minute ago, so that what was read counts for the same minute.
    """
    key = (changes.last_seq(store), span.first, span.last, session.now_text()[:16])
    known = _LATEST.get(store)
    if known is not None and known[0] == key:
        yield known[1]
        return
    period = PeriodMeasures(span.since, span.till)
    for period in read_measures(session, store, span.since, span.till):
        yield period
    _LATEST[store] = (key, period)


def metric_of(measure: Measure) -> Metric:
    """The metric that a measure of requests is: the median of its amounts, its share in target beside it."""

    def read(session: Session, store: Store, span: Span) -> Iterator[Reading]:
        reading = Reading()
        period = PeriodMeasures(span.since, span.till)
        for period in read_requests(session, store, span):
            reading.total = period.total
            for request in period.requests[reading.done :]:
                reading.done += 1
                judged = request.judged.get(measure.name)
                if judged is not None:
                    reading.cases.append(_case(request, judged))
            yield reading
        for gap in measure.gaps:
            lacking = sum(gap in request.gaps for request in period.requests)
            reading.note(f"# without {gap.missing} left out", lacking)
        yield reading

    def figure(cases: Sequence[Case], _span: Span) -> Figure:
        return _figure(measure, [case.value for case in cases])

    unit = Unit(measure.unit.word, lambda value, _: measure.unit.text(value), low=0)
    return Metric(
        name=measure.name,
        label=measure.label,
        definition=f"{measure.definition} The number is the median, its 95 % interval by order statistics.",
        source="requests by the day of opening, with their events, policies and calendars",
        unit=unit,
        read=read,
        figure=figure,
        behind=lambda case, _: _counted_as(measure, case.value),
        case_word="requests that have one",
        better="lower",
        label_word="kind",
    )


def _case(request: RequestMeasures, judged: Judged) -> Case:
    return Case(
        request.client_id, request.opened_on, judged, request.person_id, request.product_id,
        label=request.kind, kind="request", record_id=request.request_id, what=request.title,
    )  # fmt: skip


def _figure(measure: Measure, judged: list[Judged]) -> Figure:
    met = sum(each.is_met for each in judged) if measure.share else 0
    found = times(
        [each.amount for each in judged if each.amount is not None], met, len(judged) if measure.share else 0
    )
    parts: list[tuple[str, float]] = []
    if found.p90 is not None:
        parts.append(("9 of 10 within", found.p90))
    if found.within is not None:
        share = found.within
        parts += [
            (measure.share.replace(" (95 %)", ", %"), round(100 * share.value)),
            ("from %", round(100 * share.low)),
            ("to %", round(100 * share.high)),
            ("of", share.n),
        ]
    return Figure(found.n, found.median, found.low, found.high, parts=tuple(parts))


def _counted_as(measure: Measure, judged: Judged) -> str:
    amount = "not over" if judged.amount is None else measure.unit.text(judged.amount)
    return f"{amount}, {'in target' if judged.is_met else 'late'}" if measure.share else amount


def request_metrics() -> dict[str, Metric]:
    """Every measure of requests as a metric, by name, in the order of their table."""
    return {name: metric_of(measure) for name, measure in MEASURES.items()}
