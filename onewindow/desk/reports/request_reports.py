"""Reports over the requests of a period: how fast we answer and solve, how long it takes to write one down.

A request is read once with its events and becomes a `RequestMeasures`, which holds what each entry of
`measures.MEASURES` finds in it; a report groups them. Times are
working time by the calendar and policy of each request, as its clocks count it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from onewindow.desk.reference.directory import read_directory
from onewindow.desk.reference.policy_book import PolicyBook, read_policies
from onewindow.desk.reports.measures import MEASURES, NO_OPENING, Gap, Judged, MeasuredRequest
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import request_clocks
from onewindow.desk.sla.shown_zone import zone_of_hours
from onewindow.metrics.sla.response_times import (
    LossByResponse,
    Times,
    loss_by_response,
    shares_in_time,
    times,
)
from onewindow.records.requests import PRIORITIES
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.requests import reports as request_reports
from onewindow.store.requests.reports import ReportedRequest
from onewindow.text.dates import midnight, to_local

GROUPS = {
    "all": "all requests",
    "month": "month",
    "person": "person",
    "tier": "tier",
    "kind": "kind",
    "priority": "priority",
    "channel": "channel",
    "work": "kind of work",
}
"""What reports can be grouped by, by its name on the command line."""

_NOBODY = "nobody"


@frozen_struct
class RequestMeasures:
    """What reports need of one request."""

    client_id: int
    month: str
    person: str
    tier: str
    kind: str
    priority: str
    channel: str
    work: str
    judged: Mapping[str, Judged]
    """What was found, by the name of its measure; without those that say nothing of it."""
    gaps: tuple[Gap, ...]
    """What nobody knows of it, so that some measures leave it out."""
    request_id: int = 0
    title: str = ""
    opened_on: str = ""
    """The day of its opening, in the zone whose days count."""
    person_id: int = 0
    product_id: int = 0


@dataclass
class PeriodMeasures:
    """The requests of a period; `done` of about `total` have been read."""

    since: date
    till: date
    """The last day that counts."""
    total: int = 0
    requests: list[RequestMeasures] = field(default_factory=list[RequestMeasures])
    is_complete: bool = False
    """Whether all that is on file has been read, however many that was in the end."""
    zone: str = ""
    """The zone whose days count: that of the opening hours, so that everybody sees the same numbers."""

    @property
    def done(self) -> int:
        """How many requests have been read."""
        return len(self.requests)

    @property
    def untimed(self) -> int:
        """How many have no opening to count from, or an answer before it: files of others bring such."""
        return self._lacking(NO_OPENING)

    def left_out_text(self, measure: str, requests: Iterable[RequestMeasures]) -> str:
        """How many of these requests a measure leaves out, and why, as a clause; '' for none.

        Raises KeyError for an unknown measure.
        """
        shown = list(requests)
        counts = ((_lacking(shown, gap), gap.missing) for gap in MEASURES[measure].gaps)
        clause = " and ".join(f"{count} without {missing}" for count, missing in counts if count)
        return f"{clause} left out" if clause else ""

    @property
    def untimed_text(self) -> str:
        """What is unknown of how many, and which measures leave them out, in sentences; '' for nothing."""
        sentences: list[str] = []
        for gap in _gaps():
            if count := self._lacking(gap):
                what = gap.one if count == 1 else gap.many
                sentences.append(f"{count} of them {what} {_leaving_out(gap)}.")
        return " ".join(sentences)

    def _lacking(self, gap: Gap) -> int:
        return _lacking(self.requests, gap)


@frozen_struct
class ReportRow:
    """One group: its name as stored, as people read it, and its times."""

    key: str
    label: str
    times: Times


def read_measures(session: Session, store: Store, since: date, till: date) -> Iterator[PeriodMeasures]:
    """Read the requests opened from one day till another, both included; the period comes after each page.

    `store` may be a connection of another thread. The last piece holds everything.
    """
    book = read_policies(store)
    now, zone = session.now(), zone_of_hours(book) or session.zone
    # The day after the last one, by its own midnight: days of a change of clocks have 23 or 25 hours.
    first, after = midnight(since, zone), midnight(date.fromordinal(till.toordinal() + 1), zone)
    period = PeriodMeasures(since, till, request_reports.count_between(store, first, after), zone=zone)
    # Read once for the whole report: a colleague stands on thousands of requests.
    names = {person.id: person.name for person in read_directory(store).staff.values()}
    gaps = _gaps()
    for page in request_reports.opened_between(store, first, after):
        period.requests += [_measured(book, names, gaps, reported, now, zone) for reported in page]
        yield period
    period.is_complete = True
    yield period


def report(requests: Iterable[RequestMeasures], measure: str, by: str) -> list[ReportRow]:
    """One row a group, in its natural order; raises KeyError for an unknown measure or group."""
    has_target = bool(MEASURES[measure].share)
    key_of: Callable[[RequestMeasures], str] = _KEYS[by]
    groups: dict[str, list[Judged]] = {}
    for request in requests:
        judgement = request.judged.get(measure)
        if judgement is not None:
            groups.setdefault(key_of(request), []).append(judgement)
    rows = [
        ReportRow(
            key,
            key.replace("_", " ") or "none",
            times(
                [judgement.amount for judgement in group if judgement.amount is not None],
                sum(judgement.is_met for judgement in group) if has_target else 0,
                len(group) if has_target else 0,
            ),
        )
        for key, group in groups.items()
    ]
    return sorted(rows, key=lambda row: _order(by, row))


def loss(store: Store, requests: Iterable[RequestMeasures], measure: str = "response") -> LossByResponse:
    """Set losses against the quality of answers: clients mostly answered in target, and the others.

    A client counts with at least three judged requests; they are lost if their stage says so today.
    """
    lost = _lost_clients(store)
    met: dict[int, list[bool]] = {}
    for request in requests:
        judgement = request.judged.get(measure)
        if judgement is not None:
            met.setdefault(request.client_id, []).append(judgement.is_met)
    return loss_by_response(shares_in_time((marks, client_id in lost) for client_id, marks in met.items()))


def _lost_clients(store: Store) -> set[int]:
    lost: set[int] = set()
    after = 0
    while page := request_reports.clients_with_stage(store, after, 1000):
        lost.update(client_id for client_id, stage in page if stage == "lost")
        after = page[-1][0]
    return lost


def _measured(
    book: PolicyBook,
    names: Mapping[int, str],
    possible: tuple[Gap, ...],
    reported: ReportedRequest,
    now: datetime,
    zone: str,
) -> RequestMeasures:
    request = reported.request
    gaps = tuple(gap for gap in possible if gap.is_in(reported))
    clocks = (
        None if NO_OPENING in gaps else request_clocks(book, request, reported.tier, reported.events, now)
    )
    measured = MeasuredRequest(reported, clocks)
    found = {
        name: measure.read(measured)
        for name, measure in MEASURES.items()
        if not any(gap in gaps for gap in measure.gaps)
    }
    return RequestMeasures(
        client_id=request.client_id,
        month=to_local(request.opened_at, zone).strftime("%Y-%m"),
        person=names.get(request.assignee_id or 0, _NOBODY),
        tier=reported.tier,
        kind=request.request_kind,
        priority=request.priority,
        channel=request.channel,
        work=request.work_kind,
        judged={name: judged for name, judged in found.items() if judged is not None},
        gaps=gaps,
        request_id=request.id,
        title=request.title,
        opened_on=to_local(request.opened_at, zone).date().isoformat(),
        person_id=request.assignee_id or 0,
        product_id=request.product_id or 0,
    )


def _gaps() -> tuple[Gap, ...]:
    return tuple(dict.fromkeys(gap for measure in MEASURES.values() for gap in measure.gaps))


def _leaving_out(gap: Gap) -> str:
    """The measures that leave such requests out: `response or resolution time`."""
    names: dict[str, list[str]] = {}
    for measure in MEASURES.values():
        if gap in measure.gaps:
            names.setdefault(measure.unit.word, []).append(measure.name)
    return " or ".join(f"{' or '.join(each)} {word}" for word, each in names.items())


def _lacking(requests: Iterable[RequestMeasures], gap: Gap) -> int:
    return sum(gap in request.gaps for request in requests)


def _order(by: str, row: ReportRow) -> tuple[int, str]:
    if by == "priority" and row.key in PRIORITIES:
        return PRIORITIES.index(row.key), row.key
    if by in ("kind", "channel", "work", "person"):
        return -row.times.n, row.key
    return 0, row.key


_KEYS: dict[str, Callable[[RequestMeasures], str]] = {
    "all": lambda _: "all",
    "month": lambda request: request.month,
    "person": lambda request: request.person,
    "tier": lambda request: request.tier,
    "kind": lambda request: request.kind,
    "priority": lambda request: request.priority,
    "channel": lambda request: request.channel,
    "work": lambda request: request.work,
}
