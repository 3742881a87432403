"""How long another department has left of the time that it was given for its part of a request."""

from __future__ import annotations

from datetime import datetime

from onewindow.desk.reference.policy_book import PolicyBook
from onewindow.desk.sla.lateness import general_calendar
from onewindow.metrics.sla.clocks import internal_clock
from onewindow.metrics.sla.stopwatch import Clock
from onewindow.records.requests import HandOff, Request
from onewindow.text.dates import parse_utc


def clock_of(book: PolicyBook, request: Request, tier: str, part: HandOff, now: datetime) -> Clock | None:
    """The department's own clock in working time, None without any calendar; it ends when it answers."""
    terms = book.policy_for(tier, request.priority, request.request_kind, part.asked_at)
    calendar = terms.calendar if terms else general_calendar(book)
    if calendar is None or not part.asked_at:
        return None
    ended = part.answered_at or part.settled_at
    return internal_clock(
        parse_utc(part.asked_at), parse_utc(ended) if ended else None, part.target_min * 60, calendar, now
    )
