"""A stopwatch of working time: it starts, pauses, ends and is measured against a target that may change.

A clock is late only after its due instant: what ends at the due second itself is in time. What has been
breached stays breached, whatever is changed later. Inside, instants are whole seconds since 1970, so that a
hundred thousand clocks are read in a moment; a `Clock` gives them as UTC instants.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from onewindow.metrics.policies.working_time import Calendar, due_second, instant, open_between
from onewindow.records.named_tuples import NamedTuple

State = Literal["running", "paused", "met", "breached", "none"]
ClockName = Literal["first_response", "next_response", "resolution", "promise", "internal"]


class Clock(NamedTuple):
    """One clock as it stands: seconds are working time, instants are UTC.

    `breached` and `breached_at` tell of any breach this clock ever had; `state` speaks of the present turn:
    a next response that was breached before and is now answered in time is `met` and still `breached`, and so
    is a clock that runs again because it was given more time. What has ended late is `breached` for good.
    """

    name: ClockName
    state: State
    due_at: datetime | None = None
    target_s: int | None = None
    elapsed_s: int = 0
    remaining_s: int | None = None
    breached: bool = False
    breached_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def live(self) -> bool:
        """Tell whether time is running out on it: started, not paused, not ended."""
        return self.state in ("running", "breached") and self.ended_at is None


class Run(NamedTuple):
    """A stretch in which a stopwatch ran by one calendar: from a second to a second, and what was counted."""

    start: int
    until: int
    calendar: Calendar
    counted: int


def _run_by(calendar: Calendar, run: Run) -> Run:
    if calendar is run.calendar:
        return run
    return Run(run.start, run.until, calendar, open_between(calendar, run.start, run.until))


class Stopwatch:
    """Working time that accrues between start and stop, measured against a target that may change."""

    __slots__ = (
        "breached_at",
        "breached_at_once",
        "calendar",
        "elapsed",
        "ended_at",
        "name",
        "past_breach",
        "runs",
        "since",
        "started",
        "target",
    )

    def __init__(
        self, name: ClockName, calendar: Calendar, target: int | None, past_breach: int | None = None
    ) -> None:
        """Take a target in seconds, None for a clock that only counts, and the second of an older breach."""
        self.name: ClockName = name
        self.calendar = calendar
        self.target = target
        self.past_breach = past_breach
        self.elapsed = 0
        self.since: int | None = None
        self.started = False
        self.ended_at: int | None = None
        self.breached_at: int | None = None
        self.breached_at_once = False
        """Whether nothing was left when it began to run against its target: its breach is when it was due."""
        self.runs: list[Run] = []

    def start(self, at: int) -> None:
        """Run from this second on, also after an end; nothing changes if it runs already."""
        if self.since is None:
            self.since = at
            self.started = True
            self.ended_at = None

    def stop(self, at: int) -> None:
        """Pause at this second."""
        self.accrue(at)
        self.since = None

    def end(self, at: int) -> None:
        """Stop for good; only `start` makes it go on."""
        if self.started and self.ended_at is None:
            self.accrue(at)
            self.since = None
            self.ended_at = at

    def retarget(self, at: int, target: int | None, calendar: Calendar) -> None:
        """Keep the elapsed time and measure it against a new target from this second on."""
        self.accrue(at)
        self.breached_at_once = self.breached_at_once and target == self.target
        self.target = target
        self.calendar = calendar
        if target is not None and self.elapsed > target and self.breached_at is None:
            self.breached_at = at

    def recount(self, at: int, calendar_now: Callable[[Calendar], Calendar]) -> None:
        """Count what ran until this second again, each stretch by what is known now of its calendar.

        What was late before stays late.
        """
        self.accrue(at)
        self.runs = [_run_by(calendar_now(run.calendar), run) for run in self.runs]
        before, self.elapsed = self.elapsed, sum(run.counted for run in self.runs)
        self.breached_at_once = self.breached_at_once and self.elapsed == before
        if self.target is not None and self.elapsed > self.target and self.breached_at is None:
            self.breached_at = at

    def accrue(self, at: int) -> None:
        """Count what has passed until this second, and note the breach if the target was passed."""
        since, target = self.since, self.target
        if since is None or at <= since:
            return
        gained = open_between(self.calendar, since, at)
        if target is not None and self.breached_at is None and self.elapsed + gained >= target:
            due = due_second(self.calendar, since, max(0, target - self.elapsed))
            if due < at:
                self.breached_at = due
                self.breached_at_once = self.elapsed == target
        self.runs.append(Run(since, at, self.calendar, gained))
        self.elapsed += gained
        self.since = at

    def due(self) -> int | None:
        """Give the second at which the target is or would be used up; None while paused, or never."""
        if self.target is None:
            return None
        if self.breached_at_once:
            return self.breached_at
        left = self.target
        # What has just been shortened to what is used up already is due now, not when it was used up.
        if left > self.elapsed or (self.breached_at is None and self.since is not None):
            runs, left = (), left - self.elapsed
        else:
            runs = self.runs
        for run in runs:
            if left <= run.counted:
                return due_second(run.calendar, run.start, left)
            left -= run.counted
        onward = self.ended_at if self.since is None else self.since
        if onward is None:
            return None
        try:
            return due_second(self.calendar, onward, left)
        except ValueError:
            return None

    def inherit(self, at: int, breach: int) -> None:
        """Take over at a second what another clock missed: its breach stays, the older of both counts."""
        self.accrue(at)
        known = (self.past_breach, self.breached_at, breach)
        self.past_breach = min(limit for limit in known if limit is not None)

    def late_from(self) -> int | None:
        """Give the second of its first breach, else that at which it is due while it runs, else None."""
        if self.past_breach is not None:
            return self.past_breach
        if self.breached_at is not None or self.since is None:
            return self.breached_at
        return self.due()

    def read(self, now: int) -> Clock:
        """Give the clock as it stands at this second, which must not lie before the last change."""
        self.accrue(now)
        known = self.breached_at if self.past_breach is None else self.past_breach
        if self.target is None or not self.started:
            return Clock(self.name, "none", breached=known is not None, breached_at=moment(known))
        return Clock(
            self.name,
            self.state,
            moment(self.due()),
            self.target,
            self.elapsed,
            self.target - self.elapsed,
            known is not None,
            moment(known),
            moment(self.ended_at),
        )

    @property
    def state(self) -> State:
        """How it stands, as of the last second that was counted."""
        if self.target is None or not self.started:
            return "none"
        if self.ended_at is None and self.since is None:
            return "paused"
        # What was given more time than it has used is in time again, and was late once.
        is_over = self.ended_at is not None or self.elapsed >= self.target
        if self.breached_at is not None and is_over:
            return "breached"
        return "running" if self.ended_at is None else "met"


def moment(second: int | None) -> datetime | None:
    """Give the UTC instant of a second since 1970, None for none."""
    return None if second is None else instant(second)
