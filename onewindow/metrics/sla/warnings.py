"""Who is warned of what, and when: at 75 %, at 90 % and at the breach, never outside working hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from onewindow.metrics.policies.working_time import Calendar, due_second, epoch_second, instant
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.metrics.sla.urgency import warning_level
from onewindow.records.structs import frozen_struct


@frozen_struct
class Alert:
    """The clock that warns most, its level (75, 90, 100), and till when the warning is held, if it is."""

    clock: Clock
    level: int
    held_till: datetime | None

    @property
    def is_due(self) -> bool:
        """Whether somebody is to be warned now."""
        return self.held_till is None


def alert_of(clocks: Iterable[Clock], calendar: Calendar, now: datetime) -> Alert | None:
    """Give the worst warning of a request, the one with the least time left among equals, None for calm.

    Outside the hours of the calendar it is held until they begin.
    """
    ranked = [
        (-warning_level(clock), clock.remaining_s or 0, place, clock) for place, clock in enumerate(clocks)
    ]
    alert = min((rank for rank in ranked if rank[0]), default=None)
    if alert is None:
        return None
    return Alert(alert[3], -alert[0], held_till(calendar, now))


def held_till(calendar: Calendar, now: datetime) -> datetime | None:
    """Give the next opening if the calendar is closed at an instant; None while it is open."""
    second = epoch_second(now)
    try:
        opening = due_second(calendar, second, 1) - 1
    except ValueError:
        return None
    return None if opening == second else instant(opening)


def first_who_is_here(chain: Iterable[tuple[int | None, bool]]) -> int | None:
    """Give the first of owner, deputy and lead who is not away; each comes with whether they are here."""
    return next((person for person, is_here in chain if person is not None and is_here), None)
