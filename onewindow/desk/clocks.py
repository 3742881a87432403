"""The SLA clocks of requests: which policy counts, and what its clocks say of the events on file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from onewindow.metrics.calendar_json import calendar_from_dict
from onewindow.metrics.sla import KINDS as SLA_KINDS
from onewindow.metrics.sla import Clocks, History, Policy, SlaEvent, clocks
from onewindow.metrics.stopwatch import Clock
from onewindow.metrics.working_time import Calendar, epoch_second
from onewindow.records.department import SlaPolicy
from onewindow.records.work import Request, RequestEvent
from onewindow.store import department
from onewindow.store.engine import Store
from onewindow.store.kept_rules import kept
from onewindow.text.dates import parse_utc, utc_text

_MOVES = SLA_KINDS - {"opened", "note", "thanks"}
"""Events after the opening that move a clock."""
_EPOCH_DAY = date(1970, 1, 1).toordinal()
_NO_SEGMENTS: frozenset[int] = frozenset()
_NO_NAMES: Mapping[int, str] = {}


class PolicyBook:
    """All policies of a file with their calendars; read once, asked often. It remembers its answers."""

    def __init__(
        self,
        policies: tuple[SlaPolicy, ...],
        calendars: Mapping[int, Calendar],
        segments: Mapping[int, str] = _NO_NAMES,
    ) -> None:
        """Take the policies, and the calendars and names of segments by the ids that the policies name."""
        self.policies = policies
        self.calendars = calendars
        self.segments = segments
        self._lines: dict[tuple[str, str, str, frozenset[int]], list[tuple[str, int, SlaPolicy]]] = {}
        self._targets: dict[int, Policy] = {}

    def record_for(
        self, tier: str, priority: str, request_kind: str, at: str, segments: frozenset[int] = _NO_SEGMENTS
    ) -> SlaPolicy | None:
        """The policy in force at an instant (UTC text), or None if nothing was agreed.

        A policy for one of the client's `segments` beats one that names the priority, that beats one that
        names the kind of request, and that beats the tier. Of the versions of one policy the last one counts
        whose day has begun in the zone of its calendar; if that one has no target, the policy has ended, and
        a more general one counts.
        """
        ended: set[tuple[str, str, str, int | None]] = set()
        for since, _, policy in self.matching(tier, priority, request_kind, segments):
            if since > at or (ended and whom(policy) in ended):
                continue
            if has_targets(policy):
                return policy
            ended.add(whom(policy))
        return None

    def policy_for(
        self, tier: str, priority: str, request_kind: str, at: str, segments: frozenset[int] = _NO_SEGMENTS
    ) -> Policy | None:
        """The targets and the calendar in force at an instant (UTC text), or None if nothing was agreed."""
        found = self.record_for(tier, priority, request_kind, at, segments)
        return None if found is None else self.targets(found)

    def matching(
        self, tier: str, priority: str, request_kind: str, segments: frozenset[int] = _NO_SEGMENTS
    ) -> list[tuple[str, int, SlaPolicy]]:
        """Every policy that may count for a request: when it begins (UTC), its rank, itself; best first."""
        asked = (tier, priority, request_kind, segments)
        found = self._lines.get(asked)
        if found is None:
            found = self._lines[asked] = [
                (self.begins(policy), rank_of(policy), policy)
                for policy in self.policies
                if policy.tier in ("", tier)
                and policy.priority in ("", priority)
                and policy.request_kind in ("", request_kind)
                and (policy.segment_id is None or policy.segment_id in segments)
            ]
            found.sort(key=lambda line: (line[1], line[0], line[2].id), reverse=True)
        return found

    def begins(self, policy: SlaPolicy) -> str:
        """The instant (UTC text) at which the first day of a policy begins where its calendar lies."""
        zone = ZoneInfo(self.calendars[policy.calendar_id].zone)
        return utc_text(datetime.fromisoformat(policy.valid_from).replace(tzinfo=zone))

    def targets(self, policy: SlaPolicy) -> Policy:
        """The targets of a policy in seconds, with its calendar."""
        found = self._targets.get(policy.id)
        if found is None:
            found = self._targets[policy.id] = Policy(
                calendar=self.calendars[policy.calendar_id],
                first_response_s=_seconds(policy.first_response_min),
                next_response_s=_seconds(policy.next_response_min),
                resolution_s=_seconds(policy.resolution_min),
            )
        return found


def whom(policy: SlaPolicy) -> tuple[str, str, str, int | None]:
    """Whom a policy is for, by tier, priority, kind of request and segment; its versions share that."""
    return policy.tier, policy.priority, policy.request_kind, policy.segment_id


def rank_of(policy: SlaPolicy) -> int:
    """How particular a policy is: its segment weighs 8, its priority 4, its kind of request 2, its tier 1."""
    named = 4 * bool(policy.priority) + 2 * bool(policy.request_kind) + bool(policy.tier)
    return named + 8 * (policy.segment_id is not None)


def has_targets(policy: SlaPolicy) -> bool:
    """Whether a policy promises anything; a version without targets ends it."""
    targets = (policy.first_response_min, policy.next_response_min, policy.resolution_min)
    return any(target is not None for target in targets)


def read_policies(store: Store) -> PolicyBook:
    """The policies and calendars of a file."""
    return kept(store, "policies", lambda: _policies_of(store))


def _policies_of(store: Store) -> PolicyBook:
    calendars = {c.id: calendar_from_dict(json.loads(c.hours)) for c in department.calendars(store)}
    found = tuple(department.policies(store))
    of_segments = any(policy.segment_id is not None for policy in found)
    return PolicyBook(found, calendars, department.segment_names(store) if of_segments else _NO_NAMES)


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
) -> list[str]:
    """The arithmetic of the clock that presses most, line by line, the result last."""
    from onewindow.metrics.sla_text import why

    history = _history(book, request, tier, events)
    chosen = [f"By {line}." for line in _of_segments(book, request, tier, events)]
    if not history:
        return ["No SLA policy covers this request: it has no clock. Add one under “SLA policies”."]
    pressing = pressing_clock(clocks(history, now))
    if pressing is None or pressing.name in ("promise", "internal"):
        lines = [*chosen, *why(history, now, zone, "resolution")]
        if pressing is not None and pressing.due_at is not None:
            due = pressing.due_at.astimezone(ZoneInfo(zone))
            lines.append(
                f"Before that: promised to the client for {due:%d.%m.%Y %H:%M}, a date never pauses."
            )
        return lines
    return [*chosen, *why(history, now, zone, pressing.name)]


def _of_segments(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent]
) -> Iterator[str]:
    """The policies that counted for a request because of a segment its client was in, in words."""
    for event in events:
        if event.event_kind in ("opened", "policy"):
            found = book.record_for(*_asked(request, tier, event, event.at))
            if found is not None and found.segment_id is not None:
                name = book.segments.get(found.segment_id, "?")
                yield f"“{found.name}” from {event.at[:10]} on, when the client was in the segment “{name}”"


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


def history_of(
    book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent], until: int
) -> History | None:
    """A request replayed until a second since 1970, None if no policy covers it.

    Events must come in their order of time. Terms in the detail of an event are those in force from then on;
    where it has none, those of the request count.
    """
    opening = next((event for event in events if event.event_kind == "opened"), None)
    opened_at = request.opened_at if opening is None else opening.at
    policy = _policy(book, request, tier, opening, opened_at)
    if policy is None:
        return None
    history = History(second_of(opened_at), policy)
    for event in events:
        kind = event.event_kind
        if kind not in _MOVES:
            continue
        at = second_of(event.at)
        if at > until:
            break
        if kind == "policy":
            history.apply(at, kind, _policy(book, request, tier, event, event.at))
        elif kind == "promise":
            promised = _detail(event.detail).get("promised_at")
            history.apply(at, kind, None, second_of(promised) if promised else None)
        else:
            history.apply(at, kind)
    return history


def _history(book: PolicyBook, request: Request, tier: str, events: Sequence[RequestEvent]) -> list[SlaEvent]:
    """What happened, as the arithmetic of `why` tells it."""
    first = next((event for event in events if event.event_kind == "opened"), None)
    opened_at = first.at if first else request.opened_at
    policy = _policy(book, request, tier, first, opened_at)
    if policy is None:
        return []
    found = [SlaEvent(parse_utc(opened_at), "opened", policy=policy)]
    for event in events:
        at = parse_utc(event.at)
        if event.event_kind == "policy":
            changed = _policy(book, request, tier, event, event.at)
            if changed is not None:
                found.append(SlaEvent(at, "policy", policy=changed))
        elif event.event_kind == "promise":
            promised = _detail(event.detail).get("promised_at")
            if promised:
                found.append(SlaEvent(at, "promise", promised_at=parse_utc(promised)))
        elif event.event_kind in _MOVES:
            found.append(SlaEvent(at, event.event_kind))
    return found


def _policy(
    book: PolicyBook, request: Request, tier: str, event: RequestEvent | None, at: str
) -> Policy | None:
    return book.policy_for(*_asked(request, tier, event, at))


def _asked(
    request: Request, tier: str, event: RequestEvent | None, at: str
) -> tuple[str, str, str, str, frozenset[int]]:
    """The terms by which the policy at an event is found, as `policy_for` takes them."""
    detail = _detail(event.detail) if event is not None else _NOTHING
    segments = detail.get("segments")
    return (
        detail.get("tier", tier),
        detail.get("priority", request.priority),
        detail.get("request_kind", request.request_kind),
        at,
        _segment_ids(segments) if segments else _NO_SEGMENTS,
    )


@lru_cache(maxsize=1024)
def _segment_ids(text: str) -> frozenset[int]:
    """The ids of segments as an event has them, with spaces between."""
    return frozenset(int(word) for word in text.split() if word.isdecimal())


_NOTHING: Mapping[str, str] = {}


@lru_cache(maxsize=4096)
def _detail(text: str) -> Mapping[str, str]:
    """The detail of an event; the same few terms come again and again."""
    return json.loads(text) if text else _NOTHING


def second_of(at: str) -> int:
    """The second since 1970 of a stored time."""
    return _midnight(at[:10]) + int(at[11:13]) * 3600 + int(at[14:16]) * 60 + int(at[17:19])


@lru_cache(maxsize=4096)
def _midnight(day: str) -> int:
    return (date.fromisoformat(day).toordinal() - _EPOCH_DAY) * 86_400


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60
