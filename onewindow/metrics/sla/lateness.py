"""Lateness as a value, of a clock or a date: one figure in working time, its due moment, and its words.

Every list, panel, screen and command that says it takes the value from here and the words from here, so that
no two of them can differ.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from onewindow.metrics.policies.working_time import Calendar, epoch_second, open_between
from onewindow.metrics.sla.stopwatch import Clock, ClockName
from onewindow.records.structs import frozen_struct
from onewindow.text.dates import moment_near

NO_TIME = "no clock"
"""What is said of something that has no time at all."""

_MINUTE, _HOUR = 60, 3600
_TO_THE_MINUTE = 10 * _HOUR


@frozen_struct
class Lateness:
    """How something stands against its time: `seconds` of working time left, not above 0 when it is over."""

    seconds: int
    due_at: datetime | None
    """The instant (UTC) at which it is or was due; None while it is paused, and where no time will come."""
    is_late: bool
    is_paused: bool = False
    name: ClockName | None = None
    """The clock that says it; None for a date without a clock."""
    answer_queued_at: datetime | None = None
    """When a reply goes out that waits in the outbox and will end the clock; None where there is none."""
    breached_before: bool = False
    """Whether its clock missed its time before and has more of it now."""


def lateness_of_clock(clock: Clock | None, answer_queued_at: datetime | None = None) -> Lateness | None:
    """Give how a clock stands, or how late it ended; None without one or a target, and for a met one."""
    if clock is None or clock.remaining_s is None or clock.state in ("none", "met"):
        return None
    is_paused = clock.state == "paused"
    return Lateness(
        clock.remaining_s,
        None if is_paused else clock.due_at,
        clock.state == "breached" and clock.remaining_s <= 0,
        is_paused,
        clock.name,
        answer_queued_at,
        breached_before=breached_before(clock),
    )


def breached_before(clock: Clock) -> bool:
    """Tell whether a clock missed its time before and has time again, or met it in its present turn."""
    has_time = clock.remaining_s is not None and clock.remaining_s >= 0
    return clock.breached and clock.state in ("running", "paused", "met") and has_time


def is_late(clock: Clock | None) -> bool:
    """Tell whether the time of an open clock is over."""
    lateness = lateness_of_clock(clock) if clock is not None and clock.live else None
    return lateness is not None and lateness.is_late


def lateness_of_date(
    due_at: datetime, now: datetime, calendar: Calendar | None, answer_queued_at: datetime | None = None
) -> Lateness:
    """Give how a date to be met stands, in the open time of a calendar, or in any time without one."""
    due, at = epoch_second(due_at), epoch_second(now)
    if calendar is None:
        return Lateness(due - at, due_at, at > due, answer_queued_at=answer_queued_at)
    passed = -open_between(calendar, due, at) if at > due else open_between(calendar, at, due)
    return Lateness(passed, due_at, at > due, answer_queued_at=answer_queued_at)


def lateness_text(lateness: Lateness | None, zone: ZoneInfo, now: datetime) -> str:
    """Say it whole: `2 h late, Fr 13:00`, `3 h left, Mo 18:00, breached before`, `paused, 3 h left`."""
    if lateness is None:
        return NO_TIME
    said = figure_text(lateness)
    if lateness.due_at is not None:
        said += f", {moment_near(lateness.due_at.astimezone(zone), now.astimezone(zone))}"
    return f"{said}, breached before" if lateness.breached_before else said


def figure_text(lateness: Lateness) -> str:
    """Say the figure alone, in whole hours or minutes: `2 h late`; below ten hours paused to the minute."""
    side = "late" if lateness.is_late or lateness.seconds < 0 else "left"
    amount = abs(lateness.seconds)
    if lateness.is_paused and _HOUR < amount < _TO_THE_MINUTE:
        return f"paused, {duration_text(amount)} {side}"
    figure = f"{amount // _HOUR} h" if amount >= _HOUR else f"{amount // _MINUTE} m"
    return f"paused, {figure} {side}" if lateness.is_paused else f"{figure} {side}"


def duration_text(seconds: int) -> str:
    """Give a length of working time as `3 h 20 m`, `45 m` or `30 s`; the sign is left to the caller."""
    minutes, rest = divmod(abs(seconds), _MINUTE)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} m" if minutes else f"{hours} h"
    return f"{minutes} m" if minutes else f"{rest} s"
