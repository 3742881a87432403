"""Reports over the requests of a period: how fast we answer and solve, how long it takes to write one down.

A request is read once with its events and becomes a `RequestMeasures`; a report groups them. Times are
working time by the calendar and policy of each request, as its clocks count it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from onewindow.desk.reference.directory import read_directory
from onewindow.desk.reference.policy_book import PolicyBook, read_policies
from onewindow.desk.session.context import Session
from onewindow.desk.sla.clocks import request_clocks
from onewindow.desk.sla.event_details import is_answer_time_unknown, is_solution_time_unknown, opening_doubt
from onewindow.desk.sla.reassignments import reassignments_of
from onewindow.desk.sla.shown_zone import zone_of_hours
from onewindow.metrics.sla.response_times import (
    LossByResponse,
    Times,
    loss_by_response,
    shares_in_time,
    times,
)
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.requests import PRIORITIES
from onewindow.records.structs import frozen_struct
from onewindow.store.engine import Store
from onewindow.store.requests import reports as request_reports
from onewindow.store.requests.reports import ReportedRequest
from onewindow.text.dates import to_local, utc_text

MEASURES = {
    "response": "first response",
    "resolution": "resolution",
    "intake": "seconds to register",
    "passes": "passes from hand to hand",
}
"""What is measured of each request, by its name on the command line."""

DEFINITIONS = {
    "response": "Working time from the opening to the first human answer. In target: answered before "
    "the first response was due; what is late and still unanswered counts as late and has no time.",
    "resolution": "Working time from the opening to the solution, without waiting for the client. In target: "
    "solved before it was due; what is late and still open counts as late and has no time.",
    "intake": "Seconds from the opening of the form or the capture line to its saving. Requests from "
    "files have none.",
    "passes": "How often a request changed hands or was given to a department after it was first assigned; "
    "never: it was ended by the one who had it first.",
}

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
class Judged:
    """One clock that ended or is late: seconds of working time if it ended, and whether it met its target."""

    seconds: int | None
    is_met: bool


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
    response: Judged | None
    resolution: Judged | None
    intake_seconds: int
    passes: int
    is_untimed: bool = False
    """Whether nobody knows when it was opened, so that it has no response and no resolution."""
    is_answer_time_unknown: bool = False
    """Whether nobody knows when it was answered, so that it has no response."""
    is_solution_time_unknown: bool = False
    """Whether nobody knows when it was resolved, so that it has no resolution."""


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
        return sum(request.is_untimed for request in self.requests)

    def left_out_text(self, measure: str, requests: Iterable[RequestMeasures]) -> str:
        """How many of these requests a measure leaves out, and why, as a clause; '' for none."""
        flag = {"response": "is_answer_time_unknown", "resolution": "is_solution_time_unknown"}.get(measure)
        if flag is None:
            return ""
        shown = list(requests)
        untimed = sum(request.is_untimed for request in shown)
        untold = sum(bool(getattr(request, flag)) for request in shown)
        word = "an answer" if measure == "response" else "a solution"
        counts = ((untimed, "an opening"), (untold, f"a time of {word}"))
        clause = " and ".join(f"{count} without {what}" for count, what in counts if count)
        return f"{clause} left out" if clause else ""

    @property
    def untimed_text(self) -> str:
        """That in a sentence, '' where there are none."""
        sentences: list[str] = []
        if self.untimed:
            have = "has" if self.untimed == 1 else "have"
            sentences.append(
                f"{self.untimed} of them {have} no opening to count from and no response or resolution time."
            )
        if silent := sum(request.is_answer_time_unknown for request in self.requests):
            do, have = ("does", "has") if silent == 1 else ("do", "have")
            sentences.append(
                f"{silent} of them {do} not tell when it was answered and {have} no response time."
            )
        if unsolved := sum(request.is_solution_time_unknown for request in self.requests):
            do, have = ("does", "has") if unsolved == 1 else ("do", "have")
            sentences.append(
                f"{unsolved} of them {do} not tell when it was resolved and {have} no resolution time."
            )
        return " ".join(sentences)


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
    first, after = _midnight(since, zone), _midnight(date.fromordinal(till.toordinal() + 1), zone)
    period = PeriodMeasures(since, till, request_reports.count_between(store, first, after), zone=zone)
    # Read once for the whole report: a colleague stands on thousands of requests.
    names = {person.id: person.name for person in read_directory(store).staff.values()}
    for page in request_reports.opened_between(store, first, after):
        period.requests += [_measured(book, names, reported, now, zone) for reported in page]
        yield period
    period.is_complete = True
    yield period


def report(requests: Iterable[RequestMeasures], measure: str, by: str) -> list[ReportRow]:
    """One row a group, in its natural order; raises KeyError for an unknown measure or group."""
    judged = _JUDGED[measure]
    key_of: Callable[[RequestMeasures], str] = _KEYS[by]
    groups: dict[str, list[Judged]] = {}
    for request in requests:
        judgement = judged(request)
        if judgement is not None:
            groups.setdefault(key_of(request), []).append(judgement)
    has_target = measure != "intake"
    rows = [
        ReportRow(
            key,
            key.replace("_", " ") or "none",
            times(
                [judgement.seconds for judgement in group if judgement.seconds is not None],
                sum(judgement.is_met for judgement in group) if has_target else 0,
                len(group) if has_target else 0,
            ),
        )
        for key, group in groups.items()
    ]
    return sorted(rows, key=lambda row: _order(by, row))


def group_of(request: RequestMeasures, by: str) -> str:
    """The key of the group in which a request stands; raises KeyError for an unknown group."""
    return _KEYS[by](request)


def loss(store: Store, requests: Iterable[RequestMeasures], measure: str = "response") -> LossByResponse:
    """Set losses against the quality of answers: clients mostly answered in target, and the others.

    A client counts with at least three judged requests; they are lost if their stage says so today.
    """
    lost = _lost_clients(store)
    judged = _JUDGED[measure]
    met: dict[int, list[bool]] = {}
    for request in requests:
        judgement = judged(request)
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


def _midnight(day: date, zone: str) -> str:
    return utc_text(datetime.combine(day, time(), ZoneInfo(zone)))


def _measured(
    book: PolicyBook, names: Mapping[int, str], reported: ReportedRequest, now: datetime, zone: str
) -> RequestMeasures:
    request = reported.request
    is_untimed = bool(opening_doubt(reported.events))
    is_untold = not is_untimed and is_answer_time_unknown(reported.events)
    is_unsolved = not is_untimed and is_solution_time_unknown(request, reported.events)
    clocks = None if is_untimed else request_clocks(book, request, reported.tier, reported.events, now)
    return RequestMeasures(
        client_id=request.client_id,
        month=to_local(request.opened_at, zone).strftime("%Y-%m"),
        person=names.get(request.assignee_id or 0, _NOBODY),
        tier=reported.tier,
        kind=request.request_kind,
        priority=request.priority,
        channel=request.channel,
        work=request.work_kind,
        response=_judge(clocks.first_response) if clocks and not is_untold else None,
        resolution=_judge(clocks.resolution) if clocks and not is_unsolved else None,
        intake_seconds=request.intake_seconds,
        passes=reassignments_of(reported.events).total,
        is_untimed=is_untimed,
        is_answer_time_unknown=is_untold,
        is_solution_time_unknown=is_unsolved,
    )


def _judge(clock: Clock) -> Judged | None:
    if clock.state == "none" and clock.breached:
        return Judged(None, is_met=False)  # it was late under a target that was taken away since
    if clock.state == "none" or (clock.ended_at is None and not clock.breached):
        return None
    return Judged(clock.elapsed_s if clock.ended_at else None, not clock.breached)


def _order(by: str, row: ReportRow) -> tuple[int, str]:
    if by == "priority" and row.key in PRIORITIES:
        return PRIORITIES.index(row.key), row.key
    if by in ("kind", "channel", "work", "person"):
        return -row.times.n, row.key
    return 0, row.key


_JUDGED: dict[str, Callable[[RequestMeasures], Judged | None]] = {
    "response": lambda request: request.response,
    "resolution": lambda request: request.resolution,
    "intake": lambda request: Judged(request.intake_seconds, is_met=True) if request.intake_seconds else None,
    "passes": lambda request: Judged(request.passes, is_met=not request.passes),
}
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
