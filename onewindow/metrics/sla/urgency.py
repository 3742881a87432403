"""What burns: the warning level of a clock, and the order of a queue of requests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from onewindow.metrics.sla.stopwatch import Clock

WARNING_PERCENTS = (90, 75)
"""Shares of the target at which somebody is warned before the breach, highest first."""

_NO_DEADLINE = 2**62

UrgencyKey = tuple[int, int, int, datetime]


def warning_level(clock: Clock) -> int:
    """Give 100 for a breach, 90 or 75 when that percentage of the target is used up, 0 for calm.

    It only rises while the calendar is open, so a warning never falls into closed time.
    """
    if not clock.live or not clock.target_s:
        return 100 if clock.live and clock.state == "breached" else 0
    if clock.state == "breached":
        return 100
    used = clock.elapsed_s * 100
    return next((percent for percent in WARNING_PERCENTS if used >= percent * clock.target_s), 0)


def urgency_key(clocks: Iterable[Clock], tier: int, opened_at: datetime) -> UrgencyKey:
    """Give the sort key of a request: breached first, then least slack, then tier (0 is best), then age.

    Only clocks on which time is running out count; a request that waits for the client comes after those.
    """
    live = [clock for clock in clocks if clock.live]
    breached = any(clock.state == "breached" for clock in live)
    slack = min((clock.remaining_s for clock in live if clock.remaining_s is not None), default=_NO_DEADLINE)
    return (0 if breached else 1, slack, tier, opened_at)
