"""The SLA clocks of one request, worked out on read from what happened to it.

First response ends with the first human reply, or with the request itself. Next response runs from the oldest
client message after that, until a reply, a resolve or "no answer needed". Resolution runs while the request
is open and nobody waits for the client; a message from the client ends such waiting. A promise is a date and
never pauses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from onewindow.metrics.stopwatch import Clock, State, Stopwatch
from onewindow.metrics.working_time import Calendar, open_seconds
from onewindow.records.values import value_class

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
    }
)
"""What may happen to a request; `thanks` and `note` are history only and move no clock."""


@value_class
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


@value_class
class SlaEvent:
    """Something that happened to a request: when, what, and what it brought.

    `opened` and `policy` bring the policy in force from then on; `promise` brings the promised date.
    """

    at: datetime
    kind: str
    policy: Policy | None = None
    promised_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"'{self.kind}' is not something that can happen to a request.")
        if self.kind in ("opened", "policy") and self.policy is None:
            raise ValueError(f"The event '{self.kind}' must bring its policy.")
        if self.kind == "promise" and self.promised_at is None:
            raise ValueError("A promise must bring its date.")


@value_class
class Clocks:
    """All clocks of one request at one instant."""

    first_response: Clock
    next_response: Clock
    resolution: Clock
    promise: Clock

    def __iter__(self) -> Iterator[Clock]:
        """Give the four clocks in the order of their fields."""
        return iter((self.first_response, self.next_response, self.resolution, self.promise))


class _Promise:
    """A date given to the client: it is a date, so nothing pauses it."""

    def __init__(self, given_at: datetime, due_at: datetime, past_breach: datetime | None = None) -> None:
        self.given_at = given_at
        self.due_at = due_at
        self.past_breach = past_breach
        self.ended_at: datetime | None = None
        self.breached_at: datetime | None = None

    def check(self, at: datetime) -> None:
        if self.ended_at is None and self.breached_at is None and at > self.due_at:
            self.breached_at = self.due_at

    def end(self, at: datetime) -> None:
        self.check(at)
        self.ended_at = self.ended_at or at

    def reopen(self, at: datetime) -> None:
        """Go on; but a promise that was kept by its date stays kept."""
        if self.breached_at is not None or at <= self.due_at:
            self.ended_at = None

    def read(self, calendar: Calendar, now: datetime) -> Clock:
        self.check(now)
        target = open_seconds(calendar, self.given_at, self.due_at)
        elapsed = open_seconds(calendar, self.given_at, self.ended_at or now)
        known = self.past_breach or self.breached_at
        running: State = "running" if self.ended_at is None else "met"
        return Clock(
            name="promise",
            state=running if self.breached_at is None else "breached",
            due_at=self.due_at,
            target_s=target,
            elapsed_s=elapsed,
            remaining_s=target - elapsed,
            breached=known is not None,
            breached_at=known,
            ended_at=self.ended_at,
        )


class History:
    """A request replayed event by event; its stopwatches then tell how each clock came to stand."""

    def __init__(self, opened: SlaEvent) -> None:
        policy = opened.policy
        if opened.kind != "opened" or policy is None:
            raise ValueError("The history of a request must begin with its opening.")
        self.policy = policy
        self.waiting = False
        self.closed = False
        self.promise: _Promise | None = None
        self.first = Stopwatch("first_response", policy.calendar, policy.first_response_s)
        self.next = Stopwatch("next_response", policy.calendar, policy.next_response_s)
        self.resolution = Stopwatch("resolution", policy.calendar, policy.resolution_s)
        self.first.start(opened.at)
        self.resolution.start(opened.at)

    def apply(self, event: SlaEvent) -> None:
        """Let one event after the opening move the clocks."""
        match event.kind:
            case "opened":
                raise ValueError(f"The request is opened a second time at {event.at.isoformat()}.")
            case "client_message":
                self._client_message(event.at)
            case "reply":
                self.first.end(event.at)
                self.next.end(event.at)
            case "no_answer_needed":
                self.next.end(event.at)
            case "wait_client":
                self._wait(event.at)
            case "resume":
                self._resume(event.at)
            case "resolve" | "decline":
                self._close(event.at)
            case "reopen":
                self._reopen(event.at)
            case "policy" if event.policy is not None:
                self._change_policy(event.at, event.policy)
            case "promise" if event.promised_at is not None:
                self._promise(event.at, event.promised_at)
            case _:
                pass

    def read(self, now: datetime) -> Clocks:
        """Give all clocks at this instant."""
        promise = self.promise.read(self.policy.calendar, now) if self.promise else Clock("promise", "none")
        return Clocks(self.first.read(now), self.next.read(now), self.resolution.read(now), promise)

    def _client_message(self, at: datetime) -> None:
        self._resume(at)
        # Before the first answer the first-response clock already stands for everything unanswered.
        if self.first.ended_at is None:
            return
        if not self.next.started or self.next.ended_at is not None:
            past = self.next.past_breach or self.next.breached_at
            self.next = Stopwatch(
                "next_response", self.policy.calendar, self.policy.next_response_s, past_breach=past
            )
        self.next.start(at)

    def _wait(self, at: datetime) -> None:
        if self.closed or self.waiting:
            return
        self.waiting = True
        self.resolution.stop(at)
        self.next.stop(at)

    def _resume(self, at: datetime) -> None:
        if not self.waiting:
            return
        self.waiting = False
        self.resolution.start(at)
        if self.next.started and self.next.ended_at is None:
            self.next.start(at)

    def _close(self, at: datetime) -> None:
        self.closed = True
        self.waiting = False
        for watch in (self.first, self.next, self.resolution):
            watch.end(at)
        if self.promise:
            self.promise.end(at)

    def _reopen(self, at: datetime) -> None:
        if not self.closed:
            return
        self.closed = False
        self.resolution.retarget(at, self.policy.resolution_s, self.policy.calendar)
        self.resolution.start(at)
        if self.promise:
            self.promise.reopen(at)

    def _change_policy(self, at: datetime, policy: Policy) -> None:
        self.policy = policy
        for watch, target in (
            (self.first, policy.first_response_s),
            (self.next, policy.next_response_s),
            (self.resolution, policy.resolution_s),
        ):
            if watch.ended_at is None:
                watch.retarget(at, target, policy.calendar)

    def _promise(self, at: datetime, due_at: datetime) -> None:
        past: datetime | None = None
        if self.promise:
            self.promise.check(at)
            past = self.promise.past_breach or self.promise.breached_at
        self.promise = _Promise(at, due_at, past)


def clocks(events: Iterable[SlaEvent], now: datetime) -> Clocks:
    """Give all clocks of a request as they stood at `now`; raise ValueError when it was never opened.

    Events may come in any order; what lies after `now` has not happened yet.
    """
    return replay(events, now).read(now)


def replay(events: Iterable[SlaEvent], now: datetime) -> History:
    """Give the request after all its events until `now`; the opening itself always counts."""
    in_order = sorted(events, key=lambda event: event.at)
    if not in_order:
        raise ValueError("The history of a request must begin with its opening.")
    history = History(in_order[0])
    for event in in_order[1:]:
        if event.at <= now:
            history.apply(event)
    return history


def internal_clock(
    started_at: datetime, ended_at: datetime | None, target_s: int, calendar: Calendar, now: datetime
) -> Clock:
    """Give the clock of a hand-off or a handover: a start, perhaps an end, a target in working seconds."""
    watch = Stopwatch("internal", calendar, target_s)
    watch.start(started_at)
    if ended_at is not None and ended_at <= now:
        watch.end(ended_at)
    return watch.read(now)
