"""The SLA clocks of requests: which policy counts, and what its clocks say of the events on file."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from itertools import dropwhile
from zoneinfo import ZoneInfo

from onewindow.desk.reference.policy_book import PolicyBook, Turn, second_of
from onewindow.desk.sla.event_details import (
    detail_of,
    is_answer_time_unknown,
    is_noted_by_clock,
    is_solution_time_unknown,
    missed_by,
    opening_doubt,
    terms_at,
)
from onewindow.metrics.policies.working_time import Calendar, epoch_second, instant
from onewindow.metrics.sla.clocks import KINDS as SLA_KINDS
from onewindow.metrics.sla.clocks import Clocks, History, Policy, SlaEvent, clocks
from onewindow.metrics.sla.lateness import lateness_of_clock, lateness_text
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.event_order import went_back
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.requests import CLOSED_STATUSES, UNTOLD_OPENING, Request, RequestEvent
from onewindow.text.dates import moment_near, parse_utc, utc_text

MOVES = SLA_KINDS - {"opened", "note", "thanks"}
"""Events after the opening that move a clock."""
_REPORTED = MOVES | {"opened"}


def at_least(now: datetime, events: Sequence[RequestEvent], book: PolicyBook) -> datetime:
    """The instant at which the clocks of a request are read: now, or when the newest thing on file happened.

    Colleagues' clocks differ by seconds or minutes; what one of them has written down has happened, and what
    they changed in the rules counts.
    """
    newest = max((event.at for event in events), default="")
    newest = max(newest, book.rules[-1].since[0])
    return now if newest <= utc_text(now) else parse_utc(newest)


def request_clocks(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> Clocks | None:
    """The clocks of one request at an instant, or None if no policy covers it."""
    second = epoch_second(now)
    history = history_of(book, request, tier, events, second)
    return history.read(second) if history else None


def request_pressing(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> Clock | None:
    """The clock of a request that presses most, as `pressing_clock` of all its clocks, only quicker."""
    second = epoch_second(now)
    history = history_of(book, request, tier, events, second)
    return history.pressing(second) if history else None


class ClocksOnDemand(Mapping[int, Clocks | None]):
    """The clocks of some requests by request id: those nobody looks at are never worked out."""

    def __init__(
        self,
        book: PolicyBook,
        requests: Iterable[Request],
        tier: str,
        events: Mapping[int, Sequence[RequestEvent]],
        now: datetime,
    ) -> None:
        """Take what `request_clocks` needs of each request of one client."""
        self._book, self._tier, self._events, self._now = book, tier, events, now
        self._requests = {request.id: request for request in requests}
        self._known: dict[int, Clocks | None] = {}

    def __getitem__(self, request_id: int) -> Clocks | None:
        if request_id not in self._known:
            request = self._requests[request_id]
            events = self._events.get(request_id, ())
            self._known[request_id] = request_clocks(self._book, request, self._tier, events, self._now)
        return self._known[request_id]

    def __iter__(self) -> Iterator[int]:
        return iter(self._requests)

    def __len__(self) -> int:
        return len(self._requests)


def explain(
    book: PolicyBook,
    request: Request,
    tier: str,
    events: Sequence[RequestEvent],
    now: datetime,
    zone: str,
    queued: str = "",
) -> list[str]:
    """The arithmetic of the clock that presses most, line by line, the result last.

    `queued` is when a reply goes out that waits in the outbox (UTC text), '' for none.
    """
    from onewindow.metrics.sla.as_text import why  # asked for by a key, never while reading

    history = _history(book, request, tier, events, now)
    chosen = [f"By {line}." for line in _of_segments(book, request, tier, events)]
    if not history:
        return ["No SLA policy covers this request: it has no clock. Add one under “SLA policies”."]
    # One that was opened by a clock that was ahead has not run yet.
    seen = max(now, history[-1].at)
    chosen += _clock_went_back(events, zone)
    if doubt := opening_doubt(events):
        chosen.append(f"Nobody knows when it was opened: {doubt}. Metrics leave it out.")
    elif is_answer_time_unknown(events):
        chosen.append("Its file does not tell when it was answered: no first answer is counted.")
    if not opening_doubt(events) and is_solution_time_unknown(request, events):
        chosen.append("Its file does not tell when it was resolved: no solution is counted.")
    if queued and request.status not in CLOSED_STATUSES:
        goes_at = moment_near(parse_utc(queued).astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)))
        chosen.append(f"An answer is queued for {goes_at}: the clocks of answers end when it is sent.")
    pressing = pressing_clock(clocks(history, seen))
    if pressing is None or pressing.name in ("promise", "internal"):
        lines = [*chosen, *why(history, seen, zone, "resolution")]
        if pressing is not None and pressing.due_at is not None:
            lines.append("Before that comes the date that was promised to the client; a date never pauses.")
            lines.append(f"Promised date: {lateness_text(lateness_of_clock(pressing), ZoneInfo(zone), now)}")
        return lines
    return [*chosen, *why(history, seen, zone, pressing.name)]


def _clock_went_back(events: Sequence[RequestEvent], zone: str) -> Iterator[str]:
    """Where the clock that noted the events went back, in words."""
    reader = ZoneInfo(zone)
    for event, before in went_back(event for event in events if event.event_kind in _REPORTED):
        if not is_noted_by_clock(event):
            continue
        noted, counts = (parse_utc(noted_event.at).astimezone(reader) for noted_event in (event, before))
        yield (
            f"The clock went back: what was noted at {noted:%d.%m. %H:%M} came after what was noted at"
            f" {counts:%d.%m. %H:%M}, and counts from then on."
        )


def _of_segments(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent]
) -> Iterator[str]:
    """The policies that counted for a request because of a segment its client was in, in words."""
    for event in events:
        if event.event_kind in ("opened", "policy"):
            whose, priority, kind, segments = terms_at(request, tier, event)
            policy = book.record_for(whose, priority, kind, event.at, segments)
            if policy is not None and policy.segment_id is not None:
                name = book.segments.get(policy.segment_id, "?")
                yield f"“{policy.name}” from {event.at[:10]} on, when the client was in the segment “{name}”"


def pressing_clock(shown: Clocks) -> Clock | None:
    """The live clock that ends first; a paused one if nothing runs; None when all is over."""
    live = [(clock.due_at, clock) for clock in shown if clock.live and clock.due_at is not None]
    if live:
        return min(live, key=lambda pair: pair[0])[1]
    return next((clock for clock in shown if clock.state == "paused"), None)


def by_request(events: Iterable[RequestEvent]) -> dict[int, list[RequestEvent]]:
    """Events grouped by request, each group in its order of time."""
    groups: dict[int, list[RequestEvent]] = {}
    for event in events:
        groups.setdefault(event.request_id, []).append(event)
    return groups


def history_of(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], until: int
) -> History | None:
    """A request replayed until a second since 1970, None if no policy covers it.

    Events must come in their order, causes before effects. Terms in the detail of an event are those in
    force from then on; where it has none, those of the request count. What changes in the rules meanwhile
    counts from that moment on (see `policy_book`).
    """
    steps = _steps(book, request, tier, events, until)
    opening = next(steps, None)
    if opening is None or opening.policy is None:
        return None
    history = History(opening.second, opening.policy)
    for step in steps:
        if step.recount is not None:
            history.recount(step.second, step.recount)
        history.apply(step.second, step.kind, step.policy, step.promised_at)
        if step.missed is not None:
            history.inherit(step.second, step.missed)
    return history


class _Step(NamedTuple):
    """One thing that moves the clocks of a request, at a second since 1970."""

    second: int
    kind: str
    policy: Policy | None = None
    promised_at: int | None = None
    recount: Callable[[Calendar], Calendar] | None = None
    missed: Mapping[str, int] | None = None


def _steps(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], until: int
) -> Iterator[_Step]:
    """The opening with what counted then, and what moved the clocks since; nothing where no policy counts."""
    opened = next((event for event in events if event.event_kind == "opened"), None)
    opened_at = request.opened_at if opened is None else opened.at
    asked = terms_at(request, tier, opened)
    untold = _untold(request, opened, events)
    place, policy = book.opening(book.place_of(request.created_at, request.id), asked, opened_at)
    turns = book.turns(place, asked)
    ahead = bisect_right(turns, opened_at, key=_at)
    if policy is None:
        # Nothing was agreed when it was opened: its clocks start when something is.
        policy = _agreed_later(turns[ahead:], until)
        if policy is None:
            return
    latest = second_of(opened_at)
    yield _Step(latest, "opened", _measurable(policy, untold))
    calendar = policy.calendar
    for event in events:
        kind = event.event_kind
        if kind not in MOVES:
            continue
        at = second_of(event.at)
        if at > until and event.at != event.created_at:
            continue  # a date that a file tells, which has not come
        # What was noted when it happened has happened, also by a clock that was ahead: not after now, and
        # not before its cause.
        at = latest = max(latest, min(at, until))
        # What happened in the second of a change still counted by the old rules.
        while ahead < len(turns) and turns[ahead].second < at:
            yield _turned(turns[ahead], calendar, untold)
            ahead += 1
        if kind == "policy":
            asked = terms_at(request, tier, event)
            place, policy = book.opening(place, asked, event.at)
            turns = book.turns(place, asked)
            # From the second on: the first turn is the beginning of all and no change.
            ahead = bisect_left(turns, event.at, lo=1, key=_at)
            yield _Step(at, kind, _measurable(policy or _without_targets(calendar), untold))
        elif kind != "merge":
            yield _Step(at, kind, promised_at=_promised(event))
        elif missed := {name: second_of(since) for name, since in missed_by(event).items()}:
            yield _Step(at, kind, missed=missed)
    for turn in turns[ahead:]:
        if turn.second <= until:
            yield _turned(turn, calendar, untold)


def _promised(event: RequestEvent) -> int | None:
    """The second of the date that an event promises, None for others and where a promise was taken back."""
    promised = detail_of(event).get("promised_at") if event.event_kind == "promise" else None
    return second_of(promised) if promised else None


def _agreed_later(turns: Sequence[Turn], until: int) -> Policy | None:
    """The calendar of the first policy that begins until a second, without targets; None if none does."""
    first = next(dropwhile(lambda turn: turn.policy is None, turns), None)
    if first is None or first.policy is None or first.second > until:
        return None
    return _without_targets(first.policy.calendar)


def _turned(turn: Turn, calendar: Calendar, untold: AbstractSet[str]) -> _Step:
    policy = _measurable(turn.policy or _without_targets(calendar), untold)
    return _Step(turn.second, "policy", policy, None, turn.recount)


def _untold(
    request: Request, opened: RequestEvent | None, events: Sequence[RequestEvent]
) -> AbstractSet[str]:
    """Which times a file that brought a request does not tell: `opening`, or `response` and `resolution`.

    Nobody knows how late one is whose opening cannot be read: no clock of it runs, also while it is open.
    """
    detail = detail_of(opened)
    if UNTOLD_OPENING in detail:
        return _OPENING
    if "response" in detail:
        return _BOTH if is_solution_time_unknown(request, events) else _RESPONSE
    return _RESOLUTION if is_solution_time_unknown(request, events) else frozenset()


def _measurable(policy: Policy, untold: AbstractSet[str]) -> Policy:
    """A policy without the targets of clocks of which nobody knows where they began or ended."""
    if UNTOLD_OPENING in untold:
        return _without_targets(policy.calendar)
    if untold:
        first = None if "response" in untold else policy.first_response_s
        solved = None if "resolution" in untold else policy.resolution_s
        return Policy(policy.calendar, first, policy.next_response_s, solved)
    return policy


def _without_targets(calendar: Calendar) -> Policy:
    """What counts where no policy does: time passes, and nothing is due."""
    return Policy(calendar)


def _at(turn: Turn) -> str:
    return turn.at


def _history(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> list[SlaEvent]:
    """What happened, as the arithmetic of `why` tells it."""
    return [
        SlaEvent(
            instant(step.second),
            step.kind,
            step.policy,
            None if step.promised_at is None else instant(step.promised_at),
            step.recount,
            None if step.missed is None else {name: instant(at) for name, at in step.missed.items()},
        )
        for step in _steps(book, request, tier, events, epoch_second(now))
        if step.kind != "promise" or step.promised_at is not None
    ]


_OPENING, _RESPONSE, _RESOLUTION = (
    frozenset({UNTOLD_OPENING}),
    frozenset({"response"}),
    frozenset({"resolution"}),
)
_BOTH = _RESPONSE | _RESOLUTION
