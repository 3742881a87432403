"""The SLA clocks of requests: which policy counts, and what its clocks say of the events on file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from onewindow.metrics.calendar_json import calendar_from_dict
from onewindow.metrics.sla import KINDS as SLA_KINDS
from onewindow.metrics.sla import Clocks, Policy, SlaEvent, clocks
from onewindow.metrics.stopwatch import Clock
from onewindow.metrics.working_time import Calendar
from onewindow.records.department import SlaPolicy
from onewindow.records.values import value_class
from onewindow.records.work import Request, RequestEvent
from onewindow.store import department
from onewindow.store.engine import Store
from onewindow.text.dates import parse_utc, utc_text

_BRINGS_TERMS = frozenset({"opened", "policy", "promise"})
"""Events that the clocks take only together with a policy or a date."""


@value_class
class PolicyBook:
    """All policies of a file with their calendars; read once, asked often."""

    policies: tuple[SlaPolicy, ...]
    calendars: Mapping[int, Calendar]

    def policy_for(self, tier: str, priority: str, request_kind: str, on_date: str) -> Policy | None:
        """The most particular policy in force on a date, or None if nothing was agreed.

        A policy that names the priority beats one that names the kind of request, and that beats the tier.
        """
        best: SlaPolicy | None = None
        best_rank = (-1, "")
        for policy in self.policies:
            if policy.valid_from > on_date:
                continue
            wanted = (
                (policy.priority, priority),
                (policy.request_kind, request_kind),
                (policy.tier, tier),
            )
            if any(asked and asked != given for asked, given in wanted):
                continue
            weights = (4, 2, 1)
            rank = sum(weight for weight, (asked, _) in zip(weights, wanted, strict=True) if asked)
            if (rank, policy.valid_from) > best_rank:
                best, best_rank = policy, (rank, policy.valid_from)
        if best is None:
            return None
        return Policy(
            calendar=self.calendars[best.calendar_id],
            first_response_s=_seconds(best.first_response_min),
            next_response_s=_seconds(best.next_response_min),
            resolution_s=_seconds(best.resolution_min),
        )


def read_policies(store: Store) -> PolicyBook:
    """The policies and calendars of a file."""
    calendars = {c.id: calendar_from_dict(json.loads(c.hours)) for c in department.calendars(store)}
    return PolicyBook(tuple(department.policies(store)), calendars)


def request_clocks(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], now: datetime
) -> Clocks | None:
    """The clocks of one request at an instant, or None if no policy covers it."""
    history = _history(book, request, tier, events)
    return clocks(history, now) if history else None


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
) -> list[str]:
    """The arithmetic of the clock that presses most, line by line, the result last."""
    from onewindow.metrics.sla_text import why

    history = _history(book, request, tier, events)
    if not history:
        return ["No SLA policy covers this request: it has no clock. Add one under “SLA policies”."]
    pressing = pressing_clock(clocks(history, now))
    if pressing is None or pressing.name in ("promise", "internal"):
        lines = why(history, now, zone, "resolution")
        if pressing is not None and pressing.due_at is not None:
            due = pressing.due_at.astimezone(ZoneInfo(zone))
            lines.append(
                f"Before that: promised to the client for {due:%d.%m.%Y %H:%M}, a date never pauses."
            )
        return lines
    return why(history, now, zone, pressing.name)


def pressing_clock(found: Clocks) -> Clock | None:
    """The live clock that ends first; a paused one if nothing runs; None when all is over."""
    live = [(clock.due_at, clock) for clock in found if clock.live and clock.due_at is not None]
    if live:
        return min(live, key=lambda pair: pair[0])[1]
    return next((clock for clock in found if clock.state == "paused"), None)


def due_at(found: Clocks | None) -> str | None:
    """When a request must be dealt with next (UTC text), None while it waits or is over."""
    pressing = pressing_clock(found) if found else None
    if pressing is None or not pressing.live or pressing.due_at is None:
        return None
    return utc_text(pressing.due_at)


def by_request(events: Iterable[RequestEvent]) -> dict[int, list[RequestEvent]]:
    """Events grouped by request, each group in its order of time."""
    groups: dict[int, list[RequestEvent]] = {}
    for event in events:
        groups.setdefault(event.request_id, []).append(event)
    return groups


def _history(book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent]) -> list[SlaEvent]:
    """What happened, as the clocks count it. Terms in an event's detail are those in force from then on."""
    terms = {"tier": tier, "priority": request.priority, "request_kind": request.request_kind}
    first = next((event for event in events if event.event_kind == "opened"), None)
    opening = {**terms, **_detail(first)}
    opened_at = first.at if first else request.opened_at
    policy = _policy(book, opening, opened_at)
    if policy is None:
        return []
    found = [SlaEvent(parse_utc(opened_at), "opened", policy=policy)]
    for event in events:
        at = parse_utc(event.at)
        if event.event_kind == "policy":
            changed = _policy(book, {**terms, **_detail(event)}, event.at)
            if changed is not None:
                found.append(SlaEvent(at, "policy", policy=changed))
        elif event.event_kind == "promise":
            promised = _detail(event).get("promised_at")
            if promised:
                found.append(SlaEvent(at, "promise", promised_at=parse_utc(promised)))
        elif event.event_kind in SLA_KINDS - _BRINGS_TERMS:
            found.append(SlaEvent(at, event.event_kind))
    return found


def _policy(book: PolicyBook, terms: Mapping[str, str], at: str) -> Policy | None:
    return book.policy_for(terms["tier"], terms["priority"], terms["request_kind"], at[:10])


def _detail(event: RequestEvent | None) -> dict[str, str]:
    return json.loads(event.detail) if event is not None and event.detail else {}


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60
