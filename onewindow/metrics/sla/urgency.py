"""What burns: the warning level of a clock. The order of a queue is `today_order`."""

from __future__ import annotations

from onewindow.metrics.sla.stopwatch import Clock

WARNING_PERCENTS = (90, 75)
"""Shares of the target at which somebody is warned before the breach, highest first."""


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
