"""How the work goes: terms kept, promises kept, handovers, onboarding, use of licences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median

from onewindow.desk.metrics.cases import Case, Metric, Reading
from onewindow.desk.metrics.periods import Span
from onewindow.desk.metrics.requests import read_requests
from onewindow.desk.metrics.units import DAYS, SHARE
from onewindow.desk.reports.request_reports import RequestMeasures
from onewindow.desk.session.context import Session
from onewindow.metrics.figures import Figure, figure_of
from onewindow.metrics.handover.completeness import percent_of
from onewindow.metrics.intervals import mean, wilson
from onewindow.metrics.plan_times import FEW, days_to_value
from onewindow.metrics.sla.response_times import median_rank
from onewindow.store.engine import Store
from onewindow.store.metrics import clients, work
from onewindow.store.metrics.work import HandoverRow, PlanRow
from onewindow.text.charts.scales import round_step
from onewindow.text.dates import to_local, week_number

_CLOCKS = ("response", "resolution")
_USE_WEEKS = 4
"""Of a day that is over, use is that of the newest week told within so many."""


def _read_terms(session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for period in read_requests(session, store, span):
        reading.total = period.total
        for request in period.requests[reading.done :]:
            reading.done += 1
            judged = [request.judged[name].is_met for name in _CLOCKS if name in request.judged]
            if judged:
                reading.cases.append(_terms_case(request, is_met=all(judged)))
            else:
                reading.note(_UNJUDGED)
        yield reading
    yield reading


_UNJUDGED = (
    "# requests are left out: no term has come yet, none covers them, or nobody knows when they were opened."
)


def _terms_case(request: RequestMeasures, *, is_met: bool) -> Case:
    return Case(
        request.client_id, request.opened_on, is_met, request.person_id, request.product_id,
        label=request.kind, kind="request", record_id=request.request_id, what=request.title,
    )  # fmt: skip


def _share_of_met(cases: Sequence[Case], _span: Span) -> Figure:
    met = sum(case.value for case in cases)
    return figure_of(wilson(met, len(cases)) if cases else None, in_time=met, late=len(cases) - met)


def _read_promises(session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for page in work.outcomes(store, span.first, span.last):
        reading.done += len(page)
        reading.cases += [
            Case(
                row.client_id,
                row.on,
                row.outcome,
                row.owner_id or 0,
                kind=row.kind,
                record_id=row.id,
                what=row.text,
            )
            for row in page
        ]
        yield reading
    overdue = work.overdue(store, span.first, span.last, session.today().isoformat())
    reading.cases += [
        Case(
            row.client_id,
            row.due_on,
            "overdue",
            row.owner_id or 0,
            kind="promise",
            record_id=row.id,
            what=row.text,
        )
        for row in overdue
    ]
    reading.done += len(overdue)
    yield reading


def _kept(cases: Sequence[Case], _span: Span) -> Figure:
    counts = Counter(case.value for case in cases)
    share = wilson(counts["kept"], len(cases)) if cases else None
    return figure_of(share, kept=counts["kept"], broken=counts["broken"], overdue=counts["overdue"])


def _read_handovers(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for page in work.handovers(store, span.begin, span.end):
        reading.done += len(page)
        reading.cases += [
            Case(
                row.client_id, to_local(row.decided_at, span.zone).date().isoformat(), row,
                row.receiver_id or 0, label=row.state, kind="handover", record_id=row.id, what=row.deal,
            )
            for row in page
        ]  # fmt: skip
        yield reading
    yield reading


def _is_first_pass(row: HandoverRow) -> bool:
    return row.state == "accepted" and not row.returns


def _handover(cases: Sequence[Case], _span: Span) -> Figure:
    rows: list[HandoverRow] = [case.value for case in cases]
    complete = [
        percent_of(row.items_present, row.items_needed)
        for row in rows
        if row.items_present is not None and row.items_needed is not None
    ]
    marks = [row.satisfaction for row in rows if row.satisfaction is not None]
    parts: dict[str, float] = {"first_pass": sum(map(_is_first_pass, rows))}
    if complete:
        parts["complete_%"] = round(mean(complete, 0, 100).value, 1)
    if marks:
        parts |= {"client's_mark_0–5": round(mean(marks, 0, 5).value, 2), "marks": len(marks)}
    return figure_of(wilson(sum(map(_is_first_pass, rows)), len(rows)) if rows else None, **parts)


def _behind_handover(case: Case, _span: Span) -> str:
    row: HandoverRow = case.value
    returned = f", returned {row.returns} times" if row.returns else ""
    return f"{row.state.replace('_', ' ')}{returned}"


def _read_onboardings(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for page in work.onboardings(store, span.first, span.last):
        reading.done += len(page)
        reading.cases += [
            Case(
                row.client_id or 0,
                row.started_on,
                row,
                row.owner_id or 0,
                kind="plan",
                record_id=row.id,
                what=row.title,
            )
            for row in page
        ]
        yield reading
    yield reading


def _days(row: PlanRow) -> int | None:
    """Days to value of an onboarding that is done, None for any other."""
    if row.status != "done" or row.closed_on is None:
        return None
    return days_to_value(row.signed_on, row.started_on, row.closed_on)


def _onboarding(cases: Sequence[Case], _span: Span) -> Figure:
    rows: list[PlanRow] = [case.value for case in cases]
    states = Counter(row.status for row in rows)
    return _median_of(
        [days for row in rows if (days := _days(row)) is not None],
        {"begun": len(rows), "running": states["running"], "stopped": states["stopped"]},
    )


def _behind_onboarding(case: Case, _span: Span) -> str:
    days = _days(case.value)
    return f"{days} days" if days is not None else str(case.value.status)


def _median_of(days: list[int], parts: dict[str, float]) -> Figure:
    ordered = sorted(days)
    rank = median_rank(len(ordered))
    low, high = (ordered[rank - 1], ordered[-rank]) if rank else (None, None)
    middle = median(ordered) if len(ordered) >= FEW else None
    return Figure(len(ordered), middle, low, high, parts=tuple(parts.items()))


def _read_deals(_session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading()
    for page in work.deals(store, span.first, span.last):
        reading.done += len(page)
        reading.cases += [
            Case(
                row.client_id, row.closed_on, row, row.assignee_id or 0, row.product_id or 0,
                label=row.trigger or row.opportunity_kind, kind="opportunity", record_id=row.id,
                what=row.title,
            )
            for row in page
        ]  # fmt: skip
        yield reading
    reading.note(
        "# deals were won or lost on a day that nobody told, and are left out.", work.undated_deals(store)
    )
    yield reading


def _won(cases: Sequence[Case], _span: Span) -> Figure:
    won = sum(case.value.state == "won" for case in cases)
    return figure_of(wilson(won, len(cases)) if cases else None, won=won, lost=len(cases) - won)


def _cycle(cases: Sequence[Case], _span: Span) -> Figure:
    won = [case for case in cases if case.value.state == "won"]
    days = [length for case in won if (length := _length(case)) is not None]
    return _median_of(days, {"won": len(won), "of unknown beginning": len(won) - len(days)})


def _length(case: Case) -> int | None:
    begun = case.value.begun_on
    return None if begun is None or begun > case.on else days_to_value(None, begun, case.on)


def _behind_cycle(case: Case, _span: Span) -> str:
    length = _length(case)
    if case.value.state != "won":
        return ""
    return "beginning unknown" if length is None else f"{length} days"


def _read_use(session: Session, store: Store, span: Span) -> Iterator[Reading]:
    reading = Reading(total=clients.count_clients(store))
    is_now = span.till >= session.today()
    last = week_number(span.till)
    for page in clients.clients(store):
        reading.done += len(page)
        low, high = page[0].id, page[-1].id
        # What stands on the licence is how it is today; what was then is told by the weeks of use.
        told = {} if is_now else work.used(store, low, high, last - _USE_WEEKS + 1, last)
        here = {row.id for row in page if not row.is_archived}
        for row in work.licences(store, low, high, span.last):
            if row.client_id not in here:
                continue
            active = row.active if is_now else told.get((row.client_id, row.product_id))
            if active is None:
                reading.note(_UNTOLD_USE)
                continue
            value = (min(active, row.bought), row.bought)
            reading.cases.append(
                Case(
                    row.client_id,
                    span.last,
                    value,
                    product_id=row.product_id,
                    kind="client",
                    record_id=row.client_id,
                )
            )
        yield reading
    yield reading


_UNTOLD_USE = "# products of clients are left out: no week of use tells of them before that day."


def _use(cases: Sequence[Case], _span: Span) -> Figure:
    active = sum(case.value[0] for case in cases)
    bought = sum(case.value[1] for case in cases)
    idle = sum(not case.value[0] for case in cases)
    owners = len({case.client_id for case in cases})
    return figure_of(
        wilson(active, bought) if bought else None, clients=owners, in_use=active, not_used_at_all=idle
    )


def bins(values: Sequence[float], unit: str = "") -> list[tuple[str, int]]:
    """Numbers counted in at most a dozen bins of a round width from 0 on; those beyond the ends are empty."""
    if not values:
        return []
    width = max(1.0, round_step(max(values) / 10))
    counts = Counter(int(value // width) for value in values)
    return [
        (f"{place * width:.0f}–{(place + 1) * width:.0f}{unit}", counts[place])
        for place in range(max(counts) + 1)
    ]


def _onboarding_days(cases: Sequence[Case], _span: Span) -> list[tuple[str, int]]:
    return bins([days for case in cases if (days := _days(case.value)) is not None], " days")


def _cycle_days(cases: Sequence[Case], _span: Span) -> list[tuple[str, int]]:
    lengths = [_length(case) for case in cases if case.value.state == "won"]
    return bins([length for length in lengths if length is not None], " days")


SLA = Metric(
    name="sla",
    label="terms kept",
    definition="Of the requests opened in the period and judged, the share whose first response and solution "
    "were both in target, with Wilson's 95 % interval. What is late and still open counts as late.",
    source="requests by the day of opening, with their events, policies and calendars",
    unit=SHARE,
    read=_read_terms,
    figure=_share_of_met,
    behind=lambda case, _: "in time" if case.value else "late",
    case_word="requests",
    label_word="kind",
)
PROMISES = Metric(
    name="promises",
    label="promises kept",
    definition="Of the promises that were kept or broken in the period, or were due in it and are overdue, "
    "the share that was kept, with Wilson's 95 % interval. A standing term counts each time.",
    source="promises and their events, by the day of the event; overdue ones by their due day",
    unit=SHARE,
    read=_read_promises,
    figure=_kept,
    behind=lambda case, _: str(case.value),
    case_word="promises",
)
HANDOVER = Metric(
    name="handover",
    label="first-pass handovers",
    definition="Of the handovers from sales decided in the period, the share accepted the first time they "
    "were sent and without debts, with Wilson's 95 % interval. Beside it the mean completeness at the "
    "decision and the client's mark.",
    source="handovers, by the day of the decision",
    unit=SHARE,
    read=_read_handovers,
    figure=_handover,
    behind=_behind_handover,
    case_word="handovers",
    label_word="state",
)
ONBOARDING = Metric(
    name="onboarding",
    label="days to value",
    definition="Days from the signed contract, or the start without one, to the end of each onboarding that "
    "was begun in the period and is done: their median, with a 95 % interval by order statistics. Below five "
    "there is no median, below six no interval.",
    source="onboarding plans, by the day of their start; signed contracts",
    unit=DAYS,
    read=_read_onboardings,
    figure=_onboarding,
    behind=_behind_onboarding,
    case_word="onboardings done",
    distribution=_onboarding_days,
    better="lower",
)
ADOPTION = Metric(
    name="adoption",
    label="licences in use",
    definition="Of the licences in force on the last day of the period, the share in use, with Wilson's 95 % "
    "interval. For today it is what stands on the licences, for a day that is over the newest week of use "
    "within four weeks.",
    source="licences; weeks of use for days that are over",
    unit=SHARE,
    read=_read_use,
    figure=_use,
    behind=lambda case, _: f"{case.value[0]} of {case.value[1]} in use",
    case_word="licences",
    has_months=False,
)
WIN_RATE = Metric(
    name="win-rate",
    label="win rate",
    definition="Of the opportunities won or lost in the period, the share won, with Wilson's 95 % interval. "
    "Dismissed ideas are no deals.",
    source="opportunities, by the day on which they ended",
    unit=SHARE,
    read=_read_deals,
    figure=_won,
    behind=lambda case, _: str(case.value.state),
    case_word="deals",
    label_word="trigger",
)
CYCLE = Metric(
    name="cycle",
    label="days to a sale",
    definition="Days from the first day of work on an opportunity to its winning, of those won in the "
    "period: their median, with a 95 % interval by order statistics. Below five there is no median, below "
    "six no interval.",
    source="opportunities won, by the day on which they ended; begun on",
    unit=DAYS,
    read=_read_deals,
    figure=_cycle,
    behind=_behind_cycle,
    case_word="deals won",
    distribution=_cycle_days,
    better="lower",
    label_word="trigger",
)
