"""The SLA clocks of one request, worked out on read from what happened to it.

First response ends with the first human reply, or with the request itself. Next response runs from the oldest
client message after that, until a reply, a resolve or "no answer needed". Resolution runs while the request
is open and nobody waits for the client; a message from the client ends such waiting. A promise is a date and
never pauses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from onewindow.metrics.policies.working_time import Calendar, epoch_second, open_between
from onewindow.metrics.sla.stopwatch import Clock, State, Stopwatch, moment
from onewindow.records.named_tuples import NamedTuple
from onewindow.records.structs import frozen_struct

KINDS = frozenset(
    {
        "opened",
        "client_message",
        "thanks",
        "reply",
        "note",
        "wait_client",
        "resume",
        "no_answer_needed",
        "resolve",
        "decline",
        "reopen",
        "policy",
        "promise",
        "merge",
    }
)
"""What may happen to a request; `thanks` and `note` are history only and move no clock."""


@frozen_struct
class Policy:
    """Targets in seconds of working time, and the calendar that counts them; None means no such clock."""

    calendar: Calendar
    first_response_s: int | None = None
    next_response_s: int | None = None
    resolution_s: int | None = None

    def __post_init__(self) -> None:
        for target in (self.first_response_s, self.next_response_s, self.resolution_s):
            if target is not None and target < 0:
                raise ValueError("A target of a service policy cannot be negative.")


@frozen_struct
class SlaEvent:
    """Something that happened to a request: when, what, and what it brought.

    `opened` and `policy` bring the policy in force from then on; `promise` brings the promised date. A policy
    may bring what is known by then of the calendars before it too (see `Stopwatch.recount`); `merge` brings
    what the duplicate had missed, by the name of its clock.
    """

    at: datetime
    kind: str
    policy: Policy | None = None
    promised_at: datetime | None = None
    recount: Callable[[Calendar], Calendar] | None = None
    missed: Mapping[str, datetime] | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"'{self.kind}' is not something that can happen to a request.")
        if self.kind in ("opened", "policy") and self.policy is None:
            raise ValueError(f"The event '{self.kind}' must bring its policy.")
        if self.kind == "promise" and self.promised_at is None:
            raise ValueError("A promise must bring its date.")


class Clocks(NamedTuple):
    """All clocks of one request at one instant."""

    first_response: Clock
    next_response: Clock
    resolution: Clock
    promise: Clock


class _Promise:
    """A date given to the client: it is a date, so nothing pauses it. Instants are seconds since 1970."""

    def __init__(self, given_at: int, due_at: int, past_breach: int | None = None) -> None:
        self.given_at = given_at
        self.due_at = due_at
        self.past_breach = past_breach
        self.ended_at: int | None = None
        self.breached_at: int | None = None

    def check(self, at: int) -> None:
        if self.ended_at is None and self.breached_at is None and at > self.due_at:
            self.breached_at = self.due_at

    def end(self, at: int) -> None:
        self.check(at)
        self.ended_at = at if self.ended_at is None else self.ended_at

    def reopen(self, at: int) -> None:
        """Go on; but a promise that was kept by its date stays kept."""
        if self.breached_at is not None or at <= self.due_at:
            self.ended_at = None

    def late_from(self) -> int | None:
        if self.past_breach is not None:
            return self.past_breach
        return self.due_at if self.ended_at is None else self.breached_at

    def read(self, calendar: Calendar, now: int) -> Clock:
        self.check(now)
        target = open_between(calendar, self.given_at, self.due_at)
        elapsed = open_between(calendar, self.given_at, now if self.ended_at is None else self.ended_at)
        known = self.breached_at if self.past_breach is None else self.past_breach
        running: State = "running" if self.ended_at is None else "met"
        return Clock(
            "promise",
            running if self.breached_at is None else "breached",
            moment(self.due_at),
            target,
            elapsed,
            target - elapsed,
            known is not None,
            moment(known),
            moment(self.ended_at),
        )


class History:
    """A request replayed event by event; its stopwatches then tell how each clock came to stand.

    Instants are whole seconds since 1970.
    """

    __slots__ = ("closed", "first", "missed_promise", "next", "policy", "promise", "resolution", "waiting")

    def __init__(self, opened_at: int, policy: Policy) -> None:
        """Begin with the opening."""
        self.policy = policy
        self.waiting = False
        self.closed = False
        self.promise: _Promise | None = None
        self.missed_promise: int | None = None
        calendar = policy.calendar
        self.first = Stopwatch("first_response", calendar, policy.first_response_s)
        self.next = Stopwatch("next_response", calendar, policy.next_response_s)
        self.resolution = Stopwatch("resolution", calendar, policy.resolution_s)
        self.first.start(opened_at)
        self.resolution.start(opened_at)

    def apply(self, at: int, kind: str, policy: Policy | None = None, promised_at: int | None = None) -> None:
        """Let one thing that happened after the opening move the clocks."""
        match kind:
            case "reply":
                self.first.end(at)
                self.next.end(at)
            case "client_message":
                self._client_message(at)
            case "no_answer_needed":
                self.next.end(at)
            case "wait_client":
                self._wait(at)
            case "resume":
                self._resume(at)
            case "resolve" | "decline":
                self._close(at)
            case "reopen":
                self._reopen(at)
            case "policy" if policy is not None:
                self._change_policy(at, policy)
            case "promise" if promised_at is not None:
                self._promise(at, promised_at)
            case _:
                pass

    def inherit(self, at: int, missed: Mapping[str, int]) -> None:
        """Take over what a duplicate had missed, seconds by the names of its clocks: it was late once."""
        for watch in (self.first, self.next, self.resolution):
            if watch.name in missed:
                watch.inherit(at, missed[watch.name])
        if "promise" in missed:
            self.missed_promise = _first(self.missed_promise, missed["promise"])
            if self.promise is not None:
                self.promise.check(at)
                known = _first(self.promise.past_breach, self.promise.breached_at)
                self.promise.past_breach = _first(known, self.missed_promise)

    def recount(self, at: int, calendar_now: Callable[[Calendar], Calendar]) -> None:
        """Count what has not ended again by what is known now of the calendars."""
        for watch in (self.first, self.next, self.resolution):
            if watch.ended_at is None:
                watch.recount(at, calendar_now)

    def read(self, now: int) -> Clocks:
        """Give all clocks at this second."""
        if self.promise is not None:
            promise = self.promise.read(self.policy.calendar, now)
        elif self.missed_promise is not None:
            promise = Clock("promise", "none", breached=True, breached_at=moment(self.missed_promise))
        else:
            promise = _NO_PROMISE
        return Clocks(self.first.read(now), self.next.read(now), self.resolution.read(now), promise)

    def pressing(self, now: int) -> Clock | None:
        """Give the live clock that ends first; a paused one if nothing runs; None when all is over."""
        best: Stopwatch | None = None
        best_due = 0
        for watch in (self.first, self.next, self.resolution):
            if watch.target is None or watch.since is None:
                continue
            due = watch.due()
            if due is not None and (best is None or due < best_due):
                best, best_due = watch, due
        promise = self.promise
        if promise is not None and promise.ended_at is None and (best is None or promise.due_at < best_due):
            return promise.read(self.policy.calendar, now)
        if best is not None:
            return best.read(now)
        watches = (self.first, self.next, self.resolution)
        return next((watch.read(now) for watch in watches if watch.state == "paused"), None)

    def late_from(self) -> int | None:
        """Give the second from which it is late: of its first breach, which stays, else the next due one.

        While nothing happens to it the answer is the same at any time, before the due second and after; None
        where no time was missed and none runs out.
        """
        known = [self.missed_promise]
        known += [self.promise.late_from()] if self.promise is not None else []
        known += [watch.late_from() for watch in (self.first, self.next, self.resolution)]
        return min((limit for limit in known if limit is not None), default=None)

    def _client_message(self, at: int) -> None:
        self._resume(at)
        # Before the first answer the first-response clock already stands for everything unanswered.
        if self.first.ended_at is None:
            return
        if not self.next.started or self.next.ended_at is not None:
            past = self.next.breached_at if self.next.past_breach is None else self.next.past_breach
            self.next = Stopwatch(
                "next_response", self.policy.calendar, self.policy.next_response_s, past_breach=past
            )
        self.next.start(at)

    def _wait(self, at: int) -> None:
        if self.closed or self.waiting:
            return
        self.waiting = True
        self.resolution.stop(at)
        self.next.stop(at)

    def _resume(self, at: int) -> None:
        if not self.waiting:
            return
        self.waiting = False
        self.resolution.start(at)
        if self.next.started and self.next.ended_at is None:
            self.next.start(at)

    def _close(self, at: int) -> None:
        self.closed = True
        self.waiting = False
        for watch in (self.first, self.next, self.resolution):
            watch.end(at)
        if self.promise:
            self.promise.end(at)

    def _reopen(self, at: int) -> None:
        if not self.closed:
            return
        self.closed = False
        self.resolution.retarget(at, self.policy.resolution_s, self.policy.calendar)
        self.resolution.start(at)
        if self.promise:
            self.promise.reopen(at)

    def _change_policy(self, at: int, policy: Policy) -> None:
        self.policy = policy
        for watch, target in (
            (self.first, policy.first_response_s),
            (self.next, policy.next_response_s),
            (self.resolution, policy.resolution_s),
        ):
            if watch.ended_at is None:
                watch.retarget(at, target, policy.calendar)

    def _promise(self, at: int, due_at: int) -> None:
        past = self.missed_promise
        if self.promise:
            self.promise.check(at)
            past = self.promise.past_breach
            past = self.promise.breached_at if past is None else past
        self.promise = _Promise(at, due_at, past)


def _first(*known: int | None) -> int | None:
    """Give the first of some seconds, None where none is known."""
    return min((limit for limit in known if limit is not None), default=None)


_NO_PROMISE = Clock("promise", "none")


def clocks(events: Iterable[SlaEvent], now: datetime) -> Clocks:
    """Give all clocks of a request as they stood at `now`; raise ValueError when it was never opened.

    Events may come in any order; what lies after `now` has not happened yet, and what is dated before the
    opening happened with it.
    """
    return replay(events, now).read(epoch_second(now))


def replay(events: Iterable[SlaEvent], now: datetime) -> History:
    """Give the request after all its events until `now`; the opening itself always counts."""
    in_order = sorted(events, key=lambda event: (event.kind != "opened", event.at))
    policy = in_order[0].policy if in_order and in_order[0].kind == "opened" else None
    if policy is None:
        raise ValueError("The history of a request must begin with its opening.")
    opened_at = epoch_second(in_order[0].at)
    history = History(opened_at, policy)
    for event in in_order[1:]:
        if event.kind == "opened":
            raise ValueError(f"The request is opened a second time at {event.at.isoformat()}.")
        if event.at <= now:
            at = max(opened_at, epoch_second(event.at))
            if event.recount is not None:
                history.recount(at, event.recount)
            promised = None if event.promised_at is None else epoch_second(event.promised_at)
            history.apply(at, event.kind, event.policy, promised)
            if event.missed is not None:
                history.inherit(at, {name: epoch_second(when) for name, when in event.missed.items()})
    return history


def internal_clock(
    started_at: datetime, ended_at: datetime | None, target_s: int, calendar: Calendar, now: datetime
) -> Clock:
    """Give the clock of a hand-off or a handover: a start, perhaps an end, a target in working seconds."""
    watch = Stopwatch("internal", calendar, target_s)
    watch.start(epoch_second(started_at))
    if ended_at is not None and ended_at <= now:
        watch.end(epoch_second(ended_at))
    return watch.read(epoch_second(now))
