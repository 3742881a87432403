"""A stopwatch of working time: it starts, pauses, ends and is measured against a target that may change.

A clock is late only after its due instant: what ends at the due second itself is in time. What has been
breached stays breached, whatever is changed later.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from onewindow.metrics.working_time import Calendar, add_open_seconds, open_seconds
from onewindow.records.values import value_class

State = Literal["running", "paused", "met", "breached", "none"]
ClockName = Literal["first_response", "next_response", "resolution", "promise", "internal"]


@value_class
class Clock:
    """One clock as it stands: seconds are working time, instants are UTC.

    `breached` and `breached_at` tell of any breach this clock ever had; `state` speaks of the present turn: a
    next response that was once late and is now answered in time is `met` and still `breached`.
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


@value_class
class Run:
    """A stretch in which a stopwatch ran by one calendar."""

    start: datetime
    until: datetime
    calendar: Calendar


class Stopwatch:
    """Working time that accrues between start and stop, measured against a target that may change."""

    def __init__(
        self,
        name: ClockName,
        calendar: Calendar,
        target: int | None,
        past_breach: datetime | None = None,
    ) -> None:
        """Begin with nothing elapsed; `past_breach` is when an earlier target was passed, if one was."""
        self.name: ClockName = name
        self.calendar = calendar
        self.target = target
        self.past_breach = past_breach
        self.elapsed = 0
        self.since: datetime | None = None
        self.started = False
        self.ended_at: datetime | None = None
        self.breached_at: datetime | None = None
        self.runs: list[Run] = []

    def start(self, at: datetime) -> None:
        """Run from this instant on, also after an end; nothing changes if it runs already."""
        if self.since is None:
            self.since = at
            self.started = True
            self.ended_at = None

    def stop(self, at: datetime) -> None:
        """Pause at this instant."""
        self.accrue(at)
        self.since = None

    def end(self, at: datetime) -> None:
        """Stop for good; only `start` makes it go on."""
        if self.started and self.ended_at is None:
            self.stop(at)
            self.ended_at = at

    def retarget(self, at: datetime, target: int | None, calendar: Calendar) -> None:
        """Keep the elapsed time and measure it against a new target from this instant on."""
        self.accrue(at)
        self.target = target
        self.calendar = calendar
        if target is not None and self.elapsed > target and self.breached_at is None:
            self.breached_at = at

    def accrue(self, at: datetime) -> None:
        """Count what has passed until this instant, and note the breach if the target was passed."""
        if self.since is None or at <= self.since:
            return
        gained = open_seconds(self.calendar, self.since, at)
        if self.target is not None and self.breached_at is None and self.elapsed + gained >= self.target:
            due = add_open_seconds(self.calendar, self.since, max(0, self.target - self.elapsed))
            if due < at:
                self.breached_at = due
        self.runs.append(Run(self.since, at, self.calendar))
        self.elapsed += gained
        self.since = at

    def due(self) -> datetime | None:
        """Give the instant at which the target is or would be used up; None while paused, or never."""
        if self.target is None:
            return None
        left = self.target
        for run in self.runs:
            length = open_seconds(run.calendar, run.start, run.until)
            if left <= length:
                return add_open_seconds(run.calendar, run.start, left)
            left -= length
        onward = self.since or self.ended_at
        if onward is None:
            return None
        try:
            return add_open_seconds(self.calendar, onward, left)
        except ValueError:
            return None

    def read(self, now: datetime) -> Clock:
        """Give the clock as it stands at this instant, which must not lie before the last change."""
        self.accrue(now)
        known = self.past_breach or self.breached_at
        if self.target is None or not self.started:
            return Clock(self.name, "none", breached=known is not None, breached_at=known)
        return Clock(
            name=self.name,
            state=self._state(),
            due_at=self.due(),
            target_s=self.target,
            elapsed_s=self.elapsed,
            remaining_s=self.target - self.elapsed,
            breached=known is not None,
            breached_at=known,
            ended_at=self.ended_at,
        )

    def _state(self) -> State:
        if self.ended_at is None and self.since is None:
            return "paused"
        if self.breached_at is not None:
            return "breached"
        return "running" if self.ended_at is None else "met"
